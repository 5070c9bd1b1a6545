"""Spaced review and the portfolio, on a workspace with real answers."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum import open_lesson
from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import write_artifact
from curriculum.cases import load_case
from curriculum.commands.portfolio import portfolio
from curriculum.commands.review import review
from curriculum.course.fixtures import load_exemplar, load_fixtures, variants, write_files
from curriculum.course.flaws import flawed_draft
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.finished import bring, lessons_with_work
from curriculum.learner.portfolio import as_markdown, as_page, chapters, to_html
from curriculum.learner.progress import Progress
from curriculum.learner.review import NEW_A_DAY, Deck, cards, comes_back
from curriculum.learner.variant import write_stated
from curriculum.support.dates import full_day
from curriculum.support.files import write_whole
from graders import load_rubric
from graders.grade import grade_folder
from graders.interviews.copies import doubtful

TOMORROW = dt.datetime.now().astimezone().date() + dt.timedelta(days=1)
NOW = dt.datetime.combine(TOMORROW, dt.time(9)).astimezone().astimezone(dt.UTC)
"""A morning after everything that these tests check."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace in which welcome was answered with a mistake, checked, and mended, three days ago."""
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
    with contextlib.closing(sqlite3.connect(tmp_path / ".curriculum" / "progress.sqlite")) as db, db:
        db.execute("update checks set at = ?", ((NOW - dt.timedelta(days=4)).isoformat(),))
    return tmp_path


def checked(workspace: Path, near_miss: str) -> None:
    """Answer welcome with a mistake and have it checked, as the notebook does."""
    answers, case = workspace / "beginner" / "welcome" / "answers", load_case("welcome", 5)
    fixtures = load_fixtures(case)
    write_files(fixtures.near_miss_files(next(miss for miss in fixtures.near_misses if miss.id == near_miss)), answers)
    open_lesson("welcome", answers.parent).check("ask")


def test_terms_questions_and_missed_criteria_become_cards_with_their_context(workspace: Path) -> None:
    checked(workspace, "too_late")
    found = Deck(workspace)._cards
    missed = found["criterion/welcome/date_is_in_time"]
    assert missed.lesson == "Welcome to the pod"
    assert missed.front.startswith("When is it too late?")
    context = dict(missed.context)
    assert context["Artifact"] == "One-line ask"
    assert context["Not met"].startswith("The decision is asked for no later than the day")
    assert "Found" in context and context["Asked by"]
    assert "term/ask" in found
    assert not any("ask_is_one_sentence" in id for id in found)


def test_a_mended_criterion_leaves_the_deck(workspace: Path) -> None:
    checked(workspace, "too_late")
    deck = Deck(workspace)
    deck.answer("criterion/welcome/date_is_in_time", 1, NOW)
    write_files(load_exemplar(load_case("welcome", 5), "later_standup"), workspace / "beginner/welcome/answers")
    open_lesson("welcome", workspace / "beginner" / "welcome").check("ask")
    later = Deck(workspace)
    assert not any(id.startswith("criterion/") for id in later._cards)
    assert not any(card.kind == "criterion" for card in later.waiting(NOW + dt.timedelta(days=9)))


def test_nothing_waits_before_anything_was_learned_and_on_the_same_day(tmp_path: Path) -> None:
    (tmp_path / ".curriculum").mkdir()
    folder = tmp_path / "beginner" / "welcome"
    folder.mkdir(parents=True)
    lesson = open_lesson("welcome", folder)
    assert "wait" not in repr(lesson.map()) and "wait" not in repr(lesson.review())
    assert Deck(tmp_path).counts().sentence.startswith("There is nothing to review yet.")
    checked(tmp_path, "too_late")
    today = Deck(tmp_path).counts()
    assert today.now == 0
    assert today.sentence == f"Nothing to review now. The next card comes on {full_day(TOMORROW)}."
    assert Deck(tmp_path).counts(NOW).now > 0


