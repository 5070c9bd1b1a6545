"""From a folder of answers to a report: read, replay, judge; every failure is a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import completed
from curriculum.artifacts.places import expand, is_blank, is_blank_at, value_at, words_at
from curriculum.artifacts.reading import Problem, Unreadable, read_artifact
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import load_script
from curriculum.roleplay.transcript import TranscriptUnreadable, read_transcript
from graders.common import unknown_ids
from graders.report import ArtifactReport, Finding, Report, Status
from graders.rubric import (
    CASE,
    CONVERSATION,
    GATE_CAP,
    Criterion,
    Feedback,
    NotYet,
    Objection,
    OnlyBelieved,
    Rubric,
    Verdict,
)


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
        artifacts[kind] = reading.artifact
    artifacts, told = completed(artifacts, rubric.derives, case)
    notes += told
    conversation = None
    for name in rubric.conversations[:1]:
        try:
            replay = read_transcript(answers / f"{name}.yaml", inside=answers).replay(
                load_script(rubric.slug).in_world(case)
            )
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
    bench = _Bench(rubric, case, submission)
    return Report(
        slug=rubric.slug,
        seed=case.seed,
        case_version=case.version,
        artifacts=tuple(_review(bench, kind) for kind in rubric.artifacts),
        rubric_sha256=rubric.sha256,
        case_sha256=case.fingerprint,
        notes=(
            *submission.notes,
            *_too_long(submission.artifacts),
            *(rubric.remarks(submission.artifacts, case) if rubric.remarks else ()),
        ),
    )


def _too_long(artifacts: Mapping[str, Artifact]) -> Iterator[str]:
    """What is longer than its field is meant for: read and judged all the same."""
    for artifact in artifacts.values():
        for prose in (*artifact.prose, *artifact.notations):
            if len(prose.text) > prose.advised:
                count = f"{len(prose.text):,} characters, and at most {prose.advised:,} are meant"
                yield f"{artifact.title}: “{prose.title}” ({prose.place}) has {count}. It was read all the same."


def grade_folder(rubric: Rubric, case: Case, answers: Path) -> Report:
    """Read and judge a learner's `answers` folder."""
    return grade(rubric, case, read_submission(rubric, case, answers))


def _review(bench: _Bench, kind: str) -> ArtifactReport:
    rubric, submission = bench.rubric, bench.submission
    title, maximum = rubric.artifacts[kind].title, rubric.points(kind)
    sha256 = submission.hashes.get(kind, "")
    if kind in submission.problems:
        problems = submission.problems[kind]
        return ArtifactReport(kind, title, Status.INVALID, 0.0, maximum, problems=problems, submission_sha256=sha256)
    if kind not in submission.artifacts:
        return ArtifactReport(kind, title, Status.NOT_ATTEMPTED, 0.0, maximum, submission_sha256=sha256)
    findings = tuple(bench.finding(criterion) for criterion in rubric.of(kind))
    broken = any(finding.status is Status.GRADER_ERROR for finding in findings)
    status = Status.GRADER_ERROR if broken else Status.GRADED
    return ArtifactReport(kind, title, status, _points(findings, maximum), maximum, findings, submission_sha256=sha256)


def _points(findings: tuple[Finding, ...], maximum: int) -> float:
    """Points out of `maximum`; what a broken check would have weighed is spread over the others, what is open or can
    only be believed earns nothing."""
    judged = [finding for finding in findings if finding.status is not Status.GRADER_ERROR]
    weight = sum(finding.points for finding in judged)
    if not weight:
        return 0.0
    points = maximum * sum(finding.points for finding in judged if finding.passed) / weight
    if not all(finding.passed or finding.status is Status.BELIEVED for finding in judged if finding.gate):
        points = min(points, maximum * GATE_CAP)
    return points


@dataclass(frozen=True)
class _Wait:
    """Why a question cannot be asked yet."""

    words: str
    root: str = ""
    """The criterion at the root; blank where something is missing that no criterion asks for."""


