"""The gate's verdict on a release folder: passed, or stopped by clause and reason, and which rules ran on what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases.healthcare_platform.releases import COLUMN_TYPES
from curriculum.practice.gate.clause_table import ClauseTable, course_table
from curriculum.practice.gate.evidence import Evidence, Stop, read_release
from curriculum.practice.gate.policy import run_policy
from curriculum.practice.gate.release import POLICY
from curriculum.practice.gate.trial import Trial, try_out
from curriculum.support.files import FileRefused
from curriculum.support.rules import compile_rule

LIMITS = (
    "A pass says that the evidence is there and current. It does not say that a law is satisfied. "
    "The clause table is {whose}, checked on {day.day} {day:%B %Y}."
)


@dataclass(frozen=True)
class RanRule:
    """A rule that ran, with what it read."""

    name: str
    clause: str
    stop_when: str
    read: Mapping[str, Any]
    """The columns that the rule reads, with the values of this release."""
    says: str
    """`passes`, `stops` or `waived`."""
    of: str
    """Where the rule stands: in the release's own policy, or in the one of the base."""

    def sentence(self) -> str:
        read = ", ".join(f"{name} = {value!r}" for name, value in self.read.items())
        return f"- {self.name} [{self.clause}] {self.says}: {read or 'reads nothing'}{self.of and f' ({self.of})'}"


@dataclass(frozen=True)
class GateVerdict:
    """What the gate says."""

    folder: str
    release: str
    commit: str
    base: str
    """Id of the commit that the release was held against."""
    base_name: str
    judged_on: dt.date
    stops: tuple[Stop, ...]
    rules: tuple[RanRule, ...]
    trial: Trial
    clauses: ClauseTable

    @property
    def passed(self) -> bool:
        return not self.stops

    @property
    def waived(self) -> tuple[str, ...]:
        """Names of the rules that a waiver lifts."""
        return tuple(dict.fromkeys(rule.name for rule in self.rules if rule.says == "waived"))

    def sentences(self) -> list[str]:
        """The verdict in words, one line each: first what it is, last what it does not mean."""
        which = f"{self.folder}: release {self.release or 'without a version'} at commit {self.commit[:10]}"
        reasons = "one reason" if len(self.stops) == 1 else f"{len(self.stops)} reasons"
        lines = [f"{which} {'passed' if self.passed else f'is stopped, for {reasons}'}."]
        for stop in self.stops:
            by = f" (rule {stop.rule})" if stop.rule else ""
            lines.append(f"- {self.clauses.label(stop.clause)} [{stop.clause}]{by}: {stop.reason}")
            lines += [f"    - {sentence}" for sentence in stop.because]
        lines += ["", f"Rules that ran, {len(self.rules)}:", "", *(rule.sentence() for rule in self.rules), ""]
        lines += [self.trial.sentence(), ""]
        held = f"Held against {self.base_name}, {self.base[:10]}. Judged as of {self.judged_on.isoformat()}."
        return [*lines, held, LIMITS.format(whose=self.clauses.whose, day=self.clauses.verified_on)]

    def as_json(self) -> dict[str, Any]:
        return {
            "gate": 2,
            "folder": self.folder,
            "release": self.release,
            "commit": self.commit,
            "base": self.base,
            "judged_on": self.judged_on.isoformat(),
            "passed": self.passed,
            "stops": [asdict(stop) for stop in self.stops],
            "rules": [asdict(rule) for rule in self.rules],
            "waived": list(self.waived),
            "trial": asdict(self.trial),
            "clauses_verified_on": self.clauses.verified_on.isoformat(),
        }


def judge(
    folder: Path, *, base: str = "", today: dt.date | None = None, clauses: ClauseTable | None = None
) -> GateVerdict:
    """Judge a release folder; raises FileRefused where there is nothing that could be judged.

    The release is held against `base`: what is approved, logged and ruled there stays, and what the release brings
    along for itself does not count. A policy that the base has runs beside the release's own.
    """
    evidence = read_release(folder, base=base, today=today)
    table = clauses or course_table()
    ran, stops = _run(evidence, evidence.policy, table, "")
    if evidence.base.policy is not None and evidence.base.policy != evidence.policy:
        there, more = _run(evidence, evidence.base.policy, table, f"policy of {evidence.base.name}")
        own = {(rule.name, rule.stop_when, rule.clause) for rule in ran if rule.says == "stops"}
        ran += [rule for rule in there if (rule.name, rule.stop_when, rule.clause) not in own]
        told = {(stop.rule, stop.clause) for stop in stops}
        stops += [stop for stop in more if (stop.rule, stop.clause) not in told]
    trial = try_out(evidence.policy, evidence.row)
    if not trial.noticed:
        stops.append(Stop("qmsr", "", f"{POLICY} would stop nothing. {trial.sentence()}"))
    return GateVerdict(
        folder=folder.resolve().name,
        release=evidence.manifest.version,
        commit=evidence.commit,
        base=evidence.base.commit,
        base_name=evidence.base.name,
        judged_on=evidence.judged_on,
        stops=(*evidence.stops, *stops),
        rules=tuple(ran),
        trial=trial,
        clauses=table,
    )


def _run(evidence: Evidence, policy: ReleasePolicy, table: ClauseTable, of: str) -> tuple[list[RanRule], list[Stop]]:
    """Run a policy on the release: each rule with what it read, and the reasons to stop."""
    columns = {name: [value] for name, value in evidence.row.items()}
    verdicts = run_policy(policy, columns, waivable=table.waivable, waiver_days=table.waiver_days)
    if verdicts.errors:
        at, error = next(iter(verdicts.errors.items()))
        where = of or POLICY
        raise FileRefused(f"The rule {policy.rules[at].name[:40]} of the {where} cannot be run. {error}")
    release = evidence.manifest.version
    ran, stops = [], []
    for at, rule in enumerate(policy.rules):
        says = "stops" if at in verdicts.stops[release] else "waived" if at in verdicts.lifted[release] else "passes"
        read = compile_rule(rule.stop_when, COLUMN_TYPES).columns
        ran.append(
            RanRule(rule.name, rule.clause, rule.stop_when, {name: evidence.row[name] for name in read}, says, of)
        )
        if says == "stops":
            because = tuple(sentence for name in read for sentence in evidence.because.get(name, ()))
            stops.append(Stop(rule.clause, rule.name, rule.reason, because))
        elif not of and rule.clause not in table.clauses:
            named = rule.clause[:40] or "of the rule"
            stops.append(
                Stop(rule.clause, rule.name, f"The clause {named} is not in the clause table; name one that is.")
            )
    return ran, stops
