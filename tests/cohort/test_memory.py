"""A class of thousands has every world of every lesson: judging one leaves nothing of it behind."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest

from curriculum.artifacts import yaml_text
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_fixtures
from curriculum.support.worlds import forget_worlds
from graders import load_rubric
from graders.grade import grade_folder

LEFT = 1.0
"""MB that words, numbers and rules of one submission may add to what is remembered of texts."""


@pytest.mark.slow
@pytest.mark.xdist_group("memory")  # early, and in one process: it forgets what others there have made
@pytest.mark.parametrize("slug", [entry.slug for entry in load_catalog().lessons])
def test_nothing_of_a_world_stays(slug: str, tmp_path: Path) -> None:
    _judge(slug, 70, tmp_path / "first")  # what is the same in every world, and imports
    forget_worlds()
    tracemalloc.start()
    try:
        before = _held()
        _judge(slug, 71, tmp_path / "second")
        forget_worlds()
        left = _held() - before
    finally:
        tracemalloc.stop()
    assert left < LEFT, f"a world leaves {left:.1f} MB"


def _judge(slug: str, world: int, folder: Path) -> None:
    case = load_case(slug, world)
    fixtures = load_fixtures(case)
    files = [next(iter(fixtures.exemplars.values())), *map(fixtures.near_miss_files, fixtures.near_misses[:1])]
    stated = {"case": {"lesson": slug, "variant": world, "case_version": case.version}}
    for number, mine in enumerate(files):
        (answers := folder / str(number)).mkdir(parents=True)
        for name, data in {**stated, **mine}.items():
            (answers / f"{name}.yaml").write_text(yaml_text.dump(data), encoding="utf-8")
        grade_folder(load_rubric(slug), case, answers)


def _held() -> float:
    """MB that Python and numpy hold."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0] / 2**20
