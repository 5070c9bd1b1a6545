"""A real JupyterHub with its proxy and real system users, and what they do in it over HTTP."""

from __future__ import annotations

import csv
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.helpers.remote_kernel import run_code
from tests.hub.encrypted import encrypted
from tests.hub.installation import PROJECT, for_everybody, for_learners

SECONDS = 180.0
DEPLOYED = PROJECT / "deploy" / "jupyterhub"
PROXY = DEPLOYED / "node_modules" / ".bin" / "configurable-http-proxy"


def wait_until(true: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Return as soon as `true()`; fails the test with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} seconds: {what}")
        time.sleep(0.1)


@dataclass(frozen=True)
class User:
    """A user of this computer, made for the test."""

    name: str
    password: str
    group: str

    @property
    def home(self) -> Path:
        return Path("/home") / self.name


@dataclass(frozen=True)
class Hub:
    """A running hub."""

    address: str
    """Where programs on this computer reach it."""
    public: str
    """Its address in a browser."""
    python: Path
    learners_python: Path
    project: Path
    """The whole course, which learners cannot enter."""
    exchange: Path
    course: Path
    course_id: str
    log: Path
    teacher: User
    learners: tuple[User, ...]

    def run(self, user: User, *arguments: str) -> str:
        """What a command of the course prints to `user`, who runs it at a terminal; fails where it fails."""
        command = [str(self.python), "-m", "curriculum", *arguments]
        path = f"{self.python.parent}:/usr/local/bin:/usr/bin:/bin"
        environment = {"HOME": str(user.home), "PATH": path, "PYTHONPATH": str(self.project)}
        done = subprocess.run(
            command, user=user.name, group=user.name, extra_groups=[user.group], cwd=user.home, env=environment,
            text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout


class Seat:
    """A user who is logged in, and whose server runs."""

    def __init__(self, hub: Hub, user: User) -> None:
        self.hub, self.user = hub, user
        self.session = requests.Session()
        self.token = self._log_in()
        self._start()

    @property
    def server(self) -> str:
        return f"{self.hub.address}/user/{self.user.name}"

    def _log_in(self) -> str:
        """Log in with the password, as a browser does, and ask for a token to go on with."""
        page = f"{self.hub.address}/hub/login"
        self.session.get(page, timeout=60)
        form = {"username": self.user.name, "password": self.user.password, "_xsrf": self._xsrf()}
        done = self.session.post(f"{page}?next=/hub/home", data=form, timeout=60)
        assert done.ok and done.url.endswith("/hub/home"), f"{self.user.name} could not log in: {done.url}"
        made = self.session.post(
            f"{self.hub.address}/hub/api/users/{self.user.name}/tokens",
            json={"note": "test"}, headers={"X-XSRFToken": self._xsrf(), "Referer": f"{self.hub.address}/hub/token"},
            timeout=60,
        )  # fmt: skip
        assert made.status_code == 201, made.text
        return str(made.json()["token"])

    def _xsrf(self) -> str:
        return next(cookie.value or "" for cookie in self.session.cookies if cookie.name == "_xsrf")

    def _start(self) -> None:
        started = self.ask("POST", f"{self.hub.address}/hub/api/users/{self.user.name}/server")
        assert started.status_code in (201, 202), started.text
        user = f"{self.hub.address}/hub/api/users/{self.user.name}"

        def ready() -> bool:
            server = self.ask("GET", user).json()["servers"].get("", {})
            return bool(server.get("ready"))

        wait_until(ready, f"the server of {self.user.name} runs; the hub said: {self.hub.log.read_text()[-3000:]}")

    def ask(self, method: str, address: str, **more: Any) -> requests.Response:
        """Ask the hub or a server as this user; `address` may begin with a slash, for the user's own server."""
        if address.startswith("/"):
            address = self.server + address
        return requests.request(method, address, headers={"Authorization": f"token {self.token}"}, timeout=120, **more)

    def assignments(self, action: str = "") -> Any:
        """What nbgrader's assignment list shows, after one of its buttons: fetch, submit, fetch_feedback."""
        names = {"course_id": self.hub.course_id, "assignment_id": "welcome"}
        if action:
            answer = self.ask("POST", f"/assignments/{action}", params=names)
        else:
            answer = self.ask("GET", "/assignments", params=names)
        assert answer.ok, answer.text
        found = answer.json()
        assert found["success"], found
        return found["value"]

    def compute(self, code: str, folder: str = "") -> Any:
        """Run code in a notebook kernel of the user's own in one of their folders; it prints one JSON document."""
        return json.loads(run_code(self.server, self.token, code, folder).output)


@contextmanager
def running_hub(domain: str = "") -> Iterator[Hub]:
    """The hub of deploy/jupyterhub, with an instructor and three learners who are users of this computer.

    With a `domain`, it stands behind a web server with a certificate, and each server has a name below it.
    Everything is taken away again at the end, the users included. Needs root.
    """
    if os.geteuid() != 0:
        raise AssertionError("Only root can start a hub with real system users; run `make test` as root for this one.")
    if not PROXY.exists():
        raise AssertionError("The hub's proxy is not there: `make test` fetches it.")
    with ExitStack() as cleaning:
        # Not pytest's folder, which nobody else can enter.
        place = Path(tempfile.mkdtemp(prefix="hub-"))
        cleaning.callback(shutil.rmtree, place, ignore_errors=True)
        place.chmod(0o755)
        python, project = for_everybody(place)
        mark = secrets.token_hex(2)
        groups = {"learners": f"cl{mark}", "instructors": f"ci{mark}"}
        for group in groups.values():
            _system("groupadd", group)
            cleaning.callback(_system, "groupdel", group)
        shutil.chown(project, group=groups["instructors"])
        project.chmod(0o750)
        learners_python = for_learners(place, python, project)
        teacher = _add_user(cleaning, f"h{mark}teacher", groups["instructors"])
        learners = tuple(_add_user(cleaning, f"h{mark}{name}", groups["learners"]) for name in ("ada", "bela", "chidi"))
        ports = _free_ports(4)
        address = public = f"http://127.0.0.1:{ports[0]}"
        if domain:
            public = f"https://{domain}:{ports[3]}"
            cleaning.enter_context(encrypted(ports[3], ports[0], place / "certificates"))
        course = teacher.home / "product"
        exchange = place / "exchange"
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTEST"))},
            "PATH": f"{python.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(project),
            "CURRICULUM_HUB_STATE": str(place / "state"),
            "CURRICULUM_EXCHANGE": str(exchange),
            "CURRICULUM_COURSE": str(course),
            "CURRICULUM_LEARNERS": groups["learners"],
            "CURRICULUM_INSTRUCTORS": groups["instructors"],
            "CURRICULUM_LEARNERS_PYTHON": str(learners_python),
            "CURRICULUM_HUB_PORT": str(ports[0]),
            "CURRICULUM_HUB_API_PORT": str(ports[1]),
            "CURRICULUM_PROXY_API_PORT": str(ports[2]),
            "CURRICULUM_HUB_SUBDOMAINS": public if domain else "",
        }
        log = place / "hub.log"
        config = project / "deploy" / "jupyterhub" / "jupyterhub_config.py"
        with log.open("w") as stream:
            process = subprocess.Popen(
                [str(python), "-m", "jupyterhub", "-f", str(config)],
                stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT, cwd=place, env=environment,
            )  # fmt: skip
        cleaning.callback(_stop, process)
        hub = Hub(
            address, public, python, learners_python, project, exchange, course, course.name, log, teacher, learners,
        )  # fmt: skip
        wait_until(lambda: _answers(hub, process), f"the hub answers; it said: {log.read_text()[-3000:]}")
        yield hub


