"""The world of `healthcare_platform` over many seeds, what its criteria bear, and what comes of a log."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import numpy as np
import pytest

from curriculum.artifacts.base import Part, Pick, pick_of
from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.derived import completed
from curriculum.artifacts.release_policy import PolicyRule, ReleasePolicy
from curriculum.cases import Case, load_case
from curriculum.cases.healthcare_platform import simulate
from curriculum.cases.healthcare_platform.authorisations import (
    HELD,
    INVESTIGATION,
    RELEASED,
    outside_plan,
)
from curriculum.cases.healthcare_platform.clauses import applies, clause_columns, load_clauses, verified_on
from curriculum.cases.healthcare_platform.flaws import FLAWS, HOUSE, LAW, SAFETY
from curriculum.cases.healthcare_platform.kinds import DesignToken
from curriculum.cases.healthcare_platform.looks import ADVICE, DESIGNED
from curriculum.cases.healthcare_platform.measures import TURNS_ON, USES, Measures
from curriculum.cases.healthcare_platform.plan import FRESH
from curriculum.cases.healthcare_platform.records import broken_entry
from curriculum.cases.healthcare_platform.release_files import fingerprint
from curriculum.cases.healthcare_platform.releases import COLUMN_TYPES, NAMED
from curriculum.cases.healthcare_platform.shape import AGAINST_BROAD, AGAINST_NARROW, ALERTS, WAYS, make_shape
from curriculum.cases.healthcare_platform.trace import BUILDS
from curriculum.consequences import run
from curriculum.course.fixtures import Files, load_exemplar, load_fixtures
from curriculum.notebook.desks.looks import resolved_looks
from curriculum.notebook.desks.measures import MINE, OTHER, compared
from curriculum.practice.gate.policy import run_policy
from curriculum.roleplay.engine import replay
from curriculum.roleplay.script import script_of
from curriculum.support.design_tokens import TokenError, contrast, dtcg_json, resolve
from graders import load_rubric
from graders.grade import Submission, grade
from graders.report import Status
from tests.helpers.worlds import over_worlds

SLUG = "healthcare_platform"
SEEDS = range(0, 64, 3)
RUBRIC = load_rubric(SLUG)


def submitted(case: Case, files: Files) -> Submission:
    talk = replay(script_of(case), files["review_meeting"]["attempts"][-1])
    assert not talk.note
    typed = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items()}
    return Submission(completed(typed, RUBRIC.derives, case)[0], talk.state)


def near_miss(case: Case, id: str) -> Submission:
    fixtures = load_fixtures(case)
    return submitted(case, fixtures.near_miss_files(next(miss for miss in fixtures.near_misses if miss.id == id)))


# The world


@over_worlds(SEEDS)
def test_clinical_numbers_lie_in_the_ranges_of_the_reference(seed: int) -> None:
    case = load_case(SLUG, seed)
    rows, log = case.columns["validation"], case.columns["alert_log"]
    assert 0.06 <= rows["deteriorated"].mean() <= 0.08
    sick = rows["deteriorated"]
    for model, low, high in (("score", 0.11, 0.14), ("trees", 0.19, 0.26), ("sequence", 0.19, 0.26)):
        alerts = rows[f"{model}_alert"]
        assert low - 0.005 <= (alerts & sick).sum() / alerts.sum() <= high + 0.005, model
    assert 0.33 <= (rows["score_alert"] & sick).sum() / sick.sum() <= 0.42
    for screen in ("popup", "tiered", "inbox"):
        for ward in ("medical", "surgical", "step_down"):
            outcome = log["outcome"][(log["screen"] == screen) & (log["ward"] == ward)]
            overridden = np.char.startswith(outcome, "overridden")
            assert 0.462 <= overridden.mean() <= 0.962
            assert 0.29 <= (outcome[overridden] == "overridden, appropriate").mean() <= 1.0


@over_worlds(SEEDS)
def test_truth_is_what_learners_can_work_out_from_the_tables(seed: int) -> None:
    case = load_case(SLUG, seed)
    measures, rows = case.truth.measures, case.columns["validation"]
    for use in USES.values():
        here = np.isin(rows["ward"], use.wards) & rows["deteriorated"]
        for model in ("score", "trees", "sequence"):
            assert measures.sensitivity(model, use.id) == pytest.approx(100 * rows[f"{model}_alert"][here].mean())
    audit = case.columns["reason_audit"]
    general = (audit["model"] == "sequence") & (audit["ward"] != "step_down")
    assert measures.true_reasons("sequence", "general") == pytest.approx(
        100 * audit["shown_reasons_were_true"][general].mean()
    )
    log = case.columns["alert_log"]
    tiered = log["screen"] == "tiered"
    assert measures.override_rate("tiered", "all_adult") == pytest.approx(
        100 * np.char.startswith(log["outcome"][tiered], "overridden").mean()
    )
    assert measures.review_seconds("tiered", "all_adult") == np.median(log["seconds_reviewed"][tiered])


@over_worlds(SEEDS)
def test_the_right_ways_hold_and_the_tempting_ones_fail_with_a_margin(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    measures, shape = truth.measures, truth.shape
    assert (
        shape.ways
        == {(True, True): "both", (True, False): "broad", (False, True): "narrow"}[
            tuple(_holds(measures, model, use) for model, use in (("trees", "all_adult"), ("sequence", "step_down")))
        ]
    )
    for way in shape.right:
        assert not measures.alerting_shortfalls(way.model, way.use, way.screen)
        assert measures.caught(way.model, way.use) >= 1.03 * measures.target_caught
        others = {"tiered", "popup", "inbox"} - {way.screen}
        mixed = shape.alerts == "mixed" and way.use == "step_down"
        assert all(measures.alerting_shortfalls(way.model, way.use, other) for other in others) is not mixed
    # The strongest model wins the average, and fails each ward without monitors by more than three points.
    assert measures.sensitivity("sequence", "all_adult") >= measures.sensitivity("trees", "all_adult") + 2
    assert max(measures.ward_sensitivity("sequence", ward) for ward in ("medical", "surgical")) < 57
    trees = [measures.ward_sensitivity("trees", ward) for ward in ("medical", "surgical", "step_down")]
    assert all(value > 62 or value < 57 for value in trees)
    assert (min(trees) < 57) is (shape.against_broad in ("medical", "surgical"))
    assert not _holds(measures, "sequence", "all_adult")
    assert measures.caught("trees", "step_down") <= 0.97 * measures.target_caught
    # By the override rate the harmful screen looks better than the list.
    assert measures.override_rate("inbox", "all_adult") < measures.override_rate("tiered", "all_adult") - 10
    assert measures.inappropriate("inbox", "all_adult") > measures.inappropriate("tiered", "all_adult") + 10


def _holds(measures: Measures, model: str, use: str) -> bool:
    affordable = measures.cost(model, use) <= measures.budget
    return not measures.shortfalls(model, use) and affordable and measures.caught(model, use) >= measures.target_caught


def test_each_way_and_each_kind_of_alerts_is_dealt_equally_often() -> None:
    shapes = [make_shape(seed) for seed in range(63)]
    assert Counter((shape.ways, shape.alerts) for shape in shapes) == dict.fromkeys(product(WAYS, ALERTS), 7)
    for first in range(0, 63, 3):
        assert len({shape.ways for shape in shapes[first : first + 3]}) == 3
    assert {shape.against_broad for shape in shapes} == {"", *AGAINST_BROAD}
    assert {shape.against_narrow for shape in shapes} == {"", *AGAINST_NARROW}


def test_a_screen_is_judged_ward_by_ward() -> None:
    """Pooled over all wards, pop-ups that wear out the general ones would pass where the step-down unit is large."""
    measures = next(
        m for m in (load_case(SLUG, seed).truth for seed in range(20)) if m.shape.alerts == "mixed"
    ).measures
    short = measures.alerting_shortfalls("trees", "all_adult", "popup")
    assert any(words.startswith("Medical ward") for words in short)
    assert not any(words.startswith("Step-down") for words in short)


@over_worlds(SEEDS)
def test_the_measures_desk_gives_what_is_graded(seed: int) -> None:
    case = load_case(SLUG, seed)
    for files in load_fixtures(case).exemplars.values():
        log = DecisionLog.model_validate(files["decision_log"])
        for topic, record in (("model", log.model), ("intended_use", log.intended_use), ("alerting", log.alerting)):
            table = compared(case, log, topic)
            for driver, row in zip(TURNS_ON[topic], table.to_dict("records"), strict=True):
                for column, option in ((MINE, record.chosen), (OTHER, record.rival)):
                    true = case.truth.measures.of(driver, option, model=log.model.chosen, use=log.intended_use.chosen)
                    assert row[column] == pytest.approx(true, abs=0.006)
    assert compared(case, DecisionLog(), "model").empty


def broken_in(record: Mapping[str, Any], participants: int, test_age: int) -> set[str]:
    """The flaws that the columns of a release show."""
    fewest = min(record["nurses"], record["physicians"])
    found = {
        "card_of_older_model": record["card_model_version"] != record["model_version"],
        "clinical_evaluation_behind": record["evaluated_model_version"] != record["model_version"],
        "parts_list_behind": record["parts_list_version"] != record["model_version"],
        "screen_not_tested": record["tested_screen"] != record["screen_version"],
        "labelling_behind": record["labelling_version"] != record["screen_version"],
        "too_few_in_a_group": fewest < 15,
        "fewer_than_we_ask": 15 <= fewest < participants,
        "open_critical_error": record["open_critical_errors"] > 0,
        "risk_not_verified": record["high_risks_verified"] < record["high_risks"],
        "residual_risk_open": not record["residual_risk_accepted"],
        "no_watch_plan": not record["watch_plan_present"],
        "data_without_sheet": record["datasets_with_sheet"] < record["datasets_used"],
        "tests_before_build": record["tested_on"] < record["built_on"],
        "tests_too_old": record["test_age_days"] > test_age,
        "approved_by_author": record["approvals_independent"] < record["approvals"],
        "data_not_in_dpia": record["datasets_in_dpia"] < record["datasets_used"],
        "partner_without_agreement": record["partners_with_agreement"] < record["partners"],
        "not_authorised": not (record["change_in_plan"] or record["authorised"] or record["approved_investigation"]),
        "log_broken": not record["audit_log_verified"],
    }
    assert found.keys() == FLAWS.keys()
    return {flaw for flaw, there in found.items() if there}


@over_worlds(SEEDS)
def test_each_bad_release_breaks_one_rule_and_good_ones_stand_on_the_limits(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    limits = truth.releases.house_rules
    for releases in (truth.releases, truth.unseen):
        seen = set()
        for record in releases.records:
            found = broken_in(record, limits.participants, limits.test_age)
            flaw = releases.rows[record["release"]].flaw
            assert found == ({flaw} if flaw else set())
            tested = dt.date.fromisoformat(record["tested_on"])
            assert (dt.date.fromisoformat(record["released_on"]) - tested).days == record["test_age_days"]
            seen |= found
        assert seen == set(truth.flaws)
        good = [record for record in releases.records if not releases.rows[record["release"]].flaw]
        assert any(
            r["nurses"] == r["physicians"] == limits.participants and r["test_age_days"] == limits.test_age
            and r["tested_on"] == r["built_on"] and r["approved_investigation"] for r in good
        )  # fmt: skip
        assert any(r["authorised"] and not r["change_in_plan"] for r in good)
        small = [r for r in releases.records if releases.rows[r["release"]].flaw == "too_few_in_a_group"]
        assert all(r["nurses"] + r["physicians"] >= 15 for r in small)
    assert truth.releases.rows.keys().isdisjoint(truth.unseen.rows), "a waiver names a release of the table"


@pytest.mark.slow
def test_an_assessment_alone_never_lets_a_release_pass() -> None:
    """Each release with a change that nobody authorised was assessed, in every draw."""
    for seed in SEEDS:
        truth = load_case(SLUG, seed).truth
        for releases in (truth.releases, truth.unseen):
            bad = [r for r in releases.records if releases.rows[r["release"]].flaw == "not_authorised"]
            assert bad and all(r["assessment_done"] for r in bad)


@over_worlds(SEEDS)
def test_flaws_of_each_kind_occur_and_two_waivers_may_stand(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    kinds = [FLAWS[flaw].touches for flaw in truth.flaws]
    assert (kinds.count(SAFETY), kinds.count(LAW), kinds.count(HOUSE)) == (3, 4, 2)
    releases = truth.releases
    assert len(releases.requests) == 4 and len(releases.granted) == 2
    for request in releases.requests.values():
        assert request.owner not in (request.asked_by, request.made_by)
        assert set(request.could_answer) == {request.owner, request.asked_by, request.made_by}
        flaw = FLAWS[releases.rows[request.release].flaw]
        assert (request in releases.granted) == (flaw.id in ("fewer_than_we_ask", "tests_too_old"))
        assert (request.extent > 0) == (request in releases.granted)
    assert not {request.release for request in releases.granted} & releases.bad.keys()


@over_worlds(SEEDS)
def test_one_set_of_documents_belongs_to_each_combination(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    for model, screen in BUILDS:
        for part in ("model_card", "design_spec", "requirements", "risk_file", "test_evidence", "usability_report",
                     "dpia", "labelling"):  # fmt: skip
            file = truth.folder.right_file(part, model, screen)
            assert file is not None
            assert fingerprint(truth.folder.texts[file.path]) == file.sha256
            assert truth.folder.good_signature(file.id)
            signed = [s for s in truth.folder.signatures.values() if s.file == file.id]
            assert len(signed) == 3, "two signatures only look like an approval"
        built = max(truth.models[model].built_on, truth.screens[screen].built_on)
        failing = truth.trace.failing[model, screen]
        for requirement in truth.trace.requirements:
            run_id = truth.trace.good_run(requirement, model, screen)
            assert bool(run_id) == (requirement not in failing)
            assert not run_id or truth.trace.runs[run_id].run_on >= built
        severities = {truth.trace.controls[truth.trace.control_of(id)].severity for id in failing}
        assert severities and "high" not in severities
    for screen in ("tiered", "popup"):
        assert len([report for report in truth.reports if report.counts and report.screen == screen]) == 1
    older = next(report for report in truth.reports if report.screen == "tiered_old")
    assert all(older.nurses > r.nurses and older.physicians > r.physicians for r in truth.reports if r is not older)
    formative = next(report for report in truth.reports if report.kind == "formative")
    assert formative.nurses + formative.physicians >= 15 > max(formative.nurses, formative.physicians)


def test_some_report_has_a_critical_use_error_that_is_open() -> None:
    reports = [report for seed in SEEDS for report in load_case(SLUG, seed).truth.reports]
    tempting = [r for r in reports if r.kind == "summative" and r.open_errors and min(r.nurses, r.physicians) >= 15]
    assert tempting and not any(report.counts for report in tempting)


def test_wider_use_and_another_screen_are_changes_that_no_plan_holds() -> None:
    assert outside_plan("trees", "all_adult", "tiered") == {"wider_use", "new_screen"}
    assert outside_plan("sequence", "step_down", "popup") == {"architecture", "signal", "wider_use"}
    assert outside_plan("trees", "medical", "popup") == set()


@over_worlds(SEEDS)
def test_a_paper_allows_its_own_version_and_wards_and_somewhere_it_may_go_out(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    papers = truth.authorisations
    for model, use in (("trees", "all_adult"), ("sequence", "step_down")):
        ways = [papers.way(region, model, use) for region in ("eu", "us")]
        assert set(ways) <= {RELEASED, INVESTIGATION, HELD} and ways != [HELD, HELD]
        for region, way in zip(("eu", "us"), ways, strict=True):
            paper = papers.allowing(region, model, use)
            assert (paper is None) == (way == HELD)
            assert paper is None or paper.version == truth.models[model].version
    assert papers.way("eu", "sequence", "all_adult") == HELD
    assert all(not paper.way for paper in papers.papers.values() if "ssessment" in paper.what or "sent" in paper.what)


@over_worlds(SEEDS)
def test_exactly_one_earlier_record_lost_its_seal_and_one_a_topic_holds(seed: int) -> None:
    case = load_case(SLUG, seed)
    records, log = case.columns["earlier_records"], case.columns["audit_log"]
    sealed = {
        record: content
        for record, action, content in zip(log["record"], log["action"], log["content"], strict=True)
        if action == "accepted"
    }
    changed = [
        f"d{n}"
        for n, text in zip(records["number"], records["text"], strict=True)
        if fingerprint(text) != sealed[str(n)]
    ]
    earlier = case.truth.earlier
    assert changed == [earlier.edited]
    assert broken_entry(earlier.log) is None
    assert list(records["accepted_on"]) == sorted(records["accepted_on"])
    for topic in ("model", "intended_use", "alerting"):
        chain = [record for record in earlier.records.values() if record.topic == topic]
        assert [record.supersedes for record in chain] == [None, *(record.number for record in chain[:-1])]
        assert earlier.holding(topic) == chain[-1].id


def test_chains_of_records_have_every_length() -> None:
    lengths = {
        sum(record.topic == topic for record in load_case(SLUG, seed).truth.earlier.records.values())
        for seed in range(16)
        for topic in ("model", "intended_use", "alerting")
    }
    assert lengths == {1, 2, 3}


@pytest.mark.parametrize("field", ["at", "who", "action", "record", "content", "previous", "entry"])
def test_any_change_of_an_audit_log_is_found(field: str) -> None:
    log = [dict(entry) for entry in load_case(SLUG, 1).truth.earlier.log]
    log[3][field] = log[3][field][:-1] + ("0" if log[3][field][-1] != "0" else "1")
    assert broken_entry(tuple(log)) == 4
    intact = load_case(SLUG, 1).truth.earlier.log
    assert broken_entry((*intact[:2], *intact[3:])) == 3
    assert broken_entry(({"at": "2026-01-01"},)) == 1


@pytest.mark.slow
def test_a_world_is_the_same_in_every_process_and_quick() -> None:
    code = f"from curriculum.cases import load_case; print(load_case({SLUG!r}, 11).fingerprint)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert simulate(11).fingerprint == other != simulate(12).fingerprint
    start = time.process_time()
    simulate(13)
    assert time.process_time() - start < 0.3


# The backlog


@over_worlds(SEEDS)
def test_each_right_way_has_plans_that_fit_and_can_slip(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    backlog = truth.backlog
    assert set(backlog.plans) == {way.model for way in truth.shape.right}
    for way in truth.shape.right:
        soon_or_late = backlog.plans[way.model]
        assert soon_or_late[0] != soon_or_late[1]
        for plan in soon_or_late:
            assert not [*backlog.too_much(plan)]
            answered = {line.item: line.sprint for line in plan.asked}
            for line in plan.built:
                question = backlog.question_of(line.item)
                assert question.outcome != "refuted" and not backlog.delivery[line.item].built
                assert 1 <= line.sprint - answered.get(question.id, question.ended) <= FRESH
        assert backlog.overfull[way.model] and backlog.too_late[way.model]
    refuted = {item.id for item in backlog.discovery.values() if item.outcome == "refuted"}
    assert refuted, "some idea dies in every world"
    # What was found out agrees with the world.
    assert ("popup_study" in refuted) is (truth.shape.alerts == "list")
    assert ("tier_study" in refuted) is (truth.shape.alerts == "popup")
    assert ("shadow_trees" in refuted) is (truth.shape.against_broad in ("medical", "surgical"))


# The clauses


def test_clauses_say_what_the_reference_says() -> None:
    clauses = load_clauses()
    assert verified_on() == dt.date(2026, 11, 22)
    dates = {
        "ai_act_general": dt.date(2026, 8, 2),
        "ai_act_high_risk_annex_iii": dt.date(2027, 12, 2),
        "ai_act_high_risk_annex_i": dt.date(2028, 8, 2),
        "fda_cds": dt.date(2026, 1, 6),
        "qmsr": dt.date(2026, 2, 2),
        "ehds": dt.date(2029, 3, 26),
    }
    assert {id: clauses[id].applies_from for id in dates} == dates
    status = {"ai_act_high_risk_2024": "superseded", "ai_act_high_risk_annex_i_2024": "superseded",
              "fda_cds_2022": "superseded", "fda_lifecycle": "draft",
              "mdr_reform": "pending", "gdpr_omnibus": "pending", "hipaa_proposal": "pending"}  # fmt: skip
    assert {id: clauses[id].status for id in status} == status
    for id in ("iec_62304", "fda_human_factors", "gdpr_44_49", "onc_hti_1", "mdr_reform", "section_1557"):
        assert clauses[id].uncertain, f"{id} is marked as uncertain in the reference"
    corrected = {"ai_act_high_risk_2024", "ai_act_high_risk_annex_i_2024", "mdr_significant_change", "fda_cds",
                 "fda_pccp", "fda_new_submission", "gdpr_28"}  # fmt: skip
    shown = clause_columns()
    days = dict(zip(shown["clause"].tolist(), shown["verified_on"].tolist(), strict=True))
    own = {id for id, clause in clauses.items() if clause.status == "company rule"}
    assert {days[id] for id in corrected} == {"2026-11-26"} and {days[id] for id in own} == {"company rule"}
    assert {day for id, day in days.items() if id not in corrected | own} == {"2026-11-22"}


def test_nothing_applies_of_proposals_drafts_and_old_texts() -> None:
    """Their rows have no day, and the table does not say that they apply already."""
    clauses, shown = load_clauses(), clause_columns()
    told = dict(zip(map(str, shown["clause"]), map(str, shown["applies_from"]), strict=True))
    old = {id for id, clause in clauses.items() if clause.status in ("superseded", "draft", "pending")}
    assert old
    assert {told[id] for id in old} == {"not at all"}
    assert {clauses[id].applies_from for id in old} == {None}
    assert "2 August 2027" in clauses["ai_act_high_risk_annex_i_2024"].note


def test_what_is_superseded_proposed_or_not_yet_applicable_stops_nothing() -> None:
    clauses, day = load_clauses(), dt.date(2027, 3, 1)
    idle = {id for id, clause in clauses.items() if not applies(clause, day)}
    assert idle == {"ai_act_high_risk_annex_i", "ai_act_high_risk_annex_iii", "ai_act_high_risk_2024",
                    "ai_act_high_risk_annex_i_2024", "gdpr_omnibus", "ehds",
                    "mdr_reform", "fda_cds_2022", "fda_lifecycle", "hipaa_proposal"}  # fmt: skip
    assert applies(clauses["ai_act_high_risk_annex_i"], dt.date(2028, 8, 2))


# The criteria


@over_worlds(range(40))
def test_whatever_the_schema_lets_pass_gets_a_verdict(seed: int) -> None:
    case, rng = load_case(SLUG, seed % 4), random.Random(seed)
    files = dict(load_fixtures(case).exemplars[rng.choice(["explainable_broad", "stronger_narrow"])])
    artifacts = {kind: _anything(model, case, rng) for kind, model in RUBRIC.artifacts.items()}
    if seed % 3:  # a sound log lets more criteria reach the nonsense of the others
        artifacts["decision_log"] = RUBRIC.artifacts["decision_log"].model_validate(files["decision_log"])
    talk = replay(script_of(case), rng.choice([[], files["review_meeting"]["attempts"][-1]]))
    artifacts = completed(artifacts, RUBRIC.derives, case)[0]
    report = grade(RUBRIC, case, Submission(artifacts, talk.state))
    for artifact in report.artifacts:
        assert artifact.status is not Status.GRADER_ERROR, [
            finding.finding for finding in artifact.findings if finding.status is Status.GRADER_ERROR
        ]
        assert all(f.finding for f in artifact.findings)
        assert all(one.found and one.expected for f in artifact.failed() for one in f.objections)
    json.dumps(report.as_json(), allow_nan=False)
    run(case, artifacts, talk.state)


def _anything(model: type[Part], case: Case, rng: random.Random) -> Any:
    """A random artifact or part that its schema lets pass."""
    filled = [(name, info) for name, info in model.model_fields.items() if rng.random() < 0.9]
    return model.model_validate(
        {name: _value(info.annotation, pick_of(info), list(info.metadata), case, rng) for name, info in filled}
    )


def _value(kind: Any, pick: Pick | None, marks: list[Any], case: Case, rng: random.Random) -> Any:
    if get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        marks = [*marks, *more]
        pick = next((mark for mark in more if isinstance(mark, Pick)), pick)
    inner = [part for part in get_args(kind) if part is not NoneType]
    if get_origin(kind) is tuple:
        most = min(next((m.max_length for m in marks if getattr(m, "max_length", None)), 12), 12)
        return [_value(inner[0], pick, [], case, rng) for _ in range(rng.randint(0, most))]
    if get_origin(kind) is Literal:
        return rng.choice(inner)
    if isinstance(kind, type) and issubclass(kind, Part):
        return _anything(kind, case, rng).model_dump()
    if pick:
        return rng.choice(["", "nobody", *case.registry.entries(pick.kind)])
    if inner:
        kind = inner[0]
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
    if kind is str:
        return rng.choice(
            ["", "#ffffff", "{color.a}", "color.a", "nurses < 15", "1 / 0 > 0", "color", "200ms", "x" * 60]
        )
    if kind is dt.date:
        return rng.choice([None, dt.date.min, dt.date.max, dt.date(2027, 2, 1), case.truth.calendar.today])
    if kind is int:
        return rng.choice([0, 1, 2, 3, 4, 5, 7])
    return rng.choice([None, 0, -1e12, 1e12, 0.5, 60, 15])


@over_worlds(range(0, 64, 8))
def test_the_way_that_was_not_decided_has_no_consent(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_fixtures(case).exemplars
    mixed = {**files["explainable_broad"], "review_meeting": files["stronger_narrow"]["review_meeting"]}
    failed = {f.criterion for a in grade(RUBRIC, case, submitted(case, mixed)).artifacts for f in a.failed()}
    if case.truth.shape.ways == "both":
        assert failed == {"sign_offs_were_given", "decider_holds_the_right", "evidence_speaks_for_the_choice"}
    else:  # the same way, agreed to by the same people, who told other things
        assert failed == {"evidence_speaks_for_the_choice"}


# The log


@cache
def exemplar(seed: int) -> Files:
    return load_exemplar(load_case(SLUG, seed), "explainable_broad")


def failed_with(case: Case, *changes: tuple[str, Any]) -> set[str]:
    """The criteria of the log that fail when some places of an exemplar's log hold something else."""
    files = exemplar(case.seed)
    log = json.loads(json.dumps(files["decision_log"], default=str))
    for place, value in changes:
        *way, last = place.split(".")
        part = log
        for step in way:
            part = part[step]
        part[last] = value
    typed = {"decision_log": RUBRIC.artifacts["decision_log"].model_validate(log)}
    submission = Submission(completed(typed, RUBRIC.derives, case)[0], talk_of(case.seed))
    criteria = {id: one for id, one in RUBRIC.criteria.items() if one.artifact == "decision_log"}
    report = grade(replace(RUBRIC, criteria=criteria), case, submission)
    (artifact,) = (artifact for artifact in report.artifacts if artifact.kind == "decision_log")
    return {finding.criterion for finding in artifact.failed()}


