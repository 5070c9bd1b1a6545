"""What the four colleagues know: figures, how they were counted, what each side got or gave up, who decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Fact, by_id
from curriculum.cases.interview_basics.counts import WINDOW, Weekly
from curriculum.cases.interview_basics.draw import Draw, Measure
from curriculum.cases.interview_basics.people import PEOPLE, WISHES, decided
from curriculum.cases.interviews.project import Counted, Logged, Measured
from curriculum.cases.interviews.units import UNITS
from curriculum.support.dates import full_day

COUNTED: Mapping[Measure, Counted] = {
    "orders": Counted(
        "Searches that end in an order, per 1,000 searches", "of 1,000 searches ended in an order", "orders_per_1000",
        "higher", "orders_before", "orders_after", "orders_counting",
    ),
    "left": Counted(
        "Searches that people leave without a tap, per 100 searches", "of 100 searches were left without a tap",
        "left_per_100", "lower", "left_before", "left_after", "left_counting",
    ),
    "again": Counted(
        "Searches that are repeated within a minute, per 100 searches", "of 100 searches were repeated within a minute",
        "again_per_100", "lower", "again_before", "again_after", "again_counting",
    ),
}  # fmt: skip
HOLDS: Mapping[Measure, str] = {"orders": "ines", "left": "yuki", "again": "bram"}
CHECKS: Mapping[Measure, str] = {"orders": "bram", "left": "ines", "again": "yuki"}
"""Who knows how a measure was counted: somebody else than the one who tells its figures."""
_NEW_WAY: Mapping[Measure, str] = {
    "orders": "an order counts when it is put into the basket; before that, it counted when it was paid",
    "left": "a search counts as left only when nobody scrolls either; before that, scrolling did not matter",
    "again": "repeats of people who are not signed in are left out; before that, all of them counted",
}


def facts_of(
    rng: np.random.Generator, shape: Draw, weekly: Weekly, start: dt.date, log: Mapping[str, Logged]
) -> tuple[Mapping[str, Fact], Mapping[str, Measured], Mapping[str, str]]:
    """The facts of one world, what stands behind the figures among them, and the unit of each."""
    ends = {"before": start + dt.timedelta(days=27), "after": start + dt.timedelta(days=111)}
    lucky_end = start + dt.timedelta(days=118)
    facts: list[Fact] = []
    measured: dict[str, Measured] = {}
    units: dict[str, str] = {}

    def figure(id: str, who: str, unit: str, value: float, words: str, claims: str = "", against: str = "") -> None:
        supports = frozenset(claims.split())
        denied = frozenset(against.split())
        label = UNITS[unit].label
        facts.append(Fact(id, words, value=value, unit=label, held_by=who, supports=supports, contradicts=denied))
        units[id] = unit

    for measure, counted in COUNTED.items():
        both = f"{measure}_baseline {measure}_result"
        if measure == shape.recounted:
            both = ""
        for when, id in (("before", counted.before), ("after", counted.after)):
            value = (weekly.before if when == "before" else weekly.after)[measure]
            then = "before we began" if when == "before" else "after the release"
            words = f"In the four weeks to {full_day(ends[when])}, {then}"
            figure(id, HOLDS[measure], counted.unit, value, f"{words}, {value:.1f} {counted.told}.", both)
            measured[id] = Measured(measure, "baseline" if when == "before" else "result", ends[when], WINDOW)
        facts.append(_counting(rng, measure, shape, weekly, start))

    better = max(weekly.before["orders"], weekly.after["orders"])
    forecast = round(better + float(rng.uniform(0.6, 1.1)), 1)
    if abs(forecast - weekly.lucky_week) < 0.05:
        forecast = round(forecast + 0.2, 1)
    lab = round(min(weekly.before["left"], weekly.after["left"]) - float(rng.uniform(4.0, 8.0)))
    figure(
        "orders_forecast", "ines", "orders_per_1000", forecast,
        f"Our comparison on old searches promised {forecast:.1f} orders per 1,000 searches.", "", "orders_result",
    )  # fmt: skip
    figure(
        "orders_fair_week", "ines", "orders_per_1000", weekly.lucky_week,
        f"In the week of the book fair, to {full_day(lucky_end)}, with a promotion running, {weekly.lucky_week:.1f} of "
        f"1,000 searches ended in an order.", "", "orders_result",
    )  # fmt: skip
    figure(
        "left_in_the_lab", "yuki", "left_per_100", float(lab),
        f"In the lab, with eight people, only {lab} of 100 searches were left without a tap.", "", "left_result",
    )  # fmt: skip
    quiet_end, quiet = start + dt.timedelta(days=125), weekly.quiet_week
    figure(
        "again_quiet_week", "bram", "again_per_100", quiet,
        f"In the quietest week, to {full_day(quiet_end)}, when the schools were closed, only {quiet:.1f} of 100 "
        f"searches were repeated within a minute.", "", "again_result",
    )  # fmt: skip
    measured |= {
        "again_quiet_week": Measured("again", "lucky_week", quiet_end, 7),
        "orders_forecast": Measured("orders", "forecast", start + dt.timedelta(days=49), 0),
        "orders_fair_week": Measured("orders", "lucky_week", lucky_end, 7),
        "left_in_the_lab": Measured("left", "small_sample", start + dt.timedelta(days=48), 1),
    }
    for id, who, unit, value, words in _losses(rng, shape):
        figure(id, who, unit, value, words, "cost" if id == WISHES[shape.lost].cost else "")
    facts += _decision(rng, shape, log)
    return by_id(*facts), measured, units


def _counting(rng: np.random.Generator, measure: Measure, shape: Draw, weekly: Weekly, start: dt.date) -> Fact:
    counted, who = COUNTED[measure], CHECKS[measure]
    holder = PEOPLE[HOLDS[measure]].first_name
    if measure == shape.recounted:
        since = start + dt.timedelta(days=7 * weekly.recount_week)
        words = f"Careful with {holder}'s number: since {full_day(since)}, {_NEW_WAY[measure]}."
        return Fact(counted.counting, words, held_by=who, contradicts=frozenset({f"{measure}_result"}))
    compared = start + dt.timedelta(days=int(rng.integers(112, 117)))
    words = f"{holder}'s number was counted in one way throughout; I compared both queries on {full_day(compared)}."
    return Fact(counted.counting, words, held_by=who, supports=frozenset({f"{measure}_result"}))


def _losses(rng: np.random.Generator, shape: Draw) -> list[tuple[str, str, str, float, str]]:
    """What became of each side's wish: the loser gave something up, the winner got it, the third was not asked."""
    orders = round(float(rng.uniform(1.8, 3.4)), 1)
    readers, days = int(rng.integers(6, 15)), int(rng.integers(14, 25))
    long = f"On searches of five words and more, {orders:.1f} more of 1,000 ended in an order"
    told = {
        "data": (
            "long_searches", "ines", "orders_per_1000_long", orders,
            {
                "lost": f"{long} with the big model, in the test. We gave those up.",
                "won": f"{long} since the big model is there. Nobody had to give them up.",
                "": f"{long} since we train the model every week. That was never in dispute.",
            },
        ),
        "design": (
            "covers", "yuki", "readers_per_100", float(readers),
            {
                "lost": f"The covers were left out, and {readers} of 100 readers had chosen by cover.",
                "won": f"The covers are there now, and {readers} of 100 readers choose by cover.",
                "": f"Of 100 readers, {readers} choose by cover; nobody wanted to touch the covers.",
            },
        ),
        "ml": (
            "engineer_days", "bram", "engineer_days", float(days),
            {
                "lost": f"Living with the higher limit cost {days} engineer-days that a new index had been promised.",
                "won": f"The release took {days} engineer-days, as planned; the new index came when it was promised.",
                "": f"The release took {days} engineer-days, as planned; nothing of ours had to wait.",
            },
        ),
    }  # fmt: skip
    return [
        (id, who, unit, value, words["lost" if side == shape.lost else "won" if side == shape.won else ""])
        for side, (id, who, unit, value, words) in told.items()
    ]


def _decision(rng: np.random.Generator, shape: Draw, log: Mapping[str, Logged]) -> list[Fact]:
    entry = log[shape.written_in]
    name = PEOPLE[shape.decider].first_name
    owner = {
        "adaeze": f"I decided it, on {full_day(entry.on)}",
        "bram": f"{name} decided it, on {full_day(entry.on)}, since the service is his",
        "ines": f"{name} decided it, on {full_day(entry.on)}, since the ranking is hers",
    }[shape.decider]
    again = entry.on + dt.timedelta(days=7 * int(rng.integers(11, 16)))
    wish = WISHES[shape.lost].what
    return [
        Fact(
            "who_decided",
            f"{owner}: {decided(shape)}. It stands in “{entry.title}”, nowhere else.",
            held_by="adaeze",
            supports=frozenset({"decision"}),
        ),
        Fact(
            "what_is_next",
            f"What {WISHES[shape.lost].name} wanted, {wish}, is looked at again on {full_day(again)}.",
            held_by="adaeze",
            supports=frozenset({"decision"}),
        ),
    ]
