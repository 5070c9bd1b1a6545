"""The problem statement: who loses what at which step, in numbers that can be counted again, and no solution (A12)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Long, Pick, Ref, Sentence, Words

InOrOut = Literal["", "in", "out"]


class ProblemStatement(Artifact):
    """One problem, picked and counted. Its sentence is composed from what was picked."""

    kind: ClassVar[str] = "problem_statement"
    title: ClassVar[str] = "Problem statement"

    step: Annotated[
        Ref,
        Pick("steps"),
        Field(
            title="Where people are lost",
            description="The one step that this page is about.",
            json_schema_extra={"section": "Where, who, and what for"},
        ),
    ] = ""
    who: Annotated[Ref, Pick("groups"), Field(title="Who is hit most there")] = ""
    aim: Annotated[Ref, Pick("aims"), Field(title="What shall be so", description="For people; nothing to build.")] = ""
    machines: Annotated[
        InOrOut,
        Field(
            title="Machines in the numbers",
            description="in: counted along; out: left out.",
            json_schema_extra={"section": "How it is counted"},
        ),
    ] = ""
    comers_back: Annotated[
        InOrOut,
        Field(
            title="Those who ordered within seven days", description="in: counted as lost; out: not counted as lost."
        ),
    ] = ""
    numerator: Annotated[
        Literal["", "left_step", "left_anywhere"],
        Field(
            title="Counted as lost",
            description="left_step: those who left at this step; left_anywhere: everybody who left before paying.",
        ),
    ] = ""
    denominator: Annotated[
        Literal["", "every_cart", "checkout", "payment"],
        Field(
            title="Of whom",
            description="every_cart: all with a cart; checkout: who opened the checkout; payment: who came to payment.",
        ),
    ] = ""
    rate_percent: Annotated[
        Amount, Field(title="Lost, of 100", description="With the four picks above; one decimal will do.")
    ] = None
    margin_month: Annotated[
        Amount, Field(title="Margin lost at this step in the four weeks (€)", description="Margin, not baskets.")
    ] = None
    measure: Annotated[
        Ref,
        Pick("measures"),
        Field(title="What would show that it got better", json_schema_extra={"section": "How you know"}),
    ] = ""
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("evidence")], ...],
        Field(title="How you know", description="A table or a fact that speaks for this step.", max_length=4),
    ] = ()
    in_words: Annotated[
        Words,
        Sentence(),
        Field(title="In your own words", description="Who has which trouble, and how you know. No solution."),
        Long(3),
    ] = ""
    sentence: Annotated[
        str, Derived("composed from what you picked"), Field(title="The problem in one sentence")
    ] = ""  # fmt: skip