@cache
def talk_of(seed: int) -> Any:
    return replay(script_of(load_case(SLUG, seed)), exemplar(seed)["review_meeting"]["attempts"][-1]).state


@pytest.mark.slow
@over_worlds(range(6))
def test_only_the_last_record_of_a_questions_own_chain_is_superseded(seed: int) -> None:
    case = load_case(SLUG, seed)
    earlier = case.truth.earlier
    for topic in ("model", "intended_use", "alerting"):
        for record in earlier.records.values():
            right = record.id == earlier.holding(topic)
            assert failed_with(case, (f"{topic}.supersedes", record.id)) == (set() if right else {"old_record_ends"})


@pytest.mark.slow
@over_worlds(range(6))
def test_only_who_holds_the_right_decides_and_whose_work_it_changes_signs(seed: int) -> None:
    case = load_case(SLUG, seed)
    for topic, right in case.truth.rights.items():
        for person in case.people:
            expected = set() if person == right.decider else {"decider_holds_the_right"}
            assert failed_with(case, (f"{topic}.decider", person)) == expected
        assert failed_with(case, (f"{topic}.sign_offs", [*right.signers][::-1])) == set(), "in any order"
        assert failed_with(case, (f"{topic}.sign_offs", [*right.signers, right.decider])) == set()
        assert failed_with(case, (f"{topic}.sign_offs", [right.signers[0]])) == {"affected_functions_sign"}
        assert failed_with(case, (f"{topic}.sign_offs", [*right.signers, "hana"])) == {"sign_offs_were_given"}


