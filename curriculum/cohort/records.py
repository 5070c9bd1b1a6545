"""What the course keeps beside nbgrader's own tables: attempts, verdicts and what each grade was made with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from curriculum.cohort.course import Course
from curriculum.cohort.gradebook import open_engine
from curriculum.cohort.looks import Looks, read_looks, report_after, said_after
from curriculum.cohort.own_tables import attempts, extensions, markers, marks, rubrics, runs
from curriculum.cohort.result import HELD, Result, SubmissionStatus, Verdicts, pack, unpack
from curriculum.cohort.schema import bring_up_to_date
from curriculum.cohort.stored import held_in, restore_report, words_of
from graders.report import Held, Report
from graders.rubric import Rubric

_AT_ONCE = 500
"""Ids in one question; SQLite takes at most 32,766 parameters, older ones 999."""


@dataclass(frozen=True)
class Attempt:
    """One row of cohort_attempt, without the packed parts."""

    id: int
    student: str
    lesson: str
    status: SubmissionStatus
    sentence: str
    notes: tuple[str, ...]
    submitted_at: str
    graded_at: str
    seed: int
    points: float | None
    maximum: float
    choices: tuple[str, ...]
    submission_sha256: str
    rubric_sha256: str
    case_sha256: str
    grader_sha256: str


_attempt_columns = [column for column in attempts.columns if column.name in Attempt.__dataclass_fields__]
_attempt_names = [column.name for column in _attempt_columns]


class Records:
    """The course's own tables. Reading methods open and close their own connection; `save` writes in the
    caller's transaction, so that a grade and its record are there together or not at all."""

    def __init__(self, engine: sa.Engine):
        self.engine = engine

    def create(self) -> None:
        """Make the tables that are not there yet, or bring older ones up to date; raises CourseError."""
        bring_up_to_date(self.engine)

    def begin_run(self, asked: Mapping[str, Any]) -> int:
        """Note that a grading begins; returns its id."""
        with self.engine.begin() as db:
            row = {"started_at": now(), "asked": json.dumps(asked)}
            key = db.execute(sa.insert(runs).values(row)).inserted_primary_key
            assert key is not None
            return int(key[0])

    def finish_run(self, run: int) -> None:
        with self.engine.begin() as db:
            db.execute(sa.update(runs).where(runs.c.id == run).values(finished_at=now()))

    # Writing

    def save(self, db: sa.Connection, run: int, results: Iterable[Result]) -> None:
        """Store results as the current attempts of their learners and lessons; older attempts are kept."""
        fresh = {(result.student, result.lesson): result for result in results}
        if not fresh:
            return
        before = {_once(row): (row.id, row.current) for row in self._rows_of(db, fresh)}
        outdated = [
            id
            for (student, lesson, *rest), (id, current) in before.items()
            if current and (student, lesson) in fresh and tuple(rest) != _once(fresh[student, lesson])[2:]
        ]
        for some in _portions(outdated):
            db.execute(sa.update(attempts).where(attempts.c.id.in_(some)).values(current=False))
        if again := [(before[_once(r)][0], r) for r in fresh.values() if _once(r) in before]:
            columns = _row(again[0][1], run).keys()
            db.execute(
                sa.update(attempts)
                .where(attempts.c.id == sa.bindparam("_id"))
                .values({name: sa.bindparam(f"_{name}") for name in columns}),
                [{"_id": id, **{f"_{k}": v for k, v in _row(r, run).items()}} for id, r in again],
            )
        if new := [_row(result, run) for result in fresh.values() if _once(result) not in before]:
            db.execute(sa.insert(attempts), new)

    def save_rubric(self, db: sa.Connection, rubric: Rubric) -> None:
        """Keep the words of a rubric, once; reports that were made with it name it by its hash."""
        known = db.execute(sa.select(rubrics.c.sha256).where(rubrics.c.sha256 == rubric.sha256)).first()
        if known is None:
            row = {"sha256": rubric.sha256, "lesson": rubric.slug, "words": pack(words_of(rubric))}
            db.execute(sa.insert(rubrics), [row])

    def forget(self, db: sa.Connection, student: str) -> int:
        """Delete everything about a learner; returns how many attempts went."""
        for table in (extensions, markers, marks):
            db.execute(sa.delete(table).where(table.c.student == student))
        return db.execute(sa.delete(attempts).where(attempts.c.student == student)).rowcount

    def knows(self, db: sa.Connection, student: str) -> bool:
        """Whether there is an attempt of a learner's."""
        return db.execute(sa.select(attempts.c.id).where(attempts.c.student == student).limit(1)).first() is not None

    # Reading

    def current(self, lessons: Iterable[str] | None = None) -> Iterator[Attempt]:
        """The attempts that count, in the order of lesson and learner; of all lessons where none are given."""
        query = sa.select(*_attempt_columns).where(attempts.c.current)
        looks = self.looks(lessons)
        with self._reading(_of(query, lessons).order_by(attempts.c.lesson, attempts.c.student)) as rows:
            for row in rows:
                yield _attempt(row, looks)

    def history(self, student: str, lesson: str) -> list[Attempt]:
        """All attempts of a learner at a lesson, oldest first."""
        query = sa.select(*_attempt_columns).where(attempts.c.student == student, attempts.c.lesson == lesson)
        with self._reading(query.order_by(attempts.c.graded_at, attempts.c.id)) as rows:
            return [_attempt(row) for row in rows]

    def verdicts(self, lesson: str) -> Iterator[tuple[str, Verdicts]]:
        """(learner, verdicts) of the attempts of a lesson that count."""
        query = sa.select(attempts.c.student, attempts.c.verdicts)
        with self._reading(query.where(attempts.c.current, attempts.c.lesson == lesson)) as rows:
            for student, found in rows:
                yield student, json.loads(found)

    def count(self, lessons: Iterable[str]) -> int:
        """How many attempts at the lessons count."""
        query = _of(sa.select(sa.func.count()).select_from(attempts).where(attempts.c.current), lessons)
        with self.engine.connect() as db:
            return int(db.execute(query).scalar_one())

    def reports(self, lesson: str) -> Iterator[tuple[Attempt, Report | None]]:
        """The attempts at a lesson that count, each with its report where it has one; in the order of learners,
        one at a time, since reports are large."""
        a = attempts.c
        query = sa.select(*_attempt_columns, a.report).where(a.current, a.lesson == lesson).order_by(a.student)
        words, looks = self._words(), self.looks([lesson])
        with self._reading(query) as rows:
            for *values, packed in rows:
                attempt = _attempt(values, looks)
                yield attempt, _report(packed, words, attempt, looks)

    def report(self, student: str, lesson: str) -> tuple[Attempt, Report | None] | None:
        """The attempt that counts of one learner in one lesson, and its report; None where there is none."""
        a = attempts.c
        mine = (a.current, a.student == student, a.lesson == lesson)
        with self.engine.connect() as db:
            row = db.execute(sa.select(*_attempt_columns).where(*mine)).first()
            packed = db.execute(sa.select(a.report).where(*mine)).scalar()
        if row is None:
            return None
        looks = self.looks([lesson])
        attempt = _attempt(row, looks)
        return attempt, _report(packed, self._words(), attempt, looks)

    def looks(self, lessons: Iterable[str] | None = None) -> Looks:
        """What people said who have looked at documents that were held and are still the same."""
        with self.engine.connect() as db:
            return read_looks(db, lessons)

    def held(self, lessons: Iterable[str] | None = None, *, looked_at: bool = False) -> Iterator[tuple[str, str, Held]]:
        """(learner, lesson, what is held) of the attempts that count, in the order of lesson and learner; without
        what somebody has looked at, unless that is wanted as well."""
        looks = {} if looked_at else self.looks(lessons)
        a = attempts.c
        query = sa.select(a.student, a.lesson, a.report).where(a.current, a.sentence.contains(HELD))
        with self._reading(_of(query, lessons).order_by(a.lesson, a.student)) as rows:
            for student, lesson, packed in rows:
                seen = {look.document for look in looks.get((student, lesson), ())}
                for document, one in held_in(packed).items():
                    if document not in seen:
                        yield student, lesson, one

    def prose(self, lessons: Iterable[str] | None = None) -> Iterator[tuple[str, str, dict[str, dict[str, str]]]]:
        """(learner, lesson, {artifact: {place: text}}) of the attempts that count and have any."""
        yield from self._packed(attempts.c.prose, lessons)

    def verdicts_of(self, db: sa.Connection, ids: list[int]) -> dict[int, Verdicts]:
        """The verdicts of attempts, by their ids."""
        query = sa.select(attempts.c.id, attempts.c.verdicts)
        return {
            id: json.loads(found)
            for some in _portions(ids)
            for id, found in db.execute(query.where(attempts.c.id.in_(some)))
        }

    def weights_of(self, db: sa.Connection, rubric_hashes: Collection[str]) -> dict[str, dict[str, int]]:
        """The points of each criterion in rubrics that attempts were judged by, by the rubric's hash."""
        query = sa.select(rubrics.c.sha256, rubrics.c.words).where(rubrics.c.sha256.in_(list(rubric_hashes)))
        return {
            sha256: {id: one["points"] for id, one in unpack(words)["criteria"].items()}
            for sha256, words in db.execute(query)
        }

    def _words(self) -> dict[str, Any]:
        with self.engine.connect() as db:
            return {sha256: unpack(words) for sha256, words in db.execute(sa.select(rubrics.c.sha256, rubrics.c.words))}

    def _packed(self, column: Any, lessons: Iterable[str] | None) -> Iterator[tuple[str, str, Any]]:
        query = sa.select(attempts.c.student, attempts.c.lesson, column).where(attempts.c.current)
        with self._reading(_of(query, lessons).order_by(attempts.c.lesson, attempts.c.student)) as rows:
            for student, lesson, packed in rows:
                if packed:
                    yield student, lesson, unpack(packed)

    def _rows_of(self, db: sa.Connection, fresh: Iterable[tuple[str, str]]) -> Iterator[Any]:
        by_lesson: dict[str, list[str]] = {}
        for student, lesson in sorted(fresh):
            by_lesson.setdefault(lesson, []).append(student)
        for lesson, students in by_lesson.items():
            query = sa.select(*_once_columns).where(attempts.c.lesson == lesson)
            for some in _portions(students):
                yield from db.execute(query.where(attempts.c.student.in_(some)))

    @contextmanager
    def _reading(self, query: sa.Select[Any]) -> Iterator[Iterable[Any]]:
        with self.engine.connect() as db:
            yield db.execution_options(yield_per=1000).execute(query)


