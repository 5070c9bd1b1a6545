"""What a report says beside its verdicts: which texts nobody has read, and what is held for a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from curriculum.cases import Case
from curriculum.words.unread import unread
from graders.grade import Submission
from graders.held import held
from graders.report import Held, Report, Status, UnreadText
from graders.rubric import Rubric


def for_readers(
    report: Report, rubric: Rubric, case: Case, submission: Submission, read: Collection[str] = ()
) -> Report:
    """The report with what is left to people. `read` are the ids of texts that somebody has read.

    It costs some milliseconds an artifact, since texts are compared with the examples; verdicts do not depend on it.
    """
    further = rubric.holds(submission.artifacts) if rubric.holds else ()
    holds: dict[str, Held] = {}
    for one in (*held(rubric, case, submission.artifacts), *further):
        holds.setdefault(one.artifact, one)
    texts = unread(submission.artifacts, read)
    return replace(
        report,
        artifacts=tuple(
            replace(
                artifact,
                unread=tuple(UnreadText(t.place, t.title, t.words) for t in texts if t.artifact == artifact.kind),
                held=holds.get(artifact.kind),
            )
            if artifact.status in (Status.GRADED, Status.GRADER_ERROR)
            else artifact
            for artifact in report.artifacts
        ),
    )
