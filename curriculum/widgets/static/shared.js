// What every widget shares: building and patching elements, keys, focus, answers, notices, the saved line.

/** An element. Attributes that are null or false are left out, true is blank; children may be text or nested lists. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A small icon drawn with one path on a 16 × 16 grid; decoration only, so hidden from screen readers. */
function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const ICONS = {
  check: "M3 8.5 6.5 12 13 4.5",
  change: "M8 3v6M8 12.5v.5",
  back: "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H6",
  bulb: "M6 12.5h4M6.5 14.5h3M8 1.5a4.2 4.2 0 0 0-2.4 7.6c.5.4.7.9.7 1.4h3.4c0-.5.2-1 .7-1.4A4.2 4.2 0 0 0 8 1.5",
  open: "M5.5 3.5 10 8l-4.5 4.5",
};

/** A person's initials on their colour. The name is always written beside it, so it is hidden from screen readers. */
function avatar(person, size = "") {
  return h("span", { class: `avatar ${size}`, style: `--hue:${Number(person.hue)}`, "aria-hidden": "true" }, person.initials);
}

/** A bar with `of` steps of which `value` are filled; the words beside it carry the meaning. */
function steps(value, of) {
  return h(
    "span",
    { class: "steps", "aria-hidden": "true" },
    Array.from({ length: of }, (_, i) => h("span", { class: i < value ? "step on" : "step" })),
  );
}

/** A continuous bar from 0 to 1. */
function bar(share, tone = "") {
  const width = Math.round(100 * Math.max(0, Math.min(1, share)));
  return h("span", { class: `bar ${tone}`, "aria-hidden": "true" }, h("span", { style: `width:${width}%` }));
}

/**
 * Make the children of `parent` equal to `wanted`, keeping the elements that stay (same `data-key`, or same place and
 * tag) so that focus, scrolling, open details and half-typed text survive a repaint.
 */
