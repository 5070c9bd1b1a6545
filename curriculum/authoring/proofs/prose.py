"""Proofs that nothing is decided by the words of a learner's prose: in the code of the rubric, and by other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import graders
from curriculum.artifacts.base import Artifact
from curriculum.authoring.other_words import in_other_words, with_texts
from curriculum.authoring.patterns import patterns_on_prose, rubric_sources
from curriculum.authoring.proofs.answers import graded
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from graders.common import shells
from graders.report import Report, Status

EMPTY = "asdf"
"""A text that says nothing."""
WORLDS = 3
"""What decides on words does so in every world; so many are looked at."""


@for_the_lesson
def criteria_search_no_prose(subject: Subject, seeds: Sequence[int]) -> Against:
    """No criterion's code looks for patterns or phrases in a text that learners write in their own words."""
    folder = Path(graders.__file__).parent
    for path in rubric_sources(folder, subject.slug):
        models = tuple(subject.rubric.artifacts.values())
        for looked in patterns_on_prose(path.read_text(encoding="utf-8"), models):
            yield f"{path.relative_to(folder)}, line {looked.line}", f"{looked.function}: {looked.how}"


@for_the_lesson
def other_words_change_no_verdict(subject: Subject, seeds: Sequence[int]) -> Against:
    """An example, and a near-miss, in other words of the same length and with the same numbers gets the same
    verdicts; only texts that say nothing are told apart."""
    told: set[str] = set()
    for seed in list(seeds)[:WORLDS]:
        case, fixtures = subject.case(seed), subject.fixtures(seed)
        answers: list[tuple[str, Files, Files]] = [(name, files, {}) for name, files in fixtures.exemplars.items()]
        answers += [
            (miss.id, fixtures.near_miss_files(miss), fixtures.exemplars[miss.variant]) for miss in fixtures.near_misses
        ]
        for name, files, original in answers:
            for criterion, sentence in _changed(subject, case, files, original):
                if criterion not in told:
                    told.add(criterion)
                    yield f"{name}/{criterion}", sentence


@for_the_lesson
def empty_words_close_a_gate(subject: Subject, seeds: Sequence[int]) -> Against:
    """A text that says nothing, in whatever field of prose, fails a gate of its artifact, at that place."""
    told: set[str] = set()
    for seed in list(seeds)[:1]:
        case = subject.case(seed)
        for files in subject.fixtures(seed).exemplars.values():
            for kind, artifact in _artifacts(subject, files).items():
                for prose in artifact.prose:
                    field = f"{kind}.{prose.field}"
                    if field in told:
                        continue
                    told.add(field)
                    emptied = with_texts(artifact, {prose.place: EMPTY})
                    report = graded(subject, case, files | {kind: emptied.plain()} if emptied else files).of(kind)
                    gates = [finding for finding in report.failed() if finding.gate]
                    if not any(one.place == prose.place for finding in gates for one in finding.objections):
                        yield field, f"with “{EMPTY}” in it, no gate says so"


def _changed(subject: Subject, case: Case, files: Files, original: Files) -> Iterator[tuple[str, str]]:
    """Criteria whose verdict follows the words of those texts that are not as in the original."""
    known = _texts(subject, original)
    other: dict[str, Artifact] = {}
    for kind, artifact in _artifacts(subject, files).items():
        places = {prose.place for prose in artifact.prose if known.get((kind, prose.place)) != prose.text}
        places -= {place for place, _, _ in shells(artifact, case)}
        if places:
            other[kind] = in_other_words(artifact, case, places)
    if not other:
        return
    before = _verdicts(graded(subject, case, files))
    after = _verdicts(graded(subject, case, files | {kind: artifact.plain() for kind, artifact in other.items()}))
    for criterion, verdict in after.items():
        if verdict != before[criterion]:
            yield criterion, f"it is {before[criterion]} in the author's words and {verdict} in other words"


def _texts(subject: Subject, files: Files) -> dict[tuple[str, str], str]:
    return {
        (kind, prose.place): prose.text
        for kind, artifact in _artifacts(subject, files).items()
        for prose in artifact.prose
    }


def _artifacts(subject: Subject, files: Files) -> dict[str, Artifact]:
    models = subject.rubric.artifacts
    return {kind: models[kind].model_validate(files[kind] or {}) for kind in models if kind in files}


def _verdicts(report: Report) -> dict[str, Any]:
    return {
        finding.criterion: "open" if finding.status is Status.OPEN else "met" if finding.passed else "unmet"
        for artifact in report.artifacts
        for finding in artifact.findings
    }
