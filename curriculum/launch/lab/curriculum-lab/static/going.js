// Going to a cell of a lesson, as the bar above it and links in its pages do.

/** Brings the cell with this id to the top, with the keyboard on it; false where there is none. */
export async function goTo(panel, id) {
  const { content } = panel;
  const index = content.widgets.findIndex((cell) => cell.model.id === id);
  if (index < 0) return false;
  await content.scrollToItem(index, "start");
  content.activeCellIndex = index;
  content.widgets[index].node.scrollIntoView({ block: "start" });
  content.widgets[index].node.focus?.({ preventScroll: true });
  return true;
}
