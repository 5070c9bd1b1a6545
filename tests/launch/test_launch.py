"""Opening the course: the workspace, JupyterLab's settings, finding a server, and the commands' words."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.course.catalog import Catalog, LessonEntry
from curriculum.course.places import COURSE
from curriculum.launch import doctor, server, settings
from curriculum.learner import workspace as places
from curriculum.support.files import FileRefused

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one lesson, `first`, that stands in for the real one."""
    root = tmp_path / "course"
    lesson = root / "beginner" / "first"
    lesson.mkdir(parents=True)
    (lesson / "first.ipynb").write_text(NOTEBOOK)
    entry = LessonEntry("first", "First", "beginner", "anybody", (5, 10), "a line")
    monkeypatch.setattr(LessonEntry, "folder", property(lambda self: root / self.level / self.slug))
    monkeypatch.setattr(places, "CODE", root)
    monkeypatch.setattr(places, "load_catalog", lambda: Catalog((entry,), ()))
    monkeypatch.delenv(places.VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return root


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below `folder`, with when it was written and what is in it."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


# The workspace


def test_a_workspace_gets_every_lessons_notebook(course: Path, tmp_path: Path) -> None:
    workspace = places.prepare(tmp_path / "work")
    assert (workspace / "beginner/first/first.ipynb").read_text() == NOTEBOOK
    assert (workspace / ".curriculum").is_dir()


def test_a_second_start_writes_nothing(course: Path, tmp_path: Path) -> None:
    workspace = places.prepare(tmp_path / "work")
    settings.write(workspace, everything=False)
    before = contents(workspace)
    places.prepare(workspace)
    settings.write(workspace, everything=False)
    assert contents(workspace) == before


def test_a_learners_notebook_is_never_overwritten(course: Path, tmp_path: Path) -> None:
    notebook = places.prepare(tmp_path / "work") / "beginner/first/first.ipynb"
    notebook.write_text(NOTEBOOK + "mine")
    (course / "beginner/first/first.ipynb").write_text(NOTEBOOK + "newer")
    places.prepare(tmp_path / "work")
    assert notebook.read_text() == NOTEBOOK + "mine"


def test_an_untouched_notebook_follows_the_course(course: Path, tmp_path: Path) -> None:
    notebook = places.prepare(tmp_path / "work") / "beginner/first/first.ipynb"
    for text in ("newer", "newest"):
        (course / "beginner/first/first.ipynb").write_text(NOTEBOOK + text)
        places.prepare(tmp_path / "work")
        assert notebook.read_text() == NOTEBOOK + text


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": "x", "delivered": {}}', '{"format": 1, "delivered": 3}'])
def test_a_damaged_record_costs_nobody_a_notebook(course: Path, tmp_path: Path, damage: str) -> None:
    workspace = places.prepare(tmp_path / "work")
    notebook = workspace / "beginner/first/first.ipynb"
    notebook.write_text("mine")
    (workspace / ".curriculum/workspace.json").write_text(damage)
    (course / "beginner/first/first.ipynb").write_text("newer")
    places.prepare(workspace)
    assert notebook.read_text() == "mine"


def test_a_deleted_notebook_comes_back(course: Path, tmp_path: Path) -> None:
    notebook = places.prepare(tmp_path / "work") / "beginner/first/first.ipynb"
    notebook.unlink()
    places.prepare(tmp_path / "work")
    assert notebook.read_text() == NOTEBOOK


def test_a_copied_workspace_is_a_workspace(course: Path, tmp_path: Path) -> None:
    workspace = places.prepare(tmp_path / "work")
    (workspace / "beginner/first/first.ipynb").write_text("mine")
    moved = workspace.rename(tmp_path / "elsewhere")
    places.prepare(moved)
    assert (moved / "beginner/first/first.ipynb").read_text() == "mine"


def test_a_workspace_of_a_newer_course_is_left_alone(course: Path, tmp_path: Path) -> None:
    workspace = places.prepare(tmp_path / "work")
    (workspace / ".curriculum/workspace.json").write_text('{"format": 99, "delivered": {}}')
    before = contents(workspace)
    with pytest.raises(FileRefused, match=r"newer version of the course.*update the course"):
        places.prepare(workspace)
    assert contents(workspace) == before


def test_where_the_workspace_is(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.locate() == tmp_path / "home" / "cross-functional-curriculum"
    monkeypatch.setenv(places.VARIABLE, str(tmp_path / "named"))
    assert places.locate() == tmp_path / "named"
    assert places.locate(tmp_path / "given") == tmp_path / "given"


def test_work_is_never_kept_in_the_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileRefused, match="inside the course's own folder"):
        places.locate(course / "beginner")
    # Who clones the course to the very place gets a folder beside it.
    monkeypatch.setattr(places, "CODE", Path.home() / "cross-functional-curriculum")
    assert places.locate() == Path.home() / "cross-functional-curriculum-workspace"


def test_a_place_that_cannot_be_written_is_told(course: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileRefused, match=r"could not be made: not a directory; choose another folder"):
        places.prepare(tmp_path / "file" / "work")


# JupyterLab's settings


def test_settings_stay_in_the_workspace(tmp_path: Path) -> None:
    where = settings.write(tmp_path, everything=False)
    for place in (where.config, where.data, where.app_settings, where.ipython, where.matplotlib):
        assert place.is_relative_to(tmp_path / ".curriculum" / "jupyter")
    assert set(where.environment()) == {
        "JUPYTER_CONFIG_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
        "MPLCONFIGDIR",
    }  # fmt: skip


@pytest.fixture(autouse=True)
def no_runtime_folders_left(tmp_path: Path) -> Iterator[None]:
    """Runtime folders are beside the workspace, where pytest would not clear them away."""
    yield
    for workspace in (tmp_path, tmp_path / "work"):
        with contextlib.suppress(FileNotFoundError):
            settings.places(workspace).runtime.rmdir()


def read(path: Path) -> Any:
    return json.loads(path.read_text())


def test_learners_see_little_and_everything_shows_all(tmp_path: Path) -> None:
    where = settings.write(tmp_path, everything=False)
    page = where.app_settings / "page_config.json"
    served = where.config / "jupyter_server_config.json"
    assert read(page)["disabledExtensions"]["@jupyter/nbgrader"] is True
    assert set(read(served)["ServerApp"]["jpserver_extensions"].values()) == {False}
    overrides = read(where.app_settings / "overrides.json")
    assert overrides["@jupyterlab/notebook-extension:tracker"] == {
        "windowingMode": "defer",
        "scrollPastEnd": False,
    }
    assert overrides["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": True}

    settings.write(tmp_path, everything=True)
    assert set(read(page)["disabledExtensions"]) == set(settings.TOGETHER_PLUGINS)
    assert set(read(served)["ServerApp"]) == {"jpserver_extensions"}
    served_not = set(read(served)["ServerApp"]["jpserver_extensions"])
    assert served_not == {*settings.NEVER_SERVED, *settings.TOGETHER_SERVED}
    assert "@jupyterlab/notebook-extension:panel" not in read(where.app_settings / "overrides.json")


def test_every_name_in_the_settings_is_one_that_jupyterlab_has() -> None:
    """An upgrade that renames a part would otherwise bring it back in silence."""
    share = Path(sys.prefix) / "share" / "jupyter"
    folders = [share / "lab" / "schemas", *share.glob("labextensions/**/schemas")]
    for plugin, wanted in (settings.LAB_SETTINGS | settings.PLAIN_LOOK).items():
        extension, _, name = plugin.partition(":")
        schemas = [path for folder in folders if (path := folder / extension / f"{name}.json").is_file()]
        assert schemas, plugin
        asked = {*wanted} - {"toolbar"}  # JupyterLab adds it to the panel's own
        assert asked <= set(read(schemas[0])["properties"]), plugin
    known = b"".join(path.read_bytes() for path in (share / "lab" / "static").glob("*.js"))
    installed = {
        str(path.parent.relative_to(share / "labextensions")) for path in share.glob("labextensions/*/*/package.json")
    }
    for plugin in settings.HIDDEN_PLUGINS:
        assert plugin.encode() in known or plugin in installed, plugin
    config = Path(sys.prefix) / "etc" / "jupyter" / "jupyter_server_config.d"
    served = b"".join(path.read_bytes() for path in config.glob("*.json"))
    assert all(f'"{name}"'.encode() in served for name in settings.NEVER_SERVED + settings.UNUSED_SERVER_PARTS)


def test_kernel_sockets_fit_whatever_the_workspaces_path(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 80) / ("b" * 80)
    socket = settings.places(deep).runtime / "kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-5"
    assert len(os.fsencode(socket)) <= 103
    assert settings.places(deep).runtime != settings.places(tmp_path).runtime


def test_the_runtime_folder_must_be_private(tmp_path: Path) -> None:
    runtime = settings.places(tmp_path).runtime
    settings.write(tmp_path, everything=False)
    assert runtime.stat().st_mode & 0o777 == 0o700
    try:
        runtime.chmod(0o777)
        with pytest.raises(FileRefused, match="not private to you"):
            settings.write(tmp_path, everything=False)
        runtime.rmdir()
        runtime.symlink_to(tmp_path)
        with pytest.raises(FileRefused, match="not private to you"):
            settings.write(tmp_path, everything=False)
    finally:
        runtime.unlink() if runtime.is_symlink() else runtime.rmdir()


# Finding a server that runs


class OnlyWithToken(BaseHTTPRequestHandler):
    """Answers like a Jupyter server whose token is `secret`."""

    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Authorization"] == "token secret" else 403)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests stay quiet."""


@pytest.fixture
def listening() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), OnlyWithToken) as http:
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Path]:
    folder = settings.places(tmp_path).runtime
    folder.mkdir(mode=0o700)
    yield folder
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def test_finds_the_server_that_answers(
    tmp_path: Path, runtime: Path, listening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # never asked for this machine
    (runtime / "jpserver-1.json").write_text("{ half")
    (runtime / "jpserver-2.json").write_text(json.dumps({"url": "http://127.0.0.1:1/", "token": "secret"}))
    (runtime / "jpserver-3.json").write_text(json.dumps({"url": listening, "token": "secret"}))
    found = server.running(tmp_path)
    assert found is not None
    assert found.address == f"{listening}doc/tree/beginner/welcome/welcome.ipynb?token=secret"


def test_another_program_on_the_old_port_is_not_ours(tmp_path: Path, runtime: Path, listening: str) -> None:
    (runtime / "jpserver-3.json").write_text(json.dumps({"url": listening, "token": "another"}))
    assert server.running(tmp_path) is None


def test_a_running_course_is_opened_and_not_started_twice(
    course: Path, tmp_path: Path, runtime: Path, listening: str
) -> None:
    (runtime / "jpserver-3.json").write_text(json.dumps({"url": listening, "token": "secret"}))
    done = CliRunner().invoke(main, ["start", "--no-browser", "--workspace", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "already running" in done.output
    assert f"The course is open at {listening}doc/tree/" in done.output


# The commands


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["start", "--port", "many"], "is not a valid integer"),
        (["start", "--port", "70000"], "range"),
        (["start", "--workspace", __file__], "is a file"),
        (["begin"], "No such command"),
    ],
)
def test_a_call_that_is_off_exits_with_2(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_something_broken_exits_with_1_and_one_sentence(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = CliRunner().invoke(main, ["start", "--workspace", str(course)])
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1

    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    workspace = tmp_path / "work"
    try:
        done = CliRunner().invoke(main, ["start", "--workspace", str(workspace)])
    finally:
        settings.places(workspace).runtime.rmdir()
    assert done.exit_code == 1
    assert "JupyterLab is not installed completely" in done.output
    assert "make start" in done.output


def test_help_imports_nothing_that_is_not_shown() -> None:
    code = (
        "import sys; from curriculum.cli import main; main(['--help'], standalone_mode=False); "
        "slow = {'numpy', 'pandas', 'pydantic', 'IPython', 'jupyterlab', 'curriculum.launch'}; "
        "sys.exit(bool(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=COURSE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "start" in done.stdout


# The doctor


def test_doctor_says_what_is_fine_and_what_to_do(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.setattr(doctor, "PINS", tmp_path / "pins.txt")
    (tmp_path / "pins.txt").write_text(
        "no-such-package==1.0\nclick==0.1 ; python_version > '3'\nx==1 ; python_version < '3'\n"
    )
    done = CliRunner().invoke(main, ["doctor", "--workspace", str(tmp_path / "work")])
    assert done.exit_code == 1
    assert "no-such-package is missing (expected 1.0); click is" in done.output
    assert "x is missing" not in done.output
    assert "make start" in done.output
    assert "1 thing to mend" in done.output
    assert f"ok     Your work is kept in {tmp_path / 'work'}" in done.output


def test_doctor_knows_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not doctor.python_version((3, 10, 4)).fine
    assert doctor.python_version((3, 11, 0)).fine
    assert "anywidget" in doctor.lab_extensions(tmp_path).what
    assert doctor.lab_extensions(Path(sys.prefix) / "share/jupyter/labextensions").fine
    assert not doctor.packages(tmp_path / "none.txt").fine
    assert doctor.packages(doctor.PINS).fine
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_000_000}))
    assert not doctor.disk_space(tmp_path / "not" / "there").fine
    monkeypatch.setattr("webbrowser.get", _no_browser)
    assert "--no-browser" in doctor.browser().remedy


def _no_browser() -> None:
    import webbrowser

    raise webbrowser.Error("none")


def test_doctor_tells_of_a_workspace_that_cannot_be_written(course: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    finding = doctor.writable(tmp_path / "file" / "work")
    assert not finding.fine
    assert "choose another folder" in finding.remedy


def test_a_port_that_nobody_could_have_noted_is_none(tmp_path: Path) -> None:
    note = tmp_path / ".curriculum" / "port"
    note.parent.mkdir()
    for text in ("", "eighty", "70000", "-1", "8888\n\n8889"):
        note.write_text(text)
        assert settings.last_port(tmp_path) is None
    settings.note_port(tmp_path, 8890)
    assert settings.last_port(tmp_path) == 8890
    note.unlink()
    note.mkdir()
    settings.note_port(tmp_path, 8891)  # cannot be written, and the course opens all the same
    assert settings.last_port(tmp_path) is None
