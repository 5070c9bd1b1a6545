"""The folder of a course: its settings in cohort.toml, its roster, and where everything of a learner is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from curriculum.cases.base import VARIANTS
from curriculum.cohort.late import LatePolicy
from curriculum.cohort.roster import Learner, read_roster
from curriculum.cohort.team_files import Team, TeamsError, read_teams
from curriculum.course.catalog import load_catalog
from curriculum.learner import variant
from curriculum.support.files import write_whole

SETTINGS = "cohort.toml"
ROSTER = "roster.csv"
REPORT = "report.html"
GRADEBOOK = "gradebook.db"
SEATS = "seats"
"""The folder in which the files of seats lie, by lesson, where nothing else was wanted."""
STEPS = ("submitted", "autograded", "feedback", "executed")
"""The folders that have one for each learner."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class CourseError(Exception):
    """Something about a course cannot be done; the message is one sentence that says what to do."""


class _Late(BaseModel):
    model_config = ConfigDict(extra="forbid")
    policy: Literal["none", "zero", "daily"] = "none"
    share: Annotated[float, Field(ge=0, le=1)] = 0.1
    at_most: Annotated[float, Field(ge=0, le=1)] = 0.5
    grace_minutes: Annotated[float, Field(ge=0)] = 0.0


class _Marking(BaseModel):
    model_config = ConfigDict(extra="forbid")
    margin: Annotated[float, Field(ge=0, le=1)] = 0.25


class _Settings(BaseModel):
    """What may stand in cohort.toml."""

    model_config = ConfigDict(extra="forbid")
    id: str
    title: str = ""
    lessons: tuple[str, ...] = ()
    timezone: str = "UTC"
    database: str = ""
    exchange: str = ""
    check_owner: bool = True
    late: _Late = _Late()
    marking: _Marking = _Marking()
    prose_points: dict[str, Annotated[float, Field(ge=0, le=1000)]] = {}
    lms_columns: dict[str, str] = {}
    accepted: dict[str, Annotated[int, Field(ge=0, lt=VARIANTS)]] = {}
    seats: dict[str, str] = {}
    deal: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")] = ""
    exemplars: Literal["after_due", "always", "never"] = "after_due"


