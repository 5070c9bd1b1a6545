// Bubbles: what people say, what you said, what you learned from it; the same in talks and in what is said back.

/** What somebody says; the first of several lines has their face and name. */
function theirBubble(who, text, key, { first = true, named = true } = {}) {
  return h(
    "div",
    { class: "line", style: `--hue:${Number(who.hue)}`, "data-key": key },
    first ? avatar(who, "small") : h("span", { class: "gap" }),
    h("div", { class: "theirs" }, h("span", { class: first && named ? "speaker" : "unseen" }, who.first, h("span", { class: "unseen" }, ": ")), h("p", null, text)),
  );
}

function ownWords(text, said = "") {
  return h(
    "div",
    { class: "own" },
    h("span", { class: "unseen" }, "You: "),
    h("p", null, text),
    said && h("p", { class: "in-words" }, h("span", null, "In your words: "), `“${said}”`),
  );
}

function learnedBox(fact) {
  return h(
    "div",
    { class: "learned", "data-key": `learned-${fact.id}` },
    h("div", { class: "learned-title" }, icon(ICONS.check), "You learned ", h("code", null, fact.id)),
    h("p", null, fact.text),
  );
}

/** What was ticked with a sentence, in one line. */
function tickedWords({ claims, number, firmness }) {
  const limit = [number, firmness].filter(Boolean).join(", ");
  return [...claims, limit && `limit: ${limit}`].filter(Boolean).join(" · ");
}

/** One thing said back to somebody, and the answer. */
function roundOf(who, round, key) {
  const { said, line, word, tone, effects, learned } = round;
  const ticked = tickedWords(said);
  return h(
    "div",
    { class: "round", role: "group", "aria-label": `Said back to ${who.first}: ${word.toLowerCase()}`, "data-key": key },
    h(
      "div",
      { class: "own" },
      h("span", { class: "unseen" }, `You, to ${who.first}: `),
      h("p", null, said.sentence || "(without a sentence)"),
      ticked && h("p", { class: "in-words" }, h("span", null, "You picked: "), ticked),
    ),
    h("div", { class: "effects" }, h("span", { class: `chip ${tone}` }, word), effects.map((one) => h("span", { class: `chip ${one.tone}` }, one.text))),
    theirBubble(who, line, "answer"),
    learned.map(learnedBox),
  );
}
