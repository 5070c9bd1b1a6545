"""Which cells are folded behind a name, and when they run by themselves."""

from __future__ import annotations

import ast

import nbformat
import pytest

from curriculum.authoring.folding import ASK, DATA, LATE, SHOW, Fold, fold_of
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog

LESSONS = [entry.slug for entry in load_catalog().lessons]


def committed(slug: str) -> nbformat.NotebookNode:
    """The notebook as it stands in the repository: a proof says that it is what its source gives."""
    return nbformat.read(load_subject(slug).notebook, as_version=4)


@pytest.mark.parametrize(
    ("source", "fold"),
    [
        ("lesson.brief()", Fold("The situation", SHOW)),
        ('lesson.form("ask")', Fold("One-line ask", SHOW)),
        ('lesson.check("ask")\nlesson.points("ask")', Fold("Review: One-line ask", ASK)),
        ("lesson.tables.mornings", Fold("Mornings of the dashboard", SHOW)),
        ("lesson.next()", Fold("What comes next", LATE)),
        ("lesson.tables.mornings.head()", None),
        ("mornings = lesson.tables.mornings\nmornings", None),
        ("%%artifact ask\nask: x", None),
        ("1 + 1", None),
        ("", None),
    ],
)
def test_what_only_shows_something_is_folded_and_what_is_there_to_be_changed_is_not(
    source: str, fold: Fold | None
) -> None:
    assert fold_of(source, load_subject("welcome")) == fold


def test_an_author_names_a_cell_and_says_when_it_runs() -> None:
    subject = load_subject("welcome")
    assert fold_of("anything(1)", subject, "A name") == Fold("A name", ASK)
    assert fold_of("anything(1)", subject, "A name", ("show",)) == Fold("A name", SHOW)


@pytest.mark.parametrize("slug", LESSONS)
def test_a_folded_cell_begins_with_its_name_and_opens_its_own_lesson(slug: str) -> None:
    tagged = [(cell, set(cell.metadata.get("tags", ()))) for cell in committed(slug).cells]
    folded = [cell for cell, tags in tagged if {SHOW, LATE, ASK} & tags and DATA not in tags]
    assert len(folded) >= 8
    for cell in folded:
        lines = cell.source.splitlines()
        assert lines[0].startswith("# ") and len(lines[0]) > 4
        assert f'lesson = open_lesson("{slug}")' in lines
        # No name that another cell would have to make first.
        body = ast.parse(cell.source)
        made = {node.id for node in ast.walk(body) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        made |= {alias.name for node in ast.walk(body) if isinstance(node, ast.ImportFrom) for alias in node.names}
        used = {node.id for node in ast.walk(body) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        assert used <= made | set(dir(__builtins__)) | {"len"}, (cell.id, used - made)


@pytest.mark.parametrize("slug", LESSONS)
def test_the_outline_has_a_step_a_section_and_the_stated_minutes(slug: str) -> None:
    subject = load_subject(slug)
    steps = committed(slug).metadata["curriculum"]["steps"]
    low, high = subject.entry.minutes
    assert low <= sum(step["minutes"] for step in steps) <= high
    assert {kind for step in steps for kind in step["checks"]} == set(subject.rubric.artifacts)
    assert {kind for step in steps for kind in step["writes"]} == set(subject.rubric.artifacts)
    assert any(step["talks"] for step in steps) == (subject.script is not None)
