// Links to notebooks of the course open them in this tab, under an address that can be kept and pasted.

import { goTo } from "./going.js";

/** The cell where an artifact is written, or that has this name; null where there is none. */
const placeOf = (panel, name) => {
  const { steps = [] } = panel.context.model.getMetadata("curriculum");
  const step = steps.findLast((each) => each.writes.includes(name)) ?? steps.findLast((each) => each.checks.includes(name));
  const id = step?.cell ?? name;
  return panel.content.widgets.some((cell) => cell.model.id === id) ? id : null;
};

export function links(panel, { app, PageConfig }) {
  const base = PageConfig.getBaseUrl();
  // JupyterLab's own way opens a second document over the first, and the address would not say so.
  panel.content.node.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (link?.href.startsWith(`${base}doc/tree/`) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        event.stopPropagation();
        if (link.dataset.to) goTo(panel, link.dataset.to);
        else location.assign(link.href);
      }
    },
    true,
  );
  const mend = () => {
    for (const link of panel.content.node.querySelectorAll(".jp-OutputArea-output a[href], .jp-MarkdownOutput a[href]")) {
      const files = `${base}files/`;
      if (!link.href.startsWith(files)) continue;
      const path = link.href.slice(files.length).split("?")[0];
      if (path.endsWith(".ipynb")) {
        link.href = `${base}doc/tree/${path}`;
        link.removeAttribute("target");
      }
    }
  };
  const linked = (words, href) => {
    const link = document.createElement("a");
    link.className = "course-place";
    link.href = href;
    link.append(...words.childNodes);
    words.append(link);
    return link;
  };
  /** Words that name a place become a link to it, where it is there. */
  const place = async (words) => {
    const { goes, opens } = words.dataset;
    delete words.dataset.goes;
    delete words.dataset.opens;
    if (goes) {
      const id = placeOf(panel, goes);
      if (id) linked(words, `#${id}`).dataset.to = id;
      return;
    }
    const { href } = new URL(opens, `${base}doc/tree/${panel.context.path}`);
    const path = decodeURIComponent(href.slice(`${base}doc/tree/`.length));
    const there = await app.serviceManager.contents.get(path, { content: false }).catch(() => null);
    if (there) linked(words, href);
  };
  const placeAll = () => panel.content.node.querySelectorAll(":is([data-goes], [data-opens])").forEach(place);
  let asked = 0;
  const watcher = new MutationObserver(() => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      mend();
      placeAll();
    });
  });
  watcher.observe(panel.content.node, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });
  mend();
  placeAll();
  panel.disposed.connect(() => watcher.disconnect());
}
