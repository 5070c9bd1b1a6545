"""Hypotheses: what may be so, what would refute it, what was seen, and which action it triggers (A12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Part, Pick, Ref
from curriculum.cases.base import Registry

VERDICTS: dict[str, str] = {"held": "held", "refuted": "refuted", "not_known": "not known"}


class Hypothesis(Part):
    """One explanation with its test and what follows from it."""

    cause: Annotated[Ref, Pick("causes"), Field(title="What may be so")] = ""
    refuted_by: Annotated[Ref, Pick("observations"), Field(title="It would be refuted by")] = ""
    seen: Annotated[
        Amount,
        Field(title="What you saw, of 100", description="The number beside the cause. Blank, where nothing can tell."),
    ] = None
    verdict: Annotated[Literal["", "held", "refuted", "not_known"], Field(title="So it is")] = ""
    evidence: Annotated[Ref, Pick("evidence"), Field(title="Where you saw it")] = ""
    action: Annotated[Ref, Pick("actions"), Field(title="What one would do if it held")] = ""
    approach: Annotated[
        Literal["", "none", "rule", "model"],
        Field(
            title="What has to be predicted for it",
            description="none: nothing; rule: a group that one can name; model: a score.",
        ),
    ] = ""
    feature: Annotated[
        Ref, Pick("features"), Field(title="One thing that the rule or score looks at", description="Rule, model only.")
    ] = ""
    first_known: Annotated[str, Derived("carried over from the table `pipelines`"), Field(title="Known")] = ""


class Hypotheses(Artifact):
    """Four explanations or more, on the step and on the vouchers."""

    kind: ClassVar[str] = "hypotheses"
    title: ClassVar[str] = "Hypotheses"

    entries: Annotated[
        tuple[Hypothesis, ...],
        Field(title="Hypotheses", description="Four or more; two of them on vouchers.", max_length=7),
    ] = ()

    def of(self, cause: str) -> Hypothesis | None:
        """The entry about a cause; None where there is none."""
        return next((entry for entry in self.entries if entry.cause == cause), None)

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A cause twice; a feature without anything that is predicted."""
        named: set[str] = set()
        for number, entry in enumerate(self.entries, start=1):
            if entry.cause and entry.cause in named:
                yield f"entries[{number}].cause", "This one is in the list already."
            named.add(entry.cause)
            if entry.feature and entry.approach == "none":
                yield f"entries[{number}].feature", "Where nothing is predicted, nothing is looked at."
            if entry.seen is not None and abs(entry.seen) > 100:
                yield f"entries[{number}].seen", "It is counted of 100."
