"""The world of `fraud_false_positives` over many seeds: its parameters, its truth by construction, its consequence."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections import Counter

import numpy as np
import pytest

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.artifacts.incident import Incident
from curriculum.artifacts.sync_exit import SyncExit
from curriculum.authoring.judging import submission_of
from curriculum.authoring.subject import load_subject
from curriculum.cases import Case, load_case
from curriculum.cases.fraud_false_positives import simulate, standing
from curriculum.cases.fraud_false_positives.causes import DISTRACTORS, EDGES, PROBLEM
from curriculum.cases.fraud_false_positives.drill import exit_week
from curriculum.cases.fraud_false_positives.events import DEEDS
from curriculum.cases.fraud_false_positives.message_parts import PARTS, message_parts
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.cases.fraud_false_positives.payments import DAY, DAYS, act, draw_parameters, draw_payments
from curriculum.cases.fraud_false_positives.shape import CAUSES
from curriculum.cases.fraud_false_positives.story import CHAINS, MECHANISMS, draw_story
from curriculum.cases.fraud_false_positives.war_room import customers_hurt
from curriculum.consequences import run
from curriculum.course.fixtures import load_exemplar, load_fixtures
from curriculum.notebook.desks.incident import change_point, dashboard, panels, stops_by_bucket, try_rule
from curriculum.roleplay.engine import begin, replay
from curriculum.roleplay.script import script_of
from graders import load_rubric
from graders.fraud_false_positives.base import moment
from graders.grade import Submission, grade
from tests.helpers.worlds import over_worlds

SLUG = "fraud_false_positives"
SEEDS = range(0, 64, 4)


def submitted(case: Case, files: dict) -> Submission:
    return submission_of(load_subject(SLUG), case, files)


def failed(case: Case, files: dict) -> set[str]:
    report = grade(load_rubric(SLUG), case, submitted(case, files))
    return {finding.criterion for artifact in report.artifacts for finding in artifact.failed()}


@over_worlds(SEEDS)
def test_parameters_lie_in_the_ranges_of_the_reference(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth, payments = case.truth, case.columns["payments"]
    good = truth.draws.fraud == 0
    stopped = np.char.startswith(payments["action"], "stopped")
    day = truth.draws.minute // DAY
    before, now = day < truth.calendar.launch_day, (day >= truth.calendar.now[0]) & (day < truth.calendar.now[1])
    assert 45_000 <= len(good) <= 55_000
    assert 0.001 <= (~good).mean() <= 0.005
    assert 0.001 <= stopped[good & before].mean() <= 0.005
    assert 0.010 <= stopped[good & now].mean() <= 0.025
    assert 2 <= truth.values["alerts_per_fraud"][0] <= 20
    assert all(10 <= share <= 60 for share in truth.shares.values())
    assert sum(truth.shares.values()) == pytest.approx(100)
    assert 60 <= truth.capacity / round(truth.capacity / 95) <= 150


@over_worlds(SEEDS)
def test_labels_are_final_after_thirty_days_and_appeals_in_their_time(seed: int) -> None:
    case = load_case(SLUG, seed)
    payments, end = case.columns["payments"], np.datetime64(case.truth.calendar.start) + np.timedelta64(DAYS, "D")
    age = end - payments["time"]
    assert np.all((payments["label"] != "unknown")[age >= np.timedelta64(30, "D")])
    assert not np.any(payments["label"][age < np.timedelta64(30, "D")] == "good")
    wait = np.timedelta64(case.truth.shape.appeal_days, "D")
    assert not np.any(payments["appeal"][age >= wait] == "pending")
    assert (case.truth.values["overturned_per_1000"][1] > 5) is case.truth.shape.appeals_in_time
    stopped = np.char.startswith(payments["action"], "stopped")
    assert not np.any(payments["appeal"][~stopped] != "")
    before, now = case.truth.values["fpr_final"]
    assert now == 0.0 < before, "by final labels the incident does not exist"


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    code = f"from curriculum.cases import load_case; print(load_case({SLUG!r}, 7).fingerprint)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == simulate(7).fingerprint
    assert simulate(7).fingerprint != simulate(8).fingerprint


def test_a_world_is_made_in_under_300_ms() -> None:
    simulate(90)
    times = []
    for seed in range(91, 96):
        start = time.process_time()
        simulate(seed)
        times.append(time.process_time() - start)
    assert sorted(times)[2] < 0.3


@over_worlds(SEEDS)
def test_without_the_causes_the_harm_is_gone_and_the_sale_stops_nobody(seed: int) -> None:
    parameters = draw_parameters(seed)
    draws = draw_payments(seed, parameters)
    good = draws.fraud == 0
    live, before = good & (draws.minute >= parameters.launch), good & (draws.minute < parameters.launch)
    none = act(draws, parameters, ()).stopped
    assert abs(none[live].mean() - none[before].mean()) < 0.0015
    parts = [
        act(draws, parameters, CAUSES).stopped[live].sum()
        - act(draws, parameters, [other for other in CAUSES if other != cause]).stopped[live].sum()
        for cause in CAUSES
    ]
    assert sum(parts) == act(draws, parameters, CAUSES).stopped[live].sum() - none[live].sum()
    assert np.median(draws.amount[live & ~draws.arrived]) > 1.08 * np.median(draws.amount[before])


@over_worlds(SEEDS)
def test_learners_can_recompute_onset_shares_and_customers_from_the_tables(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth, tables = case.truth, case.tables
    onset = change_point(stops_by_bucket(tables))
    assert abs(onset - truth.calendar.launch) <= dt.timedelta(hours=6)
    payments = tables.payments
    new, old = payments[payments["time"] >= onset], payments[payments["time"] < onset]

    def beyond(now, usual) -> float:
        stops = new.loc[now, "action"].str.startswith("stopped").sum()
        return stops - old.loc[usual, "action"].str.startswith("stopped").mean() * now.sum()

    market = truth.parameters.market_code
    excess = {
        "upstream": beyond(new["login"] == "partner", old["login"] == "partner"),
        "market": beyond(new["country"] == market, old["country"] == market),
        "screen": beyond(new["app_version"] == "5.2", old["app_version"] == "5.1"),
    }
    total = sum(excess.values())
    for cause, count in excess.items():
        assert 100 * count / total == pytest.approx(truth.shares[cause]), cause
    hit = new.loc[new["action"].str.startswith("stopped"), "customer"].nunique()
    assert hit * truth.scale == truth.customers
    assert 100 * hit / new["customer"].nunique() == pytest.approx(truth.customers_share)


@over_worlds(SEEDS)
def test_complaints_come_more_than_six_hours_after_the_onset(seed: int) -> None:
    assert load_case(SLUG, seed).facts["first_wave_late"].value > 6


@over_worlds(SEEDS)
def test_the_telemetry_misleads_when_pooled_and_tells_when_split(seed: int) -> None:
    screens = load_case(SLUG, seed).tables.screens
    pooled = screens.groupby("step")[["shown", "problems"]].sum()
    split = screens[screens["app_version"] == "5.2"].groupby("step")[["shown", "problems"]].sum()
    assert (pooled["problems"] / pooled["shown"]).idxmax() == "code"
    assert (split["problems"] / split["shown"]).idxmax() == "confirm"


@over_worlds(SEEDS)
def test_the_dashboards_numbers_are_the_graders(seed: int) -> None:
    case = load_case(SLUG, seed)
    table = panels(case.tables)
    for id, (before, now) in case.truth.values.items():
        assert table.loc[id, "before"] == pytest.approx(before, abs=0.0051)
        assert table.loc[id, "now"] == pytest.approx(now, abs=0.0051)
    for id in (id for id, definition in DEFINITIONS.items() if definition.sound):
        assert case.truth.values[id][1] > 1.3 * case.truth.values[id][0], id


@over_worlds(range(0, 64, 7))
def test_what_is_true_here_has_evidence_and_what_is_true_elsewhere_is_contradicted(seed: int) -> None:
    case = load_case(SLUG, seed)
    supported = {claim for fact in case.facts.values() for claim in fact.supports}
    contradicted = {claim for fact in case.facts.values() for claim in fact.contradicts}
    mine = {claim for chain in case.truth.story.chains.values() for claim in (chain.step, chain.root)}
    every = {claim for chains in CHAINS.values() for chain in chains.values() for claim in (chain.step, chain.root)}
    assert mine <= supported
    assert not mine & contradicted
    mine.add(case.truth.story.mechanism)
    elsewhere = (every | {*MECHANISMS}) - mine - {"panel_needs_labels", "nobody_calls_teams"}
    assert not elsewhere & supported
    assert elsewhere <= contradicted
    assert not DISTRACTORS & supported
    assert contradicted >= DISTRACTORS
    in_graph = {claim for edge in EDGES for claim in edge} - {PROBLEM}
    assert in_graph | DISTRACTORS == set(case.registry.entries("claims"))


def test_every_chain_is_true_somewhere_and_none_nearly_everywhere() -> None:
    worlds = [draw_story(seed) for seed in range(64)]
    for branch, chains in CHAINS.items():
        found = Counter(world.chains[branch] for world in worlds)
        assert set(found) == set(chains.values())
        assert max(found.values()) <= 0.7 * len(worlds)


def test_what_is_done_first_changes_how_many_are_hurt() -> None:
    case = load_case(SLUG, 2)
    script = script_of(case)
    early = replay(script, load_exemplar(case, "rule_and_rollback")["war_room"]["attempts"][-1]).state
    late = replay(script, ["hear_positions", "positions_and_wait", "who_calls", "enough_from_amara"]).state
    rate = case.truth.per_minute
    assert customers_hurt(rate, early.done, 90) < 0.8 * customers_hurt(rate, late.done, 90)
    assert customers_hurt(rate, (), 90) == pytest.approx(90 * sum(rate.values()))
    assert standing(case, begin(script))[0][1] == "0"
    assert int(standing(case, late)[1][1].replace(",", "")) > int(standing(case, early)[1][1].replace(",", ""))


@over_worlds(range(0, 64, 8))
def test_the_drill_ends_later_with_each_thing_that_is_asked(seed: int) -> None:
    drill = load_case(SLUG, seed).columns["drill"]
    ratios = dict.fromkeys(CONTESTED, 1.2)
    weeks = [
        exit_week(drill, ratios, 1, without_fallback=False, actions_closed=False),
        exit_week(drill, ratios, 2, without_fallback=False, actions_closed=False),
        exit_week(drill, ratios, 2, without_fallback=True, actions_closed=False),
        exit_week(drill, ratios, 2, without_fallback=True, actions_closed=True),
    ]
    found = [week for week in weeks if week is not None]
    assert found == sorted(set(found)), "each condition bites"
    assert weeks[:3] == found[:3], "only the last action may stay open to the end"
    assert exit_week(drill, ratios, 40, without_fallback=True, actions_closed=True) is None


@pytest.mark.slow
@over_worlds(range(0, 64, 16))
def test_worse_plans_have_worse_weeks(seed: int) -> None:
    case = load_case(SLUG, seed)
    fixtures = load_fixtures(case)
    misses = {miss.id: miss for miss in fixtures.near_misses}

    def numbers(files: dict) -> dict[str, float]:
        work = submitted(case, files)
        outcome, again = (run(case, work.artifacts, work.conversation) for _ in range(2))
        assert outcome is not None and again is not None
        assert outcome.numbers == again.numbers and outcome.sentences == again.sentences
        return dict(outcome.numbers)

    good = numbers(fixtures.exemplars["rule_and_rollback"])
    assert good["wronged_best"] <= good["wronged"] < 0.3 * good["wronged_doing_nothing"]
    assert good["fraud_lost"] <= 1.15 * good["fraud_lost_doing_nothing"]
    assert good["exit_week"] >= 4
    nothing_stopped = numbers(fixtures.near_miss_files(misses["approve_everything"]))
    assert nothing_stopped["fraud_lost"] > 2 * good["fraud_lost"]
    overloaded = numbers(fixtures.near_miss_files(misses["score_alone"]))
    assert overloaded["wronged"] > 2 * good["wronged"]
    market_open = numbers(fixtures.near_miss_files(misses["market_waits"]))
    assert market_open["wronged_without_fallback"] > good["wronged_without_fallback"]
    assert good["wronged_without_fallback"] > good["wronged"], "a fallback spares people while causes are mended"
    hasty = numbers(fixtures.near_miss_files(misses["one_good_week"]))
    assert hasty["exit_week"] <= good["exit_week"]
    argued = numbers(fixtures.near_miss_files(misses["argued_first"]))
    assert argued["hurt_in_war_room"] > numbers(fixtures.exemplars["threshold_and_staged"])["hurt_in_war_room"]


def test_the_consequence_takes_whatever_the_schema_allows() -> None:
    case = load_case(SLUG, 3)
    assert run(case, {}, None) is None
    wild = ActionPlan.model_validate({
        "fallback": {"rule": "((", "expires": "0001-01-01"},
        "screen": {"change": "no such change", "approach": "staged"},
        "actions": [{"owner": "mei", "starts": "9999-12-31", "due": "0001-01-01"}, {"against": "sale_amounts"}],
    })  # fmt: skip
    sync = SyncExit.model_validate({"conditions": [{"definition": "overturn_rate", "baseline": 0, "threshold": -5}]})
    outcome = run(case, {"action_plan": wild, "sync_exit": sync}, None)
    assert outcome is not None and "cannot be run" in " ".join(outcome.sentences)


@pytest.mark.slow
def test_checking_a_new_rule_takes_under_250_ms() -> None:
    case = load_case(SLUG, 5)
    files, rubric = load_exemplar(case, "rule_and_rollback"), load_rubric(SLUG)
    times = []
    for number in range(12):
        files["action_plan"]["fallback"]["rule"] = (
            f"new_device && (amount >= {200 + number}.5 || payments_last_hour >= 3) && score >= 0.0{number:02d}"
        )
        work = submitted(case, files)
        start = time.process_time()
        report = grade(rubric, case, work)
        times.append(time.process_time() - start)
        assert report.of("action_plan").points > 0
    assert sorted(times)[10] < 0.25


def test_a_rule_with_hindsight_is_told_so_and_not_run_against_the_learner() -> None:
    case = load_case(SLUG, 6)
    files = load_exemplar(case, "rule_and_rollback")
    files["action_plan"]["fallback"]["rule"] = "appeal == 'upheld'"
    assert "rule_does_not_peek" in failed(case, files)
    assert "appeal" in str(try_rule(case.tables, "appeal == 'upheld'")), "the notebook refuses it at once"


@pytest.mark.slow
def test_dashboard_says_its_finding_and_has_words_for_those_who_do_not_see_it() -> None:
    tables = load_case(SLUG, 9).tables
    board = dashboard(tables, "not_me_reversed_per_100", "overturn_rate", "stop_tickets_per_1000")
    assert [definition.metric for definition in board.definitions] == list(CONTESTED)
    assert "times their level before" in board.finding
    assert "Account feed version 7" in board.words
    assert board.svg.startswith("<svg")
    shown = board._repr_html_()
    assert 'alt="Three line charts' in shown and "<script" not in shown
    with pytest.raises(ValueError, match="Name one definition for each"):
        dashboard(tables, "overturn_rate", "overturned_per_1000", "not_me_per_100")
    with pytest.raises(ValueError, match="There is no definition"):
        dashboard(tables, "accuracy")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-16 09:20", dt.datetime(2026, 3, 16, 9, 20)),
        ("2026-03-16T9:20Z", dt.datetime(2026, 3, 16, 9, 20)),
        ("2026-03-16 09:20:30 UTC", dt.datetime(2026, 3, 16, 9, 20)),
        ("2026-13-40 09:20", None),
        ("2026-03-16 29:20", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, expected: dt.datetime | None) -> None:
    assert moment(text) == expected


def with_message(case: Case, variant: str, **picked: str) -> dict:
    """An exemplar with some headings of its message picked by what they are."""
    files = load_exemplar(case, variant)
    ids = {part: case.truth.message[part][what] for part, what in picked.items()}
    files["action_plan"]["message"] |= ids
    return files


@over_worlds(SEEDS)
def test_the_ids_of_the_messages_elements_say_nothing_and_their_order_differs(seed: int) -> None:
    case, other = load_case(SLUG, seed), load_case(SLUG, seed + 1)
    for part in PARTS:
        entries = case.registry.entries(f"message_{part}")
        assert [*entries] == [f"{part}_{place}" for place in range(1, len(entries) + 1)]
    assert case.truth.message != other.truth.message


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "what"),
    [(part, told.what) for part, elements in message_parts(0, "3 May", "Norway", 2).items() for told in
     elements.values() if told.harm],
)  # fmt: skip
def test_what_harms_is_refused_in_every_world(part: str, what: str) -> None:
    for seed in (1, 12):
        case = load_case(SLUG, seed)
        files = with_message(case, "rule_and_rollback", **{part: what})
        assert "message_tells_no_more_than_is_known" in failed(case, files)


@pytest.mark.parametrize(
    "words",
    [
        "We are sorry for this mistake. It was ours and not yours. About one in 25 of you could not pay since the "
        "sixth of March, and that is our fault alone. Please ask us for a second look, we answer each of you.",
        "We do not know everything yet. A third of you, it may be a few more, saw it. No, you did nothing wrong. "
        "Please ask us for a second look and we will look at it by hand. We will write again on Monday at noon.",
        "It is never nice to stand at a till and not to be able to pay. We guarantee nothing today but this: a person "
        "will look at your payment, and we will tell you on Tuesday, the 8th of March, what we have found.",
    ],
)
def test_apologies_negations_doubts_and_numbers_in_words_pass(words: str) -> None:
    case = load_case(SLUG, 10)
    files = load_exemplar(case, "rule_and_rollback")
    files["action_plan"]["message"]["words"] = words
    assert not failed(case, files)


def test_what_the_message_may_say_follows_what_was_done_in_the_war_room() -> None:
    case = load_case(SLUG, 10)
    files = with_message(case, "rule_and_rollback", happened="none_works", open="reasons_open")
    assert "message_says_what_is_so" in failed(case, files)
    files["war_room"]["attempts"] = [[
        "hear_positions", "positions_and_wait", "who_calls", "enough_from_amara", "what_moved", "blame_feed", "show_me",
        "how_tested", "what_is_empty", "who_reads", "write_now", "who_outside_knows", "adjourn",
    ]]  # fmt: skip
    assert "message_says_what_is_so" not in failed(case, files)


def test_a_way_to_support_that_nobody_told_is_not_known_to_be_open() -> None:
    case = load_case(SLUG, 10)
    files = load_exemplar(case, "rule_and_rollback")
    files["war_room"]["attempts"] = [[*files["war_room"]["attempts"][-1][:-3], "wait_with_words"]]
    assert "message_says_when_and_where_next" in failed(case, files)


def test_a_room_that_left_the_causes_open_is_right_as_long_as_the_record_says_so() -> None:
    case = load_case(SLUG, 21)
    files = with_message(case, "rule_and_rollback", open="reasons_open")
    files["war_room"]["attempts"][-1][-1] = "adjourn"
    files["incident"]["timeline"].pop()
    assert not failed(case, files)


@pytest.mark.slow
def test_a_metric_may_have_panels_for_groups_beside_the_one_for_everybody() -> None:
    case = load_case(SLUG, 22)
    files = load_exemplar(case, "rule_and_rollback")
    market = case.truth.parameters.market_code
    for group, column in (("partner", {"login": "partner"}), ("market", {"country": market})):
        row = panels(case.tables, **column).loc[case.truth.trusted["false_positives"]]
        files["incident"]["panels"].append(
            {**files["incident"]["panels"][0], "group": group, "before": row["before"], "now": row["now"]}
        )
    assert not failed(case, files)
    files["incident"]["panels"][-1]["now"] *= 2
    assert failed(case, files) == {"panels_recompute"}
    files["incident"]["panels"][-1]["group"] = "partner"
    assert "each_metric_has_one_definition" in failed(case, files)
    with pytest.raises(ValueError, match="Name one column"):
        panels(case.tables, login="partner", country="SE")


def test_criteria_that_end_in_no_week_of_the_drill_are_answered_with_0() -> None:
    case = load_case(SLUG, 23)
    files = load_exemplar(case, "rule_and_rollback")
    files["sync_exit"] |= {"in_a_row": 8, "drill_week": 5}
    assert "drill_week_recomputes" in failed(case, files)
    files["sync_exit"]["drill_week"] = 0
    assert "drill_week_recomputes" not in failed(case, files)


def test_silence_counts_up_to_the_end_of_the_war_room() -> None:
    case = load_case(SLUG, 24)
    files = load_exemplar(case, "rule_and_rollback")
    assert "updates_keep_their_cadence" not in failed(case, files)
    files["incident"]["updates"] = files["incident"]["updates"][:2]
    files["incident"]["timeline"] = files["incident"]["timeline"][:3]
    assert "updates_keep_their_cadence" in failed(case, files)


def test_what_was_not_done_does_not_stand_in_the_record_and_what_was_done_does() -> None:
    case = load_case(SLUG, 25)
    files = load_exemplar(case, "rule_and_rollback")
    lines = files["incident"]["timeline"]
    lines.insert(-1, {"at": lines[-1]["at"], "about": "review_market"})
    assert failed(case, files) == {"record_shows_what_was_done"}
    files = load_exemplar(case, "rule_and_rollback")
    files["incident"]["timeline"].pop()
    assert failed(case, files) == {"record_shows_what_was_done"}


def test_a_why_may_explain_another_line_than_the_one_above() -> None:
    case = load_case(SLUG, 26)
    files = load_exemplar(case, "rule_and_rollback")
    whys = files["five_whys"]["whys"]
    moved = {**whys.pop(3), "explains": whys[2]["claim"]}
    whys.append(moved)
    assert not failed(case, files)


def test_the_record_says_of_each_line_whether_it_is_a_deed_a_fact_or_a_guess() -> None:
    case = load_case(SLUG, 27)
    record = submitted(case, load_exemplar(case, "rule_and_rollback")).artifacts["incident"]
    assert isinstance(record, Incident)
    assert (record.commander, record.communications) == ("you", "clara")
    for line in record.timeline:
        assert line.kind == ("done" if line.about in DEEDS else "fact" if line.evidence else "guess")
    assert {line.kind for line in record.timeline} == {"done", "fact", "guess"}


def test_the_first_mitigation_stands_in_the_record() -> None:
    case = load_case(SLUG, 28)
    files = load_exemplar(case, "rule_and_rollback")
    lines = files["incident"]["timeline"]
    files["incident"]["timeline"] = [line for line in lines if line["about"] != "roll_back_screen"]
    assert "harm_is_stopped_before_causes_are_settled" in failed(case, files)
