"""Looks of the alert screen with their aliases followed, as a table: what each ends at, and how well it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def resolved_looks(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """By look: the colours of text and background, and the contrast between them (to 1)."""
    from curriculum.cases.healthcare_platform.kinds import DesignToken
    from curriculum.support.design_tokens import contrast, resolve

    rows = tables["tokens"].itertuples(index=False)
    values = resolve([DesignToken(str(row.token), str(row.token), value=str(row.value)) for row in rows]).values
    shown = tables["looks"].set_index("look").map(lambda token: values[token])
    shown["contrast"] = [round(contrast(row.text, row.background), 1) for row in shown.itertuples()]
    return shown
