// Two versions of one place: the one that the file has stands where it is, the other one beside it until somebody decides.

const ASIDE_PAUSE = 400; // milliseconds without a key after which typed text is kept

const wordsKey = (id) => `aside-words:${id}`;
const asidesAt = (view, path) => (view.aside ?? []).filter((one) => !one.gone && one.path === path);

/** One version that is not in the file, with what can be done about it. */
function drawAside(one, tools) {
  const mine = one.by === WRITER;
  const typed = ["text", "long", "number", "integer"].includes(one.type);
  const value = tools.held(wordsKey(one.id), typeof one.value === "string" ? one.value : one.words);
  const title = mine ? "Your words" : "Another version";
  const when = new Date(one.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const box = {
    class: "aside-box", "data-key": wordsKey(one.id), "data-id": one.id, "aria-label": `${title}: ${one.label}`,
    "data-input": "asideTyped", "data-leave": "asideLeft", autocomplete: "off",
  };
  const choice = (take, words, quiet) =>
    h("button", { type: "button", class: `button small ${quiet}`, "data-key": `${take}:${one.id}`, "data-do": "settle", "data-id": one.id, "data-take": take }, words);
  return h(
    "div",
    { class: "aside", role: "group", "aria-label": `Two versions: ${one.label}`, "data-key": `aside:${one.id}` },
    h(
      "p",
      { class: "aside-head" },
      h("strong", null, title),
      one.path ? null : h("span", null, one.label),
      h("span", { class: "soft" }, one.gone ? "Its place is not there any more; copy what you need." : mine ? "This was changed elsewhere while you wrote. Its place shows what the file has now." : `Written on ${when}, while this was changed elsewhere.`),
    ),
    one.gone || !typed
      ? h("p", { class: "aside-words" }, one.words || "Nothing: it was emptied.")
      : one.type === "long" ? h("textarea", { ...box, rows: 2 }, value) : h("input", { ...box, type: "text", value }),
    h(
      "div",
      { class: "aside-choices" },
      one.gone ? choice("theirs", "Let it go", "quiet") : null,
      one.gone ? null : choice("mine", mine ? "Use mine" : "Use this", ""),
      one.gone ? null : choice("theirs", mine ? "Use theirs" : "Keep what stands there", "quiet"),
      one.type === "long" && !one.gone ? choice("both", "Keep both", "quiet") : null,
    ),
  );
}

/** Versions that no field shows: their place is gone, or the widget has no fields. */
const asidesElsewhere = (view, shownAt) => (view.aside ?? []).filter((one) => one.gone || !shownAt || !one.path);

function keepAside(element, tools) {
  const { id, key } = element.dataset;
  const timers = (tools.local.asideTimers ??= new Map());
  if (!timers.has(id)) return;
  clearTimeout(timers.get(id));
  timers.delete(id);
  tools.send({ op: "reword", id, value: tools.held(key, element.value) }, { key });
}

/** Steps about kept versions, and whether they are done again where their answer never came. */
const BESIDE = { reword: ({ op }) => ({ op }), settle: () => ({ done: true }) };

/** What every widget can do with a version that is kept. */
const ASIDE = {
  asideTyped(element, event, tools) {
    const { id, key } = element.dataset;
    const timers = (tools.local.asideTimers ??= new Map());
    tools.hold(key, element.value, { op: "reword", id, value: element.value });
    clearTimeout(timers.get(id));
    timers.set(id, setTimeout(() => keepAside(element, tools), ASIDE_PAUSE));
  },
  asideLeft: (element, event, tools) => keepAside(element, tools),
  settle(element, event, tools) {
    const { id, take } = element.dataset;
    const one = tools.view().aside?.find((each) => each.id === id);
    const words = tools.root.querySelector(`[data-key="${CSS.escape(wordsKey(id))}"]`);
    if (words) keepAside(words, tools);
    if (one?.path) tools.local.next = wish(one.path);
    tools.send({ op: "settle", id, take, from: one?.from });
  },
};
