"""Who takes part in a course: the roster, read from a table and checked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from curriculum.cohort.spreadsheet import read_table, table_bytes
from curriculum.support.files import write_whole

MAX_LEARNERS = 100_000

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}")


class RosterError(Exception):
    """A roster cannot be used; the message has a sentence for each line: what was found and what to do."""


@dataclass(frozen=True)
class Learner:
    """One row of the roster. Only the id is needed; it is also the name of the learner's folders."""

    id: str
    """Unique; where learners work on a hub or a shared computer, their user name there."""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    """The learner's number in the LMS: Canvas's ID, Moodle's ID number."""
    sis_id: str = ""
    """The number in the student information system, which Canvas can match by."""
    section: str = ""

    @property
    def full_names(self) -> set[str]:
        """As an LMS may write the name; none where half of it is not known."""
        first, last = self.first_name, self.last_name
        return {f"{first} {last}", f"{last} {first}", f"{last}, {first}"} if first and last else set()


COLUMNS = tuple(field.name for field in fields(Learner))

_ALSO_CALLED = {
    "student_id": "id", "user": "id", "username": "id", "user name": "id", "login": "id", "login id": "id",
    "sis login id": "id", "first name": "first_name",
    "firstname": "first_name", "last name": "last_name", "lastname": "last_name", "surname": "last_name",
    "email address": "email", "lms_user_id": "lms_id", "id number": "lms_id", "idnumber": "lms_id",
    "sis user id": "sis_id", "sis_user_id": "sis_id", "group": "section", "groups": "section",
}  # fmt: skip

_CANVAS = {"id": "lms_id", "student": "canvas name"}

_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
"""A long number as a spreadsheet shows it."""


def check_id(id: str) -> None:
    """Raises RosterError for what cannot be a learner's id."""
    if not _ID.fullmatch(id):
        said = _no_id(id)
        raise RosterError(f"{said[0].upper()}{said[1:]}")


def _no_id(id: str) -> str:
    return (
        f"found the id {id[:80]!r}; expected 1 to 64 letters, digits, and _ . @ -, not beginning with . @ or -, since "
        f"folders are named by it."
    )


def read_roster(path: Path) -> tuple[Learner, ...]:
    """The learners of a roster file, as spreadsheets and LMSs write it.

    An Excel workbook, or a table in UTF-8, UTF-16 or Windows-1252 with commas, semicolons or tabs between its cells,
    with a header that has the column `id` or one that is called so elsewhere; also what Canvas and Moodle export.
    Where nothing names an id, the e-mail address does. Columns with other names are left alone. Raises RosterError
    with a sentence for each line in which something is wrong: an id that is repeated or could not be the name of a
    folder, a number of the LMS that two have or that a spreadsheet has shortened, cells that are too many.
    """
    try:
        data = table_bytes(path)
    except OSError as error:
        raise RosterError(f"The roster {path} cannot be read ({error.strerror}); check the name.") from None
    first, rows = read_table(data)
    named = [name.strip() for name in first]
    others = {name.lower() for name in named}
    header = [column_name(name, others) for name in named]
    if "id" in others and "sis login id" not in others:
        # What else could be an id is something else, where one column is called so.
        header = [
            name if name != "id" or plain.lower() == "id" else "" for name, plain in zip(header, named, strict=True)
        ]
    if twice := [name for name in COLUMNS if header.count(name) > 1]:
        meant = ", ".join(repr(plain) for name, plain in zip(header, named, strict=True) if name == twice[0])
        raise RosterError(
            f"{path.name}, line 1: found {meant}, of which each could be the column `{twice[0]}`; leave one of them."
        )
    if "id" not in header and "email" in header:
        header[header.index("email")] = "id and email"
    if not {"id", "id and email"} & {*header}:
        raise RosterError(
            f"{path.name}, line 1: found the columns {', '.join(named)[:200] or 'none'}; expected at least `id`, "
            f"and if you like {', '.join(COLUMNS[1:])}."
        )
    checked = _Checked()
    try:
        for row in rows:
            if any(cell.strip() for cell in row) and not _is_no_learner(header, row):
                checked.take(header, row, f"{path.name}, line {rows.line_num}")
    except csv.Error as error:
        raise RosterError(f"{path.name}, line {rows.line_num}: {error}; save it as CSV again.") from None
    return checked.learners()


MOST_TOLD = 20
"""Lines that are told; of the others, how many they are."""


