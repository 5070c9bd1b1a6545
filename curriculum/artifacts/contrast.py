"""Choices between two answers: which is stronger, and which sentence shows it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Artifact, Part, Pick, Ref


class Preference(Part):
    """One pair, judged."""

    pair: Annotated[Ref, Pick("pairs"), Field(title="The pair")] = ""
    stronger: Annotated[Literal["", "a", "b"], Field(title="The stronger answer")] = ""
    span: Annotated[
        Ref,
        Pick("spans"),
        Field(title="The sentence that decides it", description="In the weaker answer: the sentence with the flaw."),
    ] = ""


class Contrast(Artifact):
    """One preference for each pair."""

    kind: ClassVar[str] = "contrast"
    title: ClassVar[str] = "Which answer is stronger?"
    genre: ClassVar[str] = "exercise"

    preferences: Annotated[tuple[Preference, ...], Field(title="Your choices", max_length=20)] = ()
