// Forms: fields of an artifact model, with lists that grow, ids that are picked, and values that are checked as you go.

const PAUSE = 400; // milliseconds without a key after which typed text is saved

ICONS.up = "M8 13V3.5M4 7l4-4 4 4";
ICONS.down = "M8 3v9.5M4 9l4 4 4-4";
ICONS.remove = "M4 4l8 8M12 4l-8 8";
ICONS.add = "M8 3v10M3 8h10";

const pathOf = (element) => element.dataset.path.split("/");

function drawForm(view, tools) {
  const { spec } = view;
  const { local } = tools;
  local.uid ??= `f${Math.random().toString(36).slice(2)}`;
  local.open ??= firstOpen(view);
  const fields = new Map(spec.fields.map((field) => [field.name, field]));
  const single = spec.sections.length === 1;
  return [
    drawTop(view, tools),
    (view.told ?? []).map((words, i) => h("div", { class: "notice", role: "status", "data-key": `told:${i}` }, words)),
    view.page ? drawPage(view) : h(
      "div",
      { class: "sections", "data-key": "sections" },
      spec.sections.map((section) => drawSection(view, tools, section, fields, single)),
    ),
  ];
}

/** Long forms begin with their first unfinished section open, short ones with all. */
function firstOpen(view) {
  const { sections } = view.spec;
  if (sections.length <= 3) return new Set(sections.map((section) => section.id));
  const typed = new Set(view.spec.fields.filter((field) => !field.derived).map((field) => field.name));
  const next = sections.find((section) => section.fields.some((name) => typed.has(name) && !view.begun.includes(name)));
  return new Set([(next ?? sections[0]).id]);
}

function drawTop(view, tools) {
  const { spec, begun } = view;
  const all = spec.fields.filter((field) => !field.derived).length;
  const long = spec.sections.length > 3;
  const everything = long && spec.sections.every((section) => tools.local.open.has(section.id));
  const over = spec.max_words && view.words > spec.max_words;
  return h(
    "div",
    { class: "top", "data-key": "top" },
    h("div", { class: "about" }, h("p", { class: "title" }, spec.title), h("p", { class: "soft" }, spec.about)),
    h(
      "div",
      { class: "howfar" },
      all > 1 && h("span", { class: "measure" }, bar(begun.length / all), h("span", null, `${begun.length} of ${all} parts begun`)),
      spec.max_words
        ? h(
            "span",
            { class: `measure${over ? " over" : ""}` },
            bar(view.words / spec.max_words, over ? "bad" : ""),
            h("span", null, `${view.words} of ${spec.max_words} words${over ? `, ${view.words - spec.max_words} too many` : ""}`),
          )
        : null,
    ),
    h(
      "div",
      { class: "tools" },
      long && !view.page ? finder(view, tools) : null,
      h(
        "button",
        { type: "button", class: "button small quiet", "data-key": "as-page", "data-do": "asPage", "aria-pressed": String(Boolean(view.page)) },
        icon(ICONS.page),
        view.page ? "Back to the form" : "Read as a page",
      ),
      view.page ? h("button", { type: "button", class: "button small quiet", "data-key": "print", "data-do": "print" }, "Print") : null,
      long && !view.page
        ? h(
            "button",
            { type: "button", class: "button small quiet", "data-key": "all", "data-do": "all", "aria-pressed": String(everything) },
            everything ? "Fold all" : "Open all",
          )
        : null,
      undoButton(view, "quiet"),
    ),
  );
}

