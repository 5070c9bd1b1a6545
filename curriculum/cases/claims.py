"""Claims of a case: what can be said of the people in it, whose each is, and who tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from curriculum.cases.base import Entry, Fact, Person

ClaimKind = Literal["want", "why", "limit", "quiet", "gossip", "view", "plan"]
"""What a claim is: what somebody asks for, why, within which limit, and what would do; what is said and nobody's;
what the learner thinks of it, and what the learner would do."""

OWN: tuple[ClaimKind, ...] = ("want", "quiet", "why", "limit")
"""Kinds that belong to the person who holds them."""

Firmness = Literal["", "must", "wish", "not_said"]
"""How firm a limit is in somebody's words; blank until it is said."""


@dataclass(frozen=True)
class Claim(Entry):
    """One thing that can be said of somebody. `label` is its words in a pick list, without untold numbers."""

    owner: str = ""
    """Id of the person whose it is; blank: it is nobody's."""
    kind: ClaimKind = "want"
    fact: str = ""
    """Id of the fact that tells it; blank: everybody knows it."""
    number: float | None = None
    """Of a limit: the number that belongs to it, in the unit that the artifact's field names."""
    within: float = 0.0
    """How far a stated number may be from it."""
    firmness: Firmness = ""
    """Of a limit: how firm it is; blank where there is nothing to say of that."""
    sounds: Firmness = ""
    """How firm it sounds when it is first told; blank: as it is."""
    firm_by: str = ""
    """Id of the fact that tells how firm it is; blank: whoever hears it said wrongly corrects it."""


def misplaced(claims: Iterable[Claim], people: Mapping[str, Person], facts: Mapping[str, Fact]) -> list[str]:
    """What does not hang together in a case's claims, a sentence each."""
    wrong: list[str] = []
    limits: set[str] = set()
    for claim in claims:
        if claim.kind in OWN and claim.owner not in people:
            wrong.append(f"the claim {claim.id} is somebody's {claim.kind}, and its owner {claim.owner!r} is no person")
        if claim.kind not in OWN and claim.owner:
            wrong.append(f"the claim {claim.id} is a {claim.kind}, nobody's, and has the owner {claim.owner!r}")
        wrong += [
            f"the claim {claim.id} names the fact {fact!r}, which this case does not have"
            for fact in (claim.fact, claim.firm_by)
            if fact and fact not in facts
        ]
        if claim.kind != "limit" and (claim.number is not None or claim.firmness or claim.sounds or claim.firm_by):
            wrong.append(f"the claim {claim.id} is no limit, so it has neither a number nor a firmness")
        if claim.kind == "limit" and claim.owner in limits:
            wrong.append(f"{claim.owner} has more than one limit, and a learner says one number")
        if claim.kind == "limit":
            limits.add(claim.owner)
    return wrong
