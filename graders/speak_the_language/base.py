"""The rubric of `speak_the_language` and what its criteria share."""

from __future__ import annotations

from curriculum.artifacts.collisions import Collisions
from curriculum.artifacts.glossary import Glossary
from curriculum.artifacts.translations import Translations
from curriculum.cases import Case
from curriculum.cases.speak_the_language.entries import Complaint, Deed, Experience, Meaning, Repair
from curriculum.cases.speak_the_language.truth import STATEMENTS
from curriculum.roleplay.engine import State
from graders.rubric import Rubric
from graders.speak_the_language.derived import meanings_in_words, receivers, words_that_collide

rubric = Rubric(
    "speak_the_language",
    {"glossary": Glossary, "collisions": Collisions, "translations": Translations},
    conversations=("six_desks",),
    derives={"glossary": meanings_in_words, "collisions": words_that_collide, "translations": receivers},
)

SAID_SHORTER = 0.05
"""One decimal may take this share of a small value away, as rounding may of people."""


def meaning(case: Case, id: str) -> Meaning | None:
    """A definition; None for an unknown one."""
    return case.registry.find("definitions", id, Meaning)


def deed(case: Case, id: str) -> Deed | None:
    """What a receiver does; None for an unknown one."""
    return case.registry.find("deeds", id, Deed)


def repair(case: Case, id: str) -> Repair | None:
    """What the free week is for; None for an unknown one, and where none is chosen yet."""
    return case.registry.find("repairs", id, Repair)


def experience(case: Case, id: str) -> Experience | None:
    """What people notice; None for an unknown one."""
    return case.registry.find("experiences", id, Experience)


def complaint(case: Case, id: str) -> Complaint | None:
    """What people write to support; None for an unknown one."""
    return case.registry.find("complaints", id, Complaint)


def speaker(statement: str) -> str:
    """Who says what is passed on; blank for an unknown statement."""
    return "emeka" if statement == "final_recall" else STATEMENTS.get(statement, ("", ""))[1]


def heard_statements(page: Translations, case: Case, conversation: State) -> list[tuple[str, int, str]]:
    """The messages whose statement was heard: place, index, and the definition behind it in this world."""
    return [
        (f"messages[{index + 1}]", index, case.truth.statements[message.statement])
        for index, message in enumerate(page.messages)
        if message.statement in case.truth.statements and conversation.knows(message.statement)
    ]


def first_name(case: Case, person: str) -> str:
    """A person's first name, or what stands there instead."""
    return case.registry.label("people", person).split()[0] if person else "nobody"


def agrees(stated: float | None, true: float, unit: str = "per 100") -> bool:
    """Whether a stated value is the recomputed one: within 2 % of it, or as it rounds where people round.

    From 1 on people here say one decimal, so that is right of every such value; below it only where little is lost by
    it: 0.6 for 0.62, and not 0.1 for 0.14. A share close to 100 is held by what is left to 100 besides, since there
    the difference lies: 99.1 and 99.8 are far apart.
    """
    if stated is None:
        return False
    near = min(abs(true), abs(100 - true)) if unit == "per 100" and 0 < true < 100 else abs(true)
    slack = max(0.02 * near, 0.051 if abs(true) >= 1 else 0.006)
    off = abs(stated - true)
    said_shorter = stated == round(true, 1) and off <= SAID_SHORTER * abs(true)
    return said_shorter or off <= slack + 1e-9


def gives(case: Case, definition: Meaning, number: float) -> bool:
    """Whether a number is what a definition gives on the tables; of a change also without its sign."""
    true = case.truth.values[definition.id]
    signed = agrees(number, true, definition.unit)
    return signed or (definition.against is not None and agrees(number, abs(true), definition.unit))
