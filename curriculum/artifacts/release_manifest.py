"""The release manifest: everything that goes out together, under one version, with fingerprints and approvals (A25)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from curriculum.artifacts.base import Amount, Artifact, Day, Derived, Line, Notation, Part, Pick, Ref

Fingerprint = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True, to_lower=True), Notation()]
"""SHA-256 as 64 hex digits."""

Count = Annotated[int | None, Field(ge=0, le=100_000)]

PICKED = Derived("carried over from the card and the specification among the parts, and from the decision log")
TABLES = Derived("carried over from the tables and from what you picked above")

HighRisk = Literal["", "2026-08-02", "2027-08-02", "2027-12-02", "2028-08-02", "not_high_risk"]
HIGH_RISK = {
    "labels": {
        "2026-08-02": "From 2 August 2026",
        "2027-08-02": "From 2 August 2027",
        "2027-12-02": "From 2 December 2027",
        "2028-08-02": "From 2 August 2028",
        "not_high_risk": "It is no high-risk product",
    }
}

Reason = Literal["", "pattern", "not_for_professionals", "not_reviewable", "time_critical", "no_device"]
REASONS = {
    "labels": {
        "pattern": "A device: it analyses a signal, an image or a pattern",
        "not_for_professionals": "A device: it does not speak to professionals",
        "not_reviewable": "A device: nobody can review on what it rests",
        "time_critical": "A device: it predicts something for which there is no time to review it",
        "no_device": "No device: all four criteria hold",
    }
}


class Route(Part):
    """What happens in one region."""

    way: Annotated[
        Literal["", "released", "investigation", "held"],
        Field(
            title="What happens there",
            json_schema_extra={
                "labels": {
                    "released": "It is released",
                    "investigation": "It runs as an approved investigation",
                    "held": "It is held until it is authorised",
                }
            },
        ),
    ] = ""
    authorisation: Annotated[
        Ref, Pick("authorisations"), Field(title="By which paper", description="Blank where it is held.")
    ] = ""


class ReleasePart(Part):
    """One document of the release."""

    file: Annotated[Ref, Pick("files"), Field(title="File in the release folder")] = ""
    signature: Annotated[Ref, Pick("signatures"), Field(title="Approval")] = ""
    part: Annotated[Ref, Pick("parts"), Derived("what the file is"), Field(title="Part")] = ""
    path: Annotated[Line, Notation(), Derived("the file's place"), Field(title="Its path")] = ""
    sha256: Annotated[Fingerprint, Derived("taken from the file"), Field(title="Fingerprint (SHA-256)")] = ""


class KnownProblem(Part):
    """A test that fails on this build, and who accepts that it goes out so."""

    requirement: Annotated[Ref, Pick("requirements"), Field(title="Requirement")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who accepts it")] = ""
    until: Annotated[Day, Field(title="Until when")] = None


class TraceRow(Part):
    """One thread from requirement to result."""

    requirement: Annotated[Ref, Pick("requirements"), Field(title="Requirement")] = ""
    control: Annotated[Ref, Pick("controls"), Field(title="Risk control")] = ""
    state: Annotated[Ref, Pick("states"), Field(title="Screen state that shows it")] = ""
    run: Annotated[Ref, Pick("runs"), Field(title="Last run that passed on this build")] = ""
    waiver_owner: Annotated[Ref, Pick("people"), Field(title="If none passed: who accepts it")] = ""
    waiver_reason: Annotated[Line, Field(title="Why")] = ""
    waiver_until: Annotated[Day, Field(title="Until when")] = None


class Purpose(Part):
    """Why data are used, and what allows it."""

    purpose: Annotated[Ref, Pick("purposes"), Field(title="Purpose")] = ""
    basis: Annotated[Ref, Pick("bases"), Field(title="Basis (GDPR Art. 6)")] = ""
    condition: Annotated[Ref, Pick("conditions"), Field(title="Condition for health data (GDPR Art. 9)")] = ""


class ReleaseManifest(Artifact):
    """The pilot release."""

    kind: ClassVar[str] = "release_manifest"
    title: ClassVar[str] = "Release manifest"
    genre: ClassVar[str] = "specification"

    model: Annotated[Ref, Pick("models"), PICKED, Field(title="Model", json_schema_extra={"section": "What ships"})] = (
        ""
    )
    screen: Annotated[Ref, Pick("screens"), PICKED, Field(title="Alert screen")] = ""
    use: Annotated[Ref, Pick("uses"), PICKED, Field(title="Intended use")] = ""
    version: Annotated[Line, Notation(), Field(title="Version of the release")] = ""
    released_on: Annotated[Day, Field(title="Goes out on")] = None
    outside_plan: Annotated[
        tuple[Annotated[Ref, Pick("changes")], ...],
        Field(title="Changes that the authorised plan does not hold", max_length=8),
    ] = ()
    eu: Annotated[Route, Field(title="In the European Union")] = Route()
    us: Annotated[Route, Field(title="In the United States")] = Route()
    parts: Annotated[tuple[ReleasePart, ...], Field(title="Parts", max_length=40)] = ()
    nurses: Annotated[
        Count,
        Field(title="Nurses in the usability test that counts", json_schema_extra={"section": "How it was tested"}),
    ] = None
    physicians: Annotated[Count, Field(title="Physicians in the usability test that counts")] = None
    override_rate: Annotated[
        Amount,
        Field(
            title="Human review: alerts overridden in the pilot, percent", description="On this screen and these wards."
        ),
    ] = None
    review_seconds: Annotated[Amount, Field(title="Human review: seconds spent on an alert, median")] = None
    lost_requirement: Annotated[
        Ref, Pick("requirements"), Field(title="Trace: requirement whose link to its control is lost")
    ] = ""
    lost_control: Annotated[Ref, Pick("controls"), Field(title="Trace: the control that belongs to it")] = ""
    known_problems: Annotated[
        tuple[KnownProblem, ...], Field(title="Trace: tests that fail on this build", max_length=20)
    ] = ()
    alerts_high_risk: Annotated[
        HighRisk,
        Field(
            title="EU AI Act: high-risk duties for the alerts",
            json_schema_extra={"section": "What law asks", **HIGH_RISK},
        ),
    ] = ""
    alerts_us: Annotated[Reason, Field(title="United States: the alerts", json_schema_extra=REASONS)] = ""
    companion_high_risk: Annotated[
        HighRisk, Field(title="EU AI Act: high-risk duties for what ships along", json_schema_extra=HIGH_RISK)
    ] = ""
    companion_us: Annotated[Reason, Field(title="United States: what ships along", json_schema_extra=REASONS)] = ""
    improvement_basis: Annotated[Ref, Pick("bases"), Field(title="Improving the model: basis (GDPR Art. 6)")] = ""
    improvement_condition: Annotated[
        Ref, Pick("conditions"), Field(title="Improving the model: condition for health data (GDPR Art. 9)")
    ] = ""
    trace: Annotated[tuple[TraceRow, ...], TABLES, Field(title="Trace", max_length=60)] = ()
    log_head: Annotated[
        Fingerprint, Derived("taken from the audit log"), Field(title="Last entry of the audit log at the release")
    ] = ""
    purposes: Annotated[tuple[Purpose, ...], TABLES, Field(title="Processing record", max_length=10)] = ()
