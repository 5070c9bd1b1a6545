"""Seals: forged, replayed, swapped, stale; each is a status, and only the seat's own word on this text counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.artifacts.reading import write_artifact
from curriculum.team.deal import make_deal
from curriculum.team.sign_off import Seal, Signature, SignOff, Word, read_sign_off, seal_of, sealed
from tests.helpers.at_table import AtTable

SLUG = "recommendation_scoping"
DEAL = make_deal(SLUG, ("ada", "ben", "cho"), 5, secret=bytes(32))
OTHER = make_deal(SLUG, ("ada", "ben", "cho"), 5, secret=bytes(31) + b"x")
TEXT, OLDER = "a" * 64, "b" * 64


def signature(**changed: object) -> Signature:
    known = {
        "document": "prd", "sha256": TEXT, "deal": DEAL.table.deal, "seat": "ben", "at": "2026-11-27 09:00:00 UTC",
        "words": (Word(criterion="one", says="holds"), Word(criterion="two", says="does_not")),
    }  # fmt: skip
    return Signature.model_validate(known | changed)


def worth(found: Signature | None) -> Seal:
    return seal_of(found, DEAL.key("ben"), DEAL.table.deal, "ben", TEXT)


def test_a_seats_own_word_on_this_text_counts() -> None:
    assert worth(sealed(signature(), DEAL.key("ben"))) is Seal.VALID


def test_a_word_on_an_older_text_is_void() -> None:
    assert worth(sealed(signature(sha256=OLDER), DEAL.key("ben"))) is Seal.STALE


def test_nothing_signed_is_missing() -> None:
    assert worth(None) is Seal.MISSING


@pytest.mark.parametrize(
    "change",
    [
        {"words": (Word(criterion="one", says="holds"), Word(criterion="two", says="holds"))},
        {"sha256": TEXT, "at": "2026-11-20 09:00:00 UTC"},
        {"document": "board"},
        {"seal": ""},
        {"seal": "0" * 64},
        {"seal": "ü"},
    ],
)
def test_a_changed_word_is_forged(change: dict[str, object]) -> None:
    signed = sealed(signature(), DEAL.key("ben"))
    assert worth(signed.model_copy(update=change)) is Seal.FORGED


def test_another_seats_word_and_another_deals_count_for_nobody() -> None:
    assert worth(sealed(signature(seat="cho"), DEAL.key("cho"))) is Seal.ELSEWHERE
    assert worth(sealed(signature(deal=OTHER.table.deal), OTHER.key("ben"))) is Seal.ELSEWHERE


def test_a_word_sealed_with_another_key_is_forged() -> None:
    for key in (DEAL.key("cho"), OTHER.key("ben"), DEAL.key("ada")):
        assert worth(sealed(signature(), key)) is Seal.FORGED


def test_keys_differ_by_seat_and_deal() -> None:
    keys = {deal.key(name) for deal in (DEAL, OTHER) for name in ("ada", "ben", "cho")}
    assert len(keys) == 6


def test_each_wrong_seal_is_told_with_its_seat_and_costs_no_points(tmp_path: Path) -> None:
    table = AtTable(SLUG, 5, tmp_path)
    whole = table.play()
    path = table.answers("ben") / "sign_off.yaml"
    signed = read_sign_off(path.parent)
    forged = [one.model_copy(update={"words": ()}) if one.document == "prd" else one for one in signed.signatures]
    write_artifact(path, SignOff(signatures=tuple(forged)))
    (table.answers("cho") / "sign_off.yaml").write_bytes((table.answers("dan") / "sign_off.yaml").read_bytes())

    from curriculum.team.gathering import gathered

    folders = {seat.name: table.answers(seat.name) for seat in table.deal.table.seats}
    outcome = gathered(table.deal, folders)
    seals = {one.seat: one.seals for one in outcome.accounts}
    assert seals["ben"]["prd"] is Seal.FORGED
    assert set(seals["cho"].values()) == {Seal.ELSEWHERE}
    assert any(note.startswith("ben, ") and "seal does not fit" in note for note in outcome.notes)
    assert any(note.startswith("cho, ") and "another seat" in note for note in outcome.notes)
    assert outcome.report.points == whole.report.points


def test_a_document_that_was_changed_after_signing_voids_the_signatures(tmp_path: Path) -> None:
    table = AtTable(SLUG, 5, tmp_path)
    table.play()
    path = table.answers("ada") / "prd.yaml"
    path.write_text(path.read_text("utf-8") + "\n# a word more\n", "utf-8")

    from curriculum.team.gathering import gathered

    outcome = gathered(table.deal, {seat.name: table.answers(seat.name) for seat in table.deal.table.seats})
    asked = [one for one in outcome.accounts if "prd" in one.seals]
    assert asked and all(one.seals["prd"] is Seal.STALE for one in asked)
    assert all("older text" in note for note in outcome.notes)
