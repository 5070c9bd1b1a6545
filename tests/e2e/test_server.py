"""The process behind `curriculum start`: one a workspace, with nothing left behind or written elsewhere."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from curriculum.launch import server, settings
from tests.e2e.lab import Lab, running_lab, wait_until

pytestmark = pytest.mark.slow


def start_again(workspace: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "curriculum", "start", "--no-browser", "--workspace", str(workspace)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


def start_kernel(lab: Lab) -> int:
    """Start a kernel as a notebook does; returns its process id."""
    request = urllib.request.Request(
        f"{lab.base}/api/kernels", method="POST", data=b"{}", headers={"Authorization": f"token {lab.token}"}
    )
    with urllib.request.urlopen(request, timeout=30):
        pass

    def kernels() -> list[psutil.Process]:
        return [each for each in psutil.Process(lab.process.pid).children() if "ipykernel_launcher" in each.cmdline()]

    wait_until(lambda: bool(kernels()), "the kernel's process runs")
    return int(kernels()[0].pid)


def test_a_second_start_opens_the_first_and_ctrl_c_ends_it_whole(tmp_path: Path) -> None:
    with running_lab(tmp_path / "work") as lab:
        with urllib.request.urlopen(lab.page("beginner/welcome/welcome.ipynb"), timeout=30) as answer:
            assert '"buildCheck": false' in answer.read().decode(), "whether JupyterLab needs a build is not looked for"
        second = start_again(lab.workspace)
        assert second.returncode == 0, second.stderr
        assert "already running" in second.stdout
        assert lab.address in second.stdout

        kernel = start_kernel(lab)
        lab.process.send_signal(signal.SIGINT)
        assert lab.process.wait(30) == 0
        wait_until(lambda: not psutil.pid_exists(kernel), "the kernel has ended with its server", 10)
        left = [path.name for path in lab.runtime.iterdir()]
        assert left == ["jupyter_cookie_secret"], "notes of a running server, or a kernel's sockets, are left behind"


def test_a_taken_port_is_told_and_another_one_used(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with running_lab(tmp_path / "work", "--port", str(port)) as lab:
            assert f"127.0.0.1:{port}/" not in lab.address
            assert f"Port {port} is taken" in lab.said


def test_a_workspace_is_served_at_the_same_port_again(tmp_path: Path) -> None:
    with running_lab(tmp_path / "work") as first:
        port = urlsplit(first.base).port
        assert settings.last_port(first.workspace) == port
    assert server.port_for(first.workspace) == port, "the browser keeps what is not saved yet by this address"
    assert server.port_for(tmp_path / "another") == server.FIRST_PORT


def test_only_this_machine_and_only_with_the_token(lab: Lab) -> None:
    listening = [
        each.laddr for each in psutil.Process(lab.process.pid).net_connections() if each.status == psutil.CONN_LISTEN
    ]
    assert listening
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert re.fullmatch("[0-9a-f]{48}", lab.token)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab.base}/api/contents", timeout=10)
    assert lab.get("api/contents")["type"] == "directory"


def test_nothing_is_written_outside_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    # What somebody has set up for other work must not leak in.
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_server_config.py").write_text("raise RuntimeError('read')")
    with running_lab(tmp_path / "work") as lab:
        start_kernel(lab)
        lab.get("api/status")
    written = [path for path in home.rglob("*") if path.is_file()]
    assert written == [home / ".jupyter" / "jupyter_server_config.py"]


def test_kernels_speak_over_private_sockets(lab: Lab) -> None:
    start_kernel(lab)
    wait_until(lambda: any(path.is_socket() for path in lab.runtime.iterdir()), "the kernel has sockets", 15)
    assert lab.runtime.stat().st_mode & 0o077 == 0
    assert lab.runtime.stat().st_uid == os.getuid()
