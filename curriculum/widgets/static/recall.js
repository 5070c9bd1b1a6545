// Questions from memory: written or picked first, then the answer beside one's own, then how it went.

const RECALL_PAUSE = 400; // milliseconds without a key after which typed text is saved

const mineKey = (id) => `mine-${id}`;
const pickKey = (id) => `pick-${id}`;

function options(one, tools) {
  if (!one.options.length) return null;
  const picked = tools.held(pickKey(one.id), one.picked);
  return h(
    "div",
    { class: "options", role: "radiogroup", "aria-label": one.question },
    one.options.map((option) =>
      h(
        "label",
        { class: "option", "data-key": `option-${one.id}-${option.id}` },
        h("input", {
          type: "radio",
          name: `${one.id}-${tools.local.page}`,
          value: option.id,
          checked: option.id === picked,
          "data-change": "pick",
          "data-question": one.id,
          "data-key": `radio-${one.id}-${option.id}`,
        }),
        h("span", null, option.text),
      ),
    ),
  );
}

function asking(one, view, tools) {
  const id = `${mineKey(one.id)}-${tools.local.page}`;
  const mine = tools.held(mineKey(one.id), one.written);
  const answered = mine.trim() || tools.held(pickKey(one.id), one.picked);
  return [
    options(one, tools),
    h(
      "div",
      { class: "mine", "data-key": `box-${one.id}` },
      h("label", { class: "caption", for: id }, one.options.length ? view.words.why : view.words.mine),
      h("textarea", { class: "prose-box", id, rows: 2, maxlength: view.most, "data-input": "typed", "data-leave": "left", "data-question": one.id, "data-key": mineKey(one.id) }, mine),
      tools.unsaved(mineKey(one.id)) && h("p", { class: "kept" }, "Not saved yet."),
    ),
    h(
      "div",
      { class: "row", "data-key": `open-${one.id}` },
      answered
        ? h("button", { type: "button", class: "button main", "data-do": "open", "data-question": one.id, "data-key": `do-${one.id}` }, view.words.open)
        : h("button", { type: "button", class: "button", "data-do": "giveUp", "data-question": one.id, "data-key": `do-${one.id}` }, view.words.give_up),
      h("span", { class: "soft" }, answered ? "" : `The answer opens once something is ${one.options.length ? "picked or written" : "written"}.`),
    ),
  ];
}

function own(one) {
  const picked = one.options.find((option) => option.picked);
  if (!picked && !one.written) return h("p", { class: "soft" }, "You left it open.");
  return [picked && h("p", null, picked.text), one.written && h("p", { class: "words" }, one.written)];
}

function opened(one, view, tools) {
  const picked = one.options.find((option) => option.picked);
  const rating = tools.held(`rate-${one.id}`, one.rating);
  return [
    h(
      "div",
      { class: "sides", "data-key": `sides-${one.id}` },
      h("div", { class: "side" }, h("div", { class: "caption" }, "Yours"), own(one)),
      h(
        "div",
        { class: "side answer", tabindex: "-1", "data-key": `answer-${one.id}` },
        h("div", { class: "caption" }, view.words.theirs),
        picked && h("p", null, h("span", { class: picked.right ? "chip good" : "chip warn" }, picked.right ? "What you picked holds" : "Another one holds")),
        one.options.length > 0 && !picked?.right && h("p", null, h("strong", null, one.options.find((option) => option.right)?.text)),
        h("p", { class: "words" }, one.answer),
      ),
    ),
    h(
      "div",
      { class: "row rate", role: "group", "aria-label": `How did it go? ${one.question}`, "data-key": `rating-${one.id}` },
      h("span", { class: "caption" }, rating ? "How it went" : "How did it go?"),
      view.ratings.filter(({ id }) => one.ratings.includes(id)).map(({ id, words }) =>
        h(
          "button",
          { type: "button", class: "button small", "aria-pressed": String(id === rating), "data-do": "rate", "data-question": one.id, "data-value": id, "data-key": `rate-${one.id}-${id}` },
          words,
        ),
      ),
    ),
  ];
}

/** The parts of a half-filled document that are written already. */
function given(parts) {
  if (!parts?.length) return null;
  return h("dl", { class: "given" }, parts.map(({ label, text }) => h("div", null, h("dt", { class: "caption" }, label), h("dd", null, text))));
}

