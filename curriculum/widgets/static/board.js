// The scoping board: cards in columns, by mouse, by keyboard and by buttons; dots; days of work.

const HELP = "Drag a card, use its buttons, or focus its name: Space lifts, arrows move, Space drops, Esc cancels";
const PAUSE = 400; // milliseconds without a key after which typed text is saved

ICONS.must = "M8 1.8 13 4v4c0 3-2 5-5 6.2C5 13 3 11 3 8V4z";
ICONS.link = "M6.5 9.5l3-3M7 4.5l1.4-1.4a3 3 0 0 1 4.3 4.3L11.2 9M9 11.5l-1.4 1.4a3 3 0 0 1-4.3-4.3L4.8 7";

/** The columns as they are shown: those of the file, with the card that is on its way where it will be. */
function arranged(view, local) {
  const way = local.lift ?? local.waiting;
  return view.columns.map((column) => {
    if (!way) return column;
    const cards = column.cards.filter((id) => id !== way.id);
    if (column.id === way.column) cards.splice(Math.min(way.index, cards.length), 0, way.id);
    return { ...column, cards };
  });
}

const columnNamed = (view, id) => view.columns.find((column) => column.id === id);

function whereIs(columns, id) {
  const column = columns.find((each) => each.cards.includes(id));
  return column ? { id, column: column.id, index: column.cards.indexOf(id) } : null;
}

function voterOf(view, local) {
  return view.voters.find((voter) => voter.id === local.voter) ?? view.voters.find((voter) => !voter.fixed) ?? view.voters[0];
}

function drawBoard(view, tools) {
  const { local } = tools;
  local.open ??= new Set();
  if (local.lift && !view.cards[local.lift.id]) local.lift = null;
  const columns = arranged(view, local);
  const [unplaced, ...placed] = columns;
  return [
    drawTop(view, local),
    view.capacity.length ? drawCapacity(view, tools) : null,
    cardNotices(view),
    h(
      "div",
      { class: "field-of-play", "data-key": "play" },
      drawColumn(view, tools, unplaced),
      h("div", { class: "columns", "data-key": "columns" }, placed.map((column) => drawColumn(view, tools, column))),
    ),
  ];
}

function drawTop(view, local) {
  const chosen = voterOf(view, local);
  return h(
    "div",
    { class: "top", "data-key": "top" },
    h(
      "div",
      { class: "about" },
      h("p", { class: "title" }, view.title),
      h("p", { class: "soft" }, view.hint),
    ),
    h(
      "div",
      { class: "voters", role: "group", "aria-label": "Whose dots you are placing" },
      view.voters.map((voter) =>
        h(
          "button",
          {
            type: "button",
            class: "voter",
            style: `--hue:${Number(voter.hue)}`,
            "data-key": `voter:${voter.id}`,
            "data-do": "voter",
            "data-id": voter.id,
            "aria-pressed": String(voter === chosen),
            "aria-label": `${voter.name}${voter.role ? `, ${voter.role}` : ""}: ${voter.words}`,
            title: `${voter.name}${voter.role ? `, ${voter.role}` : ""}: ${voter.words}`,
          },
          avatar(voter, "tiny"),
          h("span", { class: "voter-name" }, voter.short),
          h(
            "span",
            { class: "dots", "aria-hidden": "true" },
            Array.from({ length: Math.max(view.dots, voter.spent) }, (_, i) =>
              h("span", { class: `pip${i < voter.spent ? " on" : ""}${i >= view.dots ? " extra" : ""}` }),
            ),
          ),
        ),
      ),
      undoButton(view, "undo"),
    ),
  );
}

function drawCapacity(view, tools) {
  const rows = view.together ? [...view.capacity, view.together] : view.capacity;
  return h(
    "div",
    { class: "capacity", role: "group", "aria-label": "Days of work by role", "data-key": "capacity" },
    h("span", { class: "caption" }, "Days of work"),
    h(
      "ul",
      { class: "roles" },
      rows.map((row) => {
        const full = Math.max(row.days, row.must + row.nice, 1e-9);
        const share = (days) => `${(100 * days) / full}%`;
        const limit = row.limit ?? (row.must + row.nice > row.days ? row.days : null);
        return h(
          "li",
          { class: `role${row.over ? " over" : ""}`, "data-key": `role:${row.id}` },
          h("span", { class: "role-name" }, row.label),
          h(
            "span",
            { class: "load", "aria-hidden": "true" },
            h("span", { class: "load-must", style: `width:${share(row.must)}` }),
            h("span", { class: "load-nice", style: `width:${share(row.nice)}` }),
            limit === null ? null : h("span", { class: "load-limit", style: `left:${share(limit)}` }),
          ),
          h("span", { class: "role-words" }, h("strong", null, row.words), h("span", null, row.more)),
        );
      }),
    ),
    view.tightest ? drawTightest(view.tightest, tools) : null,
  );
}

