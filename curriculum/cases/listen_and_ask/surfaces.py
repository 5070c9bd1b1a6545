"""How what nobody asked comes out during the quarter, and on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Surfaces
from curriculum.cases.listen_and_ask.cast import TOPICS, owner_of
from curriculum.cases.listen_and_ask.draw import Draw
from curriculum.cases.listen_and_ask.facts import EVENTS, Told
from curriculum.cases.listen_and_ask.february import first_name

BUILT = {
    "arrivals": "half of the feature store was for hours of the day in which nobody forecasts anything",
    "events": "most of the rebuilt tracking was never looked at",
    "refunds": "passenger care went on looking at each refund that the machine had paid",
    "warehouse": "most of what had been moved was read by nobody",
}
"""By topic: what is seen when the whole position was built."""


def make_surfaces(shape: Draw, told: Told, starts: dt.date, meeting: dt.date) -> Mapping[str, Surfaces]:
    """By fact: its day, and the rest of "it came out that"."""
    found: dict[str, Surfaces] = {}
    for number, topic in enumerate(TOPICS):
        on = starts + dt.timedelta(days=7 * shape.work.due[topic] - 3)
        once = shape.work.once[topic]
        found[f"{topic}_firm"] = Surfaces(
            min(on, starts + dt.timedelta(days=88)),
            f"{EVENTS[topic]} did not wait, and a date that is missed there costs {once:g} thousand euros"
            if once
            else f"{EVENTS[topic]} would have waited a week or two without more than the weekly cost",
        )
        found[f"{topic}_quiet"] = Surfaces(starts + dt.timedelta(days=60 + 7 * number), BUILT[topic])
    first, second = (first_name(owner_of(topic)) for topic in shape.work.pair)
    found["pair_shared"] = Surfaces(
        starts + dt.timedelta(days=39), f"{first} and {second} had been waiting for the same piece of work"
    )
    found["joaquim_right"] = Surfaces(
        meeting, f"Joaquim had decided about no more than {told.weeks_of_one} weeks of one person's work since 1 March"
    )
    return found
