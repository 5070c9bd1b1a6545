"""A learner's check: the report on their answers, with the texts that nobody has read yet and what is held."""

from __future__ import annotations

from pathlib import Path

from curriculum.artifacts.looked_at import LookedAt
from curriculum.artifacts.reading import Unreadable
from curriculum.artifacts.self_review import SelfReview
from curriculum.cases import Case
from curriculum.learner.looked_at import released
from curriculum.learner.self_review import read_ids
from graders.grade import Submission, grade, read_submission
from graders.readers import for_readers
from graders.report import Report
from graders.rubric import Rubric


def check(rubric: Rubric, case: Case, submission: Submission, answers: Path) -> Report:
    """The report on a submission that was read from `answers`, where the learner's self-review is, too."""
    try:
        read = read_ids(answers / f"{SelfReview.kind}.yaml")
    except Unreadable:  # then nothing counts as read; the self-review itself says what to mend
        read = frozenset()
    report = for_readers(grade(rubric, case, submission), rubric, case, submission, read)
    return released(report, submission, answers / f"{LookedAt.kind}.yaml")


def check_folder(rubric: Rubric, case: Case, answers: Path) -> Report:
    """Read and check a learner's `answers` folder."""
    return check(rubric, case, read_submission(rubric, case, answers), answers)
