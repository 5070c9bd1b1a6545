// The interpreter, beside the page: loads from what the page holds, runs the lesson, keeps its files in the browser.

const INSIDE = "https://inside.invalid/"; // names of parts; nothing is ever asked of it
const WORKSPACE = "/workspace";
const TYPES = { wasm: "application/wasm", mjs: "text/javascript" };

let parts = {};
let py = null;
let host = null;
let saving = null;
let again = false;

// A page that was opened as a file may not start a module as its worker. Pyodide refuses others, which it tells by this
// function; it needs no more of a module than that it can import, and that a worker of either kind can.
self.importScripts = () => {
  throw new Error("everything is imported");
};

// Whatever the interpreter asks for comes from the page, or is not there.
self.fetch = async (request) => {
  const name = String(request?.url ?? request).replace(INSIDE, "");
  const part = parts[name];
  if (!part) return new Response("", { status: 404 });
  return new Response(part, { headers: { "Content-Type": TYPES[name.split(".").pop()] ?? "application/octet-stream" } });
};

const imported = async (name) => {
  const url = URL.createObjectURL(new Blob([parts[name]], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
};

const tell = (message) => self.postMessage(message);

/** The files of the workspace, from the browser's store (`true`) or into it. */
const sync = (load) => new Promise((done, failed) => py.FS.syncfs(load, (error) => (error ? failed(error) : done())));

/** Keep what is written; what changes meanwhile is kept once more. */
async function keep() {
  if (saving) return void (again = true);
  do {
    again = false;
    saving = sync(false);
    try {
      await saving;
      tell({ kept: true });
    } catch (error) {
      tell({ kept: false, why: String(error?.message ?? error) });
    }
  } while (again);
  saving = null;
}

const STEPS = {
  async open({ pieces, slug, lock, cells }) {
    parts = pieces;
    tell({ step: 1 });
    const { loadPyodide } = await imported("pyodide.mjs");
    const { default: createPyodideModule } = await imported("pyodide.asm.mjs");
    py = await loadPyodide({
      indexURL: INSIDE,
      createPyodideModule,
      lockFileContents: lock,
    });
    tell({ step: 2 });
    py.unpackArchive(parts["core.whl"], "wheel");
    py.unpackArchive(parts["lesson.zip"], "zip", { extractDir: "/lesson" });
    parts = {};
    py.FS.mkdirTree(WORKSPACE);
    py.FS.mount(py.FS.filesystems.IDBFS, {}, WORKSPACE);
    await sync(true).catch((error) => tell({ kept: false, why: String(error?.message ?? error) }));
    py.runPython("import sys; sys.path.insert(0, '/lesson'); sys.dont_write_bytecode = True");
    host = py.pyimport("host").Host(slug, WORKSPACE, cells);
    tell({ step: 3 });
    await keep();
    return {};
  },
  run: ({ cell, call }) => JSON.parse(host.run(cell, call)),
  receive: ({ model, content }) => JSON.parse(host.receive(model, JSON.stringify(content))),
  pack: () => ({ zip: host.pack().toJs() }),
};

let line = Promise.resolve();

self.onmessage = ({ data: { n, step, ...rest } }) => {
  line = line.then(async () => {
    try {
      tell({ n, answer: await STEPS[step](rest) });
      if (step === "run" || step === "receive") keep();
    } catch (error) {
      tell({ n, error: String(error?.message ?? error) });
    }
  });
};
