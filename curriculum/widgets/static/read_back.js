// Read-back: a form whose parts are said back to people; what they answer stands beneath, earlier rounds folded.

const LISTENED = "M2.5 3.5h11v7h-6l-3 3v-3h-2z";

function drawReadBack(view, tools) {
  const { local } = tools;
  local.uid ??= `b${Math.random().toString(36).slice(2)}`;
  const people = new Map((view.people ?? []).map((person) => [person.id, person]));
  local.open ??= new Set([firstToSay(view)]);
  const fields = new Map(view.spec.fields.map((field) => [field.name, field]));
  return [
    drawTop(view, tools),
    (view.told ?? []).map((words, i) => h("div", { class: "notice", role: "status", "data-key": `told:${i}` }, words)),
    view.page ? drawPage(view) : h(
      "div",
      { class: "sections", "data-key": "sections" },
      view.spec.sections.map((section) =>
        people.has(section.id) ? drawPerson(view, tools, people.get(section.id), fields.get(section.id)) : drawSection(view, tools, section, fields, false),
      ),
    ),
  ];
}

/** The first person who has not confirmed what is written now. */
function firstToSay(view) {
  return (view.people.find((person) => !person.confirmed) ?? view.people[0])?.id;
}

function drawPerson(view, tools, person, field) {
  const open = tools.local.open.has(person.id);
  const inner = `${tools.local.uid}-person-${person.id}`;
  const wrong = Object.keys(view.drafts).filter((path) => path.split("/")[0] === person.id).length;
  return h(
    "div",
    { class: `section person${open ? " open" : ""}`, "data-key": `section:${person.id}`, role: "group", "aria-label": person.name },
    h(
      "button",
      {
        type: "button",
        class: "section-head",
        "data-key": `head:${person.id}`,
        "data-do": "fold",
        "data-id": person.id,
        "aria-expanded": String(open),
        "aria-controls": open ? inner : null,
      },
      icon(ICONS.open),
      avatar(person, "small"),
      h("span", { class: "section-title" }, person.name, h("span", { class: "soft role" }, ` ${person.role}`)),
      wrong ? h("span", { class: "chip bad" }, `${wrong} not saved`) : null,
      howFar(person, view.listened),
    ),
    open
      ? h(
          "div",
          { id: inner, "data-key": `inner:${person.id}` },
          h("div", { class: "back" }, ...beside(view, tools, person, field)),
          answers(view, tools, person),
        )
      : null,
  );
}

/** How far one is with a person: the last answer, and how often they still listen. */
function howFar(person, of) {
  const last = person.rounds.at(-1);
  const changed = last && !person.same && !person.confirmed;
  return h(
    "span",
    { class: "standing" },
    last ? h("span", { class: `chip ${changed ? "" : last.tone}` }, changed ? "Changed since" : last.word) : h("span", { class: "soft" }, "Not said back yet"),
    h("span", { class: "left", style: `--hue:${Number(person.hue)}` }, steps(person.left, of), h("span", { class: "soft" }, roundsLeft(person.left))),
  );
}

const roundsLeft = (left) => (left === 1 ? "1 round left" : `${left || "no"} rounds left`);

/** What was picked, and beside it the sentence. */
function beside(view, tools, person, field) {
  const draw = (inner) => drawField(view, tools, inner, [person.id, inner.name], view.data[person.id]?.[inner.name]);
  const own = field.fields.filter((inner) => inner.name === "sentence");
  const picked = field.fields.filter((inner) => inner.name !== "sentence");
  return [h("div", { class: "fields picked", "data-key": "picked" }, picked.map(draw)), h("div", { class: "fields sentence", "data-key": "sentence" }, own.map(draw), sayIt(view, tools, person))];
}

function sayIt(view, tools, person) {
  const why = person.closed || person.hint;
  const id = `${tools.local.uid}-why-${person.id}`;
  const waiting = tools.local.waiting === person.id;
  return h(
    "div",
    { class: "say", "data-key": "say" },
    h(
      "button",
      {
        type: "button",
        class: "button main",
        "data-do": "sayBack",
        "data-id": person.id,
        "data-key": `say:${person.id}`,
        "aria-disabled": person.closed || waiting ? "true" : null,
        "aria-describedby": why ? id : null,
      },
      icon(LISTENED),
      `Say it back to ${person.first}`,
    ),
    why ? h("p", { class: "soft", id }, why) : null,
  );
}

function answers(view, tools, person) {
  const { rounds } = person;
  const earlier = rounds.slice(0, -1);
  const waiting = tools.local.waiting === person.id;
  if (!rounds.length && !waiting) return null;
  return h(
    "div",
    { class: "answers", role: "region", "aria-label": `What ${person.first} answered`, "data-key": "answers" },
    earlier.length > 0 &&
      h(
        "details",
        { "data-key": "earlier" },
        h("summary", null, `Earlier: ${earlier.map((round, i) => `round ${i + 1}, ${round.word.toLowerCase()}`).join(" · ")}`),
        earlier.map((round, i) => roundOf(person, round, `round-${i}`)),
      ),
    rounds.length > 0 && [
      h("div", { class: "caption", "data-key": "which" }, `Round ${rounds.length} of ${view.listened}`),
      roundOf(person, rounds.at(-1), `round-${rounds.length - 1}`),
    ],
    waiting && h("p", { class: "soft", "data-key": "waiting" }, `${person.first} listens …`),
  );
}

const READ_BACK = {
  ...FORM,
  name: "form course-read-back",
  label: (view) => (view.spec ? `Say it back: ${view.spec.title}` : "Say it back"),
  draw: drawReadBack,
  placed: (operation, view) => (operation.op === "say_back" ? { op: operation, was: null } : placed(operation, view)),
  again: (step, view) => {
    if (step.op.op !== "say_back") return again(step, view);
    const person = view.people?.find(({ id }) => id === step.op.person);
    return person && view.attempt === step.op.attempt && person.rounds.length === step.op.round ? { op: step.op } : { done: true };
  },
  painted: (tools, first) => {
    attend(tools);
    const told = new Map((tools.view().people ?? []).map(({ id, rounds }) => [id, rounds.length]));
    const before = tools.local.told;
    tools.local.told = told;
    if (first || !before) return;
    const answered = [...told].find(([id, count]) => count > (before.get(id) ?? 0))?.[0];
    if (answered) tools.root.querySelector(`[data-key="inner:${CSS.escape(answered)}"] .answers`)?.scrollIntoView({ block: "nearest" });
  },
  actions: {
    ...FORM.actions,
    sayBack({ dataset }, event, tools) {
      const view = tools.view();
      const person = view.people.find(({ id }) => id === dataset.id);
      tools.local.waiting = person.id;
      tools.repaint();
      tools.send({ op: "say_back", person: person.id, round: person.rounds.length, attempt: view.attempt });
    },
  },
};

shown.as = READ_BACK;
