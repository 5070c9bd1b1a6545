"""nbgrader's tables, as far as they are used here; nbgrader itself makes them."""

from __future__ import annotations

import sqlalchemy as sa

_metadata = sa.MetaData()
_id = sa.String(32)

assignment = sa.Table(
    "assignment", _metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("name", sa.String(128)), sa.Column("duedate", sa.DateTime),
    sa.Column("course_id", sa.String(128)),
)  # fmt: skip
notebook = sa.Table(
    "notebook", _metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("name", sa.String(128)), sa.Column("assignment_id", _id),
)  # fmt: skip
cell = sa.Table(
    "base_cell", _metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("name", sa.String(128)), sa.Column("notebook_id", _id),
    sa.Column("type", sa.String(50)),
)  # fmt: skip
grade_cell = sa.Table(
    "grade_cells", _metadata, sa.Column("id", _id, primary_key=True), sa.Column("max_score", sa.Float)
)
task_cell = sa.Table("task_cells", _metadata, sa.Column("id", _id, primary_key=True), sa.Column("max_score", sa.Float))
student = sa.Table(
    "student", _metadata,
    sa.Column("id", sa.String(128), primary_key=True), sa.Column("first_name", sa.String(128)),
    sa.Column("last_name", sa.String(128)), sa.Column("email", sa.String(128)),
    sa.Column("lms_user_id", sa.String(128)),
)  # fmt: skip
submission = sa.Table(
    "submitted_assignment", _metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("assignment_id", _id), sa.Column("student_id", sa.String(128)),
    sa.Column("timestamp", sa.DateTime), sa.Column("extension", sa.Interval),
)  # fmt: skip
submitted_notebook = sa.Table(
    "submitted_notebook", _metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("assignment_id", _id), sa.Column("notebook_id", _id),
    sa.Column("flagged", sa.Boolean), sa.Column("late_submission_penalty", sa.Float),
)  # fmt: skip
grade = sa.Table(
    "grade", _metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("notebook_id", _id), sa.Column("cell_id", _id),
    sa.Column("auto_score", sa.Float), sa.Column("manual_score", sa.Float), sa.Column("extra_credit", sa.Float),
    sa.Column("needs_manual_grade", sa.Boolean),
)  # fmt: skip
comment = sa.Table(
    "comment", _metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("notebook_id", _id), sa.Column("cell_id", _id),
    sa.Column("auto_comment", sa.Text), sa.Column("manual_comment", sa.Text),
)  # fmt: skip
