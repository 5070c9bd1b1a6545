"""What was said at the table, noted by the one who writes: a code that somebody says aloud becomes a fact to cite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.reading import write_artifact
from curriculum.course.templates import render
from curriculum.pages.reporting import person
from curriculum.support.files import FileRefused, write_whole
from curriculum.team import card
from curriculum.team.deal import CODE_LENGTH, LETTERS, Seat, Table, normal
from curriculum.team.noted import MOST_NOTES, SESSION, Note, Noted, heard, minute_of, since
from curriculum.widgets.artifact_file import load_artifact, trouble_text
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.file_widget import FileWidget

STAND_IN = "stand_in"
"""Beside the notebook: the cards of those who are absent, each for the colleague who stands in."""
ONCE_MORE = "Ask for it once more, letter by letter."


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class TableNotes(FileWidget[Noted], assets="table_notes"):
    """The notes of one table. Operations: begin, note (a code), drop (a code), absent and back (a person's seat).

    Where somebody is absent, their card is written as a page for a colleague who stands in, and shown to nobody here:
    what the colleague says is noted by its code, as everything is.
    """

    def __init__(self, table: Table, path: Path, now: Callable[[], dt.datetime] = _now) -> None:
        self._table, self._now = table, now
        super().__init__(path)

    def load(self) -> Noted:
        return load_artifact(self.path, Noted)

    def store(self, content: Noted) -> None:
        write_artifact(self.path, content)

    def apply(self, content: Noted, operation: Operation) -> Noted:
        op = operation["op"]
        if op == "begin":
            return content.model_copy(update={"begun": self._now().isoformat()}) if not content.begun else content
        if op in ("note", "drop"):
            return self._noted(content, op, operation.get("code"))
        if op in ("absent", "back"):
            return self._absent(content, op, operation.get("seat"))
        raise Stale("That could not be read; try it again.")

    def _noted(self, content: Noted, op: str, code: object) -> Noted:
        plain = normal(code) if isinstance(code, str) else ""
        if len(plain) != CODE_LENGTH:
            raise Stale(f"A code has {CODE_LENGTH} letters or digits, and “{plain}” has {len(plain)}.")
        others = tuple(note for note in content.notes if normal(note.code) != plain)
        if op == "drop":
            return content.model_copy(update={"notes": others})
        if len(others) < len(content.notes):
            raise Stale(f"{plain} is noted already.")
        if never := [letter for letter in plain if letter not in LETTERS]:
            raise Stale(f"{plain} is nobody’s code: {', '.join(dict.fromkeys(never))} stands in none. {ONCE_MORE}")
        id = self._meaning(plain)
        if id is None:
            raise Stale(f"Nobody at this table has something with the code {plain}. {ONCE_MORE}")
        if (fact := self._table.case.facts.get(id)) and self._table.seat_of(fact.held_by) == self._table.lead:
            raise Stale(f"{plain} is on your own card; you can cite it without noting it.")
        if len(others) >= MOST_NOTES:
            raise Stale("There are too many notes; drop one first.")
        begun = content.begun or self._now().isoformat()
        note = Note(code=plain, minute=float(self._minutes(begun)))
        return content.model_copy(update={"begun": begun, "notes": (*others, note)})

    def _meaning(self, code: str) -> str | None:
        return self._table.meaning(code) or self._table.stand_in.get(normal(code))

    def _absent(self, content: Noted, op: str, name: object) -> Noted:
        seat = next((seat for seat in self._table.seats[1:] if seat.name == name), None)
        if seat is None:
            raise Stale("There is no such seat at this table.")
        others = tuple(one for one in content.absent if one not in seat.people)
        if op == "absent":
            try:
                write_whole(self._stand_in(seat), card.stand_in(self._table, seat))
            except FileRefused as error:
                raise Stale(f"{error} So there is no card for a stand-in yet.") from None
        return content.model_copy(update={"absent": (*others, *seat.people) if op == "absent" else others})

    def _stand_in(self, seat: Seat) -> Path:
        return self.path.parent.parent / STAND_IN / f"{seat.name.replace(' ', '_')}.html"

    def _minutes(self, begun: str) -> int:
        try:
            return max(0, int((self._now() - dt.datetime.fromisoformat(begun)).total_seconds() // 60))
        except (ValueError, TypeError):
            return 0

    def draw(self, content: Noted) -> dict[str, Any]:
        table, case = self._table, self._table.case
        known = heard(table, content)
        deeds = {deed.action: deed for deed in table.plan.deeds}
        said = []
        for note in content.notes:
            id = self._meaning(note.code)
            fact, deed = case.facts.get(id or ""), deeds.get(id or "")
            by = fact.held_by if fact else deed.by if deed else None
            seat = table.seat_of(by)
            said.append(
                {
                    "code": normal(note.code),
                    "id": id if fact else "",
                    "text": fact.label if fact else render(deed.words, case) if deed else "Nobody’s code.",
                    "who": person(case, by) if by else None,
                    "seat": seat.name if seat else "",
                    "minute": minute_of(note),
                    "later": minute_of(note) >= SESSION,
                    "stood_in": normal(note.code) in table.stand_in,
                    "deed": deed is not None,
                }
            )
        return {
            "begun": content.begun,
            "said": said[::-1],
            "own": self._facts(known.own),
            "seats": [
                {
                    "name": seat.name,
                    "people": [person(case, one) for one in seat.people],
                    "absent": any(one in content.absent for one in seat.people),
                    "page": f"{STAND_IN}/{self._stand_in(seat).name}",
                }
                for seat in table.seats[1:]
            ],
            "length": CODE_LENGTH,
        }

    def _facts(self, ids: frozenset[str]) -> list[dict[str, Any]]:
        case = self._table.case
        return [
            {"id": fact.id, "text": fact.label, "who": person(case, fact.held_by or "")}
            for fact in case.facts.values()
            if fact.id in ids
        ]

    def spoken(self, before: Noted, after: Noted) -> str:
        if len(after.notes) <= len(before.notes):
            return "Taken back." if len(after.notes) < len(before.notes) else ""
        case, id = self._table.case, self._meaning(after.notes[-1].code) or ""
        return f"Noted: {case.facts[id].label}" if id in case.facts else "Noted."

    def as_text(self) -> str:
        if self.view["trouble"]:
            return trouble_text(self.view)
        said = [f"- {one['text']} ({one['seat']}, {since(one['minute'])})" for one in self.view["said"]]
        own = [f"- {one['text']} (yours, `{one['id']}`)" for one in self.view["own"]]
        return "\n".join(["What can be cited:", *own, *said])

    def as_html(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.as_text().split("\n"))
