"""From a folder of answers to a report: read, replay, judge; every failure is a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.reading import Problem, Unreadable, read_artifact
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import load_script
from curriculum.roleplay.transcript import TranscriptUnreadable, read_transcript
from graders.report import ArtifactReport, Finding, Report, Status
from graders.rubric import CONVERSATION, GATE_CAP, Criterion, Feedback, Rubric, Verdict


@dataclass(frozen=True)
class Submission:
    """Everything of a learner's that a rubric may look at, already read."""

    artifacts: Mapping[str, Artifact]
    """The readable, non-blank artifacts by kind."""
    conversation: State | None = None
    """The state after replaying the current attempt of the role-play; None where nobody was talked to."""
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Why an artifact could not be read, by kind."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file's text, by kind."""
    notes: tuple[str, ...] = ()


def read_submission(rubric: Rubric, case: Case, answers: Path) -> Submission:
    """Read a learner's `answers` folder. Nothing in it is executed; whatever is wrong becomes a value."""
    artifacts: dict[str, Artifact] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    hashes: dict[str, str] = {}
    notes: list[str] = []
    for kind, model in rubric.artifacts.items():
        try:
            reading = read_artifact(answers / f"{kind}.yaml", model, inside=answers)
        except FileNotFoundError:
            continue
        except Unreadable as error:
            problems[kind], hashes[kind] = tuple(error.problems), error.sha256
            continue
        hashes[kind] = reading.sha256
        if not reading.artifact.is_blank():
            artifacts[kind] = reading.artifact
    conversation = None
    for name in rubric.conversations[:1]:
        try:
            replay = read_transcript(answers / f"{name}.yaml", inside=answers).replay(load_script(rubric.slug))
        except FileNotFoundError:
            continue
        except TranscriptUnreadable as error:
            notes.append(str(error))
            continue
        conversation = replay.state
        notes += [replay.note] if replay.note else []
    return Submission(artifacts, conversation, problems, hashes, tuple(notes))


def grade(rubric: Rubric, case: Case, submission: Submission) -> Report:
    """Judge a submission by every criterion of the rubric."""
    return Report(
        slug=rubric.slug,
        seed=case.seed,
        case_version=case.version,
        artifacts=tuple(_review(rubric, case, submission, kind) for kind in rubric.artifacts),
        rubric_sha256=rubric.sha256,
        case_sha256=case.fingerprint,
        notes=(*submission.notes, *(rubric.remarks(submission.artifacts) if rubric.remarks else ())),
    )


def grade_folder(rubric: Rubric, case: Case, answers: Path) -> Report:
    """Read and judge a learner's `answers` folder."""
    return grade(rubric, case, read_submission(rubric, case, answers))


def _review(rubric: Rubric, case: Case, submission: Submission, kind: str) -> ArtifactReport:
    title, maximum = rubric.artifacts[kind].title, rubric.points(kind)
    sha256 = submission.hashes.get(kind, "")
    if kind in submission.problems:
        problems = submission.problems[kind]
        return ArtifactReport(kind, title, Status.INVALID, 0.0, maximum, problems=problems, submission_sha256=sha256)
    if kind not in submission.artifacts:
        return ArtifactReport(kind, title, Status.NOT_ATTEMPTED, 0.0, maximum, submission_sha256=sha256)
    findings = tuple(_judge(criterion, case, submission, rubric) for criterion in rubric.of(kind))
    broken = any(finding.status is Status.GRADER_ERROR for finding in findings)
    status = Status.GRADER_ERROR if broken else Status.GRADED
    return ArtifactReport(kind, title, status, _points(findings, maximum), maximum, findings, submission_sha256=sha256)


def _points(findings: tuple[Finding, ...], maximum: int) -> float:
    """Points out of `maximum`; what a broken check would have weighed is spread over the others."""
    judged = [finding for finding in findings if finding.status is Status.GRADED]
    weight = sum(finding.points for finding in judged)
    if not weight:
        return 0.0
    points = maximum * sum(finding.points for finding in judged if finding.passed) / weight
    if not all(finding.passed for finding in judged if finding.gate):
        points = min(points, maximum * GATE_CAP)
    return points


def _judge(criterion: Criterion, case: Case, submission: Submission, rubric: Rubric) -> Finding:
    status = Status.GRADED
    missing = _missing(criterion, submission, rubric)
    if missing:
        verdict = Verdict(False, missing[0], missing[1])
    else:
        available: dict[str, Any] = {
            **submission.artifacts, CONVERSATION: submission.conversation, "case": case,
        }  # fmt: skip
        names = criterion.judge.__code__.co_varnames[: criterion.judge.__code__.co_argcount]
        try:
            verdict = criterion.judge(**{name: available[name] for name in names})
            if not isinstance(verdict, Verdict):
                raise TypeError(f"it returned {type(verdict).__name__} instead of a verdict")
        except Exception as error:  # a grader that fails must never cost a learner points or show a traceback
            status = Status.GRADER_ERROR
            verdict = Verdict(
                False,
                f"This check itself failed ({type(error).__name__}: {error!s:.200}); it says nothing about your work.",
                "nothing from you; please tell your instructor or open an issue",
            )
    return Finding(
        criterion=criterion.id,
        sentence=criterion.sentence,
        voice=criterion.voice,
        skill=criterion.skill,
        points=criterion.points,
        gate=criterion.gate,
        passed=verdict.passed,
        status=status,
        finding=verdict.finding,
        expected=verdict.expected,
        evidence=verdict.evidence,
        feedback=_feedback(criterion, verdict, status),
        hints=len(criterion.hints),
    )


def _missing(criterion: Criterion, submission: Submission, rubric: Rubric) -> tuple[str, str] | None:
    for need in criterion.needs:
        if need == CONVERSATION:
            if submission.conversation is None:
                return (
                    "You have not talked to anybody yet.",
                    "the conversation first; this check compares with it",
                )
        elif need not in submission.artifacts:
            title = rubric.artifacts[need].title.lower()
            return f"There is no readable {title} yet to compare with.", f"the {title} as well"
    return None


def _feedback(criterion: Criterion, verdict: Verdict, status: Status) -> Feedback:
    if status is Status.GRADER_ERROR:
        return Feedback.INFORMATIVE
    if verdict.passed:
        return Feedback.CELEBRATORY if criterion.gate else Feedback.INFORMATIVE
    return Feedback.ESSENTIAL if criterion.gate else Feedback.ACTIONABLE
