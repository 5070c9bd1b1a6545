"""The design handoff: the states that are new on the screen, with their looks, advice, data and room (A34).

Nobody writes what a screen says: each state's words follow from what is so in it, and its advice is picked.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Caption, Derived, Line, Part, Pick, Ref

Room = Annotated[int | None, Field(ge=0, le=10_000)]
"""Characters."""


class StateSpec(Part):
    """One state of the screen."""

    says: Annotated[Line, Caption(), Derived("what is so in this state"), Field(title="It says")] = ""
    advice: Annotated[Ref, Pick("advice"), Field(title="And advises")] = ""
    look: Annotated[Ref, Pick("looks"), Field(title="Look", description="A pair of tokens: text and background.")] = ""
    shows: Annotated[
        tuple[Annotated[Ref, Pick("fields")], ...],
        Field(title="Fields shown", description="Name and bed stand above every state.", max_length=8),
    ] = ()
    sample: Annotated[Ref, Pick("samples"), Field(title="A real response that leads to it")] = ""


class DesignHandoff(Artifact):
    """What engineers build the alert screen from."""

    kind: ClassVar[str] = "design_handoff"
    title: ClassVar[str] = "Design handoff"
    genre: ClassVar[str] = "specification"

    screen: Annotated[
        Ref, Pick("screens"), Derived("carried over from the decision log"), Field(title="Alert screen")
    ] = ""
    alert: Annotated[StateSpec, Field(title="Alert")] = StateSpec()
    low_confidence: Annotated[StateSpec, Field(title="Low confidence")] = StateSpec()
    stale_data: Annotated[StateSpec, Field(title="Old vital signs")] = StateSpec()
    unavailable: Annotated[StateSpec, Field(title="Unavailable")] = StateSpec()
    name_characters: Annotated[
        Room,
        Field(
            title="Room for the patient's name and bed, characters",
            json_schema_extra={"section": "Limits of the screen"},
        ),
    ] = None
    why_characters: Annotated[Room, Field(title="Room for why the model says so, characters")] = None
    timeout_ms: Annotated[
        Amount, Field(title="The screen gives up after, milliseconds", description="Then it shows Unavailable.")
    ] = None
    longest_sample: Annotated[Ref, Pick("samples"), Field(title="Tried: the response with the longest text")] = ""
    wrong_sample: Annotated[Ref, Pick("samples"), Field(title="Tried: an alert about which the model was wrong")] = ""

    @property
    def states(self) -> dict[str, StateSpec]:
        """The states by id."""
        return {
            "alert": self.alert, "low_confidence": self.low_confidence, "stale_data": self.stale_data,
            "unavailable": self.unavailable,
        }  # fmt: skip
