"""Feedback pages: the review and what a person wrote, for the learner and nobody else; and forgetting a learner."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import stat
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from curriculum.cases import load_case
from curriculum.cohort.clocks import Extension, grant
from curriculum.cohort.course import Course, CourseError, load_course, write_settings
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.forgetting import forget
from curriculum.cohort.gradebook import open_engine, save_due
from curriculum.cohort.grading import grade_course
from curriculum.cohort.records import Records
from curriculum.cohort.simulate import write_submission
from curriculum.cohort.solutions import never_shown
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.course.flaws import flawed_draft
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.checking import check_folder
from curriculum.pages.exemplars import flaws_html
from graders import load_rubric


def page(course: Course, student: str) -> str:
    return (course.feedback(student, "welcome") / "welcome.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_page_says_what_was_found_and_what_a_person_wrote(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/two_asks")
    write_submission(course, "bela", "welcome", "later_standup")
    (course.submitted("bela", "welcome") / "answers" / "ask.yaml").write_text("<script>alert(1)</script>")
    grade_course(course, workers=1)
    engine = open_engine(course)
    with engine.begin() as db:
        db.execute(sa.text("update comment set manual_comment = 'Clear & <b>kind</b>.' where auto_comment is not null"))
    engine.dispose()
    assert write_feedback(course, ("welcome",)) == 2
    ada = page(course, "ada")
    assert "5 of 6 points" in ada
    assert "Expected: one sentence of 4 to 35 words" in ada
    assert "Clear &amp; &lt;b&gt;kind&lt;/b&gt;." in ada
    assert "not yet read by a person" not in ada
    bela = page(course, "bela")
    assert "There is no score yet." in bela
    assert "<script>" not in bela
    assert "http" not in ada.replace("http-equiv", ""), "nothing is fetched"


def due(course: Course, moment: str) -> None:
    engine = open_engine(course)
    with engine.begin() as db:
        save_due(db, "welcome", dt.datetime.fromisoformat(moment) if moment else None)
    engine.dispose()


@pytest.mark.slow
def test_how_others_solved_it_comes_with_the_feedback_to_those_who_tried_once_it_is_due(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/two_asks")
    write_submission(course, "bela", "welcome", "untouched")
    grade_course(course, workers=1)
    case = load_case("welcome", course.variant("ada", "welcome"))
    asks = [escape(load_exemplar(case, variant)["ask"]["ask"]) for variant in variants("welcome")]

    def shown(course: Course) -> bool:
        write_feedback(course, ("welcome",))
        assert not any(ask in page(course, "bela") for ask in asks)
        found = [ask in page(course, "ada") for ask in asks]
        assert all(found) == any(found) == ("How others solved it" in page(course, "ada"))
        return all(found)

    assert not shown(course), "a lesson without a due date is never over"
    assert "has no due date" in " ".join(never_shown(course, ("welcome",)))
    due(course, "2999-01-01T12:00:00+00:00")
    assert not shown(course)
    assert "given after Tuesday, 1 January 2999, 12:00" in page(course, "ada")
    assert list(never_shown(course, ("welcome",))) == []
    assert shown(replace(course, exemplars="always"))
    due(course, "2020-01-01T12:00:00+00:00")
    assert shown(course)
    assert not shown(replace(course, exemplars="never"))
    assert "also shows how others" not in page(course, "ada")


@pytest.mark.slow
def test_nobody_learns_the_answers_of_a_world_in_which_somebody_has_time_left(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/two_asks")
    due(course, "2020-01-01T12:00:00+00:00")
    same = replace(course, accepted={"chidi/welcome": course.variant("ada", "welcome")})
    grade_course(same, workers=1)
    engine = open_engine(course)
    with engine.begin() as db:
        grant(db, course, [Extension("welcome", "chidi", until=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))])
    engine.dispose()
    write_feedback(same.of_section("Monday"), ("welcome",))
    assert "How others solved it" not in page(course, "ada"), "chidi, of another section, has ada's numbers"
    write_feedback(course, ("welcome",))
    assert "How others solved it" in page(course, "ada"), "chidi has other numbers"


def test_a_draft_with_flaws_is_shown_with_its_answers_folded() -> None:
    shown = flaws_html("speak_the_language", 3, frozenset(["glossary", "collisions", "translations"]))
    plan = load_plan("speak_the_language").flaws
    assert plan is not None
    draft = flawed_draft(load_case("speak_the_language", 3), plan)
    assert all(escape(entry.label) in shown for entry in draft.options.values())
    told = shown.split("These are true")[1]
    assert [miss.id for miss in draft.planted if escape(miss.tempting) not in told] == []
    assert flaws_html("speak_the_language", 3, frozenset()) == flaws_html("welcome", 3, frozenset(["ask"])) == ""


@pytest.mark.slow
def test_a_report_comes_back_as_it_was(course: Course) -> None:
    for student, made_from in {"ada": "later_standup/two_asks", "bela": "later_standup", "chidi": "untouched"}.items():
        write_submission(course, student, "welcome", made_from)
    (course.submitted("bela", "welcome") / "answers" / "ask.yaml").write_text("ask: [1]")
    grade_course(course, workers=1)
    engine = open_engine(course)
    kept = {attempt.student: report for attempt, report in Records(engine).reports("welcome")}
    engine.dispose()
    assert len(kept) == 3
    for student, report in kept.items():
        case = load_case("welcome", course.variant(student, "welcome"))
        fresh = check_folder(load_rubric("welcome"), case, course.submitted(student, "welcome") / "answers")
        assert report is not None
        assert report.as_json() == fresh.as_json()


@pytest.mark.slow
def test_pages_go_where_nbgrader_fetches_them_and_to_their_owner_only(course: Course, tmp_path: Path) -> None:
    course = replace(course, exchange=tmp_path / "exchange")
    secrets = {"ada": "a" * 128, "bela": "b" * 128, "chidi": "b" * 128, "dana": "../../etc/passwd"}
    for student, secret in secrets.items():
        write_submission(course, student, "welcome", "later_standup")
        (course.submitted(student, "welcome") / "submission_secret.txt").write_text(secret)
    grade_course(course, workers=1)
    write_feedback(course, ("welcome",))
    released = list((tmp_path / "exchange" / course.id / "feedback").iterdir())
    name = hashlib.md5(f"{secrets['ada']}welcome".encode()).hexdigest()
    assert [path.name for path in released] == [f"{name}.html"], "a secret that two claim is nobody's"


@pytest.fixture
def handed_in(course: Course, tmp_path: Path) -> Path:
    """An earlier submission of ada's in the exchange, for which feedback was released."""
    inbound = tmp_path / "exchange" / course.id / "inbound" / "ada+welcome+2026-09-01 12:00:00 UTC+x"
    (inbound / "answers").mkdir(parents=True)
    (inbound / "submission_secret.txt").write_text("0" * 64)
    name = hashlib.md5(f"{'0' * 64}welcome".encode()).hexdigest()
    feedback = tmp_path / "exchange" / course.id / "feedback"
    feedback.mkdir()
    (feedback / f"{name}.html").write_text("the earlier page")
    return inbound


