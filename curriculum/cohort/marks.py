"""Every mark that people gave in a lesson, who reads whose words, and where two of them differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache

import sqlalchemy as sa

from curriculum.cohort.anchors import readings
from curriculum.cohort.gradebook import CellScore, GradedCell, Kept, LessonRows
from curriculum.cohort.looks import LOOKED
from curriculum.cohort.own_tables import markers, marks
from curriculum.cohort.records import now
from graders import load_rubric

WORDS = "Words, read by a person"
"""How the part of a grade is called that no check gives."""

FIRST, SECOND, DECIDED = "first", "second", "decided"

IN_FORMGRADER = "in formgrader, which keeps no name"

DIFFER = "two people marked it and differ; somebody decides"
NOT_READ_TWICE = "a second person still reads it"


@dataclass(frozen=True)
class Given:
    """One mark, as it came in."""

    student: str
    lesson: str
    criterion: str
    """`WORDS`, a document's title, or a question of `curriculum.cohort.anchors`."""
    role: str
    """FIRST and DECIDED count; SECOND is only compared; LOOKED gives no points."""
    marker: str
    """Blank where it was given in formgrader."""
    before: float | None
    after: float | None
    """None where a mark was taken back."""
    least: float
    most: float
    comment: str
    why: str
    submission_sha256: str
    given_at: str
    id: int = 0

    @property
    def by(self) -> str:
        return self.marker or IN_FORMGRADER

    def shown(self, value: float | None) -> str:
        """A value of this mark as people read it; blank for none."""
        if value is None:
            return ""
        return ("fine" if value else "not fine") if self.role == LOOKED else f"{value:g}"


@dataclass(frozen=True)
class Task:
    """Somebody reads the words of one learner."""

    student: str
    lesson: str
    second: bool
    marker: str
    code: str
    """How the submission is called where no name is shown."""

    @property
    def role(self) -> str:
        return SECOND if self.second else FIRST


@dataclass(frozen=True)
class Marking:
    """What people have done and have to do in one lesson."""

    given: Mapping[str, tuple[Given, ...]] = field(default_factory=dict)
    """By learner, oldest first."""
    tasks: Mapping[str, tuple[Task, ...]] = field(default_factory=dict)
    """By learner, the first reader first."""

    @staticmethod
    def read(db: sa.Connection, lesson: str) -> Marking:
        """What is stored about a lesson."""
        given: dict[str, list[Given]] = {}
        for row in db.execute(sa.select(marks).where(marks.c.lesson == lesson).order_by(marks.c.id)).mappings():
            given.setdefault(row["student"], []).append(Given(**row))
        columns = [markers.c[name] for name in Task.__dataclass_fields__]
        tasks: dict[str, list[Task]] = {}
        for task in db.execute(sa.select(*columns).where(markers.c.lesson == lesson).order_by(markers.c.second)):
            tasks.setdefault(task.student, []).append(Task(*task))
        return Marking(
            {student: tuple(rows) for student, rows in given.items()},
            {student: tuple(rows) for student, rows in tasks.items()},
        )

    def concerns(self, student: str) -> bool:
        """Whether somebody has marked anything of a learner, or has to."""
        return student in self.given or student in self.tasks

    def task(self, student: str, role: str) -> Task | None:
        return next((task for task in self.tasks.get(student, ()) if task.role == role), None)

    def last(self, student: str, criterion: str, *roles: str, of: str | None = None) -> Given | None:
        """The latest mark in one of the roles; of one version of the submission (its hash), where it is named."""
        for one in reversed(self.given.get(student, ())):
            if one.criterion == criterion and one.role in roles and of in (None, one.submission_sha256):
                return one
        return None

    def differ(self, student: str, criterion: str, of: str, margin: float) -> tuple[Given, Given] | None:
        """Two marks of the same text that are farther apart than the margin, a share of what can be given; None
        where there are none, or somebody has decided since."""
        first, second, decided = (self.last(student, criterion, role, of=of) for role in (FIRST, SECOND, DECIDED))
        if first is None or second is None or first.after is None or second.after is None:
            return None
        if decided is not None and decided.id > max(first.id, second.id):
            return None
        apart = abs(first.after - second.after) > margin * (first.most - first.least) + 1e-9
        return (first, second) if apart else None

    def criteria(self, student: str) -> list[str]:
        """What was ever marked of a learner, in the order in which it was."""
        return list(dict.fromkeys(one.criterion for one in self.given.get(student, ())))

    def differences(self, student: str, of: str, margin: float) -> list[tuple[Given, Given]]:
        """Everything in which two people differ about a learner's text."""
        found = (self.differ(student, name, of, margin) for name in self.criteria(student))
        return [pair for pair in found if pair is not None]

    def waits(self, student: str, criterion: str, of: str, margin: float) -> str:
        """Why somebody has still to look at a part that carries points; blank where nobody has to."""
        if self.differ(student, criterion, of, margin):
            return DIFFER
        if criterion == WORDS and self.task(student, SECOND) and not self.last(student, criterion, SECOND, of=of):
            return NOT_READ_TWICE
        return ""

    def comments(self, criterion: str, leave_out: Iterable[str] = (), most: int = 8) -> list[tuple[str, str]]:
        """(comment, a learner who got it): what was said before about a criterion, the most frequent first; without
        what was said to some learners, so that who reads second does not see what the first said."""
        told = [
            (one.comment, one.student)
            for student in self.given.keys() - set(leave_out)
            for one in self.given[student]
            if one.criterion == criterion and one.comment
        ]
        counts = Counter(comment for comment, _ in told)
        whom = dict(told)
        return [(comment, whom[comment]) for comment in sorted(counts, key=lambda text: (-counts[text], text))[:most]]


