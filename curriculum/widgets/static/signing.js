// A document, and a seat's word on it: each question holds, does not hold, or is left open; then one button.

const SAYS = [
  ["holds", "It holds"],
  ["does_not", "It does not"],
  ["", "I cannot tell"],
];

function question(one) {
  const name = `says-${one.id}`;
  return h(
    "li",
    { "data-key": one.id },
    avatar(one.who, "small"),
    h("p", { id: `${name}-asked` }, h("span", { class: "soft" }, `${one.who.name}: `), one.sentence),
    h(
      "div",
      { class: "words", role: "group", "aria-labelledby": `${name}-asked` },
      SAYS.map(([says, words]) =>
        h(
          "button",
          {
            type: "button",
            class: one.says === says ? `word chosen ${says || "open"}` : "word",
            "aria-pressed": one.says === says ? "true" : "false",
            "data-do": "say",
            "data-id": one.id,
            "data-says": says,
            "data-key": `${name}-${says}`,
          },
          words,
        ),
      ),
    ),
  );
}

const signingWidget = {
  name: "signing",
  label: (view) => `Sign: ${view.title}`,
  draw: (view) => {
    const sentence = h("p", { class: `standing ${view.tone}`, "data-key": "standing", role: "status" }, view.signed && icon(ICONS.check), view.sentence);
    if (view.state !== "ask")
      return [
        h(
          "div",
          { class: "foot-of-signing", "data-key": "foot-of-signing" },
          sentence,
          view.state === "changed" && h("button", { type: "button", class: "button", "data-do": "renew", "data-key": "renew" }, "Read the new text"),
        ),
      ];
    const asked = view.questions.length > 0;
    return [
      drawPage(view),
      asked && h("p", { class: "asks", "data-key": "asks" }, view.asks),
      asked && h("ul", { class: "asked", "data-key": "asked" }, view.questions.map(question)),
      h(
        "div",
        { class: "foot-of-signing", "data-key": "foot-of-signing" },
        asked && h("button", { type: "button", class: "button main", "data-do": "sign", "data-key": "sign" }, `Sign as ${view.seat}`),
        asked && h("span", { class: "soft" }, `${view.said} of ${view.questions.length} said`),
        sentence,
      ),
    ].filter(Boolean);
  },
  painted: ({ root, send }, first) => {
    if (first) root.addEventListener("pointerenter", () => send({ op: "reread" }, { quiet: true, wakes: true }));
  },
  actions: {
    say: (button, _, { send }) => send({ op: "say", id: button.dataset.id, says: button.dataset.says }, { key: `say-${button.dataset.id}` }),
    sign: (_, __, { send }) => send({ op: "sign" }, { key: "sign" }),
    renew: (_, __, { send }) => send({ op: "renew" }, { key: "renew" }),
  },
};

export default { render: (context) => mount(context, signingWidget) };
