"""Judges answers without writing files, for proofs that grade thousands of them."""

from __future__ import annotations

from pydantic import ValidationError

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import completed
from curriculum.artifacts.reading import Problem
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from curriculum.roleplay.engine import State
from curriculum.roleplay.transcript import Transcript
from graders.grade import Submission, grade
from graders.report import Report


def submission_of(subject: Subject, case: Case, files: Files) -> Submission:
    """What `read_submission` gives for a folder with these files."""
    artifacts: dict[str, Artifact] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for kind, model in subject.rubric.artifacts.items():
        if not files.get(kind):
            continue
        try:
            artifact = model.model_validate(files[kind])
        except ValidationError as error:
            problems[kind] = (Problem(f"{kind}.yaml", 0, "", str(error.errors()[0]["msg"]), "what the form offers"),)
            continue
        artifacts[kind] = artifact
    artifacts, _ = completed(artifacts, subject.rubric.derives, case)
    return Submission(artifacts, state_of(subject, case, files), problems)


def judged(subject: Subject, case: Case, files: Files) -> Report:
    """The report on answers, as `grade_folder` gives it for a folder."""
    return grade(subject.rubric, case, submission_of(subject, case, files))


def state_of(subject: Subject, case: Case, files: Files) -> State | None:
    """Where the conversation in these files leads; None where nobody was talked to."""
    for name in subject.rubric.conversations[:1]:
        data = files.get(name)
        if data and subject.script is not None:
            attempts = tuple(tuple(attempt) for attempt in data.get("attempts", ()))
            transcript = Transcript(data["conversation"], attempts or ((),))
            return transcript.replay(subject.script.in_world(case)).state
    return None
