"""What a seat's notebook works with: the card, the first choice, the documents to sign, the file to hand in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.twins import SEAT_ITSELF, settled
from curriculum.pages import page as pages
from curriculum.pages.page import Page
from curriculum.pages.reporting import person
from curriculum.support.files import FileRefused, write_whole
from curriculum.team import card
from curriculum.team.deal import DealError, Place, Seat, Table, read_place, read_table
from curriculum.team.handing import documents_file, file_name, handed_in, take_documents
from curriculum.team.outcome import team_rubric
from curriculum.team.sign_off import (
    FirstChoice,
    Signature,
    Word,
    keep_unsigned,
    read_first_choice,
    read_sign_off,
    read_unsigned,
    sign,
    unsigned_file,
)
from curriculum.widgets.form import Form
from curriculum.widgets.signing import Question, Record, Signing, Text


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
        form = Form(self._table.case, FirstChoice, self._answers / f"{FirstChoice.kind}.yaml")
        return settled(form, SEAT_ITSELF, self._folder, ("first_choice",))

    def sign(self, kind: str) -> Signing:
        """Read a document as it went round, and say of each of your questions whether it holds."""
        if kind not in self._rubric.artifacts:
            raise LessonError(f"There is no document {kind!r} here; there are {', '.join(self._rubric.artifacts)}.")
        put_to = card.put_to(self._table, self._seat)
        widget = Signing(self._title(kind), self._seat.name, put_to, self._questions(kind), self._record(kind))
        return settled(widget, SEAT_ITSELF, self._folder, ("sign", kind))

    def hand_in(self) -> Page:
        """Make the file that you hand in; your key is not in it."""
        name = f"{self._table.lesson}-{file_name(self._seat)}"
        try:
            write_whole(self._folder / "handed_in" / name, handed_in(self._table, self._folder, self._place))
            open_ends = list(self._open_ends())
        except (FileRefused, Unreadable) as error:
            raise LessonError(str(error)) from None
        said = (
            f"Your file: [handed_in/{name}](handed_in/{name}). Send it to whoever brings everything together. "
            "If you sign or write again, make it again."
        )
        return Page(
            "\n".join([said, "", "**Still open:**", "", *(f"- {one}" for one in open_ends)]) if open_ends else said
        )

    def hand_round(self) -> Page:
        """Make the file with the documents as they are now, for the others to read and sign."""
        lead = self._table.lead
        if self._seat != lead:
            return Page(f"{lead.name} writes for your table and hands the documents round.")
        written = [kind for kind in self._rubric.artifacts if (self._answers / f"{kind}.yaml").is_file()]
        if not written:
            return Page("Nothing is written yet, so there is nothing to hand round.")
        name = f"{self._table.lesson}-round.zip"
        try:
            write_whole(self._folder / "handed_round" / name, documents_file(self._table, self._answers))
        except FileRefused as error:
            raise LessonError(str(error)) from None
        return Page(
            f"The documents: [handed_round/{name}](handed_round/{name}). In it: {self._titles(written)}. Send the file "
            "to everybody at the table; they put it into the folder of their seat.ipynb. Your key is not in it. If you "
            "change a document, hand it round again: signatures hold for one text."
        )

    def _open_ends(self) -> Iterator[str]:
        """What a seat may have forgotten before it hands in."""
        signed = read_sign_off(self._answers)
        if self._seat == self._table.lead:
            blank = [kind for kind in self._rubric.artifacts if self._text(kind) is None]
            if blank:
                yield f"Not written: {self._titles(blank)}."
        for kind in self._rubric.artifacts:
            questions, text, signature = self._questions(kind), self._text(kind), signed.on(kind)
            if not (questions and text):
                continue
            if signature is None:
                yield f"Not signed: {self._title(kind)}."
            elif signature.sha256 != text.sha256:
                yield f"Signed on an older text, so it is void: {self._title(kind)}."
            elif unsaid := sum(not signature.says(one.id) for one in questions):
                yield f"Signed, with {unsaid} of {len(questions)} questions left open: {self._title(kind)}."
        if self._seat != self._table.lead and self._documents() is None:
            yield f"No documents are here yet, so nothing is signed; {self._table.lead.name} hands them round."
        if not read_first_choice(self._answers).strip():
            yield "Blank: what you would have done."

    def _title(self, kind: str) -> str:
        title: str = self._rubric.artifacts[kind].title
        return title

    def _titles(self, kinds: Iterable[str]) -> str:
        return ", ".join(map(self._title, kinds))

    def _questions(self, kind: str) -> tuple[Question, ...]:
        return tuple(
            Question(one.id, one.sentence, person(self._table.case, one.voice))
            for one in self._rubric.of(kind)
            if one.voice in self._seat.people
        )

    def _documents(self) -> Path | None:
        """Where the documents lie: the writing seat's own, or what went round last."""
        if self._seat == self._table.lead:
            return self._answers
        return take_documents(self._table, self._folder)

    def _text(self, kind: str) -> Text | None:
        """A document as it lies there; None where there is none. Raises Unreadable and FileRefused."""
        place = self._documents()
        try:
            found = read_artifact(place / f"{kind}.yaml", self._rubric.artifacts[kind], inside=place) if place else None
        except FileNotFoundError:
            return None
        return Text(found.sha256, pages.document(found.artifact, self._table.case.registry)) if found else None

    def _missing(self) -> str:
        """Why there is no document to sign, and what brings one."""
        lead = self._table.lead
        if self._seat == lead:
            return f"You have not written it yet. You write in {self._table.lesson}.ipynb, in this folder."
        if self._documents() is None:
            return (
                f"No document is here yet. {lead.name} sends a ZIP file round: put it into the folder of this "
                "notebook, as by dragging it into the list of files at the left."
            )
        return f"It is not in the file that went round last; {lead.name} has not written it yet, or sends a new file."

    def _record(self, kind: str) -> Record:
        def signed() -> tuple[str, str, Mapping[str, str]]:
            found = read_sign_off(self._answers).on(kind)
            return (found.sha256, found.at, _by_question(found)) if found else ("", "", {})

        def unsigned() -> tuple[str, Mapping[str, str]]:
            found = read_unsigned(self._answers, kind)
            ours = found is not None and (found.deal, found.seat) == (self._table.deal, self._seat.name)
            return (found.sha256, _by_question(found)) if found and ours else ("", {})

        def said(sha256: str, words: Mapping[str, str]) -> Signature:
            now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
            each = tuple(Word.model_validate({"criterion": id, "says": word}) for id, word in words.items())
            return Signature(
                document=kind, sha256=sha256, deal=self._table.deal, seat=self._seat.name, words=each, at=now
            )

        return Record(
            text=partial(self._text, kind),
            missing=self._missing,
            signed=signed,
            sign=lambda sha256, words: sign(self._answers, said(sha256, words), self._key),
            unsigned=unsigned,
            keep=lambda sha256, words: keep_unsigned(self._answers, said(sha256, words)),
            path=unsigned_file(self._answers, kind),
        )


def _by_question(signature: Signature) -> Mapping[str, str]:
    return {word.criterion: word.says for word in signature.words}
