"""The values of one column as words: numbers with as many decimals as they need, days, yes and no."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curriculum.pages.reporting import number
from curriculum.support.printable import printable

if TYPE_CHECKING:
    import pandas as pd

NOTHING = "–"
SHOWN_DIGITS = 12
"""How much of a fingerprint stands in a table; the rest opens."""

_HASH = re.compile(r"[0-9a-f]{32,128}")
_WIDE, _LONG = 26, 60
"""From so many characters on, words may wrap, and get a wide column."""


@dataclass(frozen=True)
class Column:
    """A column ready to be shown."""

    title: str
    raw: str
    """Its name in Python."""
    words: tuple[str, ...]
    right: bool = False
    """Whether it holds quantities, which stand at the right."""
    look: str = "t"
    """t: short words; w: words that wrap; l: long words that need room; n: quantities."""


def read_column(
    title: str, raw: str, values: pd.Series, names_things: bool = False, said: Callable[[str], str] = str
) -> Column:
    """A column from its values; `names_things` leaves whole numbers as they are, since they are no quantities, and
    `said` has words for ids."""
    from pandas.api import types

    kind = values.dtype
    if types.is_bool_dtype(kind):
        words = [NOTHING if _missing(value) else "yes" if value else "no" for value in values.tolist()]
    elif types.is_datetime64_any_dtype(kind):
        words = _times(values)
    elif types.is_numeric_dtype(kind) and not types.is_complex_dtype(kind):
        numbers = [None if _missing(value) else value for value in values.tolist()]
        words = [NOTHING if value is None else str(value) for value in numbers] if names_things else _numbers(numbers)
        return Column(title, raw, tuple(words), not names_things, "t" if names_things else "n")
    else:
        mixed = [said(value) if isinstance(value, str) else _plain(value) for value in values.tolist()]
        numbers = [None if _missing(value) or (isinstance(value, str) and not value) else value for value in mixed]
        known = [value for value in numbers if value is not None]
        if known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
            return Column(title, raw, tuple(_numbers(numbers)), True, "n")
        words = [NOTHING if _missing(value) else number(value) for value in mixed]
    return Column(title, raw, tuple(words), False, _look(words))


def read_listed(
    title: str, raw: str, values: Sequence[Any], names_things: bool = False, said: Callable[[str], str] = str
) -> Column:
    """A column from Python's own values (whole numbers, days or words), as `read_column` reads it, without pandas."""
    if values and all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        words = [str(value) for value in values] if names_things else _numbers(list(values))
        return Column(title, raw, tuple(words), not names_things, "t" if names_things else "n")
    words = [
        value.isoformat() if isinstance(value, dt.date) else number(said(value) if isinstance(value, str) else value)
        for value in values
    ]
    return Column(title, raw, tuple(words), False, _look(words))


def short_hash(words: str) -> str:
    """The first digits of a fingerprint, or nothing where the words are none."""
    return words[:SHOWN_DIGITS] if _HASH.fullmatch(words) else ""


def _look(words: Sequence[str]) -> str:
    longest = max((len(word) for word in words if not _HASH.fullmatch(word)), default=0)
    return "l" if longest > _LONG else "w" if longest > _WIDE else "t"


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>")


def _plain(value: Any) -> Any:
    """A value of numpy or pandas as one of Python."""
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:
        value = value.item()
    if hasattr(value, "isoformat"):
        return NOTHING if str(value) == "NaT" else printable(str(value).removesuffix(" 00:00:00"))
    return value


def _times(values: pd.Series) -> list[str]:
    """Days, or days with the time where one of them has a time."""
    has_times = bool((values.dropna() != values.dropna().dt.normalize()).any())
    form = "%Y-%m-%d %H:%M" if has_times else "%Y-%m-%d"
    return [NOTHING if word is None or word != word else str(word) for word in values.dt.strftime(form).tolist()]


def _numbers(values: list[Any]) -> list[str]:
    """Quantities of one column, all with the same decimals."""
    known = [float(value) for value in values if value is not None and math.isfinite(value)]
    places = _places(known)
    return [_quantity(value, places) for value in values]


def _quantity(value: Any, places: int) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, float) and math.isinf(value):
        return "infinite" if value > 0 else "minus infinite"
    shown = f"{value:,.{places}f}" if abs(value) >= 10_000 else f"{value:.{places}f}"
    return f"−{shown[1:]}" if shown.startswith("-") and shown.strip("-0.,") else shown.lstrip("-")


def _places(values: list[float]) -> int:
    """Decimals: what money and most measures have is shown whole, else five digits of the largest value."""
    for places in (0, 1, 2):
        if all(abs(round(value, places) - value) <= 1e-9 * max(1.0, abs(value)) for value in values):
            return places
    largest = max(map(abs, values))
    most = max(2, min(12, 4 - math.floor(math.log10(largest)) if largest else 2))
    for places in range(3, most):
        if all(abs(round(value, places) - value) <= 1e-9 for value in values):
            return places
    return most
