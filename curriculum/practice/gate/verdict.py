"""The gate's verdict on a release folder: it passes, or it is stopped by clause and reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curriculum.cases.healthcare_platform.clauses import load_clauses, verified_on
from curriculum.practice.gate.evidence import Stop, read_release
from curriculum.practice.gate.policy import run_policy
from curriculum.support.files import FileRefused

LIMITS = (
    "A pass says that the evidence is there and current. It does not say that a law is satisfied. "
    "The clause table is teaching material, checked on {day:%d} {day:%B %Y}."
)


@dataclass(frozen=True)
class GateVerdict:
    """What the gate says."""

    release: str
    commit: str
    stops: tuple[Stop, ...]
    waived: tuple[str, ...]
    """Names of the rules that a waiver lifts."""

    @property
    def passed(self) -> bool:
        return not self.stops

    def sentences(self) -> list[str]:
        """The verdict in words, one line each."""
        clauses = load_clauses()
        where = f"Release {self.release or 'without a version'} at commit {self.commit[:10]}"
        reasons = "one reason" if len(self.stops) == 1 else f"{len(self.stops)} reasons"
        lines = [f"{where}: {'passed' if self.passed else f'stopped, for {reasons}'}."]
        for stop in self.stops:
            clause = clauses.get(stop.clause)
            by = f" (rule {stop.rule})" if stop.rule else ""
            lines.append(f"- {clause.label if clause else stop.clause} [{stop.clause}]{by}: {stop.reason}")
        lines += [f"- waived: {name}" for name in self.waived]
        return [*lines, LIMITS.format(day=verified_on())]

    def as_json(self) -> dict[str, Any]:
        return {
            "gate": 1,
            "release": self.release,
            "commit": self.commit,
            "passed": self.passed,
            "stops": [vars(stop) for stop in self.stops],
            "waived": list(self.waived),
            "clauses_verified_on": verified_on().isoformat(),
        }


def judge(folder: Path) -> GateVerdict:
    """Judge a release folder; raises FileRefused where there is nothing that could be judged."""
    evidence = read_release(folder)
    columns = {name: [value] for name, value in evidence.row.items()}
    verdicts = run_policy(evidence.policy, columns)
    rules = evidence.policy.rules
    if verdicts.errors:
        at, error = next(iter(verdicts.errors.items()))
        raise FileRefused(f"The rule {rules[at].name[:40]} of the policy cannot be run. {error}")
    release = evidence.manifest.version
    stops = [
        *evidence.stops,
        *(Stop(rules[at].clause, rules[at].name, rules[at].reason) for at in verdicts.stops[release]),
    ]
    return GateVerdict(release, evidence.commit, tuple(stops), tuple(rules[at].name for at in verdicts.lifted[release]))
