"""The desk of `influence_and_mentoring`: what it shows agrees with the tables and with the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from curriculum.cases import load_case
from curriculum.notebook.desks.influence import by_day, tried, where
from curriculum.notebook.desks.pictures import Picture
from curriculum.notebook.desks.spoken import Spoken


@dataclass
class Open:
    """As much of a lesson as the desk reads."""

    tables: Any


@pytest.fixture(scope="module")
def case() -> Any:
    return load_case("influence_and_mentoring", 1)


@pytest.fixture(scope="module")
def lesson(case: Any) -> Any:
    return Open(case.tables)


def test_each_day_has_its_own_winner_in_the_title(case: Any, lesson: Any) -> None:
    rows = case.tables.campaign
    shares = rows.groupby("arm")[["active_30", "paying_120"]].mean().drop("nothing")
    picture = by_day(lesson)
    for column in shares:
        assert shares[column].idxmax() in picture.finding
    assert picture.words.count("picks") == 2


@pytest.mark.parametrize("by", ["cells", "gap_days", "score"])
def test_a_picture_for_each_way_to_look(case: Any, lesson: Any, by: str) -> None:
    picture = where(lesson, case.truth.action, by, wave=1 if by == "score" else 0)
    assert isinstance(picture, Picture)
    assert picture.words.count(" to ") >= 6
    assert "<svg" in picture.svg


def test_the_best_rule_is_read_as_the_review_reads_it(case: Any, lesson: Any) -> None:
    best, truth = case.truth.best, case.truth
    found = tried(lesson, {"mine": best.rule}, action=best.action, margin=truth.margin, months=truth.months)
    assert not isinstance(found, str)
    assert found["net (€)"].iloc[0] == round(best.net)
    assert found["reached"].iloc[0] == round(best.reading.reached)


def test_rules_without_a_name_are_called_by_themselves_and_blank_ones_left_out(lesson: Any) -> None:
    asked = {"action": "picks", "margin": 5.0, "months": 6}
    found = tried(lesson, ["gap_days < 3", "  ", "risk == 'high'"], **asked)
    named = tried(lesson, {"late": "gap_days < 3", "risky": "risk == 'high'"}, **asked)
    assert not isinstance(found, str) and not isinstance(named, str)
    assert found["rule"].to_list() == ["gap_days < 3", "risk == 'high'"]
    assert found.drop(columns="rule").equals(named.drop(columns="rule"))
    assert "no rule yet" in tried(lesson, ["", " "], **asked)


@pytest.mark.parametrize("rule", ["paying_120 == true", "risk ==", "gap_days > 90"])
def test_a_rule_that_cannot_be_run_is_said_in_a_sentence(lesson: Any, rule: str) -> None:
    found = tried(lesson, {"mine": rule}, action="picks", margin=5.0, months=6)
    assert isinstance(found, Spoken)
    assert "mine" in found


def test_unknown_words_are_answered(lesson: Any) -> None:
    assert "discount" in str(where(lesson, "gift"))
    assert "gap_days" in str(where(lesson, "picks", by="age"))
    assert "pause" in str(tried(lesson, {}, action="gift", margin=1, months=1))