def test_forgetting_deletes_everything(course: Course, tmp_path: Path, handed_in: Path) -> None:
    course = replace(course, exchange=tmp_path / "exchange", accepted={"ada/welcome": 7, "bela/welcome": 8})
    write_settings(course)
    (course.root / "report.html").write_text("as augusta, her id before she was renamed")
    for student in ("ada", "bela"):
        write_submission(course, student, "welcome", "later_standup")
        (course.submitted(student, "welcome") / "submission_secret.txt").write_text(student[0] * 64)
    grade_course(course, workers=1)
    write_feedback(course, ("welcome",))
    assert forget(course, "ada").left == ()
    assert not list(course.root.glob("*/ada"))
    assert not handed_in.exists()
    assert not (course.root / "report.html").exists()
    assert load_course(course.root).accepted == {"bela/welcome": 8}
    assert stat.S_IMODE((course.root / "roster.csv").stat().st_mode) == 0o600
    assert b"Lovelace" not in (course.root / "gradebook.db").read_bytes(), "overwritten, and not only no longer listed"
    assert len(list((tmp_path / "exchange" / course.id / "feedback").iterdir())) == 1
    assert "ada" not in {learner.id for learner in load_course(course.root).roster}
    assert b"Lovelace" not in (course.root / "roster.csv").read_bytes()
    engine = open_engine(course)
    with engine.connect() as db:
        for table in sa.inspect(engine).get_table_names():
            for row in db.execute(sa.text(f"select * from {table}")):
                assert "ada" not in row, table
    engine.dispose()
    with pytest.raises(CourseError, match="not in this course"):
        forget(load_course(course.root), "ada")
    with pytest.raises(CourseError, match="not in this course"):
        forget(load_course(course.root), "..")


def test_files_in_the_course_that_still_name_somebody_are_told(course: Course) -> None:
    (course.root / "grades.csv").write_text("student_id,score\nbela,3\nada,4\n")
    (course.root / "others.csv").write_text("student_id,score\nbela,3\nada-b,4\nadalbert,5\n")
    book = openpyxl.Workbook()
    book.active.append(["ada", 4])
    book.save(course.root / "marks.xlsx")
    (course.root / "broken.xlsx").write_bytes((course.root / "marks.xlsx").read_bytes()[:-40] + b"x" * 40)
    (told,) = (line for line in forget(course, "ada").done if "still name" in line)
    assert told.endswith("these still name ada: grades.csv, marks.xlsx. Delete them, or what they say.")
    (told,) = (line for line in forget(course, "bela").done if "still name" in line)
    assert told.endswith("these still name bela: grades.csv, others.csv. Delete them, or what they say.")


@pytest.mark.slow
def test_what_cannot_be_deleted_is_told_and_can_be_done_again(
    course: Course, tmp_path: Path, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on an exchange of many system users, where a learner's folders stay the learner's."""
    course = replace(course, exchange=tmp_path / "exchange")
    real = shutil.rmtree

    def not_mine(path: Path, *rest: Any, **more: Any) -> None:
        if path == handed_in:
            raise PermissionError(13, "Permission denied", str(path / "answers"))
        real(path, *rest, **more)

    monkeypatch.setattr(shutil, "rmtree", not_mine)
    for _ in range(2):
        (told,) = forget(course, "ada").left
        assert f"sudo rm -rf -- '{handed_in}'" in told and "run the same command again" in told
        course = replace(load_course(course.root), exchange=course.exchange)
        assert "ada" not in {learner.id for learner in course.roster}
    monkeypatch.undo()
    assert forget(course, "ada").left == ()
    assert not handed_in.exists()
    with pytest.raises(CourseError, match="not in this course"):
        forget(course, "ada")


def test_a_kill_before_the_database_leaves_something_to_run_again(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    monkeypatch.setattr(Records, "forget", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        forget(course, "ada")
    monkeypatch.undo()
    assert "with 1 attempt." in " ".join(forget(load_course(course.root), "ada").done)