function drawSection(view, tools, section, fields, single) {
  const open = single || tools.local.open.has(section.id);
  const begun = section.fields.filter((name) => view.begun.includes(name)).length;
  const wrong = Object.keys(view.drafts).filter((path) => section.fields.includes(path.split("/")[0])).length;
  const twice = (view.aside ?? []).filter((one) => !one.gone && section.fields.includes(one.path.split("/")[0])).length;
  const bare = section.fields.length === 1 && fields.get(section.fields[0]).label === section.title;
  const inner = `${tools.local.uid}-section-${section.id}`;
  return h(
    "div",
    { class: `section${open ? " open" : ""}`, "data-key": `section:${section.id}`, role: "group", "aria-label": section.title },
    single
      ? null
      : h(
          "button",
          {
            type: "button",
            class: "section-head",
            "data-key": `head:${section.id}`,
            "data-do": "fold",
            "data-id": section.id,
            "aria-expanded": String(open),
            "aria-controls": open ? inner : null,
          },
          icon(ICONS.open),
          h("span", { class: "section-title" }, section.title),
          wrong ? h("span", { class: "chip bad" }, `${wrong} not saved`) : null,
          twice ? h("span", { class: "chip warn" }, `${twice} to decide`) : null,
          h("span", { class: `state${begun ? " begun" : ""}` }, sectionState(view, section, fields, begun)),
        ),
    open
      ? h(
          "div",
          { class: "fields", id: inner, "data-key": `inner:${section.id}` },
          section.fields.map((name) => drawField(view, tools, fields.get(name), [name], view.data[name], bare)),
        )
      : null,
  );
}

function sectionState(view, section, fields, begun) {
  const typed = section.fields.filter((name) => !fields.get(name).derived);
  if (!typed.length) return "nothing to type";
  const only = section.fields.length === 1 ? fields.get(section.fields[0]) : null;
  if (only?.type === "groups") {
    const count = view.data[only.name].length;
    return count ? `${count} ${count === 1 ? only.noun : only.nouns}` : "not begun";
  }
  if (typed.length === 1) return begun ? "begun" : "not begun";
  return begun ? `${begun} of ${typed.length} begun` : "not begun";
}

const WIDE = new Set(["long", "picks", "choices", "list", "group", "groups", "flag"]);

/** What is said beside a text that is longer than its field is meant for; it is saved and reviewed all the same. */
function tooLong(text, most) {
  const count = typeof text === "string" ? text.length : 0;
  if (!most || count <= most) return "";
  return `${count.toLocaleString("en")} characters; ${most.toLocaleString("en")} are meant at most. It is saved and reviewed as it is: shorten it.`;
}

/** One field with its label, help, control and what is wrong with it. `bare`: its label stands above already. */
function drawField(view, tools, field, path, value, bare = false) {
  const place = path.join("/");
  if (field.derived) return drawDerived(view, tools, field, place, bare);
  const draft = view.drafts[place];
  const doubt = draft ? null : view.doubts?.[place];
  const id = `${tools.local.uid}-${place.replaceAll("/", "-").replaceAll("#", "_")}`;
  const shown = tools.held(place, draft ? draft.value : value);
  const long = ["text", "long"].includes(field.type)
    ? tooLong(shown, field.most)
    : field.type === "list" && (shown ?? []).map((item) => tooLong(item, field.item.most)).find(Boolean);
  const describedBy = [field.help && `${id}-help`, long && `${id}-long`, draft && `${id}-error`, doubt && `${id}-doubt`].filter(Boolean).join(" ") || null;
  const common = { "data-path": place, "data-key": place, "aria-describedby": describedBy, "aria-invalid": draft ? "true" : null };
  const parts = { view, tools, field, path, place, id, value: shown, common };
  const grouped = ["choice", "choices", "picks", "list", "group", "groups"].includes(field.type) && !(field.type === "choice" && field.style === "select");
  const wide = WIDE.has(field.type) || isSentence(field) || field.style === "segments";
  const label = grouped
    ? h("span", { class: `label${bare ? " unseen" : ""}`, id: `${id}-label` }, field.label)
    : h("label", { class: `label${bare ? " unseen" : ""}`, for: id, id: `${id}-label` }, field.label);
  const help = field.help ? h("p", { class: "help", id: `${id}-help` }, field.help) : null;
  return h(
    "div",
    {
      class: `field ${field.type}${wide ? " wide" : ""}${draft ? " wrong" : ""}`,
      "data-key": `field:${place}`,
      role: grouped ? (field.style === "segments" ? "radiogroup" : "group") : null,
      "aria-labelledby": grouped ? `${id}-label` : null,
      "aria-describedby": grouped ? describedBy : null,
    },
    field.type === "flag" ? null : label,
    wide ? help : null,
    CONTROLS[field.type](parts),
    wide ? null : help,
    long ? h("p", { class: "kept", id: `${id}-long` }, long) : null,
    draft ? h("p", { class: "error", id: `${id}-error` }, draft.error) : null,
    doubt ? h("p", { class: "doubt", role: "status", id: `${id}-doubt` }, doubt) : null,
    foundHere(view, tools, place),
    tools.unsaved(place) ? h("p", { class: "kept" }, "Kept in this browser, not in the file yet.") : null,
    asidesAt(view, place).map((one) => drawAside(one, tools)),
  );
}

