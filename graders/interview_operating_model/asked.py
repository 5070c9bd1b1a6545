"""What is asked about what is said: days of which the board knows nothing, and one text for all who bear something.

It changes no points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.panel_answers import PanelAnswers
from curriculum.artifacts.process_answer import ProcessAnswer
from curriculum.cases import Case
from curriculum.practice.interview.notes import LABEL
from curriculum.words.numbers import said_numbers
from graders.interview_operating_model.process import as_said

FEW = 20.0
"""Fewer days may be those of a plan, and are not asked about."""


def remarks(artifacts: Mapping[str, Artifact], case: Case) -> Iterator[str]:
    """A question for each number of days that is no sum of the board and none of the phases, and one for twins."""
    process, panel = artifacts.get("process_answer"), artifacts.get("panel_answers")
    if isinstance(process, ProcessAnswer):
        known = days_of(process, case)
        said = [one for one in said_numbers(process.said) if one.unit == "day" and one.kind == "number"]
        for one in said:
            if one.value >= FEW and not any(as_said(one.value, days) for days in known):
                yield f"{LABEL}: process answer: “{one.text}” are neither on the board nor in a phase. Whose are they?"
    if isinstance(panel, PanelAnswers):
        told = [(answer.bearer, " ".join(answer.told.casefold().split())) for answer in panel.answers if answer.told]
        bearers = {text: {bearer for bearer, same in told if same == text} for _, text in told}
        if any(len(people) > 1 for people in bearers.values()):
            yield f"{LABEL}: panel: two functions are told the same sentence. Does it say what each of them gives?"


def days_of(process: ProcessAnswer, case: Case) -> set[float]:
    """The days of an item, of an entry with and without what nobody could help, and of phases alone and together."""
    board = case.columns["board"]
    days = [float(each) for each in board["days"]]
    entries: dict[str, float] = {}
    for entry, each in zip(board["entered_as"], days, strict=True):
        entries[str(entry)] = entries.get(str(entry), 0.0) + each
    stated = [phase.days for phase in process.phases if phase.days]
    together = {sum(some) for count in range(1, len(stated) + 1) for some in combinations(stated, count)}
    own = {case.truth.lost(phase.failure) for phase in process.phases}
    return {*days, *entries.values(), sum(days), *together, *own}
