// Quotes that begin with Task, Hint, Key point, Caution or Debrief are told apart by more than a line.

const KINDS = ["Task", "Hint", "Key point", "Caution", "Debrief"];

export function callouts(panel) {
  const mark = () => {
    for (const quote of panel.content.node.querySelectorAll(".jp-MarkdownOutput blockquote:not([data-callout])")) {
      const word = quote.querySelector(":scope > p:first-child > strong:first-child")?.textContent.trim();
      quote.dataset.callout = KINDS.includes(word) ? word.toLowerCase().replace(" ", "-") : "";
    }
  };
  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(mark);
  };
  const watcher = new MutationObserver(soon);
  watcher.observe(panel.content.node, { childList: true, subtree: true });
  mark();
  panel.disposed.connect(() => watcher.disconnect());
}
