// Links to notebooks of the course open them in this tab, under an address that can be kept and pasted.

export function links(panel, { PageConfig }) {
  const base = PageConfig.getBaseUrl();
  // JupyterLab's own way opens a second document over the first, and the address would not say so.
  panel.content.node.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (link?.href.startsWith(`${base}doc/tree/`) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        event.stopPropagation();
        location.assign(link.href);
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
  let asked = 0;
  const watcher = new MutationObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(mend);
  });
  watcher.observe(panel.content.node, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });
  mend();
  panel.disposed.connect(() => watcher.disconnect());
}
