// The conversation: who is there, what was said and what it cost, what you know, what you can say next.

function person(view, id) {
  return view.cast.find((one) => one.id === id);
}

function trust(who, words = true) {
  return h(
    "span",
    { class: "trust", style: `--hue:${Number(who.hue)}` },
    steps(who.trust, who.of),
    h("span", { class: "trust-words" }, words && h("span", { class: "soft" }, "Trust "), h("strong", null, `${who.trust} of ${who.of}`), h("span", { class: "soft" }, ` · ${who.word}`)),
  );
}

function gauge(label, value, picture) {
  return h("div", { class: "gauge" }, h("dt", { class: "caption" }, label), h("dd", null, picture, h("strong", null, value)));
}

function head(view) {
  const alone = view.cast.length === 1 ? view.cast[0] : null;
  const who = alone
    ? h("div", { class: "who" }, avatar(alone), h("div", null, h("div", { class: "name" }, alone.name), h("div", { class: "soft" }, alone.role)))
    : h("div", { class: "who" }, h("div", null, h("div", { class: "name" }, view.title), h("div", { class: "soft" }, `With ${view.cast.length} people`)));
  const { left, of, share, tone } = view.time;
  return h(
    "div",
    { class: "head", "data-key": "head" },
    who,
    h(
      "dl",
      { class: "gauges" },
      alone && h("div", { class: "gauge" }, h("dt", { class: "caption" }, "Trust"), h("dd", null, trust(alone, false))),
      view.standing.map(({ label, value }) => gauge(label, value)),
      gauge("Time left", `${left} of ${of} min`, bar(share, tone)),
    ),
  );
}

function castStrip(view) {
  if (view.cast.length === 1) return null;
  return h(
    "ul",
    { class: "cast", "data-key": "cast", "aria-label": "The people here and their trust" },
    view.cast.map((who) =>
      h(
        "li",
        { "data-key": `cast-${who.id}` },
        avatar(who, "small"),
        h("div", null, h("div", null, h("strong", null, who.name), h("span", { class: "soft" }, ` ${who.role}`)), trust(who)),
      ),
    ),
  );
}

function attempts(view) {
  const all = view.attempts;
  if (all.length < 2) return null;
  const words = ({ turns, ending }, i) =>
    `${i + 1} of ${all.length}: ${turns === 1 ? "1 turn" : `${turns} turns`}, ${ending || (i + 1 === all.length ? "going on" : "left open")}`;
  return h(
    "div",
    { class: "attempts", "data-key": "attempts" },
    h(
      "label",
      null,
      h("span", { class: "soft" }, "Attempt "),
      h(
        "select",
        { "data-change": "look", "data-key": "attempt-choice" },
        all.map((attempt, i) => h("option", { value: i + 1, selected: i + 1 === view.attempt }, words(attempt, i))),
      ),
    ),
    !view.current &&
      h(
        "span",
        { class: "past" },
        "You are reading an earlier attempt. It is kept as it was. ",
        h("button", { type: "button", class: "button small", "data-do": "current", "data-key": "to-current" }, `Go to attempt ${all.length}`),
      ),
  );
}

function turnOf(view, turn, i) {
  const { own, says, learned, back } = turn;
  return h(
    "li",
    { class: "turn", "data-key": `turn-${view.attempt}-${i}` },
    own && [
      ownWords(own.text, own.said),
      h(
        "div",
        { class: "effects" },
        view.current &&
          h(
            "button",
            {
              type: "button",
              class: "link",
              "data-do": "rewind",
              "data-turn": i - 1,
              "data-key": `back-${i}`,
              "aria-label": `Go back to here: say something else instead of “${own.text}”. This attempt is kept.`,
              title: "Say something else here. This attempt is kept.",
            },
            icon(ICONS.back),
            "Go back to here",
          ),
        own.effects.map(({ text, tone }) => h("span", { class: `chip ${tone}` }, text)),
      ),
      h("p", { class: "coaching" }, h("strong", null, own.style), " · ", own.coaching),
    ],
    says.map((line, n) =>
      theirBubble(person(view, line.who), line.text, `line-${n}`, { first: n === 0 || says[n - 1].who !== line.who, named: view.cast.length > 1 }),
    ),
    learned.map(learnedBox),
    (back ?? []).map((round, n) => [
      h("div", { class: "caption", "data-key": `back-${n}` }, `Said back to ${person(view, round.who).first}`),
      roundOf(person(view, round.who), round, `round-${n}`),
    ]),
  );
}

