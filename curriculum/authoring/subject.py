"""One lesson as its author sees it: plan, rubric, script, worlds and fixtures, each loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case, load_case, load_unseen
from curriculum.consequences import Outcome, run
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.course.fixtures import Fixtures, load_fixtures
from curriculum.course.half_filled import HalfFilled, load_half_filled
from curriculum.course.lesson_plan import LessonPlan, load_plan
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import Script, load_script
from graders import load_rubric
from graders.rubric import Rubric


@dataclass(frozen=True)
class Subject:
    """A lesson of the catalogue; whatever is missing or broken raises where it is first asked for."""

    entry: LessonEntry

    @property
    def slug(self) -> str:
        return self.entry.slug

    @property
    def source(self) -> Path:
        return self.entry.folder / "source"

    @property
    def notebook(self) -> Path:
        return self.entry.folder / f"{self.slug}.ipynb"

    @cached_property
    def plan(self) -> LessonPlan:
        return load_plan(self.slug)

    @cached_property
    def rubric(self) -> Rubric:
        return load_rubric(self.slug)

    @cached_property
    def script(self) -> Script | None:
        """The role-play; None for a lesson without one."""
        try:
            return load_script(self.slug)
        except FileNotFoundError:
            return None

    @cached_property
    def half_filled(self) -> tuple[HalfFilled, ...]:
        """What comes half filled with its documents."""
        return load_half_filled(self.slug)

    def text(self, name: str) -> str:
        """A text file of the source folder; raises FileNotFoundError."""
        return (self.source / name).read_text(encoding="utf-8")

    def case(self, seed: int) -> Case:
        return load_case(self.slug, seed)

    def unseen(self, seed: int) -> Case | None:
        """The second draw of a world; None for a lesson without one."""
        return load_unseen(self.slug, seed)

    def forward(self, case: Case, artifacts: Mapping[str, Artifact], talk: State | None) -> Outcome | None:
        """The lesson's world run forward; None where it has no consequence or these do not suffice."""
        return run(case, artifacts, talk)

    def fixtures(self, seed: int) -> Fixtures:
        return _fixtures(self.slug, seed)


@lru_cache(maxsize=128)
def _fixtures(slug: str, seed: int) -> Fixtures:
    return load_fixtures(load_case(slug, seed))


@lru_cache(maxsize=64)
def load_subject(slug: str) -> Subject:
    """A lesson by its slug; raises LookupError with a sentence where there is none."""
    return Subject(load_catalog().lesson(slug))
