"""How what nobody asked in the review comes out in the month after the release, and on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Surfaces
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.measures import MAX_INTERRUPTIONS, Measures


def make_surfaces(measures: Measures, calendar: Calendar) -> Mapping[str, Surfaces]:
    """By fact. Where the log has dealt with the matter anyway, the consequence leaves it out."""
    released = calendar.last_release_day
    general = round(measures.sensitivity("sequence", "general"))
    reasons = round(measures.true_reasons("sequence", "general"))
    overridden = round(measures.override_rate("tiered", "all_adult"))
    fatigue = round(measures.inappropriate("popup", "general"))
    wrongly = round(measures.inappropriate("tiered", "all_adult"))

    def after(days: int, how: str) -> Surfaces:
        return Surfaces(released + dt.timedelta(days=days), how)

    return {
        "wards_can_wait": after(3, "the contract fixes a day and no number of wards, so that some could have waited"),
        "plan_covers_retraining": after(
            5, "the authorised change plan covers retraining on the same signals alone, and the next change was "
            "planned without an assessment"
        ),
        "monitors_needed": after(
            8, f"where no monitor hangs at the bed, the sequence model catches {general} % of the deteriorations"
        ),
        "interruptions_bearable": after(
            10, f"a ward answers {MAX_INTERRUPTIONS:g} interruptions a shift and stops looking after that"
        ),
        "popup_fatigue": after(
            12, f"on the general wards {fatigue} % of the pop-ups are clicked away although they are right"
        ),
        "physician_at_hand": after(
            13, "on the step-down unit a physician looks at the curves with every alert, so that weeks had gone into "
            "reasons which nobody there needs"
        ),
        "reasons_afterwards": after(
            15, f"the sequence model's reasons are worked out afterwards; on general wards {reasons} % are the "
            f"true ones"
        ),
        "overrides_often_right": after(
            20, f"{overridden} % of the alerts in the list are overridden and {wrongly} % wrongly, after the first "
            f"report had called the nurses careless"
        ),
        "sequence_submission": after(
            24, "the sequence model's own submission was part of its price all along"
        ),
        "target_caught": after(
            28, f"below {measures.target_caught:g} deteriorations caught a month the hospitals' boards do not renew"
        ),
    }  # fmt: skip
