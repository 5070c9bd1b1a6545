"""The experiment as a plan would have got it: counts by arm, day and kind of visitor, at once for any plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.latency_or_accuracy.draw import (
    BEACON,
    CLIENTS,
    CRAWLER,
    MOST_WEEKS,
    SEGMENTS,
    SLUG,
    Draw,
)
from curriculum.cases.latency_or_accuracy.entries import COMPLEX, LIGHT, RULES, SLOWED
from curriculum.support.experiments import Counted, Estimate, between, events, ratio_p, relative, successes
from curriculum.support.worlds import kept_for_worlds

NAMES = tuple(CLIENTS)
CELLS = tuple((client, back) for client in NAMES for back in (False, True))
"""Kinds of visitors: client, and whether they were here before."""
DAYS = 7 * MOST_WEEKS
MIXED_EFFECT, MIXED_SPREAD = 0.75, 2.0
"""Where each visit is drawn anew, one person sees both arms: the effect shrinks, the variance of a rate grows."""
RULES_LOSE = 1.6
"""% of orders that best-sellers by rule lose against the light model."""
CLICK_RATE, CLICKS_MORE = 0.055, 13.0
"""Clicks a visitor with the light model, and % more with the complex one, whatever becomes of orders."""
BASKETS, BASKETS_MORE = 0.11, 4.0
ALIKE = 0.15
"""A slowed arm whose delay differs by less, relatively, is as slow as the complex one."""


@dataclass(frozen=True)
class Arm:
    """One arm of a plan."""

    variant: str
    share: float
    """Of visitors, 0 to 1."""
    delay: float = 0.0
    """Milliseconds added on purpose."""


@dataclass(frozen=True)
class Design:
    """What of a plan decides the data."""

    arms: tuple[Arm, ...]
    weeks: int
    by_visit: bool = False
    at_block: bool = True

    @property
    def complex_share(self) -> float:
        return sum(arm.share for arm in self.arms if arm.variant == COMPLEX)

    def delay(self, arm: Arm, draw: Draw) -> float:
        """Milliseconds that an arm adds in the test."""
        return arm.delay + (draw.delay(self.complex_share) if arm.variant == COMPLEX else 0.0)


@dataclass(frozen=True, eq=False)
class Run:
    """What was counted; arrays have axes arm, day, kind of visitor."""

    design: Design
    draw: Draw
    ms: tuple[float, ...]
    """By arm."""
    visitors: np.ndarray
    orders: np.ndarray

    def __deepcopy__(self, memo: object) -> Run:
        return self  # it never changes, and pandas copies what a table carries

    def counted(self, arms: Collection[int], segment: str, without: Collection[str], after: int) -> Counted:
        """Visitors and orders of some arms in a segment, without some clients and the first days."""
        cells = [CLIENTS[client][0] == segment and client not in without for client, _ in CELLS]
        days = np.arange(after, self.visitors.shape[1])
        rows = np.ix_(np.array(list(arms), int), days, np.flatnonzero(cells))
        spread = MIXED_SPREAD if self.design.by_visit else 1.0
        return Counted(float(self.visitors[rows].sum()), float(self.orders[rows].sum()), spread)

    def split(self, without: Collection[str] = (), clients: Collection[str] = NAMES) -> list[float]:
        """Visitors by arm."""
        cells = np.array([client in clients and client not in without for client, _ in CELLS])
        return [float(found) for found in self.visitors[:, :, cells].sum(axis=(1, 2))]

    def ratio_p(self, without: Collection[str] = (), clients: Collection[str] = NAMES) -> float:
        """The chance of a split at least as uneven, by the planned shares."""
        return ratio_p(self.split(without, clients), [arm.share for arm in self.design.arms])

    def named(self, variant: str) -> list[int]:
        """The positions of the arms with a variant, the least delayed first."""
        found = [number for number, arm in enumerate(self.design.arms) if arm.variant == variant]
        return sorted(found, key=lambda number: self.ms[number])


@dataclass(frozen=True)
class Parts:
    """What a run says of one segment, in % of the light model's orders."""

    net: Estimate
    """Complex against light."""
    speed: Estimate | None
    """Light slowed against light; None without a slowed arm."""
    speed_ms: float
    """At this delay."""
    model: Estimate | None
    """Complex against light that is as slow; None where no arm is."""

    @property
    def per_100(self) -> float | None:
        return None if self.speed is None else self.speed.value / self.speed_ms * 100

    def at(self, ms: float, tested: float) -> float:
        """The effect of the complex model at a delay, where the test had another: along the slope of the slow arm."""
        return self.net.value + (self.per_100 or 0.0) * (ms - tested) / 100


