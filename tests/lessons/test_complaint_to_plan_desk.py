"""The desk of `complaint_to_plan`: what scikit-learn finds in the notebook is what grading finds without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from curriculum.cases import load_case
from curriculum.cases.complaint_to_plan.draw import HOURS
from curriculum.cases.complaint_to_plan.tasks import MODEL, Task, running_cost
from curriculum.cases.complaint_to_plan.yields import LAST, RANDOM, held_back, judged, scores, shown
from curriculum.notebook.desks.warning import _likely, _missed, _parcels, as_it_stood, beside, by_value, trial

SLUG = "complaint_to_plan"


def _tables(seed: int) -> dict[str, pd.DataFrame]:
    return {name: pd.DataFrame(dict(columns)) for name, columns in load_case(SLUG, seed).columns.items()}


def _costs(case, moment: str) -> dict[str, float]:
    of = case.truth.costs(moment)
    return {
        "miss": of.miss, "wrong": of.wrong, "spared": 100 * of.spared, "wide_spared": 100 * of.wide_spared
    }  # fmt: skip


def _stated(task: Task) -> dict[str, object]:
    return {
        "way": task.way, "hour": HOURS[task.moment], "columns": list(task.columns), "label": task.label,
        "blank": task.blank, "partners": task.partners,
        **({"threshold": 100 * task.threshold} if task.way == MODEL else {}),
    }  # fmt: skip


def test_notebook_and_grading_agree():
    seed = 5
    case, tables = load_case(SLUG, seed), _tables(seed)
    parcels, frame = shown(seed), tables["parcels"]
    oskars = Task(MODEL, "eight", "gps", ("load", "stops", "route", "load_scan", "status"), blank="left")
    mine = _parcels(frame)
    likely = _likely(oskars, mine.codes, mine.codes, _missed(frame, "gps"), ~held_back(parcels, RANDOM))
    theirs = scores(seed, oskars.label, oskars.columns, oskars.blank, frozenset(), RANDOM).of(parcels)
    assert np.abs(likely - theirs).max() < 0.001
    found = trial(tables, **_stated(oskars), split=RANDOM, **_costs(case, "eight"))
    assert found["AUC"].iloc[-1] == pytest.approx(judged(seed, oskars, RANDOM), abs=0.006)
    for task in (case.truth.best, replace(case.truth.best, partners="wide"), Task("wide", "eight")):
        kept = case.truth.promised(task)
        row = beside(tables, {"mine": _stated(task)}, split=LAST, **_costs(case, task.moment)).iloc[0]
        assert row["€ less what it costs"] == pytest.approx(kept.net, rel=0.01, abs=50)
        assert row["€"] - row["€ less what it costs"] == pytest.approx(running_cost(task, 0.5), abs=1)


def test_a_leak_shows_itself_on_rows_as_they_stood():
    case, tables = load_case(SLUG, 2), _tables(2)
    costs = _costs(case, "four")
    leaking = as_it_stood(tables, hour=4, columns=["load", "status"], label=case.truth.right_label, **costs)
    assert leaking["AUC"].iloc[0] > 0.9 > leaking["AUC"].iloc[1] + 0.2
    assert leaking["€"].iloc[1] < 0.5 * leaking["€"].iloc[0]
    clean = as_it_stood(tables, hour=4, columns=["load", "forecast"], label=case.truth.right_label, **costs)
    assert clean["AUC"].iloc[0] == clean["AUC"].iloc[1]
    assert clean["€"].iloc[0] == clean["€"].iloc[1]


def test_what_cannot_be_tried_is_said():
    tables = {"parcels": pd.DataFrame()}
    for stated, words in (
        ({"hour": 5}, "There is no hour 5"),
        ({"columns": ["weather"]}, "There is no column 'weather'"),
        ({"columns": []}, "at least one column"),
        ({"columns": "load", "miss": -1}, "miss has to be a number"),
        ({"columns": "load", "threshold": "x"}, "The threshold has to be a number"),
        ({"stop": 1}, "A task has no 'stop'"),
        ({"label": "tickets"}, "There is no label 'tickets'"),
    ):
        said = trial(tables, **stated)
        assert isinstance(said, str) and words in said and repr(said) == str(said)
    assert "mine: A task has no" in beside(tables, {"mine": {"stop": 1}})


def test_the_picture_says_its_numbers():
    picture = by_value(_tables(1))
    assert "Of 100 parcels" in picture.finding
    assert "Scan at loading: loaded" in picture.words and "blank" in picture.words
    assert picture.svg.startswith("<")
