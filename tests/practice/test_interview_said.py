"""Equal numbers are equal in whatever notation, percent is no percentage point, and words are read as numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.artifacts.star import Figure, Star
from curriculum.cases.interviews.units import are_equal
from curriculum.practice.interview import claims
from curriculum.practice.interview.said import unsaid_figures, untyped_numbers


def story(before: float, after: float, unit: str, text: str, **more: Any) -> Star:
    figure = {"days": 28}
    data = {
        "result": text,
        "unit": unit,
        "baseline": {"value": before, "on": "2026-03-01", **figure},
        "result_figure": {"value": after, "on": "2026-05-24", **figure},
        "change": round(after - before, 4),
        **more,
    }
    return Star.model_validate(data)


@pytest.mark.parametrize(
    ("unit", "before", "text"),
    [
        ("left_per_100", 34.5, "34.5 %"),
        ("left_per_100", 34.5, "34.5 percent of searches"),
        ("left_per_100", 34.5, "34.5 per 100"),
        ("left_per_100", 34.5, "about 35 of 100"),
        ("left_per_100", 34.5, "345 of 1,000"),
        ("left_per_100", 34.5, "34,5 %"),
        ("left_per_100", 33.4, "a third of all searches"),
        ("percent", 34.5, "34.5 per 100"),
        ("percent", 13.6, "about 14 percent"),
        ("percent", 13.6, "about 14"),
        ("orders_per_1000", 26.3, "26.3 of 1,000"),
        ("orders_per_1000", 26.3, "2.63 percent"),
        ("minutes", 90, "an hour and a half"),
        ("days", 42, "six weeks"),
        ("milliseconds", 300, "0.3 seconds"),
        ("things", 31, "thirty-one"),
    ],
)
def test_a_number_is_said_in_any_notation_that_means_the_same(unit: str, before: float, text: str) -> None:
    star = story(before, 12.34, unit, f"Before, it was {text}.")
    assert "the number before" not in unsaid_figures(star)
    assert untyped_numbers(star) == []


@pytest.mark.parametrize(
    ("unit", "before", "text"),
    [
        ("orders_per_1000", 26.3, "26.3 percent"),
        ("orders_per_1000", 26.3, "26.3 of 100"),
        ("left_per_100", 34.5, "34.5 points"),
        ("left_per_100", 34.5, "34.5 of 1,000"),
        ("left_per_100", 34.5, "36 percent"),
        ("things", 31, "31 percent"),
        ("days", 42, "five weeks"),
    ],
)
def test_the_same_digits_in_another_unit_are_another_number(unit: str, before: float, text: str) -> None:
    star = story(before, 12.34, unit, f"Before, it was {text}.")
    assert "the number before" in unsaid_figures(star)
    assert untyped_numbers(star)


def test_a_small_count_is_no_share_that_is_near_it() -> None:
    assert "the number before" in unsaid_figures(story(19.4, 12.34, "orders_per_1000", "Two teams could not agree."))
    assert "the number before" not in unsaid_figures(story(20.0, 12.34, "orders_per_1000", "It was 2 percent."))
    assert "the number before" not in unsaid_figures(story(2.0, 12.34, "things", "There were two."))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It fell by 4.4 percentage points.", None),
        ("It fell by 4.4 points.", None),
        ("It fell by 12.8 percent.", None),
        ("It fell by an eighth.", None),
        ("It is an eighth less.", None),
        ("It fell by 4.4 percent.", "percentage points"),
        ("It fell by 12.8 percentage points.", "percent of what was before"),
        ("It fell by a third.", ""),
        ("It is a third less.", ""),
        ("A third of the team was new.", None),
        ("It was halved.", ""),
        ("It took 12 weeks from one to the other.", None),
    ],
)
def test_percent_and_percentage_points_differ_in_the_text(text: str, why: str | None) -> None:
    found = untyped_numbers(story(34.5, 30.1, "percent", text))
    if why is None:
        assert found == []
    else:
        assert why in found[0].why
        assert bool(found[0].why) is bool(why)


def test_they_differ_in_the_claims() -> None:
    assert not claims.wrong_sums(story(34.5, 30.1, "percent", "", change_percent=-12.8))
    assert claims.wrong_sums(story(34.5, 30.1, "percent", "", change_percent=-4.4))
    assert claims.wrong_sums(story(34.5, 30.1, "points", ""))


def test_a_turn_is_seen_though_its_numbers_are_rounded() -> None:
    assert claims.turned_round(story(34.5, 30.1, "left_per_100", "It went from about 30 to 34.5 percent."))
    assert not claims.turned_round(story(34.5, 30.1, "left_per_100", "It went from 34.5 to about 30 percent."))


@given(st.floats(0.5, 99), st.sampled_from(["left_per_100", "percent", "readers_per_100"]))
def test_shares_are_equal_whatever_they_are_called(value: float, unit: str) -> None:
    assert are_equal(value, unit, value, "percent")
    assert are_equal(10 * value, "orders_per_1000", value, "percent")
    assert not are_equal(10 * value, "orders_per_1000", value, "readers_per_100")  # shares of other things
    assert not are_equal(value, "orders_per_1000", value, unit)
    assert not are_equal(value, "points", value, "percent")
    assert are_equal(7 * value, "days", value, "weeks")


def test_days_to_come_are_told_with_their_place() -> None:
    star = story(34.5, 30.1, "percent", "", decision={"on": "2026-12-24"})
    found = claims.not_yet_over(star, dt.date(2026, 6, 1))
    assert [(one.place, one.found) for one in found] == [("decision.on", "2026-12-24")]


def test_one_action_in_other_words_is_one_and_in_similar_words_a_question() -> None:
    told = ("Wrote the test plan", "The plan of the tests, written", "Released the small model", "Wrote a release plan")
    star = Star.model_validate({"actions": [{"what": what} for what in told]})
    assert claims.different_actions(star) == 4  # written and wrote are other words to a program
    same = ("Counted late entries in each rehearsal", "In each rehearsal, late entries counted", "Asked both groups")
    assert claims.different_actions(Star.model_validate({"actions": [{"what": what} for what in same]})) == 2
    assert (1, 2) in claims.actions_alike(star)


@pytest.mark.parametrize(
    ("unit", "before", "after", "text"),
    [
        ("percent", 2.78, 2.93, "It rose from 27.8 to 29.3 of 1,000 searches."),
        ("percent", 2.78, 2.93, "It rose from 27.8 to 29.3 per thousand."),
        ("percent", 50, 25, "It fell from half to a quarter."),
        ("orders_per_1000", 27.8, 29.3, "It rose from 27.8 to 29.3 ‰."),
        ("orders_per_1000", 27.8, 29.3, "It rose from 278 to 293 of 10,000."),
        ("left_per_100", 37, 34.5, "From 0.37 to 0.345."),
        ("left_per_100", 37, 34.5, "From 37 of every hundred to 34.5, about one in fifteen less."),
        ("minutes", 90, 60, "From an hour and a half to one hour."),
        ("minutes", 90, 60, "From 1 h 30 min to 60 min, a third faster."),
        ("hours", 48, 24, "From two days to one day."),
        ("days", 14, 7, "From a fortnight to a week."),
        ("milliseconds", 1500, 900, "From a second and a half to 0.9 seconds."),
    ],
)
def test_from_one_to_the_other_in_any_notation(unit: str, before: float, after: float, text: str) -> None:
    star = story(before, after, unit, text)
    assert unsaid_figures(star) == []
    assert untyped_numbers(star) == []


@pytest.mark.parametrize("text", ["one in twelve more", "by one in twelve", "a third more"])
def test_a_part_in_words_is_no_other_change(text: str) -> None:
    assert untyped_numbers(story(27.8, 29.3, "orders_per_1000", f"From 27.8 to 29.3 of 1,000, {text}."))


def test_a_length_beside_a_figure_is_its_window_and_elsewhere_any_way_between_two_steps() -> None:
    steps = {"actions": [{"what": "Asked", "on": "2026-03-08"}, {"what": "Drew", "on": "2026-03-22"}]}
    text = "It fell from 34.5 to 30.1 of 100, counted over two weeks."
    assert [one.said.text for one in untyped_numbers(story(34.5, 30.1, "percent", text, **steps))] == ["two weeks"]
    assert not untyped_numbers(story(34.5, 30.1, "percent", "I drew it two weeks later.", **steps))
    assert not untyped_numbers(story(34.5, 30.1, "percent", "It was 30.1 of 100 over four weeks.", **steps))


def test_days_that_everybody_knows_need_no_claim() -> None:
    star = story(34.5, 30.1, "percent", "It was released on 25 May.")
    assert untyped_numbers(star)
    assert not untyped_numbers(star, frozenset({dt.date(2026, 5, 25)}))


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("It was 30.1 of 100 before and 34.5 after.", True),
        ("It was 34.5 of 100 before and 30.1 after.", False),
        ("There were 30.1 after 34.5.", False),
        ("It was 30.1 % afterwards.", False),
    ],
)
def test_before_and_after_are_told_as_they_are_claimed(text: str, turned: bool) -> None:
    assert bool(claims.turned_round(story(34.5, 30.1, "percent", text))) is turned


@pytest.mark.parametrize(
    ("on", "days", "months"),
    [
        ("2026-01-31", 31, 1),
        ("2026-02-28", 28, 1),
        ("2026-03-31", 90, 3),
        ("2026-03-31", 28, 0),
        ("2026-03-30", 31, 0),
        ("2026-12-31", 365, 12),
        ("2026-12-31", 1e9, 0),
        ("2026-12-31", None, 0),
        ("9999-12-31", 31, 1),
        ("0001-01-31", 62, 0),
    ],
)
def test_months_of_the_calendar_are_as_long_as_each_other(on: str, days: float | None, months: int) -> None:
    assert claims.whole_months(Figure.model_validate({"on": on, "days": days})) == months
