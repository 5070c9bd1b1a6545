"""Verdicts stand with their attempt. Reports of the first kind cannot be read any more: those are judged again."""

import json
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"

attempt = sa.table(
    "cohort_attempt",
    sa.column("id", sa.Integer),
    sa.column("verdicts"),
    sa.column("report"),
    sa.column("grader_sha256"),
)
verdict = sa.table(
    "cohort_verdict", sa.column("attempt"), sa.column("criterion"), sa.column("passed"), sa.column("counted")
)


def upgrade() -> None:
    """Take the rows of verdicts over into the attempts."""
    db = op.get_bind()
    op.add_column("cohort_attempt", sa.Column("verdicts", sa.Text, nullable=False, server_default="{}"))
    found: dict[int, dict[str, bool | None]] = defaultdict(dict)
    for row in db.execute(sa.select(verdict)):
        found[row.attempt][row.criterion] = bool(row.passed) if row.counted else None
    if found:
        db.execute(
            sa.update(attempt).where(attempt.c.id == sa.bindparam("_id")).values(verdicts=sa.bindparam("_verdicts")),
            [{"_id": id, "_verdicts": json.dumps(verdicts)} for id, verdicts in found.items()],
        )
    of_then = sa.literal("before-") + sa.cast(attempt.c.id, sa.String)
    # No grader has such a hash, so that the next `cohort grade` judges them again; each is told apart by its id.
    db.execute(sa.update(attempt).values(report=None, grader_sha256=of_then))
    op.drop_table("cohort_verdict")
    op.drop_table("cohort_score")
    tables = sa.inspect(db).get_table_names()
    if "cohort_rubric" not in tables:
        op.create_table(
            "cohort_rubric",
            sa.Column("sha256", sa.String(64), primary_key=True),
            sa.Column("lesson", sa.String(128), nullable=False),
            sa.Column("words", sa.LargeBinary, nullable=False),
        )
