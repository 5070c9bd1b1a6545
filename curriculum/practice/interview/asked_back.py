"""What three people ask back who hear each other's answers: it follows from the promises alone, and scores nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.artifacts.panel_answers import PanelAnswers
from curriculum.artifacts.process_answer import ProcessAnswer
from curriculum.cases import Case
from curriculum.cases.interview_operating_model.draw import ASKERS, Asker
from curriculum.cases.interview_operating_model.offers import AXIS, BETTER

_UNITS: Mapping[str, str] = {"days": "days of an item", "research": "days with users", "hours": "hours a week"}


def asked_back(answers: PanelAnswers, process: ProcessAnswer, case: Case) -> Iterator[tuple[Asker, str]]:
    """One question of each of the three who has been promised something, in the order in which they were answered;
    and one of Ruth, if the process answer speaks of a meeting that is not among those that end."""
    known = case.registry.entries("promises")
    promised = {answer.who: answer.promise for answer in answers.answers if answer.promise in known}
    for who in sorted((who for who in ASKERS if who in promised), key=lambda who: who != answers.first):
        yield who, _question(who, promised, case)
    if promised and (unsettled := spoken_of(process, case)):
        yield "ruth", f"You speak of “{unsettled[0]}”, and it is not among the meetings that end. Does it go on?"


def spoken_of(process: ProcessAnswer, case: Case) -> list[str]:
    """Meetings that what is said names and that do not end."""
    said = " ".join(process.said.lower().split())
    return [entry.label for id, entry in case.registry.entries("meetings").items()
            if id not in process.dropped and entry.label.lower() in said]  # fmt: skip


def _question(who: Asker, promise: Mapping[str, str], case: Case) -> str:
    axis = AXIS[who]
    good = BETTER[axis]
    unit, label = _UNITS[axis], case.registry.label
    if _changes(case, promise[who], axis) * good <= 0:
        return f"I asked for something else. What does “{label('promises', promise[who])}” do for my {unit}?"
    takes = {
        other: _changes(case, id, axis) * good
        for other, id in promise.items()
        if other != who and id != promise[who] and _changes(case, id, axis) * good < 0
    }
    if takes:
        other = min(takes, key=lambda one: takes[one])
        return (
            f"I hear that you have promised {label('askers', other).split()[0]} "
            f"“{label('promises', promise[other])}”. That takes {-takes[other]:g} {unit} from what I get. "
            f"Did you tell us both?"
        )
    row = ASKERS.index(who)
    today, wanted = (float(case.columns["asks"][name][row]) for name in ("today", "wanted"))
    reached = today + sum(_changes(case, id, axis) for id in set(promise.values()))
    if (reached - wanted) * good < 0:
        return f"I asked for {wanted:g} {unit}, and by your promises it is {reached:g}. Who says that this is enough?"
    return "I get what I asked for. Who of us pays for it, and do they know?"


def _changes(case: Case, promise: str, axis: str) -> float:
    row = list(case.registry.entries("promises")).index(promise)
    return float(case.columns["promises"][axis][row])
