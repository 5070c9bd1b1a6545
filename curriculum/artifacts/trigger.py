"""The trigger: which signal, beside what, over how long, rings when, and who then looks at the model (A22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Pick, Ref
from curriculum.cases.base import Registry


class Trigger(Artifact):
    """An alarm on what members do, which calls for a review of the model."""

    kind: ClassVar[str] = "trigger"
    title: ClassVar[str] = "Trigger of a model review"

    signal: Annotated[
        Ref, Pick("signals"), Field(title="It looks at", json_schema_extra={"section": "What is watched"})
    ] = ""
    comparator: Annotated[Ref, Pick("comparators"), Field(title="Beside")] = ""
    segments: Annotated[
        tuple[Annotated[Ref, Pick("segments")], ...], Field(title="Of these members", max_length=6)
    ] = ()
    split: Annotated[Ref, Pick("splits"), Field(title="Read")] = ""
    sides: Annotated[Ref, Pick("sides"), Field(title="It rings when the signal")] = ""
    window: Annotated[Amount, Field(title="Window (days)", json_schema_extra={"section": "When it rings"})] = None
    min_sample: Annotated[
        Amount,
        Field(title="Smallest sample (suggestions)", description="On either side, in the window; below it is silent."),
    ] = None
    threshold: Annotated[Amount, Field(title="Threshold (%)", description="Off its usual value, relative.")] = None
    persistence: Annotated[Amount, Field(title="For so many days running")] = None
    cooldown: Annotated[Amount, Field(title="Silent after it has rung (days)", description="In the same segment.")] = (
        None
    )
    pause: Annotated[
        Amount,
        Field(
            title="Silent after each release (days)",
            description="0: never. Beside the past it also forgets what was before the release.",
        ),
    ] = None
    outages: Annotated[Ref, Pick("outage_ways"), Field(title="Days on which events were lost")] = ""
    held_out_share: Annotated[
        Amount,
        Field(
            title="Held out by lot next year, of 100 members",
            description="0: nobody. Each of them goes without the model’s suggestions.",
        ),
    ] = None
    todays_group: Annotated[
        Ref,
        Pick("group_ways"),
        Field(title="Those who go without suggestions today", description="By how they came to be without."),
    ] = ""
    loss_points: Annotated[
        Amount,
        Field(
            title="Without suggestions, fewer stay in eight weeks by (points)",
            description="By the test drawn by lot, everybody together.",
        ),
    ] = None
    action: Annotated[
        Ref,
        Pick("alarm_actions"),
        Field(title="When it rings", json_schema_extra={"section": "What happens then"}),
    ] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who")] = ""
    days_to_review: Annotated[Amount, Field(title="Verdict within (days)")] = None
    verdicts: Annotated[
        tuple[Annotated[Ref, Pick("causes")], ...],
        Field(title="Verdicts that can be written down", max_length=10),
    ] = ()

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Days below one, and a share beyond 100."""
        for name in ("window", "persistence", "days_to_review"):
            value = getattr(self, name)
            if value is not None and value < 1:
                yield name, "It takes a day at least."
        if self.held_out_share is not None and not 0 <= self.held_out_share <= 100:
            yield "held_out_share", "Of 100, it lies between 0 and 100."
