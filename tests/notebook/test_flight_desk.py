"""The desk of `pod_in_flight`: what it shows agrees with the truth, and what is set in the store is read back."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from curriculum import open_lesson
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar
from curriculum.notebook.desks import flight, flight_pictures
from curriculum.notebook.desks.flight_store import store_of
from curriculum.notebook.desks.pictures import Picture
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice.runs import run_id, set_alias, write

SLUG = "pod_in_flight"


@pytest.fixture
def lesson(tmp_path: Path) -> Any:
    return open_lesson(SLUG, tmp_path)


def record(lesson: Any) -> Any:
    return lesson.written("champion")


def test_what_is_set_in_the_store_stands_in_the_record(lesson: Any, tmp_path: Path) -> None:
    version = load_case(SLUG, lesson.seed).truth.version
    assert f"version {version}, the run “today”" in flight.store(lesson)
    before = (tmp_path / "runs" / "store.db").read_bytes()
    assert "today" in str(flight.set_champion(lesson))  # only looks
    assert not (tmp_path / "answers" / "champion.yaml").exists()
    assert (tmp_path / "runs" / "store.db").read_bytes() == before

    assert f"version {version + 1}" in str(flight.set_champion(lesson, "rings"))
    assert (record(lesson).run, record(lesson).version) == ("rings", version + 1)
    flight.set_champion(lesson, "boosted")
    flight.set_champion(lesson, "rings again")  # as the board calls it
    assert (record(lesson).run, record(lesson).version) == ("rings_again", version + 3)
    flight.set_champion(lesson, "rings")
    assert record(lesson).version == version + 1  # a run that is registered keeps its version
    assert "no run called" in str(flight.set_champion(lesson, "the best one"))

    today = run_id(f"{SLUG}/{lesson.seed}", "today")
    set_alias(tmp_path / "runs" / "store.db", "payments_fraud", "champion", today)  # as MLflow's own client would
    flight.read_back(lesson)
    assert (record(lesson).run, record(lesson).version) == ("today", version)


SAYS = (flight.store, flight.read_back, flight.client, lambda lesson: flight.set_champion(lesson, "rings"))


def test_a_store_that_is_missing_or_broken_is_said_in_a_sentence(lesson: Any, tmp_path: Path) -> None:
    assert "flight.store(lesson)" in str(flight.read_back(lesson))
    flight.store(lesson)
    (tmp_path / "runs" / "store.db").write_bytes(b"SQLite format 3\0" + b"x" * 4000)
    assert all("cannot be used: it is no store" in str(says(lesson)) for says in SAYS)
    (tmp_path / "runs" / "store.db").unlink()
    (tmp_path / "runs").rmdir()
    (tmp_path / "runs").write_text("in the way")
    assert "cannot be made" in str(flight.store(lesson)) and "cannot be made" in str(flight.set_champion(lesson))
    assert not (tmp_path / "answers" / "champion.yaml").exists()


def test_the_store_of_another_world_is_not_taken_for_ones_own(lesson: Any, tmp_path: Path) -> None:
    write(tmp_path / "runs" / "store.db", store_of(load_case(SLUG, lesson.seed + 1)))
    assert all("another world" in str(says(lesson)) for says in SAYS)
    assert not (tmp_path / "answers" / "champion.yaml").exists()


def test_a_run_is_known_by_its_id_and_what_was_deleted_by_hand_is_said(lesson: Any, tmp_path: Path) -> None:
    flight.store(lesson)
    path = tmp_path / "runs" / "store.db"

    def change(script: str) -> None:
        with closing(sqlite3.connect(path)) as tables:
            tables.executescript(f"{script};")

    change("UPDATE runs SET name = 'the winner' WHERE name = 'rings'")
    assert "the run “rings”" in str(flight.set_champion(lesson, "rings")) and record(lesson).run == "rings"
    change(
        "UPDATE runs SET run_uuid = 'of my own', name = 'boosted' WHERE name = 'the winner';"
        "UPDATE model_versions SET run_id = 'of my own' WHERE version = (SELECT MAX(version) FROM model_versions)"
    )
    assert "not in the store at first" in str(flight.read_back(lesson)) and record(lesson).run == "rings"
    assert "was deleted" in str(flight.set_champion(lesson, "rings"))
    change("DELETE FROM registered_model_aliases")
    assert "set_champion" in str(flight.read_back(lesson)) and "no alias champion" in str(flight.store(lesson))
    assert "Both stand" in str(flight.set_champion(lesson, "today"))


def test_without_mlflow_a_sentence_says_how_to_get_it(lesson: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mlflow", None)
    assert "make mlflow" in str(flight.client(lesson))


def test_comparisons_are_those_of_the_truth(lesson: Any) -> None:
    truth = load_case(SLUG, lesson.seed).truth
    weeks, calls = truth.shape.untouched, truth.shape.calls
    found: Any = flight.compare(lesson, weeks, calls)
    parts: Any = flight.slices(lesson, weeks, calls)
    rerun: Any = flight.again(lesson, weeks, calls)
    load: Any = flight.under_load(lesson, truth.shape.factor)
    for run in found.index:
        gain = truth.gain(run)
        assert found.loc[run].tolist() == pytest.approx([gain.change, gain.low, gain.high], abs=0.06)
        assert rerun.loc[run, "differs by"] == pytest.approx(truth.rerun_off(run), abs=0.06)
        assert load.loc[run, "under load (ms)"] == pytest.approx(truth.loaded(run), abs=0.6)
        assert parts[run].tolist() == pytest.approx([truth.gain(run, one).change for one in _slices()], abs=0.06)
    days = flight.waits(lesson)["of all days (%)"].iloc[:4].tolist()
    assert days == pytest.approx(list(truth.shares.values()), abs=0.06)
    assert flight.lead(lesson)[85] == pytest.approx(truth.p85, abs=0.06)
    squads = flight.by_squad(lesson)
    with_them = squads.index.isin(truth.shape.pilot)
    mine, others = ((squads["this quarter"] * squads["items"])[rows].sum() / squads["items"][rows].sum()
                    for rows in (with_them, ~with_them))  # fmt: skip
    assert others - mine == pytest.approx(truth.pilot_days, abs=0.1)


def _slices() -> list[str]:
    from curriculum.cases.pod_in_flight.draw import SLICES

    return list(SLICES)


def test_weeks_and_calls_that_were_not_measured_are_answered(lesson: Any) -> None:
    for shown in (flight.compare, flight.slices, flight.again, flight_pictures.candidates):
        assert isinstance(shown(lesson, "random", 3), Spoken)
        assert isinstance(shown(lesson, "first_half", 50), Spoken)
    assert isinstance(flight.under_load(lesson, 0), Spoken)


def test_the_pipeline_of_the_form_is_tried_and_written_as_a_workflow(lesson: Any, tmp_path: Path) -> None:
    assert isinstance(flight.try_gates(lesson), Spoken)
    assert isinstance(flight.actions(lesson), Spoken)
    files = load_exemplar(load_case(SLUG, lesson.seed), "cheapest_first")
    (tmp_path / "answers" / "pipeline.yaml").write_text(yaml.safe_dump(files["pipeline"]), encoding="utf-8")
    table: Any = flight.try_gates(lesson)
    assert table.to_numpy().sum() == 90
    assert table.loc["good", flight.THROUGH] >= 45
    assert table.drop(index="good")[flight.THROUGH].sum() == 0
    flight.actions(lesson)
    workflow = yaml.safe_load((tmp_path / "documents" / "nightly.yml").read_text(encoding="utf-8"))
    order = [step["gate"] for step in files["pipeline"]["gates"][:-1]]
    asked = ["approval-data", "approval-engineering"]
    assert list(workflow["jobs"]) == [*order, *asked, "release", "rollback"]
    assert workflow["jobs"]["release"]["needs"] == asked


def test_what_no_list_has_comes_into_no_command(lesson: Any, tmp_path: Path) -> None:
    pipeline = load_exemplar(load_case(SLUG, lesson.seed), "cheapest_first")["pipeline"]
    gates = [pipeline["gates"][-1], *pipeline["gates"][:-1]]  # people first
    rude = {"gates": gates, "strategy": "canary; rm -rf ~", "rollback": ["model\nrm -rf ~", "threshold"]}
    (tmp_path / "answers" / "pipeline.yaml").write_text(yaml.safe_dump({**pipeline, **rude}), encoding="utf-8")
    flight.actions(lesson)
    jobs = yaml.safe_load((tmp_path / "documents" / "nightly.yml").read_text(encoding="utf-8"))["jobs"]
    assert list(jobs)[:2] == ["approval-data", "approval-engineering"]
    assert "rm" not in str(jobs) and jobs["rollback"]["steps"][-1]["run"] == "pod rollback threshold"
    (tmp_path / "documents" / "nightly.yml").unlink()
    (tmp_path / "documents").rmdir()
    (tmp_path / "documents").write_text("in the way")
    assert "could not be saved" in flight.actions(lesson)


def test_pictures_say_what_they_draw(lesson: Any) -> None:
    shown = (
        flight_pictures.board(lesson), flight_pictures.candidates(lesson, "second_half", 3),
        flight_pictures.builds(lesson), flight_pictures.waits(lesson),
    )  # fmt: skip
    for picture in shown:
        assert isinstance(picture, Picture)
        assert picture.words.count(".") >= 4
    assert "<svg" in shown[1].svg
