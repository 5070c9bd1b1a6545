"""From lesson.md to cells: holes are filled from the lesson's own code, then the text is cut into cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import jinja2.sandbox

from curriculum.authoring.boxes import Box, BoxError, boxes_of
from curriculum.authoring.subject import Subject
from curriculum.course.debriefs import debriefs_in

OPTIONS = {"name", "check", "tags", "title", "change"}
"""What a code cell may say about itself."""

_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")


class LessonTextError(Exception):
    """lesson.md cannot be built; the message is one sentence with the line."""


@dataclass(frozen=True)
class TextCell:
    """One cell of the lesson, before it becomes a notebook cell."""

    id: str
    source: str
    code: bool = False
    check: str = ""
    """The kind of artifact that a graded cell checks; blank for every other cell."""
    tags: tuple[str, ...] = field(default_factory=tuple)
    title: str = ""
    """What stands in place of the code where that is folded away."""
    boxes: tuple[Box, ...] = ()
    """What is there to be changed without a look at the code."""


def lesson_cells(subject: Subject) -> list[TextCell]:
    """The cells of a lesson in their order; raises LessonTextError."""
    notebook = _parsed(render_lesson(subject))
    cells: list[TextCell] = []
    used: dict[str, int] = {}
    debriefs = [debrief.id for debrief in debriefs_in(subject.text("lesson.md"))]
    before = "start"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append(_code_cell(cell.source, cell.metadata, subject))
            before = cells[-1].id
        else:
            for part in cut_at_headings(cell.source):
                for piece, asks in cut_at_debriefs(part):
                    cells.append(TextCell(_markdown_id(piece, before, used), piece))
                    if asks:
                        if not debriefs:
                            raise LessonTextError("lesson.md: a debrief stands in a hole; write it in the text itself.")
                        id = debriefs.pop(0)
                        cells.append(TextCell(f"debrief_{id}", f'lesson.debrief("{id}")', code=True))
    names = [cell.id for cell in cells]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise LessonTextError(f"lesson.md: the cell names {', '.join(twice)} are used twice; each cell needs its own.")
    return cells


def render_lesson(subject: Subject) -> str:
    """The text of lesson.md with its holes filled; the same for every learner. Raises LessonTextError."""
    try:
        return _environment().from_string(subject.text("lesson.md")).render(_holes(subject))
    except FileNotFoundError as error:
        name = Path(error.filename or "lesson.md").name
        raise LessonTextError(f"{subject.slug} has no source/{name}; write one, or copy welcome's.") from None
    except jinja2.TemplateSyntaxError as error:
        raise LessonTextError(f"lesson.md, line {error.lineno}: {error.message}.") from None
    except (jinja2.TemplateError, LookupError) as error:
        raise LessonTextError(f"lesson.md: {error}.") from None


@lru_cache(maxsize=32)
def _parsed(text: str) -> Any:
    """A lesson's text as a notebook, parsed once however many proofs look at it; read it, never change it."""
    import jupytext

    try:
        return jupytext.reads(text, fmt="md:myst")
    except Exception as error:  # jupytext raises whatever its parsers raise
        raise LessonTextError(f"lesson.md: {' '.join(str(error).split())}") from None


def cut_at_headings(source: str) -> Iterator[str]:
    """Markdown cut before every heading, so that each section is a cell of its own."""
    part: list[str] = []
    for line, heading in marked_lines(source):
        if heading and any(kept.strip() for kept in part):
            yield "\n".join(part).strip()
            part = []
        part.append(line)
    if any(kept.strip() for kept in part):
        yield "\n".join(part).strip()


def cut_at_debriefs(source: str) -> Iterator[tuple[str, bool]]:
    """Markdown cut after every debrief, and whether a place to write belongs under the piece."""
    lines, begun = source.splitlines(), 0
    for debrief in debriefs_in(source):
        yield "\n".join(lines[begun : debrief.line]).strip(), True
        begun = debrief.line
    if rest := "\n".join(lines[begun:]).strip():
        yield rest, False


def marked_lines(source: str) -> Iterator[tuple[str, tuple[int, str] | None]]:
    """Every line of Markdown, and for headings outside code fences their depth and words."""
    fence = ""
    for line in source.splitlines():
        opened = _FENCE.match(line)
        if opened and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opened.group(1)
        heading = None if fence or opened else _HEADING.match(line)
        yield line, (len(heading.group(1)), heading.group(2)) if heading else None


