"""One widget in bare Chromium: its real module and style sheet, its real Python handler, a page like the Lab's."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from curriculum.widgets.base import CourseWidget

# The Lab styles every button inside its themed containers, and its cells take the focus when they are pressed; a
# widget has to hold its own against both.
PAGE = """<!doctype html><html lang="en"><head><title>Widget</title><style>
html, body { margin: 0; background: #fff; color: #111; font-family: system-ui, sans-serif; }
body[data-jp-theme-light="false"] { background: #111; color: #eee; }
main { padding: 16px; }
.jp-Cell { outline: 0; }
.jp-ThemedContainer button { border-radius: 2px; background: gray; color: white; padding: 0 40px; border: 0; }
.jp-ThemedContainer dt { float: left; width: 20%; font-weight: 700; }
.jp-ThemedContainer dd { margin-left: 22%; }
.jp-ThemedContainer :is(ul, ol, p, li) { margin: 30px; }
</style></head><body data-jp-theme-light="true"><main class="jp-ThemedContainer">
<div class="jp-Cell" tabindex="-1"><div id="widget"></div></div></main></body></html>"""

# What anywidget gives a module: a model with get, on, off and send. Operations go to Python and come back as a new
# view. Keys that get past the widget are what would edit the notebook.
_MOUNT = """async ({esm, view, home, bridge}) => {
  const listeners = {};
  const emit = (name, value) => [...(listeners[name] ?? [])].forEach((listener) => listener(value));
  const state = { view, home };
  const model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => {},
    on: (name, listener) => { (listeners[name] ??= []).push(listener); },
    off: (name, listener) => { listeners[name] = (listeners[name] ?? []).filter((one) => one !== listener); },
    send: async (content) => {
      const answer = await window[bridge](JSON.stringify(content));
      if (!answer) return;
      const { view, messages } = JSON.parse(answer);
      if (JSON.stringify(view) !== JSON.stringify(state.view)) { state.view = view; emit("change:view"); }
      messages.forEach((message) => emit("msg:custom", message));
    },
  };
  window.component = { model, emit, listeners: () => Object.values(listeners).flat().length };
  window.leaked = [];
  document.addEventListener("keydown", (event) => window.leaked.push(event.key));
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const module = await import(url);
  const widget = typeof module.default === "function" ? await module.default() : module.default;
  window.component.remove = await widget.render({ model, el: document.getElementById("widget") });
}"""


class Component:
    """A widget on a page. Set `dead` to let the kernel fall silent; `operations` is what was done on
    the page, and `messages` what was answered last."""

    def __init__(self, page: Page, widget: CourseWidget, *, dark: bool = False, width: int = 1040, height: int = 900):
        self.page, self.widget = page, widget
        self.dead = False
        self.operations: list[dict[str, Any]] = []
        self.messages: list[Any] = []
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(reduced_motion="reduce")  # colours are judged at rest
        page.set_content(PAGE)
        self.theme(dark)
        bridge = f"operate_{id(self)}"
        page.expose_function(bridge, self._operate)
        parts = {"esm": str(widget._esm), "view": widget.view, "home": widget.home}
        page.evaluate(_MOUNT, {**parts, "bridge": bridge})
        self.root: Locator = page.locator(".course")

    def _operate(self, content: str) -> str:
        operation = json.loads(content)
        if operation["op"] != "glance":  # a look at the file is nothing that anybody does
            self.operations.append(operation)
        if self.dead:
            return ""
        self.messages.clear()
        self.widget.send = lambda content, buffers=None: self.messages.append(content)  # type: ignore[method-assign]
        self.widget._handle_custom_msg(operation, [])
        return json.dumps({"view": self.widget.view, "messages": self.messages}, allow_nan=False)

    def theme(self, dark: bool) -> None:
        """Switch the page to the Lab's dark or light theme."""
        self.page.evaluate("dark => document.body.setAttribute('data-jp-theme-light', String(!dark))", dark)

    def push(self, *messages: Any) -> None:
        """Send the page the view that Python holds now, as a change made elsewhere would arrive: `messages` are the
        answers to another page that shows the same widget, which every page hears."""
        self.page.evaluate(
            "({ view, messages }) => { component.model.set('view', view); component.emit('change:view');"
            " messages.forEach((message) => component.emit('msg:custom', message)); }",
            {"view": self.widget.view, "messages": list(messages)},
        )

    def leaked(self) -> list[str]:
        """Keys that got past the widget to where they would edit the notebook."""
        keys: list[str] = self.page.evaluate("leaked")
        return keys

    def focused(self) -> str:
        """The `data-key`, label or text of the element that has focus, to say where it is."""
        words: str = self.page.evaluate(
            "() => { const e = document.activeElement; return e === document.body ? '' :"
            " e.getAttribute('data-key') || e.getAttribute('aria-label') || e.textContent; }"
        )
        return words

    def violations(self) -> list[str]:
        """What axe finds wrong inside the widget, one line a rule."""
        found = Axe().run(self.page, context=".course").response["violations"]
        return [
            f"{rule['id']}: {rule['nodes'][0]['html'][:200]} {rule['nodes'][0]['failureSummary']}" for rule in found
        ]

    def small_targets(self) -> list[str]:
        """Controls smaller than 24 × 24 pixels."""
        small: list[str] = self.root.locator("button, input, select, summary, [role=button]").evaluate_all(
            "all => all.filter(e => { const b = e.getBoundingClientRect();"
            " return b.width && (b.width < 24 || b.height < 24); }).map(e => e.outerHTML.slice(0, 120))"
        )
        return small

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return width

    def shot(self, name: str) -> None:
        """Save a picture where CURRICULUM_SHOTS names a folder, for people to look at."""
        folder = os.environ.get("CURRICULUM_SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.locator("main").screenshot(path=str(Path(folder) / f"{name}.png"))
