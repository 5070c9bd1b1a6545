"""The versioned result of a check: who signs off, what was found, and hashes to reproduce it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from curriculum.artifacts.reading import Problem
from graders.rubric import Feedback, Objection, Row

VERSION = 3
"""Version of the JSON document; raised when a field changes its meaning. Since 3, a criterion may be `believed`, and
nobody signs what is believed or held."""

BELIEVED_WHOLE = "Complete; nothing here could be checked."
BELIEVED_PART = "Not complete yet; nothing here can be checked."
"""How a piece of work is labelled, wherever it is shown, whose truth only the learner knows."""


class Status(StrEnum):
    NOT_ATTEMPTED = "not_attempted"
    INVALID = "invalid"
    GRADED = "graded"
    GRADER_ERROR = "grader_error"
    OPEN = "open"
    """Of a criterion only: its question cannot be asked yet."""
    BELIEVED = "believed"
    """Of a criterion only: nobody but the learner can know whether it is so."""


@dataclass(frozen=True)
class Finding:
    """One criterion's verdict, ready to be shown."""

    criterion: str
    sentence: str
    voice: str
    skill: str
    points: int
    gate: bool
    passed: bool
    status: Status
    """GRADED; OPEN where the question cannot be asked yet, and BELIEVED where only the learner knows the answer,
    which are neither met nor unmet and earn nothing;
    GRADER_ERROR where the criterion itself failed, which counts neither for nor against."""
    finding: str
    evidence: tuple[Row, ...]
    feedback: Feedback
    hints: int
    """How many hints there are."""
    objections: tuple[Objection, ...] = ()
    """What speaks against it, each with its place in the artifact; the first is what `finding` says."""
    waits_for: str = ""
    """Of an open one: the criterion at the root, once that is met it can be asked; blank where it waits for
    another artifact or for the talk, which `finding` names."""

    @property
    def expected(self) -> str:
        """What was expected instead: the kind of thing and the rule; blank where nothing speaks against it."""
        return self.objections[0].expected if self.objections else ""


@dataclass(frozen=True)
class SignOff:
    """What one stakeholder says to an artifact: the grade is the sum of these."""

    voice: str
    signed: bool
    met: int
    of: int
    waiting: int = 0
    """How many of their questions cannot be asked yet."""
    believed: int = 0
    """How many of their questions only the learner can answer."""


@dataclass(frozen=True)
class UnreadText:
    """A text that no program can judge and nobody has read."""

    place: str
    title: str
    """What its field is called."""
    words: int


@dataclass(frozen=True)
class Held:
    """Why an artifact waits for a person, with both passages. It changes no points."""

    artifact: str
    """The kind of artifact."""
    sentence: str
    """What a person is asked to look at."""
    mine: str
    theirs: str
    where: str
    """What it resembles: "the example light first"."""
    places: tuple[str, ...] = ()
    """Where the copied texts stand; none where only the whole is close."""
    looked_at: bool = False
    """A person has looked, and it does not stand as it is."""

    def __str__(self) -> str:
        return f"{self.sentence} Yours: “{self.mine}” Beside it: “{self.theirs}”"

    def as_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**vars(self), "places": list(self.places)}


