"""The releases on which a rollout of `retraining_decision` is replayed: good ones and seven kinds of bad ones.

No table shows them. Sizes follow the case's design; noise follows from the shop's traffic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curriculum.artifacts.rollout import Rollout
from curriculum.cases import load_case
from curriculum.cases.base import random
from curriculum.cases.retraining_decision.draw import FEATURES, PROXIES, READERS, SLICES, SLUG, Draw
from curriculum.cases.retraining_decision.entries import HOURS, MODEL, MODEL_AND_FEATURES
from curriculum.cases.retraining_decision.faults import DAY_FALLS, GROUP_FALLS, RETURNS_RISE
from curriculum.cases.retraining_decision.money import CAP, WEEKS
from curriculum.cases.retraining_decision.tables import DAY_PROFILE, EVENING
from curriculum.practice.replay import Gate, Read, Release, Replayed, Signal, Stage, replays
from curriculum.support.worlds import kept_for_worlds

DAYS = 40
LENGTH = 24 * DAYS
UNSEEN_AFTER = 72
"""Hours after the last stage that are run: by then somebody has seen what no gate saw."""
BACK, BACK_HALF = 1, 16
"""Hours to go back with everything that the old version needs, and where something of it stays behind."""

FAULTS = ("crash", "tail", "missing", "slice", "monday", "scale", "returns")
GOOD = "good"
DRAWS, GOOD_DRAWS = 6, 12
STOPPED, THROUGH = 2 / 3, 0.75

RETURN_RATE, SIGNAL_RATE = 0.2, 0.08
JOB_PIECES, JOB_SD = 3000.0, 25.0
LATENCY_SD = 120.0


@dataclass(frozen=True)
class Fate:
    """What became of the draws of one kind of release."""

    kind: str
    runs: tuple[Replayed, ...]

    @property
    def stopped(self) -> float:
        """Share of draws that were stopped below the cap."""
        return float(np.mean([not run.went_through and run.harm < CAP for run in self.runs]))

    @property
    def through(self) -> float:
        return float(np.mean([run.went_through for run in self.runs]))

    @property
    def harm(self) -> float:
        """Days of contribution, on the mean."""
        return float(np.mean([run.harm for run in self.runs]))


def stages_of(rollout: Rollout) -> tuple[Stage, ...]:
    """The stages as they are run; blank ones and what lies beyond five weeks are left out."""
    stages, left = [], DAYS - 4
    for stage in rollout.stages:
        days = min(max(0, round(stage.days or 0)), left)
        left -= days
        if stage.share is not None and days:
            stages.append(Stage(min(max(stage.share, 0.0), 100.0) / 100, 24 * days))
    return tuple(stages)


def gates_of(rollout: Rollout) -> tuple[Gate, ...]:
    """The gates that say what they look at, at which limit and over how long, in their order."""
    return tuple(
        Gate(gate.signal, gate.limit, HOURS[gate.window], max(0, round(gate.from_stage or 1) - 1))
        for gate in rollout.gates
        if gate.signal and gate.limit is not None and gate.window in HOURS
    )


def fates(seed: int, rollout: Rollout) -> Mapping[str, Fate]:
    """What becomes of each kind of release under a rollout, on releases that no table shows."""
    return _fates(seed, stages_of(rollout), gates_of(rollout), goes_back_whole(rollout))


def goes_back_whole(rollout: Rollout) -> bool:
    """Whether the old version finds everything that it needs: its features, too, where the new one has others."""
    same_features = bool(rollout.released) and rollout.released != FEATURES
    return rollout.goes_back == MODEL_AND_FEATURES or (rollout.goes_back == MODEL and same_features)


@kept_for_worlds(maxsize=256)
def _fates(seed: int, stages: tuple[Stage, ...], gates: tuple[Gate, ...], whole: bool) -> Mapping[str, Fate]:
    back = BACK if whole else BACK_HALF
    heeded = {GOOD: gates, **dict.fromkeys(FAULTS, telling(seed, stages, gates))}
    return {
        kind: Fate(kind, replays(stages, mine, releases(seed, kind), after=UNSEEN_AFTER, back=back))
        for kind, mine in heeded.items()
    }


def telling(seed: int, stages: tuple[Stage, ...], gates: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """The gates that say something: one that by itself stops more good releases than may be stopped is switched off by
    those whom it calls, and guards against nothing."""
    good = releases(seed, GOOD)
    most = (1 - THROUGH) * len(good)
    return tuple(
        gate for gate in gates if sum(not run.went_through for run in replays(stages, (gate,), good)) <= most + 1e-9
    )


@kept_for_worlds(maxsize=64)
def releases(seed: int, kind: str, stream: str = "unseen") -> Sequence[Release]:
    """The draws of one kind in one world; `stream` is another draw for those that learners may see."""
    truth = load_case(SLUG, seed).truth
    count = GOOD_DRAWS if kind == GOOD else DRAWS
    return tuple(
        _release(truth.shape, truth.slices, day_of_contribution(seed), kind, random(SLUG, seed, f"{stream}/{kind}/{n}"))
        for n in range(count)
    )


def day_of_contribution(seed: int) -> float:
    """€ that the shop earns in a day."""
    return float(load_case(SLUG, seed).truth.inputs["keep"].one_percent * 100 / (7 * WEEKS))


def _release(shape: Draw, slices: Mapping[str, int], a_day: float, kind: str, rng: np.random.Generator) -> Release:
    hours = np.arange(LENGTH)
    hour, start = hours % 24, int(rng.integers(0, 7))
    monday = (start + hours // 24) % 7 == 0
    sessions = shape.sessions * DAY_PROFILE[hour] * rng.uniform(0.97, 1.03)
    evening = np.isin(hour, EVENING)
    night = hour == 4
    flat, p = np.ones(LENGTH), shape.conversion

    def of_100(base: float) -> float:
        return 100 * float(np.sqrt(base / 100 * (1 - base / 100)))

    def signal(new: np.ndarray, old: np.ndarray, volume: np.ndarray, sd: float, read: Read, **more: object) -> Signal:
        noise = rng.standard_normal(LENGTH), rng.standard_normal(LENGTH)
        return Signal(new, old, volume, sd, noise, read, **more)  # type: ignore[arg-type]

    lift = 1 + float(rng.uniform(-0.004, 0.02))
    errors, missing = shape.errors + rng.uniform(-0.03, 0.03), shape.missing + rng.uniform(-0.3, 0.3)
    p95 = flat * (shape.p95 + rng.uniform(0, 6))
    mean = flat * (0.6 * shape.p95 + rng.uniform(0, 2))
    orders = {"conversion": flat * lift, **{f"conversion_{name}": flat * lift for name in SLICES}}
    reader = flat * (1 + rng.uniform(0.0, 0.03))
    back = dict.fromkeys((*PROXIES, "returns_30d"), 1 + float(rng.uniform(-0.02, 0.03)))
    harm: np.ndarray = np.zeros(LENGTH)
    if kind == "crash":
        errors, harm = errors + rng.uniform(0.8, 2.0), flat * 0.06
    elif kind == "tail":
        p95, mean, harm = np.where(evening, p95 + rng.uniform(35, 60), p95), mean + 2, evening * 0.3
    elif kind == "missing":
        missing, harm = missing + rng.uniform(7, 14), flat * 0.08
    elif kind == "slice":
        part, fall = slices[shape.slice] / 100, float(rng.uniform(*GROUP_FALLS))
        even = lift + fall * part / (1 - part)
        orders = dict.fromkeys(orders, flat * even)
        orders["conversion"] = flat * lift
        orders[f"conversion_{shape.slice}"] = flat * (1 - fall)
        harm = flat * fall * part
    elif kind == "monday":
        fall = 1 - rng.uniform(*DAY_FALLS)
        orders = {name: np.where(monday, fall, values) for name, values in orders.items()}
        harm = monday * (1 - fall)
    elif kind == "scale":
        reader = flat * rng.uniform(1.6, 2.4)
        harm = night * 24.0 * shape.job_loss / a_day
    elif kind == "returns":
        rise = 1 + float(rng.uniform(*RETURNS_RISE))
        back = {**back, shape.proxy: rise, "returns_30d": rise}
        harm = flat * 0.1
    share = {"conversion": 1.0, **{f"conversion_{name}": slices[name] / 100 for name in SLICES}}
    binomial = float(np.sqrt(p * (1 - p)))
    signals = {
        "errors": signal(flat * errors, flat * shape.errors, sessions, of_100(float(errors)), Read.LEVEL,
                         in_shadow=True),
        "missing": signal(flat * missing, flat * shape.missing, sessions, of_100(float(missing)), Read.LEVEL,
                          in_shadow=True),
        "latency_mean": signal(mean, flat * 0.6 * shape.p95, sessions, LATENCY_SD / 2, Read.LEVEL, in_shadow=True),
        "latency_p95": signal(p95, flat * shape.p95, sessions * evening, LATENCY_SD, Read.LEVEL, in_shadow=True),
        **{name: signal(p * values, p * flat, sessions * share[name], binomial, Read.FALL)
           for name, values in orders.items()},
        **{name: signal(100 * (reader if name == shape.reader else flat), 100 * flat, JOB_PIECES * night, JOB_SD,
                        Read.CHANGE, in_shadow=True, on_all=True) for name in READERS},
        **{name: signal(SIGNAL_RATE * back[name] * flat, SIGNAL_RATE * flat, sessions * p,
                        float(np.sqrt(SIGNAL_RATE * (1 - SIGNAL_RATE))), Read.RISE) for name in PROXIES},
        "returns_30d": signal(RETURN_RATE * back["returns_30d"] * flat, RETURN_RATE * flat, sessions * p,
                              float(np.sqrt(RETURN_RATE * (1 - RETURN_RATE))), Read.RISE, ripens=24 * 30),
    }  # fmt: skip
    return Release(kind, signals, harm / 24)
