"""An artifact as a document: one page of Markdown for a wiki, and CSV where people expect a table."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from collections.abc import Iterable, Mapping
from typing import Any

from curriculum.artifacts.base import Artifact, Part, Pick, pick_of
from curriculum.artifacts.board import COLUMNS, Board
from curriculum.cases.base import Card, Registry

WIDE = 60
"""Tables hold only values of at most this many characters; longer ones make a list of sections."""


def markdown(artifact: Artifact, registry: Registry) -> str:
    """The artifact as Markdown: ids become words, blanks are left out, markup in texts is shown as text."""
    lines = [f"# {artifact.title}", ""]
    lines += _fields(artifact, registry, level=2)
    return "\n".join(lines).rstrip() + "\n"


def _fields(part: Part, registry: Registry, level: int) -> list[str]:
    lines: list[str] = []
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if value in (None, "", (), False):
            continue
        label = info.title or name.replace("_", " ").capitalize()
        if isinstance(value, tuple) and isinstance(value[0], Part):
            lines += [f"{'#' * min(level, 5)} {label}", "", *_parts(value, registry, level), ""]
        elif isinstance(value, Part):
            inner = _fields(value, registry, level + 1)
            lines += [f"{'#' * min(level, 5)} {label}", "", *inner, ""] if inner else []
        else:
            shown = _shown(value, pick_of(info), registry)
            lines += [f"**{label}:**", "", *(f"> {row}" for row in shown.split("\n")), ""] if "\n" in shown else [
                f"**{label}:** {shown}", "",
            ]  # fmt: skip
    return lines


def _parts(parts: tuple[Part, ...], registry: Registry, level: int) -> list[str]:
    rows = [_row(part, registry) for part in parts]
    flat = all(row is not None and all(len(text) <= WIDE for text in row.values()) for row in rows)
    if not flat:
        sections: list[str] = []
        for number, part in enumerate(parts, start=1):
            sections += [f"{number}.", "", *_indented(_fields(part, registry, level + 1))]
        return sections
    columns = list(dict.fromkeys(column for row in rows if row for column in row))
    if not columns:
        return []
    body = [[(row or {}).get(column, "").replace("|", "\\|") for column in columns] for row in rows]
    return [_table_row(columns), _table_row(["---"] * len(columns)), *map(_table_row, body)]


def _row(part: Part, registry: Registry) -> dict[str, str] | None:
    """The part as one row of a table; None where it holds groups of its own."""
    row: dict[str, str] = {}
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(value, Part) or (isinstance(value, tuple) and value and isinstance(value[0], Part)):
            return None
        if value not in (None, "", ()):
            row[info.title or name] = _shown(value, pick_of(info), registry).replace("\n", " ")
    return row


def _shown(value: Any, pick: Pick | None, registry: Registry) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(item, pick, registry) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value:%d %B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d %B %Y}"
    if isinstance(value, float):
        return f"{value:,.10g}"
    text = registry.label(pick.kind, value) if pick else str(value)
    return html.escape(text, quote=False)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"   {line}" if line else "" for line in lines]


def _table_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def backlog_csv(board: Board, registry: Registry) -> str:
    """The board as a backlog that Jira's CSV import takes: summary, type, priority, labels, description."""
    priorities = {"must": "Highest", "nice": "Medium", "deferred": "Lowest"}
    rows = []
    for placement in board.placements:
        card = registry.entries("cards").get(placement.card)
        if not isinstance(card, Card) or not placement.column:
            continue
        days = sum(card.effort.values())
        description = " ".join(part for part in (card.note, placement.reason, placement.revisit) if part)
        rows.append(
            {
                "Summary": card.label,
                "Issue Type": "Story",
                "Priority": priorities[placement.column],
                "Labels": COLUMNS[placement.column],
                "Description": description,
                "Original Estimate (days)": f"{days:g}",
            }
        )
    return safe_csv(rows)


def safe_csv(rows: list[Mapping[str, str]] | list[dict[str, str]]) -> str:
    """CSV with every cell quoted, and a quote mark before cells that a spreadsheet would run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([guarded(cell) for cell in row.values()])
    return text.getvalue()


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as text (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
