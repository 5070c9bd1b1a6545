"""Why a release has to be stopped: each reason with the columns that show it and the clauses that ask for more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.cases.base import random
from curriculum.cases.healthcare_platform.clauses import WAIVABLE
from curriculum.cases.healthcare_platform.house_rules import HouseRules
from curriculum.cases.healthcare_platform.usability import MIN_PER_POPULATION
from curriculum.cases.healthcare_platform.wards import SLUG

SAFETY, LAW, HOUSE = "safety", "law", "house"
"""What a flaw touches: a patient's safety, a duty of law, or a rule of the company that goes further than these."""


@dataclass(frozen=True)
class Flaw:
    """A reason to stop a release."""

    id: str
    words: str
    touches: str
    clauses: frozenset[str]
    """Ids of the clauses that ask for what is missing, whenever they apply; of these any one is a proper reason."""
    breaks: Callable[[np.random.Generator, Mapping[str, Any], HouseRules], dict[str, Any]]
    """From a good release to the columns that this flaw changes."""


def make_flaws(seed: int) -> tuple[str, ...]:
    """Which flaws occur in one world: nine of all, of each kind some, and always a change that nobody authorised."""
    rng = random(SLUG, seed, "flaws")
    # One of the company's two rules that may be waived, so that somebody can ask for it.
    waivable = [flaw.id for flaw in FLAWS.values() if flaw.clauses & {*WAIVABLE}]
    drawn = ["not_authorised", waivable[int(rng.integers(len(waivable)))]]
    for touches, count in ((SAFETY, 3), (LAW, 3), (HOUSE, 1)):
        there = [flaw.id for flaw in FLAWS.values() if flaw.touches == touches and flaw.id not in drawn]
        drawn += [there[int(i)] for i in rng.permutation(len(there))[:count]]
    return tuple(flaw for flaw in FLAWS if flaw in drawn)


def _older(column: str, version: str) -> Callable[..., dict[str, Any]]:
    return lambda rng, good, rules: {column: version}


def _one_less(column: str, whole: str) -> Callable[..., dict[str, Any]]:
    return lambda rng, good, rules: {column: good[whole] - 1}


def _is(**columns: Any) -> Callable[..., dict[str, Any]]:
    return lambda rng, good, rules: columns


def _one_group_small(rng: np.random.Generator, good: Mapping[str, Any], rules: HouseRules) -> dict[str, Any]:
    """Together there are more than fifteen, and still one group is too small."""
    few, many = int(rng.integers(7, MIN_PER_POPULATION - 2)), rules.participants + int(rng.integers(2, 9))
    return _either(rng, few, many)


def _fewer_than_we_ask(rng: np.random.Generator, good: Mapping[str, Any], rules: HouseRules) -> dict[str, Any]:
    """Enough for the guidance, and too few for the company."""
    few = int(rng.integers(MIN_PER_POPULATION, rules.participants))
    return _either(rng, few, rules.participants + int(rng.integers(0, 6)))


def _either(rng: np.random.Generator, few: int, many: int) -> dict[str, Any]:
    nurses, physicians = (few, many) if rng.random() < 0.5 else (many, few)
    return {"nurses": nurses, "physicians": physicians}


def _tests_before_build(rng: np.random.Generator, good: Mapping[str, Any], rules: HouseRules) -> dict[str, Any]:
    tested = dt.date.fromisoformat(good["tested_on"])
    return {"built_on": (tested + dt.timedelta(days=int(rng.integers(1, good["test_age_days"] + 1)))).isoformat()}


def _tests_too_old(rng: np.random.Generator, good: Mapping[str, Any], rules: HouseRules) -> dict[str, Any]:
    """The build and its tests are older than we allow, and still in the right order."""
    age = rules.test_age + int(rng.integers(1, 20))
    tested = dt.date.fromisoformat(good["released_on"]) - dt.timedelta(days=age)
    built = tested - dt.timedelta(days=int(rng.integers(0, 5)))
    return {"test_age_days": age, "tested_on": tested.isoformat(), "built_on": built.isoformat()}


