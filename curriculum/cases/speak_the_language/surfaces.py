"""How what nobody asked comes out in the weeks after the threshold has gone live, and on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Surfaces
from curriculum.cases.speak_the_language.draw import Draw
from curriculum.cases.speak_the_language.truth import Truth


def make_surfaces(draw: Draw, truth: Truth) -> Mapping[str, Surfaces]:
    """By fact. Where nothing came of it, the consequence leaves it out."""

    def on(days: int, how: str) -> Surfaces:
        return Surfaces(truth.go_live + dt.timedelta(days=days), how)

    house, bank = draw.rates.house, draw.rates.bank
    return {
        "new_threshold": on(1, f"{truth.stopped_after:,.0f} good payments a day are stopped, and support had planned "
                            f"with another number"),
        "silent_leavers": on(2, f"{truth.writes:.0f} of 100 good customers who are stopped write to support"),
        "final_recall": on(9, "February's share of caught frauds sank from week to week, as people found the missed "
                           "ones on their statements"),
        "bank_part": on(11, f"one bank refuses {bank} of 100 of those who give up at the card, whatever the form says"),
        "house_rate": on(15, f"the board counts one fraud that passes as {house} lost payments"),
    }  # fmt: skip
