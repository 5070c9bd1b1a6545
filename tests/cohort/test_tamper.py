"""`cohort grade` and every attack of the suite: no grade changes, nothing is revealed, nobody else is touched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import graders.grade
from curriculum.cohort.course import Course, load_course
from curriculum.cohort.feedback import write_feedback
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import Graded, grade_course
from curriculum.cohort.judging import Unit
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.cohort.sandbox import Ended, execute_all
from curriculum.cohort.staging import create_course
from tests.cohort import attacks
from tests.cohort.attacks import ATTACKS, HONEST, LESSON, Attack, Stock

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tamper")]

each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)

Files = dict[Path, tuple[int, int, int]]


@dataclass(frozen=True)
class Attacked:
    """A course in which everybody attacks at once, graded."""

    course: Course
    graded: Graded
    current: dict[str, Attempt]
    before: Files
    after: Files

    def made_for(self, learner: str) -> str:
        """Everything that grading made and that the learner, or their instructor, is shown."""
        folders = (self.course.autograded(learner, LESSON), self.course.feedback(learner, LESSON))
        return "".join(path.read_text("utf-8") for folder in folders for path in folder.rglob("*") if path.is_file())


def files_in(folder: Path) -> Files:
    """What every file is, by inode, size and time of change; links are not followed."""
    found = {path: path.lstat() for path in folder.rglob("*")}
    return {path: (entry.st_ino, entry.st_size, entry.st_mtime_ns) for path, entry in found.items()}


def current(course: Course) -> dict[str, Attempt]:
    engine = open_engine(course)
    attempts = {attempt.student: attempt for attempt in Records(engine).current()}
    engine.dispose()
    return attempts


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    root = tmp_path_factory.mktemp("tamper") / "course"
    names = [HONEST, *(name for attack in ATTACKS for name in (attack.learner, attack.victim))]
    learners = tuple(Learner(name) for name in names)
    create_course(Course(root=root, id="tamper", title="Tamper", lessons=(LESSON,)), learners, {})
    course = load_course(root)
    release_lesson(course, LESSON)
    attacks.hand_in_honestly(course)
    for attack in ATTACKS:
        attacks.hand_in(course, attack)
    before = files_in(root / "submitted")
    graded = grade_course(course)
    write_feedback(course, (LESSON,))
    return Attacked(course, graded, current(course), before, files_in(root / "submitted"))


@each_attack
def test_the_grade_is_what_the_answers_are_worth(attacked: Attacked, attack: Attack) -> None:
    attempt = attacked.current[attack.learner]
    if attack.copied:
        assert attempt.points is not None
        assert attempt.points < attacks.FULL, "another world's answers are not right in one's own"
    elif attack.earned is None:
        assert (attempt.status, attempt.points) == (SubmissionStatus.INVALID, None)
        assert attempt.sentence.endswith(".")
    else:
        assert (attempt.status, attempt.points) == (SubmissionStatus.GRADED, attack.earned)


@each_attack
def test_the_victim_gets_what_they_earned(attacked: Attacked, attack: Attack) -> None:
    assert attacked.current[attack.victim].points == attacks.FULL


def test_the_export_says_the_same(attacked: Attacked) -> None:
    grades = {grade.learner.id: grade for grade in grades_of(attacked.course, (LESSON,))}
    for attack in ATTACKS:
        shown, attempt = grades[attack.learner], attacked.current[attack.learner]
        assert (shown.status, shown.score) == (attempt.status, attempt.points), attack.id
    assert grades[HONEST].score == attacks.FULL


def test_the_batch_goes_on_to_its_end(attacked: Attacked) -> None:
    refused = sum(attack.earned is None for attack in ATTACKS)
    graded = 1 + 2 * len(ATTACKS) - refused
    assert attacked.graded.statuses == {SubmissionStatus.GRADED: graded, SubmissionStatus.INVALID: refused}


@each_attack
def test_nothing_is_revealed_and_no_script_gets_in(attacked: Attacked, attack: Attack) -> None:
    made = attacked.made_for(attack.learner)
    assert "Most people write first and ask later" not in made, "made from the answers and the graded cells alone"
    assert attack.learner in made
    assert attacks.SECRET not in made
    assert attack.copied or attacks.NEIGHBOURS_WORDS not in made
    assert not re.search(rf"<script[^>]*>\s*{attacks.SCRIPT}", made)


def test_nothing_that_was_handed_in_is_changed(attacked: Attacked) -> None:
    assert attacked.after == attacked.before


def test_nothing_that_was_handed_in_is_run(attacked: Attacked) -> None:
    root = attacked.course.root
    assert not list(root.rglob("owned"))
    assert not list((root / "autograded").rglob("*.bin"))
    assert {path.name for path in (root / "submitted").iterdir()} == set(attacked.current)
    made = {path.name for path in (root / "autograded").rglob("*") if path.is_file()}
    assert made <= {f"{LESSON}.ipynb", "timestamp.txt", "submission_secret.txt"}


def test_most_attacks_leave_a_note_for_the_instructor(attacked: Attacked) -> None:
    odd = ["shadow_module", "duplicated_cell", "not_graded", "edited_check", "deleted_check", "bonus_cell",
           "no_notebook", "broken_notebook", "no_case", "jumped_transcript", "forged_progress"]  # fmt: skip
    for attack in ATTACKS:
        if attack.id in odd:
            assert attacked.current[attack.learner].notes, attack.id


def test_grading_again_changes_nothing(attacked: Attacked) -> None:
    again = grade_course(attacked.course, again=True)
    assert again.changes == []
    assert {name: attempt.points for name, attempt in current(attacked.course).items()} == {
        name: attempt.points for name, attempt in attacked.current.items()
    }


def test_executed_in_the_sandbox_they_reach_nothing(attacked: Attacked) -> None:
    """The same notebooks, run: everything stays as it is, and what they show is no secret."""
    course = attacked.course
    with_code = [attack for attack in ATTACKS if attack.cells or attack.change is attacks.shadow]
    learners = [name for attack in with_code for name in (attack.learner, attack.victim)]
    units = [Unit(name, LESSON, str(course.submitted(name, LESSON)), course.variant(name, LESSON)) for name in learners]
    gradebook = (course.root / "gradebook.db").read_bytes()
    code = Path(graders.grade.__file__).read_bytes()
    executed = {one.student: one for one in execute_all(course, units, seconds=10)}
    assert (course.root / "gradebook.db").read_bytes() == gradebook
    assert files_in(course.root / "submitted") == attacked.before
    assert Path(graders.grade.__file__).read_bytes() == code
    for attack in with_code:
        assert executed[attack.victim].status is Ended.RAN, executed[attack.victim]
        assert executed[attack.learner].status is not Ended.FAILED, executed[attack.learner]
        notebook = executed[attack.learner].notebook
        assert notebook is not None
        text = notebook.read_text("utf-8")
        assert attacks.SECRET not in text
        assert attacks.NEIGHBOURS_WORDS not in text
    kept_out = [executed[attack.learner] for attack in with_code if attack.stock in (Stock.LEAKS, Stock.HARMS)]
    assert {one.status for one in kept_out} == {Ended.ERRORS}, kept_out
    assert executed["m-exit"].status is Ended.STOPPED
    assert executed["m-stubborn-loop"].status is Ended.STOPPED
    assert {name: attempt.points for name, attempt in current(course).items()} == {
        name: attempt.points for name, attempt in attacked.current.items()
    }
