// What was said at the table: one box for codes, and a list of what can be cited since.

const CODE_BOX = "code-box";
const TICK = 10_000; // milliseconds after which the clock is looked at again

/** How long after the clock was started, in words: an hour at the table, or a day apart. */
function since(minutes) {
  if (minutes < 120) return `minute ${minutes}`;
  return minutes < 2 * 24 * 60 ? `after ${Math.floor(minutes / 60)} hours` : `after ${Math.floor(minutes / 1440)} days`;
}

function clock({ begun }) {
  if (!begun) return h("button", { type: "button", class: "button small", "data-do": "begin", "data-key": "begin" }, "Start the clock");
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(begun)) / 60_000));
  return Number.isNaN(minutes) ? "" : minutes < 120 ? `Minute ${minutes}` : `Begun ${new Date(begun).toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}

/** A code as the kernel keeps it. */
const plain = (code) => code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

function noted(one) {
  return h(
    "li",
    { "data-key": one.code, class: one.deed ? "deed" : "" },
    one.who ? avatar(one.who, "small") : h("span"),
    h(
      "div",
      null,
      h("p", null, one.text),
      h("p", { class: "soft" }, [one.who?.name, one.seat && `played by ${one.seat}`, since(one.minute)].filter(Boolean).join(" · "), one.id && [" · ", h("code", null, one.id)]),
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
  tells: true,
  again: ({ op }, view) => (op.op === "note" && view.said.some((one) => one.code === plain(op.code)) ? { done: true } : { op }),
  mounted({ repaint }) {
    const timer = setInterval(repaint, TICK);
    return () => clearInterval(timer);
  },
  draw(view, tools) {
    const mine = tools.held(CODE_BOX, tools.remembered(CODE_BOX) ?? "");
    return [
      h(
        "div",
        { class: "enter", "data-key": "enter" },
        h("label", { class: "caption", for: `code-${(tools.local.page ??= Math.random().toString(36).slice(2, 8))}` }, "The code of what somebody says"),
        h("input", { id: `code-${tools.local.page}`, class: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 12, "data-input": "typed", "data-key": CODE_BOX, value: mine }),
        h("button", { type: "button", class: "button main", "data-do": "note", "data-key": "note" }, "Note it"),
        view.notice && h("p", { class: "told", "data-key": "told" }, view.notice),
        h("span", { class: "soft clock" }, clock(view)),
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
    typed: (element, _, { hold, remember }) => {
      hold(CODE_BOX, element.value);
      remember(CODE_BOX, element.value || null); // a page that is loaded again has it still
    },
    note: (_, __, { held, hold, send, root, remember, remembered }) => {
      const code = held(CODE_BOX, remembered(CODE_BOX) ?? "").trim();
      if (!code) return;
      send({ op: "note", code }, { key: "note" });
      hold(CODE_BOX, "");
      remember(CODE_BOX, null);
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
