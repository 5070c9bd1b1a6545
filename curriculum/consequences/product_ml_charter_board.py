"""A learner's roadmap as a board that a year can be run on, with what it assumes."""

from __future__ import annotations

from dataclasses import replace

from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases.product_ml_charter.draw import APP, DESIGN, ML, PADS, PROMISED
from curriculum.cases.product_ml_charter.entries import OUT, PROMISE, month_of
from curriculum.cases.product_ml_charter.tables import CHECKS
from curriculum.cases.product_ml_charter.year import Assumed, Board

_RATIO_OF = {"ratio_ml": ML, "ratio_app": APP, "ratio_design": DESIGN}


def board_of(roadmap: Roadmap) -> Board:
    """What the roadmap does: work in the order of its months, the bet behind the card that it names, promises that lie
    in their lane with the month there.

    A bet without a share to be looked at has no end; another share counts as the nearest that old curves tell of.
    """
    on = [(month_of(place.step), card) for card, place in roadmap.places.items() if place.lane != OUT and card != PADS]
    order = [card for _, card in sorted(((m, c) for m, c in on if m is not None), key=lambda each: each[0])]
    if bets(roadmap):
        after = roadmap.bet_after
        order.insert(order.index(after) + 1 if after in order else len(order) if after else 0, PADS)
    promises = {
        card: month
        for card in roadmap.lane(PROMISE)
        if card in PROMISED and (month := month_of(roadmap.step_of(card))) is not None
    }
    share = roadmap.stop_share
    ends = share is not None and bets(roadmap)
    check = min(CHECKS, key=lambda each: abs(100 * each - (share or 0))) if ends else None
    return Board(tuple(order), promises, check)


def bets(roadmap: Roadmap) -> bool:
    """Whether the bet is worked on, in whichever lane it lies."""
    return PADS in roadmap.places and roadmap.places[PADS].lane != OUT


def assumed_by(roadmap: Roadmap, true: Assumed) -> Assumed:
    """What the learner believes: planned work as it stands where no ratio was typed, and no stall where none was."""
    typed = {each.quantity: each.value for each in roadmap.assumptions if each.value is not None}
    ratios = {**dict.fromkeys(true.ratios, 1.0), **{_RATIO_OF[id]: typed[id] for id in _RATIO_OF if id in typed}}
    return replace(true, ratios=ratios, stall=min(100.0, max(0.0, typed.get("stall", 0.0))) / 100)
