"""Judging one submission, and a batch of them: pure work for worker processes, from a folder to a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cases import load_case
from curriculum.cohort.marked import suggestion, write_marked
from curriculum.cohort.provenance import grader_sha256, submission_sha256
from curriculum.cohort.result import ArtifactScore, Result, SubmissionStatus, held_sentence, pack
from curriculum.cohort.stored import pack_report
from curriculum.cohort.vetting import Refused, vet
from curriculum.roleplay.script import load_script
from curriculum.roleplay.transcript import step_text
from curriculum.support.dates import is_of_our_time
from curriculum.support.files import FileRefused, read_text
from curriculum.support.time_limit import TooLong, time_limit
from curriculum.support.worlds import forget_worlds
from curriculum.words.unread import by_artifact, unread
from graders import load_rubric
from graders.grade import Submission, grade, read_submission
from graders.readers import for_readers
from graders.report import Report, Status

if TYPE_CHECKING:
    from curriculum.cohort.team_judging import TeamUnit

SECONDS = 20
"""How long judging one submission may take; usual ones take milliseconds."""

HARD_SECONDS = 60
"""Seconds of computing after which a process that judges is ended: a check has not come back to Python."""


@dataclass(frozen=True)
class Unit:
    """One submission to judge."""

    student: str
    lesson: str
    folder: str
    """The submission's folder, as workers see it."""
    variant: int
    """The variant by which it is judged: the one that the learner was dealt."""
    known: str = ""
    """SHA-256 of the submission that the learner's current grade was made from by today's graders; blank for
    none. The same one is not judged again."""
    marked: str = ""
    """Where to write the marked notebook for formgrader and feedback; blank: nowhere."""
    sheet: str = ""
    """The released notebook, from which the marked one is made."""
    table: TeamUnit | None = None
    """The team whose work it is; None for somebody who works alone."""


@dataclass(frozen=True)
class Unchanged:
    """A submission that is still the one that was graded."""

    student: str
    lesson: str


@dataclass(frozen=True)
class Batch:
    """Units that one worker judges in a row; of one lesson, and of few variants."""

    id: int
    units: tuple[Unit, ...]


Outcome = Result | Unchanged


def prepare(lesson: str, variant: int) -> None:
    """Load what judging a lesson needs, so that processes that are forked from this one share it. What cannot
    be loaded is told later, as the status of each submission."""
    with suppress(Exception):
        load_case(lesson, variant)
        load_rubric(lesson).sha256  # noqa: B018  (it is kept)
        load_script(lesson)


def judge_batch(batch: Batch, in_process_of_its_own: bool = False) -> list[Outcome]:
    """Judge every unit of a batch; one that fails becomes a result that says so, and the others go on."""
    outcomes: list[Outcome] = []
    world = -1
    for unit in batch.units:
        if unit.variant != world and world >= 0:
            # Worlds can be large, and a batch is sorted by world.
            forget_worlds()
        world = unit.variant
        outcomes.append(judge(unit, in_process_of_its_own))
    forget_worlds()
    return outcomes


def judge(unit: Unit, in_process_of_its_own: bool = False) -> Outcome:
    """Judge one submission. Never raises: whatever goes wrong becomes a status with a sentence.

    `in_process_of_its_own` says that the process may be ended where nothing else ends a check.
    """
    folder = Path(unit.folder)
    digest = unit.table.sha256(unit.lesson) if unit.table else submission_sha256(folder, unit.lesson)
    submitted_at, note = _handed_in(folder)
    if unit.known and unit.known == digest:
        return Unchanged(unit.student, unit.lesson)
    blank = Result(
        unit.student,
        unit.lesson,
        SubmissionStatus.FAILED,
        "",
        unit.variant,
        submitted_at=submitted_at,
        notes=(note,) if note else (),
        submission_sha256=digest,
    )
    try:
        with time_limit(SECONDS, HARD_SECONDS if in_process_of_its_own else 0.0):
            return _judged(unit, folder, blank)
    except (Exception, TooLong) as error:  # one submission must never stop the others
        return failed(blank, f"Judging it failed ({type(error).__name__}: {error!s:.200})")


def failed(result: Result, what: str) -> Result:
    """A result that says that the course failed, not the learner."""
    return replace(
        result,
        status=SubmissionStatus.FAILED,
        sentence=f"{what}. This is not the learner's doing; it is not a score. Please report it, or grade it by hand.",
        points=None,
    )


