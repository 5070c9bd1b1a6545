"""What the claims of a story allow its text to say: each typed number in every notation that means the same."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from curriculum.artifacts.star import Star
from curriculum.cases.interviews.units import READ_AS, WHOLES
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.prose import sentences
from curriculum.words.quantities import MOST_ROUNDED, Quantity, agrees

SMALL_COUNT, _ROUND = 12, frozenset({10, 100, 1_000, 10_000, 100_000, 1_000_000})
"""Wholes that need no claim: "nine of twelve", "26 of 1,000 searches"."""
RATIO_TOLERANCE = 0.05
"""A word such as "doubled" may differ by a twentieth from after divided by before (G4)."""
PART_TOLERANCE = 0.1
"""The same for parts in words: "a third faster" is said of 31 and of 36 percent."""

_THAN = re.compile(
    r"^\s+(?:as\s+|of\s+that\s+)?(?:faster|slower|quicker|fewer|less|more|lower|higher|shorter|longer|cheaper|dearer|"
    r"smaller|bigger|larger|better|worse|earlier|later)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bby\s+(?:about|around|nearly|almost|over|more\s+than|less\s+than|roughly|some|only|just)?\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Untyped:
    """A number in the text that no claim has."""

    part: str
    """The part of the answer that says it."""
    said: Said
    why: str = ""
    """What it was taken for, where a claim has the same number in another sense; blank for the rest."""


@dataclass(frozen=True)
class Allowed:
    """What an answer's claims allow its text to say."""

    levels: tuple[Quantity, ...]
    """Numbers as they are: before, after, cost, further numbers."""
    points: tuple[float, ...]
    """Changes of a share, in percentage points."""
    relative: tuple[float, ...]
    """Changes in percent of what was before."""
    days: tuple[float, ...]
    """Windows, and how long it was from one dated step to another."""
    dates: tuple[dt.date, ...]
    ratio: float | None
    """After divided by before."""
    beside: tuple[float, ...]
    """Those that may stand in a sentence with before or after: windows, and between before, decision and after. What
    lay between two other steps says nothing of how long a figure was counted."""


def figures(star: Star) -> tuple[list[Quantity], list[Quantity]]:
    """What the number before and the number after are, each in every unit that means the same."""
    return [*_forms(star.baseline.value, star.unit)], [*_forms(star.result_figure.value, star.unit)]


def cost(star: Star) -> list[Quantity]:
    """What was given up as a number, in every unit that means the same."""
    return [*_forms(star.cost.value, star.cost.unit)]


def allowed(star: Star) -> Allowed:
    """All numbers and dates that stand in the typed claims, or follow from them."""
    before, after = star.baseline.value, star.result_figure.value
    levels = [one for side in figures(star) for one in side]
    points, relative = [], []
    change = after - before if before is not None and after is not None else None
    for value in (star.change, change):
        if value is None:
            continue
        whole = WHOLES.get(star.unit)
        points += [abs(value) * 100 / whole] if whole else [abs(value)] if star.unit == "points" else []
        # A change of so many of 1,000 is said as such, and in points; in percent it would be another number.
        named = _named(star.unit)
        levels.append(Quantity(abs(value), "change" if named == "percent" else named))
    if change is not None and before:
        relative.append(abs(100 * change / before))
    if star.change_percent is not None:
        relative.append(abs(star.change_percent))
    if star.cost.unit == "points" and star.cost.value is not None:
        points.append(abs(star.cost.value))
    else:
        levels += cost(star)
    for other in star.numbers:
        if other.value is not None:
            read = next(iter(said_numbers(f"{abs(other.value):g} {other.what}")), None)
            unit = read.unit if read and math.isclose(read.value, abs(other.value)) else ""
            if unit == "point":
                points.append(abs(other.value))
            else:
                levels.append(Quantity(abs(other.value), unit))
                relative += [abs(other.value)] if unit == "percent" else []
    on = [star.baseline.on, star.result_figure.on, star.decision.on, *(action.on for action in star.actions)]
    dates = tuple(sorted({day for day in on if day}))
    spans = {float((later - earlier).days) for earlier, later in combinations(dates, 2)}
    windows = {figure.days for figure in (star.baseline, star.result_figure) if figure.days}
    ratio = after / before if before and after is not None else None
    steps = {day for day in (star.baseline.on, star.result_figure.on, star.decision.on) if day}
    near = {float((later - earlier).days) for earlier, later in combinations(sorted(steps), 2)}
    return Allowed(
        tuple(levels), tuple(points), tuple(relative), tuple(windows | spans), dates, ratio, tuple(windows | near)
    )


def _forms(value: float | None, unit: str) -> Iterator[Quantity]:
    if value is None:
        return
    yield Quantity(abs(value), _named(unit))
    if unit in WHOLES and unit != "percent":
        yield Quantity(abs(value) * 100 / WHOLES[unit], "percent")


