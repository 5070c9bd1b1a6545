"""Proofs that what is run is judged on an unseen draw: a rule by heart fails where a rule by reason holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from curriculum.authoring.judging import judged
from curriculum.authoring.learners_by_heart import by_heart
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.shapes import Sort, leaves, shape_of
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.support.rules import RuleError, compile_rule

WORLDS = 3
_COMPARES = re.compile(r"[A-Za-z_]\w*\s*(==|!=|<=|>=|<|>)|&&|\|\||^!\w")


@for_the_lesson
def what_is_run_is_declared(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every rule that an exemplar writes over a table is declared in lesson.toml as executed."""
    case = subject.case(seeds[0])
    declared = {(executed.artifact, executed.rules) for executed in subject.plan.executed}
    found: dict[tuple[str, str], str] = {}
    for files in subject.fixtures(seeds[0]).exemplars.values():
        for kind, model in subject.rubric.artifacts.items():
            for path, leaf, value in leaves(shape_of(model), files.get(kind)):
                if leaf.sort is Sort.TEXT and _COMPARES.search(str(value)) and (table := _table_of(str(value), case)):
                    found[kind, ".".join("*" if isinstance(step, int) else step for step in path)] = table
    for (kind, place), table in found.items():
        if (kind, place) not in declared:
            yield f"{kind}.{place}", f"it is a rule over the table {table}, and lesson.toml does not say that it is run"
    for executed in subject.plan.executed:
        if executed.artifact not in subject.rubric.artifacts or executed.table not in case.columns:
            yield executed.artifact, f"there is no such artifact, or no table {executed.table}"


def _table_of(text: str, case: Case) -> str:
    """The table over which a text is a rule; blank where it is none."""
    kinds: dict[str, type] = {"b": bool, "i": int, "u": int, "f": float}
    for name, columns in case.columns.items():
        types = {column: kinds.get(values.dtype.kind, str) for column, values in columns.items()}
        try:
            if compile_rule(text, types).columns:
                return name
        except RuleError:
            continue
    return ""


@for_the_lesson
def a_second_draw_is_of_the_same_world(subject: Subject, seeds: Sequence[int]) -> Against:
    """What is run has a second draw: the same people and facts, the same columns, other rows, the same each time."""
    for seed in seeds[:WORLDS] if subject.plan.executed else ():
        case, other = subject.case(seed), subject.unseen(seed)
        if other is None:
            yield "redraw", "the case has no second draw, and the lesson runs what learners write"
            return
        if (other.slug, other.seed) != (case.slug, case.seed):
            yield "redraw", "it says that it is another world"
        if dict(other.people) != dict(case.people) or dict(other.facts) != dict(case.facts):
            yield "redraw", "its people or facts are others than those of the world"
        for executed in subject.plan.executed:
            shown, unseen = case.columns[executed.table], other.columns.get(executed.table, {})
            if {name: values.dtype.kind for name, values in shown.items()} != {
                name: values.dtype.kind for name, values in unseen.items()
            }:
                yield f"redraw/{executed.table}", "its columns are others than those of the table that is shown"
            elif all(np.array_equal(shown[name], unseen[name]) for name in shown):
                yield f"redraw/{executed.table}", "its rows are those that the table shows"


@for_the_lesson
def rules_by_heart_fail(subject: Subject, seeds: Sequence[int]) -> Against:
    """A rule that lists the rows of the shown table, by their ids or by any column, loses points."""
    kept: dict[tuple[str, str], int] = {}
    for seed in seeds[:WORLDS] if subject.plan.executed else ():
        case = subject.case(seed)
        for files in subject.fixtures(seed).exemplars.values():
            full = judged(subject, case, files).points
            for executed in subject.plan.executed:
                for column, listed in by_heart(case, files, executed):
                    if judged(subject, case, listed).points >= full - 1e-9:
                        kept.setdefault((f"{executed.artifact}.{executed.rules}", column), seed)
    for (place, column), seed in kept.items():
        yield place, f"in world {seed}, rules that list the rows by {column} lose nothing; run them on an unseen draw"
