"""A store of runs: the same bytes twice, read by the real MLflow, and nothing believed of a file that was damaged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from curriculum.practice.runs import (
    REVISION,
    Alias,
    NothingNamed,
    Record,
    Store,
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    names,
    read_alias,
    run_id,
    set_alias,
    write,
)

STORE = Store(
    "trial", "spring",
    (Record("old", {"seed": "3"}, {"caught": 50.5}, {"data_hash": "ab"}, 1000, 2000),
     Record("new", {}, {"caught": 61.0}, {}, 3000, 4000),
     Record("broken", {}, {}, {}, 5000, 6000, failed=True)),
    "fraud", {4: "old"}, {"champion": 4},
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "a folder" / "store.db"
    write(path, STORE)
    return path


def test_the_same_store_is_the_same_bytes_and_leaves_nothing_else(store: Path) -> None:
    first = store.read_bytes()
    write(store, STORE)
    assert store.read_bytes() == first and list(store.parent.iterdir()) == [store]
    with closing(sqlite3.connect(store)) as tables:
        assert tables.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
        assert tables.execute("PRAGMA foreign_key_check").fetchall() == []
        assert tables.execute("PRAGMA integrity_check").fetchone() == ("ok",)


OLD, NEW = (run_id("trial", name) for name in ("old", "new"))


def change(store: Path, script: str) -> None:
    """Do to a store what somebody else may have done."""
    with closing(sqlite3.connect(store)) as tables:
        tables.executescript(f"PRAGMA foreign_keys = OFF; {script};")


def test_an_alias_is_set_and_read_without_mlflow(store: Path) -> None:
    assert names(store) == {OLD: "old", NEW: "new", run_id("trial", "broken"): "broken"}
    assert read_alias(store, "fraud", "champion") == Alias(4, OLD, "old")
    assert set_alias(store, "fraud", "champion", NEW) == 5
    assert read_alias(store, "fraud", "champion") == Alias(5, NEW, "new")
    assert set_alias(store, "fraud", "champion", OLD) == 4, "a run keeps its version"
    assert set_alias(store, "fraud", "champion", NEW) == 5
    with pytest.raises(LookupError):
        set_alias(store, "fraud", "champion", "nobody")
    with pytest.raises(NothingNamed, match="no alias shadow"):
        read_alias(store, "fraud", "shadow")


@pytest.mark.slow
def test_the_real_client_finds_runs_and_sets_what_is_read_back(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    monkeypatch.chdir(store.parent)
    from mlflow import MlflowClient
    from mlflow.store.db.utils import _get_latest_schema_revision

    assert _get_latest_schema_revision() == REVISION, "make the empty store anew: python -m tests.helpers.empty_store"
    uri = f"sqlite:///{store}"
    client = MlflowClient(tracking_uri=uri, registry_uri=uri)
    (experiment,) = (one for one in client.search_experiments() if one.name == "spring")
    found = client.search_runs([experiment.experiment_id], order_by=["metrics.caught DESC"])
    assert [run.info.run_name for run in found][:2] == ["new", "old"]
    (old,) = client.search_runs([experiment.experiment_id], filter_string="tags.data_hash = 'ab'")
    assert old.data.params == {"seed": "3"} and old.data.metrics == {"caught": 50.5}
    assert client.get_model_version_by_alias("fraud", "champion").run_id == old.info.run_id == run_id("trial", "old")
    version = client.create_model_version("fraud", f"runs:/{found[0].info.run_id}/model", found[0].info.run_id)
    client.set_registered_model_alias("fraud", "champion", version.version)
    assert read_alias(store, "fraud", "champion") == Alias(5, NEW, "new")
    client.delete_model_version("fraud", "5")
    with pytest.raises(NothingNamed, match="no alias"):
        read_alias(store, "fraud", "champion")
    assert set_alias(store, "fraud", "champion", NEW) == 6, "a version that was deleted does not come back"
    assert set_alias(store, "fraud", "champion", OLD) == 4
    assert int(client.get_model_version_by_alias("fraud", "champion").version) == 4
    client.delete_registered_model("fraud")
    assert set_alias(store, "fraud", "champion", NEW) == 1
    assert client.get_model_version_by_alias("fraud", "champion").run_id == NEW


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS version, '' AS name FROM n"


TWO_ALIASES = """
    DROP TABLE registered_model_aliases;
    CREATE TABLE registered_model_aliases (alias, version INTEGER, name, workspace);
    INSERT INTO registered_model_aliases VALUES ('champion', 4, 'fraud', 'default'), ('champion', 4, 'fraud', 'default')
