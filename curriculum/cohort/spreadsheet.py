"""Tables as spreadsheets save them: whatever encoding, whatever stands between the cells, and workbooks."""

from __future__ import annotations

import codecs
import csv
import errno
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from curriculum.cohort import workbook

MOST_ABOVE = 10
"""Rows among which the header is looked for."""

MOST_BYTES = 20_000_000
"""Of a table; a longer one is none."""


def table_bytes(path: Path) -> bytes:
    """The contents of a table's file, of a workbook those of its first sheet as CSV; raises OSError, also for what is
    no plain file, such as a pipe that would be waited for, and for what is too long to be a table."""
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES // 1_000_000} MB", str(path))
    return workbook.as_csv(data) if workbook.is_workbook(data) else data


def read_table(data: bytes) -> tuple[list[str], Any]:
    """The header and a reader of the rows, which knows its `line_num`; the reader raises csv.Error.

    Blank lines and a title above the table, in one cell of several, are left out. A first line that is no row of a
    table has no columns: whoever asks for one says which is missing.
    """
    text = _decoded(data)
    lines = io.StringIO(text, newline="")
    delimiter = _delimiter(text)
    above = _above(list(_first(csv.reader(lines, delimiter=delimiter))))
    lines.seek(0)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        return next(islice(rows, above, None), []), rows
    except csv.Error:
        return [], rows


def _first(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The first rows, as far as they can be read; what is wrong behind them is told when it is reached."""
    with suppress(csv.Error):
        yield from islice(rows, MOST_ABOVE)


def _above(first: list[list[str]]) -> int:
    """How many of the first rows stand above the header."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in first]
    start = next((at for at, number in enumerate(filled) if number and not _says_delimiter(first[at])), 0)
    if first and filled[start] == 1 and len(first[start]) > 1:
        return next((at for at in range(start, len(first)) if filled[at] > 1), start)
    return start


def _decoded(data: bytes) -> str:
    """The text of a file that a spreadsheet saved: what its first bytes say, else UTF-8, else Windows-1252."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text if "\n" in text else text.replace("\r", "\n")


def _delimiter(text: str) -> str:
    """What stands between the cells of the first line that is not blank, or what Excel's own first line says."""
    first = text.lstrip("\r\n ").split("\n", 1)[0].strip()
    if _says_delimiter([first]) and len(first) == 5:
        return first[4]
    outside = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=outside.count)


def _says_delimiter(row: list[str]) -> bool:
    return bool(row) and row[0].lower().startswith("sep=")
