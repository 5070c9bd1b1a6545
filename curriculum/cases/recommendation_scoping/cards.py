"""The cards on the scoping board, the days that each role has, and the dots that people sent in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from curriculum.cases.base import Card, Role, by_id

DUPLICATES = frozenset({"carousel", "quick_row"})
DOTS = 3
"""Dots per voter, as on every scoping board of the course."""

_BASE: tuple[tuple[str, str, dict[str, int], tuple[str, ...], str, str], ...] = (
    ("carousel", "ines", {"web": 7, "design": 4}, (), "A row of suggestions that never makes the page jump",
     "People see what fits while they decide, and nothing moves under their thumb."),
    ("quick_row", "wei", {"web": 6, "design": 3}, (), "A quick row of suggestions under the product photo",
     "People see what fits without waiting for it."),
    ("deep_model", "wei", {"ml": 22, "data": 5}, ("event_pipeline", "session_store"),
     "The deep model: suggestions that follow the whole visit",
     "Suggestions change with every click of a visit."),
    ("session_store", "wei", {"ml": 8, "data": 6}, (), "Keep what a visit has looked at, ready within milliseconds",
     "Nothing that people see; a model that follows the visit needs it."),
    ("light_model", "noor", {"ml": 10, "data": 4}, ("event_pipeline",),
     "A light model: earlier visits and the item on the page",
     "Returning visitors see items that fit what they looked at before."),
    ("rules_model", "pm", {"ml": 3, "data": 3}, (), "Bought-together rules, counted every night",
     "People see what others bought with the item on the page."),
    ("event_pipeline", "noor", {"data": 10, "ml": 2}, (), "Clicks and purchases of a visit in one place by morning",
     "Nothing that people see; trained models learn from it."),
    ("exposure_log", "noor", {"data": 4, "web": 3}, (), "Write down what was shown, not only what was clicked",
     "Nothing that people see; without it no test can be read."),
    ("launch_test", "noor", {"data": 3, "web": 2}, ("exposure_log",),
     "Launch to one half, so that the effect can be measured",
     "One half of the visitors keeps today's strip for some weeks."),
    ("state_screens", "ines", {"web": 5, "design": 5}, ("carousel",),
     "Screens for loading, empty, unsure, broken and replaced",
     "People understand what happens when the row is slow or has nothing."),
    ("fallback_list", "wei", {"ml": 3, "web": 2, "data": 1}, (), "Bestsellers when the model has no answer",
     "New visitors, and everybody during an outage, still see something useful."),
    ("notice", "samir", {"web": 3, "design": 2}, ("carousel",), "A notice beside the row, and a new privacy page",
     "People know that suggestions rest on their browsing, and how."),
    ("layout_test", "ines", {"web": 8, "design": 6, "data": 4}, (), "Test three layouts against each other first",
     "The layout that sells most, if a test can tell."),
    ("why_line", "ines", {"web": 3, "design": 3, "ml": 2}, (), "A line that says why these items are shown",
     "People can judge a suggestion before they click it."),
    ("sold_out_filter", "kofi", {"data": 4, "ml": 2}, (), "Never suggest what is sold out",
     "People do not fall for items that they cannot buy."),
    ("not_for_me", "kofi", {"web": 4, "design": 2, "data": 1}, (), "A button “not for me”",
     "People can get rid of a suggestion that annoys them."),
    ("email_row", "ruth", {"web": 6, "ml": 4, "data": 3}, (), "The same suggestions in the weekly e-mail",
     "Readers of the e-mail see what fits them."),
    ("latency_watch", "wei", {"ml": 2, "data": 2}, (), "Watch waiting times and errors from the first day",
     "Nothing that people see; problems are noticed before they call."),
)  # fmt: skip
"""Id, who raised it, days by role, cards that it needs, need, what users get from it."""

_MANDATORY = {
    "notice": "The law: shoppers must be told what their browsing is used for (GDPR, Articles 13 to 15). "
    "The log of what was shown is such a use, whichever model answers."
}

TRAINED_SCOPE = ("event_pipeline", "exposure_log", "launch_test", "light_model", "carousel", "notice",
                 "state_screens", "fallback_list")  # fmt: skip
RULES_SCOPE = ("rules_model", "exposure_log", "launch_test", "carousel", "notice", "state_screens", "why_line",
               "sold_out_filter", "latency_watch")  # fmt: skip
"""Two of the scopes that the team can carry; the days that each role has are derived from them."""

ROLES = {"ml": ("ML engineering", 0.67), "data": ("Data engineering", 0.64), "web": ("Web engineering", 0.53),
          "design": ("Design", 0.52)}  # fmt: skip
"""Label, and the share of its days that the larger of the two scopes takes."""


def make_cards(rng: np.random.Generator) -> Mapping[str, Card]:
    """The cards; some take a day more than in the first estimate."""
    extra = rng.integers(0, 2, size=len(_BASE))
    return by_id(
        *(
            Card(id, need, note, team=team, effort=_longer(effort, int(more)), needs=needs,
                 mandatory=_MANDATORY.get(id, ""))
            for (id, team, effort, needs, need, note), more in zip(_BASE, extra, strict=True)
        )
    )  # fmt: skip


def _longer(effort: dict[str, int], days: int) -> dict[str, float]:
    """The effort with `days` more for the role that has most to do, where that is much already."""
    most = max(effort, key=lambda role: effort[role])
    return {role: float(value + (days if role == most and value >= 5 else 0)) for role, value in effort.items()}


def days_by_role(cards: Mapping[str, Card], ids: Iterable[str]) -> dict[str, float]:
    """Engineer-days by role that the cards `ids` take together."""
    days = dict.fromkeys(ROLES, 0.0)
    for id in ids:
        for role, effort in cards[id].effort.items():
            days[role] += effort
    return days


def make_roles(cards: Mapping[str, Card], rng: np.random.Generator) -> Mapping[str, Role]:
    """Days by role until the launch: room for both scopes, never for the deep model with what it needs.

    The deep scope takes about 1.5 times the days of ML engineering, while the sum over all roles still fits.
    """
    scopes = [days_by_role(cards, scope) for scope in (TRAINED_SCOPE, RULES_SCOPE)]
    roles = []
    for id, (label, share) in ROLES.items():
        days = math.ceil(max(scope[id] for scope in scopes) / share) + int(rng.integers(0, 2))
        roles.append(Role(id, label, f"{days} days until the launch", capacity=float(days)))
    return by_id(*roles)


def make_votes(rng: np.random.Generator) -> Mapping[tuple[str, str], int]:
    """Dots by voter and card. The two rows of suggestions have 2 each and lose; together they lead with 4."""
    one, two = (int(n) for n in rng.permutation([1, 2]))
    ruth = [("deep_model", 1), ("email_row", 2)] if rng.random() < 0.5 else [("deep_model", 1), ("layout_test", 1),
                                                                             ("email_row", 1)]  # fmt: skip
    noor = [("launch_test", 1), ("event_pipeline", 1)] if rng.random() < 0.5 else [("launch_test", 2)]
    dots = {
        "wei": [("deep_model", 2), ("quick_row", 1)],
        "ines": [("layout_test", 2), ("carousel", 1)],
        "noor": [*noor, ("carousel", 1)],
        "samir": [("notice", one), ("not_for_me", two)],
        "ruth": ruth,
        "kofi": [("sold_out_filter", 2), ("quick_row", 1)],
    }
    return {(voter, card): n for voter, given in dots.items() for card, n in given}
