"""What goes from hand to hand: a seat's file, the documents that go round, and what each seat hands in.

No file that is dealt to a seat holds another seat's facts, and no key is in a file that goes round.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from curriculum.artifacts import yaml_text
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.learner import variant as variants
from curriculum.support.files import MAX_BYTES, FileRefused, write_whole
from curriculum.support.packed import unpacked
from curriculum.team import card
from curriculum.team.deal import SEAT, TABLE, Deal, DealError, Place, Seat, Table, file_stem
from curriculum.team.noted import Noted
from curriculum.team.sign_off import FirstChoice, SignOff
from graders import load_rubric

ROUND = "round"
"""Beside the notebook: where the documents lie that went round."""
NOTEBOOK = Path(__file__).parent / "seat.ipynb"

_FIRST = """{title}: the seat of {name}

1. Unpack this file into your workspace, the folder that JupyterLab shows when you start the course.
2. In JupyterLab, open the folder {slug}, then the notebook seat.ipynb. Your card is in it.{writes}
3. Without JupyterLab, card.html shows your card in any browser. Signing needs the notebook.

This file is yours alone. It holds your key and what only you know: do not pass it on, and do not read it aloud as a
whole. What you know is worth something at the table when somebody asks for it, or when you see that it is missing.
"""
_WRITES = " You write for the team, in {slug}.ipynb in the same folder."


def seat_file(deal: Deal, seat: Seat) -> bytes:
    """The ZIP file that a seat gets."""
    return packed({f"{deal.table.lesson}/{name}": text for name, text in seat_files(deal, seat).items()})


def seat_files(deal: Deal, seat: Seat) -> dict[str, str]:
    """What a seat gets, by name: its card, its key, its notebook; for the one who writes, the lesson's too."""
    table, key = deal.table, deal.key(seat.name)
    entry, case = load_catalog().lesson(table.lesson), load_case(table.lesson, table.variant)
    slug, writes = table.lesson, seat == table.lead
    stated = variants.Stated(lesson=case.slug, variant=case.seed, case_version=case.version)
    note = _FIRST.format(
        title=entry.title, name=seat.name, slug=slug, writes=_WRITES.format(slug=slug) if writes else ""
    )
    files = {
        "READ ME FIRST.txt": note,
        TABLE: table.model_dump_json(indent=1) + "\n",
        SEAT: Place(deal=table.deal, seat=seat.name, key=key.hex()).model_dump_json() + "\n",
        "card.html": card.page(table, seat, key),
        "seat.ipynb": seat_notebook(table),
        f"answers/{variants.NAME}": yaml_text.dump(stated.model_dump()),
    }
    if writes:
        files[f"{slug}.ipynb"] = (entry.folder / f"{slug}.ipynb").read_text("utf-8")
    return files


def file_name(seat: Seat) -> str:
    """The name of a seat's ZIP file."""
    return f"{file_stem(seat.name)}.zip"