def _named(unit: str) -> str:
    """A unit as the reader of numbers names it; shares of 1,000 under a name of their own, so that no percent is
    taken for them."""
    return READ_AS.get(unit) or (f"of {WHOLES[unit]}" if unit in WHOLES else unit)


def untyped_numbers(star: Star, known_days: frozenset[dt.date] = frozenset()) -> list[Untyped]:
    """Numbers in the text that no claim has, each with the part that says it.

    `known_days` need no claim: they stand in the memo, in the log or in what was told.
    """
    known = allowed(star)
    known = replace(known, dates=tuple(sorted({*known.dates, *known_days})))
    told = [form for forms in figures(star) for form in forms]
    found = []
    for name, part in star.parts().items():
        share_is_claimed = False
        with_figures = [
            span
            for span in sentences(part)
            if any(means(said, form) for said in said_numbers(span.text) for form in told)
        ]
        for said in said_numbers(part):
            if said.kind == "denominator" and (share_is_claimed or said.value <= SMALL_COUNT or said.value in _ROUND):
                continue
            days = known.beside if any(span.start <= said.start < span.end for span in with_figures) else known.days
            allows = _is_allowed(said, part, replace(known, days=days))
            share_is_claimed = bool(said.of) and _is_claimed_share(said, part, known)
            if not share_is_claimed and not allows:
                found.append(Untyped(name, said, _taken_for(said, known)))
    return found


def _is_claimed_share(said: Said, text: str, known: Allowed) -> bool:
    """Whether "26 of 1,000" is a claim, or "one in fifteen less" the change."""
    return _is_change(said, known) if _compares(said, text) else any(means(said, one) for one in known.levels)


def _is_change(said: Said, known: Allowed) -> bool:
    part = said.percent or 0.0
    return any(abs(part - change) <= PART_TOLERANCE * part for change in known.relative)


def means(said: Said, claim: Quantity) -> bool:
    """Whether a number in a text is a claim, in any notation; points are no percent, 26 of 100 are not 26 of 1,000, and
    two teams are not 1.94 percent."""
    if said.unit == "point" or claim.unit == "point":
        return said.unit == claim.unit and agrees(said, claim.value, claim.unit)
    whole = claim.unit.removeprefix("of ") if claim.unit.startswith("of ") else ""
    if whole and said.of and said.of != float(whole):
        return False
    if said.value < 1 and "." in said.numeral.replace(",", ".") and not said.unit and claim.unit == "percent":
        return agrees(replace(said, unit="percent", value=100 * said.value), claim.value, claim.unit)  # 0.345
    if said.kind == "count" and not said.of and claim.unit == "percent":
        return abs(said.value - claim.value) < 1e-9
    if claim.unit == "percent" and said.percent and abs(said.percent - claim.value) > MOST_ROUNDED * claim.value:
        return False
    return agrees(said, claim.value, claim.unit)


def _is_allowed(said: Said, text: str, known: Allowed) -> bool:
    if said.kind == "share" or (said.kind == "count" and said.of and _compares(said, text)):
        return not _compares(said, text) or _is_change(said, known)
    if said.kind in ("clock", "count", "single", "none", "ordinal"):
        return True
    if said.kind == "date":
        return any(day.day == said.value and day.month == said.month for day in known.dates) or any(
            day.year == said.value for day in known.dates
        )
    if said.kind == "year":
        return any(day.year == said.value for day in known.dates)
    if said.unit == "point":
        return any(agrees(said, points, "point") for points in known.points)
    if any(means(said, level) for level in known.levels):
        return True
    if said.percent is not None and any(agrees(said, change, "percent") for change in known.relative):
        return True
    if said.unit == "times" and known.ratio:
        return math.isclose(said.value, known.ratio, rel_tol=RATIO_TOLERANCE)
    return bool(said.unit) and any(agrees(said, days, "day") for days in known.days)


def _compares(said: Said, text: str) -> bool:
    """Whether a part in words states a change: "a third faster", "cut by half"."""
    return bool(_THAN.match(text[said.end :]) or _BY.search(text[: said.start]))


def _taken_for(said: Said, known: Allowed) -> str:
    """Where percent and percentage points have changed places, what the claims have."""
    if said.unit == "percent" and any(agrees(said, points, "percent") for points in known.points):
        return "Your claims have it as percentage points; percent of what was before is another number."
    if said.unit == "point" and any(agrees(said, change, "percent") for change in known.relative):
        return "Your claims have it as percent of what was before; percentage points are after minus before."
    return ""


def unsaid_figures(star: Star) -> list[str]:
    """Which of before and after the text does not say."""
    names = ("the number before", "the number after")
    text = [said for part in star.parts().values() for said in said_numbers(part)]
    return [
        name
        for name, forms in zip(names, figures(star), strict=True)
        if forms and not any(means(said, form) for said in text for form in forms)
    ]
