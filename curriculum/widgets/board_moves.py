"""What can be done on a scoping board: small operations on its newest content, each with its undoing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from curriculum.artifacts.board import COLUMNS, DOTS, Board, Merge, Placement, Vote
from curriculum.cases import Case
from curriculum.cases.base import Card, Entry
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.undo import Change

UNPLACED = "Not placed yet"

BoardChange = Change[Board]


def change_board(case: Case, board: Board, operation: Operation) -> BoardChange:
    """The board after `operation`, such as {"op": "move", "id": "carousel", "column": "must", "index": 0}.

    Raises `Stale` with one sentence where it cannot be done on the board as it is now.
    """
    change = _OPERATIONS.get(str(operation.get("op")))
    if change is None:
        raise Stale("This board does not know that operation; run the cell above again.")
    try:
        return change(case, board, operation)
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
        raise Stale("That could not be done here; run the cell above again.") from None


def replaced(case: Case, board: Board, operation: Operation) -> Replaced | None:
    """What an operation writes over: the column of a card, a text of it, which role is the fullest, its days. Dots,
    facts and merges are added to what is there."""
    op = operation["op"]
    if op == "tightest":
        field, value = operation["field"], operation["value"]
        words = case.registry.label("roles", value) if field == "tightest" and value else _stated(value)
        label = "The tightest role" if field == "tightest" else "Days taken of the tightest role"
        return Replaced(label, getattr(board, field), value, words)
    if op not in ("move", "detail"):
        return None
    card = cards_of(case)[operation["id"]]
    now = first_placements(board).get(card.id, Placement(card=card.id))
    if op == "move":
        column = operation["column"]
        return Replaced(card.label, now.column, column, COLUMNS[column] if column else UNPLACED)
    field, value = operation["field"], operation["value"]
    if field == "reason":
        return Replaced(f"{card.label}: why here", now.reason, value, value)
    words = case.registry.label("events", value) if value else ""
    return Replaced(f"{card.label}: what brings it back", getattr(now, field), value, words)


def _stated(value: Any) -> str:
    return "" if value in (None, "") else f"{value:g}" if isinstance(value, int | float) else str(value)


def cards_of(case: Case) -> dict[str, Card]:
    """The cards of a case by id; entries of another type count as cards without effort."""
    entries = case.registry.entries("cards")
    return {id: e if isinstance(e, Card) else Card(e.id, e.label, e.note) for id, e in entries.items()}


def voters_of(case: Case) -> Mapping[str, Entry]:
    """Who spends dots: the case's voters, else all its people."""
    return case.registry.entries("voters") or case.people


def first_placements(board: Board) -> dict[str, Placement]:
    """The placement that counts for each card: the first."""
    placements: dict[str, Placement] = {}
    for placement in board.placements:
        placements.setdefault(placement.card, placement)
    return placements


def merged_into(board: Board) -> dict[str, str]:
    """For each card that is counted with another one, that other card; circles and self-merges are left out."""
    direct = {merge.drop: merge.keep for merge in board.merges if merge.drop and merge.keep}
    final: dict[str, str] = {}
    for drop in direct:
        seen, keep = {drop}, direct[drop]
        while keep in direct and keep not in seen:
            seen.add(keep)
            keep = direct[keep]
        if keep not in seen:
            final[drop] = keep
    return final


def laid_out(case: Case, board: Board) -> dict[str, list[str]]:
    """Ids of the cards that are counted, by column and in order; "" are those that were not placed."""
    cards, placed, merged = cards_of(case), first_placements(board), merged_into(board)
    counted = [id for id in placed if id in cards and id not in merged]
    columns = {column: [id for id in counted if placed[id].column == column] for column in COLUMNS}
    columns[""] = [id for id in cards if id not in merged and (id not in placed or not placed[id].column)]
    return columns


def dots_on(board: Board, voter: str, card: str) -> int:
    return sum(vote.dots for vote in board.dots if vote.voter == voter and vote.card == card)


def dots_spent(board: Board, voter: str) -> int:
    return sum(vote.dots for vote in board.dots if vote.voter == voter)


