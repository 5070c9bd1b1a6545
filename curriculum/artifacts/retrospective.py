"""The retrospective: what people waited for, what may be shown of what they wrote, what is tried next (A31)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Part, Pick, Ref, Sentence
from curriculum.cases.base import Registry


class Wait(Part):
    """One cause of waiting."""

    cause: Annotated[Ref, Pick("waits"), Field(title="Cause")] = ""
    share: Annotated[Amount, Field(title="Of all days from start to done (%)")] = None


class Group(Part):
    """How answers of one function are shown."""

    noun: ClassVar[str] = "function"
    function: Annotated[Ref, Pick("functions"), Field(title="Function")] = ""
    way: Annotated[Ref, Pick("group_ways"), Field(title="Its answers")] = ""


class NextTry(Part):
    """One experiment of the coming quarter."""

    noun: ClassVar[str] = "experiment"
    change: Annotated[Ref, Pick("changes"), Field(title="What is changed")] = ""
    measure: Annotated[Ref, Pick("change_measures"), Field(title="Measured by")] = ""
    to: Annotated[
        Amount, Field(title="From today’s value to (days)", description="The mean of an item, where it should get.")
    ] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Begun by")] = ""
    week: Annotated[Amount, Field(title="Looked at in week", description="Counted from today.")] = None


class Retrospective(Artifact):
    """How the pod works together, by what it did and by what people wrote."""

    kind: ClassVar[str] = "retrospective"
    title: ClassVar[str] = "Quarterly retrospective"

    causes: Annotated[
        tuple[Wait, ...],
        Field(
            title="What items waited for most",
            description="The two largest causes.",
            max_length=4,
            json_schema_extra={"section": "What the log says"},
        ),
    ] = ()
    p85: Annotated[Amount, Field(title="85 of 100 items are done within (days)")] = None
    rework_rate: Annotated[Amount, Field(title="Items sent back at least once (%)")] = None
    decision_days: Annotated[
        Amount, Field(title="Waiting for a decision, an item (days)", description="The mean of all items.")
    ] = None
    response: Annotated[
        Amount,
        Field(title="Answered the survey (%)", json_schema_extra={"section": "What people wrote"}),
    ] = None
    groups: Annotated[
        tuple[Group, ...],
        Field(
            title="Functions",
            description="The mean of all answers is shown in any case.",
            max_length=8,
            json_schema_extra={"section": "Who is shown"},
        ),
    ] = ()
    lowest: Annotated[
        Amount, Field(title="Lowest mean that is shown (of 5)", description="Of the groups that you show.")
    ] = None
    pilot: Annotated[
        Ref,
        Pick("pilot_verdicts"),
        Field(title="Joint reviews of last quarter", json_schema_extra={"section": "The last experiment"}),
    ] = ""
    pilot_compared: Annotated[Ref, Pick("comparisons"), Field(title="Compared with")] = ""
    pilot_days: Annotated[
        Amount,
        Field(title="Fewer days between functions, an item", description="Below 0: more. To a tenth."),
    ] = None
    experiments: Annotated[
        tuple[NextTry, ...],
        Field(title="Experiments", max_length=12, json_schema_extra={"section": "What is tried next"}),
    ] = ()
    shows: Annotated[tuple[Annotated[Ref, Pick("shown")], ...], Field(title="Shown to everybody", max_length=8)] = ()
    facts: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(title="What it rests on that somebody told you", max_length=5),
    ] = ()
    words: Annotated[
        Line,
        Sentence(),
        Field(
            title="One sentence to those whose answers are not shown alone",
            description="What you heard, and from now on do, without a name.",
        ),
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A function that is shown in two ways."""
        seen: set[str] = set()
        for number, group in enumerate(self.groups, start=1):
            if group.function and group.function in seen:
                yield f"groups[{number}].function", "This function stands there already."
            seen.add(group.function)
