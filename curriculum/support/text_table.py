"""Tables as text for terminals: columns side by side, long cells wrapped, nothing cut."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

GAP = "  "
MOST_WORD = 26
"""Words longer than this may be broken; shorter ones stay whole."""


def text_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int = 100
) -> list[str]:
    """The lines of a table at most `width` wide, headed by its columns; `right` says which stand at the right.

    Where too many columns do not fit side by side, they follow in parts, each led by the first column.
    """
    cells = [[row[i] for row in [columns, *rows]] for i in range(len(columns))]
    wanted = [max(map(_longest_line, column)) for column in cells]
    least = [min(MOST_WORD, max(map(_longest_word, column))) for column in cells]
    lines: list[str] = []
    for part in _parts(least, width):
        widths = _fitted([wanted[i] for i in part], [least[i] for i in part], width)
        lines += [""] if lines else []
        for number, row in enumerate([columns, *rows]):
            lines += _row([row[i] for i in part], widths, [right[i] for i in part])
            if number == 0:
                lines.append(GAP.join("─" * each for each in widths))
    return lines


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for i in range(max(map(len, wrapped))):
        pieces = [lines[i] if i < len(lines) else "" for lines in wrapped]
        placed = [
            piece.rjust(width) if at_right else piece.ljust(width)
            for piece, width, at_right in zip(pieces, widths, right, strict=True)
        ]
        yield GAP.join(placed).rstrip()


def _wrapped(cell: str, width: int) -> list[str]:
    return [line for part in cell.split("\n") for line in textwrap.wrap(part, width, break_on_hyphens=False) or [""]]


def _parts(least: Sequence[int], width: int) -> list[list[int]]:
    """The columns that stand side by side, by number; after the first part, each begins with the first column."""
    parts: list[list[int]] = [[]]
    for i, need in enumerate(least):
        part = parts[-1]
        if len(part) > (len(parts) > 1) and sum(least[j] + len(GAP) for j in part) + need > width:
            part = [0]
            parts.append(part)
        part.append(i)
    return parts


def _fitted(wanted: Sequence[int], least: Sequence[int], width: int) -> list[int]:
    """Widths that fit: the widest columns give way first, down to one width, and no word is broken for it."""
    room = width - len(GAP) * (len(wanted) - 1)
    most = max(wanted)
    while most > 1 and sum(_width(want, need, most) for want, need in zip(wanted, least, strict=True)) > room:
        most -= 1
    widths = [_width(want, need, most) for want, need in zip(wanted, least, strict=True)]
    spare = max(0, room - sum(widths))
    for i, want in enumerate(wanted):  # what is left over goes to those that gave way
        if want > widths[i] and spare:
            widths[i], spare = widths[i] + 1, spare - 1
    return widths


def _width(want: int, need: int, most: int) -> int:
    return max(need, min(want, most))


def _longest_line(cell: str) -> int:
    return max([1, *map(len, cell.split("\n"))])


def _longest_word(cell: str) -> int:
    return max([1, *map(len, cell.split())])
