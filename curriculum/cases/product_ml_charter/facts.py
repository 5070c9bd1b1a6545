"""What each person of `product_ml_charter` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Fact, Surfaces, by_id, surfacing
from curriculum.cases.product_ml_charter.draw import GENTLE, HARD, NAMES, PADS, PROMISED
from curriculum.cases.product_ml_charter.tables import CHECKS, RETURNS
from curriculum.cases.product_ml_charter.truth import HOLDING, Truth

TODAY = dt.date(2026, 12, 1)


def make_facts(truth: Truth) -> Mapping[str, Fact]:
    """The facts of one world by id."""
    shape, assumed = truth.shape, truth.assumed
    named = {card: f"“{NAMES[card][0]}”" for card in NAMES}
    gentle, hard = truth.held_by(GENTLE), truth.held_by(HARD)
    extra = assumed.ratios[shape.late] - truth.booked[shape.late]
    finds = [round(100 * assumed.finds[check]) for check in CHECKS]
    first = next(iter(truth.returns))
    reason = dict(RETURNS)[first]
    later = round(HOLDING[HARD].move * shape.sums[hard])
    pads, least = frozenset({PADS}), round(HOLDING[GENTLE].withdraw * shape.sums[gentle])
    facts = by_id(
        Fact("promised_months", "Three dates are promised: "
             + ", ".join(f"{named[card]} in month {month}" for card, month in PROMISED.items()) + ".",
             value=float(len(PROMISED)), unit="promises"),
        Fact("stall_claimed", f"In {100 * (1 - truth.lab_stall):.0f} of 100 futures the curve of the pads gets below "
             f"{shape.limit:g} errors of 100, and above that nobody buys it; for pads like those of our sample.",
             value=round(100 * (1 - truth.lab_stall)), unit="of 100 futures", held_by="ilse", supports=pads),
        Fact("check_tells", f"After 25, 45 and 70 of 100 parts of the work, {finds[0]}, {finds[1]} and {finds[2]} of "
             f"100 stalls could be seen on earlier curves: below {shape.line} points they had stalled.",
             value=float(finds[1]), unit="of 100 stalls", held_by="ilse", supports=pads),
        Fact("pads_mix", f"Of 100 receipts on pads that customers send, {shape.mix} come from the two printers. In "
             "the sample it was 75, because those were easy to get.", value=float(shape.mix), unit="of 100 receipts",
             held_by="dita", contradicts=pads),
        Fact("code_41", "What comes back after a handover is booked on code 41, and no plan holds it. In the function "
             f"that has most of it, it is {100 * extra:.0f} of 100 planned parts.", value=round(100 * extra),
             unit="of 100 planned", held_by="tomasz"),
        Fact("returned_most", f"Most weeks went on one reason: {reason}, {truth.returns[first]:.1f} weeks.",
             value=truth.returns[first], unit="weeks", held_by="tomasz"),
        Fact("gentle", f"Who was promised {named[gentle]} would take a later date, or none this year, if they hear it "
             f"in December. To withdraw it then costs {least} thousand €, whatever the contract says.",
             value=1000.0 * least, unit="€", held_by="bea"),
        Fact("hard", f"Who was promised {named[hard]} says little and has their year built on it. To withdraw it costs "
             f"{2 * shape.sums[hard]} thousand €, and each month later {later}, whatever the contract says.",
             value=2000.0 * shape.sums[hard], unit="€", held_by="bea"),
        Fact("wrong_post_limit", f"Above {shape.wrong_posts} wrong postings of 100, bookkeepers switch it off, and "
             "they do not switch it on again.", value=shape.wrong_posts, unit="of 100 postings", held_by="farida"),
        Fact("bad_year", f"In a bad year, one of ten, the plan must still bring {truth.floor} thousand €. Below that "
             "the bank asks questions.", value=1000.0 * truth.floor, unit="€", held_by="henrik"),
        Fact("match_fee", f"With matching we no longer pay a partner {shape.fee} thousand € a month. Its margin in the "
             "table of cards leaves that out.", value=1000.0 * shape.fee, unit="€ a month", held_by="henrik"),
    )  # fmt: skip

    def on(month: int) -> dt.date:
        return dt.date(2027, month, 15)

    return surfacing(
        facts,
        {
            "pads_mix": Surfaces(on(5), f"only {shape.mix} of 100 pads in the field come from the two printers"),
            "code_41": Surfaces(on(4), f"{100 * extra:.0f} of 100 planned parts lay on code 41 besides"),
            "gentle": Surfaces(on(9), f"the customer who waits for {named[gentle]} would have taken a later date"),
            "hard": Surfaces(on(10), f"the customer of {named[hard]} had built their year on it"),
            "match_fee": Surfaces(on(3), f"matching would have spared {shape.fee} thousand € a month to a partner"),
            "wrong_post_limit": Surfaces(on(11), f"bookkeepers switch off above {shape.wrong_posts} of 100 wrong"),
        },
    )
