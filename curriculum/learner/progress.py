"""What a learner did, kept in the workspace: checks, hints, flaws found; SQLite, written at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from curriculum.pages.standing import Standing
from curriculum.support.files import FileRefused
from graders.report import ArtifactReport, Report

SCHEMA = 1

PATIENCE = 2.0
"""Seconds to wait for another program that is writing."""

_TABLES = """
create table if not exists checks (
    id integer primary key, at text not null, lesson text not null, artifact text not null,
    status text not null, points real not null, maximum real not null, seed integer not null,
    submission_sha256 text not null, rubric_sha256 text not null, missed text not null
);
create index if not exists checks_by_artifact on checks (lesson, artifact, id);
create table if not exists hints (
    lesson text not null, criterion text not null, opened integer not null, at text not null,
    primary key (lesson, criterion)
);
"""


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
        with self._open() as db:
            last = db.execute(
                "select submission_sha256, rubric_sha256, points from checks where lesson = ? and artifact = ?"
                " order by id desc limit 1",
                (report.slug, artifact.kind),
            ).fetchone()
            if last == (artifact.submission_sha256, report.rubric_sha256, artifact.points):
                return
            missed = [finding.criterion for finding in artifact.failed()]
            db.execute(
                "insert into checks (at, lesson, artifact, status, points, maximum, seed, submission_sha256,"
                " rubric_sha256, missed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    _now(), report.slug, artifact.kind, artifact.status.value, artifact.points, artifact.maximum,
                    report.seed, artifact.submission_sha256, report.rubric_sha256, json.dumps(missed),
                ),
            )  # fmt: skip

    def standings(self, lesson: str) -> dict[str, Standing]:
        """The best check of each artifact of a lesson."""
        with self._open() as db:
            rows = db.execute(
                "select artifact, status, max(points), maximum, count(*) from checks where lesson = ?"
                " group by artifact",
                (lesson,),
            ).fetchall()
        return {row[0]: Standing(*row) for row in rows}

    def missed(self) -> dict[tuple[str, str], str]:
        """When each criterion was last missed, by (lesson, criterion)."""
        with self._open() as db:
            rows = db.execute("select lesson, missed, at from checks order by id").fetchall()
        return {(lesson, criterion): at for lesson, missed, at in rows for criterion in json.loads(missed)}

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
    if db.execute("pragma user_version").fetchone()[0] < SCHEMA:
        db.execute("pragma journal_mode = wal")
        db.executescript(_TABLES)
        db.execute(f"pragma user_version = {SCHEMA}")


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
