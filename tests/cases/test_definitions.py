"""Definitions as entries: a value recomputes from its parts, and parts that give no number say so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from curriculum.cases.base import frozen_columns
from curriculum.cases.definitions import (
    Count,
    Definition,
    NotCounted,
    Population,
    Window,
    by_population,
    counted,
    definition_table,
    ratio,
    value_of,
)

FIRST = dt.date(2027, 2, 1)
DAYS = np.datetime64(FIRST, "D") + np.arange(14)
TABLES = {
    "visits": frozen_columns(
        day=np.repeat(DAYS, 2),
        device=np.tile(np.array(["phone", "desktop"]), 14),
        visits=np.tile(np.array([100, 300]), 14),
        left=np.tile(np.array([10, 3]), 14),
    ),
    "waits": frozen_columns(
        week=np.array(["2027-02-01", "2027-02-08"], dtype="datetime64[D]"), p95_ms=np.array([900, 1200])
    ),
}
VISITS = Count("visits", "Visits", table="visits", plus=("visits",))
LEFT = Count("left", "Visits that leave", table="visits", plus=("left",))
WAIT = Count("wait", "Milliseconds", table="waits", plus=("p95_ms",), adds_up=False)
FORTNIGHT = Window("fortnight", "1 to 14 February", first=FIRST, last=FIRST + dt.timedelta(days=13))
LAST = Window("last", "8 to 14 February", first=FIRST + dt.timedelta(days=7), last=FORTNIGHT.last)
BEFORE = Window("before", "1 to 7 February", first=FIRST, last=FIRST + dt.timedelta(days=6))
PHONE = Population("phone", "People with a phone", column="device", value="phone")
SHARE = Definition("left", "Leavers, of 100 visits", word="leaving", numerator=LEFT, denominator=VISITS,
                   window=FORTNIGHT, unit="per 100")  # fmt: skip


def test_a_share_adds_up_first_and_divides_then() -> None:
    assert value_of(SHARE, TABLES) == pytest.approx(100 * 13 / 400)
    assert value_of(replace(SHARE, population=PHONE), TABLES) == pytest.approx(10.0)


def test_frames_of_a_notebook_give_the_same() -> None:
    frames = {
        name: pd.DataFrame({key: column.copy() for key, column in table.items()}) for name, table in TABLES.items()
    }
    assert value_of(SHARE, frames) == pytest.approx(value_of(SHARE, TABLES))


def test_columns_are_taken_away_and_rows_kept_by_what_they_say() -> None:
    stayed = Count("stayed", "Visits that stay", table="visits", plus=("visits",), minus=("left",))
    assert counted(stayed, TABLES, BEFORE) == 7 * (400 - 13)
    phones = replace(LEFT, where=(("device", "phone"),))
    assert counted(phones, TABLES, BEFORE) == 70


def test_a_reading_is_read_in_one_row_and_its_change_taken_between_two() -> None:
    reading = Definition("wait", "Wait", numerator=WAIT, window=LAST, times=1.0, unit="ms")
    assert value_of(reading, TABLES) == 1200
    assert value_of(replace(reading, against=BEFORE), TABLES) == 300
    with pytest.raises(NotCounted, match="2 rows"):
        value_of(replace(reading, window=FORTNIGHT), TABLES)


def test_a_week_counts_only_if_all_of_it_lies_in_the_window() -> None:
    with pytest.raises(NotCounted):
        counted(WAIT, TABLES, replace(LAST, last=LAST.last - dt.timedelta(days=1)))


def test_parts_that_give_no_number_say_why() -> None:
    with pytest.raises(NotCounted, match="does not know people with a phone"):
        counted(WAIT, TABLES, LAST, PHONE)
    nothing = Count("nothing", "Nothing", table="visits", plus=("left",), minus=("left",))
    with pytest.raises(NotCounted, match="nothing to count of"):
        ratio(LEFT, nothing, TABLES, FORTNIGHT)
    outside = replace(FORTNIGHT, first=dt.date(2028, 1, 1), last=dt.date(2028, 1, 9))
    with pytest.raises(NotCounted, match="0 rows"):
        counted(LEFT, TABLES, outside)


def test_groups_stand_without_everybody_and_without_a_handful() -> None:
    groups = {one.id: one for one in (Population("everybody", "Everybody"), PHONE,
                                      replace(PHONE, id="desktop", value="desktop"))}  # fmt: skip
    assert by_population(LEFT, VISITS, TABLES, FORTNIGHT, groups, 0.05) == {"phone": 10.0, "desktop": 1.0}
    assert by_population(LEFT, VISITS, TABLES, FORTNIGHT, groups, 0.5) == {"phone": 10.0}
    alone = by_population(replace(WAIT, adds_up=True), replace(WAIT, adds_up=True), TABLES, LAST, groups, 0.05)
    assert alone == {"everybody": 100.0}


def test_the_table_says_every_part_in_words() -> None:
    table = definition_table({"left": SHARE})
    assert [table[name][0] for name in ("definition", "word", "numerator", "denominator", "window", "unit")] == [
        "left", "leaving", "Visits that leave", "Visits", "1 to 14 February", "per 100",
    ]  # fmt: skip
    assert FORTNIGHT.days == 14