def _move(case: Case, board: Board, operation: Operation) -> BoardChange:
    card = _counted(case, board, operation["id"])
    column = operation["column"]
    if column not in ("", *COLUMNS):
        raise KeyError(column)
    before = laid_out(case, board)
    old = first_placements(board).get(card.id, Placement(card=card.id))
    old_index = before[old.column].index(card.id) if old.column else 0
    others = [id for id in before[column] if id != card.id]
    index = max(0, min(int(operation.get("index", len(others))), len(others)))

    rest = [placement for placement in board.placements if placement.card != card.id]
    place = len(rest)
    if column and index < len(others):
        place = next(i for i, placement in enumerate(rest) if placement.card == others[index])
    placement = old.model_copy(update={"column": column})
    if not _is_empty(placement):
        rest.insert(place, placement)
    where = f"{COLUMNS[column]}, {index + 1} of {len(others) + 1}" if column else UNPLACED
    undo = {"op": "move", "id": card.id, "column": old.column, "index": old_index, "from": [column]}
    return Change(_with(board, placements=rest), f"{card.label}: {where}.", undo)


def _vote(case: Case, board: Board, operation: Operation) -> BoardChange:
    card = cards_of(case)[operation["id"]]
    voter = voters_of(case)[operation["voter"]]
    added = int(operation["change"])
    if voter.id in board.voted:
        raise Stale(f"{voter.label} has voted already; those dots stay as they were cast.")
    if added not in (1, -1):
        raise ValueError(added)
    spent, target = dots_spent(board, voter.id), card.id
    if added > 0 and spent >= DOTS:
        raise Stale(f"{voter.label} has spent all {DOTS} dots. Take one back from another card first.")
    if added < 0:
        with_it = [card.id, *(drop for drop, keep in merged_into(board).items() if keep == card.id)]
        target = next((id for id in with_it if dots_on(board, voter.id, id)), "")
        if not target:
            raise Stale(f"{voter.label} has no dot on this card.")
    now = dots_on(board, voter.id, target) + added
    rest = [vote for vote in board.votes if (vote.voter, vote.card) != (voter.id, target)]
    if now:
        rest.append(Vote(voter=voter.id, card=target, dots=now))
    verb = "put a dot on" if added > 0 else "took a dot from"
    said = f"{voter.label} {verb} {card.label}. {_left(DOTS - spent - added)}"
    return Change(_with(board, votes=rest), said, {**operation, "id": target, "change": -added})


def _detail(case: Case, board: Board, operation: Operation) -> BoardChange:
    card = _counted(case, board, operation["id"])
    field, value = operation["field"], operation["value"]
    if field not in ("reason", "revisit") or not isinstance(value, str):
        raise KeyError(field)
    if field == "revisit" and value and value not in case.registry.entries("events"):
        raise KeyError(value)
    old = first_placements(board).get(card.id, Placement(card=card.id))
    words = "why here written" if field == "reason" else "what brings it back chosen"
    undo = {**operation, "value": getattr(old, field), "from": [value]}
    return Change(_placed(board, old, **{field: value}), f"{card.label}: {words}.", undo)


def _tightest(case: Case, board: Board, operation: Operation) -> BoardChange:
    """Name the fullest role, or its days; "" and None take it back."""
    field, value = operation["field"], operation["value"]
    if field == "tightest" and (value == "" or value in case.registry.entries("roles")):
        said = f"The tightest: {case.registry.label('roles', value)}." if value else "No role is named."
    elif field == "days_taken" and (value is None or (isinstance(value, int | float) and not isinstance(value, bool))):
        said = "No days are stated." if value is None else f"{value:g} days are stated."
    else:
        raise KeyError(field)
    undo = {**operation, "value": getattr(board, field), "from": [value]}
    return Change(_with(board, **{field: value}), said, undo)


def _cite(case: Case, board: Board, operation: Operation) -> BoardChange:
    card = _counted(case, board, operation["id"])
    fact, wanted = str(operation["fact"]), bool(operation["on"])
    old = first_placements(board).get(card.id, Placement(card=card.id))
    if wanted and fact not in case.facts:
        raise KeyError(fact)
    evidence = tuple(id for id in old.evidence if id != fact) + ((fact,) if wanted else ())
    verb = "cites" if wanted else "no longer cites"
    undo = {**operation, "on": fact in old.evidence}
    return Change(_placed(board, old, evidence=evidence), f"{card.label} {verb} {fact}.", undo)


