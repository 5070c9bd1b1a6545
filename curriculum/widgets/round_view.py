"""What is shown of one thing that was said back: the learner's version, the answer, what it changed; plain JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from curriculum.cases import Case
from curriculum.cases.base import Fact
from curriculum.roleplay.engine import Heard, State
from curriculum.roleplay.read_back import SaidBack, Status
from curriculum.roleplay.read_back_words import CLAIMS

Say = Callable[[str], str]
"""Fills the holes of a text from the case."""

STATUS_WORDS: dict[Status, tuple[str, str]] = {
    "confirmed": ("Confirmed", "good"),
    "corrected": ("Corrected", "warn"),
    "objected": ("Objected", "bad"),
    "closed": ("Closed", "bad"),
}
"""What an answer is called, and its tone."""

FIRMNESS_WORDS = {"must": "a must", "wish": "a wish", "not_said": "not said how firm"}


def fact_view(case: Case, fact: Fact) -> dict[str, str]:
    """A fact with who tells it."""
    holder = case.people.get(fact.held_by) if fact.held_by else None
    return {"id": fact.id, "text": fact.label, "by": holder.first_name if holder else ""}


def effects_view(case: Case, before: State, after: State) -> list[dict[str, str]]:
    """What a step cost and changed: minutes, and each person's trust."""
    effects = []
    if spent := before.minutes - after.minutes:
        effects.append({"text": f"−{spent} min", "tone": ""})
    for (person, was), (_, now) in zip(before.trust, after.trust, strict=True):
        if now != was:
            words = f"{'+' if now > was else '−'}{abs(now - was)} trust {case.people[person].first_name}"
            effects.append({"text": words, "tone": "good" if now > was else "bad"})
    return effects


def round_view(case: Case, heard: Heard, say: Say) -> dict[str, Any]:
    """One round: who listened, what was said, what was answered, what came of it."""
    said, answer = heard.round.said, heard.round.answer
    word, tone = STATUS_WORDS[answer.status]
    return {
        "who": said.person,
        "said": said_view(case, said),
        "line": say(heard.line),
        "status": answer.status,
        "word": word,
        "tone": tone,
        "effects": effects_view(case, heard.before, heard.after),
        "learned": [fact_view(case, case.facts[id]) for id in answer.opened if id in case.facts],
    }


def said_view(case: Case, said: SaidBack) -> dict[str, Any]:
    """A version in words: its sentence, the claims that were ticked, the limit's number and firmness."""
    entries = case.registry.entries(CLAIMS)
    return {
        "sentence": said.sentence,
        "claims": [entries[id].label if id in entries else id[:40] for id in said.claims],
        "number": "" if said.number is None else f"{said.number:g}",
        "firmness": FIRMNESS_WORDS.get(said.firmness, ""),
    }
