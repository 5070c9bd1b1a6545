"""Numbers under pressure: the range, where the choice would flip, what would have changed it, what to measure now."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Long, Part, Pick, Ref, Sentence, Words

Lies = Literal["", "above", "across", "below"]
Ground = Literal["", "limit", "money"]
Evidence = Literal["", "gain", "cost_a_month", "time"]
Comparison = Literal["", "before_after", "drawn_by_lot", "old_data", "asked"]
Nature = Literal["", "planned", "pilot", "odd_week", "tested", "run"]


class Told(Part):
    """One number that somebody gave you, and what it is."""

    noun: ClassVar[str] = "number"
    fact: Annotated[Ref, Pick("facts"), Field(title="The number")] = ""
    nature: Annotated[
        Nature,
        Field(
            title="What it is",
            json_schema_extra={
                "labels": {
                    "planned": "planned or replayed",
                    "pilot": "a pilot with few people",
                    "odd_week": "one odd week",
                    "tested": "a test with arms",
                    "run": "whole weeks in normal use",
                }
            },
        ),
    ] = ""


class Range(Part):
    """How sure you were."""

    population: Annotated[Ref, Pick("populations"), Field(title="Among whom")] = ""
    point: Annotated[Amount, Field(title="The one number that you would say")] = None
    low: Annotated[Amount, Field(title="Low end", description="Both ends are those of the 95 % range.")] = None
    high: Annotated[Amount, Field(title="High end")] = None
    unit: Annotated[Ref, Pick("units"), Field(title="Unit of all three")] = ""


class BreakEven(Part):
    """The gain at which the choice would flip."""

    cost: Annotated[
        Ref, Pick("facts"), Field(title="What it costs a month", description="Whoever told you, or the brief.")
    ] = ""
    worth: Annotated[Ref, Pick("facts"), Field(title="What one booking is worth")] = ""
    value: Annotated[Amount, Field(title="The gain that would pay, in the unit of your range")] = None
    lies: Annotated[
        Lies,
        Field(
            title="Where your range lies",
            json_schema_extra={
                "labels": {"above": "wholly above it", "across": "across it", "below": "wholly below it"}
            },
        ),
    ] = ""


class ChangedMind(Part):
    """What would have changed the decision."""

    ground: Annotated[
        Ground,
        Field(
            title="What decided it",
            json_schema_extra={"labels": {"limit": "the promised limit", "money": "what it brings and costs"}},
        ),
    ] = ""
    evidence: Annotated[
        Evidence,
        Field(
            title="Which number would have changed it",
            description="A limit is broken or kept by a time; money is gained or spent.",
            json_schema_extra={
                "labels": {
                    "gain": "the gain in the test",
                    "cost_a_month": "the cost a month, in euros",
                    "time": "the time for 95 of 100 searches, in milliseconds",
                }
            },
        ),
    ] = ""
    threshold: Annotated[Amount, Field(title="From where on", description="In the unit of that number.")] = None
    instead: Annotated[Ref, Pick("options"), Field(title="What you would have chosen then")] = ""


class NextMeasurement(Part):
    """What you would measure now."""

    population: Annotated[Ref, Pick("populations"), Field(title="Among whom")] = ""
    comparison: Annotated[
        Comparison,
        Field(
            title="Compared with",
            json_schema_extra={
                "labels": {
                    "before_after": "the months before",
                    "drawn_by_lot": "visitors drawn by lot in the same weeks",
                    "old_data": "a replay of old searches",
                    "asked": "what people say when asked",
                }
            },
        ),
    ] = ""
    detect: Annotated[
        Amount, Field(title="The smallest difference to be seen", description="In the unit of your range.")
    ] = None
    visitors: Annotated[Amount, Field(title="Visitors in each of two arms")] = None
    weeks: Annotated[Amount, Field(title="Weeks that takes")] = None


class Pressure(Artifact):
    """Answers to what a panel asks about the numbers of one story."""

    kind: ClassVar[str] = "pressure"
    title: ClassVar[str] = "Numbers under pressure"
    genre: ClassVar[str] = "exercise"

    told: Annotated[
        tuple[Told, ...],
        Field(
            title="Numbers that people gave you, three or more",
            max_length=12,
            json_schema_extra={"section": "Planned, tested or run?"},
        ),
    ] = ()
    range: Annotated[Range, Field(title="The range", json_schema_extra={"section": "How sure were you?"})] = Range()
    break_even: Annotated[
        BreakEven, Field(title="The break-even", json_schema_extra={"section": "Where does the choice flip?"})
    ] = BreakEven()
    mind: Annotated[
        ChangedMind,
        Field(title="The decision", json_schema_extra={"section": "What would have changed your mind?"}),
    ] = ChangedMind()
    next: Annotated[
        NextMeasurement,
        Field(title="The measurement", json_schema_extra={"section": "What would you measure now?"}),
    ] = NextMeasurement()
    unknown: Annotated[
        Words,
        Sentence(),
        Field(title="One thing that you do not know, and how you would find out"),
        Long(2),
    ] = ""
