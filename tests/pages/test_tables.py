"""DataFrames as people read them: titles, words, numbers, hashes, headings; nothing that pandas makes breaks it."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import pytest

from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.table_titles import TableTitles, load_titles
from curriculum.pages.tables import LONG, MOST_ROWS, sheet, table_html, table_text

TITLES = TableTitles(
    ids=("order",),
    tables={"waits": "Waits of a week"},
    columns={"waits": {"order": "Order", "total_ms": "End to end (ms)"}, "other": {"total_ms": "Total (ms)"}},
    made={"parts": "Parts added up (ms)"},
)


def words(frame: pd.DataFrame | pd.Series, titles: TableTitles = TITLES) -> dict[str, tuple[str, ...]]:
    shown = sheet(frame, titles)
    return {column.title: column.words for column in (*shown.index, *shown.columns)}


class Table(HTMLParser):
    """Cells of a table in HTML, and whether all tags are closed."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.headings: list[tuple[str | None, str]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("input", "img"):
            self.open.append(tag)
        if tag == "th":
            self.headings.append((dict(attributes).get("scope"), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "th" in self.open:
            scope, text = self.headings[-1]
            self.headings[-1] = (scope, text + data)


def test_columns_have_titles_and_the_table_says_how_much_of_it_is_shown() -> None:
    case = load_case("recommendation_scoping", 5)
    titles = load_titles("recommendation_scoping")
    traces = case.tables["traces"]
    shown = sheet(traces[traces["cache"] == "cold"].head(3), titles)
    assert (shown.name, shown.count) == ("Traced requests", "3 of 3,000 rows")
    assert [column.title for column in shown.columns][-1] == "End to end (ms)"
    waits = sheet(traces.groupby("model")[["total_ms"]].quantile(0.95), titles)
    assert (waits.name, waits.count) == ("", "3 rows"), "a result is not the table that it was made from"
    assert [column.title for column in waits.index] == ["Model"]


def test_a_column_has_the_title_of_its_table_else_the_one_that_a_cell_gives_else_its_own_name() -> None:
    frame = pd.DataFrame({"order": [1], "total_ms": [2.0]})
    frame.attrs = {"table": "waits", "rows": 9}
    assert list(words(frame)) == ["Order", "End to end (ms)"]
    assert list(words(frame.assign(parts=1))) == ["Order", "Total ms", "Parts added up (ms)"], "two mean two things"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([6.0, 71.0], ("6", "71")),
        ([0.5, 0.25], ("0.50", "0.25")),
        ([1234.56, 7.0], ("1234.56", "7.00")),
        ([1 / 3, 2.0], ("0.3333", "2.0000")),
        ([0.0000123, 0.0], ("0.0000123", "0.0000000")),
        ([12345, -3], ("12,345", "−3")),
        ([np.nan, -0.001], ("–", "−0.001")),
        ([np.inf, -np.inf], ("infinite", "minus infinite")),
        ([True, False], ("yes", "no")),
        (["a", None], ("a", "–")),
        ([1, "two"], ("1", "two")),
        ([0, 25.8, ""], ("0.0", "25.8", "–")),
        (pd.to_datetime(["2026-04-20", "2026-04-21"]), ("2026-04-20", "2026-04-21")),
        (pd.to_datetime(["2026-04-20 09:30", None]), ("2026-04-20 09:30", "–")),
        (pd.array([1, None], dtype="Int64"), ("1", "–")),
        (pd.array([True, None], dtype="boolean"), ("yes", "–")),
        (pd.Categorical(["b", "a"]), ("b", "a")),
    ],
)
def test_values_are_written_as_people_read_them(values: Any, expected: tuple[str, ...]) -> None:
    assert words(pd.DataFrame({"value": values}))["Value"] == expected


def test_numbered_ids_share_their_words() -> None:
    titles = TableTitles(words={"r_#": "Release #", "r_03": "The third"})
    found = words(pd.DataFrame({"release": ["r_07", "r_03", "r_12, r_01", "r_x", "or_2"]}), titles)
    assert found["Release"] == ("Release 7", "The third", "Release 12, Release 1", "r_x", "or_2")


def test_an_id_is_shown_in_its_words_wherever_it_stands() -> None:
    titles = TableTitles(words={"new_payee": "new payee", "end_bet": "To end the bet"})
    frame = pd.DataFrame({"kind": ["new_payee", "end_bet, new_payee", "new_payees"], "end_bet": [1, 2, 3]})
    assert words(frame, titles) == {
        "Kind": ("new payee", "To end the bet, new payee", "new_payees"), "To end the bet": ("1", "2", "3"),
    }  # fmt: skip
    counted = frame.groupby("kind")["end_bet"].sum()
    assert words(counted, titles)["Kind"][-2:] == ("new payee", "new_payees")
    across = sheet(frame.pivot(columns="kind", values="end_bet"), titles)
    assert [column.title for column in across.columns] == ["To end the bet, new payee", "new payee", "new_payees"]


def test_quantities_stand_at_the_right_also_where_some_are_blank() -> None:
    shown = sheet(pd.DataFrame({"cost": [0, 25.8, ""], "mixed": [1, "two", ""]}), TITLES)
    assert [column.right for column in shown.columns] == [True, False]