def _judged(unit: Unit, folder: Path, blank: Result) -> Result:
    rubric = load_rubric(unit.lesson)
    blank = replace(
        blank,
        maximum=sum(rubric.points(kind) for kind in rubric.artifacts),
        rubric_sha256=rubric.sha256,
        grader_sha256=grader_sha256(unit.lesson),
    )
    case = load_case(unit.lesson, unit.variant)
    blank = replace(blank, case_sha256=case.fingerprint)
    if unit.table:
        return _judged_together(unit, unit.table, blank)
    vetted = vet(folder, unit.student, unit.lesson, unit.variant)
    if isinstance(vetted, Refused):
        _mark(unit)
        return replace(blank, status=vetted.status, sentence=vetted.sentence)
    submission = read_submission(rubric, case, vetted.answers)
    report = for_readers(grade(rubric, case, submission), rubric, case, submission)
    _mark(unit)
    return _result(blank, vetted.notes, submission, report)


def _judged_together(unit: Unit, table: TeamUnit, blank: Result) -> Result:
    """A team's work: one review and one score for all, and for each what they signed."""
    from curriculum.cohort.team_judging import judge_table, write_together

    judged = judge_table(table, unit.lesson, blank.submission_sha256)
    _mark(unit)
    if isinstance(judged, Refused):
        return replace(blank, status=judged.status, sentence=judged.sentence)
    if unit.marked:
        write_together(Path(unit.marked), judged)
    return _result(blank, judged.notes(table.seat_of(unit.student)), judged.submission, judged.report)


def _mark(unit: Unit) -> None:
    if unit.marked:
        write_marked(Path(unit.folder), Path(unit.marked), unit.lesson, unit.sheet)


def _result(blank: Result, notes: tuple[str, ...], submission: Submission, report: Report) -> Result:
    status, sentence = _status(report)
    texts = unread(submission.artifacts)
    prose = by_artifact(texts)
    return replace(
        blank,
        status=status,
        sentence=sentence,
        points=round(report.points, 4) if status is SubmissionStatus.GRADED else None,
        notes=(*blank.notes, *notes, *report.notes),
        artifacts=tuple(
            ArtifactScore(artifact.kind, artifact.status.value, artifact.points, artifact.maximum)
            for artifact in report.artifacts
        ),
        verdicts=report.verdicts,
        choices=tuple(map(step_text, submission.conversation.path)) if submission.conversation else (),
        report=pack_report(report),
        prose=pack(prose) if prose else b"",
        suggestion=suggestion(sentence, report, texts) if texts else "",
    )


def _status(report: Report) -> tuple[SubmissionStatus, str]:
    invalid = [artifact for artifact in report.artifacts if artifact.status is Status.INVALID]
    broken = [artifact for artifact in report.artifacts if artifact.status is Status.GRADER_ERROR]
    if invalid:
        sentences = " ".join(str(artifact.problems[0]) for artifact in invalid)
        return SubmissionStatus.INVALID, f"Not readable, and so not scored: {sentences}"
    if broken:
        names = ", ".join(finding.criterion for artifact in broken for finding in artifact.broken())
        return SubmissionStatus.FAILED, (
            f"A check of the course itself failed ({names}), so there is no score yet. "
            f"This is not the learner's doing. Please report it, or grade it by hand."
        )
    if all(artifact.status is Status.NOT_ATTEMPTED for artifact in report.artifacts):
        return SubmissionStatus.GRADED, "Handed in with nothing written yet."
    return SubmissionStatus.GRADED, " ".join(_beside(report))


def _beside(report: Report) -> Iterator[str]:
    """What stands beside the points of an artifact that nobody signs: that it can only be believed, or waits."""
    for artifact in report.artifacts:
        if artifact.held:
            yield held_sentence(artifact.title)
        if artifact.label:
            yield f"{artifact.title}: {artifact.label}"


# When it was handed in


def _handed_in(folder: Path) -> tuple[str, str]:
    """When a submission was handed in, and a note where that is unclear."""
    try:
        stated = read_text(folder / "timestamp.txt", folder, limit=200).strip()
    except FileNotFoundError:
        return "", ""
    except FileRefused as error:
        return "", f"When it was handed in is unknown: {error}"
    moment = parse_timestamp(stated)
    if moment is None:
        return "", f"When it was handed in is unknown: timestamp.txt says {stated[:60]!r}."
    return moment.isoformat(), ""


def parse_timestamp(text: str) -> dt.datetime | None:
    """The moment that nbgrader's timestamp.txt names, in UTC; None where it names none of our time.

    nbgrader writes "2026-05-18 12:00:00.000000 UTC"; a time without a zone is UTC, as it is to nbgrader.
    """
    parts = text.split(" ")
    if len(parts) == 3:
        text = " ".join(parts[:2]) + ("" if parts[2] in ("UTC", "GMT", "Z") else parts[2])
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if not is_of_our_time(moment):
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC)
