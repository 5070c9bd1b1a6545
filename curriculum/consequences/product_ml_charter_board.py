"""A learner's roadmap as a board that a year can be run on, with what it assumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import load_case
from curriculum.cases.product_ml_charter.draw import APP, DESIGN, MATCH, ML, PADS, PROMISED, SLUG
from curriculum.cases.product_ml_charter.entries import OUT, PROMISE, month_of
from curriculum.cases.product_ml_charter.search import Found, chances_in, found_in
from curriculum.cases.product_ml_charter.tables import CHECKS
from curriculum.cases.product_ml_charter.year import JUDGED, Assumed, Board, run
from curriculum.support.worlds import kept_for_worlds

_RATIO_OF = {"ratio_ml": ML, "ratio_app": APP, "ratio_design": DESIGN}


def board_of(roadmap: Roadmap) -> Board:
    """What the roadmap does: work in the order of its months, the bet behind the card that it names if it names
    one, promises that lie in their lane with the month there.

    A bet without a share to be looked at has no end; another share counts as the nearest that old curves tell of.
    """
    on = [(month_of(place.step), card) for card, place in roadmap.places.items() if place.lane != OUT]
    order = [card for _, card in sorted(((m, c) for m, c in on if m is not None), key=lambda each: each[0])]
    if PADS in order and roadmap.bet_after in order and roadmap.bet_after != PADS:
        order.remove(PADS)
        order.insert(order.index(roadmap.bet_after) + 1, PADS)
    promises = {
        card: month
        for card in roadmap.lane(PROMISE)
        if card in PROMISED and (month := month_of(roadmap.step_of(card))) is not None
    }
    share = roadmap.stop_share
    ends = share is not None and bets(roadmap)
    check = min(CHECKS, key=lambda each: abs(100 * each - (share or 0))) if ends else None
    return Board(tuple(order), promises, check)


def ratio_quantities() -> Mapping[str, str]:
    """The kind of work that each assumed ratio is of."""
    return MappingProxyType(_RATIO_OF)


def bets(roadmap: Roadmap) -> bool:
    """Whether the bet is worked on, in whichever lane it lies."""
    return PADS in roadmap.places and roadmap.places[PADS].lane != OUT


def assumed_by(roadmap: Roadmap, true: Assumed) -> Assumed:
    """What the learner believes: planned work as it stands where no ratio was typed, no stall where none was, and the
    margin of matching that `true` has where none was."""
    typed = {each.quantity: each.value for each in roadmap.assumptions if each.value is not None}
    ratios = {**dict.fromkeys(true.ratios, 1.0), **{_RATIO_OF[id]: typed[id] for id in _RATIO_OF if id in typed}}
    margin = {**true.margin, MATCH: round(typed.get("match_margin", true.margin[MATCH]))}
    stall = min(100.0, max(0.0, typed.get("stall", 0.0))) / 100
    return replace(true, ratios=ratios, stall=stall, margin=MappingProxyType(margin))


@dataclass(frozen=True)
class Judged:
    """A board in the true world, on years that nobody has seen."""

    found: Found
    chances: Mapping[str, float]
    """By promise that stands: the share of years in which it is kept."""


def judged(seed: int, board: Board) -> Judged:
    """The board on unseen years; worked out once for each."""
    return _judged(seed, board.order, tuple(sorted(board.promises.items())), board.check)


@kept_for_worlds(maxsize=64)
def _judged(seed: int, order: tuple[str, ...], promises: tuple[tuple[str, int], ...], check: float | None) -> Judged:
    board = Board(order, dict(promises), check)
    years = run(seed, [board], load_case(SLUG, seed).truth.assumed, JUDGED)
    return Judged(found_in(years, 0, board), chances_in(years, 0, board))
