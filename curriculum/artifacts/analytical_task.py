"""The analytical task: from a complaint to what is foretold of what, when, for which action and at what cost (A12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Pick, Ref, Sentence, Words
from curriculum.cases.base import Registry

PERCENTS = ("complaint_share", "spared_percent", "threshold")


class AnalyticalTask(Artifact):
    """What is foretold of what and when, from which columns, for which action, and at what cost of each error."""

    kind: ClassVar[str] = "analytical_task"
    title: ClassVar[str] = "Analytical task"
    genre: ClassVar[str] = "specification"

    complaint: Annotated[
        Ref, Pick("topics"), Field(title="The complaint", json_schema_extra={"section": "The complaint and its reason"})
    ] = ""
    complaint_share: Annotated[
        Amount, Field(title="Its share, of 100 complaints", description="Of all that were filed in the export.")
    ] = None
    cause: Annotated[Ref, Pick("causes"), Field(title="Why most of these parcels stay behind")] = ""
    unit: Annotated[
        Ref,
        Pick("units"),
        Field(
            title="What each row of the task is about",
            description="As the action needs it.",
            json_schema_extra={"section": "What is decided, and who is told"},
        ),
    ] = ""
    action: Annotated[Ref, Pick("actions"), Field(title="What is done")] = ""
    way: Annotated[Ref, Pick("ways"), Field(title="What decides who is told")] = ""
    moment: Annotated[Ref, Pick("moments"), Field(title="When it is decided")] = ""
    columns: Annotated[
        tuple[Annotated[Ref, Pick("columns")], ...],
        Field(title="What it reads", description="One line a column. A wide promise reads nothing.", max_length=12),
    ] = ()
    blank_scan: Annotated[
        Literal["", "unknown", "left"],
        Field(title="A blank scan at loading is read as", description="Only where that column is read."),
    ] = ""
    label: Annotated[
        Ref,
        Pick("labels"),
        Field(title="What counts as “it did not come”", json_schema_extra={"section": "What it is judged by"}),
    ] = ""
    horizon: Annotated[Ref, Pick("horizons"), Field(title="Foretold for the time")] = ""
    split: Annotated[Ref, Pick("splits"), Field(title="Judged on")] = ""
    measure: Annotated[Ref, Pick("measures"), Field(title="Judged by")] = ""
    miss_eur: Annotated[
        Amount,
        Field(title="A miss that nobody was told of costs (€)", json_schema_extra={"section": "What errors cost"}),
    ] = None
    wrong_eur: Annotated[Amount, Field(title="A warning that was wrong costs (€)")] = None
    spared_percent: Annotated[
        Amount,
        Field(title="The message spares, of 100 € of a miss", description="At your hour, or of your wide promise."),
    ] = None
    threshold: Annotated[
        Amount,
        Field(
            title="Warned from a probability of … of 100",
            description="Where a warning begins to pay. Blank where nothing is trained.",
        ),
    ] = None
    partners: Annotated[
        Ref,
        Pick("treatments"),
        Field(title="Parcels that partners bring", json_schema_extra={"section": "Partners, and what it has to beat"}),
    ] = ""
    baseline: Annotated[Ref, Pick("baselines"), Field(title="It has to beat")] = ""
    baseline_eur: Annotated[
        Amount, Field(title="Which brings in four weeks (€)", description="On the rows on which you judge.")
    ] = None
    why: Annotated[
        Words, Sentence(), Field(title="Why this hour", description="One or two sentences for Paula and Hanne.")
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Shares beyond 100; a threshold as a share of one; a column twice; a threshold without a model."""
        for name in PERCENTS:
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 100:
                yield name, "Of 100, it lies between 0 and 100."
        if self.threshold is not None and 0 < self.threshold < 1:
            yield "threshold", "Of 100: 30 stands for 30 of 100, and 0.3 for fewer than one."
        named: set[str] = set()
        for number, column in enumerate(self.columns, start=1):
            if column and column in named:
                yield f"columns[{number}]", "This column is in the list already."
            named.add(column)
        if self.threshold is not None and self.way in ("rule", "wide"):
            yield "threshold", "Nothing is trained here, so nothing has a probability."
        if self.columns and self.way == "wide":
            yield "columns[1]", "A wide promise reads nothing."
