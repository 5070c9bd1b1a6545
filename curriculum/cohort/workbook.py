"""Excel's workbooks: the first sheet that is shown, as CSV, and tables written as such a sheet. No formula is run, and
none written; macros are not looked at."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

MOST_BYTES = 200_000_000
"""Of all parts of a workbook, unpacked."""
MOST_ROWS = 1_048_576
"""As many as Excel has room for."""

_OLD = b"\xd0\xcf\x11\xe0"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_LETTERS = 32_000
"""Of a cell; Excel has room for a few more."""
_SURE_DIGITS = 1e15
"""Excel keeps fifteen digits of a number."""


def is_workbook(data: bytes) -> bool:
    """Whether a file is one of Excel's, of the old form or the new."""
    return data[:4] == _OLD or data[:2] == b"PK"


def as_csv(data: bytes) -> bytes:
    """The first sheet that is shown, as CSV with a line for each row, so that lines are counted as Excel counts rows.

    Dates are written as ISO 8601, formulas as the values that Excel has kept. Raises OSError for what is no such
    workbook, or one that is larger than Excel writes them.
    """
    if data[:4] == _OLD:
        raise OSError(errno.EINVAL, "it is a workbook of the old form; save it as .xlsx or as CSV")
    try:
        rows = list(_rows(data))
    except Exception:  # a damaged file can break in many ways, and none of them says more to its owner
        raise OSError(errno.EINVAL, "it is no Excel workbook; save it as .xlsx or as CSV") from None
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    wide = ([*row, *[""] * (width - len(row))] for row in rows)
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(wide)
    return text.getvalue().encode()


def _rows(data: bytes) -> Iterator[list[str]]:
    """The cells of each row up to its last filled one; raises ValueError where there is too much."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise ValueError
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
    sheet.reset_dimensions()  # what the file says of its size need not be so
    rows = sheet.iter_rows(values_only=True)
    for row in islice(rows, MOST_ROWS):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells
    if next(rows, None) is not None:
        raise ValueError


def _text(value: Any) -> str:
    """A cell as people type it; a number that was too long for Excel stays as Excel shortened it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(value).upper() if abs(value) >= _SURE_DIGITS else f"{value:.12g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def written(rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """A workbook of one sheet, whose first row stays in sight: numbers are numbers, and all else is text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Grades")
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_words(sheet, value) if isinstance(value, str) else value for value in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _words(sheet: Any, text: str) -> WriteOnlyCell:
    """A cell with words, which is no formula whatever they begin with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _NOT_XML.sub("\ufffd", text[:_MOST_LETTERS]))
    cell.data_type = "s"
    return cell
