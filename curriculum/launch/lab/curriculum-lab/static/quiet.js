// No window while somebody types: one that takes the keyboard away loses what is typed meanwhile.

/** Whether the line to the server is down, as far as the page knows. */
export const isDown = (panel) => {
  const kernel = panel.sessionContext.session?.kernel;
  return !navigator.onLine || Boolean(kernel && kernel.connectionStatus !== "connected");
};

const LOOK_AGAIN = 2000; // milliseconds until it is looked whether the line is back

/** What names with an underscore stand for may go with a later JupyterLab; then its own windows come back. */
export function quiet(panel, { showDialog, Dialog }) {
  // A kernel that died starts again by itself, and the widgets say so where somebody is typing.
  if (panel._onSessionStatusChanged)
    panel.sessionContext.statusChanged.disconnect(panel._onSessionStatusChanged, panel);
  saveWhenTheLineIsUp(panel);
  if (panel.context._raiseConflict) settleTabs(panel, showDialog, Dialog);
}

/** Whether an error says that nobody answered; browsers word it in their own ways. */
const unanswered = (error) =>
  error?.name === "NetworkError" || /failed to fetch|networkerror|load failed/i.test(error?.message ?? "");

/** The page is saved when the line is back; learners' work is in files that the widgets save. */
function saveWhenTheLineIsUp(panel) {
  const { context } = panel;
  const save = context.save.bind(context);
  let waiting = null;
  const waited = () =>
    new Promise((done) => {
      const look = () => (panel.isDisposed || !isDown(panel) ? done() : setTimeout(look, LOOK_AGAIN));
      look();
    });
  let saving = 0;
  const saved = () => {
    saving += 1;
    return save().finally(() => (saving -= 1));
  };
  context.save = async () => {
    if (!isDown(panel)) return saved();
    waiting ??= waited().then(() => {
      waiting = null;
      if (!panel.isDisposed) return saved();
    });
    return waiting;
  };
  // The line can go down in the middle of a save: it is tried again, without a word.
  const tell = context._handleError?.bind(context);
  if (tell)
    context._handleError = async (error, title) => {
      if (!saving || !unanswered(error)) return tell(error, title);
      setTimeout(() => panel.isDisposed || context.save().catch(() => {}), LOOK_AGAIN); // it tells by itself what fails
    };
}

/** The same page in two tabs: mostly only outputs differ, and then there is nothing to ask. */
function settleTabs(panel, showDialog, Dialog) {
  const { context } = panel;
  const { contents } = context._manager;
  const written = async (options) => {
    const saved = await contents.save(context.path, options);
    const { hash, hash_algorithm } = await contents.get(context.path, { content: false, hash: true });
    return { ...saved, hash, hash_algorithm };
  };
  let asking = null;
  context._raiseConflict = async (there, options) => {
    const theirs = await contents.get(context.path, { content: true, type: "notebook", format: "json" });
    if (code(theirs.content) === code(options.content)) return written(options);
    asking ??= showDialog({
      title: "Cells of this page were changed in another tab too",
      body: "What you wrote in forms and conversations is safe in its files. This is about cells that were changed.",
      // The last button has the focus: the one after which nothing has happened.
      buttons: [
        Dialog.warnButton({ label: "Keep this tab’s cells", actions: ["mine"] }),
        Dialog.warnButton({ label: "Take the other tab’s cells", actions: ["theirs"] }),
        Dialog.okButton({ label: "Decide later", actions: ["later"] }),
      ],
    }).finally(() => (asking = null));
    const { actions } = (await asking).button;
    if (actions.includes("mine")) return written(options);
    if (actions.includes("theirs")) return context.revert().then(() => there);
    const later = new Error("Decide later");
    later.name = "ModalCancelError";
    throw later;
  };
}

const code = (content) =>
  JSON.stringify((content?.cells ?? []).map((cell) => [cell.cell_type, [cell.source].flat().join("")]));
