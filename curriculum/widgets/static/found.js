// From a finding to its field and back. A review tells the page what it found and where; forms mark it until it is changed.

const FOUND = "curriculum:found"; // {lesson, kind, findings}: a review has been asked for
const GO = "curriculum:go"; // {lesson, kind, place, from, offers}: who shows this place offers to go there

/** What a review sends: every place of every finding, each with its words and who says them. */
function announce({ lesson, kind, findings }) {
  const told = findings.flatMap((finding) =>
    finding.marks.map(({ place, found }) => ({
      kind, id: finding.id, place, found, expected: finding.expected, sentence: finding.sentence, who: finding.who,
    })),
  );
  document.dispatchEvent(new CustomEvent(FOUND, { detail: { lesson, kind, findings: told } }));
}

/** Go to a place of an artifact or to a conversation; false where nothing on the page shows it. */
function goTo({ lesson, kind }, place, from) {
  // A place without an artifact's field is the name of a conversation.
  for (const target of [kind, place]) {
    const offers = [];
    document.dispatchEvent(new CustomEvent(GO, { detail: { lesson, kind: target, offers } }));
    const before = ({ root }) => root.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING;
    // The form nearest above the review: a lesson may show the same one twice.
    const offer = offers.filter(before).at(-1) ?? offers[0];
    if (offer) {
      offer.show(place);
      return true;
    }
  }
  return false;
}

/** Listen for both on behalf of a widget that shows an artifact: `marked(findings)`, `show(place)`. Returns the end. */
function findable({ root, home }, marked, show) {
  const mine = ({ lesson, kind }) => home.name?.startsWith(`${lesson}/${kind}/`);
  const onFound = ({ detail }) => mine(detail) && marked?.(detail.findings);
  const onGo = ({ detail }) => mine(detail) && detail.offers.push({ root, show });
  document.addEventListener(FOUND, onFound);
  document.addEventListener(GO, onGo);
  return () => {
    document.removeEventListener(FOUND, onFound);
    document.removeEventListener(GO, onGo);
  };
}

/** Bring an element into view and put the focus on it, or on the first control in it. */
function bring(element) {
  if (!element) return;
  const controls = "button, input, select, textarea";
  const target = element.matches(`${controls}, [tabindex]`) ? element : (element.querySelector(controls) ?? element);
  if (!target.matches(`${controls}, [tabindex]`)) target.tabIndex = -1;
  element.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  element.classList.add("pointed");
  setTimeout(() => element.classList.remove("pointed"), 1600);
}

/** Back from a field to the finding that led there. */
function backTo(id) {
  const findings = document.querySelectorAll(`.course-review [data-key="finding-${CSS.escape(id)}"]`);
  bring([...findings].at(-1));
}

/** A place such as `measures[2].baseline` as the path of a form's field; null where the form has no such place. */
function pathOfPlace(view, place, kind) {
  const steps = place.replace(new RegExp(`^${kind}\\.`), "").match(/[A-Za-z_]\w*|\[\d+\]/g) ?? [];
  const path = [];
  let fields = view.spec?.fields ?? [];
  let field = null;
  let data = view.data;
  for (const step of steps) {
    if (step.startsWith("[")) {
      const item = data?.[Number(step.slice(1, -1)) - 1];
      if (!item?.["#"]) break; // a list of plain texts is one field
      path.push(item["#"]);
      data = item;
    } else {
      const next = fields.find(({ name }) => name === step);
      if (!next) break;
      field = next;
      path.push(step);
      fields = field.fields ?? field.item?.fields ?? [];
      data = data?.[step];
    }
  }
  return path.length ? { path: path.join("/"), section: path[0], field } : null;
}
