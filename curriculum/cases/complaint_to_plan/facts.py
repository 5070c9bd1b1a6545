"""What each person of `complaint_to_plan` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Fact, Surfaces, by_id, surfacing
from curriculum.cases.complaint_to_plan.draw import CAUSES, MISSORT, OVERLOAD, ROAD, TODAY, TOUR, WIDE_COST, Draw
from curriculum.cases.complaint_to_plan.parcels import RENUMBERED_AFTER, Parcels

COSTS, HOUR, COLUMNS, LABELS, NUMBER, WORDS = "costs", "hour", "columns", "labels", "number", "words"
RUNS, QUIET, BLIND = "runs", "quiet", "blind"
"""What facts bear on: what an error costs; why and from when on it can be known; what columns say; what labels miss;
why the number in the memo does not hold; what can be said; what a run needs; who never writes; what the data miss where
partners deliver."""
NIGHTS = 28

_WHEN = {
    OVERLOAD: "there is more than the drivers can bring, and that I know at three in the morning",
    TOUR: "the tour is longer than the day, and the plan stands at seven",
    MISSORT: "they lie in the wrong cage, and that we see when we load, at half past seven",
    ROAD: "the road is slow, and nobody knows that before noon",
}


@dataclass(frozen=True)
class Auc:
    """What Oskar’s model reaches."""

    memo: float
    """With all that it reads, on a random quarter."""
    random: float
    """The same without the status."""
    random_nameless: float
    """The same without the status and the route numbers."""
    last: float
    """Without the status, on the last four weeks."""
    last_nameless: float
    """Without the status and the route numbers, on the last four weeks."""


def cause_shares(parcels: Parcels) -> Mapping[str, int]:
    """Of 100 parcels that stayed behind, those by each main cause."""
    behind = parcels.cause[parcels.cause >= 0]
    return {name: round(100 * float((behind == number).mean())) for number, name in enumerate(CAUSES)}


def writes_of_100(parcels: Parcels) -> tuple[int, int]:
    """Of 100 who waited for nothing, those who wrote: at own depots, and where a partner delivers."""
    told = [parcels.complained[parcels.missed & rows] for rows in (~parcels.partner, parcels.partner)]
    own, partners = (round(100 * float(np.mean(rows))) for rows in told)
    return own, partners


def make_facts(shape: Draw, parcels: Parcels, auc: Auc, nights_late: int, announced: int) -> Mapping[str, Fact]:
    """The facts of one world by id."""
    quiet, loud = writes_of_100(parcels)
    share = cause_shares(parcels)[shape.cause]
    blind = round(100 * shape.blind)
    without = {
        "wide": "we can still send the same text to everybody of a depot, and the app cannot be changed",
        "day_only": "no text can be sent at all, and what the app shows can still be changed",
    }[shape.without_a_run]
    owner = {"idris": "Idris’s office", "leila": "My team"}[shape.feed_owner]
    wide_eur = round(WIDE_COST * shape.wrong_eur, 2)
    pressed = (
        f"Of 100 parcels that my drivers hand over, {round(100 * shape.lag)} are booked on the next morning."
        if shape.books_late
        else f"Of 100 parcels that my drivers bring back, the GPS shows nothing for {round(100 * shape.gps_off)}."
    )
    on = frozenset
    facts = by_id(
        Fact("the_ticket", "“The app said today. I stayed at home until nine, and nothing came. Nobody said a word.”"),
        Fact("oskar_number", f"Oskar’s model of who waits for nothing reaches an AUC of {auc.memo:.2f}.",
             value=auc.memo, unit="AUC"),
        Fact("cost_of_miss", "A parcel that was announced and did not come, and of which nobody was told, costs us "
             f"{shape.miss_eur:.2f} € in calls, refunds and second trips.", value=shape.miss_eur, unit="€",
             held_by="paula", supports=on({COSTS})),
        Fact("who_waits", f"Of 100 people who waited for nothing, {quiet} write to us at our own depots. Where a "
             f"partner delivers, it is {loud}.", value=float(loud), unit="of 100 people", held_by="paula",
             supports=on({QUIET})),
        Fact("known_at_three", f"Of 100 parcels that stay behind, {share} stay because {_WHEN[shape.cause]}.",
             value=float(share), unit="of 100 parcels", held_by="hanne", supports=on({HOUR})),
        Fact("routes_renumbered", f"Two routes are such that {round(100 * shape.bad_route)} of 100 stay behind. "
             f"Numbers of routes were dealt anew after week {RENUMBERED_AFTER}, and from today on they are dealt anew "
             "again.", value=float(round(100 * shape.bad_route)), unit="of 100 parcels", held_by="hanne",
             supports=on({COLUMNS})),
        Fact("van_scanners", f"On {blind} of 100 of our tours, the van has no scanner for loading.",
             value=float(blind), unit="of 100 tours", held_by="idris", supports=on({COLUMNS, BLIND})),
        Fact("what_drivers_press", pressed,
             value=float(round(100 * (shape.lag if shape.books_late else shape.gps_off))), unit="of 100 parcels",
             held_by="idris", supports=on({LABELS, BLIND})),
        Fact("split_was_random", "I held back a random quarter: the same days and the same routes stand on both sides. "
             f"There, without the status, I get {auc.random:.2f} with route numbers and {auc.random_nameless:.2f} "
             f"without them. On the last four weeks alone it is {auc.last:.2f} with them and {auc.last_nameless:.2f} "
             "without.", value=auc.last, unit="AUC", held_by="oskar", supports=on({NUMBER})),
        Fact("top_feature", f"What decides most is the status. Without it, the AUC is {auc.random:.2f}, and "
             f"not {auc.memo:.2f}.", value=auc.random, unit="AUC", held_by="oskar",
             supports=on({NUMBER, COLUMNS})),
        Fact("status_overwritten", "The status is written over until eight in the evening. At four, "
             f"{announced} of 100 rows say “announced” and nothing else.", value=float(announced), unit="of 100 rows",
             held_by="leila", supports=on({NUMBER, COLUMNS})),
        Fact("partner_feed_unowned", f"The partners’ feed was late on {nights_late} of {NIGHTS} nights, and nobody "
             f"owns it. {owner} could take it, if somebody asked.", value=float(nights_late),
             unit=f"of {NIGHTS} nights", held_by="leila", supports=on({RUNS})),
        Fact("run_budget", f"From the hour at which the rows are read, a run has {shape.run_budget} minutes. Then the "
             f"messages go out. Without a run, {without}.", value=float(shape.run_budget), unit="minutes",
             held_by="leila", supports=on({RUNS})),
        Fact("wrong_warning", f"A warning that was wrong costs {shape.wrong_eur:.2f} €: they leave the house, and the "
             "first attempt fails.", value=shape.wrong_eur, unit="€", held_by="sunniva", supports=on({COSTS})),
        Fact("wide_promise_test", "“Today or tomorrow”, told to everybody of a depot, spares "
             f"{round(100 * shape.wide_spared)} of 100 € that a miss costs. For each parcel that comes, it costs "
             f"{wide_eur:.2f} €.", value=float(round(100 * shape.wide_spared)), unit="of 100 €", held_by="sunniva",
             supports=on({WORDS})),
    )  # fmt: skip
    return surfacing(facts, _surfaces(shape, auc))


def _surfaces(shape: Draw, auc: Auc) -> Mapping[str, Surfaces]:
    def after(days: int, how: str) -> Surfaces:
        return Surfaces(TODAY + dt.timedelta(days=days), how)

    pressed = (
        f"{round(100 * shape.lag)} of 100 parcels that partners hand over are booked on the next morning"
        if shape.books_late
        else f"the GPS shows nothing for {round(100 * shape.gps_off)} of 100 parcels that partners bring back"
    )
    return {
        "status_overwritten": after(3, "the status says nothing at the hour at which people could be told"),
        "routes_renumbered": after(8, "route numbers had been dealt anew on the first day"),
        "what_drivers_press": after(12, pressed),
        "van_scanners": after(15, f"{round(100 * shape.blind)} of 100 tours of the partners have no scanner"),
        "partner_feed_unowned": after(21, "nobody owned the partners’ feed on the night on which it stayed away"),
        "split_was_random": after(28, f"the last four weeks alone had given an AUC of {auc.last:.2f}"),
        "wrong_warning": after(30, f"each wrong warning had cost {shape.wrong_eur:.2f} €"),
    }
