"""Tables in a terminal: everything is there, in the width that was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.support.text_table import text_table


def test_long_words_wrap_and_numbers_stand_at_the_right() -> None:
    lines = text_table(["Clause", "Days"], [["a rule that is longer than its column", "7"]], [False, True], 24)
    assert lines == [
        "Clause              Days",
        "──────────────────  ────",
        "a rule that is         7",
        "longer than its",
        "column",
    ]


def test_columns_that_do_not_fit_follow_below_led_by_the_first() -> None:
    names = ["id", *(f"column_{i}" for i in range(12))]
    lines = text_table(names, [["r_01", *(f"value_{i:04}" for i in range(12))]], [False] * 13, 60)
    assert max(map(len, lines)) <= 60
    assert sum(line.startswith("r_01") for line in lines) == sum(line.startswith("id") for line in lines) > 1
    assert all(f"value_{i:04}" in "\n".join(lines) for i in range(12))


words = st.text(st.characters(whitelist_categories=["Ll", "Nd"], max_codepoint=300), min_size=1, max_size=20)


@pytest.mark.slow
@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(
            st.lists(words, min_size=n, max_size=n),
            st.lists(
                st.lists(st.lists(words, max_size=12).map(" ".join), min_size=n, max_size=n), min_size=1, max_size=4
            ),
            st.lists(st.booleans(), min_size=n, max_size=n),
        )
    )
)
def test_nothing_is_lost_and_nothing_sticks_out(table: tuple[list[str], list[list[str]], list[bool]]) -> None:
    columns, rows, right = table
    lines = text_table(columns, rows, right, 80)
    assert max(map(len, lines)) <= 80
    shown = "\n".join(lines).split()
    for word in " ".join([*columns, *(cell for row in rows for cell in row)]).split():
        assert word in shown
