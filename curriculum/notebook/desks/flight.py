"""The desk of `pod_in_flight`: its store of runs, fair comparisons of candidates, gates on past builds, a log of waits.

What needs numbers that only people know asks for them as arguments; nothing here tells them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from curriculum.artifacts.pipeline import Pipeline
from curriculum.cases import load_case
from curriculum.cases.pod_in_flight import entries, log
from curriculum.cases.pod_in_flight.candidates import AGAIN, CANDIDATES, Gain, read_gain
from curriculum.cases.pod_in_flight.draw import CALLS, HALVES, LIMIT_MS, OLD, SLICES, SLUG, SQUADS
from curriculum.consequences.flight_nights import gates_of, steps_of
from curriculum.notebook.desks.flight_actions import actions
from curriculum.notebook.desks.flight_store import ALIAS, MODEL, StoreOfRuns
from curriculum.notebook.desks.spoken import Spoken
from curriculum.pages.page import Page
from curriculum.practice.gates import run
from curriculum.practice.runs import Alias, NothingNamed, StoreBusy, StoreDamaged, StoreMissing

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.notebook.lesson import Lesson

__all__ = ["actions", "again", "by_squad", "client", "compare", "lead", "read_back", "runs", "set_champion", "slices",
           "store", "try_gates", "under_load", "waits"]  # fmt: skip

THROUGH = "meets payments"
BROKEN = (
    "The store cannot be used: {why}. Delete “runs” in the folder of this lesson and run `flight.store(lesson)` again; "
    "what the alias named is then to be set once more."
)
BUSY = "Another program is writing to the store. Wait a moment and run this again."
MISSING = "There is no store yet: run `flight.store(lesson)`."
UNNAMED = 'The store is whole, but {why}. `flight.set_champion(lesson, "{old}")` lets the alias name the live model.'
Said = TypeVar("Said")


# The store


def _spoken(do: Callable[[], Said]) -> Said | Spoken:
    """What something with the store gives, or a sentence on what is wrong with the store."""
    try:
        return do()
    except StoreMissing:
        return Spoken(MISSING)
    except StoreBusy:
        return Spoken(BUSY)
    except NothingNamed as error:
        return Spoken(UNNAMED.format(why=error, old=OLD))
    except StoreDamaged as error:
        return Spoken(BROKEN.format(why=error))


def store(lesson: Lesson) -> Spoken:
    """Make the store of runs in the lesson's folder, if it is not there yet, and say what is in it."""
    place = StoreOfRuns(lesson)

    def found() -> Spoken:
        made = place.make()
        count = len(place.names())
        return Spoken(f"{'Made' if made else 'Found'}: {place.shown} with {count} runs. {_names(place.alias())}")

    return _spoken(found)


def runs(lesson: Lesson) -> pd.DataFrame:
    """What every run wrote down of itself, the best on top, as the board has it; a gap where it wrote nothing."""
    table = lesson.tables["runs"].sort_values("caught_at_5", ascending=False)
    return table.replace("", np.nan).set_index("run")


def set_champion(lesson: Lesson, run: str = "") -> Spoken | Page:
    """Register a run, if it is not yet, let the alias name it, and put what stands in the store into the champion
    record; without a run, only say what the alias names now."""
    place = StoreOfRuns(lesson)
    known = {entry.label: id for id, entry in entries.RUNS.items()}
    name = known.get(str(run).strip(), str(run).strip())
    if name and name not in place.ids:
        return Spoken(
            f"The store has no run called “{name[:80]}”. The candidates are {', '.join(CANDIDATES)}; {OLD} is live."
        )

    def found() -> Spoken | Page:
        place.make()
        if not name:
            return Spoken(_names(place.alias()))
        try:
            place.set(name)
        except LookupError:
            return Spoken(f"The run “{name}” was deleted in the store. On MLflow's own page it can be restored.")
        return read_back(lesson)

    return _spoken(found)


def read_back(lesson: Lesson) -> Spoken | Page:
    """Put what the alias names in the store into the champion record, whoever set it."""
    place = StoreOfRuns(lesson)
    alias = _spoken(place.alias)
    if isinstance(alias, Spoken):
        return alias
    if alias.id not in place.ids.values():
        return Spoken(f"The alias names a run “{alias.run}”, which was not in the store at first. Name one that was.")
    said = lesson.put("champion", "run", alias.run)
    lesson.put("champion", "version", alias.version)
    if getattr(lesson.written("champion"), "run", "") != alias.run:
        return said
    return Spoken(f"{_names(alias)} Both stand in your champion record now.")


def _names(alias: Alias) -> str:
    return f"{MODEL}@{ALIAS} is version {alias.version}, the run “{alias.run}”."


def client(lesson: Lesson) -> Any:
    """A client of the real MLflow on the store, or a sentence on how to get MLflow."""
    place = StoreOfRuns(lesson)

    def found() -> Any:
        place.make()
        place.names()
        return place.client()

    return _spoken(found)


# Candidates


def compare(lesson: Lesson, weeks: str, calls: int) -> pd.DataFrame | Spoken:
    """Frauds of 100 that each candidate catches more than the live model on some weeks at some calls, with the ends
    between which it lies if one allows for chance."""
    import pandas as pd

    if said := unknown(weeks, calls):
        return said
    rows = [{"run": name, **_ends(gain(lesson, name, weeks, calls))} for name in CANDIDATES]
    return pd.DataFrame(rows).set_index("run")


def slices(lesson: Lesson, weeks: str, calls: int) -> pd.DataFrame | Spoken:
    """The same by slice, without ends: below 0, the candidate catches less there."""
    import pandas as pd

    if said := unknown(weeks, calls):
        return said
    table = {name: [round(gain(lesson, name, weeks, calls, part).change, 1) for part in SLICES] for name in CANDIDATES}
    return pd.DataFrame(table, index=[entries.SLICES[part].label for part in SLICES]).rename_axis("slice")