class _Checked:
    """Learners who have been read, and a sentence for each line that cannot be used."""

    def __init__(self) -> None:
        self._known: dict[str, Learner] = {}
        self._numbers: dict[tuple[str, str], str] = {}
        self._wrong: list[str] = []

    def take(self, header: list[str], row: list[str], place: str) -> None:
        if any(cell.strip() for cell in row[len(header) :]):
            self._wrong.append(f"{place}: {len(row)} cells under {len(header)} columns; quote cells that hold a comma.")
            return
        if len(row) < len(header):
            self._wrong.append(f"{place}: {len(row)} cells under {len(header)} columns; the line is cut off.")
            return
        learner = _learner(header, row)
        if (sentence := self._objection(learner)) is not None:
            self._wrong.append(f"{place}: {sentence}")
            return
        self._known[learner.id.casefold()] = learner
        for name in ("lms_id", "sis_id"):
            if number := getattr(learner, name):
                self._numbers[name, number] = learner.id

    def _objection(self, learner: Learner) -> str | None:
        if not _ID.fullmatch(learner.id):
            return _no_id(learner.id)
        if learner.id.casefold() in self._known:
            return (
                f"the id {learner.id!r} is there twice (capital letters do not tell ids apart); give each learner an "
                f"id of their own."
            )
        for name in ("lms_id", "sis_id"):
            number = getattr(learner, name)
            if _SHORTENED.fullmatch(number):
                return f"the {name} {number} was shortened by a spreadsheet; format the column as text and save again."
            if number and (name, number) in self._numbers:
                return f"the {name} {number} is {self._numbers[name, number]}'s already; one of the two is wrong."
        if len(self._known) >= MAX_LEARNERS:
            return f"more than {MAX_LEARNERS:,} learners; split the course."
        return None

    def learners(self) -> tuple[Learner, ...]:
        """Everybody; raises RosterError where a line is wrong."""
        if self._wrong:
            more = len(self._wrong) - MOST_TOLD
            rest = [f"and {more} more lines like these."] if more > 0 else []
            raise RosterError("\n".join([*self._wrong[:MOST_TOLD], *rest]))
        return tuple(self._known.values())


def _is_no_learner(header: list[str], row: list[str]) -> bool:
    """Canvas's rows of points and of its test student."""
    if "canvas name" not in header:
        return False
    name = row[header.index("canvas name")].strip().lower() if row else ""
    return name in ("", "points possible", "student, test", "test student")


def _learner(header: list[str], row: list[str]) -> Learner:
    values = {name: cell.strip() for name, cell in zip(header, row, strict=False) if name in COLUMNS}
    for name, cell in zip(header, row, strict=False):
        if name == "id and email":
            values |= {"id": cell.strip(), "email": cell.strip()}
        elif name == "canvas name":
            last, _, first = cell.strip().partition(", ")
            values = {"first_name": first, "last_name": last, **values}
    return Learner(**values)


@dataclass(frozen=True)
class Difference:
    """What another roster would change."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    """Who is on the roster of the course and not on the other one."""

    def __str__(self) -> str:
        said = [
            f"{_named(ids)} {what}"
            for ids, what in ((self.new, "new"), (self.changed, "changed"), (self.gone, "gone"))
            if ids
        ]
        return "; ".join(said) or "nothing changes"


def difference(before: Iterable[Learner], after: Iterable[Learner]) -> Difference:
    """What differs between two rosters, by the learners' ids."""
    old, new = ({learner.id: learner for learner in roster} for roster in (before, after))
    return Difference(
        new=tuple(id for id in new if id not in old),
        changed=tuple(id for id in new if id in old and old[id] != new[id]),
        gone=tuple(id for id in old if id not in new),
    )


def _named(ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:10]) + (" …" if len(ids) > 10 else "")
    return f"{len(ids)} ({shown})"


def write_roster(path: Path, learners: Iterable[Learner]) -> None:
    """Store a roster as CSV, whole; raises FileRefused where it cannot be saved."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(learner) for learner in learners)
    write_whole(path, text.getvalue(), private=True)


def column_name(name: str, others: Collection[str] = ()) -> str:
    """The name that a column has here; what Canvas calls ID and Student is the LMS's number and a whole name."""
    plain = name.strip().lower()
    if "sis login id" in others and plain in _CANVAS:
        return _CANVAS[plain]
    return _ALSO_CALLED.get(plain, "id" if plain == "student" else plain.replace(" ", "_"))
