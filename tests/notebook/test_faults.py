"""What goes wrong around a lesson: files, folders, the record of progress, a full disk; told, never a traceback."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum import open_lesson
from curriculum.cases import load_case
from curriculum.cli import main
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.notebook.lesson import Lesson
from curriculum.notebook.refusals import LessonError
from curriculum.support import files

SEED = 5
KINDS = [
    *(("welcome", kind) for kind in ("ask", "first_talk", "case")),
    *(("recommendation_scoping", kind) for kind in ("agenda", "board", "prd", "kickoff", "flaws", "case")),
]


def broken(path: Path, how: str) -> None:
    """Put something in the place of a learner's file that nobody could read."""
    good = path.read_text() if path.exists() else "found: []\n"
    path.unlink(missing_ok=True)
    texts = {
        "not YAML": b"{[}: hello\n",
        "a word": b"just words\n",
        "a list": b"- a\n- b\n",
        "unknown key": good.encode() + b"zzz: 1\n",
        "a key twice": f"{good}{good.split(':')[0]}: x\n".encode(),
        "half a text": b'title: "half',
        "alias bomb": b"a: &a [x, x]\nb: [*a, *a]\n",
        "too large": b"#" * 300 * 1024,
        "wrong encoding": "problem: café\n".encode("latin-1"),
        "control characters": b"\x00\x00",
    }
    if how in texts:
        path.write_bytes(texts[how])
    elif how == "a link out":
        path.symlink_to("/etc/hosts")
    elif how == "a link to itself":
        path.symlink_to(path.name)
    elif how == "a folder":
        path.mkdir()
    else:
        os.mkfifo(path)


