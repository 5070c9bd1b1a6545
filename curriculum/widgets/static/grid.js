// The grid: one letter a cell, by keys or by clicking; one stop for Tab, arrows within.

ICONS.remove = "M4 4l8 8M12 4l-8 8";

const TONES = { A: "answers", "A/R": "answers", R: "works", C: "asked", I: "told" };
const LETTERS = { r: "R", a: "A", b: "A/R", c: "C", i: "I", Delete: "", Backspace: "", 0: "" };

/** The cell that Tab leads to: the one last visited, if it is still there. */
function current(view, local) {
  const row = view.rows.some((each) => each.id === local.row) ? local.row : view.rows[0]?.id;
  const column = view.columns.some((each) => each.id === local.column) ? local.column : view.columns[0]?.id;
  return { row, column };
}

const cellKey = (row, column) => `cell:${row}:${column}`;

function drawGrid(view, tools) {
  const at = current(view, tools.local);
  return [
    h(
      "div",
      { class: "top", "data-key": "top" },
      h("div", { class: "about" }, h("p", { class: "title" }, view.title), h("p", { class: "soft" }, view.hint)),
      h(
        "ul",
        { class: "legend", "aria-label": "Letters" },
        view.codes.filter((each) => each.code.length === 1).map((each) => h("li", null, h("strong", null, each.code), ` ${each.words}`)),
      ),
      undoButton(view, "quiet"),
    ),
    view.rows.length
      ? h(
          "div",
          { class: "sheet", "data-key": "sheet" },
          h("table", { role: "grid", "aria-label": view.title }, drawHead(view), h("tbody", null, view.rows.map((row) => drawRow(view, tools, row, at)))),
        )
      : null,
    drawAdd(view),
    view.summary ? h("p", { class: `summary${view.rows.length ? " odd" : ""}`, "data-key": "summary" }, view.summary) : null,
  ];
}

function drawHead(view) {
  return h(
    "thead",
    null,
    h(
      "tr",
      null,
      h("th", { scope: "col", class: "caption corner" }, "Deliverable"),
      view.columns.map((person) =>
        h(
          "th",
          { scope: "col", class: "person", title: `${person.name}: ${person.words}`, "data-key": `person:${person.id}` },
          avatar(person, "small"),
          h("span", { class: "person-name" }, person.short),
          h("span", { class: "soft person-role" }, person.role),
        ),
      ),
      h("th", { scope: "col", class: "caption check-head" }, "Check"),
    ),
  );
}

function drawRow(view, tools, row, at) {
  return h(
    "tr",
    { "data-key": `row:${row.id}` },
    h(
      "th",
      { scope: "row", class: row.strange ? "strange" : null },
      h(
        "span",
        { class: "row-words" },
        h("span", null, row.label, row.strange ? h("span", { class: "chip warn" }, row.note) : null),
        h(
          "button",
          { type: "button", class: "cross", "data-key": `remove:${row.id}`, "data-do": "remove", "data-row": row.id, "aria-label": `Remove ${row.label}`, title: "Remove this row" },
          icon(ICONS.remove),
        ),
      ),
    ),
    view.columns.map((person, i) => {
      const key = cellKey(row.id, person.id);
      const code = tools.held(key, row.codes[i]);
      const words = view.codes.find((each) => each.code === code)?.words;
      return h(
        "td",
        {
          role: "gridcell",
          class: `cell ${TONES[code] ?? "none"}`,
          tabindex: at.row === row.id && at.column === person.id ? "0" : "-1",
          "data-key": key,
          "data-do": "cycle",
          "data-rapid": true,
          "data-row": row.id,
          "data-column": person.id,
        },
        h("span", { "aria-hidden": words ? "true" : null }, code || h("span", { "aria-hidden": "true" }, "·")),
        h("span", { class: "unseen" }, words ?? "no part"),
      );
    }),
    h(
      "td",
      { class: `check${row.check ? " odd" : ""}` },
      h("span", { class: "check-words" }, icon(row.check ? ICONS.change : ICONS.check), h("span", null, row.check || "Clear")),
    ),
  );
}

function drawAdd(view) {
  if (!view.offered.length) return null;
  return h(
    "div",
    { class: "adding", "data-key": "adding" },
    h(
      "label",
      null,
      h("span", { class: "unseen" }, "Add a deliverable"),
      h(
        "select",
        { "data-key": "add", "data-change": "add" },
        h("option", { value: "", selected: true }, "Add a deliverable …"),
        view.offered.map((each) => h("option", { value: each.id }, each.note ? `${each.label} — ${each.note}` : each.label)),
      ),
    ),
  );
}

