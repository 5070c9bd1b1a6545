"""Half a year of items that stood still, the meetings of a week, and who has hours to give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, Entry, by_id, frozen_columns
from curriculum.cases.interview_operating_model.draw import Draw
from curriculum.cases.interview_operating_model.ways import CODES, FUNCTIONS_HERE, REMEDIES
from curriculum.cases.interviews.functions import FUNCTIONS

_MOST = (100, 230)
"""Days that stood still under the costliest code: far apart from house to house, so that no usual number is right."""
_LESS = (0.68, 0.86)
"""The part of it that the next code has, and so on: far enough apart that rounding never turns two around."""

MEETINGS = by_id(
    Entry("planning", "Monday planning"),
    Entry("status", "Status round"),
    Entry("triage", "Triage of new items"),
    Entry("review", "Review of releases"),
    Entry("steering", "Steering group"),
)


@dataclass(frozen=True)
class Standing:
    """What stood still: code and days of each item, and the item that is nobody's doing."""

    codes: tuple[str, ...]
    days: tuple[int, ...]
    odd: int
    """Its position."""

    def item(self, position: int) -> str:
        return f"T-{101 + position}"

    def lost(self, code: str, odd_too: bool = False) -> int:
        """Days under a code; without the odd item, unless it is asked for."""
        return sum(
            days
            for position, (of, days) in enumerate(zip(self.codes, self.days, strict=True))
            if of == code and (odd_too or position != self.odd)
        )

    def columns(self) -> Columns:
        return frozen_columns(
            item=np.array([self.item(position) for position in range(len(self.codes))], dtype=object),
            entered_as=np.array([CODES[code][0] for code in self.codes], dtype=object),
            days=np.array(self.days),
        )


def standing_of(rng: np.random.Generator, shape: Draw) -> Standing:
    """Items in the order in which they stood still; the odd one makes its code look like one of the costliest."""
    rows: list[tuple[str, int]] = []
    totals = [int(rng.integers(_MOST[0], _MOST[1] + 1))]
    while len(totals) < len(shape.order):
        totals.append(round(totals[-1] * float(rng.uniform(*_LESS))))
    for code, total in zip(shape.order, totals, strict=True):
        parts = max(3, min(8, total // 10))
        cuts = np.sort(rng.choice(np.arange(2, total - 1), parts - 1, replace=False))
        rows += [(code, int(days)) for days in np.diff([0, *cuts.tolist(), total])]
    own = totals[shape.order.index(shape.blown_up)]
    odd = (shape.blown_up, totals[1] - own + round(totals[1] * float(rng.uniform(0.07, 0.15))))
    rows = [rows[int(position)] for position in rng.permutation(len(rows))]
    place = int(rng.integers(8, len(rows) - 4))
    rows.insert(place, odd)
    return Standing(tuple(code for code, _ in rows), tuple(days for _, days in rows), place)


@dataclass(frozen=True)
class Week:
    """Meetings, free hours and what each artifact takes."""

    meetings: Mapping[str, float]
    """Hours a week and person."""
    decided: Mapping[str, int]
    """Decisions in the minutes of half a year."""
    sits: Mapping[str, int]
    free: Mapping[str, int]
    """Hours a week that a function has for this, as the plan says."""
    takes: Mapping[str, int]
    """Hours a week of whoever makes an artifact."""
    weeks: Mapping[str, int]
    """Weeks until it stands."""

    def tables(self) -> dict[str, Columns]:
        """The tables of meetings, hours and artifacts."""
        return {
            "meetings": frozen_columns(
                meeting=np.array([MEETINGS[id].label for id in self.meetings], dtype=object),
                hours_a_week=np.array(list(self.meetings.values())),
                people=np.array([self.sits[id] for id in self.meetings]),
                decisions=np.array([self.decided[id] for id in self.meetings]),
            ),
            "hours": frozen_columns(
                function=np.array([FUNCTIONS[id].label for id in self.free], dtype=object),
                free_hours_a_week=np.array(list(self.free.values())),
            ),
            "artifacts": frozen_columns(
                artifact=np.array([REMEDIES[id].label for id in self.takes], dtype=object),
                hours_a_week=np.array(list(self.takes.values())),
                weeks=np.array(list(self.weeks.values())),
            ),
        }


def week_of(rng: np.random.Generator) -> Week:
    """The numbers of a week; whoever looks for a quiet meeting finds three."""
    quiet = ("planning", "status", "triage")
    return Week(
        meetings={id: float(rng.choice([1.0, 1.5] if id in quiet else [1.0, 1.5, 2.0])) for id in MEETINGS},
        decided={id: int(rng.integers(0, 3) if id in quiet else rng.integers(9, 19)) for id in MEETINGS},
        sits={id: int(rng.integers(5, 12)) for id in MEETINGS},
        free={id: int(rng.integers(7, 13)) for id in FUNCTIONS_HERE},
        takes={id: int(rng.integers(1, 5)) for id in REMEDIES},
        weeks={id: int(rng.integers(2, 6)) for id in REMEDIES},
    )
