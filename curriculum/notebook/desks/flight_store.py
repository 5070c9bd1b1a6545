"""The store of runs in the folder of a learner: made from the world's table of runs, set and read without MLflow."""

from __future__ import annotations

import datetime as dt
import math
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.cases import Case, load_case
from curriculum.cases.pod_in_flight.draw import OLD, SLUG, TODAY, WEEKS
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice.runs import (
    Alias,
    Record,
    Store,
    StoreDamaged,
    names,
    read_alias,
    run_id,
    set_alias,
    write,
)

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
        self.ids = {name: run_id(_key(self._case), name) for name in self._case.columns["runs"]["run"].tolist()}
        """The runs that this world's store has at first, each with its id."""

    def make(self) -> bool:
        """Make it where nothing is in its place; whether it was made. Raises StoreDamaged."""
        try:
            if os.path.lexists(self.path):
                return False
            write(self.path, store_of(self._case))
        except OSError as error:
            raise StoreDamaged(f"it cannot be made ({(error.strerror or 'the system refused').lower()})") from None
        return True

    def names(self) -> tuple[str, ...]:
        """The names of its runs. Raises StoreMissing, StoreBusy, StoreDamaged, also where it is another world's."""
        found = names(self.path)
        if not set(found) & set(self.ids.values()):
            raise StoreDamaged("its runs are those of another world")
        return tuple(found.values())

    def alias(self) -> Alias:
        """What the alias names now, by the name that the run had at first, or else as the store calls it.

        Raises StoreMissing, StoreBusy, StoreDamaged, NothingNamed.
        """
        self.names()
        found = read_alias(self.path, MODEL, ALIAS)
        return replace(found, run=next((name for name, id in self.ids.items() if id == found.id), found.run))

    def set(self, run: str) -> int:
        """Let the alias name a run that was there at first, and return its version.

        Raises LookupError, StoreMissing, StoreBusy, StoreDamaged.
        """
        self.names()
        return set_alias(self.path, MODEL, ALIAS, self.ids[run])

    def client(self) -> Any:
        """A client of the real MLflow, or a sentence on how to get it."""
        os.environ.setdefault(QUIET, "true")
        try:
            from mlflow import MlflowClient
        except ImportError:
            return Spoken(WITHOUT)
        uri = f"sqlite:///{self.path.resolve()}"
        return MlflowClient(tracking_uri=uri, registry_uri=uri)


def _key(case: Case) -> str:
    return f"{SLUG}/{case.seed}"


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
        key=_key(case),
        experiment="payments",
        records=records,
        model=MODEL,
        versions={version: OLD},
        aliases={ALIAS: version},
    )
