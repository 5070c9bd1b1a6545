"""Bringing files together that anybody may have made: each fault is a sentence, and the others go on."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.support.files import FileRefused
from curriculum.support.packed import unpacked
from curriculum.team.deal import DealError, Place, make_deal, write_deal
from curriculum.team.debrief import debrief
from curriculum.team.gathering import gather
from curriculum.team.handing import documents_file, handed_in, take_documents
from tests.helpers.at_table import AtTable

SLUG = "recommendation_scoping"


@pytest.fixture
def played(tmp_path: Path) -> tuple[AtTable, dict[str, Path]]:
    """A session that was played, and what each seat hands in."""
    table = AtTable(SLUG, 3, tmp_path / "seats")
    table.play()
    files = {}
    for seat in table.deal.table.seats:
        place = Place(deal=table.deal.table.deal, seat=seat.name, key=table.deal.key(seat.name).hex())
        files[seat.name] = tmp_path / f"{seat.name}.zip"
        files[seat.name].write_bytes(handed_in(table.deal.table, table.answers(seat.name).parent, place))
    return table, files


def test_what_was_handed_in_comes_together(played: tuple[AtTable, dict[str, Path]], tmp_path: Path) -> None:
    table, files = played
    outcome = gather(table.deal, files.values())
    assert outcome.report.points == outcome.report.maximum
    assert not outcome.notes
    assert gather(table.deal, [tmp_path]).report.points == outcome.report.points, "a folder of them is as good"


def test_a_file_that_was_changed_on_its_way_is_left_out(played: tuple[AtTable, dict[str, Path]]) -> None:
    table, files = played
    with zipfile.ZipFile(files["ben"]) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(files["ben"], "w") as packed:
        for name, data in inside.items():
            packed.writestr(name, data.replace(b"holds", b"does_not") if name.endswith("sign_off.yaml") else data)
    outcome = gather(table.deal, files.values())
    assert any("changed since" in note and "ben" in note for note in outcome.notes)
    assert next(one for one in outcome.accounts if one.seat == "ben").silent


def test_nobody_hands_in_for_somebody_else(played: tuple[AtTable, dict[str, Path]]) -> None:
    table, files = played
    place = Place(deal=table.deal.table.deal, seat="ada", key=table.deal.key("ben").hex())
    files["ada"].write_bytes(handed_in(table.deal.table, table.answers("ada").parent, place))
    with pytest.raises(DealError, match="Nothing of ada"):
        gather(table.deal, files.values())


def test_files_of_another_table_and_files_of_nobody_are_told(
    played: tuple[AtTable, dict[str, Path]], tmp_path: Path
) -> None:
    table, files = played
    other = make_deal(SLUG, ("ada", "ben", "cho", "dan"), 3)
    place = Place(deal=other.table.deal, seat="ada", key=other.key("ada").hex())
    (tmp_path / "other.zip").write_bytes(handed_in(other.table, table.answers("ada").parent, place))
    (tmp_path / "text.zip").write_text("no ZIP file", "utf-8")
    with zipfile.ZipFile(tmp_path / "blank.zip", "w"):
        pass
    with zipfile.ZipFile(tmp_path / "broken.zip", "w") as packed:
        packed.writestr("x/seat.json", "[1]")
    outcome = gather(
        table.deal, [*files.values(), *(tmp_path / f"{n}.zip" for n in ("other", "text", "blank", "broken"))]
    )
    told = " ".join(outcome.notes)
    assert "other.zip belongs to another table" in told
    assert "text.zip cannot be read" in told
    assert "blank.zip holds nothing" in told
    assert "broken.zip: seat.json is damaged" in told
    assert outcome.report.points == outcome.report.maximum


@pytest.mark.parametrize("name", ["ada", "ben"])
@pytest.mark.parametrize("text", ["notes: [", "notes: 3\n", "signatures: {}\n", "\x00", "a: &a [*a]\n"])
def test_damaged_notes_and_signatures_cost_nobody_else(
    played: tuple[AtTable, dict[str, Path]], tmp_path: Path, name: str, text: str
) -> None:
    table, _ = played
    for file in ("noted.yaml", "sign_off.yaml", "first_choice.yaml"):
        (table.answers(name) / file).write_text(text, "utf-8")
    place = Place(deal=table.deal.table.deal, seat=name, key=table.deal.key(name).hex())
    files = {seat.name: tmp_path / f"{seat.name}.zip" for seat in table.deal.table.seats}
    files[name].write_bytes(handed_in(table.deal.table, table.answers(name).parent, place))
    outcome = gather(table.deal, files.values())
    assert any("So nothing counts as signed" in note for note in outcome.notes)
    assert next(one for one in outcome.accounts if one.seat == "cho").signed_right


@pytest.mark.parametrize("names", [("a.zip", "b.zip"), ("b.zip", "a.zip")])
def test_of_two_files_of_a_seat_the_later_one_counts_whatever_they_are_called(
    played: tuple[AtTable, dict[str, Path]], tmp_path: Path, names: tuple[str, str]
) -> None:
    """Whoever has kept an older one of a neighbour's could otherwise bring it back."""
    table, files = played
    place = Place(deal=table.deal.table.deal, seat="ben", key=table.deal.key("ben").hex())
    folder, now = table.answers("ben").parent, dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    older, newer = (tmp_path / name for name in names)
    newer.write_bytes(handed_in(table.deal.table, folder, place, now + dt.timedelta(minutes=1)))
    (folder / "answers" / "sign_off.yaml").unlink()
    older.write_bytes(handed_in(table.deal.table, folder, place, now))
    outcome = gather(table.deal, [files["ada"], files["cho"], *sorted((older, newer))])
    assert next(one for one in outcome.accounts if one.seat == "ben").signed_right
    assert f"{older.name}: ben is there twice; what was handed in last counts, not this one." in outcome.notes


