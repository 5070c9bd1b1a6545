// What was said at the table: one box for codes, and a list of what can be cited since.

const CODE_BOX = "code-box";

function noted(one) {
  return h(
    "li",
    { "data-key": one.code, class: one.deed ? "deed" : "" },
    one.who ? avatar(one.who, "small") : h("span"),
    h(
      "div",
      null,
      h("p", null, one.text),
      h("p", { class: "soft" }, [one.who?.name, one.seat && `played by ${one.seat}`, `minute ${one.minute}`].filter(Boolean).join(" · "), one.id && [" · ", h("code", null, one.id)]),
    ),
    h("button", { type: "button", class: "link", "data-do": "drop", "data-code": one.code, "data-key": `drop-${one.code}`, "aria-label": `Take back: ${one.text}` }, "Take back"),
  );
}

const fact = (one) => h("li", { "data-key": one.id }, avatar(one.who, "small"), h("div", null, h("p", null, one.text), h("p", { class: "soft" }, h("code", null, one.id))));

function list(title, key, items) {
  if (!items.length) return null;
  return h("section", { "data-key": key }, h("p", { class: "caption" }, title), h("ul", { class: "facts" }, items));
}

const tableNotes = {
  name: "table-notes",
  label: () => "What was said at the table",
  draw(view, tools) {
    const mine = tools.held(CODE_BOX, "");
    return [
      h(
        "div",
        { class: "enter", "data-key": "enter" },
        h("label", { class: "caption", for: `code-${(tools.local.page ??= Math.random().toString(36).slice(2, 8))}` }, "Somebody says a fact, and its code"),
        h("input", { id: `code-${tools.local.page}`, class: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 12, "data-input": "typed", "data-key": CODE_BOX, value: mine }),
        h("button", { type: "button", class: "button main", "data-do": "note", "data-key": "note" }, "Note it"),
        view.notice && h("p", { class: "told", "aria-hidden": "true" }, view.notice),
        h("span", { class: "soft clock" }, view.begun ? `Minute ${view.minutes}` : h("button", { type: "button", class: "button small", "data-do": "begin", "data-key": "begin" }, "Start the clock")),
      ),
      list("Said at the table", "said", view.said.map(noted)),
      list("Yours: it is on your card", "own", view.own.map(fact)),
      list("Laid on the table for somebody who is absent", "released", view.released.map(fact)),
      h(
        "details",
        { "data-key": "absent" },
        h("summary", null, "Somebody is absent"),
        h("p", { class: "soft" }, "What their people know is then laid on the table for all, and the review says so."),
        h(
          "ul",
          { class: "seats" },
          view.seats.map((seat) =>
            h(
              "li",
              { "data-key": seat.name },
              h("span", null, h("strong", null, seat.name), h("span", { class: "soft" }, ` ${seat.people.map((one) => one.name).join(", ")}`)),
              h("button", { type: "button", class: "button small", "data-do": seat.absent ? "back" : "absent", "data-seat": seat.name, "data-key": `seat-${seat.name}` }, seat.absent ? "Is here after all" : "Is absent"),
            ),
          ),
        ),
      ),
    ];
  },
  keys(event, tools) {
    if (event.key === "Enter" && event.target.matches("input.code")) {
      event.preventDefault();
      tableNotes.actions.note(null, event, tools);
    }
  },
  actions: {
    typed: (element, _, { hold }) => hold(CODE_BOX, element.value),
    note: (_, __, { held, hold, send, root }) => {
      const code = held(CODE_BOX, "").trim();
      if (!code) return;
      send({ op: "note", code }, { key: "note" });
      hold(CODE_BOX, "");
      const box = root.querySelector("input.code");
      if (box) {
        box.value = "";
        box.focus();
      }
    },
    begin: (_, __, { send }) => send({ op: "begin" }, { key: "begin" }),
    drop: (button, _, { send }) => send({ op: "drop", code: button.dataset.code }, { key: `drop-${button.dataset.code}` }),
    absent: (button, _, { send }) => send({ op: "absent", seat: button.dataset.seat }, { key: `seat-${button.dataset.seat}` }),
    back: (button, _, { send }) => send({ op: "back", seat: button.dataset.seat }, { key: `seat-${button.dataset.seat}` }),
  },
};

export default { render: (context) => mount(context, tableNotes) };