@dataclass(frozen=True)
class Course:
    """A course as it is on disk; nothing here opens the database."""

    root: Path
    id: str
    title: str = ""
    lessons: tuple[str, ...] = ()
    timezone: str = "UTC"
    database: str = ""
    """The SQLAlchemy URL of the gradebook; blank: gradebook.db in the folder."""
    exchange: Path | None = None
    """nbgrader's exchange folder; None where work is handed in another way."""
    check_owner: bool = True
    """Whether what is handed in must belong, on this system, to the user whose name it bears."""
    late: LatePolicy = field(default_factory=LatePolicy)
    prose_points: dict[str, float] = field(default_factory=dict)
    """By lesson: what a person may give for the words of a submission, beyond the checks."""
    margin: float = 0.25
    """The share of what can be given by which two markers may differ before somebody has to decide."""
    lms_columns: dict[str, str] = field(default_factory=dict)
    """By lesson: the column's name in the LMS, where it is not the lesson's title."""
    accepted: dict[str, int] = field(default_factory=dict)
    """Variants that the instructor accepts where they are not the ones that were dealt, by "learner/lesson"."""
    seats: dict[str, str] = field(default_factory=dict)
    """Under which name a seat was dealt to somebody who was renamed since, by "learner/lesson"."""
    deal: str = ""
    """From what worlds are dealt; blank in courses that were made before there was such a secret."""
    exemplars: Literal["after_due", "always", "never"] = "after_due"
    """When feedback shows how others solved a lesson; see solutions.py."""
    section: str = ""
    """Where it is not blank, only its learners are looked at."""

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.root / GRADEBOOK}"

    @cached_property
    def everybody(self) -> tuple[Learner, ...]:
        """All learners; raises RosterError."""
        return read_roster(self.root / ROSTER)

    @cached_property
    def by_id(self) -> Mapping[str, Learner]:
        """All learners by their ids; raises RosterError."""
        return {one.id: one for one in self.everybody}

    @cached_property
    def by_name(self) -> Mapping[str, frozenset[str]]:
        """Ids of learners by what an LMS calls them: its own id, and full names in small letters and in either order;
        raises RosterError."""
        found: dict[str, set[str]] = {}
        for one in self.everybody:
            for name in {one.lms_id, *one.full_names} - {""}:
                found.setdefault(name.casefold(), set()).add(one.id)
        return {name: frozenset(ids) for name, ids in found.items()}

    @cached_property
    def roster(self) -> tuple[Learner, ...]:
        """The learners that are looked at: all of them, or those of the section; raises RosterError."""
        return tuple(one for one in self.everybody if not self.section or one.section == self.section)

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections that the roster has."""
        return tuple(sorted({learner.section for learner in self.everybody if learner.section}))

    def of_section(self, name: str) -> Course:
        """The course with the learners of one section alone; the whole where `name` is blank. Raises CourseError."""
        if name and name not in self.sections:
            has = ", ".join(self.sections) or "none (its column `section` is blank)"
            raise CourseError(f"There is no section {name!r}; the roster has {has}.")
        return replace(self, section=name)

    def variant(self, learner: str, lesson: str) -> int:
        """The variant of a lesson that a learner, or their team, was dealt, or that was accepted for them."""
        dealt_to = "+".join(self.team_of(learner, lesson)) or learner
        return self.accepted.get(f"{learner}/{lesson}", variant.deal(self.id, dealt_to, lesson, self.deal))

    def teams_file(self, lesson: str) -> Path:
        """Where it is kept who sits together in a lesson."""
        return self.root / "teams" / f"{lesson}.csv"

    def teams(self, lesson: str) -> tuple[Team, ...]:
        """Who sits together in a lesson, the one who writes first; none where everybody works alone. Raises
        CourseError."""
        if lesson not in self._teams:
            try:
                self._teams[lesson] = read_teams(self.teams_file(lesson))
            except TeamsError as error:
                raise CourseError(str(error)) from None
        return self._teams[lesson]

    def team_of(self, learner: str, lesson: str) -> Team:
        """A learner's team in a lesson, by the names of its seats; empty for somebody who works alone."""
        seat = self.seat_of(learner, lesson)
        mine = self.teams(lesson) and self.at_seat(seat, lesson) == learner
        return self._tables.get((seat, lesson), ()) if mine else ()

    def seat_of(self, learner: str, lesson: str) -> str:
        """The name of the seat that was dealt to a learner: their id at that time."""
        return self.seats.get(f"{learner}/{lesson}", learner)

    def at_seat(self, seat: str, lesson: str) -> str:
        """Who has the seat of this name."""
        return self._renamed.get((seat, lesson), seat)

    @cached_property
    def _renamed(self) -> dict[tuple[str, str], str]:
        keys = {key.rpartition("/")[::2]: seat for key, seat in self.seats.items()}
        return {(seat, lesson): learner for (learner, lesson), seat in keys.items()}

    @cached_property
    def _teams(self) -> dict[str, tuple[Team, ...]]:
        return {}

    @cached_property
    def _tables(self) -> dict[tuple[str, str], Team]:
        return {(one, lesson): team for lesson in self.lessons for team in self.teams(lesson) for one in team}

    def source(self, lesson: str) -> Path:
        return self.root / "source" / lesson

    def release(self, lesson: str) -> Path:
        return self.root / "release" / lesson

    def submitted(self, learner: str, lesson: str) -> Path:
        return self.root / "submitted" / learner / lesson

    def autograded(self, learner: str, lesson: str) -> Path:
        return self.root / "autograded" / learner / lesson

    def feedback(self, learner: str, lesson: str) -> Path:
        return self.root / "feedback" / learner / lesson

    @property
    def private(self) -> Path:
        """What only the course's own commands read: locks, logs."""
        return self.root / ".cohort"

    def checked(self, lessons: tuple[str, ...]) -> tuple[str, ...]:
        """The given lessons, or all of the course where none is given; raises CourseError for a stranger."""
        for lesson in lessons:
            if lesson not in self.lessons:
                raise CourseError(
                    f"{lesson!r} is not in this course; it has {', '.join(self.lessons)}. "
                    f"Add it with `curriculum cohort create {self.root} --lessons …`."
                )
        return lessons or self.lessons

    def chosen(self, lessons: tuple[str, ...]) -> tuple[str, ...]:
        """The given lessons, or all that are released where none is given; raises CourseError where that is
        none, and for a lesson that is not in the course."""
        if lessons:
            return self.checked(lessons)
        released = tuple(lesson for lesson in self.lessons if (self.release(lesson) / f"{lesson}.ipynb").is_file())
        if not released:
            raise CourseError(f"No lesson is released yet; run `curriculum cohort release {self.root} LESSON`.")
        return released


def load_course(root: Path) -> Course:
    """The course in a folder; raises CourseError where there is none or its settings cannot be used."""
    path = root / SETTINGS
    try:
        settings = _Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        zone(settings.timezone)
        _check_lessons(path, settings)
    except OSError:
        raise CourseError(
            f"There is no course in {root} ({SETTINGS} is missing); make one with `curriculum cohort create`."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}.") from None
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise CourseError(f"{path}, {where}: {detail['msg']}.") from None
    check_name(settings.id)
    return Course(
        root=root.resolve(),
        id=settings.id,
        title=settings.title or settings.id,
        lessons=settings.lessons,
        timezone=settings.timezone,
        database=settings.database,
        exchange=Path(settings.exchange) if settings.exchange else None,
        check_owner=settings.check_owner,
        late=LatePolicy(settings.late.policy, settings.late.share, settings.late.at_most, settings.late.grace_minutes),
        prose_points=settings.prose_points,
        margin=settings.marking.margin,
        lms_columns=settings.lms_columns,
        accepted=settings.accepted,
        seats=settings.seats,
        deal=settings.deal,
        exemplars=settings.exemplars,
    )


