"""Collecting from the exchange: what counts is taken, what could harm is not."""

from __future__ import annotations

import datetime as dt
import os
import pwd
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum.cohort import collecting, locks
from curriculum.cohort.clocks import Extension, grant
from curriculum.cohort.collecting import collect_lesson
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.gradebook import open_engine, save_due
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner, write_roster
from curriculum.cohort.simulate import write_submission


def late(course: Course) -> dict[str, bool]:
    """By learner, as everything that reads a grade says."""
    return {grade.learner.id: grade.late for grade in grades_of(course, ("welcome",))}


Current = Callable[[], dict[str, Attempt]]
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def course(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """With an exchange, in which one system user hands in for everybody; a stated time may be off by an hour."""
    monkeypatch.setattr(collecting, "CLOCKS", 3500)
    inbound = tmp_path / "exchange" / course.id / "inbound"
    inbound.mkdir(parents=True)
    return replace(course, exchange=tmp_path / "exchange", check_owner=False)


def hand_in(
    course: Course, student: str, made_from: str, at: dt.datetime = NOW, secret: str = "a" * 128, name: str = ""
) -> Path:
    """As nbgrader's submit leaves it in the exchange."""
    home = replace(course, root=course.root.parent / "home")
    if not home.root.exists():
        shutil.copytree(course.release("welcome"), home.release("welcome"))
    write_submission(home, "ada", "welcome", made_from)
    folder = home.submitted("ada", "welcome")
    stated = f"{at:%Y-%m-%d %H:%M:%S.%f} UTC"
    (folder / "timestamp.txt").write_text(stated)
    (folder / "submission_secret.txt").write_text(secret)
    assert course.exchange is not None
    target = course.exchange / course.id / "inbound" / (name or f"{student}+welcome+{stated}+x1")
    return folder.rename(target)


def test_the_last_submission_is_taken_and_graded(course: Course, current: Current) -> None:
    hand_in(course, "ada", "later_standup/too_late", NOW - dt.timedelta(minutes=5), secret="b" * 128)
    last = hand_in(course, "ada", "later_standup")
    done = collect_lesson(course, "welcome")
    assert (done.new, done.updated, done.unchanged, done.refused, done.notes) == (1, 0, 0, [], [])
    grade_course(course, workers=1)
    assert current()["ada"].points == 6
    assert collect_lesson(course, "welcome").unchanged == 1
    assert sorted(path.name for path in course.submitted("ada", "welcome").iterdir()) == [
        "answers", "submission_secret.txt", "timestamp.txt", "welcome.ipynb",
    ]  # fmt: skip
    assert last.exists(), "the exchange keeps what was handed in"
    hand_in(course, "ada", "later_standup/two_asks", NOW + dt.timedelta(seconds=60), secret="c" * 128)
    assert collect_lesson(course, "welcome").updated == 1
    grade_course(course, workers=1)
    assert current()["ada"].points == 5


def test_before_the_due_date(course: Course, current: Current) -> None:
    engine = open_engine(course)
    with engine.begin() as db:
        save_due(db, "welcome", NOW)
    engine.dispose()
    hand_in(course, "ada", "later_standup/too_late", NOW - dt.timedelta(minutes=5), secret="b" * 128)
    hand_in(course, "ada", "later_standup", NOW + dt.timedelta(minutes=5))
    collect_lesson(course, "welcome", before_due=True)
    grade_course(course, workers=1)
    assert current()["ada"].points == 5
    assert not late(course)["ada"]


def test_before_the_due_date_of_whom(course: Course, current: Current) -> None:
    """An extension holds where the last submission in time is looked for."""
    engine = open_engine(course)
    with engine.begin() as db:
        save_due(db, "welcome", NOW)
        Records(engine).create()
        grant(db, course, [Extension("welcome", section="Monday", until=NOW + dt.timedelta(hours=1))])
    engine.dispose()
    for student in ("ada", "chidi"):
        hand_in(course, student, "later_standup/too_late", NOW - dt.timedelta(minutes=5), secret="b" * 128)
        hand_in(course, student, "later_standup", NOW + dt.timedelta(minutes=5))
    collect_lesson(course, "welcome", before_due=True)
    grade_course(course, workers=1)
    assert {id: one.submitted_at for id, one in current().items()} == {
        "ada": (NOW + dt.timedelta(minutes=5)).isoformat(), "chidi": (NOW - dt.timedelta(minutes=5)).isoformat(),
    }  # fmt: skip
    assert not any(late(course).values())


def test_a_forged_time_does_not_count(course: Course, current: Current) -> None:
    engine = open_engine(course)
    with engine.begin() as db:
        save_due(db, "welcome", NOW - dt.timedelta(hours=1))
    engine.dispose()
    hand_in(course, "ada", "later_standup", NOW - dt.timedelta(days=2))
    done = collect_lesson(course, "welcome")
    assert "which counts" in done.notes[0]
    grade_course(course, workers=1)
    assert late(course)["ada"]
    assert collect_lesson(course, "welcome").unchanged == 1
    collect_lesson(course, "welcome", trust_times=True)
    grade_course(course, workers=1)
    assert not late(course)["ada"]


@pytest.mark.parametrize("name", ["answers/ask.yaml", "answers/new.yaml", "welcome.ipynb", "timestamp.txt"])
def test_what_is_changed_after_it_was_handed_in_is_late(
    course: Course, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(collecting, "CLOCKS", 0.3)
    hand_in(course, "bela", "later_standup", dt.datetime.now(dt.UTC))
    folder = hand_in(course, "ada", "later_standup", dt.datetime.now(dt.UTC))
    time.sleep(0.5)
    (folder / name).touch()
    assert [note.split(",")[0] for note in collect_lesson(course, "welcome").notes] == ["ada"]


def test_a_kill_between_two_renames_loses_nothing(course: Course) -> None:
    hand_in(course, "ada", "later_standup")
    collect_lesson(course, "welcome")
    target = course.submitted("ada", "welcome")
    answer = (target / "answers" / "ask.yaml").read_bytes()
    collecting.new_beside(target)
    target.rename(target.with_name(".replaced-welcome"))  # here it is killed
    grade_course(course, workers=1)
    assert (target / "answers" / "ask.yaml").read_bytes() == answer
    target.rename(target.with_name(".replaced-welcome"))
    assert collect_lesson(course, "welcome").unchanged == 1


def test_somebody_elses_name_is_refused(course: Course) -> None:
    hand_in(course, "bela", "later_standup")
    done = collect_lesson(replace(course, check_owner=True), "welcome")
    assert done.new == 0
    owner = pwd.getpwuid(os.getuid()).pw_name
    assert f"bears the name of bela and belongs to {owner}" in done.refused[0]
    assert not course.submitted("bela", "welcome").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make folders of others")
def test_a_learner_who_made_the_courses_folder_first_gets_nothing(course: Course) -> None:
    assert course.exchange is not None
    course = replace(course, check_owner=True)
    write_roster(course.root / "roster.csv", [*course.roster, Learner("nobody")])
    course = replace(course)  # which reads the new roster
    place = course.exchange / course.id
    os.chown(place, pwd.getpwnam("nobody").pw_uid, -1)
    for step in (lambda: collect_lesson(course, "welcome"), lambda: release_lesson(course, "welcome", again=True)):
        with pytest.raises(CourseError, match="belongs to nobody, who is a learner"):
            step()
    os.chown(place, 0, -1)
    place.chmod(0o777)
    with pytest.raises(CourseError, match="can be changed by everybody"):
        collect_lesson(course, "welcome")
    place.chmod(0o755)
    assert collect_lesson(course, "welcome").new == 0


def test_strangers_and_oddities_are_told_and_left(course: Course) -> None:
    hand_in(course, "mallory", "later_standup")
    assert course.exchange is not None
    inbound = course.exchange / course.id / "inbound"
    (inbound / "ada+welcome+2026-09-01 12:00:00 UTC+x").write_text("not a folder")
    (inbound / "bela+welcome+2026-09-01 12:00:00 UTC+x").symlink_to("/etc")
    (inbound / "..+welcome+2026-09-01 12:00:00 UTC+x").mkdir()
    (inbound / "nonsense").mkdir()
    done = collect_lesson(course, "welcome")
    assert done.new == 0
    assert len(done.refused) == 4
    assert not any((course.root / "submitted").glob("*/welcome"))


def test_links_are_not_followed_and_not_forgiven(course: Course, current: Current, tmp_path: Path) -> None:
    """A link to a neighbour's answer, or to a file of the instructor's, becomes no answer and no zero."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("ask: the instructor's secret\n")
    linked = hand_in(course, "ada", "later_standup")
    (linked / "answers" / "ask.yaml").unlink()
    (linked / "answers" / "ask.yaml").symlink_to(secret)
    whole = hand_in(course, "bela", "later_standup", secret="b" * 128)
    (whole / "answers").rename(tmp_path / "elsewhere")
    (whole / "answers").symlink_to(tmp_path / "elsewhere")
    collect_lesson(course, "welcome")
    grade_course(course, workers=1)
    for student in ("ada", "bela"):
        assert current()[student].status is SubmissionStatus.INVALID, student
        assert current()[student].points is None
    taken = [path.read_text(errors="replace") for path in (course.root / "submitted").rglob("*") if path.is_file()]
    assert not any("instructor's secret" in text for text in taken)


def test_huge_files_are_cut_and_refused(course: Course, current: Current, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MAX_NOTEBOOK", 1_000_000)
    huge = hand_in(course, "ada", "later_standup")
    with (huge / "answers" / "ask.yaml").open("r+b") as stream:
        stream.truncate(500 * 1024 * 1024)
    with (huge / "welcome.ipynb").open("r+b") as stream:
        stream.truncate(500 * 1024 * 1024)
    os.mkfifo(huge / "answers" / "flaws.yaml")
    collect_lesson(course, "welcome")
    taken = sum(path.stat().st_size for path in course.submitted("ada", "welcome").rglob("*"))
    assert taken < 2_000_000
    grade_course(course, workers=1)
    assert current()["ada"].status is SubmissionStatus.INVALID


def test_a_course_without_an_exchange_says_so(course: Course) -> None:
    with pytest.raises(CourseError, match="has no exchange"):
        collect_lesson(replace(course, exchange=None), "welcome")


def test_only_one_collects_and_grading_leaves_alone_what_is_being_collected(course: Course) -> None:
    """Two at once would lay files into each other's folders, and what is half there would be taken for whole."""
    hand_in(course, "ada", "later_standup")
    with locks.collecting(course):
        with pytest.raises(CourseError, match="being collected already"):
            collect_lesson(course, "welcome")
        between = course.root / "submitted" / "ada" / ".replaced-welcome"
        (between / "answers").mkdir(parents=True)
        grade_course(course, workers=1)
        assert between.exists(), "the collection that runs will put it in its place"
    assert collect_lesson(course, "welcome").refused == []
    assert not between.exists()


@pytest.mark.parametrize(
    "stated", ["0001-01-01 00:00:00 -14:00", "9999-12-31 23:59:59.9 UTC", "9999-12-31 23:00:00 -14:00"]
)
def test_a_time_at_the_end_of_times_is_no_time(course: Course, stated: str) -> None:
    folder = hand_in(course, "ada", "later_standup")
    folder.rename(folder.with_name(f"ada+welcome+{stated}+x"))
    hand_in(course, "bela", "later_standup")
    done = collect_lesson(course, "welcome")
    assert done.new == 2 and any("states no time" in note for note in done.notes)
    (course.submitted("ada", "welcome") / "timestamp.txt").write_text(stated.replace("-14:00", "+14:00"))
    grade_course(course, workers=1)
    grades = {one.learner.id: one for one in grades_of(course, ("welcome",))}
    assert grades["ada"].score == 6
    assert grades["bela"].status is SubmissionStatus.INVALID, "judged: in this test they hand in ada's"


def test_names_that_are_no_text_are_told(course: Course) -> None:
    assert course.exchange is not None
    os.mkdir(  # noqa: PTH102 - a path of bytes
        os.fsencode(course.exchange / course.id / "inbound") + b"/\xff+welcome+x+y"
    )
    hand_in(course, "bela", "later_standup")
    done = collect_lesson(course, "welcome")
    assert done.new == 1
    assert [sentence.encode("utf-8") for sentence in done.refused], "it can be printed"