@pytest.mark.parametrize(("days", "fails"), [(0, True), (1, False), (92, False), (93, True), (-5, True)])
def test_a_decision_is_looked_at_in_the_first_quarter_of_the_pilot(days: int, fails: bool) -> None:
    case = load_case(SLUG, 4)
    on = (case.truth.calendar.last_release_day + dt.timedelta(days=days)).isoformat()
    assert failed_with(case, ("alerting.confirmed_on", on)) == ({"confirmation_can_fail"} if fails else set())


@over_worlds(range(9))
def test_a_limit_lies_between_the_two_options(seed: int) -> None:
    case = load_case(SLUG, seed)
    measures, way = case.truth.measures, case.truth.shape.right[0]
    driver = "inappropriate" if way.screen == "tiered" else "minutes"
    other = "popup" if way.screen == "tiered" else "tiered"
    own, rival = (measures.of(driver, screen, model=way.model, use=way.use) for screen in (way.screen, other))
    for limit, fails in ((own, False), ((own + rival) / 2, False), (rival, True), (own - 0.1, True), (99.0, True)):
        changes = (("alerting.confirmed_by", driver), ("alerting.confirmed_limit", limit))
        assert failed_with(case, *changes) == ({"confirmation_can_fail"} if fails else set()), limit


@pytest.mark.parametrize("gives_up", ["override_rate", "sensitivity", ""])
def test_a_choice_that_costs_nothing_is_none(gives_up: str) -> None:
    case = load_case(SLUG, 5)
    failed = failed_with(case, ("alerting.gives_up", gives_up))
    assert failed == {"costs_are_named"} if gives_up else "decision_log_is_complete" in failed


