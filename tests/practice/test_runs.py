"""A store of runs: the same bytes twice, read by the real MLflow, and nothing believed of a file that was damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from curriculum.practice.runs import (
    REVISION,
    Alias,
    Record,
    Store,
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


def test_an_alias_is_set_and_read_without_mlflow(store: Path) -> None:
    assert names(store) == ("old", "new", "broken")
    assert read_alias(store, "fraud", "champion") == Alias(4, "old")
    assert set_alias(store, "fraud", "champion", "new") == Alias(5, "new") == read_alias(store, "fraud", "champion")
    assert set_alias(store, "fraud", "champion", "old") == Alias(4, "old"), "a run keeps its version"
    assert set_alias(store, "fraud", "champion", "new") == Alias(5, "new")
    with pytest.raises(LookupError):
        set_alias(store, "fraud", "champion", "nobody")
    with pytest.raises(StoreDamaged, match="no alias shadow"):
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
    assert read_alias(store, "fraud", "champion") == Alias(5, "new")
    assert set_alias(store, "fraud", "champion", "old").version == 4
    assert int(client.get_model_version_by_alias("fraud", "champion").version) == 4


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS version, '' AS name FROM n"


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"SQLite format 3\0 and then nothing", b"\0" * 5000,
        "DROP TABLE registered_model_aliases", "DELETE FROM model_versions",
        "UPDATE registered_model_aliases SET version = 'many'", "UPDATE runs SET name = x'ff00'",
        f"DROP TABLE runs; CREATE VIEW runs AS {ENDLESS}",
    ],
)  # fmt: skip
def test_of_a_damaged_store_nothing_is_believed(store: Path, damage: bytes | str) -> None:
    if isinstance(damage, bytes):
        store.write_bytes(damage)
    else:
        with closing(sqlite3.connect(store)) as tables:
            tables.executescript(f"PRAGMA foreign_keys = OFF; {damage};")
    with pytest.raises(StoreDamaged):
        read_alias(store, "fraud", "champion")


def test_a_deleted_run_a_missing_file_and_one_that_is_written_to(store: Path) -> None:
    with closing(sqlite3.connect(store)) as tables:
        tables.execute("UPDATE runs SET lifecycle_stage = 'deleted'")
        tables.commit()
    assert read_alias(store, "fraud", "champion") == Alias(4, "") and names(store) == ()
    store.unlink()
    with pytest.raises(StoreMissing):
        read_alias(store, "fraud", "champion")
