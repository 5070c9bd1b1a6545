"""The rubric of `fraud_false_positives` and what its criteria share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from textwrap import shorten
from typing import Any

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.five_whys import FiveWhys
from curriculum.artifacts.incident import Incident, Panel
from curriculum.artifacts.sync_exit import SyncExit
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.events import DEEDS
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS, Definition
from graders.common import PERCENTILE_TOLERANCE, stated
from graders.fraud_false_positives.derived import exit_day, plan_numbers
from graders.rubric import Objections, Rubric, objection


def record_completed(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Who leads and who speaks, as the memo says, and whether each line of the timeline is a deed, fact or guess."""
    record = artifacts["incident"]
    assert isinstance(record, Incident)
    kinds = {
        f"timeline[{number}].kind": "done" if line.about in DEEDS else "fact" if line.evidence else "guess"
        for number, line in enumerate(record.timeline, start=1)
        if line.about
    }
    return {"commander": "you", "communications": "clara", **kinds}


def problem_shown(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The measure of the record's panel on good payments stopped."""
    record = artifacts.get("incident")
    panels = record.panels if isinstance(record, Incident) else ()
    shown = (p.definition for p in panels if not p.group and metric_of(p.definition) == "false_positives")
    return {"problem": next(shown, "")}


rubric = Rubric(
    "fraud_false_positives",
    {"incident": Incident, "five_whys": FiveWhys, "action_plan": ActionPlan, "sync_exit": SyncExit},
    conversations=("war_room",),
    derives={
        "incident": record_completed,
        "five_whys": problem_shown,
        "action_plan": plan_numbers,
        "sync_exit": exit_day,
    },
)

SHOW_EVERY_CAUSE = ("false_positives", "complaints")
"""Metrics in which each of the three causes shows; errors on the alert screen show one of them."""

_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::\d{2})?\s*(?:Z|UTC)?")


def moment(text: str) -> dt.datetime | None:
    """A time in UTC written as 2026-03-01 09:20; None for anything else."""
    match = _MOMENT.fullmatch(text.strip())
    try:
        return dt.datetime.fromisoformat("{}-{}-{}T{:0>2}:{}".format(*match.groups())) if match else None
    except ValueError:
        return None


def values_in_hint(*metrics: str) -> str:
    """For a last hint: a text with holes that tells the trusted ways to count some metrics, before and now."""
    return (
        f"{{% for it in entries.definitions.values() if it.sound and it.metric in {metrics!r} %}}{{{{ it.label }}}}: "
        "{{ truth.values[it.id][0] | number(2) }} before, {{ truth.values[it.id][1] | number(2) }} now"
        "{{ '.' if loop.last else '; ' }}{% endfor %}"
    )


def inner(text: str) -> str:
    """A text that stands in quotation marks, with its own ones made single."""
    return text.replace("“", "‘").replace("”", "’")


def short(text: str, most: int = 70) -> str:
    """A text cut at a word, for quoting; a text without spaces is cut where it has to be."""
    return inner(shorten(text, most, placeholder=" …") if " " in text else text[:most])


def value_of(definition: str, case: Case) -> tuple[float, float]:
    """A definition's value before and now; raises KeyError for an unknown one."""
    values: tuple[float, float] = case.truth.values[definition]
    return values


MOVED = 0.2
"""A stated value may be off by this share of what the document wants to move, and by five percent at most."""
ROUNDING = 0.0051
"""People state two decimals."""


def agrees(stated_value: float | None, true: float, moved: float | None = None) -> bool:
    """Whether a stated value of a measure is the recomputed one; `moved` is the effect that it is part of."""
    if stated_value is None:
        return False
    slack = PERCENTILE_TOLERANCE * abs(true)
    if moved is not None:
        slack = max(ROUNDING, min(slack, MOVED * abs(moved)))
    return abs(stated_value - true) <= slack + 1e-9


def misstated(part: Panel, definition: Definition, case: Case, place: str = "") -> Objections:
    """What a panel states as a measure's value before or now and the tables do not give."""
    before, now = value_of(definition.id, case)
    for name, said, true in zip(("before", "now"), (part.before, part.now), (before, now), strict=True):
        if not agrees(said, true, now - before):
            yield objection(
                f"{place}{name}",
                f"“{inner(definition.label)}”: you state {stated(said)} as its value {name}.",
                f"its value {name} as the tables give it, within 5 % and a fifth of the change",
                {"definition": definition.id, "stated": stated(said), "unit": definition.unit,
                 "days": f"the row “{name}” in `about`"},
            )  # fmt: skip


def misleading(place: str, definition: str, case: Case) -> Objections:
    """A definition that does not answer its question today, with why; nothing of one that is not known."""
    found = definition_of(definition, case)
    if found and not found.sound:
        row = {"definition": found.id, "counts": found.note}
        said = f"“{inner(found.label)}” misleads today: {found.why_not}."
        yield objection(place, said, "a definition that is complete within days and moves with the harm", row)


def who_is(person: str, case: Case) -> str:
    """A person's name within a sentence."""
    return "you" if person == "you" else case.registry.label("people", person) or "nobody"


def metric_of(definition: str) -> str:
    """The metric that a definition counts; blank for an unknown one."""
    entry = DEFINITIONS.get(definition)
    return entry.metric if entry else ""


def definition_of(definition: str, case: Case) -> Definition | None:
    """A definition as it is counted in this world; None for an unknown one."""
    return case.registry.find("definitions", definition, Definition)


def stands_for(definition: str, case: Case) -> str:
    """A definition, or the trusted one of good payments stopped where it counts the group whose stops rose most."""
    return str(case.truth.trusted["false_positives"]) if definition == case.truth.worst_group else definition


def is_sound(definition: str, case: Case) -> bool:
    """Whether a definition answers its question today."""
    entry = definition_of(definition, case)
    return entry is not None and entry.sound


def contested_missing(definitions: Iterable[str]) -> list[str]:
    """The contested metrics that none of the definitions counts, in words."""
    there = {metric_of(definition) for definition in definitions}
    words = {
        "false_positives": "good payments stopped",
        "complaints": "complaints",
        "ui_errors": "errors on the alert screen",
    }
    return [words[metric] for metric in CONTESTED if metric not in there]
