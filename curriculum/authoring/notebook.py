"""The notebook of a lesson: cells with nbgrader's metadata, the same bytes whenever and wherever it is built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.authoring.boxes import given_by
from curriculum.authoring.folding import DATA, data_tags, fold_of
from curriculum.authoring.lesson_text import TextCell, lesson_cells
from curriculum.authoring.steps import steps_of
from curriculum.authoring.subject import Subject, load_subject
from curriculum.support.files import write_whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def build(slug: str) -> Path:
    """Build the notebook of a lesson from its source and write it, where it differs; returns its path.

    Raises LookupError for no such lesson, LessonTextError where its text cannot be built, and FileRefused.
    """
    subject = load_subject(slug)
    text = notebook_text(subject)
    if not subject.notebook.is_file() or subject.notebook.read_text(encoding="utf-8") != text:
        write_whole(subject.notebook, text)
    return subject.notebook


def notebook_text(subject: Subject) -> str:
    """The notebook as the text of its file. It is source and release at once: no cell holds a solution."""
    import nbformat

    notebook = _prepare(_assemble(subject), subject.slug)
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook, version=4)
    return text.rstrip("\n") + "\n"


def _assemble(subject: Subject) -> NotebookNode:
    from nbformat import v4

    cells = lesson_cells(subject)
    lesson = {"lesson": subject.slug, "steps": steps_of(subject, cells)}
    notebook = v4.new_notebook(metadata={**KERNEL, "title": subject.entry.title, "curriculum": lesson})
    notebook.cells = [_cell(cell, subject) for cell in cells]
    return notebook


def _cell(cell: TextCell, subject: Subject) -> NotebookNode:
    from nbformat import v4

    if not cell.code:
        return v4.new_markdown_cell(cell.source, id=cell.id)
    fold = fold_of(cell.source, subject, cell.title, cell.tags)
    added = (fold.when,) if fold else data_tags(cell.source)
    tags = list(dict.fromkeys((*cell.tags, *added)))
    metadata: dict[str, Any] = {"tags": tags} if tags else {}
    if DATA in tags:
        metadata["curriculum"] = {"gives": given_by(cell.source), "boxes": [box.data() for box in cell.boxes]}
    if cell.check:
        metadata["nbgrader"] = {
            "schema_version": 3,
            "grade": True,
            "solution": False,
            "locked": True,
            "task": False,
            "grade_id": f"check_{cell.check}",
            "points": subject.rubric.points(cell.check),
        }
    source = _opened(cell.source, fold.title, subject.slug) if fold else cell.source
    return v4.new_code_cell(source, id=cell.id, metadata=metadata)


def _opened(source: str, title: str, slug: str) -> str:
    """The source of a folded cell: its title first, and the lesson opened, so that any such cell can be run first."""
    if "open_lesson(" in source:
        return f"# {title}\n{source}"
    return f'# {title}\nfrom curriculum import open_lesson\nlesson = open_lesson("{slug}")\n{source}'


def _prepare(notebook: NotebookNode, slug: str) -> NotebookNode:
    """What `nbgrader generate_assignment` does to a notebook without solutions, by its own preprocessors."""
    from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, ComputeChecksums, LockCells

    resources: dict[str, Any] = {"unique_key": slug, "metadata": {"name": slug, "path": ""}}
    for step in (LockCells, ClearOutput, CheckCellMetadata, ComputeChecksums, CheckCellMetadata):
        notebook, resources = step().preprocess(notebook, resources)
    return notebook
