"""The KPI tree: what the model moves, through what members meet and do, to whether they stay (A33)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref
from curriculum.cases.base import Registry


class Node(Part):
    """A measure with who acts on it, and when."""

    noun: ClassVar[str] = "measure"
    metric: Annotated[Ref, Pick("metrics"), Field(title="Measure")] = ""
    threshold: Annotated[
        Amount, Field(title="Acts when a week is worse by", description="In the measure’s own unit.")
    ] = None
    action: Annotated[
        Ref, Pick("node_actions"), Field(title="Then", description="What can make this measure better again.")
    ] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who does it")] = ""


class Edge(Part):
    """One arrow: what follows from what, for whom, how much, how late, and how one knows."""

    noun: ClassVar[str] = "arrow"
    cause: Annotated[Ref, Pick("metrics"), Field(title="From")] = ""
    effect: Annotated[Ref, Pick("metrics"), Field(title="To")] = ""
    segment: Annotated[Ref, Pick("segments_and_all"), Field(title="For whom")] = ""
    evidence: Annotated[Ref, Pick("evidence_classes"), Field(title="How one knows")] = ""
    source: Annotated[Ref, Pick("sources"), Field(title="Shown by")] = ""
    shows: Annotated[
        Ref, Pick("ways"), Field(title="With v2 it is", description="Blank where it only goes together.")
    ] = ""
    strength: Annotated[
        Amount,
        Field(
            title="By",
            description="v2 minus v1, in the measure’s unit. Blank where it only goes together.",
        ),
    ] = None
    lag: Annotated[
        Amount,
        Field(
            title="Seen from week",
            description="The first in which it can be counted, and differs. Blank where it only goes together.",
        ),
    ] = None


class KpiTree(Artifact):
    """What the company looks at every week, from the model to the members, and how sure each arrow is."""

    kind: ClassVar[str] = "kpi_tree"
    title: ClassVar[str] = "KPI tree"

    nodes: Annotated[tuple[Node, ...], Field(title="Measures", max_length=12)] = ()
    edges: Annotated[
        tuple[Edge, ...],
        Field(
            title="Arrows",
            description="To staying, one for each segment. To what steers, one at least for those of whom fewer stay. "
            "The others for everyone, or for one segment.",
            max_length=24,
        ),
    ] = ()
    kept_means: Annotated[
        Ref,
        Pick("kept_definitions"),
        Field(title="“Kept” means", json_schema_extra={"section": "What it says"}),
    ] = ""
    last_ripe: Annotated[
        Amount, Field(title="The youngest cohort that is final (week)", description="As numbered in the table.")
    ] = None
    kept_ripe: Annotated[Amount, Field(title="Of that cohort, kept (%)")] = None
    turns: Annotated[Ref, Pick("segments"), Field(title="For them, better hits mean that fewer stay")] = ""
    steering: Annotated[
        Ref,
        Pick("metrics"),
        Field(title="Steered by", description="The early measure that follows staying in every segment."),
    ] = ""
    v2_for: Annotated[
        tuple[Annotated[Ref, Pick("segments")], ...],
        Field(title="v2 goes to", description="Blank: to nobody yet.", max_length=6),
    ] = ()

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """An arrow that begins where it ends."""
        for number, edge in enumerate(self.edges, start=1):
            if edge.cause and edge.cause == edge.effect:
                yield f"edges[{number}].effect", "This arrow ends where it begins."

    def arrows(self) -> set[tuple[str, str]]:
        """The pairs of measures that arrows join, whole ones only."""
        return {(edge.cause, edge.effect) for edge in self.edges if edge.cause and edge.effect}