def release_welcome(hub: Hub) -> None:
    """A course in which `welcome` is released, made by the teacher at a terminal."""
    teacher, folder = hub.teacher, str(hub.course)
    roster = teacher.home / "roster.csv"
    rows = [["id", "first_name"], *([learner.name, learner.name[-3:].title()] for learner in hub.learners)]
    with roster.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    roster.chmod(0o644)
    hub.run(
        teacher, "cohort", "create", folder, "--roster", str(roster), "--lessons", "welcome",
        "--exchange", str(hub.exchange),
    )  # fmt: skip
    hub.run(teacher, "cohort", "release", folder)


def _add_user(cleaning: ExitStack, name: str, group: str) -> User:
    user = User(name, secrets.token_urlsafe(12), group)
    _system("useradd", "--create-home", "--user-group", "--groups", group, "--shell", "/bin/sh", name)
    cleaning.callback(_system, "userdel", "--remove", "--force", name)
    _system("chpasswd", said=f"{user.name}:{user.password}\n")
    return user


def _system(*command: str, said: str = "") -> None:
    done = subprocess.run(command, input=said, capture_output=True, text=True, timeout=60, check=False)
    # userdel complains about a mail box that there never was.
    assert done.returncode in (0, 12), f"{' '.join(command)}: {done.stderr}"


def _answers(hub: Hub, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, f"the hub ended: {hub.log.read_text()[-3000:]}"
    try:
        return requests.get(f"{hub.address}/hub/health", timeout=5).ok
    except requests.ConnectionError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the hub as a service manager does; it ends its proxy and its users' servers."""
    process.send_signal(signal.SIGTERM)
    process.wait(SECONDS)


def _free_ports(number: int) -> Sequence[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def visible(html: str) -> str:
    """The words of a page."""
    return re.sub(r"<[^>]*>", " ", html)
