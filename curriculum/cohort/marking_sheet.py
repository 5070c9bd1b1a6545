"""A marker's work on paper: a table to fill in and a page to read from, without anybody's name; and the way back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case, load_case
from curriculum.cohort.anonymous import Mask
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.grades import LessonGrades
from curriculum.cohort.markers import has_read, version_of
from curriculum.cohort.marking import MOST_TOLD, Wanted, in_letters, read_lessons, scales
from curriculum.cohort.marks import WORDS, Task
from curriculum.cohort.provenance import submission_sha256
from curriculum.cohort.records import opened
from curriculum.cohort.spreadsheet import read_table, table_bytes
from curriculum.support.spreadsheets import guarded, unguarded
from graders import load_rubric
from graders.grade import read_submission

COLUMNS = ("marker", "lesson", "code", "version", "question", "from", "to", "mark", "comment", "why")
FILLED_IN = ("mark", "comment", "why")

_NO_NUMBER = "which is no number; if a spreadsheet made a day of it, format the column as text and write it again"


@dataclass(frozen=True)
class OnSheet:
    """One submission, for one marker."""

    task: Task
    version: str
    read: LessonGrades
    case: Case
    artifacts: Mapping[str, Artifact]
    """By kind, with the learner masked."""


@dataclass(frozen=True)
class Sheet:
    """What goes out to a marker."""

    marker: str
    submissions: tuple[OnSheet, ...]
    lessons: tuple[LessonGrades, ...]
    left_out: tuple[str, ...]
    """A sentence for each that cannot be read now."""


def make_sheet(course: Course, lessons: Sequence[str], marker: str, *, everything: bool = False) -> Sheet:
    """What a marker has still to read in lessons, or all that is theirs (`everything`). Raises CourseError."""
    with opened(course) as records, records.engine.begin() as db:
        reads = read_lessons(db, records, course, lessons)
    theirs = [
        (read, task)
        for read in reads
        for tasks in read.marking.tasks.values()
        for task in tasks
        if task.marker == marker and any(learner.id == task.student for learner in course.roster)
    ]
    if not theirs:
        raise CourseError(
            f"There is nothing for {marker} to read; `curriculum cohort markers {course.root}` shows whose what is."
        )
    submissions, left_out = [], []
    for read, task in sorted(theirs, key=lambda pair: (lessons.index(pair[0].rows.lesson), pair[1].code)):
        if has_read(read, task) and not everything:
            continue
        if (one := _on_sheet(course, read, task)) is None:
            left_out.append(f"{task.code}, {read.rows.lesson}: what is handed in now is not graded yet.")
        else:
            submissions.append(one)
    return Sheet(marker, tuple(submissions), tuple(reads), tuple(left_out))


def _on_sheet(course: Course, read: LessonGrades, task: Task) -> OnSheet | None:
    lesson, folder = read.rows.lesson, course.submitted(task.student, read.rows.lesson)
    attempt = read.attempts.get(task.student)
    if attempt is None or submission_sha256(folder, lesson) != attempt.submission_sha256:
        return None
    case = load_case(lesson, attempt.seed)
    learner = course.by_id[task.student]
    mask = Mask(course, learner, case)
    found = read_submission(load_rubric(lesson), case, folder / "answers").artifacts
    artifacts = {kind: mask.artifact(artifact) for kind, artifact in found.items()}
    return OnSheet(task, in_letters(attempt.submission_sha256), read, case, artifacts)


def as_csv(sheet: Sheet, *, delimiter: str = ";") -> bytes:
    """The table to fill in, as a spreadsheet opens it: UTF-8 with its mark, every cell quoted, none of them run. What
    this marker gave before stands in it; what others gave does not."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in sheet.submissions:
        for row in _rows(sheet.marker, one):
            writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _rows(marker: str, one: OnSheet) -> Iterator[list[str]]:
    task, version = one.task, version_of(one.read, one.task.student)
    for scale in scales(one.read).values():
        if scale.cell is not None and scale.title != WORDS:
            continue  # a document's check is overruled by `cohort mark`
        last = one.read.marking.last(task.student, scale.title, task.role, of=version)
        mine = last if last is not None and last.marker == marker and last.after is not None else None
        mark = f"{mine.after:g}" if mine and mine.after is not None else ""
        yield [
            marker, one.read.rows.lesson, task.code, one.version, scale.title, f"{scale.least:g}", f"{scale.most:g}",
            mark, mine.comment if mine else "", "",
        ]  # fmt: skip


