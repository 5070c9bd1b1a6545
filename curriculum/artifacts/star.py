"""The STAR answer (A35): four parts to be told, and beside them the claims that can be checked."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from curriculum.artifacts.base import (
    Amount,
    Artifact,
    Caption,
    Day,
    Line,
    Long,
    Notation,
    Part,
    Pick,
    Ref,
    Sentence,
    Words,
)

Origin = Literal["", "practice", "course", "personal"]
Direction = Literal["", "better", "worse", "no_change"]


class Interest(Part):
    """What one function wanted."""

    function: Annotated[Ref, Pick("functions"), Field(title="Function")] = ""
    wanted: Annotated[Line, Field(title="What it wanted, in its own terms")] = ""


class Action(Part):
    """One thing that you did, and the document that shows it."""

    what: Annotated[Line, Field(title="What you did")] = ""
    on: Annotated[Day, Field(title="When")] = None
    document: Annotated[
        Ref, Pick("documents"), Field(title="Where it can be seen", description="A document that you wrote yourself.")
    ] = ""


class Figure(Part):
    """A measured number and where it comes from."""

    value: Annotated[Amount, Field(title="Number")] = None
    on: Annotated[Day, Field(title="Counted until", description="The last day that was counted.")] = None
    days: Annotated[Amount, Field(title="Over how many days")] = None
    fact: Annotated[
        Ref,
        Pick("facts"),
        Field(title="Who told you, or where it stands", description="Blank for a story of your own."),
    ] = ""


class Cost(Part):
    """What was given up."""

    what: Annotated[Line, Field(title="What was given up, and who paid")] = ""
    value: Annotated[Amount, Field(title="How much")] = None
    unit: Annotated[Ref, Pick("units"), Field(title="Unit")] = ""
    fact: Annotated[
        Ref,
        Pick("facts"),
        Field(title="Who told you, or where it stands", description="Blank for a story of your own."),
    ] = ""


class Decision(Part):
    """What was decided, by whom and where it is written."""

    what: Annotated[Line, Field(title="What was decided")] = ""
    by: Annotated[Ref, Pick("deciders"), Field(title="Who decided", description="It need not be you.")] = ""
    on: Annotated[Day, Field(title="When")] = None
    document: Annotated[Ref, Pick("documents"), Field(title="Where it is written")] = ""


class OtherNumber(Part):
    """A further number that the text mentions."""

    noun: ClassVar[str] = "number"
    value: Annotated[Amount, Field(title="Number")] = None
    what: Annotated[Line, Field(title="What it counts, with its unit")] = ""
    fact: Annotated[
        Ref,
        Pick("facts"),
        Field(
            title="Who told you, or where it stands",
            description="Blank for a story of your own, a time from a table, and what you worked out from a test.",
        ),
    ] = ""


class Copied(Part):
    """One artifact of a finished lesson as it stood when the story was written. Filled in by the course."""

    lesson: Annotated[Line, Notation(), Field(title="Lesson")] = ""
    variant: Annotated[int, Field(title="World", ge=0, le=1_000_000)] = 0
    artifact: Annotated[Line, Notation(), Field(title="Artifact, or outcome")] = ""
    text: Annotated[str, StringConstraints(max_length=20_000), Notation(), Field(title="Its text"), Long(8)] = ""


class Star(Artifact):
    """One answer to one interview question, with its claims."""

    kind: ClassVar[str] = "star"
    title: ClassVar[str] = "STAR answer"

    question: Annotated[
        Ref, Pick("questions"), Field(title="The question", json_schema_extra={"section": "The question"})
    ] = ""
    origin: Annotated[
        Origin,
        Field(
            title="Where the story comes from",
            description="Of a story from your own life, only completeness and sums are checked.",
            json_schema_extra={
                "labels": {
                    "practice": "The project file",
                    "course": "My other lessons",
                    "personal": "My own life",
                }
            },
        ),
    ] = ""
    situation: Annotated[
        Words,
        Sentence(),
        Field(
            title="Situation",
            description="At most a quarter of your words.",
            json_schema_extra={"section": "The story, as you tell it"},
        ),
        Long(3),
    ] = ""
    task: Annotated[Words, Sentence(), Field(title="Task", description="What was yours to do."), Long(2)] = ""
    action: Annotated[
        Words, Sentence(), Field(title="Action", description="At least two fifths of your words."), Long(6)
    ] = ""
    result: Annotated[
        Words,
        Sentence(),
        Field(title="Result", description="What changed, what it cost, what you would do differently."),
        Long(4),
    ] = ""
    role: Annotated[
        Line,
        Caption(),
        Field(title="Your role in it", json_schema_extra={"section": "Claims: who, and what they wanted"}),
    ] = ""
    interests: Annotated[tuple[Interest, ...], Field(title="The functions in conflict", max_length=8)] = ()
    actions: Annotated[
        tuple[Action, ...],
        Field(
            title="Your actions, three or more", max_length=12, json_schema_extra={"section": "Claims: what you did"}
        ),
    ] = ()
    measure: Annotated[
        Line,
        Field(title="What was measured, and per what", json_schema_extra={"section": "Claims: what came of it"}),
    ] = ""
    unit: Annotated[Ref, Pick("units"), Field(title="Unit of the measure")] = ""
    baseline: Annotated[Figure, Field(title="Before")] = Figure()
    result_figure: Annotated[Figure, Field(title="After")] = Figure()
    counted: Annotated[
        Ref,
        Pick("facts"),
        Field(
            title="Who says that both were counted alike",
            description="Somebody else than the one who told you the numbers. Blank for a story of your own.",
            json_schema_extra={"section": "Claims: how it changed"},
        ),
    ] = ""
    change: Annotated[
        Amount, Field(title="Change: after minus before", description="In the same unit; − for a fall.")
    ] = None
    change_percent: Annotated[
        Amount, Field(title="Change in percent of before", description="Leave blank if you do not say it.")
    ] = None
    direction: Annotated[
        Direction,
        Field(title="Is that better or worse?", json_schema_extra={"labels": {"no_change": "no change"}}),
    ] = ""
    decision: Annotated[
        Decision, Field(title="The decision", json_schema_extra={"section": "Claims: who decided, and what it cost"})
    ] = Decision()
    cost: Annotated[Cost, Field(title="The cost that you accepted")] = Cost()
    would_change: Annotated[
        Words, Sentence(), Field(title="What you would do differently, and where else it would help"), Long(2)
    ] = ""
    numbers: Annotated[tuple[OtherNumber, ...], Field(title="Further numbers in your text", max_length=12)] = ()
    copied: Annotated[
        tuple[Copied, ...],
        Field(
            title="From your lessons",
            description="Filled in by the course; leave it as it is.",
            max_length=20,
            json_schema_extra={"hidden": True},
        ),
    ] = ()

    def parts(self) -> dict[str, str]:
        """The four parts that are told, by name."""
        return {"situation": self.situation, "task": self.task, "action": self.action, "result": self.result}

    def text(self) -> str:
        """The answer as it is told."""
        return "\n".join(part for part in self.parts().values() if part)
