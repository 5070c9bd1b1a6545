"""What a seat's notebook works with: the card, the first choice, the documents to sign, the file to hand in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.notebook.refusals import LessonError
from curriculum.pages import page as pages
from curriculum.pages.page import Page
from curriculum.pages.reporting import person
from curriculum.support.files import FileRefused, write_whole
from curriculum.team import card
from curriculum.team.deal import DealError, Place, Seat, Table, read_place, read_table
from curriculum.team.handing import documents_file, handed_in, take_documents
from curriculum.team.outcome import team_rubric
from curriculum.team.sign_off import FirstChoice, Signature, Word, read_sign_off, sign
from curriculum.widgets.form import Form
from curriculum.widgets.signing import Question, Record, Signing


def open_seat(folder: Path | None = None) -> SeatRoom:
    """The seat whose notebook is in this folder; raises LessonError with one sentence where there is none."""
    here = (folder or Path.cwd()).resolve()
    try:
        table, place = read_table(here), read_place(here)
        if table is None or place is None:
            raise LessonError("This folder belongs to no seat. Open seat.ipynb in the folder that you were dealt.")
        if place.deal != table.deal:
            raise LessonError("This folder mixes two deals; unpack the file that you were dealt once more.")
        return SeatRoom(here, table, place, table.seat(place.seat))
    except DealError as error:
        raise LessonError(str(error)) from None


class SeatRoom:
    """Your seat. Type `seat.` and press Tab to see what you can do."""

    def __init__(self, folder: Path, table: Table, place: Place, seat: Seat):
        self._folder, self._table, self._place, self._seat = folder, table, place, seat
        self._answers = folder / "answers"
        self._key = bytes.fromhex(place.key)
        self._rubric = team_rubric(table.lesson, table.plan.not_asked)

    def __repr__(self) -> str:
        people = ", ".join(self._table.case.people[person].label for person in self._seat.people)
        return f"The seat of {self._seat.name}: you play {people}."

    def card(self) -> Page:
        """Who you are, what you know, what you are asked to sign, and who else is there."""
        return card.shown(self._table, self._seat, self._key)

    def brief(self) -> Page:
        """The situation, as everybody at the table knows it."""
        return pages.brief(self._table.case)

    def first_choice(self) -> Form:
        """Write what you would do before anybody speaks. It is saved as you type."""
        return Form(self._table.case, FirstChoice, self._answers / f"{FirstChoice.kind}.yaml")

    def sign(self, kind: str) -> Any:
        """Read a document as it went round, and say of each of your questions whether it holds."""
        from IPython.display import display

        model = self._rubric.artifacts.get(kind)
        if model is None:
            raise LessonError(f"There is no document {kind!r} here; there are {', '.join(self._rubric.artifacts)}.")
        questions = tuple(
            Question(one.id, one.sentence, person(self._table.case, one.voice))
            for one in self._rubric.of(kind)
            if one.voice in self._seat.people
        )
        try:
            place = self._documents()
            reading = read_artifact(place / f"{kind}.yaml", model, inside=place) if place else None
        except FileNotFoundError:
            reading = None
        except Unreadable as error:
            raise LessonError(f"{error} Ask {self._table.lead.name} for a new file.") from None
        except FileRefused as error:
            raise LessonError(str(error)) from None
        if reading:
            display(pages.document(reading.artifact, self._table.case.registry))
        if not questions:
            return Page(f"None of your people is asked about the {model.title.lower()}.")
        return Signing(model.title, self._seat.name, questions, self._record(kind))

    def hand_in(self) -> Page:
        """Make the file that you hand in; your key is not in it."""
        name = f"{self._table.lesson}-{self._seat.name.replace(' ', '_')}.zip"
        try:
            write_whole(self._folder / "handed_in" / name, handed_in(self._table, self._folder, self._place))
        except FileRefused as error:
            raise LessonError(str(error)) from None
        return Page(
            f"Your file: [handed_in/{name}](handed_in/{name}). Send it to whoever brings everything together. "
            "If you sign again, make it again."
        )

    def hand_round(self) -> Page:
        """Make the file with the documents as they are now, for the others to read and sign."""
        if self._seat != self._table.lead:
            return Page(f"{self._table.lead.name} writes for your table and hands the documents round.")
        name = f"{self._table.lesson}-round.zip"
        try:
            write_whole(self._folder / "handed_round" / name, documents_file(self._table, self._answers))
        except FileRefused as error:
            raise LessonError(str(error)) from None
        return Page(
            f"The documents: [handed_round/{name}](handed_round/{name}). Send the file to everybody at the table; they "
            "put it beside their seat.ipynb. Your key is not in it. If you change a document, hand it round again: "
            "signatures hold for one text."
        )

    def _documents(self) -> Path | None:
        """Where the documents lie: the writing seat's own, or what went round last."""
        if self._seat == self._table.lead:
            return self._answers
        return take_documents(self._table, self._folder)

    def _record(self, kind: str) -> Record:
        def text() -> str:
            place = self._documents()
            try:
                return (
                    read_artifact(place / f"{kind}.yaml", self._rubric.artifacts[kind], inside=place).sha256
                    if place
                    else ""
                )
            except FileNotFoundError:
                return ""

        def signed() -> tuple[str, str, Mapping[str, str]]:
            found = read_sign_off(self._answers).on(kind)
            if found is None:
                return "", "", {}
            return found.sha256, found.at, {word.criterion: word.says for word in found.words}

        def seal(sha256: str, words: Mapping[str, str]) -> None:
            now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
            said = tuple(Word.model_validate({"criterion": id, "says": word}) for id, word in words.items())
            made = Signature(
                document=kind, sha256=sha256, deal=self._table.deal, seat=self._seat.name, words=said, at=now
            )
            sign(self._answers, made, self._key)

        return Record(text, signed, seal)
