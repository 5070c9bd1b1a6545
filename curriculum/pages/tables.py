"""A DataFrame as people read it: titled columns, wrapped words, sorted and searched where it is long.

The page is static HTML with all its rows; where scripts run (a notebook that was run here, an exported page), a few
lines make long tables sortable and searchable. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.cases.base import Columns, listed, row_count
from curriculum.course.table_titles import TableTitles
from curriculum.pages.cells import Column, read_column, read_listed, short_hash
from curriculum.support.looks import themed_variables
from curriculum.support.text_table import text_table

if TYPE_CHECKING:
    import pandas as pd

LONG = 12
"""From more rows than this on, a table is sorted and searched."""

MOST_ROWS, MOST_ROWS_TEXT, MOST_COLUMNS = 200, 60, 60
"""How much of a table is shown: as a page, as text, and of its columns."""

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sheet:
    """A table ready to be shown: everything in it is words."""

    name: str
    """The title of the whole table; blank for what a cell has made."""
    rows: int
    """How many rows there are; those beyond the limit are not among the words."""
    of: int
    """How many rows the lesson's table has that this one is a part of; 0 where it is no such part."""
    groups: tuple[tuple[str, ...], ...]
    """For each level of headings above the last: the heading of each column, blank over the index."""
    index: tuple[Column, ...]
    columns: tuple[Column, ...]

    @property
    def shown(self) -> int:
        return len(self.columns[0].words) if self.columns else 0

    @property
    def count(self) -> str:
        """How many rows there are, in words."""
        rows = f"{self.rows:,} row" + "s" * (self.rows != 1)
        return f"{self.rows:,} of {self.of:,} rows" if self.of > self.rows else rows

    @property
    def rest(self) -> str:
        """What is not shown, as a sentence; blank where everything is."""
        if self.shown == self.rows or not self.columns:
            return ""
        return f"The first {self.shown:,} rows are shown; the table in Python has all {self.rows:,}."


def sheet(table: pd.DataFrame | pd.Series, titles: TableTitles, most: int = MOST_ROWS) -> Sheet:
    """The words of the first rows of a DataFrame or Series, under the titles of its lesson."""
    frame = table.to_frame("Value" if table.name is None else table.name) if _is_series(table) else table
    name = str(frame.attrs.get("table", ""))
    whole = bool(name) and _is_plain(frame.index) and set(frame.columns) <= set(titles.columns.get(name, ()))
    named = name if whole else ""

    def title(column: Hashable) -> str:
        return titles.column(column, named) if isinstance(column, str) else _plain_words(column)

    cut = frame.iloc[:most, :MOST_COLUMNS]
    labels = [label if isinstance(label, tuple) else (label,) for label in cut.columns]
    heads = []
    for level, of in enumerate(cut.columns.names):
        found = [label[level] for label in labels]
        # A level with a name holds values of the column of that name, unless they are all columns themselves.
        values = of is not None and not all(isinstance(each, str) and titles.knows(each) for each in found)
        shares = of is None and all(map(_is_share, found))
        words = _within if shares else _plain_words if values else title
        heads.append(tuple(titles.said(words(each)) for each in found))
    columns = tuple(
        read_column(heads[-1][i], str(label[-1]), cut.iloc[:, i], label[-1] in titles.ids, titles.said)
        for i, label in enumerate(labels)
    )
    groups = heads[:-1]
    if cut.columns.nlevels == 1 and cut.columns.name is not None:
        groups = [(title(cut.columns.name),) * len(labels)]
    return Sheet(
        name=titles.table(name) if whole else "",
        rows=len(frame),
        of=int(frame.attrs.get("rows", 0)) if whole else 0,
        groups=tuple(groups),
        index=() if _is_plain(cut.index) else tuple(_index(cut.index, titles, title)),
        columns=columns,
    )


