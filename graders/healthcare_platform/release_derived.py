"""What nobody types in minutes, policy and manifest: it follows from the case, what was picked, and the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.authorisations import WARDS_OF
from curriculum.cases.healthcare_platform.kinds import Request
from curriculum.cases.healthcare_platform.measures import TOPICS, USES

LONGEST = 300
"""Characters of a line."""


def minutes_carried_over(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The numbers of the records that the log holds."""
    log, first = artifacts.get("decision_log"), case.truth.earlier.next_number
    decided = [bool(log.chosen(topic)) for topic in TOPICS] if isinstance(log, DecisionLog) else []
    return {"decisions": [first + place for place, there in enumerate(decided) if there]}


def policy_carried_over(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """A rule's name and reason from its clause; what a waiver is about from its request."""
    policy = artifacts["release_policy"]
    assert isinstance(policy, ReleasePolicy)
    values: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    clauses, requests = case.registry.entries("clauses"), case.registry.entries("requests")
    for number, rule in enumerate(policy.rules, start=1):
        clause = clauses.get(rule.clause)
        if clause is None:
            continue
        seen[clause.id] += 1
        count = seen[clause.id]
        values[f"rules[{number}].name"] = clause.id if count == 1 else f"{clause.id}_{count}"
        values[f"rules[{number}].reason"] = clause.note[:LONGEST]
    for number, waiver in enumerate(policy.waivers, start=1):
        request = requests.get(waiver.request)
        if isinstance(request, Request):
            values[f"waivers[{number}].release"] = request.release
            values[f"waivers[{number}].rule"] = request.clause
            values[f"waivers[{number}].reason"] = request.reason
    return values


def manifest_carried_over(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Model, screen and wards; what each file is; the trace; the processing record."""
    manifest, log, truth = artifacts["release_manifest"], artifacts.get("decision_log"), case.truth
    assert isinstance(manifest, ReleaseManifest)
    picked = [truth.folder.files.get(row.file) for row in manifest.parts]
    model = next((file.model for file in picked if file is not None and file.part == "model_card"), "")
    screen = next((file.screen for file in picked if file is not None and file.part == "design_spec"), "")
    use = _use(model, log.chosen("intended_use") if isinstance(log, DecisionLog) else "")
    values: dict[str, Any] = {"model": model, "screen": screen, "use": use}
    for number, row in enumerate(manifest.parts, start=1):
        file = truth.folder.files.get(row.file)
        if file is not None:
            place = f"parts[{number}]"
            values |= {f"{place}.part": file.part, f"{place}.path": file.path, f"{place}.sha256": file.sha256}
    values["log_head"] = truth.earlier.log[-1]["entry"]
    values["trace"] = list(_threads(case, manifest, model, screen))
    values["purposes"] = [
        {"purpose": "care", "basis": "care_task", "condition": "care_provision"},
        {
            "purpose": "improvement",
            "basis": manifest.improvement_basis,
            "condition": manifest.improvement_condition,
        },
    ]
    return values


def _use(model: str, decided: str) -> str:
    """The wards that the log decided on, or those of the model's card where it does not speak for all of them."""
    card = WARDS_OF.get(model, ())
    if decided in USES and (not card or set(USES[decided].wards) <= set(card)):
        return decided
    return next((use.id for use in USES.values() if use.wards == card), "")


def _threads(case: Case, manifest: ReleaseManifest, model: str, screen: str) -> Iterator[dict[str, Any]]:
    """A row for each requirement: its control, its state, and the last run that passed on this build, or who accepts
    that none did."""
    trace = case.truth.trace
    problems = {problem.requirement: problem for problem in reversed(manifest.known_problems)}
    for requirement in trace.requirements.values():
        lost = requirement.id == manifest.lost_requirement
        row = {
            "requirement": requirement.id,
            "control": requirement.control or (manifest.lost_control if lost else ""),
            "state": requirement.state,
        }
        problem = problems.get(requirement.id)
        if problem is None:
            row["run"] = trace.good_run(requirement.id, model, screen)
        else:
            control = trace.controls.get(trace.control_of(requirement.id))
            reason = f"The risk analysis calls the risk behind it {control.severity}." if control else ""
            row |= {"waiver_owner": problem.owner, "waiver_reason": reason, "waiver_until": problem.until}
        yield row
