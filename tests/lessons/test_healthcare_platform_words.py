"""Learners of `healthcare_platform` read words, never the ids of clauses, requirements, releases and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from curriculum.cases import load_case
from curriculum.course.fixtures import load_fixtures, write_files
from curriculum.course.table_titles import load_titles
from curriculum.course.templates import render
from curriculum.learner.variant import write_stated
from curriculum.pages.reporting import review, titled
from graders import load_rubric
from graders.grade import grade_folder
from tests.helpers.worlds import over_worlds

SLUG = "healthcare_platform"
NAMED = (
    "clauses",
    "requirements",
    "controls",
    "releases",
    "runs",
    "signatures",
    "discovery",
    "delivery",
    "uses",
    "facts",
)
NOTATION = {"score", "trees", "sequence", "reasons", "segment", "cost", "caught"}
"""Ids that are words of the trade as well."""


def ids(seed: int) -> re.Pattern[str]:
    """Any id of the kinds above that reads like code."""
    registry = load_case(SLUG, seed).registry
    found = {id for kind in NAMED for id in registry.entries(kind) if "_" in id} - NOTATION
    assert len(found) > 100
    return re.compile(rf"\b({'|'.join(map(re.escape, sorted(found)))})\b")


@over_worlds(range(6))
def test_tables_show_words_for_ids(seed: int) -> None:
    case, titles, raw = load_case(SLUG, seed), load_titles(SLUG), ids(seed)
    texts = [(name, column, str(value)) for name, columns in case.columns.items() if name != "audit_log"
             for column, values in columns.items() if values.dtype.kind in "OU" for value in values]  # fmt: skip
    assert [each for each in texts if raw.search(titles.said(each[2]))] == []
    clauses = {titles.said(id) for id in case.registry.entries("clauses")}
    assert len(clauses) == len(case.registry.entries("clauses")), "two clauses have the same words"


@over_worlds(range(6))
def test_labels_and_hints_hold_words_for_ids(seed: int) -> None:
    case, raw = load_case(SLUG, seed), ids(seed)
    labels = [entry.label for entries in case.registry.kinds.values() for entry in entries.values()]
    hints = [render(hint, case) for criterion in load_rubric(SLUG).criteria.values() for hint in criterion.hints]
    assert [text for text in labels if raw.search(text)] == []
    assert [text for text in (titled(hint, case) for hint in hints) if raw.search(text) or "_" in text] == []


def shown(found: object) -> Iterator[str]:
    """All that a review shows in words."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from shown(value) if key not in ("id", "place", "kind", "file", "who") else ()
    elif isinstance(found, (list, tuple)):
        for value in found:
            yield from shown(value)


@pytest.mark.slow
def test_no_review_names_an_id(tmp_path: Path) -> None:
    case, rubric, raw = load_case(SLUG, 4), load_rubric(SLUG), ids(4)
    fixtures = load_fixtures(case)
    said = set()
    for miss in fixtures.near_misses:
        folder = tmp_path / miss.id
        folder.mkdir()
        write_stated(folder, case)
        write_files(fixtures.near_miss_files(miss), folder)
        said |= {
            text for artifact in grade_folder(rubric, case, folder).artifacts for text in shown(review(artifact, case))
        }
    assert any(re.match(r"Release \d+ passes, although", text) for text in said)
    assert sorted(text for text in said if raw.search(text)) == []
