"""When a lesson is due for whom: its due date, and what was granted to learners, sections or everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from curriculum.cohort import gradebook
from curriculum.cohort.course import Course, CourseError, zone
from curriculum.cohort.own_tables import extensions
from curriculum.cohort.records import now
from curriculum.cohort.roster import Learner
from curriculum.support.dates import full_day, is_of_our_time


@dataclass(frozen=True)
class Extension:
    """More time in a lesson, or none needed, for one learner, for a section, or for everybody."""

    lesson: str
    student: str = ""
    section: str = ""
    until: dt.datetime | None = None
    """With a zone."""
    days: int | None = None
    """Calendar days after the lesson's own due date, wherever that is moved to."""
    excused: bool = False
    """Nothing needs to be handed in; what is handed in counts, whenever that is."""
    because: str = ""

    @property
    def whose(self) -> str:
        """For instance "ada", "section Monday", "everybody"."""
        return self.student or (f"section {self.section}" if self.section else "everybody")

    def moment(self, due: dt.datetime | None, timezone: ZoneInfo) -> dt.datetime | None:
        """When it ends, in UTC, for a lesson that is due at `due`; None where it does not."""
        if self.until is not None:
            return self.until.astimezone(dt.UTC)
        if due is None or self.excused:
            return None
        local = due.astimezone(timezone)
        moved = dt.datetime.combine(local.date() + dt.timedelta(days=self.days or 0), local.time(), timezone)
        return moved.astimezone(dt.UTC)

    def in_words(self, due: dt.datetime | None, timezone: str) -> str:
        """For instance "ada: 3 days more, until Monday, 14 September 2026, 18:00 (Europe/Berlin)"; `due` is the
        lesson's own due date."""
        ends = self.moment(due, zone(timezone))
        if self.excused:
            granted = "excused"
        else:
            more = [] if self.days is None else ["1 day more" if self.days == 1 else f"{self.days} days more"]
            granted = ", ".join([*more, *([f"until {in_words(ends, timezone)}"] if ends else [])])
        return f"{self.whose}: {granted}" + (f" ({self.because})" if self.because else "")


@dataclass(frozen=True)
class Due:
    """When a lesson is due for one learner."""

    at: dt.datetime | None
    """UTC; None where there is no due date."""
    excused: bool = False
    because: str = ""
    """Why it is not the lesson's own due date."""


@dataclass(frozen=True)
class Clock:
    """When one lesson is due."""

    due: dt.datetime | None
    """For everybody to whom nothing was granted; UTC."""
    zone: ZoneInfo
    granted: Mapping[tuple[str, str], Extension]
    """By learner and section; both blank: everybody."""

    def of(self, learner: Learner, in_nbgrader: dt.timedelta | None = None) -> Due:
        """What was granted to the learner counts before what was granted to their section, and that before what
        was granted to everybody; where nothing was, the extension that nbgrader keeps (`in_nbgrader`)."""
        keys = ((learner.id, ""), ("", learner.section), ("", ""))
        granted = next((self.granted[key] for key in keys if key in self.granted), None)
        if granted is None:
            later = in_nbgrader if self.due is not None else None
            if later is None or self.due is None:
                return Due(self.due)
            return Due(self.due + later, because="an extension was given in nbgrader")
        if granted.excused:
            return Due(None, excused=True, because=granted.because)
        return Due(granted.moment(self.due, self.zone), because=granted.because or "there is an extension")


def clock_of(db: sa.Connection, course: Course, rows: gradebook.LessonRows) -> Clock:
    """When a lesson is due, as the gradebook says and as was granted."""
    granted = {(one.student, one.section): one for one in granted_in(db, (rows.lesson,))}
    return Clock(rows.due.replace(tzinfo=dt.UTC) if rows.due else None, zone(course.timezone), granted)


def granted_in(db: sa.Connection, lessons: Collection[str]) -> list[Extension]:
    """Everything that was granted in the lessons."""
    e = extensions.c
    query = sa.select(e.lesson, e.student, e.section, e.until, e.days, e.excused, e.because)
    query = query.where(e.lesson.in_(list(lessons))).order_by(e.lesson, e.section, e.student)
    return [
        Extension(lesson, student, section, dt.datetime.fromisoformat(until) if until else None, days, excused, because)
        for lesson, student, section, until, days, excused, because in db.execute(query)
    ]


def grant(db: sa.Connection, course: Course, wanted: Iterable[Extension]) -> None:
    """Grant extensions, each in place of the one that the same learner or section had in that lesson.

    Raises CourseError for a learner or a section that is not on the roster, and for a date before the lesson's own.
    """
    for one in wanted:
        _check(course, one)
        due = gradebook.due_date(db, one.lesson)
        if due is not None and one.until is not None and one.until < due:
            raise CourseError(
                f"{one.lesson} is due only on {in_words(due, course.timezone)}, and an extension gives more time. To "
                f"have different dates, set the earliest with `curriculum cohort create --due` and extend the others."
            )
        _take_back(db, course, one)
        db.execute(
            sa.insert(extensions).values(
                student=one.student,
                section=one.section,
                lesson=one.lesson,
                until=one.until.astimezone(dt.UTC).isoformat() if one.until else None,
                days=one.days,
                excused=one.excused,
                because=one.because,
                given_at=now(),
            )
        )


