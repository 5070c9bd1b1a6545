"""Several people mark a class: shared out, on sheets without names, some of it twice, and every mark in a log."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from curriculum.artifacts import yaml_text
from curriculum.cli import main
from curriculum.cohort import markers
from curriculum.cohort.anchors import readings
from curriculum.cohort.course import Course, CourseError, load_course, write_settings
from curriculum.cohort.exporting import export
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.forgetting import forget
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import Grade, LessonGrades, grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.marked_shown import fill
from curriculum.cohort.marking import Wanted, give, read_lessons
from curriculum.cohort.marking_sheet import as_csv, make_sheet, read_back
from curriculum.cohort.marks import DECIDED, FIRST, IN_FORMGRADER, SECOND, WORDS, log
from curriculum.cohort.people import rename
from curriculum.cohort.reading_guide import guide_html, sheet_page
from curriculum.cohort.records import Records
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.simulate import write_submission
from curriculum.cohort.staging import create_course, stage
from curriculum.course.catalog import load_catalog
from tests.cohort.conftest import LEARNERS

pytestmark = pytest.mark.slow

LESSON = "welcome"
ASK = "The ask"


@pytest.fixture(scope="session")
def words_count(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which words carry ten points, and three learners have handed in; graded."""
    root = tmp_path_factory.mktemp("marking") / "pm-2026"
    course = Course(root=root, id="pm-2026", title="Product 2026", lessons=(LESSON,), prose_points={LESSON: 10})
    create_course(course, LEARNERS, {})
    release_lesson(load_course(root), LESSON)
    for student in ("ada", "bela", "chidi"):
        write_submission(load_course(root), student, LESSON, "later_standup")
    grade_course(load_course(root), workers=1)
    return root


@pytest.fixture
def course(words_count: Path, tmp_path: Path) -> Course:
    shutil.copytree(words_count, tmp_path / "pm-2026")
    return load_course(tmp_path / "pm-2026")


def read(course: Course) -> LessonGrades:
    engine = open_engine(course)
    with engine.begin() as db:
        (found,) = read_lessons(db, Records(engine), course, (LESSON,))
    engine.dispose()
    return found


def share_out(course: Course, *names: str, second: int = 0, anew: bool = False) -> list[str]:
    named = {name.partition("=")[0]: tuple(filter(None, name.partition("=")[2].split(","))) for name in names}
    engine = open_engine(course)
    with engine.begin() as db:
        (found,) = read_lessons(db, Records(engine), course, (LESSON,))
        said = markers.share_out(db, found, named, second=second, anew=anew)
    engine.dispose()
    return said


def readers(course: Course, role: str = FIRST) -> dict[str, str]:
    tasks = [task for theirs in read(course).marking.tasks.values() for task in theirs]
    return {task.student: task.marker for task in tasks if task.role == role}


def mark(whose: str, value: float, marker: str, criterion: str = WORDS, **more: object) -> Wanted:
    return replace(Wanted(LESSON, whose, criterion, value, marker), **more)


def history(course: Course) -> list[tuple[object, ...]]:
    engine = open_engine(course)
    with engine.connect() as db:
        found = [
            (one.student, one.criterion, one.role, one.by, one.before, one.after, one.why) for one in log(db, (LESSON,))
        ]
    engine.dispose()
    return found


