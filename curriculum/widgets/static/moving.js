// Moving cards, by keys and by mouse or touch; what changes is sent when the card is dropped.
// A widget that moves cards says where they lie: `arranged(view, local)`, `whereIs(columns, id)`, `placeWords(tools, at)`,
// `carry(key, tools)` for a key while a card is lifted, and `targetAt(event, tools)` for what lies under the pointer.

ICONS.grip = "M6 3.2v.1M10 3.2v.1M6 8v.1M10 8v.1M6 12.8v.1M10 12.8v.1";

const FAR = 5; // pixels that a pointer moves before a press becomes a drag

/** The name of a card, by which it is lifted and dragged. */
function grip(card, lifted) {
  return h(
    "button",
    {
      type: "button",
      class: "grip",
      "data-key": `grip:${card.id}`,
      "data-do": "grip",
      "data-id": card.id,
      "aria-pressed": String(lifted),
      "aria-label": `${card.label}: ${lifted ? "lifted, arrows move, Space drops, Escape cancels" : "Space lifts to move"}`,
    },
    icon(ICONS.grip),
    h("span", { class: "card-title" }, card.label),
  );
}

/** What is to be told above the cards: what was said about the file, and cards that this case does not have. */
function cardNotices(view) {
  return [
    (view.told ?? []).map((words, i) => h("div", { class: "notice", role: "status", "data-key": `told:${i}` }, words)),
    view.strangers.map((stranger) =>
      h(
        "div",
        { class: "notice stranger", "data-key": `stranger:${stranger.id}` },
        h("span", null, stranger.words),
        h("button", { type: "button", class: "button small", "data-do": "forget", "data-id": stranger.id }, `Remove ${stranger.id} from the file`),
      ),
    ),
  ];
}

// Moving a card by keys: it is lifted, shown where it would be, and only dropping sends anything.

function lift(id, tools) {
  const at = whereIs(arranged(tools.view(), tools.local), id);
  if (!at) return;
  tools.local.lift = { ...at, from: at };
  tools.repaint();
  tools.say(`${tools.view().cards[id].label} lifted from ${placeWords(tools, at)}. Arrows move, Space drops, Escape cancels.`);
}

function drop(tools) {
  const { from, ...to } = tools.local.lift;
  tools.local.lift = null;
  if (samePlace(to, from)) {
    tools.repaint();
    tools.say("Dropped where it was.");
  } else move(tools, to);
}

function cancel(tools) {
  const words = `${tools.view().cards[tools.local.lift.id].label} is back where it was.`;
  tools.local.lift = null;
  tools.repaint();
  tools.say(words);
}

/** Whether two places are one: where cards lie nowhere yet, their order says nothing. */
const samePlace = (one, other) =>
  one.column === other.column && (one.index === other.index || !one.column) && (one.step ?? "") === (other.step ?? "");

function move(tools, { id, column, index, step }) {
  tools.local.waiting = { id, column, index, step };
  tools.repaint();
  tools.send({ op: "move", id, column, index, step });
}

/** Keys of a widget that moves cards: undo, and lifting, carrying and dropping by a card's grip. */
function cardKeys(event, tools) {
  const grip = event.target.closest?.("[data-do=grip]");
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const writing = event.target.matches?.("textarea, select, input:not([type=checkbox])");
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !writing) {
    event.preventDefault();
    event.stopPropagation();
    if (undoOf(tools.view()).count) tools.send({ op: "undo" });
  } else if (event.key === "Escape" && (tools.local.lift || tools.local.drag)) {
    event.preventDefault();
    event.stopPropagation();
    if (tools.local.drag) tools.local.drag.end(false);
    else cancel(tools);
  } else if (event.key === "Enter" && event.target.matches?.("textarea")) {
    event.preventDefault();
  } else if (grip && plain && (event.key === " " || event.key === "Enter") && !event.shiftKey) {
    event.preventDefault();
    if (event.repeat) return;
    if (tools.local.lift) drop(tools);
    else lift(grip.dataset.id, tools);
  } else if (grip && plain && tools.local.lift && /^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key)) {
    event.preventDefault();
    carry(event.key, tools);
  }
}

// Moving a card by mouse or touch: a copy follows the pointer, a line shows where the card would lie.