function said(view, waiting) {
  return h(
    "div",
    { class: "said", role: "region", tabindex: "0", "aria-label": "What was said", "data-key": "said" },
    h(
      "ol",
      null,
      view.turns.map((turn, i) => turnOf(view, turn, i)),
      waiting &&
        h("li", { class: "turn", "data-key": `turn-${view.attempt}-${view.turns.length}` }, ownWords(waiting.text, waiting.said), h("p", { class: "coaching" }, "…")),
    ),
  );
}

function next(view, tools) {
  if (!view.current) return null;
  if (view.ending) return ended(view);
  return saysFirst(view) ? sayIt(view, tools) : list(view, tools.local.waiting);
}

function list(view, waiting) {
  const title = view.opened ? "What could you say?" : (view.says ?? "What do you say?");
  return h(
    "div",
    { class: "next", role: "group", tabindex: "-1", "data-focus": true, "data-key": "next", "aria-label": title },
    h("div", { class: "caption", "aria-hidden": "true" }, title),
    view.choices.map((choice, i) => choiceButton(view, choice, i, "choose", waiting)),
    view.asks && !view.opened && h("button", { type: "button", class: "link", "data-do": "first", "data-key": "first" }, "Say it in my own words first, from now on"),
  );
}

function choiceButton(view, choice, i, action, waiting) {
  return h(
    "button",
    {
      type: "button",
      class: "choice",
      "data-do": action,
      "data-id": choice.id,
      "data-key": `${action}-${view.attempt}-${view.turn}-${choice.id}`,
      "aria-disabled": waiting ? "true" : null,
      "aria-keyshortcuts": i < 9 ? String(i + 1) : null,
    },
    h("span", { class: "key", "aria-hidden": "true" }, i < 9 ? String(i + 1) : "·"),
    h("span", null, choice.text),
  );
}

function ended(view) {
  const { facts, of } = view.known;
  return h(
    "div",
    { class: "next ended", role: "group", tabindex: "-1", "data-focus": true, "data-key": "next", "aria-label": "How it ended" },
    h("div", { class: "ended-title" }, view.ending.title),
    h("p", null, view.ending.text),
    view.debrief.length > 0 &&
      h(
        "section",
        { class: "debrief", "data-key": "debrief", "aria-label": "What a better question would have brought" },
        h("div", { class: "debrief-title" }, "What a better question would have brought"),
        h("ul", null, view.debrief.map((text, i) => h("li", { "data-key": `missed-${i}` }, text))),
      ),
    h("p", { class: "soft" }, `You found ${facts.length} of ${of} facts in ${view.turn === 1 ? "1 turn" : `${view.turn} turns`}. Trust: ${view.ending.trust}.`),
    inYourWords(view),
    h("button", { type: "button", class: "button", "data-do": "again", "data-key": "again" }, "Try another approach"),
    h("p", { class: "soft small" }, "This attempt is kept. The check reads your last attempt."),
  );
}

function known(view) {
  const { facts, of, brief } = view.known;
  const card = (fact) =>
    h(
      "li",
      { class: "fact", "data-key": `fact-${fact.id}` },
      h("div", { class: "fact-head" }, h("code", null, fact.id), fact.by && h("span", { class: "soft" }, `from ${fact.by}`)),
      h("p", null, fact.text),
    );
  return h(
    "div",
    { class: "known", role: "region", tabindex: "0", "aria-label": `What you know: ${facts.length} of ${of} facts`, "data-key": "known" },
    h("div", { class: "known-head" }, h("span", { class: "caption" }, "What you know"), h("span", { class: "caption" }, `${facts.length} of ${of}`)),
    facts.length
      ? h("ul", { "data-key": "facts" }, [...facts].reverse().map(card))
      : h("p", { class: "soft", "data-key": "no-facts" }, "Nothing yet. What people tell you is kept here. You can cite it in your work by its short name."),
    brief.length > 0 &&
      h(
        "details",
        { "data-key": "brief" },
        h("summary", null, `Also in the brief (${brief.length})`),
        h("ul", null, brief.map(card)),
      ),
  );
}

