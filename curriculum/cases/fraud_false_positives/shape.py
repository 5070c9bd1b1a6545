"""What is so in one world and not in another: how fraud looks, which number can be trusted, who may change what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import TypeVar

from curriculum.cases.base import random

SLUG = "fraud_false_positives"
UPSTREAM, MARKET, SCREEN = "upstream", "market", "screen"
CAUSES = (UPSTREAM, MARKET, SCREEN)
HOME = ("SE", "DK", "FI")

T = TypeVar("T")


@dataclass(frozen=True)
class Lever:
    """Something that can be changed or queried, with the people of whom one or two hold the right to it this week."""

    id: str
    label: str
    candidates: tuple[str, ...]


LEVERS = (
    Lever(
        "account_age",
        "How a missing account age reads, in the feed or as the model's input",
        ("ravi", "jonas"),
    ),
    Lever("feed_changes", "How changes of a feed are announced, tested and agreed on", ("ravi", "you", "jonas")),
    Lever("review_first", "Which payments a reviewer sees before they are stopped", ("samir", "jonas")),
    Lever(
        "market_opening", "How models are evaluated for a market, and the launch checklist", ("jonas", "you", "samir")
    ),
    Lever("screen", "What the alert screen shows, and to whom", ("mei", "ravi")),
    Lever("call_back", "Calling people back who pressed “Not me”", ("amara", "samir")),
    Lever("screen_release", "How screens are tested and released", ("mei", "amara", "ravi")),
    Lever("query_payments", "Querying payments and what the model does with them", ("jonas", "ravi", "samir")),
    Lever("query_appeals", "Querying appeals and what became of them", ("samir", "amara", "jonas")),
    Lever("query_tickets", "Querying tickets and calls", ("amara", "samir", "mei")),
    Lever("query_screens", "Querying what is pressed on the screens", ("mei", "ravi", "jonas")),
    Lever("measures", "Which measure has an owner, an alarm and a duty to call", ("jonas", "amara", "samir")),
)

_BY_CLAIM = {
    "old_accounts_look_new": "account_age", "default_is_zero": "account_age",
    "input_reads_zero": "account_age", "market_scored_high": "review_first",
    "wrong_presses": "call_back", "buttons_swapped": "screen",
}  # fmt: skip
_BY_BRANCH = {
    UPSTREAM: "feed_changes", MARKET: "market_opening", SCREEN: "screen_release", "detection": "measures",
}  # fmt: skip
ENDS_HARM = {
    UPSTREAM: ("old_accounts_look_new", "default_is_zero", "input_reads_zero"),
    MARKET: ("market_scored_high",),
    SCREEN: ("wrong_presses", "buttons_swapped"),
}
"""By cause: the statements of which payments pass again when something is done against them. Whatever is done about
what allowed it keeps it from coming back."""


@dataclass(frozen=True)
class Shape:
    """The draws that decide what is right."""

    scores_low: bool
    """Whether wrongly high scores lie just above the limit, so that a higher limit alone would do."""
    in_bursts: bool
    """Whether fraud comes in bursts from known devices; else on new devices."""
    amounts: float
    """Level of all amounts, 1 as usual."""
    appeals_in_time: bool
    """Whether appeals are decided within two days; else there is a backlog of nine."""
    tickets_hold: bool
    """Whether every ticket keeps its topic; else a bot answers most of those about stopped payments."""
    decider: str
    """Who declares the incident over."""
    stays: bool
    """Whether it is decided in writing that the fallback stays."""
    unfit: str
    """The change of the alert screen that would fit but for one thing that the accessibility review measured."""
    hands: Mapping[str, tuple[str, ...]]
    """By lever: who may pull it this week."""

    @property
    def appeal_days(self) -> int:
        """Days within which every appeal is decided."""
        return 2 if self.appeals_in_time else 9

    def may_change(self, claim: str, branch: str) -> tuple[str, ...]:
        """Who can do something against a claim of a branch this week."""
        return self.hands.get(_BY_CLAIM.get(claim) or _BY_BRANCH.get(branch, ""), ())


def dealt(seed: int, what: str, options: Sequence[T]) -> T:
    """One of the options; each is dealt as often as any other within a block of as many seeds."""
    order = random(SLUG, seed // len(options), what).permutation(len(options))
    return options[int(order[seed % len(options)])]


def draw_shape(seed: int) -> Shape:
    """The shape of a world."""

    def either(what: str) -> bool:
        return dealt(seed, what, (True,) * 5 + (False,) * 5)

    hands = {}
    for lever in LEVERS:
        alone = [(one,) for one in lever.candidates]
        hands[lever.id] = dealt(seed, lever.id, (*alone, *alone, *combinations(lever.candidates, 2)))
    return Shape(
        scores_low=dealt(seed, "scores", (True, True, False, False, False)),
        in_bursts=either("fraud"),
        amounts=dealt(seed, "amounts", (0.4, 1.0, 2.5)),
        appeals_in_time=either("appeals"),
        tickets_hold=either("tickets"),
        decider=("helen", "samir")[either("decider")],
        stays=either("stays"),
        unfit=dealt(seed, "unfit", ("old_screen", "yes_first", "ask_twice")),
        hands=MappingProxyType(hands),
    )
