"""The proposal of somebody without a team: a problem, whom an action keeps, what that is worth, the smallest test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Long, Notation, Part, Pick, Ref, Sentence, Words
from curriculum.cases.base import Registry

NUMBERS = {"section": "What it brings"}
TEST = {"section": "The smallest test"}


class NotAsked(Part):
    """Somebody who is not asked now, and why."""

    ally: Annotated[Ref, Pick("people"), Field(title="Not asked now")] = ""
    stops: Annotated[Ref, Pick("stops"), Field(title="What stops them")] = ""


class Proposal(Artifact):
    """Whom an action keeps, what that is worth, and the smallest test that would show it."""

    kind: ClassVar[str] = "proposal"
    title: ClassVar[str] = "Proposal"
    genre: ClassVar[str] = "plan"

    problem: Annotated[Ref, Pick("problems"), Field(title="The problem", json_schema_extra={"section": "Why"})] = ""
    segment: Annotated[Ref, Pick("segments"), Field(title="Among whom")] = ""
    leave: Annotated[
        Amount,
        Field(title="Of 100 left alone, no longer paying on day 120", description="From the arm that got nothing."),
    ] = None
    action: Annotated[Ref, Pick("actions"), Field(title="The action", json_schema_extra={"section": "For whom"})] = ""
    rule: Annotated[
        Words,
        Notation(),
        Long(2),
        Field(
            title="Who gets it",
            description="A rule, such as: risk == 'low' && gap_days > 20, with risk, profiles, gap_days and scores.",
        ),
    ] = ""
    model: Annotated[Ref, Pick("models"), Field(title="A score in production?")] = ""
    score_cost: Annotated[
        Amount,
        Field(
            title="What a score would cost (€ a campaign)",
            description="Also where you do without. Blank if nobody told you.",
        ),
    ] = None
    reached: Annotated[Amount, Field(title="People whom the rule reaches", json_schema_extra=NUMBERS)] = None
    uplift: Annotated[
        Amount, Field(title="Difference (of 100)", description="How many more of 100 it keeps than nothing does.")
    ] = None
    low: Annotated[Amount, Field(title="… at least", description="Low end of the interval of 95 in 100.")] = None
    high: Annotated[Amount, Field(title="… at most", description="High end.")] = None
    margin: Annotated[Amount, Field(title="One kept leaves (€ a month)")] = None
    months: Annotated[Amount, Field(title="For further months")] = None
    cost: Annotated[
        Amount, Field(title="Cost of the action (€)", description="For all whom the rule reaches, without the score.")
    ] = None
    net: Annotated[
        Amount, Field(title="Net of a campaign (€)", description="Less the score, where the rule reads one.")
    ] = None
    arm: Annotated[Amount, Field(title="People in each of two arms", json_schema_extra=TEST)] = None
    read_out: Annotated[Amount, Field(title="Read on day")] = None
    guardrail: Annotated[Ref, Pick("guardrails"), Field(title="Watched meanwhile")] = ""
    guardrail_limit: Annotated[Amount, Field(title="Stopped above")] = None
    ends_if: Annotated[Ref, Pick("ends"), Field(title="It ends if")] = ""
    other_one: Annotated[NotAsked, Field(title="Who else has a channel")] = NotAsked()
    other_two: Annotated[NotAsked, Field(title="And the third of them")] = NotAsked()
    why: Annotated[
        Line,
        Sentence(),
        Field(title="Why these people", description="One sentence.", json_schema_extra={"section": "In words"}),
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """An interval that does not hold its own middle, and shares beyond 100."""
        if self.low is not None and self.uplift is not None and self.low > self.uplift:
            yield "low", "This is more than the difference itself."
        if self.high is not None and self.uplift is not None and self.high < self.uplift:
            yield "high", "This is less than the difference itself."
        for name in ("leave", "uplift"):
            value = getattr(self, name)
            if value is not None and not -100 <= value <= 100:
                yield name, "Of 100, it lies between −100 and 100."
