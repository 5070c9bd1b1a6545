"""Who may decide what at Osprey Line: the table of January, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.listen_and_ask.draw import SLUG, dealt

QUARTER_WEEKS = 13


@dataclass(frozen=True)
class Rights:
    """Who decided what in February, and the limits of the table."""

    holders: dict[str, str]
    """By matter of February: who had the right to decide it."""
    extension_costs: int
    """Thousand euros."""
    table: Columns


def make_rights(seed: int, fee: float) -> Rights:
    """The table of rights: some hang on an amount, so that the amount has to be looked up as well."""
    rng = random(SLUG, seed, "rights")
    within = dealt(seed, "rights/contractor", (True, False))
    outside = round(fee + int(rng.integers(2, 8))) if within else max(5, round(fee - int(rng.integers(2, 7))))
    extension = int(rng.integers(12, 31))
    cheap = dealt(seed, "rights/extension", (True, False))
    contracts = extension + int(rng.integers(2, 9)) if cheap else max(5, extension - int(rng.integers(2, 9)))
    rota = dealt(seed, "rights/oncall", ("bertil", "joaquim", "joaquim", "bertil"))
    release = dealt(seed, "rights/june", ("leilani", "joaquim", "joaquim", "leilani"))
    of_one = int(rng.integers(13, 19)) if dealt(seed, "rights/work", (True, False)) else int(rng.integers(4, 11))
    rows = (
        ("Who is on call for the data jobs", "", rota),
        ("Work from outside", f"up to {outside} thousand euros", "joaquim"),
        ("Work from outside", "above that", "greta"),
        ("Contracts with vendors", f"up to {contracts} thousand euros", "joaquim"),
        ("Contracts with vendors", "above that", "greta"),
        ("What goes into a release", "", release),
        ("Work of one person", f"up to {of_one} weeks", "joaquim"),
        ("Work of one person", "above that", "greta"),
        ("What passengers are told about delays", "", "fadi"),
    )
    holders = {
        "oncall": rota,
        "contractor": "joaquim" if fee <= outside else "greta",
        "extension": "joaquim" if extension <= contracts else "greta",
        "june": release,
    }
    matter, up_to, who = (np.array(column) for column in zip(*rows, strict=True))
    return Rights(holders, extension, frozen_columns(matter=matter, up_to=up_to, who=who))
