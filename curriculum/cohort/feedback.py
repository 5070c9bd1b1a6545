"""Feedback pages for learners: the review, what a person wrote, and the score; one self-contained page each."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from html import escape
from pathlib import Path

from curriculum.cases import load_case
from curriculum.cohort import gradebook
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.records import Attempt, Records
from curriculum.cohort.result import SubmissionStatus
from curriculum.course.catalog import load_catalog
from curriculum.pages.exemplars import exemplars_html
from curriculum.pages.reporting import number, printable, report_html
from curriculum.support.console import OnProgress
from curriculum.support.files import FileRefused, read_text
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
"""

_SECRET = re.compile(r"[0-9a-f]{32,256}")


def write_feedback(course: Course, lessons: tuple[str, ...], on_progress: OnProgress | None = None) -> int:
    """Write the feedback page of every submission of the lessons, and put it where nbgrader's learners fetch
    it; returns how many pages there are. Raises CourseError where a folder cannot be written."""
    engine = gradebook.open_engine(course)
    written = 0
    try:
        records = Records(engine)
        records.create()
        total = records.count(lessons)
        for lesson in lessons:
            with engine.connect() as db:
                rows = gradebook.lesson_rows(db, course, lesson)
                standings = gradebook.standings(db, rows)
            released = _released_pages(course, lesson)
            for attempt, report in records.reports(lesson):
                standing = standings.get(attempt.student)
                page = feedback_page(course, attempt, report, standing, rows.maximum)
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


def feedback_page(
    course: Course,
    attempt: Attempt,
    report: Report | None,
    standing: gradebook.Standing | None,
    maximum: float,
) -> str:
    """One learner's page. Everything in it that came from a learner is escaped."""
    title = load_catalog().lesson(attempt.lesson).title
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(course.title)}, {escape(attempt.student)}</p>"]
    parts.append(f'<p class="standing">{_standing(attempt, standing, maximum)}</p>')
    parts += [f"<p>{escape(printable(text))}</p>" for text in (attempt.sentence, *attempt.notes) if text]
    if standing and standing.comment:
        parts.append(f'<h2>From your instructor</h2><div class="person">{escape(printable(standing.comment))}</div>')
    if report:
        case = load_case(attempt.lesson, attempt.seed)
        parts.append(f"<h2>The review</h2>{report_html(report, case)}")
        parts.append(_exemplars(attempt, report))
    parts.append(
        f"<p><small>Graded {escape(attempt.graded_at)} for world {attempt.seed}. Rubric "
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


def _exemplars(attempt: Attempt, report: Report) -> str:
    """How somebody else solved what the learner has tried, in the learner's own world, folded."""
    pages = exemplars_html(attempt.lesson, attempt.seed)
    tried = [artifact for artifact in report.artifacts if artifact.status is not Status.NOT_ATTEMPTED]
    folded = [
        f"<details><summary>{escape(artifact.title)}</summary>{pages[artifact.kind]}</details>"
        for artifact in tried
        if artifact.kind in pages
    ]
    return f"<h2>How somebody else solved it</h2>{''.join(folded)}" if folded else ""


def _standing(attempt: Attempt, standing: gradebook.Standing | None, maximum: float) -> str:
    if standing is None or (attempt.status is not SubmissionStatus.GRADED and not standing.by_hand):
        return "There is no score yet."
    words = f"<strong>{number(round(standing.score, 2))} of {number(maximum)} points</strong>"
    if standing.penalty:
        words += f" ({number(round(standing.raw, 2))} less {number(round(standing.penalty, 2))} for being late)"
    return words


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
    found = {learner.id: released_page(course, learner.id, lesson) for learner in course.roster}
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
