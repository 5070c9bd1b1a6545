"""A small rubric and its reports for tests of reviews: all right, half right, broken, unreadable, not begun."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line
from graders.grade import grade, grade_folder, read_submission
from graders.report import ArtifactReport
from graders.rubric import Objections, Rubric, met, objection
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
def the_timeout_leaves_room(note: Note) -> Objections:
    """The timeout leaves room for the slowest answers that the request traces show."""
    rows = [
        {"variant": "light", "p95_ms": 210.0, "requests": 18_400},
        {"variant": "deep", "p95_ms": 640.5, "requests": 17_950},
    ]
    if not note.timeout or note.timeout < 640:
        found = f"The timeout is {note.timeout or 0:.0f} ms; the deep variant needs more."
        yield objection("timeout", found, "a timeout above the 95th percentile, or another variant", *rows)
    return met(f"{note.timeout or 0:.0f} ms is above the 95th percentile of both variants.", *rows)


@RUBRIC.criterion(points=2, voice="maya", skill="ask", hints=HINTS[:1], expected="one sentence, and a question mark")
def the_ask_is_a_question(note: Note) -> Objections:
    """The note asks for one thing, as a question."""
    if not note.ask.endswith("?"):
        yield objection("ask", f"“{note.ask}” asks for nothing.")
    if len(note.ask.split()) > 40:
        yield objection("ask", "It has more than forty words.")
    return met(f"“{note.ask}” asks for one thing.")


@RUBRIC.criterion(points=2, voice="aisha", skill="ask", hints=HINTS[:2], met="The teams are those in the data.")
def the_reach_is_true(note: Note) -> Objections:
    """The number of teams is the one in the data."""
    if note.teams != 1240:
        yield objection("teams", f"You write {note.teams or 0:g} teams.", "the number of teams that the brief says")


@RUBRIC.criterion(points=1, voice="maya", skill="ask", hints=(), met="It has one line.")
def the_note_is_short(note: Note) -> Objections:
    """The note fits on one line."""
    if len(note.ask) >= 60:
        yield objection("ask", "It is longer than a line.", "at most 60 letters")


@RUBRIC.criterion(
    points=1, voice="aisha", skill="ask", hints=HINTS[:1], met="It names the consent.", rests_on=("note.ask",)
)
def the_consent_is_named(note: Note) -> Objections:
    """The note says who agreed to be reminded."""
    if "consent" not in note.ask:
        yield objection("ask", "No word about consent.", "who agreed")


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
    def the_check_that_fails(note: Note) -> Objections:
        """The launch day is a working day."""
        yield objection("ask", f"It falls on day {1 // 0}.", "a working day")

    (folder / "note.yaml").write_text(text, encoding="utf-8")
    return grade(rubric, CASE, read_submission(rubric, CASE, folder)).of("note")


WEAK = "ask: We will launch.\ntimeout: 300\nteams: 900\n"
RIGHT = "ask: May we remind those with consent?\ntimeout: 700\nteams: 1240\n"
BROKEN = "ask: [1, 2]\ntimeout: soon\ncolour: red\n"
EVIL = 'ask: "<img src=x onerror=window.hurt=1>\\u001b[2J"\n'