def withdraw(db: sa.Connection, course: Course, unwanted: Iterable[Extension]) -> int:
    """Take back what was granted to the learners and sections in the lessons; returns how many there were."""
    return sum(_take_back(db, course, one) for one in unwanted)


def told(db: sa.Connection, course: Course, one: Extension, before: Iterable[Extension]) -> Iterator[str]:
    """What was granted as it is understood, in place of what (`before`), and for whom something else counts."""
    due = gradebook.due_date(db, one.lesson)
    was = [old for old in before if (old.lesson, old.student, old.section) == (one.lesson, one.student, one.section)]
    instead = "".join(f", in place of: {old.in_words(due, course.timezone)}" for old in was)
    yield f"{one.lesson}: {one.in_words(due, course.timezone)}{instead}"
    if names := _shorter(db, course, one):
        yield f"  Less was granted by name to {', '.join(names)}, and that counts for them; --withdraw takes it back."


def _shorter(db: sa.Connection, course: Course, one: Extension) -> list[str]:
    """Learners of the section, or of all, who were granted less by name; that counts for them."""
    due, local = gradebook.due_date(db, one.lesson), zone(course.timezone)
    until = one.moment(due, local)
    by_name = {
        granted.student: granted.moment(due, local)
        for granted in granted_in(db, (one.lesson,))
        if granted.student and not granted.excused
    }
    return [
        learner.id
        for learner in course.everybody
        if not one.student
        and learner.id in by_name
        and one.section in ("", learner.section)
        and (ends := by_name[learner.id]) is not None
        and (until is None or ends < until)
    ]


def forget_sections(db: sa.Connection, course: Course, moved: Collection[Learner]) -> None:
    """What was granted to a section no longer holds for those who were in it (`moved`): nbgrader's own pages were told
    of it, and from there it would hold as something that was granted to them."""
    granted = granted_in(db, course.lessons)
    by_name = {(one.lesson, one.student) for one in granted if one.student}
    for one in granted:
        names = [learner.id for learner in moved if one.section and learner.section == one.section]
        gradebook.set_extensions(
            db, one.lesson, dict.fromkeys(name for name in names if (one.lesson, name) not in by_name)
        )


def _check(course: Course, one: Extension) -> None:
    if one.student and one.student not in {learner.id for learner in course.everybody}:
        raise CourseError(f"{one.student!r} is not on the roster of {course.root}.")
    course.of_section(one.section)


def _take_back(db: sa.Connection, course: Course, one: Extension) -> int:
    e = extensions.c
    mine = (e.student == one.student, e.section == one.section, e.lesson == one.lesson)
    found = db.execute(sa.delete(extensions).where(*mine)).rowcount
    if found:
        # nbgrader's own pages were told of it, and would go on believing it.
        names = [
            learner.id
            for learner in course.everybody
            if (not one.student and (not one.section or learner.section == one.section)) or learner.id == one.student
        ]
        gradebook.set_extensions(db, one.lesson, dict.fromkeys(names))
    return found


# Moments as people read and write them


def in_words(moment: dt.datetime, timezone: str) -> str:
    """For instance "Monday, 14 September 2026, 18:00 (Europe/Berlin)"."""
    local = moment.astimezone(zone(timezone))
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{local:%A}, {full_day(local)}, {clock} ({timezone})"


def parse_moment(text: str, timezone: str) -> dt.datetime:
    """A moment as people write it, such as 2026-09-14 or "2026-09-14 18:00", in the zone that is named where it has
    none. A day without a time ends at 23:59:59.

    Raises CourseError where it cannot be read or is centuries away, and where the clocks show that hour twice on
    that day or never.
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise CourseError(f"The date {text!r} cannot be read; write it like 2026-09-14 or 2026-09-14T18:00.") from None
    if len(text.strip()) == len("2026-09-14"):
        moment = moment.replace(hour=23, minute=59, second=59)
    if not is_of_our_time(moment):
        raise CourseError(f"The date {text!r} is of no course; write the year, for instance 2026.")
    if moment.tzinfo:
        return moment
    both = [moment.replace(tzinfo=zone(timezone), fold=fold) for fold in (0, 1)]
    first, second = (one.astimezone(dt.UTC) for one in both)
    if first == second:
        return both[0]
    readings = [one.astimezone(zone(timezone)) for one in sorted((first, second))]
    choice = " or ".join(f"{one.replace(tzinfo=None).isoformat(timespec='minutes')}{_offset(one)}" for one in readings)
    happens = "twice" if all(one.replace(tzinfo=None, fold=0) == moment for one in readings) else "never"
    raise CourseError(
        f"On {full_day(moment)} the clocks in {timezone} show {moment:%H:%M} {happens}, since they are changed; "
        f"write {choice}."
    )


def _offset(moment: dt.datetime) -> str:
    shown = f"{moment:%z}"
    return f"{shown[:3]}:{shown[3:]}"


def extensions_from(
    lessons: Sequence[str], students: Sequence[str], sections: Sequence[str], like: Extension
) -> list[Extension]:
    """The same for each of the learners and sections in each of the lessons; for everybody where none is named."""
    whose = [("", section) for section in sections] + [(student, "") for student in students] or [("", "")]
    return [replace(like, lesson=lesson, student=a, section=b) for lesson in lessons for a, b in whose]
