"""The pictures of a test say what was counted, take a sentence in place of a table, and name what is not known."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.cases import Case, load_case
from curriculum.cases.latency_or_accuracy.experiment import table
from curriculum.notebook.desks.experiment_pictures import page_by_load, parts_apart, week_by_week
from curriculum.notebook.desks.pictures import Picture

SLUG = "latency_or_accuracy"


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(SLUG, 1)


@pytest.fixture(scope="module")
def test(case: Case) -> pd.DataFrame:
    return pd.DataFrame(dict(table(case.truth.parted.run)))


def test_the_page_by_load_says_the_highest_p95_of_each_share_and_the_limit(case: Case) -> None:
    shadow = case.tables.shadow
    picture = page_by_load(case.tables, limit=400)
    for share, rows in shadow.groupby("mirrored_percent"):
        assert f"With {share} of 100 requests mirrored" in picture.words
        assert f"and {rows['page_p95_ms'].max():.0f} ms" in picture.words
    assert "The limit is 400 ms" in picture.words
    assert "limit" not in page_by_load(case.tables).words
    assert "<svg" in picture.svg


def test_weeks_are_read_apart_for_new_and_returning_visitors(case: Case, test: pd.DataFrame) -> None:
    picture = week_by_week(test)
    assert isinstance(picture, Picture)
    week = test[(test["day"] <= 7) & test["returning"]]
    rates = week.groupby("variant")[["orders", "visitors"]].sum().eval("orders / visitors")
    expected = 100 * (rates["complex"] / rates["light"] - 1)
    assert f"Week 1, were here before: {expected:+.1f} % orders" in picture.words
    assert picture.words.count("Week ") == 2 * case.truth.parted.weeks
    assert "<svg" in picture.svg
    without = week_by_week(test, without=["old_app"])
    assert isinstance(without, Picture)
    assert without.words != picture.words


def test_where_there_is_nothing_to_compare_a_sentence_says_so(test: pd.DataFrame) -> None:
    assert week_by_week("There is no test yet.") == "There is no test yet."
    assert "light and complex" in str(week_by_week(test[test["variant"] != "complex"]))
    assert parts_apart("There is no test yet.") == "There is no test yet."
    blank = pd.DataFrame({"segment": ["phone"], "net": [None], "speed": [None], "model": [None]})
    assert parts_apart(blank) == "No part of any difference can be told from this test."


def test_parts_that_a_test_cannot_tell_are_named(case: Case) -> None:
    rows = pd.DataFrame(case.truth.parted.segments)
    whole = parts_apart(rows)
    assert isinstance(whole, Picture)
    assert "Not known" not in whole.words
    assert f"between {rows['model_low'][0]:+.1f} and {rows['model_high'][0]:+.1f}" in whole.words
    partly = parts_apart(rows.assign(speed=None, model=None, model_low=None, model_high=None))
    assert isinstance(partly, Picture)
    assert "Not known from this test: phone, light, slowed" in partly.words
    assert partly.finding != whole.finding
    assert "<svg" in whole.svg
    assert "<svg" in partly.svg
