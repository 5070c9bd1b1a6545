"""What a learner has shown of each skill, read from the checks that were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from curriculum.course.catalog import load_catalog
from curriculum.learner.progress import Checked, Progress
from curriculum.pages.skills import Evidence, SkillRecord, Skills
from graders import load_rubric


@dataclass
class _Asked:
    """What the checks say about one criterion."""

    met: list[str] = field(default_factory=list)
    """When, one entry a checked version."""
    missed: list[str] = field(default_factory=list)
    last: tuple[str, bool] = ("", False)
    """When it was last asked, and whether it was met."""


def skills_of(progress: Progress | None) -> Skills:
    """The record of all skills, in the order of the catalogue; raises ProgressLost. Criteria that the course does not
    have any more are left out."""
    checks = progress.checks() if progress else ()
    asked = _asked(checks)
    hints = {lesson: progress.hints(lesson) for lesson in {lesson for lesson, _ in asked}} if progress else {}
    evidence: dict[str, list[Evidence]] = {skill.id: [] for skill in load_catalog().skills}
    questions = dict.fromkeys(evidence, 0)
    lessons: dict[str, dict[str, None]] = {id: {} for id in evidence}
    for entry in load_catalog().lessons:
        rubric = load_rubric(entry.slug)
        for id, criterion in rubric.criteria.items():
            questions[criterion.skill] += 1
            lessons[criterion.skill][entry.title] = None
            if (found := asked.get((entry.slug, id))) is None:
                continue
            evidence[criterion.skill].append(
                Evidence(
                    lesson=entry.slug,
                    lesson_title=entry.title,
                    artifact=criterion.artifact,
                    artifact_title=rubric.artifacts[criterion.artifact].title,
                    criterion=id,
                    sentence=criterion.sentence,
                    met=found.last[1],
                    times=len(found.met),
                    times_not=len(found.missed),
                    first_met=_day(found.met[0]) if found.met else None,
                    last=_day(found.last[0]),
                    hints=hints.get(entry.slug, {}).get(id, 0),
                )
            )
    records = tuple(
        SkillRecord(skill.id, skill.label, tuple(evidence[skill.id]), questions[skill.id], tuple(lessons[skill.id]))
        for skill in load_catalog().skills
    )
    return Skills(records, uncounted=sum(check.met is None for check in checks))


def _asked(checks: tuple[Checked, ...]) -> dict[tuple[str, str], _Asked]:
    found: dict[tuple[str, str], _Asked] = {}
    for check in checks:
        for criterion, met in _verdicts(check):
            one = found.setdefault((check.lesson, criterion), _Asked())
            (one.met if met else one.missed).append(check.at)
            one.last = (check.at, met)
    return found


def _verdicts(check: Checked) -> Iterator[tuple[str, bool]]:
    yield from ((criterion, True) for criterion in check.met or ())
    yield from ((criterion, False) for criterion in check.missed)


def _day(at: str) -> dt.date:
    """The day on this computer's calendar."""
    return dt.datetime.fromisoformat(at).astimezone().date()
