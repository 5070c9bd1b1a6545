"""`curriculum dashboard`: a lesson's shared dashboard as a page of its own, served by Voilà."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import click

FIRST_PORT = 8866
SECONDS = 60.0
"""How long the page's server may take to answer."""
_TEMPLATES = Path(__file__).resolve().parents[1] / "launch"
"""The folder that holds voila/templates/curriculum."""


@click.command()
@click.argument("slug", metavar="LESSON")
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="The folder that keeps your work, if not the usual one."
)
@click.option("--no-browser", is_flag=True, help="Print the address instead of opening the browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=FIRST_PORT, show_default=True,
              help="The port to try first; 0 takes any free one.")  # fmt: skip
def dashboard(slug: str, workspace: Path | None, no_browser: bool, port: int) -> None:
    """Open the shared dashboard of a LESSON as a page of its own. Ctrl+C closes it."""
    from curriculum.course.catalog import load_catalog
    from curriculum.learner.workspace import prepare
    from curriculum.notebook.desks.incident import lesson_dashboard
    from curriculum.notebook.refusals import LessonError
    from curriculum.support.files import FileRefused

    if find_spec("voila") is None:
        raise click.ClickException(
            "The page needs Voilà, which is not installed; install it in the course folder with "
            "`pip install --no-deps --require-hashes -r requirements/dashboard.txt`."
        )
    try:
        root = prepare(workspace)
        folder = root / load_catalog().lesson(slug).level / slug
        lesson_dashboard(slug, folder)
        page = _write_page(root, slug, folder)
    except (LookupError, LessonError) as error:
        raise click.UsageError(str(error.args[0])) from None
    except FileRefused as error:
        raise click.ClickException(str(error)) from None
    # A closed terminal or a stopped service ends the page as Ctrl+C does, and its server with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server, address = _serve(root, page, _free_port(port))
    try:
        click.echo(f"The dashboard is open at {address}")
        click.echo("Leave this window open while you look at it. Press Ctrl+C here to close it.")
        if not no_browser:
            from curriculum.launch.server import open_in_browser

            open_in_browser(address)
        server.wait()
    except KeyboardInterrupt:
        click.echo("The dashboard is closed.")
    finally:
        _stop(server)


def _write_page(root: Path, slug: str, folder: Path) -> Path:
    """The notebook behind the page, in the workspace's own folder."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from curriculum.course.catalog import load_catalog
    from curriculum.support.files import write_whole

    shown = f"board = lesson_dashboard({slug!r}, Path({str(folder)!r}))"
    cells = [
        new_markdown_cell(f"# {load_catalog().lesson(slug).title}", id="title"),
        new_code_cell(
            "from pathlib import Path\n"
            "from curriculum.notebook.desks.incident import lesson_dashboard, panels\n"
            f"{shown}\nboard",
            id="dashboard",
        ),
        new_markdown_cell("## Every way to count, before the launch and now", id="ways"),
        new_code_cell("panels(board.export.tables)", id="panels"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel, "title": "Shared dashboard"})
    path = root / ".curriculum" / "dashboard" / f"{slug}.ipynb"
    write_whole(path, nbformat.writes(notebook) + "\n")
    return path


def _serve(root: Path, page: Path, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """Start Voilà for one page, for this computer only, and wait until it answers."""
    from curriculum.launch import settings

    where = settings.write(root, everything=False)
    paths = [str(_TEMPLATES), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    # In the environment, since everybody on this computer can read a command line.
    token = secrets.token_urlsafe(24)
    environment = {
        **os.environ, **where.environment(), "JUPYTER_PATH": os.pathsep.join(paths), "JUPYTER_TOKEN": token,
    }  # fmt: skip
    command = [
        sys.executable, "-m", "curriculum.launch.dashboard_server", str(page), "--no-browser", f"--port={port}",
        "--Voila.ip=127.0.0.1", "--Voila.auto_token=True", "--template=curriculum", "--Voila.log_level=ERROR",
        "--preheat_kernel=True", "--pool_size=2",
    ]  # fmt: skip
    if os.name == "posix":
        command.append("--KernelManager.transport=ipc")  # nobody else on this computer can listen in
    log = page.parent / "voila.log"
    with log.open("wb") as said:
        server = subprocess.Popen(command, env=environment, cwd=page.parent, stdout=said, stderr=said)
    open_at = f"http://127.0.0.1:{port}/"
    address = f"{open_at}?token={token}"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise click.ClickException(
                f"Voilà stopped at once (exit code {server.returncode}); what it said is in {log}."
            )
        try:
            with direct.open(f"{open_at}voila/static/voila.js", timeout=2):
                return server, address
        except urllib.error.HTTPError:
            return server, address  # it answers, whatever it thinks of that file
        except OSError:
            time.sleep(0.1)
    _stop(server)
    raise click.ClickException(
        f"Voilà did not answer at {open_at} within {SECONDS:.0f} seconds; what it said is in {log}."
    )


def _free_port(first: int) -> int:
    """The first free port from `first` on; any free one for 0. Raises ClickException where none is free nearby."""
    import socket

    for port in range(first, first + 50) if first else [0]:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise click.ClickException(f"No port from {first} to {first + 49} is free; name another with --port.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