HOWS = (
    "not YAML", "a word", "a list", "unknown key", "a key twice", "half a text", "alias bomb", "too large",
    "wrong encoding", "control characters", "a link out", "a link to itself", "a folder", "a pipe",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setenv("CURRICULUM_WORKSPACE", str(tmp_path))
    (tmp_path / ".curriculum").mkdir()
    return tmp_path


def solved(workspace: Path, slug: str) -> Path:
    """A lesson with the answers of an exemplar; its folder."""
    folder = workspace / load_catalog().lesson(slug).level / slug
    case = load_case(slug, SEED)
    write_files(load_exemplar(case, variants(slug)[0]), folder / "answers")
    (folder / "answers" / "case.yaml").write_text(f"lesson: {slug}\nvariant: {SEED}\ncase_version: {case.version}\n")
    return folder


def state(path: Path) -> Any:
    return path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else path.is_dir()


def steps(lesson: Lesson, kind: str) -> Iterator[Callable[[], Any]]:
    """What a learner can call in a lesson, for one of its files."""
    artifacts = lesson._rubric.artifacts
    if kind in artifacts:
        for method in (lesson.check, lesson.hint, lesson.exemplar, lesson.form, lesson.edit, lesson.document):
            yield partial(method, kind)
        yield lesson.what_happened_next
    if kind in lesson._rubric.conversations:
        yield from (lesson.talk, partial(lesson.check, next(iter(artifacts))))
    if kind == "flaws":
        hunt = lesson.find_flaws()
        yield from (hunt.draft, hunt.form, hunt.check)
    yield from (lesson.story, lesson.map)


# Each kind is read by the same code, so the second lesson needs no more than one way of each sort.
FEWER = ("half a text", "unknown key", "a link to itself", "a folder")


@pytest.mark.parametrize(
    ("slug", "kind", "how"),
    [
        pytest.param(slug, kind, how, marks=() if slug == "welcome" else pytest.mark.slow)
        for slug, kind in KINDS
        for how in (HOWS if slug == "welcome" else FEWER)
    ],
)
def test_a_file_that_cannot_be_read_is_told_everywhere_and_left_alone(
    workspace: Path, slug: str, kind: str, how: str
) -> None:
    folder = solved(workspace, slug)
    path = folder / "answers" / f"{kind}.yaml"
    if kind == "flaws":
        open_lesson(slug, folder).check("prd")  # which opens the draft
    broken(path, how)
    before = state(path) if how != "a pipe" else None
    told: list[str] = []
    try:
        for step in steps(open_lesson(slug, folder), kind):
            try:
                step()
            except LessonError as error:
                told.append(str(error))
    except LessonError as error:
        told.append(str(error))
    assert all(f"{kind}.yaml" in sentence and "expected" in sentence for sentence in told), told
    if kind not in ("first_talk", "kickoff"):
        assert told, "nobody said that the file cannot be read"
    if how != "a pipe":
        assert state(path) == before
    command = CliRunner().invoke(main, ["grade", slug, str(folder), "--json"])
    if kind == "case":
        assert (command.exit_code, "case.yaml" in command.output) == (2, True)
        return
    assert command.exit_code == 0
    report = json.loads(command.stdout)
    status = {artifact["kind"]: artifact["status"] for artifact in report["artifacts"]}
    if kind in status:
        assert status.pop(kind) == "invalid"
    elif kind != "flaws":
        assert any(f"{kind}.yaml" in note for note in report["notes"])
    assert set(status.values()) <= {"graded"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"], ids=["empty", "comment", "dashes"])
@pytest.mark.parametrize(
    ("slug", "kind"),
    [pytest.param(slug, kind, marks=() if slug == "welcome" else pytest.mark.slow) for slug, kind in KINDS],
)
def test_a_file_with_nothing_in_it_is_as_good_as_none(workspace: Path, slug: str, kind: str, text: str) -> None:
    folder = solved(workspace, slug)
    (folder / "answers" / f"{kind}.yaml").write_text(text)
    lesson = open_lesson(slug, folder)
    notes = lesson._report().notes
    # Without case.yaml the learner is dealt a world anew, in which a talk may go otherwise.
    assert not any(f"{kind}.yaml" in note for note in notes) if kind == "case" else notes == ()
    if kind in lesson._rubric.artifacts:
        assert lesson._report().of(kind).status == "not_attempted"
    assert not lesson.talk().view["trouble"]


def damage_by_garbage(path: Path) -> None:
    path.write_bytes(b"this is no database " * 100)


def damage_by_half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("damage", [damage_by_garbage, damage_by_half])
def test_a_damaged_record_is_told_and_everything_else_works(
    workspace: Path, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = solved(workspace, "welcome")
    lesson = open_lesson("welcome", folder)
    lesson.check("ask")
    assert lesson._progress is not None
    damage(lesson._progress.path)
    lesson.check("ask")
    assert "progress.sqlite is damaged" in capsys.readouterr().out
    assert "progress.sqlite is damaged" in lesson.map().text
    (folder / "answers" / "ask.yaml").write_text("decider: noor\n")
    assert "Hint 1 of" in lesson.hint("ask").text
    assert "Hint 2 of" in lesson.hint("ask").text, "this session remembers what it has told"
    for command in (["check", "welcome"], ["list"], ["next"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0
        assert "progress.sqlite is damaged" in result.stderr
    assert json.loads(CliRunner().invoke(main, ["list", "--json"]).stdout)["lessons"]


def test_a_locked_record_is_told_after_a_short_wait(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curriculum.learner.progress.PATIENCE", 0.05)
    progress = Progress(workspace)
    progress.open_hint("welcome", "ask_is_complete", 1)
    other = sqlite3.connect(progress.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(ProgressLost, match="another program holds"):
        progress.open_hint("welcome", "ask_is_complete", 2)
    other.close()
    progress.open_hint("welcome", "ask_is_complete", 2)
    assert progress.hints("welcome") == {"ask_is_complete": 2}


def test_a_talk_after_the_check_counts_though_the_text_is_the_same(workspace: Path) -> None:
    folder = solved(workspace, "welcome")
    talk = folder / "answers" / "first_talk.yaml"
    said = talk.read_text()
    talk.unlink()
    lesson = open_lesson("welcome", folder)
    lesson.check("ask")
    talk.write_text(said)
    lesson.check("ask")
    assert lesson._progress is not None
    assert lesson._progress.standings("welcome")["ask"].points == 6.0


def test_a_full_disk_is_told_and_the_page_is_shown_all_the_same(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = open_lesson("welcome", solved(workspace, "welcome"))
    before = lesson._files.artifact("ask").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    for page in (lesson.document("ask"), lesson.story()):
        assert "disk is full" in page.html
        assert "dashboard" in page.html
    form = lesson.form("ask")
    form._handle_custom_msg({"op": "set", "path": ["ask"], "value": "Can we?", "n": 1}, [])
    assert "disk is full" in form.view["saved"]["error"]
    assert lesson._files.artifact("ask").read_bytes() == before
    assert [path.name for path in lesson._files.answers.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_was_moved_away_is_not_made_anew_beside_the_real_one(workspace: Path) -> None:
    folder = solved(workspace, "welcome")
    form = open_lesson("welcome", folder).form("ask")
    moved = folder.rename(folder.with_name("moved"))
    form._handle_custom_msg({"op": "set", "path": ["ask"], "value": "Can we?", "n": 1}, [])
    assert "not where it was" in form.view["saved"]["error"]
    assert not folder.exists()
    assert "at stand-up" in (moved / "answers" / "ask.yaml").read_text()


def test_a_hint_in_the_terminal_opens_one_hint_and_no_other(workspace: Path) -> None:
    folder = solved(workspace, "recommendation_scoping")
    for kind in ("board", "prd"):
        (folder / "answers" / f"{kind}.yaml").write_text("" if kind == "board" else "problem: It is slow.\n")
    first = CliRunner().invoke(main, ["hint", "recommendation_scoping"])
    assert "first version of the scoping board" in first.output
    assert Progress(workspace).hints("recommendation_scoping") == {}
    assert "Hint 1 of" in CliRunner().invoke(main, ["hint", "recommendation_scoping", "prd"]).output
    assert list(Progress(workspace).hints("recommendation_scoping").values()) == [1]


def test_commands_outside_a_workspace_make_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "nowhere"
    monkeypatch.setenv("CURRICULUM_WORKSPACE", str(place))
    for command in ("check", "hint"):
        result = CliRunner().invoke(main, [command, "welcome"])
        assert result.exit_code == 1
        assert "curriculum start" in result.output
    assert not place.exists()
