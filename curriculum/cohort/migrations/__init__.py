"""How the course's own tables came to be what they are, step by step, as Alembic runs it."""