@kept_for_worlds(maxsize=512)
def run(seed: int, luck: int, draw: Draw, design: Design) -> Run:
    """What this plan counts. Equal arguments give equal counts; a changed share meets the same luck."""
    days = 7 * design.weeks
    normals = [_normals(seed, luck, key)[:days] for key in _keys(design)]
    visitors, orders, ms = [], [], []
    base = _visitors_a_day(draw)[:days]
    back = np.array([returning for _, returning in CELLS])
    segment = [CLIENTS[client][0] for client, _ in CELLS]
    rate = np.array([draw.rate[name] for name in segment])
    for arm, luck_ in zip(design.arms, normals, strict=True):
        delay = design.delay(arm, draw)
        lost = np.array([draw.loss(name, delay) for name in segment])
        gained = np.array([draw.model[name] for name in segment]) if arm.variant == COMPLEX else 0.0
        effect = gained - lost - (RULES_LOSE if arm.variant == RULES else 0.0)
        effect = np.broadcast_to(effect, (days, len(CELLS))).copy()
        if arm.variant == COMPLEX and draw.fade_days:
            effect += np.outer(draw.newness * np.exp(-3 * np.arange(days) / draw.fade_days), back)
        effect *= MIXED_EFFECT if design.by_visit else 1.0
        people = events(base * arm.share * (draw.visits if design.by_visit else 1.0), luck_[:, :, 0])
        chance = rate / draw.visits if design.by_visit else rate
        spread = MIXED_SPREAD if design.by_visit else 1.0
        did = successes(people, chance * (1 + effect / 100), luck_[:, :, 1], spread)
        visitors.append(_as_counted(draw, design, arm, delay, people, did))
        orders.append(np.where(_seen(design), did, 0.0))
        ms.append(delay)
    return Run(design, draw, tuple(ms), np.array(visitors), np.array(orders))


def _seen(design: Design) -> np.ndarray:
    """Which kinds of visitors are counted at all: clients without script report no block."""
    return np.array([not design.at_block or client != "no_script" for client, _ in CELLS])


def _as_counted(draw: Draw, design: Design, arm: Arm, delay: float, people: np.ndarray, did: np.ndarray) -> np.ndarray:
    """Visitors as the log has them: without those who left before a late report, with machines that are none."""
    counted = np.where(_seen(design), people, 0.0)
    if design.at_block and draw.trouble == BEACON:
        part = draw.lost * min(1.0, delay / draw.delay0)
        old = np.array([client == "old_app" for client, _ in CELLS])
        counted = np.where(old, np.maximum(did, np.rint(people * (1 - part))), counted)
    if not design.at_block and draw.trouble == CRAWLER and arm.variant == draw.crawler_arm:
        bare = np.array([client == "no_script" for client, _ in CELLS])
        counted = np.where(bare, np.rint(counted * (1 + draw.crawled)), counted)
    found: np.ndarray = counted
    return found


def _keys(design: Design) -> list[str]:
    """Which luck each arm meets: its variant, and its number among arms with the same one by delay."""
    order = sorted(range(len(design.arms)), key=lambda number: (design.arms[number].delay, number))
    told: dict[int, str] = {}
    seen: dict[str, int] = {}
    for number in order:
        variant = design.arms[number].variant
        seen[variant] = seen.get(variant, 0) + 1
        told[number] = f"{variant}/{seen[variant]}"
    return [told[number] for number in range(len(design.arms))]


@kept_for_worlds(maxsize=256)
def _normals(seed: int, luck: int, key: str) -> np.ndarray:
    found: np.ndarray = random(SLUG, seed, f"luck/{luck}/{key}").standard_normal((DAYS, len(CELLS), 2))
    return found


@kept_for_worlds(maxsize=64)
def _visitors_a_day(draw: Draw) -> np.ndarray:
    """Expected visitors by day and kind."""
    share = np.array(
        [
            (draw.phone_share if CLIENTS[client][0] == "phone" else 1 - draw.phone_share)
            * CLIENTS[client][1]
            * (draw.returning if back else 1 - draw.returning)
            for client, back in CELLS
        ]
    )
    weekday = np.array([1.04, 1.0, 0.98, 0.99, 0.95, 0.97, 1.07]) / 7
    days = np.concatenate([factor * weekday for factor in draw.week_factor])
    found: np.ndarray = np.outer(draw.visitors * days, share)
    return found


def alike(delay: float, other: float) -> bool:
    """Whether two delays are so near that the arms are as slow."""
    return abs(delay - other) <= ALIKE * other


