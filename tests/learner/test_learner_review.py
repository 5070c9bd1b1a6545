"""Spaced review and the portfolio, on a workspace with real answers."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import write_artifact
from curriculum.cases import load_case
from curriculum.commands.portfolio import portfolio
from curriculum.commands.review import review
from curriculum.course.fixtures import load_exemplar, load_fixtures, write_files
from curriculum.course.flaws import flawed_draft
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.finished import bring, lessons_with_work
from curriculum.learner.portfolio import as_markdown, as_page, chapters, to_html
from curriculum.learner.progress import Progress
from curriculum.learner.review import NEW_A_DAY, Deck, cards
from curriculum.learner.variant import write_stated
from curriculum.support.files import write_whole
from graders import load_rubric
from graders.grade import grade_folder
from graders.interview_basics.copies import doubtful

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace in which welcome was answered with a mistake, checked, and mended."""
    (tmp_path / ".curriculum").mkdir()
    case = load_case("welcome", 5)
    answers = tmp_path / "beginner" / "welcome" / "answers"
    fixtures = load_fixtures(case)
    miss = next(miss for miss in fixtures.near_misses if miss.id == "too_late")
    write_stated(answers, case)
    for files in (fixtures.near_miss_files(miss), load_exemplar(case, "later_standup")):
        write_files(files, answers)
        report = grade_folder(load_rubric("welcome"), case, answers)
        Progress(tmp_path).record(report, report.of("ask"))
    return tmp_path


def test_terms_and_missed_criteria_become_cards(workspace: Path) -> None:
    found = {card.id: card for card in cards(workspace)}
    missed = found["criterion/welcome/date_is_in_time"]
    assert missed.front == "One-line ask: When is it too late?"
    assert missed.back.startswith("The decision is asked for no later than the day")
    assert "term/ask" in found
    assert not any("ask_is_one_sentence" in id for id in found)


def test_what_was_only_open_never_becomes_a_card(tmp_path: Path) -> None:
    """Without a date, whether it is in time could not be asked."""
    case = load_case("welcome", 5)
    answers = tmp_path / "beginner" / "welcome" / "answers"
    fixtures = load_fixtures(case)
    miss = next(miss for miss in fixtures.near_misses if miss.id == "no_date")
    write_stated(answers, case)
    write_files(fixtures.near_miss_files(miss), answers)
    report = grade_folder(load_rubric("welcome"), case, answers)
    assert [finding.criterion for finding in report.of("ask").open()] == ["date_is_in_time"]
    Progress(tmp_path).record(report, report.of("ask"))
    found = {card.id for card in cards(tmp_path)}
    assert "criterion/welcome/ask_is_complete" in found
    assert "criterion/welcome/date_is_in_time" not in found


def test_a_card_says_the_last_hint_with_its_number(workspace: Path) -> None:
    rubric = load_rubric("welcome")
    answers = workspace / "beginner" / "welcome" / "answers"
    case = load_case("welcome", 5)
    fixtures = load_fixtures(case)
    miss = next(miss for miss in fixtures.near_misses if miss.id == "planned_with_the_average")
    write_files(fixtures.near_miss_files(miss), answers)
    report = grade_folder(rubric, case, answers)
    Progress(workspace).record(report, report.of("ask"))
    card = next(card for card in cards(workspace) if card.id.endswith("evidence_decides_the_ask"))
    assert "{{" not in card.back
    assert f"{case.facts['refresh_ready'].value:g}" in card.back


def test_overlooked_flaws_become_cards_and_found_ones_do_not(workspace: Path) -> None:
    case = load_case("interview_basics", 9)
    answers = workspace / "beginner" / "interview_basics" / "answers"
    write_stated(answers, case)
    plan = load_plan("interview_basics").flaws
    assert plan is not None
    planted = flawed_draft(case, plan).planted
    write_artifact(answers / "flaws.yaml", Flaws(found=(planted[0].id,)))
    ids = {card.id for card in cards(workspace)}
    assert f"flaw/interview_basics/{planted[0].id}" not in ids
    assert {f"flaw/interview_basics/{miss.id}" for miss in planted[1:]} <= ids


def test_what_is_remembered_comes_back_later_than_what_is_not(workspace: Path) -> None:
    deck = Deck(workspace)
    first, second = deck.waiting(NOW)[:2]
    soon, late = deck.answer(first.id, 1, NOW), deck.answer(second.id, 4, NOW)
    assert soon < NOW + dt.timedelta(hours=1) < NOW + dt.timedelta(days=1) < late
    again = Deck(workspace)
    assert again.waiting(NOW + dt.timedelta(hours=1))[0].id == first.id
    assert second.id not in {card.id for card in again.waiting(NOW + dt.timedelta(hours=1))}
    assert again.waiting(late)[1].id == second.id or again.waiting(late)[0].id == second.id


def test_the_same_answers_give_the_same_days(workspace: Path, tmp_path: Path) -> None:
    deck = Deck(workspace)
    card = deck.waiting(NOW)[0]
    due = deck.answer(card.id, 3, NOW)
    deck.path.unlink()
    assert Deck(workspace).answer(card.id, 3, NOW) == due


def test_new_cards_come_in_portions(workspace: Path) -> None:
    deck = Deck(workspace)
    deck._cards = {f"term/{n}": card for n, card in enumerate(cards(workspace) * 20)}
    assert deck.counts(NOW).new == NEW_A_DAY
    deck.answer("term/0", 3, NOW)
    assert deck.counts(NOW).new == NEW_A_DAY - 1
    assert deck.counts(NOW + dt.timedelta(days=1)).new == NEW_A_DAY


