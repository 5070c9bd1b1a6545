"""The charter that product and data science sign: what is excluded, who decides, which dates stand (A06)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Part, Pick, Ref, Sentence


class Principle(Part):
    """A sentence that costs something: it keeps a card off the board, or behind another."""

    sentence: Annotated[Line, Sentence(), Field(title="What we hold to, in one sentence")] = ""
    excludes: Annotated[Ref, Pick("exclusions"), Field(title="So this is not done")] = ""
    card: Annotated[Ref, Pick("cards"), Field(title="The card that it moved")] = ""


class Target(Part):
    """A limit that users or machines set."""

    measure: Annotated[Ref, Pick("measures"), Field(title="Measure")] = ""
    limit: Annotated[Amount, Field(title="At most")] = None
    window: Annotated[Ref, Pick("windows"), Field(title="Counted over")] = ""


class Right(Part):
    """Who alone decides something, and up to what."""

    noun: ClassVar[str] = "decision"
    decision: Annotated[Ref, Pick("decisions"), Field(title="Decision")] = ""
    person: Annotated[Ref, Pick("people"), Field(title="Who decides alone")] = ""
    limit: Annotated[Amount, Field(title="Up to (€ thousand)", description="Blank where there is no sum.")] = None


class Promise(Part):
    """What becomes of a date that was said outside, and on which day its holder hears it."""

    card: Annotated[Ref, Pick("cards"), Field(title="Promise")] = ""
    becomes: Annotated[Ref, Pick("outcomes"), Field(title="It is")] = ""
    told: Annotated[Day, Field(title="Its holder hears it on", description="Blank where nothing changes.")] = None


class Charter(Artifact):
    """What both functions sign for a year."""

    kind: ClassVar[str] = "charter"
    title: ClassVar[str] = "Charter"

    principles: Annotated[tuple[Principle, ...], Field(title="Principles", max_length=5)] = ()
    targets: Annotated[tuple[Target, ...], Field(title="Targets", max_length=5)] = ()
    lowest_chance: Annotated[
        Amount,
        Field(
            title="A promise stands only if it holds in so many of 100 years",
            json_schema_extra={"section": "How much risk we take"},
        ),
    ] = None
    bad_year: Annotated[Amount, Field(title="In a bad year, one of ten, the plan brings at least (€ thousand)")] = None
    rights: Annotated[tuple[Right, ...], Field(title="Who decides", max_length=8)] = ()
    reviews: Annotated[tuple[Day, ...], Field(title="Days on which we look at it again", max_length=8)] = ()
    promises: Annotated[tuple[Promise, ...], Field(title="What becomes of the promises", max_length=3)] = ()
