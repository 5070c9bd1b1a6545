"""Who reads whose words, and every mark that a person gives."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Marks that were given before are noted when the course is next read."""
    op.create_table(
        "cohort_marker",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.String(128), nullable=False),
        sa.Column("lesson", sa.String(128), nullable=False),
        sa.Column("second", sa.Boolean, nullable=False),
        sa.Column("marker", sa.String(128), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("given_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("student", "lesson", "second", name="cohort_marker_once"),
    )
    op.create_table(
        "cohort_mark",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.String(128), nullable=False),
        sa.Column("lesson", sa.String(128), nullable=False),
        sa.Column("criterion", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("marker", sa.String(128), nullable=False),
        sa.Column("before", sa.Float),
        sa.Column("after", sa.Float),
        sa.Column("least", sa.Float, nullable=False),
        sa.Column("most", sa.Float, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("submission_sha256", sa.String(64), nullable=False),
        sa.Column("given_at", sa.String(40), nullable=False),
    )
    op.create_index("cohort_mark_of", "cohort_mark", ["lesson", "student"])