/** What the last review found at a field, until what stands there is changed. */
function foundHere(view, tools, place) {
  const here = (tools.local.found ?? []).filter((one) => one.path === place && same(plainOf(valueIn(view, place.split("/"))), one.was));
  // One note for all that a question found here.
  return [...new Map(here.map((one) => [`${one.id}:${one.expected}`, one])).values()].map(({ id, who, sentence, expected }, i) =>
    h(
      "div",
      { class: "found-here", role: "note", "aria-label": `From the review: ${sentence}`, "data-key": `found:${id}:${i}` },
      here
        .filter((one) => one.id === id && one.expected === expected)
        .map(({ found }, n) => h("p", null, n ? null : h("strong", null, `${who.name}: `), found)),
      expected ? h("p", { class: "soft" }, `Expected: ${expected}`) : null,
      h("button", { type: "button", class: "button small quiet", "data-do": "backToReview", "data-id": id, "data-key": `back:${id}:${i}` }, icon(ICONS.back), "Back to the review"),
    ),
  );
}

/** The fields that findings are about; one about an entry of a list stands at its first field. */
function marksOf(view, findings) {
  return findings.flatMap((finding) => {
    const at = pathOfPlace(view, finding.place, finding.kind);
    if (!at) return [];
    const last = at.path.split("/").at(-1);
    const inner = last.startsWith("#") ? (at.field.fields ?? at.field.item?.fields)?.[0]?.name : null;
    const path = inner ? `${at.path}/${inner}` : at.path;
    return [{ ...finding, path, was: plainOf(valueIn(view, path.split("/"))) }];
  });
}

/** Open whatever lies over a place and go there. */
function showPlace(tools, place) {
  const view = tools.view();
  const at = pathOfPlace(view, place, tools.home.name?.split("/")[1] ?? "");
  if (!at) return bring(tools.root);
  const section = view.spec.sections.find(({ fields }) => fields.includes(at.section));
  if (section) tools.local.open.add(section.id);
  const parts = at.path.split("/");
  for (let i = 1; i <= parts.length; i += 1) tools.local.folded?.delete(parts.slice(0, i).join("/"));
  tools.repaint();
  const find = (key) => tools.root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  bring(find(`field:${at.path}`) ?? find(`item:${at.path}`) ?? find(`section:${section?.id}`) ?? tools.root);
}

/** A field that nobody types: what stands there, and where it comes from. */
function drawDerived(view, tools, field, place, bare) {
  const { texts = [], columns = [], rows = [] } = view.derived[place] ?? {};
  const id = `${tools.local.uid}-${place.replaceAll("/", "-").replaceAll("#", "_")}-label`;
  const nothing = !texts.length && !rows.length;
  return h(
    "div",
    { class: "field derived wide", "data-key": `field:${place}`, role: "group", "aria-labelledby": id },
    h("span", { class: `label${bare ? " unseen" : ""}`, id }, field.label),
    field.help ? h("p", { class: "help" }, field.help) : null,
    rows.length
      ? h(
          "div",
          { class: "derived-scroll", tabindex: "0", role: "region", "aria-labelledby": id },
          h(
            "table",
            { class: "derived-table" },
            h("thead", null, h("tr", null, columns.map((column) => h("th", { scope: "col" }, column)))),
            h("tbody", null, rows.map((row, i) => h("tr", { "data-key": `row:${i}` }, row.map((cell) => h("td", null, cell))))),
          ),
        )
      : h("div", { class: "derived-words" }, nothing ? h("p", { class: "soft" }, "Nothing yet") : texts.map((text) => h("p", null, text))),
    h("p", { class: "help" }, `Not typed: ${field.derived}.`),
  );
}

