// The review of one artifact: sign-offs, findings three at a time, evidence, hints, and what is right.

const AT_A_TIME = 3;

function score(view) {
  if (view.status === "not_attempted") return h("span", { class: "chip" }, `${view.maximum} points to earn`);
  return h(
    "div",
    { class: "score" },
    h("div", null, h("strong", null, view.points), h("span", { class: "soft" }, ` of ${view.maximum} points`)),
    bar(view.share),
  );
}

function reviewHead(view) {
  return h(
    "div",
    { class: "head", "data-key": "head" },
    h("div", null, h("div", { class: "caption" }, "Review"), h("div", { class: "title" }, view.title)),
    score(view),
  );
}

function headline(view) {
  const tone = { graded: "", grader_error: "", not_attempted: "begin", invalid: "bad" }[view.status];
  return h(
    "div",
    { class: `headline ${tone}`, "data-key": "headline" },
    h("p", { class: "headline-words" }, view.headline),
    view.advice && h("p", null, view.advice),
  );
}

function signOffs(view) {
  if (!view.sign_offs.length) return null;
  return h(
    "ul",
    { class: "sign-offs", "aria-label": "Who signs off", "data-key": "sign-offs" },
    view.sign_offs.map((who) =>
      h(
        "li",
        { class: who.signed ? "signed" : "open", "data-key": `voice-${who.id}`, title: who.cares ? `${who.name} cares that: ${who.cares}` : null },
        avatar(who, "small"),
        h(
          "div",
          null,
          h("div", null, h("strong", null, who.name), who.role && h("span", { class: "soft" }, ` ${who.role}`)),
          h("div", { class: "verdict" }, icon(who.signed ? ICONS.check : ICONS.change), h("span", null, who.words, h("span", { class: "soft" }, `\u00a0· ${who.met}\u00a0of\u00a0${who.of}`))),
        ),
      ),
    ),
  );
}

function problems(view) {
  if (!view.problems.length) return null;
  return h(
    "ul",
    { class: "problems", "aria-label": "What to mend", "data-key": "problems" },
    view.problems.map((problem) =>
      h("li", null, h("div", { class: "place" }, h("code", null, problem.place || view.file)), foundExpected(problem)),
    ),
  );
}

function foundExpected({ found, expected }) {
  return h(
    "dl",
    { class: "found" },
    h("div", null, h("dt", { class: "caption" }, "Found"), h("dd", null, found)),
    expected && h("div", null, h("dt", { class: "caption" }, "Expected"), h("dd", null, expected)),
  );
}

function evidence(table, sentence) {
  if (!table.rows.length) return null;
  const count = table.rows.length + table.more;
  const cell = (tag, text, i, more) => h(tag, { class: table.numeric[i] ? "number" : null, ...more }, text);
  return h(
    "details",
    { class: "evidence", "data-key": "evidence" },
    h("summary", null, count === 1 ? "The row that decides" : `The ${count} rows that decide`),
    h(
      "div",
      { class: "table", tabindex: "0", role: "region", "aria-label": `Evidence: ${sentence}` },
      h(
        "table",
        null,
        h("thead", null, h("tr", null, table.columns.map((name, i) => cell("th", name, i, { scope: "col" })))),
        h("tbody", null, table.rows.map((row) => h("tr", null, row.map((text, i) => cell("td", text, i))))),
      ),
    ),
    table.more > 0 && h("p", { class: "soft" }, `and ${table.more} more`),
  );
}

/** The cell of a lesson under this title, where it is folded under one on a page that is in view. */
const cellTitled = (title) =>
  [...document.querySelectorAll(".course-bar-name")].find((bar) => bar.textContent === title && bar.offsetParent)?.closest(".jp-Cell");

/** A text with the titles in it as buttons that bring their cell into view; those of no cell here stay words. */
const placed = (text) =>
  text.split(/(“[^”]+”)/).map((part) => {
    const title = part.startsWith("“") ? part.slice(1, -1) : "";
    if (!title || !cellTitled(title)) return part;
    return h("button", { type: "button", class: "link place", "data-do": "bring", "data-title": title }, part);
  });

