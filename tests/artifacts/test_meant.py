"""What a message proposes to somebody who wrote a number or a day as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from curriculum.artifacts.base import Amount, Artifact, Day
from curriculum.artifacts.meant import meant_day, meant_number
from curriculum.artifacts.reading import Unreadable, parse_artifact
from curriculum.support.dates import full_day


class Dated(Artifact):
    kind = "dated"
    title = "Dated"
    limit: Amount = None
    until: Day = None


@pytest.mark.parametrize(
    ("written", "meant"),
    [("73,1", "73.1"), ("73,1 %", "73.1"), ("80.2 %", "80.2"), ("310 ms", "310"), ("€ 1.250,50", "1250.5"),
     ("1,250.50", "1250.5"), ("1 250", "1250"), ("12’500,5", "12500.5"), ("-0,5", "-0.5"), ("−3", "-3"),
     ("0,125", "0.125"), ("1.234.567,8", "1234567.8"), ("1,234", ""), ("1.2,3.4", ""), ("1 2", ""), ("about 14", ""),
     ("14 to 20", ""), ("", ""), ("-", ""), ("5,", "5"), ("1,,2", ""), ("٣", "3")],
)  # fmt: skip
def test_numbers(written: str, meant: str) -> None:
    assert meant_number(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("3 December 2027", "2027-12-03"), ("3rd of Dec. 2027", "2027-12-03"), ("December 3, 2027", "2027-12-03"),
     ("3.12.2027", "2027-12-03"), ("2027/12/03", "2027-12-03"), ("3 December", ""), ("31 February 2027", ""),
     ("12/3/2027", ""), ("tomorrow", ""), ("3 Brumaire 2027", ""), ("", "")],
)  # fmt: skip
def test_days(written: str, meant: str) -> None:
    assert meant_day(written) == meant


def test_every_day_as_the_course_writes_it_is_proposed() -> None:
    for number in range(0, 800, 17):
        day = dt.date(2027, 1, 1) + dt.timedelta(days=number)
        assert meant_day(full_day(day)) == day.isoformat()


def test_a_file_is_not_guessed_at_and_its_line_says_what_to_write() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_artifact("limit: '73,1 %'\nuntil: 3 December 2027\n", Dated, "dated.yaml")
    assert [str(problem) for problem in refused.value.problems] == [
        "dated.yaml, line 1, field limit: found '73,1 %' (text); expected a number with a point and without a unit, "
        "here 73.1.",
        "dated.yaml, line 2, field until: found '3 December 2027' (text); expected a date as year-month-day, here "
        "2027-12-03.",
    ]
