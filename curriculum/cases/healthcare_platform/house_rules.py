"""What the company's own procedures ask for beyond law and guidance."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.cases.base import random
from curriculum.cases.healthcare_platform.wards import SLUG


@dataclass(frozen=True)
class HouseRules:
    """What the company's own procedures ask for beyond law and guidance; they differ from company to company."""

    participants: int
    """Participants in each user population (QP-05)."""
    test_age: int
    """Days that the last full test may be old on the day of the release (QP-12)."""


def make_house_rules(seed: int) -> HouseRules:
    """The company's limits in one world."""
    rng = random(SLUG, seed, "house_rules")
    return HouseRules(participants=int(rng.integers(18, 25)), test_age=int(rng.integers(25, 46)))