const CONTROLS = {
  text: ({ id, value, field, common }) =>
    isSentence(field)
      ? // One line of text that is longer than its box goes on below.
        h("textarea", { ...common, id, class: "flowing", rows: rowsFor(value, 1), autocomplete: "off", "data-input": "typed", "data-leave": "left" }, value ?? "")
      : typedInput({ ...common, id, type: "text", value: value ?? "" }),
  number: ({ id, value, common }) => typedInput({ ...common, id, type: "text", inputmode: "decimal", class: "short", value: value ?? "" }),
  integer: ({ id, value, field, common }) => typedInput({ ...common, id, type: "text", inputmode: "numeric", class: "short", value: value === field.blank ? "" : value }),
  date: ({ id, value, common }) => dated({ ...common, id, type: "date", value: value ?? "" }),
  datetime: ({ id, value, common }) => dated({ ...common, id, type: "datetime-local", value: (value ?? "").replace("Z", "") }),
  time: ({ id, value, common }) => dated({ ...common, id, type: "time", value: value ?? "" }),
  long: ({ id, value, field, common }) =>
    h(
      "textarea",
      { ...common, id, rows: rowsFor(value, field.lines), "data-input": "typed", "data-leave": "left" },
      value ?? "",
    ),
  flag: ({ id, value, field, common }) =>
    h(
      "label",
      { class: "tick" },
      h("input", { ...common, id, class: "check", type: "checkbox", checked: Boolean(value), "data-change": "ticked" }),
      h("span", null, field.label),
    ),
  choice: (parts) => (parts.field.style === "segments" ? segments(parts) : select(parts)),
  choices: ({ field, place, value, tools }) => ticks(field.options.map((o) => ({ id: o.value, label: o.label, note: "" })), place, value, tools),
  pick: drawPick,
  picks: drawPicks,
  list: drawList,
  group: ({ view, tools, field, path, value }) =>
    h(
      "div",
      { class: "fields inner" },
      field.fields.map((inner) => drawField(view, tools, inner, [...path, inner.name], value?.[inner.name])),
    ),
  groups: drawGroups,
};

const isSentence = (field) => field.type === "text" && (field.most ?? 0) > 120;
const typedInput = (attributes) => h("input", { ...attributes, autocomplete: "off", "data-input": "typed", "data-leave": "left" });
const dated = (attributes) => h("input", { ...attributes, class: "short", "data-change": "chosen" });

/** How many rows a text needs, where the browser does not grow the box by itself. */
function rowsFor(text, least) {
  const rows = String(text ?? "").split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 85)), 0);
  return Math.max(least ?? 2, Math.min(20, rows));
}

function select({ id, value, field, common }) {
  return h(
    "select",
    { ...common, id, "data-change": "selected" },
    h("option", { value: "", selected: value === "" || value === null }, "Choose …"),
    field.options.map((option, i) => h("option", { value: String(i), selected: option.value === value }, option.label)),
  );
}

function segments({ value, field, place, tools }) {
  const none = value === "" || value === null || value === undefined;
  return h(
    "div",
    { class: "segments-row" },
    h(
      "div",
      { class: "segments" },
      field.options.map((option, i) =>
        h(
          "label",
          { class: `segment${option.value === value ? " on" : ""}`, "data-key": `segment:${i}` },
          h("input", {
            type: "radio",
            name: `${tools.local.uid}:${place}`,
            value: String(i),
            checked: option.value === value,
            "data-path": place,
            "data-key": `${place}:${i}`,
            "data-change": "radio",
          }),
          h("span", null, option.label),
        ),
      ),
    ),
    none
      ? null
      : h("button", { type: "button", class: "link", "data-do": "clear", "data-path": place, "aria-label": `Clear: ${field.label}` }, "Clear"),
  );
}

