"""The scoping board as it is shown: a pure function from a case and a board to plain JSON, and to text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from curriculum.artifacts.board import COLUMNS, DOTS, ROOM, Board, Placement
from curriculum.cases import Case
from curriculum.cases.base import Card, Entry, Person, Role
from curriculum.widgets.board_moves import (
    UNPLACED,
    cards_of,
    dots_on,
    dots_spent,
    first_placements,
    laid_out,
    merged_into,
    voters_of,
)

MEANING = {
    "must": "Without it the launch fails its goal",
    "nice": "Adds value, can wait",
    "deferred": "Not now: say what brings it back",
}


def board_view(case: Case, board: Board, known: Collection[str] | None = None) -> dict[str, Any]:
    """What the board widget shows, as plain JSON.

    `known` are the ids of the facts that people have told the learner; of the others only those that stand in
    the brief are offered as evidence. None offers all.
    """
    cards, columns, merged = cards_of(case), laid_out(case, board), merged_into(board)
    column_of = {id: column for column, ids in columns.items() for id in ids}
    placed = first_placements(board)
    return {
        "title": Board.title,
        "hint": _hint(board),
        "dots": DOTS,
        "voters": [_voter(case, board, voter) for voter in voters_of(case).values()],
        "columns": [{"id": "", "title": UNPLACED, "hint": "", "cards": columns[""]}]
        + [{"id": id, "title": t, "hint": MEANING[id], "cards": columns[id]} for id, t in COLUMNS.items()],
        "cards": {
            id: _card(case, board, cards[id], placed.get(id, Placement(card=id)), column_of, merged)
            for ids in columns.values()
            for id in ids
        },
        "capacity": capacity(case, board),
        "together": together(case, board),
        "tightest": tightest(case, board),
        "events": [{"id": event.id, "label": event.label} for event in case.registry.entries("events").values()],
        "facts": facts_to_cite(case, board, known),
        "strangers": _strangers(case, board),
    }


def capacity(case: Case, board: Board) -> list[dict[str, Any]]:
    """Engineer-days by role: what the Must-Haves take, what the Nice-to-Haves would add, what there is.

    A card that is counted with another one takes no days of its own.
    """
    cards, columns = cards_of(case), laid_out(case, board)
    rows = []
    for role in case.registry.entries("roles").values():
        days = role.capacity if isinstance(role, Role) else 0.0
        must, nice = (
            round(sum(cards[id].effort.get(role.id, 0.0) for id in columns[column]), 6) for column in ("must", "nice")
        )
        rows.append(
            {
                "id": role.id,
                "label": role.label,
                "days": days,
                "must": must,
                "nice": nice,
                "over": must > days,
                "words": f"{must:g} of {days:g} days",
                "more": _beyond(must, nice, days),
            }
        )
    return rows


def together(case: Case, board: Board) -> dict[str, Any] | None:
    """The days of all roles together, with the line above which Must-Haves leave no room; None without roles."""
    rows = capacity(case, board)
    if not rows:
        return None
    days, must, nice = (round(sum(row[key] for row in rows), 6) for key in ("days", "must", "nice"))
    limit = round(ROOM * days, 1)
    return {
        "id": "",
        "label": "All together",
        "days": days,
        "must": must,
        "nice": nice,
        "limit": limit,
        "over": must > ROOM * days,
        "words": f"{must:g} of {days:g} days",
        "more": f"the line stands at {limit:g}, which is {100 * ROOM:.0f} %",
    }


def tightest(case: Case, board: Board) -> dict[str, Any] | None:
    """Which role the board names as the fullest, and its days; None where the case has no roles."""
    roles = [{"id": role.id, "label": role.label} for role in case.registry.entries("roles").values()]
    return {"roles": roles, "role": board.tightest, "days": board.days_taken} if roles else None


def facts_to_cite(case: Case, board: Board, known: Collection[str] | None) -> list[dict[str, Any]]:
    """The facts that may be picked as evidence, and those that the file cites already."""
    cited = [id for placement in board.placements for id in placement.evidence]
    heard = {id for id, fact in case.facts.items() if known is None or not fact.held_by or id in known}
    rows = [{"id": id, "label": case.facts[id].label, "note": ""} for id in case.facts if id in heard]
    for id in dict.fromkeys(cited):
        if id in case.facts and id not in heard:
            rows.append({"id": id, "label": id, "note": "nobody has told you this yet"})
        elif id not in case.facts:
            rows.append({"id": id, "label": id, "note": "not known in this case"})
    return rows


def face(case: Case, entry: Entry) -> dict[str, Any]:
    """Name, initials and colour of a voter or of whoever raised a card."""
    person = case.people.get(entry.id, entry)
    words = person.label.split() or [person.id]
    return {
        "id": entry.id,
        "name": person.label,
        "short": words[0].strip(","),
        "role": person.role if isinstance(person, Person) else "",
        "initials": person.initials if isinstance(person, Person) else (words[0][0] + words[-1][0]).upper(),
        "hue": person.hue if isinstance(person, Person) else 260,
    }


def board_text(view: Mapping[str, Any]) -> str:
    """The board as plain text, for terminals and notebooks without a front end."""
    lines = [str(view["title"])]
    for column in [*view["columns"][1:], view["columns"][0]]:
        lines += ["", f"{column['title']} ({len(column['cards'])})"]
        for id in column["cards"]:
            card = view["cards"][id]
            dots = f"{card['dots']} {'dot' if card['dots'] == 1 else 'dots'}"
            lines.append(f"  - {card['label']} [{id}], {dots}, {card['effort_words'] or 'no effort'}")
            notes = [f"Mandatory: {card['mandatory']}"] if card["mandatory"] else []
            notes += [need["words"] for need in card["needs"]]
            notes += [f"Counts with it: {other['label']}" for other in card["merged"]]
            notes += [f"Why here: {card['reason']}"] if card["reason"] else []
            notes += [f"Comes back: {card['revisit_words']}"] if card["revisit"] else []
            notes += [f"Evidence: {', '.join(card['evidence'])}"] if card["evidence"] else []
            lines += [f"      {note}" for note in notes]
    if view["capacity"]:
        lines += ["", "Days of work"]
        lines += [f"  {row['label']} {row['words']}{row['more'] and '; ' + row['more']}" for row in view["capacity"]]
        lines += [f"  {view['together']['label']} {view['together']['words']}; {view['together']['more']}"]
        if view["tightest"]["role"]:
            named = {role["id"]: role["label"] for role in view["tightest"]["roles"]}
            days = "" if view["tightest"]["days"] is None else f", {view['tightest']['days']:g} days of Must-Haves"
            lines += [f"  The tightest: {named.get(view['tightest']['role'], view['tightest']['role'])}{days}"]
    lines += ["", "Dots"]
    lines += [f"  {voter['name']}: {voter['words']}" for voter in view["voters"]]
    return "\n".join(lines)


def _hint(board: Board) -> str:
    spent = "The votes stand as people cast them" if board.cast else f"Each person has {DOTS} dots to spend"
    return f"Place every card. {spent}; votes inform the order, you decide it."


def _voter(case: Case, board: Board, voter: Entry) -> dict[str, Any]:
    spent = dots_spent(board, voter.id)
    words = f"{spent} of {DOTS} dots spent" + (f", {spent - DOTS} too many" if spent > DOTS else "")
    if voter.id in board.voted:
        words += ", as they were cast"
    return {**face(case, voter), "spent": spent, "words": words, "fixed": voter.id in board.voted}


def _card(
    case: Case,
    board: Board,
    card: Card,
    placement: Placement,
    column_of: Mapping[str, str],
    merged: Mapping[str, str],
) -> dict[str, Any]:
    cards, roles = cards_of(case), case.registry.entries("roles")
    with_it = [id for id, keep in merged.items() if keep == card.id and id in cards]
    votes = [
        {"voter": voter.id, "dots": dots}
        for voter in voters_of(case).values()
        if (dots := sum(dots_on(board, voter.id, id) for id in (card.id, *with_it)))
    ]
    effort = [
        {"role": id, "label": roles[id].label if id in roles else id, "days": days}
        for id, days in card.effort.items()
        if days
    ]
    column = column_of[card.id]
    return {
        "id": card.id,
        "label": card.label,
        "note": card.note,
        "team": face(case, case.people[card.team]) if card.team in case.people else None,
        "column": column,
        "effort_words": " · ".join(f"{row['label']} {row['days']:g} d".replace(" ", "\u00a0") for row in effort),
        "days": sum(row["days"] for row in effort),
        "mandatory": card.mandatory,
        "mandatory_open": bool(card.mandatory) and column != "must",
        "needs": [_need(cards, merged.get(id, id), column, column_of) for id in card.needs if id in cards],
        "votes": votes,
        "dots": sum(vote["dots"] for vote in votes),
        "reason": placement.reason,
        "revisit": placement.revisit,
        "revisit_words": case.registry.label("events", placement.revisit),
        "evidence": list(placement.evidence),
        "merged": [{"id": id, "label": cards[id].label} for id in with_it],
    }


def _need(cards: Mapping[str, Card], id: str, column: str, column_of: Mapping[str, str]) -> dict[str, Any]:
    """One dependency of a card, in words. It is open while the card lies in an earlier column than its need."""
    order = {"must": 0, "nice": 1, "deferred": 2, "": 3}
    there = column_of.get(id, "")
    is_open = column in ("must", "nice") and order[there] > order[column]
    if is_open:
        state = "not a Must-Have yet" if column == "must" else COLUMNS.get(there, UNPLACED).lower()
    else:
        state = COLUMNS.get(there, "")
    return {"id": id, "open": is_open, "words": f"Needs {cards[id].label}" + (f" — {state}" if state else "")}


def _beyond(must: float, nice: float, days: float) -> str:
    """What is to say beside the bar: by how much the Must-Haves are over, or whether the Nice-to-Haves fit."""
    if must > days:
        return f"{must - days:g} days over"
    if nice and must + nice > days:
        return f"{nice:g} for Nice-to-Have, {must + nice - days:g} days over with them"
    return f"{nice:g} for Nice-to-Have" if nice else ""


def _strangers(case: Case, board: Board) -> list[dict[str, str]]:
    """Cards and voters that the file names and this case does not have."""
    cards, voters = cards_of(case), voters_of(case)
    named = [placement.card for placement in board.placements]
    named += [id for merge in board.merges for id in (merge.keep, merge.drop)]
    named += [vote.card for vote in board.votes]
    rows = [
        {"id": id, "words": f"The file holds other dots of {case.registry.label('people', id)}, who has voted already. "
         "They are not counted."}
        for id in dict.fromkeys(vote.voter for vote in board.votes)
        if id in board.voted
    ]  # fmt: skip
    rows += [
        {"id": id, "words": f"The file names a card {id!r}, which this case does not have. It is not counted."}
        for id in dict.fromkeys(named)
        if id and id not in cards
    ]
    return rows + [
        {"id": id, "words": f"The file holds dots of {id!r}, who does not vote here. They are not counted."}
        for id in dict.fromkeys(vote.voter for vote in board.votes)
        if id and id not in voters
    ]
