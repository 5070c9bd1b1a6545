// A place to write under a question that looks back.

const DEBRIEF_PAUSE = 400; // milliseconds without a key after which typed text is saved
const NEAR = 200; // characters left from which they are counted

const textKey = (id) => `text-${id}`;

function saveText(id, tools) {
  if (!tools.local.timer) return;
  clearTimeout(tools.local.timer);
  tools.local.timer = null;
  const value = tools.held(textKey(id), null);
  if (value === null) return; // it lies beside what the file has
  tools.send({ op: "write", debrief: id, value }, { key: textKey(id) });
}

const debrief = {
  name: "debrief",
  label: (view) => `What you think: ${view.question ?? ""}`,
  placed: (op, view) => ({ op, was: view.texts?.[op.debrief] }),
  again({ op }, view) {
    const now = view.texts?.[op.debrief];
    return now === undefined || same(now, op.value.trim()) ? { done: true } : { op };
  },
  begun: ({ was, mine }) => [was, ...mine],
  besides: true,
  draw(view, tools) {
    tools.local.page ??= Math.random().toString(36).slice(2, 8);
    const { id } = view;
    const mine = tools.held(textKey(id), view.texts[id]);
    const left = view.most - mine.length;
    return [
      h(
        "div",
        { class: "mine", "data-key": "mine" },
        h("label", { class: "caption", for: `${id}-${tools.local.page}` }, "What you think"),
        h("textarea", { class: "prose-box", id: `${id}-${tools.local.page}`, rows: 2, maxlength: view.most, "data-input": "typed", "data-leave": "left", "data-key": textKey(id) }, mine),
        left <= NEAR && h("p", { class: "soft" }, `${left} characters left`),
        asidesAt(view, textKey(id)).map((one) => drawAside(one, tools)),
      ),
    ];
  },
  foot: () => "Without points. Your portfolio shows it.",
  actions: {
    typed(element, event, tools) {
      const { id, most, texts } = tools.view();
      const near = (text) => text.length >= most - NEAR;
      const before = near(tools.held(textKey(id), texts[id]));
      tools.hold(textKey(id), element.value, { op: "write", debrief: id, value: element.value });
      clearTimeout(tools.local.timer);
      tools.local.timer = setTimeout(() => saveText(id, tools), DEBRIEF_PAUSE);
      if (before || near(element.value)) tools.repaint();
    },
    left: (element, event, tools) => saveText(tools.view().id, tools),
  },
};

export default { render: (context) => mount(context, debrief) };
