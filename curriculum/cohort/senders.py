"""Who uploaded a ZIP file, and when, as far as the download of an LMS tells it.

Canvas packs `lovelaceada_LATE_1017_98765_welcome.zip`: the sortable name in small letters, LATE where it was late, the
learner's ID and the file's (canvas-lms, lib/content_zipper.rb). Moodle packs `Ada Lovelace_77_assignsubmission_file_`,
as a folder or before the file's name, with the number that the learner has in this assignment (mod/assign,
download_submissions); its grading worksheet lists that number as "Participant 77" beside the time. Neither puts a time
into the names, and the times of packed files are those of packing.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from curriculum.cohort.clocks import parse_moment
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.roster import Learner, column_name
from curriculum.cohort.spreadsheet import read_table, table_bytes
from curriculum.cohort.vetting import shown

CANVAS, MOODLE = "Canvas", "Moodle"

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?")
_CANVAS = re.compile(r"(?P<name>.+?)_(?:(?P<late>late)_)?(?P<number>\d+)_\d+_.+", re.IGNORECASE)
_PARTICIPANT = re.compile(r"\D*(\d+)")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WORDED = re.compile(
    r"(?:\w+, )?(\d{1,2}) (\w+) (\d{4}), (\d{1,2}):(\d{2})(?::(\d{2}))?(?:[\s\u202f]*([ap])\.?m\.?)?", re.IGNORECASE
)
"""As Moodle writes it in English: "Monday, 14 September 2026, 6:05 PM"."""

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))?")
"""As a German spreadsheet writes it; with slashes it could be the day or the month that comes first."""

_AT = ("submitted_at", "last modified (submission)")
MOST_TOLD = 20


@dataclass(frozen=True)
class Sender:
    """Who uploaded a file."""

    lms: str
    name: str
    number: str
    """Canvas: the learner's ID; Moodle: the number of the learner in this assignment."""
    late: bool = False
    """Canvas says so, by its own due date."""


def sender_of(path: PurePath) -> Sender | None:
    """The sender whom the outermost telling part of a path names."""
    for part in path.parts:
        if found := _MOODLE.fullmatch(part):
            return Sender(MOODLE, found["name"], found["number"])
        if found := _CANVAS.fullmatch(part):
            return Sender(CANVAS, found["name"], found["number"], bool(found["late"]))
    return None


def somebody_else(course: Course, learner: str, sender: Sender | None) -> str:
    """The id of another learner who uploaded it; blank where it was the learner, or nobody that the roster knows."""
    if sender is None:
        return ""
    named = sender.number if sender.lms == CANVAS else sender.name
    others = course.by_name.get(named.casefold(), frozenset())
    return "".join(others - {learner}) if len(others) == 1 else ""


@dataclass(frozen=True)
class Times:
    """When learners handed in, as a table says."""

    at: Mapping[tuple[str, str], dt.datetime]
    """By what a row calls a learner: ("participant" or a column of the roster, its value)."""

    def of(self, learner: Learner, sender: Sender | None) -> dt.datetime | None:
        """When a learner handed in, in UTC; None where the table does not say."""
        keys = [(name, getattr(learner, name)) for name in ("id", "lms_id", "sis_id", "email")]
        if sender is not None and sender.lms == MOODLE:
            keys.append(("participant", sender.number))  # last: a learner may have written it, in a name of their own
        return next(
            (self.at[name, value.casefold()] for name, value in keys if (name, value.casefold()) in self.at), None
        )


def read_times(path: Path, timezone: str) -> Times:
    """The times of a table: Moodle's grading worksheet, or one with a column of the roster and `submitted_at`.

    Times without a zone are of the zone that is named. Raises CourseError with a sentence for each line that cannot
    be read.
    """
    try:
        first, rows = read_table(table_bytes(path))
    except OSError as error:
        raise CourseError(f"The table {path} cannot be read ({error.strerror}); check the name.") from None
    plain = [name.strip().lower() for name in first]
    header = [column_name(name, plain) for name in plain]
    column = next((plain.index(name) for name in _AT if name in plain), None)
    whose = [(i, name) for i, name in enumerate(header) if name in ("id", "lms_id", "sis_id", "email") and name]
    whose += [(i, "participant") for i, name in enumerate(plain) if name == "identifier"]
    if column is None or not whose:
        raise CourseError(
            f"{path.name}, line 1: found the columns {', '.join(plain)[:200] or 'none'}; expected `submitted_at` "
            f"beside `id` or another column of the roster, or Moodle's grading worksheet in English."
        )
    found: dict[tuple[str, str], dt.datetime] = {}
    wrong: list[str] = []
    try:
        for row in rows:
            text = row[column].strip() if column < len(row) else ""
            if text in ("", "-"):
                continue
            try:
                moment = _moment(text, timezone)
            except CourseError as error:
                wrong.append(f"{path.name}, line {rows.line_num}: {error}")
                continue
            for place, name in whose:
                value = row[place].strip().casefold()
                if name == "participant":
                    numbered = _PARTICIPANT.fullmatch(value)
                    value = numbered[1] if numbered else ""
                if value:
                    found[name, value] = moment
    except csv.Error as error:
        raise CourseError(f"{path.name}, line {rows.line_num}: {error}; save it as CSV again.") from None
    if wrong:
        more = [f"and {len(wrong) - MOST_TOLD} more."] if len(wrong) > MOST_TOLD else []
        raise CourseError("\n".join([*wrong[:MOST_TOLD], *more]))
    return Times(found)


def _moment(text: str, timezone: str) -> dt.datetime:
    worded = _WORDED.fullmatch(text)
    if worded and worded[2].lower() in _MONTHS:
        day, _, year, hour, minute, second, half = worded.groups()
        hours = int(hour) % 12 + 12 * (half.lower() == "p") if half else int(hour)
        month = _MONTHS.index(worded[2].lower()) + 1
        text = f"{year}-{month:02}-{int(day):02}T{hours:02}:{minute}:{second or '00'}"
    elif dotted := _DOTTED.fullmatch(text):
        text = (
            f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}T{int(dotted[4]):02}:{dotted[5]}:{dotted[6] or '00'}"
        )
    elif not re.match(r"\d{4}-\d\d-\d\d.\d\d", text):
        raise CourseError(
            f"The time {shown(text)!r} cannot be read; write it like 2026-09-14T18:05, or get the table in English."
        )
    return parse_moment(text, timezone).astimezone(dt.UTC)
