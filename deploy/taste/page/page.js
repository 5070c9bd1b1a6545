// The page: gets the interpreter going, shows what cells show, passes on what widgets say, packs the answers.

const STORE = "/workspace"; // what the browser calls the lesson's files
const PREFIX = "curriculum-taste:";
const DONE = 4; // steps until the lesson is ready
const WORDS = ["Unpacking", "Starting Python", "Opening the lesson", "Showing the lesson", "Ready"];

const $ = (id) => document.getElementById(id);
const { slug, lock, cells } = JSON.parse($("cells").textContent);

// A widget asks whether it is online where nothing answers; what answers here is in this page.
Object.defineProperty(navigator, "onLine", { get: () => true });

let worker = null;
let count = 0;
const asked = new Map(); // questions to the interpreter that are not answered, by number
const models = new Map();
const modules = new Map();
const taken = new WeakMap(); // by output: what takes its widgets away

function say(words, tone = "") {
  $("state").textContent = words;
  document.querySelector(".t-state").dataset.tone = tone;
}

function progress(step) {
  $("progress").setAttribute("aria-valuenow", step);
  $("progress").firstElementChild.style.width = `${(100 * step) / DONE}%`;
  $("progress").hidden = step === DONE;
  say(WORDS[step], step === DONE ? "good" : "");
}

function banner(words, button = "", pressed = null) {
  const box = $("banner");
  box.hidden = !words;
  box.textContent = words;
  if (!button) return;
  const made = document.createElement("button");
  made.type = "button";
  made.className = "t-plain t-strong";
  made.textContent = button;
  made.addEventListener("click", pressed);
  box.append(" ", made);
}

async function unpacked(element) {
  const packed = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  element.remove(); // once is enough in memory
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Ask the interpreter to do a step; its answer, once widgets have what came with it. */
function ask(step, more = {}, transfer = []) {
  count += 1;
  const n = count;
  return new Promise((done, failed) => {
    asked.set(n, { done, failed });
    worker.postMessage({ n, step, ...more }, transfer);
  });
}

function heard({ data }) {
  if (data.step) return progress(data.step);
  if (data.kept !== undefined) return kept(data);
  const question = asked.get(data.n);
  asked.delete(data.n);
  if (data.error) return question.failed(new Error(data.error));
  question.done(data.answer);
  for (const post of data.answer.posts ?? []) models.get(post.model)?.take(post);
}

function kept({ kept: done, why }) {
  if (done) return worker && $("progress").hidden && say("Kept in this browser", "good");
  say("Not kept", "bad");
  banner(`This browser does not keep your answers (${why}). Take them along before you leave the page.`);
}

// What cells show

async function module({ name, source }) {
  if (source) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    modules.set(name, import(url).finally(() => URL.revokeObjectURL(url)));
  }
  return (await modules.get(name)).default;
}

async function show(id, outputs) {
  const place = document.querySelector(`[data-cell="${CSS.escape(id)}"] .t-out`);
  taken.get(place)?.forEach((take) => take?.());
  const shown = [];
  const parts = [];
  for (const output of outputs) {
    const part = document.createElement("div");
    if (output.html !== undefined) {
      part.innerHTML = output.html;
    } else {
      const front = await module(output.module);
      if (!models.has(output.model)) models.set(output.model, new Model(output.model, output.state, send, () => asked.size > 0));
      shown.push(await front.render({ model: models.get(output.model), el: part }));
    }
    parts.push(part);
  }
  taken.set(place, shown);
  place.replaceChildren(...parts);
}

function send(model, content) {
  ask("receive", { model, content }).catch(broken);
}

async function run(id, call = "") {
  const { outputs } = await ask("run", { cell: id, call });
  await show(id, outputs);
}

function broken(error) {
  console.error(error);
  say("Stopped", "bad");
  banner("Something in the lesson went wrong. What you wrote so far is kept; load the page again.", "Load again", () =>
    location.reload(),
  );
}

async function pressed(id, button) {
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  try {
    await run(id);
    for (const late of cells.filter((cell) => cell.when === "late")) await run(late.id);
  } catch (error) {
    broken(error);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

async function take() {
  const { zip } = await ask("pack");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([zip], { type: "application/zip" }));
  link.download = `${slug}-answers.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function forget() {
  worker.terminate();
  worker = null;
  try {
    // Drafts that front ends keep, too; the theme stays.
    const drafts = Object.keys(localStorage).filter((key) => key.startsWith("curriculum:") && key.includes(`:${slug}/`));
    drafts.forEach((key) => localStorage.removeItem(key));
  } catch {
    // nothing is kept here then
  }
  const gone = indexedDB.deleteDatabase(STORE);
  gone.onsuccess = gone.onerror = gone.onblocked = () => location.reload();
}

// Beginning

function dress() {
  const light = document.documentElement.dataset.jpThemeLight === "true";
  $("theme").setAttribute("aria-pressed", String(!light));
}

$("theme").addEventListener("click", () => {
  const light = document.documentElement.dataset.jpThemeLight !== "true";
  document.documentElement.dataset.jpThemeLight = String(light);
  try {
    localStorage.setItem(`${PREFIX}theme`, light ? "light" : "dark");
  } catch {
    // then it is for this time
  }
  dress();
});
$("take").addEventListener("click", () => take().catch(broken));
$("take-below").addEventListener("click", () => take().catch(broken));
$("again").addEventListener("click", () => {
  $("sure").hidden = false;
  $("no").focus();
});
$("no").addEventListener("click", () => {
  $("sure").hidden = true;
  $("again").focus();
});
$("yes").addEventListener("click", forget);
for (const place of document.querySelectorAll(".t-cell.t-ask")) {
  const button = place.querySelector("button");
  button.addEventListener("click", () => pressed(place.dataset.cell, button));
}
dress();

/** One tab at a time writes the files; resolves once it is this one. */
function alone(steal = false) {
  if (!navigator.locks) return Promise.resolve(true); // a page without them is alone as far as it can know
  return new Promise((done) => {
    navigator.locks
      .request(`${PREFIX}${slug}`, steal ? { steal } : { ifAvailable: true }, (lock) => {
        done(Boolean(lock));
        return lock ? new Promise(() => {}) : null;
      })
      .catch(() => {
        worker?.terminate();
        worker = null;
        say("Elsewhere", "bad");
        banner("The lesson goes on in another tab.", "Go on here", () => location.reload());
      });
  });
}

async function begin(steal = false) {
  if (!(await alone(steal))) {
    say("Elsewhere", "bad");
    return banner("The lesson is open in another tab.", "Go on here", () => {
      banner("");
      begin(true);
    });
  }
  try {
    progress(0);
    navigator.storage?.persist?.().catch(() => {});
    const source = await unpacked($("worker"));
    const pieces = {};
    for (const element of document.querySelectorAll(".piece")) pieces[element.dataset.name] = await unpacked(element);
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    worker = new Worker(url);
    worker.onmessage = heard;
    worker.onerror = (event) => broken(new Error(event.message));
    const opened = { pieces, slug, lock, cells: JSON.stringify(cells) };
    await ask("open", opened, Object.values(pieces).map((piece) => piece.buffer));
    for (const cell of cells.filter((cell) => cell.when !== "ask")) await run(cell.id);
    document.querySelectorAll("button:disabled").forEach((button) => (button.disabled = false));
    progress(DONE);
  } catch (error) {
    console.error(error);
    say("Not started", "bad");
    banner(
      `This browser could not start the lesson (${String(error.message).split("\n").filter(Boolean).pop()}). ` +
        "A current Chrome or Edge can.",
    );
  }
}

begin();