def test_an_unknown_card_or_rating_is_refused(workspace: Path) -> None:
    deck = Deck(workspace)
    with pytest.raises(KeyError):
        deck.answer("term/nothing", 3)
    with pytest.raises(ValueError, match="9"):
        deck.answer(deck.waiting()[0].id, 9)


def test_the_command_reviews_by_keyboard_and_can_be_left_and_resumed(workspace: Path) -> None:
    runner = CliRunner()
    count = len(Deck(workspace).waiting())
    said = runner.invoke(review, ["--workspace", str(workspace)], input="\nx\n3\nq\n")
    assert said.exit_code == 0, said.output
    assert "Please type one of: 1, 2, 3, 4, q." in said.output
    assert "It comes back on" in said.output
    left = json.loads(runner.invoke(review, ["--workspace", str(workspace), "--json"]).output)
    assert left["due"] + left["new"] == count - 1
    assert runner.invoke(review, ["--workspace", str(workspace)], input="").exit_code == 0


def test_without_a_workspace_review_says_how_to_begin(tmp_path: Path) -> None:
    said = CliRunner().invoke(review, ["--workspace", str(tmp_path / "nowhere")])
    assert said.exit_code == 1
    assert "curriculum start" in said.output


def in_own_words(workspace: Path) -> None:
    files = load_exemplar(load_case("welcome", 5), "later_standup")
    time = files["ask"]["moves_to"]
    files["ask"]["ask"] = f"Tomás, from Monday on, please let the stand-up begin at {time}, since mornings run late."
    write_files(files, workspace / "beginner" / "welcome" / "answers")


def test_the_portfolio_shows_artifacts_sign_offs_and_the_story(workspace: Path) -> None:
    in_own_words(workspace)
    said = CliRunner().invoke(portfolio, ["--workspace", str(workspace), "--name", "Ada <b>L</b>"])
    assert said.exit_code == 0, said.output
    text = (workspace / "portfolio.md").read_text()
    page = (workspace / "portfolio.html").read_text()
    assert "## Welcome to the pod" in text
    assert "- Noor Haddad, data scientist, your buddy in the pod: signs off" in text
    assert "**Situation.**" in text
    assert "**Result.** The ask stood on the number that decides" in text
    assert "<b>" not in page
    assert "&lt;b&gt;L&lt;/b&gt;" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<h1>") == 1


def test_what_a_learner_wrote_is_shown_and_never_executed(workspace: Path) -> None:
    case = load_case("welcome", 5)
    answers = workspace / "beginner" / "welcome" / "answers"
    files = load_exemplar(case, "later_standup")
    files["ask"]["ask"] = "<img src=x onerror=alert(1)> [link](javascript:alert(1)) | **bold** # no heading"
    write_files(files, answers)
    page = as_page(list(chapters(workspace)))
    assert "<img" not in page
    assert "<a " not in page
    assert "&lt;img src=x" in page


def test_without_work_the_portfolio_says_so(tmp_path: Path) -> None:
    said = CliRunner().invoke(portfolio, ["--workspace", str(tmp_path)])
    assert said.exit_code == 1
    assert "no artifact" in said.output


def test_the_pages_outline_has_no_jumps(workspace: Path) -> None:
    levels = [
        len(line.split(" ")[0]) for line in as_markdown(list(chapters(workspace))).splitlines() if line.startswith("#")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_lists_and_quotes_become_html() -> None:
    page = to_html("| a | b |\n| --- | --- |\n| 1 | x \\| y |\n\n- one\n- two\n\n> said\n> more\n\n**bold** and *soft*")
    assert "<td>x | y</td>" in page
    assert "<li>two</li>" in page
    assert "<blockquote>said<br>more</blockquote>" in page
    assert "<strong>bold</strong> and <em>soft</em>" in page


def test_work_is_brought_as_it_stands_and_holds(workspace: Path) -> None:
    assert [entry.slug for entry in lessons_with_work(workspace, besides="interview_basics")] == ["welcome"]
    copies = bring("welcome", workspace)
    assert {copied.artifact for copied in copies} == {"ask", "first_talk", "facts"}
    assert doubtful(copies) is None


@pytest.mark.parametrize("artifact", ["ask", "facts", "first_talk"])
def test_work_that_was_changed_on_the_way_is_doubted(workspace: Path, artifact: str) -> None:
    case = load_case("welcome", 5)
    told = f"refresh_ready: {case.facts['refresh_ready'].value:g}"
    changed = {"ask": "number: [1", "facts": "refresh_ready: 1", "first_talk": "attempts: [[]]"}[artifact]
    copies = [
        copied.model_copy(update={"text": changed}) if copied.artifact == artifact else copied
        for copied in bring("welcome", workspace)
    ]
    assert any(told in copied.text or changed == copied.text for copied in copies)
    assert doubtful(copies) is not None


def test_there_is_nothing_to_bring_from_an_empty_lesson(workspace: Path) -> None:
    with pytest.raises(LookupError, match="no artifact"):
        bring("recommendation_scoping", workspace)
    write_whole(workspace / "beginner" / "recommendation_scoping" / "answers" / "prd.yaml", "title: [\n")
    with pytest.raises(LookupError, match="no artifact"):
        bring("recommendation_scoping", workspace)


def test_work_that_no_criterion_meets_gives_no_story(workspace: Path) -> None:
    nothing_said = {"conversation": "first_talk", "attempts": [[]]}
    answers = workspace / "beginner" / "welcome" / "answers"
    write_files({"ask": {"ask": "Hello there?"}, "first_talk": nothing_said}, answers)
    (chapter,) = (chapter for chapter in chapters(workspace) if chapter.lesson == "Welcome to the pod")
    assert chapter.story == ""
