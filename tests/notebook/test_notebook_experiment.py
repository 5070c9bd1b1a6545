"""The desk of a planned test runs the plan as it stands in the learner's folder, and reads it as reviews do."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from curriculum.cases.latency_or_accuracy.draw import SEGMENTS
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.learner.lesson_files import find_lesson_files, open_case
from curriculum.notebook.desks.experiment import compare, effects, needed, ratio, run, shares

SLUG = "latency_or_accuracy"


@pytest.fixture
def lesson_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".curriculum").mkdir()
    place = tmp_path / "intermediate" / SLUG
    place.mkdir(parents=True)
    monkeypatch.chdir(place)
    return place


def test_without_a_plan_a_sentence_goes_through_all_cells(lesson_folder: Path) -> None:
    told = run()
    assert isinstance(told, str) and told.startswith("There is no test yet.")
    assert ratio(told) == told and compare(told, "complex", "light") == told
    assert effects(told).empty and "net" in effects(told)


def test_the_plan_is_run_and_read_as_it_stands(lesson_folder: Path) -> None:
    case, _ = open_case(find_lesson_files(SLUG), graded=True)
    truth = case.truth
    for name in ("parted", "two_delays"):
        ours = getattr(truth, name)
        write_files(load_exemplar(case, name), lesson_folder / "answers")
        test = run()
        assert isinstance(test, pd.DataFrame)
        assert test["day"].max() == 7 * ours.weeks
        rows = effects(test, without=ours.left_out, after_day=ours.first_days)
        assert rows.to_dict("records") == ours.segments
        found = ratio(test)
        assert isinstance(found, pd.DataFrame)
        assert float(found.loc[found["client"] == "all", "p"].iloc[0]) == pytest.approx(ours.ratio_p, abs=0.001)
        clean = ratio(test, without=ours.left_out)
        assert isinstance(clean, pd.DataFrame) and not set(ours.left_out) & set(clean["client"])
        wait = compare(test, "light_slowed", "light", without=ours.left_out, after_day=ours.first_days)
        assert isinstance(wait, pd.DataFrame) and {"at_ms", "per_100_ms"} <= set(wait)
    assert "Compare one of these" in str(compare(test, "rules", "light"))
    assert "no client 'moon'" in str(compare(test, "complex", "light", without=["moon"]))
    assert "days that are left" in str(compare(test, "complex", "light", after_day=400))
    later = test[test["day"] > 7]
    assert effects(later).to_dict("records") == effects(test, after_day=7).to_dict("records"), "rows left out are out"
    assert effects(later, without=["moon"]).empty
    assert "lost what the plan was" in str(compare(pd.DataFrame(test.to_dict("list")), "complex", "light"))


def test_what_an_arm_needs_and_how_much_a_device_loads_follow_from_traffic(lesson_folder: Path) -> None:
    case, _ = open_case(find_lesson_files(SLUG), graded=True)
    found = needed(case.tables, worth=case.truth.draw.break_even).set_index("segment")
    for name in SEGMENTS:
        assert found.loc[name, "thousands_an_arm"] == pytest.approx(case.truth.needed(name), rel=0.03)
    load = shares(case.tables)
    assert load["phone"] == pytest.approx(100 * case.truth.draw.phone_share, abs=0.3)
    assert sum(load.values()) == pytest.approx(100, abs=0.11)
