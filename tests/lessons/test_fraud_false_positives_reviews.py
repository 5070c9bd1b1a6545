"""What the reviews of `fraud_false_positives` say, and that right values come with the last hint alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from curriculum.authoring.proofs.answers import graded
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import Case, load_case
from curriculum.course.fixtures import NearMiss, load_exemplar
from curriculum.course.templates import render
from graders import load_rubric
from graders.report import Finding, Status
from tests.helpers.worlds import over_worlds

SLUG = "fraud_false_positives"
SEEDS = (0, 11, 38)


@cache
def subject() -> Subject:
    return load_subject(SLUG)


def findings(case: Case, files: dict) -> dict[str, Finding]:
    report = graded(subject(), case, files)
    return {finding.criterion: finding for artifact in report.artifacts for finding in artifact.findings}


def printed(finding: Finding) -> set[str]:
    """Every number and moment in what a finding says."""
    said = [(one.found, one.expected, [list(row.values()) for row in one.evidence]) for one in finding.objections]
    return set(re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d|\d+(?:[.,]\d+)*", json.dumps(said, default=str)))


def told(case: Case, criterion: str) -> str:
    return render(load_rubric(SLUG).criteria[criterion].hints[-1], case)


def replaced(miss: NearMiss, right: dict) -> Iterator[set[str]]:
    """The right values that a near-miss replaces, each as it may be printed. Small whole numbers stand in rules as
    well ("within 2 %"), and words are no values."""
    for operation in miss.patch:
        value = right[miss.artifact]
        for step in operation["path"].split("/")[1:] if operation["op"] == "replace" else ():
            value = value[int(step) if isinstance(value, list) else step]
        if re.fullmatch(r"\d{4}-.*|\d+\.\d+|\d{3,}", str(value)):
            yield {str(value), f"{value:,}" if isinstance(value, int | float) else str(value)}


@pytest.mark.slow
@over_worlds(SEEDS)
def test_an_unmet_finding_never_prints_the_value_that_was_replaced(seed: int) -> None:
    case, fixtures, rubric, compared = load_case(SLUG, seed), subject().fixtures(seed), load_rubric(SLUG), 0
    for miss in fixtures.near_misses:
        # What compares two documents quotes both, and the learner wrote both.
        alone = {id for id in miss.fails if not set(rubric.criteria[id].needs) & rubric.artifacts.keys()}
        values = list(replaced(miss, fixtures.exemplars[miss.variant])) if miss.artifact in rubric.artifacts else []
        found = findings(case, fixtures.near_miss_files(miss)) if values else {}
        for id in alone & found.keys():
            for forms in values:
                assert not forms & printed(found[id]), (miss.id, id)
                compared += 1
    assert compared > 30


@over_worlds(SEEDS)
def test_the_last_hint_tells_the_value(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth = case.truth
    before, now = truth.values["overturned_per_1000"]
    launch = truth.calendar.launch
    assert f"{launch:%H:%M} UTC on {launch.day} {launch:%B}" in told(case, "onset_is_the_change_point")
    assert f"{truth.customers:,}" in told(case, "customers_recompute")
    assert f"{truth.customers_share:.1f} in 100" in told(case, "customers_recompute")
    assert truth.rota.channel in told(case, "message_says_when_and_where_next")
    for criterion in ("panels_recompute", "thresholds_refer_to_before",
                      "fallback_ends", "actions_can_be_taken_back", "sync_can_begin_again"):  # fmt: skip
        assert f"{before:,.2f} before, {now:,.2f} now" in told(case, criterion)
        assert "All tickets" not in told(case, criterion), "what misleads is not told"
    for cause in truth.shares:
        assert f"{truth.shares[cause]:.0f} percent" in told(case, "shares_recompute")
    assert f"week {truth.drill_week(1.2, 2)}." in told(case, "drill_week_recomputes")


@over_worlds(SEEDS)
def test_as_many_screens_as_the_hint_says_are_enough_and_fewer_are_not(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    hint = told(case, "screen_test_can_tell")
    first = re.search(r"For a target of ([\d.]+), ([\d,]+) alert screens", hint)
    assert first is not None
    target, screens = float(first[1]), int(first[2].replace(",", ""))
    files["action_plan"]["screen"] |= {"target": target, "screens": screens}
    assert findings(case, files)["screen_test_can_tell"].passed
    files["action_plan"]["screen"]["screens"] = screens - 1
    assert not findings(case, files)["screen_test_can_tell"].passed


def test_the_step_of_the_hint_is_the_one_where_people_go_wrong() -> None:
    for seed in SEEDS:
        screens = load_case(SLUG, seed).tables.screens
        split = screens[screens["app_version"] == "5.2"].groupby("step")[["shown", "problems"]].sum()
        case = load_case(SLUG, seed)
        assert f"“{(split['problems'] / split['shown']).idxmax()}”" in told(
            case, "screen_change_is_where_people_go_wrong"
        )


def test_every_wrong_entry_is_named_with_its_place() -> None:
    case = load_case(SLUG, 4)
    files = load_exemplar(case, "rule_and_rollback")
    for panel in files["incident"]["panels"][1:]:
        panel["now"] *= 2
    found = findings(case, files)["panels_recompute"]
    assert [one.place for one in found.objections] == ["panels[2].now", "panels[3].now"]


def test_what_rests_on_a_rule_waits_until_it_runs() -> None:
    case = load_case(SLUG, 4)
    files = load_exemplar(case, "rule_and_rollback")
    files["action_plan"]["fallback"]["rule"] = "new_device and amount"
    found = findings(case, files)
    waiting = {id for id, finding in found.items() if finding.status is Status.OPEN}
    assert waiting == {
        "fallback_spares_good_payments", "fallback_catches_fraud", "fallback_fits_the_reviewers",
        "fallback_spares_every_group",
    }  # fmt: skip
    assert {found[id].waits_for for id in waiting} == {"rule_runs"}
    del files["action_plan"]["fallback"]["rule"]
    assert findings(case, files)["fallback_catches_fraud"].waits_for == "plan_is_complete"


def test_a_message_without_elements_is_waited_for_and_what_is_picked_is_read() -> None:
    case = load_case(SLUG, 4)
    files = load_exemplar(case, "rule_and_rollback")
    message = files["action_plan"]["message"]
    message |= {"happened": "", "who": case.truth.message["who"]["few"]}
    assert findings(case, files)["message_tells_no_more_than_is_known"].waits_for == "plan_is_complete"
    message |= {"happened": case.truth.message["happened"]["theirs"]}
    found = findings(case, files)["message_tells_no_more_than_is_known"]
    assert [one.place for one in found.objections] == ["message.happened", "message.who"]


def test_labels_of_facts_that_nobody_told_stay_unsaid() -> None:
    case = load_case(SLUG, 4)
    files = load_exemplar(case, "rule_and_rollback")
    private = {fact.id: fact.label for fact in case.facts.values() if fact.held_by}
    for why in files["five_whys"]["whys"]:
        why["evidence"] = [next(id for id in private if why["claim"] not in case.facts[id].supports)]
    files["five_whys"]["whys"].append({"claim": "sale_amounts", "evidence": list(private)[:6]})
    said = "".join(str(one) for finding in findings(case, files).values() for one in finding.objections)
    assert not [label for label in private.values() if label in said]


@pytest.mark.slow
@over_worlds(SEEDS)
def test_a_fallback_belongs_to_whoever_may_choose_what_reviewers_see(seed: int) -> None:
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "threshold_and_staged")
    may = case.truth.shape.hands["review_first"]
    for person in case.registry.entries("people"):
        files["action_plan"]["fallback"]["owner"] = person
        assert findings(case, files)["actions_have_owners_who_can_act"].passed == (person in may), person


@over_worlds(SEEDS)
def test_the_sync_may_begin_again_by_the_measure_that_ends_it(seed: int) -> None:
    """The group whose stops rose most stands for good payments stopped in both, and another group in neither."""
    case = load_case(SLUG, seed)
    files = load_exemplar(case, "rule_and_rollback")
    for group in ("stops_partner_per_1000", "stops_market_per_1000"):
        limit = round(1.6 * case.truth.values[group][0], 2)
        files["sync_exit"] |= {"reopen_definition": group, "reopen_above": limit}
        assert findings(case, files)["sync_can_begin_again"].passed == (group == case.truth.worst_group), group


@pytest.mark.parametrize("weeks, times, passes", [(1, 8, True), (4, 3, True), (4, 4, False), (2, 7, False)])
def test_good_weeks_fit_into_a_quarter(weeks: int, times: int, passes: bool) -> None:
    case = load_case(SLUG, 0)
    files = load_exemplar(case, "rule_and_rollback")
    files["sync_exit"] |= {"window_days": 7 * weeks, "in_a_row": times}
    assert findings(case, files)["good_weeks_come_in_a_row"].passed == passes
