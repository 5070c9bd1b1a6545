"""Bringing the seats' files together: whose they are, what their seals are worth, and what came of it all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from curriculum.artifacts.reading import Unreadable
from curriculum.support.files import write_whole
from curriculum.team.deal import Deal, DealError, Seat, Table, sayable
from curriculum.team.handing import HandedIn, read_handed_in
from curriculum.team.noted import Heard, Noted, heard, read_noted, with_everything
from curriculum.team.outcome import Account, Outcome, account, pooling, review, team_rubric
from curriculum.team.sign_off import SENTENCES, Seal, SignOff, read_first_choice, read_sign_off, seal_of
from graders.grade import read_submission
from graders.report import Report


def gather(deal: Deal, places: Iterable[Path]) -> Outcome:
    """A team's result from the ZIP files or folders of its seats.

    Whatever is wrong with one of them is a sentence in the result, never a zero that looks earned. Raises DealError
    where nothing of the one who writes is there.
    """
    handed, notes = read_handed_in(deal.table, places)
    with tempfile.TemporaryDirectory() as scratch:
        folders = _folders(deal, handed, Path(scratch), notes)
        return gathered(deal, folders, notes)


def gathered(deal: Deal, folders: Mapping[str, Path], notes: Iterable[str] = ()) -> Outcome:
    """A team's result from the `answers` folder of each seat, by name. Raises DealError as `gather`."""
    table, told = deal.table, list(notes)
    lead = folders.get(table.lead.name)
    if lead is None:
        raise DealError(
            f"Nothing of {table.lead.name}, who writes for this team, is there; ask for the file that hand_in() made."
        )
    try:
        noted = read_noted(lead)
    except Unreadable as error:
        told.append(f"{error} So nothing counts as said at the table.")
        noted = Noted()
    known = heard(table, noted, deal.meanings())
    if known.nobodys:
        told.append(
            f"Noted, and nobody's code: {', '.join(known.nobodys)}. It may be a slip; nothing counts as said by it."
        )
    found = read_submission(team_rubric(table.lesson, table.plan.not_asked), table.case, lead)
    submission = replace(found, conversation=known.state(table.case))
    with_all = replace(found, conversation=with_everything(table, known).state(table.case))
    report = review(table, submission)
    accounts, first = [], {}
    for seat in table.seats:
        signed = _sign_off(table, seat, folders.get(seat.name), told)
        first[seat.name] = _first_choice(seat, folders.get(seat.name), told)
        accounts.append(_account(deal, seat, signed, report, told, present=seat.name in folders))
    told += _stand_ins(table, noted, known)
    return Outcome(
        table=table,
        submission=submission,
        report=report,
        everything=review(table, with_all),
        heard=known,
        pooled=pooling(table, with_all, known),
        accounts=tuple(accounts),
        first_choices=first,
        notes=tuple(told),
    )


def _stand_ins(table: Table, noted: Noted, known: Heard) -> Iterator[str]:
    """Who was absent, and whether a colleague stood in."""
    for seat in table.seats[1:]:
        people = " and ".join(table.case.people[person].label for person in seat.people)
        if known.stood_in & set(sayable(table.case, table.plan, seat)):
            yield f"A colleague stood in for {seat.name}, and said for {people} what they were asked."
        elif set(noted.absent) & set(seat.people):
            yield f"{seat.name} counted as absent, and nothing was noted of what a stand-in said for {people}."


def _sign_off(table: Table, seat: Seat, folder: Path | None, notes: list[str]) -> SignOff:
    if folder is None:
        people = " and ".join(table.case.people[person].label for person in seat.people)
        notes.append(f"{seat.name} has handed in nothing, so nothing is signed for {people}.")
        return SignOff()
    try:
        return read_sign_off(folder)
    except Unreadable as error:
        notes.append(f"{seat.name}: {error} So nothing counts as signed.")
        return SignOff()


def _first_choice(seat: Seat, folder: Path | None, notes: list[str]) -> str:
    try:
        return read_first_choice(folder) if folder else ""
    except Unreadable as error:
        notes.append(f"{seat.name}: {error}")
        return ""


def _account(deal: Deal, seat: Seat, signed: SignOff, report: Report, notes: list[str], *, present: bool) -> Account:
    table, key = deal.table, deal.key(seat.name)
    signatures = {artifact.kind: signed.on(artifact.kind) for artifact in report.artifacts}
    seals = {
        artifact.kind: seal_of(signatures[artifact.kind], key, table.deal, seat.name, artifact.submission_sha256)
        for artifact in report.artifacts
    }
    for artifact in report.artifacts:
        if present and seals[artifact.kind] not in (Seal.VALID, Seal.MISSING):
            notes.append(f"{seat.name}, {artifact.title}: {SENTENCES[seals[artifact.kind]]}.")
    return account(seat, report, signatures, seals)


def _folders(deal: Deal, handed: Iterable[HandedIn], scratch: Path, notes: list[str]) -> dict[str, Path]:
    """The answers of each seat in a folder of its own; what belongs to nobody here is told."""
    found: dict[str, Path] = {}
    latest = sorted(handed, key=lambda one: one.at, reverse=True)
    for number, one in enumerate(latest):
        if one.deal != deal.table.deal:
            notes.append(f"{one.where} belongs to another table, so it was left out.")
        elif one.seat not in {seat.name for seat in deal.table.seats}:
            notes.append(f"{one.where} names a seat that is not at this table, so it was left out.")
        elif not one.is_of(deal.key(one.seat)):
            notes.append(
                f"{one.where} says that it is {one.seat}'s, and was changed since or made by somebody else; ask "
                f"{one.seat} for the file once more."
            )
        elif one.seat in found:
            notes.append(f"{one.where}: {one.seat} is there twice; what was handed in last counts, not this one.")
        else:
            found[one.seat] = scratch / str(number)
            found[one.seat].mkdir()
            for name, data in one.answers.items():
                write_whole(found[one.seat] / name, data)
    return found
