"""The two tracks: questions of discovery with their answers, work of delivery, and who has how many days.

Worlds differ in which questions are answered, in which answer is too old or was no, in what is built already and in
when there is room; `schedules.py` sees to it that a plan exists for each way that is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, Role, frozen_columns
from curriculum.cases.healthcare_platform.kinds import Delivery, Discovery

ENGINEERS: Mapping[str, str] = {"ml": "sanna", "engineering": "lena", "quality": "hana"}
"""The functions that build, and who of the pod is it: one of them takes part in each question."""

FRESH = 2
"""An answer is there one or two sprints before its work; here an older one counts as stale."""

ROLES: Mapping[str, str] = {"ml": "ML engineers", "engineering": "Platform engineers", "design": "Designers",
                            "clinical": "Clinical staff", "quality": "Quality engineers"}  # fmt: skip

QUESTIONS: Mapping[str, str] = {
    "shadow_trees": "Does the tree model hold on all three wards in shadow mode?",
    "shadow_sequence": "Does the sequence model hold on monitored beds in shadow mode?",
    "feed_spike": "Does the monitors' data feed arrive within a second?",
    "tier_study": "Do nurses find the urgent alert in a tiered list?",
    "popup_study": "Are pop-ups closed for the right reason on a busy shift?",
    "notice_test": "Do patients understand the notice?",
    "reasons_study": "Do the shown reasons help people to doubt a wrong score?",
    "uncertainty_study": "Do people understand the sign for low confidence?",
    "trail_walkthrough": "Can an inspector follow one alert from the log to the decision?",
    "ward_interviews": "What would the medical and surgical wards need in their first week?",
    "voice_alerts": "Do spoken alerts help at night?",
}
WORK: Mapping[str, tuple[str, str, Mapping[str, float], tuple[str, ...]]] = {
    "model_trees": ("Tree model set up in both hospitals, not shown yet", "shadow_trees",
                    {"ml": 9, "engineering": 5, "quality": 4}, ("req_in_time",)),
    "model_sequence": ("Sequence model set up in both hospitals, not shown yet", "shadow_sequence",
                       {"ml": 12, "engineering": 6, "quality": 5}, ("req_in_time",)),
    "monitor_feed": ("Live feed from the bedside monitors", "feed_spike",
                     {"engineering": 7, "ml": 3, "quality": 2}, ("req_old_signs",)),
    "screen_tiered": ("Tiered list on the devices of the wards", "tier_study",
                      {"design": 7, "engineering": 5, "clinical": 3, "quality": 3}, ("req_outage",)),
    "screen_popup": ("Pop-up alerts on the devices of the wards", "popup_study",
                     {"design": 5, "engineering": 5, "clinical": 2, "quality": 3}, ("req_outage",)),
    "reasons_panel": ("Panel with the reasons for a score", "reasons_study",
                      {"design": 5, "ml": 4, "engineering": 3, "clinical": 2}, ("req_reasons",)),
    "low_confidence": ("Sign for low confidence", "uncertainty_study",
                       {"design": 4, "ml": 2, "engineering": 3}, ("req_unsure",)),
    "audit_trail": ("Audit trail from alert to decision", "trail_walkthrough",
                    {"engineering": 6, "quality": 3}, ("req_log",)),
    "patient_notice": ("Notice for patients", "notice_test", {"design": 2, "engineering": 1}, ()),
    "rollout_general": ("Medical and surgical wards made ready: training, shifts", "ward_interviews",
                        {"clinical": 6, "engineering": 3, "design": 1}, ()),
    "voice": ("Spoken alerts at night", "voice_alerts", {"design": 4, "engineering": 4, "ml": 2}, ()),
}  # fmt: skip
"""By id: what is built, the question on which it rests, person-days by role, and the requirements it serves."""

IDEA = "voice"
"""Work that no decision of the review brings with it."""
ALWAYS = ("reasons_panel", "low_confidence", "audit_trail", "patient_notice")
"""Work that every decision brings with it, unless it is built already."""


@dataclass(frozen=True)
class Planned:
    """One line of a plan: a question with the sprint by whose end it is answered, or work with its own sprint."""

    item: str
    sprint: int
    mapped_in: int | None = None
    """For work that a clause asks for: the sprint by whose end its clauses are mapped."""


@dataclass(frozen=True)
class Plan:
    """A plan that fits."""

    asked: tuple[Planned, ...]
    built: tuple[Planned, ...]


@dataclass(frozen=True)
class Slip:
    """A change of one line of a plan that breaks one thing: which line, from 0, and its new sprint."""

    line: int
    sprint: int


@dataclass(frozen=True)
class Backlog:
    """What could be asked and built, and the days that there are."""

    discovery: Mapping[str, Discovery]
    delivery: Mapping[str, Delivery]
    roles: Mapping[str, Role]
    """Capacity is person-days in a sprint."""
    most_work: int
    """Pieces of work that the team begins in one sprint at most."""
    most_questions: int
    """Questions that are open in one sprint at most."""
    plans: Mapping[str, tuple[Plan, ...]]
    """By model: plans that fit, for the way of this world with that model."""
    overfull: Mapping[str, Slip]
    """By model: a piece of work of the first plan whose move overfills a sprint and does nothing else."""
    too_late: Mapping[str, Slip]
    """By model: a question of the first plan that can be answered too late for its work, and nothing else breaks."""

    def question_of(self, work: str) -> Discovery:
        """The question on which work rests."""
        return self.discovery[self.delivery[work].needs[0]]

    def wanted(self, model: str, screen: str, general_wards: bool) -> frozenset[str]:
        """The work that a decision brings with it and that is not built yet."""
        items = {f"model_{model}", f"screen_{screen}", *ALWAYS}
        items |= {"monitor_feed"} if model == "sequence" else set()
        items |= {"rollout_general"} if general_wards else set()
        return frozenset(item for item in items & self.delivery.keys() if not self.delivery[item].built)

    def needed(self, question: Discovery) -> str:
        """What a question needs: ask, repeat, stop; blank where its answer can be relied on."""
        if question.outcome == "refuted":
            return "stop"
        if question.ended is None:
            return "ask"
        return "repeat" if 1 - question.ended > FRESH else ""

    def engineer_of(self, question: Discovery) -> str:
        """The engineer whose days are planned for a question."""
        return next((person for role, person in ENGINEERS.items() if question.days.get(role)), "")

    def too_much(self, plan: Plan) -> Iterator[tuple[int, str, float, float]]:
        """Where a plan is more than there is: sprint, what, how much, and how much there is."""
        asked = [(line.sprint, self.discovery[line.item].days) for line in plan.asked]
        built = [(line.sprint, self.delivery[line.item].days) for line in plan.built]
        for sprint in sorted({sprint for sprint, _ in (*asked, *built)}):
            for role in self.roles.values():
                days = sum(float(load.get(role.id, 0)) for at, load in (*asked, *built) if at == sprint)
                if days > role.capacity + 1e-9:
                    yield sprint, f"days of {role.label.lower()}", days, role.capacity
            for words, lines, most in (("pieces of work", built, self.most_work),
                                       ("open questions", asked, self.most_questions)):  # fmt: skip
                if (count := sum(at == sprint for at, _ in lines)) > most:
                    yield sprint, words, count, most


def plan_columns(backlog: Backlog) -> Mapping[str, Columns]:
    """The tables discovery, delivery, capacity and plan_rules."""
    discovery, delivery = backlog.discovery, backlog.delivery
    rules = {
        "Pieces of work in one sprint, at most": backlog.most_work,
        "Questions in one sprint, at most": backlog.most_questions,
        "Sprints between an answer and its work, at least": 1,
        "Sprints between an answer and its work, at most": FRESH,
    }
    return {
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
            built=np.array([item.built for item in delivery.values()]),
            **_days(delivery),
        ),
        "capacity": frozen_columns(
            role=np.array(list(backlog.roles)),
            days_a_sprint=np.array([role.capacity for role in backlog.roles.values()]),
        ),
        "plan_rules": frozen_columns(rule=np.array(list(rules)), number=np.array(list(rules.values()))),
    }


def _days(items: Mapping[str, Discovery] | Mapping[str, Delivery]) -> dict[str, np.ndarray]:
    return {f"{role}_days": np.array([float(item.days.get(role, 0)) for item in items.values()]) for role in ROLES}
