// The bar above a lesson: where you are, what is done, how many minutes are left, and the ways out.

import { goTo } from "./going.js";

const CODE = (slug) => `__import__("curriculum.notebook.outline", fromlist=["outline"]).outline(${JSON.stringify(slug)})`;
const PLACE = 1500; // milliseconds that a step stays in view before it is where you are

const STATES = { done: "done, ", seen: "seen, ", begun: "begun, ", open: "" };

export function outline(panel, lab, runner) {
  const { lesson, steps = [] } = panel.context.model.getMetadata("curriculum");
  if (!steps.length) return;
  const key = `curriculum:read:${location.pathname.split("/doc/")[0]}:${panel.context.path}`;
  const kept = read(key);
  let known = {}; // what the kernel says: by artifact and for the talk
  let here = 0;
  let since = performance.now(); // when it came into view
  let wanted = null; // the step that was asked for, as long as the page is at its end

  const bar = element("nav", "course-outline", { "aria-label": "Steps of this lesson" });
  const host = new lab.Widget({ node: bar });
  panel.contentHeader.addWidget(host);

  /** A step is done when everything that is written in it is signed off; one to read is seen once it was gone through. */
  const stateOf = (step) => {
    const work = [...new Set([...step.writes, ...step.checks])];
    const states = [...work.map((kind) => known.artifacts?.[kind] ?? "open"), ...(step.talks ? [known.talk ?? "open"] : [])];
    if (!states.length) return kept.read.includes(step.cell) ? "seen" : "open";
    const needed = step.checks.length ? "signed" : "begun";
    const enough = (state) => state === "signed" || state === "ended" || (needed === "begun" && state === "checked");
    if (states.every(enough)) return "done";
    return states.some((state) => state !== "open") ? "begun" : "open";
  };

  const top = (step) => panel.content.widgets.findIndex((cell) => cell.model.id === step.cell);

  const go = async (step) => {
    if (!(await goTo(panel, step.cell))) return;
    close();
    wanted = steps.indexOf(step);
    look();
  };

  const list = element("ol", "course-steps", { id: `course-steps-${panel.id}`, hidden: "" });
  const now = element("button", "course-now", { type: "button", "aria-expanded": "false", "aria-controls": list.id });
  const strip = element("span", "course-strip", { "aria-hidden": "true" });
  const left = element("span", "course-left");
  const resume = element("button", "course-button course-resume", { type: "button", hidden: "" });
  const code = element("button", "course-button", { type: "button" }, "Code");
  const root = panel.context.path.split("/").slice(0, -3).map((part) => `${part}/`).join("");
  const home = element("a", "course-button", { href: `${lab.PageConfig.getBaseUrl()}doc/tree/${root}course.ipynb`, hidden: "" }, "Your course");
  bar.append(now, strip, left, resume, code, home);
  panel.node.append(list); // the header cuts off what hangs out of it

  const close = () => {
    list.hidden = true;
    now.setAttribute("aria-expanded", "false");
  };
  now.addEventListener("click", () => {
    list.hidden = !list.hidden;
    now.setAttribute("aria-expanded", String(!list.hidden));
    list.style.top = `${bar.getBoundingClientRect().bottom - panel.node.getBoundingClientRect().top}px`;
    if (!list.hidden) (list.querySelector("[aria-current]") ?? list.querySelector("button"))?.focus();
  });
  const keys = (event) => {
    event.stopPropagation();
    if (event.key === "Escape" && !list.hidden) {
      close();
      now.focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !list.hidden) {
      event.preventDefault();
      const buttons = [...list.querySelectorAll("button")];
      const at = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      buttons[Math.max(0, Math.min(buttons.length - 1, at))].focus();
    }
  };
  bar.addEventListener("keydown", keys);
  list.addEventListener("keydown", keys);
  const outside = (event) => bar.contains(event.target) || list.contains(event.target) || close();
  document.addEventListener("pointerdown", outside);
  code.addEventListener("click", () => {
    runner.showCode.set(!runner.showCode.isOn());
    paint();
  });

  const paint = () => {
    const states = steps.map(stateOf);
    const minutes = steps.reduce((sum, step, i) => sum + (["done", "seen"].includes(states[i]) ? 0 : step.minutes), 0);
    const step = steps[here];
    now.replaceChildren(
      element("span", "course-where", {}, `${here + 1} of ${steps.length}`),
      element("span", "course-title", {}, step.title),
      element("span", "course-caret", { "aria-hidden": "true" }),
    );
    now.setAttribute("aria-label", `Step ${here + 1} of ${steps.length}: ${step.title}. All steps`);
    strip.replaceChildren(
      ...steps.map((_, i) => element("span", `course-part ${states[i]}${i === here ? " here" : ""}`)),
    );
    left.textContent = minutes ? `about ${Math.max(1, Math.round(minutes))} min left` : "everything is done or seen";
    home.hidden = !known.home;
    code.setAttribute("aria-pressed", String(runner.showCode.isOn()));
    code.setAttribute("aria-label", "Show the code of all cells");
    list.replaceChildren(
      ...steps.map((each, i) => {
        const press = element("button", "course-step", { type: "button" });
        if (i === here) press.setAttribute("aria-current", "step");
        press.append(
          element("span", `course-mark ${states[i]}`, { "aria-hidden": "true" }),
          element("span", "", {}, each.title),
          element("span", "course-state", {}, `${STATES[states[i]]}${Math.max(1, Math.round(each.minutes))} min`),
        );
        press.addEventListener("click", () => go(each));
        const item = document.createElement("li");
        item.append(press);
        return item;
      }),
    );
  };

  const ask = async () => {
    try {
      known = (await runner.ask(CODE(lesson))) ?? known;
    } catch {
      return; // the kernel is busy ending; it is asked again
    }
    paint();
  };

  let timer = null;
  const look = () => {
    const view = panel.content.outerNode ?? panel.content.node;
    const box = view.getBoundingClientRect();
    const tops = steps.map((step) => panel.content.widgets[top(step)]?.node.getBoundingClientRect().top ?? Infinity);
    const reached = tops.filter((each) => each <= box.top + 120).length - 1;
    // At the end of the page its last steps stand below each other, and none of them can come to the top.
    const atEnd = view.scrollTop > 0 && view.scrollTop + view.clientHeight >= view.scrollHeight - 4;
    if (!atEnd) wanted = null;
    const at = Math.max(0, reached, atEnd ? (wanted ?? steps.length - 1) : 0);
    if (at !== here) {
      // A step was gone through if it stayed in view for a while and the next one followed.
      const stayed = performance.now() - since >= PLACE;
      if ((at === here + 1 || (atEnd && at > here)) && stayed) seen(here, here + 1);
      here = at;
      since = performance.now();
      paint();
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (atEnd) seen(Math.max(0, reached), steps.length); // nothing follows on the last of them
        kept.place = steps[here].cell;
        write(key, kept);
        paint();
        const note = `__import__("curriculum.notebook.outline", fromlist=["note_place"]).note_place(${JSON.stringify(lesson)})`;
        runner.ask(note).catch(() => {});
      }, PLACE);
    }
    if (here > 0) resume.hidden = true;
  };
  const seen = (from, to) => {
    for (const { cell } of steps.slice(from, to)) if (!kept.read.includes(cell)) kept.read.push(cell);
  };
  const scroller = panel.content.outerNode ?? panel.content.node;
  scroller.addEventListener("scroll", () => requestAnimationFrame(look), { passive: true, capture: true });

  const last = steps.find((step) => step.cell === kept.place);
  if (last && steps.indexOf(last) > 0) {
    resume.textContent = `Continue: ${last.title}`;
    resume.hidden = false;
    resume.addEventListener("click", () => {
      resume.hidden = true;
      go(last);
    });
  }

  paint();
  runner.listen(ask);
  const tick = setInterval(() => document.visibilityState === "visible" && !panel.isHidden && ask(), 15000);
  panel.disposed.connect(() => {
    clearInterval(tick);
    document.removeEventListener("pointerdown", outside);
  });
}

function element(tag, className, attributes = {}, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

function read(key) {
  try {
    const { read = [], place = null } = JSON.parse(localStorage.getItem(key) ?? "{}");
    return { read, place };
  } catch {
    return { read: [], place: null };
  }
}

function write(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // storage is full or forbidden: the outline forgets what was read
  }
}
