"""Whatever one learner's folder or ZIP file holds: the class is collected and graded, and its trouble is its own."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum.cohort import collecting
from curriculum.cohort.collecting import collect_lesson
from curriculum.cohort.course import Course
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.handouts import write_handouts
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.simulate import write_submission
from curriculum.cohort.zipped import collect_zipped

pytestmark = pytest.mark.slow

ROUNDS = 12
NOW = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)

Fault = Callable[[Path, random.Random], None]


def _bytes(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(chance.choice((0, 1, 100, 70_000))))


def _flipped(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(min(len(data), 20)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _folder(path: Path, _: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path, _: random.Random) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.symlink_to(chance.choice(["/etc/passwd", "nowhere", path.name, "..", "/dev/zero"]))


def _sparse(path: Path, _: random.Random) -> None:
    os.truncate(path, 200_000_000)


def _deep(path: Path, chance: random.Random) -> None:
    path.write_text(chance.choice(["[" * 3000, "a: &a [*a, *a]\n", "ask: !!python/object:os.system x", "? " * 2000]))


def _more(path: Path, chance: random.Random) -> None:
    for number in range(90):
        (path.parent / f"{chance.choice(['x', 'é', 'ask '])}{number}.yaml").write_text("a: 1\n")


FAULTS: tuple[Fault, ...] = (_bytes, _flipped, _folder, _pipe, _link, _sparse, _deep, _more)


def spoiled(folder: Path, chance: random.Random) -> None:
    """One to three faults somewhere in a submission."""
    for _ in range(chance.randint(1, 3)):
        files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        if files:
            chance.choice(FAULTS)(chance.choice(files), chance)


def handed_in(course: Course, student: str) -> Path:
    """A submission in the exchange, as nbgrader's submit leaves it."""
    write_submission(course, student, "welcome", "later_standup")
    stated = f"{NOW:%Y-%m-%d %H:%M:%S.%f} UTC"
    folder = course.submitted(student, "welcome")
    (folder / "timestamp.txt").write_text(stated)
    (folder / "submission_secret.txt").write_text(student * 40)
    assert course.exchange is not None
    target = course.exchange / course.id / "inbound" / f"{student}+welcome+{stated}+x1"
    shutil.rmtree(target, ignore_errors=True)
    return folder.rename(target)


def test_one_folder_in_the_exchange(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "CLOCKS", 1e12)
    (tmp_path / "exchange" / course.id / "inbound").mkdir(parents=True)
    course = replace(course, exchange=tmp_path / "exchange", check_owner=False)
    handed_in(course, "bela")
    for seed in range(ROUNDS):
        target = handed_in(course, "ada")
        spoiled(target, random.Random(seed))
        collect_lesson(course, "welcome")
        grade_course(course, workers=1)
        grades = {grade.learner.id: grade for grade in grades_of(course, ("welcome",))}
        assert (grades["bela"].status, grades["bela"].score) == (SubmissionStatus.GRADED, 6), seed
        assert grades["ada"].sentence or grades["ada"].score == 6, seed
        shutil.rmtree(course.submitted("ada", "welcome"), ignore_errors=True)


def test_one_file_in_the_bulk_of_an_lms(course: Course, tmp_path: Path) -> None:
    whole = {}
    for path in write_handouts(course, ("welcome",), tmp_path / "handouts"):
        student = path.stem
        write_submission(course, student, "welcome", "later_standup")
        answers = course.submitted(student, "welcome") / "answers"
        with zipfile.ZipFile(path, "a") as packed:
            for answer in answers.iterdir():
                packed.write(answer, f"{course.id}/welcome/answers/{answer.name}")
        whole[student] = path.read_bytes()
        shutil.rmtree(course.submitted(student, "welcome"))
    for seed in range(ROUNDS):
        chance = random.Random(seed)
        spoilt = bytearray(whole["ada"])
        for _ in range(chance.choice((1, 5, 200))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        cut = bytes(spoilt[: chance.choice((len(spoilt), len(spoilt) // 2))])
        bulk = io.BytesIO()
        with zipfile.ZipFile(bulk, "w") as packed:
            for student, data in {**whole, "ada": cut}.items():
                packed.writestr(f"{student}_assignsubmission_file/{student}.zip", data)
        (tmp_path / "bulk.zip").write_bytes(bulk.getvalue())
        done = collect_zipped(course, ("welcome",), tmp_path / "bulk.zip")["welcome"]
        assert done.new + done.updated + done.unchanged >= len(whole) - 1, (seed, done)
        grade_course(course, workers=1)
        grades = {grade.learner.id: grade for grade in grades_of(course, ("welcome",))}
        assert [grades[student].score for student in whole if student != "ada"] == [6] * (len(whole) - 1), seed
        assert grades["ada"].sentence or grades["ada"].score == 6, seed