function ticks(choices, place, value, tools) {
  return h(
    "div",
    { class: "ticks" },
    choices.map((choice) => {
      const key = `${place}:${choice.id}`;
      return h(
        "label",
        { class: "tick", "data-key": `tick:${choice.id}` },
        h("input", {
          type: "checkbox",
          class: "check",
          checked: tools.held(key, (value ?? []).includes(choice.id)),
          "data-path": place,
          "data-id": choice.id,
          "data-key": key,
          "data-change": "picked",
        }),
        optionWords(choice),
      );
    }),
  );
}

function drawList({ tools, field, place, id, value }) {
  const items = [...(value ?? [])];
  const rows = tools.local.blanks?.has(place) || !items.length ? [...items, ""] : items;
  return h(
    "div",
    { class: "lines" },
    rows.map((item, i) =>
      h(
        "div",
        { class: "line", "data-key": `line:${i}` },
        h("input", {
          type: field.item.type === "date" ? "date" : "text",
          inputmode: field.item.type === "number" ? "decimal" : null,
          value: item ?? "",
          "aria-label": `${field.label}, ${i + 1}`,
          "data-path": place,
          "data-key": `${place}:${i}`,
          "data-input": "lined",
          "data-leave": "left",
          autocomplete: "off",
        }),
        i < items.length
          ? h(
              "button",
              { type: "button", class: "tool", "data-key": `cut:${place}:${i}`, "data-do": "cutLine", "data-path": place, "data-index": i, "aria-label": `Remove ${field.label}, ${i + 1}` },
              icon(ICONS.remove),
            )
          : null,
      ),
    ),
    items.length && !tools.local.blanks?.has(place) && !(field.most && items.length >= field.most)
      ? h("button", { type: "button", class: "button small quiet", "data-key": `more:${place}`, "data-do": "moreLines", "data-path": place, id }, icon(ICONS.add), "Add a line")
      : null,
  );
}

function drawGroups({ view, tools, field, path, place, value }) {
  const items = value ?? [];
  const full = Boolean(field.most && items.length >= field.most);
  return h(
    "div",
    { class: "groups" },
    items.length
      ? h("ol", { class: "items" }, items.map((item, i) => drawItem(view, tools, field, [...path, item["#"]], item, i, items.length)))
      : null,
    h(
      "button",
      {
        type: "button",
        class: "button small add",
        "data-key": `add:${place}`,
        "data-do": "add",
        "data-path": place,
        "aria-disabled": String(full),
        title: full ? `There can be at most ${field.most}.` : null,
      },
      icon(ICONS.add),
      `Add ${/^[aeiou]/i.test(field.noun) ? "an" : "a"} ${field.noun}`,
    ),
  );
}

function drawItem(view, tools, field, path, item, index, count) {
  const place = path.join("/");
  const name = `${field.noun.charAt(0).toUpperCase()}${field.noun.slice(1)} ${index + 1}`;
  const folded = tools.local.folded?.has(place);
  const list = path.slice(0, -1).join("/");
  const tool = (what, words, path_, off, extra = {}) =>
    h(
      "button",
      {
        type: "button",
        class: "tool",
        "data-key": `${what}:${place}`,
        "data-do": what,
        "data-rapid": what === "remove" ? null : true,
        "data-path": list,
        "data-item": item["#"],
        "aria-disabled": off ? "true" : null,
        "aria-label": `${words}: ${name}`,
        title: words,
        ...extra,
      },
      icon(path_),
    );
  return h(
    "li",
    { class: "item", "data-key": `item:${place}` },
    h(
      "div",
      { class: "item-head" },
      h(
        "button",
        { type: "button", class: "item-title", "data-key": `title:${place}`, "data-do": "foldItem", "data-path": place, "aria-expanded": String(!folded) },
        icon(ICONS.open),
        h("span", { class: "item-name" }, name),
        h("span", { class: "soft preview" }, preview(view, field, item)),
      ),
      tool("up", "Move up", ICONS.up, index === 0),
      tool("down", "Move down", ICONS.down, index === count - 1),
      tool("remove", "Remove", ICONS.remove, false),
    ),
    folded
      ? null
      : h(
          "div",
          { class: "fields inner" },
          field.fields.map((inner) => drawField(view, tools, inner, [...path, inner.name], item[inner.name])),
        ),
  );
}

