"""What each person of `latency_or_accuracy` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Fact, Surfaces, by_id, random, surfacing
from curriculum.cases.latency_or_accuracy.draw import BEACON, BOTH, CRAWLER, DESK, EMPTY, PHON, SLOW, SLUG, WEEKS, Draw

TODAY = dt.date(2027, 9, 6)
"""The Monday on which a test could begin."""
WAITS = {PHON: "desktop", DESK: "phone", SLOW: "both", BOTH: "none", EMPTY: "none"}
"""By kind of world, where people wait for the block."""

_WHERE = {
    "phone": ("On phones the block is on top, and people wait for it. On desktop it is loaded before they scroll "
              "there."),
    "desktop": ("On desktop the block is on top, and people wait for it. On phones it is loaded before they get "
                "there."),
    "both": ("The block is on top on phones and on desktop, and people wait for it."),
    "none": ("On phones and on desktop the block is loaded before people scroll there; nobody waits for it."),
}  # fmt: skip


def full_load(draw: Draw) -> int:
    """% by which the complex model adds more when it serves everybody than at 30 % of the traffic."""
    return round(100 * (draw.delay(1.0) / draw.delay(0.3) - 1))


def make_facts(seed: int, draw: Draw) -> Mapping[str, Fact]:
    """The facts of one world by id."""
    rng = random(SLUG, seed, "facts")
    moved = int(rng.integers(58, 84))
    there = _WHERE[WAITS[draw.kind]]
    fades = (
        f"People who come back try anything new. In the last launches that was over after {draw.fade_days} days."
        if draw.fade_days
        else "In the last launches the first days were like the later ones. Nobody here tries a thing for being new."
    )
    counts = {
        BEACON: ("The old app reports a visitor only once the block stands. Whoever leaves before that is missing, "
                 "and the slower the arm, the more are. The server's log has everybody."),
        CRAWLER: ("The server's log counts requests without script, and most of those are machines. They all fall "
                  f"into the {draw.crawler_arm} arm, since it is drawn from an address. Reports of clients have none "
                  "of them."),
    }.get(draw.trouble, "I compared both logs by client, day by day. Nothing is missing in any arm, and nothing is "
                         "there that should not be.")  # fmt: skip
    consent = f"You may slow {draw.consent} of 100 visitors on purpose, until the test ends and no day longer."
    facts = by_id(
        Fact("page_limit", f"In the busiest hour the page's p95 may be {draw.page_limit} ms at most.",
             value=float(draw.page_limit), unit="ms"),
        Fact("light_p95", f"With the light model, the page's p95 in the busiest hour is {draw.light_p95} ms.",
             value=float(draw.light_p95), unit="ms"),
        Fact("step_worth", "A piece of engineering is worth its weeks if it brings "
             f"{draw.step_worth:g} % of all orders or more.", value=draw.step_worth, unit="% of orders"),
        Fact("fades", fades, value=float(draw.fade_days) or None, unit="days", held_by="dagny"),
        Fact("visits_each", f"A visitor comes {draw.visits:g} times in the weeks of a test. Draw visits, and one "
             "person sees both.", value=draw.visits, unit="visits", held_by="dagny"),
        Fact("clicks_move", f"Of 100 more clicks in past tests, {moved} came from people who would have found it by "
             "the search.", value=float(moved), unit="of 100 clicks", held_by="dagny"),
        Fact("full_load", f"When the complex model serves everybody it adds {full_load(draw)} % more than at 30 % of "
             "the traffic.", value=float(full_load(draw)), unit="%", held_by="osei"),
        Fact("cap", f"The test machines carry {draw.cap} % of the traffic through the complex model, not more.",
             value=float(draw.cap), unit="% of traffic", held_by="osei"),
        Fact("fast_ms", f"With a smaller index and batches it would add {draw.fast_ms} ms, at any load.",
             value=float(draw.fast_ms), unit="ms", held_by="osei"),
        Fact("fast_weeks", f"That is {draw.fast_weeks} weeks of mine, after the test.", value=float(draw.fast_weeks),
             unit="weeks", held_by="osei"),
        Fact("counting", counts, held_by="pilar"),
        Fact("where_block", there, held_by="noemi"),
        Fact("freeze", f"Nothing that is being tested stays in the shop after week {draw.freeze_week}.",
             value=float(draw.freeze_week), unit="weeks", held_by="viktor"),
        Fact("consent", consent, value=float(draw.consent), unit="% of visitors", held_by="viktor"),
        Fact("margin", f"An order leaves {draw.margin:g} euros.", value=draw.margin, unit="euros", held_by="anselm"),
        Fact("break_even", f"Its machines cost what {draw.break_even:g} % of the orders leave that it serves, on any "
             "device.", value=draw.break_even, unit="% of orders", held_by="anselm"),
    )  # fmt: skip
    return surfacing(facts, _surfaces(draw))


def _surfaces(draw: Draw) -> Mapping[str, Surfaces]:
    def after(weeks: int, how: str) -> Surfaces:
        return Surfaces(TODAY + dt.timedelta(weeks=WEEKS + weeks), how)

    missing = {
        BEACON: "the old app had not counted those who left before the block stood",
        CRAWLER: f"machines without script had all been counted in the {draw.crawler_arm} arm",
    }
    found = {
        "full_load": after(2, f"at full load the complex model adds {full_load(draw)} % more than in a test"),
        "break_even": after(4, f"the machines of the complex model cost what {draw.break_even:g} % of the orders leave "
                           "that it serves"),
        "fast_ms": after(6, f"with a smaller index the complex model would have added {draw.fast_ms} ms"),
        "where_block": after(5, {
            "phone": "people on phones wait for the block, and people on desktop do not",
            "desktop": "people on desktop wait for the block, and people on phones do not",
            "both": "people wait for the block on every device",
            "none": "nobody waits for the block on any device",
        }[WAITS[draw.kind]]),
        "consent": after(0, f"trading would have let you slow {draw.consent} of 100 visitors"),
    }  # fmt: skip
    if draw.trouble in missing:
        found["counting"] = after(1, missing[draw.trouble])
    if draw.fade_days:
        found["fades"] = after(3, f"what was new had been tried for {draw.fade_days} days and then no more")
    return found
