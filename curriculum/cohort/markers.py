"""Who reads whose words: shared out by section or by lot, some of them to a second person, and how far everybody is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.grades import LessonGrades
from curriculum.cohort.marks import SECOND, WORDS, Given, Marking, Task
from curriculum.cohort.own_tables import markers
from curriculum.cohort.records import now
from curriculum.cohort.secret import lot

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Of codes: without vowels no word comes of them, and without digits no spreadsheet takes one for a number or a day."""

_NAME = re.compile(r"\w[\w .,'’@-]{0,60}")


@dataclass(frozen=True)
class Load:
    """What one marker has to read in one lesson."""

    marker: str
    role: str
    theirs: int
    read: int


def check_marker(name: str) -> str:
    """The name of a marker without spaces around it; raises CourseError for what a spreadsheet could not show."""
    if not _NAME.fullmatch(name.strip()):
        raise CourseError(
            f"{name[:60]!r} cannot be a marker's name; take letters, digits, spaces and . , ' @ -, beginning with a "
            f"letter."
        )
    return name.strip()


def to_read(read: LessonGrades) -> list[str]:
    """Learners whose words a person reads or has read: those who wait in formgrader, and those with a mark."""
    found = {
        student
        for student, kept in read.kept.items()
        if any(score.cell.task and (score.flagged or score.manual is not None) for score in kept.scores)
    }
    found |= read.marking.tasks.keys() | {
        student
        for student, given in read.marking.given.items()
        if any(one.least or one.criterion == WORDS for one in given)
    }
    return [learner.id for learner in read.course.roster if learner.id in found]


def share_out(
    db: sa.Connection,
    read: LessonGrades,
    named: Mapping[str, Collection[str]],
    *,
    second: int = 0,
    anew: bool = False,
) -> list[str]:
    """Give everything in a lesson that a person reads to the markers who are named, and that of `second` learners to
    another of them as well; returns sentences.

    `named`: by marker the sections that are theirs; where no marker has any, it goes by a lot that the course's secret
    decides. What was given before stays, also when this is done again after more was handed in; `anew` deals again
    what its marker has not read. Raises CourseError.
    """
    course, lesson = read.course, read.rows.lesson
    names = [check_marker(name) for name in named]
    sections = {section: name for name, theirs in named.items() for section in theirs}
    for section in sections:
        course.of_section(section)
    if sections and not all(named.values()):
        raise CourseError("Name sections for all markers, such as Kim=Monday, or for none, which shares out by lot.")
    if second and len(names) < 2:
        raise CourseError("A second reading needs a second marker; name two or more.")
    queue = to_read(read)
    tasks = [task for theirs in read.marking.tasks.values() for task in theirs]
    if anew:
        dropped = [task for task in tasks if not has_read(read, task)]
        tasks = [task for task in tasks if task not in dropped]
        for task in dropped:
            mine = (markers.c.student == task.student, markers.c.lesson == lesson, markers.c.second == task.second)
            db.execute(sa.delete(markers).where(*mine))
    first = {task.student: task for task in tasks if not task.second}
    order = sorted(queue, key=lambda student: lot(course, "reads", lesson, student))
    of = {learner.id: learner.section for learner in course.everybody}
    said: list[str] = []
    new: list[Task] = []
    for student in order:
        if student in first:
            continue
        name = sections.get(of[student], "") if sections else _freest(course, names, [*tasks, *new], second=False)
        if not name:
            continue
        first[student] = Task(student, lesson, False, name, code(course, lesson, student))
        new.append(first[student])
    if nobodys := [student for student in queue if student not in first]:
        said.append(f"{lesson}: nobody reads {listed(nobodys)}, whose section no marker has.")
    twice = {task.student for task in tasks if task.second}
    for student in sorted(first.keys() - twice, key=lambda student: lot(course, "twice", lesson, student)):
        if len(twice) >= second:
            break
        others = [name for name in names if name != first[student].marker]
        if not others:
            continue
        name = _freest(course, others, [*tasks, *new], second=True)
        new.append(Task(student, lesson, True, name, first[student].code))
        twice.add(student)
    _check_codes(lesson, first.values())
    if new:
        db.execute(sa.insert(markers), [{**vars(task), "given_at": now()} for task in new])
    seconds = sum(task.second for task in new)
    said.insert(0, f"{lesson}: {len(new) - seconds} shared out, and {seconds} for a second reading.")
    if not queue:
        said.append(
            f"{lesson}: there is nothing that a person reads yet. Words wait for one where they carry points "
            f"(prose_points in cohort.toml), or for those whom `curriculum cohort grade --sample` draws."
        )
    return said