@cache
def part_of(lesson: str, cell: str) -> str:
    """The part of a grade that a cell of the gradebook holds: a document's title, or `WORDS`."""
    artifact = load_rubric(lesson).artifacts.get(cell.removeprefix("check_"))
    return artifact.title if artifact else WORDS


def append(db: sa.Connection, given: Sequence[Given]) -> None:
    """Put marks at the end of the log."""
    rows = [{name: value for name, value in asdict(one).items() if name != "id"} for one in given]
    if rows:
        db.execute(sa.insert(marks), rows)


def noticed(
    db: sa.Connection, rows: LessonRows, kept: Mapping[str, Kept], marking: Marking, versions: Mapping[str, str]
) -> Marking:
    """Note what was marked in formgrader since the course was last read, as given by nobody who is known; `versions`
    are the hashes of what was graded, by learner. Returns the marking as it is then."""
    new = [
        one
        for student, held in kept.items()
        for score in held.scores
        if (one := _unnoted(rows.lesson, student, score, marking, versions.get(student, ""))) is not None
    ]
    if not new:
        return marking
    append(db, new)
    return Marking.read(db, rows.lesson)


def _unnoted(lesson: str, student: str, score: CellScore, marking: Marking, version: str) -> Given | None:
    if score.manual is None and student not in marking.given:
        return None
    part = part_of(lesson, score.cell.name)
    last = marking.last(student, part, FIRST, DECIDED)
    before = last.after if last else None
    if score.manual == before:
        return None
    own = without(score.comment, composed(lesson, marking, student, version, score.cell))
    return Given(
        student, lesson, part, FIRST, "", before, score.manual, 0.0, score.cell.maximum, own, "", version, now()
    )


def composed(lesson: str, marking: Marking, student: str, version: str, cell: GradedCell) -> str:
    """What the learner reads beside a part, as those who marked it wrote it."""
    part = part_of(lesson, cell.name)
    counts = marking.last(student, part, FIRST, DECIDED, of=version)
    lines = [counts.comment] if counts else []
    for reading in readings(lesson) if cell.task else ():
        one = marking.last(student, reading.title, FIRST, DECIDED, of=version)
        if one is None or one.after is None:
            continue
        anchor = reading.anchors.get(round(one.after), "")
        lines.append(f"{reading.title} {one.after:g} of {one.most:g}{f': {anchor}' if anchor else ''}. {one.comment}")
    return "\n\n".join(line.strip() for line in lines if line.strip())


def without(comment: str, known: str) -> str:
    """A comment without what was put into it before."""
    return comment.replace(known, "").strip() if known else comment.strip()


def by_student(given: Iterable[Given], marking: Marking) -> Marking:
    """The marking with more marks at the end of its log, as it will be when they are saved."""
    more = {student: list(rows) for student, rows in marking.given.items()}
    last = max((one.id for rows in marking.given.values() for one in rows), default=0)
    for number, one in enumerate(given, start=last + 1):
        more.setdefault(one.student, []).append(replace(one, id=number))
    return replace(marking, given={student: tuple(rows) for student, rows in more.items()})


def log(db: sa.Connection, lessons: Iterable[str], students: Iterable[str] = ()) -> Iterator[Given]:
    """All marks of lessons in the order in which they came in; only of some learners, where any are named."""
    query = sa.select(marks).where(marks.c.lesson.in_(list(lessons))).order_by(marks.c.id)
    if students := list(students):
        query = query.where(marks.c.student.in_(students))
    for row in db.execute(query).mappings():
        yield Given(**row)
