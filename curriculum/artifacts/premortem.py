"""The pre-mortem: it has failed; what each thought alone, what the tables say of it, what changes in the plan (A32)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Notation, Part, Pick, Ref, Sentence


class Reason(Part):
    """Why it failed, as somebody wrote it down alone."""

    cause: Annotated[Ref, Pick("causes"), Field(title="Because")] = ""
    functions: Annotated[
        tuple[Annotated[Ref, Pick("functions")], ...], Field(title="Between whom it lay", max_length=7)
    ] = ()
    words: Annotated[Line, Sentence(), Field(title="In your own words")] = ""


class SealedReason(Part):
    """A reason as it stood when it was sealed; a copy, not written again."""

    cause: Annotated[Ref, Pick("causes"), Field(title="Because")] = ""
    functions: Annotated[
        tuple[Annotated[Ref, Pick("functions")], ...], Field(title="Between whom it lay", max_length=7)
    ] = ()
    words: Annotated[Line, Notation(), Field(title="In your own words")] = ""


class SealedReasons(Part):
    """The reasons as they stood at one moment, and how much had been said by then."""

    said: Annotated[Amount, Field(title="Things said by then")] = None
    reasons: Annotated[tuple[SealedReason, ...], Field(title="Reasons", max_length=6)] = ()


class Risk(Part):
    """A risk that is watched, and what is done about it before it comes."""

    risk: Annotated[Ref, Pick("risks"), Field(title="What went wrong")] = ""
    table: Annotated[Ref, Pick("tables"), Field(title="The table that says it can")] = ""
    measure: Annotated[Ref, Pick("measures"), Field(title="What warns of it", description="A column of `watch`.")] = ""
    threshold: Annotated[Amount, Field(title="It rings above")] = None
    weeks_running: Annotated[Amount, Field(title="In so many weeks running")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Who acts then")] = ""
    change: Annotated[Ref, Pick("changes"), Field(title="What changes in the plan now")] = ""


class CalmReason(Part):
    """A reason that the tables calm."""

    noun: ClassVar[str] = "reason"
    risk: Annotated[Ref, Pick("risks"), Field(title="Not here")] = ""
    table: Annotated[Ref, Pick("tables"), Field(title="The table that says so")] = ""


class Premortem(Artifact):
    """A failure that has happened already, told before it does."""

    kind: ClassVar[str] = "premortem"
    title: ClassVar[str] = "Pre-mortem"

    failed_on: Annotated[
        Day,
        Field(
            title="It is this day", description="In the coming half-year.", json_schema_extra={"section": "The failure"}
        ),
    ] = None
    failure: Annotated[Line, Sentence(), Field(title="It has failed: what happened", max_length=300)] = ""
    alone: Annotated[
        tuple[Reason, ...],
        Field(
            title="Your reasons, alone",
            description="Written before anybody shares theirs; then seal them.",
            max_length=4,
            json_schema_extra={"section": "Reasons, alone"},
        ),
    ] = ()
    sealed: Annotated[SealedReasons, Field(title="Sealed", json_schema_extra={"hidden": True})] = SealedReasons()
    """Written by the step that seals, and by nobody else."""
    risks: Annotated[
        tuple[Risk, ...],
        Field(title="Risks", max_length=8, json_schema_extra={"section": "What the plan does about it"}),
    ] = ()
    dismissed: Annotated[tuple[CalmReason, ...], Field(title="Reasons that the tables calm", max_length=4)] = ()
    facts: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="What you were told that bears on it",
            max_length=8,
            json_schema_extra={"section": "What you heard, and whom you tell"},
        ),
    ] = ()
    words: Annotated[Line, Sentence(), Field(title="To Edda, in one sentence: what has changed in the plan")] = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The risks, each once."""
        return tuple(dict.fromkeys(one.risk for one in self.risks if one.risk))
