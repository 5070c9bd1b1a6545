"""Who decides what, what people can agree to in the review, and how an agreement is found in the transcript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.kinds import Right
from curriculum.cases.healthcare_platform.measures import TOPICS
from curriculum.cases.healthcare_platform.wards import SLUG

PACKAGES: Mapping[str, Mapping[str, str]] = {
    "trees_all_adult": {"model": "trees", "intended_use": "all_adult"},
    "sequence_step_down": {"model": "sequence", "intended_use": "step_down"},
    "tiered": {"alerting": "tiered"},
    "popup": {"alerting": "popup"},
}
"""The proposals that can be put on the table, with what each decides by topic."""

_TOUCHED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "model": (("walter", "sanna", "anouk"), ("sanna", "ngozi", "anouk", "walter")),
    "intended_use": (("walter", "ngozi", "anouk"), ("ngozi", "anouk", "walter", "sanna")),
    "alerting": (("ngozi", "mateo", "sanna"), ("mateo", "ngozi", "sanna")),
}
"""By topic: to whom a company like this one gives the decision, and whose work it changes."""


def make_rights(seed: int) -> Mapping[str, Right]:
    """Who decides each topic, and the two who have to agree, as this company has laid it down."""
    rng = random(SLUG, seed, "rights")
    rights = []
    for topic, (deciders, touched) in _TOUCHED.items():
        decider = str(rng.choice(deciders))
        rest = [person for person in touched if person != decider]
        signers = tuple(str(person) for person in rng.permutation(rest)[:2])
        rights.append(Right(topic, TOPICS[topic].label, decider=decider, signers=signers))
    return by_id(*rights)


def right_columns(rights: Mapping[str, Right]) -> Columns:
    """The table of decision rights as learners see it."""
    rows = list(rights.values())
    return frozen_columns(
        topic=np.array([row.id for row in rows]),
        question=np.array([row.label for row in rows]),
        decides=np.array([row.decider for row in rows]),
        must_agree=np.array([", ".join(row.signers) for row in rows]),
    )


class Conversation(Protocol):
    """What is asked of a replayed conversation."""

    def did(self, action: str) -> bool: ...


def action(person: str, package: str) -> str:
    """The action by which a person agrees to a proposal."""
    return f"{person}_agreed_{package}"


def agreed(conversation: Conversation, person: str, topic: str, option: str) -> bool:
    """Whether a person agreed, in the review, to an option of a topic."""
    return any(
        decides.get(topic) == option and conversation.did(action(person, package))
        for package, decides in PACKAGES.items()
    )
