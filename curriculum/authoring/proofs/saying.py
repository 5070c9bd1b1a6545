"""Proofs about what learners type in conversations: every choice is found by other words, and a look has its price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from curriculum.authoring.exploration import TooManyStates
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.searched import Way, ways
from curriculum.authoring.subject import Subject
from curriculum.course.templates import render
from curriculum.roleplay.heard import ear
from curriculum.roleplay.phrasing import phrasing

FEWEST, MOST = 3, 6
"""How many other phrasings a choice has."""
LOOK = 1
"""Minutes for a look at the choices, from the intermediate level on."""


@for_the_lesson
def other_words_find_their_choice(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every choice can be said in other words, and those words find it among all that are ever open beside it."""
    if subject.script is None:
        return
    for choice in subject.script.choices.values():
        if not FEWEST <= len(choice.also) <= MOST:
            yield (
                f"{choice.id}, also",
                f"it has {len(choice.also)} other phrasings; {FEWEST} to {MOST} are compared with what learners type",
            )
        said = [phrasing(text).words.rstrip(" .!?") for text in (choice.text, *choice.also)]
        if repeated := sorted({words for words in said if said.count(words) > 1}):
            yield f"{choice.id}, also", f"{repeated[0]!r} stands there twice, or is the choice itself"
    try:
        found = {problem for way in ways(subject, seeds) for problem in _misheard(subject, way)}
    except TooManyStates:  # `conversation_is_sound` says what makes it smaller
        return
    yield from sorted(found)


def _misheard(subject: Subject, way: Way) -> Iterator[tuple[str, str]]:
    case = way.cases[0]
    say = partial(render, case=case)
    listening = ear(way.script, case, say, subject.plan.glossary)
    moments = {frozenset(id for id, _ in steps) for steps in way.found.steps}
    together = [moment for moment in moments if len(moment) > 1]
    for moment in together:
        if any(moment < other for other in together):
            continue  # who is found among more is found among fewer
        for choice in (way.script.choices[id] for id in sorted(moment)):
            for text in (choice.text, *choice.also):
                said = say(text)
                first = next(iter(listening.heard(said, sorted(moment))), "nothing")
                if first != choice.id:
                    yield f"{choice.id}, also", f"{said!r} finds {first} first"


@for_the_lesson
def a_look_has_its_price(subject: Subject, seeds: Sequence[int]) -> Against:
    """Having the choices shown is free for beginners and costs a minute from the intermediate level on."""
    if subject.script is None:
        return
    wanted = 0 if subject.entry.level == "beginner" else LOOK
    if subject.script.look_minutes != wanted:
        yield (
            "roleplay.yaml, look_minutes",
            f"a look at the choices costs {subject.script.look_minutes} minutes; at this level it costs {wanted}",
        )