def seat_notebook(table: Table) -> str:
    """The notebook of a seat, with a cell for each document to sign."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    cells = []
    for cell in notebook["cells"]:
        if cell["id"] != "sign":
            cells.append(cell)
            continue
        for kind, model in load_rubric(table.lesson).artifacts.items():
            source = [line.replace("DOCUMENT", kind).replace("TITLE", model.title) for line in cell["source"]]
            cells.append({**cell, "id": f"sign_{kind}", "source": source})
    return json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1) + "\n"


def documents_file(table: Table, answers: Path) -> bytes:
    """The ZIP file with the documents as they are now, for the others to read and sign; no key is in it."""
    kinds = load_rubric(table.lesson).artifacts
    files: dict[str, str | bytes] = {f"{ROUND}/{TABLE}": table.model_dump_json(indent=1) + "\n"}
    for kind in kinds:
        path = answers / f"{kind}.yaml"
        if _may_travel(path):
            files[f"{ROUND}/{kind}.yaml"] = path.read_bytes()
    return packed(files)


def take_documents(table: Table, folder: Path) -> Path | None:
    """Lay the documents of the newest file that went round into `folder`/round, and return that folder; None where
    none has come yet. Raises FileRefused with one sentence where that file cannot be used."""
    places = sorted(folder.glob("*.zip"), key=lambda path: path.lstat().st_mtime, reverse=True)
    target = folder / ROUND
    kinds = load_rubric(table.lesson).artifacts
    for path in places:
        found = unpacked(path, lambda inside: MAX_BYTES if inside.parent.name == ROUND else 0)
        named = {inside.name: data for inside, data in found.items()}
        if TABLE not in named:
            continue
        if _deal_in(named[TABLE]) != table.deal:
            raise FileRefused(f"{path.name} belongs to another table; ask for the documents of yours.")
        for kind in kinds:
            if (data := named.get(f"{kind}.yaml")) is not None:
                write_whole(target / f"{kind}.yaml", data)
            else:
                (target / f"{kind}.yaml").unlink(missing_ok=True)
        return target
    return target if target.is_dir() else None


def handed_in(table: Table, folder: Path, place: Place, now: dt.datetime | None = None) -> bytes:
    """The ZIP file that a seat hands in: its answers, which seat it is and when this was, without its key."""
    names = [f"{kind}.yaml" for kind in (*load_rubric(table.lesson).artifacts, Noted.kind)]
    names = [*(names if place.seat == table.lead.name else []), f"{SignOff.kind}.yaml", f"{FirstChoice.kind}.yaml"]
    answers = {}
    for name in names:
        path = folder / "answers" / name
        if _may_travel(path):
            answers[name] = path.read_bytes()
    at = (now or dt.datetime.now(dt.UTC)).isoformat(timespec="microseconds")
    seal = whole_seal(bytes.fromhex(place.key), place.deal, answers, at)
    whose = {"deal": place.deal, "seat": place.seat, "at": at, "seal": seal}
    return packed(
        {f"{table.lesson}/{SEAT}": json.dumps(whose) + "\n"}
        | {f"{table.lesson}/answers/{name}": data for name, data in answers.items()}
    )


def whole_seal(key: bytes, deal: str, answers: Mapping[str, bytes], at: str) -> str:
    """What proves that these files were handed in by the seat with this key, and when by its own clock: of two, the
    later one counts, whoever brings them along. Seals of before there was a time have none."""
    files = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in answers.items())
    said = f"handed in/{deal}/{json.dumps(files)}{f'/{at}' if at else ''}"
    return hmac.new(key, said.encode("utf-8", "replace"), "sha256").hexdigest()


@dataclass(frozen=True)
class HandedIn:
    """What came back from one seat, not yet believed."""

    where: str
    deal: str
    seat: str
    seal: str
    """What should prove that the seat has handed in just this."""
    answers: Mapping[str, bytes]
    """By name of the file."""
    at: str = ""
    """When, in UTC, in ISO 8601; blank where it does not say."""

    def is_of(self, key: bytes) -> bool:
        """Whether it was handed in by whoever has this key, and is as it was then."""
        return hmac.compare_digest(
            whole_seal(key, self.deal, self.answers, self.at).encode(), self.seal.encode("utf-8", "replace")
        )


def read_handed_in(table: Table, places: Iterable[Path]) -> tuple[list[HandedIn], list[str]]:
    """What lies in these ZIP files, and in the ZIP files of these folders; and a sentence for each that cannot be
    used."""
    found, refused = [], []
    for place in places:
        inside = (
            sorted(path for path in place.glob("*") if path.suffix.lower() == ".zip") if place.is_dir() else [place]
        )
        if not inside:
            refused.append(f"There are no ZIP files in {place.name}.")
        for path in inside:
            try:
                found += _seats_in(table, path)
            except (FileRefused, DealError) as error:
                refused.append(str(error))
    return found, refused


def _seats_in(table: Table, place: Path) -> list[HandedIn]:
    names = {
        f"{kind}.yaml" for kind in (*load_rubric(table.lesson).artifacts, Noted.kind, SignOff.kind, FirstChoice.kind)
    }

    def limit(path: PurePosixPath) -> int:
        return MAX_BYTES if path.name == SEAT or (path.parent.name == "answers" and path.name in names) else 0

    files = unpacked(place, limit)
    seats = [path for path in files if path.name == SEAT]
    if not seats:
        raise DealError(f"{place.name} holds nothing that a seat has handed in; ask for the file that hand_in() made.")
    found = []
    for path in seats:
        try:
            said = json.loads(files[path])
            deal, seat, seal = str(said["deal"])[:128], str(said["seat"])[:80], str(said.get("seal", ""))[:128]
            at = str(said.get("at", ""))[:40]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise DealError(f"{place.name}: {SEAT} is damaged, so nobody knows whose it is.") from None
        answers = {one.name: data for one, data in files.items() if one.parent == path.parent / "answers"}
        found.append(HandedIn(place.name, deal, seat, seal, answers, at))
    return found


def _may_travel(path: Path) -> bool:
    """Whether a file is there, is no link, and is no longer than what is read of it."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_BYTES


def _deal_in(data: bytes) -> str:
    try:
        return str(json.loads(data)["deal"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Files by path as a ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return file.getvalue()
