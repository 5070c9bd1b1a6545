"""The course's own tables and indices, which stand beside nbgrader's in the same database."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

INDICES = {
    "cohort_by_notebook": ("grade", "notebook_id"),
    "cohort_comment_by_notebook": ("comment", "notebook_id"),
    "cohort_notebook_by_submission": ("submitted_notebook", "assignment_id"),
    "cohort_submission_by_lesson": ("submitted_assignment", "assignment_id"),
    "cohort_submission_by_student": ("submitted_assignment", "student_id"),
}
"""By name: a table of nbgrader's, and its column; without them formgrader looks through all rows for each learner."""
_sha = sa.String(64)

runs = sa.Table(
    "cohort_run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started_at", sa.String(40), nullable=False),
    sa.Column("finished_at", sa.String(40)),
    sa.Column("asked", sa.Text, nullable=False, comment="JSON: lessons, learners, workers"),
)

attempts = sa.Table(
    "cohort_attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.Integer, sa.ForeignKey("cohort_run.id"), nullable=False),
    sa.Column("student", sa.String(128), nullable=False),
    sa.Column("lesson", sa.String(128), nullable=False),
    sa.Column("current", sa.Boolean, nullable=False, comment="the one that counts"),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("notes", sa.Text, nullable=False, comment="JSON list of sentences"),
    sa.Column("submitted_at", sa.String(40), nullable=False, comment="UTC, ISO 8601, or blank"),
    sa.Column("graded_at", sa.String(40), nullable=False),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("points", sa.Float, comment="NULL where there is no score"),
    sa.Column("maximum", sa.Float, nullable=False),
    sa.Column("verdicts", sa.Text, nullable=False, comment="JSON {criterion: met, or null where it was not judged}"),
    sa.Column("choices", sa.Text, nullable=False, comment="JSON list: the current attempt of the role-play"),
    sa.Column("report", sa.LargeBinary, comment="packed; see curriculum.cohort.stored"),
    sa.Column("prose", sa.LargeBinary, comment="packed {artifact: {place: text}}"),
    sa.Column("submission_sha256", _sha, nullable=False),
    sa.Column("rubric_sha256", _sha, nullable=False),
    sa.Column("case_sha256", _sha, nullable=False),
    sa.Column("grader_sha256", _sha, nullable=False),
    # The same submission, judged by the same code for the same world, is one attempt however often it is graded.
    sa.UniqueConstraint("student", "lesson", "submission_sha256", "grader_sha256", "seed", name="cohort_attempt_once"),
    sa.Index("cohort_attempt_current", "lesson", "current"),
)  # fmt: skip

rubrics = sa.Table(
    "cohort_rubric",
    metadata,
    sa.Column("sha256", _sha, primary_key=True),
    sa.Column("lesson", sa.String(128), nullable=False),
    sa.Column("words", sa.LargeBinary, nullable=False, comment="packed; see curriculum.cohort.stored"),
)

extensions = sa.Table(
    "cohort_extension",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("student", sa.String(128), nullable=False, comment="blank: not for one learner"),
    sa.Column("section", sa.String(128), nullable=False, comment="blank: not for one section"),
    sa.Column("lesson", sa.String(128), nullable=False),
    sa.Column("until", sa.String(40), comment="UTC, ISO 8601"),
    sa.Column("days", sa.Integer, comment="calendar days after the lesson's due date"),
    sa.Column("excused", sa.Boolean, nullable=False),
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("given_at", sa.String(40), nullable=False),
    sa.UniqueConstraint("student", "section", "lesson", name="cohort_extension_once"),
)

markers = sa.Table(
    "cohort_marker",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("student", sa.String(128), nullable=False),
    sa.Column("lesson", sa.String(128), nullable=False),
    sa.Column("second", sa.Boolean, nullable=False, comment="reads what somebody else reads, too"),
    sa.Column("marker", sa.String(128), nullable=False),
    sa.Column("code", sa.String(16), nullable=False, comment="how the submission is called where no name is shown"),
    sa.Column("given_at", sa.String(40), nullable=False),
    sa.UniqueConstraint("student", "lesson", "second", name="cohort_marker_once"),
)
"""Who reads whose words."""

marks = sa.Table(
    "cohort_mark",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("student", sa.String(128), nullable=False),
    sa.Column("lesson", sa.String(128), nullable=False),
    sa.Column("criterion", sa.String(200), nullable=False),
    sa.Column("role", sa.String(16), nullable=False, comment="first, second, or decided"),
    sa.Column("marker", sa.String(128), nullable=False, comment="blank: in formgrader, which keeps no name"),
    sa.Column("before", sa.Float, comment="NULL where nobody had marked it"),
    sa.Column("after", sa.Float, comment="NULL where a mark was taken back"),
    sa.Column("least", sa.Float, nullable=False),
    sa.Column("most", sa.Float, nullable=False),
    sa.Column("comment", sa.Text, nullable=False, comment="for the learner"),
    sa.Column("why", sa.Text, nullable=False, comment="for those who mark"),
    sa.Column("submission_sha256", _sha, nullable=False, comment="what was read"),
    sa.Column("given_at", sa.String(40), nullable=False),
    sa.Index("cohort_mark_of", "lesson", "student"),
)
"""Every mark that a person gave, in the order in which it came in; nothing here is ever changed."""
