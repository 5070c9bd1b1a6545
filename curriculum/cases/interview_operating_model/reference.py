"""Plans that hold in a world, found by trying all of them: for exemplars, and to be sure that there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from curriculum.cases.interview_operating_model.board import Week
from curriculum.cases.interview_operating_model.draw import ASKERS, Asker, Draw
from curriculum.cases.interview_operating_model.offers import AXES, AXIS, BETTER, NEVER, Offer
from curriculum.cases.interview_operating_model.ways import REMEDIES, STANDS_ON


@dataclass(frozen=True)
class Phase:
    """One phase of a plan that holds."""

    failure: str
    remedy: str
    maker: str
    accepts: str


@dataclass(frozen=True)
class Plan:
    """Phases in their order, each after the one before it, and a promise for each who asks."""

    phases: tuple[Phase, ...]
    promises: Mapping[Asker, str]


def in_order(failures: Sequence[str]) -> tuple[str, ...]:
    """The failures with whatever another stands on before it."""
    placed: list[str] = []
    for failure in failures:
        below = STANDS_ON.get(failure, ("", ""))[0]
        if below in failures and below not in placed:
            placed.append(below)
        if failure not in placed:
            placed.append(failure)
    return tuple(placed)


def totals(offers: Mapping[str, Offer], chosen: Mapping[Asker, str]) -> Mapping[str, float]:
    """What all promises together change, by axis; a promise that is made twice counts once."""
    made = [offers[id] for id in dict.fromkeys(chosen.values()) if id in offers]
    return {axis: sum(offer.on(axis) for offer in made) for axis in AXES}


def promises(offers: Mapping[str, Offer]) -> Iterator[dict[Asker, str]]:
    """Every three promises that help whoever gets them, give up nothing that is needed, and leave nobody worse off."""
    kept = {who: [o.id for o in offers.values() if o.helps(who) and o.loses not in NEVER] for who in ASKERS}
    for chosen in product(*(kept[who] for who in ASKERS)):
        made = dict(zip(ASKERS, chosen, strict=True))
        sums = totals(offers, made)
        if all(sums[axis] * BETTER[axis] > 0 for axis in AXES) and not taken_back(offers, made):
            yield made


def taken_back(offers: Mapping[str, Offer], made: Mapping[Asker, str]) -> list[tuple[Asker, str]]:
    """Promises of which another one takes away half or more, each with the one that does."""
    found = []
    for who, id in made.items():
        own = offers[id].on(AXIS[who])
        for other in dict.fromkeys(made.values()):
            if (
                other != id
                and offers[other].on(AXIS[who]) * own < 0
                and 2 * abs(offers[other].on(AXIS[who])) >= abs(own)
            ):
                found.append((who, other))
    return found


def plans(shape: Draw, week: Week, offers: Mapping[str, Offer], wanted: float, count: int) -> Iterator[Plan]:
    """Every plan with so many phases that meets what is fixed and for which everybody has the hours."""
    axis, free = AXIS[shape.fixed], {**week.free, shape.away: 0}
    failures = in_order(shape.costliest(count))
    ways = [
        [(remedy.id, maker) for remedy in REMEDIES.values() if failure in remedy.prevents for maker in remedy.makers]
        for failure in failures
    ]
    met = [made for made in promises(offers) if totals(offers, made)[axis] * BETTER[axis] >= wanted]
    for chosen in product(*ways):
        left = dict(free)
        for remedy, maker in chosen:
            left[maker] -= week.takes[remedy]
        if min(left.values()) < 0 or len({remedy for remedy, _ in chosen}) < len(chosen):
            continue
        phases = tuple(
            Phase(failure, remedy, maker, next(one for one in shape.no_counts if one != maker))
            for failure, (remedy, maker) in zip(failures, chosen, strict=True)
        )
        for made in met:
            costs: dict[str, float] = {}
            for id in set(made.values()):
                costs[offers[id].bearer] = costs.get(offers[id].bearer, 0) + offers[id].costs
            if all(left[bearer] >= hours for bearer, hours in costs.items()):
                yield Plan(phases, made)
