// What was said at the table: one box for codes, and a list of what can be cited since.

const CODE_BOX = "code-box";
const TICK = 10_000; // milliseconds after which the clock is looked at again

/** When something was noted: its minute at the table, or its day and hour where the table had risen. */
function when({ minute, later }, begun) {
  const at = new Date(Date.parse(begun) + minute * 60_000);
  if (!later || Number.isNaN(at.getTime())) return `minute ${minute}`;
  return `noted ${at.toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })}`;
}

function clock({ begun }) {
  if (!begun) return h("button", { type: "button", class: "button small", "data-do": "begin", "data-key": "begin" }, "Start the clock");
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(begun)) / 60_000));
  return Number.isNaN(minutes) ? "" : minutes < 120 ? `Minute ${minutes}` : `Begun ${new Date(begun).toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}

/** A code as the kernel keeps it. */
const plain = (code) => code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

function noted(one, begun) {
  return h(
    "li",
    { "data-key": one.code, class: one.deed ? "deed" : "" },
    one.who ? avatar(one.who, "small") : h("span"),
    h(
      "div",
      null,
      h("p", null, one.text),
      h("p", { class: "soft" }, [one.who?.name, one.seat && (one.stood_in ? `said by a colleague for ${one.seat}` : `played by ${one.seat}`), when(one, begun)].filter(Boolean).join(" · "), one.id && [" · ", h("code", null, one.id)]),
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
      list("Said at the table", "said", view.said.filter((one) => !one.later).map((one) => noted(one, view.begun))),
      list("Noted later", "later", view.said.filter((one) => one.later).map((one) => noted(one, view.begun))),
      list("Yours: it is on your card", "own", view.own.map(fact)),
      h(
        "details",
        { "data-key": "absent" },
        h("summary", null, "Somebody is absent"),
        h("p", { class: "soft" }, "One of you stands in for them. You get a page for whoever does: send it to them, and do not open it yourself. They say what they are asked, and no more, with its code. The debrief says that somebody stood in."),
        h(
          "ul",
          { class: "seats" },
          view.seats.map((seat) =>
            h(
              "li",
              { "data-key": seat.name },
              h("span", null, h("strong", null, seat.name), h("span", { class: "soft" }, ` ${seat.people.map((one) => one.name).join(", ")}`), seat.absent && h("span", { class: "card-of" }, "The card for whoever stands in: ", h("code", null, seat.page), " in this lesson’s folder")),
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
