"""Judges answers without writing files, for proofs that grade thousands of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import completed
from curriculum.artifacts.reading import Problem
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from curriculum.roleplay.engine import State
from curriculum.roleplay.transcript import transcript_of
from graders.grade import Submission, grade
from graders.report import Report


def submission_of(subject: Subject, case: Case, files: Files) -> Submission:
    """What `read_submission` gives for a folder with these files."""
    written: dict[str, Artifact] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for kind in subject.rubric.artifacts:
        if not files.get(kind):
            continue
        try:
            written[kind] = artifact_of(subject, kind, files[kind])
        except ValidationError as error:
            problems[kind] = (Problem(f"{kind}.yaml", 0, "", str(error.errors()[0]["msg"]), "what the form offers"),)
    return Submission(whole(subject, case, written), state_of(subject, case, files), problems)


def artifact_of(subject: Subject, kind: str, data: Any) -> Artifact:
    """One artifact from its plain data, without what is derived; raises pydantic's ValidationError."""
    return subject.rubric.artifacts[kind].model_validate(data)


def whole(subject: Subject, case: Case, written: Mapping[str, Artifact]) -> dict[str, Artifact]:
    """Artifacts with what is derived, and without blank ones."""
    return completed(written, subject.rubric.derives, case)[0]


def judged(subject: Subject, case: Case, files: Files) -> Report:
    """The report on answers, as `grade_folder` gives it for a folder."""
    return grade(subject.rubric, case, submission_of(subject, case, files))


def state_of(subject: Subject, case: Case, files: Files) -> State | None:
    """Where the conversation in these files leads; None where nobody was talked to."""
    for name in subject.rubric.conversations[:1]:
        data = files.get(name)
        if data and subject.script is not None:
            try:
                return transcript_of(data).replay(subject.script.in_world(case)).state
            except ValidationError:  # as with a file that cannot be read
                return None
    return None
