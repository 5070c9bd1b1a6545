"""The rubric object of `healthcare_platform`, and what its criteria share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from curriculum.artifacts.decision_log import DecisionLog, DecisionRecord
from curriculum.artifacts.design_handoff import DesignHandoff
from curriculum.artifacts.dual_track import DualTrack
from curriculum.artifacts.integration_review import IntegrationReview
from curriculum.artifacts.release_manifest import ReleaseManifest, ReleasePart
from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases import Case
from curriculum.cases.healthcare_platform import Truth
from curriculum.cases.healthcare_platform.kinds import ReleaseFile
from curriculum.cases.healthcare_platform.measures import TOPICS
from curriculum.support.dates import full_day
from graders.common import listed
from graders.healthcare_platform.derived import handoff_derived, log_derived, plan_derived
from graders.healthcare_platform.release_derived import manifest_carried_over, minutes_carried_over, policy_carried_over
from graders.rubric import NotYet, Rubric

rubric = Rubric(
    "healthcare_platform",
    {
        "decision_log": DecisionLog,
        "integration_review": IntegrationReview,
        "dual_track": DualTrack,
        "release_policy": ReleasePolicy,
        "release_manifest": ReleaseManifest,
        "design_handoff": DesignHandoff,
    },
    conversations=("review_meeting",),
    derives={
        "decision_log": log_derived,
        "dual_track": plan_derived,
        "design_handoff": handoff_derived,
        "integration_review": minutes_carried_over,
        "release_policy": policy_carried_over,
        "release_manifest": manifest_carried_over,
    },
)


def truth_of(case: Case) -> Truth:
    """The case's truth, typed."""
    truth: Truth = case.truth
    return truth


def name(case: Case, kind: str, id: str) -> str:
    """The words for an id; "nothing" for a blank one."""
    return case.registry.label(kind, id) if id else "nothing"


def people(case: Case, ids: Iterable[str]) -> str:
    """First names, as in a sentence."""
    return listed([case.registry.label("people", id).split()[0] for id in ids], most=6)


def day(date: dt.date | None) -> str:
    """A date in words; "no date" for a blank one."""
    return full_day(date) if date else "no date"


def chosen(log: DecisionLog, case: Case) -> tuple[str, str, str]:
    """Model, intended use and screen that the log's records choose; blank where it is not a known option."""
    options = case.registry.entries("options")
    found = []
    for topic in TOPICS:
        option = options.get(log.chosen(topic))
        found.append(option.id if option is not None and getattr(option, "topic", "") == topic else "")
    return found[0], found[1], found[2]


DECIDED = ("decision_log.model.chosen", "decision_log.intended_use.chosen", "decision_log.alerting.chosen")
"""What must be chosen before anything can be asked about the choice."""

AGREED = ("sign_offs_were_given", "evidence_speaks_for_the_choice")
"""What must hold of the log before others build on it: people agreed to it, for reasons that somebody gave."""

UNDECIDED = "It needs a choice each on the model, the wards and the alerts."


def decided(log: DecisionLog, case: Case) -> tuple[str, str, str]:
    """The same, for a question that cannot be asked without them; raises NotYet where one is missing."""
    model, use, screen = chosen(log, case)
    if not (model and use and screen):
        raise NotYet("decision_log.model.chosen", UNDECIDED)
    return model, use, screen


def ref(record: DecisionRecord) -> str:
    """How a finding names a record."""
    return f"record {record.number}" if record.number is not None else f"the record on “{TOPICS[record.topic].label}”"


def accepted(log: DecisionLog) -> Iterator[tuple[str, DecisionRecord]]:
    """The records that choose something, with their places."""
    yield from ((record.topic, record) for record in log.records if record.chosen)


def part_of(manifest: ReleaseManifest, part: str) -> ReleasePart | None:
    """The row of a manifest for a part."""
    return next((row for row in manifest.parts if row.part == part), None)


def file_of(row: ReleasePart | None, case: Case) -> ReleaseFile | None:
    """The file that a row of a manifest names; None for a row that is not there or names no known file."""
    return truth_of(case).folder.files.get(row.file) if row else None
