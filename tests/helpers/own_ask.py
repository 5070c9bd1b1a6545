"""Right answers to `welcome` in words that nobody has used before, since copied ones wait for a person."""

from __future__ import annotations

from curriculum.cases import Case
from curriculum.course.fixtures import Files, load_exemplar


def own_ask(case: Case, *, late: bool = False) -> Files:
    """The answers of an exemplar, with the sentence written anew; `late` asks for the decision when it is too late."""
    files = load_exemplar(case, "later_standup")
    time = files["ask"]["moves_to"]
    words = f"Can we move the stand-up to {time}, when the numbers are there on nine mornings of ten?"
    by = {"by": "2030-01-01"} if late else {}
    return {**files, "ask": {**files["ask"], "ask": words, **by}}