function choose(id, tools, said = "") {
  const { view, local, send, repaint } = tools;
  const now = view();
  const choice = now.choices?.find((one) => one.id === id);
  if (!choice || local.waiting) return;
  local.waiting = { text: choice.text, said };
  forgetWords(tools);
  repaint();
  send({ op: "choose", id, turn: now.turn, attempt: now.attempt, ...(said ? { said } : {}) });
}

function rewind(turn, { view, send }) {
  send({ op: "rewind", turn, attempt: view().attempts.length });
}

const conversation = {
  name: "conversation",
  again: ({ op }, view) => {
    const now = view.attempts?.length === op.attempt && (view.turns?.length ?? 0) > 0;
    if (op.op === "say" || op.op === "open") return now && view.turn === op.turn && !view.opened ? { op } : { done: true };
    return op.op === "choose" && now && view.turn !== op.turn ? { done: true } : { op };
  },
  label: (view) => (view.title ? `Conversation: ${view.title}` : "Conversation"),
  draw: (view, tools) => [
    head(view),
    castStrip(view),
    h("p", { class: "goal", "data-key": "goal" }, h("strong", null, "Your goal "), view.goal),
    attempts(view),
    view.note && h("div", { class: "notice", role: "status", "data-key": "note" }, view.note),
    h(
      "div",
      { class: "room", "data-key": "room" },
      h("div", { class: "talk", "data-key": "talk" }, said(view, tools.local.waiting), next(view, tools)),
      known(view),
    ),
  ],
  foot: (view, tools) => {
    if (!view.choices?.length) return "";
    if (saysFirst(view)) return offers(view, tools).length ? "" : "Enter says it";
    const last = Math.min(9, view.choices.length);
    return last === 1 ? "Key 1 chooses" : `Keys 1–${last} choose`;
  },
  actions: {
    choose: (button, _, tools) => choose(button.dataset.id, tools),
    mean: (button, _, tools) => choose(button.dataset.id, tools, tools.view().meant.said),
    none: (_, __, tools) => backToBox(tools),
    typed: (box, _, tools) => keepWords(tools, box.value),
    say: (_, __, tools) => say(tools),
    open: (_, __, { view, send }) => send({ op: "open", turn: view().turn, attempt: view().attempt }),
    first: (_, __, tools) => switchFirst(tools),
    rewind: (button, _, tools) => rewind(Number(button.dataset.turn), tools),
    again: (_, __, tools) => rewind(0, tools),
    look: (select, _, { send }) => send({ op: "look", attempt: Number(select.value) }),
    current: (_, __, { view, send }) => send({ op: "look", attempt: view().attempts.length }),
  },
  keys: (event, tools) => {
    if (saysFirst(tools.view())) return keysOfBox(event, tools);
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches("select")) return;
    const choice = /^[1-9]$/.test(event.key) && tools.view().choices?.[Number(event.key) - 1];
    if (choice) choose(choice.id, tools);
  },
  mounted: (tools) => findable(tools, null, () => bring(tools.root)),
  painted: (tools, first) => {
    showOffers(tools);
    const { root, view, local } = tools;
    const place = root.querySelector(".said");
    const now = view();
    const heard = now.turns?.reduce((sum, turn) => sum + (turn.back?.length ?? 0), 0);
    const mark = `${now.attempt}/${now.turns?.length}/${heard}/${local.waiting ? 1 : 0}`;
    if (!place || (local.mark === mark && !first)) return;
    local.mark = mark;
    const turns = place.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    // Show the newest turn from its beginning, or the end of what was said, whichever comes first.
    place.scrollTop = now.current ? Math.min(place.scrollHeight, last.offsetTop - 10) : 0;
  },
};

export default { render: (context) => mount(context, conversation) };
