"""What happened next: the world run forward on what was written, one module a lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.cases.base import Columns
from curriculum.roleplay.engine import State

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Outcome:
    """What a plan did to the simulated company."""

    headline: str
    """The finding in one sentence; also the title of the figure."""
    sentences: tuple[str, ...]
    """What happened and why, each a sentence with its numbers."""
    table: Columns
    """The run, one row a week or a step."""
    numbers: Mapping[str, float]
    """The few results that a STAR story may quote, by id."""
    alt: str
    """The figure in words, for those who do not see it."""
    draw: Callable[[Figure], None]
    """Draws the run on an empty figure; matplotlib is imported by the caller."""


def run(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """Run the lesson's world forward; None where the lesson has no consequence or the artifacts do not suffice.

    A lesson's module `curriculum.consequences.<slug>` has `consequence(case, artifacts, conversation)`; the same
    arguments give the same outcome.
    """
    try:
        module = import_module(f"curriculum.consequences.{case.slug}")
    except ModuleNotFoundError as error:
        if error.name != f"curriculum.consequences.{case.slug}":
            raise
        return None
    outcome: Outcome | None = module.consequence(case, artifacts, conversation)
    return outcome
