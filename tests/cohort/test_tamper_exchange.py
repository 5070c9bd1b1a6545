"""Attacks on `cohort collect` by somebody who may make folders in the exchange, and change their own at any moment."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curriculum.cohort import collecting
from curriculum.cohort.collecting import collect_lesson
from curriculum.cohort.course import Course
from curriculum.cohort.forgetting import forget
from tests.cohort.test_collecting import hand_in

pytestmark = pytest.mark.slow

DECOYS = 12_000
"""Empty files beside an answer, more than anybody looks at one by one."""


@pytest.fixture
def course(course: Course, tmp_path: Path) -> Course:
    """With an exchange, in which one system user hands in for everybody."""
    inbound = tmp_path / "exchange" / course.id / "inbound"
    inbound.mkdir(parents=True)
    return replace(course, exchange=tmp_path / "exchange", check_owner=False)


def taken_away_before(real: Callable[..., dt.datetime], folder: Path) -> Callable[..., dt.datetime]:
    """The look at when a submission arrived, while its owner takes it away."""

    def looked(path: Path, *more: str) -> dt.datetime:
        if path == folder:
            shutil.rmtree(folder)
        return real(path, *more)

    return looked


def test_a_folder_that_is_gone_by_the_next_look_is_its_owners_trouble(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who renames their folder all the time would otherwise end the collection of the whole class."""
    gone = hand_in(course, "ada", "later_standup")
    hand_in(course, "bela", "later_standup")
    monkeypatch.setattr(collecting, "_arrived", taken_away_before(collecting._arrived, gone))
    done = collect_lesson(course, "welcome")
    assert done.new == 1
    assert course.submitted("bela", "welcome").is_dir()
    (told,) = done.refused
    assert gone.name in told and "could not be read" in told


LISTING = os.scandir


class AnswersLast:
    """A listing in the order that suits whoever hides an answer; each file system has another one."""

    def __init__(self, place: int | Path | str):
        with LISTING(place) as entries:
            self._entries = sorted(entries, key=lambda entry: entry.name.endswith(".yaml"))

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return iter(self._entries)

    def __enter__(self) -> AnswersLast:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_an_answer_changed_afterwards_behind_thousands_of_files_is_late(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "CLOCKS", 2.0)
    folder = hand_in(course, "ada", "later_standup/no_date", dt.datetime.now(dt.UTC))
    for number in range(DECOYS):
        (folder / "answers" / f"decoy-{number}.txt").touch()
    stated = dt.datetime.now(dt.UTC)
    name = folder.name.split("+")
    folder = folder.rename(folder.with_name("+".join([*name[:2], f"{stated:{collecting.STAMP}}", *name[3:]])))
    assert collect_lesson(course, "welcome").notes == []
    time.sleep(2.5)
    path = folder / "answers" / "ask.yaml"
    path.write_text(path.read_text() + "\n")
    monkeypatch.setattr(os, "scandir", AnswersLast)
    (note,) = collect_lesson(course, "welcome").notes
    assert note.startswith("ada, welcome: it states") and "which counts" in note


def test_thousands_of_folders_under_invented_names_bury_nothing(course: Course) -> None:
    hand_in(course, "bela", "later_standup")
    assert course.exchange is not None
    for number in range(2_000):
        (course.exchange / course.id / "inbound" / f"nobody{number}+welcome+2026-01-01 10:00:00 UTC+x").mkdir()
    done = collect_lesson(course, "welcome")
    assert done.new == 1
    assert len(done.refused) <= 25, "what matters is still seen among these"
    assert done.refused[-1].startswith("1,980 more folders"), "and none is passed over in silence"


@pytest.mark.parametrize("closed", ["ask.yaml", "answers"])
def test_what_may_not_be_read_is_told_and_replaces_nothing(
    course: Course, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    """Handed in by somebody whose files only they can read."""
    hand_in(course, "ada", "later_standup")
    collect_lesson(course, "welcome")
    answer = course.submitted("ada", "welcome") / "answers" / "ask.yaml"
    before = answer.read_bytes()
    hand_in(course, "ada", "later_standup/two_asks", dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30), "c" * 128)
    opened = os.open

    def refusing(path: str | Path, *flags: int, **more: Any) -> int:
        if str(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *flags, **more)

    monkeypatch.setattr(os, "open", refusing)
    done = collect_lesson(course, "welcome")
    assert done.updated == 0
    (told,) = done.refused
    assert "could not be read (Permission denied)" in told
    assert answer.read_bytes() == before


def test_a_page_that_several_submissions_lead_to_is_deleted_once(course: Course) -> None:
    """Handed in twice, as nbgrader does it: with the same secret, and so with one page."""
    secret = "a" * 128
    for minutes in (0, 1):
        hand_in(course, "ada", "later_standup", dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes), secret)
    collect_lesson(course, "welcome")
    page = collecting_page(course, secret)
    page.parent.mkdir()
    page.touch()
    done = forget(course, "ada").done
    assert done.count(f"Deleted {page}.") == 1
    assert not page.exists()


def collecting_page(course: Course, secret: str) -> Path:
    from curriculum.cohort.feedback import page_of

    page = page_of(course, "welcome", secret)
    assert page is not None
    return page
