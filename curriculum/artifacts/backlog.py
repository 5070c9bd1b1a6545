"""One backlog for all: what is begun in which order, how much at a time, by which rules, how long one meets (A28)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Part, Pick, Ref
from curriculum.artifacts.lanes import LanesDocument
from curriculum.cases.base import Registry

STAGES = ("explore", "label", "build", "review", "release")


class ResearchQuestion(Part):
    """What a research card asks, and how long it may take."""

    card: Annotated[Ref, Pick("research_cards"), Field(title="Research card")] = ""
    question: Annotated[Ref, Pick("questions"), Field(title="It answers")] = ""
    timebox_days: Annotated[Amount, Field(title="And ends after (days)")] = None


class Meeting(Part):
    """A meeting that comes again, for everybody who gives time."""

    ritual: Annotated[Ref, Pick("rituals"), Field(title="Meeting")] = ""
    minutes_a_week: Annotated[Amount, Field(title="Minutes a week")] = None


class Backlog(LanesDocument):
    """Cards above and below a line, limits, policies, and what a card may be expected to take."""

    kind: ClassVar[str] = "backlog"
    title: ClassVar[str] = "Backlog"

    limit_explore: Annotated[
        Amount,
        Field(
            title="Explore",
            description="Cards at most in the column, those that are ready and wait among them.",
            json_schema_extra={"section": "Limits"},
        ),
    ] = None
    limit_label: Annotated[Amount, Field(title="Label")] = None
    limit_build: Annotated[Amount, Field(title="Build")] = None
    limit_review: Annotated[Amount, Field(title="Review")] = None
    limit_release: Annotated[Amount, Field(title="Release")] = None
    policies: Annotated[
        tuple[Annotated[Ref, Pick("policies")], ...],
        Field(title="Policies that we keep", max_length=6, json_schema_extra={"section": "How work flows"}),
    ] = ()
    narrow_stage: Annotated[Ref, Pick("stages"), Field(title="Today’s narrow place")] = ""
    next_narrow: Annotated[Ref, Pick("stages"), Field(title="The narrow place after that")] = ""
    service_days: Annotated[Amount, Field(title="85 of 100 cards are finished within (days)")] = None
    research: Annotated[
        tuple[ResearchQuestion, ...],
        Field(
            title="Research above the line",
            max_length=4,
            json_schema_extra={"section": "Research"},
        ),
    ] = ()
    rituals: Annotated[
        tuple[Meeting, ...],
        Field(title="Meetings", description="For everybody who gives time to the pod.", max_length=6),
    ] = ()

    @property
    def limits(self) -> tuple[float, ...] | None:
        """Limits by stage, in order; None while one is missing or below one."""
        values = [getattr(self, f"limit_{stage}") for stage in STAGES]
        whole = [value for value in values if value is not None and value >= 1]
        return tuple(whole) if len(whole) == len(values) else None

    @property
    def begun(self) -> tuple[str, ...]:
        """The cards above the line, the first first."""
        return self.lane("now")

    @property
    def minutes_in_meetings(self) -> float:
        """Minutes a week that each of the pod sits in meetings."""
        return sum(one.minutes_a_week or 0.0 for one in self.rituals)

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A limit with which nothing is ever begun."""
        for stage in STAGES:
            value = getattr(self, f"limit_{stage}")
            if value is not None and value < 1:
                yield f"limit_{stage}", "With less than one nothing gets through."
