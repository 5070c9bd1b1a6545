"""The STAR card: what was done and checked, in the learner's own numbers, told as an interview story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jinja2

from curriculum.artifacts.document import shown
from curriculum.cases import Case
from curriculum.consequences import Outcome, run
from curriculum.course.lesson_plan import Clause, Star, load_plan
from curriculum.course.templates import render
from curriculum.pages.clause import Deeds, parse_when
from curriculum.pages.page import Page, designed
from graders import load_rubric
from graders.grade import Submission, grade
from graders.report import Report

ALOUD = "Say it aloud in two minutes. Change every sentence that you would not say."
NOTHING_YET = "Nothing yet. A sentence comes here for each thing that your work does and its review finds right."
PARTS = ("situation", "task", "action", "result")


@dataclass(frozen=True)
class Told:
    """A story as far as it can be told."""

    situation: str
    task: str
    action: tuple[str, ...]
    """Sentences, each for something that was done."""
    result: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    """The clauses of these sentences."""
    waiting: tuple[str, ...] = ()
    """What further sentences wait for: sentences of criteria, and of the talk where it was not held."""

    def part(self, name: str) -> str:
        """One of the four parts as a paragraph; blank where nothing was done for it."""
        words: str | tuple[str, ...] = getattr(self, name)
        return words if isinstance(words, str) else " ".join(words)

    @property
    def markdown(self) -> str:
        """The story without anything around it; parts without a sentence are left out."""
        parts = [(name, self.part(name)) for name in PARTS]
        return "".join(f"**{name.capitalize()}.** {shown(text)}\n\n" for name, text in parts if text)


def tell(star: Star, case: Case, submission: Submission, report: Report, outcome: Outcome | None) -> Told:
    """The sentences whose condition holds, by what the review met and what was said.

    A sentence with a hole that this work does not fill is left out as well. Raises jinja2.TemplateError where
    situation or task name anything else than the case.
    """
    met = {finding.criterion for artifact in report.artifacts for finding in artifact.findings if finding.passed}
    deeds = Deeds(frozenset(met), submission.conversation)
    names: dict[str, Any] = {**submission.artifacts, "outcome": outcome, "conversation": submission.conversation}
    action = [(clause, said) for clause in star.action if (said := _said(clause, case, deeds, names))]
    result = [(clause, said) for clause in star.result if (said := _said(clause, case, deeds, names))]
    return Told(
        situation=_line(render(star.situation, case)),
        task=_line(render(star.task, case)),
        action=tuple(said for _, said in action),
        result=tuple(said for _, said in result),
        clauses=tuple(clause for clause, _ in (*action, *result)),
        waiting=tuple(_waiting((*star.action, *star.result), deeds, report)),
    )


def story_of(case: Case, submission: Submission, report: Report | None = None) -> Told | None:
    """The story of a lesson; None where the lesson has none, or nothing that can be read was written."""
    star = load_plan(case.slug).star
    if star is None or not submission.artifacts:
        return None
    reviewed = report or grade(load_rubric(case.slug), case, submission)
    return tell(star, case, submission, reviewed, run(case, submission.artifacts, submission.conversation))


def star_card(case: Case, submission: Submission, report: Report | None = None) -> Page | None:
    """Situation, task, action, result as a page, with what further sentences wait for; None as `story_of`."""
    told = story_of(case, submission, report)
    if told is None:
        return None
    parts = [(name.capitalize(), told.part(name), NOTHING_YET) for name in PARTS]
    lines = [f"**{name}.** {shown(text) or f'*{blank}*'}\n\n" for name, text, blank in parts]
    sheet = designed("story.html", parts=parts, waiting=told.waiting, foot=ALOUD)
    return Page(f"# Your story\n\n{''.join(lines)}{ALOUD}\n", sheet)


def _said(clause: Clause, case: Case, deeds: Deeds, names: dict[str, Any]) -> str:
    if not parse_when(clause.when)(deeds.hold):
        return ""
    try:
        return _line(render(clause.text, case, **names))
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError):
        return ""


def _waiting(clauses: tuple[Clause, ...], deeds: Deeds, report: Report) -> list[str]:
    """What would have to be met for the sentences that are not told, each once."""
    sentences = {finding.criterion: finding.sentence for artifact in report.artifacts for finding in artifact.findings}
    found: dict[str, None] = {}
    for clause in clauses:
        when = parse_when(clause.when)
        if when(deeds.hold):
            continue
        for word, subject in when.needed:
            if word == "passed" and not deeds.hold((word, subject)) and subject in sentences:
                found[sentences[subject]] = None
    return list(found)


def _line(text: str) -> str:
    return " ".join(text.split())
