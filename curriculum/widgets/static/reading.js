// A form read as the page that it becomes, printed on one sheet; and a field found by its name.

ICONS.page = "M4 1.5h5.5L12.5 4.5v10H4zM6 7h4.5M6 9.5h4.5M6 12h3";

/** The page in place of the fields. Its HTML comes from the kernel, which escapes every value in it. */
function drawPage(view) {
  const page = h("div", { class: "reading", "data-key": `page:${digest(view.page)}`, "data-keep": true, tabindex: "-1" });
  page.innerHTML = view.page;
  return page;
}

/** Short and different for different texts; not a secret. */
const digest = (text) => [...text].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)) | 0, 7);

const SHEET = { width: 718, height: 1047 }; // CSS pixels of A4 within margins of 10 mm
const SMALLEST = 0.5; // smaller than half the size nobody reads it

/** Print a page alone, made small enough for one sheet where that is readable. */
function printPage(html, title) {
  const frame = h("iframe", { class: "unseen", title, "aria-hidden": "true" });
  frame.style.cssText = `position:fixed;left:-9999px;width:${SHEET.width}px;height:${SHEET.height}px`;
  document.body.append(frame);
  const inner = frame.contentDocument;
  inner.title = title;
  inner.head.innerHTML = "<style>@page { size: A4; margin: 10mm } body { margin: 0; background: #fff } .course { border: 0 !important; box-shadow: none !important; max-width: none !important }</style>";
  inner.body.innerHTML = html;
  const scale = Math.max(SMALLEST, Math.min(1, SHEET.height / inner.body.scrollHeight));
  inner.body.style.zoom = scale;
  // Text set smaller runs in longer lines: measure again.
  inner.body.style.zoom = Math.max(SMALLEST, Math.min(1, (scale * SHEET.height) / inner.body.getBoundingClientRect().height));
  frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove(), 0));
  frame.contentWindow.focus();
  frame.contentWindow.print();
  return frame;
}

/** The names of a form's fields, with the place of each; fields inside lists are found by their list. */
const namesOf = (spec) =>
  spec.sections.flatMap((section) =>
    section.fields.flatMap((name) => {
      const field = spec.fields.find((each) => each.name === name);
      const inner = field.type === "group" ? field.fields.map((each) => [`${field.label}: ${each.label}`, `${name}.${each.name}`]) : [];
      return [[field.label === section.title ? field.label : `${section.title}: ${field.label}`, name], ...inner];
    }),
  );

function finder(view, tools) {
  const id = `${tools.local.uid}-names`;
  return [
    h("input", { type: "search", class: "find", list: id, placeholder: "Find a field", "aria-label": "Find a field by its name", "data-change": "find", "data-key": "find", autocomplete: "off" }),
    h("datalist", { id, "data-key": "names" }, namesOf(view.spec).map(([label]) => h("option", { value: label }))),
  ];
}
