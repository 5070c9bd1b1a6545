"""What is true of the project at Larkspur Books, for graders, exemplars and tests."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.cases.interviews.project import Project


@dataclass(frozen=True, kw_only=True)
class Truth(Project):
    """A project whose third measure was counted in another way from some week on."""
