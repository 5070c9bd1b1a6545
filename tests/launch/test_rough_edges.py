"""Computers as they are: each odd one gets the open course without a word too many, or a sentence on what to do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curriculum.course.places import CODE
from curriculum.launch import settings
from curriculum.learner.workspace import VARIABLE
from curriculum.support.files import FileRefused
from tests.cohort import find_bubblewrap
from tests.helpers.opened import READY, opened

pytestmark = pytest.mark.slow

DEAD_PROXY = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"), "http://127.0.0.1:9"
)
CLOSED = "The course is closed. Your work is saved."
WORK = """
import matplotlib.pyplot as plt
from curriculum import open_lesson
lesson = open_lesson("welcome")
plt.figure().canvas.draw()
print(lesson._files.folder)
"""
"""A lesson opens, and a figure is drawn: what keeps caches in people's homes elsewhere."""


def plain(**more: str) -> dict[str, str]:
    """The variables of somebody who set none, and `more`."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "OPENBLAS_CORETYPE") if name in os.environ}
    path = os.pathsep.join(filter(None, (kept.get("PYTHONPATH"), str(CODE))))
    return {**kept, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **more}


def say(*words: str, inside: tuple[str, ...] = (), cwd: Path | None = None, **variables: str) -> tuple[int, str]:
    """How a command ends, and all that it says."""
    done = subprocess.run(
        [*inside, sys.executable, "-m", "curriculum", *words], env=plain(**variables), cwd=cwd, timeout=60,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout.decode("utf-8")


@pytest.fixture
def bubblewrap() -> tuple[str, ...]:
    """A computer on which nothing can be written, not even by root; more words open places."""
    if not shutil.which("bwrap"):
        pytest.fail(find_bubblewrap.MISSING)
    user = ("--unshare-user", "--uid", "12345", "--gid", "12345")
    return ("bwrap", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", *user)


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder with a short name that is not in pytest's own."""
    with tempfile.TemporaryDirectory(prefix="rough-") as folder:
        yield Path(folder)


# It works, and nobody reads a word that is not for them

ODD = {**DEAD_PROXY, "LC_ALL": "C", "LANG": "C", "TMPDIR": "/nowhere/to/be/found"}
"""A proxy that is gone, no language, and no folder for what is temporary."""


@pytest.mark.slow
def test_odd_surroundings_and_an_odd_name_change_nothing(outside: Path) -> None:
    workspace = outside / "it's Zoë's “work” [1] {x} 20%"
    with opened(outside / "log", plain(HOME=str(outside), **ODD), "--workspace", str(workspace)) as course:
        printed = course.run(WORK)
        assert (printed.output.strip(), printed.errors) == (str(workspace / "beginner/welcome"), "")
    assert course.process.returncode == 0
    assert course.said.splitlines() == [
        f"The course is open at {course.address}",
        f"Your work is kept in {workspace}",
        f"Leave this window open while you work. {READY}",
        CLOSED,
    ]
    assert sorted(path.name for path in outside.iterdir()) == sorted([workspace.name, "log"]), "else was written"
    shutil.rmtree(settings.places(workspace).runtime)


@pytest.mark.slow
def test_only_the_workspace_can_be_written(outside: Path, bubblewrap: tuple[str, ...]) -> None:
    """A container with a root that is read-only: no home, no temporary folder, and the workspace is a volume."""
    workspace = outside / "work"
    workspace.mkdir()
    walls = (*bubblewrap, "--bind", str(workspace), str(workspace), "--as-pid-1", "--unshare-pid")
    variables = plain(HOME="/nowhere", **{VARIABLE: str(workspace)})
    with opened(outside / "log", variables, inside=walls) as course:
        printed = course.run(WORK)
        assert (printed.output.strip(), printed.errors) == (str(workspace / "beginner/welcome"), "")
        code, said = say("doctor", inside=walls, HOME="/nowhere", BROWSER="true", **{VARIABLE: str(workspace)})
        assert (code, "WRONG" in said) == (0, False), said
    assert course.said.splitlines()[3:] == [CLOSED]


@pytest.mark.slow
def test_ctrl_c_closes_it_while_the_first_kernel_loads(outside: Path) -> None:
    """Nobody reads what it was loading, and no warning stands above the address."""
    with opened(outside / "log", plain(), "--workspace", str(outside / "work")) as course:
        time.sleep(0.3)
    assert course.process.returncode == 0
    assert course.said.startswith("The course is open")
    assert course.said.splitlines()[3:] == [CLOSED]
    shutil.rmtree(settings.places(outside / "work").runtime)


