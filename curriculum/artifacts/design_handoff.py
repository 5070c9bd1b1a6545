"""The design handoff: every state of the screen with its data, its words and its tokens (A34)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Caption, Line, Notation, Part, Pick, Ref


class Token(Part):
    """A named design value. Its value is a colour such as #a81f1f, or another token's name in braces: {color.alarm}."""

    name: Annotated[
        Line, Notation(), Field(title="Name", description="Groups are joined by dots, as in color.alarm.")
    ] = ""
    type: Annotated[Literal["", "color", "duration", "dimension"], Field(title="Type")] = ""
    value: Annotated[Line, Notation(), Field(title="Value, or {another.token}")] = ""


class Binding(Part):
    """Where a field of the model's response is shown, and how much room it has."""

    field: Annotated[Ref, Pick("fields"), Field(title="Field of the response")] = ""
    characters: Annotated[
        Annotated[int | None, Field(ge=0, le=10_000)],
        Field(title="Room in characters", description="For text; numbers and times need none."),
    ] = None


class StateSpec(Part):
    """One state of the screen."""

    state: Annotated[Ref, Pick("states"), Field(title="State")] = ""
    message: Annotated[Line, Caption(), Field(title="What the screen says")] = ""
    fields: Annotated[tuple[Annotated[Ref, Pick("fields")], ...], Field(title="Fields shown", max_length=12)] = ()
    text_token: Annotated[Line, Notation(), Field(title="Token of the text colour")] = ""
    background_token: Annotated[Line, Notation(), Field(title="Token of the background")] = ""
    samples: Annotated[
        tuple[Annotated[Ref, Pick("samples")], ...], Field(title="Real samples tried in it", max_length=12)
    ] = ()


class DesignHandoff(Artifact):
    """What engineers build the alert screen from."""

    kind: ClassVar[str] = "design_handoff"
    title: ClassVar[str] = "Design handoff"

    screen: Annotated[Ref, Pick("screens"), Field(title="Alert screen and its version")] = ""
    tokens: Annotated[tuple[Token, ...], Field(title="Tokens", max_length=80)] = ()
    bindings: Annotated[tuple[Binding, ...], Field(title="Bindings", max_length=20)] = ()
    states: Annotated[tuple[StateSpec, ...], Field(title="States", max_length=20)] = ()
    timeout_ms: Annotated[
        Amount, Field(title="The screen gives up after, milliseconds", description="Then it shows Unavailable.")
    ] = None
