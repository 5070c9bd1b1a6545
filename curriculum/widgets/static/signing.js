// A document, and a seat's word on it: each question holds, does not hold, or is left open; then one button.

const SAYS = [
  ["holds", "It holds"],
  ["does_not", "It does not"],
  ["", "I cannot tell"],
];

/** The words of this page on the text that it shows: what the kernel has, and what was said here since. A kernel that
 * is new has only what was signed. */
function words({ sha256, questions }, { local }) {
  if (local.text !== sha256) Object.assign(local, { text: sha256, says: {} });
  return Object.fromEntries(questions.map((one) => [one.id, local.says[one.id] ?? one.says]));
}

const UNSIGNED = "What you say now is not signed yet; your earlier signature stands until you sign again.";

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
  draw: (view, tools) => {
    const says = words(view, tools);
    const known = !view.signed || view.questions.every((one) => one.says === says[one.id]);
    const sentence = h("p", { class: `standing ${known ? view.tone : ""}`, "data-key": "standing", role: "status" }, view.signed && known && icon(ICONS.check), known ? view.sentence : UNSIGNED);
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
      asked && h("ul", { class: "asked", "data-key": "asked" }, view.questions.map((one) => question({ ...one, says: says[one.id] }))),
      h(
        "div",
        { class: "foot-of-signing", "data-key": "foot-of-signing" },
        asked && h("button", { type: "button", class: "button main", "data-do": "sign", "data-key": "sign" }, `Sign as ${view.seat}`),
        asked && h("span", { class: "soft" }, `${Object.values(says).filter(Boolean).length} of ${view.questions.length} said`),
        sentence,
      ),
    ].filter(Boolean);
  },
  painted: ({ root, send }, first) => {
    if (first) root.addEventListener("pointerenter", () => send({ op: "reread" }, { quiet: true, wakes: true }));
  },
  actions: {
    say: (button, _, tools) => {
      const says = { ...words(tools.view(), tools), [button.dataset.id]: button.dataset.says };
      tools.local.says = says;
      tools.send({ op: "say", sha256: tools.view().sha256, says }, { key: "say" });
      tools.repaint();
    },
    sign: (_, __, tools) => tools.send({ op: "sign", sha256: tools.view().sha256, says: words(tools.view(), tools) }, { key: "sign" }),
    renew: (_, __, { send }) => send({ op: "renew" }, { key: "renew" }),
  },
};

export default { render: (context) => mount(context, signingWidget) };
