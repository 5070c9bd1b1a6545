"""The scoping board as criteria read it: each card's column, its dots and what it needs, duplicates counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from curriculum.artifacts.board import Board, Placement
from curriculum.cases import Case
from curriculum.cases.base import Card

RANK = {"must": 0, "nice": 1, "deferred": 2}


@dataclass(frozen=True)
class BoardReading:
    """A board whose true duplicates are one card. What a learner merges without reason stays apart."""

    cards: Mapping[str, Card]
    placement: Mapping[str, Placement]
    """The first placement of each known card that counts."""
    position: Mapping[str, int]
    """Where that placement stands in the list, from 1."""
    column: Mapping[str, str]
    """The column of each card that counts and lies in one."""
    dropped: Mapping[str, str]
    """The duplicate that was merged away, and the card with which it counts."""
    votes: Mapping[tuple[str, str], int]
    """The dots that were cast, and the product manager's own as the board has them."""
    pair: frozenset[str]

    @property
    def musts(self) -> list[str]:
        return [id for id, column in self.column.items() if column == "must"]

    @property
    def deferred(self) -> list[str]:
        return [id for id, column in self.column.items() if column == "deferred"]

    @property
    def ranked(self) -> dict[str, str]:
        """The columns of all needs: of two duplicates that both lie on the board, only the better placed one."""
        best = min(
            (id for id in sorted(self.pair) if id in self.column), key=lambda id: RANK[self.column[id]], default=""
        )
        return {id: column for id, column in self.column.items() if id not in self.pair or id == best}

    def place(self, card: str, field: str) -> str:
        """The place of a card's field on the board; the whole list where the card lies nowhere."""
        return f"placements[{self.position[card]}].{field}" if card in self.position else "placements"

    def counted_with(self, card: str) -> frozenset[str]:
        """The ids that stand for the same need as `card`."""
        return self.pair if card in self.pair else frozenset({card})

    def dots_alone(self, card: str) -> int:
        return sum(dots for (_, voted), dots in self.votes.items() if voted == card)

    def dots(self, card: str) -> int:
        """Dots of a card, with those of its duplicate."""
        return sum(self.dots_alone(id) for id in self.counted_with(card))

    def closure(self, card: str) -> frozenset[str]:
        """Everything that a card needs, directly or not; a duplicate that was merged away is its other half."""
        found: set[str] = set()
        todo = [card]
        while todo:
            current = todo.pop()
            needs = self.cards[current].needs if current in self.cards else ()
            new = {self.same(need) for need in needs} - found - {card}
            found |= new
            todo += new
        return frozenset(found)

    def same(self, card: str) -> str:
        """The card itself, or the one with which it is counted, or that stands in for it on the board."""
        if card in self.dropped:
            return self.dropped[card]
        if card in self.pair and self.column.get(card) != "must":
            return next((id for id in sorted(self.pair) if self.column.get(id) == "must"), card)
        return card

    def must_days(self) -> dict[str, float]:
        """Days by role that the Must-Haves take."""
        return self.days(self.musts)

    def days(self, cards: Iterable[str]) -> dict[str, float]:
        """Days by role that these cards take."""
        days: dict[str, float] = {}
        for id in cards:
            for role, effort in self.cards[id].effort.items():
                days[role] = days.get(role, 0.0) + effort
        return days


def read_board(board: Board, case: Case) -> BoardReading:
    """What the board says about the cards of this case."""
    cards: dict[str, Card] = {id: card for id, card in case.registry.entries("cards").items() if isinstance(card, Card)}
    pair = case.truth.duplicates
    merge = next((m for m in board.merges if frozenset((m.keep, m.drop)) == pair), None)
    dropped = {merge.drop: merge.keep} if merge else {}
    placement: dict[str, Placement] = {}
    position: dict[str, int] = {}
    for number, item in enumerate(board.placements, start=1):
        if item.card in cards and item.card not in dropped and item.card not in placement:
            placement[item.card], position[item.card] = item, number
    votes = dict(case.truth.votes)
    for vote in board.votes:
        if vote.voter == "pm":
            votes[vote.voter, vote.card] = votes.get((vote.voter, vote.card), 0) + vote.dots
    column = {id: item.column for id, item in placement.items() if item.column}
    return BoardReading(cards, placement, position, column, dropped, votes, pair)