def _check_lessons(path: Path, settings: _Settings) -> None:
    """Raises CourseError for a name that is no lesson's: what is set for it would silently do nothing."""
    named = {
        "lessons": settings.lessons,
        "prose_points": settings.prose_points,
        "lms_columns": settings.lms_columns,
        "accepted": [key.rpartition("/")[2] for key in settings.accepted],
    }
    for where, lessons in named.items():
        for lesson in lessons:
            try:
                load_catalog().lesson(lesson)
            except LookupError as error:
                raise CourseError(f"{path}, {where}: {error.args[0]}") from None


def write_settings(course: Course) -> None:
    """Write cohort.toml, with a word on each setting; raises FileRefused."""
    late = course.late
    lines = [
        "# The settings of this course. Change them here; `curriculum cohort` and nbgrader both read them.",
        "# Due dates are in the gradebook: set them with `curriculum cohort create --due` or in formgrader.",
        "",
        f"id = {_quoted(course.id)}",
        f"title = {_quoted(course.title)}",
        f"lessons = [{', '.join(map(_quoted, course.lessons))}]",
        "# The time zone of due dates that are given without one.",
        f"timezone = {_quoted(course.timezone)}",
        "# The gradebook: blank for gradebook.db in this folder, or an SQLAlchemy URL such as",
        '# "postgresql+psycopg://teacher@db.example.edu/gradebook".',
        f"database = {_quoted(course.database)}",
        "# From this secret worlds are dealt, so that nobody knows them before a lesson is released. Never change it:",
        "# everybody would get other numbers.",
        f"deal = {_quoted(course.deal)}",
        "# nbgrader's exchange folder, where learners fetch and submit; blank where they do it another way.",
        f"exchange = {_quoted(str(course.exchange or ''))}",
        "# Whether files in the exchange must belong, on this system, to the learner whose name they bear. Set it",
        "# to false only where all learners are one system user, as in containers; then anybody can hand in as",
        "# anybody.",
        f"check_owner = {str(course.check_owner).lower()}",
        '# When feedback pages show how others solved a lesson, in the learner\'s own world: "after_due" (once it is',
        '# due for everybody in that world), "always" or "never".',
        f"exemplars = {_quoted(course.exemplars)}",
        "",
        "[late]",
        '# "none": being late is shown and costs nothing. "zero": a late submission counts nothing.',
        '# "daily": each day begun costs `share` of the score, at most `at_most` of it.',
        f"policy = {_quoted(late.method)}",
        f"share = {late.share!r}",
        f"at_most = {late.at_most!r}",
        f"grace_minutes = {late.grace_minutes!r}",
        "",
        "[marking]",
        "# Where two people mark the same and differ by more than this share of what can be given, it waits until",
        "# somebody decides.",
        f"margin = {course.margin!r}",
        "",
        "[prose_points]",
        "# What a person may give for the words of a submission, beyond what is checked: lesson = points.",
        "# It changes the maximum, so set it before the lesson is released; later it takes `cohort release --again`.",
        *(f"{_quoted(lesson)} = {points!r}" for lesson, points in course.prose_points.items()),
        "",
        "[lms_columns]",
        "# The column's name in the LMS where it is not the lesson's title; Canvas adds its number in brackets:",
        '# lesson = "Welcome to the pod (1234)".',
        *(f"{_quoted(lesson)} = {_quoted(name)}" for lesson, name in course.lms_columns.items()),
        "",
        "[accepted]",
        "# Worlds to accept although they are not the ones that were dealt, for instance because somebody",
        '# worked under another user name: "learner/lesson" = variant.',
        *(f"{_quoted(key)} = {number}" for key, number in course.accepted.items()),
        "",
        "[seats]",
        "# Who was renamed after a seat in a team was dealt to them has it under the old name: `rename` notes it.",
        *(f"{_quoted(key)} = {_quoted(seat)}" for key, seat in course.seats.items()),
    ]
    write_whole(course.root / SETTINGS, "\n".join(lines) + "\n", private=True)


def check_name(name: str) -> None:
    """Raises CourseError for a course id that could not be the name of a folder in the exchange."""
    if not _NAME.fullmatch(name):
        raise CourseError(
            f"The course id {name[:80]!r} cannot be used; take 1 to 64 letters, digits, and _ . -, for "
            f"instance product-2026."
        )


def zone(name: str) -> ZoneInfo:
    """A time zone by its name; raises CourseError for one that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CourseError(f"The time zone {name!r} is not known; write it like Europe/Berlin or UTC.") from None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