def test_a_known_card_does_not_come_back_the_same_day_and_an_unknown_one_does(workspace: Path) -> None:
    checked(workspace, "too_late")
    deck = Deck(workspace)
    ids = [card.id for card in deck._cards.values()][:4]
    for hour, (id, rating) in enumerate(zip(ids, (3, 4, 2, 1), strict=True)):
        now = NOW + dt.timedelta(hours=hour)
        due = deck.answer(id, rating, now)
        says = comes_back(due, now)
        if rating >= 3:
            assert due.astimezone().date() > now.astimezone().date()
            assert says == f"on {full_day(due.astimezone())}"
            assert id not in {card.id for card in deck.waiting(due - dt.timedelta(seconds=1))}
            assert id in {card.id for card in deck.waiting(due)}
        else:
            assert says.startswith("in about 1")
            assert id in {card.id for card in deck.waiting(now + dt.timedelta(minutes=16))}
    # What was not known and is known now has a later day, too.
    due = deck.answer(ids[3], 3, NOW + dt.timedelta(hours=4))
    assert due.astimezone().date() > NOW.astimezone().date()


def test_questions_that_were_recalled_become_cards_and_the_rating_counts_as_a_review(workspace: Path) -> None:
    folder = workspace / "beginner" / "recommendation_scoping"
    folder.mkdir(parents=True)
    asked = open_lesson("recommendation_scoping", folder).recall()
    id = "retrieval/recommendation_scoping/what_an_ask_names"
    assert id not in Deck(workspace)._cards
    for operation in (
        {"op": "write", "question": "what_an_ask_names", "value": "Who, what and until when"},
        {"op": "open", "question": "what_an_ask_names"},
        {"op": "rate", "question": "what_an_ask_names", "value": "good"},
    ):
        asked._handle_custom_msg(operation, [])
    deck = Deck(workspace)
    card = deck._cards[id]
    assert card.context == (("What you wrote then", "Who, what and until when"),)
    assert card.lesson == "Welcome to the pod"
    assert id not in {card.id for card in deck.waiting()}
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=8)
    assert id in {card.id for card in Deck(workspace).waiting(later)}
    asked._handle_custom_msg({"op": "rate", "question": "what_an_ask_names", "value": "again"}, [])
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)
    assert id in {card.id for card in Deck(workspace).waiting(soon)}
    Deck(workspace).answer(id, 4, soon)
    assert id not in {card.id for card in Deck(workspace).waiting(soon + dt.timedelta(minutes=1))}


def test_what_a_panel_would_ask_of_the_work_becomes_cards(workspace: Path) -> None:
    folder = workspace / "beginner" / "interview_basics"
    (folder / "answers").mkdir(parents=True)
    before = {card.id for card in cards(workspace) if card.kind == "question"}
    case = load_case("interview_basics", 9)
    write_stated(folder / "answers", case)
    write_files(load_exemplar(case, variants("interview_basics")[0]), folder / "answers")
    open_lesson("interview_basics", folder).check("star")
    questions = [card for card in cards(workspace) if card.kind == "question"]
    assert len(questions) > len(before)
    assert all(card.points and dict(card.context)["Interview question"] for card in questions)
    kinds = [card.kind for card in Deck(workspace).waiting(NOW)]
    assert {"question", "term"} <= set(kinds)


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
    write_files(load_exemplar(case, variants("interview_basics")[0]), answers)
    open_lesson("interview_basics", answers.parent).check("star")
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
    deck._cards = {f"term/{n}": card for n, card in enumerate(cards(workspace) * 40)}
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


def test_where_cards_wait_the_map_has_the_review_below_it(workspace: Path) -> None:
    lesson = open_lesson("welcome", workspace / "beginner" / "welcome")
    deck = lesson.map()
    assert type(deck).__name__ == "DeckWidget" and deck.view["waits"] > 0
    assert "curriculum review" not in repr(deck) + repr(lesson.review())


def test_a_damaged_record_of_cards_is_told_and_costs_nothing_else(workspace: Path) -> None:
    (workspace / ".curriculum" / "review.sqlite").write_bytes(b"no database" * 200)
    said = CliRunner().invoke(review, ["--workspace", str(workspace)])
    assert said.exit_code == 1 and "rename .curriculum/review.sqlite" in said.output
    lesson = open_lesson("welcome", workspace / "beginner" / "welcome")
    assert "rename .curriculum/review.sqlite" in repr(lesson.review())
    assert "Welcome to the pod" in repr(lesson.map())
    lesson.check("ask")


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
    assert to_html("- **Who:** Odile\n- **Number:** 4") == (
        "<ul><li><strong>Who:</strong> Odile</li><li><strong>Number:</strong> 4</li></ul>"
    )


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
