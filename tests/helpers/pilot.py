"""The pilot release of `healthcare_platform` as it is handed in, and a policy with a rule for each flaw."""

from __future__ import annotations

from pathlib import Path

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.flaws import FLAWS
from curriculum.course.fixtures import Files
from curriculum.notebook.desks.release import handed_in
from curriculum.practice.gate.release import add_to_release
from graders import load_rubric

KINDS = ("decision_log", "release_manifest", "release_policy")

STOP_WHEN = {
    "screen_not_tested": ("tested_screen != screen_version", "iec_62366"),
    "too_few_in_a_group": ("nurses < 15 || physicians < 15", "fda_human_factors"),
    "open_critical_error": ("open_critical_errors > 0", "iec_62366"),
    "risk_not_verified": ("high_risks_verified < high_risks", "iso_14971"),
    "residual_risk_open": ("!residual_risk_accepted", "iso_14971"),
    "tests_before_build": ("tested_on < built_on", "iec_62304"),
    "not_authorised": ("!change_in_plan && !authorised && !approved_investigation", "fda_new_submission"),
    "card_of_older_model": ("card_model_version != model_version", "mdr_technical_documentation"),
    "clinical_evaluation_behind": ("evaluated_model_version != model_version", "mdr_clinical_evaluation"),
    "no_watch_plan": ("!watch_plan_present", "mdr_post_market"),
    "approved_by_author": ("approvals_independent < approvals", "qp_approval"),
    "data_not_in_dpia": ("datasets_in_dpia < datasets_used", "gdpr_35_7"),
    "partner_without_agreement": ("partners_with_agreement < partners", "hipaa_security"),
    "log_broken": ("!audit_log_verified", "part_11"),
    "labelling_behind": ("labelling_version != screen_version", "qp_labelling"),
    "fewer_than_we_ask": ("nurses < {participants} || physicians < {participants}", "qp_participants"),
    "tests_too_old": ("test_age_days > {test_age}", "qp_test_age"),
    "parts_list_behind": ("parts_list_version != model_version", "qp_parts_list"),
    "data_without_sheet": ("datasets_with_sheet < datasets_used", "qp_data_sheet"),
}
"""By flaw: a rule that stops it, and its clause."""


def rules_for_every_flaw(case: Case, leave_out: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Rules for all flaws, in the order in which the world knows them."""
    limits = vars(case.truth.releases.house_rules)
    return [
        {"stop_when": STOP_WHEN[flaw][0].format(**limits), "clause": STOP_WHEN[flaw][1]}
        for flaw in FLAWS
        if flaw not in leave_out
    ]


def texts_of(case: Case, files: Files) -> dict[str, str]:
    """The files that the notebook hands in for these answers."""
    rubric = load_rubric(case.slug)
    written: dict[str, Artifact] = {kind: rubric.artifacts[kind].model_validate(files[kind]) for kind in KINDS}
    return handed_in(written, case)


def hand_in(case: Case, folder: Path, files: Files) -> str:
    """Hand these answers in, as one commit; returns its id."""
    return add_to_release(case, folder, texts_of(case, files), "Manifest, policy and decisions")


def with_every_rule(case: Case, files: Files) -> Files:
    """The same answers with a policy that has a rule for each flaw that there is."""
    return {**files, "release_policy": {**files["release_policy"], "rules": rules_for_every_flaw(case)}}
