"""The handoff: from experiment to production, with checks against what came back before, and who carries the pager."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref


class HandoffCheck(Part):
    """Something that is looked at before it is taken over."""

    reason: Annotated[Ref, Pick("reasons"), Field(title="Against this reason to come back")] = ""
    accepted_by: Annotated[Ref, Pick("people"), Field(title="Who accepts it")] = ""
    days: Annotated[Amount, Field(title="Within … working days")] = None


class Handoff(Artifact):
    """How work goes over so that little comes back."""

    kind: ClassVar[str] = "handoff"
    title: ClassVar[str] = "Handoff"

    checks: Annotated[
        tuple[HandoffCheck, ...], Field(title="Checks", description="Four at most; each costs days.", max_length=4)
    ] = ()
    pager: Annotated[
        Ref, Pick("people"), Field(title="Who carries the pager", json_schema_extra={"section": "After the handover"})
    ] = ""
    pager_weeks: Annotated[Amount, Field(title="For so many weeks")] = None
    back_measure: Annotated[Ref, Pick("measures"), Field(title="It goes back on")] = ""
    back_above: Annotated[Amount, Field(title="… above")] = None
    saving: Annotated[
        Amount,
        Field(title="Weeks a year that this should save", description="Projected: no plan counts on it yet."),
    ] = None
