"""Gates as typed steps: who stops what in which order, what it costs, and the same as a workflow file."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
import yaml

from curriculum.practice.gates import Approval, Gate, actions, best_minutes, mean_minutes, run

BUILDS = {
    "nulls": np.array([1.0, 9.0, 1.0, np.nan, 9.0]),
    "change": np.array([0.5, 0.5, -6.0, 0.5, -6.0]),
    "signed": np.array(["yes", "yes", "yes", "yes", "no"]),
}
NULLS, METRIC = Gate("nulls", "nulls", most=2.0, minutes=3), Gate("metric", "change", least=-2.0, minutes=40)
SIGNED = Gate("signature", "signed", equals="yes", minutes=1)


def test_each_build_is_stopped_by_the_first_gate_that_it_fails() -> None:
    passed = run([NULLS, METRIC, SIGNED], BUILDS)
    assert passed.stopped_by.tolist() == [-1, 0, 1, 0, 0], "what is not measured does not pass"
    assert passed.minutes.tolist() == [44, 3, 43, 3, 3]
    assert run([SIGNED, METRIC, NULLS], BUILDS).stopped_by.tolist() == [-1, 2, 1, 2, 0]
    assert run([], BUILDS).through.all()
    with pytest.raises(KeyError):
        run([Gate("load", "p95", most=1)], BUILDS)


def test_the_cheapest_order_is_the_cheapest_of_all_orders() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        minutes = dict(zip("abcde", rng.uniform(1, 60, 5).tolist(), strict=True))
        stops = dict(zip("abcde", (0.5 * rng.dirichlet(np.ones(5))).tolist(), strict=True))
        best, order = best_minutes(minutes, stops)
        assert best == pytest.approx(min(mean_minutes(one, minutes, stops) for one in permutations("abcde")))
        assert mean_minutes(order, minutes, stops) == pytest.approx(best)


SIDES = (Approval("data", ("A, data\nscience", "B")), Approval("engineering; ls", ()))


def test_the_workflow_runs_gates_one_after_another_and_people_before_it_goes_out() -> None:
    rude = Gate("load; rm -rf /", "p95 $(ls)", most=180.5, minutes=30)
    text = actions("nightly", [NULLS, METRIC, SIGNED, rude], SIDES, ["release --share 25"], ["back"])
    read = yaml.safe_load(text.replace("\non:", "\n'on':"))
    jobs, asked = read["jobs"], ["approval-data", "approval-engineering-ls"]
    assert list(jobs) == ["nulls", "metric", "signature", "load-rm-rf", *asked, "release", "rollback"]
    assert [jobs[name].get("needs") for name in jobs] == [
        None, "nulls", "metric", "signature", "load-rm-rf", "load-rm-rf", asked, "release",
    ]  # fmt: skip
    assert jobs["metric"]["steps"][-1]["run"] == "gates/check change --least -2"
    assert jobs["load-rm-rf"]["steps"][-1]["run"] == "gates/check p95-ls --most 180.5"
    # One reviewer of an environment is enough, so two sides are two environments.
    assert [name for name in jobs if jobs[name].get("environment") == name] == asked
    assert text.splitlines()[0].endswith("“approval-data”: A, data science or B.")
    assert text.splitlines()[1].endswith("nobody yet.") and "schedule" in read["on"]


def test_a_build_that_was_stopped_takes_nothing_back() -> None:
    jobs = yaml.safe_load(actions("nightly", [NULLS], (), ["out"], ["back"]))["jobs"]
    assert jobs["rollback"]["if"] == "failure() && needs.release.result == 'failure'"
    assert jobs["release"]["needs"] == "nulls" and "environment" not in jobs["release"]


def test_people_are_asked_where_the_order_has_them() -> None:
    jobs = yaml.safe_load(actions("nightly", [NULLS, METRIC], SIDES[:1], ["out"], ["back"], asked_after=1))["jobs"]
    assert [jobs[name].get("needs") for name in ("approval-data", "metric", "release")] == [
        "nulls", "approval-data", "metric",
    ]  # fmt: skip