def in_formgrader(course: Course, student: str, points: float, comment: str = "") -> None:
    """What nbgrader's own page saves."""
    from nbgrader.api import Gradebook

    with Gradebook(course.database_url, course.id) as book:
        grade = book.find_grade("read_by_a_person", LESSON, LESSON, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("read_by_a_person", LESSON, LESSON, student).manual_comment = comment or None
        book.db.commit()


def by_id(course: Course) -> dict[str, Grade]:
    return {grade.learner.id: grade for grade in grades_of(course, (LESSON,))}


# Sharing out


def test_the_lot_is_even_and_stays(course: Course) -> None:
    assert share_out(course, "Kim", "Lee", second=2)[0] == "welcome: 3 shared out, and 2 for a second reading."
    first, second = readers(course), readers(course, SECOND)
    assert set(first) == {"ada", "bela", "chidi"} and sorted(map([*first.values()].count, ("Kim", "Lee"))) == [1, 2]
    assert all(first[student] != marker for student, marker in second.items())
    assert len({task.code for theirs in read(course).marking.tasks.values() for task in theirs}) == 3
    write_submission(course, "dana", LESSON, "later_standup")
    grade_course(course, workers=1)
    assert "dana for nobody in particular" in "\n".join(markers.in_words(read(course)))
    share_out(course, "Kim", "Lee", second=2)
    assert {**readers(course), **first} == readers(course) and "dana" in readers(course)
    assert readers(course, SECOND) == second


def test_the_same_secret_draws_the_same_lot(course: Course) -> None:
    share_out(course, "Kim", "Lee")
    before = readers(course)
    engine = open_engine(course)
    with engine.begin() as db:
        db.execute(sa.text("delete from cohort_marker"))
    engine.dispose()
    share_out(course, "Lee", "Kim")
    assert readers(course) == before


def test_by_section_and_anew(course: Course) -> None:
    share_out(course, "Kim=Monday", "Lee=Friday")
    assert readers(course) == {"ada": "Kim", "bela": "Kim", "chidi": "Lee"}
    give(course, [mark("ada", 7, "Kim")])
    share_out(course, "Mia", anew=True)
    assert readers(course) == {"ada": "Kim", "bela": "Mia", "chidi": "Mia"}, "what Kim has read stays Kim's"


@pytest.mark.parametrize(
    ("names", "second", "says"),
    [
        (("Kim=Sunday",), 0, "no section 'Sunday'"),
        (("Kim=Monday", "Lee"), 0, "for all markers"),
        (("Kim",), 1, "needs a second marker"),
        (("=1+1",), 0, "cannot be a marker's name"),
    ],
)
def test_what_cannot_be_shared_out_is_told(course: Course, names: tuple[str, ...], second: int, says: str) -> None:
    with pytest.raises(CourseError, match=says):
        share_out(course, *names, second=second)
    assert not readers(course)


# Marks and their log


def test_every_change_is_in_the_log_with_who_and_why(course: Course) -> None:
    assert give(course, [mark("ada", 7, "Kim", comment="Clear."), mark("ada", 4, "Kim", ASK)]) == 2
    assert give(course, [mark("ada", 7, "Kim", comment="Clear.")]) == 0, "it says the same"
    with pytest.raises(CourseError, match="it was 7; say why it is 8 now"):
        give(course, [mark("ada", 8, "Kim")])
    give(course, [mark("ada", 8, "Kim", why="Read it again.")])
    in_formgrader(course, "ada", 3)
    in_formgrader(course, "bela", 6, "Well said.")
    assert by_id(course)["ada"].score == 9
    found = history(course)
    assert found[:3] == [
        ("ada", WORDS, FIRST, "Kim", None, 7, ""),
        ("ada", ASK, FIRST, "Kim", None, 4, ""),
        ("ada", WORDS, FIRST, "Kim", 7, 8, "Read it again."),
    ]
    assert sorted(found[3:], key=str) == [
        ("ada", WORDS, FIRST, IN_FORMGRADER, 8, 3, ""),
        ("bela", WORDS, FIRST, IN_FORMGRADER, None, 6, ""),
    ]
    assert by_id(course) and history(course) == found, "it is noted once"


def test_a_comment_of_formgrader_stays_beside_one_by_command(course: Course) -> None:
    in_formgrader(course, "ada", 6, "Well said.")
    give(course, [mark("ada", 4, "Kim", ASK, comment="I would answer.")])
    expected = "Well said.\n\nThe ask 4 of 5. I would answer."
    assert by_id(course)["ada"].comment == expected
    give(course, [mark("ada", 5, "Kim", ASK, comment="At once.", why="Asked a colleague.")])
    assert by_id(course)["ada"].comment == (f"Well said.\n\nThe ask 5 of 5: {readings(LESSON)[0].anchors[5]}. At once.")


def test_a_check_can_be_overruled_with_a_name(course: Course) -> None:
    assert by_id(course)["ada"].points == 6
    give(course, [mark("ada", 4, "Kim", "One-line ask", comment="Not to me."), mark("ada", 10, "Kim")])
    assert by_id(course)["ada"].points == 14
    write_feedback(course, (LESSON,), provisional=True)
    page = (course.feedback("ada", LESSON) / f"{LESSON}.html").read_text()
    assert "4 of 6" in page and "Not to me." in page and "Kim" not in page


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (mark("ada", 11, "Kim"), "found 11; expected from 0 to 10"),
        (mark("ada", 2.5, "Kim", ASK), "expected a whole number from 1 to 5"),
        (mark("ada", 3, "Kim", "Charm"), "nothing called 'Charm'; it has Words"),
        (mark("dana", 3, "Kim"), "nothing of dana is graded"),
        (mark("BBBB-BBBB", 3, "Kim"), "neither a learner nor a code"),
        (mark("ada", 3, "Zoe"), "is not Zoe's to read"),
        (mark("ada", 3, "Kim", version="ABCDEFGH"), "has handed in something else since"),
    ],
)
def test_a_mark_that_cannot_be_is_told_and_none_is_saved(course: Course, one: Wanted, says: str) -> None:
    share_out(course, "Kim")
    with pytest.raises(CourseError, match=says):
        give(course, [mark("bela", 5, "Kim"), one])
    assert history(course) == []


