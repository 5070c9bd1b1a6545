"""Who takes part in a course: the roster, read from a CSV file and checked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from curriculum.support.files import FileRefused, decode, write_whole

MAX_LEARNERS = 100_000

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}")


class RosterError(Exception):
    """A roster cannot be used; the message is one sentence with the line, what was found and what to do."""


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


COLUMNS = tuple(field.name for field in fields(Learner))

_ALSO_CALLED = {
    "student_id": "id", "student": "id", "user": "id", "username": "id", "first name": "first_name",
    "firstname": "first_name", "last name": "last_name", "lastname": "last_name", "surname": "last_name",
    "email address": "email", "lms_user_id": "lms_id", "id number": "lms_id", "idnumber": "lms_id",
    "sis user id": "sis_id", "sis_user_id": "sis_id",
}  # fmt: skip


def read_roster(path: Path) -> tuple[Learner, ...]:
    """The learners of a roster file: CSV in UTF-8 with a header that has at least the column `id`.

    Raises RosterError for a file that is missing, has no such column, or in which an id is repeated or could
    not be the name of a folder. Columns with other names are left alone.
    """
    try:
        text = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise RosterError(f"The roster {path} cannot be read ({error.strerror}); check the name.") from None
    except FileRefused as error:
        raise RosterError(str(error)) from None
    rows = csv.reader(io.StringIO(text))
    header = [_column(name) for name in next(rows, [])]
    if "id" not in header:
        raise RosterError(
            f"{path.name}, line 1: found the columns {', '.join(header) or 'none'}; expected at least `id`, "
            f"and if you like {', '.join(COLUMNS[1:])}."
        )
    learners: dict[str, Learner] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        values = {name: cell.strip() for name, cell in zip(header, row, strict=False) if name in COLUMNS}
        learner = Learner(**values)
        _check(learner, learners, f"{path.name}, line {rows.line_num}")
        learners[learner.id.casefold()] = learner
    return tuple(learners.values())


def write_roster(path: Path, learners: Iterable[Learner]) -> None:
    """Store a roster as CSV, whole; raises FileRefused where it cannot be saved."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(learner) for learner in learners)
    write_whole(path, text.getvalue(), private=True)


def _column(name: str) -> str:
    plain = name.strip().lower()
    return _ALSO_CALLED.get(plain, plain.replace(" ", "_"))


def _check(learner: Learner, known: dict[str, Learner], place: str) -> None:
    if not _ID.fullmatch(learner.id):
        raise RosterError(
            f"{place}: found the id {learner.id[:80]!r}; expected 1 to 64 letters, digits, and _ . @ -, "
            f"not beginning with . @ or -, since folders are named by it."
        )
    if learner.id.casefold() in known:
        raise RosterError(
            f"{place}: the id {learner.id!r} is there twice (capital letters do not tell ids apart); "
            f"give each learner an id of their own."
        )
    if len(known) >= MAX_LEARNERS:
        raise RosterError(f"{place}: more than {MAX_LEARNERS:,} learners; split the course.")
