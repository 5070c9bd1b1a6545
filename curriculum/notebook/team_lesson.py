"""A lesson in the folder of the seat that writes: people at the table in place of a conversation, no answers before all
have signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any

from curriculum.cases import Case
from curriculum.learner.lesson_files import LessonFiles
from curriculum.notebook.lesson import Lesson, _is_graded
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.seat import open_seat
from curriculum.notebook.twins import settled
from curriculum.pages.page import Page, with_article
from curriculum.team.deal import Table
from curriculum.team.noted import Noted, heard_in
from curriculum.team.outcome import team_rubric
from curriculum.widgets.table_notes import TableNotes
from graders.grade import Submission, read_submission
from graders.rubric import Rubric

ALONE = "This is for learners on their own. In a team the debrief takes its place."

HOW_IT_GOES = (
    "The notebook is written for somebody who works alone. In a team, the people of the conversation sit at your "
    "table: below *The conversation* you note what they say. A review hands your documents round, and everybody signs "
    "them in [seat.ipynb](seat.ipynb). Points come with the debrief; hints, drafts and good answers are for learners "
    "on their own."
)

THEN = (
    "Sign yourself in [seat.ipynb](seat.ipynb). The review comes when the files are brought together, so that "
    "everybody's word is their own."
)


class _Later(float):
    """No points yet, said in words where a cell shows them."""

    def __repr__(self) -> str:
        return "The points come with the review."


class TeamLesson(Lesson):
    """A lesson that a team takes, as the one works on it who writes for the team."""

    _table: Table

    def __init__(self, files: LessonFiles, rubric: Rubric, case: Case, note: str, table: Table):
        super().__init__(files, team_rubric(rubric.slug, table.plan.not_asked), case, note)
        self._table = table

    def __repr__(self) -> str:
        return f"{self._entry.title}, taken by a team. {self._who_writes()}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        notes = [f"> **Caution** {self._note}"] if self._note else []
        words = [f"**{self._entry.title}** · taken by a team", self._who_writes(), HOW_IT_GOES, *notes]
        return {"text/markdown": "\n\n".join(words), "text/plain": repr(self)}

    def _who_writes(self) -> str:
        lead, *others = self._table.seats
        played = " and ".join(self._case.people[one].label for one in lead.people)
        return (
            f"{lead.name} writes, as {with_article(self._entry.role)}, for {', '.join(one.name for one in others)} as "
            f"well, and plays {played}."
        )

    def talk(self) -> Any:
        """Note what the others say: a fact, with the code that stands beside it on their card."""
        notes = TableNotes(self._table, self._files.artifact(Noted.kind))
        self._desk.shares_talk(notes)
        return settled(notes, self._files.slug, self._files.folder, ("talk",))

    def heard(self, code: str) -> Page:
        """Note something that somebody has said, by its code."""
        notes = TableNotes(self._table, self._files.artifact(Noted.kind))
        said = notes.operate({"op": "note", "code": code})
        if notes.view.get("notice") or notes.view["trouble"]:
            raise LessonError(str(notes.view.get("notice") or " ".join(notes.view["trouble"])))
        return Page(said)

    def absent(self, seat: str) -> Page:
        """Make the card of somebody who is not there, for a colleague who stands in; the debrief says so."""
        notes = TableNotes(self._table, self._files.artifact(Noted.kind))
        notes.operate({"op": "absent", "seat": seat})
        if notice := notes.view.get("notice"):
            raise LessonError(str(notice))
        place = next(one["page"] for one in notes.view["seats"] if one["name"] == seat)
        return Page(
            f"A card for a colleague who stands in for {seat}: [{place}]({place}). Send it to one of you, and do not "
            "open it yourself. They say what they are asked, with its code. The debrief says that somebody stood in."
        )

    def check(self, kind: str | None = None) -> None:
        """Hand the documents round, so that everybody can sign; the review comes when all have signed."""
        from IPython.display import display

        display(Page(f"{open_seat(self._files.folder).hand_round().text}\n\n{THEN}"))

    def points(self, kind: str) -> float:
        """No points before everybody has signed."""
        self._known_kind(kind)
        return 0.0 if _is_graded() else _Later(0.0)

    def read_back(self, kind: str) -> Any:
        """Write down what you heard from people: they sit at the table, and sign whether it is right."""
        return self.form(kind)

    def _alone(self, *_: object, **__: object) -> Page:
        """For learners on their own: it would tell a team what others know, or how it went."""
        return Page(ALONE)

    hint = what_happened_next = story = how_sure = _hunted = _alone

    def _closed(self, what: str, kind: str) -> str:
        return ALONE

    @cached_property
    def _read(self) -> Callable[[], Submission]:
        return self._read_together

    def _read_together(self) -> Submission:
        known = heard_in(self._table, self._files.answers)
        found = read_submission(self._rubric, self._case, self._files.answers)
        return replace(found, conversation=known.state(self._case))
