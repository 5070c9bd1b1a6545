"""What the four colleagues know: figures, what else changed, the nicest number of each, losses, costs, the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Fact, by_id
from curriculum.cases.interview_tradeoffs.draw import MEASURES, Draw, Measure
from curriculum.cases.interview_tradeoffs.people import PEOPLE, WISHES, decided
from curriculum.cases.interview_tradeoffs.trial import Money, Trial
from curriculum.cases.interview_tradeoffs.weeks import WINDOW, Weekly
from curriculum.cases.interviews.project import Counted, Logged, Measured
from curriculum.cases.interviews.units import UNITS
from curriculum.support.dates import full_day

COUNTED: Mapping[Measure, Counted] = {
    "booked": Counted(
        "Searches that end in a booking, per 1,000 searches", "of 1,000 searches ended in a booking",
        "bookings_per_1000", "higher", "booked_before", "booked_after", "booked_compare",
    ),
    "late": Counted(
        "Searches that are answered after the limit, per 1,000 searches", "of 1,000 searches were answered late",
        "late_per_1000", "lower", "late_before", "late_after", "late_compare",
    ),
    "changed": Counted(
        "Bookings that are changed within a day, per 1,000 bookings", "of 1,000 bookings were changed within a day",
        "changed_per_1000", "lower", "changed_before", "changed_after", "changed_compare",
    ),
}  # fmt: skip
HOLDS: Mapping[Measure, str] = {"booked": "radek", "late": "farida", "changed": "hedda"}
CHECKS: Mapping[Measure, str] = {"booked": "hedda", "late": "radek", "changed": "farida"}
"""Who knows what else changed in the weeks of a measure: somebody else than the one who tells its figures."""
_ALSO: Mapping[Measure, str] = {
    "booked": "the railway has sold its saver fares through us, and those alone bring bookings",
    "late": "half of the searches have gone to the new, nearer data centre, whichever ranker answers",
    "changed": "the railway has charged for changes on the first day, so people make fewer",
}
_NICE: Mapping[Measure, Mapping[str, str]] = {
    "booked": {
        "forecast": "The replay of last year's searches promised {x} bookings per 1,000 searches.",
        "small_sample": "In the pilot, two days in one town, {x} of 1,000 searches ended in a booking.",
        "lucky_week": "In the week of the fare sale, to {day}, {x} of 1,000 searches ended in a booking.",
    },
    "late": {
        "forecast": "The plan promised that only {x} of 1,000 searches would be answered late.",
        "small_sample": "In the pilot, two days in one town, only {x} of 1,000 searches were answered late.",
        "lucky_week": "In the week when half the country was away, to {day}, only {x} of 1,000 searches were late.",
    },
    "changed": {
        "forecast": "The plan counted on {x} of 1,000 bookings being changed within a day.",
        "small_sample": "In the pilot, two days in one town, only {x} of 1,000 bookings were changed within a day.",
        "lucky_week": "In the week of the holiday trains, to {day}, only {x} of 1,000 bookings were changed.",
    },
}
_LIKED = {"forecast": 42, "small_sample": 47, "lucky_week": 118}
"""Days after the start on which each kind of nice number was there."""


def facts_of(
    rng: np.random.Generator,
    shape: Draw,
    weekly: Weekly,
    start: dt.date,
    log: Mapping[str, Logged],
    trial: Trial,
    money: Money,
) -> tuple[Mapping[str, Fact], Mapping[str, Measured], Mapping[str, str]]:
    """The facts of one world, what stands behind the figures among them, and the unit of each."""
    ends = {"before": start + dt.timedelta(days=WINDOW - 1), "after": start + dt.timedelta(days=111)}
    facts: list[Fact] = []
    measured: dict[str, Measured] = {}
    units: dict[str, str] = {}

    def figure(id: str, who: str | None, unit: str, value: float, words: str, claims: str = "") -> None:
        supports = frozenset(claims.split())
        facts.append(Fact(id, words, value=value, unit=UNITS[unit].label, held_by=who, supports=supports))
        units[id] = unit

    for number, measure in enumerate(MEASURES):
        counted = COUNTED[measure]
        claims = "" if measure == shape.recounted else f"{measure}_baseline {measure}_result"
        for when, id in (("before", counted.before), ("after", counted.after)):
            value = (weekly.before if when == "before" else weekly.after)[measure]
            then = "before we began" if when == "before" else "after the release"
            words = f"In the four weeks to {full_day(ends[when])}, {then}, {value:.1f} {counted.told}."
            figure(id, HOLDS[measure], counted.unit, value, words, claims)
            measured[id] = Measured(measure, "baseline" if when == "before" else "result", ends[when], WINDOW)
        facts.append(_comparing(rng, measure, shape, weekly, start))
        kind = shape.nice[number]
        liked = _liked(rng, measure, weekly)
        on = start + dt.timedelta(days=_LIKED[kind])
        words = _NICE[measure][kind].format(x=f"{liked:.1f}", day=full_day(on))
        figure(f"nice_{measure}", HOLDS[measure], counted.unit, liked, words)
        days = {"forecast": 0, "small_sample": 2, "lucky_week": 7}[kind]
        measured[f"nice_{measure}"] = Measured(measure, kind, on, days)
    for id, who, unit, value, words in _losses(rng, shape, trial):
        figure(id, who, unit, value, words, "cost" if id == WISHES[shape.lost].cost else "")
    where = "on desktops" if shape.population == "desktops" else "on every device"
    figure(
        "extra_cost", "farida", "money", float(money.extra),
        f"To run the deep ranker {where} costs {money.extra:,} euros a month more, servers and nights included.",
    )  # fmt: skip
    figure(
        "margin", "samuel", "money", money.margin,
        f"Of a booking, {money.margin:.1f} euros stay with us once the carriers are paid.",
    )  # fmt: skip
    figure("fare", None, "money", float(money.fare), f"A traveller pays {money.fare} euros for a booking on average.")
    figure("built", None, "money", float(money.built), f"Building the deep ranker has cost {money.built:,} euros.")
    facts += _decision(shape, log)
    return by_id(*facts), measured, units


def _liked(rng: np.random.Generator, measure: Measure, weekly: Weekly) -> float:
    """A number that looks better than before and after, and is equal to neither."""
    both = (weekly.before[measure], weekly.after[measure])
    step = float(rng.uniform(0.7, 1.3)) * (1.0 if measure == "booked" else 1.8)
    return round(max(both) + step if measure == "booked" else min(both) - step, 1)


def _comparing(rng: np.random.Generator, measure: Measure, shape: Draw, weekly: Weekly, start: dt.date) -> Fact:
    counted, who = COUNTED[measure], CHECKS[measure]
    holder = PEOPLE[HOLDS[measure]].first_name
    if measure == shape.recounted:
        since = start + dt.timedelta(days=7 * weekly.other_cause_week)
        words = f"Careful with {holder}'s number: since {full_day(since)}, {_ALSO[measure]}."
        return Fact(counted.counting, words, held_by=who, contradicts=frozenset({f"{measure}_result"}))
    looked = start + dt.timedelta(days=int(rng.integers(112, 117)))
    words = (
        f"I looked on {full_day(looked)} for anything else that could have moved {holder}'s number between the two "
        f"months, and found nothing. They compare."
    )
    return Fact(counted.counting, words, held_by=who, supports=frozenset({f"{measure}_result"}))


def _losses(rng: np.random.Generator, shape: Draw, trial: Trial) -> list[tuple[str, str, str, float, str]]:
    """What became of each side's wish: the loser gave something up, the winner got it, the third was not asked."""
    more = round(trial.effect(shape.population).point, 1)
    days, calls = int(rng.integers(16, 28)), round(float(rng.uniform(3.5, 7.5)), 1)
    told = {
        "data": (
            "bookings_forgone", "radek", "bookings_per_1000_visitors", more,
            {
                "lost": f"The deep ranker brought {more:.1f} more bookings per 1,000 visitors, in the test. We gave "
                f"those up.",
                "won": f"The deep ranker brought {more:.1f} more bookings per 1,000 visitors in the test, and it is "
                f"there now. Nobody had to give them up.",
                "": f"The deep ranker brought {more:.1f} more bookings per 1,000 visitors in the test.",
            },
        ),
        "ml": (
            "engineer_days", "farida", "engineer_days", float(days),
            {
                "lost": f"The servers took {days} engineer-days, which the move to the new data centre had been "
                f"promised.",
                "won": f"The release took {days} engineer-days, as planned, and nothing of ours had to wait.",
                "": f"The release took {days} engineer-days, as planned, and nothing of ours had to wait.",
            },
        ),
        "support": (
            "two_orders", "hedda", "calls_per_1000", calls,
            {
                "lost": f"Since then, {calls:.1f} more calls per 1,000 bookings: their phone and our screen show "
                f"another order.",
                "won": "",
                "": f"If devices ever show two orders, we expect {calls:.1f} more calls per 1,000 bookings. They show "
                f"one, so nobody rings for that.",
            },
        ),
    }  # fmt: skip
    return [
        (id, who, unit, value, words["lost" if side == shape.lost else "won" if side == shape.won else ""])
        for side, (id, who, unit, value, words) in told.items()
    ]


def _decision(shape: Draw, log: Mapping[str, Logged]) -> list[Fact]:
    entry = log[shape.written_in]
    name = PEOPLE[shape.decider].first_name
    owner = {
        "samuel": f"I decided it, on {full_day(entry.on)}",
        "farida": f"{name} decided it, on {full_day(entry.on)}, since the limit is hers",
        "radek": f"{name} decided it, on {full_day(entry.on)}, since the ranking is his",
    }[shape.decider]
    return [
        Fact(
            "who_decided",
            f"{owner}: {decided(shape)}. It stands in “{entry.title}”, nowhere else.",
            held_by="samuel",
            supports=frozenset({"decision"}),
        ),
    ]
