"""`make bench`: the speeds that the course promises, each beside its bar, measured in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_fixtures, write_files
from graders import load_rubric
from tests.bench import click, start

ROUNDS = 7


def main() -> int:
    """Measure everything, print the table, and return how many bars were missed."""
    table = Table("What", "Measured", "Bar", "Ratio to the bar", title="Speed")
    missed = 0
    for what, value, bar, unit in measurements():
        within = value <= bar
        missed += not within
        verdict = "" if within else "  MISSED"
        table.add_row(what, f"{value:.3g} {unit}", f"{bar:g} {unit}", f"{value / bar:.2f}{verdict}")
    Console(width=120).print(table)
    return missed


def measurements() -> list[tuple[str, float, float, str]]:
    """What is promised: name, measured value, bar, unit."""
    slugs = [entry.slug for entry in load_catalog().lessons]
    bare, imported = process("pass"), process("from curriculum import open_lesson")
    rows = [("from curriculum import open_lesson, beyond a bare Python", imported - bare, 0.4, "s")]
    for slug in slugs:
        rows.append((f"simulate, {slug}, median", simulate(slug), 300.0, "ms"))
        rows.append((f"check, {slug}, p95 of 100 on the largest exemplar", check(slug), 100.0, "ms"))
    rows.append((f"curriculum grade {slugs[-1]}, as a process", grade(slugs[-1]), 0.6, "s"))
    rows.append(("click to widget updated and saved in Chromium, p95", click.measure()["p95_ms"], 150.0, "ms"))
    rows.append(("start, CPU against a bare jupyter lab", start.measure()["ratio"], 0.8, "x"))
    return rows


def process(code: str) -> float:
    """Median seconds of a Python process that runs `code`."""
    return statistics.median(_timed(lambda: _run([sys.executable, "-c", code])) for _ in range(ROUNDS))


def simulate(slug: str) -> float:
    """Median milliseconds of one world, with the modules imported."""
    load_case(slug, 0)
    return 1000 * statistics.median(_timed(lambda s=seed: load_case.__wrapped__(slug, s)) for seed in range(1, 12))


def check(slug: str) -> float:
    """The 95th percentile of 100 checks in a running process, in milliseconds: read, judge, draw the cards."""
    from curriculum import open_lesson
    from curriculum.widgets.review import Review

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / slug
        lesson = open_lesson(slug, folder)
        exemplars = load_fixtures(lesson._case).exemplars
        write_files(max(exemplars.values(), key=lambda files: len(str(files))), folder / "answers")
        kinds = list(load_rubric(slug).artifacts)

        def once() -> None:
            report = lesson._report()
            for kind in kinds:
                Review(report.of(kind), lesson._case, lesson._rubric)

        once()
        times = sorted(_timed(once) for _ in range(100))
    return 1000 * times[94]


def grade(slug: str) -> float:
    """Median seconds of `curriculum grade` as a process, on the largest exemplar."""
    with tempfile.TemporaryDirectory() as name:
        exemplars = load_fixtures(load_case(slug, 3)).exemplars
        write_files(max(exemplars.values(), key=lambda files: len(str(files))), Path(name))
        command = [sys.executable, "-m", "curriculum", "grade", slug, name, "--seed", "3", "--json"]
        _run(command)
        return statistics.median(_timed(lambda: _run(command)) for _ in range(ROUNDS))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": "0"})


def _timed(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
