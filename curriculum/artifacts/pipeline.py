"""The pipeline: gates in their order with limits, who approves, how a build goes out and comes back (A30)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref
from curriculum.cases.base import Registry


class GateStep(Part):
    """One gate. The order of the list is the order in which a build meets them."""

    gate: Annotated[Ref, Pick("gates"), Field(title="Gate")] = ""
    limit: Annotated[
        Amount, Field(title="Limit", description="In the gate’s own unit; blank for signature and approval.")
    ] = None


class Monitor(Part):
    """What is watched once it is live, and by whom."""

    measure: Annotated[Ref, Pick("monitors"), Field(title="Watched")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who acts")] = ""


class Pipeline(Artifact):
    """What a nightly build has to pass before payments meet it, and how it is taken back."""

    kind: ClassVar[str] = "pipeline"
    title: ClassVar[str] = "Delivery pipeline"

    gates: Annotated[
        tuple[GateStep, ...],
        Field(
            title="Gates",
            description="From the first to the last.",
            max_length=12,
            json_schema_extra={"section": "What a build meets"},
        ),
    ] = ()
    data_approver: Annotated[
        Ref,
        Pick("approvers"),
        Field(title="Approves for the data side", json_schema_extra={"section": "Who approves"}),
    ] = ""
    data_deputy: Annotated[Ref, Pick("approvers"), Field(title="Stands in on the data side")] = ""
    engineering_approver: Annotated[Ref, Pick("approvers"), Field(title="Approves for engineering")] = ""
    engineering_deputy: Annotated[Ref, Pick("approvers"), Field(title="Stands in for engineering")] = ""
    ask_before: Annotated[
        Amount, Field(title="Asked before it goes out (hours)", description="Both, at the same time.")
    ] = None
    strategy: Annotated[
        Ref, Pick("strategies"), Field(title="It goes out", json_schema_extra={"section": "Out, and back"})
    ] = ""
    share: Annotated[Amount, Field(title="Payments that it scores (%)")] = None
    days: Annotated[Amount, Field(title="Judged after (days)")] = None
    rollback: Annotated[
        tuple[Annotated[Ref, Pick("parts")], ...], Field(title="A rollback puts back", max_length=6)
    ] = ()
    rollback_minutes: Annotated[
        Amount, Field(title="A rollback takes at most (minutes)", description="A limit that can be kept.")
    ] = None
    monitors: Annotated[
        tuple[Monitor, ...],
        Field(title="Monitors", max_length=7, json_schema_extra={"section": "Once it is live"}),
    ] = ()
    weakest: Annotated[Ref, Pick("areas"), Field(title="Least ready area")] = ""
    overall: Annotated[
        Amount, Field(title="Readiness of the whole (of 7 checks)", description="As the least ready area has it.")
    ] = None

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A gate that is met twice, and a share beyond 100."""
        seen: set[str] = set()
        for number, step in enumerate(self.gates, start=1):
            if step.gate and step.gate in seen:
                yield f"gates[{number}].gate", "This gate stands there already."
            seen.add(step.gate)
        if self.share is not None and not 0 <= self.share <= 100:
            yield "share", "It lies between 0 and 100."
