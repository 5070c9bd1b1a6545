"""The release manifest: everything that goes out together, under one version, with fingerprints and approvals (A25)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Notation, Part, Pick, Ref, Sentence

Fingerprint = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True, to_lower=True), Notation()]
"""SHA-256 as 64 hex digits."""

Count = Annotated[int | None, Field(ge=0, le=100_000)]


class ReleasePart(Part):
    """One document of the release."""

    part: Annotated[Ref, Pick("parts"), Field(title="Part")] = ""
    file: Annotated[Ref, Pick("files"), Field(title="File in the release folder")] = ""
    path: Annotated[Line, Notation(), Field(title="Its path", description="`seal()` fills it in.")] = ""
    sha256: Annotated[Fingerprint, Field(title="Fingerprint (SHA-256)", description="`seal()` fills it in.")] = ""
    signature: Annotated[Ref, Pick("signatures"), Field(title="Approval")] = ""


class TraceRow(Part):
    """One thread from requirement to result."""

    requirement: Annotated[Ref, Pick("requirements"), Field(title="Requirement")] = ""
    control: Annotated[Ref, Pick("controls"), Field(title="Risk control")] = ""
    state: Annotated[Ref, Pick("states"), Field(title="Screen state that shows it")] = ""
    run: Annotated[Ref, Pick("runs"), Field(title="Test run", description="Blank where you waive it.")] = ""
    waiver_owner: Annotated[Ref, Pick("people"), Field(title="If no run passed: who answers for that")] = ""
    waiver_reason: Annotated[Line, Sentence(), Field(title="Why it may go out all the same")] = ""
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

    version: Annotated[Line, Notation(), Field(title="Version of the release")] = ""
    released_on: Annotated[Day, Field(title="Released on")] = None
    model: Annotated[Ref, Pick("models"), Field(title="Model")] = ""
    screen: Annotated[Ref, Pick("screens"), Field(title="Alert screen")] = ""
    use: Annotated[Ref, Pick("uses"), Field(title="Intended use")] = ""
    parts: Annotated[tuple[ReleasePart, ...], Field(title="Parts", max_length=40)] = ()
    trace: Annotated[tuple[TraceRow, ...], Field(title="Trace", max_length=60)] = ()
    nurses: Annotated[Count, Field(title="Nurses in the usability test that counts")] = None
    physicians: Annotated[Count, Field(title="Physicians in the usability test that counts")] = None
    changes: Annotated[
        tuple[Annotated[Ref, Pick("changes")], ...], Field(title="What changed in the model", max_length=8)
    ] = ()
    change_class: Annotated[
        Literal["", "within_plan", "needs_assessment"], Field(title="Change class against the authorised plan")
    ] = ""
    ai_act_from: Annotated[Day, Field(title="EU AI Act: high-risk duties apply to this device from")] = None
    us_route: Annotated[
        Literal["", "device", "not_a_device"],
        Field(title="United States: device, or decision support outside the rules?"),
    ] = ""
    us_clause: Annotated[Ref, Pick("clauses"), Field(title="United States: because of the clause")] = ""
    override_rate: Annotated[
        Amount,
        Field(
            title="Human review: alerts overridden in the pilot, percent", description="On this screen and these wards."
        ),
    ] = None
    review_seconds: Annotated[Amount, Field(title="Human review: seconds spent on an alert, median")] = None
    purposes: Annotated[tuple[Purpose, ...], Field(title="Processing record", max_length=10)] = ()
