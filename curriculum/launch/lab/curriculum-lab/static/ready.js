// A lesson opens ready: what only shows something has run, and a kernel that is new knows the lesson.

import { whenRenewed } from "./renewed.js";

const SETTLED = 300; // milliseconds that a cell stays in view before it counts as reached

const PATIENCE = 2000; // milliseconds that a new kernel has for its first answer
const ATTEMPTS = 10;

const tagged = (cell, ...names) => (cell.model.getMetadata("tags") ?? []).some((tag) => names.includes(tag));

/** Whether several people write in one notebook, with jupyter-collaboration. */
const together = (PageConfig) => PageConfig.getOption("disableRTC") === "false";

/** Whether another page is connected to the kernel, too. */
async function withOthers(KernelAPI, kernel) {
  if (!kernel) return false;
  await kernel.info; // from its first answer on, this page is counted, too
  return (await KernelAPI.getKernelModel(kernel.id).catch(() => null))?.connections > 1;
}

/**
 * Runs a lesson's cells: `run(cells)` now, and says whether all went well, `ask(code)` silently for its value. `listen(f)` calls f after cells ran by
 * hand or by themselves.
 */
export function ready(panel, { NotebookActions, PageConfig, KernelAPI }) {
  const { content, sessionContext } = panel;
  const listeners = new Set();
  const stale = new Set(); // late cells that show what stood before the last review
  let own = 0; // runs of ours, which do not move the page

  const run = async (cells) => {
    const there = cells.filter((cell) => !cell.isDisposed);
    if (!there.length) return true;
    own += 1;
    stay(content);
    try {
      return await NotebookActions.runCells(content, there, sessionContext);
    } finally {
      own -= 1;
    }
  };
  const runner = {
    run,
    listen: (heard) => listeners.add(heard),
    isOwn: () => own > 0,
    isReady: () => settled,
    opened: () => opening, // a new kernel answers, and knows the lesson
    renew: () => (opening = open()),
    async ask(code) {
      const kernel = sessionContext.session?.kernel;
      if (!kernel || kernel.status === "dead") return null;
      const done = await kernel.requestExecute({
        code: "", silent: true, store_history: false, user_expressions: { said: code },
      }).done;
      const text = done.content.user_expressions?.said?.data?.["application/json"] ?? null;
      return text;
    },
  };

  if (together(PageConfig))
    for (const cell of content.widgets) if (cell.model.type === "code") cell.model.trusted = true;

  const shows = () => content.widgets.filter((cell) => tagged(cell, "show", "late"));
  performance.mark("course-opened");
  panel.revealed
    .then(() => performance.mark("course-revealed"))
    .then(() => sessionContext.ready)
    .then(() => performance.mark("course-kernel"))
    .then(() => together(PageConfig) && withOthers(KernelAPI, sessionContext.session?.kernel))
    // Who comes in while others are at work sees what they see: run again, it would be taken out of their hands.
    .then((others) => run(shows().filter((cell) => !others || !cell.model.outputs.length)))
    .finally(() => {
      settled = true;
      performance.mark("course-ready");
      panel.addClass("course-ready");
      listeners.forEach((heard) => heard("opened"));
    });

  // A new kernel knows nothing: open the lesson in it, so that any cell can be run first.
  const first = content.widgets.find((cell) => cell.model.type === "code");
  let opening = Promise.resolve();
  let settled = false; // the kernel that the page came with is opened by its cells
  const open = async () => {
    const kernel = sessionContext.session?.kernel;
    if (!kernel || !first || !settled) return;
    const request = { code: first.model.sharedModel.source, silent: true, store_history: false };
    // A kernel that is just starting may lose what it is asked: ask again until it answers.
    for (let attempt = 0; attempt < ATTEMPTS && !kernel.isDisposed; attempt += 1) {
      const answer = kernel.requestExecute(request).done.then(() => true, () => false);
      if (await Promise.race([answer, new Promise((late) => setTimeout(late, PATIENCE, false))])) return;
    }
  };
  whenRenewed(sessionContext, () => (opening = open()));
  sessionContext.kernelChanged.connect((_, { newValue }) => newValue && (opening = open()));

  const executed = (_, { notebook, cell, success }) => {
    if (notebook !== content) return;
    cell.node.dataset.runs = Number(cell.node.dataset.runs ?? 0) + 1;
    if (runner.isOwn()) return;
    if (tagged(cell, "ask"))
      for (const each of content.widgets) if (tagged(each, "late")) stale.add(each);
    keepTopInView(panel, cell);
    listeners.forEach((heard) => heard("ran", cell, success));
  };
  NotebookActions.executed.connect(executed);

  const eye = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        const cell = content.widgets.find((each) => each.node === target);
        if (!cell || !isIntersecting || !stale.has(cell)) continue;
        setTimeout(() => {
          // Whoever is at work in it keeps what is open there; it is shown anew when it is next reached.
          if (!cell.node.contains(document.activeElement) && stale.delete(cell)) run([cell]);
        }, SETTLED);
      }
    },
    { root: null },
  );
  const watch = () => content.widgets.filter((cell) => tagged(cell, "late")).forEach((cell) => eye.observe(cell.node));
  watch();
  content.model?.cells.changed.connect(watch);

  panel.disposed.connect(() => {
    NotebookActions.executed.disconnect(executed);
    eye.disconnect();
  });
  return runner;
}

/** JupyterLab brings the active cell into view and under the keyboard after each run; what runs by itself does not. */
function stay(content) {
  content.scrollToItem = async () => {};
  content.activate = () => {};
  setTimeout(() => {
    delete content.scrollToItem;
    delete content.activate;
  });
}

/** Running a cell shows the beginning of what it gives; JupyterLab would go on to the next cell, below all of it. */
function keepTopInView(panel, cell) {
  const { content } = panel;
  const index = content.widgets.indexOf(cell);
  const next = content.activeCellIndex;
  if (next !== index + 1) return; // only where running went on by itself
  content.activeCellIndex = index;
  content.mode = "command";
  requestAnimationFrame(() => cell.node.scrollIntoView({ block: "start" }));
}
