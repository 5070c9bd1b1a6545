"""How what nobody asked in the war room comes out in the four weeks after it, and on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Surfaces
from curriculum.cases.fraud_false_positives.payments import LABEL_DAYS
from curriculum.cases.fraud_false_positives.story import Story
from curriculum.cases.fraud_false_positives.tables import Calendar


def make_surfaces(calendar: Calendar, market: str, story: Story) -> Mapping[str, Surfaces]:
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
        "screen_test": after(11, {
            "not_own": "nobody had tested the alert screen with people whose own payment was stopped",
            "late_report": "a report on the alert screen, with the wrong presses in it, had lain there since the first "
            "week",
            "mouse": "nobody had ever held the alert screen in a hand before customers did",
        }[story.screen] + ", and the next draft had the same fault"),
        "change_note": after(15, {
            "untold": "the notes on changes of the feed go to a channel that its readers cannot see",
            "full_records": "the feed is tried on records that never lack anything",
            "as_format": "what a default means stands in the annex of a note on formats",
        }[story.feed] + ", when the next change went wrong"),
        "appeals_watched": after(19, {
            "no_owner": "nobody outside support looks at appeals and no alarm hangs on them, since their numbers had "
            "lain there from the second day on",
            "no_call": "an alarm on appeals had rung on the first day, in a room from which nobody calls the others",
        }[story.watch]),
        "market_evaluation": after(24, {
            "never": f"the data on which models are evaluated still holds no payment from {market}",
            "invited": f"models are still evaluated on the customers of {market} who had been invited for that",
            "in_total": f"{market} still vanishes in the one number by which models are judged",
        }[story.market] + ", when model 14 was to replace model 13"),
    }  # fmt: skip
