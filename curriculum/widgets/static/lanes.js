// Cards in lanes: an order in each lane and, where a lane has steps, a time; by mouse, by keyboard and by buttons.

const LANES_HELP = "Drag a card, use its buttons, or focus its name: Space lifts, arrows move, Space drops, Esc cancels";

ICONS.earlier = "M10 3 5 8l5 5";
ICONS.later = "M6 3l5 5-5 5";

/** The lanes as they are shown: those of the file, with the card that is on its way where it will be. */
function arranged(view, local) {
  const way = local.lift ?? local.waiting ?? (local.drag?.target ? { id: local.drag.id, ...local.drag.target } : null);
  return view.columns.map((column) => {
    if (!way) return column;
    const cards = column.cards.filter((id) => id !== way.id);
    const steps = { ...column.steps };
    if (column.id === way.column) {
      cards.splice(Math.min(way.index, cards.length), 0, way.id);
      steps[way.id] = way.step ?? "";
    }
    return { ...column, cards, steps };
  });
}

function whereIs(columns, id) {
  const column = columns.find((each) => each.cards.includes(id));
  return column ? { id, column: column.id, index: column.cards.indexOf(id), step: column.steps[id] ?? "" } : null;
}

const stepNamed = (view, id) => view.steps.find((step) => step.id === id)?.label ?? "";

/** The step that a card gets in a lane: the one it has, else the one that was said, else the last. */
function stepIn(view, column, id, has) {
  if (!column.timed) return "";
  return has || view.cards[id].due || view.steps.at(-1).id;
}

function placeWords(tools, at) {
  const column = arranged(tools.view(), tools.local).find((each) => each.id === at.column);
  const when = at.step ? `, ${stepNamed(tools.view(), at.step)}` : "";
  return at.column ? `${column.title}, ${at.index + 1} of ${column.cards.length}${when}` : column.title;
}

/** Left and right change the time, up and down the order, and on into the next lane. */
function carry(key, tools) {
  const view = tools.view();
  const { lift: at } = tools.local;
  const columns = arranged(view, tools.local);
  const order = [...columns.slice(1), columns[0]]; // as they stand on the page
  const here = order.findIndex((column) => column.id === at.column);
  const others = (column) => column.cards.filter((id) => id !== at.id).length;
  let { index, step } = at;
  let lane = here;
  const sideways = { ArrowLeft: -1, ArrowRight: 1, Home: -view.steps.length, End: view.steps.length }[key];
  if (sideways && order[here].timed) {
    const now = view.steps.findIndex((each) => each.id === step);
    step = view.steps[Math.max(0, Math.min(view.steps.length - 1, now + sideways))].id;
  } else if (sideways) {
    index = sideways < 0 ? 0 : others(order[here]);
  } else {
    index += key === "ArrowUp" ? -1 : 1;
    if (index < 0 && lane > 0) index = others(order[--lane]);
    else if (index > others(order[here]) && lane < order.length - 1) {
      lane += 1;
      index = 0;
    }
    index = Math.max(0, Math.min(others(order[lane]), index));
  }
  const column = order[lane];
  tools.local.lift = { ...at, column: column.id, index, step: stepIn(view, column, at.id, step) };
  tools.repaint();
  tools.root.querySelector(`[data-card="${CSS.escape(at.id)}"]`)?.scrollIntoView?.({ block: "nearest" });
  tools.say(placeWords(tools, tools.local.lift));
}

/** The lane under the pointer, how many of its other cards lie above it, and the step below it. */
function targetAt(event, tools) {
  const found = under(event, tools);
  if (!found) return null;
  const { local } = tools;
  const view = tools.view();
  const column = view.columns.find((each) => each.id === found.column);
  const has = local.drag.target?.step || whereIs(view.columns, local.drag.id).step;
  const track = found.element.querySelector(".scale")?.getBoundingClientRect();
  const on = track && event.clientX >= track.left && event.clientX <= track.right;
  const at = on ? Math.min(view.steps.length - 1, Math.floor(((event.clientX - track.left) / track.width) * view.steps.length)) : -1;
  return { column: column.id, index: column.id ? found.above : 0, step: stepIn(view, column, local.drag.id, on ? view.steps[at].id : has) };
}

