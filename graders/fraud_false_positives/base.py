"""The rubric of `fraud_false_positives` and what its criteria share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from textwrap import shorten

from curriculum.artifacts.action_plan import ActionPlan
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.five_whys import FiveWhys
from curriculum.artifacts.incident import Incident
from curriculum.artifacts.sync_exit import SyncExit
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, DEFINITIONS
from curriculum.roleplay.engine import State
from graders.common import (
    PERCENTILE_TOLERANCE,
    listed,
    missing,
    near,
    says_nothing,
    unheard_facts,
    unknown_ids,
)
from graders.rubric import Rubric, Verdict, met, unmet

rubric = Rubric(
    "fraud_false_positives",
    {"incident": Incident, "five_whys": FiveWhys, "action_plan": ActionPlan, "sync_exit": SyncExit},
    conversations=("war_room",),
)

_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::\d{2})?\s*(?:Z|UTC)?")


def moment(text: str) -> dt.datetime | None:
    """A time in UTC written as 2026-03-01 09:20; None for anything else."""
    match = _MOMENT.fullmatch(text.strip())
    try:
        return dt.datetime.fromisoformat("{}-{}-{}T{:0>2}:{}".format(*match.groups())) if match else None
    except ValueError:
        return None


def completeness(artifact: Artifact, case: Case, required: dict[str, object]) -> Verdict:
    """Whether what is required is there, in the learner's own words, with ids that exist (G1, G2)."""
    blank = missing(required)
    if blank:
        return unmet(f"Still blank: {listed(blank)}.", "every part filled, however briefly")
    if empty := next(says_nothing(artifact, case), None):
        return unmet(empty.found, empty.expected)
    strangers = unknown_ids(artifact, case)
    if strangers:
        named = listed([f"{named.id[:40]} ({named.place})" for named in strangers])
        return unmet(f"Nobody here knows {named}.", "names picked from the lists")
    return met("Every part is filled, and every name is known here.")


def cites_what_was_said(artifact: Artifact, conversation: State, case: Case) -> Verdict:
    """Whether everything cited was told to this learner."""
    unheard = unheard_facts(artifact, conversation, case)
    if unheard:
        who = case.registry.label("people", case.facts[unheard[0]].held_by or "")
        return unmet(
            f"Nobody told you this in the war room: “{short(case.facts[unheard[0]].label)}”",
            "only what you heard, or what stands in the brief",
            {"fact": unheard[0], "known by": who},
        )
    return met("Everything that you cite was said in the war room or stands in the brief.")


def short(text: str, most: int = 70) -> str:
    """A text cut at a word, for quoting; a text without spaces is cut where it has to be."""
    return shorten(text, most, placeholder=" …") if " " in text else text[:most]


def stated(value: float | None) -> str:
    """A number as people write it, or what stands there instead."""
    return "nothing" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def value_of(definition: str, case: Case) -> tuple[float, float]:
    """A definition's value before and now; raises KeyError for an unknown one."""
    values: tuple[float, float] = case.truth.values[definition]
    return values


def agrees(stated_value: float | None, true: float) -> bool:
    """Whether a stated value of a measure is the recomputed one, within five percent."""
    return near(stated_value, true, relative=PERCENTILE_TOLERANCE)


def metric_of(definition: str) -> str:
    """The metric that a definition counts; blank for an unknown one."""
    entry = DEFINITIONS.get(definition)
    return entry.metric if entry else ""


def is_sound(definition: str) -> bool:
    """Whether a definition answers its question today."""
    entry = DEFINITIONS.get(definition)
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
