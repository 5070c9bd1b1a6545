"""The ninety minutes of the war room in customers: what each action takes away from the harm, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from curriculum.cases.fraud_false_positives.shape import CAUSES, MARKET, SCREEN, UPSTREAM, Shape

FREEZE = 60
"""Minutes after the war room began the change freeze of the day begins: what is asked for later is done tomorrow."""

SWITCHED = 3
"""Days for which a switch holds, as the brief says."""


@dataclass(frozen=True)
class Mitigation:
    """Something that can be done within minutes, before anybody knows why."""

    id: str
    takes: int
    """Minutes until it works, after it was asked for."""
    removes: Mapping[str, float]
    """The share of each cause's harm that it takes away."""
    fraud_passed: float = 0.0
    """The share of the fraud that the model stopped and that passes from then on."""


MITIGATIONS = {
    mitigation.id: mitigation
    for mitigation in (
        Mitigation("roll_back_screen", 10, {SCREEN: 1.0}),
        Mitigation("restore_default", 15, {UPSTREAM: 1.0}),
        Mitigation("raise_threshold", 5, {UPSTREAM: 0.7, MARKET: 0.7}, fraud_passed=0.36),
        Mitigation("review_market", 20, {MARKET: 0.9}),
    )
}
"""Where wrongly high scores lie evenly between 0.90 and 1, seven of ten lie below 0.97; of the scores of stopped
frauds, 36 of 100 do."""


def mitigations(shape: Shape) -> Mapping[str, Mitigation]:
    """What each mitigation does in a world: where wrongly high scores are low, a raised threshold spares them all."""
    if not shape.scores_low:
        return MITIGATIONS
    raised = replace(MITIGATIONS["raise_threshold"], removes={UPSTREAM: 1.0, MARKET: 1.0})
    return {**MITIGATIONS, raised.id: raised}


def harm_left(
    cause: str, minute: float, done: Iterable[tuple[str, int]], known: Mapping[str, Mitigation] = MITIGATIONS
) -> float:
    """The share of a cause's harm that is left at a minute of the war room; what the freeze holds up does nothing."""
    left = 1.0
    for action, at in done:
        mitigation = known.get(action)
        if mitigation and at <= FREEZE and minute >= at + mitigation.takes:
            left = min(left, 1.0 - mitigation.removes.get(cause, 0.0))
    return left


PUT_BACK = 0.5
"""A cause of which no more than this share of its harm is left counts as put back."""


def works_again(causes: Collection[str], done: Iterable[str], known: Mapping[str, Mitigation] = MITIGATIONS) -> str:
    """What the actions of a war room have put back of the causes at work, once they work: `none_works`, `some_works`
    or `all_put_back`."""
    actions = tuple((action, 0) for action in done)
    back = [harm_left(cause, 1e6, actions, known) <= PUT_BACK for cause in causes]
    return "all_put_back" if all(back) else "some_works" if any(back) else "none_works"


def customers_hurt(
    per_minute: Mapping[str, float],
    done: Iterable[tuple[str, int]],
    elapsed: int,
    known: Mapping[str, Mitigation] = MITIGATIONS,
) -> float:
    """Payments wrongly stopped in the first `elapsed` minutes; `per_minute` is the harm of each cause."""
    actions = tuple(done)
    return sum(
        per_minute[cause] * harm_left(cause, minute, actions, known) for cause in CAUSES for minute in range(elapsed)
    )


def circumstances(per_minute: Mapping[str, float]) -> dict[str, int]:
    """For the conversation: who is hit hardest, and so which remedy helps most at once."""
    hardest = max(CAUSES, key=lambda cause: per_minute[cause])
    return {name: int(cause == hardest) for name, cause in HIT_HARDEST.items()}


HIT_HARDEST = {"partners_hit_hardest": UPSTREAM, "market_hit_hardest": MARKET, "phones_hit_hardest": SCREEN}
"""Circumstances of the conversation, and the cause that each stands for."""
