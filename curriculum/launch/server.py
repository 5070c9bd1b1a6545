"""The one JupyterLab server of a workspace: find it when it runs, start it when it does not."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import signal
import socket
import sys
import threading
import time
import urllib.parse
import urllib.request
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from curriculum.course.catalog import load_catalog
from curriculum.launch import settings
from curriculum.learner.places import last_lesson
from curriculum.learner.workspace import notebook_path

DOCUMENT = "/doc/tree/"
"""A notebook alone on the page: JupyterLab's single document mode."""

STARTED_SECONDS = 15.0
"""How long a kernel that is being started may keep the course from closing."""

_LOOK_EVERY = 0.02
"""Seconds between two looks at a kernel that is being started."""

WARM_UP = "from curriculum.notebook.warm import warm as _warm; _warm({slug!r})"

FIRST_PORT = 8888
HERE = "127.0.0.1"
"""The address that only this computer reaches."""
ANSWER_SECONDS = 3.0
"""How long a server that may be ours gets to answer."""


NOT_TOGETHER = (
    "To write together, one package more is needed: run `make team` in the course folder, or "
    "`pip install --no-deps --require-hashes -r requirements/team.txt`."
)


class CannotStart(Exception):
    """JupyterLab cannot be started; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Running:
    """A server that answers: where, and with which token."""

    url: str
    token: str
    page: str = "beginner/welcome/welcome.ipynb"
    """The notebook to open first, by its path in the workspace."""

    @property
    def address(self) -> str:
        """The address to open in a browser; who has it is let in."""
        return self._address(self.token)

    def address_of(self, name: str) -> str:
        """The address that lets somebody in by their name, where several people work together."""
        from curriculum.launch.together import token_of

        return self._address(token_of(self.token, name))

    def _address(self, token: str) -> str:
        return f"{self.url.rstrip('/')}{DOCUMENT}{self.page}?{urllib.parse.urlencode({'token': token})}"


def first_page(workspace: Path) -> str:
    """The notebook in which the learner was last, by its path in the workspace; at first the welcome lesson's."""
    entry = last_lesson(workspace) or load_catalog().lessons[0]
    return notebook_path(entry, workspace).relative_to(workspace).as_posix()


def running(workspace: Path) -> Running | None:
    """The server that serves `workspace` now, if there is one and it answers."""
    for file in sorted(settings.places(workspace).runtime.glob("jpserver-*.json")):
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
            url = _seen_from_outside(str(document["url"]))
            server = Running(url, str(document["token"]), first_page(workspace))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half-written, or gone meanwhile
        if _answers(server):
            return server
    return None


def _answers(server: Running) -> bool:
    """Whether `server` lets its own token in, which no other program on that port would."""
    request = urllib.request.Request(
        f"{server.url.rstrip('/')}/api/status", headers={"Authorization": f"token {server.token}"}
    )
    # A proxy set in the environment must not be asked for an address on this machine.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _seen_from_outside(url: str) -> str:
    """The address of a server with this computer's own name, where Jupyter wrote a container's, which nobody knows."""
    parts = urllib.parse.urlsplit(url)
    if parts.hostname != socket.gethostname().lower():
        return url
    return parts._replace(netloc=f"{HERE}:{parts.port}").geturl()


def _forwarded(port: int) -> list[str]:
    """What lets a browser in that comes over GitHub Codespaces, which forwards a port under a name of its own; nobody
    else's pages are let in."""
    name, domain = (os.environ.get(each, "") for each in ("CODESPACE_NAME", "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN"))
    if not (name and domain):
        return []
    return [
        rf"--ServerApp.allow_origin_pat=https://{re.escape(name)}-\d+\.{re.escape(domain)}$",
        f"--ServerApp.local_hostnames={['localhost', f'{name}-{port}.{domain}']!r}",
    ]


def port_for(workspace: Path) -> int:
    """The port to try first: the one at which this workspace was served last, which the browser knows it by."""
    return settings.last_port(workspace) or FIRST_PORT


