"""Alembic runs this: the steps are taken in the connection that `curriculum.cohort.schema` hands over."""

from alembic import context

from curriculum.cohort.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()
