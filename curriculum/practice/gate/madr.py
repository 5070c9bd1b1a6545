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
        "decision-makers": _people(record.decision_makers, registry),
        "consulted": _people(record.consulted, registry),
        "informed": _people(record.informed, registry),
    }
    options = [_label("options", option, registry) for option in record.options]
    lines = ["---", *(f'{name}: "{value}"' for name, value in head.items()), "---", ""]
    lines += [
        f"# {record.number:04d} {_text(record.record_title)}",
        "",
        "## Context and Problem Statement",
        "",
        _text(record.context),
        "",
    ]
    drivers = list(dict.fromkeys(measure.driver for measure in record.measures))
    lines += ["## Decision Drivers", "", *(f"* {_label('drivers', driver, registry)}" for driver in drivers), ""]
    lines += ["## Considered Options", "", *(f"* {option}" for option in options), ""]
    lines += [
        "## Decision Outcome",
        "",
        f"Chosen option: “{_label('options', record.chosen, registry)}”. {_text(record.because)}",
        "",
    ]
    lines += ["### Consequences", "", f"* Good: {_text(record.good)}", f"* Bad: {_text(record.bad)}", ""]
    limit = f"{record.confirmed_limit:g}" if record.confirmed_limit is not None else "no limit"
    lines += [
        "### Confirmation",
        "",
        f"{_label('drivers', record.confirmed_by, registry)}, limit {limit}, on {record.confirmed_on or 'no day'}.",
        "",
    ]
    lines += [
        "## Pros and Cons of the Options",
        "",
        f"| | {' | '.join(options)} |",
        f"| --- |{' --- |' * len(options)}",
    ]
    values = {(measure.driver, measure.option): measure.value for measure in record.measures}
    for driver in drivers:
        cells = [values.get((driver, option)) for option in record.options]
        shown = " | ".join("" if cell is None else f"{cell:g}" for cell in cells)
        lines.append(f"| {_label('drivers', driver, registry)} | {shown} |")
    facts = [f"`{id}`: {_label('facts', id, registry)}" for id in record.evidence]
    lines += ["", "## More Information", "", *(f"* {fact}" for fact in facts)]
    lines += [f"* Supersedes {record.supersedes:04d}."] if record.supersedes else []
    signs = [f"{_label('people', sign.person, registry)} on {sign.on or 'no day'}" for sign in record.sign_offs]
    return "\n".join([*lines, f"* Signed by {', '.join(signs) or 'nobody'}."]) + "\n"


def _index(log: DecisionLog, registry: Registry) -> str:
    by = {row.number: row.by for row in log.superseded}
    lines = ["# Decisions", "", "| Number | Title | Status |", "| --- | --- | --- |"]
    for old in _earlier(registry):
        newer = by.get(old.number)
        status = f"superseded by {newer:04d}" if newer else "accepted"
        lines.append(f"| {old.number:04d} | {old.label.split(' · ')[-1]} | {status} |")
    for record in log.records:
        if record.number:
            lines.append(f"| {record.number:04d} | {_text(record.record_title)} | {record.status} |")
    return "\n".join(lines) + "\n"


def _earlier(registry: Registry) -> list[Record]:
    return [record for record in registry.entries("records").values() if isinstance(record, Record)]


def _people(ids: tuple[str, ...], registry: Registry) -> str:
    return ", ".join(_label("people", id, registry) for id in ids)


def _label(kind: str, id: str, registry: Registry) -> str:
    return _text(registry.label(kind, id)) if id else "nothing"


def _text(words: str) -> str:
    return html.escape(" ".join(words.split()), quote=False).replace("|", "\\|").replace('"', "”")
