"""What ships along with the alerts: one of six small products, each under other rules than the alerts themselves.

The AI Act's day and the reason in the FDA's guidance follow from what it does (domain reference, regulation: Annex III
5(d) on triage; class I products without a notified body are generally no high-risk products; the four criteria of the
guidance on decision support, and time-critical predictions).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.kinds import Companion
from curriculum.cases.healthcare_platform.wards import SLUG

ANNEX_I, ANNEX_III, NOT_HIGH_RISK = "annex_i", "annex_iii", "not_high_risk"
PATTERN, NOT_FOR_PROFESSIONALS, NOT_REVIEWABLE, TIME_CRITICAL, NO_DEVICE = (
    "pattern", "not_for_professionals", "not_reviewable", "time_critical", "no_device",
)  # fmt: skip

COMPANIONS = by_id(
    Companion("reminders", "Reminders", "shows the ward's own protocol for a finding that the nurse has entered, each "
              "step with its source; class I, declared by ourselves",
              high_risk=NOT_HIGH_RISK, us=frozenset({NO_DEVICE})),
    Companion("curves", "Curve reader", "finds irregular heartbeats in the monitors' curves and marks them for the "
              "physician, who sees the curve; class IIa, assessed by the notified body",
              high_risk=ANNEX_I, us=frozenset({PATTERN})),
    Companion("front_desk", "Front desk", "sorts people who arrive at the emergency department by how fast they must "
              "be seen, from what they answer; no notified body has a part in it",
              high_risk=ANNEX_III, us=frozenset({TIME_CRITICAL})),
    Companion("at_home", "At home", "tells patients after discharge, in plain words, whether they should take more of "
              "a medicine; class IIb, assessed by the notified body",
              high_risk=ANNEX_I, us=frozenset({NOT_FOR_PROFESSIONALS})),
    Companion("second_opinion", "Second opinion", "gives the physician a score for the next week's treatment from lab "
              "results, without saying on what it rests; class IIa, assessed by the notified body",
              high_risk=ANNEX_I, us=frozenset({NOT_REVIEWABLE})),
    Companion("call_takers", "Call takers", "proposes to people who take emergency calls which ambulance goes first, "
              "while the caller speaks; no notified body has a part in it",
              high_risk=ANNEX_III, us=frozenset({TIME_CRITICAL, NOT_FOR_PROFESSIONALS})),
)  # fmt: skip

_WEIGHTS = {"reminders": 3, "curves": 1, "front_desk": 2, "at_home": 1, "second_opinion": 1, "call_takers": 1}


def make_companion(seed: int) -> tuple[Companion, Mapping[str, Columns]]:
    """What ships along in one world, and the table `companion`."""
    drawn = [id for id, weight in _WEIGHTS.items() for _ in range(weight)]
    one = COMPANIONS[drawn[int(random(SLUG, seed, "companion").integers(0, len(drawn)))]]
    return one, {"companion": frozen_columns(companion=np.array([one.label]), what_it_does=np.array([one.note]))}