function drawLanes(view, tools) {
  const { local } = tools;
  if (local.lift && !view.cards[local.lift.id]) local.lift = null;
  const [unplaced, ...lanes] = arranged(view, local);
  return [
    h(
      "div",
      { class: "top", "data-key": "top" },
      h("div", { class: "about" }, h("p", { class: "title" }, view.title), h("p", { class: "soft" }, view.hint)),
      undoButton(view, "undo"),
    ),
    view.loads.length ? drawLoads(view) : null,
    cardNotices(view),
    h(
      "div",
      { class: "lanes", "data-key": "lanes" },
      lanes.map((lane) => drawLane(view, tools, lane)),
      drawLane(view, tools, unplaced),
    ),
  ];
}

/** How full each kind of work is in each period: a row of bars, with what is over said in words as well. */
function drawLoads(view) {
  return h(
    "div",
    { class: "loads", role: "group", "aria-label": "How full each kind of work is", "data-key": "loads" },
    h("span", { class: "caption" }, "How full it gets"),
    view.loads_hint ? h("span", { class: "load-hint" }, view.loads_hint) : null,
    h(
      "ul",
      { class: "load-rows" },
      view.loads.map((row) =>
        h(
          "li",
          { class: "load-row", "data-key": `load:${row.id}` },
          h("span", { class: "load-name" }, row.label),
          h(
            "ul",
            { class: "load-cells" },
            row.cells.map((cell) =>
              h(
                "li",
                { class: `load-cell${cell.over ? " over" : ""}` },
                h("span", { class: "load-when" }, cell.label),
                h("span", { class: "load-bar", "aria-hidden": "true" }, h("span", { style: `width:${Math.min(100, (100 * cell.share) / 125)}%` })),
                h("span", { class: "load-words" }, cell.words, cell.over ? h("span", { class: "unseen" }, ", more than there is") : null),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function drawLane(view, tools, lane) {
  const count = lane.cards.length;
  const words = lane.most ? `${count} of at most ${lane.most}` : count === 1 ? "1 card" : `${count} cards`;
  const over = lane.most && count > lane.most;
  return h(
    "div",
    {
      class: `lane ${lane.id ? (lane.timed ? "timed" : "plain") : "unplaced"}${tools.local.drag?.target?.column === lane.id ? " target" : ""}`,
      role: "group",
      "aria-label": `${lane.title}, ${words}`,
      "data-column": lane.id,
      "data-key": `lane:${lane.id}`,
      style: `--steps:${view.steps.length}`,
    },
    h(
      "div",
      { class: "lane-head" },
      h("span", { class: "lane-title" }, lane.title),
      h("span", { class: `lane-count${over ? " over" : ""}` }, lane.most ? words : String(count)),
      lane.hint ? h("span", { class: "soft lane-hint" }, lane.hint) : null,
      lane.timed && count
        ? h("span", { class: "scale", "aria-hidden": "true" }, view.steps.map((step) => h("span", null, step.label)))
        : null,
    ),
    count
      ? h("ul", { class: "cards" }, lane.cards.map((id, place) => drawLaneCard(view, tools, lane, id, place)))
      : h("p", { class: "soft nothing" }, lane.id ? "No card yet" : "Every card has its lane."),
  );
}

function drawLaneCard(view, tools, lane, id, place) {
  const card = view.cards[id];
  const { local } = tools;
  const lifted = local.lift?.id === id;
  const dragged = local.drag?.target && local.drag.id === id;
  const step = lane.steps[id] ?? "";
  return h(
    "li",
    { class: `card${lifted ? " lifted" : ""}${dragged ? " dragged" : ""}`, "data-key": `card:${id}`, "data-card": id },
    h("span", { class: "rank", "aria-hidden": "true" }, lane.id ? String(place + 1) : ""),
    h(
      "div",
      { class: "named" },
      grip(card, lifted),
      card.note ? h("p", { class: "soft note" }, card.note) : null,
      card.effort_words ? h("p", { class: "soft effort" }, card.effort_words) : null,
    ),
    lane.timed ? drawTrack(view, card, step) : null,
    h(
      "div",
      { class: "card-controls" },
      h(
        "label",
        { class: "lane-pick" },
        h("span", { class: "unseen" }, `Lane of ${card.label}`),
        h(
          "select",
          { "data-key": `lane-of:${id}`, "data-change": "place", "data-id": id },
          view.columns.map((each) => h("option", { value: each.id, selected: each.id === lane.id }, each.title)),
        ),
      ),
      order(lane, card, place),
    ),
  );
}

function drawTrack(view, card, step) {
  const at = view.steps.findIndex((each) => each.id === step);
  const due = view.steps.findIndex((each) => each.id === card.due);
  const label = stepNamed(view, step);
  const said = card.due ? (card.due === step ? ", as it was said" : `; ${card.due_words} was said`) : "";
  const shift = (by, words, shape) =>
    h(
      "button",
      {
        type: "button",
        class: "shift",
        "data-key": `${by < 0 ? "earlier" : "later"}:${card.id}`,
        "data-do": "shift",
        "data-rapid": true,
        "data-id": card.id,
        "data-by": by,
        "aria-disabled": String(at + by < 0 || at + by >= view.steps.length),
        "aria-label": `${card.label} ${words}`,
        title: words,
      },
      icon(shape),
    );
  return h(
    "div",
    { class: "when" },
    h(
      "div",
      { class: "track", "aria-hidden": "true" },
      h("span", { class: "run", style: `--at:${at + 1}` }),
      due >= 0 && due !== at ? h("span", { class: "due", style: `--at:${due + 1}` }) : null,
    ),
    h("div", { class: "when-words" }, shift(-1, "one step earlier", ICONS.earlier), h("span", null, h("strong", null, label), said), shift(1, "one step later", ICONS.later)),
  );
}

function order(lane, card, place) {
  if (!lane.id || lane.cards.length < 2) return null;
  const button = (by, words, sign) =>
    h(
      "button",
      {
        type: "button",
        class: "shift",
        "data-key": `${by < 0 ? "up" : "down"}:${card.id}`,
        "data-do": "rank",
        "data-rapid": true,
        "data-id": card.id,
        "data-by": by,
        "aria-disabled": String(place + by < 0 || place + by >= lane.cards.length),
        "aria-label": `${card.label} ${words}`,
        title: words,
      },
      sign,
    );
  return h("span", { class: "order" }, button(-1, "one place up", "↑"), button(1, "one place down", "↓"));
}

// Steps that outlive a kernel: where all cards lie.

const wherever = (view) => view.columns.map(({ id, cards, steps }) => [id, cards, steps]);

function againLanes({ op, was }, view) {
  if (op.op === "undo") return { done: true };
  return same(wherever(view), was) ? { op } : { done: true };
}

/** Move a card within its lane or to another time, from a button. */
function nudge(tools, id, change) {
  const view = tools.view();
  const at = whereIs(view.columns, id);
  const to = { ...at, ...change(at, view.columns.find((column) => column.id === at.column), view) };
  if (!samePlace(at, to)) move(tools, to);
}

const LANES = {
  name: "lanes",
  label: (view) => view.title ?? "Cards in lanes",
  foot: () => LANES_HELP,
  draw: drawLanes,
  keys: cardKeys,
  placed: (op, view) => ({ op, was: wherever(view) }),
  again: againLanes,
  begun: ({ op }, view, others) => {
    const at = op.op === "move" && whereIs(view.columns, op.id);
    if (!at) return null;
    const sent = others.map((step) => step.op).filter((each) => each.op === "move" && each.id === op.id);
    return [at, ...sent].map(({ column, step }) => (column ? [column, step ?? ""] : null));
  },
  painted(tools, first) {
    if (first) watchPointer(tools);
    attend(tools);
    glide(tools);
  },
  mounted: (tools) => findable(tools, null, () => bring(tools.root)),
  actions: {
    place(element, event, tools) {
      const view = tools.view();
      const column = view.columns.find((each) => each.id === element.value);
      const { id } = element.dataset;
      tools.local.next = wish(`lane-of:${id}`);
      move(tools, { id, column: column.id, index: column.cards.length, step: stepIn(view, column, id, whereIs(view.columns, id).step) });
    },
    shift: ({ dataset }, event, tools) =>
      nudge(tools, dataset.id, (at, lane, view) => {
        const now = view.steps.findIndex((step) => step.id === at.step) + Number(dataset.by);
        return { step: view.steps[Math.max(0, Math.min(view.steps.length - 1, now))].id };
      }),
    rank: ({ dataset }, event, tools) =>
      nudge(tools, dataset.id, (at, lane) => ({ index: Math.max(0, Math.min(lane.cards.length - 1, at.index + Number(dataset.by))) })),
    grip({ dataset }, event, tools) {
      // A click without a pointer (a screen reader's) lifts and drops; a mouse click alone does nothing.
      if (tools.local.justDragged || event.detail) return;
      if (tools.local.lift) drop(tools);
      else lift(dataset.id, tools);
    },
    forget: ({ dataset }, event, tools) => tools.send({ op: "forget", id: dataset.id }),
    undo: (element, event, tools) => tools.send({ op: "undo" }),
  },
};

export default { render: (context) => mount(context, LANES) };
