"""Answers that travel as a ZIP file: what a workspace takes, what it refuses, and what it never overwrites."""

from __future__ import annotations

import datetime as dt
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cases import load_case
from curriculum.cli import main
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.learner.bringing import bring, packed, unpacked
from curriculum.learner.progress import Progress
from curriculum.learner.variant import write_stated
from curriculum.support.files import MAX_BYTES, FileRefused
from curriculum.support.packed import MOST_ENTRIES

NOW = dt.datetime(2026, 11, 27, 9, 30)


def answers_of(folder: Path, seed: int = 7) -> Path:
    """A lesson's answers, as a lesson has written them."""
    case = load_case("welcome", seed)
    write_files(load_exemplar(case, "earlier_job"), folder)
    write_stated(folder, case)
    return folder


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The ZIP file of a lesson that was done elsewhere."""
    path = tmp_path / "welcome-answers.zip"
    path.write_bytes(packed("welcome", answers_of(tmp_path / "elsewhere")))
    return path


def test_answers_arrive_as_they_left(saved: Path, tmp_path: Path) -> None:
    (travelling,) = unpacked(saved)
    arrived = bring(travelling, tmp_path / "workspace", NOW)
    assert (arrived.changed, arrived.aside, arrived.note, arrived.case.seed) == (True, None, "", 7)
    there = {path.name: path.read_bytes() for path in arrived.files.answers.iterdir()}
    assert there == {path.name: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()}
    assert packed("welcome", arrived.files.answers) == saved.read_bytes()


def test_what_was_there_is_put_aside_and_the_same_is_left_alone(saved: Path, tmp_path: Path) -> None:
    (travelling,) = unpacked(saved)
    mine = tmp_path / "workspace" / "beginner" / "welcome" / "answers"
    mine.mkdir(parents=True)
    (mine / "ask.yaml").write_text("ask: mine\n")
    first = bring(travelling, tmp_path / "workspace", NOW)
    assert first.aside is not None
    assert (first.aside / "ask.yaml").read_text() == "ask: mine\n"
    again = bring(travelling, tmp_path / "workspace", NOW)
    assert (again.changed, again.aside) == (False, None)
    assert len(list(mine.parent.iterdir())) == 2


def test_the_command_reviews_what_it_brings(saved: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    done = CliRunner().invoke(main, ["bring", str(saved), "--workspace", str(workspace)])
    assert done.exit_code == 0, done.output
    assert "welcome: brought in." in done.output
    assert "6 of 6" in done.output
    assert Progress(workspace).standings("welcome")["ask"].points == 6
    assert (workspace / "beginner" / "welcome" / "welcome.ipynb").is_file()
    done = CliRunner().invoke(main, ["bring", str(saved), "--workspace", str(workspace)])
    assert "the same answers are there already" in done.output


def test_only_answers_are_taken_and_nothing_leaves_its_folder(tmp_path: Path) -> None:
    stated = (answers_of(tmp_path / "elsewhere") / "case.yaml").read_bytes()
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("case.yaml", "notes.yaml", "run.py", "../../out.yaml", "/etc/out.yaml", "Case.YAML", "a b.yaml"):
            archive.writestr(f"x/answers/{name}", stated)
        link = zipfile.ZipInfo("x/answers/link.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("x/.curriculum/progress.sqlite", b"believe me")
    (travelling,) = unpacked(path)
    assert set(travelling.answers) == {"case.yaml", "notes.yaml"}
    bring(travelling, tmp_path / "workspace", NOW)
    written = {path.name for path in (tmp_path / "workspace").rglob("*") if path.is_file()}
    assert written - {"progress.sqlite"} == {"case.yaml", "notes.yaml"}
    assert not list(tmp_path.glob("out.yaml"))


def test_what_is_no_such_file_is_refused_with_a_sentence(saved: Path, tmp_path: Path) -> None:
    stated = (tmp_path / "elsewhere" / "case.yaml").read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(saved.read_bytes()[:-40])
    harmed = bytearray(saved.read_bytes())
    at = saved.read_bytes().index(b"PK\x01\x02") - 20  # inside the last entry's packed bytes
    harmed[at : at + 8] = struct.pack("<Q", 2**63)
    (tmp_path / "harmed.zip").write_bytes(bytes(harmed))
    big = {"answers/case.yaml": stated, "answers/ask.yaml": b"#" * (MAX_BYTES + 1)}
    many = {f"{number}": b"" for number in range(MOST_ENTRIES + 1)}
    twice = {"a/case.yaml": stated, "b/case.yaml": stated}
    cases = {
        tmp_path / "nowhere.zip": "is not there",
        cut: "cannot be read as a ZIP",
        tmp_path / "harmed.zip": "cannot be read as a ZIP",
        zipped(tmp_path / "empty.zip", **{"answers/ask.yaml": b""}): "found no answers",
        zipped(tmp_path / "big.zip", **big): "more than 256 KiB",
        zipped(tmp_path / "many.zip", **many): "more than 2,000 files",
        zipped(tmp_path / "twice.zip", **twice): "twice",
        zipped(tmp_path / "other.zip", **{"case.yaml": b"lesson: nosuch\nvariant: 1\ncase_version: 1\n"}): "no lesson",
        zipped(tmp_path / "blank.zip", **{"case.yaml": b""}): "no lesson",
        zipped(tmp_path / "world.zip", **{"case.yaml": b"lesson: welcome\nvariant: 64\ncase_version: 1\n"}): "no world",
        zipped(tmp_path / "latin.zip", **{"case.yaml": b"lesson: welc\xf6me\n"}): "UTF-8",
    }
    for path, words in cases.items():
        with pytest.raises(FileRefused, match=words):
            unpacked(path)
        done = CliRunner().invoke(main, ["bring", str(path), "--workspace", str(tmp_path / "workspace")])
        assert done.exit_code == 1
        assert done.output.startswith("Error: ")
    assert not (tmp_path / "workspace").exists()


def test_a_zip_file_of_windows_is_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x\\answers\\case.yaml", b"lesson: welcome\nvariant: 3\ncase_version: 3\n")
    path = tmp_path / "windows.zip"
    path.write_bytes(stream.getvalue())
    (travelling,) = unpacked(path)
    assert (travelling.slug, set(travelling.answers)) == ("welcome", {"case.yaml"})
