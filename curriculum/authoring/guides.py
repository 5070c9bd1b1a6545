"""The page `docs/skill-guides.md`: what the two skill guides ask for, and where the course gives it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from curriculum.cases.interviews.questions import load_questions
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import COURSE
from curriculum.support.files import write_whole
from graders import load_rubric

PAGE = COURSE / "docs" / "skill-guides.md"

_HEAD = """# What the two skill guides ask for, and where it is

The course rests on two skill guides, which end in steps to learn, projects to practise, tools, and interview questions.
Here is each thing that they ask for, in our words, with the lessons in which you do it.
In brackets stand the documents, places and words there; the last column says what is left out on purpose, and why.

`curriculum author build` writes this page from `curriculum/authoring/guides.toml`.
A test looks up each lesson, check, word and question that it rests on.
"""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Given(_Strict):
    """One lesson that gives what is asked for, what one does there, and what shows it."""

    lesson: str
    says: str
    criteria: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Ask(_Strict):
    """Something that a guide asks of a learner."""

    guide: str
    part: str
    asks: str
    given: tuple[Given, ...] = ()
    without: str = ""
    """What is not there on purpose, and why."""


class Guides(_Strict):
    """The titles of the guides by id, and what they ask for, in their order."""

    guides: dict[str, str]
    asks: tuple[Ask, ...]


@cache
def load_guides() -> Guides:
    """What guides.toml says."""
    return Guides.model_validate(tomllib.loads((Path(__file__).parent / "guides.toml").read_text("utf-8")))


def write_guides() -> None:
    """Bring the page up to date; raises FileRefused where it cannot be saved, LookupError where a row of guides.toml
    rests on something that is not there."""
    fresh = guides_page()
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != fresh:
        write_whole(PAGE, fresh)


def guides_page(guides: Guides | None = None) -> str:
    """The whole page; raises LookupError with sentences where a row rests on something that is not there."""
    guides = guides or load_guides()
    if found := list(strangers(guides)):
        raise LookupError("guides.toml: " + " ".join(found))
    parts = [_HEAD]
    for id, title in guides.guides.items():
        mine = [ask for ask in guides.asks if ask.guide == id]
        parts.append(f"## {title}\n")
        for part in dict.fromkeys(ask.part for ask in mine):
            rows = [_row(ask) for ask in mine if ask.part == part]
            head = "| It asks for | Where you do it | What is left out, and why |\n| --- | --- | --- |"
            parts.append(f"### {part}\n\n{head}\n" + "\n".join(rows) + "\n")
    parts.append(_skills())
    return "\n".join(parts)


def strangers(guides: Guides) -> Iterator[str]:
    """A sentence for each thing that does not hold: an ask without lesson and reason, a name that is not there."""
    for ask in guides.asks:
        if ask.guide not in guides.guides:
            yield f"“{ask.asks}” is of the guide {ask.guide!r}, which has no title."
        if not ask.given and not ask.without:
            yield f"“{ask.asks}” has neither a lesson nor a reason."
        for one in ask.given:
            yield from _strangers_of(one, ask.asks)


def _strangers_of(one: Given, asks: str) -> Iterator[str]:
    try:
        entry = load_catalog().lesson(one.lesson)
    except LookupError as error:
        yield f"“{asks}”: {error.args[0]}"
        return
    known = {
        "criterion": (one.criteria, set(load_rubric(entry.slug).criteria)),
        "term": (one.terms, {term.term for term in load_plan(entry.slug).glossary}),
        "step": (one.steps, set(_headings(entry))),
        "question": (one.questions, {each.id for each in load_questions() if entry.slug in each.material}),
    }
    if not any(named for named, _ in known.values()):
        yield f"“{asks}”: nothing is named that shows it in {entry.slug}."
    for what, (named, there) in known.items():
        for name in named:
            if name not in there:
                yield f"“{asks}”: {entry.slug} has no {what} {name!r}."


def _row(ask: Ask) -> str:
    where = "<br>".join(_where(one) for one in ask.given) or "–"
    return f"| {ask.asks} | {where} | {ask.without or '–'} |"


def _where(one: Given) -> str:
    entry, rubric = load_catalog().lesson(one.lesson), load_rubric(one.lesson)
    headings = _headings(entry)
    shown = [f"*{rubric.artifacts[rubric.criteria[id].artifact].title}*" for id in one.criteria]
    shown += [f"“{headings[step]}”" for step in one.steps]
    if one.terms:
        shown.append(f"in its words: {', '.join(one.terms)}")
    if one.questions:
        shown.append("a question of the interview bank")
    return f"{_link(entry)}: {one.says} ({', '.join(dict.fromkeys(shown))})"


def _link(entry: LessonEntry) -> str:
    return f"[{entry.title}](../{entry.level}/{entry.slug}/README.md)"


@cache
def _headings(entry: LessonEntry) -> dict[str, str]:
    """By the name of a cell in lesson.md, the heading under which it stands."""
    under, heading = {}, entry.title
    for line in (entry.folder / "source" / "lesson.md").read_text("utf-8").splitlines():
        if found := re.match(r"#{2,3} (.+)", line):
            heading = found[1]
        elif found := re.match(r":name: (\w+)", line):
            under[found[1]] = heading
    return under


def _skills() -> str:
    """The skills of the catalogue, and how many checks of each lesson show them."""
    lines = [
        "## Skill by skill\n",
        "The course keeps the guides' skills under these names; `curriculum skills` says what your work has shown.",
        "In brackets stands how many checks of a lesson ask for the skill.\n",
        "| Skill | Lessons |\n| --- | --- |",
    ]
    for skill in load_catalog().skills:
        counts = [
            (entry, sum(one.skill == skill.id for one in load_rubric(entry.slug).criteria.values()))
            for entry in load_catalog().lessons
        ]
        lines.append(f"| {skill.label} | {', '.join(f'{_link(entry)} ({n})' for entry, n in counts if n)} |")
    return "\n".join(lines) + "\n"
