"""The RACI as a grid: what is shown, as a pure function, and what can be done to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from curriculum.artifacts.raci import CODES, Assignment, Raci, RaciRow
from curriculum.cases import Case
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.board_view import face
from curriculum.widgets.undo import Change

KIND = "deliverables"


def grid_view(case: Case, raci: Raci, people: Sequence[str]) -> dict[str, Any]:
    """What the grid shows, as plain JSON: a row for each deliverable in the file, a column for each person."""
    entries = case.registry.entries(KIND)
    used = list(dict.fromkeys(row.deliverable for row in raci.rows if row.deliverable))
    rows = [_row(case, raci, id, people) for id in used]
    return {
        "title": Raci.title,
        "hint": "Arrow keys move, type R, A, C or I, B for both A and R; Delete clears. Clicking goes through them.",
        "codes": [{"code": code, "words": words} for code, words in CODES.items()],
        "columns": [{**face(case, case.people[id]), "words": _load(case, raci, id)} for id in people],
        "rows": rows,
        "offered": [{"id": id, "label": e.label, "note": e.note} for id, e in entries.items() if id not in used],
        "summary": _summary(case, raci, rows, people),
    }


def row_check(raci: Raci, deliverable: str) -> str:
    """What is odd in a row, in words; blank when one person is accountable and somebody does the work."""
    accountable = len(raci.people_with(deliverable, "A"))
    if accountable > 1:
        return f"{accountable} people accountable"
    if not accountable:
        return "Nobody is accountable"
    return "" if raci.people_with(deliverable, "R") else "Nobody does the work"


def grid_text(view: Mapping[str, Any]) -> str:
    """The grid as plain text."""
    lines = [str(view["title"])]
    names = [column["short"] for column in view["columns"]]
    widths = [max(len(name), 3) for name in names]
    first = max([len("Deliverable"), *(len(row["label"]) for row in view["rows"])])
    head = [name.ljust(width) for name, width in zip(names, widths, strict=True)]
    lines += ["", "  ".join(["Deliverable".ljust(first), *head])]
    for row in view["rows"]:
        cells = [(code or "·").ljust(width) for code, width in zip(row["codes"], widths, strict=True)]
        lines.append("  ".join([row["label"].ljust(first), *cells, row["check"]]).rstrip())
    return "\n".join([*lines, *(["", view["summary"]] if view["summary"] else [])])


def change_grid(case: Case, raci: Raci, operation: Operation) -> Change[Raci]:
    """The grid after {"op": "code", "row", "column", "code"}, {"op": "add", "row"} or {"op": "remove", "row"}.

    Raises `Stale` with one sentence where it cannot be done.
    """
    change = {"code": _code, "add": _add, "remove": _remove}.get(str(operation.get("op")))
    if change is None:
        raise Stale("This grid does not know that operation; run the cell above again.")
    try:
        return change(case, raci, operation)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise Stale("That could not be done here; run the cell above again.") from None


def replaced(case: Case, raci: Raci, operation: Operation) -> Replaced | None:
    """What an operation writes over: the letter of a cell, or the letters of a row that is removed."""
    if operation["op"] not in ("code", "remove"):
        return None
    row = _present(raci, operation["row"])
    label = case.registry.label(KIND, row.deliverable)
    if operation["op"] == "remove":
        refusal = f"{label} was changed elsewhere meanwhile, so it is still there. Look at it before you remove it."
        return Replaced(label, letters(raci, row.deliverable), None, "", refusal=refusal)
    person, code = case.people[operation["column"]], operation["code"]
    words = CODES[code] if code else "no part"
    return Replaced(f"{person.label}, {label}", raci.code(row.deliverable, person.id), code, words)


def letters(raci: Raci, deliverable: str) -> dict[str, str]:
    """The letters of a row by person."""
    row = _present(raci, deliverable)
    return {cell.person: cell.code for cell in row.assignments if cell.code}


def _code(case: Case, raci: Raci, operation: Operation) -> Change[Raci]:
    row, person, code = _present(raci, operation["row"]), case.people[operation["column"]], operation["code"]
    old = raci.code(row.deliverable, person.id)
    cells = [cell for cell in row.assignments if cell.person != person.id]
    if code:
        cells.append(Assignment(person=person.id, code=code))
    order = list(case.people)
    cells.sort(key=lambda cell: order.index(cell.person) if cell.person in order else len(order))
    new = row.model_copy(update={"assignments": tuple(cells)})
    first = raci.rows.index(row)
    rows = [new if index == first else each for index, each in enumerate(raci.rows)]
    said = f"{person.label}: {CODES[code] if code else 'no part'}, {case.registry.label(KIND, row.deliverable)}."
    return Change(Raci(rows=tuple(rows)), said, {**operation, "code": old, "from": [code]})


def _add(case: Case, raci: Raci, operation: Operation) -> Change[Raci]:
    entry = case.registry.entries(KIND)[operation["row"]]
    if any(row.deliverable == entry.id for row in raci.rows):
        raise Stale(f"{entry.label} is in the grid already.")
    index = max(0, min(int(operation.get("index", len(raci.rows))), len(raci.rows)))
    row = RaciRow.model_validate({**(operation.get("content") or {}), "deliverable": entry.id})
    rows = (*raci.rows[:index], row, *raci.rows[index:])
    undo = {"op": "remove", "row": entry.id, "from": [{cell.person: cell.code for cell in row.assignments}]}
    return Change(Raci.model_validate({"rows": rows}), f"{entry.label} added.", undo)


def _remove(case: Case, raci: Raci, operation: Operation) -> Change[Raci]:
    row = _present(raci, operation["row"])
    rows = tuple(each for each in raci.rows if each.deliverable != row.deliverable)
    said = f"{case.registry.label(KIND, row.deliverable)} removed."
    undo = {"op": "add", "row": row.deliverable, "index": raci.rows.index(row), "content": row.model_dump(mode="json")}
    return Change(Raci(rows=rows), said, undo)


def _present(raci: Raci, deliverable: str) -> RaciRow:
    found = next((row for row in raci.rows if row.deliverable == deliverable), None)
    if found is None:
        raise KeyError(deliverable)
    return found


def _row(case: Case, raci: Raci, deliverable: str, people: Sequence[str]) -> dict[str, Any]:
    entry = case.registry.entries(KIND).get(deliverable)
    return {
        "id": deliverable,
        "label": entry.label if entry else deliverable,
        "note": entry.note if entry else "not known in this case",
        "strange": entry is None,
        "codes": [raci.code(deliverable, person) for person in people],
        "check": row_check(raci, deliverable),
    }


def _load(case: Case, raci: Raci, person: str) -> str:
    answers = sum(person in raci.people_with(row.deliverable, "A") for row in raci.rows)
    works = sum(person in raci.people_with(row.deliverable, "R") for row in raci.rows)
    return f"accountable for {answers}, responsible for {works}"


def _summary(case: Case, raci: Raci, rows: Sequence[Mapping[str, Any]], people: Sequence[str]) -> str:
    """How many rows are odd, and who answers for most of them."""
    odd = sum(bool(row["check"]) for row in rows)
    if not rows:
        return "There is no row yet. Add the deliverables that somebody must answer for."
    words = [f"{odd} of {len(rows)} rows need work."] if odd else []
    counts = {id: sum(id in raci.people_with(row["id"], "A") for row in rows) for id in people}
    busiest = max(counts, key=lambda id: counts[id], default="")
    if busiest and counts[busiest] > 2 and counts[busiest] * 2 > len(rows):
        name = case.people[busiest].label
        words.append(f"{name} is accountable for {counts[busiest]} of {len(rows)}. Can one person carry that?")
    return " ".join(words)
