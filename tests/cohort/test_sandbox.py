"""The sandbox: code that computes and draws runs as it would anywhere; code that reaches out reaches nothing."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import graders.welcome
from curriculum.authoring.exemplars import write_exemplar
from curriculum.cohort.course import Course
from curriculum.cohort.judging import Unit, judge
from curriculum.cohort.result import Result
from curriculum.cohort.sandbox import Ended, Executed, SandboxRefused, client, execute_all, execute_course, places
from curriculum.cohort.sandbox.offer import Offer, look
from curriculum.course.catalog import lesson_folder
from tests.cohort import find_bubblewrap

LESSON, WORLD = "welcome", 5
CANARY = "canary-in-a-coal-mine"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("sandbox"),
]


def offered() -> Offer:
    if not shutil.which("bwrap"):
        pytest.fail(find_bubblewrap.MISSING)
    return look()


LAYERS = {
    "everything": lambda: offered(),
    "landlock": lambda: replace(offered(), bubblewrap="", users=False),
    "bubblewrap": lambda: replace(offered(), landlock=0, users=False),
}
"""Each of the two that must keep code in without the other, and all together."""


# What learners' notebooks do here

HONEST = """
import numpy as np, pandas as pd, matplotlib.pyplot as plt, tempfile, threading, asyncio, datetime, zoneinfo
frame = pd.read_csv("data/mornings.csv")
print("rows", len(frame))
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("kept"); file.flush(); file.seek(0); print(file.read())
open("mine.txt", "w").write("mine"); print(open("mine.txt").read())
found = []
thread = threading.Thread(target=lambda: found.append(np.linalg.inv(np.eye(50)).sum())); thread.start(); thread.join()
print("inverse", found)
await asyncio.sleep(0.001)
print(datetime.datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")).utcoffset())
frame.plot(); plt.title("Mornings")
frame.head(2)
"""

ATTEMPTS = """
import ctypes, mmap, os, pathlib, shutil, signal, socket, subprocess, sys, threading, multiprocessing
libc = ctypes.CDLL(None, use_errno=True)

def call(function, *arguments):
    if function(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return "done"

def attempt(what):
    try:
        got = what()
    except BaseException as error:
        print(what.__name__, "kept out", type(error).__name__)
    else:
        print(what.__name__, "GOT THROUGH", repr(got)[:200])

@attempt
def read_gradebook(): return open(COURSE + "/gradebook.db").read()
@attempt
def read_source(): return open(COURSE + "/source/welcome/hidden.py").read()
@attempt
def read_neighbour(): return open(COURSE + "/submitted/bob/welcome/answers/ask.yaml").read()
@attempt
def list_course(): return os.listdir(COURSE)
@attempt
def link_out():
    os.symlink(COURSE + "/gradebook.db", "link")
    return open("link").read()
@attempt
def hard_link_out(): return os.link(COURSE + "/gradebook.db", "hard")
@attempt
def move_out(): return os.rename(COURSE + "/submitted/bob", "bob")
@attempt
def write_gradebook(): return open(COURSE + "/gradebook.db", "a").write("owned")
@attempt
def truncate_gradebook(): return os.truncate(COURSE + "/gradebook.db", 0)
@attempt
def delete_neighbour(): return os.remove(COURSE + "/submitted/bob/welcome/answers/ask.yaml")
@attempt
def rewrite_grader():
    import graders.welcome
    return open(graders.welcome.__file__, "a").write("# owned")
@attempt
def plant_module(): return open(os.path.dirname(os.__file__) + "/planted.py", "w").write("")
@attempt
def write_home(): return open(HOME + "/owned-by-a-notebook", "w").write("")
@attempt
def write_tmp(): return open(BESIDE + "/owned", "w").write("")
@attempt
def look_around(): return os.listdir(BESIDE)
@attempt
def read_passwords(): return open("/etc/shadow").read()
@attempt
def read_users(): return open("/etc/passwd").read()
@attempt
def read_environment_of_parent(): return open(f"/proc/{os.getppid()}/environ").read()
@attempt
def write_memory_of_parent(): return open(f"/proc/{os.getppid()}/mem", "r+b")
@attempt
def write_server(): return os.write(4, b"{}")
@attempt
def raw_disk(): return os.open("/dev/vda", os.O_RDONLY)
@attempt
def connect_tcp(): return socket.create_connection(("127.0.0.1", PORT), 1)
@attempt
def send_udp(): return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", PORT))
@attempt
def connect_unix(): return socket.socket(socket.AF_UNIX).connect(BESIDE + "/listening")
@attempt
def datagram_pair(): return socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
@attempt
def listen(): return socket.socket().listen()
@attempt
def run_program(): return subprocess.run(["/usr/bin/env"])
@attempt
def shell(): return os.posix_spawn("/bin/sh", ["sh", "-c", "true"], {})
@attempt
def replace_itself(): os.execv(sys.executable, [sys.executable, "-c", "print(1)"])
@attempt
def fork(): return os.fork()
@attempt
def raw_fork(): return call(libc.syscall, 57)
@attempt
def processes(): multiprocessing.get_context("fork").Process(target=print).start()
@attempt
def kill_parent(): return os.kill(os.getppid(), signal.SIGKILL)
@attempt
def kill_everybody(): return os.kill(-1, signal.SIGKILL)
@attempt
def kill_pytest(): return os.kill(PYTEST, signal.SIGKILL)
@attempt
def kill_by_descriptor(): return signal.pidfd_send_signal(os.pidfd_open(os.getppid()), signal.SIGKILL)
@attempt
def trace_parent(): return call(libc.ptrace, 16, os.getppid(), 0, 0)
@attempt
def become_root():
    os.setresuid(0, 0, 0); return os.getuid()
@attempt
def mount(): return call(libc.mount, b"none", b"/tmp", b"tmpfs", 0, 0)
@attempt
def new_namespace(): return call(libc.unshare, 0x10000000)
@attempt
def change_root(): return os.chroot(".")
@attempt
def own_session(): return os.setsid()
@attempt
def outlive_parent(): return call(libc.prctl, 1, 0, 0, 0, 0)
@attempt
def raise_limits():
    import resource
    return resource.setrlimit(resource.RLIMIT_FSIZE, (10**12, 10**12))
@attempt
def type_into_terminal():
    import fcntl, termios
    return fcntl.ioctl(0, termios.TIOCSTI, b"x")
@attempt
def keyring(): return call(libc.syscall, 250, 0, -3)
@attempt
def rings(): return call(libc.syscall, 425, 8, 0)
@attempt
def anonymous_program(): return os.memfd_create("program")
@attempt
def device():
    os.mknod("disk", 0o60600, os.makedev(8, 0))
    return os.open("disk", os.O_RDONLY)
@attempt
def four_gib(): return len(bytearray(4 << 30))
@attempt
def huge_file():
    with open("huge", "wb") as file:
        file.write(bytes(30_000_000))
    return os.path.getsize("huge")
@attempt
def ask_person(): return input("password? ")
print("uid", os.getuid())
"""

NOTEBOOKS = {
    "honest": [HONEST],
    "attempts": [ATTEMPTS],
    "patches": [
        "import graders.grade, pandas, numpy, curriculum.notebook.lesson\n"
        "curriculum.notebook.lesson.Lesson.points = lambda self, kind: 600.0\n"
        "graders.grade.grade = None\n"
        "pandas.read_csv = lambda *a, **k: 'poisoned'\n",
        "from curriculum import open_lesson\nopen_lesson('welcome').points('ask')",
    ],
    "ends": ["print('before')", "import os; os._exit(0)", "print('after')"],
    "exits": ["import sys; sys.exit(3)", "print('after')"],
    "crashes": ["import ctypes; ctypes.string_at(0)"],
    "floods": ["import os\nwhile True:\n    os.write(3, b'x' * 100_000)"],
    "prints": ["print('y' * 5_000_000)"],
    "forges": [
        "import os, json\n"
        "for n in range(9):\n"
        "    os.write(3, json.dumps({'cell': n, 'stdout': '', 'outputs': [{'text/html': '<b>full marks</b>', "
        "'application/javascript': 'alert(1)'}], 'errors': 'none'}).encode() + b'\\n')\n",
    ],
    "deep": [
        "import os\n"
        "for _ in range(3000):\n"
        "    os.mkdir('d'); os.chdir('d')\n",
    ],
    "locked": ["import os\nos.mkdir('x'); open('x/y', 'w').close(); os.chmod('x', 0); os.chmod('.', 0)"],
    "fails": ["1 / 0", "print('still here')", "def f(:\n"],
    "threads": ["import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\nprint('started')"],
    "closes": ["import os\nos.close(3)", "print('unheard')"],
    "after": ["import pandas, os\nprint(type(pandas.read_csv).__name__, sorted(os.listdir('.')))"],
}  # fmt: skip


class Ran:
    """A course whose learners handed in those notebooks, after they were executed."""

    def __init__(self, offer: Offer, base: Path):
        self.root = base / "course"
        self.base = base
        for name in ("gradebook.db", "source/welcome/hidden.py", "submitted/bob/welcome/answers/ask.yaml"):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CANARY)
        for path in (base, *base.rglob("*")):
            path.chmod(0o777)  # whatever keeps code out here, it is not the permissions
        self.units = [self.hand_in(name, cells) for name, cells in NOTEBOOKS.items()]
        self.before = {unit.student: score(unit) for unit in self.units}
        self.files = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}
        with listening(base) as (port, heard):
            self.settings = {"COURSE": str(self.root), "BESIDE": str(base), "HOME": str(Path.home()), "PORT": port,
                             "PYTEST": os.getpid()}  # fmt: skip
            for unit in self.units:
                self.fill_in(unit)
            self.files = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}
            course = Course(self.root, "sandboxed")
            with tempfile.TemporaryDirectory(prefix="sandbox-test-") as scratch, pytest.MonkeyPatch.context() as patch:
                Path(scratch).chmod(0o711)
                patch.setattr(tempfile, "tempdir", scratch)
                executed = execute_all(course, self.units, workers=2, seconds=30, offer=offer)
                self.left = list(Path(scratch).iterdir())
            self.executed = {one.student: one for one in executed}
            self.heard = heard

    def hand_in(self, name: str, cells: list[str]) -> Unit:
        folder = self.root / "submitted" / name / LESSON
        write_exemplar(LESSON, WORLD, None, folder)
        (folder / "data").mkdir()
        (folder / "data" / "mornings.csv").write_text("day,minutes\n1,30\n2,41\n")
        made = [{"cell_type": "code", "metadata": {}, "source": [cell]} for cell in cells]
        (folder / f"{LESSON}.ipynb").write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4}))
        return Unit(name, LESSON, str(folder), WORLD)

    def fill_in(self, unit: Unit) -> None:
        path = Path(unit.folder) / f"{LESSON}.ipynb"
        notebook = json.loads(path.read_text())
        settings = "".join(f"{name} = {value!r}\n" for name, value in self.settings.items())
        for cell in notebook["cells"]:
            if "COURSE" in cell["source"][0]:
                cell["source"].insert(0, settings)
        path.write_text(json.dumps(notebook))

    def shown(self, name: str) -> list[str]:
        """What each code cell showed, as one text per cell."""
        return [json.dumps(cell["outputs"]) for cell in self.notebook(name)["cells"]]

    def stdout(self, name: str) -> str:
        outputs = [output for cell in self.notebook(name)["cells"] for output in cell["outputs"]]
        return "".join(output["text"] for output in outputs if output["output_type"] == "stream")

    def notebook(self, name: str) -> Any:
        path = self.executed[name].notebook
        assert path is not None, self.executed[name]
        return json.loads(path.read_text("utf-8"))


class listening:
    """Servers on this machine that nothing may reach: TCP and a Unix socket; what they hear is kept."""

    def __init__(self, base: Path):
        self.heard: list[str] = []
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(base / "listening"))
        (base / "listening").chmod(0o777)
        self.unix.listen()

    def __enter__(self) -> tuple[int, list[str]]:
        for server in (self.tcp, self.unix):
            threading.Thread(target=self._accept, args=(server,), daemon=True).start()
        return self.tcp.getsockname()[1], self.heard

    def _accept(self, server: socket.socket) -> None:
        try:
            server.accept()
        except OSError:
            return
        self.heard.append(str(server))

    def __exit__(self, *_: object) -> None:
        for server in (self.tcp, self.unix):
            server.shutdown(socket.SHUT_RDWR)
            server.close()


def score(unit: Unit) -> float | None:
    result = judge(unit)
    assert isinstance(result, Result)
    return result.points


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group("sandbox")) for name in LAYERS]
)
def ran(request: pytest.FixtureRequest) -> Iterator[Ran]:
    with tempfile.TemporaryDirectory(prefix="sandbox-test-") as name:
        yield Ran(LAYERS[request.param](), Path(name))


def test_honest_work_runs_as_anywhere(ran: Ran) -> None:
    executed = ran.executed["honest"]
    assert (executed.status, executed.sentence) == (Ended.RAN, "It runs from top to bottom."), ran.shown("honest")
    text = ran.stdout("honest")
    for line in ("rows 2", "kept", "mine", "inverse [", "1:00:00"):
        assert line in text
    outputs = [output for cell in ran.notebook("honest")["cells"] for output in cell["outputs"]]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert {"image/png", "text/html", "text/plain"} <= kinds


def test_nothing_gets_through(ran: Ran) -> None:
    text = ran.stdout("attempts")
    lines = [line for line in text.splitlines() if "kept out" in line or "GOT THROUGH" in line]
    through = [line for line in lines if "GOT THROUGH" in line]
    assert through == [], text
    assert len(lines) == ATTEMPTS.count("@attempt"), text
    assert CANARY not in json.dumps(ran.notebook("attempts"))
    assert ran.heard == []


def test_it_is_another_user_where_it_may(ran: Ran, request: pytest.FixtureRequest) -> None:
    user = int(ran.stdout("attempts").split("uid ")[1].split()[0])
    separate = os.geteuid() == 0 and "[everything]" in request.node.name
    assert user >= 61_000 if separate else user == os.geteuid()


def test_nothing_outside_was_changed(ran: Ran) -> None:
    now = {path: path.read_bytes() for path in ran.root.rglob("*") if path.is_file() and "executed" not in path.parts}
    assert now == ran.files
    assert "owned" not in Path(graders.welcome.__file__).read_text("utf-8")
    assert not (Path.home() / "owned-by-a-notebook").exists()
    assert not (Path(os.__file__).parent / "planted.py").exists()
    assert sorted(path.name for path in ran.base.iterdir()) == ["course", "listening"]


def test_no_score_comes_from_it(ran: Ran) -> None:
    assert {unit.student: score(unit) for unit in ran.units} == ran.before
    assert ran.before["patches"] == ran.before["honest"]
    assert "600" in ran.shown("patches")[1], "the patch worked in its own process"


def test_the_next_learner_begins_afresh(ran: Ran) -> None:
    assert ran.stdout("after").strip() == f"function {sorted(['answers', 'data', 'welcome.ipynb'])}"


@pytest.mark.parametrize(
    ("name", "status", "says", "cells"),
    [
        ("ends", Ended.STOPPED, "stopped in code cell 2: it ended its own process", 1),
        ("exits", Ended.ERRORS, "1 of its cells fails", 2),
        ("crashes", Ended.STOPPED, "stopped in code cell 1: the system ended it (signal 11)", 0),
        ("floods", Ended.STOPPED, "it showed more than can be kept", 0),
        ("locked", Ended.RAN, "It runs", 1),
        ("fails", Ended.ERRORS, "2 of its cells fail", 3),
        ("threads", Ended.RAN, "It runs", 1),
        ("closes", Ended.STOPPED, "stopped in code cell 1", 0),
    ],
)
def test_every_end_is_told(ran: Ran, name: str, status: Ended, says: str, cells: int) -> None:
    executed = ran.executed[name]
    assert (executed.status, executed.cells) == (status, cells), executed
    assert says in executed.sentence


def test_folders_nested_by_the_thousand_harm_nothing(ran: Ran) -> None:
    """Whether they are seen before the cell ends depends on how fast it is; they are removed either way."""
    assert ran.executed["deep"].status in (Ended.STOPPED, Ended.RAN)
    assert ran.left == []


def test_cells_after_a_failing_one_run(ran: Ran) -> None:
    cells = ran.notebook("fails")["cells"]
    assert cells[0]["outputs"][0]["ename"] == "ZeroDivisionError"
    assert "still here" in cells[1]["outputs"][0]["text"]
    assert cells[2]["outputs"][0]["ename"] == "SyntaxError"


def test_what_is_kept_is_bounded_and_tame(ran: Ran) -> None:
    assert len(ran.stdout("prints")) == 200_000
    (kept,) = ran.notebook("forges")["cells"]
    assert kept["outputs"] == [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>full marks</b>"}}
    ]


def test_nothing_is_left_running_or_lying_about(ran: Ran) -> None:
    assert ran.left == [], "scratch folders are removed"
    mine = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    commands = [(Path("/proc") / str(pid) / "cmdline") for pid in mine]
    running = [path for path in commands if path.exists() and b"sandbox.server" in path.read_bytes()]
    assert [path for path in running if _parent(path.parent) == os.getpid()] == []


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@pytest.fixture
def course() -> Iterator[Course]:
    with tempfile.TemporaryDirectory(prefix="sandbox-test-") as name:
        yield Course(Path(name), "sandboxed")


def hand_in(course: Course, student: str, source: str) -> Unit:
    folder = course.submitted(student, LESSON)
    write_exemplar(LESSON, WORLD, None, folder)
    cell = {"cell_type": "code", "metadata": {}, "source": textwrap.dedent(source)}
    (folder / f"{LESSON}.ipynb").write_text(json.dumps({"cells": [cell]}))
    return Unit(student, LESSON, str(folder), WORLD)


def run_one(course: Course, source: str, **how: Any) -> Executed:
    (executed,) = execute_all(course, [hand_in(course, "ada", source)], workers=1, **how)
    return executed


LOOP = """
    import signal
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    while True:
        try:
            while True: pass
        except BaseException: pass
"""

FILL = """
    n = 0
    while True:
        with open(f"file-{n}", "wb") as file: file.write(bytes(10_000_000))
        n += 1
"""


def put_links_and_large_files(folder: Path) -> None:
    (folder.parent / "secret").write_text(CANARY)
    (folder / "link").symlink_to(folder.parent / "secret")
    (folder / "answers" / "link.yaml").symlink_to(folder.parent / "secret")
    (folder / "large").touch()
    os.truncate(folder / "large", 500_000_000)
    os.mkfifo(folder / "pipe")


ASSORTED: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "loop": (LOOP, lambda folder: None),
    "fill": (FILL, lambda folder: None),
    "own": ("", lambda folder: shutil.copy(lesson_folder(LESSON) / f"{LESSON}.ipynb", folder)),
    "links": ("import os; print(sorted(os.listdir('.')), os.listdir('answers'))", put_links_and_large_files),
    "absent": ("print(1)", lambda folder: (folder / "welcome.ipynb").unlink()),
    "damaged": ("print(1)", lambda folder: (folder / "welcome.ipynb").write_text("{")),
    "cell-less": ("print(1)", lambda folder: (folder / "welcome.ipynb").write_text('{"cells": [1]}')),
    "huge": ("print(1)", lambda folder: os.truncate(folder / "welcome.ipynb", 500_000_000)),
}


@pytest.fixture(scope="module")
def assorted() -> Iterator[dict[str, Executed]]:
    offered()
    with tempfile.TemporaryDirectory(prefix="sandbox-test-") as name:
        course = Course(Path(name), "sandboxed")
        units = [hand_in(course, student, source) for student, (source, _) in ASSORTED.items()]
        for unit, (_, change) in zip(units, ASSORTED.values(), strict=True):
            change(Path(unit.folder))
        yield {one.student: one for one in execute_all(course, units, workers=2, seconds=6)}


def test_a_loop_that_ignores_interrupts_is_ended(assorted: dict[str, Executed]) -> None:
    executed = assorted["loop"]
    assert executed.status is Ended.STOPPED
    assert "longer than 6 seconds" in executed.sentence
    assert executed.seconds < 9


def test_a_full_disk_is_prevented(assorted: dict[str, Executed]) -> None:
    assert assorted["fill"].status is Ended.STOPPED
    assert "wrote more than it may" in assorted["fill"].sentence


def test_the_lessons_own_notebook_runs(assorted: dict[str, Executed]) -> None:
    executed = assorted["own"]
    assert (executed.status, executed.sentence) == (Ended.RAN, "It runs from top to bottom.")
    assert executed.notebook is not None
    assert "6.0" in executed.notebook.read_text()


@pytest.mark.parametrize(
    ("name", "says"),
    [("absent", "is missing"), ("damaged", "not JSON"), ("cell-less", "no list of cells"), ("huge", "500 MB")],
)
def test_what_is_no_notebook_is_not_run(assorted: dict[str, Executed], name: str, says: str) -> None:
    assert assorted[name].status is Ended.UNREADABLE
    assert says in assorted[name].sentence


def test_links_and_large_files_are_not_laid_beside_it(assorted: dict[str, Executed]) -> None:
    executed = assorted["links"]
    assert executed.status is Ended.RAN
    assert executed.notebook is not None
    text = executed.notebook.read_text()
    assert "['answers', 'welcome.ipynb']" in text
    assert "link" not in text


# Where nothing would keep code in, it is not run

REFUSALS = [
    (Offer(landlock=0, bubblewrap="", seccomp=True, users=True), "neither Landlock"),
    (Offer(landlock=7, bubblewrap="/usr/bin/bwrap", seccomp=False, users=True), "seccomp is missing"),
]


@pytest.mark.parametrize(("offer", "says"), REFUSALS)
def test_without_walls_nothing_is_run(course: Course, offer: Offer, says: str) -> None:
    mark = course.root / "was-run"
    unit = hand_in(course, "ada", f"open({str(mark)!r}, 'w')")
    with pytest.raises(SandboxRefused, match=says) as refused:
        execute_all(course, [unit], offer=offer)
    assert str(refused.value).endswith(".")
    assert not mark.exists()
    assert not (course.root / "executed").exists()


def test_a_wall_that_fails_to_close_stops_the_run(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel refuses Landlock at the last moment: then not one cell is run."""
    site = course.root / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import curriculum.cohort.sandbox.landlock as landlock\nlandlock._CREATE_RULESET = 10**6\n"
    )
    usual = client.environment
    monkeypatch.setattr(
        client, "environment", lambda slot: usual(slot) | {"PYTHONPATH": f"{site}{os.pathsep}{places.CODE}"}
    )
    mark = course.root / "was-run"
    executed = run_one(course, f"open({str(mark)!r}, 'w')", offer=replace(offered(), bubblewrap="", users=False))
    assert executed.status is Ended.FAILED
    assert "could not be closed, so nothing was run" in executed.sentence
    assert not mark.exists()


def test_the_command_says_what_came_of_it(course: Course) -> None:
    hand_in(course, "ada", "print(1)")
    hand_in(course, "bela", "1 / 0")
    sentences = list(execute_course(course, [LESSON], ["ada", "bela", "chidi"]))
    assert sentences[0] == "bela, welcome: It runs, but 1 of its cells fails."
    assert sentences[-1].startswith("2 notebooks executed in ")
    assert "1 run from top to bottom" in sentences[-1]
    assert oct((course.root / "executed").stat().st_mode)[-3:] == "700"


def test_an_ordinary_user_without_rights_can_use_it() -> None:
    """As somebody who is not root, in a home of their own; only namespaces let this machine play that."""
    script = textwrap.dedent("""
        import sys, tempfile, pathlib
        from tests.cohort import test_sandbox as t
        from curriculum.cohort.course import Course
        import os
        assert os.getuid() == 12345, os.getuid()
        offer = t.look()
        assert not offer.users
        print(offer.describe())
        for one in (offer, t.replace(offer, bubblewrap="")):
            course = Course(pathlib.Path(tempfile.mkdtemp()), "c")
            mark = course.root / "owned"
            executed = t.run_one(course, f"import os\\nprint(os.getuid())\\nopen({str(mark)!r}, 'w')", offer=one)
            assert executed.status is t.Ended.ERRORS, executed
            assert not mark.exists()
        print("kept in")
    """)
    root = Path(__file__).resolve().parents[2]
    home, needed = Path(pwd.getpwuid(os.geteuid()).pw_dir), {Path(sys.prefix), Path(sys.base_prefix), root}
    inside = [path for path in needed if path.is_relative_to(home)]
    above = sorted({parent for path in inside for parent in path.parents if parent.is_relative_to(home)})
    folders = [word for path in above for word in ("--perms", "0755", "--dir", str(path))]
    binds = [word for path in inside for word in ("--ro-bind", str(path), str(path))]
    command = ["bwrap", "--dev-bind", "/", "/", "--tmpfs", str(home), *folders, *binds, "--proc", "/proc",
               "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--"]  # fmt: skip
    drop = "import os; os.setgroups([]); os.setresgid(12345, 12345, 12345); os.setresuid(12345, 12345, 12345)\n"
    offered()
    done = subprocess.run(
        [*(command if os.geteuid() == 0 else []), sys.executable, "-c", (drop if os.geteuid() == 0 else "") + script],
        cwd=root, capture_output=True, text=True, env={**os.environ, "HOME": "/tmp"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "kept in" in done.stdout
