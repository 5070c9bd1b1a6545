"""Experiment runs in a store that MLflow reads: made without MLflow, read back without trusting it."""

from curriculum.practice.runs.store import (
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

__all__ = [
    "REVISION",
    "Alias",
    "NothingNamed",
    "Record",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreMissing",
    "names",
    "read_alias",
    "run_id",
    "set_alias",
    "write",
]
