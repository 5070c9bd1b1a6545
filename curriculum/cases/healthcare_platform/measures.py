"""What each option would do: every driver of the decision log, worked out from the tables that learners see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Entry, by_id
from curriculum.cases.healthcare_platform.kinds import Driver, Model, Option, Screen, Topic, Use
from curriculum.cases.healthcare_platform.wards import MAX_INAPPROPRIATE, MAX_RESPONSE, Clinic

MAX_INTERRUPTIONS = 4.0
"""Interruptions a ward and shift that nurses can still answer (the case's senior nurse)."""

TOPICS = by_id(
    Topic("model", "Which model goes into service"),
    Topic("intended_use", "On which wards alerts are shown"),
    Topic("alerting", "How alerts are shown"),
)

USES = by_id(
    Use("all_adult", "All adult wards", topic="intended_use", wards=("medical", "surgical", "step_down")),
    Use("general", "Medical and surgical wards", topic="intended_use", wards=("medical", "surgical")),
    Use("medical", "Medical wards", topic="intended_use", wards=("medical",)),
    Use("step_down", "Step-down units", topic="intended_use", wards=("step_down",)),
)

DRIVERS = by_id(
    Driver("sensitivity", "Deteriorations with an alert", topic="model", unit="percent", side="accuracy",
           source="validation, rows of the wards of the intended use"),
    Driver("ppv", "Alerts that were right", topic="model", unit="percent", side="accuracy",
           source="validation, rows of the wards of the intended use"),
    Driver("true_reasons", "Shown reasons that were the true ones", topic="model", unit="percent",
           side="explainability", source="reason_audit, rows of the wards of the intended use"),
    Driver("latency_p95", "Time to the screen, 95th percentile", topic="model", unit="milliseconds", side="load",
           source="traces"),
    Driver("worst_sensitivity", "Deteriorations with an alert on the worst ward", topic="intended_use",
           unit="percent", side="accuracy", source="validation, ward by ward, with the chosen model"),
    Driver("caught", "Deteriorations caught a month", topic="intended_use", unit="a month", side="accuracy",
           source="validation and wards: patient-shifts a month times caught rows over all rows"),
    Driver("cost", "Cost", topic="intended_use", unit="thousand euros", side="money",
           source="models and wards: the chosen model and the rollout on each ward"),
    Driver("inappropriate", "Alerts overridden although they were right", topic="alerting", unit="percent",
           side="harm", source="alert_log, rows of the wards of the intended use"),
    Driver("minutes", "Minutes to the bed, median", topic="alerting", unit="minutes", side="speed",
           source="alert_log, rows of the wards of the intended use"),
    Driver("interruptions", "Interruptions a ward and shift, busiest ward", topic="alerting", unit="a shift",
           side="load", source="validation, wards and screens: beds times alerts over rows times the "
                               "interrupting share"),
    Driver("override_rate", "Alerts overridden, for whatever reason", topic="alerting", unit="percent",
           side="tempting", source="alert_log, rows of the wards of the intended use"),
)  # fmt: skip


TURNS_ON: Mapping[str, tuple[str, ...]] = {
    "model": ("sensitivity", "true_reasons"),
    "intended_use": ("worst_sensitivity", "caught", "cost"),
    "alerting": ("inappropriate", "minutes", "interruptions"),
}
"""By topic: the measures on which the decision turns, both sides of the trade-off among them."""

BORNE_BY = by_id(
    Entry("patients_missed", "Patients who get worse without an alert"),
    Entry("readers", "Nurses and physicians who read the alert and have to know whether to believe it"),
    Entry("payers", "The hospitals, whose money is spent"),
    Entry("patients_waiting", "Patients with an alert to whom somebody comes late, or not at all"),
    Entry("interrupted", "Nurses who are interrupted in what they do"),
)
"""Who bears what a decision costs."""

BEARS: Mapping[str, str] = {
    "sensitivity": "patients_missed", "worst_sensitivity": "patients_missed", "caught": "patients_missed",
    "ppv": "readers", "true_reasons": "readers", "latency_p95": "readers", "cost": "payers",
    "inappropriate": "patients_waiting", "minutes": "patients_waiting", "interruptions": "interrupted",
    "override_rate": "readers",
}  # fmt: skip
"""By measure: who bears it where an option is worse on it."""

LOWER_IS_BETTER = frozenset({"latency_p95", "cost", "inappropriate", "minutes", "interruptions", "override_rate"})
"""Drivers of which less is better; of all others more is."""


def better(driver: str, one: float, other: float) -> bool:
    """Whether one value of a driver is better than another."""
    return one < other if driver in LOWER_IS_BETTER else one > other


@dataclass(frozen=True)
class Measures:
    """The numbers behind the options. Shares are in percent."""

    clinic: Clinic
    models: Mapping[str, Model]
    screens: Mapping[str, Screen]
    budget: float
    """Thousand euros."""
    target_caught: float
    """Deteriorations caught a month below which the sponsor stops."""

    def wards(self, use: str) -> tuple[str, ...]:
        return USES[use].wards

    def sensitivity(self, model: str, use: str) -> float:
        cells = [self.clinic.cells[model, ward] for ward in self.wards(use)]
        return 100 * sum(cell.caught for cell in cells) / sum(cell.deteriorated for cell in cells)

    def ppv(self, model: str, use: str) -> float:
        cells = [self.clinic.cells[model, ward] for ward in self.wards(use)]
        return 100 * sum(cell.caught for cell in cells) / sum(cell.alerts for cell in cells)

    def true_reasons(self, model: str, use: str) -> float:
        audits = [self.clinic.reasons[model, ward] for ward in self.wards(use)]
        return 100 * sum(right for _, right in audits) / sum(audited for audited, _ in audits)

    def worst_sensitivity(self, model: str, use: str) -> float:
        return min(self.ward_sensitivity(model, ward) for ward in self.wards(use))

    def ward_sensitivity(self, model: str, ward: str) -> float:
        cell = self.clinic.cells[model, ward]
        return 100 * cell.caught / cell.deteriorated

    def ward_reasons(self, model: str, ward: str) -> float:
        audited, right = self.clinic.reasons[model, ward]
        return 100 * right / audited

    def caught(self, model: str, use: str) -> float:
        return sum(self.ward_caught(model, ward) for ward in self.wards(use))

    def ward_caught(self, model: str, ward: str) -> float:
        cell = self.clinic.cells[model, ward]
        return self.clinic.wards[ward].patient_shifts * cell.caught / cell.rows

    def cost(self, model: str, use: str) -> float:
        return self.models[model].cost + sum(self.clinic.wards[ward].rollout for ward in self.wards(use))

    def alerts_a_shift(self, model: str, ward: str) -> float:
        cell = self.clinic.cells[model, ward]
        return self.clinic.wards[ward].beds * cell.alerts / cell.rows

    def interruptions(self, model: str, use: str, screen: str) -> float:
        share = self.screens[screen].interrupts
        return max(self.alerts_a_shift(model, ward) for ward in self.wards(use)) * share

    def inappropriate(self, screen: str, use: str) -> float:
        handled = [self.clinic.handling[screen, ward] for ward in self.wards(use)]
        return 100 * sum(h.inappropriate for h in handled) / sum(h.alerts for h in handled)

    def override_rate(self, screen: str, use: str) -> float:
        handled = [self.clinic.handling[screen, ward] for ward in self.wards(use)]
        return 100 * sum(h.overridden for h in handled) / sum(h.alerts for h in handled)

    def minutes(self, screen: str, use: str) -> float:
        return float(np.median(np.concatenate([self.clinic.handling[screen, w].minutes for w in self.wards(use)])))

    def review_seconds(self, screen: str, use: str) -> float:
        return float(np.median(np.concatenate([self.clinic.handling[screen, w].seconds for w in self.wards(use)])))

    def of(self, driver: str, option: str, *, model: str, use: str) -> float | None:
        """A driver's true value for an option, given the model and the use that the log chose; None where
        driver and option do not belong together."""
        topic = DRIVERS[driver].topic
        if topic == "model" and option in self.models:
            if driver == "latency_p95":
                return self.clinic.latency_p95[option]
            return {"sensitivity": self.sensitivity, "ppv": self.ppv, "true_reasons": self.true_reasons}[driver](
                option, use
            )
        if topic == "intended_use" and option in USES:
            return {"worst_sensitivity": self.worst_sensitivity, "caught": self.caught, "cost": self.cost}[driver](
                model, option
            )
        if topic == "alerting" and option in self.screens:
            if any((option, ward) not in self.clinic.handling for ward in self.wards(use)):
                return None  # last autumn's list was not in the pilot
            if driver == "interruptions":
                return self.interruptions(model, use, option)
            return {
                "inappropriate": self.inappropriate,
                "minutes": self.minutes,
                "override_rate": self.override_rate,
            }[driver](option, use)
        return None

    def shortfalls(self, model: str, use: str) -> tuple[str, ...]:
        """Why a model may not be used on these wards; empty where it may."""
        return tuple(words for ward in self.wards(use) for words in self.ward_shortfalls(model, ward))

    def ward_shortfalls(self, model: str, ward: str) -> tuple[str, ...]:
        """Where a model misses what a ward asks for, a sentence each."""
        asks, found = self.clinic.wards[ward], []
        caught, reasons = self.ward_sensitivity(model, ward), self.ward_reasons(model, ward)
        if caught < asks.min_sensitivity:
            found.append(f"{asks.label}: {caught:.1f} % caught, at least {asks.min_sensitivity:g} % are asked for")
        if reasons < asks.min_reasons:
            found.append(f"{asks.label}: {reasons:.1f} % true reasons, at least {asks.min_reasons:g} % are asked for")
        return tuple(found)

    def alerting_shortfalls(self, model: str, use: str, screen: str) -> tuple[str, ...]:
        """Why alerts may not be shown in this way on one of these wards; empty where they may."""
        return tuple(words for ward in self.wards(use) for words in self._alerting_shortfalls(model, ward, screen))

    def _alerting_shortfalls(self, model: str, ward: str, screen: str) -> Iterator[str]:
        name, handled = self.clinic.wards[ward].label, self.clinic.handling[screen, ward]
        load = self.alerts_a_shift(model, ward) * self.screens[screen].interrupts
        harm, minutes = 100 * handled.inappropriate / handled.alerts, float(np.median(handled.minutes))
        if load > MAX_INTERRUPTIONS:
            yield f"{name}: {load:.1f} interruptions a shift, at most {MAX_INTERRUPTIONS:g} can be answered"
        if harm > MAX_INAPPROPRIATE:
            accepted = f"at most {MAX_INAPPROPRIATE:g} % are accepted"
            yield f"{name}: {harm:.1f} % of alerts overridden although right, {accepted}"
        if minutes > MAX_RESPONSE:
            yield f"{name}: {minutes:.1f} minutes to the bed, at most {MAX_RESPONSE:g} are accepted"


def options(models: Mapping[str, Model], screens: Mapping[str, Screen]) -> Iterable[Option]:
    """Every option of every topic."""
    yield from (Option(model.id, model.label, model.note, topic="model") for model in models.values())
    yield from USES.values()
    shown = [screen for screen in screens.values() if screen.id != "tiered_old"]
    yield from (Option(screen.id, screen.label, screen.note, topic="alerting") for screen in shown)