def test_numbers_that_name_things_are_no_quantities() -> None:
    shown = sheet(pd.DataFrame({"order": [100001, 100002]}), TITLES)
    assert shown.columns[0].words == ("100001", "100002") and not shown.columns[0].right


def test_a_fingerprint_is_short_and_opens_whole() -> None:
    frame = pd.DataFrame({"sha256": ["5ea7862f2210" + 52 * "0"]})
    html, text = table_html(frame, TITLES), table_text(frame, TITLES)
    assert "<summary><code>5ea7862f2210</code></summary>" in html and frame["sha256"][0] in html
    assert "5ea7862f2210 (first 12 of 64" in text and "…" not in html + text


def test_headings_say_what_they_head() -> None:
    log = load_case("healthcare_platform", 5).tables["alert_log"]
    by_screen = log.groupby(["screen", "ward"])[["minutes_to_bed", "seconds_reviewed"]].median().unstack()
    table = Table(table_html(by_screen, load_titles("healthcare_platform")))
    assert ("colgroup", "Until at the bed (minutes)") in table.headings
    assert ("col", "Screen") in table.headings and ("row", "inbox") in table.headings
    counts = log.groupby("screen").outcome.value_counts().unstack()
    assert ("colgroup", "Outcome") in Table(table_html(counts, load_titles("healthcare_platform"))).headings
    deep = Table(table_html(log.groupby(["screen", "ward"]).size(), TITLES))
    assert deep.headings.count(("rowgroup", "inbox")) == 1, "a label of three rows is said once"


def test_a_table_that_is_turned_round_keeps_its_titles() -> None:
    releases = load_case("healthcare_platform", 5).tables["releases"].head(2).set_index("release").T
    assert "Nurses in the test" in words(releases, load_titles("healthcare_platform"))[""]


def test_long_tables_can_be_searched_and_very_long_ones_say_what_is_left_out() -> None:
    short, long = pd.DataFrame({"a": range(LONG)}), pd.DataFrame({"a": range(MOST_ROWS + 1)})
    assert "search" not in table_html(short, TITLES).split("</style>")[1]
    shown = table_html(long, TITLES)
    assert 'type="search"' in shown and "The first 200 rows are shown; the table in Python has all 201." in shown


def test_markup_in_cells_and_names_is_text() -> None:
    frame = pd.DataFrame({"<img src=x>": ["<script>alert(1)</script>"]}, index=pd.Index(["</table>"], name="<b>"))
    shown = table_html(frame, TITLES).split("</style>")[1]
    assert "<img" not in shown and "<script>" not in shown and shown[-len("</table></div></div>") :][:8] == "</table>"
    assert "\x1b" not in table_text(pd.DataFrame({"a": ["\x1b[31mred"]}), TITLES)


ODD: dict[str, pd.DataFrame | pd.Series] = {
    "empty": pd.DataFrame(),
    "no rows": pd.DataFrame({"a": [], "b": []}),
    "no columns": pd.DataFrame(index=range(3)),
    "twice the same name": pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "names that are numbers": pd.DataFrame([[1, 2]], columns=[0.5, 7]),
    "names that are missing": pd.DataFrame([[1, 2]], columns=[None, np.nan]),
    "three levels": pd.DataFrame(np.eye(4), columns=pd.MultiIndex.from_product([["x"], ["a", "b"], [1, 2]])),
    "one level by name": pd.Series([1], index=pd.MultiIndex.from_tuples([("a", 1)], names=["k", None])),
    "intervals": pd.Series([1, 2], index=pd.cut([1, 5], 2)),
    "periods": pd.Series([1], index=pd.period_range("2026-01", periods=1, freq="M")),
    "lengths of time": pd.Series(pd.to_timedelta(["1h", None])),
    "zones": pd.Series(pd.date_range("2026-01-01", periods=2, tz="Europe/Lisbon")),
    "complex": pd.Series([1 + 2j]),
    "lists": pd.DataFrame({"a": [[1, 2], {"b": 3}, (4,)]}),
    "arrays": pd.DataFrame({"a": [np.array([1, 2]), np.float64(3)]}),
    "bytes": pd.DataFrame({"a": [b"x"]}),
    "a tuple as name": pd.Series([1], name=("a", "b")),
    "huge": pd.DataFrame({"a": [1e300, 1e-300]}),
    "described": pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}).describe(include="all"),
    "wide": pd.DataFrame(np.zeros((3, 200))),
}


@pytest.mark.parametrize("kind", ODD)
def test_whatever_pandas_makes_is_shown(kind: str) -> None:
    Table(table_html(ODD[kind], TITLES))
    assert table_text(ODD[kind], TITLES)


@pytest.mark.parametrize("slug", [entry.slug for entry in load_catalog().lessons])
def test_every_table_of_a_lesson_is_shown_whole_and_in_time(slug: str) -> None:
    titles = load_titles(slug)
    for name, frame in load_case(slug, 3).tables.items():
        seconds = []
        for _ in range(3):
            start = time.process_time()
            html, text = table_html(frame, titles), table_text(frame, titles)
            seconds.append(time.process_time() - start)
        assert min(seconds) < 0.1, name
        Table(html)
        assert "…" not in html.split("</style>")[1] and "…" not in text
        assert len(html) < 150_000, name
        assert max(map(len, text.splitlines())) <= 100
