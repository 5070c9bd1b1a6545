"""The rubric of `retraining_decision`: right answers that nobody wrote down, and mistakes that look right."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from curriculum.artifacts.derived import completed
from curriculum.artifacts.rollout import Rollout
from curriculum.artifacts.trade_off import TradeOff
from curriculum.cases import Case, load_case
from curriculum.cases.retraining_decision.draw import FEATURES, KEEP, REFRESH
from curriculum.cases.retraining_decision.entries import QUANTITIES
from curriculum.cases.retraining_decision.trigger import rings
from curriculum.consequences import run
from curriculum.consequences.retraining_releases import FAULTS, STOPPED, THROUGH, fates, goes_back_whole
from curriculum.course.fixtures import Files, load_exemplar
from curriculum.notebook.desks.retraining import looks, moves, nets, rehearse, slope, years
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade
from graders.report import Report, Status
from graders.retraining_decision.inputs import SLOPE_OFF, SLOPE_PART

SLUG = "retraining_decision"
RUBRIC = load_rubric(SLUG)
SOME = (0, 3, 5, 9, 14, 33)


def case_of(seed: int) -> Case:
    return load_case(SLUG, seed)


def answers(seed: int, variant: str = "as_it_stands") -> Files:
    return copy.deepcopy(load_exemplar(case_of(seed), variant))


def heard_all(case: Case, *unheard: str) -> State:
    return State("end", 0, tuple((person, 3) for person in case.people), frozenset(case.facts) - set(unheard))


def report(seed: int, files: Files, *unheard: str) -> Report:
    case = case_of(seed)
    written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items() if kind in files}
    whole, _ = completed(written, RUBRIC.derives, case)
    return grade(RUBRIC, case, Submission(whole, heard_all(case, *unheard), {}))


def unmet(seed: int, files: Files, *unheard: str) -> set[str]:
    """What is judged and not met."""
    findings = [one for artifact in report(seed, files, *unheard).artifacts for one in artifact.findings]
    return {one.criterion for one in findings if one.status is Status.GRADED and not one.passed}


def row(files: Files, quantity: str) -> dict[str, Any]:
    return next(one for one in files["trade_off"]["inputs"] if one["quantity"] == quantity)


def as_read(case: Case) -> dict[str, np.ndarray]:
    launches = case.columns["launches"]
    tests = launches["measured_by"] == "test with a control"
    return {"gain": 100 * launches["auc_gain"][tests], "change": launches["change_pct"][tests],
            "se": launches["se_pct"][tests]}  # fmt: skip


# The world


def test_everything_that_is_asked_can_be_read_from_the_tables() -> None:
    for seed in range(64):
        case = case_of(seed)
        truth, shape = case.truth, case.truth.shape
        traces, candidates, proxies = (case.columns[name] for name in ("traces", "candidates", "proxies"))
        evening = np.isin(traces["hour"], (18, 19, 20, 21)) & (traces["variant"] == "with new features")
        assert (np.percentile(traces["ms"][evening], 95) > shape.limit) == shape.limit_breaks
        later = (candidates["candidate"] == "new features") & (candidates["split"] == "later weeks")
        assert candidates["who"][later][np.argmin(candidates["auc_gain"][later])] == shape.slice
        together = {name: np.corrcoef(proxies[name], proxies["returns_30d"])[0, 1]
                    for name in ("support_contacts", "size_changes", "quick_cancels")}  # fmt: skip
        assert max(together, key=together.__getitem__) == shape.proxy
        reads = case.columns["scores_read"]
        assert set(reads["hour"][reads["field"] == "score"]) == {4}
        assert rings(seed, *truth.trigger).good
        assert truth.nets[truth.best] == max(truth.nets.values())


def test_which_option_is_worth_most_differs_and_doing_nothing_wins_in_a_quarter() -> None:
    best = [case_of(seed).truth.best for seed in range(64)]
    assert {option: best.count(option) >= 16 for option in (KEEP, REFRESH, FEATURES)} == {
        KEEP: True, REFRESH: True, FEATURES: True,
    }  # fmt: skip
    alone = sum(case_of(seed).truth.nets[FEATURES] < 0 for seed in range(64))
    assert alone >= 10


# Right in another way


def test_other_ways_to_draw_the_line_are_taken() -> None:
    for seed in range(0, 64, 8):
        files, read = answers(seed), as_read(case_of(seed))
        weight = 1 / read["se"] ** 2
        for base in (
            np.sum(read["gain"] * read["change"]) / np.sum(read["gain"] ** 2),
            np.sum(weight * read["gain"] * read["change"]) / np.sum(weight * read["gain"] ** 2),
            np.sum(read["change"]) / np.sum(read["gain"]),
        ):
            error = float(np.sqrt(1 / np.sum(weight * read["gain"] ** 2)))
            row(files, "slope").update(low=base - 2 * error, base=float(base), high=base + 2 * error)
            assert "slope_from_tests" not in unmet(seed, files), (seed, base)


@pytest.mark.parametrize("seed", SOME)
def test_fewer_words_and_other_orders_lose_nothing(seed: int) -> None:
    files = answers(seed, "wider_watch")
    files["trade_off"]["inputs"].reverse()
    files["daci"].pop("informed", None)
    files["daci"]["contributors"].reverse()
    files["rollout"]["gates"].reverse()
    files["rfc"]["comments"].reverse()
    files["rfc"]["evidence"] = files["rfc"]["evidence"][:3]
    assert unmet(seed, files) == set()


def test_the_overrun_on_all_hours_and_a_loss_with_its_sign_are_taken() -> None:
    for seed in SOME:
        files, truth = answers(seed), case_of(seed).truth
        files["trade_off"]["ageing"] = -abs(files["trade_off"].get("ageing", 0.0))
        shape, over = truth.shape, truth.inputs[REFRESH].hours_work / truth.shape.refresh_hours
        hours = (shape.features_hours + (shape.precompute_hours if shape.limit_breaks else 0)) * over
        row(files, "hours_work").update(low=0.9 * hours, base=hours, high=1.1 * hours)
        assert not {"doing_nothing_is_counted", "hours_with_past_overrun"} & unmet(seed, files)


def test_more_steps_and_a_weekly_look_at_orders_are_another_right_rollout() -> None:
    held = 0
    seeds = [seed for seed in range(64) if case_of(seed).truth.shape.days_free >= 19][:8]
    for seed in seeds:
        files, shape = answers(seed), case_of(seed).truth.shape
        files["rollout"]["stages"] = [{"share": 0, "days": 1}, {"share": 5, "days": 2}, {"share": 20, "days": 8},
                                      {"share": 50, "days": 8}]  # fmt: skip
        for gate in files["rollout"]["gates"]:
            gate["from_stage"] = 1 if gate["signal"] in ("errors", "missing", "latency_p95", shape.reader) else 3
            if gate["signal"] == "conversion":
                gate.update(limit=4, window="week")
        held += unmet(seed, files) == set()
    assert held >= len(seeds) - 1


def test_no_slope_that_is_taken_turns_the_choice_against_a_learner() -> None:
    for seed in range(64):
        truth = case_of(seed).truth
        off = max(SLOPE_OFF, SLOPE_PART * (truth.slope.high - truth.slope.base))
        for base in (truth.slope.base - off, truth.slope.base + off):
            worked = truth.stated({"slope": (base, base, base)})
            assert max(worked.nets, key=worked.nets.__getitem__) in truth.good, (seed, base)


def test_a_drawback_has_its_number_in_each_way_in_which_it_is_worked_out() -> None:
    taken = 0
    for seed in SOME:
        files, truth = answers(seed), case_of(seed).truth
        features, known = truth.inputs[FEATURES], truth.drawbacks(files["rfc"]["option"])
        over = truth.inputs[REFRESH].hours_work / truth.shape.refresh_hours
        ways = {"no_features": features.gain * features.covered / 100,
                "work_hours": (truth.shape.features_hours + truth.shape.precompute_hours) * over}  # fmt: skip
        if files["rfc"]["option"] != FEATURES or not truth.shape.limit_breaks:
            del ways["work_hours"]
        for what in ways.keys() & known.keys():
            other = next(name for name in known if name not in ("no_features", "work_hours"))
            files["rfc"]["drawbacks"] = [{"what": what, "value": ways[what]}, {"what": other, "value": known[other]}]
            assert "drawbacks_of_the_chosen" not in unmet(seed, files), (seed, what)
            files["rfc"]["drawbacks"][0]["value"] *= 0.6
            assert "drawbacks_of_the_chosen" in unmet(seed, files), (seed, what)
            taken += 1
    assert taken >= 3


def test_what_reopens_it_is_where_another_option_is_worth_as_much_or_a_worse_watch() -> None:
    met = 0
    for seed in SOME:
        files, truth = answers(seed), case_of(seed).truth
        option = files["rfc"]["option"]
        mine, past = truth.inputs[option], truth.unseen if option == FEATURES else truth.unseen_refresh
        for other in (truth.inputs[name] for name in (KEEP, REFRESH, FEATURES) if name != option):
            if 0.2 < (slope := mine.meets(other)) < 100:
                assert mine.changed("slope", slope).net == pytest.approx(other.changed("slope", slope).net)
                files["rfc"].update(reopen_on="slope_test", reopen_at=round(slope, 2))
                assert "reopen_has_a_number" not in unmet(seed, files), seed
                met += 1
        for at, wrong in ((1.3 * past, False), (0.6 * min(truth.unseen, truth.unseen_refresh), True)):
            files["rfc"].update(reopen_on="unseen", reopen_at=round(at))
            assert ("reopen_has_a_number" in unmet(seed, files)) is wrong, (seed, at)
    assert met >= 3


def test_everybody_has_it_at_last_once_many_had_it_beside_the_others() -> None:
    for shares, wrong in (((0, 10, 50, 100), False), ((0, 10, 100), True), ((0, 50, 50), True)):
        files = answers(0)
        files["rollout"]["stages"] = [{"share": share, "days": 3} for share in shares]
        assert ("starts_at_zero" in unmet(0, files)) is wrong, shares


def test_where_no_features_change_the_model_alone_is_the_whole_way_back() -> None:
    for released, back, whole in (
        ("refresh", "model", True),
        ("features", "model", False),
        ("", "model", False),
        ("features", "model_and_features", True),
        ("kit_page", "nothing", False),
    ):
        assert goes_back_whole(Rollout(released=released, goes_back=back)) is whole, (released, back)


# Mistakes that look right


def test_ends_that_are_exchanged_or_too_near_are_no_range() -> None:
    for name, low, high in (("one_percent", 1.1, 0.9), ("covered", 1.1, 1.0), ("gain", 0.99, 1.01)):
        files = answers(3)
        base = row(files, name)["base"]
        row(files, name).update(low=low * base, high=high * base)
        assert "ranges_have_two_sides" in unmet(3, files), name
    for name, ends in (("fails", {"low": -3.0}), ("fails", {"high": 101.0}), ("hours_wrong", {"low": -1.0})):
        row(files := answers(3), name).update(ends)
        assert "ranges_have_two_sides" in unmet(3, files), (name, ends)
    for name in ("one_percent", "covered"):
        row(files := answers(3), name).update(dict.fromkeys(("low", "high"), row(files, name)["base"]))
        assert "ranges_have_two_sides" not in unmet(3, files), name


def test_a_shadow_in_which_nobody_looks_is_none() -> None:
    files = answers(3)
    for gate in files["rollout"]["gates"]:
        gate["from_stage"] = max(2, gate["from_stage"])
    assert "shadow_gates_no_behaviour" in unmet(3, files)
    files["rollout"]["gates"][0]["from_stage"] = 1
    assert "shadow_gates_no_behaviour" not in unmet(3, files)


def test_the_slide_is_cited_beside_what_it_hides_only() -> None:
    files = answers(3)
    files["rfc"]["evidence"] = ["auc_two", "time_split", "hours_unseen", "kit_reads"]
    assert "evidence_of_several" not in unmet(3, files)
    files["rfc"]["evidence"][1] = "covered_only"
    assert "evidence_of_several" in unmet(3, files)


def test_gates_that_ring_for_everything_guard_against_nothing() -> None:
    for seed in SOME:
        files = answers(seed)
        for gate in files["rollout"]["gates"]:
            gate["limit"] = 0.01
        wrong = unmet(seed, files)
        assert {"technical_faults_stopped", "slice_is_protected", "reader_is_protected", "monday_is_met"} <= wrong
        assert fates(seed, Rollout.model_validate(files["rollout"]))["good"].through < THROUGH


def test_no_gates_one_percent_then_all_and_shadow_alone_stop_little() -> None:
    gates = answers(5)["rollout"]["gates"]
    for stages, mine in (
        ([(0, 2), (10, 8), (50, 4)], []),
        ([(1, 1), (99, 1)], gates),
        ([(0, 14)], gates),
    ):
        plan = Rollout(stages=[{"share": share, "days": days} for share, days in stages], gates=mine)
        found = fates(5, plan)
        assert sum(found[kind].stopped >= STOPPED for kind in FAULTS) <= 4, stages
        assert found["slice"].stopped < STOPPED and found["monday"].stopped < STOPPED
        assert not mine or found["good"].through >= THROUGH


def test_what_was_not_heard_is_not_known() -> None:
    wants = {
        "kit_value": "nets_recompute", "evening_p95": "limit_is_no_price", "his_limit": "approver_may",
        "raw_threshold": "reader_is_protected", "ten_days": "readers_are_told", "freeze_week": "ends_before_freeze",
        "kit_reads": "page_gets_what_it_reads",
    }  # fmt: skip
    seed = next(seed for seed in range(16) if case_of(seed).truth.best == FEATURES)
    for fact, criterion in wants.items():
        assert criterion in unmet(seed, answers(seed), fact), fact


def test_what_an_option_does_not_need_need_not_be_heard() -> None:
    for seed in (seed for seed in range(24) if case_of(seed).truth.best == KEEP):
        wrong = unmet(seed, answers(seed), "his_limit", "evening_p95")
        assert not {"approver_may", "comments_have_consequence"} & wrong, seed
        assert "limit_is_no_price" in wrong


@pytest.mark.parametrize("seed", SOME)
def test_documents_that_contradict_each_other_are_seen(seed: int) -> None:
    truth = case_of(seed).truth
    files = answers(seed)
    other = next(name for name in (KEEP, REFRESH, FEATURES) if name not in truth.good)
    files["rfc"]["option"] = other
    assert {"release_is_what_is_proposed", "numbers_agree", "option_fits"} <= unmet(seed, files)
    files = answers(seed)
    files["daci"]["due"] = "2027-07-06"
    files["rfc"]["comment_days"] = 5
    assert "due_in_time" in unmet(seed, files)


def test_a_slice_that_is_a_fifth_is_not_seen_in_the_orders_of_all() -> None:
    for seed in SOME:
        files = answers(seed)
        files["rollout"]["gates"] = [one for one in files["rollout"]["gates"]
                                     if not one["signal"].startswith("conversion_")]  # fmt: skip
        assert "slice_is_protected" in unmet(seed, files)


# The consequence


def ran(seed: int, files: Files) -> Any:
    written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items()}
    return run(case_of(seed), written, heard_all(case_of(seed)))


def test_the_same_luck_meets_every_plan_and_at_once_has_the_bad_nights() -> None:
    for seed in SOME:
        files = answers(seed)
        well = ran(seed, files)
        assert well.ends_well and well.numbers == ran(seed, files).numbers
        files["rfc"]["option"] = "at_once"
        once = ran(seed, files)
        assert not once.ends_well
        assert once.numbers["nights_wrong"] > well.numbers["nights_wrong"] + 20
        files = answers(seed)
        files["rollout"]["gates"] = files["rollout"]["gates"][:1]
        assert ran(seed, files).numbers["bad_through"] > well.numbers["bad_through"] + 20


# The desk


def desk(seed: int, files: Files | None = None) -> Any:
    """What the desk asks of a lesson, with an exemplar in its forms."""
    files = files or {}
    models: dict[str, Any] = {"trade_off": TradeOff, "rollout": Rollout}
    written = {kind: model.model_validate(files.get(kind, {})) for kind, model in models.items()}
    return SimpleNamespace(seed=seed, tables=case_of(seed).tables, written=written.__getitem__)


@pytest.mark.parametrize("seed", SOME)
def test_the_desk_works_out_what_the_rubric_asks(seed: int) -> None:
    files, truth = answers(seed), case_of(seed).truth
    shape, filled = truth.shape, desk(seed, answers(seed))
    gives = [option for option in (KEEP, REFRESH, FEATURES) if truth.gives_kit(option)]
    worked = nets(filled, kit=shape.kit, kit_for=gives, run=shape.run)
    stated = [files["trade_off"].get(f"net_{option}", 0.0) for option in (KEEP, REFRESH, FEATURES)]
    assert np.allclose(worked["net (€)"], stated, atol=1500, rtol=0.02)
    assert worked["at risk (€)"].iloc[2] == pytest.approx(files["trade_off"]["risk_features"], rel=0.02)
    moved = moves(filled, kit=shape.kit, kit_for=gives, run=shape.run)
    assert moved["input"].iloc[0] == QUANTITIES[files["trade_off"]["most_sensitive"]].label
    launches = case_of(seed).tables["launches"]
    assert slope(launches[launches["measured_by"] == "test with a control"])["base"].iloc[0] == pytest.approx(
        truth.slope.base, abs=0.01
    )
    seen = rehearse(filled)
    assert list(seen["reach everybody"]) == [pytest.approx(12, abs=3), 0]
    assert (looks(filled)["looks"] > 0).all()
    assert years(filled)["rings (of 100)"].iloc[0] > 60


def test_the_desk_says_what_is_missing() -> None:
    blank = desk(0)
    for said in (nets(blank), moves(blank), rehearse(blank), looks(blank), years(blank)):
        assert isinstance(said, str)
    assert "no option" in str(nets(desk(0, answers(0)), kit_for=["v8"]))
