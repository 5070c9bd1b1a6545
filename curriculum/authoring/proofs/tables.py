"""Proofs about what learners see of the data: every table and column has a title, and measures have units."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.course.table_titles import numbered, read_titles

LONGEST_TITLE = 44
"""Characters; a longer title makes its column wider than what stands in it."""


@for_the_lesson
def tables_are_titled(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every table and column has a short title in tables.toml, with a unit where it holds measures, and no other."""
    tables = subject.case(seeds[0]).columns
    if not tables:
        return
    titles = read_titles(subject.text("tables.toml"))
    for name, columns in tables.items():
        if not titles.tables.get(name, "").strip():
            yield f"tables.toml, {name}", "the table has no title under [tables]"
        for column, values in columns.items():
            title = titles.columns.get(name, {}).get(column, "").strip()
            place = f"tables.toml, {name}.{column}"
            if not title:
                yield place, f"the column has no title under [columns.{name}]"
            elif values.dtype.kind == "f" and not title.endswith(")"):
                yield place, f"{title!r} is measured and names no unit in brackets at its end"
            elif len(title) > LONGEST_TITLE or "_" in title:
                yield place, f"{title!r} is no title: at most {LONGEST_TITLE} characters, and words without _"
    for name in sorted({*titles.tables, *titles.columns} - set(tables)):
        yield f"tables.toml, {name}", "there is no such table in the case"
    for name, titled in titles.columns.items():
        for column in sorted(set(titled) - set(tables.get(name, titled))):
            yield f"tables.toml, {name}.{column}", "there is no such column in the table"
    every = {column for columns in tables.values() for column in columns} | set(titles.made)
    for column in sorted(set(titles.ids) - every):
        yield f"tables.toml, {column}", "there is no such column among those that name things"
    known = _ids(subject, seeds)
    for id in sorted(set(titles.words) - known - {numbered(id)[0] for id in known}):
        yield f"tables.toml, {id}", "it has words, and nothing in the case is called that"


def _ids(subject: Subject, seeds: Sequence[int]) -> set[str]:
    """Everything that an entry or a text in a table of these worlds is called."""
    cases = [subject.case(seed) for seed in seeds]
    named = {id for case in cases for entries in case.registry.kinds.values() for id in entries}
    texts = (values for case in cases for columns in case.columns.values() for values in columns.values())
    return named | {part for values in texts if values.dtype.kind in "OU" for text in set(values.tolist())
                    for part in str(text).split(", ")}  # fmt: skip
