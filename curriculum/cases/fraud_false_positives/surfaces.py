"""How what nobody asked in the war room comes out in the four weeks after it, and on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Surfaces
from curriculum.cases.fraud_false_positives.payments import LABEL_DAYS
from curriculum.cases.fraud_false_positives.tables import Calendar


def make_surfaces(calendar: Calendar, market: str) -> Mapping[str, Surfaces]:
    """By fact."""
    today = calendar.war_room.date()

    def after(days: int, how: str) -> Surfaces:
        return Surfaces(today + dt.timedelta(days=days), how)

    return {
        "slide_recovered": after(
            3, "management had been shown a slide on which false positives had recovered, and did not "
            "know whom to believe"
        ),
        "final_labels_only": after(
            8, f"the false-positive panel waits {LABEL_DAYS} days for its labels, so that the weeks that it called the "
            f"best were the empty ones"
        ),
        "tests_on_fraud_only": after(
            11, "nobody had tested the alert screen with people whose own payment was stopped, and the next "
            "draft had the same fault"
        ),
        "note_in_own_channel": after(
            15, "the notes on changes of the feed go to a channel that the model's team cannot see, when the next one "
            "was missed"
        ),
        "appeals_unowned": after(
            19, "nobody outside support looks at appeals and no alarm hangs on them, since their numbers had lain "
            "there from the second day on"
        ),
        "market_not_in_tests": after(
            24, f"the data on which models are evaluated still holds no payment from {market}, when model 14 was to "
            f"replace model 13"
        ),
    }  # fmt: skip