@dataclass(frozen=True)
class Back:
    """A sheet that came back."""

    wanted: tuple[Wanted, ...]
    blank: int
    """Rows without a mark."""


def read_back(path: Path) -> Back:
    """The marks of a sheet, in whatever form a spreadsheet saved it. Raises CourseError with a sentence for each line
    that cannot be used."""
    try:
        data = table_bytes(path)
    except OSError as error:
        raise CourseError(f"The sheet {path} cannot be read ({error.strerror}); check the name.") from None
    first, rows = read_table(data)
    header = [name.strip().lower() for name in first]
    if missing := [name for name in COLUMNS if name not in header and name != "why"]:
        raise CourseError(
            f"{path.name}, line 1: found the columns {', '.join(header)[:200] or 'none'}, without "
            f"{', '.join(missing)}. Fill in the sheet that `curriculum cohort marking-sheet` wrote."
        )
    if twice := [name for name in COLUMNS if header.count(name) > 1]:
        raise CourseError(
            f"{path.name}, line 1: the column {twice[0]} is there twice; delete the one that is not meant."
        )
    wanted: list[Wanted] = []
    places: dict[tuple[str, ...], str] = {}
    wrong: list[str] = []
    blank = 0
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            place = f"{path.name}, line {rows.line_num}"
            cells = {name: _plain(cell) for name, cell in zip(header, row, strict=False)}
            try:
                one = _wanted(cells, place)
            except ValueError as error:
                wrong.append(f"{place}: {error}.")
                continue
            if one is not None:
                same = (one.marker, one.lesson, one.whose.upper(), one.criterion)
                if (first_at := places.setdefault(same, place)) != place:
                    wrong.append(f"{place}: this was marked in {first_at} already; delete one of the two marks.")
            blank += one is None
            wanted += [one] if one is not None else []
    except csv.Error as error:
        raise CourseError(f"{path.name}, line {rows.line_num}: {error}; save it as CSV again.") from None
    if wrong:
        more = [f"and {len(wrong) - MOST_TOLD} more."] if len(wrong) > MOST_TOLD else []
        raise CourseError("\n".join([*wrong[:MOST_TOLD], *more]))
    return Back(tuple(wanted), blank)


def _wanted(cells: Mapping[str, str], place: str) -> Wanted | None:
    if missing := [name for name in COLUMNS[:5] if not cells.get(name)]:
        raise ValueError(f"{', '.join(missing)} is blank; only {', '.join(FILLED_IN)} are yours to fill in")
    for name in ("comment", "why"):
        if cells.get(name, "").startswith("#") and cells[name].rstrip("?!").isupper():
            raise ValueError(
                f"found {cells[name]} as {name}, since a spreadsheet took it for a formula; write it again"
            )
    if not cells.get("mark"):
        if cells.get("comment"):
            raise ValueError("there is a comment without a mark; give both, or neither")
        return None
    return Wanted(
        lesson=cells["lesson"], whose=cells["code"], criterion=cells["question"], value=_number(cells["mark"]),
        marker=cells["marker"], comment=cells.get("comment", ""), why=cells.get("why", ""), version=cells["version"],
        place=place,
    )  # fmt: skip


def _number(text: str) -> float:
    try:
        value = float(text.replace(",", ".").replace("_", "no"))  # Python reads 1_0 as ten
    except ValueError:
        raise ValueError(f"found the mark {text[:40]!r}, {_NO_NUMBER}") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"found the mark {text[:40]!r}, {_NO_NUMBER}")
    return value


def _plain(cell: str) -> str:
    """A cell as it was before it was kept from being run."""
    return unguarded(cell.strip())
