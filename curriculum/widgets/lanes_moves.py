"""What can be done with cards in lanes: small operations on their newest content, each with its undoing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from curriculum.artifacts.lanes import Laid, LanesDocument
from curriculum.cases import Case
from curriculum.cases.base import Entry, Lane
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.undo import Change

UNPLACED = "Not placed yet"

D = TypeVar("D", bound=LanesDocument)


def lanes_of(case: Case) -> dict[str, Lane]:
    """The lanes of a case by id, in order; entries of another type count as lanes without steps."""
    entries = case.registry.entries("lanes")
    return {id: e if isinstance(e, Lane) else Lane(e.id, e.label, e.note) for id, e in entries.items()}


def steps_of(case: Case) -> Mapping[str, Entry]:
    """The steps in time of a case by id, in order."""
    return case.registry.entries("steps")


def laid_out(case: Case, document: LanesDocument) -> dict[str, list[str]]:
    """Ids of the cards by lane and in order; "" are those that lie nowhere."""
    cards, places = case.registry.entries("cards"), document.places
    lanes = {lane: [id for id in document.lane(lane) if id in cards] for lane in lanes_of(case)}
    placed = {id for ids in lanes.values() for id in ids}
    return {"": [id for id in cards if id not in placed or places[id].lane not in lanes], **lanes}


def step_for(case: Case, lane: str, step: str, card: str) -> str:
    """The step that a card has in a lane: the one asked for, else the one that was said, else the last."""
    steps = steps_of(case)
    if not lane or not lanes_of(case)[lane].timed or not steps:
        return ""
    said = str(getattr(case.registry.entries("cards")[card], "due", ""))
    return next((one for one in (step, said) if one in steps), [*steps][-1])


def replaced(case: Case, document: LanesDocument, operation: Operation) -> Replaced | None:
    """What a move writes over: the lane of a card and its step, as `[lane, step]`; the order is nobody's."""
    if operation["op"] != "move":
        return None
    card, lanes = case.registry.entries("cards")[operation["id"]], lanes_of(case)
    old = document.places.get(card.id, Laid(card=card.id))
    lane = str(operation.get("column") or "")
    step = step_for(case, lane, str(operation.get("step") or old.step), card.id)
    when = f", {steps_of(case)[step].label}" if step else ""
    words = f"{lanes[lane].label}{when}" if lane else UNPLACED
    now = [old.lane, old.step] if old.lane in lanes else ["", ""]
    return Replaced(card.label, now if now[0] else None, [lane, step], words)


def change_lanes(case: Case, document: D, operation: Operation) -> Change[D]:
    """The document after `operation`: a card is moved, or one that this case does not have is taken out.

    `{"op": "move", "id": "match", "column": "promise", "index": 0, "step": "m5"}`; a blank column takes it back.
    Raises `Stale` with one sentence where it cannot be done with the cards as they are now.
    """
    try:
        if operation["op"] == "move":
            return _move(case, document, operation)
        if operation["op"] == "restore":
            return _restore(document, operation)
        if operation["op"] == "forget":
            return _forget(document, operation)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise Stale("That could not be done here; run the cell above again.") from None
    raise Stale("These lanes do not know that operation; run the cell above again.")


def _move(case: Case, document: D, operation: Operation) -> Change[D]:
    card, lane = case.registry.entries("cards")[operation["id"]], str(operation.get("column") or "")
    before, lanes = laid_out(case, document), lanes_of(case)
    old = document.places.get(card.id, Laid(card=card.id))
    was = old.lane if old.lane in lanes else ""
    others = [id for id in before[lane] if id != card.id]
    index = max(0, min(int(operation.get("index", len(others))), len(others)))
    step = step_for(case, lane, str(operation.get("step") or old.step), card.id)
    rest = [each for each in document.laid if each.card != card.id]
    if lane:
        place = next(
            (i for i, each in enumerate(rest) if index < len(others) and each.card == others[index]), len(rest)
        )
        rest.insert(place, Laid(card=card.id, lane=lane, step=step))
    undo = {"op": "move", "id": card.id, "column": was, "index": before[was].index(card.id), "step": old.step}
    undo["from"] = [[lane, step]]
    when = f", {steps_of(case)[step].label}" if step else ""
    where = f"{lanes[lane].label}, {index + 1} of {len(others) + 1}{when}" if lane else UNPLACED
    return Change(document.model_copy(update={"laid": tuple(rest)}), f"{card.label}: {where}.", undo)


def _forget(document: D, operation: Operation) -> Change[D]:
    id = operation["id"]
    rows = [[place, each.model_dump()] for place, each in enumerate(document.laid) if each.card == id]
    if not rows:
        raise LookupError(id)
    kept = tuple(each for each in document.laid if each.card != id)
    said = f"{id!r} is out of the file."
    return Change(document.model_copy(update={"laid": kept}), said, {"op": "restore", "id": id, "rows": rows})


def _restore(document: D, operation: Operation) -> Change[D]:
    rows = list(document.laid)
    for place, data in operation["rows"]:
        rows.insert(int(place), Laid.model_validate(data))
    said = f"{operation['id']!r} is in the file again."
    undo = {"op": "forget", "id": operation["id"]}
    return Change(document.model_copy(update={"laid": tuple(rows)}), said, undo)
