"""The desk of `feedback_loops`: what learners read there is what the rubric asks, and pictures say what they draw."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from curriculum.artifacts.kpi_tree import KpiTree
from curriculum.artifacts.trigger import Trigger
from curriculum.authoring.subject import load_subject
from curriculum.cases import load_case
from curriculum.cases.feedback_loops.draw import SEGMENTS
from curriculum.cases.feedback_loops.entries import METRICS
from curriculum.cases.feedback_loops.experiments import GOOD_WAY
from curriculum.course.fixtures import Files
from curriculum.notebook.desks import loop_pictures, loops
from curriculum.notebook.desks.layers import places
from tests.helpers.worlds import over_worlds

SLUG = "feedback_loops"
SOME = (0, 1, 2, 3, 4, 7)
MODELS: dict[str, Any] = {"trigger": Trigger, "kpi_tree": KpiTree}


def desk(seed: int, files: Files | None = None) -> Any:
    """What the desk asks of a lesson, with an exemplar in its forms."""
    written = {kind: model.model_validate((files or {}).get(kind, {})) for kind, model in MODELS.items()}
    return SimpleNamespace(seed=seed, tables=load_case(SLUG, seed).tables, written=written.__getitem__)


@over_worlds(SOME)
def test_ends_that_leave_nought_out_are_what_the_rubric_calls_better_or_worse(seed: int) -> None:
    table, truth = loops.effects(desk(seed)), load_case(SLUG, seed).truth
    for metric, entry in METRICS.items():
        for segment in SEGMENTS:
            row = table.loc[(entry.label, segment)]
            assert row["low"] <= row["v2 − v1"] <= row["high"]
            sign = 1 if row["low"] > 0 else -1 if row["high"] < 0 else 0
            said = {1: "better", -1: "worse", 0: "unclear"}[sign * GOOD_WAY[metric]]
            assert said == truth.shows(metric, segment), (metric, segment)


@pytest.mark.parametrize("seed", SOME[:2])
def test_a_sound_alarm_is_quiet_on_last_year_and_its_picture_says_the_same(seed: int) -> None:
    for files in load_subject(SLUG).fixtures(seed).exemplars.values():
        filled = desk(seed, files)
        table, picture = loops.rehearse(filled), loop_pictures.rehearsed(filled)
        wrong = table[table["what"] == "something is wrong"]
        assert len(wrong) == len(load_case(SLUG, seed).tables["problems"])
        assert wrong["rings after (days)"].notna().sum() == repr(picture).count("found on day")
        nothing = int(table["what"].str.startswith("rings for nothing").sum())
        assert nothing == repr(picture).count("For nothing:")
        chance = loops.sample(filled)
        assert (chance["scatters by (%)"] <= 1.05 * chance["half of the threshold (%)"]).all()
        assert (chance["in a window"] >= chance["smallest sample"]).all()
        drawn = loop_pictures.graph(filled)
        assert f"{len(KpiTree.model_validate(files['kpi_tree']).arrows())} arrows" in drawn.finding
        assert "<svg" in drawn.svg and "<svg" in picture.svg


def test_the_desk_says_what_is_missing() -> None:
    blank = desk(0)
    for said in (loops.rehearse(blank), loops.sample(blank), loop_pictures.rehearsed(blank), loop_pictures.graph(blank),
                 loops.noise(blank, "nobody"), loop_pictures.line(blank.tables, "nobody"),
                 loop_pictures.swaps(blank.tables, "nobody")):  # fmt: skip
        assert isinstance(said, str)


def test_pictures_say_what_they_draw() -> None:
    case = load_case(SLUG, 0)
    assert f"{len(case.tables.releases)} releases" in repr(loop_pictures.swaps(case.tables, "new"))
    found = loop_pictures.staying(case.tables)
    assert f"{case.facts['keep_slope'].value:.1f} points more who stay" in found.finding
    assert "the four weeks before" in loop_pictures.line(case.tables, "long").words
    assert all("<svg" in one.svg for one in (found, loop_pictures.line(case.tables, "new")))


def test_layers_stand_beside_one_another_and_are_spread_evenly() -> None:
    where = places([["a"], ["b", "c"], [], ["d"]])
    assert where == {"a": (0.0, 0.5), "b": (1.0, 0.75), "c": (1.0, 0.25), "d": (3.0, 0.5)}
