"""What a large class costs besides grading: ZIP files that come back twice, a look at how things stand, and teams."""

from __future__ import annotations

import shutil
import statistics
import zipfile
from pathlib import Path

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.grades import grades_of
from curriculum.cohort.handouts import write_handouts
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.simulate import synthetic_learners, write_submission
from curriculum.cohort.staging import create_course
from curriculum.cohort.teams import deal_teams, write_seats, write_teams
from curriculum.course.fixtures import variants
from tests.bench.measuring import Row, cohort
from tests.helpers.team_work import hand_in

LESSON = "recommendation_scoping"
LEARNERS = 3000
TEAM = 4
EXEMPLAR = variants(LESSON)[0]


def handed_back(folder: Path) -> list[Row]:
    """A whole class in the one ZIP file that an LMS gives: taken in, taken in once more, graded, looked at."""
    course = _course(folder / "course")
    write_handouts(course, (LESSON,), folder / "handouts")
    back = folder / "all.zip"
    with zipfile.ZipFile(back, "w", zipfile.ZIP_DEFLATED) as whole:
        for number, learner in enumerate(course.roster):
            path = folder / f"{learner.id}.zip"
            shutil.move(folder / "handouts" / path.name, path)
            with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
                write_submission(course, learner.id, LESSON, EXEMPLAR)
                written = course.submitted(learner.id, LESSON)
                for answer in (written / "answers").iterdir():
                    packed.write(answer, f"{course.id}/{LESSON}/answers/{answer.name}")
                shutil.rmtree(written.parent)
            whole.write(path, f"{learner.id}_{number}_assignsubmission_file/{path.name}", zipfile.ZIP_STORED)
            path.unlink()
    first = cohort("collect", course.root, LESSON, "--from", back)
    again = statistics.median(cohort("collect", course.root, LESSON, "--from", back) for _ in range(3))
    graded = cohort("grade", course.root, "--workers", "2")
    scores = [grade.score for grade in grades_of(load_course(course.root), (LESSON,))]
    assert len(scores) == LEARNERS and None not in scores, "somebody's work was not taken in"
    look = statistics.median(cohort("status", course.root) for _ in range(3))
    return [
        Row(f"{LEARNERS} learners in one ZIP file, taken in once more unchanged", again, 3, "s"),
        Row("    taken in for the first time", first, float("inf"), "s"),
        Row(f"cohort status, {LEARNERS} learners", look, 1, "s"),
        Row(f"cohort grade, {LEARNERS} learners, one lesson", graded, float("inf"), "s"),
    ]


def teams(folder: Path) -> list[Row]:
    """The same number of learners in teams and alone, in one lesson: what grading takes, one after the other."""
    seated = _course(folder / "teams")
    write_teams(seated, LESSON, deal_teams(seated, LESSON, TEAM, {}))
    seated = load_course(seated.root)
    seats = {path.stem: path for path in write_seats(seated, LESSON, folder / "seats")}
    for team in seated.teams(LESSON):
        hand_in(seated, LESSON, team, seats)
    single = _course(folder / "single")
    for learner in single.roster:
        write_submission(single, learner.id, LESSON, EXEMPLAR)
    together, alone = (cohort("grade", course.root, "--workers", "2") for course in (seated, single))
    for course in (seated, single):
        scores = [grade.score for grade in grades_of(course, (LESSON,))]
        assert len(scores) == LEARNERS and None not in scores
    return [
        Row(f"{LEARNERS // TEAM} teams of {TEAM} against {LEARNERS} single learners", together / alone, 1.2, "x"),
        Row("    teams", together, float("inf"), "s"),
        Row("    single learners", alone, float("inf"), "s"),
    ]


def _course(root: Path) -> Course:
    create_course(
        Course(root=root, id="bench", title="Bench", lessons=(LESSON,), deal="ab" * 16),
        synthetic_learners(LEARNERS),
        {},
    )
    course = load_course(root)
    release_lesson(course, LESSON)
    return course