FLAWS: Mapping[str, Flaw] = {
    flaw.id: flaw
    for flaw in (
        Flaw("screen_not_tested", "the usability test was done on another screen", SAFETY,
             frozenset({"iec_62366", "fda_human_factors"}), _older("tested_screen", "2.9")),
        Flaw("too_few_in_a_group", "one user population had fewer than 15 participants", SAFETY,
             frozenset({"fda_human_factors"}), _one_group_small),
        Flaw("open_critical_error", "a critical use error of the usability test is still open", SAFETY,
             frozenset({"iec_62366", "fda_human_factors"}),
             lambda rng, good, rules: {"open_critical_errors": int(rng.integers(1, 3))}),
        Flaw("risk_not_verified", "a control of a high risk was not verified", SAFETY, frozenset({"iso_14971"}),
             _one_less("high_risks_verified", "high_risks")),
        Flaw("residual_risk_open", "nobody accepted the risk that remains", SAFETY, frozenset({"iso_14971"}),
             _is(residual_risk_accepted=False)),
        Flaw("tests_before_build", "the tests are older than the build", SAFETY,
             frozenset({"iec_62304", "qmsr", "mdr_technical_documentation"}), _tests_before_build),
        Flaw("not_authorised", "a change outside the plan was assessed, and neither authorised nor approved as an "
             "investigation", LAW, frozenset({"fda_new_submission", "mdr_significant_change"}),
             _is(change_in_plan=False, assessment_done=True, authorised=False, approved_investigation=False)),
        Flaw("card_of_older_model", "the model card describes an older model", LAW,
             frozenset({"mdr_technical_documentation", "qmsr"}), _older("card_model_version", "0.9")),
        Flaw("clinical_evaluation_behind", "the clinical evaluation is of an older model", LAW,
             frozenset({"mdr_clinical_evaluation"}), _older("evaluated_model_version", "0.9")),
        Flaw("no_watch_plan", "nobody planned what is watched after the release", LAW,
             frozenset({"mdr_post_market"}), _is(watch_plan_present=False)),
        Flaw("approved_by_author", "somebody approved what they wrote", LAW, frozenset({"qp_approval", "iso_13485"}),
             _one_less("approvals_independent", "approvals")),
        Flaw("data_not_in_dpia", "a dataset is used for a purpose that the impact assessment leaves out", LAW,
             frozenset({"gdpr_35_7", "gdpr_6_9"}), _one_less("datasets_in_dpia", "datasets_used")),
        Flaw("partner_without_agreement", "a partner handles patients' data without an agreement", LAW,
             frozenset({"gdpr_28", "hipaa_security"}), _one_less("partners_with_agreement", "partners")),
        Flaw("log_broken", "the audit log does not verify", LAW, frozenset({"part_11"}),
             _is(audit_log_verified=False)),
        Flaw("labelling_behind", "the instructions describe an older screen", LAW,
             frozenset({"qp_labelling", "mdr_technical_documentation", "iso_13485"}),
             _older("labelling_version", "2.9")),
        Flaw("fewer_than_we_ask", "one user population had fewer participants than our own procedure asks for", HOUSE,
             frozenset({"qp_participants"}), _fewer_than_we_ask),
        Flaw("tests_too_old", "the last full test is older than our own procedure allows", HOUSE,
             frozenset({"qp_test_age"}), _tests_too_old),
        Flaw("parts_list_behind", "the list of software parts is of an older model", HOUSE,
             frozenset({"qp_parts_list"}), _older("parts_list_version", "0.9")),
        Flaw("data_without_sheet", "a dataset has no sheet on where it is from and whom it leaves out", HOUSE,
             frozenset({"qp_data_sheet"}), _one_less("datasets_with_sheet", "datasets_used")),
    )
}  # fmt: skip
