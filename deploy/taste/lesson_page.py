"""A lesson's text as parts of a page: HTML between places where cells of the lesson are shown."""

from __future__ import annotations

import ast
import re
from dataclasses import asdict, dataclass
from html import escape

from markdown_it import MarkdownIt

from curriculum.authoring.folding import ASK, fold_of
from curriculum.authoring.lesson_text import TextCell, lesson_cells
from curriculum.authoring.subject import Subject
from curriculum.course.table_titles import load_titles

FROM, UNTIL = "text-you-will-be-able-to", "text-what-comes-next"
"""The page has a beginning and an end of its own: what stands before and after is about the whole course."""

CALLOUTS = ("Task", "Hint", "Key point", "Caution", "Debrief")

ASKED = {
    "check": "Ask for the review",
    "hint": "Open a hint",
    "exemplar": "Show how somebody else did it",
}
"""What the button says of a cell that runs when it is asked, by the step of the lesson."""

_ROWS = re.compile(r"lesson\.tables\.(\w+)\.head\(\)")
HEAD = 5
"""Rows that pandas shows of a table's head."""


class PageError(Exception):
    """The lesson cannot be made a page; the message says which cell and why."""


@dataclass(frozen=True)
class Cell:
    """A place of the page where something of the lesson is shown."""

    id: str
    source: str
    title: str
    when: str
    """show, late or ask, as in the notebook."""
    button: str = ""
    table: str = ""
    rows: int = 0

    def as_json(self) -> dict[str, object]:
        """What the page and its interpreter know of it."""
        return asdict(self)


Part = str | Cell
"""HTML, or a place for a cell."""


def parts_of(subject: Subject) -> list[Part]:
    """The parts of a lesson's page in their order; raises PageError, and LessonTextError where its text is broken."""
    cells = lesson_cells(subject)
    ids = [cell.id for cell in cells]
    for id in (FROM, UNTIL):
        if id not in ids:
            raise PageError(f"{subject.slug} has no part {id!r}, between which the page shows the lesson.")
    return [_part(cell, subject) for cell in cells[ids.index(FROM) : ids.index(UNTIL)]]


def _part(cell: TextCell, subject: Subject) -> Part:
    if not cell.code:
        return html_of(cell.source)
    if rows := _ROWS.fullmatch(cell.source.strip()):
        title = load_titles(subject.slug).table(rows.group(1))
        return Cell(cell.id, cell.source, title, "show", table=rows.group(1), rows=HEAD)
    fold = fold_of(cell.source, subject, cell.title, cell.tags)
    if fold is None:
        raise PageError(f"The cell {cell.id} of {subject.slug} shows its code, and nobody programs on the page.")
    button = ASKED.get(_step(cell.source), fold.title) if fold.when == ASK else ""
    return Cell(cell.id, cell.source, fold.title, fold.when, button)


def _step(source: str) -> str:
    """The step of the lesson that a cell takes: `check` of `lesson.check("ask")`."""
    match ast.parse(source).body[0]:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return name
    return ""


def html_of(markdown: str) -> str:
    """Markdown as HTML; raw HTML in it is shown as text. Tables can be scrolled, and callouts say which they are."""
    made: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    made = made.replace("<table>", '<div class="t-scroll" tabindex="0" role="group" aria-label="Table"><table>')
    made = made.replace("</table>", "</table></div>")
    for word in CALLOUTS:
        kind = word.lower().replace(" ", "-")
        made = made.replace(
            f"<blockquote>\n<p><strong>{word}</strong>",
            f'<blockquote data-callout="{kind}">\n<p><strong>{escape(word)}</strong>',
        )
    return made