def test_where_both_screens_can_be_answered_either_is_right() -> None:
    """On the step-down units of a mixed world the list may be chosen, too, where people agreed to it."""
    case = next(case for seed in range(20) if (case := load_case(SLUG, seed)).truth.shape.alerts == "mixed"
                and case.truth.shape.ways == "narrow")  # fmt: skip
    assert not case.truth.measures.alerting_shortfalls("sequence", "step_down", "tiered")
    assert not case.truth.measures.alerting_shortfalls("sequence", "step_down", "popup")


# Policies


def test_a_policy_is_run_on_two_hundred_releases_in_a_tenth_of_a_second() -> None:
    case = load_case(SLUG, 2)
    policy = ReleasePolicy.model_validate(load_fixtures(case).exemplars["explainable_broad"]["release_policy"])
    columns = {name: np.resize(values, 200) for name, values in case.columns["releases"].items()}
    columns["release"] = np.array([f"r_{number}" for number in range(200)])
    run_policy(policy, columns)
    start = time.process_time()
    verdicts = run_policy(policy, columns)
    assert time.process_time() - start < 0.1
    assert len(verdicts.stops) == 200 and any(verdicts.stops.values())


@pytest.mark.parametrize(
    "expression",
    [
        "open('/etc/passwd') == ''",
        "__import__('os').system('true') == 0",
        "release.__class__ == ''",
        "[1, 2, 3].all(x, x > 0)",
        "[1, 2, 3].map(x, x * 2).size() > 0",
        "[1].exists(x, [1].exists(y, [1].exists(z, true)))",
        "release + release",
        "nurses",
        "nurses / 0 > 1",
        "9223372036854775807 + nurses > 0",
        "'" + "a" * 700 + "'.matches('(a+)+$') && nurses > 900",
        "(" * 300 + "nurses > 1" + ")" * 300,
        "nurses > 1 " * 200,
        "env.PATH == ''",
        "",
    ],
)
def test_a_policy_cannot_read_files_loop_or_exhaust_memory(expression: str) -> None:
    """Whatever a rule says, it ends at once, with a sentence or without a release stopped by a trick."""
    import resource

    rule = PolicyRule(stop_when=expression[:800], clause="part_11")
    columns = load_case(SLUG, 3).columns["releases"]
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    verdicts = run_policy(ReleasePolicy(rules=(rule,)), columns)
    assert time.process_time() - start < 1.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB
    assert verdicts.errors or not any(verdicts.stops.values())
    assert all(len(str(error)) < 1_200 for error in verdicts.errors.values())


