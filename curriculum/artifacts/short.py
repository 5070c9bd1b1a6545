"""The same story in thirty seconds: what is kept of the long version, and what is left out and why."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Artifact, Line, Long, Part, Pick, Ref, Sentence, Words

Claim = Literal["", "window", "change", "percent", "cost", "numbers", "interests", "decision", "look_back"]

CLAIMS: dict[str, str] = {
    "window": "over how many days it was counted",
    "change": "the change, as a number",
    "percent": "the change in percent",
    "cost": "how much was given up",
    "numbers": "the further numbers",
    "interests": "what each side wanted",
    "decision": "who decided",
    "look_back": "what you would do differently",
}
"""What a story may leave out in thirty seconds. Before, after and an act of one's own it may not."""


class LeftOut(Part):
    """One claim that the short version does not make."""

    noun: ClassVar[str] = "claim"
    claim: Annotated[Claim, Field(title="What is left out", json_schema_extra={"labels": CLAIMS})] = ""
    why: Annotated[Line, Field(title="Why the panel can wait for it")] = ""


class Short(Artifact):
    """Thirty seconds of a story that was written in two minutes."""

    kind: ClassVar[str] = "short"
    title: ClassVar[str] = "Thirty seconds"
    genre: ClassVar[str] = "exercise"

    text: Annotated[
        Words,
        Sentence(),
        Field(title="The story in thirty seconds", description="60 to 90 words, with nothing new in it."),
        Long(5),
    ] = ""
    act: Annotated[
        Ref,
        Pick("documents"),
        Field(title="The act of yours that it keeps", description="One of the documents under your actions."),
    ] = ""
    left_out: Annotated[tuple[LeftOut, ...], Field(title="What you left out", max_length=8)] = ()
