"""What nobody types in the artifacts of `healthcare_platform`: it follows from the case and from other documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.design_handoff import DesignHandoff
from curriculum.artifacts.dual_track import DualTrack
from curriculum.cases import Case
from curriculum.cases.healthcare_platform import Truth
from curriculum.cases.healthcare_platform.measures import TURNS_ON


def log_derived(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Number, question and day of each record, and the names of its measures."""
    log, truth = artifacts["decision_log"], case.truth
    assert isinstance(log, DecisionLog)
    assert isinstance(truth, Truth)
    found: dict[str, Any] = {}
    for place, record in enumerate(log.records):
        topic = record.topic
        found |= {
            f"{topic}.number": truth.earlier.next_number + place,
            f"{topic}.topic": topic,
            f"{topic}.decided_on": truth.calendar.today,
        }
        rows = range(1, len(record.measures) + 1)
        found |= {f"{topic}.measures[{n}].driver": d for n, d in zip(rows, TURNS_ON[topic], strict=False)}
    return found


def plan_derived(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """On which question each piece of work rests, and the requirements that it builds."""
    plan, truth = artifacts["dual_track"], case.truth
    assert isinstance(plan, DualTrack)
    assert isinstance(truth, Truth)
    found: dict[str, Any] = {}
    for number, row in enumerate(plan.delivery, start=1):
        if item := truth.backlog.delivery.get(row.item):
            found[f"delivery[{number}].rests_on"] = item.needs[0]
            found[f"delivery[{number}].requirements"] = item.requirements
    return found


def handoff_derived(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The screen that the log decided on, and what each state says: what is so in it, and no more."""
    handoff, log, truth = artifacts["design_handoff"], artifacts.get("decision_log"), case.truth
    assert isinstance(handoff, DesignHandoff)
    assert isinstance(truth, Truth)
    limits = truth.screen.limits
    says = {
        "alert": "May be getting worse.",
        "low_confidence": f"The score is uncertain: the model is less than {100 * limits.sure_from:.0f} % sure.",
        "stale_data": f"The vital signs are older than {limits.old_after_min:g} minutes.",
        "unavailable": "There is no score at the moment.",
    }
    found: dict[str, Any] = {f"{state}.says": words for state, words in says.items()}
    chosen = log.chosen("alerting") if isinstance(log, DecisionLog) else ""
    return {**found, "screen": chosen} if chosen in truth.screens else found
