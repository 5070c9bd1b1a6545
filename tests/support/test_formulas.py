"""Formulas: what they give, for one row as CEL does, and what is said where they give no number."""

from __future__ import annotations

import time

import numpy as np
import pytest

from curriculum.support.formulas import compile_formula
from curriculum.support.rules import RuleError

TYPES = {"region": str, "km": float, "hour": int, "paid": bool}
ROWS = {
    "region": np.array(["north", "south", "north", "east"]),
    "km": np.array([0.5, 2.0, 3.25, 0.0]),
    "hour": np.array([9, 18, 19, 23]),
    "paid": np.array([True, False, True, False]),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16", [16, 16, 16, 16]),
        ("16 + 5 * km", [18.5, 26, 32.25, 16]),
        ("(16 + 5) * km - 1", [9.5, 41, 67.25, -1]),
        ("10 - 4 - 3", [3, 3, 3, 3]),
        ("12 / 4 / 3", [1, 1, 1, 1]),
        ("-km + 1", [0.5, -1, -2.25, 1]),
        ("region == 'north' ? 1 : region == 'south' ? 2 : 3", [1, 2, 1, 3]),
        ("hour >= 17 && hour <= 19 ? km * 1.4 : km", [0.5, 2.8, 4.55, 0]),
        ("!paid || km > 3 ? 1 : 0", [0, 1, 1, 1]),
        ("region in ['north', 'east'] ? 2 * km : km", [1, 2, 6.5, 0]),
        ("(region == 'north' ? 4 : 5) + (km < 2 ? 10 : 20)", [14, 25, 24, 15]),
        ("double(hour) + .5", [9.5, 18.5, 19.5, 23.5]),
    ],
)  # fmt: skip
def test_each_row_gets_its_number(text: str, expected: list[float]) -> None:
    assert compile_formula(text, TYPES).numbers(ROWS) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "5 * km - 2",
        "km > 1 ? hour / 2 : -km",
        "region != 'north' && !(km >= 2.0) ? 1 : km * km + hour",
        "1 - 2 * 3 / 4",
    ],
)
def test_a_whole_table_gets_what_cel_gives_row_by_row(text: str) -> None:
    formula = compile_formula(text, TYPES)
    assert formula._at_once is not None
    one_by_one = formula._row_by_row({name: np.asarray(ROWS[name] if ROWS[name].dtype.kind != "i" else
                                      ROWS[name].astype(float)) for name in formula.columns}, 4)  # fmt: skip
    assert formula.numbers(ROWS) == pytest.approx(one_by_one)


@pytest.mark.parametrize(
    ("text", "position", "found", "expected"),
    [
        ("", 1, "an empty formula", "an expression"),
        ("km > 1", 1, "a result that is true or false", "gives a number"),
        ("region", 1, "a result that is text", "gives a number"),
        ("5 * kilometres", 5, "the column kilometres", "region"),
        ("16 + 5 * km +", 14, "the end of the rule", "something more"),
        ("region == 5 ? 1 : 2", 11, "5", "text"),
        ("region in ['north'] ? 'a' : 'b'", 1, "a result that is text", "gives a number"),
        ("10 / km", 1, "no finite number", "a divisor that is never 0"),
        ("km + region", 1, "kinds that do not go together", "the same kind"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_in_what_was_written(
    text: str, position: int, found: str, expected: str
) -> None:
    with pytest.raises(RuleError) as refused:
        compile_formula(text, TYPES).numbers(ROWS)
    assert refused.value.position == position
    assert found in refused.value.found
    assert expected in refused.value.expected


def test_a_guarded_division_counts_only_where_it_is_asked() -> None:
    assert compile_formula("km > 0 ? 10 / km : 0", TYPES).numbers(ROWS) == pytest.approx([20, 5, 10 / 3.25, 0])


def test_ten_thousand_rows_take_milliseconds() -> None:
    rows = {name: np.tile(values, 3000) for name, values in ROWS.items()}
    formula = compile_formula("region == 'north' ? 16 + 5 * km : hour >= 17 && hour < 20 ? 7 * km : 9 + km", TYPES)
    begun = time.perf_counter()
    formula.numbers(rows)
    assert time.perf_counter() - begun < 0.1
