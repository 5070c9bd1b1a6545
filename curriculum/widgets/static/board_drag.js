// Moving cards on the board, by keys and by mouse or touch; what changes is sent when the card is dropped.

const FAR = 5; // pixels that a pointer moves before a press becomes a drag

// Moving a card by keys: it is lifted, shown where it would be, and only dropping sends anything.

function lift(id, tools) {
  const at = whereIs(arranged(tools.view(), tools.local), id);
  if (!at) return;
  tools.local.lift = { ...at, from: at };
  tools.repaint();
  tools.say(`${tools.view().cards[id].label} lifted from ${placeWords(tools, at)}. Arrows move, Space drops, Escape cancels.`);
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

function drop(tools) {
  const { id, column, index, from } = tools.local.lift;
  tools.local.lift = null;
  if (column === from.column && (index === from.index || !column)) {
    tools.repaint();
    tools.say("Dropped where it was.");
  } else move(tools, { id, column, index });
}

function cancel(tools) {
  const words = `${tools.view().cards[tools.local.lift.id].label} is back where it was.`;
  tools.local.lift = null;
  tools.repaint();
  tools.say(words);
}

function move(tools, { id, column, index }) {
  tools.local.waiting = { id, column, index };
  tools.repaint();
  tools.send({ op: "move", id, column, index });
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
    if (target?.column !== was?.column || target?.index !== was?.index) {
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
    if (done && target && !(target.column === at.column && (target.index === at.index || !target.column)))
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

/** The column under the pointer and how many of its other cards lie above it. */
function targetAt(event, tools) {
  const { root, local } = tools;
  for (const column of root.querySelectorAll("[data-column]")) {
    const box = column.getBoundingClientRect();
    if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) continue;
    const cards = [...column.querySelectorAll("[data-card]")].filter((card) => card.dataset.card !== local.drag.id);
    const above = cards.filter((card) => {
      const { top, height } = card.getBoundingClientRect();
      return top + height / 2 < event.clientY;
    });
    return { column: column.dataset.column, index: column.dataset.column ? above.length : 0 };
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