# Reading twice


def twice(course: Course) -> tuple[str, str, str]:
    """A learner who is read twice, the first reader and the second."""
    share_out(course, "Kim", "Lee", second=1)
    ((student, second),) = readers(course, SECOND).items()
    return student, readers(course)[student], second


def test_where_two_differ_it_waits_until_somebody_decides(course: Course) -> None:
    student, first, second = twice(course)
    give(course, [mark(student, 9, first)])
    assert "a second person still reads it" in by_id(course)[student].waits
    give(course, [mark(student, 6.5, second)])
    assert not by_id(course)[student].provisional, "as far apart as the margin allows"
    give(course, [mark(student, 3, second, why="On reflection.")])
    grade = by_id(course)[student]
    assert grade.points == 15, "what the first gave counts so far"
    assert grade.provisional and "two people marked it and differ" in grade.waits
    assert f"{first} gives 9, {second} 3 of 10" in "\n".join(markers.in_words(read(course)))
    with pytest.raises(CourseError, match="differ; somebody decides"):
        export(course, (LESSON,), "canvas")
    give(course, [mark(student, 7, "Head", decides=True, why="We talked.")])
    assert by_id(course)[student].points == 13 and not by_id(course)[student].provisional
    assert history(course)[-1] == (student, WORDS, DECIDED, "Head", 9, 7, "We talked.")
    wide = replace(course, margin=1.0)
    write_settings(wide)
    assert load_course(course.root).margin == 1.0


def test_the_second_reader_sees_nothing_of_the_first(course: Course) -> None:
    student, first, second = twice(course)
    give(course, [mark(student, 9, first, comment="Marvellously clear."), mark(student, 5, first, ASK, comment="Yes!")])
    sheet = make_sheet(course, (LESSON,), second)
    table, page = as_csv(sheet).decode("utf-8-sig"), sheet_page(sheet)
    mine = [row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["code"] == code_of(course, student)]
    assert [(row["mark"], row["comment"]) for row in mine] == [("", ""), ("", "")]
    for words in ("Marvellously", "Yes!", first, "second"):
        assert words not in table and words not in page
    assert "Marvellously" in guide_html(read(course)), "others may use the words again"


def test_what_is_handed_in_anew_is_read_anew(course: Course) -> None:
    share_out(course, "Kim")
    give(course, [mark(student, 8, "Kim", comment="Once.") for student in ("ada", "bela", "chidi")])
    old = as_csv(make_sheet(course, (LESSON,), "Kim", everything=True))
    assert not markers.still_to_read(read(course), "Kim")
    write_submission(course, "ada", LESSON, "later_standup/too_late")
    assert "not graded yet" in make_sheet(course, (LESSON,), "Kim", everything=True).left_out[0]
    grade_course(course, workers=1)
    assert [task.student for task in markers.still_to_read(read(course), "Kim")] == ["ada"]
    path = course.root / "old.csv"
    path.write_bytes(old.replace(b'"8"', b'"9"'))
    with pytest.raises(CourseError, match="something else since"):
        give(course, read_back(path).wanted)
    give(course, [mark("ada", 5, "Kim", comment="Now late.")])
    assert by_id(course)["ada"].comment == "Now late."