def _index(index: pd.Index, titles: TableTitles, title: Callable[[Hashable], str]) -> Iterable[Column]:
    for level in range(index.nlevels):
        name, values = index.names[level], index.get_level_values(level)
        head = "" if name is None else title(name)
        if name is None and all(isinstance(value, str) and titles.knows(value) for value in values):
            values = values.map(title)  # a table that was turned round, or a result for each column
        elif name is None and all(map(_is_share, values)):
            values = values.map(_within)
        yield read_column(head, "" if name is None else str(name), values.to_series(), name in titles.ids, titles.said)


def _is_series(table: Any) -> bool:
    return table.ndim == 1


def _is_plain(index: pd.Index) -> bool:
    """Whether the index only numbers the rows."""
    return index.nlevels == 1 and index.name is None and index.dtype.kind in "iu"


def _is_share(label: Hashable) -> bool:
    """Whether an unnamed label is what pandas calls a quantile by."""
    return isinstance(label, float) and 0 < label < 1


def _within(share: Hashable) -> str:
    return f"{100 * float(str(share)):g} of 100 within"


def _plain_words(label: Hashable) -> str:
    if isinstance(label, float):
        return f"{label:g}"
    if isinstance(label, bool):
        return "yes" if label else "no"
    return str(label)


# As a page


def table_html(table: pd.DataFrame | pd.Series, titles: TableTitles) -> str:
    """The table as static HTML with its style and its few lines of script; everything in it is escaped."""
    return sheet_html(sheet(table, titles))


def listed_html(name: str, columns: Columns, titles: TableTitles, most: int) -> str:
    """The first rows of a lesson's table as `table_html` shows them, without pandas: whole numbers, days and words."""
    values = listed(columns)
    read = (
        read_listed(titles.column(raw, name), raw, values[raw][:most], raw in titles.ids, titles.said) for raw in values
    )
    rows = row_count(columns)
    return sheet_html(Sheet(titles.table(name), min(most, rows), rows, groups=(), index=(), columns=tuple(read)))


def sheet_html(shown: Sheet) -> str:
    """A sheet as HTML."""
    if not shown.columns:
        return f"<style>{_css()}</style><p class='course-table-none'>A table without columns, {shown.count}.</p>"
    label = escape(f"{shown.name or 'Table'}, {shown.count}", quote=True)
    long = shown.shown > LONG
    # Hidden from pages that may not bring their style: they show the caption, and no search that does nothing.
    tools = (
        f'<div class="head" style="display:none"><span aria-hidden="true">{_caption(shown)}</span><span class="tools" '
        'hidden><span class="hits" role="status"></span><label>Search '
        '<input type="search" autocomplete="off" spellcheck="false"></label></span></div>'
    )
    unseen = ' class="unseen"' if long or not shown.name else ""
    return (
        f"<style>{_css()}</style>"
        f'<div class="course-table{" long" * long}">{tools * long}'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">'
        f"<table><caption{unseen}><span>{_caption(shown)}</span></caption>"
        f"{_head(shown)}{_body(shown, merge=not long)}</table>"
        f"</div>{f'<p class=rest>{shown.rest}</p>' if shown.rest else ''}"
        f"{f'<script>{_js()}</script>' if long else ''}</div>"
    )


def _caption(shown: Sheet) -> str:
    count = shown.count.replace(" ", "\u00a0")
    return f"<b>{escape(shown.name)}</b> {count}" if shown.name else count


def _head(shown: Sheet) -> str:
    lines = []
    for level, heads in enumerate(shown.groups):
        lead = f'<td colspan="{len(shown.index)}"></td>' if shown.index else ""
        spans = ((head, len(list(run))) for head, run in groupby(_unless_parted(shown.groups, level, heads)))
        lines.append(
            lead + "".join(f'<th scope="colgroup" colspan="{n}"{_LEFT}>{escape(head[-1])}</th>' for head, n in spans)
        )
    lines.append("".join(_head_cell(column) for column in (*shown.index, *shown.columns)))
    return f"<thead>{''.join(f'<tr>{line}</tr>' for line in lines)}</thead>"