/** What the learner says of the fullest bar: whose it is, and how many days its Must-Haves take. */
function drawTightest({ roles, role, days }, tools) {
  return h(
    "div",
    { class: "tightest", "data-key": "tightest" },
    h(
      "label",
      { class: "entry" },
      h("span", { class: "entry-label" }, "The tightest kind of work"),
      h(
        "select",
        { "data-key": "tightest:role", "data-change": "tightest" },
        h("option", { value: "", selected: !role }, "— not said yet —"),
        roles.map((each) => h("option", { value: each.id, selected: each.id === role }, each.label)),
      ),
    ),
    h(
      "label",
      { class: "entry" },
      h("span", { class: "entry-label" }, "Days that its Must-Haves take"),
      h("input", {
        type: "number",
        min: 0,
        step: "any",
        "data-key": "tightest:days",
        "data-change": "daysTaken",
        value: tools.held("tightest:days", days ?? ""),
      }),
    ),
  );
}

function drawColumn(view, tools, column) {
  const { local } = tools;
  const { drag } = local;
  const count = column.cards.length;
  const words = count === 1 ? "1 card" : `${count} cards`;
  const items = column.cards.map((id) => drawCard(view, tools, view.cards[id], column.id));
  const target = drag?.target?.column === column.id;
  if (target) {
    const rest = column.cards.filter((id) => id !== drag.id);
    const before = column.id ? rest[drag.target.index] : undefined;
    const place = before ? column.cards.indexOf(before) : items.length;
    items.splice(place, 0, h("li", { class: items.length ? "slot line" : "slot", "data-key": "slot" }));
  }
  return h(
    "div",
    {
      class: `column ${column.id || "unplaced"}${target ? " target" : ""}`,
      role: "group",
      "aria-label": `${column.title}, ${words}`,
      "data-column": column.id,
      "data-key": `column:${column.id}`,
    },
    h(
      "div",
      { class: "column-head" },
      h("span", { class: column.id ? "column-title" : "caption" }, column.title),
      h("span", { class: "soft" }, String(count)),
    ),
    column.hint ? h("p", { class: "soft column-hint" }, column.hint) : null,
    items.length
      ? h("ul", { class: "cards" }, items)
      : h("p", { class: "soft nothing" }, column.id ? "No card yet" : "Every card is placed."),
  );
}

function drawCard(view, tools, card, column) {
  const { local } = tools;
  const lifted = local.lift?.id === card.id;
  const dragged = local.drag?.target && local.drag.id === card.id;
  const open = local.open.has(card.id);
  const alarm = card.mandatory_open && column ? "bad" : "plain";
  return h(
    "li",
    { class: `card${lifted ? " lifted" : ""}${dragged ? " dragged" : ""}`, "data-key": `card:${card.id}`, "data-card": card.id },
    h(
      "div",
      { class: "card-top" },
      grip(card, lifted),
      card.team
        ? h(
            "span",
            { class: "team", title: `Raised by ${card.team.name}` },
            h("span", { class: "unseen" }, `Raised by ${card.team.name}`),
            avatar(card.team, "mini"),
          )
        : null,
    ),
    card.note ? h("p", { class: "soft note" }, card.note) : null,
    card.effort_words ? h("p", { class: "effort" }, card.effort_words) : null,
    card.mandatory || card.needs.length || card.merged.length
      ? h(
          "ul",
          { class: "marks" },
          card.mandatory ? h("li", { class: `mark ${alarm}` }, icon(ICONS.must), h("span", null, h("strong", null, "Mandatory: "), card.mandatory)) : null,
          card.needs.map((need) =>
            h("li", { class: `mark ${need.open ? "warn" : "plain"}` }, icon(need.open ? ICONS.change : ICONS.link), h("span", null, need.words)),
          ),
          card.merged.map((other) =>
            h(
              "li",
              { class: "mark plain" },
              h("span", null, `Counts with it: ${other.label}`),
              h(
                "button",
                { type: "button", class: "link", "data-key": `with:${other.id}`, "data-do": "separate", "data-id": other.id, "aria-label": `Separate ${other.label} from ${card.label}` },
                "Separate",
              ),
            ),
          ),
        )
      : null,
    h(
      "div",
      { class: "card-controls" },
      h(
        "div",
        { class: "segments", role: "group", "aria-label": `Column of ${card.label}` },
        view.columns.slice(1).map(({ id, title }) =>
          h(
            "button",
            {
              type: "button",
              class: "segment",
              "data-key": `${id}:${card.id}`,
              "data-do": "place",
              "data-id": card.id,
              "data-to": id,
              "aria-pressed": String(column === id),
              title: column === id ? `Take back to ${view.columns[0].title}` : title,
            },
            title,
          ),
        ),
      ),
      drawVotes(view, local, card),
    ),
    h(
      "button",
      {
        type: "button",
        class: `why${card.reason ? " written" : ""}`,
        "data-key": `why:${card.id}`,
        "data-do": "open",
        "data-id": card.id,
        "aria-expanded": String(open),
        "aria-label": `${card.label}: reason and evidence${card.reason ? ` — ${card.reason}` : ""}`,
      },
      icon(ICONS.open),
      h("span", { class: "why-words" }, summary(card, column, open)),
    ),
    open ? drawDetails(view, tools, card, column) : null,
  );
}

