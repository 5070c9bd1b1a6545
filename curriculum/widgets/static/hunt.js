// A flaw hunt in another world: as many ticks as there are flaws, then it is handed in.

function statement(one, view, held) {
  const on = held(`tick-${one.id}`, one.on);
  return h(
    "li",
    { "data-key": one.id },
    h(
      "label",
      null,
      h("input", { type: "checkbox", class: "check", checked: on, "data-change": "tick", "data-id": one.id, "data-key": `tick-${one.id}` }),
      h("span", null, one.text),
    ),
  );
}

const huntWidget = {
  name: "hunt",
  label: () => "Find the flaws",
  draw: (view, { held }) => {
    if (view.handed) return [h("p", { class: "handed", "data-key": "handed" }, icon(ICONS.check), view.after)];
    return [
      h("p", { class: "lead", "data-key": "lead" }, h("strong", null, `Which ${view.flaws} of these are true of the draft?`), h("span", { class: "soft" }, " Where you see nothing, guess.")),
      h("ul", { class: "statements", "data-key": "statements" }, view.statements.map((one) => statement(one, view, held))),
      h(
        "div",
        { class: "hand-in", "data-key": "hand-in" },
        h("button", { type: "button", class: "button main", "data-do": "handIn", "data-key": "give" }, "Hand it in"),
        h("span", { class: "soft" }, `${view.ticked} of ${view.flaws} ticked. It counts once.`),
      ),
    ];
  },
  actions: {
    tick: (box, _, { send, hold }) => {
      const { id } = box.dataset;
      hold(`tick-${id}`, box.checked);
      send({ op: "tick", statement: id, on: box.checked }, { key: `tick-${id}` });
    },
    handIn: (_, __, { send }) => send({ op: "hand_in" }, { key: "hand-in" }),
  },
};

export default { render: (context) => mount(context, huntWidget) };
