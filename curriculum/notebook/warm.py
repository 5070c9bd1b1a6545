"""Does before a page is there what its cells would have to wait for: imports, templates, the lesson's world."""

import importlib

import curriculum.notebook.recalling
import curriculum.pages.tables
import curriculum.widgets.board
import curriculum.widgets.conversation
import curriculum.widgets.form
import curriculum.widgets.review  # noqa: F401
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_fixtures
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import FOR_LEARNERS
from curriculum.notebook.lesson import open_lesson
from curriculum.pages.page import compile_pages
from graders import load_rubric


def warm(slug: str) -> None:
    """Open a lesson in the current folder, and load what its pages say of all others; then what data cells need."""
    lesson = open_lesson(slug)
    compile_pages()
    for entry in load_catalog().lessons:
        load_rubric(entry.slug)
    if load_plan(slug).flaws and not FOR_LEARNERS:
        load_fixtures(lesson._case)
    if len(lesson.tables):
        for heavy in ("pandas", "matplotlib.pyplot", "curriculum.pages.figures"):
            importlib.import_module(heavy)
