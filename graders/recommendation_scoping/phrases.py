"""Short phrases that the findings of this rubric share: labels for ids, days, numbers with their units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from curriculum.cases import Case
from curriculum.support.dates import full_day
from graders.common import listed


def named(case: Case, kind: str, *ids: str, most: int = 4) -> str:
    """The labels of ids, joined as in a sentence; cards, which are long, and unknown ones in quotes."""
    return listed([_label(case, kind, id) for id in ids or ("",)], most)


def _label(case: Case, kind: str, id: str) -> str:
    entry = case.registry.entries(kind).get(id)
    if not id:
        return "nobody" if kind == "people" else "nothing"
    label = entry.label if entry else id[:40]
    return label if entry and kind != "cards" else f"“{label}”"


def day(value: dt.date | None) -> str:
    """A date as people write it."""
    return full_day(value) if value else "(no date)"


def amount(value: float | None, unit: str = "") -> str:
    """A number as a learner wrote it."""
    return "no number" if value is None else f"{value:.10g} {unit}".rstrip()


def ids(items: Collection[str], most: int = 6) -> str:
    """Ids of the learner's own in a row of evidence."""
    return listed([item[:40] or "(blank)" for item in items], most)
