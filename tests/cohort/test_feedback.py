"""Feedback pages: the review and what a person wrote, for the learner and nobody else; and forgetting a learner."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from curriculum.cases import load_case
from curriculum.cohort.course import Course, CourseError, load_course
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


def test_forgetting_deletes_everything(course: Course, tmp_path: Path) -> None:
    course = replace(course, exchange=tmp_path / "exchange")
    inbound = tmp_path / "exchange" / course.id / "inbound" / "ada+welcome+2026-09-01 12:00:00 UTC+x"
    inbound.mkdir(parents=True)
    for student in ("ada", "bela"):
        write_submission(course, student, "welcome", "later_standup")
        (course.submitted(student, "welcome") / "submission_secret.txt").write_text(student[0] * 64)
    grade_course(course, workers=1)
    write_feedback(course, ("welcome",))
    forget(course, "ada")
    assert not list(course.root.glob("*/ada"))
    assert not inbound.exists()
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
