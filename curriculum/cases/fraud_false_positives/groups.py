"""Groups of customers in which a measure can be counted apart, and its value there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Entry, by_id
from curriculum.cases.fraud_false_positives.metrics import Days, TablesLike

NOT_OF_PAYMENTS = frozenset(
    {"tickets_a_day", "stop_tickets_per_1000", "stop_calls_per_1000", "app_errors_per_1000", "not_me_per_100"}
)
"""Definitions that count in tables without customers, so that they have no groups."""


@dataclass(frozen=True)
class Group(Entry):
    """Customers with one value in one column of the payments."""

    column: str = ""
    value: str = ""


def groups(market: str, code: str) -> Mapping[str, Group]:
    """The groups of one world; `code` is the two letters of the new market in the payments."""
    return by_id(
        Group("partner", "Sign in through a partner", column="login", value="partner"),
        Group("password", "Sign in with a password", column="login", value="password"),
        Group("market", f"Pay from {market}", column="country", value=code),
        Group("new_screen", "Have the app with the new alert screen", column="app_version", value="5.2"),
    )


def only(tables: TablesLike, column: str, value: str) -> dict[str, Mapping[str, np.ndarray]]:
    """The payments of one group alone, as tables to count on; raises KeyError for an unknown column."""
    inside = np.asarray(tables["payments"][column]).astype(str) == value
    names = tables["payments"].keys()
    return {"payments": {name: np.asarray(tables["payments"][name])[inside] for name in names}}


def value_in(here: Days, group: Group, definition: str, window: tuple[int, int]) -> float | None:
    """A definition's value over a window of days in one group; None where it cannot be counted by group."""
    if definition in NOT_OF_PAYMENTS:
        return None
    return Days(only(here.tables, group.column, group.value), here.start, here.days, here.scale).value(
        definition, window
    )