function hints(finding) {
  const shown = finding.shown_hints ?? [];
  if (!finding.hints) return null;
  return h(
    "div",
    { class: "hints", "data-key": "hints" },
    shown.length > 0 && h("ol", null, shown.map((hint, i) => h("li", { "data-key": `hint-${i}` }, h("strong", null, `Hint ${i + 1}. `), placed(hint)))),
    shown.length < finding.hints &&
      h(
        "button",
        {
          type: "button",
          class: "button small",
          "data-do": "hint",
          "data-id": finding.id,
          "data-shown": shown.length,
          "data-key": `hint-of-${finding.id}`,
          "aria-label": `Hint ${shown.length + 1} of ${finding.hints}: ${finding.sentence}`,
        },
        icon(ICONS.bulb),
        `Hint ${shown.length + 1} of ${finding.hints}`,
      ),
  );
}

function card(finding) {
  const { who } = finding;
  return h(
    "li",
    { class: `finding ${finding.kind}`, "data-key": `finding-${finding.id}`, tabindex: "-1" },
    avatar(who),
    h(
      "div",
      { class: "finding-body" },
      h(
        "div",
        { class: "finding-head" },
        h("span", null, h("strong", null, who.name), who.role && h("span", { class: "soft" }, ` ${who.role}`)),
        h("span", { class: "chips" }, h("span", { class: finding.kind === "essential" ? "chip bad" : "chip warn" }, finding.kind_words), h("span", { class: "chip" }, finding.points_words)),
      ),
      h("p", { class: "sentence" }, finding.sentence),
      foundExpected(finding),
      also(finding),
      evidence(finding.evidence, finding.sentence),
      h(
        "div",
        { class: "ways", "data-key": "ways" },
        finding.place ? h("button", { type: "button", class: "button small", "data-do": "go", "data-id": finding.id, "data-key": `go-${finding.id}`, "aria-label": `Show me where: ${finding.sentence}` }, icon(ICONS.open), "Show me where") : null,
        hints(finding),
      ),
      opens(finding),
    ),
  );
}

// What else speaks against the same thing: a list, and how many more.
function also({ also: further, more }) {
  if (!further.length) return null;
  return h(
    "div",
    { class: "also" },
    h("div", { class: "caption" }, "Also"),
    h("ul", null, further.map(({ found }) => h("li", null, found)), more > 0 && h("li", null, `And ${more} more like it.`)),
  );
}

function questions(list) {
  return h(
    "ul",
    null,
    list.map((one) => h("li", { "data-key": `open-${one.id}` }, avatar(one.who, "small"), h("div", null, h("p", null, one.sentence), one.found && h("p", { class: "soft" }, one.found)))),
  );
}

// Questions that cannot be asked before this one is answered.
function opens({ open, id }) {
  if (!open.length) return null;
  return h(
    "details",
    { class: "opens", "data-key": `opens-${id}` },
    h("summary", null, open.length === 1 ? "One more question can be asked then" : `${open.length} more questions can be asked then`),
    questions(open),
  );
}

function waiting(view) {
  const count = view.waiting.length;
  if (!count) return null;
  return h(
    "details",
    { class: "right waiting", "data-key": "waiting" },
    h("summary", null, count === 1 ? "1 question cannot be asked yet" : `${count} questions cannot be asked yet`),
    questions(view.waiting),
  );
}

// What nobody but the learner can know: said, and never signed.
function believed(view) {
  const count = view.believed.length;
  if (!count) return null;
  return h(
    "details",
    { class: "right believed", "data-key": "believed" },
    h("summary", null, count === 1 ? "1 thing that only you can know" : `${count} things that only you can know`),
    questions(view.believed),
  );
}

function findings(view, local) {
  const all = view.findings;
  if (!all.length) return null;
  const shown = Math.min(all.length, local.shown ?? AT_A_TIME);
  const more = Math.min(AT_A_TIME, all.length - shown);
  return h(
    "div",
    { class: "findings", "data-key": "findings" },
    h("div", { class: "caption" }, all.length === 1 ? "One thing to change" : `${shown} of ${all.length} things to change, the essential first`),
    h("ol", { "aria-label": "What to change" }, all.slice(0, shown).map(card)),
    more > 0 && h("button", { type: "button", class: "button", "data-do": "more", "data-key": "more" }, `Show ${more} more`),
  );
}

