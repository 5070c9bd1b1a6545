"""How much a learner is given to begin a document with: less, the more of its genre they have written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from curriculum.artifacts.base import GENRES, Artifact
from curriculum.course.catalog import load_catalog
from curriculum.course.half_filled import HalfFilled, load_half_filled
from curriculum.pages.standing import Standing
from graders import load_rubric

Standings = Mapping[str, Mapping[str, Standing]]
"""The best checks, by lesson and kind of artifact."""

WRITTEN = 1 / 3
"""From this share of the points on, a document counts as one that was written."""


class Help(IntEnum):
    """What comes with a document, by how many of its genre were written before."""

    HALF_FILLED = 0
    OUTLINE = 1
    NOTHING = 2


@dataclass(frozen=True)
class Before:
    """A document of the same genre that comes before this one."""

    lesson: str
    """Slug."""
    kind: str
    title: str


@dataclass(frozen=True)
class Guidance:
    """What comes with one document, and why."""

    help: Help
    before: tuple[Before, ...]
    """Those of its genre that the learner has written; of a course, those that come before it."""
    fixed: bool
    """Whether it follows the order of the course, and not what this learner has written."""


def guidance(slug: str, kind: str, standings: Standings | None) -> Guidance | None:
    """What comes with an artifact; None for an exercise, which is no document.

    Without standings it follows the order of the course: handouts are the same for everybody.
    """
    model = load_rubric(slug).artifacts[kind]
    if GENRES.get(model.genre) == "":
        return None
    order = [entry.slug for entry in load_catalog().lessons]
    if standings is None:
        lessons = order[: order.index(slug) + 1]
    else:  # rubrics of lessons in which nothing was written need not be loaded
        lessons = [one for one in order if any(map(_is_written, standings.get(one, {}).values()))]
    others = [one for one in _of_genre(model, slug, kind, lessons) if (one.lesson, one.kind) != (slug, kind)]
    if standings is None:
        before = tuple(one for one in others if _place(one.lesson, one.kind) < _place(slug, kind))
    else:
        before = tuple(one for one in others if _is_written(standings.get(one.lesson, {}).get(one.kind)))
    return Guidance(Help(min(len(before), Help.NOTHING)), before, standings is None)


def half_filled_for(slug: str, kind: str) -> tuple[str, HalfFilled] | None:
    """The half-filled document for an artifact, with the lesson that has it: its own, or the first of its genre."""
    own = next((one for one in load_half_filled(slug) if one.artifact == kind), None)
    if own:
        return slug, own
    everywhere = [entry.slug for entry in load_catalog().lessons]
    for one in _of_genre(load_rubric(slug).artifacts[kind], slug, kind, everywhere):
        for document in load_half_filled(one.lesson):
            if document.artifact == one.kind:
                return one.lesson, document
    return None


def _of_genre(model: type[Artifact], slug: str, kind: str, lessons: Sequence[str]) -> list[Before]:
    """The documents of a genre in these lessons, in their order; of one that is like no other, itself."""
    if not model.genre:
        return [Before(slug, kind, model.title)]
    return [
        Before(lesson, other, found.title)
        for lesson in lessons
        for other, found in load_rubric(lesson).artifacts.items()
        if found.genre == model.genre
    ]


def _place(slug: str, kind: str) -> tuple[int, int]:
    order = [entry.slug for entry in load_catalog().lessons]
    return order.index(slug), list(load_rubric(slug).artifacts).index(kind)


def _is_written(standing: Standing | None) -> bool:
    return standing is not None and standing.status == "graded" and standing.points >= WRITTEN * standing.maximum
