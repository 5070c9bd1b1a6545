"""Self-review against anchors: how far your ratings of six answers are from the reference, before you rate your own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from curriculum.artifacts import yaml_text
from curriculum.artifacts.calibration import Calibration

SCALE: Mapping[int, str] = {
    1: "an anecdote",
    2: "a process, without numbers",
    3: "quantified, one function's view",
    4: "both views, a decision and a result",
    5: "and besides: what would have happened otherwise, what it cost, where else it helps",
}
"""What each rating stands for."""


class Anchor(BaseModel):
    """An answer with the rating that it has by agreement."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    score: Annotated[int, Field(ge=1, le=5)]
    question: str
    text: str
    why: str


@dataclass(frozen=True)
class Agreement:
    """How ratings compare with the reference."""

    rated: int
    of: int
    exact: int
    within_one: int
    bias: float
    """Mean of your rating minus the reference: above 0 you are generous, below 0 strict."""

    @property
    def complete(self) -> bool:
        return self.rated == self.of


ANCHORS = {
    "interview_basics": "anchors.yaml",
    "interview_tradeoffs": "anchors_trade_offs.yaml",
    "interview_operating_model": "anchors_ways.yaml",
}
"""The file with the anchors of each interview lesson."""


@cache
def load_anchors(slug: str) -> tuple[Anchor, ...]:
    """The six anchor answers of a lesson, in their order; raises LookupError where it has none."""
    if slug not in ANCHORS:
        raise LookupError(f"{slug} has no answers to rate.")
    text = (Path(__file__).parent / ANCHORS[slug]).read_text(encoding="utf-8")
    return tuple(Anchor.model_validate(row) for row in yaml_text.parse(text).data)


def scores(calibration: Calibration, slug: str) -> dict[str, int]:
    """The last rating of each known anchor; blanks and unknown ones are left out."""
    known = {anchor.id for anchor in load_anchors(slug)}
    return {rating.anchor: rating.score for rating in calibration.ratings if rating.anchor in known and rating.score}


def agreement(calibration: Calibration, slug: str) -> Agreement:
    """Compare a learner's ratings with the reference."""
    given = scores(calibration, slug)
    differences = [given[anchor.id] - anchor.score for anchor in load_anchors(slug) if anchor.id in given]
    return Agreement(
        rated=len(differences),
        of=len(load_anchors(slug)),
        exact=sum(difference == 0 for difference in differences),
        within_one=sum(abs(difference) <= 1 for difference in differences),
        bias=sum(differences) / len(differences) if differences else 0.0,
    )


def in_words(found: Agreement) -> str:
    """An agreement in one or two sentences."""
    if not found.rated:
        return "You have not rated an answer yet."
    if abs(found.bias) < 0.5:
        leaning = "On average you are as strict as the reference."
    else:
        word = "more generous" if found.bias > 0 else "stricter"
        leaning = f"On average you are {abs(found.bias):.1f} points {word} than the reference."
    return (
        f"You rated {found.rated} of {found.of}: {found.exact} exactly as the reference, {found.within_one} at "
        f"most one point away. {leaning}"
    )
