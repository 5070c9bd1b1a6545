"""A pipeline as a workflow of GitHub Actions: a job a gate, each after the one before, people before it goes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from curriculum.practice.gates.pipeline import Gate

CHECKOUT = "actions/checkout@v4"
"""The step that fetches the code."""


@dataclass(frozen=True)
class Approval:
    """One side without whose yes nothing goes on. The service lets a job pass as soon as one reviewer of its
    environment has approved, so each side has an environment of its own."""

    side: str
    reviewers: tuple[str, ...]


def actions(name: str, gates: Sequence[Gate], approvals: Sequence[Approval], release: Sequence[str],
            rollback: Sequence[str], asked_after: int | None = None) -> str:  # fmt: skip
    """The text of `.github/workflows/<name>.yml`. Each gate calls `gates/check` with its column and limits.

    People are asked when `asked_after` gates have passed, or all of them; reviewers are set up in the environments,
    and stand here as comments. `release` and `rollback` are the commands that put a build out and take it back; only
    a release that failed is taken back, and not a build that a gate or a person stopped.
    """
    jobs: dict[str, object] = {}
    before: list[str] = []
    asked = len(gates) if asked_after is None else asked_after
    for number, gate in enumerate(gates):
        if number == asked:
            before = _asked(jobs, approvals, before)
        minutes = max(5, round(3 * gate.minutes))
        steps = [{"uses": CHECKOUT}, {"name": gate.name, "run": _check(gate)}]
        jobs[_id(gate.name)] = _job(before, {"timeout-minutes": minutes}, steps)
        before = [_id(gate.name)]
    if asked >= len(gates):
        before = _asked(jobs, approvals, before)
    jobs["release"] = _job(before, {}, [{"uses": CHECKOUT}, *({"run": command} for command in release)])
    # `failure()` alone is true whenever any job before this one has failed.
    jobs["rollback"] = _job(["release"], {"if": "failure() && needs.release.result == 'failure'"},
                            [{"uses": CHECKOUT}, *({"run": command} for command in rollback)])  # fmt: skip
    body = {"name": name, "on": {"schedule": [{"cron": "0 1 * * *"}], "workflow_dispatch": None},
            "permissions": {"contents": "read"}, "concurrency": {"group": name}, "jobs": jobs}  # fmt: skip
    text = yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110)
    return f"{_reviewers(approvals)}{text.replace(chr(39) + 'on' + chr(39) + ':', 'on:', 1)}"


def _asked(jobs: dict[str, object], approvals: Sequence[Approval], before: Sequence[str]) -> list[str]:
    """Jobs that wait for a side each, all at the same time; returns what comes next waits for."""
    for one in approvals:
        jobs[_environment(one)] = _job(before, {"environment": _environment(one)}, [{"run": "echo approved"}])
    return [_environment(one) for one in approvals] or list(before)


def _job(before: Sequence[str], more: Mapping[str, object], steps: Sequence[Mapping[str, str]]) -> dict[str, object]:
    needs = {"needs": before[0] if len(before) == 1 else list(before)} if before else {}
    return {"runs-on": "ubuntu-latest", **needs, **more, "steps": list(steps)}


def _environment(approval: Approval) -> str:
    return f"approval-{_id(approval.side)}"


def _reviewers(approvals: Sequence[Approval]) -> str:
    """A comment an environment, with the people who are to be set up as its reviewers."""
    lines = []
    for one in approvals:
        who = " or ".join(re.sub(r"\s+", " ", name) for name in one.reviewers) or "nobody yet"
        lines.append(f"# Reviewers of the environment “{_environment(one)}”: {who}.\n")
    return "".join(lines) or "# Nobody is asked.\n"


def _check(gate: Gate) -> str:
    parts = ["gates/check", _id(gate.measure)]
    if gate.most is not None:
        parts.append(f"--most {gate.most:g}")
    if gate.least is not None:
        parts.append(f"--least {gate.least:g}")
    if gate.equals:
        parts.append(f"--equals {_id(gate.equals)}")
    return " ".join(parts)


def _id(text: str) -> str:
    """Letters, digits and hyphens, as job names may have; nothing that a shell would read otherwise."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-") or "gate"
