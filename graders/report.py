"""The versioned result of a check: who signs off, what was found, and hashes to reproduce it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from curriculum.artifacts.reading import Problem
from graders.rubric import Feedback

VERSION = 1
"""Version of the JSON document; raised when a field changes its meaning."""


class Status(StrEnum):
    NOT_ATTEMPTED = "not_attempted"
    INVALID = "invalid"
    GRADED = "graded"
    GRADER_ERROR = "grader_error"


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
    """GRADED, or GRADER_ERROR when the criterion itself failed; then it counts neither for nor against."""
    finding: str
    expected: str
    evidence: tuple[Mapping[str, Any], ...]
    feedback: Feedback
    hints: int
    """How many hints there are."""


@dataclass(frozen=True)
class SignOff:
    """What one stakeholder says to an artifact: the grade is the sum of these."""

    voice: str
    signed: bool
    met: int
    of: int


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

    @property
    def gates_open(self) -> bool:
        return all(finding.passed for finding in self.findings if finding.gate)

    @property
    def sign_offs(self) -> tuple[SignOff, ...]:
        voices: dict[str, list[Finding]] = {}
        for finding in self.findings:
            voices.setdefault(finding.voice, []).append(finding)
        return tuple(
            SignOff(voice, all(f.passed for f in theirs), sum(f.passed for f in theirs), len(theirs))
            for voice, theirs in voices.items()
        )

    def failed(self) -> tuple[Finding, ...]:
        """What is not met, essential first."""
        order = list(Feedback)
        return tuple(sorted((f for f in self.findings if not f.passed), key=lambda f: order.index(f.feedback)))


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
        "submission_sha256": report.submission_sha256,
        "problems": [problem.as_json() for problem in report.problems],
        "sign_offs": [vars(sign_off) for sign_off in report.sign_offs],
        "findings": [
            {
                **{key: value for key, value in vars(finding).items() if key != "evidence"},
                "status": finding.status.value,
                "feedback": finding.feedback.value,
                "evidence": [{k: plain(v) for k, v in row.items()} for row in finding.evidence],
            }
            for finding in report.findings
        ],
    }


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
