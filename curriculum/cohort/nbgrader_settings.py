"""nbgrader's configuration for a course, so that its own commands and formgrader do what `cohort` does."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin, LateSubmissionPlugin
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode
from traitlets.config import Config

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.marked_shown import fill
from curriculum.support.files import write_whole

_DAY = 86_400.0


def configure(config: Config, file: str) -> None:
    """Fill in what the course's cohort.toml says; `file` is the nbgrader_config.py in the course's folder."""
    apply(config, load_course(Path(file).resolve().parent))


def apply(config: Config, course: Course) -> None:
    """Fill nbgrader's configuration from a course."""
    c: Any = config
    c.CourseDirectory.course_id = course.id
    c.CourseDirectory.root = str(course.root)
    c.CourseDirectory.db_url = course.database_url
    c.IncludeHeaderFooter.header = str(course.root / "source" / "header.ipynb")
    if course.exchange is not None:
        c.Exchange.root = str(course.exchange)
    c.Exchange.timezone = "UTC"
    c.NbGraderAPI.timezone = course.timezone
    # A submission may hold answers and small pictures; anything larger is a mistake or worse. In kilobytes.
    c.CourseDirectory.max_file_size = 20_000
    c.CourseDirectory.max_dir_size = 50_000
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "*.pyc",
        "__pycache__",
        "feedback",
        ".saving-*",
        "answers-until-*",
    ]
    c.AssignLatePenalties.plugin_class = CohortLatePolicy
    c.CohortLatePolicy.course_root = str(course.root)
    c.ExportApp.plugin_class = CohortExport
    c.CohortExport.course_root = str(course.root)
    # Formgrader and nbgrader's feedback show a submission's review and answers through this.
    c.HTMLExporter.preprocessors = [ShowReview]
    c.ShowReview.course_root = str(course.root)
    # A third of the time of nbgrader's own autograde goes into waiting for kernels to say goodbye.
    c.Execute.shutdown_kernel = "immediate"
    c.Execute.timeout = 300


class CohortLatePolicy(LateSubmissionPlugin):
    """The course's late policy, for nbgrader's own autograde; it tells seconds and no dates, so days are of 24 hours
    here, until the next command of `cohort` counts them by the calendar."""

    course_root = Unicode(help="The course's folder").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """The points to take off, or None."""
        late = load_course(Path(self.course_root)).late
        if total_seconds_late <= 60 * late.grace_minutes:
            return None
        return late.penalty(score, math.ceil(total_seconds_late / _DAY)) or None


class CohortExport(ExportPlugin):
    """What `nbgrader export` writes: the grades as `cohort export` has them, where nbgrader's own table shows 0 for
    what is missing or cannot be read."""

    course_root = Unicode(help="The course's folder").tag(config=True)

    def export(self, gradebook: Any) -> None:
        """Write the grades of every released lesson to the file that `--to` names, or to grades.csv."""
        from curriculum.cohort.exporting import export

        course = load_course(Path(self.course_root))
        made = export(course, course.chosen(()), "csv", provisional=True)
        write_whole(Path(self.to or "grades.csv"), made.text, private=True)


class ShowReview(NbGraderPreprocessor):
    """Fills in a notebook that `cohort grade` wrote, as it is shown."""

    course_root = Unicode(help="The course's folder").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Formgrader and the feedback step name the learner and the lesson in different places."""
        about = resources.get("nbgrader") or resources
        for_marker = not resources.get("nbgrader")  # formgrader's page; learners read the other one
        student = about.get("student")
        lesson = about.get("assignment") or about.get("assignment_id")
        if self.course_root and student and lesson:
            nb = fill(load_course(Path(self.course_root)), student, lesson, nb, for_marker=for_marker)
        return nb, resources