/** The first words of an item, to tell it from the others when it is folded. */
function preview(view, field, item) {
  for (const inner of field.fields) {
    const value = item[inner.name];
    if (inner.type === "pick" && value) return view.options[inner.kind]?.find((option) => option.id === value)?.label ?? value;
    if ((inner.type === "text" || inner.type === "long") && value) return value.length > 80 ? `${value.slice(0, 79)}…` : value;
  }
  return "";
}

// Saving: typed text after a pause or when its field is left, everything else at once.

function hold(element, tools, value) {
  const place = element.dataset.path;
  const timers = (tools.local.timers ??= new Map());
  tools.hold(place, value, { op: "set", path: place.split("/"), value });
  clearTimeout(timers.get(place));
  timers.set(place, setTimeout(() => save(place, tools), PAUSE));
}

function save(place, tools) {
  const { timers } = tools.local;
  if (!timers?.has(place)) return;
  clearTimeout(timers.get(place));
  timers.delete(place);
  const value = tools.held(place, null);
  if (value === null) return; // it is in the file by now, or lies beside what the file has
  tools.send({ op: "set", path: place.split("/"), value }, { key: place });
}

function set(element, tools, value) {
  const place = element.dataset.path;
  tools.hold(place, value);
  tools.send({ op: "set", path: place.split("/"), value }, { key: place });
  tools.repaint();
}

function fieldAt(tools, element) {
  const names = pathOf(element).filter((step) => !step.startsWith("#"));
  return names.reduce((field, name) => field.fields.find((inner) => inner.name === name), tools.view().spec);
}

function valueAt(tools, place) {
  return place
    .split("/")
    .reduce((data, step) => (step.startsWith("#") ? data?.find((item) => item["#"] === step) : data?.[step]), tools.view().data);
}

// Steps that outlive a kernel: keys of items are a kernel's own, so a step that is kept names items by position.

const plainOf = (value) =>
  Array.isArray(value)
    ? value.map(plainOf)
    : value && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== "#").map(([name, inner]) => [name, plainOf(inner)]))
      : value;

/** The value at a path whose items are named by key or, as "@2", by position; undefined where there is none. */
const valueIn = (view, path) =>
  path.reduce((data, step) => {
    if (step.startsWith("@")) return data?.[Number(step.slice(1))];
    return step.startsWith("#") ? data?.find((item) => item["#"] === step) : data?.[step];
  }, view.data);

/** A path with positions in place of keys, or with keys in place of positions; null where an item is not there. */
function turned(view, path, from, to) {
  const turnedPath = [];
  let data = view.data;
  for (const step of path) {
    const index = !step.startsWith(from) ? null : from === "#" ? data?.findIndex((item) => item["#"] === step) : Number(step.slice(1));
    if (index !== null && !data?.[index]) return null;
    turnedPath.push(index === null ? step : to === "@" ? `@${index}` : data[index]["#"]);
    data = index === null ? data?.[step] : data[index];
  }
  return turnedPath;
}

function placed(operation, view) {
  const path = operation.path && turned(view, operation.path, "#", "@");
  if (!path) return { op: operation, was: null };
  const item = operation.key && operation.op !== "add" ? valueIn(view, path)?.findIndex((each) => each["#"] === operation.key) : null;
  return { op: { ...operation, path, ...(item === null ? {} : { item }) }, was: plainOf(valueIn(view, path)) };
}

function again({ op, was }, view) {
  if (op.op === "undo" || !Array.isArray(op.path)) return { done: true };
  const path = turned(view, op.path, "@", "#");
  if (!path && op.op === "set" && !blank(op.value)) return { op: { ...op, path: op.path.map((step) => step.replace(/^@/, "#gone")) } };
  if (!path) return { done: true };
  const now = plainOf(valueIn(view, path));
  if (op.op === "set") return same(now, op.value) || (blank(now) && blank(op.value)) ? { done: true } : { op: { ...op, path } };
  if (op.op === "pick") return (now ?? []).includes(op.id) === op.on ? { done: true } : { op: { ...op, path } };
  if (!same(now, was)) return { done: true };
  const key = op.item === undefined ? op.key : valueIn(view, path)?.[op.item]?.["#"];
  return key ? { op: { ...op, path, key } } : { done: true };
}

