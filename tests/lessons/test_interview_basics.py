"""The world of `interview_basics` over its seeds, and what its criteria do beyond the generic proofs."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from typing import Any

import jsonpatch
import pytest

from curriculum.artifacts.contrast import Contrast
from curriculum.artifacts.star import Star
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.interview_basics import simulate
from curriculum.cases.interview_basics.draw import draw
from curriculum.cases.interviews.contrasts import FLAWS
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.learner.finished import bring
from curriculum.learner.variant import write_stated
from curriculum.practice.interview.work import cited_value
from curriculum.roleplay import engine
from curriculum.roleplay.script import script_of
from graders import load_rubric
from graders.grade import Submission, grade
from graders.interviews.held import held
from graders.report import ArtifactReport, Status
from tests.helpers.stories import PERSONAL
from tests.helpers.worlds import over_worlds

SLUG, SCOPING = "interview_basics", "recommendation_scoping"


MEASURES = {"orders": ("orders", 1_000), "left": ("left_without_a_tap", 100), "again": ("repeated", 100)}
"""By measure: its column of the weekly table, and per how many searches it is told."""
BEFORE, AFTER = slice(0, 4), slice(12, 16)


def rate(case: Case, measure: str, weeks: slice) -> float:
    column, per = MEASURES[measure]
    weekly = case.columns["weekly"]
    return round(per * int(weekly[column][weeks].sum()) / int(weekly["searches"][weeks].sum()), 1)


@over_worlds(range(VARIANTS))
def test_what_people_say_can_be_recomputed_from_the_weekly_counts(seed: int) -> None:
    case = load_case(SLUG, seed)
    for measure, counted in case.truth.measures.items():
        assert rate(case, measure, BEFORE) == case.facts[counted.before].value
        assert rate(case, measure, AFTER) == case.facts[counted.after].value
    assert rate(case, "orders", slice(16, 17)) == case.facts["orders_fair_week"].value
    assert rate(case, "again", slice(17, 18)) == case.facts["again_quiet_week"].value
    days = case.columns["weekly"]["week_begins"]
    assert case.truth.measured["orders_after"].on == (days[15] + 6).astype(object)


@over_worlds(range(VARIANTS))
def test_two_measures_compare_and_the_third_steps_before_the_release_and_looks_better(seed: int) -> None:
    case = load_case(SLUG, seed)
    assert len(case.truth.tellable) == 2
    for measure, counted in case.truth.measures.items():
        before, after = case.facts[counted.before].value, case.facts[counted.after].value
        assert before is not None
        assert after is not None
        better = (after > before) == (counted.better == "higher")
        recounted = measure == case.truth.recounted
        assert better is (recounted or not case.truth.disappointing)
        middle = rate(case, measure, slice(9, 12))  # after the recount, before the release
        assert abs(middle - (after if recounted else before)) < abs(after - before) / 2
        fact = case.facts[counted.counting]
        assert fact.held_by != case.facts[counted.after].held_by
        assert bool(fact.contradicts) is recounted


@over_worlds(range(VARIANTS))
def test_the_kick_off_shows_which_two_wishes_did_not_fit(seed: int) -> None:
    case = load_case(SLUG, seed)
    table = case.columns["kick_off"]
    time = dict(zip(table["function"], table["milliseconds"].tolist(), strict=True))
    today, limit = time["Search today"], time["ML engineering"]
    data, design = today + time["Data science"] > limit, today + time["Design"] > limit
    together = today + time["Data science"] + time["Design"] > limit
    found = {"data", "ml"} if data else {"design", "ml"} if design else {"data", "design"} if together else set()
    assert not (data and design)
    assert found == {case.truth.won, case.truth.lost}
    assert 80 <= today <= 120
    assert case.truth.cost == case.truth.wishes[case.truth.lost].cost
    assert [id for id, fact in case.facts.items() if "cost" in fact.supports] == [case.truth.cost]


@over_worlds(range(VARIANTS))
def test_the_parameters_are_in_the_ranges_of_the_reference_and_the_traps_tempt(seed: int) -> None:
    case = load_case(SLUG, seed)
    value = {fact.id: fact.value for fact in case.facts.values() if fact.value is not None}
    assert 20 <= value["orders_before"] <= 30  # 2–3 % conversion
    for tempting in ("orders_forecast", "orders_fair_week"):
        assert value[tempting] > max(value["orders_before"], value["orders_after"]) + 0.3
    assert value["left_in_the_lab"] < min(value["left_before"], value["left_after"]) - 1
    assert value["again_quiet_week"] < min(value["again_before"], value["again_after"])
    orders = [value[id] for id in ("orders_before", "orders_after", "orders_forecast", "orders_fair_week")]
    assert len(set(orders)) == 4
    assert all(day.weekday() < 5 for day in (entry.on for entry in case.truth.log.values()))
    assert len(case.truth.own) == 4
    assert case.truth.questions


@over_worlds(range(VARIANTS))
def test_each_learner_sees_one_pair_of_each_flaw(seed: int) -> None:
    case = load_case(SLUG, seed)
    assert [pair.contrast.flaw for pair in case.truth.pairs.values()] == list(FLAWS)
    spans = case.registry.entries("spans")
    for id, pair in case.truth.pairs.items():
        for span in pair.spans:
            position = int(span.removeprefix(f"{id}_")[1:])
            assert spans[span].label == pair.contrast.weaker[position - 1]


def test_learners_see_different_pairs_on_different_sides() -> None:
    dealt = {tuple((id, pair.stronger) for id, pair in load_case(SLUG, seed).truth.pairs.items()) for seed in range(64)}
    assert len(dealt) > 60


@pytest.mark.slow
def test_the_world_is_the_same_in_every_process() -> None:
    code = "from curriculum.cases.interview_basics import simulate; print(simulate(9).fingerprint)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert other.stdout.strip() == simulate(9).fingerprint
    assert simulate(9).fingerprint != simulate(10).fingerprint


def test_neighbours_differ_in_who_was_in_conflict_and_every_shape_comes_about() -> None:
    shapes = [draw(seed) for seed in range(VARIANTS)]
    assert all(one.parties != other.parties for one, other in pairwise(shapes))
    assert len({(shape.won, shape.lost) for shape in shapes}) == 6
    for name in ("recounted", "decider", "written_in", "lost"):
        counts = Counter(getattr(shape, name) for shape in shapes)
        assert len(counts) == 3
        assert max(counts.values()) <= 0.4 * VARIANTS


def judged(case: Case, data: dict[str, Any], variant: str = "in_prose") -> ArtifactReport:
    attempts = load_exemplar(case, variant)["catching_up"]["attempts"]
    state = engine.replay(script_of(case), attempts[-1]).state
    submission = Submission({"star": Star.model_validate(data)}, state)
    return grade(load_rubric(SLUG), case, submission).of("star")


def failed(report: ArtifactReport) -> set[str]:
    """What is not so, and what cannot be asked; not what can only be believed."""
    return {f.criterion for f in report.findings if not f.passed and f.status is not Status.BELIEVED}


def test_a_personal_story_is_complete_and_believed_and_nobody_signs_it() -> None:
    report = judged(load_case(SLUG, 0), PERSONAL)
    assert failed(report) == set()
    assert report.label == "Complete; nothing here could be checked."
    assert {finding.criterion for finding in report.believed()} >= {"figures_match_their_source", "result_is_measured"}
    assert not any(sign_off.signed for sign_off in report.sign_offs)
    assert report.points < report.maximum / 2
    assert not held(Star.model_validate(PERSONAL))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("patch", "criterion"),
    [
        ([{"op": "replace", "path": "/change", "value": -21}], "sums_hold"),
        ([{"op": "replace", "path": "/change_percent", "value": -60}], "sums_hold"),
        ([{"op": "remove", "path": "/cost"}], "cost_is_named"),
        ([{"op": "remove", "path": "/result_figure/days"}], "windows_are_stated"),
        ([{"op": "replace", "path": "/actions/2/on", "value": "2025-05-03"}], "steps_are_in_order"),
        ([{"op": "replace", "path": "/result_figure/on", "value": "2025-01-30"}], "steps_are_in_order"),
        ([{"op": "remove", "path": "/actions/0"}], "three_actions_are_yours"),
        ([{"op": "replace", "path": "/baseline/days", "value": 7}], "windows_are_stated"),
        ([{"op": "replace", "path": "/result_figure/on", "value": "2999-01-30"}], "steps_are_in_order"),
        ([{"op": "replace", "path": "/unit", "value": "points"}], "sums_hold"),
        (
            [{"op": "replace", "path": "/actions/1/what", "value": "Late entries counted in each of the rehearsals"}],
            "three_actions_are_yours",
        ),
        ([{"op": "replace", "path": "/task", "value": "I had 12,500 euros for it."}], "numbers_in_text_are_claims"),
    ],
)  # fmt: skip
def test_a_personal_story_is_checked_for_completeness_and_sums(patch: list[dict[str, Any]], criterion: str) -> None:
    if patch[0]["path"] == "/change_percent":
        patch = [{**patch[0], "op": "add"}]
    data = jsonpatch.apply_patch(copy.deepcopy(PERSONAL), patch)
    assert criterion in failed(judged(load_case(SLUG, 0), data))


def test_a_failing_gate_halves_the_points() -> None:
    case = load_case(SLUG, 3)
    data = copy.deepcopy(load_exemplar(case, "in_prose")["star"])
    data["decision"]["by"] = "me"
    report = judged(case, data)
    assert failed(report) == {"decision_is_by_its_owner"}
    assert report.points == report.maximum / 2


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"origin": "course"},
        {"origin": "practice", "actions": [{}] * 12, "interests": [{}] * 8, "numbers": [{}] * 12, "copied": [{}] * 20},
        {
            "baseline": {"value": 0},
            "result_figure": {"value": 0},
            "change": 0,
            "change_percent": 5,
            "direction": "worse",
        },
        {"baseline": {"value": 1e12}, "result_figure": {"value": -1e12}, "change": -1e12, "change_percent": 1e12},
        {"situation": "9" * 4_000, "action": "𝟙𝟚٣ ½ ² ₃ 1e400 " * 100, "result": "from to from 1 to"},
        {"origin": "course", "copied": [{"lesson": "../../etc", "artifact": "facts", "text": "a: [1"}]},
        {"origin": "course", "copied": [{"lesson": "welcome", "artifact": "first_talk", "text": "attempts: [[x]]"}]},
        {"origin": "course", "copied": [{"lesson": "welcome", "variant": 999999, "artifact": "ask", "text": "ask: 5"}]},
        {"origin": "practice", "baseline": {"fact": "who_decided", "value": 3}, "result_figure": {"fact": "nobody"}},
        {"role": "<script>alert(1)</script>", "measure": "=SUM(A1:A9)", "question": "x" * 80},
    ],
)
def test_whatever_the_schema_lets_pass_gets_a_verdict(data: dict[str, Any]) -> None:
    report = judged(load_case(SLUG, 1), data)
    for finding in report.findings:
        assert finding.status is not Status.GRADER_ERROR, finding.finding
        assert finding.finding
        assert all(one.found and one.expected for one in finding.objections)
    held(Star.model_validate(data))


def test_a_contrast_of_blanks_and_doubles_gets_a_verdict() -> None:
    case = load_case(SLUG, 1)
    first = next(iter(case.truth.pairs))
    rows = [
        {},
        {"pair": first},
        {"pair": first, "stronger": "a", "span": "nobody"},
        {"pair": "nobody", "stronger": "b"},
    ]
    submission = Submission({"contrast": Contrast.model_validate({"preferences": rows})})
    report = grade(load_rubric(SLUG), case, submission).of("contrast")
    assert not report.broken()
    assert report.points == 0


def test_a_finding_on_a_pair_does_not_give_the_answer_away() -> None:
    case = load_case(SLUG, 2)
    rows = [
        {"pair": id, "stronger": "b" if pair.stronger == "a" else "a", "span": pair.spans[0]}
        for id, pair in case.truth.pairs.items()
    ]
    submission = Submission({"contrast": Contrast.model_validate({"preferences": rows})})
    report = grade(load_rubric(SLUG), case, submission).of("contrast")
    shown = " ".join(f"{finding.finding} {finding.expected}" for finding in report.findings)
    for pair in case.truth.pairs.values():
        assert pair.contrast.why not in shown
        assert pair.contrast.weaker[pair.contrast.deciding[0] - 1] not in shown


def test_a_number_in_the_text_is_quoted_with_its_place() -> None:
    case = load_case(SLUG, 5)
    data = copy.deepcopy(load_exemplar(case, "in_prose")["star"])
    data["task"] = "I had to bring both camps together within ninety days and 12 % of the budget."
    finding = next(f for f in judged(case, data).findings if f.criterion == "numbers_in_text_are_claims")
    assert [(one.place, one.found) for one in finding.objections] == [
        ("task", "No claim has “ninety days” in task."),
        ("task", "No claim has “12 %” in task."),
    ]
    assert finding.feedback.value == "essential"


@pytest.fixture(scope="module")
def course_story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A story on one's own work in another lesson: its numbers come from the facts and the outcome there."""
    workspace, other = tmp_path_factory.mktemp("workspace"), load_case(SCOPING, 3)
    answers = workspace / "beginner" / SCOPING / "answers"
    write_files(load_exemplar(other, variants(SCOPING)[0]), answers)
    write_stated(answers, other)
    copies = bring(SCOPING, workspace)
    before = cited_value(copies, f"{SCOPING}.facts.deep_at_peak")
    after = cited_value(copies, f"{SCOPING}.outcome.wait_ms")
    assert before is not None
    assert after is not None
    return {
        **PERSONAL,
        "question": "accuracy_against_latency",
        "origin": "course",
        "result": (
            f"People would have waited {before:g} milliseconds with the model that we began with. After the launch it "
            f"was {after:g}. What it cost was the better suggestions, which wait until they are fast enough."
        ),
        "actions": [
            {"what": "Held a kick-off with strict times", "on": "2026-02-03", "document": f"{SCOPING}.agenda"},
            {"what": "Scoped by what each role can carry", "on": "2026-02-10", "document": f"{SCOPING}.board"},
            {"what": "Wrote one page with the contract", "on": "2026-02-17", "document": f"{SCOPING}.prd"},
        ],
        "interests": [
            {"function": "ml", "wanted": "The deep model, which finds more"},
            {"function": "design", "wanted": "A screen that does not jump"},
        ],
        "measure": "Wait of 95 of 100 visitors at the peak",
        "unit": "milliseconds",
        "baseline": {"value": before, "on": "2026-01-30", "days": 7, "fact": f"{SCOPING}.facts.deep_at_peak"},
        "result_figure": {"value": after, "on": "2026-04-30", "days": 7, "fact": f"{SCOPING}.outcome.wait_ms"},
        "change": after - before,
        "decision": {
            "what": "Launch with the light model",
            "by": "somebody_else",
            "on": "2026-02-20",
            "document": f"{SCOPING}.prd",
        },
        "cost": {"what": "Better suggestions for visitors with a history"},
        "copied": [copied.model_dump() for copied in copies],
    }  # fmt: skip


