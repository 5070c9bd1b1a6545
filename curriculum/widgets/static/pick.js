// Picking ids: a list of choices with label and note, searched by typing, opened in place; chips for what was picked.

const LISTED = 14; // up to so many choices are shown as check boxes; more are searched
const SEARCHED = 7; // from so many choices on, a list has a search box

/** The words for a choice: its label, and its note and id beneath. */
function optionWords(option) {
  return h(
    "span",
    { class: "option-words" },
    option.initials ? avatar(option, "mini") : null,
    h("span", null, h("span", { class: "option-label" }, option.label), option.note ? h("span", { class: "soft option-note" }, option.note) : null),
  );
}

/** The choices of a kind, and those in the file that are none, each told as such. */
function choicesOf(view, kind, used) {
  const offered = view.options[kind] ?? [];
  const strangers = view.strangers[kind] ?? {};
  const strange = used.filter((id) => id in strangers).map((id) => ({ id, label: id, note: strangers[id], strange: true }));
  return [...offered, ...strange];
}

function drawPick(parts) {
  const { view, tools, field, place, id, value, common } = parts;
  const choices = choicesOf(view, field.kind, [value]);
  const chosen = choices.find((choice) => choice.id === value);
  const open = tools.local.panel?.place === place;
  return h(
    "div",
    { class: "picker" },
    h(
      "div",
      { class: "picked-one" },
      h(
        "button",
        {
          ...common,
          type: "button",
          id,
          class: `choose${chosen?.strange ? " strange" : ""}`,
          "data-do": "panel",
          "aria-haspopup": "listbox",
          "aria-expanded": String(open),
          "aria-labelledby": `${id}-label ${id}`,
          "aria-invalid": null,
        },
        chosen ? optionWords(chosen) : h("span", { class: "soft" }, "Choose …"),
        icon("M4 6.5 8 10.5l4-4"),
      ),
      value ? h("button", { type: "button", class: "link", "data-do": "clear", "data-path": place, "aria-label": `Clear: ${field.label}` }, "Clear") : null,
    ),
    open ? drawPanel(parts, choices.filter((choice) => !choice.strange), [value], false) : null,
  );
}

function drawPicks(parts) {
  const { view, tools, field, place, id, value } = parts;
  const choices = choicesOf(view, field.kind, value ?? []);
  if (!choices.length) return h("p", { class: "soft" }, emptyWords(field.kind));
  const few = choices.length <= LISTED && !choices.some((choice) => choice.strange);
  if (few) return ticks(choices, place, value, tools);
  const open = tools.local.panel?.place === place;
  return h(
    "div",
    { class: "picker" },
    h(
      "div",
      { class: "chips" },
      (value ?? []).map((each) => {
        const choice = choices.find((one) => one.id === each) ?? { id: each, label: each, note: "" };
        return h(
          "span",
          { class: `pickchip${choice.strange ? " strange" : ""}`, "data-key": `chip:${each}` },
          h("span", null, choice.label, choice.strange ? ` — ${choice.note}` : ""),
          h(
            "button",
            { type: "button", class: "cross", "data-do": "unpick", "data-key": `un:${place}:${each}`, "data-path": place, "data-id": each, "aria-label": `Take out: ${choice.label}` },
            icon(ICONS.remove),
          ),
        );
      }),
      h(
        "button",
        {
          type: "button",
          id,
          class: "button small quiet",
          "data-key": place,
          "data-path": place,
          "data-do": "panel",
          "aria-haspopup": "listbox",
          "aria-expanded": String(open),
          "aria-labelledby": `${id} ${id}-label`,
        },
        icon(ICONS.add),
        "Add",
      ),
    ),
    open ? drawPanel(parts, choices.filter((choice) => !choice.strange), value ?? [], true) : null,
  );
}

function emptyWords(kind) {
  return kind === "facts" ? "You know no facts yet. Talk to the people of this case first." : "This case offers nothing to pick here.";
}

/** The choices as a searchable list, opened in place so that no edge of the notebook can cut it off. */
function drawPanel({ tools, field, place, id }, choices, chosen, several) {
  const { panel } = tools.local;
  const found = matches(choices, panel.query);
  panel.ids = found.map((choice) => choice.id);
  panel.at = Math.max(0, Math.min(panel.at, found.length - 1));
  const optionId = (i) => `${id}-option-${i}`;
  return h(
    "div",
    { class: "panel", "data-key": `panel:${place}`, "data-leave": "panelLeft" },
    choices.length
      ? h("input", {
          type: "text",
          class: "search",
          role: "combobox",
          "data-key": `search:${place}`,
          "data-input": "searched",
          "aria-label": `Search: ${field.label}`,
          "aria-expanded": "true",
          "aria-autocomplete": "list",
          "aria-controls": `${id}-list`,
          "aria-activedescendant": found.length ? optionId(panel.at) : null,
          placeholder: choices.length >= SEARCHED ? "Type to search, arrows to move, Enter to pick" : "Arrows to move, Enter to pick",
          autocomplete: "off",
          value: panel.query,
        })
      : null,
    h(
      "ul",
      { class: "options", role: "listbox", id: `${id}-list`, "aria-label": field.label, "aria-multiselectable": several ? "true" : null },
      found.map((choice, i) =>
        h(
          "li",
          {
            role: "option",
            id: optionId(i),
            class: `option${i === panel.at ? " active" : ""}`,
            "aria-selected": String(chosen.includes(choice.id)),
            "data-key": `option:${choice.id}`,
            "data-do": "option",
            "data-rapid": true,
            "data-path": place,
            "data-id": choice.id,
            "data-several": several,
          },
          chosen.includes(choice.id) ? icon(ICONS.check) : h("span", { class: "no-icon" }),
          optionWords(choice),
        ),
      ),
    ),
    found.length ? null : h("p", { class: "soft nothing", role: "status" }, choices.length ? "Nothing matches." : emptyWords(field.kind)),
  );
}

function matches(choices, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter((choice) => {
    const text = `${choice.label} ${choice.note} ${choice.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function closePanel(tools, { back = true } = {}) {
  const { panel } = tools.local;
  if (!panel) return;
  tools.local.panel = null;
  if (back) tools.local.next = wish(panel.place);
  tools.repaint();
}

function choose(element, tools) {
  const { path, id, several } = element.dataset;
  if (several === undefined) {
    tools.local.panel = null;
    tools.local.next = wish(path);
    set(element, tools, id);
    return;
  }
  const on = !(valueAt(tools, path) ?? []).includes(id);
  tools.send({ op: "pick", path: path.split("/"), id, on });
}