"""
WAKES = "CREATE TRIGGER wakes AFTER INSERT ON registered_model_aliases BEGIN DELETE FROM runs; END"
HUGE = "printf('%.*c', 900000000, 'x')"


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"SQLite format 3\0 and then nothing", b"\0" * 5000,
        "DROP TABLE registered_model_aliases",
        "UPDATE registered_model_aliases SET version = 'many'", "UPDATE runs SET name = x'ff00'",
        f"DROP TABLE runs; CREATE VIEW runs AS {ENDLESS}",
        f"ALTER TABLE runs RENAME TO r; CREATE VIEW runs AS SELECT run_uuid, {HUGE} AS name, lifecycle_stage FROM r",
        f"ALTER TABLE runs DROP COLUMN name; ALTER TABLE runs ADD COLUMN name TEXT AS ({HUGE})",
        "CREATE VIRTUAL TABLE found USING fts5(name); DROP TABLE runs; ALTER TABLE found RENAME TO runs",
        TWO_ALIASES, WAKES,
    ],
)  # fmt: skip
def test_of_a_damaged_store_nothing_is_believed(store: Path, damage: bytes | str) -> None:
    if isinstance(damage, bytes):
        store.write_bytes(damage)
    else:
        change(store, damage)
    before = store.read_bytes()
    with pytest.raises((StoreDamaged, NothingNamed)):
        read_alias(store, "fraud", "champion")
    if damage in (WAKES, b""):
        with pytest.raises(StoreDamaged):
            set_alias(store, "fraud", "champion", NEW)
    assert store.read_bytes() == before


@pytest.mark.parametrize("column", ["end_time = 'late' WHERE name = 'new'", "end_time = x'ff' WHERE name = 'new'"])
def test_what_is_no_number_is_not_taken_for_one(store: Path, column: str) -> None:
    change(store, f"UPDATE runs SET {column}")
    with pytest.raises(StoreDamaged):
        set_alias(store, "fraud", "champion", NEW)
    change(store, "UPDATE runs SET end_time = 1; UPDATE model_versions SET version = 'many'")
    with pytest.raises(StoreDamaged):
        set_alias(store, "fraud", "champion", NEW)


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are those of posix")
@pytest.mark.parametrize("beside", ["store.db", "store.db-journal", "store.db-wal"])
def test_a_pipe_and_a_link_are_no_store_and_nobody_waits_for_them(store: Path, beside: str) -> None:
    place = store.with_name(beside)
    real = store.rename(store.with_name("elsewhere.db")) if place == store else store
    os.mkfifo(place)
    with pytest.raises(StoreDamaged):
        read_alias(store, "fraud", "champion")
    place.unlink()
    place.symlink_to(real)
    with pytest.raises(StoreDamaged):
        set_alias(store, "fraud", "champion", NEW)
    place.unlink()
    place.symlink_to("nowhere")
    with pytest.raises(StoreDamaged):
        read_alias(store, "fraud", "champion")


def test_names_that_were_changed_or_given_twice_do_not_matter(store: Path) -> None:
    change(store, "UPDATE runs SET name = 'old' WHERE name = 'new'")
    assert set_alias(store, "fraud", "champion", NEW) == 5
    assert read_alias(store, "fraud", "champion") == Alias(5, NEW, "old")


def test_an_alias_on_what_was_deleted_names_nothing(store: Path) -> None:
    change(store, "UPDATE model_versions SET current_stage = 'Deleted_Internal'")
    with pytest.raises(NothingNamed, match="version 4, which is not there"):
        read_alias(store, "fraud", "champion")
    assert set_alias(store, "fraud", "champion", OLD) == 5
    change(store, "UPDATE runs SET lifecycle_stage = 'deleted'")
    with pytest.raises(NothingNamed, match="whose run was deleted"):
        read_alias(store, "fraud", "champion")
    with pytest.raises(LookupError):
        set_alias(store, "fraud", "champion", OLD)
    assert names(store) == {}
    change(store, "DELETE FROM model_versions")
    with pytest.raises(NothingNamed):
        read_alias(store, "fraud", "champion")


def test_a_store_that_is_written_to_is_busy_and_a_missing_one_is_missing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0.01}))
    with closing(connect(store)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy):
            read_alias(store, "fraud", "champion")
    store.unlink()
    with pytest.raises(StoreMissing):
        read_alias(store, "fraud", "champion")
