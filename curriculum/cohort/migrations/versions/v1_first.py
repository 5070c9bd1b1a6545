"""The first tables: an attempt, and a row for each verdict. Such courses exist; nothing is made here any more."""

revision = "1"
down_revision = None


def upgrade() -> None:
    """Courses of that time have these tables already."""