def open_in_browser(address: str) -> None:
    """Show `address` in the learner's browser, without waiting for it."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def serve(
    workspace: Path,
    port: int,
    everything: bool,
    ready: Callable[[Running], None],
    listen: str = HERE,
    people: Sequence[str] = (),
) -> None:
    """Serve `workspace` with JupyterLab until Ctrl+C or a signal to stop; blocks.

    `port` is tried first, then others; 0 lets the system choose. `listen` is the address to listen at. `people` write
    in one notebook at the same time. `ready` is called once, when browsers can connect. Raises `CannotStart` when
    JupyterLab is missing or does not come up, `FileRefused` when the settings cannot be written.
    """
    if people and not find_spec("jupyter_collaboration"):
        raise CannotStart(NOT_TOGETHER)
    where = settings.write(workspace, everything, together=bool(people))
    # Kernels take both over, so that a notebook finds its workspace.
    os.environ.update(where.environment(), CURRICULUM_WORKSPACE=str(workspace))
    too_early = _note_interrupts()
    lab = _lab_application()
    token = secrets.token_hex(24)
    arguments = [*_arguments(workspace, where, port, token, everything), f"--ServerApp.ip={listen}", *_forwarded(port)]
    if people:
        arguments.append("--ServerApp.identity_provider_class=curriculum.launch.together.KnownByName")
        arguments += [f"--KnownByName.people={name}" for name in people]
    try:
        server = lab.initialize_server(argv=arguments)
    except SystemExit:
        raise CannotStart(
            "JupyterLab did not start; the lines above say why, and `curriculum doctor` checks the rest."
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotStart(f"JupyterLab did not start: {reason}; run `curriculum doctor` to find out more.") from None

    warm: list[asyncio.Task[None]] = []
    loading: set[str] = set()
    started = asyncio.Event()

    async def stopped() -> None:
        # A kernel that is just being started is not yet among those that the server ends.
        if warm:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(started.wait(), STARTED_SECONDS)
            warm[0].cancel()
        await end_at_once(server, loading)
        if people:
            # jupyter-collaboration complains at its end of what was never begun.
            asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        server.stop(from_signal=True)

    def stop(*_: object) -> None:
        server.io_loop.add_callback_from_signal(stopped)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    if too_early.is_set():
        raise KeyboardInterrupt

    def bound() -> None:
        here = Running(_seen_from_outside(server.connection_url), token, first_page(workspace))
        if at := urllib.parse.urlsplit(here.url).port:
            settings.note_port(workspace, at)
        ready(here)
        if not everything:
            warm.append(asyncio.ensure_future(warm_kernel(server, here.page, started, loading)))

    # The loop's first callback binds the port; this one comes after it.
    server.io_loop.add_callback(bound)
    server.start()
    if people:
        _end_what_waits(server.io_loop.asyncio_loop)


def _end_what_waits(loop: asyncio.AbstractEventLoop) -> None:
    """End what jupyter-collaboration leaves waiting: its threads would keep the course from closing."""
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.wait(waiting, timeout=STARTED_SECONDS) if waiting else asyncio.sleep(0))


def _note_interrupts() -> threading.Event:
    """Set once somebody presses Ctrl+C from now on: packages that are being imported swallow the exception."""
    pressed = threading.Event()

    def note(*_: object) -> None:
        pressed.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    return pressed


async def end_at_once(server: Any, loading: set[str]) -> None:
    """Make kernels ready to be ended by the server.

    Those of `loading` still import what lessons need: asked politely, they would print what they were just loading.
    No kernel is started again from here on, and one that just is, is waited for: a server that ends one then fails,
    and goes on for ever (jupyter_client asks a future for its error that is not done yet).
    """
    manager = server.kernel_manager
    kernels = {kernel_id: manager.get_kernel(kernel_id) for kernel_id in manager.list_kernel_ids()}
    for kernel in kernels.values():
        kernel.stop_restarter()
    for kernel_id in loading & set(kernels) if os.name == "posix" else ():
        with suppress(Exception):
            if kernels[kernel_id].execution_state != "idle":
                await kernels[kernel_id].signal_kernel(signal.SIGKILL)
    end = time.monotonic() + STARTED_SECONDS
    while not all(kernel.ready.done() for kernel in kernels.values()) and time.monotonic() < end:
        await asyncio.sleep(_LOOK_EVERY)


async def warm_kernel(server: Any, notebook: str, started: asyncio.Event, loading: set[str]) -> None:
    """Start the kernel of a notebook before a browser asks for it, and let it import what lessons need.

    `started` is set once the server knows the kernel, whose id is in `loading` until it has answered. It only saves
    time: whatever goes wrong is left to the browser, which starts the kernel itself.
    """
    try:
        session = await server.session_manager.create_session(
            path=notebook, name=Path(notebook).name, type="notebook", kernel_name="python3"
        )
        loading.add(session["kernel"]["id"])
    except Exception:
        return
    finally:
        started.set()
    with suppress(Exception):
        client = server.kernel_manager.get_kernel(session["kernel"]["id"]).client()
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        try:
            client.execute(WARM_UP.format(slug=Path(notebook).stem), silent=True, store_history=False)
            await client.get_shell_msg(timeout=STARTED_SECONDS)
            loading.clear()
        finally:
            client.stop_channels()


def _lab_application() -> Any:
    # jsonschema tries to import it for a check that nobody here uses, at 1.5 CPU-seconds a start;
    # it is left out of our own installation, but pip and conda put it in.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    try:
        from jupyterlab.labapp import LabApp
    except ImportError as error:
        raise CannotStart(
            f"JupyterLab is not installed completely ({error.name} is missing); "
            "run `make start`, or the pip commands of README.md, in the course folder."
        ) from None
    return LabApp


def _arguments(workspace: Path, where: settings.Places, port: int, token: str, everything: bool) -> list[str]:
    arguments = [
        f"--ServerApp.root_dir={workspace}",
        f"--ServerApp.port={port}",
        "--ServerApp.open_browser=False",
        # In a container everybody is root.
        "--ServerApp.allow_root=True",
        f"--IdentityProvider.token={token}",
        f"--LabApp.default_url={DOCUMENT}{first_page(workspace)}",
        f"--LabApp.app_settings_dir={where.app_settings}",
        f"--LabApp.extra_labextensions_path={settings.LAB_EXTENSIONS}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if not everything:
        arguments += ["--LabApp.extension_manager=readonly", "--Application.log_level=ERROR"]
    if os.name == "posix":
        # Sockets in a private folder: no other user of the machine can reach a kernel.
        arguments.append("--KernelManager.transport=ipc")
    return arguments
