"""A tracking store of MLflow as a SQLite file: written with the standard library, and read as a file of anybody's.

The tables are MLflow's own. An empty store, migrated once by the real MLflow (`python -m tests.helpers.empty_store`),
lies beside this module; a newer MLflow migrates it once more when it first opens it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from urllib.parse import quote

EMPTY = "empty_store.db.gz"
REVISION = "dc11669786a5"
"""The revision of MLflow's tables in the empty store, of MLflow 3.17.2."""
EXPERIMENT_ID = 1
LARGEST = 64 * 1024 * 1024
"""Bytes: a store that is larger is not read."""
MOST_STEPS = 4_000_000
"""Steps of SQLite's machine that reading may take: a file can be made so that it never ends."""
LONGEST_VALUE = 1_000_000
"""Bytes of one value: a file can be made so that one fills the memory."""
TABLES = ("registered_model_aliases", "registered_models", "model_versions", "runs")
"""Those that are read and written here."""
DELETED = "Deleted_Internal"
"""The stage of versions that were deleted: MLflow keeps their rows."""


class StoreMissing(Exception):
    """There is no store."""


class StoreDamaged(Exception):
    """The file is no store of runs, or not any more; the message says what is wrong."""


class StoreBusy(Exception):
    """Another program is writing to the store."""


class NothingNamed(Exception):
    """The store is whole, and the alias names nothing that is there; the message says what it names."""


@dataclass(frozen=True)
class Record:
    """One run as it is logged."""

    name: str
    params: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    start: int
    """Milliseconds since 1970."""
    end: int
    failed: bool = False
    user: str = "pod"


@dataclass(frozen=True)
class Store:
    """What a store holds at first."""

    key: str
    """What the ids of runs are made from: equal keys and names give equal ids."""
    experiment: str
    records: Sequence[Record]
    model: str
    """The name of the registered model."""
    versions: Mapping[int, str] = field(default_factory=dict)
    """Versions of the model, each with the name of its run."""
    aliases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Alias:
    """What an alias names."""

    version: int
    id: str
    """The 32 digits of the run behind it. Names can be changed and given twice."""
    run: str
    """Its name in the store."""


def run_id(key: str, name: str) -> str:
    """The 32 digits by which MLflow knows a run."""
    return hashlib.sha256(f"{key}/{name}".encode()).hexdigest()[:32]


def write(path: Path, store: Store) -> None:
    """Make the store at a path, whole or not at all; the same store gives the same bytes. Raises OSError."""
    empty = gzip.decompress(resources.files("curriculum.practice.runs").joinpath(EMPTY).read_bytes())
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(empty)
        with closing(sqlite3.connect(name)) as open_store, open_store:
            _fill(open_store, store)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _fill(connection: sqlite3.Connection, store: Store) -> None:
    begun = min((record.start for record in store.records), default=0)
    where = f"./artifacts/{EXPERIMENT_ID}"
    _insert(connection, "experiments", experiment_id=EXPERIMENT_ID, name=store.experiment, artifact_location=where,
            lifecycle_stage="active", creation_time=begun, last_update_time=begun, workspace="default")  # fmt: skip
    for record in store.records:
        run = run_id(store.key, record.name)
        _insert(connection, "runs", run_uuid=run, name=record.name, source_type="LOCAL", source_name="train.py",
                entry_point_name="", user_id=record.user, status="FAILED" if record.failed else "FINISHED",
                start_time=record.start, end_time=record.end, source_version="", lifecycle_stage="active",
                artifact_uri=f"{where}/{run}/artifacts", experiment_id=EXPERIMENT_ID)  # fmt: skip
        for key, text in record.params.items():
            _insert(connection, "params", key=key, value=text, run_uuid=run)
        for key, value in record.metrics.items():
            _insert(connection, "metrics", key=key, value=value, timestamp=record.end, run_uuid=run, step=0, is_nan=0)
            # Lists and searches read this one.
            _insert(connection, "latest_metrics", key=key, value=value, timestamp=record.end, step=0, is_nan=0,
                    run_uuid=run)  # fmt: skip
        for key, text in {"mlflow.runName": record.name, "mlflow.user": record.user, **record.tags}.items():
            _insert(connection, "tags", key=key, value=text, run_uuid=run)
    last = max((record.end for record in store.records), default=0)
    _model(connection, store.model, begun)
    for version, name in sorted(store.versions.items()):
        _version(connection, store.model, version, run_id(store.key, name), last)
    for alias, version in sorted(store.aliases.items()):
        _insert(connection, "registered_model_aliases", alias=alias, version=version, name=store.model,
                workspace="default")  # fmt: skip


def _model(connection: sqlite3.Connection, name: str, at: int) -> None:
    _insert(connection, "registered_models", name=name, creation_time=at, last_updated_time=at, description="",
            workspace="default")  # fmt: skip


