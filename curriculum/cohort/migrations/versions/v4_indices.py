"""Indices on nbgrader's tables, so that formgrader's pages do not look through all rows for each learner."""

from alembic import op

from curriculum.cohort.schema import index

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Nothing in a table changes."""
    index(op.get_bind())
