"""Collisions: one word, two people, two meanings, and the decision that comes out differently (A07)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Part, Pick, Ref


class Collision(Part):
    """A word by which two people mean different things."""

    one: Annotated[Ref, Pick("people"), Field(title="Who says it")] = ""
    one_means: Annotated[
        Ref, Pick("definitions"), Field(title="What the first means", description="As you heard it.")
    ] = ""
    one_value: Annotated[Amount, Field(title="Its number", description="This month’s, in that meaning.")] = None
    other: Annotated[Ref, Pick("people"), Field(title="Who says it, too")] = ""
    other_means: Annotated[
        Ref, Pick("definitions"), Field(title="What the second means", description="As you heard it.")
    ] = ""
    other_value: Annotated[Amount, Field(title="Its number, too", description="This month’s, in that meaning.")] = None
    word: Annotated[Line, Derived("carried over from the meanings that you picked"), Field(title="The word")] = ""
    decision: Annotated[
        Ref,
        Pick("decisions"),
        Field(
            title="The decision that comes out differently",
            description="Whoever hears the one meaning decides otherwise than whoever hears the other.",
        ),
    ] = ""


class Collisions(Artifact):
    """The words by which people pass each other without noticing."""

    kind: ClassVar[str] = "collisions"
    title: ClassVar[str] = "Collisions"
    genre: ClassVar[str] = "words"

    collisions: Annotated[tuple[Collision, ...], Field(title="Words that collide", max_length=10)] = ()
