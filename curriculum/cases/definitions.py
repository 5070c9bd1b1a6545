"""Definitions as entries: what is counted, of what, for whom and when, from which a value recomputes.

A number that people quarrel about mostly lacks one of these parts. Written down, each part can be picked, shown and
compared, and the value follows from the tables that everybody sees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.cases.base import Columns, Entry, frozen_columns

TablesLike = Mapping[str, Mapping[str, Any]]
"""A case's columns, or a notebook's DataFrames: tables by name, each with its columns."""

WEEK = np.timedelta64(6, "D")


class NotCounted(Exception):
    """These parts give no number: the table does not know the population, has no rows then, or divides by zero."""


@dataclass(frozen=True)
class Count(Entry):
    """Something that a table counts: some columns added up, others taken away, in the rows that it is about."""

    table: str = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    """Columns with the value that a row must have."""
    adds_up: bool = True
    """False for percentiles, indices and shares: they are read in one row and never added."""


@dataclass(frozen=True)
class Window(Entry):
    """Days from the first to the last, both included."""

    first: dt.date = dt.date.min
    last: dt.date = dt.date.min

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Population(Entry):
    """Whose rows count: those with a value in a column; a blank column means everybody."""

    column: str = ""
    value: str = ""


EVERYBODY = Population("everybody", "Everybody")


@dataclass(frozen=True)
class Definition(Entry):
    """One meaning of a word. `label` says it in full; the parts say from what its value recomputes."""

    word: str = ""
    numerator: Count = Count("", "")
    denominator: Count | None = None
    """None: the numerator is a reading, or is counted as it stands."""
    window: Window = Window("", "")
    population: Population = EVERYBODY
    times: float = 100.0
    """100 for shares, 1 for ratios and readings."""
    unit: str = ""
    against: Window | None = None
    """Where it is a change: the window whose value is taken away."""


def counted(count: Count, tables: TablesLike, window: Window, population: Population = EVERYBODY) -> float:
    """How many of a thing there are in a window and a population; a reading where it does not add up.

    Tables have a column `day`, or a column `week` with the Monday of each week, whose rows count if all seven days
    lie in the window. Raises NotCounted where these parts give no number.
    """
    table = tables[count.table]
    rows = _inside(table, window)
    for column, value in (*count.where, *([(population.column, population.value)] if population.column else [])):
        if column not in table:
            raise NotCounted(f"the table {count.table} does not know {population.label.lower()}")
        rows = rows & (np.asarray(table[column]) == value)
    found = int(rows.sum())
    if not found or (not count.adds_up and found != 1):
        raise NotCounted(f"{count.label}: {found} rows of {count.table} lie in that window")
    plus = sum(float(np.asarray(table[name])[rows].sum()) for name in count.plus)
    return plus - sum(float(np.asarray(table[name])[rows].sum()) for name in count.minus)


def ratio(
    numerator: Count,
    denominator: Count | None,
    tables: TablesLike,
    window: Window,
    population: Population = EVERYBODY,
    times: float = 100.0,
) -> float:
    """What is counted of what it is counted of, times 100 for a share. Raises NotCounted."""
    above = counted(numerator, tables, window, population)
    if denominator is None:
        return times * above
    below = counted(denominator, tables, window, population)
    if not below:
        raise NotCounted(f"nothing to count of: {denominator.label}")
    return times * above / below


def value_of(definition: Definition, tables: TablesLike) -> float:
    """The value of a definition, recomputed from the tables. Raises NotCounted."""
    parts = (definition.numerator, definition.denominator, tables)
    now = ratio(*parts, definition.window, definition.population, definition.times)
    if definition.against is None:
        return now
    return now - ratio(*parts, definition.against, definition.population, definition.times)


def by_population(
    numerator: Count,
    denominator: Count,
    tables: TablesLike,
    window: Window,
    populations: Mapping[str, Population],
    handful: float,
) -> Mapping[str, float]:
    """By population: so many of 100; without those that have less than a share `handful` of all cases.

    Everybody stands alone where the table knows no groups, and is left out where it does; empty where it has no rows.
    """
    found: dict[str, tuple[float, float]] = {}
    for id, one in populations.items():
        try:
            cases = counted(numerator, tables, window, one)
            found[id] = cases, ratio(numerator, denominator, tables, window, one)
        except NotCounted:
            continue
    groups = {id: pair for id, pair in found.items() if populations[id].column} or found
    total = sum(cases for cases, _ in groups.values())
    return {id: rate for id, (cases, rate) in groups.items() if cases >= handful * total}


def definition_table(definitions: Mapping[str, Definition]) -> Columns:
    """The definitions as a table that learners see: one row each, every part in words."""
    every = list(definitions.values())
    return frozen_columns(
        definition=np.array([one.id for one in every]),
        word=np.array([one.word for one in every]),
        numerator=np.array([one.numerator.label for one in every]),
        denominator=np.array([one.denominator.label if one.denominator else "" for one in every]),
        population=np.array([one.population.label for one in every]),
        window=np.array([one.window.label for one in every]),
        unit=np.array([one.unit for one in every]),
    )


def _inside(table: Mapping[str, Any], window: Window) -> np.ndarray:
    first, last = np.datetime64(window.first, "D"), np.datetime64(window.last, "D")
    if "day" in table:
        days = np.asarray(table["day"]).astype("datetime64[D]")
        inside: np.ndarray = (days >= first) & (days <= last)
        return inside
    weeks = np.asarray(table["week"]).astype("datetime64[D]")
    whole: np.ndarray = (weeks >= first) & (weeks + WEEK <= last)
    return whole
