"""Rosters: what is read, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.cohort.roster import Learner, RosterError, difference, read_roster, write_roster


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_columns_have_the_names_that_people_use(tmp_path: Path) -> None:
    path = written(
        tmp_path, "\ufeffUsername,First name,Surname,Email address,ID number,Notes\r\nada,Ada,L,a@x.org,7,hi\r\n\r\n"
    )
    assert read_roster(path) == (Learner("ada", "Ada", "L", "a@x.org", "7"),)


def test_a_column_that_is_called_id_is_the_id(tmp_path: Path) -> None:
    (learner,) = read_roster(written(tmp_path, "username,id\nsomething else,ada\n"))
    assert learner.id == "ada"


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    learners = (Learner("ada", 'A "quote"', "L, M"), Learner("bela", "Béla\n2"))
    write_roster(tmp_path / "r.csv", learners)
    assert read_roster(tmp_path / "r.csv") == learners


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\nada\n", "expected at least `id`"),
        ("", "expected at least `id`"),
        ("id," + "x" * 200_000 + "\nada,1\n", "found the columns none; expected at least `id`"),
        ("id\n../ada\n", "line 2: found the id '../ada'"),
        ("id\nada+welcome\n", "line 2"),
        ("id\n.hidden\n", "line 2"),
        ("id\nada\nADA\n", "line 3: the id 'ADA' is there twice"),
        ("id,email\nada,a@x.org,extra\n", "line 2: 3 cells under 2 columns; quote"),
        ("id,email\nada\n", "line 2: 1 cells under 2 columns; the line is cut off"),
        ("id,id\nada,bela\n", "found 'id', 'id', of which each could be the column `id`; leave one of them"),
        ("username,login\nada,bela\n", "found 'username', 'login', of which each could be"),
        ("id,lms_id\nada,7\nbela,7\n", "line 3: the lms_id 7 is ada's already"),
        ("id,sis_id\nada,1.02E+03\n", "the sis_id 1.02E.03 was shortened by a spreadsheet"),
    ],
)
def test_what_cannot_be_a_folder_or_a_person_is_refused(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(RosterError, match=says.replace("../", r"\.\./")):
        read_roster(written(tmp_path, text))


def test_no_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")


def test_all_lines_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as told:
        read_roster(written(tmp_path, "id\n../ada\nbela\n-x\nbela\n"))
    assert [line.split(":")[0] for line in str(told.value).split("\n")] == [f"roster.csv, line {n}" for n in (2, 4, 5)]
    with pytest.raises(RosterError, match="and 80 more lines like these"):
        read_roster(written(tmp_path, "id\n" + "/\n" * 100))


NAMES = "id{0}first_name{0}last_name\nada{0}Ada{0}Løvelace\nbela{0}Béla{0}Bartók\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_table_is_read_as_spreadsheets_save_it(tmp_path: Path, delimiter: str, encoding: str, ends: str) -> None:
    text = NAMES.format(delimiter).replace("\n", ends)
    found = read_roster(written(tmp_path, text.encode(encoding)))
    assert found == (Learner("ada", "Ada", "Løvelace"), Learner("bela", "Béla", "Bartók"))


def test_excels_own_first_line_is_no_header(tmp_path: Path) -> None:
    assert read_roster(written(tmp_path, "sep=;\r\nid;email\r\nada;a@x.org\r\n")) == (Learner("ada", email="a@x.org"),)


def test_a_quoted_delimiter_decides_nothing(tmp_path: Path) -> None:
    assert read_roster(written(tmp_path, '"id";"a, b, c, d"\nada;x\n')) == (Learner("ada"),)


def test_what_canvas_exports_is_a_roster(tmp_path: Path) -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Welcome (12)\n"
        "    Points Possible,,,,,6\n"
        '"Lovelace, Ada",101,S-1,ada,Monday,5\n'
        '"Student, Test",999,,0a1b,Monday,\n'
    )
    assert read_roster(written(tmp_path, text)) == (Learner("ada", "Ada", "Lovelace", "", "101", "S-1", "Monday"),)


def test_what_moodle_exports_is_a_roster_and_an_address_is_an_id(tmp_path: Path) -> None:
    text = "First name,Surname,ID number,Institution,Department,Email address\nAda,Lovelace,7,,,ada@example.org\n"
    assert read_roster(written(tmp_path, text)) == (
        Learner("ada@example.org", "Ada", "Lovelace", "ada@example.org", "7"),
    )


def test_a_difference_is_told_by_ids() -> None:
    before = (Learner("ada"), Learner("bela"), Learner("chidi"))
    after = (Learner("ada"), Learner("bela", "Béla"), Learner("dana"))
    found = difference(before, after)
    assert (found.new, found.changed, found.gone) == (("dana",), ("bela",), ("chidi",))
    assert str(found) == "1 (dana) new; 1 (bela) changed; 1 (chidi) gone"
    assert str(difference(before, before)) == "nothing changes"
