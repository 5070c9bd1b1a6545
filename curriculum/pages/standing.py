"""How far a learner is: the best check of each artifact, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from curriculum.course.catalog import LessonEntry, load_catalog
from graders import load_rubric


@dataclass(frozen=True)
class Standing:
    """The best check of one artifact so far."""

    artifact: str
    status: str
    points: float
    maximum: float
    checks: int


@dataclass(frozen=True)
class Advice:
    """One recommendation."""

    what: str
    """due, weakest, begun or new."""
    lesson: str
    """Slug; blank where it is about the spaced review."""
    do: str
    """What to do, as an imperative without a full stop."""
    why: str
    """Why, as a sentence."""
    section: str = ""
    """Where in the lesson: the artifact that is written there, or the cell's name."""

    def __str__(self) -> str:
        return f"{self.do}. {self.why}"


@dataclass(frozen=True)
class ObjectiveShown:
    """An objective of a lesson, begun with a verb, and how many of the criteria that show it the last checks met."""

    text: str
    met: int
    of: int

    @property
    def whole(self) -> bool:
        return self.met == self.of


def standing_in_words(slug: str, standing: Mapping[str, Standing]) -> str:
    """How far a learner is in a lesson: not begun, or the best points so far, and of which artifacts where some of them
    were never checked."""
    if not standing:
        return "not begun"
    points, maximum = sum(s.points for s in standing.values()), sum(s.maximum for s in standing.values())
    earned = f"{points:g} of {maximum:g} points"
    artifacts = load_rubric(slug).artifacts
    checked = [model.title for kind, model in artifacts.items() if kind in standing]
    return earned if len(checked) == len(artifacts) else f"{earned} in {', '.join(checked)}"


def still_open(standings: Mapping[str, Mapping[str, Standing]]) -> Iterator[tuple[LessonEntry, dict[str, str]]]:
    """The lessons that are not fully signed off, in the order of the course, each with what is open: titles by kind."""
    for entry in load_catalog().lessons:
        standing = standings.get(entry.slug, {})
        titles = {
            kind: model.title
            for kind, model in load_rubric(entry.slug).artifacts.items()
            if kind not in standing or standing[kind].points < standing[kind].maximum
        }
        if titles:
            yield entry, titles


def next_open(standings: Mapping[str, Mapping[str, Standing]], here: str = "") -> LessonEntry | None:
    """The first lesson after `here` in which something is open, else the first one before it."""
    order = [entry.slug for entry in load_catalog().lessons]
    begin = order.index(here) if here in order else 0
    waiting = [entry for entry, _ in still_open(standings) if entry.slug != here]
    return min(waiting, key=lambda entry: (order.index(entry.slug) < begin, order.index(entry.slug)), default=None)
