"""Translations both ways: technical sentences into people a day, complaints into questions with a number (A07)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Long, Part, Pick, Ref, Sentence


class Message(Part):
    """What somebody said in their terms, as people a day, for somebody who can do something about it."""

    statement: Annotated[
        Ref, Pick("statements"), Field(title="What you pass on", description="Only what somebody told you.")
    ] = ""
    crowd: Annotated[
        Ref,
        Pick("crowds"),
        Field(title="Who these people are", description="Those of whom the sentence speaks when something goes wrong."),
    ] = ""
    people_a_day: Annotated[
        Amount,
        Field(
            title="How many a day",
            description="In February on an average day; of the new threshold, from 8 March on.",
        ),
    ] = None
    notices: Annotated[Ref, Pick("experiences"), Field(title="What they notice")] = ""
    does: Annotated[
        Ref,
        Pick("deeds"),
        Field(
            title="What the receiver does",
            description="For these people, by somebody else than who said it. Only the repair that you choose "
            "is prepared.",
        ),
    ] = ""
    to: Annotated[Ref, Pick("people"), Derived("whoever does what you picked"), Field(title="To whom it goes")] = ""
    wording: Annotated[
        Line,
        Sentence(),
        Long(2),
        Field(title="Your sentence", description="In the receiver’s words, with the number of people a day."),
    ] = ""


class Question(Part):
    """A complaint as a question that a number answers."""

    complaint: Annotated[Ref, Pick("complaints"), Field(title="The complaint")] = ""
    numerator: Annotated[Ref, Pick("counts"), Field(title="What is counted")] = ""
    denominator: Annotated[
        Ref, Pick("counts"), Field(title="Of what", description="Everybody to whom it could have happened.")
    ] = ""
    segment: Annotated[
        Ref,
        Pick("segments"),
        Field(title="For whom", description="Where it happens most often, to more than a handful."),
    ] = ""
    window: Annotated[
        Ref, Pick("windows"), Field(title="When", description="Whole weeks, of which everything is known.")
    ] = ""
    value: Annotated[Amount, Field(title="So many of 100")] = None
    wording: Annotated[
        Line,
        Sentence(),
        Long(2),
        Field(title="Your question", description="As you would send it to whoever can answer."),
    ] = ""


class Week(Part):
    """What the translated numbers decide."""

    extra_agents: Annotated[
        Amount, Field(title="Agents more from 8 March on", description="To a tenth of an agent, or up to a whole one.")
    ] = None
    repair: Annotated[Ref, Pick("repairs"), Field(title="What the free week is for")] = ""
    people_regained: Annotated[
        Amount,
        Field(
            title="People a day whom it brings back",
            description="Of retraining: the lost payments for which the frauds count in this house.",
        ),
    ] = None
    facts: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="What you rest it on",
            description="All that your number of people needs and all that your agents need, told by people of two "
            "functions or more.",
            max_length=8,
        ),
    ] = ()


class Translations(Artifact):
    """One page that all six read in the same way: messages, questions, and what they decide."""

    kind: ClassVar[str] = "translations"
    title: ClassVar[str] = "Translations"

    messages: Annotated[
        tuple[Message, ...],
        Field(
            title="From terms to people",
            description="Three or more: something that product said, something of design, and something of ML.",
            max_length=8,
        ),
    ] = ()
    questions: Annotated[
        tuple[Question, ...],
        Field(
            title="From complaints to questions",
            description="Three or more, for all three again. One is about what people telephone support about.",
            max_length=8,
        ),
    ] = ()
    week: Annotated[Week, Field(title="What it decides")] = Week()
