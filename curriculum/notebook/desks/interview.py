"""What interview lessons offer in a notebook besides the lesson: bank, pairs, anchors, notes, own work."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.calibration import Calibration
from curriculum.artifacts.panel_answers import PanelAnswers
from curriculum.artifacts.process_answer import ProcessAnswer
from curriculum.artifacts.reading import Unreadable, read_artifact, write_artifact
from curriculum.artifacts.short import CLAIMS, Short
from curriculum.artifacts.star import Copied, Star
from curriculum.artifacts.story_bank import StoryBank
from curriculum.cases import Case
from curriculum.cases.base import Entry, by_id
from curriculum.cases.interviews.questions import COMPETENCIES, find_questions
from curriculum.cases.interviews.shown import lesson_titles, load_shown
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.course.places import FOR_LEARNERS
from curriculum.learner.finished import bring, lessons_with_work
from curriculum.learner.lesson_files import LessonFiles
from curriculum.notebook.lesson import Lesson
from curriculum.notebook.refusals import LessonError
from curriculum.pages.page import Page
from curriculum.practice.interview import calibration, claims
from curriculum.practice.interview import short as short_version
from curriculum.practice.interview.asked_back import asked_back
from curriculum.practice.interview.notes import LABEL
from curriculum.practice.interview.said import untyped_numbers
from curriculum.practice.interview.work import document_id, values
from curriculum.support.printable import printable
from curriculum.words.copies import Reference
from curriculum.words.prose import shares, word_count
from graders import load_rubric
from graders.interviews.copies import passed_in
from graders.interviews.held import asked_about, held
from graders.interviews.sources import known_days

if TYPE_CHECKING:
    from curriculum.widgets.form import Form
    from curriculum.widgets.pairs import PairsWidget


def open_desk(lesson: Lesson) -> Desk:
    """The desk of an interview lesson that is open."""
    return Desk(lesson._case, lesson._files)


class Desk:
    """Interview practice. Type `desk.` and press Tab to see what you can do."""

    def __init__(self, case: Case, files: LessonFiles):
        self._case, self._files = case, files

    def __repr__(self) -> str:
        own = "questions, pairs, work, bring, bank, form, short, parts, lengths, notes, anchors, rate, agreement"
        return f"Your desk: {own}, practise, round."

    # Finding out

    def questions(self, competency: str = "", level: str = "", minutes: int | None = None, material: str = "") -> Page:
        """The question bank, all of it or what you ask for: a competency, a level, a time, a lesson."""
        try:
            found = find_questions(competency, level, minutes, material)
        except LookupError as error:
            raise LessonError(str(error.args[0])) from None
        if not found:
            return Page("No question of the bank fits all of that. Leave one of the filters out.")
        lines = [f"**{len(found)} {'question' if len(found) == 1 else 'questions'}**", ""]
        for question in found:
            lines += [
                f"**{question.question}**",
                f"*{COMPETENCIES[question.competency]}, {question.level}, about {question.minutes} minutes. "
                f"Its id is `{question.id}`.*",
                "",
                *(f"- A strong answer has: {text[:1].lower()}{text[1:]}" for text in question.strong),
                *(f"- A red flag: {text[:1].lower()}{text[1:]}" for text in question.red_flags),
                f"- {_material(question.material)}",
                "",
            ]
        return Page("\n".join(lines))

    def pairs(self) -> PairsWidget:
        """The pairs of answers: click the sentence at which an interviewer would stop. It is saved at once."""
        from curriculum.widgets.pairs import PairsWidget

        return PairsWidget(self._case, self._files.artifact("contrast"))

    def work(self) -> Page:
        """The lessons in which you have work that a story can stand on."""
        if self._files.workspace is None:
            return Page("This notebook runs on its own, so your other lessons cannot be seen from here.")
        found = list(lessons_with_work(self._files.workspace, besides=self._files.slug))
        if not found:
            return Page("You have no work in other lessons yet. Use the project file, or a story of your own.")
        lines = ["You can bring work from:", ""]
        return Page("\n".join([*lines, *(f"- {entry.title}: `desk.bring({entry.slug!r})`" for entry in found)]))

    # Writing

    def bring(self, slug: str) -> Page:
        """Put copies of your work in another lesson beside the story, or into the story bank."""
        if self._files.workspace is None:
            raise LessonError("This notebook runs on its own, so your other lessons cannot be seen from here.")
        try:
            copies = bring(slug, self._files.workspace)
        except LookupError as error:
            raise LessonError(str(error.args[0])) from None
        self._keep(slug, copies)
        if not self._asks_for("star"):
            known = passed_in(copies)
            shown = [row for row in load_shown() if row.id in known]
            lines = [f"**Brought from {slug}.** What it shows now:", ""]
            lines += [f"- {COMPETENCIES[row.competency]}: {_as_text(row.label)}" for row in shown]
            return Page("\n".join(lines if shown else [f"**Brought from {slug}.** It shows nothing of the list yet."]))
        places = [id for copied in copies for id, value in values(copied) if isinstance(value, int | float)]
        lines = [f"**Brought from {slug}:** {', '.join(document_id(copied) for copied in copies)}.", ""]
        lines += ["Numbers that you can cite now:", "", *(f"- {_as_text(id)}" for id in places[:40])]
        return Page("\n".join(lines))

    def _keep(self, slug: str, copies: tuple[Copied, ...]) -> None:
        """Put the copies of a lesson beside the story, or into the story bank where the lesson has no story."""
        model: type[Star] | type[StoryBank] = Star if self._asks_for("star") else StoryBank
        held = self._read(model)
        kept = tuple(copied for copied in held.copied if copied.lesson != slug)
        write_artifact(self._files.artifact(model.kind), held.model_copy(update={"copied": (*kept, *copies)}))

    def bank(self) -> Form:
        """Choose stories by what they show: from the work folder, or from the lessons that you have brought."""
        from curriculum.widgets.form import Form

        chosen = self._read(StoryBank)
        return Form(_with_shown(self._case, chosen), StoryBank, self._files.artifact("story_bank"))

    def asked_back(self) -> Page:
        """What the three of the panel ask when they have heard what you promise each of them."""
        answers = self._read(PanelAnswers)
        lines = [
            f"- **{_as_text(self._case.registry.label('askers', who))}:** “{_as_text(text)}”"
            for who, text in asked_back(answers, self._read(ProcessAnswer), self._case)
        ]
        if not lines:
            return Page("Nobody has been promised anything yet. Answer the three first.")
        return Page("\n".join(["*Nothing of this earns or costs points.*", "", *lines]))

    def form(self) -> Form:
        """Write the story: four parts, and the claims beside them. It is saved as you type."""
        from curriculum.roleplay.script import script_of
        from curriculum.roleplay.transcript import TranscriptUnreadable, read_transcript
        from curriculum.widgets.form import Form

        star = self._read(Star)
        extended = _with_work(self._case, star)
        path = self._files.artifact("star")
        script = script_of(self._case)

        def known() -> frozenset[str]:
            own = frozenset(extended.facts) - frozenset(self._case.facts)
            try:
                told = read_transcript(self._files.artifact(script.id), self._files.answers).replay(script).state.facts
            except (FileNotFoundError, TranscriptUnreadable):
                told = frozenset()
            return own | told

        return Form(extended, Star, path, known=known)

    def short(self) -> Form:
        """Write the short version beside the long one; the acts that it may keep are those of your own documents."""
        from curriculum.widgets.form import Form

        return Form(_with_work(self._case, self._read(Star)), Short, self._files.artifact("short"))

    def parts(self) -> Page:
        """How long the four parts are, and which numbers of the text no claim has."""
        star = self._read(Star)
        low, high = claims.WORDS.get(star.origin, (120, 250))
        share = shares(star.parts())
        lines = [
            f"**{word_count(star.text())} words** of {low} to {high}.",
            "",
            "| Part | Words | Share |",
            "| --- | --- | --- |",
        ]
        lines += [
            f"| {name.capitalize()} | {word_count(text)} | {share[name]:.0%} |" for name, text in star.parts().items()
        ]
        untyped = untyped_numbers(star, known_days(star, self._case))
        if untyped:
            lines += ["", "Numbers in the text that no claim has:", ""]
            lines += [f"- “{_as_text(one.said.text)}” in {one.part}. {one.why}".rstrip() for one in untyped]
        return Page("\n".join(lines))

    def lengths(self) -> Page:
        """The long version beside the short one: how many words, and which claims of yours each says as a number."""
        star, told = self._read(Star), self._read(Short)
        if not star.text() or not told.text:
            return Page("Write both versions first.")
        low, high = short_version.SHORT_WORDS
        forms = short_version.claim_forms(star)
        lines = [
            f"**The short version has {word_count(told.text)} words** of {low} to {high}, "
            f"the long one {word_count(star.text())}.",
            "",
            "| Claim with a number | Long | Short |",
            "| --- | --- | --- |",
        ]
        said = [short_version.perhaps_said(star, text) for text in (star.text(), told.text)]
        lines += [
            f"| {_CLAIMS.get(claim, claim)} | {' | '.join('said' if claim in version else '–' for version in said)} |"
            for claim in forms
        ]
        return Page("\n".join(lines))

    def notes(self) -> Page:
        """Automatic questions about your text, and whatever is too close to a text that is known already."""
        star = self._read(Star)
        if not star.text():
            return Page("Nothing is told yet. Write the four parts first.")
        found = [f"- **{note.question}** You say: “{_as_text(note.span)}”" for note in asked_about(star, self._case)]
        close = [f"- {_as_text(str(hold))}" for hold in held(star, self._exemplars(), self._case.slug)]
        lines = [f"*{LABEL}. Notes cost no points.*", ""]
        lines += found or ["The rules that may speak have no question."]
        if close:
            lines += ["", "**For a person to look at**", "", *close]
        return Page("\n".join(lines))

    def ask_model(self, consent: bool = False) -> Page:
        """Questions of a language model: off, unless one is set up and you agree that it reads your answer."""
        from curriculum.practice.interview import judge

        text = self._read(Star).text()
        if not text:
            return Page("Nothing is told yet. Write the four parts first.")
        try:
            found = judge.judge_notes(text, consent=consent)
        except judge.JudgeOff as error:
            raise LessonError(str(error)) from None
        lines = [f"- **{_as_text(note.question)}** You say: “{_as_text(note.span)}”" for note in found]
        return Page("\n".join([f"*{judge.LABEL}. It costs no points.*", "", *(lines or ["It has no question."])]))

    # Reviewing yourself

    def anchors(self) -> Page:
        """Six answers to rate, and what each rating stands for."""
        lines = ["| Rating | It stands for |", "| --- | --- |"]
        lines += [f"| {score} | {words} |" for score, words in calibration.SCALE.items()]
        for number, anchor in enumerate(calibration.load_anchors(self._case.slug), start=1):
            lines += ["", f"**Answer {number}** (`{anchor.id}`), to “{anchor.question}”", "", f"> {anchor.text}"]
        return Page("\n".join(lines))

    def rate(self) -> Form:
        """Rate the six answers, then your own. It is saved as you type, and never graded."""
        from curriculum.widgets.form import Form

        anchors = by_id(
            *(
                Entry(anchor.id, f"Answer {number}", anchor.text[:80])
                for number, anchor in enumerate(calibration.load_anchors(self._case.slug), start=1)
            )
        )
        case = dataclasses.replace(self._case, more={**self._case.more, "anchors": anchors})
        return Form(case, Calibration, self._files.artifact("calibration"))

    def agreement(self) -> Page:
        """How far your ratings are from the reference; the reference is shown when all six are rated."""
        own = self._read(Calibration)
        found = calibration.agreement(own, self._case.slug)
        lines = [f"**Self-review.** {calibration.in_words(found)}"]
        if not found.complete:
            return Page("\n\n".join([*lines, "Rate all six, then you see the reference and its reasons."]))
        given = calibration.scores(own, self._case.slug)
        rows = ["| Answer | You | Reference | Why |", "| --- | --- | --- | --- |"]
        rows += [f"| {a.id} | {given[a.id]} | {a.score} | {a.why} |" for a in calibration.load_anchors(self._case.slug)]
        lines.append("\n".join(rows))
        if own.own:
            lines.append(f"You rate your own answer {own.own}: {calibration.SCALE[own.own]}.")
        return Page("\n\n".join(lines))

    def practise(self, question: str = "", questions: Sequence[str] = ()) -> Any:
        """A mock interview about your story: it listens, asks for what is missing, and keeps every attempt.

        `questions` are asked one after the other, beside those of the bank that you choose yourself.
        """
        from curriculum.widgets.mock_interview import MockInterviewWidget

        star = self._read(Star)
        return MockInterviewWidget(
            self._case,
            self._files.artifact("mock_interview"),
            self._files.artifact("star"),
            question or star.question,
            questions,
            self._files.artifact("pressure") if self._asks_for("pressure") else None,
        )

    def round(self, count: int = 3) -> Any:
        """A mock interview of several questions in a row: your story's own, and others that this lesson is about."""
        star = self._read(Star)
        others = [question.id for question in find_questions(material=self._case.slug)]
        chosen = list(dict.fromkeys([*([star.question] if star.question else []), *others]))[:count]
        return self.practise(questions=chosen)

    def _asks_for(self, kind: str) -> bool:
        return kind in load_rubric(self._case.slug).artifacts

    def _read(self, model: type[Artifact]) -> Any:
        path: Path = self._files.artifact(model.kind)
        try:
            return read_artifact(path, model, inside=self._files.answers).artifact
        except FileNotFoundError:
            return model()
        except Unreadable as error:
            raise LessonError(str(error)) from None

    def _exemplars(self) -> list[Reference]:
        if FOR_LEARNERS:  # they are compared when the work is handed in
            return []
        texts = {
            name: Star.model_validate(load_exemplar(self._case, name)["star"]).text()
            for name in variants(self._files.slug)
        }
        return [Reference(name, "an exemplar of this lesson", text, same_project=True) for name, text in texts.items()]