@contextmanager
def opened(course: Course) -> Iterator[Records]:
    """What a course keeps, brought up to date; its database is given back at the end. Raises CourseError."""
    engine = open_engine(course)
    try:
        records = Records(engine)
        records.create()
        yield records
    finally:
        engine.dispose()


_once_columns = [
    attempts.c[name] for name in ("id", "current", "student", "lesson", "submission_sha256", "grader_sha256", "seed")
]


def _once(row: Any) -> tuple[str, str, str, str, int]:
    return row.student, row.lesson, row.submission_sha256, row.grader_sha256, row.seed


def _of(query: sa.Select[Any], lessons: Iterable[str] | None) -> sa.Select[Any]:
    return query if lessons is None else query.where(attempts.c.lesson.in_(list(lessons)))


def _portions(ids: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _row(result: Result, run: int) -> dict[str, Any]:
    return {
        "run": run,
        "student": result.student,
        "lesson": result.lesson,
        "current": True,
        "status": result.status.value,
        "sentence": result.sentence,
        "notes": json.dumps(result.notes, ensure_ascii=False),
        "submitted_at": result.submitted_at,
        "graded_at": now(),
        "seed": result.seed,
        "points": result.points,
        "maximum": result.maximum,
        "verdicts": json.dumps(result.verdicts),
        "choices": json.dumps(result.choices),
        "report": result.report or None,
        "prose": result.prose or None,
        "submission_sha256": result.submission_sha256,
        "rubric_sha256": result.rubric_sha256,
        "case_sha256": result.case_sha256,
        "grader_sha256": result.grader_sha256,
    }


def _attempt(row: Iterable[Any], looks: Looks | None = None) -> Attempt:
    values = dict(zip(_attempt_names, row, strict=True))
    values["status"] = SubmissionStatus(values["status"])
    values["sentence"] = said_after(values["sentence"], (looks or {}).get((values["student"], values["lesson"]), ()))
    for name in ("notes", "choices"):
        values[name] = tuple(json.loads(values[name]))
    return Attempt(**values)


def _report(packed: bytes | None, words: Mapping[str, Any], attempt: Attempt, looks: Looks) -> Report | None:
    if not packed:
        return None
    report = restore_report(packed, words[attempt.rubric_sha256])
    return report_after(report, looks.get((attempt.student, attempt.lesson), ()))


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
