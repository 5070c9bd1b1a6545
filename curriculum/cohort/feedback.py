"""Feedback pages for learners: the review, what a person wrote, and the score; one self-contained page each."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html import escape
from pathlib import Path

from curriculum.cases import load_case
from curriculum.cohort import gradebook, grades
from curriculum.cohort.clocks import in_words
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.exchange import check_no_copy
from curriculum.cohort.grades import Grade
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.solutions import Solutions, solutions
from curriculum.cohort.team_judging import DEBRIEF
from curriculum.course.catalog import load_catalog
from curriculum.pages.exemplars import exemplars_html, flaws_html
from curriculum.pages.page import together
from curriculum.pages.reporting import number, report_html
from curriculum.support.console import OnProgress
from curriculum.support.files import FileRefused, read_text
from curriculum.support.looks import dark_as_the_reader
from curriculum.support.printable import printable
from graders.report import Report, Status

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0.5rem 0; }
th, td { border: 1px solid color-mix(in srgb, currentColor 35%, transparent); text-align: left; }
th, td { padding: 0.25rem 0.5rem; }
.standing { font-size: 1.25rem; }
.person { border-inline-start: 0.3rem solid currentColor; padding-inline-start: 1rem; white-space: pre-wrap; }
summary { cursor: pointer; }
iframe { width: 100%; height: 44rem; border: 0; }
"""

_SECRET = re.compile(r"[0-9a-f]{32,256}")


def write_feedback(
    course: Course, lessons: tuple[str, ...], on_progress: OnProgress | None = None, *, provisional: bool = False
) -> int:
    """Write the feedback page of every submission of the lessons, and put it where nbgrader's learners fetch
    it; returns how many pages there are.

    Raises CourseError where a grade can still be changed by a person, unless they may be `provisional` (the pages say
    so then), and where a folder cannot be written.
    """
    check_no_copy(course)
    standing = {(grade.learner.id, grade.lesson): grade for grade in grades.grades_of(course, lessons)}
    if (open_ones := grades.provisional(standing.values())) and not provisional:
        raise CourseError(
            f"Nothing was written, since a person can still change {len(open_ones)} of the grades: "
            f"{grades.told(open_ones)}. Mark them first, in formgrader or with `curriculum cohort mark`; or write "
            f"the pages with --provisional, which "
            f"says on each what is still open."
        )
    whole = grades.grades_of(replace(course, section=""), lessons) if course.section else standing.values()
    shown = solutions(course, whole, dt.datetime.now(dt.UTC))
    engine = gradebook.open_engine(course)
    written = 0
    try:
        records = Records(engine)
        total = records.count(lessons)
        for lesson in lessons:
            released = _released_pages(course, lesson)
            for attempt, report in records.reports(lesson):
                grade = standing.get((attempt.student, lesson))
                if grade is None:
                    continue  # no longer on the roster
                page = feedback_page(course, attempt, report, grade, shown)
                try:
                    _store(course, attempt, page, released.get(attempt.student))
                except OSError as error:
                    raise CourseError(f"Feedback could not be written: {error.strerror} ({error.filename}).") from None
                written += 1
                if on_progress:
                    on_progress(written, total)
    finally:
        engine.dispose()
    return written


def feedback_page(course: Course, attempt: Attempt, report: Report | None, grade: Grade, shown: Solutions) -> str:
    """One learner's page. Everything in it that came from a learner is escaped."""
    title = load_catalog().lesson(attempt.lesson).title
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(course.title)}, {escape(attempt.student)}</p>"]
    parts.append(f'<p class="standing">{_standing(grade)}</p>')
    parts += [f"<p>{escape(printable(text))}</p>" for text in (attempt.sentence, *attempt.notes) if text]
    parts.append(_due(course, grade))
    if grade.marks:
        parts.append(_marks(grade))
    if grade.comment:
        parts.append(f'<h2>From your instructor</h2><div class="person">{escape(printable(grade.comment))}</div>')
    if report:
        case = load_case(attempt.lesson, attempt.seed)
        parts.append(_team(course, attempt))
        parts.append(f"<h2>The review</h2>{report_html(report, case)}")
        if shown.open(attempt.lesson, attempt.seed):
            parts.append(_exemplars(attempt, report))
        elif later := shown.later(attempt.lesson, attempt.seed):
            parts.append(f"<p>{escape(later)}</p>")
    parts.append(
        f"<p><small>Graded on {_when(course, attempt.graded_at)}, for world {attempt.seed}. Rubric "
        f"<code>{attempt.rubric_sha256[:12]}</code>, case <code>{attempt.case_sha256[:12]}</code>, submission "
        f"<code>{attempt.submission_sha256[:12]}</code>.</small></p>"
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: feedback</title><style>{_STYLE}</style></head>\n<body><main>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )


def _team(course: Course, attempt: Attempt) -> str:
    """The debrief of a team, in a frame of its own; blank for somebody who works alone."""
    if not course.team_of(attempt.student, attempt.lesson):
        return ""
    try:
        debrief = (course.autograded(attempt.student, attempt.lesson) / DEBRIEF).read_text("utf-8")
    except OSError:
        return ""
    frame = f'<iframe sandbox title="Debrief of your team" srcdoc="{escape(debrief)}"></iframe>'
    return f"<h2>Your team</h2>{frame}"


