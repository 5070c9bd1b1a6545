"""Makes the empty store of `curriculum.practice.runs` with the real MLflow: `python -m tests.helpers.empty_store`.

Needs mlflow or mlflow-skinny. Say the revision that it prints in `store.py`.
"""

from __future__ import annotations

import gzip
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import curriculum.practice.runs.store as store


def empty(path: Path) -> str:
    """Let MLflow make and migrate its tables at a path, without anything in them; returns their revision."""
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    made = SqlAlchemyStore(f"sqlite:///{path}", "./artifacts")
    made.engine.dispose()
    with closing(sqlite3.connect(path)) as tables:
        # When and where it was made is nobody's business, and would make each one differ.
        tables.execute("UPDATE experiments SET creation_time = 0, last_update_time = 0, artifact_location = ?",
                       ("./artifacts/0",))  # fmt: skip
        tables.commit()
        tables.execute("VACUUM")
        return str(tables.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        revision = empty(path)
        target = Path(store.__file__).parent / store.EMPTY
        target.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    print(f"{target}: revision {revision}, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
