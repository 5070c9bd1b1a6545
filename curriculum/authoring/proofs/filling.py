"""Proofs about effort: not too much is filled in, nobody writes code unasked, and the stated minutes are honest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import derived_places, filled
from curriculum.artifacts.places import value_at
from curriculum.authoring.effort import efforts, filled_fields, stand_ins
from curriculum.authoring.lesson_text import lesson_cells, render_lesson
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject

MOST_FIELDS_A_MINUTE = 1.6
"""Filled fields a minute of the longest stated time; more is a form and no lesson."""

LEAST_SHARE = 0.6
"""The shortest stated time is at least this share of what the leanest exemplar takes."""

_PROMISE = re.compile(
    r"\b(?:not (?:need|have) to (?:program|code)|no programming|without programming)\b", re.IGNORECASE
)


@for_the_lesson
def fields_fit_the_minutes(subject: Subject, seeds: Sequence[int]) -> Against:
    """No exemplar fills more than 1.6 fields a minute of the longest stated time, and none of them as JSON."""
    longest, cells = subject.entry.minutes[1], lesson_cells(subject)
    for variant, files in subject.fixtures(seeds[0]).exemplars.items():
        count = filled_fields(subject, cells, files)
        if count.fields > MOST_FIELDS_A_MINUTE * longest:
            yield (
                variant,
                f"{count.fields} fields in {longest} minutes are {count.fields / longest:.2f} a minute; at most "
                f"{MOST_FIELDS_A_MINUTE} are {MOST_FIELDS_A_MINUTE * longest:.0f}",
            )
        for place in count.code:
            yield f"{variant}/{place}", "it is written as JSON; build it from fields, or let a cell put it there"


@for_the_lesson
def stated_minutes_are_honest(subject: Subject, seeds: Sequence[int]) -> Against:
    """The leanest exemplar's words, fields and turns fit into the longest stated time; the shortest is 60 % or more."""
    shortest, longest = subject.entry.minutes
    leanest = min(efforts(subject, seeds[0]), key=lambda effort: effort.minutes)
    words = f"{sum(leanest.words.values()):,} words, {leanest.filled.fields} fields and {leanest.turns} turns"
    if leanest.minutes > longest:
        yield "catalog.toml", f"{words} ({leanest.variant}) take {leanest.minutes:.0f} minutes; {longest} are stated"
    if shortest < LEAST_SHARE * leanest.minutes:
        yield (
            "catalog.toml",
            f"{words} ({leanest.variant}) take {leanest.minutes:.0f} minutes; nobody does it in {shortest}, so say "
            f"{LEAST_SHARE * leanest.minutes:.0f} or more",
        )


@for_the_lesson
def who_need_not_program_does_not(subject: Subject, seeds: Sequence[int]) -> Against:
    """A lesson that promises that nobody needs to program has no code to complete and no JSON to write."""
    if not _PROMISE.search(" ".join(render_lesson(subject).split())):
        return
    cells = lesson_cells(subject)
    for cell in cells:
        if stand_ins(cell):
            yield cell.id, "the learner has to replace `...` in its code; ask for it in a form"
    for variant, files in subject.fixtures(seeds[0]).exemplars.items():
        for place in filled_fields(subject, cells, files).code:
            yield f"{variant}/{place}", "it is written as JSON"


@for_each_world
def derived_fields_are_derived(subject: Subject, seed: int) -> Against:
    """What nobody types is worked out for every exemplar, also where other artifacts are missing, and never stored."""
    case, rubric = subject.case(seed), subject.rubric
    for variant, files in subject.fixtures(seed).exemplars.items():
        stored = {kind: model.model_validate(files.get(kind, {})) for kind, model in rubric.artifacts.items()}
        for kind, artifact in stored.items():
            places = dict(derived_places(artifact))
            if not places:
                continue
            if kind not in rubric.derives:
                yield kind, f"{next(iter(places))} is declared as derived, and the rubric's `derives` has no {kind}"
                continue
            for place in places:
                if value_at(artifact, place) not in (None, "", (), False):
                    yield f"{variant}/{kind}", f"it states {place}, which nobody types"
            done = filled(artifact, rubric.derives[kind], case, stored)
            if all(_is_blank(done, place) for place in places):
                yield f"{variant}/{kind}", f"nothing is derived for {next(iter(places))}"
            filled(artifact, rubric.derives[kind], case, {kind: artifact})
            filled(type(artifact)(), rubric.derives[kind], case, {kind: type(artifact)()})


def _is_blank(artifact: Artifact, place: str) -> bool:
    return value_at(artifact, place) in (None, "", (), False)