@pytest.mark.slow
@over_worlds(range(0, 64, 16))
def test_points_grow_with_what_is_stopped_rightly(seed: int) -> None:
    """One rule of many earns little, and one more rule never less."""
    case = load_case(SLUG, seed)
    files = load_fixtures(case).exemplars["explainable_broad"]
    policy, earned = files["release_policy"], []
    for count in range(1, len(policy["rules"]) + 1):
        fewer = {**files, "release_policy": {**policy, "rules": policy["rules"][-count:]}}
        report = next(a for a in grade(RUBRIC, case, submitted(case, fewer)).artifacts if a.kind == "release_policy")
        earned.append(report.points / report.maximum)
    assert earned[0] <= 0.15 and earned[-1] == 1.0
    assert earned == sorted(earned)
    assert len(set(earned)) >= 4


def test_a_policy_is_judged_on_releases_that_no_table_shows() -> None:
    """A rule that names what is special about the bad rows of the table lets those of the second draw pass."""
    case = load_case(SLUG, 2)
    files = load_fixtures(case).exemplars["explainable_broad"]
    bad = [r for r in case.truth.releases.records if case.truth.releases.rows[r["release"]].flaw == "not_authorised"]
    by_heart = " || ".join(f'(built_on == "{r["built_on"]}" && tested_on == "{r["tested_on"]}")' for r in bad)
    rules = [
        {**rule, "stop_when": by_heart} if "authorised" in rule["stop_when"] else rule
        for rule in files["release_policy"]["rules"]
    ]
    changed = {**files, "release_policy": {**files["release_policy"], "rules": rules}}
    report = next(a for a in grade(RUBRIC, case, submitted(case, changed)).artifacts if a.kind == "release_policy")
    found = {finding.criterion: finding for finding in report.failed()}
    assert "weeks to come" in found["unlawful_releases_are_stopped"].objections[0].found


