// Pairs of answers: the sentence with the flaw is clicked in the answer itself; that makes the other one the stronger.

function sentence(pair, one) {
  return h(
    "li",
    { "data-key": one.id },
    h(
      "button",
      {
        type: "button",
        class: one.marked ? "sentence marked" : "sentence",
        "aria-pressed": one.marked ? "true" : "false",
        "data-do": "mark",
        "data-pair": pair.id,
        "data-span": one.id,
        "data-key": `mark-${one.id}`,
      },
      one.text,
      one.marked && h("span", { class: "why" }, " this decides it"),
    ),
  );
}

function answer(pair, one) {
  const name = `Answer ${one.side.toUpperCase()}`;
  return h(
    "div",
    { class: one.stronger ? "side stronger" : "side", role: "group", "aria-label": `Pair ${pair.number}, ${name}`, "data-key": `${pair.id}-${one.side}` },
    h("div", { class: "caption" }, name, one.stronger && h("span", { class: "chip good" }, icon(ICONS.check), "the stronger one")),
    h("ol", null, one.sentences.map((each) => sentence(pair, each))),
  );
}

const pairsWidget = {
  name: "pairs",
  label: () => "Pairs of answers",
  draw: (view) => [
    h("p", { class: "lead", "data-key": "lead" }, "In each pair, one answer has a sentence at which an interviewer would stop. Click that sentence. Click it again to take it back."),
    view.pairs.map((pair) =>
      h(
        "section",
        { class: "pair", "data-key": pair.id, "aria-label": `Pair ${pair.number}` },
        h("h4", null, `${pair.number}. ${pair.question}`),
        h("div", { class: "sides" }, pair.answers.map((one) => answer(pair, one))),
      ),
    ),
  ],
  foot: (view) => `${view.judged} of ${view.pairs.length} judged`,
  actions: {
    mark: (element, _, { send }) => {
      const { pair, span } = element.dataset;
      send(element.getAttribute("aria-pressed") === "true" ? { op: "clear", pair } : { op: "mark", pair, span }, { key: `pair-${pair}` });
    },
  },
};

export default { render: (context) => mount(context, pairsWidget) };
