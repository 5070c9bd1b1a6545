"""The clause table: every regulatory fact of this lesson, read from clauses.toml, its only place."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns
from curriculum.cases.healthcare_platform.kinds import Clause

OWN = "company rule"
"""The status of the company's own procedures, which are part of the story."""

BINDING = ("in force", "guidance", "standard", OWN)
"""A clause with one of these can be a reason to stop a release; adopted ones from their day on."""

WAIVABLE = ("qp_participants", "qp_test_age")
"""Rules of the company of which its procedure QP-20 allows a waiver; of no law, standard or guidance it can."""

WAIVER_DAYS = 45
"""The longest waiver, in days after the release (QP-20 in the table)."""


@cache
def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("clauses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def load_clauses() -> Mapping[str, Clause]:
    """All clauses by id, in the order of the table."""
    rows = {id: row for id, row in _table().items() if isinstance(row, dict)}
    return by_id(
        *(
            Clause(
                id,
                f"{row['instrument']}, {row['article']}",
                row["demands"],
                instrument=row["instrument"],
                article=row["article"],
                applies_from=row.get("applies_from"),
                status=row["status"],
                part=row["part"],
                uncertain=row.get("uncertain", ""),
                source=row["source"],
                verified_on=_verified(row),
            )
            for id, row in rows.items()
        )
    )


def clauses_of(participants: int, test_age: int) -> Mapping[str, Clause]:
    """The table of one company: its own limits stand in the rows of its procedures."""
    limits = {"qp_participants": participants, "qp_test_age": test_age}
    return by_id(
        *(
            replace(clause, note=clause.note.format(limit=limits[clause.id])) if clause.id in limits else clause
            for clause in load_clauses().values()
        )
    )


def verified_on() -> dt.date:
    """The day on which the table was last checked as a whole; rows that were changed later have their own."""
    day: dt.date = _table()["verified_on"]
    return day


def _verified(row: Mapping[str, Any]) -> dt.date | None:
    """The day on which a row was last checked; None for rules of the company, which are part of the story."""
    if row["status"] == OWN:
        return None
    day: dt.date = row.get("verified_on", verified_on())
    return day


def applies(clause: Clause, day: dt.date) -> bool:
    """Whether a clause is a reason to stop something on a day: binding, or adopted and applicable by then."""
    if clause.status not in (*BINDING, "adopted"):
        return False
    return clause.applies_from is None or clause.applies_from <= day


def _from(clause: Clause) -> str:
    """From when a clause applies, in words where there is no day; nothing of a proposal, draft or old text does."""
    if clause.status not in (*BINDING, "adopted"):
        return "not at all"
    return clause.applies_from.isoformat() if clause.applies_from else "already"


def clause_columns(table: Mapping[str, Clause] | None = None) -> Columns:
    """The table as learners see it; without a company's own limits where none is given."""
    clauses = list((table or load_clauses()).values())
    return frozen_columns(
        clause=np.array([clause.id for clause in clauses]),
        instrument=np.array([clause.instrument for clause in clauses]),
        article=np.array([clause.article for clause in clauses]),
        demands=np.array([clause.note for clause in clauses]),
        part=np.array([clause.part for clause in clauses]),
        applies_from=np.array([_from(clause) for clause in clauses]),
        status=np.array([clause.status for clause in clauses]),
        uncertain=np.array([clause.uncertain for clause in clauses]),
        source=np.array([clause.source for clause in clauses]),
        verified_on=np.array([clause.verified_on.isoformat() if clause.verified_on else OWN for clause in clauses]),
    )