# Sheets


def code_of(course: Course, student: str) -> str:
    return read(course).marking.tasks[student][0].code


def filled(course: Course, marker: str, cells: dict[tuple[str, str], tuple[str, str]]) -> list[list[str]]:
    """The rows of a marker's sheet with (mark, comment) by learner and question."""
    rows = list(
        csv.reader(io.StringIO(as_csv(make_sheet(course, (LESSON,), marker)).decode("utf-8-sig")), delimiter=";")
    )
    for row in rows[1:]:
        for (student, question), (value, comment) in cells.items():
            if row[2] == code_of(course, student) and row[4] == question:
                row[7], row[8] = value, comment
    return rows


def saved(rows: list[list[str]], path: Path, encoding: str, between: str, decimal: str) -> Path:
    """As a spreadsheet saves it: cells are quoted only where they have to be."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=between, lineterminator="\r\n")
    writer.writerows([*rows[:1], *([*row[:7], row[7].replace(".", decimal), *row[8:]] for row in rows[1:])])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "between", "decimal"),
    [
        ("cp1252", ";", ","),
        ("utf-8-sig", ";", ","),
        ("utf-8", ",", "."),
        ("utf-16", "\t", ","),
        ("utf-8-sig", ",", "."),
    ],
)
def test_a_sheet_comes_back_from_any_spreadsheet(
    course: Course, tmp_path: Path, encoding: str, between: str, decimal: str
) -> None:
    share_out(course, "Kim")
    rows = filled(
        course, "Kim", {("ada", WORDS): ("7.5", "Schön – klar; „kurz“"), ("bela", ASK): ("4", "Two\nlines, both")}
    )
    back = read_back(saved(rows, tmp_path / "back.csv", encoding, between, decimal))
    assert (len(back.wanted), back.blank) == (2, 4)
    assert give(course, back.wanted) == 2 and give(course, back.wanted) == 0
    assert by_id(course)["ada"].comment == "Schön – klar; „kurz“" and by_id(course)["ada"].points == 13.5
    assert by_id(course)["bela"].open_points == 10, "rated, and its points are still open"
    again = filled(course, "Kim", {})
    assert {row[7] for row in again[1:] if row[4] == ASK} == {"4", ""}, "the marker's own marks stand in the next sheet"


def test_all_lines_that_are_wrong_are_told(course: Course, tmp_path: Path) -> None:
    share_out(course, "Kim")
    rows = filled(
        course, "Kim", {("ada", WORDS): ("07. Mai", ""), ("bela", WORDS): ("", "Well"), ("chidi", ASK): ("3", "#NAME?")}
    )
    with pytest.raises(CourseError) as error:
        read_back(saved(rows, tmp_path / "back.csv", "cp1252", ";", ","))
    assert len(str(error.value).splitlines()) == 3
    for words in ("made a day of it", "a comment without a mark", "took it for a formula"):
        assert words in str(error.value)
    (tmp_path / "back.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(CourseError, match="it is no Excel workbook"):
        read_back(tmp_path / "back.csv")
    (tmp_path / "back.csv").write_bytes(b"name;mark\nada;3\n")
    with pytest.raises(CourseError, match="without marker, lesson, code"):
        read_back(tmp_path / "back.csv")


def test_no_cell_is_run_and_a_guard_comes_off_again(course: Course, tmp_path: Path) -> None:
    share_out(course, "Kim")
    give(course, [mark("ada", 7, "Kim", comment='=HYPERLINK("http://x")')])
    table = as_csv(make_sheet(course, (LESSON,), "Kim", everything=True))
    assert b"\"'=HYPERLINK" in table and b'"=' not in table
    (tmp_path / "back.csv").write_bytes(table)
    assert give(course, read_back(tmp_path / "back.csv").wanted) == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: [*rows, [*rows[1][:7], "3", "", ""]], "was marked in back.csv, line 2 already"),
        (lambda rows: [[*rows[0], "Mark"], *([*row, "9"] for row in rows[1:])], "the column mark is there twice"),
        (lambda rows: [rows[0], [*rows[1][:7], "0_3", "", ""]], "which is no number"),
    ],
    ids=["row twice", "column twice", "Python's own way to write ten"],
)
def test_what_could_be_read_in_two_ways_is_asked_about(
    course: Course, tmp_path: Path, change: Callable[[list[list[str]]], list[list[str]]], says: str
) -> None:
    share_out(course, "Kim")
    whose = make_sheet(course, (LESSON,), "Kim").submissions[0].task.student
    rows = filled(course, "Kim", {(whose, WORDS): ("7", "")})
    with pytest.raises(CourseError, match=says):
        read_back(saved(change(rows), tmp_path / "back.csv", "utf-8", ",", "."))


def test_no_sheet_overrules_a_check(course: Course, tmp_path: Path) -> None:
    share_out(course, "Kim")
    whose = make_sheet(course, (LESSON,), "Kim").submissions[0].task.student
    rows = filled(course, "Kim", {(whose, WORDS): ("6", "")})
    for row in rows[1:]:
        row[4] = "One-line ask" if row[7] else row[4]
    before = by_id(course)[whose]
    with pytest.raises(CourseError, match="no sheet overrules the check of 'One-line ask'"):
        give(course, read_back(saved(rows, tmp_path / "back.csv", "utf-8", ",", ".")).wanted)
    assert by_id(course)[whose] == before


def test_a_sheet_is_a_plain_file_of_a_table_s_size(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    with (tmp_path / "large.csv").open("wb") as large:
        large.truncate(30_000_000)
    for name, says in {"pipe": "no plain file", "zero": "no plain file", "large": "larger than 20 MB"}.items():
        with pytest.raises(CourseError, match=says):
            read_back(tmp_path / f"{name}.csv")


# Without names


def test_a_marker_sees_no_name_no_id_and_no_path(course: Course) -> None:
    answers = course.submitted("ada", LESSON) / "answers"
    ask = dict(yaml_text.parse((answers / "ask.yaml").read_text()).data)
    ask["ask"] = "I am Ada Lovelace (ada@example.org), Tomás: can we move it?"
    (answers / "ask.yaml").write_text(yaml_text.dump(ask))
    (answers / "case.yaml").unlink()  # then a note says who was dealt which world
    grade_course(course, workers=1)
    share_out(course, "Kim")
    give(course, [mark("bela", 7, "Kim", comment="Dear Béla, well done.")])
    sheet = make_sheet(course, (LESSON,), "Kim")
    notebook = json.loads((course.autograded("ada", LESSON) / f"{LESSON}.ipynb").read_text())
    page = json.dumps(fill(course, "ada", LESSON, notebook, for_marker=True)["cells"], ensure_ascii=False)
    assert "I am [name] ([name]), Tomás" in page and "the world that [name] was dealt, number" in page
    for text in (as_csv(sheet).decode(), sheet_page(sheet), page):
        words = set(re.findall(r"\w+", text))
        assert not words & {"ada", "Ada", "Lovelace", "bela", "Béla", "chidi", "Chidi", "Okoro"}
        assert "example.org" not in text and str(course.root) not in text
    assert "Dear [name], well done." in page
    assert "Tomás" in sheet_page(sheet), "people of the case keep their names"


def test_formgrader_shows_the_questions_and_what_was_said_and_learners_do_not(course: Course) -> None:
    give(course, [mark("bela", 4, "Kim", ASK, comment="One date, and\n\n[I](javascript:alert(1)) would answer.")])
    notebook = json.loads((course.autograded("ada", LESSON) / f"{LESSON}.ipynb").read_text())
    cells = fill(course, "ada", LESSON, json.loads(json.dumps(notebook)), for_marker=True)["cells"]
    places = {cell.get("id", ""): number for number, cell in enumerate(cells)}
    guide = cells[places["guide"]]["source"]
    assert places["guide"] + 1 == places["read-by-a-person"]
    assert readings(LESSON)[0].anchors[5] in guide and "One date, and<br>[I]" in guide and "\n" not in guide
    own = fill(course, "bela", LESSON, json.loads(json.dumps(notebook)), for_marker=True)["cells"]
    assert "One date" not in json.dumps(own), "not what was said of this very text"
    for_learners = json.dumps(fill(course, "ada", LESSON, notebook)["cells"])
    assert "One date" not in for_learners and "For whoever marks" not in for_learners


def test_every_lesson_has_questions_for_whoever_reads_its_words() -> None:
    for entry in load_catalog().lessons:
        asked = readings(entry.slug)
        assert asked, entry.slug
        for one in asked:
            assert {1, 3, 5} <= set(one.anchors) and all(one.anchors.values()) and 3 <= len(one.title) <= 200


# The rest of a term


def test_marks_go_with_a_learner_who_is_renamed_and_with_one_who_is_deleted(course: Course) -> None:
    share_out(course, "Kim")
    give(course, [mark("ada", 7, "Kim")])
    code = code_of(course, "ada")
    rename(course, "ada", "ada.l")
    course = load_course(course.root)
    assert code_of(course, "ada.l") == code and history(course)[0][0] == "ada.l"
    forget(course, "ada.l")
    course = load_course(course.root)
    assert history(course) == [] and "ada.l" not in readers(course)


def test_words_that_carry_no_points_are_rated_and_read(tmp_path: Path, words_count: Path) -> None:
    root = tmp_path / "c"
    create_course(Course(root=root, id="c", title="C", lessons=(LESSON,)), LEARNERS, {})
    course = load_course(root)
    stage(course, LESSON)
    release_lesson(course, LESSON)
    write_submission(course, "ada", LESSON, "later_standup")
    grade_course(course, workers=1, sample=1)
    share_out(course, "Kim")
    sheet = make_sheet(course, (LESSON,), "Kim")
    assert as_csv(sheet).count(b"\r\n") == 2, "there are no points to give, and one question"
    give(course, [mark("ada", 4, "Kim", ASK)])
    assert not markers.still_to_read(read(course), "Kim")
    engine = open_engine(course)
    with engine.connect() as db:
        assert db.execute(sa.text("select count(*) from grade where needs_manual_grade")).scalar() == 0
    engine.dispose()
    assert not by_id(course)["ada"].provisional and by_id(course)["ada"].points == 6


def test_by_the_commands(course: Course, tmp_path: Path) -> None:
    def run(*words: object, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["cohort", words[0], str(course.root), *map(str, words[1:])])  # type: ignore[list-item]
        assert done.exit_code == code, done.output
        return done.output

    assert "Name the markers" in run("markers", "--second", 2, code=2)
    run("markers", "--marker", "Kim=Monday", "--marker", "Lee=Friday", "--second", 1)
    assert run("markers", "--of", "Kim").count("formgrader/submissions/") == 2
    run("marking-sheet", "--marker", "Kim", "--out", tmp_path / "kim.csv")
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("kim.*")} == {0o600}
    assert "0 new marks, 0 as before" in run("marking-sheet", "--read", tmp_path / "kim.csv")
    assert "nothing for Zoe to read" in run("marking-sheet", "--marker", "Zoe", "--out", tmp_path / "z.csv", code=2)
    run("mark", LESSON, "ada", "--as", "Kim", "--points", 7, "--comment", "Clear.")
    assert "say why" in run("mark", LESSON, "ada", "--as", "Kim", "--points", 8, code=2)
    assert "– → 7 of 10, first, by Kim" in run("marks")
    run("marks", "--to", tmp_path / "log.csv")
    assert '"Kim","","7","10","","Clear."' in (tmp_path / "log.csv").read_text()
    assert "Kim: 1 of 2 read" in run("status")
    report = run("report", "--csv", tmp_path / "sheets")
    assert (
        "report.html" in report and '"welcome","Kim","first","2","1"' in (tmp_path / "sheets/marking.csv").read_text()
    )
    assert "Who has read how much" in (course.root / "report.html").read_text()
