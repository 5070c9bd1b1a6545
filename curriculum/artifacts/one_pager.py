"""A page with one question: who decides what by when, between which plans, at which price (A09)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Long, Part, Pick, Ref, Sentence, Words


class Fixed(Part):
    """A date that cannot move, and its price."""

    noun: ClassVar[str] = "date"
    topic: Annotated[Ref, Pick("topics"), Field(title="Whose date")] = ""
    once: Annotated[
        Amount, Field(title="What missing it costs, once (thousand euros)", description="As you were told it.")
    ] = None


class Days(Part):
    """How long each need takes."""

    arrivals: Annotated[Amount, Field(title="Fresh arrivals (days)")] = None
    events: Annotated[Amount, Field(title="Events on the screens (days)")] = None
    refunds: Annotated[Amount, Field(title="Refunds (days)")] = None
    warehouse: Annotated[Amount, Field(title="Leaving the old warehouse (days)")] = None


class Option(Part):
    """One plan for the quarter."""

    first: Annotated[Ref, Pick("topics"), Field(title="Tilde does first")] = ""
    second: Annotated[Ref, Pick("topics"), Field(title="… then")] = ""
    third: Annotated[Ref, Pick("topics"), Field(title="… then")] = ""
    fourth: Annotated[
        Ref, Pick("topics"), Field(title="… and last", description="Blank where a contractor does one of the four.")
    ] = ""
    contractor: Annotated[Ref, Pick("topics"), Field(title="What a contractor does", description="Blank: nothing.")] = (
        ""
    )
    cost: Annotated[Amount, Field(title="It costs (thousand euros)", description="From the planner.")] = None

    @property
    def order(self) -> tuple[str, ...]:
        """What is picked, in its order."""
        return tuple(topic for topic in (self.first, self.second, self.third, self.fourth) if topic)


class Told(Part):
    """Somebody who hears it from you before the meeting."""

    noun: ClassVar[str] = "person"
    who: Annotated[Ref, Pick("people"), Field(title="Who")] = ""
    day: Annotated[Day, Field(title="On which day", description="A day before that of the meeting.")] = None


class OnePager(Artifact):
    """One page with one question that one person can answer."""

    kind: ClassVar[str] = "one_pager"
    title: ClassVar[str] = "One-pager"

    ask: Annotated[
        Literal["", "decide", "advise", "inform"],
        Field(
            title="What you ask for",
            json_schema_extra={
                "section": "The question",
                "labels": {"decide": "Please decide", "advise": "Please advise", "inform": "For discussion"},
            },
        ),
    ] = ""
    decider: Annotated[Ref, Pick("people"), Field(title="Who decides")] = ""
    decide_by: Annotated[Day, Field(title="By which day")] = None
    wording: Annotated[
        Words,
        Sentence(),
        Long(3),
        Field(title="The question, as it stands in the first lines", description="One question, to one person."),
    ] = ""
    reading: Annotated[
        Literal["", "before", "silent"],
        Field(
            title="How it is read",
            json_schema_extra={
                "section": "How it is read",
                "labels": {"before": "Sent before", "silent": "In silence, at the beginning"},
            },
        ),
    ] = ""
    sent_hours: Annotated[
        Amount, Field(title="Sent how many hours before the meeting", description="Where it is sent before.")
    ] = None
    silent_minutes: Annotated[
        Amount, Field(title="Minutes of silence", description="Where it is read in the meeting.")
    ] = None
    days_there: Annotated[
        Amount,
        Field(title="Days that Tilde is there in the quarter", description="From the table weeks and your minutes."),
    ] = None
    days: Annotated[Days, Field(title="Days of work, as Tilde told you for what people need")] = Days()
    pair: Annotated[
        tuple[Annotated[Ref, Pick("topics")], ...],
        Field(
            title="Which two begin with the same work",
            max_length=4,
            json_schema_extra={"section": "What is worked once for both"},
        ),
    ] = ()
    shared_days: Annotated[Amount, Field(title="Days that are worked only once for both")] = None
    fixed: Annotated[tuple[Fixed, ...], Field(title="Dates that cannot move", max_length=4)] = ()
    as_filed_cost: Annotated[
        Amount, Field(title="What it costs to decide nothing (thousand euros)", description="The asks as filed.")
    ] = None
    options: Annotated[
        tuple[Option, ...],
        Field(title="Plans to choose from", description="Two or three, beside deciding nothing.", max_length=3),
    ] = ()
    recommended: Annotated[
        Amount,
        Field(
            title="You recommend number",
            description="1, 2 or 3, in the order above.",
            json_schema_extra={"section": "What you recommend"},
        ),
    ] = None
    facts: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(title="Three facts that it rests on", description="From two people at least.", max_length=5),
    ] = ()
    delay_cost: Annotated[
        Amount,
        Field(
            title="What two weeks of waiting cost (thousand euros)",
            description="How much more your plan costs if it begins two weeks later.",
        ),
    ] = None
    told_before: Annotated[
        tuple[Told, ...],
        Field(
            title="Who hears from you before the meeting that it will be late",
            description="Everybody whose piece comes after its date.",
            max_length=4,
        ),
    ] = ()

    @property
    def recommended_option(self) -> tuple[int, Option] | None:
        """The number and the plan that is recommended; None where that is none of the plans."""
        number = int(self.recommended) if self.recommended is not None and self.recommended.is_integer() else 0
        return (number, self.options[number - 1]) if 1 <= number <= len(self.options) else None
