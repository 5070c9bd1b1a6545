"""What comes with a document before one writes it: a half-filled one, an outline, or nothing but a word."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from curriculum.course.catalog import load_catalog
from curriculum.course.half_filled import HalfFilled
from curriculum.learner.guidance import Before, Guidance, Help, Standings, guidance, half_filled_for
from curriculum.learner.lesson_files import LessonFiles
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.pages.guide import genre_words, outline_page
from curriculum.pages.page import Page
from curriculum.widgets.recall import Asked, RecallWidget, Words
from graders import load_rubric

WORDS = Words(
    label="A half-filled document",
    mine="What you would write",
    give_up="Show me",
    open="Compare",
    theirs="What stands there",
    ratings={"again": "Mine misses it", "hard": "Partly", "good": "Mine would do", "easy": "Mine is better"},
)
NUMBERS = ("no", "one", "two", "three", "four", "five")


def guide(files: LessonFiles, kind: str, progress: Progress | None) -> RecallWidget | Page:
    """What comes with an artifact of a lesson, after what the learner has written; without their record, after the
    order of the course."""
    model = load_rubric(files.slug).artifacts[kind]
    found = guidance(files.slug, kind, _standings(progress) if progress else None)
    if found is None:
        return Page("This one needs no guide.")
    begun = files.artifact(f"half_filled_{kind}")
    document = half_filled_for(files.slug, kind)
    # What somebody has begun to complete stays, whatever else they have written since.
    if document and (found.help is Help.HALF_FILLED or os.path.lexists(begun)):
        return _half_filled(files, kind, *document)
    why = _why(found, genre_words(model))
    links = [] if found.fixed or files.workspace is None else _links(files, found.before)
    return outline_page(model, why, folded=found.help is Help.NOTHING, links=links)


def _standings(progress: Progress) -> Standings:
    """The best checks of every lesson; none where the record cannot be read, and then there is more help."""
    with suppress(ProgressLost):
        return {entry.slug: progress.standings(entry.slug) for entry in load_catalog().lessons}
    return {}


def _half_filled(files: LessonFiles, kind: str, source: str, document: HalfFilled) -> RecallWidget:
    asked: list[Asked] = []
    given: list[tuple[str, str]] = []
    for part in document.part:
        if not part.is_gap:
            given.append((part.label, part.text))
            continue
        question = f"{part.label}: {part.ask}"
        asked.append(Asked(part.id, question, part.answer, "", part.right, part.wrong, tuple(given)))
        given = []
    lead = (
        f"This one comes half filled, from {document.place}. Write what is missing, then compare. It earns no points, "
        "and nothing of it fits your own; that comes next."
    )
    closing = [{"label": label, "text": text} for label, text in given]
    path = files.artifact(f"half_filled_{kind}")
    return RecallWidget(asked, path, lead, WORDS, title=document.title, closing=closing)


def _why(found: Guidance, genre: str) -> str:
    count = len(found.before)
    several = f"{NUMBERS[count] if count < len(NUMBERS) else count} {genre if count == 1 else _plural(genre)}"
    came = ", ".join(_named(one) for one in found.before)
    written = "The course has had" if found.fixed else "You have written"
    comes = "this one comes with an outline" if found.help is Help.OUTLINE else "this one begins blank"
    if found.help is Help.HALF_FILLED:  # and there is none
        return "This one comes with an outline."
    return f"{written} {several} before ({came}), so {comes}."


def _plural(genre: str) -> str:
    first, *rest = genre.split(" ", 1)
    return " ".join([f"{first}s", *rest])


def _named(one: Before) -> str:
    title = one.title if one.title[:2].isupper() else one.title[:1].lower() + one.title[1:]
    return f"{title} in “{load_catalog().lesson(one.lesson).title}”"


def _links(files: LessonFiles, before: Sequence[Before]) -> list[tuple[str, str]]:
    """The learner's own documents of the genre, where they have kept one as a page."""
    assert files.workspace is not None
    found = []
    for one in before:
        entry = load_catalog().lesson(one.lesson)
        place = files.workspace / entry.level / one.lesson / "answers" / f"{one.kind}.yaml"
        if place.is_file():
            path = f"../../{entry.level}/{one.lesson}/{one.lesson}.ipynb"
            found.append((f"Look at your own: {one.title}, in “{entry.title}”", path))
    return found
