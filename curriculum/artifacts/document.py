"""An artifact as a document: one page of Markdown for a wiki, and CSV where people expect a table."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.fields import FieldInfo

from curriculum.artifacts.base import Artifact, Part, pick_of
from curriculum.artifacts.board import COLUMNS, Board
from curriculum.cases.base import Card, Registry

WIDE, MANY = 180, 7
"""Tables hold values of at most `WIDE` characters in at most `MANY` columns; what does not fit makes a list."""


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
            shown = _shown(value, info, registry)
            lines += [f"**{label}:**", "", *(f"> {row}" for row in shown.split("\n")), ""] if "\n" in shown else [
                f"**{label}:** {shown}", "",
            ]  # fmt: skip
    return lines


def _parts(parts: tuple[Part, ...], registry: Registry, level: int) -> list[str]:
    rows = [_row(part, registry) for part in parts]
    columns = list(dict.fromkeys(column for row in rows if row for column in row))
    flat = all(row is not None and all(len(text) <= WIDE for text in row.values()) for row in rows)
    if not flat or len(columns) > MANY:
        items: list[str] = []
        for number, (part, row) in enumerate(zip(parts, rows, strict=True), start=1):
            inner = (
                _fields(part, registry, level + 1)
                if row is None
                else [f"- **{label}:** {text}" for label, text in row.items()]
            )
            items += [f"**{number}.**", "", *inner, ""]
        return items
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
            row[info.title or name] = _shown(value, info, registry).replace("\n", " ")
    return row


def _shown(value: Any, info: FieldInfo, registry: Registry) -> str:
    """A leaf in words: labels for ids and choices, dates as people write them."""
    if isinstance(value, tuple):
        return ", ".join(_shown(item, info, registry) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value.day} {value:%B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, float):
        return f"{value:,.10g}"
    pick = pick_of(info)
    if pick:
        return html.escape(registry.label(pick.kind, value), quote=False)
    extra = info.json_schema_extra
    labels = extra.get("labels", {}) if isinstance(extra, dict) else {}
    text = labels.get(str(value), value) if isinstance(labels, dict) else value
    return html.escape(str(text), quote=False)


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
