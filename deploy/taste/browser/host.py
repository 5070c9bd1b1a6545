"""The lesson in the browser: runs the page's cells, passes on what widgets are told, packs the answers."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import anywidget
from IPython import display

from curriculum.course.table_titles import load_titles
from curriculum.learner.bringing import packed
from curriculum.notebook.lesson import Lesson, LessonError, open_lesson
from curriculum.pages.page import caution, memo
from curriculum.pages.tables import listed_html
from curriculum.widgets.file_widget import FileWidget

WIDGET = "application/vnd.jupyter.widget-view+json"


class Host:
    """One lesson in one folder; every method returns JSON text for the page."""

    def __init__(self, slug: str, workspace: str, cells: str):
        self._slug, self._workspace = slug, Path(workspace)
        self._cells: dict[str, dict[str, Any]] = {cell["id"]: cell for cell in json.loads(cells)}
        self._modules: set[str] = set()
        (self._workspace / ".curriculum").mkdir(parents=True, exist_ok=True)
        folder = self._workspace / slug
        folder.mkdir(exist_ok=True)
        self.lesson: Lesson = open_lesson(slug, folder)

    def run(self, id: str, call: str = "") -> str:
        """Run a cell of the page, or a `call` in its place; what it shows, as a list of {"html"} and {"model", "state",
        "module"}."""
        cell = self._cells[id]
        if table := cell.get("table"):
            columns = self.lesson._case.columns[table]
            return self._answer([{"html": listed_html(table, columns, load_titles(self._slug), cell["rows"])}])
        display.shown.clear()
        try:
            result = self._value(call or cell["source"])
        except LessonError as error:
            result = caution(str(error))
        shown = [*display.shown, *([result] if hasattr(result, "_repr_mimebundle_") else [])]
        return self._answer([self._drawn(each) for each in shown])

    def receive(self, model: str, message: str) -> str:
        """Give a widget what its front end sends."""
        if widget := anywidget.widgets.get(model):
            widget._handle_custom_msg(json.loads(message), [])
            self._refresh_others(widget)
        return self._answer([])

    def pack(self) -> bytes:
        """The answers as a ZIP file that `curriculum bring` takes into a workspace."""
        return packed(self._slug, self.lesson._files.answers)

    def _refresh_others(self, changed: anywidget.AnyWidget) -> None:
        """The same file is shown in several places of the page, and whoever scrolls on finds what they wrote."""
        if isinstance(changed, FileWidget):
            for other in list(anywidget.widgets.values()):
                if isinstance(other, FileWidget) and other is not changed and other.path == changed.path:
                    other.refresh()

    def _value(self, source: str) -> Any:
        body = ast.parse(source).body
        names = {"lesson": self.lesson}
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
        return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None

    def _drawn(self, shown: Any) -> dict[str, Any]:
        bundle = shown._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if WIDGET in data:
            widget = anywidget.widgets[data[WIDGET]["model_id"]]
            name = type(widget).__name__
            module = {} if name in self._modules else {"source": widget._esm}
            self._modules.add(name)
            return {"model": widget.model_id, "state": widget.state(), "module": {"name": name, **module}}
        return {"html": data.get("text/html") or memo(data["text/markdown"])}

    def _answer(self, outputs: list[dict[str, Any]]) -> str:
        posts, anywidget.outbox[:] = list(anywidget.outbox), []
        return json.dumps({"outputs": outputs, "posts": posts}, ensure_ascii=False)