@dataclass(frozen=True)
class ArtifactReport:
    """The review of one artifact."""

    kind: str
    title: str
    status: Status
    points: float
    """Earned; between 0 and `maximum`, and at most half of it while a gate fails."""
    maximum: int
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Why the file could not be read, where it could not."""
    submission_sha256: str = ""
    unread: tuple[UnreadText, ...] = ()
    held: Held | None = None

    @property
    def gates_open(self) -> bool:
        return all(finding.passed or finding.status is Status.BELIEVED for finding in self.findings if finding.gate)

    @property
    def label(self) -> str:
        """What has to stand beside it wherever it is shown, since what is essential in it can only be believed; blank
        for the rest."""
        if not any(finding.gate for finding in self.believed()):
            return ""
        return BELIEVED_PART if self.failed() or self.open() or self.broken() else BELIEVED_WHOLE

    @property
    def sign_offs(self) -> tuple[SignOff, ...]:
        """What each person says; nobody signs what waits for a person, or what nobody here knows anything of."""
        suspended = self.held is not None or bool(self.label)
        voices: dict[str, list[Finding]] = {}
        for finding in self.findings:
            voices.setdefault(finding.voice, []).append(finding)
        return tuple(
            SignOff(
                voice,
                signed=not suspended and all(finding.passed for finding in theirs),
                met=sum(finding.passed for finding in theirs),
                of=len(theirs),
                waiting=sum(finding.status is Status.OPEN for finding in theirs),
                believed=sum(finding.status is Status.BELIEVED for finding in theirs),
            )
            for voice, theirs in voices.items()
        )

    def failed(self) -> tuple[Finding, ...]:
        """What is not met, essential first; neither what is open nor what failed itself."""
        order = list(Feedback)
        unmet = (f for f in self.findings if f.status is Status.GRADED and not f.passed)
        return tuple(sorted(unmet, key=lambda f: order.index(f.feedback)))

    def open(self) -> tuple[Finding, ...]:
        """What cannot be asked yet."""
        return tuple(finding for finding in self.findings if finding.status is Status.OPEN)

    def believed(self) -> tuple[Finding, ...]:
        """What only the learner knows."""
        return tuple(finding for finding in self.findings if finding.status is Status.BELIEVED)

    def broken(self) -> tuple[Finding, ...]:
        """The checks that failed themselves."""
        return tuple(finding for finding in self.findings if finding.status is Status.GRADER_ERROR)


@dataclass(frozen=True)
class Report:
    """The review of a lesson's folder."""

    slug: str
    seed: int
    case_version: int
    artifacts: tuple[ArtifactReport, ...]
    rubric_sha256: str
    case_sha256: str
    notes: tuple[str, ...] = ()
    """Sentences about the submission as a whole, such as a transcript that could not be replayed."""
    version: int = field(default=VERSION)

    def of(self, kind: str) -> ArtifactReport:
        """The review of one artifact; raises KeyError where the lesson has no such artifact."""
        for artifact in self.artifacts:
            if artifact.kind == kind:
                return artifact
        raise KeyError(kind)

    @property
    def verdicts(self) -> dict[str, bool | None]:
        """By criterion, whether it was met; None where it could not be asked or checked, and where it failed itself."""
        return {
            finding.criterion: finding.passed if finding.status is Status.GRADED else None
            for artifact in self.artifacts
            for finding in artifact.findings
        }

    @property
    def points(self) -> float:
        return sum(artifact.points for artifact in self.artifacts)

    @property
    def maximum(self) -> int:
        return sum(artifact.maximum for artifact in self.artifacts)

    def as_json(self) -> dict[str, Any]:
        """Plain data for JSON: only text, finite numbers, true/false, lists and groups."""
        return {
            "report": self.version,
            "slug": self.slug,
            "seed": self.seed,
            "case_version": self.case_version,
            "points": round(self.points, 4),
            "maximum": self.maximum,
            "rubric_sha256": self.rubric_sha256,
            "case_sha256": self.case_sha256,
            "notes": list(self.notes),
            "artifacts": [_artifact_json(artifact) for artifact in self.artifacts],
        }


def _artifact_json(report: ArtifactReport) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "title": report.title,
        "status": report.status.value,
        "points": round(report.points, 4),
        "maximum": report.maximum,
        "label": report.label,
        "submission_sha256": report.submission_sha256,
        "problems": [problem.as_json() for problem in report.problems],
        "sign_offs": [vars(sign_off) for sign_off in report.sign_offs],
        "findings": [_finding_json(finding) for finding in report.findings],
        "unread": [vars(text) for text in report.unread],
        "held": report.held.as_json() if report.held else None,
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    told = {key: value for key, value in vars(finding).items() if key not in ("evidence", "objections")}
    return {
        **told,
        "status": finding.status.value,
        "feedback": finding.feedback.value,
        "expected": finding.expected,
        "evidence": plain_rows(finding.evidence),
        "objections": [{**vars(one), "evidence": plain_rows(one.evidence)} for one in finding.objections],
    }


def plain_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of evidence that JSON can carry."""
    return [{key: plain(value) for key, value in row.items()} for row in rows]


def plain(value: Any) -> Any:
    """A value that JSON can carry: numpy numbers become Python's, everything unknown becomes text."""
    if isinstance(value, bool | str) or value is None:
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else str(value)
    return str(value)
