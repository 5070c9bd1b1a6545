"""Worlds that are drawn without numpy: the same in every Python, and no other than arrays would give."""

from __future__ import annotations

import datetime as dt
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from curriculum.cases import load_case
from curriculum.cases.base import ListedColumns, frozen_columns, listed, row_count
from curriculum.cases.dice import Dice
from curriculum.course.table_titles import load_titles
from curriculum.pages.tables import listed_html, table_html

DAYS = [dt.date(2026, 3, 2), dt.date(2026, 3, 3), dt.date(2026, 3, 4)]


def test_a_listed_table_is_what_arrays_would_be() -> None:
    plain = ListedColumns(day=DAYS, minutes=[3, 1, 2], who=["a", "b", "c"])
    arrays = frozen_columns(
        day=np.array(DAYS, dtype="datetime64[D]"), minutes=np.array([3, 1, 2]), who=np.array(["a", "b", "c"])
    )
    assert list(plain) == list(arrays)
    for name, values in arrays.items():
        assert plain[name].dtype == values.dtype
        assert plain[name].tolist() == values.tolist()
        assert plain[name] is plain[name]
        assert not plain[name].flags.writeable
    assert {name: list(values) for name, values in listed(plain).items()} == listed(arrays)
    assert row_count(plain) == row_count(arrays) == 3
    assert row_count(ListedColumns()) == 0


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="columns differ in length"):
        ListedColumns(day=DAYS, minutes=[1])


def test_dice_are_fair_and_repeat_themselves() -> None:
    first, again, other = Dice("welcome", 3), Dice("welcome", 3), Dice("welcome", 4)
    drawn = [first.integer(2, 5) for _ in range(3000)]
    assert drawn == [again.integer(2, 5) for _ in range(3000)]
    assert drawn != [other.integer(2, 5) for _ in range(3000)]
    assert {value: round(drawn.count(value) / 3000, 1) for value in (2, 3, 4)} == {2: 0.3, 3: 0.3, 4: 0.3}
    waited = [first.waited(6) for _ in range(4000)]  # a gamma of shape 6: mean 6, variance 6
    assert abs(statistics.mean(waited) - 6) < 0.2
    assert abs(statistics.variance(waited) - 6) < 0.6
    ends = [first.shuffled("abcd") for _ in range(2000)]
    assert all(sorted(end) == list("abcd") for end in ends)
    assert all(abs(sum(end[0] == letter for end in ends) / 2000 - 0.25) < 0.04 for letter in "abcd")


def test_dice_fall_as_they_fell_for_everybody_before() -> None:
    """A change of this would give learners another world than the one that their answers state."""
    dice = Dice("welcome", 0)
    assert [dice.integer(0, 1000) for _ in range(5)] == [956, 424, 69, 914, 973]
    assert dice.waited(3) == pytest.approx(1.4166634516413699, abs=1e-12)


@pytest.mark.parametrize("rows", [5, 40, 200])
def test_a_listed_table_is_shown_as_pandas_tables_are(rows: int) -> None:
    case, titles = load_case("welcome", 3), load_titles("welcome")
    assert listed_html("mornings", case.columns["mornings"], titles, rows) == table_html(
        case.tables.mornings.head(rows), titles
    )


def test_the_first_lesson_opens_and_is_graded_without_numpy(tmp_path: Path) -> None:
    code = """
import sys
for name in ("numpy", "pandas", "matplotlib", "scipy"):
    sys.modules[name] = None
from pathlib import Path
from curriculum import open_lesson
from curriculum.course.fixtures import load_exemplar, write_files
folder = Path(sys.argv[1])
lesson = open_lesson("welcome", folder)
write_files(load_exemplar(lesson._case, "earlier_job"), folder / "answers")
for shown in (lesson.brief(), lesson.talk(), lesson.guide("ask"), lesson.form("ask"), lesson.story()):
    repr(shown)
lesson.check("ask")
print(lesson.points("ask"))
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "6.0"
