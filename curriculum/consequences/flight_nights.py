"""A pipeline that was written, run on nights: those of the table, and nights that nobody has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.artifacts.pipeline import Pipeline
from curriculum.cases.base import Columns
from curriculum.cases.pod_in_flight import builds
from curriculum.practice.gates import Gate, Passed, run
from curriculum.support.worlds import kept_for_worlds


@dataclass(frozen=True)
class Nights:
    """What a pipeline did with builds of which one knows what they proved to be."""

    good_through: float
    """Of a hundred good builds."""
    bad_stopped: float
    """Of a hundred bad ones."""
    own_gate: float
    """Of a hundred bad builds that were stopped, those stopped by the gate that is meant for them."""
    missed: tuple[str, ...]
    """What went through, by the gate that was meant to stop it."""
    bad: int
    good: int


def gates_of(steps: Sequence[tuple[str, float | None]], minutes: dict[str, float]) -> tuple[Gate, ...]:
    """Gates of machines as they are run, in their order; what nobody knows or has no limit is left out."""
    found = []
    for name, limit in steps:
        if name == builds.SIGNATURE:
            found.append(Gate(name, builds.COLUMNS[name], equals="yes", minutes=minutes.get(name, 0.0)))
        elif name in builds.MEASURED and limit is not None:
            least, most = (limit, None) if name in builds.BELOW else (None, limit)
            found.append(Gate(name, builds.COLUMNS[name], most=most, least=least, minutes=minutes.get(name, 0.0)))
    return tuple(found)


def steps_of(pipeline: Pipeline) -> tuple[tuple[str, float | None], ...]:
    """The gates of a pipeline with their limits, each once."""
    first: dict[str, float | None] = {}
    for step in pipeline.gates:
        first.setdefault(step.gate, step.limit)
    return tuple(first.items())


def judged(table: Columns, gates: Sequence[Gate]) -> Nights:
    """What gates do with a table of builds."""
    passed: Passed = run(gates, table)
    proved = np.asarray(table["proved"])
    good = proved == builds.GOOD
    names = np.array([gate.name for gate in gates] or [""])
    by = np.where(passed.through, "", names[np.maximum(passed.stopped_by, 0)])
    stopped = ~passed.through & ~good
    return Nights(
        good_through=100 * float(passed.through[good].mean()),
        bad_stopped=100 * float(stopped[~good].mean()),
        own_gate=100 * float((by[stopped] == proved[stopped]).mean()) if stopped.any() else 0.0,
        missed=tuple(str(name) for name in proved[passed.through & ~good]),
        bad=int((~good).sum()),
        good=int(good.sum()),
    )


def unseen(seed: int, pipeline: Pipeline) -> Nights:
    """What a pipeline does on nights that no table shows."""
    return _unseen(seed, steps_of(pipeline))


@kept_for_worlds(maxsize=256)
def _unseen(seed: int, steps: tuple[tuple[str, float | None], ...]) -> Nights:
    return judged(unseen_builds(seed), gates_of(steps, {}))


@kept_for_worlds(maxsize=16)
def unseen_builds(seed: int) -> Columns:
    return builds.builds(seed, "unseen", builds.UNSEEN)
