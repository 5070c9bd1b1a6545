"""Proofs that weights follow harm: what hurts more costs more, and gates stand where the harm is."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from curriculum.authoring.proofs.answers import near_miss_reports
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.course.design_notes import Harm, order_of_harm

WORLDS = 2
"""In so many worlds the points that near-misses lose are counted."""


@for_the_lesson
def order_of_harm_is_whole(subject: Subject, seeds: Sequence[int]) -> Against:
    """design.md puts every near-miss into the order of harm, once, and names no other."""
    harm = _order(subject)
    known = [miss.id for miss in subject.fixtures(seeds[0]).near_misses]
    placed = [id for group in harm.groups for id in group]
    if len(harm.groups) < 2:
        yield "design.md", "the order of harm has fewer than two lines, so it orders nothing"
    for id in known:
        if (count := placed.count(id)) != 1:
            yield id, f"it stands {count} times in the order of harm"
    for id in sorted({*placed} - {*known}):
        yield id, "it stands in the order of harm and is no near-miss"
    for id in sorted(harm.completeness):
        if id not in subject.rubric.criteria or not subject.rubric.criteria[id].gate:
            yield id, "it is called a gate for completeness and is no gate"


@for_the_lesson
def points_follow_the_order_of_harm(subject: Subject, seeds: Sequence[int]) -> Against:
    """What does more harm loses at least as many points, on the mean of each line of the order."""
    lost = _points_lost(subject, seeds[:WORLDS])
    means = [fmean([lost[id] for id in group if id in lost] or [0.0]) for group in _order(subject).groups]
    for milder in range(1, len(means)):
        worse = min(range(milder), key=lambda number: means[number])
        if means[worse] < means[milder] - 1e-9:
            yield (
                f"line {worse + 1}",
                f"it loses {means[worse]:.1f} points on the mean, and line {milder + 1}, which is milder, "
                f"{means[milder]:.1f}",
            )


@for_the_lesson
def gates_stand_where_the_harm_is(subject: Subject, seeds: Sequence[int]) -> Against:
    """What fails a gate stands in the upper half of the order of harm, unless the gate asks for completeness."""
    harm = _order(subject)
    upper = {id for group in harm.groups[: -(-len(harm.groups) // 2)] for id in group}
    for miss in subject.fixtures(seeds[0]).near_misses:
        if miss.id not in upper:
            for id in miss.fails:
                criterion = subject.rubric.criteria.get(id)
                if criterion and criterion.gate and id not in harm.completeness:
                    yield miss.id, f"it fails the gate {id} and stands in the lower half of the order of harm"


def _order(subject: Subject) -> Harm:
    return order_of_harm(subject.text("design.md"))


def _points_lost(subject: Subject, seeds: Sequence[int]) -> dict[str, float]:
    """By near-miss: the points that it loses, on the mean over worlds."""
    lost: dict[str, list[float]] = {}
    for seed in seeds:
        for miss, report in near_miss_reports(subject, seed):
            lost.setdefault(miss.id, []).append(report.maximum - report.points)
    return {id: fmean(values) for id, values in lost.items()}
