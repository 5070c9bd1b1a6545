"""What a learner did, kept in the workspace: checks, how sure they were, hints; SQLite, written at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curriculum.pages.standing import Standing
from curriculum.pages.sureness import Said, Version
from curriculum.support.files import FileRefused
from graders.report import ArtifactReport, Report, Status

SCHEMA = 4

PATIENCE = 2.0
"""Seconds to wait for another program that is writing."""

_STEPS = {
    1: (
        """create table if not exists checks (
            id integer primary key, at text not null, lesson text not null, artifact text not null,
            status text not null, points real not null, maximum real not null, seed integer not null,
            submission_sha256 text not null, rubric_sha256 text not null, missed text not null
        )""",
        "create index if not exists checks_by_artifact on checks (lesson, artifact, id)",
        """create table if not exists hints (
            lesson text not null, criterion text not null, opened integer not null, at text not null,
            primary key (lesson, criterion)
        )""",
    ),
    2: (
        # Null in checks that an older version of the course kept: then nobody knows what was met.
        "alter table checks add column met text",
    ),
    3: (
        # Points and maximum are what the version then earned, of what could be checked in it; null until a check.
        """create table said (
            lesson text not null, artifact text not null, submission_sha256 text not null, step integer not null,
            at text not null, points real, maximum real, primary key (lesson, artifact, submission_sha256)
        )""",
    ),
    4: (
        """create table hunts (
            lesson text not null, moment text not null, world integer not null, ticked text not null, at text not null,
            primary key (lesson, moment)
        )""",
    ),
}
"""What each schema adds to the one before it; an older version of the course can still use a newer record."""


@dataclass(frozen=True)
class Checked:
    """One check that was kept: what was met and missed in one version of one artifact."""

    at: str
    """UTC, ISO 8601."""
    lesson: str
    artifact: str
    met: tuple[str, ...] | None
    """Ids of criteria; None where an older version of the course kept the check, and not what was met."""
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Handed:
    """A flaw hunt that was handed in."""

    lesson: str
    moment: str
    """before, after or later."""
    world: int
    ticked: tuple[str, ...]
    at: str
    """UTC, ISO 8601."""


class ProgressLost(FileRefused):
    """The record cannot be read or written now; the message says why and what to do. Answers are not in it."""


class Progress:
    """The record of one workspace. Every method opens and closes its own connection, so that several
    notebooks can write at the same time and nothing is lost when one is killed. Every method raises ProgressLost
    where the record cannot be used."""

    def __init__(self, workspace: Path):
        self.path = workspace / ".curriculum" / "progress.sqlite"

    def record(self, report: Report, artifact: ArtifactReport) -> None:
        """Keep one check, unless it is of the very text that was checked last, with the same result."""
        missed = json.dumps([finding.criterion for finding in artifact.failed()])
        # What waits for a person has not been shown by anybody yet.
        asked = [] if artifact.held else [one for one in artifact.findings if one.status is Status.GRADED]
        met = json.dumps([finding.criterion for finding in asked if finding.passed])
        with self._open() as db:
            last = db.execute(
                "select id, submission_sha256, rubric_sha256, points from checks where lesson = ? and artifact = ?"
                " order by id desc limit 1",
                (report.slug, artifact.kind),
            ).fetchone()
            if artifact.status is Status.GRADED and not artifact.label:
                checkable = artifact.maximum - sum(finding.points for finding in artifact.believed())
                _earned(db, report.slug, artifact.kind, artifact.submission_sha256, artifact.points, checkable)
            if last and last[1:] == (artifact.submission_sha256, report.rubric_sha256, artifact.points):
                db.execute("update checks set met = ?, missed = ? where id = ?", (met, missed, last[0]))
                return
            db.execute(
                "insert into checks (at, lesson, artifact, status, points, maximum, seed, submission_sha256,"
                " rubric_sha256, missed, met) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    _now(), report.slug, artifact.kind, artifact.status.value, artifact.points, artifact.maximum,
                    report.seed, artifact.submission_sha256, report.rubric_sha256, missed, met,
                ),
            )  # fmt: skip

    def checks(self) -> tuple[Checked, ...]:
        """Every check that was kept, the oldest first."""
        with self._open() as db:
            rows = db.execute("select at, lesson, artifact, met, missed from checks order by id").fetchall()
        return tuple(
            Checked(at, lesson, artifact, None if met is None else tuple(json.loads(met)), tuple(json.loads(missed)))
            for at, lesson, artifact, met, missed in rows
        )

    def say(self, lesson: str, artifact: str, submission_sha256: str, step: int) -> bool:
        """Keep how sure a learner is of one version, 1 to 5; said again, the later word counts. False, and nothing is
        kept, where that version has been checked already."""
        with self._open() as db:
            if _is_checked(db, lesson, artifact, submission_sha256):
                return False
            db.execute(
                "insert into said (lesson, artifact, submission_sha256, step, at) values (?, ?, ?, ?, ?)"
                " on conflict (lesson, artifact, submission_sha256)"
                " do update set step = excluded.step, at = excluded.at",
                (lesson, artifact, submission_sha256, step, _now()),
            )
        return True

    def said_of(self, lesson: str, artifact: str, submission_sha256: str) -> Version:
        """What is known of one version: whether it is checked, how sure the learner said to be, what it earned."""
        with self._open() as db:
            row = db.execute(
                "select step, points, maximum from said where lesson = ? and artifact = ? and submission_sha256 = ?",
                (lesson, artifact, submission_sha256),
            ).fetchone()
            return Version(_is_checked(db, lesson, artifact, submission_sha256), *(row or (None, None, None)))

    def all_said(self) -> tuple[Said, ...]:
        """Everything that was said and then checked, the oldest first."""
        with self._open() as db:
            rows = db.execute(
                "select at, lesson, artifact, step, points, maximum from said where maximum > 0 order by at, rowid"
            ).fetchall()
        return tuple(Said(*row) for row in rows)

    def earned(self, lesson: str, artifact: str, submission_sha256: str, points: float, maximum: float) -> None:
        """Keep beside what was said of a version what it earned, the first time that it is checked."""
        with self._open() as db:
            _earned(db, lesson, artifact, submission_sha256, points, maximum)

    def hand_in(self, lesson: str, moment: str, world: int, ticked: tuple[str, ...]) -> None:
        """Keep what was ticked in a flaw hunt; what was handed in first counts. A lesson that is begun anew keeps it,
        since nobody comes to it for the first time again."""
        with self._open() as db:
            db.execute(
                "insert or ignore into hunts values (?, ?, ?, ?, ?)",
                (lesson, moment, world, json.dumps(ticked), _now()),
            )

    def hunts(self) -> tuple[Handed, ...]:
        """Every flaw hunt that was handed in, the oldest first."""
        with self._open() as db:
            rows = db.execute("select lesson, moment, world, ticked, at from hunts order by at, rowid").fetchall()
        return tuple(
            Handed(lesson, moment, world, tuple(json.loads(ticked)), at) for lesson, moment, world, ticked, at in rows
        )

    def standings(self, lesson: str) -> dict[str, Standing]:
        """The best check of each artifact of a lesson."""
        with self._open() as db:
            rows = db.execute(
                "select artifact, status, max(points), maximum, count(*) from checks where lesson = ?"
                " group by artifact",
                (lesson,),
            ).fetchall()
        return {row[0]: Standing(*row) for row in rows}

    def checked_by(self, lesson: str) -> frozenset[str]:
        """The hashes of the rubrics by which the last check of each artifact of a lesson was made."""
        with self._open() as db:
            rows = db.execute(
                "select artifact, rubric_sha256 from checks where lesson = ? order by id", (lesson,)
            ).fetchall()
        return frozenset(dict(rows).values())

    def first_checks(self) -> dict[str, dt.datetime]:
        """When something of each lesson was first checked, in UTC."""
        with self._open() as db:
            rows = db.execute("select lesson, min(at) from checks where status = 'graded' group by lesson").fetchall()
        return {lesson: dt.datetime.fromisoformat(at) for lesson, at in rows}

    def still_missed(self) -> dict[tuple[str, str], dt.datetime]:
        """When each criterion that the last check of its artifact missed was first missed, by (lesson, criterion)."""
        with self._open() as db:
            rows = db.execute("select lesson, artifact, missed, at from checks where status = 'graded' order by id")
            checks = [(lesson, artifact, json.loads(missed), at) for lesson, artifact, missed, at in rows]
        last = {(lesson, artifact): missed for lesson, artifact, missed, _ in checks}
        first: dict[tuple[str, str], dt.datetime] = {}
        for lesson, artifact, missed, at in checks:
            for criterion in missed:
                if criterion in last[lesson, artifact]:
                    first.setdefault((lesson, criterion), dt.datetime.fromisoformat(at))
        return first

    def open_hint(self, lesson: str, criterion: str, number: int) -> None:
        """Keep that a learner has opened hints up to `number` for a criterion."""
        with self._open() as db:
            db.execute(
                "insert into hints values (?, ?, ?, ?) on conflict (lesson, criterion) do update"
                " set opened = max(opened, excluded.opened), at = excluded.at",
                (lesson, criterion, number, _now()),
            )

    def hints(self, lesson: str) -> dict[str, int]:
        """How many hints were opened for each criterion of a lesson."""
        with self._open() as db:
            rows = db.execute("select criterion, opened from hints where lesson = ?", (lesson,)).fetchall()
        return dict(rows)

    def forget(self, lesson: str) -> None:
        """Drop everything about a lesson."""
        with self._open() as db:
            db.execute("delete from checks where lesson = ?", (lesson,))
            db.execute("delete from hints where lesson = ?", (lesson,))
            db.execute("delete from said where lesson = ?", (lesson,))

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self.path, timeout=PATIENCE)) as db:
                _make_tables(db)
                with db:
                    yield db
        except (sqlite3.Error, OSError) as error:
            raise ProgressLost(f"Your progress could not be kept or read: {_reason(error)}") from None


def _make_tables(db: sqlite3.Connection) -> None:
    if _schema_of(db) >= SCHEMA:
        return
    db.execute("pragma journal_mode = wal")
    with db:
        db.execute("begin immediate")  # whoever comes second finds it done
        for number in range(_schema_of(db) + 1, SCHEMA + 1):
            for statement in _STEPS[number]:
                db.execute(statement)
            db.execute(f"pragma user_version = {number}")


def _schema_of(db: sqlite3.Connection) -> int:
    version: int = db.execute("pragma user_version").fetchone()[0]
    return version


def _is_checked(db: sqlite3.Connection, *version: str) -> bool:
    """Whether a version, told by lesson, artifact and hash, has been checked."""
    where = "where lesson = ? and artifact = ? and submission_sha256 = ?"
    query = f"select 1 from checks {where} union all select 1 from said {where} and maximum is not null limit 1"
    return db.execute(query, (*version, *version)).fetchone() is not None


def _earned(
    db: sqlite3.Connection, lesson: str, artifact: str, submission_sha256: str, points: float, maximum: float
) -> None:
    db.execute(
        "update said set points = ?, maximum = ? where lesson = ? and artifact = ? and submission_sha256 = ?"
        " and maximum is null",
        (points, maximum, lesson, artifact, submission_sha256),
    )


def _reason(error: sqlite3.Error | OSError) -> str:
    """What happened and what to do; only a file that is surely damaged is called so."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another program holds the file .curriculum/progress.sqlite; close it and try again."
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return "the disk is full or does not answer; free some space and try again."
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return (
            "the file .curriculum/progress.sqlite is damaged. Rename it, and a new one is begun; "
            "your answers are not in it and are safe."
        )
    return "you may not write in the folder .curriculum of your workspace; change that and try again."


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
