"""The spaced review as a widget: one card after the other, turned first and then rated; it can be left at any time."""

from __future__ import annotations

from html import escape
from typing import Any

from curriculum.learner.review import RATINGS, Counts, Deck, ReviewCard, comes_back
from curriculum.support.files import FileRefused
from curriculum.widgets.base import CourseWidget, Operation

WORDS = {"again": "I did not know", "hard": "Partly", "good": "I knew it", "easy": "At once"}
"""The ratings as learners say them."""

KIND_WORDS = {
    "criterion": "Not met yet", "flaw": "Overlooked", "retrieval": "From memory",
    "question": "Interview question", "term": "Word of the trade",
}  # fmt: skip


class DeckWidget(CourseWidget, assets="deck"):
    """The cards that wait. Operations: begin, turn (a card), rate (a card, how it went), leave.

    What is due lives in the deck's own file; the widget knows only which card lies open, and whether it is turned.
    """

    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self._deck = deck
        self._open, self._turned, self._done = False, "", 0
        self._last = ""
        self._refresh()

    def operate(self, operation: Operation) -> str:
        try:
            return self._operated(operation)
        except FileRefused as error:
            self.view = {**self.view, "notice": str(error)}
            return str(error)

    def _operated(self, operation: Operation) -> str:
        op, id = operation["op"], operation.get("card")
        card = next((card for card in self._deck.waiting() if card.id == id), None)
        said = ""
        if op == "begin":
            self._open, self._turned, self._done, self._last = True, "", 0, ""
        elif op == "leave":
            self._open, self._turned = False, ""
        elif op == "turn" and card:
            self._open, self._turned = True, card.id
            said = " ".join([card.back, *card.points])
        elif op == "rate" and card:
            number = next((number for number, word in RATINGS.items() if word == operation.get("value")), None)
            if number is not None:
                due = self._deck.answer(card.id, number)
                self._open, self._turned, self._done = True, "", self._done + 1
                said = self._last = f"It comes back {comes_back(due)}."
        self._refresh()
        return said

    def _refresh(self) -> None:
        try:
            counts, waiting = self._deck.counts(), self._deck.waiting() if self._open else []
        except FileRefused as error:
            self.view = {"sentence": str(error), "waits": 0, "card": None, "open": False, "last": "", "notice": ""}
            return
        card = waiting[0] if waiting else None
        self.view = {
            "sentence": counts.sentence,
            "waits": counts.now,
            "open": self._open,
            "card": self._drawn(card) if card else None,
            "position": self._done + 1,
            "of": self._done + len(waiting),
            "done": self._done,
            "last": self._last,
            "ratings": [{"id": word, "words": WORDS[word]} for word in RATINGS.values()],
            "notice": "",
        }

    def _drawn(self, card: ReviewCard) -> dict[str, Any]:
        turned = card.id == self._turned
        return {
            "id": card.id,
            "kind": KIND_WORDS[card.kind],
            "lesson": card.lesson,
            "front": card.front,
            "context": [{"label": label, "words": words} for label, words in card.context],
            "turned": turned,
            "back": card.back if turned else "",
            "points": list(card.points) if turned else [],
        }

    @property
    def counts(self) -> Counts:
        """How many cards wait now."""
        return self._deck.counts()

    def as_text(self) -> str:
        return f"Review. {self.view['sentence']}"

    def as_html(self) -> str:
        return f"<p>{escape(self.as_text())}</p>"
