"""Working out a trade-off as it stands in its form, and rehearsing a rollout on releases that are there to be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.artifacts.rollout import Rollout
from curriculum.artifacts.trade_off import TradeOff
from curriculum.cases.retraining_decision import entries
from curriculum.cases.retraining_decision.draw import FEATURES, KEEP, OPTIONS, REFRESH
from curriculum.cases.retraining_decision.money import FLAG, QUANTITIES, SLOPE, Inputs, Range, swings
from curriculum.cases.retraining_decision.tables import fitted_slope
from curriculum.cases.retraining_decision.trigger import SHOWN as SHOWN_YEARS
from curriculum.cases.retraining_decision.trigger import rings
from curriculum.cases.retraining_decision.truth import offline_gain, read_failures, read_overrun
from curriculum.consequences.retraining_releases import UNSEEN_AFTER, gates_of, releases, stages_of
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice.replay import readings, replay, widest_error

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.notebook.lesson import Lesson

SHOWN = "shown"
"""The draw of releases that learners may see; rollouts are judged on another one."""
TO_SEE = ("good", "crash")


def slope(launches: Any) -> pd.DataFrame:
    """Percent more orders for 0.01 AUC from some launches, with the interval of 95 in 100: the line through nought, in
    which launches with a smaller error weigh more."""
    import pandas as pd

    if not len(launches):
        return pd.DataFrame({"low": [], "base": [], "high": []})
    found = fitted_slope(100 * np.asarray(launches["auc_gain"]), np.asarray(launches["change_pct"]),
                         np.asarray(launches["se_pct"]))  # fmt: skip
    return pd.DataFrame({"low": [found.low], "base": [found.base], "high": [found.high]}).round(2)


def nets(lesson: Lesson, *, kit: float = 0.0, kit_for: Sequence[str] = (), run: float = 0.0) -> pd.DataFrame | str:
    """The net and what is at risk of each option, from the inputs in the form; or what is missing there.

    `kit` are the € of the kit page and `kit_for` the options that give it what it reads; `run` the € a month that the
    new features cost.
    """
    import pandas as pd

    options = _options(lesson, kit, kit_for, run)
    if isinstance(options, str):
        return options
    even = options[FEATURES].break_even(options[KEEP].net)
    return pd.DataFrame(
        {
            "option": list(options),
            "net (€)": [round(one.net) for one in options.values()],
            "at risk (€)": [round(one.at_risk) for one in options.values()],
            "as good as keeping v7 at a slope of": ["", "", f"{even:.2f}"],
        }
    )


def moves(lesson: Lesson, *, kit: float = 0.0, kit_for: Sequence[str] = (), run: float = 0.0) -> pd.DataFrame | str:
    """How far the net of the new features moves from the low to the high value of each input; or what is missing."""
    import pandas as pd

    options = _options(lesson, kit, kit_for, run)
    if isinstance(options, str):
        return options
    mine, ranges = options[FEATURES], _ranges(lesson)
    moved = swings(mine, ranges)
    frame = pd.DataFrame(
        {
            "input": [entries.QUANTITIES[name].label for name in moved],
            "net at low (€)": [round(mine.changed(name, ranges[name].low).net) for name in moved],
            "net at high (€)": [round(mine.changed(name, ranges[name].high).net) for name in moved],
            "moves by (€)": [round(value) for value in moved.values()],
        }
    )
    return frame.sort_values("moves by (€)", ascending=False, ignore_index=True)


def rehearse(lesson: Lesson) -> pd.DataFrame | str:
    """The rollout in the form, run on twelve good releases and on six that answer with more errors."""
    import pandas as pd

    rollout = lesson.written("rollout")
    assert isinstance(rollout, Rollout)
    stages, gates = stages_of(rollout), gates_of(rollout)
    if not stages:
        return Spoken("There are no stages yet: each needs a share and days.")
    rows = []
    for kind in TO_SEE:
        runs = [replay(stages, gates, one, after=UNSEEN_AFTER, back=1) for one in releases(lesson.seed, kind, SHOWN)]
        stopped = [run for run in runs if run.stopped_at is not None]
        by = Counter(gates[run.by].signal for run in stopped if run.by is not None)
        rows.append(
            {
                "release": {"good": "good", "crash": "answers with more errors"}[kind],
                "draws": len(runs),
                "reach everybody": len(runs) - len(stopped),
                "stopped on day": round(float(np.median([(run.stopped_at or 0) / 24 for run in stopped])), 1)
                if stopped
                else np.nan,
                "stopped most by": _called(by.most_common(1)[0][0]) if by else "",
                "costs (days of contribution)": round(float(np.mean([run.harm for run in runs])), 2),
            }
        )
    return pd.DataFrame(rows)


def looks(lesson: Lesson) -> pd.DataFrame | str:
    """What each gate of the rollout in the form can see: how often it looks before everybody has the release, and how
    far its most restless look at a good release scatters by chance: in the smallest share, or at night. A limit that
    lies less than three of these above what is normal rings by itself, since a gate looks often."""
    import pandas as pd

    rollout = lesson.written("rollout")
    assert isinstance(rollout, Rollout)
    stages, gates = stages_of(rollout), gates_of(rollout)
    if not stages or not gates:
        return Spoken("There are no stages or no gates yet: a gate needs a signal, a limit and a window.")
    one = releases(lesson.seed, "good", SHOWN)[0]
    end = sum(stage.hours for stage in stages)
    seen = Counter(look.gate for look in readings(stages, gates, one) if look.known <= end)
    errors = [widest_error(stages, gate, one) for gate in gates]
    return pd.DataFrame(
        {
            "looks at": [_called(gate.signal) for gate in gates],
            "limit": [gate.limit for gate in gates],
            "looks": [seen[number] for number in range(len(gates))],
            "scatters by, at most": [np.nan if error is None else round(error, 2) for error in errors],
        }
    )


def _called(signal: str) -> str:
    """What a signal is called; as it stands where nobody here knows it."""
    return entries.SIGNALS[signal].label if signal in entries.SIGNALS else signal


def years(lesson: Lesson) -> pd.DataFrame | str:
    """How often the trigger of the form rings in 200 years of 40 weeks in which a score ages, and in 200 in which
    nothing is wrong; it is judged on other years."""
    import pandas as pd

    rollout = lesson.written("rollout")
    assert isinstance(rollout, Rollout)
    drop, weeks, runs = rollout.trigger_drop, rollout.trigger_weeks, rollout.trigger_runs
    if drop is None or weeks is None or runs is None:
        return Spoken("The trigger is not whole yet: it needs a fall, weeks, and how many times running.")
    found = rings(lesson.seed, drop, weeks, runs, SHOWN_YEARS)
    return pd.DataFrame(
        {
            "years": ["the score ages", "nothing is wrong"],
            "rings (of 100)": [round(100 * found.found), round(100 * found.false)],
        }
    )


def _ranges(lesson: Lesson) -> Mapping[str, Range]:
    written = lesson.written("trade_off")
    assert isinstance(written, TradeOff)
    rows = {name: written.input(name) for name in QUANTITIES}
    return {
        name: Range(row.low, row.base, row.high)
        for name, row in rows.items()
        if row.low is not None and row.base is not None and row.high is not None
    }


def _options(lesson: Lesson, kit: float, kit_for: Sequence[str], run: float) -> dict[str, Inputs] | str:
    """The inputs of the three options: those of the new features from the form, those of a refresh from the tables."""
    ranges, tables = _ranges(lesson), lesson.tables
    if missing := [entries.QUANTITIES[name].label for name in QUANTITIES if name not in ranges]:
        return Spoken(f"Not in the form yet, with low, base and high: {'; '.join(missing)}.")
    if strange := [name for name in kit_for if name not in OPTIONS]:
        return Spoken(f"There is no option {strange[0]!r}; there are {', '.join((KEEP, REFRESH, FEATURES))}.")
    base = {name: one.base for name, one in ranges.items()}
    per_cent, line = base["one_percent"], base[SLOPE]
    failed, again = read_failures(tables["changes"], "features"), read_failures(tables["changes"], "refresh")
    work = tables["work"]
    hours = float(np.asarray(work["estimated_h"])[np.asarray(work["piece"]) == "refresh of v7"][0]) * read_overrun(work)

    def page(option: str) -> float:
        return float(kit) if option in kit_for else 0.0

    return {
        KEEP: Inputs(per_cent, 0.0, 100.0, line, 0.0, 0.0, 0.0, 0.0, 0.0, page(KEEP)),
        REFRESH: Inputs(per_cent, offline_gain(tables["candidates"], "refresh", "everybody"), 100.0, line, again[0],
                        again[1] * FLAG + again[2], hours, again[3], 0.0, page(REFRESH)),
        FEATURES: Inputs(**base, loss=failed[3], run=float(run), kit=page(FEATURES)),
    }  # fmt: skip
