"""A small rubric and its reports for tests of reviews: all right, half right, broken, unreadable, not begun."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line
from graders.grade import grade, grade_folder, read_submission
from graders.report import ArtifactReport
from graders.rubric import Rubric, Verdict, met, unmet
from tests.helpers.trial_talk import CASE


class Note(Artifact):
    """A short note."""

    kind: ClassVar[str] = "note"
    title: ClassVar[str] = "Launch note"

    ask: Annotated[Line, Field(title="Ask")] = ""
    timeout: Annotated[Amount, Field(title="Timeout, ms")] = None
    teams: Annotated[Amount, Field(title="Teams")] = None


RUBRIC = Rubric("trial", artifacts={"note": Note})
HINTS = (
    "Where do the slowest answers come from?",
    "Look at the 95th percentile.",
    "It must be above {{ 600 + 40 }} ms.",
)


@RUBRIC.criterion(points=4, voice="wei", skill="translate", gate=True, hints=HINTS)
def the_timeout_leaves_room(note: Note) -> Verdict:
    """The timeout leaves room for the slowest answers that the request traces show."""
    rows = [
        {"variant": "light", "p95_ms": 210.0, "requests": 18_400},
        {"variant": "deep", "p95_ms": 640.5, "requests": 17_950},
    ]
    if note.timeout and note.timeout >= 640:
        return met(f"{note.timeout:.0f} ms is above the 95th percentile of both variants.", *rows)
    return unmet(
        f"The timeout is {note.timeout or 0:.0f} ms; the deep variant needs 640 ms.",
        "a timeout of at least 640 ms, or another variant",
        *rows,
    )


@RUBRIC.criterion(points=2, voice="maya", skill="ask", hints=HINTS[:1])
def the_ask_is_a_question(note: Note) -> Verdict:
    """The note asks for one thing, as a question."""
    if note.ask.endswith("?"):
        return met(f"“{note.ask}” asks for one thing.")
    return unmet(f"“{note.ask}” asks for nothing.", "one sentence that ends with a question mark")


@RUBRIC.criterion(points=2, voice="aisha", skill="ask", hints=HINTS[:2])
def the_reach_is_true(note: Note) -> Verdict:
    """The number of teams is the one in the data."""
    if note.teams == 1240:
        return met("1,240 teams, as in the data.")
    return unmet(f"You write {note.teams or 0:g} teams.", "1,240 teams, from the brief")


@RUBRIC.criterion(points=1, voice="maya", skill="ask", hints=())
def the_note_is_short(note: Note) -> Verdict:
    """The note fits on one line."""
    return met("It has one line.") if len(note.ask) < 60 else unmet("It is longer than a line.", "at most 60 letters")


@RUBRIC.criterion(points=1, voice="aisha", skill="ask", hints=HINTS[:1])
def the_consent_is_named(note: Note) -> Verdict:
    """The note says who agreed to be reminded."""
    return met("It names the consent.") if "consent" in note.ask else unmet("No word about consent.", "who agreed")


def report(folder: Path, text: str | None, rubric: Rubric = RUBRIC) -> ArtifactReport:
    """The review of `text` as the learner's note; None: there is no file."""
    folder.mkdir(parents=True, exist_ok=True)
    if text is not None:
        (folder / "note.yaml").write_text(text, encoding="utf-8")
    return grade_folder(rubric, CASE, folder).of("note")


def with_a_broken_check(folder: Path, text: str) -> ArtifactReport:
    """The same review with one check that fails itself."""
    rubric = Rubric("trial", artifacts={"note": Note}, criteria=dict(RUBRIC.criteria))

    @rubric.criterion(points=3, voice="maya", skill="ask", hints=())
    def the_check_that_fails(note: Note) -> Verdict:
        """The launch day is a working day."""
        raise ZeroDivisionError("division by zero")

    (folder / "note.yaml").write_text(text, encoding="utf-8")
    return grade(rubric, CASE, read_submission(rubric, CASE, folder)).of("note")


WEAK = "ask: We will launch.\ntimeout: 300\nteams: 900\n"
RIGHT = "ask: May we remind those with consent?\ntimeout: 700\nteams: 1240\n"
BROKEN = "ask: [1, 2]\ntimeout: soon\ncolour: red\n"
EVIL = 'ask: "<img src=x onerror=window.hurt=1>\\u001b[2J"\n'
