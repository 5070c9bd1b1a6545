"""Which cells of a notebook only show something: their title, and when they run by themselves.

A front end that knows the course folds their code behind the title; everywhere else they are cells like others.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from curriculum.authoring.subject import Subject
from curriculum.course.table_titles import TableTitles, load_titles

SHOW = "show"
"""Runs when the notebook opens."""
LATE = "late"
"""Runs when the notebook opens, and again when it comes into view after a review."""
ASK = "ask"
"""Folded; runs when the learner asks for it."""
DATA = "data"
"""Computes and shows: folded without a title, runs when it comes into view, after the data cells that it needs."""
FRESH = "fresh"
"""Besides: reads what the learner has written, and runs again when that has changed."""

_LESSON = {
    "map": (LATE, "The course"),
    "recall": (SHOW, "From earlier lessons"),
    "review": (LATE, "Your review"),
    "skills": (LATE, "What your work has shown"),
    "brief": (SHOW, "The situation"),
    "talk": (SHOW, "The conversation"),
    "guide": (SHOW, "Before you write: {title}"),
    "form": (SHOW, "{title}"),
    "board": (SHOW, "{title}"),
    "read_back": (SHOW, "Say it back: {title}"),
    "grid": (SHOW, "{title}"),
    "lanes": (SHOW, "{title}"),
    "how_sure": (SHOW, "Before the review: {title}"),
    "debrief": (SHOW, "Looking back"),
    "check": (ASK, "Review: {title}"),
    "hint": (ASK, "A hint"),
    "exemplar": (ASK, "How somebody else did it: {title}"),
    "document": (ASK, "{title}, as one page"),
    "what_happened_next": (ASK, "What happened next"),
    "story": (LATE, "Your story"),
    "hunt_before": (ASK, "What do you see already? Five minutes, optional"),
    "did_it_help": (LATE, "Did it help?"),
    "next": (LATE, "What comes next"),
}
_FLAWS = {
    "draft": (LATE, "A colleague’s draft"),
    "form": (LATE, "What is true of the draft"),
    "how_sure": (LATE, "Before you look: how sure are you?"),
    "check": (ASK, "What you found"),
}


@dataclass(frozen=True)
class Fold:
    """What stands in place of a cell's code, and when the cell runs without being asked."""

    title: str
    when: str


def fold_of(source: str, subject: Subject, title: str = "", tags: tuple[str, ...] = ()) -> Fold | None:
    """How a code cell is folded; None for one whose code is there to be read and changed.

    A cell that its author gave a title is folded under it, and runs when it is asked unless its tags say when.
    """
    named = next((tag for tag in tags if tag in (SHOW, LATE, ASK)), "")
    if title:
        return Fold(title, named or ASK)
    if f'open_lesson("{subject.slug}")' in source and source.rstrip().endswith("\nlesson"):
        return Fold("This lesson", SHOW)
    try:
        calls = [_steps(statement) for statement in ast.parse(source).body]
    except SyntaxError:  # a magic
        return None
    if not calls or calls[0] is None:
        return None
    found = _known(calls[0], subject)
    return Fold(found.title, named or found.when) if found else None


def _known(steps: list[tuple[str, tuple[object, ...]]], subject: Subject) -> Fold | None:
    match steps:
        case [("lesson", _), ("tables", _), (table, ())] if table in _tables(subject):
            return Fold(_titles(subject).table(table), SHOW)
        case [("lesson", _), ("find_flaws", _), (step, _)] if step in _FLAWS:
            return Fold(_FLAWS[step][1], _FLAWS[step][0])
        case [("lesson", _), (step, arguments)] if step in _LESSON:
            when, title = _LESSON[step]
            kind = str(arguments[0]) if arguments else step
            model = subject.rubric.artifacts.get(kind)
            return Fold(title.format(title=model.title if model else ""), when)
    return None


def data_tags(source: str) -> tuple[str, ...]:
    """How a cell that is not folded under a title is tagged: none for a magic, and for one that opens the lesson."""
    try:
        body = ast.parse(source)
    except SyntaxError:
        return ()
    calls = [node for node in ast.walk(body) if isinstance(node, ast.Call)]
    if not body.body or any(isinstance(call.func, ast.Name) and call.func.id == "open_lesson" for call in calls):
        return ()
    if any(ast.unparse(call.func) == "lesson.put" for call in calls):
        return DATA, ASK
    reads = any(isinstance(given, ast.Name) and given.id == "lesson" for call in calls for given in call.args)
    return (DATA, FRESH) if reads else (DATA,)


def _tables(subject: Subject) -> set[str]:
    return set(subject.case(0).columns)


def _titles(subject: Subject) -> TableTitles:
    return load_titles(subject.slug)


def _steps(statement: ast.stmt) -> list[tuple[str, tuple[object, ...]]] | None:
    """`lesson.form("prd")` as [("lesson", ()), ("form", ("prd",))]; None for anything that is more than that."""
    if not isinstance(statement, ast.Expr):
        return None
    steps: list[tuple[str, tuple[object, ...]]] = []
    node: ast.expr = statement.value
    arguments: tuple[object, ...] = ()
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Call):
            if node.keywords or not all(isinstance(argument, ast.Constant) for argument in node.args):
                return None
            arguments = tuple(argument.value for argument in node.args if isinstance(argument, ast.Constant))
            node = node.func
        elif isinstance(node, ast.Attribute):
            steps.append((node.attr, arguments))
            node, arguments = node.value, ()
        else:
            return None
    return [(node.id, arguments), *reversed(steps)]
