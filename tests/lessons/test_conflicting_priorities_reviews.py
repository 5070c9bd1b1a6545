"""The rubric of `conflicting_priorities`: right answers that nobody wrote down, and mistakes that look right."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from curriculum.artifacts.derived import completed
from curriculum.cases import Case, load_case
from curriculum.cases.conflicting_priorities.draw import REGIONS
from curriculum.cases.conflicting_priorities.promise import trial
from curriculum.consequences import run
from curriculum.course.fixtures import Files, load_exemplar
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade
from graders.report import Status
from tests.helpers.worlds import over_worlds

SLUG = "conflicting_priorities"
RUBRIC = load_rubric(SLUG)
SOME = (0, 1, 4, 11, 30)


def case_of(seed: int) -> Case:
    return load_case(SLUG, seed)


def answers(seed: int, variant: str = "pace_by_region") -> Files:
    return copy.deepcopy(load_exemplar(case_of(seed), variant))


def heard_all(case: Case, *done: str) -> State:
    return State("end", 0, tuple((person, 3) for person in case.people), frozenset(case.facts),
                 done=tuple((action, 1) for action in done))  # fmt: skip


def unmet(seed: int, files: Files, talk: State | None = None) -> set[str]:
    """What is judged and not met, where everything was heard."""
    case = case_of(seed)
    written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items() if kind in files}
    whole, _ = completed(written, RUBRIC.derives, case)
    report = grade(RUBRIC, case, Submission(whole, talk or heard_all(case), {}))
    findings = [finding for artifact in report.artifacts for finding in artifact.findings]
    return {one.criterion for one in findings if one.status is Status.GRADED and not one.passed}


def promising(seed: int, files: Files, earliest: str, latest: str) -> Files:
    """The same plan with other formulas, and what they keep as the desk would tell it."""
    first, second = files["phased_plan"]["first"], files["phased_plan"]["second"]
    found = trial(seed, earliest, latest, "holdout")
    first.update(earliest=earliest, latest=latest, kept=round(100 * found.all.share, 1), worst_group=found.worst,
                 worst=round(100 * found.groups[found.worst].share, 1))  # fmt: skip
    second.update(judged_in=found.worst, reopen_below=70)
    return files


# Right in another way


def band_table(case: Case) -> str:
    """A table of typical times by region and quarter of the distance, as somebody without algebra would write it."""
    shape = case.truth.shape
    cells = []
    for region in REGIONS:
        steps = [1.2, 2.0, 2.8, 4.0, 5.5]
        middles = [0.8, 1.6, 2.4, 3.4, 4.7, 6.4]
        text = " : ".join(
            [*(f"distance_km < {step} ? {shape.base[region] + shape.pace[region] * km:.1f}"
               for step, km in zip(steps, middles, strict=False)),
             f"{shape.base[region] + shape.pace[region] * middles[-1]:.1f}"]
        )  # fmt: skip
        cells.append(f"({text})")
    *named, _ = [f"region == '{name}' ? {cell}" for name, cell in zip(REGIONS, cells, strict=True)]
    chosen = " : ".join(named)
    return f"({chosen} : {cells[-1]}) * (hour >= 17 && hour < 20 ? {1 + 0.45 * (shape.rush - 1):.2f} : 1)"


@over_worlds([1, 11, 30])
def test_a_table_of_bands_is_as_right_as_a_line(seed: int) -> None:
    case = case_of(seed)
    assert case.truth.best.mechanism != "minute"
    half = case.truth.window_limit / 2
    text = band_table(case)
    assert len(text) < 800
    assert unmet(seed, promising(seed, answers(seed), f"{text} - {half:g}", f"{text} + {half:g}")) <= set()


@over_worlds(SOME)
def test_more_room_on_the_late_side_is_a_choice(seed: int) -> None:
    files = answers(seed)
    first = files["phased_plan"]["first"]
    if first["mechanism"] == "minute":
        early, late = f"({first['earliest']}) + 1", f"({first['latest']}) + 1"
    else:
        early, late = first["earliest"], f"({first['latest']}) + 2"
        if case_of(seed).truth.promises["line"].unseen.width + 2 > case_of(seed).truth.window_limit:
            early = f"({first['earliest']}) + 2"
    assert unmet(seed, promising(seed, files, early, late)) == set()


@over_worlds(SOME)
def test_order_notices_and_people_who_are_told_are_free(seed: int) -> None:
    files, case = answers(seed, "one_pace"), case_of(seed)
    files["phased_plan"]["evidence"].reverse()
    files["phased_plan"]["first"]["notice"] = case.truth.shape.notice + 6
    files["phased_plan"]["second"]["decide_week"] = 26
    rows = files["raci"]["rows"]
    rows.reverse()
    for row in rows:
        if all(one["person"] != "henrike" for one in row["assignments"]):
            row["assignments"].append({"person": "henrike", "code": "I"})
    assert unmet(seed, files) == set()


@over_worlds(SOME)
def test_a_rule_that_stays_needs_no_day_of_decision_and_a_model_may_come_a_week_later(seed: int) -> None:
    files = answers(seed)
    second = files["phased_plan"]["second"]
    if second["log"] == "none":
        second["decide_week"] = None
    else:
        second["model_week"] += 1
        second["decide_week"] = second["model_week"] + 2
    assert unmet(seed, files) == set()
    if second["log"] != "none":
        second["decide_week"] = None
        assert "plan_is_complete" in unmet(seed, files)
        second.update(model_week=second["model_week"] + 1, decide_week=26)
        assert unmet(seed, files) == {"model_week_recomputes"}


@over_worlds(SOME)
def test_room_for_each_region_is_a_choice_and_a_window_that_is_wide_in_one_is_none(seed: int) -> None:
    files, wide = answers(seed), case_of(seed).truth.shape.wide
    first = files["phased_plan"]["first"]
    a_little, much = (f"(region == '{wide}' ? {minutes} : 0)" for minutes in ("0.2", "12"))
    early, late = first["earliest"], first["latest"]
    assert unmet(seed, promising(seed, files, f"({early}) - {a_little}", f"({late}) + {a_little}")) == set()
    found = unmet(seed, promising(seed, files, f"({early}) - {much}", f"({late}) + {much}"))
    assert found == {"window_is_useful"}


@over_worlds(SOME)
def test_work_that_two_share_counts_half_for_each(seed: int) -> None:
    files, case = answers(seed, "one_pace"), case_of(seed)
    late = next(row for row in files["raci"]["rows"] if row["deliverable"] == "late_words")
    _, other = case.truth.work["late_words"].can_do
    mine = {one["person"]: one for one in late["assignments"]}
    if other in mine:
        mine[other]["code"] = "A/R"
    else:
        late["assignments"].append({"person": other, "code": "R"})
    over = case.truth.capacity[other] < 0.5 + sum(
        case.truth.work[id].weeks for id in ("app_screen", "drift_watch", "launch_words")
        if case.truth.work[id].can_do[0] == other
    )  # fmt: skip
    found = unmet(seed, files)
    assert ("load_fits" in found) is over
    assert found <= {"load_fits", "blocked_is_not_only_informed"}


# Wrong, and looking right


@over_worlds(SOME)
def test_two_people_who_answer_together_are_nobody(seed: int) -> None:
    files = answers(seed)
    row = files["raci"]["rows"][7 if len(files["raci"]["rows"]) > 7 else 0]
    people = {one["person"] for one in row["assignments"] if one["code"] in ("A", "A/R")}
    other = next(one for one in row["assignments"] if one["person"] not in people)
    other["code"] = "A"
    assert "one_a_a_row" in unmet(seed, files)


@over_worlds(SOME)
def test_tuned_to_the_floor_on_the_weeks_that_are_judged(seed: int) -> None:
    case, files = case_of(seed), answers(seed)
    line = case.truth.promises["line"]
    tight = line.earliest, line.latest
    middle = tight[0].rsplit(" - ", 1)[0]
    low = float(tight[0].rsplit(" ", 1)[1])
    wanted = next(
        half for half in (low * share / 20 for share in range(8, 30))
        if trial(seed, f"{middle} - {half:g}", f"{middle} + {half:g}", "holdout").all.share >= 0.735
    )  # fmt: skip
    files = promising(seed, files, f"{middle} - {wanted:g}", f"{middle} + {wanted:g}")
    assert "promise_is_kept" in unmet(seed, files)


@over_worlds(SOME)
def test_a_model_week_without_a_log_and_a_log_without_weeks(seed: int) -> None:
    case, files = case_of(seed), answers(seed)
    second = files["phased_plan"]["second"]
    if second["log"] == "none":
        second["model_week"] = 12
        assert unmet(seed, files) == {"model_week_recomputes"}
    else:
        second.update(log="none")
        second.pop("model_week"), second.pop("margin")
        second["decide_week"] = 12
        assert unmet(seed, files) == {"log_explains_the_spread", "rows_follow_the_plan"}
    assert case.truth.model_week in range(10, 15)


def test_a_promise_to_stellan_that_the_plan_does_not_keep_is_called_so() -> None:
    case, files = case_of(0), answers(0)
    files["phased_plan"]["first"]["pay"] = "not_mentioned"
    assert unmet(0, files, heard_all(case, "pay_promised")) == {"pay_clause_is_kept"}


def test_what_stellan_did_not_say_cannot_carry_the_promise() -> None:
    case, files = case_of(0), answers(0)
    talk = heard_all(case)
    silent = State(talk.node, 0, talk.trust, talk.facts - {"late_taps"})
    assert {"taps_are_corrected", "cites_what_was_told"} <= unmet(0, files, silent)


@pytest.mark.parametrize(
    "formula",
    ["", "region", "distance_km >", "1 / (distance_km - distance_km)", "tapped_min", "x" * 900, "10 % 3", "[1]"],
)
def test_no_formula_breaks_a_check(formula: str) -> None:
    files: dict[str, Any] = answers(0)
    files["phased_plan"]["first"]["latest"] = formula
    found = unmet(0, files)
    assert found & {"rule_runs_on_what_is_known", "plan_is_complete"}
    case = case_of(0)
    written = {kind: model.model_validate(files[kind]) for kind, model in RUBRIC.artifacts.items()}
    assert run(case, completed(written, RUBRIC.derives, case)[0], None) is None or formula == "tapped_min"
