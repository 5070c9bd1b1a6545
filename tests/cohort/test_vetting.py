"""What is refused, what is only noted, and that looking at a submission never follows, runs or raises anything."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curriculum.authoring.exemplars import write_exemplar
from curriculum.cases import load_case
from curriculum.cohort import notebook_notes
from curriculum.cohort.judging import Unit, judge
from curriculum.cohort.result import Result, SubmissionStatus
from curriculum.cohort.vetting import Refused, Vetted, vet
from curriculum.course.catalog import lesson_folder

LESSON, WORLD = "welcome", 5
NOTEBOOK = f"{LESSON}.ipynb"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What alice handed in: the notebook as it was handed out, and right answers for her world."""
    folder = tmp_path / "submitted" / "alice" / LESSON
    write_exemplar(LESSON, WORLD, None, folder)
    shutil.copy(lesson_folder(LESSON) / NOTEBOOK, folder)
    (folder / "timestamp.txt").write_text("2026-05-18 12:00:00.000000 UTC")
    return folder


def look(folder: Path) -> Vetted | Refused:
    return vet(folder, "alice", LESSON, WORLD)


def judged(folder: Path) -> Result:
    result = judge(Unit("alice", LESSON, str(folder), WORLD))
    assert isinstance(result, Result)
    return result


def edit_notebook(folder: Path, edit: Callable[[list[dict[str, Any]]], None]) -> None:
    path = folder / NOTEBOOK
    notebook = json.loads(path.read_text("utf-8"))
    edit(notebook["cells"])
    path.write_text(json.dumps(notebook), "utf-8")


def check_cell(cells: list[dict[str, Any]]) -> dict[str, Any]:
    return next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check_ask")


