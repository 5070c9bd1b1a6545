"""What somebody who had not seen the graders handed in: days that cannot be, and data that are not there."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from curriculum.artifacts.derived import completed
from curriculum.cases import Case, load_case
from curriculum.cases.healthcare_platform.screens import KNOWN_IN_AN_OUTAGE, MODEL_FIELDS
from curriculum.course.fixtures import load_exemplar
from curriculum.roleplay.engine import replay
from curriculum.roleplay.script import load_script
from graders import load_rubric
from graders.grade import Submission, grade
from graders.report import Finding, Status
from tests.helpers.worlds import over_worlds

SLUG = "healthcare_platform"
RUBRIC = load_rubric(SLUG)


def judged(case: Case, kind: str, files: dict[str, Any]) -> dict[str, Finding]:
    """The findings on one document of whole answers, by criterion."""
    plain = {name: json.loads(json.dumps(files[name], default=str)) for name in {kind, "decision_log"}}
    typed = {name: RUBRIC.artifacts[name].model_validate(data) for name, data in plain.items()}
    talk = replay(load_script(SLUG).in_world(case), files["review_meeting"]["attempts"][-1]).state
    criteria = {id: one for id, one in RUBRIC.criteria.items() if one.artifact in (kind, "decision_log")}
    submission = Submission(completed(typed, RUBRIC.derives, case)[0], talk)
    report = grade(replace(RUBRIC, criteria=criteria), case, submission)
    return {one.criterion: one for artifact in report.artifacts if artifact.kind == kind for one in artifact.findings}


def unmet(case: Case, kind: str, files: dict[str, Any]) -> set[str]:
    return {id for id, finding in judged(case, kind, files).items() if not finding.passed}


@pytest.mark.slow
@over_worlds(range(6))
def test_a_blocker_is_settled_on_a_day_that_can_be_kept(seed: int) -> None:
    case = load_case(SLUG, seed)
    calendar = case.truth.calendar
    for place, blocker in enumerate(b for b in case.truth.blockers.values() if b.release):
        first = calendar.today + dt.timedelta(days=blocker.days_to_remove if blocker.slack >= 0 else 0)
        last = blocker.needed_by if blocker.slack >= 0 else calendar.last_release_day
        for by in (first - dt.timedelta(days=1), first, last, last + dt.timedelta(days=1)):
            files = load_exemplar(case, "explainable_broad")
            files["integration_review"]["blockers"][place]["by"] = by
            fails = set() if first <= by <= last else {"each_blocker_is_decided"}
            assert unmet(case, "integration_review", files) == fails, (blocker.id, by)


def test_nobody_is_called_to_a_review_on_a_weekend() -> None:
    case = load_case(SLUG, 2)
    for days in range(1, 15):
        files = load_exemplar(case, "explainable_broad")
        on = case.truth.calendar.today + dt.timedelta(days=days)
        if on in (*case.truth.leeway.away, *case.truth.leeway.audit):
            continue  # that is another criterion's
        files["integration_review"]["next_review"] = on
        fails = {"next_review_is_soon"} if on.isoweekday() > 5 else set()
        assert unmet(case, "integration_review", files) == fails, on


@over_worlds([1, 2, 3])
def test_an_outage_shows_no_part_of_a_score(seed: int) -> None:
    case = load_case(SLUG, seed)
    model = case.truth.shape.right[0].model
    for field in MODEL_FIELDS[model]:
        files = load_exemplar(case, "explainable_broad")
        shows = files["design_handoff"]["unavailable"]["shows"]
        files["design_handoff"]["unavailable"]["shows"] = [*(one for one in shows if one != field), field]
        fails = set() if field in KNOWN_IN_AN_OUTAGE else {"fields_are_in_the_response"}
        assert unmet(case, "design_handoff", files) == fails, field


@pytest.mark.parametrize("place", ["chosen", "rival"])
def test_a_screen_that_was_not_in_the_pilot_is_judged_and_breaks_no_check(place: str) -> None:
    case = load_case(SLUG, 3)
    files = load_exemplar(case, "explainable_broad")
    files["decision_log"]["alerting"][place] = "tiered_old"
    findings = judged(case, "decision_log", files)
    assert all(finding.status != Status.GRADER_ERROR for finding in findings.values())
    assert not findings["measures_recompute"].passed or not findings["decision_log_is_complete"].passed


def test_looks_and_advice_that_nobody_has_earn_nothing() -> None:
    case = load_case(SLUG, 3)
    files = load_exemplar(case, "explainable_broad")
    for state in ("alert", "low_confidence", "stale_data", "unavailable"):
        files["design_handoff"][state] |= {"look": "flurb", "advice": "wozzle"}
    assert {"text_can_be_read", "states_look_different", "advice_is_safe_and_agreed"} <= unmet(
        case, "design_handoff", files
    )