function watchPointer(tools) {
  const { root } = tools;
  root.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("[data-card]");
    const control = event.target.closest?.("button, input, select, textarea, label, .details, a");
    const byGrip = control?.matches(".grip");
    if (!card || event.button !== 0 || (control && !byGrip) || (event.pointerType !== "mouse" && !byGrip)) return;
    if (tools.local.lift) cancel(tools);
    press(event, card, tools);
  });
}

function press(start, card, tools) {
  const { root, local } = tools;
  const box = card.getBoundingClientRect();
  const scroller = scrollerOf(root);
  let ghost = null;
  let last = start;

  function begin() {
    ghost = card.cloneNode(true);
    for (const node of [ghost, ...ghost.querySelectorAll("*")])
      for (const name of ["data-key", "data-card", "id", "data-do"]) node.removeAttribute(name);
    ghost.className = "card ghost";
    ghost.setAttribute("aria-hidden", "true");
    ghost.inert = true;
    ghost.style.width = `${box.width}px`;
    root.append(ghost);
    root.classList.add("dragging");
    local.drag = { id: card.dataset.card, target: null, end };
    tick();
  }

  function follow() {
    const frame = root.getBoundingClientRect(); // measured, because fixed positions are relative to a panel of the Lab
    ghost.style.left = `${last.clientX - frame.left - (start.clientX - box.left)}px`;
    ghost.style.top = `${last.clientY - frame.top - (start.clientY - box.top)}px`;
    const target = targetAt(last, tools);
    const { target: was } = local.drag;
    if (target?.column !== was?.column || target?.index !== was?.index || target?.step !== was?.step) {
      local.drag.target = target;
      tools.repaint();
    }
  }

  function tick() {
    if (!local.drag) return;
    const frame = scroller.getBoundingClientRect();
    const top = Math.max(0, frame.top);
    const bottom = Math.min(window.innerHeight, frame.bottom);
    const speed = last.clientY < top + 40 ? -10 : last.clientY > bottom - 40 ? 10 : 0;
    if (speed) {
      scroller.scrollBy(0, speed);
      follow();
    }
    requestAnimationFrame(tick);
  }

  function moved(event) {
    if (event.pointerId !== start.pointerId) return;
    last = event;
    if (!ghost && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < FAR) return;
    event.preventDefault();
    if (!ghost) begin();
    follow();
  }

  function end(done) {
    for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener, true);
    if (!ghost) return;
    ghost.remove();
    root.classList.remove("dragging");
    local.justDragged = true;
    setTimeout(() => (local.justDragged = false));
    const { id, target } = local.drag;
    local.drag = null;
    const at = whereIs(tools.view().columns, id);
    if (done && target && !samePlace(target, at))
      move(tools, { id, ...target });
    else tools.repaint();
  }

  const listeners = {
    pointermove: moved,
    pointerup: (event) => event.pointerId === start.pointerId && end(true),
    pointercancel: () => end(false),
    keydown: (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      end(false);
    },
  };
  for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener, true);
}

/** The place for cards that lies under the pointer, and how many of its other cards lie above it. */
function under(event, { root, local }) {
  for (const element of root.querySelectorAll("[data-column]")) {
    const box = element.getBoundingClientRect();
    if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) continue;
    const cards = [...element.querySelectorAll("[data-card]")].filter((card) => card.dataset.card !== local.drag.id);
    const above = cards.filter((card) => {
      const { top, height } = card.getBoundingClientRect();
      return top + height / 2 < event.clientY;
    });
    return { element, column: element.dataset.column, above: above.length };
  }
  return null;
}

function scrollerOf(element) {
  for (let node = element.parentElement; node; node = node.parentElement)
    if (/(auto|scroll)/.test(getComputedStyle(node).overflowY) && node.scrollHeight > node.clientHeight) return node;
  return document.scrollingElement ?? document.documentElement;
}

/** Let cards glide from where they were to where they are. */
function glide(tools) {
  const { root, local } = tools;
  const frame = root.getBoundingClientRect();
  const calm = local.drag || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const now = new Map();
  for (const card of root.querySelectorAll("[data-card]")) {
    const box = card.getBoundingClientRect();
    const at = { x: box.left - frame.left, y: box.top - frame.top };
    const was = local.places?.get(card.dataset.card);
    now.set(card.dataset.card, at);
    if (calm || !was || Math.hypot(was.x - at.x, was.y - at.y) < 3) continue;
    const from = `translate(${was.x - at.x}px, ${was.y - at.y}px)`;
    card.animate([{ transform: from }, { transform: "none" }], { duration: 170, easing: "ease-out" });
  }
  local.places = now;
}
