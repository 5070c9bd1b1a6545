"""What comes of looking at one submission: a status with a sentence, never a bare number."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

PROSE_CELL = "read_by_a_person"
"""The grade_id of the cell in which a person comments and, where the course says so, gives points."""


class SubmissionStatus(StrEnum):
    """How a learner stands in a lesson. Being late is told apart, since a late submission is graded too."""

    GRADED = "graded"
    """Read and judged, whatever the score; an untouched submission too."""
    INVALID = "invalid"
    """Something that was handed in cannot be read or does not belong to this learner."""
    MISSING = "missing"
    """Nothing was handed in."""
    FAILED = "failed"
    """The course itself failed in judging it; not the learner's doing."""
    UNGRADED = "ungraded"
    """Handed in, and not judged yet."""
    EXCUSED = "excused"
    """Nothing was handed in, and nothing needs to be."""


@dataclass(frozen=True)
class ArtifactScore:
    """The outcome for one artifact."""

    kind: str
    status: str
    """A word of `graders.report.Status`."""
    points: float
    maximum: int


Verdicts = dict[str, bool | None]
"""By criterion, whether it was met; None where its question could not be asked, and where it failed itself."""


@dataclass(frozen=True)
class Result:
    """One submission, judged. It crosses from worker to parent, so everything in it is small and plain."""

    student: str
    lesson: str
    status: SubmissionStatus
    sentence: str
    """What to tell the learner and the instructor about the status; blank where there is nothing to say."""
    seed: int
    """The variant by which it was judged."""
    points: float | None = None
    """None where there is no score: an invalid or failed submission is not a zero."""
    maximum: int = 0
    submitted_at: str = ""
    """UTC, ISO 8601; blank where unknown."""
    notes: tuple[str, ...] = ()
    artifacts: tuple[ArtifactScore, ...] = ()
    verdicts: Verdicts = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    """The steps of the current attempt of the role-play, each as `curriculum.roleplay.transcript.step_text` has it."""
    report: bytes = b""
    """The report, as `curriculum.cohort.stored` packs it."""
    prose: bytes = b""
    """The learner's own sentences, packed: {artifact: {place: text}}."""
    suggestion: str = ""
    """What a person could answer, with its evidence; blank where there is nothing for a person to read."""
    submission_sha256: str = ""
    rubric_sha256: str = ""
    case_sha256: str = ""
    grader_sha256: str = ""

    def as_json(self, report: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result as one JSON document, with its report's JSON where it is given."""
        return {
            "student": self.student,
            "lesson": self.lesson,
            "status": self.status.value,
            "submitted_at": self.submitted_at,
            "sentence": self.sentence,
            "notes": list(self.notes),
            "seed": self.seed,
            "points": self.points,
            "maximum": self.maximum,
            "choices": list(self.choices),
            "report": report,
            "submission_sha256": self.submission_sha256,
            "rubric_sha256": self.rubric_sha256,
            "case_sha256": self.case_sha256,
            "grader_sha256": self.grader_sha256,
        }


HELD = "held for a person"
"""Stands in the sentence of every attempt of which something is held."""


def held_sentence(title: str) -> str:
    """What stands beside the points of a document that is held."""
    return f"{title}: {HELD}, who has not looked yet."


def pack(data: Any) -> bytes:
    """Plain data as compressed JSON."""
    return zlib.compress(json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(), 1)


def unpack(packed: bytes | None) -> Any:
    """What was packed; None where nothing was."""
    return json.loads(zlib.decompress(packed)) if packed else None
