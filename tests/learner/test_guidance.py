"""What comes with a document: half of one, then an outline, then nothing; equal for all in a course; never a point."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from curriculum import open_lesson
from curriculum.course.catalog import load_catalog
from curriculum.course.half_filled import load_half_filled
from curriculum.learner.guidance import Help, guidance, half_filled_for
from curriculum.learner.progress import Progress
from curriculum.learner.variant import COHORT
from curriculum.notebook.lesson import Lesson
from curriculum.pages.page import Page
from curriculum.pages.standing import Standing
from curriculum.widgets.recall import RecallWidget
from graders import load_rubric


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".curriculum").mkdir()
    for entry in load_catalog().lessons:
        (tmp_path / entry.level / entry.slug).mkdir(parents=True)
    return tmp_path


def lesson(workspace: Path, slug: str) -> Lesson:
    return open_lesson(slug, workspace / load_catalog().lesson(slug).level / slug)


def has_written(workspace: Path, slug: str, kind: str, share: float = 1.0) -> None:
    """Put a check into the record that earned this share of the points."""
    maximum = load_rubric(slug).points(kind)
    progress = Progress(workspace)
    progress.standings(slug)
    with contextlib.closing(sqlite3.connect(progress.path)) as db, db:
        db.execute(
            "insert into checks (at, lesson, artifact, status, points, maximum, seed, submission_sha256, rubric_sha256,"
            " missed) values ('2026-01-01T00:00:00+00:00', ?, ?, 'graded', ?, ?, 0, '', '', '[]')",
            (slug, kind, share * maximum, maximum),
        )


def standing(kind: str, share: float) -> dict[str, Standing]:
    return {kind: Standing(kind, "graded", share * 10, 10, 1)}


def test_help_follows_what_was_written_and_not_the_order_of_the_course() -> None:
    first = guidance("healthcare_platform", "dual_track", {})
    assert first and first.help is Help.HALF_FILLED
    written = {"fraud_false_positives": standing("action_plan", 0.5), "recommendation_scoping": standing("agenda", 0.1)}
    second = guidance("healthcare_platform", "dual_track", written)
    assert second and (second.help, [one.kind for one in second.before]) == (Help.OUTLINE, ["action_plan"])
    written["recommendation_scoping"] = standing("agenda", 0.4)
    third = guidance("healthcare_platform", "dual_track", written)
    assert third and third.help is Help.NOTHING
    # Another genre, and the document itself, change nothing.
    other = guidance("recommendation_scoping", "prd", written | {"recommendation_scoping": standing("prd", 1.0)})
    assert other and other.help is Help.HALF_FILLED
    assert guidance("interview_basics", "contrast", {}) is None


def test_in_a_course_it_follows_the_order_of_the_course() -> None:
    helps = {
        (entry.slug, kind): found.help.name
        for entry in load_catalog().lessons
        for kind in load_rubric(entry.slug).artifacts
        if (found := guidance(entry.slug, kind, None))
    }
    assert helps == {
        ("welcome", "ask"): "HALF_FILLED",
        ("speak_the_language", "glossary"): "HALF_FILLED",
        ("speak_the_language", "collisions"): "OUTLINE",
        ("speak_the_language", "translations"): "HALF_FILLED",
        ("listen_and_ask", "minutes"): "HALF_FILLED",
        ("listen_and_ask", "syntheses"): "HALF_FILLED",
        ("listen_and_ask", "one_pager"): "HALF_FILLED",
        ("recommendation_scoping", "agenda"): "HALF_FILLED",
        ("recommendation_scoping", "board"): "HALF_FILLED",
        ("recommendation_scoping", "prd"): "HALF_FILLED",
        ("cart_abandonment", "problem_statement"): "HALF_FILLED",
        ("cart_abandonment", "hypotheses"): "HALF_FILLED",
        ("cart_abandonment", "brief"): "HALF_FILLED",
        ("interview_basics", "star"): "HALF_FILLED",
        ("conflicting_priorities", "phased_plan"): "OUTLINE",
        ("conflicting_priorities", "raci"): "HALF_FILLED",
        ("fraud_false_positives", "incident"): "HALF_FILLED",
        ("fraud_false_positives", "five_whys"): "HALF_FILLED",
        ("fraud_false_positives", "action_plan"): "NOTHING",
        ("fraud_false_positives", "sync_exit"): "HALF_FILLED",
        ("retraining_decision", "trade_off"): "HALF_FILLED",
        ("retraining_decision", "daci"): "OUTLINE",
        ("retraining_decision", "rollout"): "HALF_FILLED",
        ("retraining_decision", "rfc"): "OUTLINE",
        ("latency_or_accuracy", "experiment_plan"): "HALF_FILLED",
        ("latency_or_accuracy", "analysis"): "HALF_FILLED",
        ("latency_or_accuracy", "decision"): "HALF_FILLED",
        ("complaint_to_plan", "analytical_task"): "NOTHING",
        ("complaint_to_plan", "rfc0"): "NOTHING",
        ("complaint_to_plan", "implementation_plan"): "NOTHING",
        ("healthcare_platform", "decision_log"): "NOTHING",
        ("interview_tradeoffs", "star"): "HALF_FILLED",
        ("healthcare_platform", "integration_review"): "NOTHING",
        ("healthcare_platform", "dual_track"): "NOTHING",
        ("healthcare_platform", "release_policy"): "OUTLINE",
        ("healthcare_platform", "release_manifest"): "NOTHING",
        ("healthcare_platform", "design_handoff"): "NOTHING",
        ("feedback_loops", "trigger"): "HALF_FILLED",
        ("feedback_loops", "kpi_tree"): "HALF_FILLED",
        ("feedback_loops", "review"): "HALF_FILLED",
        ("pod_launch", "pod_charter"): "HALF_FILLED",
        ("pod_launch", "backlog"): "HALF_FILLED",
        ("pod_launch", "premortem"): "HALF_FILLED",
        ("influence_and_mentoring", "proposal"): "NOTHING",
        ("influence_and_mentoring", "memo"): "HALF_FILLED",
        ("influence_and_mentoring", "coaching"): "HALF_FILLED",
        ("pod_in_flight", "champion"): "HALF_FILLED",
        ("pod_in_flight", "pipeline"): "HALF_FILLED",
        ("pod_in_flight", "retrospective"): "HALF_FILLED",
        ("product_ml_charter", "roadmap"): "HALF_FILLED",
        ("product_ml_charter", "charter"): "HALF_FILLED",
        ("product_ml_charter", "handoff"): "HALF_FILLED",
    }


def test_what_is_completed_earns_nothing_and_leaves_the_artifact_untouched(workspace: Path) -> None:
    here = lesson(workspace, "recommendation_scoping")
    shown = here.guide("agenda")
    assert isinstance(shown, RecallWidget)
    for part in load_half_filled("recommendation_scoping")[0].part:
        if part.is_gap:
            for operation in (
                {"op": "write", "question": part.id, "value": part.answer},
                {"op": "open", "question": part.id},
            ):
                shown._handle_custom_msg(operation, [])
    assert shown.view["opened"] == 3 and "Nothing" not in json.dumps(shown.view["notice"])
    answers = here._files.answers
    assert {path.name for path in answers.glob("*.yaml")} >= {"half_filled_agenda.yaml"}
    assert not (answers / "agenda.yaml").exists()
    assert [(one.status.value, one.points) for one in here._report().artifacts] == [("not_attempted", 0.0)] * 3
    assert not any("half_filled" in note for note in here._report().notes)


def test_no_answer_of_a_half_filled_document_reaches_the_page_unasked(workspace: Path) -> None:
    shown = lesson(workspace, "recommendation_scoping").guide("prd")
    answers = [part.answer for part in load_half_filled("recommendation_scoping")[2].part if part.is_gap]
    assert not any(answer in json.dumps(shown.view, ensure_ascii=False) for answer in answers)
    assert "The library's page" in json.dumps(shown.view) and "Of 100 visits to the page of a book" in shown.as_text()


@pytest.mark.slow
def test_the_second_comes_with_an_outline_and_ones_own_and_the_third_blank(workspace: Path) -> None:
    has_written(workspace, "recommendation_scoping", "agenda")
    kept = workspace / "beginner" / "recommendation_scoping" / "answers" / "agenda.yaml"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("objective: Ours\n", encoding="utf-8")
    plan = lesson(workspace, "fraud_false_positives").guide("action_plan")
    assert isinstance(plan, Page)
    assert "You have written one plan before (kick-off page in “Scoping a recommender" in plan.text
    assert "so this one comes with an outline" in plan.text and "- **Fallback rule**" in plan.text
    assert "recommendation_scoping.ipynb" in plan.html
    has_written(workspace, "fraud_false_positives", "action_plan", 0.5)
    blank = lesson(workspace, "healthcare_platform").guide("dual_track")
    assert "You have written two plans before" in blank.text and "begins blank" in blank.text
    assert "<details" in blank.html and "- **" not in blank.text
    half = lesson(workspace, "healthcare_platform").guide("decision_log")
    assert isinstance(half, RecallWidget) and half.view["title"] == "The record of the locks"


def test_what_was_begun_stays_when_more_has_been_written(workspace: Path) -> None:
    shown = lesson(workspace, "healthcare_platform").guide("dual_track")
    shown._handle_custom_msg({"op": "write", "question": "action", "value": "Mine"}, [])
    has_written(workspace, "recommendation_scoping", "agenda")
    again: Any = lesson(workspace, "healthcare_platform").guide("dual_track")
    assert isinstance(again, RecallWidget)
    assert [one["written"] for one in again.view["questions"] if one["id"] == "action"] == ["Mine"]


def test_everybody_in_a_course_gets_the_same(workspace: Path) -> None:
    folder = workspace / "advanced" / "healthcare_platform"
    (folder / COHORT).write_text(json.dumps({"cohort": "product-2026", "learner": "ada"}), encoding="utf-8")
    before = lesson(workspace, "healthcare_platform").guide("dual_track")
    for slug, kind in (("recommendation_scoping", "agenda"), ("fraud_false_positives", "action_plan")):
        has_written(workspace, slug, kind)
    after = lesson(workspace, "healthcare_platform").guide("dual_track")
    assert before.html == after.html and "The course has had four plans before" in after.text


def test_a_document_without_its_own_takes_the_first_of_its_genre() -> None:
    own, borrowed = (
        half_filled_for("recommendation_scoping", "prd"),
        half_filled_for("healthcare_platform", "dual_track"),
    )
    assert own and own[1].title == "The library's page"
    assert borrowed and borrowed[0] == "recommendation_scoping" and borrowed[1].artifact == "agenda"
