"""Two people replace one value at the same time: whatever they write and whoever is first, no words are lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.artifacts.merging import alike, both, is_nothing, loses

TEXT = st.text(alphabet="ab \t\n\r", max_size=6)
VALUE = TEXT | st.none() | st.integers(-2, 2) | st.booleans() | st.lists(TEXT, max_size=2)


def save(stands: Any, begun: Any, wanted: Any) -> tuple[Any, list[Any]]:
    """What stands after a save, and what was put beside it."""
    return (stands, [wanted]) if loses(stands, [begun], wanted) else (wanted, [])


@given(begun=VALUE, first=VALUE, second=VALUE)
def test_of_two_who_begin_from_the_same_value_neither_loses_a_word(begun: Any, first: Any, second: Any) -> None:
    for one, other in ((first, second), (second, first)):
        stands, beside = save(*save(begun, begun, one)[:1], begun, other)
        seen = [stands, *beside]
        # Whoever changed something finds it again, there or beside; who changed nothing takes nothing away.
        for words in (one, other):
            unchanged = alike(words, begun) or is_nothing(words)
            assert unchanged or any(alike(words, each) for each in seen), (begun, one, other, seen)


@given(begun=VALUE, words=st.lists(VALUE, max_size=5))
def test_one_who_writes_alone_meets_nobody(begun: Any, words: list[Any]) -> None:
    stands = begun
    for wanted in words:
        assert not loses(stands, [stands], wanted)
        stands = wanted


@given(begun=VALUE, sent=st.lists(VALUE, min_size=1, max_size=4), arrived=st.integers(0, 3), wanted=VALUE)
def test_what_one_sent_oneself_is_nobody_elses(begun: Any, sent: list[Any], arrived: int, wanted: Any) -> None:
    stands = sent[arrived % len(sent)]
    assert not loses(stands, [begun, *sent], wanted)


@given(one=TEXT, other=TEXT)
def test_how_a_file_ends_its_lines_is_no_change(one: str, other: str) -> None:
    rewritten = one.replace("\r\n", "\n").replace("\r", "\n").replace("\n", " \r\n") + " "
    assert alike(one, rewritten) and not loses(rewritten, [one], other)


@given(one=VALUE, other=VALUE)
def test_being_alike_goes_both_ways(one: Any, other: Any) -> None:
    assert alike(one, one) and alike(one, other) == alike(other, one)


@given(stands=TEXT, mine=TEXT)
def test_both_hold_every_line_of_each(stands: str, mine: str) -> None:
    together = both(stands, mine)
    for text in (stands, mine):
        lines = [line.rstrip() for line in text.strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        assert "\n".join(lines) in together


@pytest.mark.parametrize(
    ("stands", "begun", "wanted", "lost"),
    [
        ("theirs", "", "mine", True),
        ("theirs", "old", "", True),
        ("same", "old", "same ", False),
        ("", "old", "mine", False),
        (None, 3.5, 4.0, False),
        (3.5, 3, 4, True),
        (180.0, 180, 190, False),
        (True, 1, False, True),
        (["a", "b"], ["a"], ["a", "c"], True),
        ({"name": "a", "rows": []}, {"name": "a"}, None, False),
    ],
)
def test_what_counts_as_somebody_elses(stands: Any, begun: Any, wanted: Any, lost: bool) -> None:
    assert loses(stands, [begun], wanted) is lost


def test_values_are_compared_as_their_writer_writes_them() -> None:
    assert not loses(180.0, [" 180 "], 190, usual=float)
    assert loses(181.0, [" 180 "], 190, usual=float)
