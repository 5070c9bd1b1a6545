"""The champion record: which run is live, what one candidate catches and for whom, and why the others are not (A29)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Part, Pick, Ref, Sentence
from curriculum.cases.base import Registry


class SliceChange(Part):
    """What the candidate does in one slice that a contract protects."""

    slice: Annotated[Ref, Pick("slices"), Field(title="Slice")] = ""
    change: Annotated[
        Amount, Field(title="Change (of 100 frauds)", description="Candidate minus the live model; below 0 is worse.")
    ] = None


class Rejected(Part):
    """A candidate that does not become the champion, and why."""

    noun: ClassVar[str] = "candidate"
    run: Annotated[Ref, Pick("runs"), Field(title="Run")] = ""
    reason: Annotated[Ref, Pick("reasons"), Field(title="Why not")] = ""


class Champion(Artifact):
    """Which run is the champion, on what evidence."""

    kind: ClassVar[str] = "champion"
    title: ClassVar[str] = "Champion record"

    run: Annotated[
        Ref,
        Pick("runs"),
        Field(
            title="Run behind the alias “champion”",
            description="As it stands in the store; reading it back fills this in.",
            json_schema_extra={"section": "What is live"},
        ),
    ] = ""
    version: Annotated[Amount, Field(title="Version behind the alias", description="As it stands in the store.")] = None
    measured: Annotated[
        Ref,
        Pick("runs"),
        Field(
            title="Candidate that this record measures",
            description="The new champion, or the one that came nearest.",
            json_schema_extra={"section": "What it was measured on"},
        ),
    ] = ""
    decision: Annotated[Ref, Pick("decisions"), Field(title="Decision on it")] = ""
    split: Annotated[Ref, Pick("splits"), Field(title="Compared on")] = ""
    calls: Annotated[Amount, Field(title="Calls for each 1,000 payments")] = None
    gain: Annotated[
        Amount, Field(title="It catches more than the live model (of 100 frauds)", description="All slices together.")
    ] = None
    low: Annotated[Amount, Field(title="At least (of 100 frauds)", description="Low end of the interval.")] = None
    high: Annotated[Amount, Field(title="At most (of 100 frauds)", description="High end of the interval.")] = None
    rerun_off: Annotated[
        Amount, Field(title="Once more, it differs by (of 100 frauds)", description="On the same weeks and calls.")
    ] = None
    protected: Annotated[
        tuple[SliceChange, ...],
        Field(
            title="Slices with a contract",
            max_length=5,
            json_schema_extra={"section": "Whom it touches"},
        ),
    ] = ()
    watched: Annotated[
        tuple[Annotated[Ref, Pick("slices")], ...],
        Field(
            title="Slices without a contract in which it catches less",
            description="Somebody watches them. None: leave it empty.",
            max_length=5,
        ),
    ] = ()
    p95_loaded: Annotated[
        Amount,
        Field(
            title="95th percentile under load (ms)",
            json_schema_extra={"section": "Whether it can be run"},
        ),
    ] = None
    serving: Annotated[Ref, Pick("serving_ways"), Field(title="Serving")] = ""
    rejected: Annotated[
        tuple[Rejected, ...],
        Field(
            title="Candidates that are not live, and why",
            max_length=6,
            json_schema_extra={"section": "What follows"},
        ),
    ] = ()
    signs: Annotated[Ref, Pick("people"), Field(title="Signs")] = ""
    look_again: Annotated[
        Amount,
        Field(title="Looked at again in week", description="Counted from today. Only where it does not go live."),
    ] = None
    frauds_more: Annotated[
        Amount, Field(title="Frauds a week caught more", description="If it were live, by the gain above.")
    ] = None
    facts: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(title="What it rests on that somebody told you", max_length=8),
    ] = ()
    words: Annotated[
        Line,
        Sentence(),
        Field(title="One sentence that Edda can repeat", description="What changes for whom, in frauds a week."),
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Ends of an interval that are swapped, and a record whose decision and alias part ways."""
        if self.low is not None and self.high is not None and self.low > self.high:
            yield "low", "The low end lies above the high one."
        if self.decision == "live" and self.run and self.measured and self.run != self.measured:
            yield "run", "It becomes the champion, and the alias names another run."
