"""Tables and values from code: what fits is converted, what does not is told with its place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from curriculum.artifacts.rows import MOST_TOLD, Misfits, filling
from tests.helpers.form_trial import Check, Contract, Metric, Page
from tests.helpers.scoping_trial import scoping_case

REGISTRY = scoping_case().registry
PAGE = Page(
    problem="Empty rows",
    metrics=(
        Metric(name="conversion", role="user", target=3.0, checks=(Check(what="Sample size"),)),
        Metric(name="latency_p95", role="model", evidence=("launch_date",)),
    ),
)


def offered(kind: str) -> dict[str, str]:
    return {id: entry.label for id, entry in REGISTRY.entries(kind).items()}


def put(place: str, value: Any, page: Page = PAGE) -> Any:
    return filling(page, place, value, offered).value


def told(place: str, value: Any, page: Page = PAGE) -> tuple[str, ...]:
    with pytest.raises(Misfits) as refused:
        filling(page, place, value, offered)
    return refused.value.sentences


def test_columns_are_fields_by_name_or_by_title_and_cells_ids_or_labels() -> None:
    table = pd.DataFrame(
        {"Metric": ["Conversion of sessions", "latency_p95"], "target": np.array([3, 4], dtype="int32"),
         "Window in days": [7.0, 14.0], "What it is for": ["User or business", "model"]}
    )  # fmt: skip
    rows = put("Metrics", table)
    assert [(row["name"], row["role"], row["target"], row["window"]) for row in rows] == [
        ("conversion", "user", 3.0, 7),
        ("latency_p95", "model", 4.0, 14),
    ]


def test_what_the_table_does_not_state_stays_with_the_row_of_the_same_ids() -> None:
    rows = put("metrics", [{"name": "latency_p95", "target": 120}, {"name": "conversion", "target": None}])
    assert rows[0]["evidence"] == ["launch_date"] and rows[0]["target"] == 120
    assert rows[1]["checks"] == [{"what": "Sample size", "by": ""}], "typed by hand, so it stays"
    assert rows[1]["target"] is None, "a blank cell is stated"


def test_rows_without_ids_go_by_position_and_those_that_go_are_counted() -> None:
    assert [row["name"] for row in put("metrics", [{"target": 1}, {"target": 2}])] == ["conversion", "latency_p95"]
    done = filling(PAGE, "metrics", [{"name": "conversion"}], offered)
    assert len(done.value) == 1 and "1 row that stood there and is not in your table is gone" in done.said


def test_the_names_of_an_index_are_columns() -> None:
    table = pd.DataFrame({"m": ["conversion", "conversion", "latency_p95"], "v": [1.0, 3.0, 5.0]})
    series = table.groupby("m")["v"].median().rename_axis("name").rename("target")
    assert [(row["name"], row["target"]) for row in put("metrics", series)] == [("conversion", 2.0), ("latency_p95", 5)]


def test_blanks_of_every_library_are_blanks() -> None:
    for blank in (None, "", " ", float("nan"), np.nan, pd.NA, pd.NaT, Decimal("NaN")):
        assert put("metrics", [{"name": "conversion", "target": blank}])[0]["target"] is None


def test_values_become_what_the_field_wants() -> None:
    for day in (pd.Timestamp("2026-05-18 14:30"), np.datetime64("2026-05-18"), dt.datetime(2026, 5, 18, 9),
                dt.date(2026, 5, 18), "2026-05-18", "2026-05-18T10:00"):  # fmt: skip
        assert put("launch", day) == "2026-05-18"
    assert put("contract.timeout", np.float32(0.5)) == 0.5
    assert put("timeout", Decimal("0.25")) == 0.25, "a name alone, where there is only one such field"
    assert put("metrics[2].window", np.int64(7)) == 7
    assert put("scope", pd.Series(["ranking", "Consent switch"])) == ["ranking", "consent"]
    assert put("scope", "ranking, consent") == ["ranking", "consent"]
    assert put("urgent", np.bool_(True)) is True and put("approved", "no") is False
    assert put("contract", {"timeout": 3}, Page(contract=Contract(score="calibrated"))) == {
        "timeout": 3.0,
        "score": "calibrated",
    }
    assert put("problem", 12.5) == "12.5"
    assert put("metrics[1].checks", [{"what": "Bots"}]) == [{"what": "Bots", "by": ""}]


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("metrics", pd.DataFrame({"target": ["a", 1.0]}), "metrics, row 1, column “target” (Target): found 'a' (text)"),
        ("metrics", pd.DataFrame({"target": [1.0, np.inf]}), "row 2, column “target” (Target): found inf"),
        ("metrics", [{"target": True}], "found true (true or false); expected a number"),
        ("metrics", [{"target": 10**400}], "expected a finite number"),
        ("metrics", [{"target": 1e13}], "expected at most 1e+12"),
        ("metrics", [{"target": 1 + 2j}], "found complex; expected a number"),
        ("metrics", [{"window": 2.5}], "expected a whole number"),
        ("metrics", [{"window": 366}], "expected at most 365"),
        ("metrics", [{"name": "sales"}], "found 'sales' (text); expected one of: conversion, latency_p95"),
        ("metrics", [{"name": ["conversion"]}], "found a list of 1; expected one of"),
        ("metrics", [{"role": "boss"}], "expected one of: user, model, guardrail"),
        ("metrics", [{"nme": "conversion"}], "found the column “nme”; expected one of: name (Metric), role"),
        ("metrics", [{"name": "conversion", "Metric": "conversion"}], "found two columns for Metric; expected one"),
        ("metrics", pd.DataFrame([[1, 2]], columns=["target", "target"]), "found the column “target” twice"),
        ("metrics", pd.DataFrame({("a", "b"): [1]}), "several lines of column names"),
        ("metrics", pd.DataFrame({"target": []}), "found no rows"),
        ("metrics", pd.DataFrame({"target": range(7)}), "found 7 rows; expected at most 6"),
        ("metrics", pd.DataFrame({"target": np.zeros(2_000_000)}), "found 2,000,000 rows; expected at most 6"),
        ("metrics", [{"checks": [{"what": "a", "by": "nobody"}]}], "row 1, column “checks” (Checks), row 1, column"),
        ("metrics", {"target": 1}, "expected a table"),
        ("metrics", "target", "expected a table"),
        ("metrics", [1, 2], "expected a table"),
        ("metrics", iter([{}]), "expected a table"),
        ("launch", 20260518, "found 20260518 (a number); expected a date"),
        ("launch", "18 May", "expected a date, written like 2026-05-18"),
        ("launch", pd.Timedelta("1D"), "expected a date"),
        ("problem", "x" * 20_001, "expected at most 20000 characters"),
        ("problem", object(), "found object; expected text"),
        ("scope", ["ranking"] * 13, "expected at most 12 items"),
        ("urgent", "perhaps", "expected true or false"),
        ("contract", 3, "expected a dict"),
        ("metrics[3].target", 1, "there is no number 3 yet, there are 2"),
        ("metrics[0].target", 1, "there is no number 0 yet"),
        ("metrics.target", 1, "Metrics: there are 2; name one, as in metrics[1].target"),
        ("checks", [{"what": "a"}], "name one, as in metrics[1].checks"),
        ("metrcs", [{"target": 1}], "has no “metrcs”; it has problem, owner"),
        ("__class__", 1, "has no “__class__”"),
        ("", 1, "has no “”"),
        ("scope[1]", "ranking", "no numbered items"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_place(place: str, value: Any, words: str) -> None:
    assert words in " ".join(told(place, value))


def test_many_faults_are_told_at_once_but_not_all_of_thousands() -> None:
    sentences = told("metrics", [{"target": "x", "window": "y", "name": "z"} for _ in range(6)])
    assert len(sentences) == MOST_TOLD + 1 and sentences[-1] == "And 6 more like these."
