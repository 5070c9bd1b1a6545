"""The analysis of an experiment: counts first, then effects with intervals, then what stays unknown (A17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Part, Pick, Ref, Sentence
from curriculum.cases.base import Registry


class SegmentEffects(Part):
    """What the test says of one segment, in % of the light arm's orders."""

    noun: ClassVar[str] = "segment"
    segment: Annotated[Ref, Pick("segments"), Field(title="Segment")] = ""
    net: Annotated[Amount, Field(title="Complex less light (%)")] = None
    net_low: Annotated[Amount, Field(title="Lower end (%)")] = None
    net_high: Annotated[Amount, Field(title="Upper end (%)")] = None
    speed: Annotated[
        Amount, Field(title="The wait alone (%)", description="Light slowed, less light. Blank without such an arm.")
    ] = None
    per_100: Annotated[Amount, Field(title="… for each 100 ms (%)")] = None
    model: Annotated[
        Amount, Field(title="The model at equal speed (%)", description="Complex, less light as slow. Blank likewise.")
    ] = None
    model_low: Annotated[Amount, Field(title="Model, lower end (%)")] = None
    model_high: Annotated[Amount, Field(title="Model, upper end (%)")] = None


class Analysis(Artifact):
    """What the data of a test say, and what they do not."""

    kind: ClassVar[str] = "analysis"
    title: ClassVar[str] = "Analysis"

    ratio_p: Annotated[
        Amount,
        Field(
            title="p of the check on the ratio",
            description="All visitors as counted; 0 if it is below 0.001.",
            json_schema_extra={"section": "The counts"},
        ),
    ] = None
    cause: Annotated[Ref, Pick("causes"), Field(title="What is wrong with the counts")] = ""
    left_out: Annotated[
        tuple[Annotated[Ref, Pick("clients")], ...],
        Field(title="Left out of all arms", description="Blank where nothing is.", max_length=10),
    ] = ()
    first_days: Annotated[
        Amount, Field(title="First days left out", description="While a thing is tried for being new; 0 for none.")
    ] = None
    segments: Annotated[tuple[SegmentEffects, ...], Field(title="Effects", max_length=6)] = ()
    unknown: Annotated[
        tuple[Annotated[Ref, Pick("questions")], ...],
        Field(title="What these data do not say", max_length=12, json_schema_extra={"section": "What stays open"}),
    ] = ()
    finding: Annotated[
        Line, Sentence(), Field(title="The finding", description="One sentence for somebody without the table.")
    ] = ""

    def row(self, segment: str) -> SegmentEffects | None:
        """The effects of a segment; None where there is no row, or more than one."""
        rows = [row for row in self.segments if row.segment == segment]
        return rows[0] if len(rows) == 1 else None

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Intervals upside down, a chance that cannot be, a segment twice."""
        if self.ratio_p is not None and not 0 <= self.ratio_p <= 1:
            yield "ratio_p", "A chance lies between 0 and 1."
        named = [row.segment for row in self.segments if row.segment]
        for number, row in enumerate(self.segments, start=1):
            for low, high in (("net_low", "net_high"), ("model_low", "model_high")):
                below, above = getattr(row, low), getattr(row, high)
                if below is not None and above is not None and below > above:
                    yield f"segments[{number}].{low}", "The lower end lies above the upper one."
            if row.segment and named.count(row.segment) > 1:
                yield f"segments[{number}].segment", "This segment stands here twice."
