"""Exports: every row says what it is; LMSs get their columns; spreadsheets run nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
import sqlalchemy as sa

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.exporting import export
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grading import grade_course
from curriculum.cohort.roster import write_roster
from curriculum.cohort.simulate import write_submission


@pytest.fixture
def graded(course: Course) -> Course:
    """Ada is right, Béla's file is broken, Chidi wrote nothing, Dana handed nothing in."""
    write_submission(course, "ada", "welcome", "later_standup/no_date")
    write_submission(course, "bela", "welcome", "later_standup")
    (course.submitted("bela", "welcome") / "answers" / "ask.yaml").write_text("- =1+1\n")
    write_submission(course, "chidi", "welcome", "untouched")
    grade_course(course, workers=1)
    return course


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_no_zero_looks_earned(graded: Course) -> None:
    table = list(csv.DictReader(io.StringIO(export(graded, ("welcome",), "csv").text)))
    shown = {row["student_id"]: (row["status"], row["score"]) for row in table}
    assert shown == {
        "ada": ("graded", "3"), "bela": ("invalid", ""), "chidi": ("graded", "0"), "dana": ("missing", ""),
    }  # fmt: skip
    said = {row["student_id"]: row["sentence"] for row in table}
    assert all(said[learner] for learner in ("bela", "chidi", "dana"))
    assert said["ada"] == "One-line ask: held for a person, who has not looked yet.", "her words are the exemplar's"


@pytest.mark.parametrize("format", ["csv", "canvas", "moodle"])
def test_every_cell_is_quoted_and_none_is_a_formula(graded: Course, format: str) -> None:
    text = export(graded, ("welcome",), format).text
    assert all(line.startswith('"') and line.endswith('"') for line in text.split("\r\n") if line)
    cells = [cell for row in rows(text) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert ("'=1+1" in text) is (format != "moodle"), "Béla's surname; without a score he has no row for Moodle"


def test_canvas(graded: Course) -> None:
    """Header and first row as Canvas's own importer looks for them; learners by their Canvas ID."""
    header, points, *learners = rows(export(graded, ("welcome",), "canvas").text)
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Welcome to the pod"]
    assert points == ["Points Possible", "", "", "", "", "6"]
    assert learners[0] == ["Lovelace, Ada", "101", "S-1", "ada", "Monday", "3"]
    assert [row[-1] for row in learners] == ["3", "", "0", ""], "blank leaves what Canvas has"
    named = replace(graded, lms_columns={"welcome": "Welcome (4711)"})
    assert rows(export(named, ("welcome",), "canvas").text)[0][-1] == "Welcome (4711)"


def test_moodle(graded: Course) -> None:
    made = export(graded, ("welcome",), "moodle")
    header, *learners = rows(made.text)
    title = "Welcome to the pod"
    assert header == ["First name", "Last name", "ID number", "Username", "Email address", title, f"{title} (Feedback)"]
    assert learners[0][:6] == ["Ada", "Lovelace", "101", "ada", "ada@example.org", "3"]
    assert [row[3] for row in learners] == ["ada", "chidi"], "a row without a score would clear what is there"
    assert made.notes == ("Left out, since they have no score yet: bela, dana.",)


def test_moodle_never_gives_a_grade_to_the_learner_before(graded: Course) -> None:
    """Its import takes a row without an ID number for one more of the row above."""
    roster = tuple(replace(one, lms_id="" if one.id == "chidi" else one.lms_id) for one in graded.roster)
    write_roster(graded.root / "roster.csv", roster)
    made = export(load_course(graded.root), ("welcome",), "moodle")
    assert [row[2] for row in rows(made.text)[1:]] == ["101"]
    assert "no lms_id for them: chidi" in made.notes[0]
    write_roster(graded.root / "roster.csv", [replace(one, lms_id="") for one in graded.roster])
    made = export(load_course(graded.root), ("welcome",), "moodle")
    assert [row[3] for row in rows(made.text)[1:]] == ["ada", "chidi"], "then they are found by user name"


def test_a_person_can_score_what_no_program_could(graded: Course) -> None:
    engine = open_engine(graded)
    with engine.begin() as db:
        db.execute(
            sa.text(
                "update grade set manual_score = 4, needs_manual_grade = false where auto_score is null and"
                " cell_id in (select id from base_cell where type = 'GradeCell')"
            )
        )
    engine.dispose()
    table = {row["student_id"]: row for row in csv.DictReader(io.StringIO(export(graded, ("welcome",), "csv").text))}
    assert (table["bela"]["status"], table["bela"]["score"]) == ("graded", "4")
    assert table["bela"]["sentence"].startswith("Scored by a person.")
