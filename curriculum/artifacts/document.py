"""An artifact as a document: one page of Markdown for a wiki, and CSV where people expect a table."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Mapping

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.board import COLUMNS, Board
from curriculum.artifacts.outline import Block, Items, Said, Table, outline
from curriculum.cases.base import Card, Registry
from curriculum.support.spreadsheets import guarded

BAR = r"\|"
"""A bar inside a cell of a Markdown table."""


def markdown(artifact: Artifact, registry: Registry) -> str:
    """The artifact as Markdown: ids become words, blanks are left out, markup in texts is shown as text."""
    lines = [f"# {artifact.title}", "", *_blocks(outline(artifact, registry), level=2)]
    return "\n".join(lines).rstrip() + "\n"


def _blocks(blocks: Iterable[Block], level: int) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Said):
            lines += [*_said(block), ""]
            continue
        lines += [f"{'#' * min(level, 5)} {block.label}", ""]
        if isinstance(block, Table):
            lines += [_row(block.columns), _row(["---"] * len(block.columns))]
            lines += [_row(shown(cell) for cell in row) for row in block.rows]
        elif isinstance(block, Items):
            for number, item in enumerate(block.items, start=1):
                lines += [f"**{number}.**", "", *_item(item, level + 1), ""]
        else:
            lines += _blocks(block.blocks, level + 1)
        lines.append("")
    return lines


def _item(blocks: tuple[Block, ...], level: int) -> list[str]:
    """One of several groups: a short list of its fields where it has nothing else."""
    if all(isinstance(block, Said) for block in blocks):
        return [f"- **{block.label}:** {shown(block.line)}" for block in blocks if isinstance(block, Said)]
    return _blocks(blocks, level)


def _said(block: Said) -> list[str]:
    if block.listed:
        return [f"**{block.label}:**", "", *("- " + shown(text.replace("\n", " ")) for text in block.texts)]
    text = ", ".join(map(shown, block.texts))
    if "\n" in text:
        return [f"**{block.label}:**", "", *(f"> {row}" for row in text.split("\n"))]
    return [f"**{block.label}:** {text}"]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |"


def shown(text: str) -> str:
    """A learner's text inside Markdown: tags are shown as text, and no picture is fetched from anywhere."""
    return html.escape(text, quote=False).replace("![", "!\\[")


def backlog_csv(board: Board, registry: Registry) -> str:
    """The board as a backlog that Jira's CSV import takes: summary, type, priority, labels, description."""
    priorities = {"must": "Highest", "nice": "Medium", "deferred": "Lowest"}
    rows = []
    for placement in board.placements:
        card = registry.entries("cards").get(placement.card)
        if not isinstance(card, Card) or not placement.column:
            continue
        days = sum(card.effort.values())
        back = registry.label("events", placement.revisit)
        description = " ".join(part for part in (card.note, placement.reason, back) if part)
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
        writer.writerow([guarded(column) for column in rows[0]])
    for row in rows:
        writer.writerow([guarded(cell) for cell in row.values()])
    return text.getvalue()
