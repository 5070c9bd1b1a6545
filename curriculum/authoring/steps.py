"""The steps of a lesson for its outline: one a section, with its share of the stated minutes."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from curriculum.artifacts.base import written
from curriculum.authoring.effort import SECONDS_A_FIELD, WORDS_A_MINUTE, efforts, prose
from curriculum.authoring.lesson_text import TextCell, marked_lines
from curriculum.authoring.subject import Subject
from graders.common import word_count

MINUTES_A_CELL = 0.5
"""To run a cell that shows something, and to look at it."""


def steps_of(subject: Subject, cells: Sequence[TextCell]) -> list[dict[str, Any]]:
    """Each section of the second depth: its title, the id of its first cell, its minutes, and what is written in it.

    Minutes are the middle of the stated ones, divided by what reading, filling in and talking take (`efforts`).
    """
    sections: list[tuple[str, list[TextCell]]] = []
    for cell in cells:
        heading = None if cell.code else next((found for _, found in marked_lines(cell.source) if found), None)
        if heading and heading[0] == 2:
            sections.append((heading[1], []))
        if sections:
            sections[-1][1].append(cell)
    fields, talk = _fields(subject), _talk_minutes(subject)
    seen: set[str] = set()
    weights = []
    for _, inside in sections:
        words = sum(word_count(prose(cell.source)) for cell in inside if not cell.code)
        weight = words / WORDS_A_MINUTE
        for cell in inside:
            for kind in _written(cell, subject):
                weight += 0 if kind in seen else fields.get(kind, 0) * SECONDS_A_FIELD / 60
                seen.add(kind)
            weight += MINUTES_A_CELL if cell.code else 0
            weight += talk if cell.code and "lesson.talk()" in cell.source else 0
        weights.append(weight)
    scale = sum(subject.entry.minutes) / 2 / (sum(weights) or 1)
    return [
        {
            "title": title,
            "cell": inside[0].id,
            "minutes": round(weight * scale, 1),
            "writes": sorted({kind for cell in inside for kind in _written(cell, subject)}),
            "checks": sorted({cell.check for cell in inside if cell.check}),
            "talks": any(cell.code and "lesson.talk()" in cell.source for cell in inside),
        }
        for (title, inside), weight in zip(sections, weights, strict=True)
    ]


def _written(cell: TextCell, subject: Subject) -> list[str]:
    """The artifacts that a cell lets one write; a cell with the name of an artifact shows that one."""
    if cell.code and cell.id in subject.rubric.artifacts:
        return [cell.id]
    try:
        nodes = list(ast.walk(ast.parse(cell.source))) if cell.code else []
    except SyntaxError:  # a magic
        return []
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    kinds = []
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        given = (
            call.args[0].value
            if call.args and isinstance(call.args[0], ast.Constant)
            else "raci"
            if name == "grid"
            else "board"
        )
        if name in ("form", "board", "grid", "lanes", "read_back") and given in subject.rubric.artifacts:
            kinds.append(str(given))
    return kinds


def _fields(subject: Subject) -> dict[str, int]:
    """By artifact: fields that its first exemplar fills by hand."""
    files = next(iter(subject.fixtures(0).exemplars.values()))
    return {
        kind: len(list(written(model.model_validate(files.get(kind, {})).typed_data())))
        for kind, model in subject.rubric.artifacts.items()
    }


def _talk_minutes(subject: Subject) -> float:
    first = efforts(subject, 0)[0]
    return first.words["talk"] / WORDS_A_MINUTE + first.turns * 0.1