def test_a_policy_reads_the_columns_of_a_release_and_nothing_else() -> None:
    case = load_case(SLUG, 0)
    assert case.columns["releases"].keys() == {**NAMED, **COLUMN_TYPES}.keys()
    assert not {"release", "released_on"} & COLUMN_TYPES.keys(), "a rule does not know which release it has"
    for name, kind in COLUMN_TYPES.items():
        assert isinstance(case.columns["releases"][name].tolist()[0], kind)


# Tokens


def tokens(*rows: tuple[str, str, str]) -> list[DesignToken]:
    return [DesignToken(name, name, type=type, value=value) for name, type, value in rows]


@over_worlds(SEEDS)
def test_names_of_looks_tell_nothing_and_some_lead_to_the_same_colour(seed: int) -> None:
    case = load_case(SLUG, seed)
    looks = case.truth.screen.looks
    ends = Counter(looks.colours(look) for look in looks.looks)
    assert sorted(ends.values())[-2:] == [2, 2], "an alert and a quiet look under two names"
    assert sum(not looks.readable(look) for look in looks.looks) == 3
    for turn in range(3):
        right = looks.right(turn)
        backgrounds = {looks.colours(look)[1] for look in (*right.values(), *looks.taken.values())}
        assert set(right) == set(DESIGNED) and len(backgrounds) == 6
    shown = resolved_looks(case.tables)
    assert {(row.Index, row.text, row.background) for row in shown.itertuples()} == {
        (look, *looks.colours(look)) for look in looks.looks
    }