def test_the_time_of_handing_in_is_under_the_seal(played: tuple[AtTable, dict[str, Path]], tmp_path: Path) -> None:
    table, files = played
    with zipfile.ZipFile(files["ben"]) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(files["ben"], "w") as packed:
        for name, data in inside.items():
            said = json.loads(data) | {"at": "2999-01-01"} if name.endswith("seat.json") else None
            packed.writestr(name, json.dumps(said) if said else data)
    assert any("changed since" in note for note in gather(table.deal, files.values()).notes)


@pytest.mark.parametrize("names", [("Ada B", "Ada_B", "c"), ("Jose\u0301", "Jos\u00e9", "c"), ("Ａda", "Ada", "c")])
def test_seats_whose_names_look_the_same_or_whose_files_would_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(DealError, match="same name"):
        make_deal(SLUG, names, 3)


def test_a_noted_code_repaints_no_terminal(played: tuple[AtTable, dict[str, Path]], tmp_path: Path) -> None:
    table, files = played
    (table.answers("ada") / "noted.yaml").write_text('notes: [{code: "\\e]0;mine\\a\\u202e"}]\n', "utf-8")
    place = Place(deal=table.deal.table.deal, seat="ada", key=table.deal.key("ada").hex())
    files["ada"].write_bytes(handed_in(table.deal.table, table.answers("ada").parent, place))
    outcome = gather(table.deal, files.values())
    assert "nobody's code:  ]0;mine  . It may" in debrief(outcome).text
    assert all(note.isprintable() for note in outcome.notes)


def test_only_named_files_of_modest_size_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    link = zipfile.ZipInfo("a/link.yaml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/huge.yaml", b"0" * 5_000_000)
        packed.writestr("../out.yaml", "x")
        packed.writestr("/root.yaml", "x")
        packed.writestr("a/not_asked", "x")
        packed.writestr(link, "/etc/passwd")
        packed.writestr("a\\good.yaml", "y")
    found = unpacked(path, lambda inside: 1_000 if inside.suffix == ".yaml" else 0)
    assert {str(name): data for name, data in found.items()} == {"a/good.yaml": b"y"}
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(FileRefused, match="no plain file"):
        unpacked(tmp_path / "pipe.zip", lambda _: 10)