function broken(view) {
  if (!view.broken.length) return null;
  return h(
    "div",
    { class: "broken", role: "note", "data-key": "broken" },
    h("p", null, h("strong", null, view.broken.length === 1 ? "One check did not work. " : `${view.broken.length} checks did not work. `), "That is a fault of the course, not yours: it counts neither for you nor against you. Please tell your instructor."),
    h("ul", null, view.broken.map((finding) => h("li", null, h("strong", null, finding.sentence), " ", finding.found))),
  );
}

// What a person looks at, with both passages side by side.
function held({ held: found, kind }) {
  if (!found) return null;
  const side = (caption, words) => h("div", null, h("dt", { class: "caption" }, caption), h("dd", null, words));
  return h(
    "div",
    { class: "broken held", role: "note", "data-key": "held" },
    h("p", null, found.sentence),
    h("p", { class: "soft" }, "Once somebody has, write down who: ", h("code", null, `lesson.looked_at("${kind}")`)),
    h("dl", { class: "found" }, side("Yours", found.mine), found.theirs && side(found.where, found.theirs)),
  );
}

// What no program can judge: listed, so that nobody takes a signature for a reading.
function unread(view) {
  const count = view.unread.length;
  if (!count) return null;
  return h(
    "details",
    { class: "right unread", "data-key": "unread" },
    h("summary", null, count === 1 ? "1 text that nobody has read" : `${count} texts that nobody has read`),
    h("p", { class: "soft" }, "No program can say whether they convince. Read them yourself against three questions, with ", h("code", null, `lesson.read_yourself("${view.kind}")`), ", or have them read."),
    h("ul", null, view.unread.map((text) => h("li", { "data-key": `unread-${text.place}` }, h("div", null, text.title, h("span", { class: "soft" }, ` ${text.words} ${text.words === 1 ? "word" : "words"}`))))),
  );
}

function right(view) {
  const count = view.passed.length;
  if (!count) return null;
  return h(
    "details",
    { class: "right", "data-key": "right" },
    h("summary", null, count === 1 ? "1 thing is right" : `${count} things are right`),
    h(
      "ul",
      null,
      view.passed.map((finding) =>
        h("li", { "data-key": `right-${finding.id}` }, icon(ICONS.check), h("div", null, h("p", { class: "sentence" }, finding.sentence), h("p", { class: "soft" }, `${finding.found} (${finding.who.name})`))),
      ),
    ),
  );
}

function asked(view) {
  if (!view.asked?.length) return null;
  return h(
    "details",
    { class: "right", open: true, "data-key": "asked" },
    h("summary", null, `What the reviewers will ask (${view.asked.length})`),
    h(
      "ul",
      null,
      view.asked.map(({ sentence, who, gate }) =>
        h("li", null, avatar(who, "small"), h("div", null, h("p", null, sentence), h("p", { class: "soft" }, `${who.name}${who.role ? `, ${who.role}` : ""}${gate ? " · essential" : ""}`))),
      ),
    ),
  );
}

const reviewWidget = {
  name: "review",
  rereads: false,
  label: (view) => `Review: ${view.title}`,
  draw: (view, { local }) => [
    reviewHead(view),
    headline(view),
    signOffs(view),
    problems(view),
    broken(view),
    held(view),
    findings(view, local),
    waiting(view),
    believed(view),
    unread(view),
    right(view),
    asked(view),
  ],
  mounted: ({ view }) => {
    if (view().lesson) announce(view());
  },
  actions: {
    more: (_, __, { view, local, repaint, root, say }) => {
      const from = local.shown ?? AT_A_TIME;
      local.shown = from + AT_A_TIME;
      repaint();
      root.querySelector(`[data-key="${CSS.escape(`finding-${view().findings[from].id}`)}"]`)?.focus();
      say(`${Math.min(local.shown, view().findings.length)} of ${view().findings.length} shown`);
    },
    go({ dataset }, _, { view, root, say }) {
      const shown = view();
      const { place } = shown.findings.find(({ id }) => id === dataset.id);
      if (!goTo(shown, place, root)) say("Its form is not on this page yet. Run the cell above that shows it.");
    },
    bring({ dataset }) {
      const cell = cellTitled(dataset.title);
      cell?.scrollIntoView({ block: "start" });
      cell?.focus({ preventScroll: true });
    },
    hint: (button, _, { send }) => send({ op: "hint", criterion: button.dataset.id, shown: Number(button.dataset.shown) }),
  },
};

export default { render: (context) => mount(context, reviewWidget) };
