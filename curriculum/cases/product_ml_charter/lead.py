"""How many months the parts of a card take at least, since one card gets only so much of a function."""

from __future__ import annotations

import math

from curriculum.cases.product_ml_charter.draw import APP, ML, PADS, SCIENCE
from curriculum.cases.product_ml_charter.year import MOST, Assumed


def science_months(card: str, assumed: Assumed) -> int:
    """Months in which data science can make a capability stand at the earliest."""
    return _whole(_months(card, SCIENCE, assumed))


def lead_months(card: str, assumed: Assumed) -> int:
    """Months that ML engineering and the app then need at least, the one in which it stands among them."""
    return _whole(max(_months(card, ML, assumed), _months(card, APP, assumed)))


def months_after_look(share: float, assumed: Assumed) -> int:
    """Months after that of a look in which the bet's capability can stand at the earliest: one at least, since
    `share` of its data-science work, 0 to 1, was done by then and not all of it."""
    rest = _months(PADS, SCIENCE, assumed) * (1 - min(max(share, 0.0), 1.0))
    return max(1, _whole(rest) - 1)


def _months(card: str, name: str, assumed: Assumed) -> float:
    return assumed.effort[card][name] * assumed.ratios[name] / (MOST * assumed.capacity[name])


def _whole(months: float) -> int:
    return max(1, math.ceil(months - 1e-6))
