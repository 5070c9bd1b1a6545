"""Ids that nobody knows, one at a time, in otherwise right answers: no check of any lesson breaks over one.

Where a check breaks there is no score, and a person has to grade by hand: whoever finds such an id chooses that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from curriculum.cases import load_case
from curriculum.cohort.judging import Unit, judge
from curriculum.cohort.result import Result, SubmissionStatus
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_fixtures, write_files
from graders import load_rubric

pytestmark = pytest.mark.slow

SEED = 1
_ID = re.compile(r"[a-z][a-z0-9_]*")

Place = tuple[str | int, ...]


def places(data: Any, place: Place = ()) -> Iterator[Place]:
    """The places in plain data at which an id stands."""
    if isinstance(data, str):
        if _ID.fullmatch(data):
            yield place
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*place, key))


def first_of_each(found: Iterator[Place]) -> list[Place]:
    """One place of each field: the rows of a table are alike."""
    kept: dict[Place, Place] = {}
    for place in found:
        kept.setdefault(tuple(key for key in place if isinstance(key, str)), place)
    return list(kept.values())


def with_id(data: dict[str, Any], place: Place, id: str) -> dict[str, Any]:
    changed = deepcopy(data)
    inner: Any = changed
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = id
    return changed


@pytest.mark.parametrize("slug", [entry.slug for entry in load_catalog().lessons])
def test_an_id_that_nobody_knows_breaks_no_check(slug: str, tmp_path: Path) -> None:
    files = next(iter(load_fixtures(load_case(slug, SEED)).exemplars.values()))
    artifacts = {kind: data for kind, data in files.items() if kind in load_rubric(slug).artifacts}
    asked = first_of_each(places(artifacts))
    assert asked
    broken = []
    for number, place in enumerate(asked):
        folder = tmp_path / str(number)
        write_files(with_id(files, place, "nobody_knows_this"), folder / "answers")
        result = judge(Unit("ada", slug, str(folder), SEED))
        assert isinstance(result, Result)
        if result.status is SubmissionStatus.FAILED:
            broken.append((place, result.sentence))
    assert broken == []
