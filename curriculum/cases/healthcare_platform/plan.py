"""The two tracks: questions of discovery with their answers, work of delivery, and who has how many days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, Role, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.kinds import Delivery, Discovery
from curriculum.cases.healthcare_platform.wards import SLUG

ENGINEERS = ("ml", "engineering", "quality")
"""Functions of which one must be in each discovery, so that the two tracks stay one team."""

FRESH = 3
"""Evidence that is older than this many sprints at the start of the work is stale; one or two is the aim."""

DISCOVERY_SHARE = (8.0, 30.0)
"""Percent of all planned days that the sponsor and the team agreed to spend on questions."""

_ROLES = {"ml": "ML engineers", "engineering": "Platform engineers", "design": "Designers",
          "clinical": "Clinical staff", "quality": "Quality engineers"}  # fmt: skip

_DISCOVERY: tuple[tuple[str, str, int | None, str, dict[str, float]], ...] = (
    ("shadow_trees", "Does the tree model hold on all three wards in shadow mode?", 0, "confirmed", {}),
    ("shadow_sequence", "Does the sequence model hold on monitored beds in shadow mode?", 0, "confirmed", {}),
    ("feed_spike", "Does the monitors' data feed arrive within a second?", 0, "confirmed", {}),
    ("tier_study", "Do nurses find the urgent alert in a tiered list?", -1, "confirmed", {}),
    ("popup_study", "Do pop-ups get through on the step-down unit?", -1, "confirmed", {}),
    ("notice_test", "Do patients understand the notice?", 0, "confirmed", {}),
    ("reasons_study", "Do the shown reasons help people to doubt a wrong score?", -3, "confirmed",
     {"design": 3, "ml": 1, "clinical": 1}),
    ("voice_alerts", "Do spoken alerts help at night?", -1, "refuted", {}),
    ("uncertainty_study", "Do people understand the sign for low confidence?", None, "open",
     {"design": 3, "ml": 1, "clinical": 1}),
    ("trail_walkthrough", "Can an inspector follow one alert from the log to the decision?", None, "open",
     {"design": 1, "engineering": 2, "quality": 1}),
    ("ward_interviews", "What would the medical and surgical wards need in their first week?", None, "open",
     {"design": 2, "engineering": 1, "clinical": 2}),
)  # fmt: skip

_DELIVERY: tuple[tuple[str, str, tuple[str, ...], dict[str, float], tuple[str, ...]], ...] = (
    ("model_trees", "Tree model in service in both hospitals", ("shadow_trees",),
     {"ml": 9, "engineering": 5, "quality": 4}, ("req_in_time",)),
    ("model_sequence", "Sequence model in service in both hospitals", ("shadow_sequence",),
     {"ml": 12, "engineering": 6, "quality": 5}, ("req_in_time",)),
    ("monitor_feed", "Live feed from the bedside monitors", ("feed_spike",),
     {"engineering": 7, "ml": 3, "quality": 2}, ("req_old_signs",)),
    ("screen_tiered", "Tiered list on all devices", ("tier_study",),
     {"design": 7, "engineering": 5, "clinical": 3, "quality": 3}, ("req_outage",)),
    ("screen_popup", "Pop-up alerts on the step-down unit's devices", ("popup_study",),
     {"design": 5, "engineering": 5, "clinical": 2, "quality": 3}, ("req_outage",)),
    ("reasons_panel", "Panel with the reasons for a score", ("reasons_study",),
     {"design": 5, "ml": 4, "engineering": 3, "clinical": 2}, ("req_reasons",)),
    ("low_confidence", "Sign for low confidence", ("uncertainty_study",),
     {"design": 4, "ml": 2, "engineering": 3}, ("req_unsure",)),
    ("audit_trail", "Audit trail from alert to decision", ("trail_walkthrough",),
     {"engineering": 6, "quality": 3}, ("req_log",)),
    ("patient_notice", "Notice for patients", ("notice_test",), {"design": 2, "engineering": 1}, ()),
    ("rollout_general", "First weeks on the medical and surgical wards", ("ward_interviews",),
     {"clinical": 6, "engineering": 3, "design": 1}, ()),
    ("voice", "Spoken alerts at night", ("voice_alerts",), {"design": 4, "engineering": 4, "ml": 2}, ()),
)  # fmt: skip

# Two ways to fill the four sprints, from which the capacity follows: (delivery, discovery) by sprint.
_WAYS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        ("model_trees", "screen_tiered", "+reasons_study"),
        ("reasons_panel", "patient_notice", "+uncertainty_study", "+trail_walkthrough"),
        ("low_confidence", "audit_trail", "+ward_interviews"),
        ("rollout_general",),
    ),
    (
        ("model_sequence", "monitor_feed", "+reasons_study", "+uncertainty_study"),
        ("screen_popup", "patient_notice", "+trail_walkthrough"),
        ("reasons_panel", "low_confidence"),
        ("audit_trail",),
    ),
)


@dataclass(frozen=True)
class Backlog:
    """What could be asked and built, and the days that there are."""

    discovery: Mapping[str, Discovery]
    delivery: Mapping[str, Delivery]
    roles: Mapping[str, Role]
    """Capacity is person-days in a sprint."""

    def wanted(self, model: str, screen: str, general_wards: bool) -> frozenset[str]:
        """The work that a decision brings with it."""
        items = {
            f"model_{model}",
            f"screen_{screen}",
            "reasons_panel",
            "low_confidence",
            "audit_trail",
            "patient_notice",
        }
        items |= {"monitor_feed"} if model == "sequence" else set()
        items |= {"rollout_general"} if general_wards else set()
        return frozenset(items & self.delivery.keys())


def make_backlog(seed: int) -> tuple[Backlog, Mapping[str, Columns]]:
    """The backlog of one seed and its tables: discovery, delivery, capacity."""
    rng = random(SLUG, seed, "plan")
    discovery = by_id(
        *(Discovery(id, text, ended=ended, outcome=outcome, days=days) for id, text, ended, outcome, days in _DISCOVERY)
    )
    delivery = by_id(
        *(
            # Half a day more or less here and there: estimates differ between teams.
            Delivery(id, text, needs=needs, requirements=requirements,
                     days={role: day + float(rng.integers(-1, 2)) / 2 for role, day in days.items()})
            for id, text, needs, days, requirements in _DELIVERY
        )
    )  # fmt: skip
    roles = by_id(*(Role(id, label, capacity=_capacity(id, discovery, delivery)) for id, label in _ROLES.items()))
    backlog = Backlog(discovery, delivery, roles)
    return backlog, {
        "discovery": frozen_columns(
            item=np.array(list(discovery)),
            question=np.array([item.label for item in discovery.values()]),
            ended_in_sprint=np.array(["" if i.ended is None else str(i.ended) for i in discovery.values()]),
            outcome=np.array([item.outcome for item in discovery.values()]),
            **_days(discovery),
        ),
        "delivery": frozen_columns(
            item=np.array(list(delivery)),
            work=np.array([item.label for item in delivery.values()]),
            rests_on=np.array([", ".join(item.needs) for item in delivery.values()]),
            requirements=np.array([", ".join(item.requirements) for item in delivery.values()]),
            **_days(delivery),
        ),
        "capacity": frozen_columns(
            role=np.array(list(roles)), days_a_sprint=np.array([role.capacity for role in roles.values()])
        ),
    }


def _days(items: Mapping[str, Discovery] | Mapping[str, Delivery]) -> dict[str, np.ndarray]:
    return {f"{role}_days": np.array([float(item.days.get(role, 0)) for item in items.values()]) for role in _ROLES}


def _capacity(role: str, discovery: Mapping[str, Discovery], delivery: Mapping[str, Delivery]) -> float:
    """The fullest sprint of either way, with half a day to spare."""
    loads = [
        sum(
            float((discovery[item[1:]] if item.startswith("+") else delivery[item]).days.get(role, 0))
            for item in sprint
        )
        for way in _WAYS
        for sprint in way
    ]
    return max(loads) + 0.5