function patch(parent, wanted) {
  const keys = new Set(wanted.map(keyOf).filter(Boolean));
  const byKey = new Map();
  for (const child of [...parent.childNodes]) {
    const key = keyOf(child);
    if (key && keys.has(key)) byKey.set(key, child);
    else if (key) child.remove();
  }
  let cursor = parent.firstChild;
  for (const want of wanted) {
    const key = keyOf(want);
    const have = key ? byKey.get(key) : cursor && !keyOf(cursor) ? cursor : null;
    if (have && have.nodeName === want.nodeName && have.nodeType === want.nodeType) {
      if (have === cursor) cursor = cursor.nextSibling;
      else parent.insertBefore(have, cursor);
      patchNode(have, want);
    } else {
      parent.insertBefore(want, cursor);
      if (have && key) {
        if (have === cursor) cursor = cursor.nextSibling;
        have.remove();
      }
    }
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

function keyOf(node) {
  return node.nodeType === 1 ? node.getAttribute("data-key") : null;
}

function patchNode(have, want) {
  if (have.nodeType !== 1) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  for (const { name } of [...have.attributes])
    if (!want.hasAttribute(name) && !(name === "open" && have.nodeName === "DETAILS")) have.removeAttribute(name);
  for (const { name, value } of want.attributes)
    if (have.getAttribute(name) !== value) have.setAttribute(name, value);
  const { value, checked } = want; // before what is in it moves over
  if (!have.hasAttribute("data-keep")) patch(have, [...want.childNodes]);
  if (have.matches("input, textarea, select") && have !== have.getRootNode().activeElement) {
    if (have.value !== value) have.value = value;
    if (have.checked !== checked) have.checked = checked;
  } else if (have.matches("input[type=checkbox], input[type=radio]") && have.checked !== checked) {
    have.checked = checked;
  }
}

const SILENCE = 1500; // milliseconds without an answer after which it is asked why
const AGAIN = 1000; // and how often it is asked again
const MINE_AT_MOST = 200; // versions of one field that are remembered as sent and not answered
const PATIENCE = 5; // attempts to make a widget anew before somebody is asked to help

// The module's own style sheet, once for all widgets of a page.
function dress(page) {
  if (page.getElementById(STYLE.id)) return;
  const style = page.createElement("style");
  style.id = STYLE.id;
  style.textContent = STYLE.text;
  page.head.append(style);
}

/**
 * Show a widget and keep it current. `widget` has
 *   name        its class: the root is `.course.course-<name>`
 *   label(view) the name of the whole for screen readers
 *   draw(view, tools) -> a list of elements, made anew at each repaint
 *   actions     functions (element, event, tools) by name, called for clicks on `data-do="name"`, and for
 *               `data-input`, `data-change` and `data-leave` (focus leaves) in the same way
 *   keys(event, tools)   optional: plain and modified keys inside the widget, before they are stopped
 *   painted(tools, first) optional: after each repaint
 *   mounted(tools) optional: once it is there; what it returns is called when it is taken away
 *   foot(view, tools) optional: words at the right of the saved line
 *   tells       optional: whether it shows the view's notice itself, where it belongs; it is read out in any case
 *   placed(operation, view), again(step, view), begun(step, view, others)   optional: see `note`, `replay`, `send`
 *   besides     optional: whether it draws versions that are kept (`drawAside`) where their `path` is
 * tools: root, local (a place for what only this page knows), view(), send(operation), repaint(), say(words);
 *   hold(key, value, operation) keeps what was typed or ticked here, held(key, value) is that or else the view's value,
 *   until the operation that was sent with {key} is answered;
 *   remember(what, value) and remembered(what) keep in this browser what is no part of the file;
 *   unsaved(key) says whether something under that key is not in the file although time enough has passed.
 * Nothing that was done is given up before the file has it: each operation is kept, in the browser's own store as well,
 * until its answer comes, and done again on the twin where the kernel is new, and on the next page where this one ends.
 * Returns the function that takes the widget away.
 */
function mount(given, widget) {
  const { model } = given;
  if (Object.keys(model.get("view") ?? {}).length) return show(given, widget);
  // It was made on another page just now, and what it shows is on its way; the rest comes with it.
  let started;
  const begin = () => {
    model.off("change:view", begin);
    started = setTimeout(() => (away = show(given, widget)));
  };
  let away = () => {
    model.off("change:view", begin);
    clearTimeout(started);
  };
  model.on("change:view", begin);
  return () => away();
}

function show({ model: first, el }, widget) {
  dress(el.ownerDocument);
  const root = h("div", { class: `course course-${widget.name}`, role: "group" });
  const body = h("div", { class: "body" });
  const live = h("div", { class: "unseen", "aria-live": "polite" });
  root.append(body, live);
  el.append(root);

  let model = first;
  const home = model.get("home") ?? {};
  const store = safe(home.name);
  let sent = 0;
  let count = 0;
  let timer = null;
  let why = ""; // why something is not saved, once that has lasted: busy, offline, gone, reviving, failed, unknown
  let gone = false; // the kernel that knew this widget has ended
  let reviving = null;
  let tries = 0;
  let glanced = null; // a look at the file that is not answered yet
  let looking = null;
  const settledNow = new Set(); // what the file has now is what these boxes say, though maybe not letter by letter
  const actions = { ...ASIDE, ...widget.actions };
  let unwatch = () => {};
  const own = new Map();
  const steps = new Map(); // what was done here and the file does not have, by id, in the order in which it was done
  const tools = {
    root,
    home,
    local: {},
    view: () => model.get("view") ?? {},
    hold: (key, value, operation = null) => {
      own.set(key, { value, sent: Infinity });
      if (operation) note(operation, key);
      unsettle();
    },
    held: (key, value) => (own.has(key) ? own.get(key).value : value),
    unsaved: (key) => Boolean(why) && own.has(key),
    send,
    repaint,
    remember: store.remember,
    remembered: store.remembered,
    say: (words) => {
      live.textContent = "";
      requestAnimationFrame(() => (live.textContent = words));
    },
  };

  /** Keep an operation until the file has it. Under one key only the newest counts, with what stood there at first. */
  function note(operation, key, old = undefined) {
    const id = `${store.owner}/${key ?? `${(count += 1)}`}`;
    const view = tools.view();
    const before = steps.get(id) ?? old;
    const placed = (operation.op in BESIDE ? null : widget.placed?.(operation, view)) ?? { op: operation };
    // What was sent before it and not answered yet may have reached the file: that is no change of somebody else's.
    const put = before?.n < Infinity ? (before.op.value !== undefined ? before.op.value : before.op.code) : undefined;
    const mine = [...(before?.mine ?? []), ...(put !== undefined ? [put] : [])].slice(-MINE_AT_MOST);
    // What one's own undo will leave there is not known yet, so that what is shown says nothing of others.
    const loose = before?.loose ?? [...steps.values()].some((step) => ["undo", "settle"].includes(step.op.op) && !step.told);
    const step = { ...placed, was: before ? before.was : placed.was, mine, loose, key, at: Date.now(), n: Infinity, told: false };
    steps.delete(id);
    steps.set(id, step);
    step.kept = store.put(id, { op: step.op, was: step.was, mine, key, at: step.at });
    return step;
  }

  /** "Saved" is taken back at the first key, without a repaint. */
  function unsettle() {
    const line = body.querySelector(":scope > .foot > .saved:not(.saving)");
    if (line && steps.size) line.replaceWith(savedLine(tools.view().saved, steps.size));
  }

  function forget(id) {
    steps.delete(id);
    store.drop(id);
  }

  /** A widget's `begun` says what the author of a step began from, so that nothing is overwritten that nobody saw. */
  function send(operation, { quiet = false, wakes = false, key = null, old = undefined } = {}) {
    sent += 1;
    if (own.has(key)) own.get(key).sent = sent;
    const content = { ...operation, n: sent, writer: WRITER, tab: store.owner };
    if (quiet) {
      if (!gone && !why) post(content);
      else if (gone && wakes) revive(); // what it shows may be old, and nobody would know
      return;
    }
    if (operation.op !== "save") {
      const others = [...steps.values()];
      const step = note(operation, key, old);
      step.n = sent;
      const begun = operation.op in BESIDE ? null : widget.begun?.(step, tools.view(), others);
      if (begun && !step.loose) content.from = begun;
    }
    if (gone || reviving) return void revive();
    if (!post(content)) return void revive();
    listen(SILENCE);
  }

  /** Look whether the file says something else by now; where nothing answers, find out why before somebody types. */
  function glance() {
    if (!tools.view().saved || !(widget.rereads ?? true) || reviving) return;
    send({ op: "glance" }, { quiet: true, wakes: true });
    glanced = sent;
    clearTimeout(looking);
    looking = setTimeout(unanswered, SILENCE);
  }

  function unanswered() {
    if (glanced === null || gone || reviving) return;
    const found = standing(model);
    if (found === "gone") {
      gone = true;
      revive();
    } else if (found !== "unknown") looking = setTimeout(unanswered, AGAIN);
  }

  function post(operation) {
    try {
      model.send(operation);
      return true;
    } catch {
      return false; // the kernel is known to be gone
    }
  }

  function listen(pause) {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  /** Nothing has answered for a while: say why, and mend it where the kernel does not know this widget any more. */
  function ask() {
    const found = gone ? "gone" : standing(model);
    if (found === "gone") return void revive();
    if (found === "unknown") tools.local.waiting = null;
    why = found;
    repaint();
    if (found !== "unknown") listen(AGAIN);
  }

  async function revive() {
    if (reviving) return reviving;
    clearTimeout(timer);
    why = sessionOf(model) && home.make ? "reviving" : "unknown";
    tools.local.waiting = null;
    repaint();
    if (why === "unknown") return;
    reviving = twinOf(model, home.make)
      .then((twin) => {
        unhook();
        model = twin;
        gone = false;
        why = "";
        tries = 0;
        hook();
        reviving = null;
        replay([...steps].map(([id, step]) => ({ ...step, id })));
        repaint();
      })
      .catch(() => {
        reviving = null;
        tries += 1;
        const down = kernelOf(model)?.connectionStatus !== "connected" || !navigator.onLine;
        why = down ? "offline" : tries < PATIENCE ? "reviving" : "failed";
        repaint();
        if (why !== "failed") timer = setTimeout(revive, 2 * AGAIN);
      });
    return reviving;
  }

  /**
   * Do again what the file does not have. A widget's `again(step, view)` says how: {op} to do it, {done: true} where it
   * is in the file already or can no longer be. Where somebody else has written meanwhile, the kernel keeps both.
   */
  function replay(left) {
    for (const step of left) {
      const verdict = verdictOn(step);
      forget(step.id);
      if (!verdict.op) own.delete(step.key);
      else send(verdict.op, { key: step.key, old: step });
    }
  }

  function verdictOn(step) {
    if (step.op.op in BESIDE) return BESIDE[step.op.op](step);
    if (!widget.again) return { op: step.op };
    const found = [step.was, ...(step.mine ?? [])].map((was) => widget.again({ ...step, was }, tools.view()));
    return found.find((verdict) => verdict.op) ?? found[0];
  }

  /** What was typed here lies beside the file's value now: go on there, with all that was typed since. */
  function goOnBeside(id, key) {
    const find = (name) => root.querySelector(`[data-key="${CSS.escape(name)}"]`);
    const box = find(key);
    const typing = box && box === root.getRootNode().activeElement && "selectionStart" in box;
    const at = typing ? [box.selectionStart, box.selectionEnd] : null;
    const latest = own.get(key)?.value; // nothing where no key was pressed since
    own.delete(key);
    forget(`${store.owner}/${key}`);
    clearTimeout(tools.local.timers?.get(key));
    tools.local.timers?.delete(key);
    repaint();
    if (box && "defaultValue" in box) box.value = box.defaultValue;
    const words = find(wordsKey(id));
    if (!words) return;
    if (typeof latest === "string" && words.value !== latest) {
      words.value = latest;
      ASIDE.asideTyped(words, null, tools);
    }
    if (!typing) return;
    words.focus({ preventScroll: true });
    words.scrollIntoView?.({ block: "nearest" });
    words.setSelectionRange?.(...at);
  }

  function answered() {
    clearTimeout(timer);
    const was = why;
    why = "";
    if ([...steps.values()].some((step) => !step.told && step.n < Infinity)) listen(SILENCE);
    return was;
  }

  function changed() {
    tools.local.waiting = null;
    repaint();
  }

  function message(content) {
    if (!content || content.answer === undefined) return;
    if (content.tab && content.tab !== store.owner) return; // another page that shows the same widget was meant
    if (content.answer === glanced) glanced = null;
    const view = tools.view();
    // Each message has its own answer: a later one says nothing of one that was lost on the line.
    const answeredSteps = [...steps].filter(([, step]) => step.n === content.answer);
    for (const [id, step] of answeredSteps) {
      // What could not be saved, or is not valid, lives in the kernel alone: the browser goes on keeping it.
      step.told = true;
      if (!view.saved?.error && !widget.lacks?.(step, view)) forget(id);
    }
    const settled = [...own].filter(([, held]) => held.sent === content.answer);
    for (const [key] of settled) {
      own.delete(key);
      settledNow.add(key);
    }
    const stuck = answered() || tools.local.waiting || settled.length || answeredSteps.length;
    if (content.answer >= sent) tools.local.waiting = null; // an earlier answer is not the one that is waited for
    const aside = content.aside && answeredSteps.find(([, step]) => step.key)?.[1];
    if (aside) goOnBeside(content.aside, aside.key);
    else if (stuck) repaint();
    if (content.say) tools.say(content.say);
  }

  function hook() {
    model.on("change:view", changed);
    model.on("msg:custom", message);
    unwatch = watch(model, () => {
      gone = true;
      if (steps.size) revive();
      else repaint();
    });
  }

  function unhook() {
    unwatch();
    model.off("change:view", changed);
    model.off("msg:custom", message);
  }

  function repaint(first = false) {
    const view = tools.view();
    const focused = root.getRootNode().activeElement;
    const inside = focused && root.contains(focused) ? focused : null;
    root.setAttribute("aria-label", widget.label(view));
    const trouble = view.trouble ?? [];
    const shown = trouble.length ? [unreadable(view)] : widget.draw(view, tools).flat(Infinity).filter(Boolean);
    const waiting = [...steps.values()].filter((step) => !step.told);
    const kept = waiting.every((step) => step.kept);
    if (!trouble.length) shown.push(...asidesElsewhere(view, widget.besides).map((one) => drawAside(one, tools)));
    const said = inside && "defaultValue" in inside ? inside.defaultValue : null;
    patch(body, [...shown, ...frame(widget.tells ? { ...view, notice: "" } : view, { why, gone, waiting: waiting.length, kept }, widget.foot?.(view, tools) ?? "")]);
    if (said !== null) follow(inside, said);
    settledNow.clear();
    if (inside) refocus(root, inside);
    widget.painted?.(tools, first);
  }

  /** A box with the cursor in it and nothing unsaved shows what others write in its place, too. */
  function follow(box, said) {
    const key = keyOf(box) ?? "";
    if (box.defaultValue === said || box.value === box.defaultValue || own.has(key) || settledNow.has(key)) return;
    const at = box.type === "text" || box.localName === "textarea" ? box.selectionStart : null;
    box.value = box.defaultValue;
    if (at !== null) box.setSelectionRange(at, at);
  }

  const listeners = {
    focusin: (event) => root.contains(event.relatedTarget) || glance(),
    click: (event) => {
      const target = closest(event, "data-do");
      if (!target || target.disabled || target.getAttribute("aria-disabled") === "true") return;
      if (event.detail > 1 && !target.hasAttribute("data-rapid")) return; // the second click of a double click
      const name = target.getAttribute("data-do");
      if (name === "retry") {
        tries = 0;
        revive();
      } else if (name === "reread" || name === "save") send({ op: name });
      else actions[name](target, event, tools);
    },
    input: on("data-input"),
    change: on("data-change"),
    focusout: on("data-leave"),
    keydown: (event) => {
      widget.keys?.(event, tools);
      if (event.repeat && event.key === "Enter" && closest(event, "data-do")) event.preventDefault();
      const passes = event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab" || event.key === "Escape";
      if (!passes && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
    },
  };

  function on(attribute) {
    return (event) => {
      const target = closest(event, attribute);
      if (target) actions[target.getAttribute(attribute)](target, event, tools);
    };
  }

  function closest(event, attribute) {
    const target = event.target instanceof Element ? event.target.closest(`[${attribute}]`) : null;
    return target && root.contains(target) ? target : null;
  }

  const seen = () => document.visibilityState === "visible" && send({ op: "reread" }, { quiet: true });

  for (const [name, listener] of Object.entries(listeners)) root.addEventListener(name, listener);
  // A press on an option leaves the focus in its search box; else the list would close before the click is there.
  root.addEventListener("mousedown", (event) => event.target.closest?.("[role=option]") && event.preventDefault());
  for (const name of ["keyup", "keypress"]) root.addEventListener(name, (event) => event.stopPropagation());
  if (widget.rereads ?? true) document.addEventListener("visibilitychange", seen);
  hook();
  repaint(true);
  const unmounted = widget.mounted?.(tools);
  const takeUp = () => replay(store.left());
  takeUp();
  const later = setTimeout(takeUp, SETTLED + 100);

  return () => {
    clearTimeout(timer);
    clearTimeout(looking);
    clearTimeout(later);
    store.close();
    unmounted?.();
    document.removeEventListener("visibilitychange", seen);
    unhook();
    root.remove();
  };
}

/** Put focus back where it was: the same element, its namesake, or the place that the widget marks `data-focus`. */
function refocus(root, was) {
  const now = root.getRootNode().activeElement;
  if (now && now !== document.body && root.contains(now)) return;
  const key = keyOf(was);
  const twin = root.contains(was) ? was : key && root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const target = twin && !twin.disabled ? twin : root.querySelector("[data-focus]");
  target?.focus({ preventScroll: true });
}

/** Where focus is to go once it is there, as `tools.local.next`; forgotten when it does not come soon. */
const wish = (key) => ({ key, until: Date.now() + 1500 });

/** Focus what was wished for: the element with that key, or the first control among its fields. */
function attend({ local, root }) {
  if (local.next?.until < Date.now()) local.next = null;
  const target = local.next && root.querySelector(`[data-key="${CSS.escape(local.next.key)}"]`);
  if (!target) return;
  local.next = null;
  const controls = "button, input, select, textarea";
  const control = target.matches(`${controls}, [tabindex]`) ? target : target.querySelector(`:scope .fields :is(${controls})`);
  control?.focus();
}

/** What this browser may take back: its own steps, and those of code. */
const undoOf = ({ undo }) => undo?.of[WRITER] ?? undo?.of[""] ?? { count: 0, words: "" };

/** The button that takes the last step back, and says which; `look` is its class. */
function undoButton(view, look) {
  return h(
    "button",
    {
      type: "button",
      class: `button small ${look}`,
      "data-key": "undo",
      "data-do": "undo",
      "data-rapid": true,
      "aria-disabled": String(!undoOf(view).count),
      title: undoOf(view).count ? `Undo: ${undoOf(view).words}` : "Nothing to undo yet",
    },
    icon(ICONS.back),
    "Undo",
  );
}

/** A file that cannot be read: its sentences, and a button that reads it again. */
function unreadable(view) {
  return h(
    "div",
    { class: "trouble", role: "alert", "data-key": "trouble" },
    h("p", { class: "trouble-title" }, `${view.saved?.file ?? "The file"} cannot be read, so it is left as it is.`),
    h("ul", null, view.trouble.map((sentence) => h("li", null, sentence))),
    h("p", null, "Mend the file in an editor, or rename it to begin anew. Then read it again."),
    h("button", { type: "button", class: "button", "data-do": "reread", "data-focus": true }, "Read the file again"),
  );
}

/** What to say where something is not saved although time enough has passed. */
const WHY = {
  busy: "Another cell is still running; this is saved when it is done.",
  offline: "The line to the course is down; this is saved when it is back.",
  reviving: "The course had stopped; it is starting again.",
  gone: "The course had stopped; it is starting again.",
  failed: "The course does not start again by itself.",
  unknown: "Nothing answers. If a cell is still running, wait for it. Else run this cell again.",
};

/** The foot of every widget: what could not be saved, who does not answer, and where the work is kept. */
function frame(view, { why, gone, waiting, kept }, words) {
  const saved = view.saved;
  const file = saved?.file;
  const parts = [];
  if (view.notice)
    parts.push(h("div", { class: "notice", role: "status", "data-key": "notice" }, view.notice));
  if (saved?.error)
    parts.push(
      h(
        "div",
        { class: "notice bad", role: "alert", "data-key": "unsaved" },
        h("span", null, h("strong", null, "Not saved: "), saved.error),
        h("button", { type: "button", class: "button small", "data-do": "save" }, "Save again"),
      ),
    );
  const held = !waiting ? "" : kept ? `Kept in this browser, not in ${file ?? "the file"} yet. ` : `Not in ${file ?? "the file"} yet. `;
  if (why)
    parts.push(
      h(
        "div",
        { class: "notice bad", role: "alert", "data-key": "silent" },
        h("span", null, h("strong", null, held), WHY[why]),
        why === "failed" ? h("button", { type: "button", class: "button small", "data-do": "retry" }, "Try again") : null,
      ),
    );
  if ((saved && !view.trouble?.length) || words)
    parts.push(
      h(
        "div",
        { class: "foot", "data-key": "foot" },
        saved && !saved.error && !why ? savedLine(saved, waiting, gone) : h("span", null),
        h("span", { class: "hint" }, words),
      ),
    );
  return parts;
}

function savedLine({ exists, file }, waiting, gone = false) {
  const words = gone ? "The course was stopped or started anew. It goes on from the file as soon as you click here." : waiting ? `Saving in ${file} …` : exists ? `Saved in ${file}` : `Will be saved in ${file}`;
  return h("span", { class: `saved${waiting || gone ? " saving" : ""}` }, h("span", { class: "dot", "aria-hidden": "true" }), words);
}
