"""A save that is killed leaves the old file or the new one, whole; leftovers are swept away."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from curriculum.artifacts.ask import Ask
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.course.places import COURSE
from curriculum.support.files import sweep

KILLS = 200

SAVING = """
import sys
from pathlib import Path
from curriculum.support.files import write_whole
number = int(sys.argv[2])
print("ready", flush=True)
while True:
    number += 1
    write_whole(Path(sys.argv[1]), f"ask: {number} {'word ' * 50}\\nnumber: {number}\\n")
"""


@pytest.mark.slow
def test_kill_during_a_save_two_hundred_times(tmp_path: Path) -> None:
    path = tmp_path / "ask.yaml"
    write_artifact(path, Ask(ask="0 " + "word " * 50, number=0))
    random, last, moved = Random(0), 0.0, 0
    command = [sys.executable, "-S", "-c", SAVING, str(path)]  # -S: it needs no packages, and starts sooner
    environment = {"PYTHONPATH": str(COURSE)}
    for _ in range(KILLS):
        with subprocess.Popen([*command, str(int(last))], env=environment, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(random.uniform(0, 0.02))
            child.send_signal(signal.SIGKILL)
        ask = read_artifact(path, Ask).artifact  # raises where the file is half-written
        assert ask.number is not None
        assert ask.ask == f"{ask.number:g} {'word ' * 50}".strip()
        assert ask.number >= last
        moved += ask.number > last
        last = ask.number
    assert moved > KILLS / 4, "too few saves were under way to show anything"
    sweep(tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == ["ask.yaml"]
