// Boxes for the values of a data cell: each shows the literal that stands in its code, and writes another one there.

// What Python writes otherwise than JSON: single quotes, 1_000, a last comma; what stands in double quotes stays.
const PYTHON = /"(?:\\.|[^"\\])*"|'([^'\\]*)'|(?<=\d)_(?=\d)|,(?=\s*[\]}])/g;
const EMPTY = { by_key: "{}", each_key: "{}", some: "[]", numbers: "[]" };

/** Where the literal of a name stands in Python source: [from, to], or null. */
export function literalOf(source, name) {
  const found = new RegExp(`(^|[\\s(,;])${name}\\s*=(?!=)[ \\t]*`, "m").exec(source);
  if (!found) return null;
  const from = found.index + found[0].length;
  let depth = 0;
  let quote = "";
  for (let at = from; at < source.length; at += 1) {
    const letter = source[at];
    if (quote) {
      if (letter === "\\") at += 1;
      else if (letter === quote) quote = "";
    } else if (letter === '"' || letter === "'") quote = letter;
    else if ("[{(".includes(letter)) depth += 1;
    else if ("]})".includes(letter) && depth > 0) depth -= 1;
    else if (!depth && ",;)\n#".includes(letter)) return [from, from + source.slice(from, at).trimEnd().length];
  }
  return [from, source.trimEnd().length];
}

/** The value of a plain literal; undefined for anything else. */
export function valueOf(literal) {
  try {
    return JSON.parse(literal.replace(PYTHON, (part, single) => {
      if (single !== undefined) return JSON.stringify(single);
      return part.startsWith('"') ? part : "";
    }));
  } catch {
    return undefined;
  }
}

/** A value as Python writes it. */
export function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (value && typeof value === "object")
    return `{${Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${written(each)}`).join(", ")}}`;
  return JSON.stringify(value);
}

/** Adds the boxes of a cell to its bar; `changed` is called once the code says something else. */
export function boxes(cell, wanted, bar, changed) {
  if (!wanted.length) return;
  const model = cell.model.sharedModel;
  const row = element("div", "course-boxes");
  // Lab reads keys of a notebook as commands.
  row.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.target.blur();
    event.stopPropagation();
  });
  const paints = wanted.map((box) => {
    const get = () => {
      const place = literalOf(model.source, box.name);
      return place ? valueOf(model.source.slice(...place)) : undefined;
    };
    const put = (value) => {
      const place = literalOf(model.source, box.name);
      const text = value === undefined ? EMPTY[box.kind] : written(value);
      if (!place || text === undefined || model.source.slice(...place) === text) return paint();
      model.updateSource(...place, text);
      changed();
    };
    const paint = control[box.kind](box, row, get, put);
    return paint;
  });
  const paintAll = () => paints.forEach((paint) => paint());
  paintAll();
  model.changed.connect(paintAll);
  cell.disposed.connect(() => model.changed.disconnect(paintAll));
  bar.prepend(row);
}

const control = {
  number: (box, row, get, put) => {
    const input = numberIn(labelled(row, box.label), box.label, get, put);
    return show(input, get);
  },
  numbers: (box, row, get, put) => {
    const input = element("input", "course-box-numbers", { type: "text", inputmode: "decimal" });
    labelled(row, box.label).append(input);
    input.addEventListener("change", () => {
      const values = input.value.split(/[,;\s]+/).filter(Boolean).map(Number);
      values.some(Number.isNaN) ? put(get()) : put(values);
    });
    return show(input, () => get()?.join(", "));
  },
  text: (box, row, get, put) => {
    const input = element("input", "course-box-text", { type: "text", spellcheck: "false" });
    labelled(row, box.label).append(input);
    input.addEventListener("change", () => put(input.value));
    return show(input, get);
  },
  one: (box, row, get, put) => {
    const select = element("select");
    for (const [value, words] of box.of) select.append(element("option", "", { value }, words));
    labelled(row, box.label).append(select);
    select.addEventListener("change", () => put(typeof get() === "number" ? Number(select.value) : select.value));
    return show(select, get);
  },
  some: (box, row, get, put) => {
    const group = grouped(row, box.label);
    const ticks = box.of.map(([value, words]) => {
      const tick = element("input", "", { type: "checkbox", value });
      const label = element("label", "course-tick");
      label.append(tick, words);
      group.append(label);
      tick.addEventListener("change", () => put(ticks.filter((each) => each.checked).map((each) => each.value)));
      return tick;
    });
    return () => {
      const value = get();
      for (const tick of ticks) {
        tick.disabled = !Array.isArray(value);
        tick.checked = Array.isArray(value) && value.map(String).includes(tick.value);
      }
    };
  },
  by_key: (box, row, get, put) => control.each_key(box, row, get, put, true),
  each_key: (box, row, get, put, blanks = false) => {
    const group = box.label ? grouped(row, box.label) : row;
    const paints = box.of.map(([key, words]) => {
      const stands = () => (blanks ? undefined : get()?.[key]);
      const input = numberIn(labelled(group, words), words, stands, (value) => {
        const { [key]: _, ...rest } = get() ?? {};
        const next = value === null ? rest : { ...rest, [key]: value };
        put(Object.fromEntries(box.of.filter(([each]) => each in next).map(([each]) => [each, next[each]])));
      });
      return show(input, () => (get() === undefined ? undefined : get()[key] ?? null));
    });
    return () => paints.forEach((paint) => paint());
  },
};

/** A box for one number; `given` hears it, or null where it may be blank: where nothing `stands` that counts then. */
function numberIn(label, words, stands, given) {
  const input = element("input", "", { type: "number", step: "any" });
  label.append(input);
  input.addEventListener("change", () => {
    const kept = input.value === "" ? stands() : undefined;
    tell(input, kept === undefined ? "" : `“${words}” needs a number. Until then, ${kept} counts.`);
    if (kept === undefined) given(input.value === "" ? null : Number(input.value));
  });
  return input;
}

const notes = new WeakMap(); // what is said of a box, below all of them

function tell(input, sentence) {
  notes.get(input)?.remove();
  notes.delete(input);
  input.removeAttribute("aria-invalid");
  if (!sentence) return;
  const note = element("p", "course-box-note", { role: "alert" }, sentence);
  notes.set(input, note);
  input.setAttribute("aria-invalid", "true");
  input.closest(".course-boxes").append(note);
}

/** Shows what the code says, unless somebody is at work in it; what is no plain value is changed in the code. */
const show = (input, get) => () => {
  const value = get();
  input.disabled = value === undefined;
  input.title = value === undefined ? "Its code says more than a value: change it there." : "";
  if (document.activeElement === input && !input.matches("select")) return;
  input.value = value ?? "";
  tell(input, "");
};

function labelled(row, words) {
  const label = element("label", "course-box");
  if (words) label.append(element("span", "", {}, words));
  row.append(label);
  return label;
}

function grouped(row, words) {
  const group = element("fieldset", "course-box-group");
  group.append(element("legend", "", {}, words));
  row.append(group);
  return group;
}

function element(tag, className = "", attributes = {}, text = "") {
  const found = document.createElement(tag);
  if (className) found.className = className;
  for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
  if (text) found.textContent = text;
  return found;
}
