((root) => {
  if (!root || root.dataset.ready) return;
  root.dataset.ready = "";
  const body = root.querySelector("tbody");
  const rows = [...body.rows];
  const input = root.querySelector("input");
  const hits = root.querySelector(".hits");
  const words = rows.map((row) => row.textContent.toLowerCase());
  const value = (row, i) => row.cells[i].textContent;
  const number = (text) => (text === "–" ? -Infinity : Number(text.replaceAll(",", "").replace("−", "-")));

  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, i) => {
      row.hidden = !wanted.every((word) => words[i].includes(word));
      count += !row.hidden;
    });
    hits.textContent = wanted.length ? `${count} of ${rows.length} rows` : "";
  });

  const heads = [...root.querySelectorAll("thead tr:last-child > *")];
  heads.forEach((head, i) => {
    if (head.tagName !== "TH") return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const order = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (order) head.setAttribute("aria-sort", order);
      const sign = order === "descending" ? -1 : 1;
      const counts = head.classList.contains("n");
      const compare = (a, b) =>
        counts ? number(value(a, i)) - number(value(b, i)) : value(a, i).localeCompare(value(b, i), undefined, { numeric: true });
      body.append(...(order ? [...rows].sort((a, b) => sign * compare(a, b)) : rows));
    });
  });

  // In a notebook, plain keys on a focused button would edit its cells.
  for (const name of ["keydown", "keyup", "keypress"])
    root.addEventListener(name, (event) => {
      const passes = event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab" || event.key === "Escape";
      if (!passes && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
    });
  root.querySelector(".tools").hidden = false;
})(document.currentScript?.parentElement);
