"""From answers to a report: gates cap, broken checks cost nothing, and every failure is a value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.ask import Ask
from curriculum.authoring.exemplars import write_exemplar
from curriculum.authoring.subject import load_subject
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade, grade_folder, read_submission
from graders.report import ArtifactReport, Status
from graders.rubric import Feedback, Rubric, Verdict, met, unmet

ASK = Ask(decider="tomas", ask="May we?", number=3)


def case() -> Case:
    return load_subject("welcome").case(0)


def toy(*criteria: tuple[Any, dict[str, Any]]) -> Rubric:
    rubric = Rubric("welcome", {"ask": Ask}, ("first_talk",))
    for judge, options in criteria:
        rubric.criterion(**{"points": 1, "voice": "noor", "skill": "run_meetings", "hints": ("A", "B"), **options})(
            judge
        )
    return rubric


def fine(ask: Ask) -> Verdict:
    """It is fine."""
    return met("Fine.")


def not_fine(ask: Ask) -> Verdict:
    """It is not fine."""
    return unmet("Not fine.", "fine", {"row": 1})


def divides(ask: Ask) -> Verdict:
    """It divides by nothing."""
    raise ZeroDivisionError("division by zero")


def says_true(ask: Ask) -> Any:
    """It forgets to give a verdict."""
    return True


def compares(ask: Ask, conversation: State) -> Verdict:
    """It compares with the conversation."""
    return met("Compared.")


def review(rubric: Rubric, ask: Ask | None = ASK) -> ArtifactReport:
    return grade(rubric, case(), Submission({} if ask is None else {"ask": ask})).of("ask")


def test_points_are_the_sum_of_what_is_met() -> None:
    report = review(toy((fine, {"points": 3}), (not_fine, {"points": 1})))
    assert (report.points, report.maximum, report.status) == (3.0, 4, Status.GRADED)
    assert [(sign.voice, sign.signed, sign.met, sign.of) for sign in report.sign_offs] == [("noor", False, 1, 2)]


def test_a_gate_that_fails_caps_at_half() -> None:
    report = review(toy((fine, {"points": 9}), (not_fine, {"points": 1, "gate": True})))
    assert report.points == 5.0
    assert not report.gates_open
    assert report.failed()[0].feedback is Feedback.ESSENTIAL


def test_a_gate_does_not_raise_what_is_less() -> None:
    def nor_this(ask: Ask) -> Verdict:
        """Nor is this."""
        return unmet("No.", "yes")

    assert review(toy((not_fine, {"points": 9}), (fine, {}), (nor_this, {"gate": True}))).points == 1.0


@pytest.mark.parametrize("broken", [divides, says_true])
def test_a_broken_check_is_shown_and_costs_nothing(broken: Any) -> None:
    report = review(toy((broken, {"points": 5}), (fine, {"points": 1})))
    assert report.status is Status.GRADER_ERROR
    assert report.points == report.maximum == 6
    finding = report.findings[0]
    assert finding.status is Status.GRADER_ERROR
    assert "says nothing about your work" in finding.finding
    assert "Traceback" not in finding.finding


def test_a_broken_gate_does_not_cap() -> None:
    assert review(toy((divides, {"gate": True}), (fine, {}))).points == 2


def test_a_rubric_that_is_broken_throughout_awards_nothing_and_says_so() -> None:
    report = review(toy((divides, {})))
    assert (report.points, report.status) == (0.0, Status.GRADER_ERROR)


def test_what_a_check_compares_with_must_be_there() -> None:
    finding = review(toy((compares, {}))).findings[0]
    assert not finding.passed
    assert finding.finding == "You have not talked to anybody yet."
    assert finding.expected


def test_nothing_written_is_not_attempted() -> None:
    report = review(toy((fine, {})), None)
    assert (report.status, report.points, report.findings) == (Status.NOT_ATTEMPTED, 0.0, ())


@pytest.mark.parametrize(
    ("judge", "words"),
    [
        (lambda ask: met("x"), "no docstring"),
        (lambda prd: met("x"), "criteria take"),
        (lambda: met("x"), "criteria take"),
        (lambda case: met("x"), "criteria take"),
    ],
)
def test_a_criterion_that_breaks_its_contract_is_refused(judge: Any, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        toy((judge, {}))


def test_two_criteria_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match="there are two criteria fine"):
        toy((fine, {}), (fine, {}))


def test_a_file_that_cannot_be_read_is_invalid_and_told(tmp_path: Path) -> None:
    (tmp_path / "ask.yaml").write_text("ask: [1\n")
    report = grade_folder(load_rubric("welcome"), case(), tmp_path).of("ask")
    assert (report.status, report.points) == (Status.INVALID, 0.0)
    assert str(report.problems[0]).startswith("ask.yaml, line ")


def test_a_transcript_that_cannot_be_read_is_a_note_and_the_rest_is_judged(tmp_path: Path) -> None:
    answers = write_exemplar("welcome", 0, None, tmp_path)
    (answers / "first_talk.yaml").write_text("conversation: first_talk\nattempts: 3\n")
    report = grade_folder(load_rubric("welcome"), case(), answers)
    assert "first_talk.yaml, line 2, field attempts: found 3 (a number); expected a list" in " ".join(report.notes)
    assert report.of("ask").points == 4
    assert [finding.criterion for finding in report.of("ask").failed()] == ["evidence_decides_the_ask"]


def test_a_report_names_what_it_was_made_with(tmp_path: Path) -> None:
    answers = write_exemplar("welcome", 0, None, tmp_path)
    report = grade_folder(load_rubric("welcome"), case(), answers)
    assert report.rubric_sha256 == load_rubric("welcome").sha256
    assert report.case_sha256 == case().fingerprint
    again = grade_folder(load_rubric("welcome"), case(), answers)
    assert again.as_json() == report.as_json()
    (answers / "ask.yaml").write_text((answers / "ask.yaml").read_text() + "# a comment\n")
    changed = grade_folder(load_rubric("welcome"), case(), answers)
    assert changed.of("ask").submission_sha256 != report.of("ask").submission_sha256


def test_a_changed_rubric_has_another_hash() -> None:
    assert toy((fine, {})).sha256 == toy((fine, {})).sha256
    assert len({toy((fine, options)).sha256 for options in ({}, {"points": 2}, {"hints": ("A", "C")})}) == 3


def test_the_report_is_plain_json(tmp_path: Path) -> None:
    answers = write_exemplar("welcome", 0, None, tmp_path, "no_date")
    text = json.dumps(grade_folder(load_rubric("welcome"), case(), answers).as_json(), allow_nan=False)
    document = json.loads(text)
    assert (document["report"], document["slug"], document["points"], document["maximum"]) == (1, "welcome", 3, 6)
    failed = [finding for finding in document["artifacts"][0]["findings"] if not finding["passed"]]
    assert {finding["criterion"] for finding in failed} == {"ask_is_complete", "date_is_in_time"}
    assert all(finding["finding"] and finding["expected"] for finding in failed)


def test_only_the_answers_of_the_rubric_are_read(tmp_path: Path) -> None:
    (tmp_path / "evil.yaml").write_text("!!python/object/apply:os._exit [1]")
    (tmp_path / "ask.yaml").write_text("decider: tomas\n")
    submission = read_submission(load_rubric("welcome"), case(), tmp_path)
    assert list(submission.artifacts) == ["ask"]
    assert submission.problems == {}


@pytest.mark.parametrize("slug", ["nowhere", "../welcome", "rubric.os", ""])
def test_a_rubric_that_does_not_exist_is_a_lookup_error(slug: str) -> None:
    with pytest.raises(LookupError, match="There is no rubric"):
        load_rubric(slug)
