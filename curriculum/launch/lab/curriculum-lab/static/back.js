// The browser's Back and Forward show the page that the address says.

const STARTING = 4000; // milliseconds in which JupyterLab puts entries of its own into the history

/** JupyterLab adds two or three entries at each load and does not listen for Back: replace, and load again. */
export function mendBack(app) {
  const push = history.pushState.bind(history);
  history.pushState = (...state) => history.replaceState(...state);
  app.restored.then(() => setTimeout(() => (history.pushState = push), STARTING));
  window.addEventListener("popstate", () => location.reload());
}
