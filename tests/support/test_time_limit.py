"""Work on what somebody else has written comes to an end."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.commands import grade as command
from curriculum.support.time_limit import TooLong, time_limit


def test_it_ends_what_catches_its_own_mistakes() -> None:
    begin = time.perf_counter()
    with pytest.raises(TooLong, match=r"longer than 0\.1 seconds"), time_limit(0.1), suppress(Exception):
        while True:
            pass
    assert time.perf_counter() - begin < 2


def test_what_is_quick_is_left_alone_and_nothing_rings_afterwards() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(0.05, hard=5.0):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_computing_counts_and_not_what_else_the_computer_does() -> None:
    with time_limit(0.05):
        time.sleep(0.15)


def test_waiting_for_ever_ends_by_the_clock() -> None:
    begin = time.perf_counter()
    with pytest.raises(TooLong, match=r"longer than 0\.3 seconds"), time_limit(0.05):
        time.sleep(30)
    assert time.perf_counter() - begin < 5
    assert signal.getitimer(signal.ITIMER_PROF)[0] == signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_in_another_thread_there_is_no_limit_and_no_fault() -> None:
    done = []

    def work() -> None:
        with time_limit(0.01):
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_the_command_says_that_it_gave_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(command, "SECONDS", 0.1)
    monkeypatch.setattr("curriculum.learner.checking.check_folder", endless)
    shown = CliRunner().invoke(main, ["grade", "welcome", str(tmp_path), "--seed", "3"])
    assert shown.exit_code == 1 and "longer than 0.1 seconds" in shown.output
