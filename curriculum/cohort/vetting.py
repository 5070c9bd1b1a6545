"""Is a submission what it should be? It is accepted with notes, or refused with a status and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from curriculum.cohort.result import SubmissionStatus
from curriculum.learner.variant import VariantUnknown, read_stated


@dataclass(frozen=True)
class Vetted:
    """A submission whose answers may be judged."""

    answers: Path
    notes: tuple[str, ...] = ()
    """Sentences for the learner and the instructor about what was odd and did no harm."""


@dataclass(frozen=True)
class Refused:
    """A submission that is not judged, and why."""

    status: SubmissionStatus
    sentence: str


def vet(folder: Path, learner: str, lesson: str, expected_variant: int) -> Vetted | Refused:
    """Look at a learner's submission of a lesson before anything in it is judged. Never raises."""
    answers = folder / "answers"
    if not folder.is_dir():
        return Refused(SubmissionStatus.MISSING, "Nothing was handed in.")
    if answers.is_symlink():
        return Refused(SubmissionStatus.INVALID, "The folder `answers` is a link; hand in the folder itself.")
    try:
        stated = read_stated(answers, lesson)
    except VariantUnknown as error:
        return Refused(SubmissionStatus.INVALID, str(error))
    if stated is not None and stated.variant != expected_variant:
        return Refused(
            SubmissionStatus.INVALID,
            f"These answers belong to world {stated.variant}, and {learner} was dealt world {expected_variant}: "
            f"hand in your own answers, or tell your instructor under which user name you worked.",
        )
    if stated is None and any(answers.glob("*.yaml")):
        return Vetted(answers, (f"answers/case.yaml is missing; the answers were judged by world {expected_variant}.",))
    return Vetted(answers)