/** The letter of a cell, or which rows there are: what a step changes. */
function about(op, view) {
  if (op.op !== "code") return view.rows.map((row) => row.id);
  return view.rows.find((row) => row.id === op.row)?.codes[view.columns.findIndex((column) => column.id === op.column)];
}

function again({ op, was }, view) {
  const now = about(op, view);
  if (op.op === "undo" || (op.op === "code" && same(now, op.code))) return { done: true };
  return same(now, was) ? { op } : { done: true };
}

function write(cell, code, tools) {
  const { row, column, key } = cell.dataset;
  Object.assign(tools.local, { row, column });
  tools.hold(key, code);
  tools.send({ op: "code", row, column, code }, { key });
  tools.repaint();
}

function codeOf(cell, tools) {
  const view = tools.view();
  const row = view.rows.find((each) => each.id === cell.dataset.row);
  return tools.held(cell.dataset.key, row.codes[view.columns.findIndex((each) => each.id === cell.dataset.column)]);
}

function cycle(cell, tools, by = 1) {
  const codes = ["", ...tools.view().codes.map((each) => each.code)];
  write(cell, codes[(codes.indexOf(codeOf(cell, tools)) + by + codes.length) % codes.length], tools);
}

/** Where an arrow leads from a cell; the same cell at the edges. */
function neighbour(event, cell, view) {
  const rows = view.rows.map((row) => row.id);
  const columns = view.columns.map((column) => column.id);
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -columns.length], End: [0, columns.length] }[event.key];
  if (!step) return null;
  const within = (value, all) => all[Math.max(0, Math.min(all.length - 1, value))];
  return {
    row: within(rows.indexOf(cell.dataset.row) + step[0], rows),
    column: within(columns.indexOf(cell.dataset.column) + step[1], columns),
  };
}

function gridKeys(event, tools) {
  const cell = event.target.closest?.("[role=gridcell]");
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z") {
    event.preventDefault();
    event.stopPropagation();
    if (undoOf(tools.view()).count) tools.send({ op: "undo" });
    return;
  }
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const to = neighbour(event, cell, tools.view());
  const letter = LETTERS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (to) {
    event.preventDefault();
    Object.assign(tools.local, to, { next: wish(cellKey(to.row, to.column)) });
    tools.repaint();
  } else if (letter !== undefined) {
    event.preventDefault();
    write(cell, letter, tools);
  } else if ((event.key === "Enter" && !event.shiftKey) || event.key === " ") {
    event.preventDefault();
    if (!event.repeat) cycle(cell, tools);
  }
}

const GRID = {
  name: "grid",
  label: (view) => view.title ?? "Grid",
  foot: () => "One A in each row, at least one R",
  draw: drawGrid,
  keys: gridKeys,
  placed: (op, view) => ({ op, was: about(op, view) }),
  again,
  begun: ({ op, was, mine }, view) => {
    if (op.op === "code") return [was, ...mine];
    if (op.op !== "remove") return null;
    const codes = view.rows.find((row) => row.id === op.row)?.codes ?? [];
    return [Object.fromEntries(view.columns.map((column, i) => [column.id, codes[i]]).filter(([, code]) => code))];
  },
  painted: attend,
  actions: {
    cycle(cell, event, tools) {
      Object.assign(tools.local, { next: wish(cell.dataset.key) });
      cycle(cell, tools);
    },
    add(element, event, tools) {
      if (!element.value) return;
      const first = tools.view().columns[0]?.id;
      tools.local.next = wish(cellKey(element.value, first));
      Object.assign(tools.local, { row: element.value, column: first });
      tools.send({ op: "add", row: element.value });
    },
    remove({ dataset }, event, tools) {
      const rows = tools.view().rows.map((row) => row.id);
      const at = rows.indexOf(dataset.row);
      const heir = rows[at + 1] ?? rows[at - 1];
      tools.local.next = wish(heir ? `remove:${heir}` : "add");
      tools.send({ op: "remove", row: dataset.row });
    },
    undo: (element, event, tools) => tools.send({ op: "undo" }),
  },
};

export default { render: (context) => mount(context, GRID) };
