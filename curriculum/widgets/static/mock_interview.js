// The mock interview: choose a question, hear it asked, answer against a clock that can be hidden.

const OPENING_WORDS = "Speak aloud first, then write down the gist.";

const time = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function elapsed(local) {
  return local.begun ? Math.floor((Date.now() - local.begun) / 1000) : 0;
}

function said(turn, i) {
  return h(
    "li",
    { class: "turn", "data-key": `turn-${i}` },
    question(turn.who, turn.asked),
    h(
      "div",
      { class: "own" },
      h("div", { class: "caption" }, `You, ${turn.time} of ${turn.limit}, ${turn.words} ${turn.words === 1 ? "word" : "words"}${turn.over ? ": over your time" : ""}`),
      h("p", null, turn.said || "(nothing written)"),
    ),
    turn.line && h("p", { class: "line" }, turn.line),
  );
}

function question(who, text) {
  return h(
    "div",
    { class: "asked" },
    avatar(who),
    h("div", null, h("div", null, h("strong", null, who.name), h("span", { class: "soft" }, ` ${who.role}`)), h("p", { class: "words" }, text)),
  );
}

function answerForm(view, { local, held }) {
  const turn = view.turns.length;
  const seconds = elapsed(local);
  const left = view.limit - seconds;
  const words = local.hidden ? "hidden" : local.begun ? (left >= 0 ? `${time(left)} left` : `${time(-left)} over`) : `${time(view.limit)} to answer`;
  return h(
    "div",
    { class: "answer", "data-key": `answer-${view.interview}-${turn}` },
    h(
      "div",
      { class: "clock" },
      h("span", { class: left < 0 && !local.hidden ? "time over" : "time", "data-clock": true, role: "timer", "aria-label": "Time" }, words),
      !local.begun && h("button", { type: "button", class: "button small", "data-do": "start", "data-key": "start" }, "Start the clock"),
      h("button", { type: "button", class: "link", "data-do": "hide", "data-key": "hide" }, local.hidden ? "Show the clock" : "Hide the clock"),
    ),
    h("label", { class: "caption", for: `said-${view.interview}` }, "Your answer"),
    h("textarea", {
      id: `said-${view.interview}`,
      rows: 5,
      maxlength: view.most,
      placeholder: OPENING_WORDS,
      "data-input": "type",
      "data-key": "said",
      "data-focus": true,
    }, held("said", "")),
    h("button", { type: "button", class: "button main", "data-do": "answer", "data-key": "done" }, "That is my answer"),
  );
}

function beginForm(view, { local }) {
  const chosen = local.question ?? view.chosen ?? "";
  return h(
    "div",
    { class: "begin", "data-key": "begin" },
    view.round && h("p", { class: "caption" }, view.round),
    h("label", { class: "caption", for: "mock-question" }, view.turns.length ? "Another interview" : "Which question?"),
    h(
      "select",
      { id: "mock-question", "data-change": "pick", "data-key": "pick" },
      h("option", { value: "" }, "Choose a question"),
      view.questions.map((one) => h("option", { value: one.id, selected: one.id === chosen }, `${one.text} (${one.level})`)),
    ),
    h("button", { type: "button", class: "button main", "data-do": "begin", "data-key": "go", disabled: !chosen }, "Begin the interview"),
  );
}

const COMPARED = 4;

// The first answers of several interviews side by side: what was there, and what was not.
function attempts(view, { local }) {
  const all = view.attempts;
  if (!all.length) return null;
  const shown = local.everything ? all : all.slice(0, COMPARED);
  const things = [...new Set(all.flatMap((one) => [...one.there, ...one.absent]))];
  const row = (title, cell) => h("tr", null, h("th", { scope: "row" }, title), shown.map((one) => h("td", null, cell(one))));
  return h(
    "details",
    { class: "attempts", open: all.length > 1, "data-key": "attempts" },
    h("summary", null, all.length === 1 ? "Your interview is kept" : `Your ${all.length} interviews, side by side`),
    h(
      "div",
      { class: "table", tabindex: "0", role: "region", "aria-label": "Your interviews" },
      h(
        "table",
        null,
        h("thead", null, h("tr", null, h("td", null), shown.map((one) => h("th", { scope: "col" }, `${one.number}. ${one.on}`)))),
        h(
          "tbody",
          null,
          row("Question", (one) => one.question),
          row("Time", (one) => `${one.time} of ${one.limit}`),
          row("Words", (one) => String(one.words)),
          things.map((thing) => row(thing, (one) => (one.there.includes(thing) ? "✓ there" : "– not there"))),
          row("Your answer", (one) => one.said || "(nothing written)"),
        ),
      ),
    ),
    all.length > shown.length && h("button", { type: "button", class: "button", "data-do": "everything", "data-key": "everything" }, `Show all ${all.length}`),
  );
}

function debrief(view) {
  if (!view.debrief.length) return null;
  return h(
    "div",
    { class: "debrief", "data-key": "debrief", tabindex: "-1" },
    h("div", { class: "caption" }, "What it showed"),
    h("ul", null, view.debrief.map((line) => h("li", null, line))),
  );
}

const widget = {
  name: "mock_interview",
  label: () => "Mock interview",
  draw: (view, tools) => [
    view.turns.length > 0 && h("ol", { class: "turns", "data-key": "turns" }, view.turns.map(said)),
    view.asked && h("div", { class: "now", "data-key": "now" }, question(view.asked.who, view.asked.text)),
    view.asked ? answerForm(view, tools) : [debrief(view), attempts(view, tools), beginForm(view, tools)],
  ],
  actions: {
    pick: (element, _, { local, repaint }) => {
      local.question = element.value;
      repaint();
    },
    begin: (_, __, { local, view, send }) => {
      local.begun = null;
      send({ op: "begin", question: local.question ?? view().chosen });
    },
    everything: (_, __, { local, repaint }) => {
      local.everything = true;
      repaint();
    },
    start: (_, __, { local, repaint }) => {
      local.begun = Date.now();
      repaint();
    },
    hide: (_, __, { local, repaint }) => {
      local.hidden = !local.hidden;
      repaint();
    },
    type: (element, _, { local, hold, repaint }) => {
      hold("said", element.value);
      if (local.begun) return;
      local.begun = Date.now();
      repaint();
    },
    answer: (_, __, { local, view, held, send }) => {
      const seconds = elapsed(local);
      local.begun = null;
      send(
        { op: "answer", interview: view().interview, turn: view().turns.length, said: held("said", ""), seconds },
        { key: "said" },
      );
    },
  },
  painted: (tools, first) => {
    const { local, root } = tools;
    const chosen = root.querySelector("#mock-question");
    if (chosen) chosen.value = local.question ?? tools.view().chosen ?? "";
    if (first) local.ticking = setInterval(() => local.begun && !local.hidden && tick(tools), 1000);
  },
};

/** Only the words of the clock change each second, so that nothing that has focus is touched. */
function tick({ local, root, view }) {
  const shown = root.querySelector("[data-clock]");
  if (!shown) return;
  const left = view().limit - elapsed(local);
  shown.textContent = left >= 0 ? `${time(left)} left` : `${time(-left)} over`;
  shown.className = left < 0 ? "time over" : "time";
}

export default {
  render(context) {
    const own = { ...widget };
    let local = null;
    own.painted = (tools, first) => {
      local = tools.local;
      widget.painted(tools, first);
    };
    const remove = mount(context, own);
    return () => {
      clearInterval(local?.ticking);
      remove();
    };
  },
};
