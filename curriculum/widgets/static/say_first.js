// Say it first: a box for what one would say, what it was taken for, and the choices only when they are asked for.

const PREFERENCE = "curriculum:say-first";
let preferred = null; // on this page, where the browser keeps nothing

function saysItFirst() {
  try {
    return (window.localStorage.getItem(PREFERENCE) ?? preferred) !== "off";
  } catch {
    return preferred !== "off";
  }
}

/** Whether the box is shown: there is something to choose from, and neither the switch nor a look has opened it. */
function saysFirst(view) {
  return Boolean(view.asks) && !view.opened && !view.ending && saysItFirst();
}

function switchFirst(tools) {
  preferred = saysItFirst() ? "off" : "on";
  try {
    window.localStorage.setItem(PREFERENCE, preferred);
  } catch {
    // The browser keeps nothing; it holds for this page.
  }
  tools.repaint();
  tools.root.querySelector("[data-focus]")?.focus({ preventScroll: true });
  tools.say(preferred === "off" ? "The choices are shown at once from now on." : "You say it in your own words first from now on.");
}

const momentOf = (view) => `${view.attempt}/${view.turn}`;

/** What stands in the box: what was typed at this moment, also before the page was loaded again. */
function wordsOf({ local, view, remembered }) {
  if (local.words === undefined) local.words = remembered("words");
  return local.words?.at === momentOf(view()) ? local.words.text : "";
}

function keepWords(tools, text) {
  const { local, view, remember, repaint, send } = tools;
  local.words = { at: momentOf(view()), text };
  remember("words", local.words);
  local.listening = false;
  if (!local.attended) send({ op: "attend" }, { quiet: true }); // the first answer is then as quick as the next
  local.attended = true;
  if (!local.reworded) {
    local.reworded = true;
    repaint(); // what was offered for other words goes
  }
}

function forgetWords({ local, remember }) {
  local.words = null;
  local.reworded = false;
  remember("words", null);
}

function say(tools) {
  const { local, view, send, repaint, root } = tools;
  const now = view();
  const said = wordsOf(tools).trim();
  if (local.waiting) return;
  if (!said) {
    tools.say("Type what you would say.");
    root.querySelector(".say-box")?.focus();
    return;
  }
  local.listening = true;
  local.reworded = false;
  repaint();
  send({ op: "say", said, turn: now.turn, attempt: now.attempt });
}

/** The choices that were heard in the words that stand in the box. */
function offers(view, { local }) {
  if (!view.meant || local.reworded) return [];
  return view.meant.choices.map((id) => view.choices.find((one) => one.id === id)).filter(Boolean);
}

function sayIt(view, tools) {
  const { local } = tools;
  const found = offers(view, tools);
  const words = wordsOf(tools);
  const id = (local.id ??= `say-${Math.random().toString(36).slice(2, 8)}`); // several talks may stand on one page
  return h(
    "div",
    { class: "next say-first", role: "group", "data-key": "next", "aria-label": view.says },
    h("label", { class: "caption", for: `${id}-box` }, view.says),
    h(
      "div",
      { class: "say-row", "data-key": "say-row" },
      h(
        "textarea",
        {
          class: "say-box",
          id: `${id}-box`,
          rows: 2,
          maxlength: 300,
          "data-input": "typed",
          "data-focus": true,
          "data-key": `say-${momentOf(view)}`,
          "aria-describedby": `${id}-note`,
        },
        words,
      ),
      h("button", { type: "button", class: "button say", "data-do": "say", "data-key": "say", "aria-disabled": local.waiting ? "true" : null }, "Say it"),
    ),
    found.length > 0 && offered(view, found, local.waiting),
    view.meant && !local.reworded && !found.length &&
      h("p", { class: "none-fits", "data-key": "none-fits" }, view.meant.none),
    h(
      "div",
      { class: "say-foot", "data-key": "say-foot" },
      h("button", { type: "button", class: "button small quiet", "data-do": "open", "data-key": "open" }, "What could I say?", view.look ? h("span", { class: "price" }, ` −${view.look} min`) : null),
      h("button", { type: "button", class: "link", "data-do": "first", "data-key": "first" }, "Show the choices at once, from now on"),
      h("p", { class: "soft small", id: `${id}-note`, "data-key": "say-note" }, `What you say is kept in ${view.saved?.file ?? "your file"}, for you to read again. Nothing scores it.`),
    ),
  );
}

function offered(view, found, waiting) {
  return h(
    "div",
    { class: "offers", role: "group", "aria-label": "You mean", "data-key": "offers" },
    h("div", { class: "caption", "aria-hidden": "true" }, "You mean:"),
    found.map((choice, i) => choiceButton(view, choice, i, "mean", waiting)),
    h(
      "button",
      { type: "button", class: "choice none", "data-do": "none", "data-key": "none", "aria-disabled": waiting ? "true" : null, "aria-keyshortcuts": "Escape" },
      h("span", { class: "key wide", "aria-hidden": "true" }, "Esc"),
      h("span", null, "None of these fits"),
    ),
  );
}

function backToBox({ local, root, repaint }) {
  local.reworded = true;
  repaint();
  const box = root.querySelector(".say-box");
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}

function keysOfBox(event, tools) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const inBox = event.target.matches(".say-box");
  const shown = [...tools.root.querySelectorAll(".offers .choice")];
  const done = () => {
    event.preventDefault();
    event.stopPropagation();
  };
  if (inBox && event.key === "Enter" && !event.shiftKey) {
    done();
    if (!event.repeat) say(tools);
  } else if (shown.length && event.key === "Escape") {
    done();
    backToBox(tools);
  } else if (inBox && shown.length && event.key === "ArrowDown" && event.target.selectionEnd === event.target.value.length) {
    done();
    shown[0].focus();
  } else if (!inBox && shown.includes(event.target)) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = /^[1-3]$/.test(event.key) && offers(tools.view(), tools)[Number(event.key) - 1];
    if (step) {
      done();
      const to = shown.indexOf(event.target) + step;
      (to < 0 ? tools.root.querySelector(".say-box") : shown[Math.min(to, shown.length - 1)]).focus();
    } else if (choice && !event.repeat) {
      done();
      choose(choice.id, tools, tools.view().meant.said);
    }
  }
}

/** Once the answer is there: focus goes to the first choice that was heard, and all of them are in view. */
function showOffers({ root, view, local }) {
  const number = view().meant?.number;
  if (!local.listening || number === local.answered) return;
  local.answered = number;
  local.listening = false;
  const first = root.querySelector(".offers .choice");
  const active = root.getRootNode().activeElement;
  if (first && active && root.contains(active)) first.focus({ preventScroll: true });
  (root.querySelector(".offers") ?? root.querySelector(".none-fits"))?.scrollIntoView({ block: "nearest" });
}

/** What was typed in this attempt, beside what it was taken for; for the learner alone. */
function inYourWords(view) {
  const typed = view.turns.map(({ own }) => own).filter((own) => own?.said);
  if (!typed.length) return null;
  return h(
    "details",
    { class: "in-your-words", "data-key": "in-your-words" },
    h("summary", null, `In your own words (${typed.length})`),
    h("dl", null, typed.map(({ said, text }, i) => [h("dt", { "data-key": `said-${i}` }, `“${said}”`), h("dd", { "data-key": `meant-${i}` }, text)])),
  );
}