@pytest.mark.slow
def test_names_of_looks_differ_in_what_they_lead_to_from_world_to_world() -> None:
    alarms = Counter(load_case(SLUG, seed).truth.screen.looks.right()["alert"] for seed in range(40))
    assert max(alarms.values()) < 12


@over_worlds(SEEDS)
def test_each_new_state_has_a_real_response_and_worst_ones_are_there(seed: int) -> None:
    screen = load_case(SLUG, seed).truth.screen
    by_state = Counter(screen.state_of(sample) for sample in screen.samples.values())
    assert all(by_state[state] for state in (*DESIGNED, "quiet"))
    wrong = [screen.state_of(sample) for sample in screen.samples.values() if sample.wrong]
    assert sorted(wrong) == ["alert", "quiet"]


@pytest.mark.slow
@pytest.mark.parametrize("advice", [advice.id for advice in ADVICE.values() if advice.unsafe])
@pytest.mark.parametrize("state", DESIGNED)
def test_no_state_may_diagnose_order_or_give_the_all_clear(advice: str, state: str) -> None:
    case = load_case(SLUG, 5)
    files = load_fixtures(case).exemplars["explainable_broad"]
    handoff = {**files["design_handoff"], state: {**files["design_handoff"][state], "advice": advice}}
    report = grade(RUBRIC, case, submitted(case, {**files, "design_handoff": handoff}))
    (artifact,) = (artifact for artifact in report.artifacts if artifact.kind == "design_handoff")
    assert {finding.criterion for finding in artifact.failed()} == {"advice_is_safe_and_agreed"}
    assert artifact.points <= artifact.maximum / 2


