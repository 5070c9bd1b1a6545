"""Proofs about what a review says: where each objection is, what each question rests on, what a blank part lights."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.artifacts.places import has_place
from curriculum.authoring.proofs.answers import graded, near_miss_reports
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from graders.report import Report

UNMET_BY_A_BLANK = 3
"""One blank part of a right answer may be missed by so many criteria; all else waits for it."""

EVERY = 10
"""In one world of so many every part is blanked in turn; it costs a grading each."""


@for_each_world
def objections_have_places(subject: Subject, seed: int) -> Against:
    """Every objection to a near-miss names a field of the artifact that it judges, or the conversation."""
    rubric = subject.rubric
    for _, report in near_miss_reports(subject, seed):
        for artifact in report.artifacts:
            for finding in artifact.failed():
                for one in finding.objections:
                    known = one.place in rubric.conversations or has_place(rubric.artifacts[artifact.kind], one.place)
                    if not known:
                        yield finding.criterion, f"it objects to {one.place!r}, which {artifact.kind} does not have"


@for_the_lesson
def what_criteria_rest_on_exists(subject: Subject, seeds: Sequence[int]) -> Against:
    """Criteria rest on criteria and on places that exist, and never on each other."""
    rubric = subject.rubric
    for criterion in rubric.criteria.values():
        for id in criterion.rests_on:
            kind, _, place = id.partition(".")
            if id in rubric.criteria:
                continue
            if kind not in {criterion.artifact, *criterion.needs} & rubric.artifacts.keys():
                yield criterion.id, f"it rests on {id!r}, which is no criterion and in no artifact that it looks at"
            elif not has_place(rubric.artifacts[kind], place):
                yield criterion.id, f"it rests on {id!r}, and there is no such place"
    for circle in _circles({id: set(one.rests_on) & rubric.criteria.keys() for id, one in rubric.criteria.items()}):
        yield circle[0], f"it rests on itself: {' → '.join(circle)}"


@for_each_world
def a_blank_part_lights_few_findings(subject: Subject, seed: int) -> Against:
    """With one part of a right answer left blank, few criteria are unmet, and what is open waits for one of them."""
    if seed % EVERY:
        return
    case = subject.case(seed)
    for variant, files in subject.fixtures(seed).exemplars.items():
        for kind in subject.rubric.artifacts:
            for name in files[kind]:
                blanked = {**files, kind: {key: value for key, value in files[kind].items() if key != name}}
                report = graded(subject, case, blanked)
                place = f"{variant}/{kind}.{name}"
                unmet = _unmet(report)
                if len(unmet) > UNMET_BY_A_BLANK:
                    yield place, f"left blank, it lights {len(unmet)} unmet findings: {', '.join(sorted(unmet))}"
                if lost := sorted(_waiting_for_nothing(report, unmet)):
                    yield place, f"left blank, these wait for nothing that is said: {', '.join(lost)}"


def _unmet(report: Report) -> set[str]:
    return {finding.criterion for artifact in report.artifacts for finding in artifact.failed()}


def _waiting_for_nothing(report: Report, unmet: set[str]) -> set[str]:
    """Open criteria whose root is nowhere in the report: their artifact is there, and no finding says what to do."""
    return {
        finding.criterion
        for artifact in report.artifacts
        for finding in artifact.open()
        if finding.waits_for and finding.waits_for not in unmet
    }


def _circles(edges: dict[str, set[str]]) -> list[list[str]]:
    import networkx as nx

    return [[*circle, circle[0]] for circle in nx.simple_cycles(nx.DiGraph(edges))]
