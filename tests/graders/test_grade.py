"""From answers to a report: gates cap, broken checks cost nothing, and every failure is a value."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.ask import Ask
from curriculum.artifacts.collisions import Collision, Collisions
from curriculum.authoring.exemplars import write_exemplar
from curriculum.authoring.subject import load_subject
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders import load_rubric
from graders.grade import Submission, grade, grade_folder, read_submission
from graders.report import ArtifactReport, Status
from graders.rubric import MOST_OBJECTIONS, Feedback, NotYet, Objections, Rubric, met, objection

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


def fine(ask: Ask) -> Objections:
    """It is fine."""
    yield from ()
    return met("Fine.")


def not_fine(ask: Ask) -> Objections:
    """It is not fine."""
    yield objection("ask", "Not fine.", "fine", {"row": 1})


def divides(ask: Ask) -> Objections:
    """It divides by nothing."""
    yield objection("ask", f"{1 // 0}", "anything")


def compares(ask: Ask, conversation: State) -> Objections:
    """It compares with the conversation."""
    yield from ()
    return met("Compared.")


def is_dated(ask: Ask) -> Objections:
    """It has a date."""
    if ask.by is None:
        yield objection("by", "There is no date.", "a day")


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
    def nor_this(ask: Ask) -> Objections:
        """Nor is this."""
        yield objection("number", "No.", "yes")

    assert review(toy((not_fine, {"points": 9}), (fine, {}), (nor_this, {"gate": True}))).points == 1.0


def test_a_broken_check_is_shown_and_costs_nothing() -> None:
    report = review(toy((divides, {"points": 5}), (fine, {"points": 1})))
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


def test_a_question_that_cannot_be_asked_yet_is_open_and_earns_nothing() -> None:
    report = review(toy((compares, {"points": 3}), (fine, {"points": 1})))
    finding = report.findings[0]
    assert (finding.status, finding.passed, finding.waits_for) == (Status.OPEN, False, "")
    assert "you have not talked to anybody yet" in finding.finding
    assert (report.points, report.maximum) == (1.0, 4)
    assert report.failed() == ()
    assert report.open() == (finding,)


@pytest.mark.parametrize(("decider", "open_"), [("tomas", False), ("nobody_here", True), ("", True)])
def test_what_rests_on_an_id_that_is_on_no_list_is_open(decider: str, open_: bool) -> None:
    report = review(toy((fine, {"points": 3, "rests_on": ("ask.decider",)})), Ask(decider=decider, ask="May we?"))
    assert (report.findings[0].status is Status.OPEN) == open_
    assert report.points == (0.0 if open_ else 3.0)


def test_what_rests_on_something_unmet_names_the_root_of_it() -> None:
    def later(ask: Ask) -> Objections:
        """It is later than something."""
        yield from ()

    def latest(ask: Ask) -> Objections:
        """It is the latest of all."""
        yield from ()

    rubric = toy((latest, {"rests_on": ("later",)}), (later, {"rests_on": ("is_dated",)}), (is_dated, {}))
    report = review(rubric)
    assert {finding.criterion: finding.waits_for for finding in report.open()} == {
        "later": "is_dated",
        "latest": "is_dated",
    }
    assert [finding.criterion for finding in report.failed()] == ["is_dated"]
    assert review(rubric, ASK.model_copy(update={"by": dt.date(2026, 4, 6)})).points == 3


@pytest.mark.parametrize("gate", [True, False])
def test_what_rests_on_a_blank_place_waits_for_the_gate_that_asks_for_it(gate: bool) -> None:
    def in_time(ask: Ask) -> Objections:
        """It is in time."""
        yield from ()

    report = review(toy((in_time, {"rests_on": ("ask.by",)}), (is_dated, {"gate": gate}), (fine, {"gate": True})))
    (opened,) = report.open()
    assert opened.waits_for == ("is_dated" if gate else "")
    assert "It has a date." in opened.finding if gate else "“Decision needed by”, which is blank" in opened.finding


@pytest.mark.parametrize(("entries", "open_"), [(0, True), (1, True), (2, False), (3, False)])
def test_what_rests_on_the_second_entry_waits_until_there_are_two(entries: int, open_: bool) -> None:
    def all_heard(collisions: Collisions) -> Objections:
        """Everybody was heard."""
        yield from ()

    def are_several(collisions: Collisions) -> Objections:
        """There are two words or more."""
        if len(collisions.collisions) < 2:
            yield objection("collisions", "There are too few.", "two words")

    rubric = Rubric("welcome", {"collisions": Collisions})
    settings: dict[str, Any] = {"points": 1, "voice": "noor", "skill": "run_meetings", "hints": ("A", "B")}
    rubric.criterion(**settings, rests_on=("collisions.collisions[2]",), met="Fine.")(all_heard)
    rubric.criterion(**settings, gate=True, met="Fine.")(are_several)
    written = Collisions(collisions=tuple(Collision(one="noor") for _ in range(entries)))
    (report,) = grade(rubric, case(), Submission({"collisions": written})).artifacts
    assert {finding.criterion: finding.waits_for for finding in report.open()} == (
        {"all_heard": "are_several"} if open_ else {}
    )
    assert report.points == (0 if open_ else 2)


def test_what_rests_on_an_entry_of_something_that_is_no_list_is_an_error_of_the_grader() -> None:
    with pytest.raises(LookupError):
        review(toy((fine, {"rests_on": ("ask.nowhere[2]",)})))


def test_a_criterion_can_see_itself_that_it_is_too_early() -> None:
    def later(ask: Ask) -> Objections:
        """It is later than something."""
        yield from ()
        raise NotYet("ask.by", "There is nothing that it could be later than.")

    (opened,) = review(toy((later, {}), (is_dated, {"gate": True}))).open()
    assert opened.waits_for == "is_dated"
    (opened,) = review(toy((later, {}), (is_dated, {}))).open()
    assert (opened.waits_for, opened.finding) == ("", "There is nothing that it could be later than.")

    def rooted(ask: Ask) -> Objections:
        """It waits for a criterion that it names itself."""
        yield from ()
        raise NotYet("not_fine", "something that is fine")

    (opened,) = review(toy((rooted, {}), (not_fine, {}))).open()
    assert (opened.waits_for, opened.finding) == ("not_fine", "It waits for something that is fine.")


def test_criteria_that_rest_on_each_other_are_refused() -> None:
    with pytest.raises(RecursionError, match="fine → is_dated → fine"):
        review(toy((fine, {"rests_on": ("is_dated",)}), (is_dated, {"rests_on": ("fine",)})))


def test_every_objection_is_kept_with_its_place_up_to_a_limit() -> None:
    def endless(ask: Ask) -> Objections:
        """It never ends."""
        while True:
            yield objection("number", "Again.")

    (finding,) = review(toy((endless, {"expected": "an end"}))).failed()
    assert len(finding.objections) == MOST_OBJECTIONS
    assert {(one.place, one.expected) for one in finding.objections} == {("number", "an end")}
    assert (finding.finding, finding.expected) == ("Again.", "an end")


def test_the_decorators_words_are_said_where_there_is_nothing_to_object() -> None:
    dated = ASK.model_copy(update={"by": dt.date(2026, 4, 6)})
    assert review(toy((is_dated, {"met": "It is dated."})), dated).findings[0].finding == "It is dated."


def test_nothing_written_is_not_attempted() -> None:
    report = review(toy((fine, {})), None)
    assert (report.status, report.points, report.findings) == (Status.NOT_ATTEMPTED, 0.0, ())


@pytest.mark.parametrize(
    ("judge", "words"),
    [
        (lambda ask: (yield), "no docstring"),
        (lambda prd: (yield), "criteria take"),
        (lambda: (yield), "criteria take"),
        (lambda case: (yield), "criteria take"),
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
    assert report.of("ask").points == 5
    assert [finding.criterion for finding in report.of("ask").open()] == ["evidence_decides_the_ask"]


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
    assert (document["report"], document["slug"], document["points"], document["maximum"]) == (3, "welcome", 3, 6)
    rest = {finding["criterion"]: finding for finding in document["artifacts"][0]["findings"] if not finding["passed"]}
    assert rest.keys() == {"ask_is_complete", "date_is_in_time"}
    assert rest["ask_is_complete"]["objections"][0]["place"] == "by"
    assert (rest["date_is_in_time"]["status"], rest["date_is_in_time"]["waits_for"]) == ("open", "ask_is_complete")


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
