"""Boxes for what is there to be changed in a data cell, and how such a cell is tagged."""

from __future__ import annotations

import ast

import pytest

from curriculum.authoring.boxes import BoxError, boxes_of, given_by
from curriculum.authoring.folding import ASK, DATA, FRESH, data_tags
from curriculum.authoring.lesson_text import lesson_cells
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog

LESSONS = [entry.slug for entry in load_catalog().lessons]

SOURCE = (
    'weeks = 4; side = "left"\nkinds = ["a"]\nlimits = {"one": 1}\nshow(weeks, text="as is", at=8, by=side, of=[1, 2])'
)


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("weeks", "Weeks", "number"),
        ("at", {"label": "At", "of": ["4", "8"]}, "one"),
        ("side", {"label": "Side", "of": {"left": "To the left", "right": "To the right"}}, "one"),
        ("text", "Text", "text"),
        ("kinds", {"label": "Kinds", "of": ["a", "b"]}, "some"),
        ("limits", {"label": "Limits", "of": {"one": "One", "two": "Two"}}, "by_key"),
        ("limits", {"label": "Limits", "of": {"one": "One"}}, "each_key"),
        ("of", "Numbers", "numbers"),
    ],
)
def test_a_box_follows_from_the_value_that_stands_in_the_code(name: str, said: object, kind: str) -> None:
    (box,) = boxes_of(SOURCE, {name: said})
    assert (box.name, box.kind) == (name, kind)


@pytest.mark.parametrize(
    ("source", "change", "words"),
    [
        (SOURCE, {"by": "By"}, "no plain value"),
        (SOURCE, {"years": "Years"}, "no plain value"),
        (SOURCE, {"kinds": "Kinds"}, "a list of texts needs `of`"),
        ("f(at=when)\nat = 8", {"at": "At"}, "given something else before"),
    ],
)
def test_what_no_box_can_change_is_refused(source: str, change: dict[str, str], words: str) -> None:
    with pytest.raises(BoxError, match=words):
        boxes_of(source, change)


def test_a_cell_says_which_names_it_makes_for_others() -> None:
    source = (
        'import pandas as pd\nfrom a import b\ndef c(x): return x\nd, e = 1, 2\nf["g"] = e\nfor h in d: pass\nd.i()'
    )
    assert given_by(source) == ["pd", "b", "c", "d", "e", "f", "h"]


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("lesson.tables.a.head()", (DATA,)),
        ("desk.show(lesson, weeks=4)", (DATA, FRESH)),
        ("desk.show(lesson.tables)", (DATA,)),
        ('lesson.put("a", "b", rows) if rows else "no"', (DATA, ASK)),
        ('from curriculum import open_lesson\nlesson = open_lesson("a")', ()),
        ("%%artifact ask\nask: x", ()),
    ],
)
def test_what_reads_the_learners_forms_is_run_again_and_what_writes_into_them_is_asked(
    source: str, tags: tuple[str, ...]
) -> None:
    assert data_tags(source) == tags


@pytest.mark.parametrize("slug", LESSONS)
def test_no_cell_that_runs_by_itself_needs_what_only_a_cell_makes_that_waits(slug: str) -> None:
    waiting: set[str] = set()
    there: set[str] = set()
    for cell in lesson_cells(load_subject(slug)):
        if not cell.code or cell.source.startswith("%%"):
            continue
        if ASK in cell.tags:
            waiting |= set(given_by(cell.source))
            continue
        loaded = (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name))
        there |= set(given_by(cell.source))
        assert {node.id for node in loaded} & waiting <= there, cell.id


@pytest.mark.parametrize("slug", LESSONS)
def test_no_text_of_a_lesson_asks_anybody_to_type_code_where_a_box_stands(slug: str) -> None:
    cells = lesson_cells(load_subject(slug))
    assert all(cell.code for cell in cells if cell.boxes)
    for cell in cells:
        if not cell.code:
            assert "run the cell again" not in cell.source.lower()
            assert "lesson.hint(" not in cell.source, "the review has buttons for hints"
