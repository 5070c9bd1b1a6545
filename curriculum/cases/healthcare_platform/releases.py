"""Releases of the last months: good ones, bad ones of which each breaks one rule, and waivers that people ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.clauses import WAIVABLE, WAIVER_DAYS
from curriculum.cases.healthcare_platform.flaws import FLAWS, make_flaws
from curriculum.cases.healthcare_platform.house_rules import HouseRules, make_house_rules
from curriculum.cases.healthcare_platform.kinds import ReleaseRow, Request
from curriculum.cases.healthcare_platform.people import PEOPLE
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.worlds import kept_for_worlds

COLUMN_TYPES: Mapping[str, type] = {
    "model_version": str,
    "card_model_version": str,
    "evaluated_model_version": str,
    "parts_list_version": str,
    "screen_version": str,
    "tested_screen": str,
    "labelling_version": str,
    "nurses": int,
    "physicians": int,
    "open_critical_errors": int,
    "high_risks": int,
    "high_risks_verified": int,
    "residual_risk_accepted": bool,
    "watch_plan_present": bool,
    "built_on": str,
    "tested_on": str,
    "test_age_days": int,
    "approvals": int,
    "approvals_independent": int,
    "datasets_used": int,
    "datasets_in_dpia": int,
    "datasets_with_sheet": int,
    "partners": int,
    "partners_with_agreement": int,
    "change_in_plan": bool,
    "assessment_done": bool,
    "authorised": bool,
    "approved_investigation": bool,
    "audit_log_verified": bool,
    "model_card_present": bool,
    "usability_report_present": bool,
    "dpia_present": bool,
}
"""What a policy may read of a release. Dates are text as 2026-11-22, which sorts as dates do. Which release it is and
when it goes out no rule may read: a rule is about what every release has to show."""

NAMED: Mapping[str, type] = {"release": str, "released_on": str}
"""What tells one release from another in the table."""

GOOD, TWICE = 15, 5
"""Good releases, and bad ones beside one of each flaw."""
EACH = 12
"""Releases for each flaw where all flaws are looked at, so that both groups are once the small one."""


@dataclass(frozen=True)
class Releases:
    """The releases with their flaws, and what people asked to be waived."""

    rows: Mapping[str, ReleaseRow]
    records: tuple[Mapping[str, Any], ...]
    """The same rows as plain values, in the order of the table."""
    house_rules: HouseRules
    requests: Mapping[str, Request]

    @property
    def bad(self) -> dict[str, str]:
        """The releases that no waiver can let through, each with its flaw."""
        may_pass = {request.release for request in self.granted}
        return {row.id: row.flaw for row in self.rows.values() if row.flaw and row.id not in may_pass}

    @property
    def granted(self) -> tuple[Request, ...]:
        """The requests that may be granted: they are about a rule of the company that may be waived."""
        return tuple(request for request in self.requests.values() if request.clause in WAIVABLE)

    def released_on(self, release: str) -> dt.date:
        """The day of a release; raises KeyError for one that there is not."""
        for record in self.records:
            if record["release"] == release:
                return dt.date.fromisoformat(record["released_on"])
        raise KeyError(release)

    @property
    def columns(self) -> Columns:
        """The table `releases`."""
        names = [*NAMED, *COLUMN_TYPES]
        return frozen_columns(**{name: np.array([record[name] for record in self.records]) for name in names})


def make_releases(seed: int) -> tuple[Releases, Mapping[str, Columns]]:
    """The releases that the table shows, with four requests for waivers."""
    rng, rules = random(SLUG, seed, "releases"), make_house_rules(seed)
    rows, records = _draw(rng, make_flaws(seed), rules)
    requests = _requests(rng, rows, records, rules)
    releases = Releases(by_id(*rows), tuple(records), rules, requests)
    return releases, {"releases": releases.columns, "waiver_requests": _request_columns(requests)}


def redraw_releases(seed: int) -> Releases:
    """Other releases of the same company with the same kinds of flaws, which no table shows; nobody asks for
    waivers."""
    rules = make_house_rules(seed)
    rows, records = _draw(random(SLUG, seed, "releases, unseen"), make_flaws(seed), rules, "n")
    return Releases(by_id(*rows), tuple(records), rules, {})


@kept_for_worlds(maxsize=64)
def with_every_flaw(seed: int) -> Columns:
    """Some releases for each flaw that there is at all, also for those that do not occur in this world."""
    rng, rules = random(SLUG, seed, "releases, every flaw"), make_house_rules(seed)
    records = []
    for number, flaw in enumerate([flaw for flaw in FLAWS.values() for _ in range(EACH)]):
        good = _good(rng, f"x_{number}", dt.date(2026, 9, 1), rules)
        records.append(good | flaw.breaks(rng, good, rules))
    return frozen_columns(**{name: np.array([r[name] for r in records]) for name in (*NAMED, *COLUMN_TYPES)})


def _draw(
    rng: np.random.Generator, flaws: Sequence[str], rules: HouseRules, letter: str = "r"
) -> tuple[list[ReleaseRow], list[dict[str, Any]]]:
    """Good releases, one of which stands exactly on every limit, and bad ones with a flaw each, in any order."""
    # What may be waived comes twice, so that there is more than one request that may be granted.
    may = [flaw for flaw in flaws if FLAWS[flaw].clauses & {*WAIVABLE}]
    again = [may[int(rng.integers(len(may)))], *(flaws[int(i)] for i in rng.permutation(len(flaws))[: TWICE - 1])]
    kinds = [*[""] * GOOD, *flaws, *again]
    rows, records = [], []
    day = dt.date(2026, 8, 24) + dt.timedelta(days=int(rng.integers(0, 7)))
    for position, index in enumerate(rng.permutation(len(kinds)), start=1):
        flaw, release = kinds[int(index)], f"{letter}_{position:02d}"
        day += dt.timedelta(days=int(rng.integers(2, 6)))
        record = _good(rng, release, day, rules)
        if int(index) == 0:
            record |= _on_every_limit(record, rules)
        if flaw:
            record |= FLAWS[flaw].breaks(rng, record, rules)
        rows.append(ReleaseRow(release, f"Release {position}", f"released on {day}", flaw=flaw))
        records.append(record)
    return rows, records


def _good(rng: np.random.Generator, release: str, day: dt.date, rules: HouseRules) -> dict[str, Any]:
    """A release without a flaw; what looks unusual in it is allowed."""
    model = f"1.{int(rng.integers(0, 4))}"
    screen = f"{int(rng.integers(3, 5))}.{int(rng.integers(0, 3))}"
    age = int(rng.integers(2, rules.test_age + 1))
    tested = day - dt.timedelta(days=age)
    risks, approvals, datasets = int(rng.integers(2, 6)), int(rng.integers(5, 9)), int(rng.integers(2, 5))
    partners, in_plan = int(rng.integers(1, 4)), bool(rng.random() < 0.5)
    by_study = not in_plan and bool(rng.random() < 0.4)
    return {
        "release": release,
        "released_on": day.isoformat(),
        "model_version": model,
        "card_model_version": model,
        "evaluated_model_version": model,
        "parts_list_version": model,
        "screen_version": screen,
        "tested_screen": screen,
        "labelling_version": screen,
        "nurses": rules.participants + int(rng.integers(0, 4)),
        "physicians": rules.participants + int(rng.integers(0, 3)),
        "open_critical_errors": 0,
        "high_risks": risks,
        "high_risks_verified": risks,
        "residual_risk_accepted": True,
        "watch_plan_present": True,
        "built_on": (tested - dt.timedelta(days=int(rng.integers(0, 4)))).isoformat(),
        "tested_on": tested.isoformat(),
        "test_age_days": age,
        "approvals": approvals,
        "approvals_independent": approvals,
        "datasets_used": datasets,
        "datasets_in_dpia": datasets,
        "datasets_with_sheet": datasets,
        "partners": partners,
        "partners_with_agreement": partners,
        "change_in_plan": in_plan,
        "assessment_done": not in_plan,
        "authorised": not in_plan and not by_study,
        "approved_investigation": by_study,
        "audit_log_verified": True,
        "model_card_present": True,
        "usability_report_present": True,
        "dpia_present": True,
    }


def _on_every_limit(good: Mapping[str, Any], rules: HouseRules) -> dict[str, Any]:
    """What makes a good release stand exactly on each limit, so that a rule that is too strict always shows."""
    tested = (dt.date.fromisoformat(good["released_on"]) - dt.timedelta(days=rules.test_age)).isoformat()
    return {
        "nurses": rules.participants,
        "physicians": rules.participants,
        "test_age_days": rules.test_age,
        "tested_on": tested,
        "built_on": tested,
        "change_in_plan": False,
        "assessment_done": True,
        "authorised": False,
        "approved_investigation": True,
    }


_REASONS: Mapping[str, tuple[str, ...]] = {
    "qp_participants": ("The last sessions are booked for next week.", "Two people fell ill on the day of the test."),
    "qp_test_age": ("The test bench is taken until the end of the month.", "Nothing was changed since the last test."),
}
_FORBIDDEN = (
    "The other sessions are booked and will surely pass.",
    "It is in place; only the paper for it is missing.",
    "The hospital has asked for it twice.",
    "Nobody on the ward has ever noticed it.",
)


def _requests(
    rng: np.random.Generator, rows: Sequence[ReleaseRow], records: Sequence[Mapping[str, Any]], rules: HouseRules
) -> Mapping[str, Request]:
    """Four requests, two of which may be granted: those about a rule of the company's own that may wait."""
    by_flaw: dict[str, list[str]] = {}
    for row in rows:
        by_flaw.setdefault(row.flaw, []).append(row.id)
    there = [flaw for flaw in FLAWS if flaw in by_flaw]
    may = [flaw for flaw in there if FLAWS[flaw].clauses & {*WAIVABLE}]
    wanted = [(flaw, release) for flaw in may for release in by_flaw[flaw]]
    wanted = [wanted[int(i)] for i in rng.permutation(len(wanted))[:2]]
    never = [flaw for flaw in there if flaw not in may]
    for index in rng.permutation(len(never))[: 4 - len(wanted)]:
        wanted.append((never[int(index)], by_flaw[never[int(index)]][0]))
    found = {record["release"]: record for record in records}
    labels = {row.id: row.label for row in rows}
    requests = []
    for number, index in enumerate(rng.permutation(len(wanted)), start=1):
        flaw, release = wanted[int(index)]
        clause = sorted(FLAWS[flaw].clauses)[0]
        reasons = _REASONS.get(clause, _FORBIDDEN)
        asker, maker, owner = (sorted(PEOPLE)[int(i)] for i in rng.permutation(len(PEOPLE))[:3])
        day = dt.date.fromisoformat(found[release]["released_on"])
        asked = day + dt.timedelta(days=int(rng.choice([20, 30, 60, 75])))
        requests.append(
            Request(
                f"q{number}", f"q{number}: {labels[release]}, {FLAWS[flaw].words}", release=release, clause=clause,
                about=FLAWS[flaw].words, asked_by=asker, made_by=maker, owner=owner, asked_until=asked,
                reason=reasons[int(rng.integers(0, len(reasons)))], could_answer=_shuffled(rng, asker, maker, owner),
                latest=day + dt.timedelta(days=WAIVER_DAYS), extent=_extent(clause, found[release], rules),
            )
        )  # fmt: skip
    return by_id(*requests)


def _shuffled(rng: np.random.Generator, *people: str) -> tuple[str, ...]:
    return tuple(people[int(i)] for i in rng.permutation(len(people)))


def _extent(clause: str, record: Mapping[str, Any], rules: HouseRules) -> int:
    """How far a release is from the company's limit, in its unit; 0 for what has no limit of the company's."""
    if clause == "qp_participants":
        return rules.participants - int(min(record["nurses"], record["physicians"]))
    return int(record["test_age_days"]) - rules.test_age if clause == "qp_test_age" else 0


def _request_columns(requests: Mapping[str, Request]) -> Columns:
    return frozen_columns(
        request=np.array(list(requests)),
        release=np.array([request.release for request in requests.values()]),
        about=np.array([request.about for request in requests.values()]),
        reason=np.array([request.reason for request in requests.values()]),
        asked_by=np.array([request.asked_by for request in requests.values()]),
        made_by=np.array([request.made_by for request in requests.values()]),
        could_answer=np.array([", ".join(request.could_answer) for request in requests.values()]),
        asked_until=np.array([request.asked_until for request in requests.values()], dtype="datetime64[D]"),
    )
