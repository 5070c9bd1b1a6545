"""What a notebook works with: one object a lesson, whose methods are the steps of the lesson."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.artifacts import document
from curriculum.artifacts.exports import exports
from curriculum.cases.base import Tables
from curriculum.course.catalog import load_catalog
from curriculum.course.places import FOR_LEARNERS
from curriculum.course.templates import render
from curriculum.learner.checking import check
from curriculum.learner.lesson_files import LessonFiles, find_lesson_files, open_case, tidy, write_data
from curriculum.learner.order import note_version
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.learner.variant import VariantUnknown, stated_membership
from curriculum.notebook.artifact_cell import offer_cell
from curriculum.notebook.formats import use_house_style
from curriculum.notebook.last_read import LastRead
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.twins import settled
from curriculum.notebook.unknown_names import explain_unknown_names
from curriculum.pages import page as pages
from curriculum.pages.page import Page
from curriculum.pages.reporting import titled
from curriculum.support.files import FileRefused, write_whole
from curriculum.team.deal import TABLE, DealError, Table, read_table
from graders import load_rubric
from graders.grade import Submission, grade, read_submission
from graders.report import ArtifactReport, Report, Status
from graders.rubric import Rubric

if TYPE_CHECKING:
    from curriculum.artifacts.base import Artifact
    from curriculum.notebook.flaw_hunt import FlawHunt
    from curriculum.notebook.hunts import Hunts
    from curriculum.notebook.sureness import Sureness
    from curriculum.notebook.whole_course import WholeCourse
    from curriculum.notebook.writing import Desk
    from curriculum.widgets.conversation import Conversation


_OPENED: dict[LessonFiles, Lesson] = {}
"""Lessons that this process has opened: a cell that opens its own finds what the others know."""


def open_lesson(slug: str, folder: Path | None = None) -> Lesson:
    """Open a lesson in the learner's folder; raises LessonError with one sentence where that cannot be done.

    Opened again, it is the same object as long as the world is the same.
    """
    try:
        files = find_lesson_files(slug, folder)
        case, note = open_case(files, graded=_is_graded())
        table = read_table(files.folder)
        if (known := _OPENED.get(files)) and known._case is case and (known._note, known._table) == (note, table):
            return known
        lesson = _OPENED[files] = _made(files, load_rubric(slug), case, note, table)
        if not _is_graded():
            tidy(files)
            write_data(files, case)
            note_version(files.folder, files.answers)
            offer_cell(lesson._rubric.artifacts, files.answers)
            use_house_style(slug)
            explain_unknown_names()
    except (LookupError, VariantUnknown, FileRefused, DealError) as error:
        raise LessonError(str(error.args[0])) from None
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        raise LessonError(f"The lesson's folder cannot be used: {reason}. Open the notebook again.") from None
    return lesson


def _made(files: LessonFiles, rubric: Rubric, case: Any, note: str, table: Table | None) -> Lesson:
    """The lesson of a folder: of somebody alone, or of the seat that writes for a team."""
    if table is None:
        return Lesson(files, rubric, case, note)
    from curriculum.notebook.team_lesson import TeamLesson

    if (table.lesson, table.variant) != (files.slug, case.seed):
        raise LessonError(f"{TABLE} is of another lesson or world; unpack the file that you were dealt once more.")
    return TeamLesson(files, rubric, case, note, table)


class Lesson:
    """A lesson as you work on it. Type `lesson.` and press Tab to see what you can do."""

    _table: Table | None = None
    """The table that takes this lesson together; None for somebody alone."""

    def __init__(self, files: LessonFiles, rubric: Rubric, case: Any, note: str = ""):
        self._files, self._rubric, self._case, self._note = files, rubric, case, note
        self._entry = load_catalog().lesson(files.slug)
        self._opened: dict[str, int] = {}
        self._checked: dict[str, float] = {}
        self._lost = ""

    def __repr__(self) -> str:
        parts = [f"{self._entry.title}: you are {pages.with_article(self._entry.role)}. World {self._case.seed}."]
        return "\n".join([*parts, *([self._note] if self._note else [])])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        shown = f"**{self._entry.title}** · you are {pages.with_article(self._entry.role)} at {self._case.company}."
        if self._note:
            shown += f"\n\n> **Caution** {self._note}"
        return {"text/markdown": shown, "text/plain": repr(self)}

    # Finding out

    def brief(self) -> Page:
        """The situation: the memo, the people, what everybody knows, the data."""
        return pages.brief(self._case)

    @property
    def tables(self) -> Tables:
        """The case's data; `lesson.tables.` and Tab lists it."""
        return Tables(self._case.columns)

    @property
    def seed(self) -> int:
        """The number of your world."""
        return int(self._case.seed)

    def talk(self) -> Conversation:
        """Talk to the people of the case. You can stop at any time and come back."""
        from curriculum.course.lesson_plan import load_plan
        from curriculum.roleplay.script import script_of
        from curriculum.widgets.conversation import Conversation

        try:
            script = script_of(self._case)
        except FileNotFoundError:
            raise LessonError("There is nobody to talk to in this lesson.") from None
        standing = getattr(_module(f"curriculum.cases.{self._files.slug}"), "standing", None)
        gauge: Callable[..., Any] | None = (lambda state: standing(self._case, state)) if standing else None
        glossary = load_plan(self._files.slug).glossary
        talk = Conversation(self._case, script, self._files.artifact(script.id), gauge, glossary)
        self._desk.shares_talk(talk)
        return settled(talk, self._files.slug, self._files.folder, ("talk",))

    def find_flaws(self) -> FlawHunt:
        """A colleague's draft with flaws in it, and a list of statements: which are true of the draft?"""
        from curriculum.notebook.flaw_hunt import FlawHunt

        return FlawHunt(self)

    def hunt_before(self) -> Any:
        """What do you see already? Find the flaws in a draft of another world, before the lesson. Nobody has to."""
        return self._hunted("before")

    def recall(self) -> Any:
        """Questions from earlier lessons: answer from memory, then open the answer. Kept in words, never in points."""
        from curriculum.notebook.recalling import recall_widget

        widget = recall_widget(self._files)
        if widget is None:
            return Page("There are no questions from earlier lessons here.")
        if _is_graded():
            return Page(widget.as_text())
        return settled(widget, self._files.slug, self._files.folder, ("recall",))

    # Writing

    def guide(self, kind: str) -> Any:
        """Before you write: a half-filled document from another place, an outline, or, later, nothing but a word."""
        from curriculum.notebook.guiding import guide

        # Handouts of a course are equal for all, and so is their help; without a record nobody knows better.
        alone = self._progress is not None and stated_membership(self._files.folder) is None
        found = guide(self._files, self._known_kind(kind), self._progress if alone else None)
        if _is_graded() and not isinstance(found, Page):
            return Page(found.as_text())
        return settled(found, self._files.slug, self._files.folder, ("guide", kind))

    def form(self, kind: str) -> Any:
        """Write an artifact in a form. It is saved as you type."""
        form = self._desk.form(self._known_kind(kind))
        self._watch(form, kind)
        return settled(form, self._files.slug, self._files.folder, ("form", kind))

    def board(self, kind: str = "board") -> Any:
        """Place and vote on cards. It is saved as you move."""
        try:
            board = self._desk.board(self._known_kind(kind))
            self._watch(board, kind)
        except TypeError:
            raise LessonError(f"The {kind} of this lesson is not a board; use lesson.form({kind!r}).") from None
        return settled(board, self._files.slug, self._files.folder, ("board", kind))

    def read_back(self, kind: str) -> Any:
        """Say back to people what you heard from them, and hear what they answer. It is saved as you type."""
        from curriculum.roleplay.script import script_of

        try:
            widget = self._desk.read_back(self._known_kind(kind), script_of(self._case))
            self._watch(widget, kind)
        except FileNotFoundError:
            raise LessonError("There is nobody to talk to in this lesson.") from None
        except TypeError:
            raise LessonError(
                f"Nothing in the {kind} of this lesson is said back; use lesson.form({kind!r})."
            ) from None
        return settled(widget, self._files.slug, self._files.folder, ("read_back", kind))

    def grid(self, kind: str = "raci") -> Any:
        """Who has which part in each deliverable: one letter a cell. It is saved as you type."""
        try:
            grid = self._desk.grid(self._known_kind(kind))
            self._watch(grid, kind)
        except TypeError:
            raise LessonError(f"The {kind} of this lesson is not a grid; use lesson.form({kind!r}).") from None
        return settled(grid, self._files.slug, self._files.folder, ("grid", kind))

    def lanes(self, kind: str) -> Any:
        """Move cards between lanes, in order and in time. It is saved as you move."""
        try:
            lanes = self._desk.lanes(self._known_kind(kind))
            self._watch(lanes, kind)
        except TypeError:
            raise LessonError(f"The {kind} of this lesson has no lanes; use lesson.form({kind!r}).") from None
        return settled(lanes, self._files.slug, self._files.folder, ("lanes", kind))

    def read_yourself(self, kind: str) -> Any:
        """Read your own texts in an artifact, with three questions for each. Kept in words, never in points."""
        from curriculum.artifacts.reading import Unreadable

        self._refuse_unreadable(self._read(), self._known_kind(kind))
        try:
            form = None if _is_graded() else self._desk.read_yourself(kind)
        except (Unreadable, FileRefused) as error:
            raise LessonError(str(error)) from None
        if form is None:
            return Page("There is no text of yours to read yet.")
        return settled(form, self._files.slug, self._files.folder, ("read_yourself", kind))

    def looked_at(self, kind: str) -> Any:
        """Write down who has compared both passages of a held artifact, and what they said of them."""
        from curriculum.artifacts.reading import Unreadable

        self._refuse_unreadable(self._read(), self._known_kind(kind))
        if self._report().of(kind).held is None:
            return Page("Nothing of it waits for a person.")
        try:
            return Page("Nothing is written while it is graded.") if _is_graded() else self._desk.looked_at(kind)
        except (Unreadable, FileRefused) as error:
            raise LessonError(str(error)) from None

    def put(self, kind: str, place: str, value: object) -> Page:
        """Write a table's rows, or one value, into an artifact: `lesson.put("prd", "measures", table)`.

        Columns are matched with fields by name or by title. What does not fit is told, and nothing is written.
        """
        from curriculum.notebook.writing import NotWritten

        if _is_graded():
            return Page("Nothing is written while this notebook is graded.")
        try:
            said = self._desk.put(self._known_kind(kind), place, value)
        except NotWritten as error:
            raise LessonError(str(error)) from None
        return Page(f"{said} Saved in [answers/{kind}.yaml](answers/{kind}.yaml); Undo in the form takes it back.")

    def written(self, kind: str) -> Artifact:
        """What stands in an artifact now, as it is filled in; blank where nothing is written or it cannot be read."""
        model = self._model(self._known_kind(kind))
        found: Artifact = self._read().artifacts.get(kind, model())
        return found

    def edit(self, kind: str) -> Page:
        """Write an artifact as text in any editor; makes the file if it is not there yet."""
        model, path = self._model(kind), self._files.artifact(kind)
        if not os.path.lexists(path):
            from curriculum.artifacts.starter import starter

            try:
                write_whole(path, starter(model))
            except FileRefused as error:
                raise LessonError(str(error)) from None
        return Page(
            f"Open [answers/{kind}.yaml](answers/{kind}.yaml), write, save, and run the check below. "
            f"The form shows the same file. A cell that begins with %%artifact {kind} writes it, too."
        )

    def document(self, kind: str) -> Page:
        """Your artifact as one page that you can paste into a wiki; also saved in the folder `documents`."""
        submission = self._read()
        self._refuse_unreadable(submission, self._known_kind(kind))
        if kind not in submission.artifacts:
            return Page(f"There is no {self._title(kind)} yet; write it first, then run this again.")
        artifact, registry = submission.artifacts[kind], self._case.registry
        unsaved = self._keep(f"{kind}.md", document.markdown(artifact, registry))
        for name, text in exports(artifact, registry).items():
            unsaved = unsaved or self._keep(name, text)
        return pages.document(artifact, registry, foot=unsaved)

    # Being reviewed

    def how_sure(self, kind: str, word: str = "") -> Any:
        """Say how sure you are of an artifact before it is checked: one tap, or a word. Nobody has to."""
        kind = self._known_kind(kind)
        if self._sureness is None:
            return Page("How sure you are is kept in your workspace, and this notebook is in none.")
        try:
            asked = self._sureness.ask(kind, f"your {self._title(kind)}", word)
        except LookupError as error:
            raise LessonError(str(error.args[0])) from None
        return settled(asked, self._files.slug, self._files.folder, ("how_sure", kind))

    def check(self, kind: str | None = None) -> None:
        """Ask the stakeholders for their review of one artifact, or of all; as often as you like."""
        from IPython.display import display

        from curriculum.widgets.review import Review

        report = self._report()
        note_version(self._files.folder, self._files.answers)
        for artifact in [report.of(self._known_kind(kind))] if kind else report.artifacts:
            self._record(report, artifact)
            display(Review(artifact, self._case, self._rubric, opened=self._hints(), on_hint=self._on_hint))
            if self._sureness and (beside := self._sureness.after_check(artifact.kind, artifact.title)):
                display(beside)
        for note in [*report.notes, *([self._lost] if self._lost else [])]:
            display(pages.caution(note))

    def points(self, kind: str) -> float:
        """The points of an artifact, as a plain number between 0 and its maximum."""
        artifact = self._report().of(self._known_kind(kind))
        return float(min(max(artifact.points, 0.0), artifact.maximum))

    def hint(self, kind: str) -> Page:
        """The next hint for the most important thing that is not met yet."""
        submission = self._read()
        self._refuse_unreadable(submission, self._known_kind(kind))
        artifact = grade(self._rubric, self._case, submission).of(kind)
        if artifact.status is Status.NOT_ATTEMPTED:
            return Page(f"Write a first version of the {self._title(kind)}, then ask again.")
        opened = self._hints()
        for finding in artifact.failed():
            hints = self._rubric.criteria[finding.criterion].hints
            number = opened.get(finding.criterion, 0) + 1
            if number <= len(hints):
                self._on_hint(finding.criterion, number)
                words = titled(render(hints[number - 1], self._case), self._case)
                return Page(f"**{finding.sentence}**\n\nHint {number} of {len(hints)}: {words}")
        if not artifact.failed():
            return Page("Everything is signed off here; no hint is needed.")
        return Page("There are no further hints here. Run the check to see what is still open.")

    def exemplar(self, kind: str, variant: str | None = None) -> Page:
        """How somebody else solved it, for your world: after a checked version of yours that earned a third of the
        points; in a course, with the feedback."""
        from curriculum.course.fixtures import variants
        from curriculum.pages.exemplars import exemplar

        self._refuse_unreadable(self._read(), self._known_kind(kind))
        if reason := self._closed("The exemplar", kind):
            return Page(reason)
        try:
            return exemplar(self._rubric, self._case, kind, variant or variants(self._files.slug)[0])
        except LookupError as error:
            raise LessonError(str(error.args[0])) from None

    def _closed(self, what: str, kind: str) -> str:
        """Why what shows a good answer of a kind stays closed; blank where it may be seen."""
        from curriculum.pages.exemplars import closed

        in_course = stated_membership(self._files.folder) is not None
        return closed(what, self._title(kind), self._best(kind), in_course=in_course)

    # What comes of it

    def what_happened_next(self) -> Any:
        """The case is run forward on what you wrote."""
        from curriculum.consequences import run
        from curriculum.notebook.showing import Run

        if find_spec(f"curriculum.consequences.{self._files.slug}") is None:
            return Page("There is nothing to run forward in this lesson.")
        submission = self._read()
        outcome = run(self._case, submission.artifacts, submission.conversation)
        if outcome is None:
            self._refuse_unreadable(submission, *self._rubric.artifacts)
            return Page(f"Nothing to run yet. {self._still_blank(submission)}")
        return Run(outcome)

    def _still_blank(self, submission: Submission) -> str:
        """Which documents nobody has begun, and what to do."""
        written = submission.artifacts
        blank = [kind for kind in self._rubric.artifacts if kind not in written or written[kind].is_blank()]
        if not blank:
            return "All documents are begun, but what decides is not all there: their reviews say what is missing."
        titles = ", ".join(self._title(kind) for kind in blank)
        return f"Not begun: {titles}. Write a first version of {'it' if len(blank) == 1 else 'each'} and come back."

    def story(self) -> Page:
        """Your own work as a STAR story for an interview; also saved in the folder `documents`."""
        from curriculum.pages.story import star_card

        submission = self._read()
        self._refuse_unreadable(submission, *self._rubric.artifacts)
        card = star_card(self._case, submission)
        if card is None:
            return Page("Your story is made from your artifacts. Write them first, then come back.")
        if unsaved := self._keep("star.md", card.text):
            return Page(f"{card.text}\n{unsaved}\n", card.html + pages.caution(unsaved).html)
        return card

    def debrief(self, id: str) -> Any:
        """A place to write under a question that looks back. Kept with the lesson, never graded."""
        from curriculum.notebook.recalling import debrief_widget

        widget = debrief_widget(self._files, id)
        if widget is None:
            raise LessonError(f"There is no question {id!r} that looks back in this lesson.")
        if _is_graded():
            return Page(widget.as_text())
        return settled(widget, self._files.slug, self._files.folder, ("debrief", id))

    def map(self) -> Any:
        """The course: every lesson, how far you are, what your work has shown; below it the cards that wait."""
        return self._course.map()

    def review(self) -> Any:
        """What you learned, missed and overlooked in all lessons, as cards that come back when they are due."""
        return self._course.review()

    def did_it_help(self) -> Any:
        """A flaw hunt in another world after the lesson, beside what you found before; a month later, once more."""
        return self._hunted("after")

    def skills(self) -> Page:
        """What your work has shown so far, skill by skill, with the evidence; and how well you knew it yourself."""
        return self._course.skills()

    def next(self) -> Page:
        """Where you stand at the end of this lesson, the next one, and what would help you most."""
        return self._course.next()

    # How it is done

    @cached_property
    def _course(self) -> WholeCourse:
        from curriculum.notebook.whole_course import WholeCourse

        return WholeCourse(self._files, self._progress, self._sureness)

    @cached_property
    def _desk(self) -> Desk:
        from curriculum.notebook.writing import Desk

        return Desk(self._case, self._files, self._rubric, self._read)

    def _hunted(self, moment: str) -> Any:
        if FOR_LEARNERS:
            return Page("Drafts with flaws are not in the edition for learners: they are good answers but for a few.")
        if self._hunts is None:
            return Page("Hunts in other worlds are kept in your workspace, and this notebook is in none.")
        try:
            return self._hunts.before() if moment == "before" else self._hunts.helped()
        except (LookupError, FileRefused) as error:
            raise LessonError(str(error.args[0])) from None

    @cached_property
    def _hunts(self) -> Hunts | None:
        from curriculum.notebook.hunts import Hunts

        return Hunts(self, self._progress) if self._progress else None

    @cached_property
    def _sureness(self) -> Sureness | None:
        from curriculum.notebook.sureness import Sureness

        return Sureness(self._files, self._rubric, self._progress) if self._progress else None

    @cached_property
    def _progress(self) -> Progress | None:
        return Progress(self._files.workspace) if self._files.workspace and not _is_graded() else None

    def _watch(self, widget: Any, kind: str) -> None:
        """Once something is written in it, how sure the learner is can be asked anew."""
        if self._sureness:
            self._sureness.watch(widget, kind)

    @cached_property
    def _read(self) -> Callable[[], Submission]:
        answers = self._files.answers
        return LastRead(answers, lambda: read_submission(self._rubric, self._case, answers))

    def _report(self) -> Report:
        return check(self._rubric, self._case, self._read(), self._files.answers)

    def _record(self, report: Report, artifact: ArtifactReport) -> None:
        self._lost = ""
        if artifact.status is Status.GRADED:
            self._checked[artifact.kind] = max(artifact.points / artifact.maximum, self._checked.get(artifact.kind, 0))
        if self._progress and artifact.status is not Status.NOT_ATTEMPTED:
            try:
                self._progress.record(report, artifact)
                self._keep_findings(artifact)
            except FileRefused as error:
                self._lost = str(error)

    def _keep_findings(self, artifact: ArtifactReport) -> None:
        """For the cards of what was missed."""
        if self._files.workspace and artifact.status is Status.GRADED:
            from curriculum.learner.review import keep_findings

            keep_findings(self._files.workspace, self._files.slug, artifact)

    def _best(self, kind: str) -> float | None:
        """The best share of the points that a checked version has earned; without a record, in this session."""
        best = self._checked.get(kind)
        if self._progress:
            with suppress(ProgressLost):
                if (kept := self._progress.standings(self._files.slug).get(kind)) and kept.maximum:
                    best = max(best or 0.0, kept.points / kept.maximum)
        return best

    def _hints(self) -> dict[str, int]:
        """How many hints are open; without a record, those of this session."""
        if self._progress:
            with suppress(ProgressLost):
                kept = self._progress.hints(self._files.slug)
                self._opened |= {id: max(number, self._opened.get(id, 0)) for id, number in kept.items()}
        return self._opened

    def _on_hint(self, criterion: str, number: int) -> None:
        self._opened[criterion] = max(number, self._opened.get(criterion, 0))
        if self._progress:
            with suppress(ProgressLost):
                self._progress.open_hint(self._files.slug, criterion, number)

    def _keep(self, name: str, text: str) -> str:
        """Save a document; a sentence where that cannot be, since the page can still be read and copied."""
        try:
            write_whole(self._files.document(name), text)
        except FileRefused as error:
            return str(error)
        return ""

    def _refuse_unreadable(self, submission: Submission, *kinds: str) -> None:
        """Raise LessonError with what to mend where one of these artifacts cannot be read."""
        sentences = [str(problem) for kind in kinds for problem in submission.problems.get(kind, ())]
        if sentences:
            raise LessonError("\n".join([*sentences, "The file is left as it is. Mend it, save, and run this again."]))

    def _known_kind(self, kind: str) -> str:
        if kind not in self._rubric.artifacts:
            raise LessonError(
                f"There is no artifact {kind!r} in this lesson; there are {', '.join(self._rubric.artifacts)}."
            )
        return kind

    def _model(self, kind: str) -> Any:
        return self._rubric.artifacts[self._known_kind(kind)]

    def _title(self, kind: str) -> str:
        title: str = self._model(kind).title
        return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _module(name: str) -> Any:
    from importlib import import_module

    return import_module(name)


def _is_graded() -> bool:
    """Whether nbgrader runs this notebook to grade it; then nothing in the folder is changed."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"