def again(lesson: Lesson, weeks: str, calls: int) -> pd.DataFrame | Spoken:
    """What each candidate catches more than the live model, and the same run once more, with the difference."""
    import pandas as pd

    if said := unknown(weeks, calls):
        return said
    rows = []
    for name in CANDIDATES:
        first, second = (gain(lesson, one, weeks, calls).change for one in (name, f"{name}{AGAIN}"))
        rows.append({"run": name, "first": round(first, 1), "once more": round(second, 1),
                     "differs by": round(first - second, 1)})  # fmt: skip
    return pd.DataFrame(rows).set_index("run")


def under_load(lesson: Lesson, times: float) -> pd.DataFrame | Spoken:
    """The 95th percentile of each candidate on the bench and under load, and which features it reads."""
    import pandas as pd

    if not isinstance(times, int | float) or not 0 < times < 100:
        return Spoken("Put in how many times as long a score takes under load.")
    table = load_case(SLUG, lesson.seed).columns["runs"]
    rows = []
    for name in CANDIDATES:
        row = table["run"].tolist().index(name)
        bench = float(table["p95_bench_ms"][row])
        rows.append({"run": name, "on the bench (ms)": round(bench), "under load (ms)": round(bench * times),
                     "limit (ms)": LIMIT_MS,
                     "reads": entries.FEATURE_SETS[str(table["features"][row])].label.lower()})  # fmt: skip
    return pd.DataFrame(rows).set_index("run")


def gain(lesson: Lesson, run: str, weeks: str, calls: int, part: str = "") -> Gain:
    """What a run catches over the live model, of 100 frauds."""
    return read_gain(load_case(SLUG, lesson.seed).columns["holdout"], run, weeks, calls, part)


def unknown(weeks: str, calls: int) -> Spoken | None:
    """What to say about weeks or calls that nothing was measured at; None where all is well."""
    if weeks not in HALVES:
        return Spoken(f"Candidates were measured on {' and on '.join(HALVES)}, and not on “{weeks}”.")
    if calls not in CALLS:
        return Spoken(f"They were measured at {CALLS[0]} to {CALLS[-1]} calls for each thousand payments.")
    return None


def _ends(found: Gain) -> dict[str, float]:
    return {"catches more": round(found.change, 1), "at least": round(found.low, 1), "at most": round(found.high, 1)}


# The pipeline


def try_gates(lesson: Lesson) -> pd.DataFrame | Spoken:
    """The gates of the form over the builds of the past: by what a build proved to be, which gate stopped how many."""
    import pandas as pd

    gates = gates_of(steps_of(written(lesson)), {})
    if not gates:
        return Spoken("Write at least one gate first; those with a limit need it.")
    table = load_case(SLUG, lesson.seed).columns["builds"]
    labels = [entries.GATES[gate.name].label for gate in gates]
    where = [labels[one] if one >= 0 else THROUGH for one in run(gates, table).stopped_by.tolist()]
    what = [entries.GATES[one].label if one in entries.GATES else one for one in table["proved"].tolist()]
    counted = pd.crosstab(pd.Series(what, name="proved to be"), pd.Series(where, name="stopped by"))
    order = [name for name in (*labels, THROUGH) if name in counted]
    return counted[order]


def written(lesson: Lesson) -> Pipeline:
    """The pipeline as it stands in its form."""
    pipeline = lesson.written("pipeline")
    assert isinstance(pipeline, Pipeline)
    return pipeline


# What people wait for


def waits(lesson: Lesson) -> pd.DataFrame:
    """Days an item waits by cause, and of all days from start to done (percent)."""
    import pandas as pd

    days = log.read_waits(load_case(SLUG, lesson.seed).columns["events"])
    lead = float(days["lead"].sum())
    rows = [{"cause": entry.label, "days an item": round(float(days[name].mean()), 1),
             "of all days (%)": round(100 * float(days[name].sum()) / lead, 1),
             "items": int((days[name] > 0).sum())} for name, entry in entries.CAUSES.items()]  # fmt: skip
    rest = lead - sum(float(days[name].sum()) for name in entries.CAUSES)
    rows.append({"cause": "Somebody works on it", "days an item": round(rest / len(days["lead"]), 1),
                 "of all days (%)": round(100 * rest / lead, 1), "items": len(days["lead"])})  # fmt: skip
    return pd.DataFrame(rows).set_index("cause")


def lead(lesson: Lesson) -> pd.Series:
    """Days from start to done, by how many of 100 items are done within them."""
    import pandas as pd

    days = log.read_waits(load_case(SLUG, lesson.seed).columns["events"])["lead"]
    shares = (50, 85, 95)
    return pd.Series([round(float(np.percentile(days, one)), 1) for one in shares],
                     index=pd.Index(shares, name="of 100 items"), name="done within (days)")  # fmt: skip


def by_squad(lesson: Lesson) -> pd.DataFrame:
    """Days between functions, an item, by squad: this quarter and the quarter before."""
    import pandas as pd

    columns = load_case(SLUG, lesson.seed).columns
    now, squad = log.read_waits(columns["events"])["handoff"], log.squads(columns["events"])
    before = columns["items_before"]
    rows = []
    for name in SQUADS:
        then = np.asarray(before["handoff_days"])[np.asarray(before["squad"]) == name]
        rows.append({"squad": name, "before": round(float(then.mean()), 1),
                     "this quarter": round(float(now[squad == name].mean()), 1),
                     "items": int((squad == name).sum())})  # fmt: skip
    return pd.DataFrame(rows).set_index("squad")