def test_ctrl_c_counts_where_a_package_swallows_it(outside: Path) -> None:
    code = (
        "import os, signal, sys, types\n"
        "from pathlib import Path\n"
        "from curriculum.launch import server\n"
        "class Lab:\n"
        "    connection_url = ''\n"
        "    @staticmethod\n"
        "    def initialize_server(argv):\n"
        "        try:\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "        except KeyboardInterrupt:\n"
        "            print('swallowed')\n"
        "        return types.SimpleNamespace()\n"
        "server._lab_application = lambda: Lab\n"
        "server.serve(Path(sys.argv[1]), 0, False, print)\n"
    )
    (outside / "work").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(outside / "work")], env=plain(), capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "swallowed\n"
    assert done.returncode in (1, -signal.SIGINT)
    assert "KeyboardInterrupt" in done.stderr
    shutil.rmtree(settings.places(outside / "work").runtime)


# A sentence that says what to do

COMMANDS = (["list"], ["next"], ["check", "welcome"], ["doctor"], ["start", "--no-browser", "--port", "0"])


def one_sentence(code: int, said: str, *needed: str) -> None:
    assert code == 1, said
    assert "Traceback" not in said
    for words in needed:
        assert words in said, said


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_name_that_is_not_utf8(outside: Path, words: list[str]) -> None:
    name = os.fsencode(outside) + b"/caf\xe9"
    one_sentence(*say(*words, "--workspace", os.fsdecode(name)), "caf\\xe9", "UTF-8", "choose another")


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_letters_that_the_terminal_hides(outside: Path, words: list[str]) -> None:
    hidden = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", VARIABLE: str(outside / "café")}
    one_sentence(*say(*words, **hidden), "café", "PYTHONUTF8")


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_nobody_knows_where_the_home_is(outside: Path, words: list[str], bubblewrap: tuple[str, ...]) -> None:
    nobody = (*bubblewrap, "--ro-bind", "/dev/null", "/etc/passwd")
    one_sentence(*say(*words, inside=nobody), "no home folder", "--workspace", VARIABLE)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_home_that_cannot_be_written(outside: Path, words: list[str], bubblewrap: tuple[str, ...]) -> None:
    code, said = say(*words, inside=bubblewrap, HOME=str(outside))
    if words[0] in ("list", "next"):
        assert (code, "Welcome" in said or "welcome" in said) == (0, True), "reading needs no place to write"
    else:
        one_sentence(code, said, "begin with: curriculum start" if words[0] == "check" else "another folder")


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_terminal_in_a_folder_that_is_gone(outside: Path, words: list[str]) -> None:
    gone = outside / "gone"
    gone.mkdir()
    code = "import os, shutil, sys; shutil.rmtree(os.getcwd()); from curriculum.cli import main; main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *words], cwd=gone, env=plain(HOME=str(outside)), capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip
    one_sentence(done.returncode, done.stdout + done.stderr, "is gone", "`cd`")


def test_letters_that_a_file_cannot_take_are_no_end(outside: Path) -> None:
    """As where PowerShell writes what a command says into a file."""
    code, said = say("list", "--workspace", str(outside / "work"), PYTHONIOENCODING="latin-1")
    assert code == 0
    assert "8?12 min" in said


def test_no_place_for_sockets_is_told(
    tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch, bubblewrap: tuple[str, ...]
) -> None:
    deep = outside / ("a" * 60) / "work"
    deep.mkdir(parents=True)
    walls = (*bubblewrap, "--bind", str(deep), str(deep))
    one_sentence(
        *say("start", "--no-browser", "--workspace", str(deep), inside=walls), "/tmp cannot be written", "TMPDIR"
    )
    code, said = say("doctor", "--workspace", str(deep), inside=walls, BROWSER="true")
    one_sentence(code, said, "WRONG  Notebooks cannot run here.", "TMPDIR")
    room = outside / "t"
    room.mkdir()
    code, said = say(
        "doctor", "--workspace", str(deep), inside=(*walls, "--bind", str(room), str(room)), BROWSER="true",
        TMPDIR=str(room),
    )  # fmt: skip
    assert f"ok     Notebooks can run; what they need for it is in {room}" in said
    with pytest.raises(FileRefused, match="too long"):
        settings.own_folder(deep)


def test_the_remedy_names_the_workspace_that_was_given(outside: Path) -> None:
    workspace = outside / "my work"
    code, said = say("check", "welcome", "--workspace", str(workspace))
    one_sentence(code, said, f"begin with: curriculum start --workspace '{workspace}'")
