"""What people can agree to in the integration review, and how an agreement is found in the transcript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

PACKAGES: Mapping[str, Mapping[str, str]] = {
    "trees_all_adult": {"model": "trees", "intended_use": "all_adult"},
    "sequence_step_down": {"model": "sequence", "intended_use": "step_down"},
    "tiered": {"alerting": "tiered"},
    "popup": {"alerting": "popup"},
}
"""The proposals that can be put on the table, with what each decides by topic."""


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
