"""The experiment plan: arms, shares, weeks and a rule that stands before the data (A17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Part, Pick, Ref, Sentence
from curriculum.cases.base import Registry

SEEN = "what the smaller of the light and the complex arm can see, by your shares and weeks"
MOST_ARMS = 6


class PlannedArm(Part):
    """One arm: what its visitors see, how much later, and how many they are."""

    noun: ClassVar[str] = "arm"
    variant: Annotated[Ref, Pick("variants"), Field(title="What it shows")] = ""
    delay_ms: Annotated[
        Amount, Field(title="Slowed on purpose by (ms)", description="Blank where nothing is slowed.")
    ] = None
    share: Annotated[Amount, Field(title="Share of visitors (%)")] = None


class ExperimentPlan(Artifact):
    """A test that two camps accept before they know its result."""

    kind: ClassVar[str] = "experiment_plan"
    title: ClassVar[str] = "Experiment plan"

    metric: Annotated[
        Ref, Pick("metrics"), Field(title="What decides", json_schema_extra={"section": "What is measured"})
    ] = ""
    unit: Annotated[Ref, Pick("units"), Field(title="What is drawn by lot")] = ""
    counted: Annotated[Ref, Pick("counting_points"), Field(title="When somebody counts")] = ""
    arms: Annotated[
        tuple[PlannedArm, ...],
        Field(title="Arms", description="Shares add up to 100.", max_length=MOST_ARMS),
    ] = ()
    weeks: Annotated[
        Amount,
        Field(
            title="Weeks",
            description="Whole weeks, from today on.",
            json_schema_extra={"section": "How long, and when it is read"},
        ),
    ] = None
    read_by: Annotated[Ref, Pick("splits"), Field(title="Results are read")] = ""
    waits: Annotated[
        Ref,
        Pick("waits"),
        Field(title="We expect that people wait for the block", description="Where a wait would cost most."),
    ] = ""
    stop: Annotated[Ref, Pick("stop_rules"), Field(title="Results are read when")] = ""
    ratio_limit: Annotated[
        Amount, Field(title="The split is wrong where p is below", description="Of the check on the ratio of visitors.")
    ] = None
    bad_ratio: Annotated[Ref, Pick("ratio_steps"), Field(title="Where the split is wrong")] = ""
    worth: Annotated[
        Amount,
        Field(
            title="Effect worth having (% of orders)",
            description="From here on it pays its machines.",
            json_schema_extra={"section": "How much must be seen"},
        ),
    ] = None
    needed_phone: Annotated[
        Amount, Field(title="Visitors an arm to see it on phones (thousands)", description="16 p(1 - p) / d²")
    ] = None
    needed_desktop: Annotated[Amount, Field(title="The same on desktop (thousands)")] = None
    detectable_phone: Annotated[Amount, Derived(SEEN), Field(title="Effect that can be seen on phones (%)")] = None
    detectable_desktop: Annotated[Amount, Derived(SEEN), Field(title="The same on desktop (%)")] = None
    p95_limit: Annotated[
        Amount,
        Field(
            title="No launch where the page's p95 is above (ms)",
            json_schema_extra={"section": "The rule, before any result"},
        ),
    ] = None
    launch_above: Annotated[
        Amount, Field(title="A device gets the complex model where the estimate is above (% of orders)")
    ] = None
    bound: Annotated[Ref, Pick("bounds"), Field(title="… and")] = ""
    undecided: Annotated[Ref, Pick("undecided_steps"), Field(title="Where that leaves it undecided")] = ""
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="What it rests on",
            description="Two to six facts that decide something here.",
            max_length=30,
            json_schema_extra={"section": "Why"},
        ),
    ] = ()
    why: Annotated[
        Line, Sentence(), Field(title="Why both camps can accept it", description="One sentence, before any result.")
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Shares that are no whole, a number that cannot be, a delay on an arm that is not slowed."""
        shares = [arm.share for arm in self.arms if arm.share is not None]
        if len(shares) == len(self.arms) and self.arms and abs(sum(shares) - 100) > 0.5:
            yield "arms", f"The shares add up to {sum(shares):g} and not to 100."
        for number, arm in enumerate(self.arms, start=1):
            if arm.share is not None and not 0 < arm.share <= 100:
                yield f"arms[{number}].share", "A share lies between 0 and 100."
            if arm.delay_ms is not None and arm.delay_ms < 0:
                yield f"arms[{number}].delay_ms", "Nothing can be slowed by less than nothing."
        if self.ratio_limit is not None and not 0 < self.ratio_limit < 1:
            yield "ratio_limit", "A chance lies between 0 and 1."
        if self.weeks is not None and self.weeks != int(self.weeks):
            yield "weeks", "Part of a week has other days than a week."
