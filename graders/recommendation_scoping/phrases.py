"""Short phrases that the findings of this rubric share: labels for ids, days, what is wrong with a whole artifact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.support.dates import full_day
from graders.common import listed, missing, says_nothing, unknown_ids
from graders.rubric import Verdict, met, unmet


def named(case: Case, kind: str, ids: Collection[str], most: int = 4) -> str:
    """The labels of ids, joined as in a sentence; cards, which are long, and unknown ones in quotes."""
    entries = case.registry.entries(kind)
    labels = [entries[id].label if id in entries else id or "(blank)" for id in ids]
    quoted = [
        f"“{label}”" if kind == "cards" or id not in entries else label for id, label in zip(ids, labels, strict=True)
    ]
    return listed(quoted, most)


def day(value: dt.date | None) -> str:
    """A date as people write it."""
    return full_day(value) if value else "(no date)"


def amount(value: float | None) -> str:
    """A number as a learner wrote it."""
    return "(no number)" if value is None else f"{value:.10g}"


def whole(artifact: Artifact, case: Case, required: Mapping[str, object], done: str) -> Verdict:
    """The verdict on completeness: nothing blank, no stand-ins, only names that the case knows (G1, G2)."""
    blank, empty, strangers = missing(required), next(says_nothing(artifact, case), None), unknown_ids(artifact, case)
    if blank:
        return unmet(f"Still blank: {listed(blank, 6)}.", "all of them filled", *({"blank": name} for name in blank))
    if empty:
        return unmet(empty.found, empty.expected)
    if strangers:
        first = strangers[0]
        return unmet(
            f"In {first.place}, this case does not know “{first.id}”.",
            "names picked from the lists",
            *({"place": name.place, "not known": name.id} for name in strangers[:6]),
        )
    return met(done)
