"""Lateness is worked out where a grade is read, and no longer kept; extensions are."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Nothing is lost: when something was handed in and when it was due are both kept."""
    op.drop_column("cohort_attempt", "seconds_late")
    op.create_table(
        "cohort_extension",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.String(128), nullable=False),
        sa.Column("section", sa.String(128), nullable=False),
        sa.Column("lesson", sa.String(128), nullable=False),
        sa.Column("until", sa.String(40)),
        sa.Column("days", sa.Integer),
        sa.Column("excused", sa.Boolean, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("given_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("student", "section", "lesson", name="cohort_extension_once"),
    )