def code(course: Course, lesson: str, student: str) -> str:
    """How a submission is called where no name is shown: eight letters that only the course can make."""
    drawn = lot(course, "code", lesson, student)
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:8])
    return f"{letters[:4]}-{letters[4:]}"


def has_read(read: LessonGrades, task: Task) -> bool:
    """Whether a marker has marked what is handed in now: its points, or one question of the rubric where words carry
    none."""
    version = version_of(read, task.student)
    given = [
        one
        for one in read.marking.given.get(task.student, ())
        if one.role == task.role and one.submission_sha256 == version and one.after is not None
    ]
    if read.rows.words:
        return any(one.criterion == WORDS for one in given)
    return bool(given)


def version_of(read: LessonGrades, student: str) -> str:
    """The hash of what is graded of a learner; blank where `cohort grade` has graded nothing."""
    attempt = read.attempts.get(student)
    return attempt.submission_sha256 if attempt else ""


def loads(read: LessonGrades) -> list[Load]:
    """How far every marker is, by name."""
    found: dict[tuple[str, str], list[bool]] = {}
    for student in _mine(read, read.marking):
        for task in read.marking.tasks[student]:
            found.setdefault((task.marker, task.role), []).append(has_read(read, task))
    return [Load(name, role, len(done), sum(done)) for (name, role), done in sorted(found.items())]


def nobodys(read: LessonGrades) -> list[str]:
    """Learners whose words wait for a person, and for nobody in particular, although others are shared out."""
    return [student for student in to_read(read) if student not in read.marking.tasks] if read.marking.tasks else []


def differences(read: LessonGrades) -> list[tuple[Given, Given]]:
    """Where two markers are farther apart than the course allows, and nobody has decided."""
    return [
        pair
        for learner in read.course.roster
        for pair in read.marking.differences(learner.id, version_of(read, learner.id), read.course.margin)
    ]


def in_words(read: LessonGrades) -> Iterator[str]:
    """How marking stands in a lesson: a line for each marker, what is nobody's, and where two differ."""
    for load in loads(read):
        again = " for a second time" if load.role == SECOND else ""
        yield f"{load.marker}: {load.read} of {load.theirs} read{again}"
    if left := nobodys(read):
        yield f"To do: {listed(left)} for nobody in particular; curriculum cohort markers shares out again"
    for first, second in differences(read):
        yield (
            f"To do: {first.student}, {first.criterion}: {first.by} gives {first.after:g}, {second.by} "
            f"{second.after:g} of {first.most:g}; curriculum cohort mark … --decide"
        )


def still_to_read(read: LessonGrades, marker: str) -> list[Task]:
    """What a marker has still to read, by code."""
    tasks = [task for student in _mine(read, read.marking) for task in read.marking.tasks[student]]
    return sorted((t for t in tasks if t.marker == marker and not has_read(read, t)), key=lambda task: task.code)


def _mine(read: LessonGrades, marking: Marking) -> list[str]:
    return [learner.id for learner in read.course.roster if learner.id in marking.tasks]


def _freest(course: Course, names: Sequence[str], tasks: Sequence[Task], *, second: bool) -> str:
    """Who has the fewest, of a second reading all together; among equals the lot decides."""
    counts = {name: sum(task.marker == name and (second or not task.second) for task in tasks) for name in names}
    return min(names, key=lambda name: (counts[name], lot(course, "marker", name)))


def _check_codes(lesson: str, tasks: Collection[Task]) -> None:
    whose: dict[str, str] = {}
    for task in tasks:
        if whose.setdefault(task.code, task.student) != task.student:
            raise CourseError(
                f"{lesson}: {whose[task.code]} and {task.student} have drawn the same code, {task.code}, which happens "
                f"once in a very long time. Rename one of them with `curriculum cohort rename`, then try again."
            )


def listed(names: Sequence[str]) -> str:
    """The first of many names."""
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(names[:10]) + more
