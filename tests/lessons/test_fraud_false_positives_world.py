"""What differs between the worlds of `fraud_false_positives`, and what is right and wrong because of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.authoring.judging import judged, submission_of
from curriculum.authoring.subject import load_subject
from curriculum.cases import Case, load_case, load_unseen
from curriculum.cases.fraud_false_positives.causes import Measure
from curriculum.cases.fraud_false_positives.metrics import CONTESTED
from curriculum.cases.fraud_false_positives.payments import DAY, HOLDOUT
from curriculum.cases.fraud_false_positives.rule_trial import Rate, unseen
from curriculum.cases.fraud_false_positives.shape import CAUSES, LEVERS, draw_shape
from curriculum.cases.fraud_false_positives.war_room import FREEZE, SWITCHED, customers_hurt, mitigations
from curriculum.cases.fraud_false_positives.world import FPR_LIMIT, GROUP_LIMIT, RECALL_FLOOR
from curriculum.consequences import run
from curriculum.course.fixtures import load_exemplar
from tests.helpers.worlds import over_worlds

SLUG = "fraud_false_positives"
SEEDS = range(0, 64, 9)


def failed(case: Case, files: dict) -> set[str]:
    report = judged(load_subject(SLUG), case, files)
    return {finding.criterion for artifact in report.artifacts for finding in artifact.failed()}


def outcome(case: Case, files: dict):
    work = submission_of(load_subject(SLUG), case, files)
    return run(case, work.artifacts, work.conversation)


def test_each_choice_of_the_world_is_dealt_about_equally_often() -> None:
    shapes = [draw_shape(seed) for seed in range(60)]
    for name in ("in_bursts", "appeals_in_time", "tickets_hold", "decider", "stays"):
        assert max(Counter(getattr(shape, name) for shape in shapes).values()) == 30, name
    assert set(Counter(shape.unfit for shape in shapes).values()) == {20}
    assert Counter(shape.scores_low for shape in shapes) == {True: 24, False: 36}
    for lever in LEVERS:
        held = Counter(person for shape in shapes for person in shape.hands[lever.id])
        assert set(held) == set(lever.candidates) and max(held.values()) <= 36


@over_worlds(SEEDS)
def test_each_contested_metric_has_one_way_to_count_that_can_be_trusted(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    sound = Counter(found.metric for found in truth.definitions.values() if found.sound and found.metric in CONTESTED)
    assert sound == dict.fromkeys(CONTESTED, 1)
    assert not truth.definitions["overturn_rate"].sound, "it cannot rise above 100"
    for definition in truth.definitions.values():
        assert definition.sound or definition.why_not, "what misleads says why"
        if definition.sound:
            before, now = truth.values[definition.id]
            assert now > 1.3 * before > 0, definition.id


@over_worlds(SEEDS)
def test_fraud_is_everywhere_and_stopped_payments_get_no_label_by_waiting(seed: int) -> None:
    case = load_case(SLUG, seed)
    draws, payments = case.truth.draws, case.columns["payments"]
    fraud = draws.fraud > 0
    assert (fraud & draws.arrived).sum() >= 3, "in the new market"
    assert (fraud & draws.partner).sum() >= 5, "in partner logins"
    stopped = np.char.startswith(payments["action"], "stopped")
    later = draws.minute >= HOLDOUT[1] * DAY
    assert not np.any(payments["label"][stopped & later] != "unknown"), "only those that were examined by hand"
    assert np.all(payments["label"][draws.minute < HOLDOUT[1] * DAY] != "unknown")


@over_worlds(SEEDS)
def test_customers_are_not_payments(seed: int) -> None:
    case = load_case(SLUG, seed)
    payments = case.tables.payments
    since = payments["time"] >= np.datetime64(case.truth.calendar.launch, "m")
    stops = int((payments["action"].str.startswith("stopped") & since).sum()) * case.truth.scale
    assert stops > 1.025 * case.truth.customers, "who counts payments is off by more than the tolerance"


@over_worlds(SEEDS)
def test_the_right_rules_hold_on_payments_that_nobody_has_seen(seed: int) -> None:
    case = load_case(SLUG, seed)
    for rule in case.truth.rules.values():
        for later in (False, True):
            result = unseen(case, rule, since_launch=later)
            assert result.good.share < FPR_LIMIT and not result.worst_group[1].clearly_above(GROUP_LIMIT)
            assert not result.fraud.clearly_below(RECALL_FLOOR) and result.alerts_a_day < case.truth.capacity


def test_a_second_draw_has_other_payments_of_the_same_world() -> None:
    case, other = load_case(SLUG, 3), load_unseen(SLUG, 3)
    assert other is not None and other.facts == case.facts
    assert abs(len(other.columns["payments"]["amount"]) - len(case.columns["payments"]["amount"])) < 300
    assert abs(other.truth.draws.amount.mean() - case.truth.draws.amount.mean()) < 0.05 * case.truth.draws.amount.mean()


def test_a_limit_is_exceeded_only_where_chance_does_not_explain_it() -> None:
    assert not Rate(6, 1000).clearly_above(0.005) and Rate(12, 1000).clearly_above(0.005)
    assert not Rate(24, 50).clearly_below(0.5) and Rate(15, 50).clearly_below(0.5)
    assert not Rate(0, 0).clearly_above(0.005) and not Rate(0, 0).clearly_below(0.5)


@pytest.mark.slow
def test_the_score_alone_is_right_in_some_worlds_and_wrong_in_others() -> None:
    verdicts = {}
    for seed in SEEDS:
        case = load_case(SLUG, seed)
        files = load_exemplar(case, "rule_and_rollback")
        files["action_plan"]["fallback"]["rule"] = "score >= 0.95"
        verdicts[seed] = failed(case, files)
        assert not verdicts[seed] or not case.truth.shape.scores_low, (seed, verdicts[seed])
    # Where high scores hit few, chance may explain them.
    high = [seed for seed in SEEDS if not load_case(SLUG, seed).truth.shape.scores_low]
    assert sum(bool(verdicts[seed]) for seed in high) >= 0.75 * len(high) and not all(verdicts.values())


@over_worlds(SEEDS[:4])
def test_a_rule_is_judged_on_groups_that_the_calibration_never_saw(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "threshold_and_staged")
    rule = f"{files['action_plan']['fallback']['rule']} || country == '{case.truth.parameters.market_code}'"
    files["action_plan"]["fallback"]["rule"] = rule
    assert "fallback_spares_every_group" in failed(case, files)
    files["action_plan"]["fallback"]["rule"] = f"{case.truth.rules['marks']} || account_age_days == 0"
    assert "fallback_spares_every_group" in failed(case, files), "the column that broke"


def test_what_a_rule_gives_and_what_an_action_moves_is_not_typed() -> None:
    case = load_case(SLUG, 2)
    files = load_exemplar(case, "rule_and_rollback")
    plan = submission_of(load_subject(SLUG), case, files).artifacts["action_plan"]
    assert isinstance(plan, ActionPlan)
    assert plan.fallback.recall == pytest.approx(100 * case.truth.trial(plan.fallback.rule, "holdout").recall, abs=0.06)
    assert plan.actions[0].measure == "stops_partner_per_1000"
    files["action_plan"]["fallback"]["rule"] = "(("
    broken = submission_of(load_subject(SLUG), case, files).artifacts["action_plan"]
    assert isinstance(broken, ActionPlan) and broken.fallback.recall is None


@over_worlds(SEEDS)
def test_whoever_may_change_something_may_own_its_action_and_nobody_else(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    first, shape = files["action_plan"]["actions"][0], case.truth.shape
    for person in case.people:
        first["owner"] = person
        refused = "actions_have_owners_who_can_act" in failed(case, files)
        assert refused is (person not in shape.may_change(first["against"], "upstream")), person


@over_worlds(SEEDS)
def test_whoever_may_change_a_way_of_working_may_own_its_change_in_the_tree(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    change, shape = files["five_whys"]["measures"][1], case.truth.shape
    for person in case.people:
        change["owner"] = person
        refused = "changes_have_owners_who_can_act" in failed(case, files)
        assert refused is (person not in shape.hands["market_opening"]), person


@pytest.mark.slow
@over_worlds(SEEDS)
def test_whoever_may_query_the_data_may_keep_a_panel_and_free_hands_the_record(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth, files = case.truth, load_exemplar(case, "rule_and_rollback")
    panel, free = files["incident"]["panels"][1], files["incident"]["scribe"]
    for person in case.people:
        panel["owner"] = person
        refused = "panels_have_owners_who_can_query" in failed(case, files)
        assert refused is (person not in truth.shape.hands["query_tickets"]), person
    panel["owner"] = truth.may_query(panel["definition"])[0]
    for person in case.people:
        files["incident"]["scribe"] = person
        assert ("roles_are_separate" in failed(case, files)) is (person not in truth.rota.free), person
    assert free in truth.rota.free and not {truth.rota.on_call, "clara", "you"} & {*truth.rota.free}
    assert len(case.tables.hands) == len(LEVERS) + 1


def test_a_fact_stands_in_the_record_when_it_was_told_or_later_and_not_before() -> None:
    case = load_case(SLUG, 7)
    files = load_exemplar(case, "rule_and_rollback")
    line = files["incident"]["timeline"][3]
    assert line["evidence"] == ["zero_ages"], "told in minute 29"
    for minute, refused in ((20, True), (25, False), (30, False), (39, False)):
        line["at"] = case.truth.minute(minute)
        assert failed(case, files) == ({"timeline_is_in_order"} if refused else set()), minute
    line |= {"at": case.truth.minute(7), "evidence": []}
    assert not failed(case, files), "it was thought before it was shown"


def test_updates_are_those_of_the_war_room_or_up_to_the_last_line() -> None:
    case = load_case(SLUG, 7)
    files = load_exemplar(case, "rule_and_rollback")
    record, updates = files["incident"], [*files["incident"]["updates"]]
    for minute in (-40, 240):
        record["updates"] = sorted([*updates, {"at": case.truth.minute(minute)}], key=lambda update: update["at"])
        assert failed(case, files) == {"updates_keep_their_cadence"}, minute
    record["updates"] = [*updates, {"at": case.truth.minute(100)}]
    record["timeline"] = [*record["timeline"], {"at": case.truth.minute(98), "about": "sale_amounts"}]
    assert not failed(case, files)


def test_an_alarm_alone_belongs_to_whoever_may_put_up_alarms() -> None:
    case = load_case(SLUG, 3)
    alarm, way = (case.registry.entries("measures")[id] for id in ("country_alarm", "country_rule"))
    assert isinstance(alarm, Measure) and isinstance(way, Measure)
    assert alarm.may_be_changed_by(case.truth.shape) == case.truth.shape.hands["measures"]
    assert way.may_be_changed_by(case.truth.shape) == case.truth.shape.hands["market_opening"]


@pytest.mark.parametrize("cause", CAUSES)
def test_what_allowed_a_cause_lets_no_payment_pass(cause: str) -> None:
    case = load_case(SLUG, 5)
    files = load_exemplar(case, "rule_and_rollback")
    action = files["action_plan"]["actions"][CAUSES.index(cause)]
    root = case.truth.story.chains[cause].root
    action |= {"against": root, "owner": case.truth.shape.may_change(root, cause)[0]}
    action["due"] = str(case.truth.day(42 + 21))
    assert failed(case, files) == {"each_cause_has_an_action"}


def test_the_group_that_is_hit_hardest_may_end_the_fallback_and_another_group_is_called_what_it_is() -> None:
    case = load_case(SLUG, 6)
    files = load_exemplar(case, "rule_and_rollback")
    fallback, values = files["action_plan"]["fallback"], case.truth.values
    fallback |= {"ends_when": case.truth.worst_group, "ends_below": round(1.2 * values[case.truth.worst_group][0], 2)}
    assert not failed(case, files)
    other = case.truth.trusted["market"]
    fallback |= {"ends_when": other, "ends_below": round(1.2 * values[other][0], 2)}
    report = judged(load_subject(SLUG), case, files)
    (found,) = [one for artifact in report.artifacts for one in artifact.failed()]
    assert found.criterion == "fallback_ends" and "a measure of one group alone" in found.finding


@over_worlds(SEEDS)
def test_what_shows_the_screen_alone_neither_ends_the_fallback_nor_begins_the_sync_again(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    for metric, passes in (("false_positives", True), ("complaints", True), ("ui_errors", False)):
        definition = case.truth.trusted[metric]
        before, _ = case.truth.values[definition]
        files["action_plan"]["fallback"] |= {"ends_when": definition, "ends_below": round(1.2 * before, 2)}
        files["sync_exit"] |= {"reopen_definition": definition, "reopen_above": round(1.6 * before, 2)}
        assert failed(case, files) == (set() if passes else {"fallback_ends", "sync_can_begin_again"}), metric


@over_worlds(SEEDS)
def test_a_rule_leaves_out_no_group_of_customers(seed: int) -> None:
    case = load_case(SLUG, seed)
    rule, market = case.truth.rules["marks"], case.truth.parameters.market_code
    assert not any(unseen(case, rule, since_launch=later).spared for later in (False, True))
    for left_out, group in ((f"country != '{market}'", f"customers in {market}"),
                            ("app_version != '5.2'", "customers with the new alert screen")):  # fmt: skip
        result = unseen(case, f"({rule}) && {left_out}", since_launch=True)
        assert group in result.spared and result.good.share < FPR_LIMIT


def test_a_rule_is_tuned_on_most_of_the_calibration_days() -> None:
    case = load_case(SLUG, 3)
    files = load_exemplar(case, "rule_and_rollback")
    first, _ = case.truth.calibration
    for days in range(1, 8):
        files["action_plan"]["fallback"]["tuned_to"] = str(first + dt.timedelta(days=days - 1))
        assert failed(case, files) == ({"rule_does_not_peek"} if days < 4 else set()), days


@over_worlds(SEEDS)
def test_something_begins_on_the_screen_before_its_switch_is_turned_back(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    action = files["action_plan"]["actions"][2]
    last = max(SWITCHED, int(case.facts["store_takes"].value or 0))
    for days, passes in ((0, True), (last, True), (last + 1, False)):
        starts = case.truth.today + dt.timedelta(days=days)
        action |= {"starts": str(starts), "due": str(starts + dt.timedelta(days=2))}
        assert failed(case, files) == (set() if passes else {"screen_does_not_wait"}), days


def test_shares_that_are_rounded_to_whole_percents_may_add_up_to_101() -> None:
    rounded_up = 0
    for seed in range(32):
        case = load_case(SLUG, seed)
        shares = {cause: round(share) for cause, share in case.truth.shares.items()}
        if sum(shares.values()) != 101:
            continue
        files = load_exemplar(case, "rule_and_rollback")
        begins = [why for why in files["five_whys"]["whys"] if "share" in why]
        for why, cause in zip(begins, ("upstream", "market", "screen"), strict=True):
            why["share"] = shares[cause]
        assert not failed(case, files), seed
        begins[0]["share"] += 3
        assert "shares_recompute" in failed(case, files), seed
        rounded_up += 1
    assert rounded_up


@over_worlds(SEEDS)
def test_limits_are_written_with_one_decimal(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    for condition in files["sync_exit"]["conditions"]:
        condition["threshold"] = round(1.4 * condition["baseline"], 1)
    definition = case.truth.trusted["complaints"]
    before, now = case.truth.values[definition]
    highest = round(min(2 * before, (before + now) / 2), 1)
    files["sync_exit"] |= {"reopen_definition": definition, "reopen_above": highest}
    assert failed(case, files) <= {"drill_week_recomputes"}, "other limits end last autumn's sync in another week"


def test_a_cause_may_not_outlast_the_fallback() -> None:
    case = load_case(SLUG, 4)
    files = load_exemplar(case, "rule_and_rollback")
    fix = files["action_plan"]["actions"][0]
    fix["due"] = str(case.truth.day(42 + 27))
    assert failed(case, files) == {"fallback_lasts_until_the_causes_end"}


@pytest.mark.slow
def test_a_fallback_stays_by_a_decision_and_by_nothing_else() -> None:
    for seed in range(8):
        case = load_case(SLUG, seed)
        files = load_exemplar(case, "rule_and_rollback")
        kept = {}
        for id, decision in case.registry.entries("decisions").items():
            files["sync_exit"] |= {"fallback": "permanent_by_decision", "decision": id}
            kept[id] = not failed(case, files)
            assert kept[id] is decision.keeps_fallback
        assert any(kept.values()) is case.truth.shape.stays
        files["sync_exit"] |= {"fallback": "removed_before_counting", "decision": ""}
        assert (not failed(case, files)) is not case.truth.shape.stays


@pytest.mark.slow
def test_in_no_week_is_the_drills_answer_in_some_worlds() -> None:
    weeks = Counter(load_case(SLUG, seed).truth.drill_week(1.3, 2) for seed in range(64))
    assert 8 <= weeks[0] <= 24 and max(count for week, count in weeks.items() if week) <= 20


def test_the_group_that_is_hit_hardest_may_end_the_sync() -> None:
    case = load_case(SLUG, 6)
    files = load_exemplar(case, "threshold_and_staged")
    assert files["sync_exit"]["conditions"][0]["definition"] == case.truth.worst_group
    assert not failed(case, files)


@over_worlds(SEEDS[:6])
def test_what_is_done_first_is_worth_days_and_not_minutes(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "threshold_and_staged")
    work = submission_of(load_subject(SLUG), case, files)
    talk = work.conversation
    assert talk is not None and any(minute <= FREEZE for _, minute in talk.done)
    late = replace(talk, done=tuple((action, minute + FREEZE) for action, minute in talk.done))
    soon, after = (run(case, work.artifacts, state) for state in (talk, late))
    assert soon is not None and after is not None
    more = after.numbers["wronged"] - soon.numbers["wronged"]
    assert more > 0.04 * soon.numbers["wronged"] and more > 5 * after.numbers["hurt_in_war_room"]
    known = mitigations(case.truth.shape)
    assert customers_hurt(case.truth.per_minute, talk.done, 90, known) < customers_hurt(
        case.truth.per_minute, late.done, 90, known
    )


@over_worlds(SEEDS[:6])
def test_the_four_weeks_show_what_a_fallback_and_an_exit_are_for(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    good = outcome(case, files)
    assert good is not None and good.ends_well
    assert good.numbers["wronged_without_fallback"] > 1.2 * good.numbers["wronged"]
    fpr = case.truth.values["fpr_final"]
    files["sync_exit"] |= {"reopen_definition": "fpr_final", "reopen_above": round(1.5 * fpr[0], 4)}
    blind = outcome(case, files)
    assert blind is not None and blind.numbers["wronged_later"] > 2 * good.numbers["wronged_later"]
    assert "nobody was called back" in " ".join(blind.sentences)


def test_a_fallback_that_stays_on_is_paid_for_by_reviewers() -> None:
    case = next(load_case(SLUG, seed) for seed in range(9) if not load_case(SLUG, seed).truth.shape.stays)
    files = load_exemplar(case, "rule_and_rollback")
    good = outcome(case, files)
    files["sync_exit"]["fallback"] = "may_stay_on"
    stays = outcome(case, files)
    assert good is not None and stays is not None
    assert stays.numbers["reviews"] > 3 * good.numbers["reviews"]
    assert "stays on" in " ".join(stays.sentences)