def _exemplars(attempt: Attempt, report: Report) -> str:
    """How others solved what the learner has tried, in the learner's own world, folded; and the draft with flaws."""
    pages = exemplars_html(attempt.lesson, attempt.seed)
    tried = [artifact for artifact in report.artifacts if artifact.status is not Status.NOT_ATTEMPTED]
    folded = [
        f"<details><summary>{escape(artifact.title)}, {way} of {len(pages[artifact.kind])}</summary>{page}</details>"
        for artifact in tried
        for way, page in enumerate(pages[artifact.kind], 1)
    ]
    if not folded:
        return ""
    hunt = flaws_html(attempt.lesson, attempt.seed, frozenset(artifact.kind for artifact in tried))
    lead = "<p>Several ways are good. These are for your own numbers.</p>"
    theme = f"<style>{dark_as_the_reader()}</style>"
    return f"<h2>How others solved it</h2>{lead}{together(*folded, hunt)}{theme}"


def _standing(grade: Grade) -> str:
    if grade.points is None or grade.score is None:
        return "There is no score yet."
    most = grade.maximum - grade.open_points
    words = f"<strong>{_points(grade.score)} of {number(most)} points</strong>"
    if grade.penalty:
        words += f" ({_points(grade.points)} less {_points(grade.penalty)} for being late)"
    if grade.provisional:
        words += f" so far. This can still change: {escape(grade.waits)}."
    return words


def _due(course: Course, grade: Grade) -> str:
    """When it was due and handed in, where it was late or due at a time of the learner's own."""
    sentences = []
    if grade.days_late and grade.due.at is not None:
        days = "1 day" if grade.days_late == 1 else f"{grade.days_late} days"
        handed_in = in_words(dt.datetime.fromisoformat(grade.submitted_at), course.timezone)
        sentences.append(
            f"Handed in on {handed_in}, and due on {in_words(grade.due.at, course.timezone)}: {days} begun after that. "
            f"{course.late.in_words()}"
        )
    if grade.due.because and not grade.due.excused and grade.due.at is not None:
        sentences.append(f"Your own due date: {in_words(grade.due.at, course.timezone)}. {grade.due.because}")
    return "".join(f"<p>{escape(printable(sentence))}</p>" for sentence in sentences)


def _marks(grade: Grade) -> str:
    """What a person gave and what waits for one, beside what the checks give: it is what counts."""
    rows = []
    for mark in grade.marks:
        check = "–" if mark.check is None else f"{_points(mark.check)} of {number(mark.maximum)}"
        given = f"{_points(mark.person)} of {number(mark.maximum)}" if mark.person is not None else "not yet"
        why = " ".join(text for text in (mark.comment, f"Still open: {mark.waits}." if mark.waits else "") if text)
        cells = (mark.part, check, given, why)
        rows.append("<tr>" + "".join(f"<td>{escape(printable(cell))}</td>" for cell in cells) + "</tr>")
    return (
        "<h2>Marked by a person</h2><p>Where a person has marked a part, that counts, and not what its check gives.</p>"
        "<table><thead><tr><th>Part</th><th>Check</th><th>Counts, by your instructor</th><th>Why</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _when(course: Course, moment: str) -> str:
    """A moment that is kept as ISO 8601, as people write it, in the zone of the course."""
    try:
        return in_words(dt.datetime.fromisoformat(moment), course.timezone)
    except ValueError:
        return escape(printable(moment))


def _points(points: float) -> str:
    return number(round(points, 2))


def released_page(course: Course, student: str, lesson: str) -> Path | None:
    """Where nbgrader looks for a learner's feedback in the exchange; None where it cannot be known."""
    return page_of(course, lesson, secret_of(course.submitted(student, lesson)))


def secret_of(submission: Path) -> str:
    """What nbgrader wrote beside a submission so that nobody else finds its feedback; blank where there is nothing."""
    try:
        return read_text(submission / "submission_secret.txt", submission, limit=1000).strip()
    except (FileNotFoundError, FileRefused):
        return ""


def page_of(course: Course, lesson: str, secret: str) -> Path | None:
    """Where nbgrader looks in the exchange for the feedback on a submission; None where it cannot be known."""
    if course.exchange is None or not _SECRET.fullmatch(secret):
        return None
    name = hashlib.md5(f"{secret}{lesson}".encode(), usedforsecurity=False).hexdigest()
    return course.exchange / course.id / "feedback" / f"{name}.html"


def _released_pages(course: Course, lesson: str) -> dict[str, Path]:
    """The place of each learner's page in the exchange. A place that two submissions claim is nobody's, since
    one of them would get the other's page."""
    found = {learner.id: released_page(course, learner.id, lesson) for learner in course.everybody}
    claims = Counter(found.values())
    return {student: page for student, page in found.items() if page is not None and claims[page] == 1}


def _store(course: Course, attempt: Attempt, page: str, released: Path | None) -> None:
    folder = course.feedback(attempt.student, attempt.lesson)
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / f"{attempt.lesson}.html", page)
    if released is None:
        return
    if not released.parent.is_dir():
        released.parent.mkdir(parents=True)
        # As nbgrader has it: whoever knows a file's name can read it, and nobody can list them.
        released.parent.chmod(0o711)
    _replace(released, page)


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".saving-{path.name}")
    temporary.write_text(text, encoding="utf-8", errors="replace")
    temporary.chmod(0o644)
    temporary.replace(path)
