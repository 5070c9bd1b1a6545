// A widget whose kernel is gone: notice it, make its twin in the new kernel, and go on without redrawing the page.

const CODE = (make) =>
  `import json as _j\nfrom curriculum.notebook.twins import twin as _t\n_course_twin = _t(*_j.loads(${JSON.stringify(JSON.stringify(make))}))`;

/** What the page knows of the kernel behind a model: JupyterLab says it, other front ends may not. */
const sessionOf = (model) => model.widget_manager?.context?.sessionContext ?? null;
const kernelOf = (model) => sessionOf(model)?.session?.kernel ?? null;

/** Why nothing answers: "busy" while a cell runs, "offline" while the line is down, "gone" where the kernel is new. */
function standing(model) {
  const session = sessionOf(model);
  if (!session) return "unknown";
  const kernel = session.session?.kernel;
  if (!kernel || ["dead", "terminating"].includes(kernel.status)) return "gone";
  if (kernel.connectionStatus !== "connected" || !navigator.onLine) return "offline";
  if (["busy", "starting", "restarting", "autorestarting"].includes(kernel.status)) return "busy";
  return "gone"; // idle, and yet no answer: it does not know this widget
}

/** Call `gone` as soon as the kernel of a model ends or begins anew; returns the function that stops watching. */
function watch(model, gone) {
  const session = sessionOf(model);
  if (!session?.statusChanged) return () => {};
  const onStatus = (_, status) => ["dead", "restarting", "autorestarting", "starting"].includes(status) && gone();
  const onKernel = (_, change) => change?.oldValue && gone();
  session.statusChanged.connect(onStatus);
  session.kernelChanged.connect(onKernel);
  return () => {
    session.statusChanged.disconnect(onStatus);
    session.kernelChanged.disconnect(onKernel);
  };
}

const starting = new WeakMap(); // by session: the kernel that is being started, once for all widgets of a page

async function startedKernel(session) {
  // A kernel that was ended elsewhere looks alive for seconds; the server knows better.
  await session.sessionManager?.refreshRunning?.();
  await session.kernelManager?.refreshRunning?.();
  let kernel = session.session?.kernel;
  if (!kernel || kernel.status === "dead") {
    if (!starting.has(session))
      starting.set(
        session,
        Promise.resolve(session.changeKernel({ name: session.kernelPreference?.name || "python3" })).finally(() =>
          starting.delete(session),
        ),
      );
    await starting.get(session);
    kernel = session.session?.kernel;
  }
  if (!kernel) throw new Error("no kernel");
  await kernel.info;
  return kernel;
}

/** The model of a widget's twin in the kernel that runs now, which is started where none does. */
async function twinOf(model, make) {
  const manager = model.widget_manager;
  const session = sessionOf(model);
  if (!make || !session || !manager?.get_model) throw new Error("this place cannot make the widget anew");
  const kernel = await startedKernel(session);
  const done = await kernel.requestExecute({
    code: CODE(make), silent: true, store_history: false, user_expressions: { id: "_course_twin.model_id" },
  }).done;
  const said = done.content.user_expressions?.id?.data?.["text/plain"];
  if (!said) throw new Error(done.content.evalue || "the lesson could not be opened");
  return manager.get_model(said.slice(1, -1));
}
