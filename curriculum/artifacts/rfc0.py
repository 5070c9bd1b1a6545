"""The RFC-0: what a short spike asked, what it measured, how confident that makes one, and whether to go on (A13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Part, Pick, Ref, Sentence, Words
from curriculum.cases.base import Registry

Confidence = Literal["", "high", "medium", "low"]
Decision = Literal["", "go", "four_weeks", "no_go"]


class Asked(Part):
    """A question of the spike with its answer."""

    noun: ClassVar[str] = "question"
    question: Annotated[Ref, Pick("questions"), Field(title="Question")] = ""
    answer: Annotated[
        Literal["", "yes", "no", "unknown"], Field(title="Answer", description="As what was measured says.")
    ] = ""


class Rfc0(Artifact):
    """A short paper on what was tried and measured, with a confidence by rule and a yes or a no."""

    kind: ClassVar[str] = "rfc0"
    title: ClassVar[str] = "RFC-0"
    genre: ClassVar[str] = "specification"

    questions: Annotated[
        tuple[Asked, ...],
        Field(title="What the spike asked", description="One to three that can be answered no.", max_length=6),
    ] = ()
    timebox_days: Annotated[
        Amount,
        Field(
            title="Days that the spike may take",
            description="From today on.",
            json_schema_extra={"section": "Measured"},
        ),
    ] = None
    coverage_own: Annotated[
        Amount,
        Field(title="Own depots: with a value, of 100", description="In the column of your task that has fewest."),
    ] = None
    coverage_partners: Annotated[Amount, Field(title="Partners: with a value, of 100", description="As above.")] = None
    noise_own: Annotated[
        Amount,
        Field(title="Own depots: label wrong, of 100", description="Where it says something else than the telephone."),
    ] = None
    noise_partners: Annotated[Amount, Field(title="Partners: label wrong, of 100", description="As above.")] = None
    run_p95: Annotated[
        Amount,
        Field(
            title="95 of 100 runs are over within (minutes)",
            description="At your hour. Blank where fewer than 30 were measured: it is unknown.",
        ),
    ] = None
    run_budget: Annotated[Amount, Field(title="A run has (minutes)")] = None
    estimate_eur: Annotated[
        Amount,
        Field(
            title="The task brings in four weeks (€)",
            description="On the rows that are held back, less half of what it costs.",
        ),
    ] = None
    confidence_own: Annotated[
        Confidence,
        Field(
            title="Own depots: confidence",
            description="By the memo's rule.",
            json_schema_extra={"section": "Confidence and decision"},
        ),
    ] = ""
    confidence_partners: Annotated[Confidence, Field(title="Partners: confidence", description="As above.")] = ""
    decision_own: Annotated[
        Decision,
        Field(
            title="Own depots: model or rule",
            description="no_go: they are told otherwise, or nothing.",
        ),
    ] = ""
    decision_partners: Annotated[Decision, Field(title="Partners: model or rule", description="As above.")] = ""
    accepted_by: Annotated[
        Ref, Pick("people"), Field(title="Accepted by", json_schema_extra={"section": "Accepted, and until when"})
    ] = ""
    accepted_on: Annotated[Day, Field(title="On")] = None
    expires_on: Annotated[Day, Field(title="Holds until")] = None
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(title="What it rests on", description="Four to seven facts that decide something here.", max_length=30),
    ] = ()
    risk: Annotated[
        Words, Sentence(), Field(title="What could still go wrong", description="One sentence, with who would see it.")
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Shares beyond 100; a question twice; a paper that ends before it is accepted."""
        for name in ("coverage_own", "coverage_partners", "noise_own", "noise_partners"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 100:
                yield name, "Of 100, it lies between 0 and 100."
        named: set[str] = set()
        for number, asked in enumerate(self.questions, start=1):
            if asked.question and asked.question in named:
                yield f"questions[{number}].question", "This question is in the list already."
            named.add(asked.question)
        if self.accepted_on and self.expires_on and self.expires_on < self.accepted_on:
            yield "expires_on", "This is before it is accepted."
