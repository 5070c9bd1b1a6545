"""The cards on the scoping board, the days that each role has, and the dots that people sent in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from curriculum.cases.base import Card, Role, by_id
from curriculum.cases.recommendation_scoping.draw import DAYS, Draw, dealt
from curriculum.cases.recommendation_scoping.wishes import BUILT, MANDATORY, PAIRS, SOLD_OUT, TWICE, Wish

DOTS = 3
"""Dots per voter, as on every scoping board of the course."""

MODEL_CARDS = {"rules": "rules_model", "light": "light_model", "deep": "deep_model"}

LEAST_WANTED = 4
"""For so many cards people vote at least, besides models and what was raised twice."""

ALWAYS = ("exposure_log", "launch_test", "carousel", "notice", "state_screens")
"""What every launch that is tested and seen by people is built from."""

ROLES = {"ml": "ML engineering", "data": "Data engineering", "web": "Web engineering", "design": "Design"}

TIGHT, ALL_TOGETHER = (0.72, 0.86), 0.555
"""Shares of the days that the largest scope that fits takes: of the tightest role, between which, and of all."""


def make_cards(seed: int, draw: Draw, rng: np.random.Generator) -> Mapping[str, Card]:
    """The cards of one world, in an order that tells nothing; some take up to a day and a half more than estimated."""
    wishes = [*BUILT, *(dealt(seed, f"raised/{pair[0].id}", pair) for pair in PAIRS), twin_of(draw)]
    wishes += [SOLD_OUT] if draw.sold_out_hurts else []
    extra = rng.integers(0, 4, size=len(wishes)) / 2
    return by_id(*(_card(wishes[int(index)], float(extra[index])) for index in rng.permutation(len(wishes))))


def twin_of(draw: Draw) -> Wish:
    """The card that asks for the same as another one."""
    return TWICE[draw.twin][draw.wording]


def _card(wish: Wish, days: float) -> Card:
    """A card; the role that has most to do takes `days` more, where that is much already."""
    most = max(wish.effort, key=lambda role: wish.effort[role])
    effort = {r: float(value + (days if r == most and value >= 5 else 0)) for r, value in wish.effort.items()}
    mandatory = MANDATORY.get(wish.id, "")
    return Card(wish.id, wish.need, wish.gain, team=wish.team, effort=effort, needs=wish.needs, mandatory=mandatory)


def with_needs(cards: Mapping[str, Card], *ids: str) -> frozenset[str]:
    """Cards and everything that they need, directly or not."""
    found: set[str] = set()
    todo = [*ids]
    while todo:
        id = todo.pop()
        if id not in found:
            found.add(id)
            todo += cards[id].needs
    return frozenset(found)


def days_by_role(cards: Mapping[str, Card], ids: Iterable[str]) -> dict[str, float]:
    """Engineer-days by role that the cards `ids` take together."""
    days = dict.fromkeys(ROLES, 0.0)
    for id in ids:
        for role, effort in cards[id].effort.items():
            days[role] += effort
    return days


def launch_scope(cards: Mapping[str, Card], draw: Draw, model: str) -> frozenset[str]:
    """The smallest scope of a launch with this model: with its log, its test, its bad days and its notice."""
    stand_in = () if draw.picks_go_on else ("fallback_list",)
    return with_needs(cards, *ALWAYS, MODEL_CARDS[model], *stand_in)


def make_roles(cards: Mapping[str, Card], draw: Draw, rng: np.random.Generator) -> Mapping[str, Role]:
    """Days by role until the launch: room for each model that fits, with a line that says why and one wish more.

    One role has little room left, another one in every world, while the sum over all roles stays below 60 %.
    """
    scopes = [days_by_role(cards, launch_scope(cards, draw, model) | {"why_line"}) for model in draw.fits]
    largest = {role: max(scope[role] for scope in scopes) for role in ROLES}
    tight = math.ceil(largest[draw.tight] / rng.uniform(*TIGHT))
    rest = sum(largest.values()) - largest[draw.tight]
    room = rest / (sum(largest.values()) / ALL_TOGETHER - tight)
    days = {role: tight if role == draw.tight else math.ceil(largest[role] / room) for role in ROLES}
    if draw.unfit.get("deep") == DAYS:
        needed = days_by_role(cards, with_needs(cards, "deep_model"))["ml"]
        days["ml"] = min(days["ml"], int(needed / 1.1))
    return by_id(
        *(Role(id, ROLES[id], f"{days[id]} days until the launch", capacity=float(days[id])) for id in ROLES)
    )  # fmt: skip


def make_votes(
    seed: int, cards: Mapping[str, Card], draw: Draw, rng: np.random.Generator
) -> Mapping[tuple[str, str], int]:
    """Dots by voter and card. The two cards for one need have two each, so that both lie behind; together they lead
    in some worlds and not in others."""
    left = dict.fromkeys(("wei", "ines", "noor", "samir", "ruth", "kofi"), DOTS)
    dots: dict[tuple[str, str], int] = {}

    def give(voter: str, card: str, n: int) -> None:
        dots[voter, card] = dots.get((voter, card), 0) + n
        left[voter] -= n

    for voter, card in zip(("ines", "noor", "wei", "kofi"), (draw.twin,) * 2 + (twin_of(draw).id,) * 2, strict=True):
        give(voter, card, 1)
    voted = sorted(_voted_on(cards) - {draw.twin})
    wanted = [card for card in voted if dealt(seed, f"wanted/{card}", (True, False))]
    others = [card for card in voted if card not in wanted]
    wanted += [others[int(index)] for index in rng.permutation(len(others))][: max(0, LEAST_WANTED - len(wanted))]
    favourite = wanted[int(rng.integers(len(wanted)))]
    ahead = {"deep": "deep_model", "other": favourite, "pair": ""}[draw.leader]
    give("wei", "deep_model", 2 if ahead == "deep_model" else 1)
    for voter, n in (("ruth", 2), ("samir", 2), ("kofi", 1)) if ahead else ():
        give(voter, ahead, n)
    if not ahead:
        give("ruth", "deep_model", 1)
    give("samir", "notice", min(1, left["samir"]))
    total: dict[str, int] = {}
    for (_, card), n in dots.items():
        total[card] = total.get(card, 0) + n
    for voter in left:
        while left[voter]:
            open_ = [card for card in wanted if total.get(card, 0) < DOTS] or wanted
            card = open_[int(rng.integers(len(open_)))]
            give(voter, card, 1)
            total[card] = total.get(card, 0) + 1
    return {key: n for key, n in dots.items() if n}


def _voted_on(cards: Mapping[str, Card]) -> set[str]:
    """The cards for which people vote: what they would see. Nobody votes for foundations, and few for plain models."""
    unseen = {"session_store", "event_pipeline", "exposure_log", "launch_test", "notice", "deep_model"}
    unseen |= {
        "light_model",
        "rules_model",
        "carousel",
        "state_screens",
        *(wish.id for wishes in TWICE.values() for wish in wishes),
    }
    return set(cards) - unseen
