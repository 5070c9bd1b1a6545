"""Feedback pages: the review and what a person wrote, for the learner and nobody else; and forgetting a learner."""

from __future__ import annotations

import hashlib
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from curriculum.cases import load_case
from curriculum.cohort.course import Course, CourseError, load_course, write_settings
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.forgetting import forget
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grading import grade_course
from curriculum.cohort.records import Records
from curriculum.cohort.simulate import write_submission
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.learner.checking import check_folder
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


@pytest.mark.slow
def test_the_exemplar_comes_with_the_feedback_to_those_who_tried(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup/two_asks")
    write_submission(course, "bela", "welcome", "untouched")
    grade_course(course, workers=1)
    write_feedback(course, ("welcome",))
    case = load_case("welcome", course.variant("ada", "welcome"))
    ask = load_exemplar(case, variants("welcome")[0])["ask"]["ask"]
    assert "How somebody else solved it" in page(course, "ada")
    assert ask.split(",")[0] in page(course, "ada")
    assert "How somebody else solved it" not in page(course, "bela")


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
    (course.root / "report.html").write_text("ada was here")
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
