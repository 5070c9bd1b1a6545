"""How what nobody asked in the kick-off comes out during the quarter, and on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Surfaces
from curriculum.cases.recommendation_scoping.facts import Told
from curriculum.cases.recommendation_scoping.truth import Truth
from curriculum.support.dates import full_day


def make_surfaces(truth: Truth, told: Told) -> Mapping[str, Surfaces]:
    """By fact. Where the plan has dealt with the matter anyway, the consequence leaves it out."""
    start, campaign = truth.kickoff, truth.campaign

    def after(day: dt.date, days: int, how: str) -> Surfaces:
        return Surfaces(day + dt.timedelta(days=days), how)

    return {
        "campaign_date": after(
            start, 15, f"the campaign of {full_day(campaign)} was paid for, and the date in the memo too late for it"
        ),
        "screen_budget": after(
            start, 29, f"the page jumps under people's thumbs when the row comes after {truth.screen_budget_ms} ms, "
            f"and the screens had to be tried again",
        ),
        "kept_days": after(
            start, 36, f"shoppers had been promised that their browsing is kept for {told.kept_days} days, and older "
            f"visits had to come out of the training data",
        ),
        "cold_start": after(
            campaign, 8, f"the model returned nothing for {truth.cold_start:g} % of visits, from people whom it had "
            f"never seen",
        ),
        "sold_out_tickets": after(
            campaign, 15, f"{told.sold_out} of 100 tickets about suggestions were about items that are sold out"
        ),
        "soft_number": after(
            campaign, 7 * truth.readout_weeks, f"nobody had promised the board {truth.wished_lift:g} %; the number "
            f"came from a talk at a conference",
        ),
    }  # fmt: skip
