"""Rosters: what is read, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.cohort.roster import Learner, RosterError, read_roster, write_roster


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_columns_have_the_names_that_people_use(tmp_path: Path) -> None:
    path = written(
        tmp_path, "\ufeffUsername,First name,Surname,Email address,ID number,Notes\r\nada,Ada,L,a@x.org,7,hi\r\n\r\n"
    )
    assert read_roster(path) == (Learner("ada", "Ada", "L", "a@x.org", "7"),)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    learners = (Learner("ada", 'A "quote"', "L, M"), Learner("bela", "Béla\n2"))
    write_roster(tmp_path / "r.csv", learners)
    assert read_roster(tmp_path / "r.csv") == learners


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\nada\n", "expected at least `id`"),
        ("", "expected at least `id`"),
        ("id\n../ada\n", "line 2: found the id '../ada'"),
        ("id\nada+welcome\n", "line 2"),
        ("id\n.hidden\n", "line 2"),
        ("id\nada\nADA\n", "line 3: the id 'ADA' is there twice"),
        (b"id\n\xff\xfe\n", "not UTF-8"),
    ],
)
def test_what_cannot_be_a_folder_or_a_person_is_refused(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(RosterError, match=says.replace("../", r"\.\./")):
        read_roster(written(tmp_path, text))


def test_no_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")
