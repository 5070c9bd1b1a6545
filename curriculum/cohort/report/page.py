"""The report as one HTML page that needs nothing else: pictures inside, readable without sight, in light and dark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from curriculum.cohort.report import pictures
from curriculum.cohort.report.analysis import CourseReport, LessonReport
from curriculum.cohort.report.headlines import headlines
from curriculum.cohort.report.items import Item
from curriculum.cohort.report.talks import Chosen
from curriculum.course.templates import render
from curriculum.pages.reporting import number
from curriculum.support.dates import full_day
from curriculum.support.printable import printable

MOST, FEW = 100, 12
"""Rows of a list of learners, and of other lists, that the page shows; the CSV files hold all."""
NAMES = 6

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class _LessonView:
    """A lesson's report with what only its page needs; everything else is asked of the report itself."""

    report: LessonReport
    artifacts: tuple[tuple[str, str, tuple[tuple[int, Item], ...]], ...]
    facts: tuple[tuple[str, int], ...]
    choices: tuple[tuple[str, Chosen], ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.report, name)

    @property
    def judged(self) -> bool:
        return any(item.everybody.of for item in self.report.items)

    @property
    def quarters(self) -> bool:
        return any(item.quarters for item in self.report.items)

    @property
    def discriminating(self) -> bool:
        return any(item.discrimination is not None for item in self.report.items)

    @property
    def artifact_titles(self) -> dict[str, str]:
        return {kind: title for kind, title, _ in self.artifacts}


def page(report: CourseReport, timezone: dt.tzinfo) -> str:
    """The whole page; everything that came from learners or a roster is escaped."""
    views = [_view(lesson) for lesson in report.lessons]
    no_due = [lesson.title for lesson in report.lessons if lesson.due is None]
    drawn = {
        "progress": pictures.progress_picture([(lesson.title, lesson.progress) for lesson in report.lessons]),
        "key": pictures.key(),
        "spreads": {lesson.lesson: pictures.spread_picture(lesson.title, lesson.spread) for lesson in report.lessons},
        "criteria": {
            view.report.lesson: pictures.items_picture(
                view.report.title, [entry for _, _, numbered in view.artifacts for entry in numbered]
            )
            for view in views
        },
    }
    learners = report.learners

    def name(id: str) -> str:
        known = learners.get(id)
        words = printable(f"{known.first_name} {known.last_name}").strip() if known else ""
        return f"{words} ({id})" if words else id

    def names(ids: Sequence[str]) -> str:
        shown = ", ".join(name(id) for id in ids[:NAMES])
        return shown if len(ids) <= NAMES else f"{shown} and {len(ids) - NAMES:,} more"

    def day(moment: dt.datetime | None) -> str:
        return (
            f"{full_day(moment.astimezone(timezone))}, {moment.astimezone(timezone):%H:%M}"
            if moment
            else "no\u00a0date"
        )

    return _template().render(
        report=_Lessons(report, tuple(views)),
        headlines=headlines(report),
        css=Markup((_HERE / "page.css").read_text(encoding="utf-8")),
        patterns=pictures.PATTERNS,
        pictures=drawn,
        bar=pictures.bar,
        standings=pictures.STANDINGS,
        titles={lesson.lesson: lesson.title for lesson in report.lessons},
        made_at=f"{full_day(report.made_at.astimezone(timezone))}, {report.made_at.astimezone(timezone):%H:%M}",
        any_words=any(lesson.resemblances for lesson in report.lessons),
        any_held=any(lesson.held for lesson in report.lessons),
        no_due=_without_date(no_due, of=len(report.lessons)),
        most=MOST,
        few=FEW,
        name=name,
        names=names,
        day=day,
    )


@dataclass(frozen=True)
class _Lessons:
    """The course's report with its lessons as the page shows them."""

    report: CourseReport
    lessons: tuple[_LessonView, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.report, name)


def _view(lesson: LessonReport) -> _LessonView:
    artifacts, position = [], 0
    for kind, model in lesson.rubric.artifacts.items():
        mine = [item for item in lesson.items if item.criterion.artifact == kind]
        artifacts.append((kind, model.title, tuple(enumerate(mine, start=position + 1))))
        position += len(mine)
    talk, case = lesson.talk, lesson.case
    return _LessonView(
        lesson,
        tuple(artifacts),
        tuple((case.facts[fact].label, n) for fact, n in talk.facts if fact in case.facts) if talk else (),
        tuple((render(chosen.choice.text, case), chosen) for chosen in talk.choices) if talk else (),
    )


def _without_date(titles: Sequence[str], of: int) -> str:
    """That lessons have no due date, in words; blank where all have one."""
    if len(titles) == of > 1:
        return "no lesson has one"
    return f"{', '.join(titles)} {'has' if len(titles) == 1 else 'have'} none" if titles else ""


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _shown(rows: Sequence[Any], first: int, most: int = 0) -> str:
    """How many of a list are shown: the first at once, and `most` with those that unfold."""
    if len(rows) <= first:
        return f"{len(rows):,} in all." if len(rows) > 1 else "One in all."
    if len(rows) <= most:
        return f"The first {first} of {len(rows):,}; the others follow."
    return f"The first {first} of {len(rows):,}; the CSV files hold all."


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if isinstance(value, str) else value,
    )
    environment.globals.update(percent=_percent, number=number, shown=_shown)
    return environment.get_template("page.html")
