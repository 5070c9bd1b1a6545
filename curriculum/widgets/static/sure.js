// How sure are you: five words before a check, one tap, and never in the way.

function choice(step, view) {
  const chosen = view.said === step.number;
  return h(
    "button",
    {
      type: "button",
      class: chosen ? "step-word chosen" : "step-word",
      "aria-pressed": chosen ? "true" : "false",
      "data-do": "say",
      "data-step": step.number,
      "data-key": `step-${step.number}`,
    },
    h("span", { class: "word" }, step.word),
    h("span", { class: "means" }, step.means),
  );
}

const sureWidget = {
  name: "sure",
  label: (view) => `How sure are you of ${view.what}?`,
  draw: (view) => {
    if (view.state !== "ask") return [h("p", { class: "quiet", "data-key": "sentence" }, view.sentence)];
    return [
      h(
        "div",
        { class: "asked", "data-key": "asked" },
        h("p", { class: "question" }, h("strong", null, `How sure are you of ${view.what}?`), h("span", { class: "soft" }, " One tap before the check, if you like.")),
        h("div", { class: "five", role: "group", "aria-label": "How sure" }, view.steps.map((step) => choice(step, view))),
        view.sentence && h("p", { class: "kept-word", "data-key": "kept" }, icon(ICONS.check), view.sentence),
      ),
    ];
  },
  // What is asked about may have changed in another cell since.
  painted: ({ root, send }, first) => {
    if (first) root.addEventListener("pointerenter", () => send({ op: "reread" }, { quiet: true, wakes: true }));
  },
  actions: {
    say: (button, _, { send }) => send({ op: "say", step: Number(button.dataset.step) }, { key: "say" }),
  },
};

export default { render: (context) => mount(context, sureWidget) };