def _unless_parted(groups: Sequence[tuple[str, ...]], level: int, heads: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Each heading with those above it, so that equal headings under different ones stay apart."""
    return [(*(groups[above][i] for above in range(level)), heads[i]) for i in range(len(heads))]


_LEFT = ' style="text-align:left"'
"""Where a page may not bring its style, JupyterLab puts words at the right."""


def _head_cell(column: Column) -> str:
    if not column.title:
        return "<td></td>"
    raw = f' title="{escape(column.raw, quote=True)}"' if column.raw and column.raw != column.title else ""
    words = escape(_whole_unit(column.title), quote=False)
    return f'<th scope="col" class="{column.look}"{raw}{"" if column.right else _LEFT}>{words}</th>'


def _whole_unit(title: str) -> str:
    """The title with a unit that does not break over two lines."""
    return re.sub(r"\([^)]{1,16}\)$", lambda unit: unit.group().replace(" ", "\u00a0"), title)


def _body(shown: Sheet, merge: bool) -> str:
    spans = [_spans(shown, level) if merge else [1] * shown.shown for level in range(len(shown.index))]
    lines = []
    for row in range(shown.shown):
        heads = "".join(
            f'<th scope="{"row" if spans[level][row] == 1 else "rowgroup"}"'
            f"{f' rowspan={spans[level][row]}' if spans[level][row] > 1 else ''}"
            f' class="{column.look}"{_LEFT}>{_cell(column.words[row])}</th>'
            for level, column in enumerate(shown.index)
            if spans[level][row]
        )
        cells = "".join(
            f"<td class={column.look}{'' if column.right else _LEFT}>{_cell(column.words[row])}</td>"
            for column in shown.columns
        )
        lines.append(f"<tr>{heads}{cells}</tr>")
    return f"<tbody>{''.join(lines)}</tbody>"


def _spans(shown: Sheet, level: int) -> list[int]:
    """Over how many rows each label reaches; 0 where the one above reaches down. The last level never does."""
    if level == len(shown.index) - 1:
        return [1] * shown.shown
    keys = [tuple(column.words[row] for column in shown.index[: level + 1]) for row in range(shown.shown)]
    spans: list[int] = []
    for _, run in groupby(keys):
        length = len(list(run))
        spans += [length, *[0] * (length - 1)]
    return spans


def _cell(words: str) -> str:
    if short := short_hash(words):
        return f"<details><summary><code>{short}</code></summary><code>{words}</code></details>"
    return escape(words, quote=False)


@cache
def _css() -> str:
    names = ("ground", "panel", "line", "edge", "ink", "soft", "accent", "accent-soft")
    css = (_HERE / "tables.css").read_text(encoding="utf-8")
    return themed_variables(".course-table", *names) + css


@cache
def _js() -> str:
    return (_HERE / "tables.js").read_text(encoding="utf-8")


# As text


def table_text(table: pd.DataFrame | pd.Series, titles: TableTitles) -> str:
    """The table as text for terminals, at most 100 columns wide, wrapped and not cut."""
    shown = sheet(table, titles, MOST_ROWS_TEXT)
    columns = [*shown.index, *shown.columns]
    if not columns:
        return f"A table without columns, {shown.count}."
    above = [" / ".join(group[i] for group in shown.groups) for i in range(len(shown.columns))]
    heads = [column.title for column in shown.index]
    heads += [
        f"{over}: {column.title}" if over else column.title for over, column in zip(above, shown.columns, strict=True)
    ]
    rows = [[_text_cell(column.words[row]) for column in columns] for row in range(shown.shown)]
    lines = [f"{shown.name}, {shown.count}" if shown.name else shown.count, ""]
    lines += text_table(heads, rows, [column.right for column in columns])
    return "\n".join([*lines, *([shown.rest] if shown.rest else [])])


def _text_cell(words: str) -> str:
    short = short_hash(words)
    return f"{short} (first {len(short)} of {len(words)} digits)" if short else words