def _version(connection: sqlite3.Connection, model: str, version: int, run: str, at: int) -> None:
    _insert(connection, "model_versions", name=model, version=version, creation_time=at, last_updated_time=at,
            description="", user_id="pod", current_stage="None", source=f"runs:/{run}/model", run_id=run,
            status="READY", status_message="", run_link="", workspace="default")  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, **values: object) -> None:
    """Insert a row; names of tables and columns are this module's own, values are bound."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values()))


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """The store as a connection that cannot run for ever. Raises StoreMissing, StoreBusy and StoreDamaged."""
    if not os.path.lexists(path):
        raise StoreMissing("there is no store")
    beside = (path.with_name(f"{path.name}-{end}") for end in ("journal", "wal", "shm"))
    if not _is_file(path) or not all(_is_file(one) for one in beside if os.path.lexists(one)):
        raise StoreDamaged("something else stands in its place")
    if path.stat().st_size > LARGEST:
        raise StoreDamaged("it is too large")
    steps = iter(range(MOST_STEPS // 10_000))
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, timeout=5)) as found:
            found.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
            found.execute("PRAGMA trusted_schema = OFF")
            found.set_progress_handler(lambda: int(next(steps, None) is None), 10_000)
            _only_tables(found)
            yield found
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreBusy("another program is writing to it") from None
        raise StoreDamaged("it is no store of runs") from None
    except (sqlite3.Error, UnicodeDecodeError, OverflowError):
        raise StoreDamaged("it is no store of runs") from None


def _is_file(path: Path) -> bool:
    """Whether this is a file itself: a link leads anywhere, and opening a pipe never ends."""
    return path.is_file() and not path.is_symlink()


def _only_tables(store: sqlite3.Connection) -> None:
    """Raises StoreDamaged where a view stands for a table, or something is worked out when one is read or written:
    MLflow's tables have nothing of the kind, and it may take as long as somebody likes."""
    marks = ", ".join("?" for _ in TABLES)
    tables, triggers = store.execute(
        f"SELECT COALESCE(SUM(type = 'table' AND rootpage > 0 AND lower(name) IN ({marks})), 0), "
        f"COALESCE(SUM(type = 'trigger' AND lower(tbl_name) IN ({marks})), 0) FROM sqlite_master",
        TABLES * 2,
    ).fetchone()
    if tables != len(TABLES):
        raise StoreDamaged("it is no store of runs")
    worked_out = any(
        store.execute("SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden > 1", (name,)).fetchone() for name in TABLES
    )
    if triggers or worked_out:
        raise StoreDamaged("something in it runs by itself")


def read_alias(path: Path, model: str, alias: str) -> Alias:
    """What an alias of a registered model names. Raises StoreMissing, StoreBusy, StoreDamaged, and NothingNamed where
    the alias is not set or what it names was deleted."""
    with _opened(path, "ro") as store:
        rows = store.execute(
            "SELECT a.version, v.run_id, r.name FROM registered_model_aliases a "
            "LEFT JOIN model_versions v ON v.name = a.name AND v.version = a.version AND v.workspace = a.workspace "
            "AND v.current_stage <> ? "
            "LEFT JOIN runs r ON r.run_uuid = v.run_id AND r.lifecycle_stage = 'active' "
            "WHERE a.name = ? AND a.alias = ? AND a.workspace = 'default' LIMIT 2",
            (DELETED, model, alias),
        ).fetchall()
    if not rows:
        raise NothingNamed(f"its model {model} has no alias {alias}")
    version, id, name = rows[0]
    if len(rows) > 1 or not isinstance(version, int) or not all(isinstance(one, str | None) for one in (id, name)):
        raise StoreDamaged("it is no store of runs")
    if id is None:
        raise NothingNamed(f"{model}@{alias} names version {version}, which is not there or was deleted")
    if name is None:
        raise NothingNamed(f"{model}@{alias} names version {version}, whose run was deleted")
    return Alias(version, id[:80], name[:80])


def names(path: Path) -> dict[str, str]:
    """The names of all runs that are not deleted by their ids, in the order in which they were begun."""
    with _opened(path, "ro") as store:
        rows = store.execute(
            "SELECT run_uuid, name FROM runs WHERE lifecycle_stage = 'active' ORDER BY start_time, run_uuid LIMIT 1000"
        ).fetchall()
    return {str(id)[:80]: str(name)[:80] for id, name in rows}


def set_alias(path: Path, model: str, alias: str, id: str) -> int:
    """Let an alias name the run with this id, and return its version: the one that it is registered as, or a new one.

    Raises StoreMissing, StoreBusy, StoreDamaged, and LookupError for a run that the store does not have.
    """
    with _opened(path, "rw") as store:
        found = store.execute(
            "SELECT end_time FROM runs WHERE run_uuid = ? AND lifecycle_stage = 'active'", (id,)
        ).fetchone()
        if found is None:
            raise LookupError(id)
        at = _whole(found[0])
        if not store.execute("SELECT 1 FROM registered_models WHERE name = ?", (model,)).fetchone():
            _model(store, model, at)
        registered = store.execute(
            "SELECT MAX(version) FROM model_versions WHERE name = ? AND run_id = ? AND current_stage <> ?",
            (model, id, DELETED),
        ).fetchone()[0]
        known = _whole(registered)
        if not known:
            highest = store.execute("SELECT MAX(version) FROM model_versions WHERE name = ?", (model,)).fetchone()[0]
            known = _whole(highest) + 1
            _version(store, model, known, id, at)
        store.execute("DELETE FROM registered_model_aliases WHERE name = ? AND alias = ?", (model, alias))
        _insert(store, "registered_model_aliases", alias=alias, version=known, name=model, workspace="default")
        store.commit()
    return known


def _whole(value: object) -> int:
    """A whole number of the store, nothing for none: its columns hold whatever somebody put in."""
    if not isinstance(value, int | None):
        raise StoreDamaged("it is no store of runs")
    return value or 0
