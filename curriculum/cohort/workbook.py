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
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MOST_BYTES = 100_000_000
"""Of one part of a workbook, unpacked."""
MOST_ROWS = 1_000_000

_OLD = b"\xd0\xcf\x11\xe0"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DATES = frozenset({*range(14, 23), *range(45, 48)})
"""Numbers of Excel's own formats that show a date or a time."""
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def is_workbook(data: bytes) -> bool:
    """Whether a file is one of Excel's, of the old form or the new."""
    return data[:4] == _OLD or data[:2] == b"PK"


def as_csv(data: bytes) -> bytes:
    """The first sheet that is shown, as CSV with a line for each row, so that lines are counted as Excel counts rows.

    Dates are written as ISO 8601, numbers as they are stored. Raises OSError for what is no such workbook.
    """
    if data[:4] == _OLD:
        raise OSError(errno.EINVAL, "it is a workbook of the old form; save it as .xlsx or as CSV")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = io.StringIO()
            csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(_Book(archive).rows())
    except OSError:
        raise
    except Exception:  # a damaged file can break in many ways, and none of them says more to its owner
        raise OSError(errno.EINVAL, "it is no Excel workbook; save it as .xlsx or as CSV") from None
    return text.getvalue().encode()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    f'ContentType="{_SHEET}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{_SHEET}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Grades" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_HEAD = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'state="frozen"/></sheetView></sheetViews><sheetData>'
)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_LETTERS = 32_000
"""Of a cell; Excel has room for a few more."""


def written(rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """A workbook of one sheet, whose first row stays in sight: numbers are numbers, and all else is text."""
    lines = (f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", f"{_HEAD}{''.join(lines)}</sheetData></worksheet>")
    return data.getvalue()


def _cell(value: str | float | None) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value!r}</v></c>"
    text = escape(_NOT_XML.sub("\ufffd", value[:_MOST_LETTERS]))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


class _Book:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        book = self._part("xl/workbook.xml")
        targets = {one.get("Id"): one.get("Target", "") for one in self._part("xl/_rels/workbook.xml.rels")}
        shown = next(one for one in book.iterfind("{*}sheets/{*}sheet") if one.get("state", "visible") == "visible")
        self._sheet = f"xl/{targets[shown.get(_LINKED)]}".replace("xl//xl/", "xl/")
        properties = book.find("{*}workbookPr")
        early = properties is not None and properties.get("date1904") in ("1", "true")
        self._first_day = dt.datetime(1904, 1, 1) if early else dt.datetime(1899, 12, 30)
        names = archive.namelist()
        strings = self._part("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else ()
        self._strings = [_text(one) for one in strings]
        self._dates = list(self._shown_as_dates()) if "xl/styles.xml" in names else []

    def rows(self) -> Iterator[list[str]]:
        """The cells of each row, blank ones and blank rows included, all rows of one width."""
        found: dict[int, dict[int, str]] = {}
        for row in self._part(self._sheet).iterfind("{*}sheetData/{*}row"):
            cells: dict[int, str] = {}
            for cell in row.iterfind("{*}c"):
                cells[_column(cell.get("r", ""), max(cells, default=-1) + 1)] = self._value(cell)
            found[int(row.get("r") or max(found, default=0) + 1)] = cells
        width = 1 + max((at for cells in found.values() for at, text in cells.items() if text), default=-1)
        last = max((number for number, cells in found.items() if any(cells.values())), default=0)
        if last > MOST_ROWS:
            raise ValueError
        for number in range(1, last + 1):
            yield [found.get(number, {}).get(at, "") for at in range(width)]

    def _part(self, name: str) -> ElementTree.Element:
        with self._archive.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ValueError
        return ElementTree.fromstring(data)

    def _shown_as_dates(self) -> Iterator[bool]:
        """For each style of a cell, whether it shows a number as a date."""
        styles = self._part("xl/styles.xml")
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
        for style in styles.iterfind("{*}cellXfs/{*}xf"):
            number = style.get("numFmtId", "0")
            code = _LITERAL.sub("", codes.get(number, "")).lower()
            yield int(number) in _DATES or any(letter in code for letter in "ymdh")

    def _value(self, cell: ElementTree.Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        value = cell.findtext("{*}v") or ""
        if kind == "s":
            return self._strings[int(value)]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind != "n" or not value:
            return value
        style = int(cell.get("s", 0))
        if style < len(self._dates) and self._dates[style]:
            return _moment(self._first_day, float(value))
        return _number(value)


def _text(element: ElementTree.Element) -> str:
    """The words of a cell, of all its runs, without how they are pronounced."""
    runs = [run for run in element.iter() if run.tag.endswith("}t")]
    spoken = {t for one in element.iterfind(".//{*}rPh") for t in one.iter()}
    return "".join(run.text or "" for run in runs if run not in spoken)


def _number(text: str) -> str:
    """A number as people type it; one that is too long for Excel stays as Excel shortened it."""
    value = float(text)
    if abs(value) >= 1e15:
        return text
    return str(int(value)) if value == int(value) else f"{value:.12g}"


def _moment(first_day: dt.datetime, days: float) -> str:
    moment = first_day + dt.timedelta(seconds=round(days * 86_400))
    return moment.isoformat(sep=" ") if days % 1 else moment.date().isoformat()


def _column(place: str, otherwise: int) -> int:
    """For instance 27 for "AB3"; counted on where a cell does not say where it is."""
    number = 0
    for letter in place.rstrip("0123456789").upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1 if number else otherwise
