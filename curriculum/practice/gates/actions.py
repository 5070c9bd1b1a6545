"""A pipeline as a workflow of GitHub Actions: a job a gate, each after the one before, people before it goes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from curriculum.practice.gates.pipeline import Gate

CHECKOUT = "actions/checkout@v4"
"""The step that fetches the code."""


def actions(name: str, gates: Sequence[Gate], approvers: Sequence[str], release: Sequence[str],
            rollback: Sequence[str]) -> str:  # fmt: skip
    """The text of `.github/workflows/<name>.yml`. Each gate calls `gates/check` with its column and limits.

    `approvers` are reviewers of the environment in which the release runs: who they are is set up there, and stands
    here as a comment. `release` and `rollback` are the commands that put a build out and take it back.
    """
    jobs: dict[str, object] = {}
    before: str | None = None
    for gate in gates:
        job: dict[str, object] = {"runs-on": "ubuntu-latest", "timeout-minutes": max(5, round(3 * gate.minutes))}
        if before:
            job["needs"] = before
        job["steps"] = [{"uses": CHECKOUT}, {"name": gate.name, "run": _check(gate)}]
        before = _id(gate.name)
        jobs[before] = job
    out: dict[str, object] = {"runs-on": "ubuntu-latest", "environment": "production"}
    if before:
        out["needs"] = before
    out["steps"] = [{"uses": CHECKOUT}, *({"run": command} for command in release)]
    jobs["release"] = out
    jobs["rollback"] = {
        "runs-on": "ubuntu-latest", "needs": "release", "if": "failure()",
        "steps": [{"uses": CHECKOUT}, *({"run": command} for command in rollback)],
    }  # fmt: skip
    body = {"name": name, "on": {"schedule": [{"cron": "0 1 * * *"}], "workflow_dispatch": None},
            "permissions": {"contents": "read"}, "concurrency": {"group": name}, "jobs": jobs}  # fmt: skip
    who = ", ".join(re.sub(r"\s+", " ", one) for one in approvers) or "nobody yet"
    text = yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110)
    return f"# Reviewers of the environment “production”: {who}.\n{text.replace(chr(39) + 'on' + chr(39) + ':', 'on:')}"


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
