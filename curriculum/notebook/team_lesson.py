"""A lesson in the folder of the seat that writes: people at the table in place of a conversation, no answers before all
have signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from curriculum.cases import Case
from curriculum.learner.lesson_files import LessonFiles
from curriculum.notebook.lesson import Lesson, _is_graded
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.seat import open_seat
from curriculum.pages.page import Page
from curriculum.team.deal import Table
from curriculum.team.noted import Noted, heard_in
from curriculum.team.outcome import team_rubric
from curriculum.widgets.table_notes import TableNotes
from graders.grade import Submission, read_submission
from graders.rubric import Rubric

AFTERWARDS = "This comes when everybody has signed and the files are brought together: it would tell what others know."


class _Later(float):
    """No points yet, said in words where a cell shows them."""

    def __repr__(self) -> str:
        return "The points come with the review."


class TeamLesson(Lesson):
    """A lesson that a team takes, as the one works on it who writes for the team."""

    def __init__(self, files: LessonFiles, rubric: Rubric, case: Case, note: str, table: Table):
        super().__init__(files, team_rubric(rubric.slug, table.plan.not_asked), case, note)
        self._table = table

    def talk(self) -> Any:
        """Note what the others say: a fact, with the code that stands beside it on their card."""
        notes = TableNotes(self._table, self._files.artifact(Noted.kind))
        self._desk.shares_talk(notes)
        return notes

    def heard(self, code: str) -> Page:
        """Note something that somebody has said, by its code."""
        notes = TableNotes(self._table, self._files.artifact(Noted.kind))
        said = notes.operate({"op": "note", "code": code})
        if notes.view.get("notice") or notes.view["trouble"]:
            raise LessonError(str(notes.view.get("notice") or " ".join(notes.view["trouble"])))
        return Page(said)

    def absent(self, seat: str) -> Page:
        """Lay on the table what the people of somebody know who is not there; the review says so."""
        notes = TableNotes(self._table, self._files.artifact(Noted.kind))
        notes.operate({"op": "absent", "seat": seat})
        if notice := notes.view.get("notice"):
            raise LessonError(str(notice))
        return Page(f"What {seat} would have known is on the table now.")

    def check(self, kind: str | None = None) -> None:
        """Hand the documents round, so that everybody can sign; the review comes when all have signed."""
        from IPython.display import display

        display(
            Page(
                f"{open_seat(self._files.folder).hand_round().text}\n\nSign yourself in [seat.ipynb](seat.ipynb). "
                "The review comes when the files are brought together, so that everybody's word is their own."
            )
        )

    def points(self, kind: str) -> float:
        """No points before everybody has signed."""
        self._known_kind(kind)
        return 0.0 if _is_graded() else _Later(0.0)

    def read_back(self, kind: str) -> Any:
        """Write down what you heard from people: they sit at the table, and sign whether it is right."""
        return self.form(kind)

    def find_flaws(self) -> Any:
        return Page(AFTERWARDS)

    def hunt_before(self) -> Any:
        return Page(AFTERWARDS)

    def did_it_help(self) -> Any:
        return Page(AFTERWARDS)

    def hint(self, kind: str) -> Page:
        return Page(AFTERWARDS)

    def exemplar(self, kind: str, variant: str | None = None) -> Page:
        return Page(AFTERWARDS)

    def what_happened_next(self) -> Any:
        return Page(AFTERWARDS)

    def story(self) -> Page:
        return Page(AFTERWARDS)

    def _read(self) -> Submission:
        known = heard_in(self._table, self._files.answers)
        found = read_submission(self._rubric, self._case, self._files.answers)
        return replace(found, conversation=known.state(self._case))
