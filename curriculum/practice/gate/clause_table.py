"""The clauses that a gate names, each with what it demands: the course's table, or a team's own in a TOML file."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from curriculum.cases.healthcare_platform.clauses import WAIVABLE, WAIVER_DAYS, load_clauses, verified_on
from curriculum.support.files import FileRefused, read_text

_Words = Annotated[str, Field(min_length=1, max_length=400)]


class ClauseRow(BaseModel):
    """A clause as a row of the table: `[its_id]`, then these keys."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    instrument: _Words
    article: _Words
    demands: _Words
    waivable: bool = False

    @property
    def label(self) -> str:
        return f"{self.instrument}, {self.article}"


@dataclass(frozen=True)
class ClauseTable:
    """The clauses by id, and what may be waived for how long."""

    clauses: Mapping[str, ClauseRow]
    verified_on: dt.date
    waiver_days: int
    whose: str
    """In a sentence: "The clause table is …"."""

    @property
    def waivable(self) -> frozenset[str]:
        """Ids of the clauses of which a waiver may let a release pass."""
        return frozenset(id for id, clause in self.clauses.items() if clause.waivable)

    def label(self, id: str) -> str:
        """What a clause is called; its id where the table does not have it."""
        return self.clauses[id].label if id in self.clauses else id


def course_table() -> ClauseTable:
    """The table of the lesson."""
    rows = {
        id: ClauseRow(
            instrument=clause.instrument,
            article=clause.article,
            demands=clause.note,
            waivable=id in WAIVABLE,
        )
        for id, clause in load_clauses().items()
    }
    return ClauseTable(rows, verified_on(), WAIVER_DAYS, "teaching material")


def read_table(path: Path) -> ClauseTable:
    """A team's own table: `verified_on`, `waiver_days`, and a group for each clause; raises FileRefused."""
    try:
        data: dict[str, Any] = tomllib.loads(read_text(path, inside=path.parent))
    except FileNotFoundError:
        raise FileRefused(f"There is no clause table {path.name}; name a TOML file.") from None
    except tomllib.TOMLDecodeError as error:
        raise FileRefused(f"{path.name} is no TOML: {error!s:.120}.") from None
    checked, days = data.pop("verified_on", None), data.pop("waiver_days", WAIVER_DAYS)
    if type(checked) is not dt.date:
        raise FileRefused(f"{path.name}: found no day in verified_on; expected one, such as verified_on = 2026-11-22.")
    if type(days) is not int or days < 0:
        raise FileRefused(f"{path.name}: found {days!r:.40} in waiver_days; expected a whole number of days.")
    rows = {}
    for id, row in data.items():
        try:
            rows[id] = ClauseRow.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the group"
            raise FileRefused(f"{path.name}, clause {id[:40]}, {field}: {first['msg'][:100]}.") from None
    if not rows:
        raise FileRefused(f"{path.name} holds no clause; expected a group such as [my_clause] for each.")
    return ClauseTable(rows, checked, days, f"your own, {path.name}")