def _merge(case: Case, board: Board, operation: Operation) -> BoardChange:
    drop, keep = _counted(case, board, operation["id"]), _counted(case, board, operation["keep"])
    if drop.id == keep.id:
        raise ValueError(drop.id)
    if drop.id in merged_into(board).values():
        raise Stale(f"Other cards are counted with {drop.label}. Separate them first.")
    old = first_placements(board).get(drop.id)
    undo: dict[str, Any] = {"op": "separate", "id": drop.id}
    if old is not None:
        undo["placement"] = old.model_dump(mode="json")
        undo["index"] = laid_out(case, board)[old.column].index(drop.id)
    changed = _with(
        board,
        placements=[placement for placement in board.placements if placement.card != drop.id],
        merges=[*(m for m in board.merges if m.drop != drop.id), Merge(keep=keep.id, drop=drop.id)],
    )
    return Change(changed, f"{drop.label} is now counted with {keep.label}.", undo)


def _separate(case: Case, board: Board, operation: Operation) -> BoardChange:
    drop = cards_of(case)[operation["id"]]
    keep = merged_into(board)[drop.id]
    changed = _with(board, merges=[merge for merge in board.merges if merge.drop != drop.id])
    undo = {"op": "merge", "id": drop.id, "keep": keep}
    if operation.get("placement"):
        placement = Placement.model_validate(operation["placement"]).model_copy(update={"card": drop.id})
        changed = _with(changed, placements=[*changed.placements, placement])
        if placement.column:
            back = {"id": drop.id, "column": placement.column, "index": operation.get("index", 0)}
            changed = _move(case, changed, back).content
    return Change(changed, f"{drop.label} is a card of its own again.", undo)


def _forget(case: Case, board: Board, operation: Operation) -> BoardChange:
    """Remove everything that the file says about a card or a voter that this case does not have, or the dots that
    it holds of somebody whose votes are cast already."""
    stranger = str(operation["id"])
    if stranger in cards_of(case) or (stranger in voters_of(case) and stranger not in board.voted):
        raise KeyError(stranger)
    lost: dict[str, list[Any]] = {
        "placements": [p for p in board.placements if p.card == stranger],
        "votes": [v for v in board.votes if stranger in (v.card, v.voter)],
        "merges": [m for m in board.merges if stranger in (m.keep, m.drop)],
    }
    if not any(lost.values()):
        raise KeyError(stranger)
    changed = _with(board, **{name: [r for r in getattr(board, name) if r not in lost[name]] for name in lost})
    rows = {name: [row.model_dump(mode="json") for row in found] for name, found in lost.items()}
    return Change(changed, f"{stranger} is removed from the file.", {"op": "remember", "id": stranger, "rows": rows})


def _remember(case: Case, board: Board, operation: Operation) -> BoardChange:
    """Put back what `forget` removed."""
    rows = operation["rows"]
    added = Board.model_validate({name: rows[name] for name in ("placements", "votes", "merges")})
    changed = _with(
        board,
        placements=[*board.placements, *added.placements],
        votes=[*board.votes, *added.votes],
        merges=[*board.merges, *added.merges],
    )
    return Change(changed, f"{operation['id']} is back in the file.", {"op": "forget", "id": operation["id"]})


_OPERATIONS: dict[str, Callable[[Case, Board, Operation], BoardChange]] = {
    "move": _move,
    "vote": _vote,
    "detail": _detail,
    "tightest": _tightest,
    "cite": _cite,
    "merge": _merge,
    "separate": _separate,
    "forget": _forget,
    "remember": _remember,
}


def _counted(case: Case, board: Board, id: str) -> Card:
    """The card, if it is one of this case and not counted with another one."""
    card = cards_of(case)[id]
    keep = merged_into(board).get(id)
    if keep is not None:
        raise Stale(f"{card.label} is counted with {case.registry.label('cards', keep)}. Separate them first.")
    return card


def _placed(board: Board, old: Placement, **fields: Any) -> Board:
    """The board with another content of a card's placement, at the same place in the file."""
    new = Placement.model_validate({**old.model_dump(), **fields})
    rest, done = [], False
    for placement in board.placements:
        if placement.card != old.card:
            rest.append(placement)
        elif not done:
            done = True
            rest.append(new)
    if not done:
        rest.append(new)
    return _with(board, placements=[placement for placement in rest if not _is_empty(placement)])


def _is_empty(placement: Placement) -> bool:
    return not (placement.column or placement.reason or placement.revisit or placement.evidence)


def _with(board: Board, **fields: Any) -> Board:
    """The board with other content; raises ValidationError where a list is longer than the file may hold."""
    return Board.model_validate({**{name: getattr(board, name) for name in Board.model_fields}, **fields})


def _left(dots: int) -> str:
    return "No dots left." if dots <= 0 else f"{dots} {'dot' if dots == 1 else 'dots'} left."
