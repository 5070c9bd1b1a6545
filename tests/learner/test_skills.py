"""What a learner has shown, and what would help most: counts that are true, from the checks that were kept."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.course.catalog import load_catalog
from curriculum.learner.advice import advise
from curriculum.learner.portfolio import as_markdown, chapters
from curriculum.learner.progress import Progress
from curriculum.learner.review import Deck
from curriculum.learner.skills import skills_of
from curriculum.pages.skills import skill_page
from graders import load_rubric
from tests.helpers.checked_work import check_exemplar, check_near_miss

# The record as the first version of the course made it.
FIRST_SCHEMA = """
create table checks (
    id integer primary key, at text not null, lesson text not null, artifact text not null,
    status text not null, points real not null, maximum real not null, seed integer not null,
    submission_sha256 text not null, rubric_sha256 text not null, missed text not null
);
create index checks_by_artifact on checks (lesson, artifact, id);
create table hints (
    lesson text not null, criterion text not null, opened integer not null, at text not null,
    primary key (lesson, criterion)
);
insert into checks values (1, '2026-10-01T08:00:00+00:00', 'welcome', 'ask', 'graded', 4, 6, 5, 'abc', 'def',
    '["date_is_in_time"]');
insert into hints values ('welcome', 'date_is_in_time', 2, '2026-10-01T08:01:00+00:00');
pragma user_version = 1;
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Welcome with a mistake and then without, and two versions of a kick-off page, each with another mistake."""
    check_near_miss(tmp_path, "welcome", "too_late", "ask")
    check_exemplar(tmp_path, "welcome", "later_standup", "ask")
    check_near_miss(tmp_path, "recommendation_scoping", "twenty_each", "agenda")
    check_near_miss(tmp_path, "recommendation_scoping", "facilitator_writes", "agenda")
    return tmp_path


def evidence(workspace: Path) -> dict[str, tuple[bool, int, int]]:
    records = skills_of(Progress(workspace)).records
    return {one.criterion: (one.met, one.times, one.times_not) for record in records for one in record.evidence}


def test_each_question_says_in_how_many_versions_it_was_met(workspace: Path) -> None:
    found = evidence(workspace)
    assert found["date_is_in_time"] == (True, 1, 1)
    assert found["hour_is_15_15_30"] == (True, 1, 1)
    assert found["who_writes_does_nothing_else"] == (False, 1, 1)
    assert found["agenda_is_complete"] == (True, 2, 0)
    assert "must_haves_fit" not in found, "no check has seen a board"


def test_counts_add_up_to_the_questions_of_the_course(workspace: Path) -> None:
    records = skills_of(Progress(workspace)).records
    assert sum(record.questions for record in records) == sum(
        len(load_rubric(entry.slug).criteria) for entry in load_catalog().lessons
    )
    assert all(len(record.evidence) <= record.questions for record in records)
    meetings = next(record for record in records if record.id == "run_meetings")
    asked, shown = len(meetings.evidence), len(meetings.shown)
    assert meetings.standing == f"{shown} of {asked} shown, {meetings.questions - asked} not asked yet"
    assert shown == asked - 1


def test_checking_the_same_version_again_is_no_further_evidence(workspace: Path) -> None:
    before = evidence(workspace)
    check_near_miss(workspace, "recommendation_scoping", "facilitator_writes", "agenda")
    assert evidence(workspace) == before


def test_a_page_and_a_portfolio_show_where(workspace: Path) -> None:
    skills = skills_of(Progress(workspace))
    page = skill_page(skills)
    assert "who_writes" not in page.html, "sentences, not ids"
    sentence = load_rubric("welcome").criteria["date_is_in_time"].sentence
    assert f"| Welcome to the pod | One-line ask | {sentence} | 1 of 2 versions |" in page.text
    text = as_markdown(list(chapters(workspace)), skills=skills)
    not_met = load_rubric("recommendation_scoping").criteria["who_writes_does_nothing_else"].sentence
    assert sentence in text.split("## Skills")[1]
    assert not_met not in text.split("## Skills")[1]


def test_an_old_record_is_carried_over_and_says_what_it_cannot_tell(tmp_path: Path) -> None:
    (tmp_path / ".curriculum").mkdir()
    with sqlite3.connect(tmp_path / ".curriculum" / "progress.sqlite") as db:
        db.executescript(FIRST_SCHEMA)
    progress = Progress(tmp_path)
    assert progress.hints("welcome") == {"date_is_in_time": 2}
    skills = skills_of(progress)
    assert evidence(tmp_path) == {"date_is_in_time": (False, 0, 1)}
    assert skills.note.startswith("1 earlier check kept only what was missing.")
    check_exemplar(tmp_path, "welcome", "later_standup", "ask")
    assert evidence(tmp_path)["date_is_in_time"] == (True, 1, 1)
    assert [row.points for row in progress.standings("welcome").values()] == [6.0]


def test_a_check_of_the_same_version_fills_in_what_an_old_record_lacks(tmp_path: Path) -> None:
    check_exemplar(tmp_path, "welcome", "later_standup", "ask")
    with sqlite3.connect(Progress(tmp_path).path) as db:
        db.execute("update checks set met = null")
    assert skills_of(Progress(tmp_path)).uncounted == 1
    check_exemplar(tmp_path, "welcome", "later_standup", "ask")
    assert skills_of(Progress(tmp_path)).uncounted == 0
    assert all(met for met, _, _ in evidence(tmp_path).values())


def test_advice_begins_at_the_beginning(tmp_path: Path) -> None:
    (tmp_path / ".curriculum").mkdir()
    assert [str(one) for one in advise(tmp_path)] == ["Open “Welcome to the pod”. It is where the course begins."]


def test_advice_names_the_weakest_with_counts_that_hold(workspace: Path) -> None:
    weakest, begun, new = advise(workspace)
    asked = len(next(r for r in skills_of(Progress(workspace)).records if r.id == "run_meetings").evidence)
    assert weakest.lesson == "recommendation_scoping"
    assert f"“Run meetings that end in decisions”: 1 of the {asked} asked was not met" in weakest.why
    assert begun.do == "Go on with “Scoping a recommender for the Q2 launch”"
    assert load_catalog().lesson(new.lesson).level == "beginner", "the first level comes first"


def test_what_is_due_comes_first(workspace: Path) -> None:
    import datetime as dt

    deck, month = Deck(workspace), dt.timedelta(days=30)
    deck.answer(deck.waiting(dt.datetime.now(dt.UTC) + month)[0].id, 3, dt.datetime.now(dt.UTC) - month)
    first = advise(workspace)[0]
    assert (first.what, first.why) == ("due", "1 card that you have seen before is due, about 1 min.")


def test_commands_give_the_same_as_one_document(workspace: Path) -> None:
    run = CliRunner().invoke(main, ["skills", "--json", "--workspace", str(workspace)])
    found = {one["id"]: one for one in json.loads(run.stdout)["skills"]}
    assert (found["hand_over"]["asked"], found["hand_over"]["evidence"]) == (0, [])
    assert found["run_meetings"]["shown"] == found["run_meetings"]["asked"] - 1
    table = CliRunner().invoke(main, ["skills", "run_meetings", "--workspace", str(workspace)]).stdout
    assert "not met" in table
    unknown = CliRunner().invoke(main, ["skills", "juggling", "--workspace", str(workspace)])
    assert (unknown.exit_code, "run_meetings" in unknown.output) == (2, True)
    first = json.loads(CliRunner().invoke(main, ["next", "--json", "--workspace", str(workspace)]).stdout)["next"][0]
    assert first["what"] == "weakest"