def sparse(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.truncate(size)


def test_a_usual_submission_is_accepted_without_a_word(folder: Path) -> None:
    assert look(folder) == Vetted(folder / "answers")
    assert judged(folder).points == judged(folder).maximum > 0


def test_nothing_handed_in_is_missing(tmp_path: Path) -> None:
    found = look(tmp_path / "alice" / LESSON)
    assert found == Refused(SubmissionStatus.MISSING, "Nothing was handed in.")


# Refused: what keeps the answers from being judged, or says that they are not this learner's


def link_the_folder(folder: Path) -> None:
    other = folder.with_name("elsewhere")
    folder.rename(other)
    folder.symlink_to(other)


def link_the_learner(folder: Path) -> None:
    learner = folder.parent
    other = learner.with_name("bob")
    learner.rename(other)
    learner.symlink_to(other)


def link_the_answers(folder: Path) -> None:
    (folder / "answers").rename(folder.parent / "answers")
    (folder / "answers").symlink_to(folder.parent / "answers")


def link_an_artifact(folder: Path) -> None:
    secret = folder.parent / "ask.yaml"
    (folder / "answers" / "ask.yaml").rename(secret)
    (folder / "answers" / "ask.yaml").symlink_to(secret)


def link_within_the_answers(folder: Path) -> None:
    answers = folder / "answers"
    (answers / "deeper").mkdir()
    (answers / "ask.yaml").rename(answers / "deeper" / "ask.yaml")
    (answers / "ask.yaml").symlink_to("deeper/ask.yaml")


def pipe_for_an_artifact(folder: Path) -> None:
    (folder / "answers" / "ask.yaml").unlink()
    os.mkfifo(folder / "answers" / "ask.yaml")


def folder_for_an_artifact(folder: Path) -> None:
    (folder / "answers" / "ask.yaml").unlink()
    (folder / "answers" / "ask.yaml").mkdir()


def file_for_the_answers(folder: Path) -> None:
    shutil.rmtree(folder / "answers")
    (folder / "answers").write_text("ask: please")


def file_for_the_submission(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("ask: please")


def another_world(folder: Path) -> None:
    shutil.rmtree(folder / "answers")
    write_exemplar(LESSON, WORLD + 1, None, folder)


def another_lesson(folder: Path) -> None:
    path = folder / "answers" / "case.yaml"
    path.write_text(path.read_text().replace("welcome", "fraud_false_positives"))


def damaged_case(folder: Path) -> None:
    (folder / "answers" / "case.yaml").write_text("variant: five\n")


def damaged_conversation(folder: Path) -> None:
    (folder / "answers" / "first_talk.yaml").write_text("attempts: {")


def huge_conversation(folder: Path) -> None:
    sparse(folder / "answers" / "first_talk.yaml", 500_000_000)


def misnamed(folder: Path) -> None:
    (folder / "answers" / "ask.yaml").rename(folder / "answers" / "Ask.yml.txt")


def answers_one_level_down(folder: Path) -> None:
    inner = folder / LESSON
    inner.mkdir()
    shutil.move(folder / "answers", inner / "answers")


def nothing_that_can_be_judged(folder: Path) -> None:
    shutil.rmtree(folder / "answers")
    (folder / NOTEBOOK).unlink()


def damaged_notebook_alone(folder: Path) -> None:
    shutil.rmtree(folder / "answers")
    (folder / NOTEBOOK).write_text('{"cells": [')


def flooded_answers(folder: Path) -> None:
    for number in range(500):
        (folder / "answers" / f"{number}.yaml").touch()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (link_the_folder, "link"),
        (link_the_learner, "link"),
        (link_the_answers, "link"),
        (link_an_artifact, "answers/ask.yaml is a link"),
        (link_within_the_answers, "answers/ask.yaml is a link"),
        (pipe_for_an_artifact, "answers/ask.yaml is not a file"),
        (folder_for_an_artifact, "answers/ask.yaml is not a file"),
        (file_for_the_answers, "answers is a file"),
        (file_for_the_submission, "whole folder"),
        (another_world, f"world {WORLD + 1}, and alice was dealt world {WORLD}"),
        (another_lesson, "fraud_false_positives"),
        (damaged_case, "case.yaml, "),
        (damaged_conversation, "first_talk.yaml, line"),
        (huge_conversation, "488,281 KiB"),
        (misnamed, "call it ask.yaml"),
        (answers_one_level_down, "welcome/answers"),
        (nothing_that_can_be_judged, "missing"),
        (damaged_notebook_alone, "not JSON"),
        (flooded_answers, "more than 400 files"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_it_is_refused_with_a_sentence_and_without_a_score(
    folder: Path, spoil: Callable[[Path], None], says: str
) -> None:
    spoil(folder)
    found = look(folder)
    assert isinstance(found, Refused)
    assert found.status is SubmissionStatus.INVALID
    assert says in found.sentence
    assert found.sentence.endswith(".")
    result = judged(folder)
    assert (result.status, result.sentence, result.points) == (SubmissionStatus.INVALID, found.sentence, None)


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"ask: [" * 5000, b"a: &a [x]\nb: *a\n", b"ask: !!python/object/apply:os.system ['true']\n",
     b"- 1\n", b"extra: 1\n", b"number: [1]\n", b"\x00" * 400_000],
    ids=["bytes", "deep", "alias", "tag", "list", "extra", "type", "long"],
)  # fmt: skip
def test_an_artifact_that_cannot_be_read_is_invalid_and_not_a_zero(folder: Path, content: bytes) -> None:
    (folder / "answers" / "ask.yaml").write_bytes(content)
    result = judged(folder)
    assert (result.status, result.points) == (SubmissionStatus.INVALID, None)
    assert "ask.yaml" in result.sentence


def test_answers_that_may_not_be_read_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("answers"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = look(folder)
    assert found == Refused(SubmissionStatus.INVALID, "The folder answers cannot be read: permission denied.")


# Noted: what is odd and changes no grade


def without_the_check(cells: list[dict[str, Any]]) -> None:
    cells.remove(check_cell(cells))


def with_the_check_twice(cells: list[dict[str, Any]]) -> None:
    cells.append(check_cell(cells))


def with_an_edited_check(cells: list[dict[str, Any]]) -> None:
    check_cell(cells)["source"] = ["6.0"]


def with_another_check_metadata(cells: list[dict[str, Any]]) -> None:
    check_cell(cells)["metadata"]["nbgrader"].update(grade=False, points=600)


def with_foreign_metadata(cells: list[dict[str, Any]]) -> None:
    cells[0]["metadata"]["nbgrader"] = {"grade_id": "bonus", "points": 50, "grade": True, "schema_version": 3}


def with_strange_metadata(cells: list[dict[str, Any]]) -> None:
    check_cell(cells)["source"] = {"a": 1}
    cells[0]["metadata"] = ["nbgrader"]
    cells[1]["metadata"]["nbgrader"] = "grade me"


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (without_the_check, "missing from the notebook: check_ask"),
        (with_the_check_twice, "more than once: check_ask"),
        (with_an_edited_check, "not as they were handed out: check_ask"),
        (with_another_check_metadata, "not as they were handed out: check_ask"),
        (with_foreign_metadata, "does not have: bonus"),
        (with_strange_metadata, "not as they were handed out: check_ask"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_tampered_notebook_is_noted_and_changes_no_grade(
    folder: Path, edit: Callable[[list[dict[str, Any]]], None], says: str
) -> None:
    honest = judged(folder)
    edit_notebook(folder, edit)
    found = look(folder)
    assert isinstance(found, Vetted)
    assert any(says in note for note in found.notes)
    result = judged(folder)
    assert (result.status, result.points, result.report) == (honest.status, honest.points, honest.report)
    assert set(found.notes) <= set(result.notes)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is missing"),
        (b"", "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b'{"cells": 7}', "no list of cells"),
        (b'{"cells": [7]}', "no list of cells"),
        (b"[]", "no list of cells"),
        (b'{"cells": ' + b"9" * 9000 + b"}", "not JSON"),
    ],
    ids=["absent", "empty", "deep", "number", "cell", "list", "long"],
)
def test_a_broken_notebook_is_noted_where_there_are_answers(folder: Path, content: bytes | None, says: str) -> None:
    if content is None:
        (folder / NOTEBOOK).unlink()
    else:
        (folder / NOTEBOOK).write_bytes(content)
    found = look(folder)
    assert isinstance(found, Vetted)
    assert any(says in note for note in found.notes)
    assert judged(folder).points == judged(folder).maximum


def test_a_notebook_that_is_a_link_is_not_read(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "gradebook.db"
    secret.write_text("secret")
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to(secret)
    found = look(folder)
    assert isinstance(found, Vetted)
    assert any("link to another place" in note for note in found.notes)


def test_a_notebook_of_500_mb_is_not_read(folder: Path) -> None:
    sparse(folder / NOTEBOOK, 500_000_000)
    begin = time.perf_counter()
    found = look(folder)
    assert time.perf_counter() - begin < 0.1
    assert isinstance(found, Vetted)
    assert any("has 500 MB" in note for note in found.notes)


def test_odd_files_are_named_and_never_opened(folder: Path) -> None:
    sparse(folder / "data" / "dump.bin", 500_000_000)
    (folder / "graders").mkdir()
    (folder / "graders" / "__init__.py").write_text("raise SystemExit('this was run')")
    (folder / ".curriculum").mkdir()
    (folder / "data" / "all").symlink_to("/")
    os.mkfifo(folder / "documents")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        try:
            os.chdir(folder)  # the path of a socket must be short
            listener.bind("listening")
        finally:
            os.chdir(here)
    found = look(folder)
    assert isinstance(found, Vetted)
    assert "Not part of the lesson, and so not looked at: .curriculum, graders, listening." in found.notes
    assert "Links are not followed: data/all." in found.notes
    assert "Neither files nor folders, and so not opened: documents, listening." in found.notes
    assert "Very large, and so not read: data/dump.bin (500.0 MB)." in found.notes


def test_names_that_could_repaint_a_terminal_are_tamed(folder: Path) -> None:
    (folder / "\x1b[31mred\n").touch()
    (folder / "\u202egpj.exe").touch()
    (Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff"))).touch()
    found = look(folder)
    assert isinstance(found, Vetted)
    assert all(c.isprintable() for note in found.notes for c in note)
    assert json.dumps(found.notes).encode()


def test_thousands_of_files_and_deep_folders_are_cut_short(folder: Path) -> None:
    deep = folder / "data" / "/".join("abcdefgh")
    deep.mkdir(parents=True)
    assert any("was not looked at" in note for note in _noted(folder))
    shutil.rmtree(folder / "data" / "a")
    assert not any("was not looked at" in note for note in _noted(folder))
    for number in range(3000):
        (folder / "data" / f"{number}").touch()
    begin = time.perf_counter()
    assert any("was not looked at" in note for note in _noted(folder))
    assert time.perf_counter() - begin < 0.1


def test_answers_without_a_world_are_judged_by_the_one_that_was_dealt(folder: Path) -> None:
    (folder / "answers" / "case.yaml").unlink()
    assert any("case.yaml is missing" in note and f"number {WORLD}" in note for note in _noted(folder))
    assert judged(folder).points == judged(folder).maximum


def test_answers_to_an_older_version_of_the_world_are_told(folder: Path) -> None:
    path = folder / "answers" / "case.yaml"
    path.write_text(path.read_text().replace(f"case_version: {load_case('welcome', 0).version}", "case_version: 1"))
    assert any("written in version 1" in note for note in _noted(folder))


def test_untouched_work_is_accepted(folder: Path) -> None:
    shutil.rmtree(folder / "answers")
    assert _noted(folder) == ()
    result = judged(folder)
    assert (result.status, result.points) == (SubmissionStatus.GRADED, 0.0)
    assert "nothing written" in result.sentence


def test_a_released_notebook_with_the_courses_own_cells_is_as_it_should_be(folder: Path) -> None:
    def add(cells: list[dict[str, Any]]) -> None:
        mark = {"grade_id": "read_by_a_person", "task": True, "points": 0, "schema_version": 3}
        cells.insert(0, {"cell_type": "markdown", "id": "header", "metadata": {}, "source": "Hello"})
        cells.append({"cell_type": "markdown", "id": "last", "metadata": {"nbgrader": mark}, "source": "A person"})
        check_cell(cells)["metadata"]["nbgrader"]["points"] = float(check_cell(cells)["metadata"]["nbgrader"]["points"])

    edit_notebook(folder, add)
    assert _noted(folder) == ()


@pytest.mark.parametrize("name", [NOTEBOOK, "answers/case.yaml", "answers/first_talk.yaml", "answers/ask.yaml"])
def test_damaged_bytes_are_never_a_traceback(folder: Path, name: str) -> None:
    whole, chance = (folder / name).read_bytes(), random.Random(name)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randint(1, 400)]
                case _:
                    data[place:place] = chance.choice((b"[" * 5000, b"\x00", b"'", b"{", b": ", b"&a ", b"9" * 5000))
            data = data or bytearray(b"x")
        (folder / name).write_bytes(data)
        found = look(folder)
        assert all(note.endswith(".") for note in getattr(found, "notes", ()))
        assert judged(folder).status in (SubmissionStatus.GRADED, SubmissionStatus.INVALID)


def test_looking_at_a_usual_submission_takes_well_under_a_millisecond(folder: Path) -> None:
    look(folder)
    times = []
    for _ in range(20):
        notebook_notes._looked_at.cache_clear()
        begin = time.perf_counter()
        look(folder)
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.0015


def _noted(folder: Path) -> tuple[str, ...]:
    found = look(folder)
    assert isinstance(found, Vetted), found
    return found.notes


@pytest.mark.parametrize("name", ["case.yaml", "ask.yaml", "first_talk.yaml"])
@pytest.mark.parametrize("text", ['"\\e]0;mine\\a\\u202e": {x: 1}\n', 'lesson: {"\\e[2J": 1}\n', "a: &\u202ex 1\n"])
def test_what_a_submission_is_refused_for_repaints_no_terminal(folder: Path, name: str, text: str) -> None:
    (folder / "answers" / name).write_text(text, "utf-8")
    result = judged(folder)
    assert result.status is SubmissionStatus.INVALID
    assert result.sentence.isprintable()
