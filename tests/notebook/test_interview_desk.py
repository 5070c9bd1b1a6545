"""The desk of an interview lesson: what a notebook shows beside the lesson."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from curriculum.artifacts.calibration import Calibration
from curriculum.artifacts.panel_answers import PanelAnswers
from curriculum.artifacts.process_answer import ProcessAnswer
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.artifacts.short import Short
from curriculum.artifacts.star import Star
from curriculum.artifacts.story_bank import StoryBank
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.learner.variant import write_stated
from curriculum.notebook.desks.interview import Desk, open_desk
from curriculum.notebook.lesson import open_lesson
from curriculum.notebook.refusals import LessonError
from curriculum.practice.interview.calibration import load_anchors
from curriculum.practice.interview.work import document_id
from graders import load_rubric
from graders.grade import grade_folder
from graders.report import Status
from tests.helpers.stories import PERSONAL

CASE = load_case("interview_basics", 6)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (tmp_path / ".curriculum").mkdir()
    folder = tmp_path / "beginner" / "interview_basics" / "answers"
    write_stated(folder, CASE)
    return folder


@pytest.fixture
def desk(answers: Path) -> Desk:
    return open_desk(open_lesson("interview_basics", answers.parent))


def test_questions_are_shown_with_what_they_want_and_filters_are_checked(desk: Desk) -> None:
    assert "**6 questions**" in desk.questions(material="interview_basics").text
    assert "A red flag" in desk.questions(competency="ethics").text
    assert "No question" in desk.questions(minutes=1).text
    with pytest.raises(LessonError, match="there are"):
        desk.questions(level="wizard")


def test_the_pairs_are_shown_without_saying_which_is_weaker(desk: Desk) -> None:
    text = desk.pairs().as_text()
    for pair in CASE.truth.pairs.values():
        assert pair.contrast.why not in text
        assert all(sentence in text for sentence in (*pair.contrast.weaker, *pair.contrast.stronger))
    assert "weaker" not in text
    assert "decides it" not in text


def test_parts_and_notes_of_a_blank_story_say_what_to_do(desk: Desk) -> None:
    assert "**0 words** of 120 to 250" in desk.parts().text
    assert "Write the four parts first" in desk.notes().text
    assert "Write the four parts first" in desk.ask_model(consent=True).text


def test_what_a_learner_wrote_is_shown_as_text(desk: Desk, answers: Path) -> None:
    star = Star(action="<img src=x onerror=alert(1)> **77 percent** of [this](javascript:x) " * 8)
    write_artifact(answers / "star.yaml", star)
    for page in (desk.parts(), desk.notes()):
        assert "<img" not in page.text
        assert "[this](" not in page.text
    assert "“77 percent” in action" in desk.parts().text


def test_a_copied_exemplar_is_shown_beside_the_exemplar(desk: Desk, answers: Path) -> None:
    write_files(load_exemplar(CASE, "in_points"), answers)
    assert "close to an exemplar of this lesson" in desk.notes().text


def test_the_model_is_off(desk: Desk, answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CURRICULUM_JUDGE_URL", raising=False)
    write_files(load_exemplar(CASE, "in_points"), answers)
    with pytest.raises(LessonError, match="only if you agree"):
        desk.ask_model()
    with pytest.raises(LessonError, match="usual state"):
        desk.ask_model(consent=True)


def test_the_reference_is_shown_only_when_all_six_are_rated(desk: Desk, answers: Path) -> None:
    rows = [{"anchor": anchor.id, "score": anchor.score} for anchor in load_anchors("interview_basics")]
    write_artifact(answers / "calibration.yaml", Calibration.model_validate({"ratings": rows[:5]}))
    assert load_anchors("interview_basics")[0].why not in desk.agreement().text
    write_artifact(answers / "calibration.yaml", Calibration.model_validate({"ratings": rows, "own": 3}))
    text = desk.agreement().text
    assert "6 exactly as the reference" in text
    assert load_anchors("interview_basics")[0].why in text
    assert "You rate your own answer 3: quantified" in text


def test_work_of_another_lesson_is_brought_and_offered_in_the_form(desk: Desk, answers: Path) -> None:
    assert "no work in other lessons" in desk.work().text
    other = answers.parent.parent / "welcome" / "answers"
    write_files(load_exemplar(load_case("welcome", 3), "later_standup"), other)
    write_stated(other, load_case("welcome", 3))
    assert "desk.bring('welcome')" in desk.work().text
    assert "welcome.facts.refresh\\_ready" in desk.bring("welcome").text
    star = read_artifact(answers / "star.yaml", Star).artifact
    assert {copied.artifact for copied in star.copied} == {"ask", "first_talk", "facts"}
    form = desk.form()
    form._handle_custom_msg({"op": "set", "path": ["baseline", "fact"], "value": "welcome.facts.refresh_ready"}, [])
    assert "welcome.facts.refresh_ready" in str(form.view)
    with pytest.raises(LessonError, match="no artifact"):
        desk.bring("recommendation_scoping")


def test_a_story_that_cannot_be_read_is_told_in_one_sentence(desk: Desk, answers: Path) -> None:
    (answers / "star.yaml").write_text("question: [1\n")
    with pytest.raises(LessonError, match=r"star.yaml, line"):
        desk.parts()


def test_a_borrowed_sentence_and_twin_actions_are_asked_about(desk: Desk, answers: Path) -> None:
    data = copy.deepcopy(PERSONAL)
    data["result"] += " The engineers gave up their own template, and they still miss it."
    data["actions"][1]["what"] = "Watched another singer of each group"
    write_artifact(answers / "star.yaml", Star.model_validate(data))
    text = desk.notes().text
    assert "This sentence is close to one in a pair of answers of the course. Is it yours?" in text
    assert "Actions 1 and 2 share most of their words. Are they two?" in text
    write_artifact(answers / "star.yaml", Star.model_validate(PERSONAL))
    assert "The rules that may speak have no question." in desk.notes().text


@pytest.fixture
def trade_offs(tmp_path: Path) -> Path:
    """The answers of the lesson on trade-offs, in a workspace with a finished incident."""
    (tmp_path / ".curriculum").mkdir()
    incident = load_case("fraud_false_positives", 3)
    done = tmp_path / "intermediate" / "fraud_false_positives" / "answers"
    write_stated(done, incident)
    write_files(load_exemplar(incident, variants("fraud_false_positives")[0]), done)
    folder = tmp_path / "intermediate" / "interview_tradeoffs" / "answers"
    case = load_case("interview_tradeoffs", 4)
    write_stated(folder, case)
    write_files(load_exemplar(case, "in_prose"), folder)
    return folder


def test_both_versions_stand_side_by_side_and_a_round_begins_with_ones_own_question(trade_offs: Path) -> None:
    desk = open_desk(open_lesson("interview_tradeoffs", trade_offs.parent))
    text = desk.lengths().text
    assert "| the number before | said | said |" in text
    assert "| how much was given up | said | – |" in text
    star = read_artifact(trade_offs / "star.yaml", Star).artifact
    view = desk.round().view
    assert view["chosen"] == star.question
    assert view["round"] == "0 of the 3 questions of this round are answered."
    assert "toll_gates" in desk.anchors().text
    assert "bakery_app" not in desk.anchors().text


def test_work_of_another_lesson_can_carry_a_trade_off(trade_offs: Path) -> None:
    """A story of the learner's own course: its acts are offered to the short version, and what this lesson's folder
    alone could prove stays open."""
    desk = open_desk(open_lesson("interview_tradeoffs", trade_offs.parent))
    assert "fraud_false_positives" in desk.work().text
    desk.bring("fraud_false_positives")
    star = read_artifact(trade_offs / "star.yaml", Star).artifact.model_copy(update={"origin": "course"})
    document = document_id(star.copied[0])
    actions = tuple(action.model_copy(update={"document": document}) for action in star.actions)
    write_artifact(trade_offs / "star.yaml", star.model_copy(update={"actions": actions}))
    short = read_artifact(trade_offs / "short.yaml", Short).artifact
    write_artifact(trade_offs / "short.yaml", short.model_copy(update={"act": document}))
    assert document in str(desk.short().as_text()) or document in str(desk.short().view)
    rubric, case = load_rubric("interview_tradeoffs"), load_case("interview_tradeoffs", 4)
    findings = {f.criterion: f for a in grade_folder(rubric, case, trade_offs).artifacts for f in a.findings}
    assert findings["lessons_are_as_you_left_them"].passed
    assert findings["short_is_complete"].passed
    assert findings["short_keeps_an_act_of_yours"].passed
    assert findings["break_even_recomputes"].status is Status.BELIEVED
    assert findings["range_is_held_against_the_break_even"].passed


def test_own_lessons_are_offered_to_the_story_bank_as_they_stand_now(trade_offs: Path) -> None:
    folder = trade_offs.parents[2] / "advanced" / "interview_operating_model" / "answers"
    write_stated(folder, load_case("interview_operating_model", 4))
    desk = open_desk(open_lesson("interview_operating_model", folder.parent))
    assert "fraud_false_positives" in desk.work().text
    assert "The fallback expires within four weeks" in desk.bring("fraud_false_positives").text
    bank = read_artifact(folder / "story_bank.yaml", StoryBank).artifact
    assert {copied.lesson for copied in bank.copied} == {"fraud_false_positives"}
    assert "fraud_false_positives__fallback_ends" in str(desk.bank().view)
    assert desk.round().view["round"] == "0 of the 3 questions of this round are answered."
    assert desk.pairs().view
    assert "Nobody has been promised anything yet" in desk.asked_back().text
    case = load_case("interview_operating_model", 4)
    answers = load_exemplar(case, "three_phases")["panel_answers"]
    for answer in answers["answers"]:
        answer["promise"] = {"mei": "research_all", "ruth": "daily_round"}.get(answer["who"], answer["promise"])
    write_artifact(folder / "panel_answers.yaml", PanelAnswers.model_validate(answers))
    asked = desk.asked_back().text
    days, hours = (float(case.columns["promises"][axis][row]) for axis, row in (("days", 3), ("hours", 9)))
    assert f"That takes {days:g} days of an item from what I get." in asked
    assert hours > 0 and "I asked for something else." in asked
    process = load_exemplar(case, "three_phases")["process_answer"]
    write_artifact(folder / "process_answer.yaml", ProcessAnswer.model_validate(process))
    assert "Does it go on?" not in desk.asked_back().text, "it ends, and is said to end"
    write_artifact(folder / "process_answer.yaml", ProcessAnswer.model_validate({**process, "dropped": []}))
    assert "it is not among the meetings that end. Does it go on?" in desk.asked_back().text