def _code_cell(source: str, options: Mapping[str, Any], subject: Subject) -> TextCell:
    shown = source.splitlines()[0] if source else "an empty cell"
    if unknown := sorted(set(options) - OPTIONS):
        raise LessonTextError(
            f"lesson.md: the code cell {shown!r} has the options {', '.join(unknown)}; "
            "known are name, check, tags, title and change."
        )
    name, check = str(options.get("name", "")), str(options.get("check", ""))
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,59}", name):
        raise LessonTextError(
            f"lesson.md: the code cell {shown!r} needs `:name:` with letters, digits, _ or -, so that it keeps its id."
        )
    if check:
        if check not in subject.rubric.artifacts:
            known = ", ".join(subject.rubric.artifacts)
            raise LessonTextError(f"lesson.md: `:check: {check}` names no artifact of the rubric; there are {known}.")
        expected = graded_source(check)
        if source.strip() != expected:
            raise LessonTextError(
                f"lesson.md: the graded cell {name} must be exactly two lines, {' and '.join(expected.splitlines())}."
            )
    tags, title = options.get("tags") or (), str(options.get("title", ""))
    try:
        boxes = boxes_of(source, options.get("change") or {})
    except BoxError as error:
        raise LessonTextError(f"lesson.md: the code cell {name}: {error}") from None
    return TextCell(name, source.rstrip(), code=True, check=check, tags=tuple(map(str, tags)), title=title, boxes=boxes)


def graded_source(kind: str) -> str:
    """What a graded cell says: the review for the learner, and the points for nbgrader."""
    return f'lesson.check("{kind}")\nlesson.points("{kind}")'


def _markdown_id(source: str, before: str, used: dict[str, int]) -> str:
    """An id from the heading, or from the code cell before; so it stays when text elsewhere changes."""
    heading = next((found for _, found in marked_lines(source) if found), None)
    words = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")[:48] if heading else ""
    id = f"text-{words}" if words else f"after-{before[:48]}"
    used[id] = used.get(id, 0) + 1
    return id if used[id] == 1 else f"{id}-{used[id]}"


def _environment() -> jinja2.Environment:
    return jinja2.sandbox.SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )


def _holes(subject: Subject) -> dict[str, Any]:
    """What lesson.md may name. Nothing here depends on the learner's world."""
    entry = subject.entry
    return {
        "title": entry.title,
        "role": entry.role,
        "minutes": f"{entry.minutes[0]}–{entry.minutes[1]}",
        "leaves": entry.leaves,
        "objectives": lambda: _bullets(objective.text for objective in subject.plan.objectives),
        "key_points": lambda: _bullets(subject.plan.key_points),
        "glossary": lambda: _bullets(f"**{term.term}**: {term.meaning}" for term in subject.plan.glossary),
        "retrieval": lambda: _retrieval(subject),
        "cast": lambda: _cast(subject),
        "rubric_table": lambda kind: _rubric_table(subject, kind),
    }


def _bullets(items: Any) -> str:
    return "\n".join(f"- {item}" for item in items)


def _retrieval(subject: Subject) -> str:
    """The cell that asks the retrieval questions."""
    if not subject.plan.retrieval:
        raise LessonTextError("lesson.md: retrieval() asks questions that lesson.toml does not have.")
    return "```{code-cell} python\n:name: recall\nlesson.recall()\n```"


def _cast(subject: Subject) -> str:
    people = subject.case(0).people.values()
    return _table(
        ("Person", "Role", "Protects"),
        [(person.label, person.role, person.cares_about) for person in people],
    )


def _rubric_table(subject: Subject, kind: str) -> str:
    if kind not in subject.rubric.artifacts:
        known = ", ".join(subject.rubric.artifacts)
        raise LessonTextError(f"lesson.md: rubric_table({kind!r}) names no artifact; there are {known}.")
    people = subject.case(0).people
    rows = [
        (
            f"**Essential:** {criterion.sentence}" if criterion.gate else criterion.sentence,
            people[criterion.voice].label if criterion.voice in people else criterion.voice,
            str(criterion.points),
        )
        for criterion in subject.rubric.of(kind)
    ]
    return _table(("What is checked", "Who asks", "Points"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