/** What the author of a step began from: a value and what was sent since, or an item with what is on its way into it. */
function begun({ op, was, mine }, view, others) {
  if (op.op === "set") return [was, ...mine];
  if (op.op !== "remove" || op.item === undefined) return null;
  const item = [...op.path, `@${op.item}`];
  const inside = others.filter((step) => step.op.op === "set" && item.every((part, i) => step.op.path[i] === part));
  const later = structuredClone(was[op.item]);
  for (const { op: { path, value } } of inside) {
    const steps = path.slice(item.length).map((part) => (part.startsWith("@") ? Number(part.slice(1)) : part));
    const last = steps.pop();
    const around = steps.reduce((data, part) => data?.[part], later);
    if (around) around[last] = value;
  }
  return inside.length ? [was[op.item], later] : [was[op.item]];
}

function formKeys(event, tools) {
  const { panel } = tools.local;
  const target = event.target;
  const writing = target.matches?.("textarea, select, input:not([type=checkbox]):not([type=radio])");
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !writing) {
    event.preventDefault();
    event.stopPropagation();
    if (undoOf(tools.view()).count) tools.send({ op: "undo" });
  } else if (event.key === "Escape" && panel) {
    event.preventDefault();
    event.stopPropagation();
    closePanel(tools);
  } else if (panel && target.matches?.("[role=combobox]") && /^(Arrow(Up|Down)|Enter|Home|End)$/.test(event.key) && !event.shiftKey) {
    event.preventDefault();
    const last = panel.ids.length - 1;
    if (event.key === "Enter") {
      const option = tools.root.querySelector(".option.active");
      if (option && !event.repeat) choose(option, tools);
      return;
    }
    panel.at = { ArrowUp: Math.max(0, panel.at - 1), ArrowDown: Math.min(last, panel.at + 1), Home: 0, End: last }[event.key];
    tools.repaint();
    tools.root.querySelector(".option.active")?.scrollIntoView?.({ block: "nearest" });
  } else if (event.key === "Enter" && target.matches?.("input[data-input=typed], textarea.flowing")) {
    event.preventDefault();
    save(target.dataset.path, tools);
  } else if (event.key === "ArrowDown" && target.matches?.("[data-do=panel]") && !panel) {
    event.preventDefault();
    FORM.actions.panel(target, event, tools);
  }
}

