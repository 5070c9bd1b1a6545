"""Excel's workbooks are tables, as people leave them: a title above, another sheet before, dates and numbers."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from curriculum.cohort.roster import Learner, RosterError, read_roster
from curriculum.cohort.spreadsheet import read_table, table_bytes
from curriculum.cohort.workbook import MOST_BYTES, written

HEAD = ("id", "last_name", None, "lms_id", "joined")
ADA = ("ada", "Lovelace", None, 1017.0, dt.datetime(2026, 9, 13, 18))


def workbook(*rows: Sequence[object], shown: dict[str, str] | None = None) -> bytes:
    """A workbook whose second sheet holds the rows, some cells in formats of their own; the first one is hidden."""
    book = Workbook()
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("learners")
    for row in rows:
        sheet.append(row)
    for place, form in (shown or {}).items():
        sheet[place].number_format = form
    book.active = sheet
    return as_saved(book)


def as_saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """The workbook with its second sheet's text changed, as somebody with a text editor can."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()) if name == "xl/worksheets/sheet2.xml" else text)
    return made.getvalue()


def saved(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / "class.xlsx").write_bytes(data)
    return tmp_path / "class.xlsx"


def test_a_workbook_with_a_title_is_a_roster(tmp_path: Path) -> None:
    path = saved(tmp_path, workbook(["Product 2026, Monday; Friday"], [], HEAD, ADA))
    assert read_roster(path) == (Learner("ada", last_name="Lovelace", lms_id="1017"),)


def test_dates_and_numbers_are_as_people_write_them(tmp_path: Path) -> None:
    row = [46278.75, dt.date(2026, 9, 13), 7.5, 0.30000000000000004, True, "007"]
    data = workbook(row, ["x, y"], shown={"A1": r"dd.mm.yyyy\ hh:mm", "D1": '0.0" days"'})
    header, rows = read_table(table_bytes(saved(tmp_path, data)))
    assert header == ["2026-09-13 18:00:00", "2026-09-13", "7.5", "0.3", "TRUE", "007"]
    assert next(rows)[0] == "x, y"
    assert rows.line_num == 2


def test_a_sheet_is_read_whole_whatever_it_says_of_its_size(tmp_path: Path) -> None:
    small = changed(workbook(HEAD, ADA), lambda text: re.sub('<dimension ref="[^"]*"', '<dimension ref="A1"', text))
    assert [one.last_name for one in read_roster(saved(tmp_path, small))] == ["Lovelace"]


def test_a_number_that_excel_shortened_is_told_with_its_row(tmp_path: Path) -> None:
    data = workbook([], [], HEAD, ADA, ("bela", None, None, 1.2345678901234568e17))
    with pytest.raises(RosterError, match=r"class.xlsx, line 5: the lms_id 1.23\d+E\+17 was shortened"):
        read_roster(saved(tmp_path, data))


def entity(text: str) -> str:
    return "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + text.replace(">ada<", ">&a;<")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 and no more", "it is no Excel workbook"),
        (b"\xd0\xcf\x11\xe0 of the last century", "save it as .xlsx or as CSV"),
        (changed(workbook(HEAD, ADA), entity), "it is no Excel workbook"),
        (changed(workbook(HEAD, ADA), lambda text: text.replace('r="2"', 'r="99000000"')), "it is no Excel workbook"),
        (changed(workbook(HEAD, ADA), lambda text: text + " " * MOST_BYTES), "it is no Excel workbook"),
    ],
    ids=["damaged", "old", "entity", "many rows", "bomb"],
)
def test_what_is_no_workbook_is_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(RosterError, match=says):
        read_roster(saved(tmp_path, data))


@pytest.mark.parametrize(
    "text",
    ["Class of 2026;;\nid;last_name;x\nada;L;\n", "\n\nid,last_name\nada,L\n", "sep=;\n;;\nid;last_name\nada;L\n"],
)
def test_what_stands_above_a_table_is_left_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.csv").write_text(text)
    assert read_roster(tmp_path / "r.csv") == (Learner("ada", last_name="L"),)


def test_a_table_of_one_column_has_no_title(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id;;\nada;;\nbela;;\n")
    assert [one.id for one in read_roster(tmp_path / "r.csv")] == ["ada", "bela"]


def test_what_is_written_is_read_again_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    path = saved(tmp_path, written([["id", "score", "why"], ["ada", 6.5, "=1+1\n<b> & \x00"], ["björn", None, " 07 "]]))
    header, rows = read_table(table_bytes(path))
    assert header == ["id", "score", "why"]
    assert list(rows) == [["ada", "6.5", "=1+1\n<b> & \ufffd"], ["björn", "", " 07 "]]
    sheet = load_workbook(path).active
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "s"], "a number is no text, and words no formula"
    assert sheet.freeze_panes == "A2"
