"""Several people in one JupyterLab: who says so gets it, what it keeps lies apart, and everybody comes in by name."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.launch import doctor, server, settings
from curriculum.launch.together import KnownByName, token_of

TOKEN = "a" * 48


def told(workspace: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the server and the page are told in `workspace`."""
    where = settings.places(workspace)
    documents = (where.config / "jupyter_server_config.json", where.app_settings / "page_config.json")
    server_config, page_config = (json.loads(path.read_text("utf-8")) for path in documents)
    return server_config, page_config["disabledExtensions"]


@pytest.mark.parametrize("everything", [False, True])
def test_alone_a_notebook_is_a_plain_file_whatever_is_installed(tmp_path: Path, everything: bool) -> None:
    settings.write(tmp_path, everything)
    config, hidden = told(tmp_path)
    assert list(config) == ["ServerApp"]
    assert not any(config["ServerApp"]["jpserver_extensions"][name] for name in settings.TOGETHER_SERVED)
    assert all(hidden[name] for name in settings.TOGETHER_PLUGINS)


def test_what_all_have_typed_is_kept_apart_from_what_is_handed_round(tmp_path: Path) -> None:
    where = settings.write(tmp_path, everything=False, together=True)
    config, hidden = told(tmp_path)
    assert all(config["ServerApp"]["jpserver_extensions"][name] for name in settings.TOGETHER_SERVED)
    assert not set(settings.TOGETHER_PLUGINS) & set(hidden)
    for kept in (config["SQLiteYStore"]["db_path"], config["YDocExtension"]["session_store_path"]):
        assert Path(kept).parent == where.data
    assert where.data.is_dir()
    assert where.data.is_relative_to(tmp_path / ".curriculum")


class Asked:
    """A request, as far as it is looked at to know from whom it comes."""

    def __init__(self, given: str, cookie: bytes | None = None):
        self.token, self._given, self._cookie = TOKEN, given, cookie
        self.request = type("Request", (), {"host": "here", "headers": {}, "remote_ip": "127.0.0.1"})()
        self.log = type("Log", (), {"debug": lambda *_: None})()

    def get_argument(self, name: str, otherwise: str) -> str:
        return self._given if name == "token" else otherwise

    def get_secure_cookie(self, *_: Any, **__: Any) -> bytes | None:
        return self._cookie


def who(given: str) -> str | None:
    known = KnownByName(token=TOKEN, people=["ada", "ben"])
    user = asyncio.run(known.get_user_token(Asked(given)))  # type: ignore[arg-type]
    return user and user.display_name


def test_each_is_let_in_by_a_token_of_their_own() -> None:
    assert (who(token_of(TOKEN, "ada")), who(token_of(TOKEN, "ben"))) == ("ada", "ben")
    assert str(who(TOKEN)).startswith("Anonymous")
    for stranger in (token_of(TOKEN, "cho"), token_of("b" * 48, "ada"), "ada", TOKEN[:-1], "", "ä"):
        assert who(stranger) is None


def test_without_the_package_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    done = CliRunner().invoke(main, ["start", "--no-browser", "--workspace", str(tmp_path / "w"), "--together", "ada"])
    assert done.exit_code == 1
    assert "`make team`" in done.output
    assert "requirements/team.txt" in done.output


def test_the_course_that_is_open_is_not_opened_for_others_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "running", lambda workspace: server.Running("http://127.0.0.1:1", TOKEN))
    done = CliRunner().invoke(main, ["start", "--no-browser", "--workspace", str(tmp_path / "w"), "--together", "ada"])
    assert done.exit_code == 1
    assert "open for this workspace already" in done.output


def test_everybody_gets_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(*given: Any) -> None:
        assert given[-1] == ("ada", "ben", "cho")
        given[3](server.Running("http://127.0.0.1:1", TOKEN))

    monkeypatch.setattr(server, "serve", serve)
    names = " ada, ben,ada,,cho "
    done = CliRunner().invoke(main, ["start", "--no-browser", "--workspace", str(tmp_path / "w"), "--together", names])
    assert done.exit_code == 0, done.output
    addresses = [line.rsplit(" ", 1) for line in done.output.splitlines() if "token=" in line]
    assert [who(address.split("token=")[1]) for _, address in addresses] == ["ada", "ben", None]
    assert [words for words, _ in addresses] == ["The course is open at", "For ben:", "For cho:"]


def test_doctor_looks_for_what_a_team_needs_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    assert doctor.installed_pins() == doctor.PINS
    monkeypatch.setattr(doctor, "find_spec", lambda name: name)
    assert doctor.pinned(doctor.installed_pins()).items() > doctor.pinned(doctor.PINS).items()
