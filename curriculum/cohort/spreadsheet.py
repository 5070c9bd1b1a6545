"""Tables as spreadsheets save them: whatever encoding, whatever stands between the cells."""

from __future__ import annotations

import codecs
import csv
import errno
import io
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_BYTES = 20_000_000
"""Of a table; a longer one is none."""


def table_bytes(path: Path) -> bytes:
    """The contents of a table's file; raises OSError, also for what is no plain file, such as a pipe that would be
    waited for, and for what is too long to be a table."""
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES // 1_000_000} MB", str(path))
    return data


def read_table(data: bytes) -> tuple[list[str], Any]:
    """The header and a reader of the rows, which knows its `line_num`; the reader raises csv.Error.

    A first line that is no row of a table has no columns: whoever asks for one says which is missing.
    """
    text = _decoded(data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return _header(rows), rows
    except csv.Error:
        return [], rows


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
    """What stands between the cells of the first line, or what Excel's own first line says."""
    first = text.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    outside = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=outside.count)


def _header(rows: Iterator[list[str]]) -> list[str]:
    first = next(rows, [])
    return next(rows, []) if first and first[0].lower().startswith("sep=") else first
