"""Excel's workbooks are tables, as people leave them: a title above, another sheet before, dates and numbers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from curriculum.cohort.roster import Learner, RosterError, read_roster
from curriculum.cohort.spreadsheet import read_table, table_bytes
from curriculum.cohort.workbook import written

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = f"""<styleSheet {_NS}><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy\\ hh:mm"/>
<numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"""


def words(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(place: str, value: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def workbook(*rows: tuple[int, str], head: str = "") -> bytes:
    """A workbook whose second sheet holds the rows, by number; the first one is hidden."""
    sheet = "".join(f'<row r="{at}">{cells}</row>' for at, cells in rows)
    parts = {
        "xl/workbook.xml": f'<workbook {_NS} xmlns:r="{_R}"><sheets><sheet name="a" state="hidden" r:id="r1"/>'
        '<sheet name="b" r:id="r2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {_NS}><si><r><t>Love</t></r><r><t>lace</t></r><rPh><t>no</t></rPh></si></sst>",
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet2.xml": f"{head}<worksheet {_NS}><sheetData>{sheet}</sheetData></worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


HEAD = words("A3", "id") + words("B3", "last_name") + words("D3", "lms_id") + words("E3", "joined")
ADA = words("A4", "ada") + '<c r="B4" t="s"><v>0</v></c>' + number("D4", "1017.0") + number("E4", "46278.75", 1)


def saved(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / "class.xlsx").write_bytes(data)
    return tmp_path / "class.xlsx"


def test_a_workbook_with_a_title_is_a_roster(tmp_path: Path) -> None:
    path = saved(tmp_path, workbook((1, words("A1", "Product 2026, Monday; Friday")), (3, HEAD), (4, ADA)))
    assert read_roster(path) == (Learner("ada", last_name="Lovelace", lms_id="1017"),)


def test_dates_and_numbers_are_as_people_write_them(tmp_path: Path) -> None:
    cells = [number(f"{column}1", value, style) for column, value, style in (
        ("A", "46278.75", 1), ("B", "46278", 1), ("C", "7.5", 0), ("D", "0.30000000000000004", 2), ("AA", "12", 0),
    )]  # fmt: skip
    header, rows = read_table(table_bytes(saved(tmp_path, workbook((1, "".join(cells)), (2, words("A2", "x, y"))))))
    assert header[:4] == ["2026-09-13 18:00:00", "2026-09-13", "7.5", "0.3"]
    assert header[26] == "12"
    assert next(rows)[0] == "x, y"
    assert rows.line_num == 2


def test_a_number_that_excel_shortened_is_told_with_its_row(tmp_path: Path) -> None:
    long = words("A5", "bela") + number("D5", "1.2345678901234568E+17")
    with pytest.raises(RosterError, match=r"class.xlsx, line 5: the lms_id 1.23\d+E\+17 was shortened"):
        read_roster(saved(tmp_path, workbook((3, HEAD), (4, ADA), (5, long))))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 and no more", "it is no Excel workbook"),
        (b"\xd0\xcf\x11\xe0 of the last century", "save it as .xlsx or as CSV"),
        (workbook((1, words("A1", "&a;")), head="<!DOCTYPE x [<!ENTITY a 'aaaa'>]>"), "it is no Excel workbook"),
        (workbook((99_000_000, words("A99000000", "id"))), "it is no Excel workbook"),
    ],
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
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in sheet
    assert "<v>6.5</v>" in sheet, "a number is no text"
