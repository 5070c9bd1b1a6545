"""By what a marker reads: questions with their anchors, answers to compare with, and what was said before."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from curriculum.cases import load_case
from curriculum.cohort.anchors import HIGHEST, LOWEST, examples, readings
from curriculum.cohort.anonymous import Mask
from curriculum.cohort.grades import LessonGrades
from curriculum.cohort.marking_sheet import OnSheet, Sheet
from curriculum.cohort.marks import SECOND, WORDS
from curriculum.course.catalog import load_catalog
from curriculum.pages.page import document
from curriculum.support.looks import dark_as_the_reader
from curriculum.support.printable import printable

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0.5rem 0; }
th, td { border: 1px solid color-mix(in srgb, currentColor 35%, transparent); text-align: left; vertical-align: top; }
th, td { padding: 0.25rem 0.5rem; }
.guide { border-inline-start: 0.3rem solid currentColor; padding-inline-start: 1rem; }
.submission { border-top: 2px solid currentColor; margin-top: 2rem; }
summary { cursor: pointer; }
@media (width <= 40rem) {
  .guide :is(table, tbody, tr, th, td) { display: block; }
  .guide thead, .guide td:empty { display: none; }
  .guide tr { margin-bottom: 0.75rem; }
  .guide td { display: grid; grid-template-columns: 2ch 1fr; gap: 0.5rem; border-block-start: 0; }
  .guide td::before { content: attr(data-step); font-weight: 700; }
}
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def guide_html(read: LessonGrades, leave_out: Collection[str] = ()) -> str:
    """The questions of a lesson with their anchors, and comments to use again; nothing of what was said to the
    learners in `leave_out`. Blank where a lesson has neither."""
    lesson = read.rows.lesson
    parts = []
    if asked := readings(lesson):
        steps = sorted({step for one in asked for step in one.anchors})
        head = "".join(f'<th scope="col">{step}</th>' for step in steps)
        rows = "".join(
            f'<tr><th scope="row">{escape(one.title)}</th>'
            + "".join(f'<td data-step="{step}">{escape(one.anchors.get(step, ""))}</td>' for step in steps)
            + "</tr>"
            for one in asked
        )
        parts.append(
            f"<p>Each question is answered from {LOWEST} to {HIGHEST}.</p>"
            f'<table><thead><tr><th scope="col">Question</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
        )
    for title in (WORDS, *(one.title for one in asked)):
        if said := read.marking.comments(title, leave_out):
            items = "".join(f"<li>{_in_one_line(_masked(read, *one))}</li>" for one in said)
            parts.append(f"<details><summary>Said before: {escape(title)}</summary><ul>{items}</ul></details>")
    if known := examples(lesson):
        items = "".join(
            f"<li><p><em>{escape(one.question)}</em></p><p>{escape(one.text)}</p><p><strong>{one.score} of "
            f"{HIGHEST}.</strong> {escape(one.why)}</p></li>"
            for one in known
        )
        parts.append(
            f"<details><summary>Answers to compare with, and what each is worth</summary><ul>{items}</ul></details>"
        )
    return f'<div class="guide"><p><strong>For whoever marks</strong></p>{"".join(parts)}</div>' if parts else ""


def sheet_page(sheet: Sheet) -> str:
    """What a marker reads beside their table: one page that loads nothing, with every submission under its code."""
    titles = {read.rows.lesson: load_catalog().lesson(read.rows.lesson).title for read in sheet.lessons}
    parts, styles = [f"<h1>To read: {escape(sheet.marker)}</h1>"], dict[str, None]()
    for read in sheet.lessons:
        mine = [one for one in sheet.submissions if one.read is read]
        if not mine:
            continue
        twice = {one.task.student for one in mine if one.task.role == SECOND}
        parts.append(f"<h2>{escape(titles[read.rows.lesson])}</h2>{guide_html(read, twice)}")
        parts += [_submission(one, styles) for one in mine]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>To read</title>'
        f"<style>{_STYLE}</style>{''.join(styles)}<style>{dark_as_the_reader()}</style></head>\n<body><main>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )


def _submission(one: OnSheet, styles: dict[str, None]) -> str:
    """One submission; the style sheet of its documents stands once, at the head of the page."""
    shown = []
    for artifact in one.artifacts.values():
        style, _, body = document(artifact, one.case.registry).html.partition("</style>")
        styles[f"{style}</style>"] = None
        shown.append(printable(body))
    return f'<section class="submission" id="{one.task.code}"><h3>{one.task.code}</h3>{"".join(shown)}</section>'


def _in_one_line(text: str) -> str:
    """Escaped, without an empty line: after one, formgrader would take the rest for Markdown."""
    return "<br>".join(escape(printable(line)) for line in text.splitlines() if line.strip())


def _masked(read: LessonGrades, comment: str, whom: str) -> str:
    """A comment without the name of the learner who got it."""
    learner = next((learner for learner in read.course.everybody if learner.id == whom), None)
    return Mask(read.course, learner, load_case(read.rows.lesson, 0)).text(comment) if learner else comment
