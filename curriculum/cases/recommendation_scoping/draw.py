"""What shape a world of `recommendation_scoping` has: which model fits and why the others do not, and what differs.

Shapes are dealt in rounds: within a round of neighbouring seeds each shape comes equally often, in an order that
nobody can guess from the seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from curriculum.cases.base import random
from curriculum.cases.recommendation_scoping.wishes import TWICE

SLUG = "recommendation_scoping"

T = TypeVar("T")

SLOW, DAYS, HISTORY, NO_BETTER = "slow", "days", "history", "no_better"
"""Why a model does not fit: too slow in a full shop; more days of work than there are; it learns from older visits
than may be kept; on held-out purchases it is no better than today's strip."""

FIT = ("rules", "rules", "light", "deep", "rules light", "light deep")
"""Which models fit a launch; of two, the first is the one that the team would rather build."""

PLACES = ("all", "phone", "desktop")
"""Where the row is shown at first."""


@dataclass(frozen=True)
class Draw:
    """The shape of one world."""

    fits: tuple[str, ...]
    """The models that fit, the first the one that the team would rather build."""
    unfit: dict[str, str]
    """By model that does not fit: why."""
    place: str
    """Where the row is shown at first: on all product pages, on phones or on desktops."""
    busy: bool
    """Whether all shops get the row at once, with visits enough to see a change in orders; else one country's shop."""
    sold_out_hurts: bool
    """Whether many tickets are about items that are sold out; then there is a card about it."""
    searched: bool
    """Whether today's problem shows in searches; else in clicks on the strip."""
    twin: str
    """The card that somebody has raised a second time in other words."""
    wording: int
    """In which other words."""
    leader: str
    """What has most dots as they were cast: deep, pair (the two duplicates together) or other."""
    tight: str
    """The kind of work that has least room."""
    picks_go_on: bool
    """Whether support goes on picking items for today's strip by hand."""
    says_why_blank: bool
    """Whether the service can send a sentence when it has nothing to show."""
    sends_device: bool
    """Whether the models score phones and desktops apart."""
    soft_replies: bool
    """Whether the service marks its replies with flags, or with values and codes alone."""
    sponsor_decides: bool
    """Whether the sponsor has the last word on scope today; else the product lead."""
    telephone: bool
    """Whether one of those who take part does so by telephone."""
    swaps: tuple[bool, bool, bool]
    """Of model, screens and measures: whether somebody else than last year approves them."""


def dealt(seed: int, stream: str, options: Sequence[T]) -> T:
    """One of the options; every round of as many seeds as there are options deals each of them once."""
    round_, turn = divmod(seed, len(options))
    order = random(SLUG, round_, f"round/{stream}").permutation(len(options))
    return options[int(order[turn])]


def draw(seed: int) -> Draw:
    """The shape of the world with this seed."""
    fits = tuple(dealt(seed, "fits", FIT).split())
    coin = (True, False)
    return Draw(
        fits=fits,
        unfit=_unfit(seed, fits),
        place=dealt(seed, "place", PLACES),
        busy=dealt(seed, "busy", coin),
        sold_out_hurts=dealt(seed, "sold_out", coin),
        searched=dealt(seed, "searched", coin),
        twin=dealt(seed, "twin", tuple(TWICE)),
        wording=dealt(seed, "wording", (0, 1)),
        leader=dealt(seed, "leader", ("deep", "pair", "other")),
        tight=dealt(seed, "tight", ("ml", "data", "web", "design")),
        picks_go_on=dealt(seed, "picks", coin),
        says_why_blank=dealt(seed, "sentence", coin),
        sends_device=dealt(seed, "device", coin),
        soft_replies=dealt(seed, "replies", coin),
        sponsor_decides=dealt(seed, "decides", coin),
        telephone=dealt(seed, "telephone", coin),
        swaps=(dealt(seed, "swap_model", coin), dealt(seed, "swap_screens", coin), dealt(seed, "swap_measures", coin)),
    )


def _unfit(seed: int, fits: tuple[str, ...]) -> dict[str, str]:
    """Why the other models do not fit. A light model is slow only in worlds in which the deep one is slow as well."""
    reasons: dict[str, str] = {}
    if "rules" not in fits:
        reasons["rules"] = NO_BETTER
    if "deep" not in fits:
        reasons["deep"] = dealt(seed, "deep_unfit", (SLOW, DAYS))
    if "light" not in fits:
        slow = reasons.get("deep") == SLOW and dealt(seed, "light_unfit", (True, False))
        reasons["light"] = SLOW if slow else HISTORY
    return reasons
