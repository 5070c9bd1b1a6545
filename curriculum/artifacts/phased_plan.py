"""The phased plan: a rule that can be promised now, and on what a model would have to beat it (A11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Long, Notation, Part, Pick, Ref, Sentence, Words
from curriculum.cases.base import Registry

WIDTH = "the mean width of your windows, when the two formulas are run over the table"


class FirstPhase(Part):
    """What is promised from the launch on, by a rule that runs."""

    mechanism: Annotated[Ref, Pick("mechanisms"), Field(title="How a time is given")] = ""
    earliest: Annotated[
        Words,
        Notation(),
        Long(3),
        Field(
            title="Earliest time, in minutes after the order",
            description="A formula, such as: 10 + 4 * distance_km + (region == 'harbour' ? 3 : 0)",
        ),
    ] = ""
    latest: Annotated[
        Words, Notation(), Long(3), Field(title="Latest time, in minutes after the order", description="As above.")
    ] = ""
    width: Annotated[Amount, Derived(WIDTH), Field(title="Width of the window, in minutes")] = None
    late_region: Annotated[
        Ref, Pick("regions"), Field(title="Where the tap is no sign of the door", description="The rule allows for it.")
    ] = ""
    late_by: Annotated[Amount, Field(title="By how many minutes it is late there")] = None
    kept: Annotated[
        Amount,
        Field(title="Kept, of 100", description="Run over the holdout, with the taps put right."),
    ] = None
    worst_group: Annotated[Ref, Pick("groups"), Field(title="Where least is kept")] = ""
    worst: Annotated[Amount, Field(title="Kept there, of 100", description="On the same rows.")] = None
    launch_week: Annotated[Amount, Field(title="Launched in week", description="Counted from now.")] = None
    study: Annotated[Ref, Pick("studies"), Field(title="What is studied before the print")] = ""
    pay: Annotated[Ref, Pick("pay_clauses"), Field(title="What it means for couriers' pay")] = ""
    late_says: Annotated[Ref, Pick("late_says"), Field(title="When a time is wrong, people get")] = ""
    notice: Annotated[Amount, Field(title="… at least so many minutes before it breaks")] = None


class SecondPhase(Part):
    """What comes after it, or what would have to happen first."""

    log: Annotated[Ref, Pick("logs"), Field(title="What is logged from the launch on")] = ""
    model_week: Annotated[
        Amount,
        Field(title="A model can take over in week", description="After the launch. Blank where the rule stays."),
    ] = None
    margin: Annotated[
        Amount,
        Field(
            title="It takes over where its window is narrower by … minutes",
            description="At the same share kept, in the same weeks. Blank where the rule stays.",
        ),
    ] = None
    judged_in: Annotated[
        Ref, Pick("groups"), Field(title="The group in which a model, or the rule alone, is judged")
    ] = ""
    decide_week: Annotated[
        Amount,
        Field(
            title="Decided in week",
            description="After the launch: then a model takes over or the rule stays. Needed where there is a model.",
        ),
    ] = None
    reopen_below: Annotated[
        Amount,
        Field(title="The rule is set anew when a week keeps fewer than … of 100, over all"),
    ] = None


class PhasedPlan(Artifact):
    """A promise by rule that can be launched, and the terms on which a model replaces it or does not."""

    kind: ClassVar[str] = "phased_plan"
    title: ClassVar[str] = "Phased plan"
    genre: ClassVar[str] = "plan"

    first: Annotated[FirstPhase, Field(title="Phase one: the rule")] = FirstPhase()
    second: Annotated[SecondPhase, Field(title="Phase two: a model, or the rule stays")] = SecondPhase()
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="What it rests on",
            description="Three to six facts that decide something here.",
            max_length=30,
            json_schema_extra={"section": "Why"},
        ),
    ] = ()
    why: Annotated[
        Line, Sentence(), Field(title="Why this promise", description="One sentence that all five can agree to.")
    ] = ""
    against: Annotated[
        Line, Sentence(), Field(title="What speaks against it", description="One sentence: whose price it is.")
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A window that cannot be, and a model that comes after its own decision."""
        plan = self.second
        if plan.model_week is not None and plan.decide_week is not None and plan.decide_week < plan.model_week:
            yield "second.decide_week", "This is before the week in which a model can take over."
        for place, value in (("first.kept", self.first.kept), ("first.worst", self.first.worst),
                             ("second.reopen_below", plan.reopen_below)):  # fmt: skip
            if value is not None and not 0 <= value <= 100:
                yield place, "Of 100, it lies between 0 and 100."