/** One line that says what the details of a card hold or still lack. */
function summary(card, column, open) {
  if (open) return "Reason and evidence";
  const cited = card.evidence.length ? ` (${card.evidence.length} cited)` : "";
  if (column === "deferred" && !card.revisit) return card.reason ? `${card.reason}${cited} · What brings it back?` : "Why later, and what brings it back?";
  return card.reason ? `${card.reason}${cited}` : `Why here?${cited}`;
}

function drawVotes(view, local, card) {
  const voter = voterOf(view, local);
  const people = new Map(view.voters.map((each) => [each.id, each]));
  const own = card.votes.find((vote) => vote.voter === voter?.id)?.dots ?? 0;
  const words = card.votes.map((vote) => `${people.get(vote.voter).short} ${vote.dots}`).join(", ");
  const cast = voter?.fixed ? `${voter.short} has voted already` : null;
  const control = (change, sign, label, off, why) =>
    h(
      "button",
      {
        type: "button",
        class: "vote",
        "data-key": `vote${change}:${card.id}`,
        "data-do": "vote",
        "data-rapid": true,
        "data-id": card.id,
        "data-by": change,
        "aria-disabled": String(off),
        "aria-label": label,
        title: off ? why : label,
      },
      sign,
    );
  if (!voter) return null;
  return h(
    "div",
    { class: "votes", role: "group", "aria-label": `Dots on ${card.label}` },
    control(-1, "−", `Take back a dot of ${voter.short} from ${card.label}`, Boolean(cast) || !own, cast ?? `${voter.short} has no dot here`),
    h(
      "span",
      { class: "tally", title: words || "No dots yet" },
      h(
        "span",
        { class: "dots", "aria-hidden": "true" },
        card.votes.flatMap((vote) =>
          Array.from({ length: Math.min(vote.dots, 4) }, () =>
            h("span", { class: "pip on", style: `--hue:${Number(people.get(vote.voter).hue)}` }),
          ),
        ),
      ),
      h("strong", null, String(card.dots)),
      h("span", { class: "unseen" }, card.dots === 1 ? " dot" : " dots", words ? `: ${words}` : ""),
    ),
    control(1, "+", `Put a dot of ${voter.short} on ${card.label}`, Boolean(cast) || voter.spent >= view.dots, cast ?? `${voter.short} has no dots left`),
  );
}

