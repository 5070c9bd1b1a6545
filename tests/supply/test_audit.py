"""`make audit` says that nothing is known where the service does not answer, and names what it finds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from curriculum.course.places import COURSE
from tests.supply.audit import FOUND, UNKNOWN, NotAudited, known, main

INSTALLED = Path(os.environ.get("PIP_AUDIT") or COURSE / ".venv" / ".audit" / "bin" / "pip-audit")
PINS = "one==1.0 --hash=sha256:{0}\ntwo==2.0 --hash=sha256:{0}\n".format("a" * 64)
ANSWER = {
    "dependencies": [
        {"name": "one", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]},
        {"name": "two", "version": "2.0", "vulns": []},
    ]
}
SKIPPED = {"dependencies": [{"name": "one", "skip_reason": "not found, and could not be audited"}]}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "learn.txt").write_text(PINS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def standing_in(folder: Path, printed: object, *, trouble: str = "", code: int = 0) -> Path:
    """A program in the place of pip-audit: it notes how it was called, prints, and ends."""
    program = folder / "pip-audit"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\njson.dump(sys.argv[1:], open({str(folder / 'called')!r}, 'w'))\n"
        f"print({json.dumps(printed) if printed else ''!r})\nprint({trouble!r}, file=sys.stderr)\nsys.exit({code})\n"
    )
    program.chmod(0o755)
    return program


def test_what_is_found_is_named_with_the_version_that_mends_it(course: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(str(standing_in(course, ANSWER, code=1))) == FOUND
    assert capsys.readouterr().out.splitlines() == [
        "one 1.0: PYSEC-1, mended in 1.1",
        "Known vulnerabilities: 1, in 2 packages of 1 pinned files.",
    ]
    called = json.loads((course / "called").read_text())
    assert {"--require-hashes", "--disable-pip", "--strict"} <= set(called)
    assert called[called.index("--requirement") + 1] == str(Path("requirements", "learn.txt"))


@pytest.mark.parametrize(
    ("printed", "trouble", "why"),
    [
        (None, "Traceback\nrequests.exceptions.ConnectionError: no route", "the service cannot be reached"),
        (None, "pip_audit._service.interface.ServiceError", "the service cannot be reached"),
        (None, "ERROR: one has no hash", "ERROR: one has no hash"),
        (SKIPPED, "No known vulnerabilities found", "No known vulnerabilities found"),
        (None, "", "pip-audit said nothing"),
    ],
)
def test_without_an_answer_nothing_is_said_of_any_package(
    course: Path, capsys: pytest.CaptureFixture, printed: object, trouble: str, why: str
) -> None:
    assert main(str(standing_in(course, printed, trouble=trouble))) == UNKNOWN
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "Nothing is known about vulnerabilities, since the audit of learn.txt did not take place: " + why + ".\n"
    )


class Service(BaseHTTPRequestHandler):
    """A service of OSV's kind that knows of one vulnerability."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        vuln = {"id": "PYSEC-1", "summary": "Bad.", "affected": [
            {"package": {"name": "one", "ecosystem": "PyPI"},
             "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}]}]}  # fmt: skip
        body = json.dumps({"vulns": [vuln]} if asked["package"]["name"] == "one" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed between the tests."""


@pytest.fixture
def service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
@pytest.mark.skipif(not INSTALLED.exists(), reason="`make audit` installs pip-audit in an environment of its own")
def test_pip_audit_itself_asks_the_service(course: Path, service: str) -> None:
    found = known(INSTALLED, course / "requirements" / "learn.txt", service)
    assert [one["id"] for one in found["one", "1.0"]] == ["PYSEC-1"]
    assert found["one", "1.0"][0]["fix_versions"] == ["1.1"]
    assert found["two", "2.0"] == []
    with pytest.raises(NotAudited, match="the service cannot be reached"):
        known(INSTALLED, course / "requirements" / "learn.txt", "http://127.0.0.1:1/")
