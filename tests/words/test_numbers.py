"""Numbers, shares, durations and days in prose; what a text says of a typed value, and what in it is wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from curriculum.words.numbers import said_numbers
from curriculum.words.quantities import Quantity, says, says_day, says_time, strays


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("about one in 25 good payments", 4.0, "percent"), ("34.5 % of visits", 34.5, "percent"),
        ("345 per 1,000 payments", 34.5, "percent"), ("34,5 Prozent? No, 34,5 %", 34.5, "percent"),
        ("a third of them", 34.5, "percent"), ("0.345 of all visits", 0.345, ""), ("34.5 %", 0.345, ""),
        ("4.3 in 100 of you", 4.26, "percent"), ("12 ‰", 1.2, "percent"), ("30 basis points", 0.3, "point"),
        ("about 8,200 of you", 8160, ""), ("roughly eight thousand two hundred", 8160, ""),
        ("a fortnight", 2, "week"), ("three and a half weeks", 24.5, "day"), ("1h 20min", 80, "minute"),
        ("half an hour", 30, "minute"), ("0.3 s", 300, "millisecond"), ("90 minutes", 1.5, "hour"),
        ("€10k", 10_000, "money"), ("27.5 of 1,000 searches", 27.5, ""), ("9 of the 12 testers", 75, "percent"),
        ("12.000 Anrufe", 12_000, ""), ("−0.3 points", -0.3, "point"),
    ],
)  # fmt: skip
def test_a_typed_value_is_found_in_any_notation(text: str, value: float, unit: str) -> None:
    assert says(text, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("34.5 % of visits", 34.6, "percent"), ("one in 25", 5, "percent"), ("about 8,200", 8900, ""),
        ("100 calls", 60, ""), ("300 ms", 250, "millisecond"), ("ward 3", 3, ""), ("in 2026", 2026, ""),
        ("1 day", 1, "week"), ("5 euros", 5, "day"), ("", 0, ""), ("2 people", 1.4, ""),
    ],
)  # fmt: skip
def test_another_value_is_not(text: str, value: float, unit: str) -> None:
    assert not says(text, value, unit)


@pytest.mark.parametrize("text", ["6th of March", "March 6", "the sixth of March", "6. März", "6.3.2026", "2026-03-06"])
def test_day_and_month_suffice(text: str) -> None:
    assert says_day(f"Until {text} we wait.", dt.date(2026, 3, 6))
    assert not says_day(f"Until {text} we wait.", dt.date(2026, 6, 3))


@pytest.mark.parametrize("text", ["14:05", "14h05", "2:05 pm"])
def test_times_of_day_are_read(text: str) -> None:
    assert says_time(f"Since {text} it is zero.", dt.time(14, 5))


TYPED = (Quantity(250, "millisecond", "Time until the answer"), Quantity(4.3, "percent", "Customers stopped"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Half of the answers take 250 ms.", []),
        ("The answer takes a quarter of a second, 0.25 s.", []),
        ("The answer takes 400 ms.", ["400 ms"]),
        ("We stopped 9 % of customers.", ["9 %"]),
        ("We stopped 43 in 1,000 customers.", []),
        ("The rent is 9 % higher.", []),
        ("The answer comes with 3 items on 2 screens, error 503, version 1.4.", []),
        ("Customers waited 12 days.", []),
    ],
)
def test_only_a_number_with_its_unit_in_its_sentence_can_be_wrong(text: str, said: list[str]) -> None:
    assert [stray.said for stray in strays(text, TYPED)] == said


def test_facts_and_figures_may_be_said_too() -> None:
    assert strays("The answer takes 400 ms at night.", TYPED, known=[400.0]) == []


def test_a_share_covers_its_whole_and_keeps_its_place() -> None:
    text = "Only 9 of the 12 came, on 6 March."
    share, whole, day = said_numbers(text)
    assert (share.percent, share.text, whole.kind, day.kind) == (75.0, "9 of the 12", "denominator", "date")
    assert text[share.start : share.end] == share.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We lost 2000 customers.", "number"),
        ("Some 2000 were asked.", "number"),
        ("More than 2050 new visitors came.", "number"),
        ("In 2024 customers left.", "year"),
        ("It began about 2010.", "year"),
        ("The 2025 budget is spent.", "year"),
    ],
)
def test_four_digits_count_something_or_name_a_year(text: str, kind: str) -> None:
    assert [said.kind for said in said_numbers(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("From 8 March 2151 customers are refused.", [("date", 8), ("number", 2151)]),
        ("From March 8 1046 customers are refused.", [("date", 8), ("number", 1046)]),
        ("From 8 March 2027 on they are refused.", [("date", 8), ("year", 2027)]),
    ],
)
def test_no_year_of_another_century_is_read_behind_a_day(text: str, read: list[tuple[str, float]]) -> None:
    assert [(said.kind, said.value) for said in said_numbers(text)] == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("On the slow page 3,815 people wait.", [3815]),
        ("On that page 3815 good customers wait.", [3815]),
        ("In case 2,151 are refused, plan for them.", [2151]),
        ("In our house 1,046 customers are refused.", [1046]),
        ("It stands on page 12 of the plan, in case 4711.", []),
        ("Ward 3, room 12, table 2.1 and ticket 4711 are names.", []),
    ],
)
def test_what_counts_people_or_thousands_is_no_name(text: str, read: list[float]) -> None:
    assert [said.value for said in said_numbers(text)] == read


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The price was 5.0 calls for 1,000 bookings.", ["number", "denominator"]),
        ("We made 5 calls.", ["count"]),
        ("Two teams paid 3.0.", ["count", "number"]),
        ("It is 5.0 of 1,000.", ["number", "denominator"]),
        ("It is 5 of 12.", ["count", "denominator"]),
    ],
)
def test_whoever_writes_a_decimal_has_measured(text: str, kinds: list[str]) -> None:
    assert [said.kind for said in said_numbers(text)] == kinds
