"""Cards in lanes as they are shown: a pure function from a case and a document to plain JSON, and to text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.lanes import LanesDocument, Load
from curriculum.cases import Case
from curriculum.cases.base import Card
from curriculum.widgets.lanes_moves import UNPLACED, laid_out, lanes_of, step_for, steps_of

FULL = 100.0
"""Percent of what there is; above it a load is over."""


def lanes_view(case: Case, document: LanesDocument) -> dict[str, Any]:
    """What the widget shows, as plain JSON; `columns` are the lanes, the first one for cards that lie nowhere."""
    places, laid, lanes, steps = document.places, laid_out(case, document), lanes_of(case), steps_of(case)
    step = {id: step_for(case, lane, places[id].step, id) for lane, ids in laid.items() if lane for id in ids}
    columns = [
        {
            "id": id,
            "title": lanes[id].label if id else UNPLACED,
            "hint": lanes[id].note if id else "",
            "timed": bool(id) and lanes[id].timed and bool(steps),
            "most": lanes[id].most if id else 0,
            "cards": cards,
            "steps": {card: step.get(card, "") for card in cards},
        }
        for id, cards in laid.items()
    ]
    return {
        "title": document.title,
        "hint": _hint(case),
        "columns": columns,
        "steps": [{"id": entry.id, "label": entry.label} for entry in steps.values()],
        "cards": {id: _card(case, id) for ids in laid.values() for id in ids},
        "loads": _loads(case, document),
        "loads_hint": _loads_hint(document),
        "strangers": [
            {"id": id, "words": f"The file names a card {id!r}, which this case does not have. It is not counted."}
            for id in dict.fromkeys(each.card for each in document.laid)
            if id and id not in case.registry.entries("cards")
        ],
    }


def lanes_text(view: Mapping[str, Any]) -> str:
    """The lanes as plain text, for terminals and notebooks without a front end."""
    named = {step["id"]: step["label"] for step in view["steps"]}
    lines = [str(view["title"])]
    for column in [*view["columns"][1:], view["columns"][0]]:
        lines += ["", f"{column['title']} ({len(column['cards'])})"]
        for place, id in enumerate(column["cards"], start=1):
            card, step = view["cards"][id], column["steps"][id]
            said = f", said for {named[card['due']]}" if card["due"] else ""
            lines.append(f"  {place}. {card['label']} [{id}]{', ' + named[step] if step else ''}{said}")
    if view["loads"] and view["loads_hint"]:
        lines += ["", str(view["loads_hint"])]
    for row in view["loads"]:
        lines += ["", f"{row['label']}: " + " · ".join(f"{each['label']} {each['words']}" for each in row["cells"])]
    return "\n".join(lines)


def _hint(case: Case) -> str:
    when = " and its time" if steps_of(case) and any(lane.timed for lane in lanes_of(case).values()) else ""
    return f"Give every card its lane{when}. In a lane, what stands first goes first."


def _card(case: Case, id: str) -> dict[str, Any]:
    entry, roles = case.registry.entries("cards")[id], case.registry.entries("roles")
    effort = entry.effort if isinstance(entry, Card) else {}
    words = [f"{roles[role].label if role in roles else role} {amount:g}" for role, amount in effort.items() if amount]
    due = str(getattr(entry, "due", ""))
    return {
        "id": id,
        "label": entry.label,
        "note": entry.note,
        "effort_words": " · ".join(each.replace(" ", "\u00a0") for each in words),
        "due": due if due in steps_of(case) else "",
        "due_words": case.registry.label("steps", due) if due in steps_of(case) else "",
    }


def _loads_hint(document: LanesDocument) -> str:
    """What the bars count, where the document says so."""
    field = type(document).model_fields.get("loads")
    return (field.description or "") if field else ""


def _loads(case: Case, document: LanesDocument) -> list[dict[str, Any]]:
    """How full each kind of work is, by period; nothing where the document does not say."""
    loads: tuple[Load, ...] = getattr(document, "loads", ())
    rows: dict[str, list[dict[str, Any]]] = {}
    for load in loads:
        if load.share is not None:
            cell = {
                "label": case.registry.label("periods", load.period),
                "share": load.share,
                "over": load.share > FULL,
                "words": f"{load.share:.0f} %",
            }
            rows.setdefault(load.role, []).append(cell)
    return [{"id": role, "label": case.registry.label("roles", role), "cells": cells} for role, cells in rows.items()]