_CLAIMS = {"before": "the number before", "after": "the number after", **CLAIMS}


def _material(slugs: Iterable[str]) -> str:
    """The lessons of the course, by title, whose work can carry an answer."""
    titles = [entry.title for entry in load_catalog().lessons if entry.slug in set(slugs)]
    return f"Material in: {', '.join(titles)}" if titles else "No lesson has material for it yet: your own life may."


def _as_text(text: str) -> str:
    """A learner's or a model's words inside Markdown: shown as they are, never as markup."""
    return re.sub(r"([\\`*_\[\]#|])", r"\\\1", html.escape(printable(text), quote=False))


def _with_shown(case: Case, bank: StoryBank) -> Case:
    """The case with what the learner's own lessons show among what can be picked, each with its state."""
    brought = {copied.lesson for copied in bank.copied}
    known, titles = passed_in(bank.copied), lesson_titles()
    own = [
        Entry(
            row.id,
            row.label,
            f"In your “{titles[row.lesson]}”: {'passed now' if row.id in known else 'not passed now'}",
        )
        for row in load_shown()
        if row.lesson in brought
    ]
    return dataclasses.replace(case, more={**case.more, "shown": {**case.more["shown"], **by_id(*own)}})


def _with_work(case: Case, star: Star) -> Case:
    """The case with what was brought from other lessons among its facts and documents, so that a form offers it."""
    from curriculum.cases.base import Fact

    places = [(id, value) for copied in star.copied for id, value in values(copied) if isinstance(value, int | float)]
    facts = {**case.facts, **{id: Fact(id, f"{value:g}, from {id}", value=float(value)) for id, value in places}}
    brought = {document_id(copied): copied for copied in star.copied}
    documents = {
        **case.more["documents"],
        **{id: Entry(id, f"Your {copied.artifact} of {copied.lesson}") for id, copied in brought.items()},
    }
    return dataclasses.replace(case, facts=facts, more={**case.more, "documents": documents})
