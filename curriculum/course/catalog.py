"""Which lessons there are, in which order, and where their folders stand; read from catalog.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from curriculum.course.places import COURSE


@dataclass(frozen=True)
class Skill:
    """Something that the course teaches and that criteria show."""

    id: str
    label: str


@dataclass(frozen=True)
class LessonEntry:
    """One row of the course map."""

    slug: str
    title: str
    level: str
    role: str
    minutes: tuple[int, int]
    leaves: str
    """What the learner leaves behind, in words."""
    after: tuple[str, ...] = ()
    """Slugs of lessons that come before."""

    @property
    def folder(self) -> Path:
        return COURSE / self.level / self.slug


@dataclass(frozen=True)
class Catalog:
    lessons: tuple[LessonEntry, ...]
    skills: tuple[Skill, ...]

    def lesson(self, slug: str) -> LessonEntry:
        """The entry of a lesson; raises LookupError with a sentence that lists what there is."""
        for entry in self.lessons:
            if entry.slug == slug:
                return entry
        known = ", ".join(entry.slug for entry in self.lessons)
        raise LookupError(f"There is no lesson {slug!r}; there are: {known}.")


@cache
def load_catalog() -> Catalog:
    """The catalogue of the course."""
    with (Path(__file__).parent / "catalog.toml").open("rb") as stream:
        data = tomllib.load(stream)
    lessons = tuple(
        LessonEntry(
            slug=row["slug"],
            title=row["title"],
            level=row["level"],
            role=row["role"],
            minutes=(row["minutes"][0], row["minutes"][1]),
            leaves=row["leaves"],
            after=tuple(row.get("after", ())),
        )
        for row in data["lessons"]
    )
    skills = tuple(Skill(id, label) for id, label in data["skills"].items())
    return Catalog(lessons, skills)


def lesson_folder(slug: str) -> Path:
    """The folder of a lesson in the course; raises LookupError where there is no such lesson."""
    return load_catalog().lesson(slug).folder
