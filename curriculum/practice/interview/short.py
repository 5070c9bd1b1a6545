"""A story told short: which of its claims a text says, as far as numbers show it."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.artifacts.star import Star
from curriculum.practice.interview.said import cost, figures, means
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.quantities import Quantity, agrees

SHORT_WORDS = (60, 90)
"""Thirty seconds, spoken."""
_NO_AMOUNT = ("date", "year", "clock", "ordinal", "denominator", "single", "none")
DECIDED_BY_NUMBERS = ("window", "change", "percent", "cost", "numbers")
"""What can be left out, and whose number shows whether it was."""


def claim_forms(star: Star) -> Mapping[str, tuple[Quantity, ...]]:
    """The numbers of each claim that has some, in every unit that means the same."""
    before, after = figures(star)
    forms: dict[str, tuple[Quantity, ...]] = {"before": tuple(before), "after": tuple(after)}
    was, became = star.baseline.value, star.result_figure.value
    if was is not None and became is not None:
        unit = before[0].unit if before else ""
        forms["change"] = (Quantity(abs(became - was), "change" if unit == "percent" else unit),)
    if was and became is not None:
        forms["percent"] = (Quantity(abs(100 * (became - was) / was), "percent"),)
    forms["cost"] = tuple(cost(star))
    forms["window"] = tuple(Quantity(f.days, "day") for f in (star.baseline, star.result_figure) if f.days)
    forms["numbers"] = tuple(Quantity(abs(one.value), "") for one in star.numbers if one.value is not None)
    return {claim: found for claim, found in forms.items() if found}


def claims_of(said: Said, forms: Mapping[str, tuple[Quantity, ...]]) -> frozenset[str]:
    """Every claim that a number in a text may be."""
    return frozenset(claim for claim, found in forms.items() if any(_is(said, form, claim) for form in found))


def _is(said: Said, form: Quantity, claim: str) -> bool:
    if claim == "window":
        return bool(said.unit) and agrees(said, form.value, form.unit)
    return said.kind not in _NO_AMOUNT and not (said.kind == "count" and not said.of) and means(said, form)


def surely_said(star: Star, text: str) -> frozenset[str]:
    """Claims for which a number of the text stands that can be no other claim."""
    found = [claims_of(said, claim_forms(star)) for said in said_numbers(text)]
    return frozenset(claim for claims in found if len(claims) == 1 for claim in claims)


def perhaps_said(star: Star, text: str) -> frozenset[str]:
    """Claims for which some number of the text may stand."""
    forms = claim_forms(star)
    return frozenset(claim for said in said_numbers(text) for claim in claims_of(said, forms))
