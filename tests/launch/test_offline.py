"""The rule that tests run without network, shown to bite, here and in processes that tests start."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.offline import sitecustomize as offline

ELSEWHERE = ("192.0.2.1", 80)  # an address kept for documentation: nobody has it


def test_a_connection_elsewhere_is_refused_and_noted() -> None:
    with socket.socket() as connection, pytest.raises(offline.Refused):
        connection.connect(ELSEWHERE)
    with pytest.raises(OSError, match=r"example\.org"):
        urllib.request.urlopen("http://example.org")
    with socket.socket(type=socket.SOCK_DGRAM) as datagrams, pytest.raises(offline.Refused):
        datagrams.sendto(b"x", ELSEWHERE)
    assert len(offline.refused) == 3
    offline.refused.clear()  # they were meant


def test_a_refusal_that_the_code_hides_still_fails_the_test() -> None:
    with socket.socket() as connection:
        assert connection.connect_ex(("127.0.0.1", 1)) != 0, "nobody listens on port 1"
        with pytest.raises(offline.Refused):
            connection.connect_ex(ELSEWHERE)
    assert offline.refused == [f"socket.connect {ELSEWHERE[0]!r}"]
    offline.refused.clear()


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    near, far = socket.socketpair()
    near.close()
    far.close()


def test_processes_that_tests_start_are_bound_too() -> None:
    code = f"import socket; socket.create_connection({ELSEWHERE!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert "tests run without network" in done.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", b"localhost", "", None, "0.0.0.0"])
def test_names_of_this_machine(host: object) -> None:
    assert offline.here(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "192.0.2.1", "2001:db8::1", "example.org", "localhost.example.org"])
def test_names_of_other_machines(host: object) -> None:
    assert not offline.here(host)
