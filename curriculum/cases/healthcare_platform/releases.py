"""Releases of the last months: good ones, and bad ones of which each breaks one rule only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.kinds import ReleaseRow
from curriculum.cases.healthcare_platform.wards import SLUG

COLUMN_TYPES: Mapping[str, type] = {
    "release": str,
    "released_on": str,
    "model_version": str,
    "card_model_version": str,
    "screen_version": str,
    "tested_screen": str,
    "labelling_version": str,
    "nurses": int,
    "physicians": int,
    "high_risks": int,
    "high_risks_verified": int,
    "built_on": str,
    "tested_on": str,
    "approvals": int,
    "approvals_independent": int,
    "datasets_used": int,
    "datasets_in_dpia": int,
    "change_in_plan": bool,
    "assessment_done": bool,
    "audit_log_verified": bool,
    "model_card_present": bool,
    "usability_report_present": bool,
    "dpia_present": bool,
}
"""What a policy may read of a release. Dates are text as 2026-11-22, which sorts as dates do."""


@dataclass(frozen=True)
class Flaw:
    """A reason to stop a release."""

    id: str
    words: str
    clauses: frozenset[str]
    """Ids of the clauses that ask for what is missing, whenever they apply; of these any one is a proper reason."""


FLAWS: Mapping[str, Flaw] = {
    flaw.id: flaw
    for flaw in (
        Flaw("card_of_older_model", "the model card describes an older model",
             frozenset({"mdr_technical_documentation", "qmsr", "ai_act_high_risk_annex_i", "ai_act_high_risk_2024"})),
        Flaw("screen_not_tested", "the usability test was done on another screen",
             frozenset({"iec_62366", "fda_human_factors"})),
        Flaw("too_few_in_a_group", "one user population had fewer than 15 participants",
             frozenset({"fda_human_factors"})),
        Flaw("risk_not_verified", "a control of a high risk was not verified", frozenset({"iso_14971"})),
        Flaw("tests_before_build", "the tests are older than the build",
             frozenset({"iec_62304", "qmsr", "mdr_technical_documentation"})),
        Flaw("approved_by_author", "somebody approved what they wrote",
             frozenset({"qp_approval", "iso_13485"})),
        Flaw("data_not_in_dpia", "a dataset is used for a purpose that the impact assessment leaves out",
             frozenset({"gdpr_35_7", "gdpr_6_9"})),
        Flaw("outside_change_plan", "a change outside the plan went without an assessment", frozenset({"fda_pccp"})),
        Flaw("log_broken", "the audit log does not verify", frozenset({"part_11"})),
        Flaw("labelling_behind", "the instructions describe an older screen",
             frozenset({"qp_labelling", "mdr_technical_documentation", "iso_13485"})),
    )
}  # fmt: skip

GOOD, BAD = 16, 16


@dataclass(frozen=True)
class Releases:
    """The releases with their flaws, and the one that may pass with a waiver."""

    rows: Mapping[str, ReleaseRow]
    records: tuple[Mapping[str, Any], ...]
    """The same rows as plain values, in the order of the table."""
    waived: str
    """Id of the release whose late labelling may be waived: it is to pass."""

    def released_on(self, release: str) -> dt.date:
        """The day of a release; raises KeyError for one that there is not."""
        for record in self.records:
            if record["release"] == release:
                return dt.date.fromisoformat(record["released_on"])
        raise KeyError(release)


def make_releases(seed: int) -> tuple[Releases, Mapping[str, Columns]]:
    """Thirty-two releases and three requests for waivers."""
    rng = random(SLUG, seed, "releases")
    flaws = list(FLAWS)
    # Every flaw once, small groups of both kinds, and the rest from the list again. One late labelling is to be waived.
    others = [flaw for flaw in flaws if flaw not in ("too_few_in_a_group", "labelling_behind")]
    again = ["too_few_in_a_group", *(others[int(i)] for i in rng.permutation(len(others))[: BAD - len(flaws) - 1])]
    kinds = ["", *[""] * (GOOD - 1), *flaws, *again, "labelling_behind"]
    order = rng.permutation(len(kinds))
    first = dt.date(2026, 9, 1)
    entries, records = [], []
    waived, small = "", 0
    for position, index in enumerate(order):
        flaw = kinds[int(index)]
        release = f"r_{position + 1:02d}"
        day = first + dt.timedelta(days=4 * position + int(rng.integers(0, 4)))
        record = _good(rng, release, day)
        if int(index) == 0:
            record |= _on_every_limit(record)
        if flaw:
            record |= _broken(rng, flaw, record, nurses_too_few=bool(small % 2))
            small += flaw == "too_few_in_a_group"
        to_waive = int(index) == len(kinds) - 1
        waived = release if to_waive else waived
        entries.append(
            ReleaseRow(release, f"Release {position + 1}", f"released on {day}", flaw="" if to_waive else flaw)
        )
        records.append(record)
    releases = Releases(by_id(*entries), tuple(records), waived)
    return releases, {"releases": _columns(records), "waiver_requests": _requests(rng, releases)}


def _good(rng: np.random.Generator, release: str, day: dt.date) -> dict[str, Any]:
    """A release without a flaw; some stand exactly on a limit, where a careless rule stops them."""
    model = f"1.{int(rng.integers(0, 4))}"
    screen = f"{int(rng.integers(3, 5))}.{int(rng.integers(0, 3))}"
    built = day - dt.timedelta(days=int(rng.integers(6, 20)))
    risks, approvals, datasets = int(rng.integers(2, 6)), int(rng.integers(5, 9)), int(rng.integers(1, 4))
    in_plan = bool(rng.random() < 0.7)
    return {
        "release": release,
        "released_on": day.isoformat(),
        "model_version": model,
        "card_model_version": model,
        "screen_version": screen,
        "tested_screen": screen,
        "labelling_version": screen,
        "nurses": 15 + int(rng.integers(0, 4)),
        "physicians": 15 + int(rng.integers(0, 3)),
        "high_risks": risks,
        "high_risks_verified": risks,
        "built_on": built.isoformat(),
        "tested_on": (built + dt.timedelta(days=int(rng.integers(0, 4)))).isoformat(),
        "approvals": approvals,
        "approvals_independent": approvals,
        "datasets_used": datasets,
        "datasets_in_dpia": datasets,
        "change_in_plan": in_plan,
        "assessment_done": not in_plan,
        "audit_log_verified": True,
        "model_card_present": True,
        "usability_report_present": True,
        "dpia_present": True,
    }


def _on_every_limit(good: Mapping[str, Any]) -> dict[str, Any]:
    """What makes a good release stand exactly on each limit, so that a rule that is too strict always shows."""
    return {
        "nurses": 15,
        "physicians": 15,
        "tested_on": good["built_on"],
        "change_in_plan": False,
        "assessment_done": True,
    }


def _broken(rng: np.random.Generator, flaw: str, good: Mapping[str, Any], *, nurses_too_few: bool) -> dict[str, Any]:
    """The columns that a flaw changes."""
    if flaw == "too_few_in_a_group":
        # Together they are more than fifteen, and still one group is too small.
        few, many = int(rng.integers(7, 12)), int(rng.integers(18, 26))
        return {"nurses": few, "physicians": many} if nurses_too_few else {"nurses": many, "physicians": few}
    older = {
        "card_of_older_model": ("card_model_version", "0.9"),
        "screen_not_tested": ("tested_screen", "2.9"),
        "labelling_behind": ("labelling_version", "2.9"),
    }
    if flaw in older:
        column, value = older[flaw]
        return {column: value}
    if flaw == "tests_before_build":
        built = dt.date.fromisoformat(good["built_on"])
        return {"tested_on": (built - dt.timedelta(days=int(rng.integers(2, 15)))).isoformat()}
    less = {
        "risk_not_verified": ("high_risks_verified", "high_risks"),
        "approved_by_author": ("approvals_independent", "approvals"),
        "data_not_in_dpia": ("datasets_in_dpia", "datasets_used"),
    }
    if flaw in less:
        column, whole = less[flaw]
        return {column: good[whole] - 1}
    if flaw == "outside_change_plan":
        return {"change_in_plan": False, "assessment_done": False}
    return {"audit_log_verified": False}


def _columns(records: list[dict[str, Any]]) -> Columns:
    return frozen_columns(**{name: np.array([record[name] for record in records]) for name in COLUMN_TYPES})


def _requests(rng: np.random.Generator, releases: Releases) -> Columns:
    """Who asked for a waiver: late labelling on one release, and two requests that the procedure forbids."""
    by_flaw = {row.flaw: row.id for row in releases.rows.values() if row.flaw}
    day = {record["release"]: dt.date.fromisoformat(record["released_on"]) for record in releases.records}
    wanted = [
        (releases.waived, "labelling", "mateo", "The Dutch translation of the instructions comes a fortnight later."),
        (by_flaw["too_few_in_a_group"], "usability", "walter", "The other sessions are booked and will surely pass."),
        (by_flaw["risk_not_verified"], "risk file", "sanna", "The control is in place, only its test is not written."),
    ]
    order = rng.permutation(len(wanted))
    rows = [wanted[int(i)] for i in order]
    return frozen_columns(
        release=np.array([row[0] for row in rows]),
        about=np.array([row[1] for row in rows]),
        asked_by=np.array([row[2] for row in rows]),
        reason=np.array([row[3] for row in rows]),
        asked_until=np.array([(day[row[0]] + dt.timedelta(days=30)).isoformat() for row in rows]),
    )
