"""`curriculum dashboard` before its page opens: what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.commands import dashboard as command


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["dashboard", *arguments])
    return result.exit_code, result.output


def test_without_voila_one_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    code, said = run("fraud_false_positives", "--no-browser")
    assert code == 1
    assert "requirements/dashboard.txt" in said and "Traceback" not in said


@pytest.mark.parametrize("slug", ["no_such_lesson", "welcome"])
def test_a_lesson_without_a_dashboard_is_refused(slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: object())
    code, said = run(slug, "--workspace", str(tmp_path / "work"), "--no-browser")
    assert code == 2
    assert slug in said and "Traceback" not in said


def test_a_taken_port_gives_way_to_the_next() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert command._free_port(port) != port