def test_documents_go_round_and_the_newest_count(played: tuple[AtTable, dict[str, Path]], tmp_path: Path) -> None:
    table, _ = played
    seat = tmp_path / "ben"
    seat.mkdir()
    assert take_documents(table.deal.table, seat) is None
    (seat / "first.zip").write_bytes(documents_file(table.deal.table, table.answers("ada")))
    os.utime(seat / "first.zip", (1_000, 1_000))
    place = take_documents(table.deal.table, seat)
    assert place is not None
    assert (place / "prd.yaml").read_bytes() == (table.answers("ada") / "prd.yaml").read_bytes()
    (table.answers("ada") / "prd.yaml").write_text("problem: A new text.\n", "utf-8")
    (table.answers("ada") / "board.yaml").unlink()
    (seat / "second.zip").write_bytes(documents_file(table.deal.table, table.answers("ada")))
    place = take_documents(table.deal.table, seat)
    assert place is not None
    assert "A new text" in (place / "prd.yaml").read_text("utf-8")
    assert not (place / "board.yaml").exists(), "what was taken away is not there to be signed"
    other = make_deal(SLUG, ("ada", "ben", "cho", "dan"), 3)
    (seat / "third.zip").write_bytes(documents_file(other.table, table.answers("ada")))
    with pytest.raises(FileRefused, match="another table"):
        take_documents(table.deal.table, seat)


def test_the_commands_deal_and_bring_together(played: tuple[AtTable, dict[str, Path]], tmp_path: Path) -> None:
    run = CliRunner()
    dealt = run.invoke(main, ["team", "deal", SLUG, "--seats", "ada, ben,cho", "--to", str(tmp_path / "deal")])
    assert dealt.exit_code == 0, dealt.output
    assert {path.name for path in (tmp_path / "deal").iterdir()} == {
        "ada.zip",
        "ben.zip",
        "cho.zip",
        "dealer.json",
        "table.html",
    }
    again = run.invoke(main, ["team", "deal", SLUG, "--seats", "a,b,c", "--to", str(tmp_path / "deal")])
    assert again.exit_code == 2 and "is there already" in again.output
    for seats, said in (("a,b", "has seats for"), ("a,A,b", "same name"), ("a,b,../c", "letters, digits")):
        refused = run.invoke(main, ["team", "deal", SLUG, "--seats", seats, "--to", str(tmp_path / "no")])
        assert refused.exit_code == 2 and said in refused.output
    assert not (tmp_path / "no").exists()
    alone = run.invoke(main, ["team", "deal", "welcome", "--seats", "a,b,c", "--to", str(tmp_path / "no")])
    assert alone.exit_code == 2 and "not meant for a team" in alone.output

    table, files = played
    write_deal(tmp_path / "dealer.json", table.deal)
    arguments = ["team", "gather", "--deal", str(tmp_path / "dealer.json"), *map(str, files.values())]
    told = run.invoke(main, [*arguments, "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.output)
    assert found["report"]["points"] == found["report"]["maximum"]
    assert {one["seat"] for one in found["accountability"]} == {"ada", "ben", "cho", "dan"}
    page = (tmp_path / "debrief.html").read_text("utf-8")
    assert "To talk about" in page and "http" not in page.replace("http://www.w3.org", "")
    words = run.invoke(main, arguments)
    assert "What was needed" in words.output


def test_a_debrief_names_people_and_counts_every_answer(played: tuple[AtTable, dict[str, Path]]) -> None:
    table, files = played
    case, dan = table.deal.table.case, table.deal.table.seat("dan")
    outcome = gather(table.deal, [path for name, path in files.items() if name != "dan"])
    told = debrief(outcome)
    labels = [case.people[one].label for one in dan.people]
    assert f"nothing is signed for {' and '.join(labels)}." in told.text
    account = next(one for one in outcome.accounts if one.seat == "ben")
    asked = len(account.signed_right)
    assert f"ben: signed {asked}, of which {asked} hold." in told.text
    assert f"dan: said nothing of {len(outcome.accounts[3].silent)}." in told.text
    assert told.html.count("Nothing was written.") == 4, "nobody’s first choice is passed over"


def test_a_debrief_escapes_what_people_wrote(played: tuple[AtTable, dict[str, Path]]) -> None:
    from curriculum.team.debrief import page
    from curriculum.team.gathering import gathered

    table, _ = played
    (table.answers("ben") / "first_choice.yaml").write_text("choice: <img src=x onerror=alert(1)>\n", "utf-8")
    folders = {seat.name: table.answers(seat.name) for seat in table.deal.table.seats}
    shown = page(gathered(table.deal, folders))
    assert "<img" not in shown and "&lt;img" in shown
