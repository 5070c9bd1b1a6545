// The spaced review: a card with where it comes from, said or written first, turned, rated; then the next one.

function asked(card) {
  return [
    h("div", { class: "origin", "data-key": "origin" }, h("span", { class: "chip" }, card.kind), h("span", { class: "soft" }, card.lesson)),
    h("h4", { tabindex: "-1", "data-key": `front-${card.id}` }, card.front),
    card.context.length > 0 &&
      h(
        "dl",
        { class: "context", "data-key": "context" },
        card.context.map(({ label, words }) => h("div", null, h("dt", { class: "caption" }, label), h("dd", null, words))),
      ),
  ];
}

function face(card, view, tools) {
  const mine = tools.local.mine?.[card.id] ?? "";
  const id = `mine-${tools.local.page}`;
  if (!card.turned)
    return [
      h("div", { class: "mine", "data-key": `box-${card.id}` },
        h("label", { class: "caption", for: id }, "Your answer"),
        h("textarea", { class: "prose-box", id, rows: 2, maxlength: 2000, placeholder: "Say it, or write it here for yourself. It is not kept.", "data-input": "typed", "data-card": card.id, "data-key": `mine-${card.id}` }, mine)),
      h("div", { class: "row", "data-key": "turn" }, h("button", { type: "button", class: "button main", "data-do": "turn", "data-card": card.id, "data-key": `turn-${card.id}` }, "Turn the card")),
    ];
  return [
    h(
      "div",
      { class: "sides", "data-key": "sides" },
      mine.trim() && h("div", { class: "side" }, h("div", { class: "caption" }, "Yours"), h("p", { class: "words" }, mine)),
      h(
        "div",
        { class: "side answer", tabindex: "-1", "data-key": `back-${card.id}` },
        h("div", { class: "caption" }, "The answer"),
        h("p", { class: "words" }, card.back),
        card.points.length > 0 && h("ul", null, card.points.map((point) => h("li", null, point))),
      ),
    ),
    h(
      "div",
      { class: "row rate", role: "group", "aria-label": "How did it go?", "data-key": "rate" },
      h("span", { class: "caption" }, "How did it go?"),
      view.ratings.map(({ id: rating, words }, i) =>
        h("button", { type: "button", class: "button small", "data-do": "rate", "data-card": card.id, "data-value": rating, "data-key": `rate-${rating}`, title: `Key ${i + 1}` }, words),
      ),
    ),
  ];
}

function rate(tools, card, value) {
  tools.local.wanted = "front";
  tools.send({ op: "rate", card, value });
}

const deck = {
  name: "deck",
  rereads: false,
  label: () => "Review",
  draw(view, tools) {
    tools.local.page ??= Math.random().toString(36).slice(2, 8);
    const { card } = view;
    const closed = !view.open || !card;
    const words = view.open && !card && view.done ? `${view.done === 1 ? "1 card" : `${view.done} cards`} done. ${view.sentence}` : view.sentence;
    return [
      h(
        "div",
        { class: "head", "data-key": "head" },
        h("div", null, h("div", { class: "caption" }, "Review"), h("p", { class: "title", tabindex: "-1", "data-key": "words" }, closed ? words : `Card ${view.position} of ${view.of}`)),
        closed && view.waits > 0 && h("button", { type: "button", class: "button main", "data-do": "begin", "data-key": "begin" }, "Review now"),
        !closed && h("button", { type: "button", class: "link", "data-do": "leave", "data-key": "leave" }, "Stop here"),
      ),
      view.open && view.last && h("p", { class: "last soft", "data-key": "last" }, `The card before: ${view.last.replace(/^It/, "it")}`),
      !closed && h("div", { class: "card", "data-key": `card-${card.id}` }, asked(card), face(card, view, tools)),
    ];
  },
  keys(event, tools) {
    const { card, ratings } = tools.view();
    const rating = ratings?.[Number(event.key) - 1];
    if (!card?.turned || !rating || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea")) return;
    event.preventDefault();
    rate(tools, card.id, rating.id);
  },
  painted(tools) {
    const { wanted } = tools.local;
    const { card } = tools.view();
    if (!wanted) return;
    const key = !card ? "words" : wanted === "back" ? card.turned && `back-${card.id}` : !card.turned && `front-${card.id}`;
    const target = key && tools.root.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    tools.local.wanted = null;
    target.focus({ preventScroll: true });
  },
  actions: {
    typed: (element, event, { local }) => ((local.mine ??= {})[element.dataset.card] = element.value),
    begin(element, event, tools) {
      tools.local.wanted = "front";
      tools.send({ op: "begin" });
    },
    leave: (element, event, tools) => tools.send({ op: "leave" }),
    turn(element, event, tools) {
      tools.local.wanted = "back";
      tools.send({ op: "turn", card: element.dataset.card });
    },
    rate: (element, event, tools) => rate(tools, element.dataset.card, element.dataset.value),
  },
};

export default { render: (context) => mount(context, deck) };
