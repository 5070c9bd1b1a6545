"""A course in which teams take a lesson: dealt, handed out, handed in by each; one score, each one's signatures."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.authoring.subject import load_subject
from curriculum.cli import main
from curriculum.cohort.course import Course, CourseError, load_course
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.forgetting import forget
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.looking import look
from curriculum.cohort.people import rename
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.report.analysis import analyse
from curriculum.cohort.report.page import page as report_page
from curriculum.cohort.report.sheets import sheets
from curriculum.cohort.report.tables import together
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.cohort.staging import create_course
from curriculum.cohort.team_files import TeamsError, read_column, read_teams
from curriculum.cohort.teams import deal_teams, write_seats, write_teams
from tests.helpers import team_work

LESSON = "recommendation_scoping"
FUNCTIONS = ("product", "design", "ml")
LEARNERS = tuple(Learner(f"learner{number}", section=FUNCTIONS[number % 3]) for number in range(9))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("teams") / "pm-2026"
    create_course(
        Course(root=root, id="pm-2026", title="Product 2026", lessons=(LESSON,), deal="ab" * 16), LEARNERS, {}
    )
    release_lesson(load_course(root), LESSON)
    return root


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Course:
    shutil.copytree(template, tmp_path / "pm-2026")
    return load_course(tmp_path / "pm-2026")


def in_teams(course: Course, size: int = 3) -> Course:
    write_teams(course, LESSON, deal_teams(course, LESSON, size, {one.id: one.section for one in LEARNERS}))
    return load_course(course.root)


def hand_in(course: Course, team: tuple[str, ...], silent: str = "", left: str = "") -> None:
    seats = {path.stem: path for path in write_seats(course, LESSON, course.root.parent / "seats")}
    team_work.hand_in(course, LESSON, team, seats, silent=silent, left=left)


def test_a_team_has_one_world_one_score_and_each_their_own_signatures(course: Course) -> None:
    course = in_teams(course)
    assert [len(team) for team in course.teams(LESSON)] == [3, 3, 3]
    whole, quiet, gone = course.teams(LESSON)
    hand_in(course, whole)
    hand_in(course, quiet, silent=quiet[1])
    hand_in(course, gone, left=gone[2])
    for team in course.teams(LESSON):
        assert len({course.variant(learner, LESSON) for learner in team}) == 1

    graded = grade_course(course, workers=1)
    assert graded.statuses == {SubmissionStatus.GRADED: 9}, graded.problems
    score = {grade.learner.id: grade for grade in grades_of(course, (LESSON,))}
    for team in (whole, quiet, gone):
        assert len({score[one].points for one in team}) == 1
    assert score[whole[0]].points == score[whole[0]].maximum
    assert score[quiet[0]].points < score[quiet[0]].maximum
    assert score[gone[2]].points == score[gone[2]].maximum, "the team has handed in, and this is its score"

    told = json.loads((course.autograded(quiet[0], LESSON) / "team.json").read_text("utf-8"))
    assert {one["seat"] for one in told["pooling"]["needed"] if one["how"] == "missing"} == {quiet[1]}
    told = json.loads((course.autograded(gone[0], LESSON) / "team.json").read_text("utf-8"))
    assert any(note.startswith(f"{gone[2]} has handed in nothing") for note in told["notes"])

    again = grade_course(course, workers=1)
    assert (again.judged, again.unchanged) == (0, 9)
    changed = course.submitted(whole[1], LESSON) / "answers" / "first_choice.yaml"
    changed.write_text("choice: Something else.\n", "utf-8")
    assert grade_course(course, workers=1).judged == 3, "what one hands in is looked at for all of the team"

    shown = together(course, (LESSON,))
    assert [table.members for table in shown.tables] == [whole, quiet, gone]
    assert all(table.needed >= table.brought > 0 for table in shown.tables)
    assert shown.tables[1].brought < shown.tables[1].needed
    assert [word.student for word in shown.words] == [one.id for one in LEARNERS], "in the order of the roster"
    silent = next(word for word in shown.words if word.student == gone[2])
    assert (silent.signed, silent.found_between) == (0, (0.0, 1.0))
    report = analyse(course, (LESSON,), dt.datetime.now(dt.UTC))
    assert "Whose word held, over the term" in report_page(report, dt.UTC)
    assert {row["learners"] for row in sheets(report)["teams"]} == {" ".join(team) for team in (whole, quiet, gone)}

    write_feedback(course, (LESSON,))
    page = (course.feedback(quiet[2], LESSON) / f"{LESSON}.html").read_text("utf-8")
    assert "Debrief of your team" in page and "was never said" in page


def test_nothing_of_the_one_who_writes_is_no_zero(course: Course) -> None:
    course = in_teams(course)
    team = course.teams(LESSON)[0]
    hand_in(course, team)
    shutil.rmtree(course.submitted(team[0], LESSON) / "answers")
    (course.submitted(team[0], LESSON) / "answers").write_text("no folder", "utf-8")
    graded = grade_course(course, workers=1)
    mine = [result for result in graded.problems if result.student in team]
    assert len(mine) == 3
    assert all(result.points is None and team[0] in result.sentence for result in mine)


def test_teams_are_drawn_by_the_course_and_mix_functions(course: Course) -> None:
    apart = {one.id: one.section for one in LEARNERS}
    teams = deal_teams(course, LESSON, 3, apart)
    assert teams == deal_teams(course, LESSON, 3, apart), "the same whenever it is asked"
    assert sorted(one for team in teams for one in team) == sorted(one.id for one in LEARNERS)
    assert all({apart[one] for one in team} == set(FUNCTIONS) for team in teams)
    assert sorted(map(len, deal_teams(course, LESSON, 4))) == [4, 5]
    with pytest.raises(CourseError, match="has no seats for teams of 7"):
        deal_teams(course, LESSON, 7)


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ([["learner0", "learner1", "nobody"]], "nobody is not on the roster"),
        ([["learner0", "learner1", "learner2"], ["learner2", "learner3", "learner4"]], "learner2 sits in two teams"),
        ([["learner0", "learner1"]], "A team of 2"),
    ],
)
def test_teams_that_cannot_be_are_refused_whole(course: Course, teams: list[list[str]], said: str) -> None:
    with pytest.raises(CourseError, match=said):
        write_teams(course, LESSON, teams)
    assert not course.teams_file(LESSON).exists()


def test_files_of_teams_as_spreadsheets_save_them(tmp_path: Path) -> None:
    path = tmp_path / "teams.csv"
    path.write_bytes("Team;Learner\r\nA;zoë\r\n;\r\nA;ben\r\nB;cho\r\n".encode("cp1252"))
    assert read_teams(path) == (("zoë", "ben"), ("cho",))
    path.write_bytes("team\tlearner\nA\tzoë\n".encode("utf-16"))
    assert read_teams(path) == (("zoë",),)
    path.write_text("team,learner\nA,\n", "utf-8")
    with pytest.raises(TeamsError, match="line 2: found a blank cell"):
        read_teams(path)
    path.write_text("group,learner\nA,b\n", "utf-8")
    with pytest.raises(TeamsError, match="expected `team` and `learner`"):
        read_teams(path)
    path.write_text("id,Function\nada,design\nben,ml\n", "utf-8")
    assert read_column(path, "function") == {"ada": "design", "ben": "ml"}
    assert read_teams(tmp_path / "none.csv") == ()


def test_the_command_deals_once_and_writes_a_file_for_each(course: Course, tmp_path: Path) -> None:
    run = CliRunner()
    arguments = ["cohort", "teams", str(course.root), LESSON, "--size", "3", "--to", str(tmp_path / "seats")]
    done = run.invoke(main, [*arguments, "--keep-apart", "section"])
    assert done.exit_code == 0, done.output
    assert {path.stem for path in (tmp_path / "seats").iterdir()} == {one.id for one in LEARNERS}
    first = (tmp_path / "seats" / "learner4.zip").read_bytes()
    names = set(zipfile.ZipFile(io.BytesIO(first)).namelist())
    assert {
        f"{LESSON}/{name}" for name in ("seat.ipynb", "team.json", "seat.json", "cohort.json", "card.html")
    } <= names
    refused = run.invoke(main, [*arguments, "--keep-apart", "section"])
    assert refused.exit_code != 0 and "sits together already" in refused.output
    assert run.invoke(main, arguments).exit_code == 0, "the same seats can be written again"
    secret = json.loads(zipfile.ZipFile(tmp_path / "seats" / "learner4.zip").read(f"{LESSON}/seat.json"))
    assert secret == json.loads(zipfile.ZipFile(io.BytesIO(first)).read(f"{LESSON}/seat.json"))


@pytest.mark.parametrize("place", [0, 1])
def test_who_is_renamed_keeps_their_seat_and_what_was_signed(course: Course, place: int) -> None:
    course = in_teams(course)
    for team in course.teams(LESSON):
        hand_in(course, team)
    grade_course(course, workers=1)
    before = {one.learner.id: (one.points, one.sentence) for one in grades_of(course, (LESSON,))}
    team, world = course.teams(LESSON)[0], course.variant(course.teams(LESSON)[0][0], LESSON)
    old = team[place]
    rename(course, old, "somebody.else")
    course = load_course(course.root)
    assert course.team_of("somebody.else", LESSON) == team
    assert course.team_of(old, LESSON) == (), "should a new learner get the old name"
    assert course.variant("somebody.else", LESSON) == world
    grade_course(course, workers=1, again=True)
    after = {one.learner.id: (one.points, one.sentence) for one in grades_of(course, (LESSON,))}
    assert after.pop("somebody.else") == before.pop(old)
    assert after == before
    shown = together(course, (LESSON,))
    assert shown.tables[0].members[place] == "somebody.else"
    assert "somebody.else" in [word.student for word in shown.words]
    write_teams(course, LESSON, [[one.id for one in course.everybody[:3]]])
    assert load_course(course.root).seats == {}, "dealt anew, seats bear the names of today"


def test_who_sits_together_with_somebody_forgotten_is_told(course: Course) -> None:
    course = in_teams(course)
    gone, *others = course.teams(LESSON)[0]
    write_seats(course, LESSON, course.root / "seats" / LESSON)
    said = forget(course, gone)
    assert not (course.root / "seats" / LESSON / f"{gone}.zip").exists()
    assert any("sat in a team in recommendation_scoping" in sentence for sentence in said.done)
    assert all((course.root / "seats" / LESSON / f"{one}.zip").exists() for one in others)


def test_nobody_sits_in_two_teams(course: Course) -> None:
    course = in_teams(course)
    path = course.teams_file(LESSON)
    one, *_ = course.teams(LESSON)[1]
    path.write_text(path.read_text("utf-8") + f"1,{one}\n", "utf-8")
    with pytest.raises(CourseError, match=f"{one} sits in two teams"):
        load_course(course.root).team_of(one, LESSON)


def test_who_looks_at_a_team_s_document_settles_it_for_all_of_the_team(course: Course) -> None:
    course = in_teams(course)
    team = course.teams(LESSON)[0]
    hand_in(course, team)
    held = {student for student, _, _ in grade_course(course, workers=1).held}
    assert held == {*team}, "they wrote the course's own examples"
    with pytest.raises(CourseError, match="Name with --on"):
        look(course, LESSON, team[1], "Kim", fine=True)
    titles = [model.title for kind, model in load_subject(LESSON).rubric.artifacts.items()]
    for title in titles:
        with suppress(CourseError):
            look(course, LESSON, team[1], "Kim", fine=True, title=title)
    assert grade_course(course, workers=1, again=True).held == []
