"""The store of runs in the folder of a learner: made from the world's table of runs, set and read without MLflow."""

from __future__ import annotations

import datetime as dt
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.cases import Case, load_case
from curriculum.cases.pod_in_flight.draw import OLD, SLUG, TODAY, WEEKS
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice.runs import Alias, Record, Store, names, read_alias, set_alias, write

if TYPE_CHECKING:
    from curriculum.notebook.lesson import Lesson

MODEL, ALIAS = "payments_fraud", "champion"
FOLDER, FILE = "runs", "store.db"
HOUR = 3_600_000
WITHOUT = (
    "MLflow is not installed, and nothing here needs it. To have its client and its page, run `make mlflow` in the "
    "folder of the course once."
)
QUIET = "MLFLOW_DISABLE_TELEMETRY"


class StoreOfRuns:
    """A lesson's store on disk."""

    def __init__(self, lesson: Lesson) -> None:
        self._case = load_case(SLUG, lesson.seed)
        self.path: Path = lesson._files.folder / FOLDER / FILE
        self.shown = f"{FOLDER}/{FILE}"

    def make(self) -> bool:
        """Make it where it is missing; whether it was made. Raises OSError."""
        if self.path.exists():
            return False
        write(self.path, store_of(self._case))
        return True

    def names(self) -> tuple[str, ...]:
        """The names of its runs. Raises StoreMissing, StoreDamaged."""
        return names(self.path)

    def alias(self) -> Alias:
        """What the alias names now. Raises StoreMissing, StoreDamaged."""
        return read_alias(self.path, MODEL, ALIAS)

    def set(self, run: str) -> Alias:
        """Let the alias name a run. Raises LookupError, StoreMissing, StoreDamaged."""
        return set_alias(self.path, MODEL, ALIAS, run)

    def client(self) -> Any:
        """A client of the real MLflow, or a sentence on how to get it."""
        os.environ.setdefault(QUIET, "true")
        try:
            from mlflow import MlflowClient
        except ImportError:
            return Spoken(WITHOUT)
        uri = f"sqlite:///{self.path.resolve()}"
        return MlflowClient(tracking_uri=uri, registry_uri=uri)


def store_of(case: Case) -> Store:
    """The store of one world, as it is before anybody has set anything."""
    table = case.columns["runs"]
    begun = dt.datetime.combine(TODAY - dt.timedelta(weeks=WEEKS), dt.time(6), dt.UTC)
    start = int(begun.timestamp() * 1000)
    records = []
    for number, name in enumerate(table["run"].tolist()):
        row = {column: values[number].item() for column, values in table.items()}
        params = {key: str(row[key]) for key in ("split", "seed", "features") if row[key] != ""}
        metrics = {key: float(row[key]) for key in ("caught_at_5", "p95_bench_ms") if not math.isnan(row[key])}
        tags = {key: str(row[key]) for key in ("commit", "data_hash", "rerun_of") if row[key] != ""}
        at = start + number * 60 * HOUR
        records.append(Record(name, params, metrics, tags, at, at + 2 * HOUR, row["status"] == "failed"))
    version = case.truth.version
    return Store(
        key=f"{SLUG}/{case.seed}",
        experiment="payments",
        records=records,
        model=MODEL,
        versions={version: OLD},
        aliases={ALIAS: version},
    )
