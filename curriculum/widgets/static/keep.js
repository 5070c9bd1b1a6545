// What was done here and is not in the file yet: kept in this browser until the file has it.

const SETTLED = 3000; // milliseconds after which a step that another tab keeps counts as left behind

const PAGE = Math.random().toString(36).slice(2, 10);
const ALIVE = (window.curriculumAlive ??= new Set()); // who keeps steps on this page now
const MINE = earlierPages(); // what this tab was before it was loaded again
const WRITER = writer(); // who writes, as far as that can be known: this browser

function writer() {
  try {
    const known = localStorage.getItem("curriculum:writer") ?? Math.random().toString(36).slice(2, 14);
    localStorage.setItem("curriculum:writer", known);
    return known;
  } catch {
    return PAGE;
  }
}

function earlierPages() {
  try {
    const pages = JSON.parse(sessionStorage.getItem("curriculum:pages") ?? "[]");
    if (!pages.includes(PAGE)) sessionStorage.setItem("curriculum:pages", JSON.stringify([...pages, PAGE].slice(-40)));
    return pages;
  } catch {
    return [];
  }
}

/**
 * The browser's own store for one file's unsaved steps. `name` says which file; without one nothing outlives the page.
 * Every step has an item of its own, so that tabs do not write over each other.
 */
function safe(name) {
  // A hub gives every user the same folders under one address: the start of the path tells them apart.
  const whose = location.pathname.split(/\/(?:lab|doc|notebooks|tree|voila)\b/)[0];
  const prefix = name ? `curriculum:${whose}:${name}:` : null;
  const owner = `${PAGE}.${Math.random().toString(36).slice(2, 8)}`;
  ALIVE.add(owner);
  const abandoned = ({ id, at }) => {
    const keeper = id.split("/")[0];
    const page = keeper.split(".")[0];
    return !ALIVE.has(keeper) && (page === PAGE || MINE.includes(page) || Date.now() - at > SETTLED);
  };
  const guarded = (work, otherwise) => {
    try {
      return prefix ? work(window.localStorage) : otherwise;
    } catch {
      return otherwise; // storage is full, or the browser forbids it
    }
  };
  return {
    owner,
    close: () => ALIVE.delete(owner),
    put: (id, step) => guarded((store) => (store.setItem(prefix + id, JSON.stringify(step)), true), false),
    drop: (id) => guarded((store) => store.removeItem(prefix + id)),
    /** What belongs to this file and not into it, such as half a sentence; null forgets it. */
    remember: (what, value) =>
      guarded((store) => (value === null ? store.removeItem(`${prefix}~${what}`) : store.setItem(`${prefix}~${what}`, JSON.stringify(value)))),
    remembered: (what) => guarded((store) => JSON.parse(store.getItem(`${prefix}~${what}`) ?? "null"), null),
    /** What others left here and nobody keeps any more, oldest first. */
    left: () =>
      guarded((store) => {
        const keys = Array.from({ length: store.length }, (_, i) => store.key(i));
        return keys
          .filter((key) => key.startsWith(prefix))
          .map((key) => {
            try {
              return { ...JSON.parse(store.getItem(key)), id: key.slice(prefix.length) };
            } catch {
              return null;
            }
          })
          .filter((step) => step?.op && abandoned(step))
          .sort((a, b) => a.at - b.at);
      }, []),
  };
}

const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const blank = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
