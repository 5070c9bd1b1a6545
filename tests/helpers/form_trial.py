"""An artifact kind of our own that uses every type of field, for tests of the form."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Long, Part, Pick, Ref, Words


class Check(Part):
    """One thing to look at before the metric is believed."""

    what: Annotated[Line, Field(title="What to look at")] = ""
    by: Annotated[Ref, Pick("people"), Field(title="Who looks")] = ""


class Metric(Part):
    """A number by which the launch is judged."""

    name: Annotated[Ref, Pick("metrics"), Field(title="Metric")] = ""
    role: Annotated[
        Literal["", "user", "model", "guardrail"],
        Field(title="What it is for", json_schema_extra={"labels": {"user": "User or business"}}),
    ] = ""
    target: Annotated[Amount, Field(title="Target", description="In the metric's own unit.")] = None
    window: Annotated[int, Field(title="Window in days", ge=0, le=365)] = 0
    evidence: Annotated[tuple[Annotated[Ref, Pick("facts")], ...], Field(title="Evidence", max_length=5)] = ()
    checks: Annotated[tuple[Check, ...], Field(title="Checks", max_length=4)] = ()


class Contract(Part):
    """What the service promises."""

    timeout: Annotated[Amount, Field(title="Timeout in ms")] = None
    score: Annotated[Literal["", "calibrated", "ranking only"], Field(title="What the score means")] = ""


class Page(Artifact):
    """A page that product, design and engineering sign."""

    kind: ClassVar[str] = "page"
    title: ClassVar[str] = "One-page requirements"
    max_words: ClassVar[int] = 40

    problem: Annotated[Words, Field(title="Problem", description="Whose, and how often."), Long(3)] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Owner")] = ""
    launch: Annotated[Day, Field(title="Launch")] = None
    urgent: Annotated[bool, Field(title="The date is fixed by contract")] = False
    approved: Annotated[bool | None, Field(title="Was it approved?")] = None
    level: Annotated[
        Literal["", "one market", "two markets", "all markets of the group", "staff only", "nobody yet"],
        Field(title="Who sees it first"),
    ] = ""
    metrics: Annotated[tuple[Metric, ...], Field(title="Metrics", max_length=6)] = ()
    contract: Annotated[Contract, Field(title="Contract of the service")] = Contract()
    scope: Annotated[tuple[Annotated[Ref, Pick("cards")], ...], Field(title="Scope", max_length=12)] = ()
    states: Annotated[tuple[Literal["loading", "empty", "error"], ...], Field(title="States shown")] = ()
    questions: Annotated[tuple[Line, ...], Field(title="Open questions", max_length=5)] = ()
