"""How full each kind of work gets: all that is due by the end of a quarter over all that can be given until then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.lanes import Load
from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.cases.product_ml_charter.draw import FUNCTIONS, PADS, SCIENCE
from curriculum.cases.product_ml_charter.entries import PERIODS, month_of
from curriculum.cases.product_ml_charter.year import Assumed
from curriculum.consequences.product_ml_charter_board import assumed_by

QUARTER = 3
"""Months."""


def derive_roadmap(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Loads in percent, on the ratios that the learner typed; nothing before a card has a month."""
    roadmap = artifacts["roadmap"]
    assert isinstance(roadmap, Roadmap)
    months = {card: month for card, place in roadmap.places.items() if (month := month_of(place.step)) is not None}
    if not months:
        return {}
    believed = assumed_by(roadmap, case.truth.assumed)
    rows = []
    for name in FUNCTIONS:
        for number, period in enumerate(PERIODS, start=1):
            due = sum(_due(roadmap, believed, card, name, months[card], QUARTER * number) for card in months)
            room = QUARTER * number * believed.capacity[name]
            rows.append(Load(role=name, period=period, share=round(100 * due / room, 1)))
    return {"loads": tuple(rows)}


def _due(roadmap: Roadmap, believed: Assumed, card: str, name: str, month: int, by: int) -> float:
    """Person-months of a card that are due by a month; of the bet, data science up to its look from then on."""
    work = believed.effort.get(card, {}).get(name, 0.0) * max(0.0, believed.ratios[name])
    if month <= by:
        return work
    look = month_of(roadmap.stop_month)
    if card == PADS and name == SCIENCE and look is not None and look <= by:
        return work * min(max(roadmap.stop_share or 0.0, 0.0), 100.0) / 100
    return 0.0