function drawDetails(view, tools, card, column) {
  const box = (field, label, placeholder) =>
    h(
      "label",
      { class: "entry" },
      h("span", { class: "entry-label" }, label),
      h(
        "textarea",
        {
          rows: 2,
          placeholder,
          "data-key": `${field}:${card.id}`,
          "data-input": "typed",
          "data-leave": "left",
          "data-id": card.id,
          "data-field": field,
        },
        tools.held(`${field}:${card.id}`, card[field]),
      ),
    );
  const others = view.columns.flatMap((each) => each.cards).filter((id) => id !== card.id);
  return h(
    "div",
    { class: "details", "data-key": `details:${card.id}`, role: "group", "aria-label": `Reason and evidence for ${card.label}` },
    box("reason", "Why here", "What decides it, in a sentence"),
    column === "deferred" || card.revisit
      ? h(
          "label",
          { class: "entry" },
          h("span", { class: "entry-label" }, "What brings it back, and when"),
          h(
            "select",
            { "data-key": `revisit:${card.id}`, "data-change": "comesBack", "data-id": card.id },
            h("option", { value: "", selected: !card.revisit }, "— nothing yet —"),
            view.events.map((event) => h("option", { value: event.id, selected: event.id === card.revisit }, event.label)),
          ),
        )
      : null,
    h(
      "fieldset",
      { class: "evidence" },
      h("legend", { class: "entry-label" }, "Evidence, where the column goes against the votes"),
      view.facts.length
        ? h(
            "div",
            { class: "facts", tabindex: "0", role: "group", "aria-label": "Facts that you can cite" },
            view.facts
              .filter((fact) => !fact.note || card.evidence.includes(fact.id))
              .map((fact) =>
                h(
                  "label",
                  { class: "fact", "data-key": `fact:${fact.id}` },
                  h("input", {
                    type: "checkbox",
                    class: "check",
                    "data-key": `cite:${card.id}:${fact.id}`,
                    "data-change": "cite",
                    "data-id": card.id,
                    "data-fact": fact.id,
                    checked: tools.held(`cite:${card.id}:${fact.id}`, card.evidence.includes(fact.id)),
                  }),
                  h(
                    "span",
                    null,
                    fact.note ? "" : `${fact.label} `,
                    h("code", null, fact.id),
                    fact.note ? h("span", { class: "chip warn" }, fact.note) : null,
                  ),
                ),
              ),
          )
        : h("p", { class: "soft" }, "You know no facts yet. Talk to the people of this case first."),
    ),
    card.merged.length || !others.length
      ? null
      : h(
          "label",
          { class: "entry" },
          h("span", { class: "entry-label" }, "Asks for the same thing as"),
          h(
            "select",
            { "data-key": `same:${card.id}`, "data-change": "same", "data-id": card.id },
            h("option", { value: "", selected: true }, "— a card of its own —"),
            others.map((id) => h("option", { value: id }, view.cards[id].label)),
          ),
        ),
  );
}

function placeWords(tools, at) {
  const column = arranged(tools.view(), tools.local).find((each) => each.id === at.column);
  return at.column ? `${column.title}, ${at.index + 1} of ${column.cards.length}` : column.title;
}

function carry(key, tools) {
  const { lift: at } = tools.local;
  const columns = arranged(tools.view(), tools.local);
  const order = columns.map((column) => column.id);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  const column = order[Math.max(0, Math.min(order.length - 1, order.indexOf(at.column) + step))];
  const others = columns.find((each) => each.id === column).cards.filter((id) => id !== at.id).length;
  const up = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  const index = key === "Home" ? 0 : key === "End" ? others : at.index + up;
  tools.local.lift = { ...at, column, index: Math.max(0, Math.min(others, index)) };
  tools.repaint();
  tools.root.querySelector(`[data-card="${CSS.escape(at.id)}"]`)?.scrollIntoView?.({ block: "nearest" });
  tools.say(placeWords(tools, tools.local.lift));
}

/** The column under the pointer and how many of its other cards lie above it. */
function targetAt(event, tools) {
  const found = under(event, tools);
  return found && { column: found.column, index: found.column ? found.above : 0 };
}

// Typed text: held here until it is saved, sent after a pause or when the box is left.

function typed(element, event, tools) {
  const { key } = element.dataset;
  const timers = (tools.local.timers ??= new Map());
  const { id, field } = element.dataset;
  tools.hold(key, element.value, { op: "detail", id, field, value: element.value });
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(() => save(element, tools), PAUSE));
}

function save(element, tools) {
  const { key, id, field } = element.dataset;
  const { timers } = tools.local;
  if (!timers?.has(key)) return;
  clearTimeout(timers.get(key));
  timers.delete(key);
  tools.send({ op: "detail", id, field, value: tools.held(key, "") }, { key });
}

// Steps that outlive a kernel.

