"""Pairs of answers, one of them with a planted flaw: which is stronger, and which sentence shows it?"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FLAWS: dict[str, str] = {
    "no_baseline": "The result has no before",
    "contradicts": "Two figures contradict each other",
    "direction": "The direction is the wrong way round",
    "forecast": "A forecast is told as a result",
    "no_cost": "Nothing was given up",
    "order": "The result came before the action",
    "one_view": "Only one side's interest is told",
}
"""The kinds of flaws in a first story, each with its name for readers."""

TRADE_OFF_FLAWS: dict[str, str] = {
    "projected": "What was projected is told as measured",
    "one_number": "One number is said where there was a range",
    "no_break_even": "Nobody hears where the choice would flip",
    "limit_priced": "A promised limit is paid off with money",
    "no_counterfactual": "Nobody asks what would have happened otherwise",
    "confounded": "Two causes are told as one",
    "hidden_cost": "The one who pays is left out",
    "failure_won": "A failure is told as a victory",
}
"""The kinds of flaws in a story of a trade-off."""

WORKING_FLAWS: dict[str, str] = {
    "ceremonies": "Ceremonies are listed, and not what each prevents",
    "tool_as_result": "A tool is told as the result",
    "paper_gate": "A gate is a document, and nobody can refuse",
    "escalated": "It was escalated before anything was offered",
    "raci_read_aloud": "Roles are read aloud, and no decision is told that they changed",
    "their_compliance": "Rules are somebody else's job",
    "disguised_success": "A failure is a success in disguise",
    "any_company": "The plan would fit any company",
}
"""The kinds of flaws in an answer on how a team works."""

_FILES = ("contrasts.yaml", "trade_offs.yaml", "ways_of_working.yaml")

Sentences = Annotated[tuple[Annotated[str, Field(min_length=10)], ...], Field(min_length=3)]


class Contrast(BaseModel):
    """One pair of answers to one question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    flaw: str
    question: str
    weaker: Sentences
    stronger: Sentences
    deciding: Annotated[tuple[int, ...], Field(min_length=1)] = (4,)
    """Positions, from 1, of the sentences of `weaker` that show the flaw; any of them is right."""
    why: str
    """What an interviewer would make of it; shown after the choice."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Contrast:
        if self.flaw not in {*FLAWS, *TRADE_OFF_FLAWS, *WORKING_FLAWS}:
            raise ValueError(f"{self.id}: there is no flaw {self.flaw}")
        if not all(1 <= position <= len(self.weaker) for position in self.deciding):
            raise ValueError(f"{self.id}: a deciding sentence does not exist")
        return self


@cache
def load_contrasts() -> tuple[Contrast, ...]:
    """All pairs, in their order; raises ValueError where a file is broken."""
    here = Path(__file__).parent
    rows = [row for name in _FILES for row in yaml.safe_load((here / name).read_text(encoding="utf-8"))]
    contrasts = tuple(Contrast.model_validate(row) for row in rows)
    if len({contrast.id for contrast in contrasts}) != len(contrasts):
        raise ValueError("an id stands twice in the files of pairs")
    return contrasts


def contrasts_of(flaw: str) -> tuple[Contrast, ...]:
    """The pairs in which one kind of flaw is planted."""
    return tuple(contrast for contrast in load_contrasts() if contrast.flaw == flaw)