def read(found: Run, without: Collection[str] = (), after: int = 0) -> Mapping[str, Parts] | None:
    """What a run says of both segments; None where light or complex was no arm, or nothing is left to read.

    The wait is read at the complex arm's delay, off the line between the slowed arms around it, or else off the slowed
    arm that is nearest to it.
    """
    light, complex_, slowed = found.named(LIGHT), found.named(COMPLEX), found.named(SLOWED)
    if not light or not complex_ or after >= found.visitors.shape[1]:
        return None
    told = {}
    for segment in SEGMENTS:
        base = found.counted(light, segment, without, after)
        test = found.counted(complex_, segment, without, after)
        if not base.did or not test.people:
            return None
        as_slow, ms, fits = _as_slow(found, slowed, found.ms[complex_[0]], segment, without, after)
        told[segment] = Parts(
            net=relative(test, base, base),
            speed=relative(as_slow, base, base) if as_slow else None,
            speed_ms=ms,
            model=relative(test, as_slow, base) if as_slow and fits else None,
        )
    return told


def _as_slow(
    found: Run, slowed: list[int], wanted: float, segment: str, without: Collection[str], after: int
) -> tuple[Counted | None, float, bool]:
    """The light model as slow as the complex one: what was counted, at which delay, and whether it is as slow."""
    delays = [found.ms[number] for number in slowed]
    slowed = [number for number, ms in zip(slowed, delays, strict=True) if ms > 0]
    if not slowed:
        return None, 0.0, False
    below = [number for number in slowed if found.ms[number] <= wanted]
    above = [number for number in slowed if found.ms[number] >= wanted]
    if below and above and below[-1] != above[0]:
        first, second = (found.counted([n], segment, without, after) for n in (below[-1], above[0]))
        weight = (wanted - found.ms[below[-1]]) / (found.ms[above[0]] - found.ms[below[-1]])
        return between(first, second, weight), wanted, True
    nearest = min(slowed, key=lambda number: abs(found.ms[number] - wanted))
    ms = found.ms[nearest]
    return found.counted([nearest], segment, without, after), ms, alike(ms, wanted)


def arm_labels(found: Run) -> list[str]:
    """What each arm is called in the table: its variant and delay, and a number where two arms are the same."""
    told: list[str] = []
    for arm, ms in zip(found.design.arms, found.ms, strict=True):
        label = f"{arm.variant} +{ms:.0f} ms" if ms else arm.variant
        same = sum(one.partition(" (")[0] == label for one in told)
        told.append(f"{label} ({same + 1})" if same else label)
    return told


def as_kept(found: Run, kept: Mapping[str, np.ndarray]) -> Run:
    """A run with the counts of some rows of its table alone, so that whoever leaves rows out reads without them."""
    arms, cells = arm_labels(found), {cell: number for number, cell in enumerate(CELLS)}
    rows = (
        np.array([arms.index(str(arm)) for arm in kept["arm"]], int),
        np.asarray(kept["day"], int) - 1,
        np.array([cells[str(c), bool(b)] for c, b in zip(kept["client"], kept["returning"], strict=True)], int),
    )
    counted = []
    for name, whole in (("visitors", found.visitors), ("orders", found.orders)):
        sums = np.zeros_like(whole)
        np.add.at(sums, rows, np.asarray(kept[name], float))
        counted.append(sums)
    return replace(found, visitors=counted[0], orders=counted[1])


def table(found: Run) -> Columns:
    """The run as learners see it: a row for each arm, day, client, and whether they were here before."""
    arms, days, cells = found.visitors.shape
    arm, day, cell = (axis.ravel() for axis in np.indices((arms, days, cells)))
    keep = np.tile(_seen(found.design), arms * days)
    arm, day, cell = arm[keep], day[keep], cell[keep]
    visitors = found.visitors[arm, day, cell].astype(int)
    orders = found.orders[arm, day, cell].astype(int)
    variant = np.array([one.variant for one in found.design.arms])
    complex_ = variant[arm] == COMPLEX
    ms = np.round(np.array(found.ms), 0)
    labels = np.array(arm_labels(found))
    clicks = visitors * CLICK_RATE * (1 + CLICKS_MORE / 100 * complex_)
    baskets = visitors * BASKETS * (1 + BASKETS_MORE / 100 * complex_)
    return frozen_columns(
        arm=labels[arm],
        variant=variant[arm],
        delay_ms=ms[arm],
        day=day + 1,
        client=np.array([client for client, _ in CELLS])[cell],
        segment=np.array([CLIENTS[client][0] for client, _ in CELLS])[cell],
        returning=np.array([back for _, back in CELLS])[cell],
        visitors=visitors,
        visits=np.rint(visitors * (1.0 if found.design.by_visit else found.draw.visits)).astype(int),
        orders=orders,
        clicks=np.rint(clicks).astype(int),
        basket_adds=np.rint(baskets).astype(int),
    )
