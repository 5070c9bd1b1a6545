"""The STAR card: the learner's own artifacts and numbers, told as an interview story."""

from __future__ import annotations

import re
from typing import Any

import jinja2

from curriculum.artifacts.document import shown
from curriculum.cases import Case
from curriculum.consequences import run
from curriculum.course.lesson_plan import load_plan
from curriculum.course.templates import render
from curriculum.pages.page import Page, designed
from graders.grade import Submission

ALOUD = "Say it aloud in two minutes. Change every sentence that you would not say."


def star_card(case: Case, submission: Submission) -> Page | None:
    """Situation, task, action, result; None where the lesson has no card or the artifacts for it are missing.

    A hole in the text that this learner's artifacts cannot fill reads "(not written yet)".
    """
    star = load_plan(case.slug).star
    if star is None or not submission.artifacts:
        return None
    outcome = run(case, submission.artifacts, submission.conversation)
    names: dict[str, Any] = {
        **submission.artifacts,
        "outcome": outcome,
        "conversation": submission.conversation,
    }
    parts = [
        (part.capitalize(), _filled(getattr(star, part), case, names))
        for part in ("situation", "task", "action", "result")
    ]
    told = "".join(f"**{name}.** {shown(text)}\n\n" for name, text in parts)
    return Page(f"# Your story\n\n{told}{ALOUD}\n", designed("story.html", parts=parts, foot=ALOUD))


def _filled(text: str, case: Case, names: dict[str, Any]) -> str:
    try:
        return " ".join(render(text, case, **names).split())
    except (jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, LookupError):
        pass
    return " ".join(_sentence(sentence, case, names) for sentence in re.split(r"(?<=[.!?]) ", text))


def _sentence(text: str, case: Case, names: dict[str, Any]) -> str:
    try:
        return " ".join(render(text, case, **names).split())
    except (jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, LookupError):
        return "(not written yet)"