const FORM = {
  name: "form",
  label: (view) => view.spec?.title ?? "Form",
  foot: () => "",
  placed,
  again,
  begun,
  besides: true,
  lacks: ({ op }, view) => Boolean(op.path && view.drafts[(turned(view, op.path, "@", "#") ?? []).join("/")]),
  draw: drawForm,
  keys: formKeys,
  painted: (tools) => attend(tools),
  mounted: (tools) =>
    findable(
      tools,
      (findings) => {
        tools.local.found = marksOf(tools.view(), findings);
        tools.repaint();
      },
      (place) => showPlace(tools, place),
    ),
  actions: {
    backToReview: ({ dataset }) => backTo(dataset.id),
    fold({ dataset }, event, tools) {
      const { open } = tools.local;
      if (!open.delete(dataset.id)) open.add(dataset.id);
      tools.repaint();
    },
    all(element, event, tools) {
      const ids = tools.view().spec.sections.map((section) => section.id);
      tools.local.open = new Set(ids.every((id) => tools.local.open.has(id)) ? [] : ids);
      tools.repaint();
    },
    foldItem({ dataset }, event, tools) {
      const folded = (tools.local.folded ??= new Set());
      if (!folded.delete(dataset.path)) folded.add(dataset.path);
      tools.repaint();
    },
    asPage: (element, event, tools) => tools.send({ op: "page", on: !tools.view().page }, { quiet: true }),
    print: (element, event, { view }) => void printPage(view().page, view().spec.title),
    find(element, event, tools) {
      const found = namesOf(tools.view().spec).find(([label]) => label === element.value);
      if (!found) return;
      element.value = "";
      showPlace(tools, found[1]);
    },
    undo: (element, event, tools) => tools.send({ op: "undo" }),
    typed: (element, event, tools) => hold(element, tools, element.matches(".flowing") ? element.value.replace(/\s*\n\s*/g, " ") : element.value),
    left: (element, event, tools) => save(element.dataset.path, tools),
    ticked: (element, event, tools) => set(element, tools, element.checked),
    chosen: (element, event, tools) => set(element, tools, element.value),
    selected: (element, event, tools) => set(element, tools, element.value === "" ? clearing(tools, element) : fieldAt(tools, element).options[Number(element.value)].value),
    radio: (element, event, tools) => set(element, tools, fieldAt(tools, element).options[Number(element.value)].value),
    clear(element, event, tools) {
      tools.local.next = wish(element.dataset.path);
      set(element, tools, clearing(tools, element));
    },
    picked(element, event, tools) {
      const { path, id, key } = element.dataset;
      tools.hold(key, element.checked);
      tools.send({ op: "pick", path: path.split("/"), id, on: element.checked }, { key });
    },
    unpick({ dataset }, event, tools) {
      tools.local.next = wish(dataset.path);
      tools.send({ op: "pick", path: dataset.path.split("/"), id: dataset.id, on: false });
    },
    panel(element, event, tools) {
      const { path } = element.dataset;
      if (tools.local.panel?.place === path) return closePanel(tools);
      tools.local.panel = { place: path, query: "", at: 0, ids: [] };
      tools.local.next = wish(`search:${path}`);
      tools.repaint();
    },
    searched(element, event, tools) {
      Object.assign(tools.local.panel, { query: element.value, at: 0 });
      tools.repaint();
    },
    panelLeft(element, event, tools) {
      const to = event.relatedTarget;
      // A press on the list's own scroll bar moves the focus to what is around the form, such as the notebook's cell.
      const around = !to || element.contains(to) || to.contains(element);
      if (!around && to.dataset?.path !== tools.local.panel?.place) closePanel(tools, { back: false });
    },
    option: (element, event, tools) => choose(element, tools),
    add({ dataset }, event, tools) {
      const key = `#n${Math.random().toString(36).slice(2, 12)}`;
      tools.local.next = wish(`item:${dataset.path}/${key}`);
      tools.send({ op: "add", path: dataset.path.split("/"), key });
    },
    remove({ dataset }, event, tools) {
      const items = valueAt(tools, dataset.path);
      const index = items.findIndex((item) => item["#"] === dataset.item);
      const heir = items[index + 1] ?? items[index - 1];
      tools.local.next = wish(heir ? `title:${dataset.path}/${heir["#"]}` : `add:${dataset.path}`);
      tools.send({ op: "remove", path: dataset.path.split("/"), key: dataset.item });
    },
    up: ({ dataset }, event, tools) => tools.send({ op: "shift", path: dataset.path.split("/"), key: dataset.item, by: -1 }),
    down: ({ dataset }, event, tools) => tools.send({ op: "shift", path: dataset.path.split("/"), key: dataset.item, by: 1 }),
    lined(element, event, tools) {
      tools.local.blanks?.delete(element.dataset.path);
      const inputs = [...element.closest(".lines").querySelectorAll("input")];
      hold(element, tools, inputs.map((input) => input.value));
    },
    cutLine(element, event, tools) {
      const rest = (tools.held(element.dataset.path, valueAt(tools, element.dataset.path)) ?? []).filter((_, i) => i !== Number(element.dataset.index));
      set(element, tools, rest);
    },
    moreLines(element, event, tools) {
      const { path } = element.dataset;
      (tools.local.blanks ??= new Set()).add(path);
      tools.local.next = wish(`${path}:${(valueAt(tools, path) ?? []).length}`);
      tools.repaint();
    },
  },
};

/** What a field holds when nothing is chosen. */
function clearing(tools, element) {
  return fieldAt(tools, element).blank ?? null;
}

const shown = { as: FORM }; // a module behind this one may draw the same fields in another way

export default { render: (context) => mount(context, shown.as) };
