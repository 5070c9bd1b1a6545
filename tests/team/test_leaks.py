"""No file that is dealt to a seat, and none that goes round or is handed in, holds another's facts or any key."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from curriculum.course.catalog import load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.team.card import projector
from curriculum.team.deal import DEALER, Deal, Seat, codes_of, make_deal, read_deal, read_place, sayable, write_deal
from curriculum.team.handing import documents_file, handed_in, seat_file, seat_files, take_documents
from tests.helpers.at_table import NAMES, AtTable
from tests.helpers.worlds import over_worlds

WORLDS = range(0, 64, 3)
PLAYED = [entry.slug for entry in load_catalog().lessons if load_plan(entry.slug).team]


def said_in(packed: bytes) -> str:
    """Everything that a ZIP file says, with every way of writing a letter undone and all white space alike."""
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        return " ".join(f"{name} {said(files.read(name))}".casefold() for name in files.namelist())


def said(data: bytes) -> str:
    """What a file says; a ZIP file is opened."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        return said_in(data)
    text = data.decode("utf-8", "replace")
    parts = [text, html.unescape(text), re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)]
    return " ".join(" ".join(parts).replace("\\n", " ").replace('\\"', '"').split()).casefold()


def said_under(folder: Path) -> str:
    """Everything that lies in a folder."""
    return " ".join(f"{path.name} {said(path.read_bytes())}" for path in folder.rglob("*") if path.is_file())


def secrets_of(deal: Deal, seat: Seat) -> list[str]:
    """What only this seat may have: the sentences of its facts, their codes, its key. Ids are said in the rubric."""
    table = deal.table
    codes = codes_of(deal.key(seat.name), table.case, table.plan, seat)
    facts = [table.case.facts[id] for id in sayable(table.case, table.plan, seat) if id in table.case.facts]
    sentences = [" ".join(fact.label.split()).casefold() for fact in facts]
    return [*sentences, *(code.casefold() for code in codes.values()), deal.key(seat.name).hex()]


@pytest.mark.parametrize("slug", PLAYED)
@over_worlds(WORLDS, tested=2)
def test_a_seats_file_holds_nothing_of_another_seat(slug: str, seed: int) -> None:
    deal = make_deal(slug, NAMES[:4], seed, secret=bytes(32))
    for seat in deal.table.seats:
        told = said_in(seat_file(deal, seat))
        own = secrets_of(deal, seat)
        for other in deal.table.seats:
            there = [one for one in secrets_of(deal, other) if one in told]
            if other == seat:
                assert there == own, "a card lacks something of its own"
            else:
                # In some worlds two people say the same, word for word.
                assert set(there) <= set(own), f"{seat.name} can read of {other.name}: {there[:2]}"
        assert deal.secret not in told


@pytest.mark.parametrize("slug", PLAYED)
@over_worlds(WORLDS, tested=2)
def test_after_the_hand_in_no_folder_holds_what_another_knows(slug: str, seed: int, tmp_path: Path) -> None:
    """The whole folder of each seat, once the documents went round, everybody signed and made their file."""
    table = AtTable(slug, seed, tmp_path / f"{seed}")
    deal, lead = table.deal, table.deal.table.lead
    for seat in deal.table.seats:
        folder = table.answers(seat.name).parent
        for name, text in seat_files(deal, seat).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    table.write()
    went_round = documents_file(deal.table, table.answers(lead.name))
    for seat in deal.table.seats:
        folder = table.answers(seat.name).parent
        (folder / "round.zip").write_bytes(went_round)
        assert take_documents(deal.table, folder) is not None
        table.sign(seat.name)
        place = read_place(folder)
        assert place is not None
        (folder / "handed_in.zip").write_bytes(handed_in(deal.table, folder, place))
    for seat in deal.table.seats:
        told, own = said_under(table.answers(seat.name).parent), secrets_of(deal, seat)
        assert all(one in told for one in own), "the search finds nothing"
        for other in deal.table.seats:
            if other == seat:
                continue
            there = {one for one in secrets_of(deal, other) if one in told} - set(own)
            if seat == lead:  # who writes has noted the codes that were said, and nothing else
                there -= {code.casefold() for code in deal.meanings()}
            assert not there, f"{seat.name} can read of {other.name}: {sorted(there)[:2]}"
        assert deal.secret not in told


def test_what_goes_round_holds_no_key_and_what_is_handed_in_holds_none(tmp_path: Path) -> None:
    table = AtTable("recommendation_scoping", 3, tmp_path)
    table.play()
    deal = table.deal
    keys = [deal.key(seat.name).hex() for seat in deal.table.seats]
    files = [documents_file(deal.table, table.answers("ada"))]
    for seat in deal.table.seats:
        folder = tmp_path / seat.name
        with zipfile.ZipFile(io.BytesIO(seat_file(deal, seat))) as packed:
            (folder / "seat.json").write_bytes(packed.read("recommendation_scoping/seat.json"))
        place = read_place(folder)
        assert place is not None
        files.append(handed_in(deal.table, folder, place))
    for file in files:
        told = said_in(file)
        assert not [key for key in keys if key in told]
        assert deal.secret not in told
    others = secrets_of(deal, deal.table.seat("cho"))
    assert not [one for one in others if one in said_in(files[2])], "what ben hands in tells nothing of cho"


def test_the_page_for_the_wall_holds_what_nobody_has_to_keep() -> None:
    deal = make_deal("recommendation_scoping", NAMES[:4], 3)
    told = said(projector(deal.table).encode())
    assert not [one for seat in deal.table.seats for one in secrets_of(deal, seat) if one in told]


def test_the_deal_stays_with_whoever_dealt(tmp_path: Path) -> None:
    deal = make_deal("recommendation_scoping", NAMES[:3], 4)
    write_deal(tmp_path / DEALER, deal)
    assert (tmp_path / DEALER).stat().st_mode & 0o077 == 0
    assert read_deal(tmp_path / DEALER) == deal
    assert deal.secret not in json.dumps(deal.table.model_dump())


def test_two_deals_of_the_same_people_and_world_share_no_code() -> None:
    one, two = (make_deal("recommendation_scoping", NAMES[:4], 3) for _ in range(2))
    assert not one.meanings().keys() & two.meanings().keys()
    assert len(one.meanings()) == sum(len(sayable(one.table.case, one.table.plan, seat)) for seat in one.table.seats)


def test_a_code_counts_however_it_is_typed_and_only_at_its_table() -> None:
    one, two = (make_deal("recommendation_scoping", NAMES[:4], 3) for _ in range(2))
    for code, id in one.meanings().items():
        assert one.table.meaning(f" {code[:2].lower()}-{code[2:]} ") == id
        assert two.table.meaning(code) is None
    assert one.table.meaning("") is None
    assert one.table.meaning("x" * 10_000) is None