/** What the learner wrote after an earlier lesson that asked for the same skill. */
function earlier(view) {
  if (!view.earlier) return null;
  const { lesson, skills, texts } = view.earlier;
  return h(
    "section",
    { class: "earlier", "data-key": "earlier", "aria-label": `What you wrote after “${lesson}”` },
    h("div", { class: "caption" }, `What you wrote after “${lesson}”`),
    texts.map((one) => h("div", { "data-key": `earlier-${one.id}` }, h("p", { class: "soft" }, one.question), h("blockquote", null, one.text))),
    h("p", { class: "soft" }, `Both lessons ask for: ${skills.join("; ")}.`),
  );
}

function saveWords(question, tools) {
  const { timers } = tools.local;
  if (!timers?.has(question)) return;
  clearTimeout(timers.get(question));
  timers.delete(question);
  const key = mineKey(question);
  const value = tools.held(key, null);
  if (value === null) return; // it lies beside what the file has
  tools.send({ op: "write", question, value }, { key });
}

const valueOf = (view, { op, question }) => {
  const one = view.questions?.find(({ id }) => id === question);
  return { write: one?.written, pick: one?.picked, rate: one?.rating, open: one?.opened }[op];
};

const recall = {
  name: "recall",
  label: (view) => view.words?.label ?? "From memory",
  placed: (op, view) => ({ op, was: valueOf(view, op) }),
  again({ op }, view) {
    const one = view.questions?.find(({ id }) => id === op.question);
    if (!one) return { done: true };
    const now = valueOf(view, op);
    if (op.op === "open") return one.opened ? { done: true } : { op };
    if (same(now, op.value)) return { done: true };
    return one.opened && op.op === "pick" ? { done: true } : { op };
  },
  begun: ({ op, was, mine }) => (op.op === "write" ? [was, ...mine] : null),
  besides: true,
  draw(view, tools) {
    tools.local.page ??= Math.random().toString(36).slice(2, 8);
    return [
      view.lead && h("p", { class: "lead", "data-key": "lead" }, view.lead),
      earlier(view),
      view.title && h("p", { class: "title", "data-key": "title" }, view.title),
      h(
        "ol",
        { class: "questions", "data-key": "questions" },
        view.questions.map((one) =>
          h(
            "li",
            { "data-key": one.id },
            given(one.given),
            h("h4", null, one.question),
            one.source && h("p", { class: "soft source" }, `From “${one.source}”`),
            one.opened ? opened(one, view, tools) : asking(one, view, tools),
            asidesAt(view, mineKey(one.id)).map((each) => drawAside(each, tools)),
          ),
        ),
      ),
      view.closing?.length > 0 && h("div", { class: "closing", "data-key": "closing" }, given(view.closing)),
    ];
  },
  foot: (view) => `${view.opened} of ${view.questions?.length ?? 0} open`,
  painted(tools) {
    const { wanted } = tools.local;
    const target = wanted && tools.root.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
    if (!target) return;
    tools.local.wanted = null;
    target.focus({ preventScroll: true });
  },
  actions: {
    typed(element, event, tools) {
      const { question } = element.dataset;
      const before = Boolean(tools.held(mineKey(question), "").trim());
      const timers = (tools.local.timers ??= new Map());
      tools.hold(mineKey(question), element.value, { op: "write", question, value: element.value });
      clearTimeout(timers.get(question));
      timers.set(question, setTimeout(() => saveWords(question, tools), RECALL_PAUSE));
      if (before !== Boolean(element.value.trim())) tools.repaint();
    },
    left: (element, event, tools) => saveWords(element.dataset.question, tools),
    pick(element, event, tools) {
      const { question } = element.dataset;
      tools.hold(pickKey(question), element.value);
      tools.send({ op: "pick", question, value: element.value }, { key: pickKey(question) });
      tools.repaint();
    },
    open(element, event, tools) {
      const { question } = element.dataset;
      saveWords(question, tools);
      tools.local.wanted = `answer-${question}`;
      tools.send({ op: "open", question });
    },
    giveUp(element, event, tools) {
      const { question } = element.dataset;
      tools.local.wanted = `answer-${question}`;
      tools.send({ op: "open", question, given_up: true });
    },
    rate(element, event, tools) {
      const { question, value } = element.dataset;
      tools.hold(`rate-${question}`, value);
      tools.send({ op: "rate", question, value }, { key: `rate-${question}` });
      tools.repaint();
    },
  },
};

export default { render: (context) => mount(context, recall) };
