// The code of cells lies behind a bar: with their name, or for data cells with boxes for what is there to be changed.

import { data, isData } from "./data.js";

const KINDS = { data: "Show again", show: "Show again", late: "Show again", ask: "Run" };

const kindOf = (cell) => (cell.model.getMetadata("tags") ?? []).find((tag) => tag in KINDS) ?? null;

/** The name of a cell: what its first line says; data cells stand under their own prose. */
const nameOf = (cell) => (isData(cell) ? "" : cell.model.sharedModel.source.split("\n")[0].replace(/^#\s*/, ""));

/** What a button of a cell is called for those who do not see what it stands beside. */
const spokenOf = (cell) => nameOf(cell) || cell.model.id.replaceAll("_", " ");

const asks = (cell) => (cell.model.getMetadata("tags") ?? []).includes("ask");

const KEY = "curriculum:code"; // whether a learner wants to see all code, on every page

const wantsCode = () => localStorage.getItem(KEY) === "shown";

export function fold(panel, lab, runner) {
  const bars = new Map();
  const tables = data(panel, runner);
  const every = () => panel.content.widgets.filter((cell) => cell.model.type === "code" && kindOf(cell));

  const set = (cell, hidden) => {
    cell.inputHidden = hidden;
    cell.node.classList.toggle("course-folded", hidden);
    bars.get(cell)?.querySelector("[data-do=code]")?.setAttribute("aria-expanded", String(!hidden));
  };

  const dress = async (cell) => {
    if (bars.has(cell) || cell.isDisposed) return;
    bars.set(cell, null);
    cell.node.classList.add("course-titled");
    set(cell, !wantsCode());
    await cell.ready; // else the cell's own parts would come before the bar
    if (cell.isDisposed) return;
    const kind = kindOf(cell);
    const bar = document.createElement("div");
    bar.className = `course-bar course-${kind}${kind === "data" && asks(cell) ? " course-ask" : ""}`;
    cell.node.classList.toggle("course-computes", isData(cell));
    const name = document.createElement("span");
    name.className = "course-bar-name";
    name.textContent = nameOf(cell);
    const puts = cell.model.sharedModel.source.includes("lesson.put(");
    const verb = isData(cell) && asks(cell) ? (puts ? "Put it into the form" : "Show it") : KINDS[kind];
    const run = button(verb, `${verb}: ${spokenOf(cell)}`, async () => {
      bar.classList.add("course-running");
      run.setAttribute("aria-disabled", "true");
      try {
        if (isData(cell)) await tables.run(cell);
        else await lab.NotebookActions.runCells(panel.content, [cell], panel.sessionContext);
      } finally {
        bar.classList.remove("course-running");
        run.removeAttribute("aria-disabled");
      }
    });
    const code = button("Code", `Code of: ${spokenOf(cell)}`, () => set(cell, !cell.inputHidden));
    code.dataset.do = "code";
    bar.append(name, run, code);
    if (isData(cell)) tables.bar(cell, bar);
    bars.set(cell, bar);
    cell.node.prepend(bar);
    cell.disposed.connect(() => bars.delete(cell));
    set(cell, cell.inputHidden);
  };

  const dressAll = () => {
    for (const cell of panel.content.widgets) cell.node.dataset.cell = cell.model.id;
    every().forEach(dress);
  };
  dressAll();
  panel.content.model?.cells.changed.connect(() => requestAnimationFrame(dressAll));

  const all = (shown) => {
    localStorage.setItem(KEY, shown ? "shown" : "folded");
    every().forEach((cell) => set(cell, !shown));
  };
  runner.showCode = { isOn: wantsCode, set: all };
}

function button(words, label, pressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "course-bar-button";
  made.textContent = words;
  made.setAttribute("aria-label", label);
  // Lab reads keys of a notebook as commands.
  made.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && event.stopPropagation());
  made.addEventListener("click", () => made.getAttribute("aria-disabled") || pressed());
  return made;
}
