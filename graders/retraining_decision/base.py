"""The rubric of `retraining_decision` and what its criteria share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.daci import Daci
from curriculum.artifacts.rfc import Rfc
from curriculum.artifacts.rollout import Rollout
from curriculum.artifacts.trade_off import TradeOff
from curriculum.cases import Case
from curriculum.cases.retraining_decision.draw import FEATURES, KEEP, REFRESH
from curriculum.cases.retraining_decision.money import ONE_PERCENT, QUANTITIES, SLOPE, Inputs, Range
from graders.rubric import Rubric

DRIVER = "you"


def the_driver(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The driver is known from the memo."""
    return {"driver": DRIVER}


rubric = Rubric(
    "retraining_decision",
    {"trade_off": TradeOff, "daci": Daci, "rollout": Rollout, "rfc": Rfc},
    conversations=("decision",),
    derives={"daci": the_driver},
)


def euros(value: float | None) -> str:
    """An amount of money as it is said."""
    return "nothing" if value is None else f"{value:,.0f} €".replace("-", "−")


def ranges_of(trade_off: TradeOff) -> dict[str, Range]:
    """The inputs that are filled, by quantity."""
    rows = {name: trade_off.input(name) for name in QUANTITIES}
    return {
        name: Range(row.low, row.base, row.high)
        for name, row in rows.items()
        if row.low is not None and row.base is not None and row.high is not None
    }


def own_options(trade_off: TradeOff, case: Case) -> dict[str, Inputs]:
    """By option: the inputs as they are stated, with what the memo, the tables and Nadia say of the rest."""
    refresh, ranges = case.truth.inputs[REFRESH], ranges_of(trade_off)
    for name in (ONE_PERCENT, SLOPE):
        refresh = refresh.changed(name, ranges[name].base) if name in ranges else refresh
    return {KEEP: case.truth.inputs[KEEP], REFRESH: refresh, FEATURES: own_inputs(trade_off, case)}


def own_inputs(trade_off: TradeOff, case: Case) -> Inputs:
    """The inputs of the new features as they are stated, with what the memo, the tables and Nadia say of the rest."""
    mine: Inputs = case.truth.inputs[FEATURES]
    for name, one in ranges_of(trade_off).items():
        mine = mine.changed(name, one.base)
    return mine
