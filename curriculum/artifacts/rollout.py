"""The rollout: stages, gates that can stop it, what goes back, who hears before, when to train again (A16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref
from curriculum.cases.base import Registry


class RolloutStage(Part):
    """A share of the customers for some days."""

    share: Annotated[
        Amount,
        Field(title="Has it, of 100 customers", description="0 is shadow: it runs along, and nobody sees its answers."),
    ] = None
    days: Annotated[Amount, Field(title="Days")] = None


class RolloutGate(Part):
    """A limit beyond which the release goes back by itself."""

    signal: Annotated[Ref, Pick("signals"), Field(title="Looks at")] = ""
    limit: Annotated[
        Amount,
        Field(title="Goes back above", description="In the signal's unit, or percent worse than the old version."),
    ] = None
    window: Annotated[Ref, Pick("windows"), Field(title="Read over")] = ""
    from_stage: Annotated[Amount, Field(title="From stage", description="1 is the first.")] = None


class Rollout(Artifact):
    """How a release reaches everybody, or does not."""

    kind: ClassVar[str] = "rollout"
    title: ClassVar[str] = "Rollout"

    released: Annotated[Ref, Pick("releases"), Field(title="What is released")] = ""
    stages: Annotated[
        tuple[RolloutStage, ...],
        Field(title="Stages", description="After the last one, everybody has it.", max_length=12),
    ] = ()
    gates: Annotated[tuple[RolloutGate, ...], Field(title="Gates", max_length=30)] = ()
    goes_back: Annotated[
        Ref,
        Pick("go_back"),
        Field(title="What goes back", json_schema_extra={"section": "The way back, and when to look again"}),
    ] = ""
    readers_told: Annotated[
        Amount,
        Field(title="Those who read the score are told so many days before the first customer has it"),
    ] = None
    trigger_drop: Annotated[
        Amount,
        Field(
            title="The score is trained again when its weekly AUC lies … times 0.001 below its first four weeks",
        ),
    ] = None
    trigger_weeks: Annotated[Amount, Field(title="… on average over so many weeks")] = None
    trigger_runs: Annotated[Amount, Field(title="… so many times running")] = None

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Shares beyond 100, and a gate from a stage that there is not."""
        for number, stage in enumerate(self.stages, start=1):
            if stage.share is not None and not 0 <= stage.share <= 100:
                yield f"stages[{number}].share", "Of 100, it lies between 0 and 100."
        for number, gate in enumerate(self.gates, start=1):
            if self.stages and gate.from_stage is not None and not 1 <= gate.from_stage <= len(self.stages):
                yield f"gates[{number}].from_stage", f"There are stages 1 to {len(self.stages)}."
