"""The version of a course's own tables: new ones are made, older ones brought up to date, newer ones refused."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from curriculum.cohort.course import CourseError
from curriculum.cohort.own_tables import INDICES, metadata

HEAD = "5"
"""The version of `own_tables`; the last step in `migrations/versions`."""

VERSION_TABLE = "cohort_version"
"""Apart from nbgrader's own `alembic_version`, which stands in the same database."""

_version = sa.table(VERSION_TABLE, sa.column("version_num"))


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make the course's own tables, or take the steps from an older version, after a copy of the gradebook's file.

    Raises CourseError with one sentence for tables of a newer version, which are left as they are.
    """
    found = _found(engine)
    if found == HEAD:
        return
    if not found:
        with engine.begin() as db:
            metadata.create_all(db)
            index(db)
            _stamp(db, HEAD)
        return
    if not found.isdecimal() or int(found) > int(HEAD):
        raise CourseError(
            f"This course was last used by a newer version of the curriculum (tables {found}; this one knows {HEAD}). "
            f"Nothing was changed. Update the curriculum, then run the same command again."
        )
    _back_up(engine, found)
    _upgrade(engine, found)


def index(db: sa.Connection) -> None:
    """Let nbgrader find rows of a learner or a lesson in its own tables, where those are there."""
    tables = set(sa.inspect(db).get_table_names())
    for name, (table, column) in INDICES.items():
        if table in tables:
            db.execute(sa.text(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({column})"))


def _found(engine: sa.Engine) -> str:
    """The version of the tables that are there; blank where there are none."""
    with engine.connect() as db:
        tables = set(sa.inspect(db).get_table_names())
        if VERSION_TABLE in tables:
            return str(db.execute(sa.select(_version.c.version_num)).scalar_one())
        if "cohort_attempt" not in tables:
            return ""
        columns = {column["name"] for column in sa.inspect(db).get_columns("cohort_attempt")}
        return "2" if "verdicts" in columns else "1"


def _back_up(engine: sa.Engine, found: str) -> None:
    """A copy beside the file, where the gradebook is one; PostgreSQL takes all steps or none."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    path = Path(engine.url.database)
    copy = path.with_name(f"{path.stem}-before-tables-{HEAD}-were-{found}{path.suffix}")
    if copy.exists():
        return  # of an earlier try, from before anything was changed
    partial = copy.with_name(f".saving-{copy.name}")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT, 0o600))
    with sqlite3.connect(path) as source, sqlite3.connect(partial) as target:
        source.backup(target)
    partial.replace(copy)


def _upgrade(engine: sa.Engine, found: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as db:
        if engine.dialect.name == "sqlite":
            db.exec_driver_sql("BEGIN IMMEDIATE")  # all steps or none: it begins no transaction by itself for tables
        if VERSION_TABLE not in sa.inspect(db).get_table_names():
            _stamp(db, found)
        config.attributes["connection"] = db
        command.upgrade(config, "head")


def _stamp(db: sa.Connection, version: str) -> None:
    db.execute(sa.text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    db.execute(sa.insert(_version).values(version_num=version))
