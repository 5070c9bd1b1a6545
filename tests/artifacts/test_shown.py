"""What a document shows of what was written: nought is a number, and stands there."""

from __future__ import annotations

from curriculum.artifacts.outline import Table, outline
from curriculum.artifacts.rollout import Rollout, RolloutStage
from curriculum.cases.base import Registry


def test_nought_is_shown_and_a_blank_is_not() -> None:
    rollout = Rollout(stages=(RolloutStage(share=0.0, days=2.0), RolloutStage(share=10.0)))
    (table,) = outline(rollout, Registry({}))
    assert isinstance(table, Table)
    assert table.rows == (("0", "2"), ("10", ""))