def test_aliases_are_followed_to_their_value_and_written_as_dtcg() -> None:
    rows = tokens(
        ("color.ink", "color", "#101820"), ("text.plain", "color", "{color.ink}"), ("fade", "duration", "200ms")
    )
    resolved = resolve(rows)
    assert resolved.values == {"color.ink": "#101820", "text.plain": "#101820", "fade": "200ms"}
    tree = json.loads(dtcg_json(resolved))
    assert tree["text"]["plain"] == {"$type": "color", "$value": "{color.ink}"}
    assert tree["fade"]["$value"] == {"value": 200.0, "unit": "ms"}
    assert tree["color"]["ink"]["$value"]["hex"] == "#101820"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("a", "color", "{b}"), ("b", "color", "{a}")], "circle"),
        ([("a", "color", "{a}")], "circle"),
        ([("a", "color", "{nowhere}")], "nowhere"),
        ([("a", "color", "#fff")], "needs"),
        ([("a", "color", "#ffffff"), ("a", "color", "#000000")], "two tokens"),
        ([("a", "color", "#ffffff"), ("a.b", "color", "#000000")], "group"),
        ([("a", "color", "#ffffff"), ("b", "duration", "{a}")], "duration"),
        ([("1 a", "color", "#ffffff")], "name"),
        ([("a", "", "#ffffff")], "type"),
    ],
)
def test_tokens_that_cannot_be_used_are_told_in_a_sentence(rows: list[tuple[str, str, str]], words: str) -> None:
    with pytest.raises(TokenError, match=words):
        resolve(tokens(*rows))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1.0)
    assert contrast("#767676", "#ffffff") == contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") < 4.5


# What happened next


@over_worlds(range(0, 64, 8))
def test_the_audit_finds_nothing_in_what_belongs_together(seed: int) -> None:
    case = load_case(SLUG, seed)
    for files in load_fixtures(case).exemplars.values():
        submission = submitted(case, files)
        outcome = run(case, submission.artifacts, submission.conversation)
        again = run(case, submission.artifacts, submission.conversation)
        assert outcome is not None and again is not None
        assert outcome.numbers == again.numbers and outcome.sentences == again.sentences
        assert outcome.numbers["findings"] == 0 and outcome.numbers["threads_whole"] == outcome.numbers["threads"] == 7
        assert outcome.numbers["reached"] > 1.2 * outcome.numbers["reached_before"]
        assert any(sentence.startswith("What it costs") for sentence in outcome.sentences)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("a_lost_link", "the control is wrong"),
        ("a_thread_left_open", "the control is missing"),
        ("a_problem_without_an_end", "the result is missing"),
        ("the_card_of_the_version_before", "of another release"),
        ("approved_by_its_author", "Signed by the wrong person"),
        ("approved_before_it_changed", "Signed before it changed"),
        ("signed_by_somebody_who_was_not_asked", "does not remember agreeing"),
        ("the_strongest_everywhere", "switches the alerts off"),
        ("the_screen_that_people_like", "clicked away unread"),
        ("too_few_patients", "do not renew"),
    ],
)
def test_the_inspector_and_the_ward_find_what_is_wrong(id: str, words: str) -> None:
    case = load_case(SLUG, 9)
    submission = near_miss(case, id)
    outcome = run(case, submission.artifacts, submission.conversation)
    assert outcome is not None
    assert words in " ".join(outcome.sentences)


@over_worlds(range(9))
def test_the_wrong_screen_reaches_fewer_patients(seed: int) -> None:
    case = load_case(SLUG, seed)
    best = submitted(case, load_fixtures(case).exemplars["explainable_broad"])
    worse = near_miss(case, "the_screen_that_people_like")
    reached = [run(case, s.artifacts, s.conversation).numbers["reached"] for s in (best, worse)]
    assert reached[1] < 0.85 * reached[0]


def test_without_decisions_there_is_nothing_to_run() -> None:
    case = load_case(SLUG, 0)
    assert run(case, {}, None) is None
    assert run(case, {"decision_log": RUBRIC.artifacts["decision_log"]()}, None) is None


@pytest.mark.slow
def test_the_figure_is_drawn_without_and_with_gaps() -> None:
    from curriculum.notebook.showing import Run

    case = load_case(SLUG, 0)
    for submission in (
        submitted(case, load_fixtures(case).exemplars["stronger_narrow"]),
        near_miss(case, "a_thread_left_open"),
    ):
        outcome = run(case, submission.artifacts, submission.conversation)
        assert outcome is not None
        assert Run(outcome).svg.startswith("<svg") and "threads" in outcome.alt
