// Data cells: they run when they come into view, after those that they need, and again when what they read has changed.

import { boxes } from "./boxes.js";
import { whenRenewed } from "./renewed.js";

const AHEAD = "600px"; // how far below the view they begin to run
const REST = 1200; // milliseconds after the last keystroke in a form until what reads it runs again
const ATTEMPTS = 3; // a kernel that is just starting may lose what it is asked

const RAN = (sources) => `__import__("curriculum.notebook.ran", fromlist=["ran"]).ran(${JSON.stringify(sources)})`;

export const isData = (cell) => tags(cell).includes("data");

const tags = (cell) => cell.model.getMetadata("tags") ?? [];
const made = (cell) => cell.model.getMetadata("curriculum") ?? {};

/** Runs data cells of a panel: `run(cell)` with all that it needs, and `bar(cell, bar)` adds its boxes to its bar. */
export function data(panel, runner) {
  const { content, sessionContext } = panel;
  const ran = new Set(); // in this kernel
  const seen = new Set(); // cells in view
  const stale = new Set();
  const waiting = new Set();
  const attempts = new Map(); // by cell, how often it was asked and nothing came
  let ended = () => {}; // tells the run that is under way that its kernel is gone
  let line = Promise.resolve(); // one after the other, so that forms are heard in between

  const cells = () => content.widgets.filter((cell) => cell.model.type === "code" && isData(cell));
  const names = (source, all) => all.filter((name) => new RegExp(`(^|[^\\w.])${name}\\b`, "m").test(source));
  const source = (cell) => cell.model.sharedModel.source;
  const shows = (cell) => cell.model.outputs.length > 0 && cell.model.outputs.get(0).type !== "error";
  const byItself = (cell) => !tags(cell).includes("ask");

  /** The data cells before this one that make what it names and have not run in this kernel. */
  const needed = (cell, found = new Set()) => {
    const all = cells();
    for (const before of all.slice(0, all.indexOf(cell)).reverse()) {
      if (found.has(before) || ran.has(before) || !byItself(before)) continue;
      if (names(source(cell), made(before).gives ?? []).length) {
        needed(before, found);
        found.add(before);
      }
    }
    return found;
  };

  /** What a cell needs may stand already, run by another page or by this one before it was loaded again. */
  const takeWhatStands = async (cell) => {
    if (attempts.has(cell)) return; // it was taken, and something was missing
    const shown = [...needed(cell)].filter((each) => shows(each) && !tags(each).includes("fresh"));
    if (!shown.length) return;
    const lost = new Promise((over) => (ended = over));
    const asked = runner.opened().then(() => runner.ask(RAN(shown.map(source)))).catch(() => null);
    const known = await Promise.race([asked, lost]);
    shown.forEach((each, i) => known?.[i] && ran.add(each));
  };

  /** The cells after this one that have shown something and name what it makes. */
  const following = (cell) => {
    const gives = new Set(made(cell).gives ?? []);
    const all = cells();
    return all.slice(all.indexOf(cell) + 1).filter((after) => {
      if (!ran.has(after) || !byItself(after) || !names(source(after), [...gives]).length) return false;
      (made(after).gives ?? []).forEach((name) => gives.add(name));
      return true;
    });
  };

  const run = (cell) => {
    if (waiting.has(cell)) return line;
    waiting.add(cell);
    const work = async () => {
      waiting.delete(cell);
      if (cell.isDisposed || !sessionContext.session?.kernel) return;
      await takeWhatStands(cell);
      const all = cells();
      const first = [...needed(cell)].sort((a, b) => all.indexOf(a) - all.indexOf(b));
      for (const each of [...first, cell]) {
        stale.delete(each);
        ran.add(each);
        // What a kernel was asked as it ended may never be answered.
        const lost = new Promise((over) => (ended = over));
        const asked = runner.opened().then(() => ran.has(each) && runner.run([each])).catch(() => false);
        const well = await Promise.race([asked, lost]);
        if (well) continue;
        if (!each.isDisposed && knowsNothing(each)) return again(cell);
        if (each !== cell) return; // what it needs is not there
      }
      attempts.delete(cell);
    };
    line = line.then(work).catch(() => {});
    return line;
  };

  /** Whether a kernel has not even answered with an error, or knows no name: it is new, and nobody said so. */
  const knowsNothing = (cell) => {
    const first = cell.model.outputs.length ? cell.model.outputs.get(0).toJSON() : null;
    return !first || first.ename === "NameError";
  };

  const again = (cell) => {
    const attempt = (attempts.get(cell) ?? 0) + 1;
    attempts.set(cell, attempt);
    if (attempt > ATTEMPTS) return;
    ran.clear();
    runner.renew();
    setTimeout(() => seen.has(cell) && reached(cell), REST);
  };

  const changed = async (cell) => {
    if (byItself(cell)) await run(cell);
    for (const after of following(cell)) await run(after);
  };

  const reached = (cell) => {
    if (!byItself(cell) || !runner.isReady()) return;
    if (stale.has(cell) || (!ran.has(cell) && (!shows(cell) || tags(cell).includes("fresh")))) run(cell);
  };

  const eye = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const cell = content.widgets.find((each) => each.node === target);
        if (!cell) continue;
        isIntersecting ? seen.add(cell) : seen.delete(cell);
        if (isIntersecting) reached(cell);
      }
    },
    { root: content.outerNode ?? null, rootMargin: `0px 0px ${AHEAD} 0px` },
  );
  const watch = () => cells().forEach((cell) => eye.observe(cell.node));
  watch();
  content.model?.cells.changed.connect(watch);
  runner.listen((what) => what === "opened" && [...seen].forEach(reached));

  // What is written in a form, said in a talk or moved on a board is read again once it rests.
  let timer = null;
  const touched = ({ target }) => {
    const cell = content.widgets.find((each) => each.node.contains(target));
    if (!cell || isData(cell) || !target.closest(".jp-OutputArea-output")) return;
    cells().filter((each) => tags(each).includes("fresh") && each.model.outputs.length).forEach((each) => stale.add(each));
    clearTimeout(timer);
    timer = setTimeout(() => [...seen].forEach(reached), REST);
  };
  for (const kind of ["input", "change", "click", "drop"]) content.node.addEventListener(kind, touched, true);

  // A kernel that is new knows nothing; what was sent to the old one as it ended is asked of the new one.
  let renewed = false;
  const anew = (hadOne = true) => {
    attempts.clear();
    ran.clear();
    // What they show was given by the old one: it is shown anew where it is in view, and elsewhere when it is reached.
    if (hadOne) cells().filter((each) => byItself(each) && each.model.outputs.length).forEach((each) => stale.add(each));
    renewed = true;
    ended(false);
  };
  sessionContext.kernelChanged.connect((_, { oldValue }) => anew(Boolean(oldValue)));
  whenRenewed(sessionContext, anew);
  sessionContext.statusChanged.connect((_, status) => {
    if (status !== "idle" || !renewed) return;
    renewed = false;
    seen.forEach(reached);
  });
  runner.listen((what, cell) => what === "ran" && cell && isData(cell) && ran.add(cell));

  panel.disposed.connect(() => {
    clearTimeout(timer);
    eye.disconnect();
  });
  return { run, bar: (cell, bar) => boxes(cell, made(cell).boxes ?? [], bar, () => changed(cell)) };
}
