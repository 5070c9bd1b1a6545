"""Power, intervals and ratio tests by statsmodels and scipy, which are imported when they are first asked for."""

from __future__ import annotations

from collections.abc import Sequence

ALPHA, POWER = 0.05, 0.80
"""What tests are usually planned with."""


def power(rate: float, effect: float, people: float, alpha: float = ALPHA) -> float:
    """The chance, 0 to 1, that a relative effect on a rate is seen with so many people in each of two arms.

    Two-sided test of two proportions, by their arcsine distance (Cohen's h). Raises ValueError for rates outside 0..1.
    """
    other = rate * (1 + effect)
    if not (0 < rate < 1 and 0 < other < 1):
        raise ValueError("both rates lie between 0 and 1")
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    distance = abs(proportion_effectsize(other, rate))
    return float(NormalIndPower().power(distance, people, alpha, ratio=1.0))


def people_for(rate: float, effect: float, chance: float = POWER, alpha: float = ALPHA) -> float:
    """People that each of two arms needs so that the effect is seen with this chance; the exact number."""
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    distance = abs(proportion_effectsize(rate * (1 + effect), rate))
    return float(NormalIndPower().solve_power(distance, power=chance, alpha=alpha, ratio=1.0))


def proportion_interval(
    did: tuple[float, float], people: tuple[float, float], level: float = 1 - ALPHA
) -> tuple[float, float]:
    """The interval of the ratio of two rates, test over control, by its logarithm (Katz); both as (test, control)."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(
        did[0], people[0], did[1], people[1], compare="ratio", method="log", alpha=1 - level
    )
    return float(low), float(high)


def ratio_test(counts: Sequence[float], shares: Sequence[float]) -> float:
    """The sample-ratio check by scipy: the chance of a split at least as uneven, given the planned shares."""
    from scipy.stats import chisquare

    whole = sum(counts)
    return float(chisquare(counts, [share / sum(shares) * whole for share in shares]).pvalue)


def corrected_level(looks: int, alpha: float = ALPHA, method: str = "sidak") -> float:
    """The level for each of several looks or arms so that all together keep `alpha`: Sidak or Bonferroni."""
    if looks < 1:
        raise ValueError("there is one look at least")
    if method == "sidak":
        return float(1 - (1 - alpha) ** (1 / looks))
    if method == "bonferroni":
        return alpha / looks
    raise ValueError(f"unknown correction: {method}")