def test_a_story_from_another_lesson_earns_full_marks_where_its_numbers_are_ones_own(
    course_story: dict[str, Any],
) -> None:
    assert failed(judged(load_case(SLUG, 0), course_story)) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("patch", "criterion"),
    [
        ({"path": "/result_figure/value", "value": 1}, "figures_match_their_source"),
        ({"path": "/result_figure/fact", "value": f"{SCOPING}.prd.title"}, "result_is_measured"),
        ({"path": "/result_figure/fact", "value": "welcome.outcome.wait_ms"}, "figures_match_their_source"),
        ({"path": "/result_figure/fact", "value": f"{SCOPING}.outcome.gain_percent"}, "same_measure_before_and_after"),
        ({"path": "/result_figure/on", "value": "2031-04-30"}, "steps_are_in_order"),
        ({"path": "/unit", "value": "percent"}, "figures_match_their_source"),
        ({"path": "/actions/0/document", "value": "welcome.ask"}, "three_actions_are_yours"),
        ({"path": "/decision/document", "value": "fraud_false_positives.incident"}, "decision_is_by_its_owner"),
        ({"path": "/question", "value": "three_theories"}, "story_fits_the_question"),
        ({"path": "/copied", "value": []}, "lessons_are_as_you_left_them"),
        ({"path": "/copied/5/text", "value": "wait_ms: 3"}, "lessons_are_as_you_left_them"),
        ({"path": "/copied/4/text", "value": "deep_at_peak: 900"}, "lessons_are_as_you_left_them"),
        ({"path": "/copied/2/text", "value": "title: [1"}, "lessons_are_as_you_left_them"),
        ({"path": "/copied/0/variant", "value": 9}, "lessons_are_as_you_left_them"),
        ({"path": "/copied/3/text", "value": "attempts: [[]]"}, "lessons_are_as_you_left_them"),
    ],
)
def test_a_story_from_another_lesson_is_held_to_what_stands_there(
    course_story: dict[str, Any], patch: dict[str, Any], criterion: str
) -> None:
    data = jsonpatch.apply_patch(copy.deepcopy(course_story), [{"op": "replace", **patch}])
    assert criterion in failed(judged(load_case(SLUG, 0), data))
