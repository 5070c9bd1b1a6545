"""What each person of `influence_and_mentoring` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Fact, Surfaces, by_id, surfacing
from curriculum.cases.influence_and_mentoring.allies import Ally
from curriculum.cases.influence_and_mentoring.draw import LIMIT, OWN_METRIC, SEGMENTS, Draw
from curriculum.cases.influence_and_mentoring.pip import root_text

TODAY = dt.date(2026, 9, 14)


def days_until(working: int) -> int:
    """Days from today, weekends among them, until so many working days are over."""
    return int((np.busday_offset(TODAY, working) - np.datetime64(TODAY)).astype(int))


def make_facts(
    shape: Draw, allies: Mapping[str, Ally], opt_outs: int, paused: int, to_all: float
) -> Mapping[str, Fact]:
    """The facts of one world by id: `opt_outs` of 1,000 at which Noa stops, `paused` of 100 active in the arm with a
    pause, `to_all` € that the best action costs for each one whom it really keeps."""
    segment = SEGMENTS[shape.segment]
    noa, ruben, sigrid = allies["noa"], allies["ruben"], allies["sigrid"]
    on = frozenset
    had = "both of this quarter" if noa.stops == LIMIT else "one of them, so one is free"
    facts = by_id(
        Fact("paused_is_active", f"Of 100 who count as active on day 30 with a pause, {paused} had paused. They "
             "neither listened nor paid.", value=float(paused), unit="of 100", held_by="ifeoma",
             supports=on({"day_120"})),
        Fact("score_split", f"The scores were trained on wave {shape.score_half}. There they know what happened. "
             f"Only wave {3 - shape.score_half} says what they are worth.", value=float(3 - shape.score_half),
             unit="wave", held_by="ifeoma",
             supports=on({"day_120"})),
        Fact("margin", f"Of the {shape.price:.2f} € that somebody pays, {shape.margin:.2f} € a month are left, after "
             "what goes to authors, to speakers and to the app shops.", value=shape.margin, unit="€ a month",
             held_by="yara", supports=on({"net"})),
        Fact("months_left", f"Whoever still pays on day 120 pays {shape.months} further months in the middle.",
             value=float(shape.months), unit="months", held_by="yara", supports=on({"net"})),
        Fact("discount_to_all", "Count a discount for everybody who stays with it, and the other two for everybody "
             f"who is contacted. With what pays best there, each one who is really kept costs {to_all:.1f} €.",
             value=round(to_all, 1), unit="€", held_by="yara", supports=on({"net"})),
        Fact("contact_limit", f"Two mails from us in a quarter, a third one makes people stop all mail. {segment} have "
             f"had {had}. And above {opt_outs} opt-outs of 1,000 I stop whatever it is, on any channel.",
             value=float(opt_outs), unit="of 1,000", held_by="noa", supports=on({"noa"})),
        Fact("noa_real_days", f"Of the {noa.days_paper} days on paper, {noa.days_real} are really mine.",
             value=float(noa.days_real), unit="days", held_by="noa", supports=on({"noa"})),
        Fact("freeze_days", "Nothing on the bill changes after the freeze, for six weeks. It begins after "
             f"{ruben.days_real} working days; those are ours.", value=float(ruben.days_real), unit="days",
             held_by="ruben", supports=on({"ruben"})),
        Fact("ruben_bonus", _bonus(ruben), value=ruben.expected, unit="percent", held_by="ruben",
             supports=on({"ruben"})),
        Fact("starts_move", _starts(sigrid), value=sigrid.expected, unit="starts", held_by="sigrid",
             supports=on({"sigrid"})),
        Fact("score_needs", f"To have these scores on the day on which they are used costs {shape.score_cost:,} € for "
             "one campaign: fresh features, a place to run, somebody who looks after it.",
             value=float(shape.score_cost), unit="€", held_by="sigrid", supports=on({"model"})),
        *(Fact(f"root_{area}", root_text(field, root), held_by="pip", supports=on({"coaching"}))
          for area, (field, root) in enumerate(zip(shape.flawed, shape.roots, strict=True), start=1)),
    )  # fmt: skip
    return surfacing(facts, _surfaces(shape, allies, opt_outs, paused))


def _bonus(ruben: Ally) -> str:
    if ruben.stops == OWN_METRIC:
        return (
            f"When finance tried this on the bill page, collected went from {ruben.now:.1f} to {ruben.expected:.1f} %: "
            "whoever takes an offer there counts as not paid in full. My team's bonus hangs on that number."
        )
    return (
        f"When finance tried this on the bill page, collected went from {ruben.now:.1f} to {ruben.expected:.1f} %: "
        "offers are booked elsewhere, and fewer bills come back. My team's bonus hangs on that number."
    )


def _starts(sigrid: Ally) -> str:
    way = "took the place of a story" if sigrid.stops == OWN_METRIC else "brought people back who then looked around"
    return (
        f"We once had such an offer on the start screen for a week. Starts per household went from {sigrid.now:.2f} to "
        f"{sigrid.expected:.2f}: it {way}."
    )


def _surfaces(shape: Draw, allies: Mapping[str, Ally], opt_outs: int, paused: int) -> Mapping[str, Surfaces]:
    def day(after: int) -> dt.date:
        return TODAY + dt.timedelta(days=after)

    noa, ruben, sigrid = allies["noa"], allies["ruben"], allies["sigrid"]
    return {
        "paused_is_active": Surfaces(day(95), f"{paused} of 100 whom a pause had kept active had only paused"),
        "score_split": Surfaces(day(60), f"the scores had seen wave {shape.score_half} before they were tried on it"),
        "margin": Surfaces(day(45), f"of {shape.price:.2f} € only {shape.margin:.2f} € are left"),
        "discount_to_all": Surfaces(day(70), "most of the cost had gone to people who would have stayed"),
        "contact_limit": Surfaces(day(20), f"mail stops everything above {opt_outs} opt-outs of 1,000"),
        "noa_real_days": Surfaces(day(15), f"customer mail had {noa.days_real} days left, not {noa.days_paper}"),
        "freeze_days": Surfaces(day(18), f"the bill was frozen after {ruben.days_real} days of work"),
        "ruben_bonus": Surfaces(day(50), f"collected had been at {ruben.expected:.1f} % when this was tried before"),
        "starts_move": Surfaces(day(40), f"starts had been at {sigrid.expected:.2f} when this was tried before"),
        "score_needs": Surfaces(day(30), f"scores cost {shape.score_cost:,} € for one campaign"),
    }
