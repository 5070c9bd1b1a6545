"""Decision records as Markdown files after MADR 4, one a record, with an index that shows what supersedes what."""

from __future__ import annotations

import html

from curriculum.artifacts.decision_log import DecisionLog, DecisionRecord
from curriculum.cases.base import Registry
from curriculum.cases.healthcare_platform.kinds import Record
from curriculum.practice.gate.release import decision_path


def decision_files(log: DecisionLog, registry: Registry) -> dict[str, str]:
    """The text of each record of the log, by path, and the index; records without a number are left out."""
    numbered = [record for record in log.records if record.number]
    taken = {record.number for record in _earlier(registry)}
    files = {
        decision_path(record.number or 0): record_markdown(record, registry)
        for record in numbered
        if record.number not in taken  # an accepted record is never written over
    }
    return {**files, "decisions/README.md": _index(log, registry)}


def record_markdown(record: DecisionRecord, registry: Registry) -> str:
    """One record as MADR 4; markup in the learner's words is shown as text."""
    head = {
        "status": record.status,
        "date": record.decided_on.isoformat() if record.decided_on else "",
        "decision-makers": _label("people", record.decider, registry),
        "consulted": _people(record.sign_offs, registry),
    }
    options = [_label("options", option, registry) for option in (record.chosen, record.rival)]
    drivers = [_label("drivers", row.driver, registry) for row in record.measures]
    limit = f"{record.confirmed_limit:g}" if record.confirmed_limit is not None else "no limit"
    lines = [
        "---",
        *(f'{name}: "{value}"' for name, value in head.items()),
        "---",
        "",
        f"# {record.number:04d} {options[0]}",
        "",
        "## Context and Problem Statement",
        "",
        f"{_label('topics', record.topic, registry)}?",
        "",
        "## Decision Drivers",
        "",
        *(f"* {driver}" for driver in drivers),
        "",
        "## Considered Options",
        "",
        *(f"* {option}" for option in options),
        "",
        "## Decision Outcome",
        "",
        f"Chosen option: “{options[0]}”. {_text(record.because)}",
        "",
        "### Consequences",
        "",
        f"* Bad: “{options[1]}” is better on {_label('drivers', record.gives_up, registry)}. Borne by: "
        f"{_label('borne_by', record.borne_by, registry)}",
        "",
        "### Confirmation",
        "",
        f"{_label('drivers', record.confirmed_by, registry)}, limit {limit}, on {record.confirmed_on or 'no day'}.",
        "",
        "## Pros and Cons of the Options",
        "",
        f"| | {' | '.join(options)} |",
        "| --- | --- | --- |",
    ]
    for driver, row in zip(drivers, record.measures, strict=True):
        shown = " | ".join("" if cell is None else f"{cell:g}" for cell in (row.value, row.rival))
        lines.append(f"| {driver} | {shown} |")
    facts = [f"`{id}`: {_label('facts', id, registry)}" for id in record.evidence]
    lines += ["", "## More Information", "", *(f"* {fact}" for fact in facts)]
    old = registry.entries("records").get(record.supersedes)
    lines += [f"* Supersedes {old.number:04d}."] if isinstance(old, Record) else []
    return "\n".join([*lines, f"* Signed by {_people(record.sign_offs, registry) or 'nobody'}."]) + "\n"


def _index(log: DecisionLog, registry: Registry) -> str:
    earlier = _earlier(registry)
    by = {old.supersedes: old.number for old in earlier if old.supersedes}
    by |= {old.number: record.number for record in log.records for old in earlier
           if old.id == record.supersedes and record.number}  # fmt: skip
    lines = ["# Decisions", "", "| Number | Title | Status |", "| --- | --- | --- |"]
    for old in earlier:
        newer = by.get(old.number)
        status = f"superseded by {newer:04d}" if newer else "accepted"
        lines.append(f"| {old.number:04d} | {old.label.split(' · ')[-1]} | {status} |")
    for record in log.records:
        if record.number:
            lines.append(f"| {record.number:04d} | {_label('options', record.chosen, registry)} | {record.status} |")
    return "\n".join(lines) + "\n"


def _earlier(registry: Registry) -> list[Record]:
    return [record for record in registry.entries("records").values() if isinstance(record, Record)]


def _people(ids: tuple[str, ...], registry: Registry) -> str:
    return ", ".join(_label("people", id, registry) for id in ids)


def _label(kind: str, id: str, registry: Registry) -> str:
    return _text(registry.label(kind, id)) if id else "nothing"


def _text(words: str) -> str:
    return html.escape(" ".join(words.split()), quote=False).replace("|", "\\|").replace('"', "”")
