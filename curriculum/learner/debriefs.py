"""What a learner wrote when looking back: of one lesson, and of the lesson before that asked for the same skills."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from curriculum.artifacts.debriefs import Debriefs
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.course.catalog import load_catalog
from curriculum.course.debriefs import load_debriefs
from graders import load_rubric

MOST_SHOWN = 3
"""Texts of an earlier lesson that are shown before another one."""


@dataclass(frozen=True)
class LookedBack:
    """A question that looks back, and what was written under it."""

    id: str
    question: str
    text: str
    on: dt.date | None


@dataclass(frozen=True)
class Earlier:
    """What was written after an earlier lesson, and the skills for which both lessons ask."""

    lesson: str
    """Its title."""
    skills: tuple[str, ...]
    texts: tuple[LookedBack, ...]


def looked_back(slug: str, answers: Path) -> tuple[LookedBack, ...]:
    """What was written under a lesson's questions, in the lesson's order; nothing where the file cannot be read."""
    try:
        written = read_artifact(answers / f"{Debriefs.kind}.yaml", Debriefs, inside=answers).artifact
    except (FileNotFoundError, Unreadable):
        return ()
    kept = ((debrief, written.of(debrief.id)) for debrief in load_debriefs(slug))
    return tuple(LookedBack(debrief.id, debrief.question, one.text, one.on) for debrief, one in kept if one.text)


def earlier(slug: str, workspace: Path) -> Earlier | None:
    """What was written last in another lesson that shares a skill with this one; None where nothing was."""
    mine = _skills(slug)
    found: list[tuple[dt.date, int, Earlier]] = []
    for place, entry in enumerate(load_catalog().lessons):
        answers = workspace / entry.level / entry.slug / "answers"
        if entry.slug == slug or not (texts := looked_back(entry.slug, answers)):
            continue
        if shared := mine & _skills(entry.slug):
            labels = tuple(skill.label for skill in load_catalog().skills if skill.id in shared)
            newest = max(text.on or dt.date.min for text in texts)
            found.append((newest, place, Earlier(entry.title, labels, texts[-MOST_SHOWN:])))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _skills(slug: str) -> frozenset[str]:
    return frozenset(criterion.skill for criterion in load_rubric(slug).criteria.values())