/** What a step is about: one text of a card, or where all cards and dots are. */
const about = (op, view) =>
  op.op === "detail" ? view.cards[op.id]?.[op.field] : [view.columns, Object.values(view.cards).map(({ dots, votes, merged }) => [dots, votes, merged])];

function again({ op, was }, view) {
  const now = about(op, view);
  if (op.op === "undo") return { done: true };
  if (op.op === "cite") return Boolean(view.cards[op.id]?.evidence.includes(op.fact)) === op.on ? { done: true } : { op };
  if (op.op !== "detail") return same(now, was) ? { op } : { done: true };
  return same(now, op.value) || (blank(now) && blank(op.value)) ? { done: true } : { op };
}

/** What the author of a step began from: the text of a card, the column that it lay in, what is stated. */
function begun({ op, was, mine }, view, others) {
  const sent = (same) => others.filter((step) => step.op.op === op.op && same(step.op)).map((step) => step.op);
  if (op.op === "detail") return [was, ...mine, ...sent(({ id, field }) => id === op.id && field === op.field).map(({ value }) => value)];
  if (op.op === "move") return [whereIs(view.columns, op.id)?.column ?? "", ...sent(({ id }) => id === op.id).map(({ column }) => column)];
  if (op.op !== "tightest") return null;
  const { role, days } = view.tightest ?? {};
  return [op.field === "days_taken" ? days : role, ...sent(({ field }) => field === op.field).map(({ value }) => value)];
}

const BOARD = {
  name: "board",
  label: (view) => view.title ?? "Scoping board",
  foot: () => HELP,
  draw: drawBoard,
  keys: cardKeys,
  placed: (op, view) => ({ op, was: about(op, view) }),
  again,
  begun,
  painted(tools, first) {
    if (first) watchPointer(tools);
    attend(tools);
    glide(tools);
  },
  mounted: (tools) => findable(tools, null, () => bring(tools.root)),
  actions: {
    voter(element, event, tools) {
      tools.local.voter = element.dataset.id;
      tools.repaint();
    },
    vote: ({ dataset }, event, tools) =>
      tools.send({ op: "vote", id: dataset.id, voter: voterOf(tools.view(), tools.local).id, change: Number(dataset.by) }),
    place({ dataset }, event, tools) {
      const columns = tools.view().columns;
      const at = whereIs(columns, dataset.id);
      const column = at.column === dataset.to ? "" : dataset.to;
      move(tools, { id: dataset.id, column, index: columnNamed(tools.view(), column).cards.length });
    },
    grip({ dataset }, event, tools) {
      // A click without a pointer (a screen reader's) lifts and drops; a mouse click opens the details.
      if (tools.local.justDragged) return;
      if (event.detail) BOARD.actions.open({ dataset }, event, tools);
      else if (tools.local.lift) drop(tools);
      else lift(dataset.id, tools);
    },
    open({ dataset }, event, tools) {
      const { open } = tools.local;
      if (!open.delete(dataset.id)) open.add(dataset.id);
      tools.repaint();
    },
    typed,
    left: (element, event, tools) => save(element, tools),
    cite({ dataset, checked }, event, tools) {
      tools.hold(dataset.key, checked);
      tools.send({ op: "cite", id: dataset.id, fact: dataset.fact, on: checked }, { key: dataset.key });
    },
    tightest: (element, event, tools) => tools.send({ op: "tightest", field: "tightest", value: element.value }),
    daysTaken(element, event, tools) {
      const value = element.value === "" ? null : Number(element.value);
      tools.hold(element.dataset.key, element.value);
      tools.send({ op: "tightest", field: "days_taken", value }, { key: element.dataset.key });
    },
    comesBack: ({ dataset, value }, event, tools) => tools.send({ op: "detail", id: dataset.id, field: "revisit", value }),
    same(element, event, tools) {
      if (!element.value) return;
      tools.local.next = wish(`with:${element.dataset.id}`);
      tools.send({ op: "merge", id: element.dataset.id, keep: element.value });
    },
    separate({ dataset }, event, tools) {
      tools.local.next = wish(`grip:${dataset.id}`);
      tools.send({ op: "separate", id: dataset.id });
    },
    forget: ({ dataset }, event, tools) => tools.send({ op: "forget", id: dataset.id }),
    undo: (element, event, tools) => tools.send({ op: "undo" }),
  },
};

export default { render: (context) => mount(context, BOARD) };