class _Bench:
    """The judges of one submission; each criterion is asked once, and only when its question can be asked."""

    def __init__(self, rubric: Rubric, case: Case, submission: Submission):
        self.rubric, self.submission = rubric, submission
        self._available: dict[str, Any] = {
            **submission.artifacts, CONVERSATION: submission.conversation, CASE: case,
        }  # fmt: skip
        self._case = case
        self._unknown: dict[str, set[str]] = {}
        """By artifact: places of ids that the case does not have."""
        self._findings: dict[str, Finding] = {}
        self._asked: list[str] = []

    def finding(self, criterion: Criterion) -> Finding:
        """What a criterion says, or that it is open."""
        if criterion.id not in self._findings:
            if criterion.id in self._asked:
                circle = " → ".join([*self._asked, criterion.id])
                raise RecursionError(f"these criteria rest on each other: {circle}")
            self._asked.append(criterion.id)
            reason = criterion.only_believed and criterion.only_believed(self.submission.artifacts[criterion.artifact])
            wait = None if reason else self._missing(criterion) or self._unmet(criterion) or self._blank(criterion)
            self._findings[criterion.id] = (
                _finding(criterion, Verdict(reason), Status.BELIEVED)
                if reason
                else _opened(criterion, wait)
                if wait
                else self._judged(criterion)
            )
            self._asked.pop()
        return self._findings[criterion.id]

    def _judged(self, criterion: Criterion) -> Finding:
        status = Status.GRADED
        names = [criterion.artifact, *criterion.needs, *([CASE] if criterion.asks_case else [])]
        try:
            verdict = criterion.verdict(**{name: self._available.get(name) for name in names})
        except NotYet as early:
            if early.place in self.rubric.criteria:
                return _opened(criterion, _Wait(f"It waits for {early.words}.", early.place))
            kind, _, place = early.place.partition(".")
            return _opened(criterion, self._wait_at(kind, place, early.words))
        except OnlyBelieved as known_to_one:
            return _finding(criterion, Verdict(str(known_to_one)), Status.BELIEVED)
        except Exception as error:  # a grader that fails must never cost a learner points or show a traceback
            status = Status.GRADER_ERROR
            verdict = Verdict(
                f"This check itself failed ({type(error).__name__}: {error!s:.200}); it says nothing about your work.",
                objections=(Objection("", "", "nothing from you; please tell your instructor or open an issue"),),
            )
        return _finding(criterion, verdict, status)

    def _missing(self, criterion: Criterion) -> _Wait | None:
        """Another artifact, or the talk, that the criterion compares with."""
        for need in criterion.needs:
            if need in criterion.may_miss:
                continue
            if need == CONVERSATION:
                if self.submission.conversation is None:
                    return _Wait("It compares with your conversation, and you have not talked to anybody yet.")
            elif need not in self.submission.artifacts:
                return _Wait(f"It compares with your {self._title(need)}, and there is none that can be read yet.")
        return None

    def _unmet(self, criterion: Criterion) -> _Wait | None:
        """A criterion on which this one rests and which is not met."""
        for id in criterion.rests_on:
            if id not in self.rubric.criteria:
                continue
            other = self.rubric.criteria[id]
            if other.artifact not in self.submission.artifacts:
                return _Wait(f"It compares with your {self._title(other.artifact)}, and there is none yet.")
            found = self.finding(other)
            if found.status is Status.OPEN:
                return _Wait(found.finding, found.waits_for)
            if found.status is Status.GRADED and not found.passed:
                return self._wait_for(other)
        return None

    def _blank(self, criterion: Criterion) -> _Wait | None:
        """A place on which the criterion rests and where nothing stands that could be judged."""
        for id in criterion.rests_on:
            kind, _, place = id.partition(".")
            if not place:
                continue
            artifact = self.submission.artifacts[kind]
            words = words_at(type(artifact), place.replace("[]", ""))
            if is_blank_at(artifact, place):
                return self._wait_at(kind, place, f"It is about “{words}”, which is blank.")
            if self._unknown_at(kind, place):
                return self._wait_at(
                    kind, place, f"It is about “{words}”, and what stands there is on none of the lists."
                )
        return None

    def _unknown_at(self, kind: str, place: str) -> bool:
        """Whether all that is written at a place, and nothing less, are ids that this case does not have."""
        if kind not in self._unknown:
            self._unknown[kind] = {named.place for named in unknown_ids(self.submission.artifacts[kind], self._case)}
        unknown = self._unknown[kind]
        if not unknown:
            return False
        artifact, found = self.submission.artifacts[kind], []
        for one in expand(artifact, place):
            value = value_at(artifact, one)
            several = [f"{one}[{number}]" for number in range(1, len(value) + 1)] if isinstance(value, tuple) else [one]
            found += [] if is_blank(value) else several
        return all(one in unknown for one in found)

    def _wait_at(self, kind: str, place: str, words: str) -> _Wait:
        """Waiting for the gate that asks for a place; in these words where none does."""
        for other in self.rubric.of(kind):
            asks = other.gate and not other.rests_on and other.id not in self._asked
            if asks and any(_covers(one.place, place) for one in self.finding(other).objections):
                return self._wait_for(other)
        return _Wait(words)

    def _wait_for(self, root: Criterion) -> _Wait:
        return _Wait(f"It can be asked once this is so: {root.sentence}", root.id)

    def _title(self, kind: str) -> str:
        title = self.rubric.artifacts[kind].title
        return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _covers(objected: str, place: str) -> bool:
    """Whether an objection to one place is about another one too, whatever the numbers in brackets."""
    one, other = (re.sub(r"\[\d*\]", "", text) for text in (objected, place))
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _opened(criterion: Criterion, wait: _Wait) -> Finding:
    return _finding(criterion, Verdict(wait.words), Status.OPEN, wait.root)


def _finding(criterion: Criterion, verdict: Verdict, status: Status, waits_for: str = "") -> Finding:
    passed = status is Status.GRADED and verdict.passed
    return Finding(
        criterion=criterion.id,
        sentence=criterion.sentence,
        voice=criterion.voice,
        skill=criterion.skill,
        points=criterion.points,
        gate=criterion.gate,
        passed=passed,
        status=status,
        finding=verdict.finding,
        evidence=verdict.evidence,
        feedback=_feedback(criterion, passed, status),
        hints=len(criterion.hints),
        objections=verdict.objections,
        waits_for=waits_for,
    )


def _feedback(criterion: Criterion, passed: bool, status: Status) -> Feedback:
    if status is not Status.GRADED:
        return Feedback.INFORMATIVE
    if passed:
        return Feedback.CELEBRATORY if criterion.gate else Feedback.INFORMATIVE
    return Feedback.ESSENTIAL if criterion.gate else Feedback.ACTIONABLE
