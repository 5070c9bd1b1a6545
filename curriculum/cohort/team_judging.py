"""Judging a table: one review and one score for a team, and for each member what they signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from curriculum.cohort.provenance import submission_sha256
from curriculum.cohort.vetting import Refused, vet
from curriculum.support.files import write_whole
from curriculum.team.deal import Deal
from curriculum.team.debrief import needs
from curriculum.team.debrief import page as debrief_page
from curriculum.team.gathering import gathered
from curriculum.team.outcome import Account, Outcome
from graders import load_rubric
from graders.grade import Submission
from graders.readers import for_readers
from graders.report import Report
from graders.rubric import Rubric


@dataclass(frozen=True)
class TeamUnit:
    """A table to judge, as it crosses to a worker: the deal as JSON, and each seat's submission."""

    deal: str
    folders: tuple[tuple[str, str], ...]
    """Name of the seat and its submission's folder, in the order of the seats; the first one writes."""
    players: tuple[tuple[str, str], ...] = ()
    """Name of the seat and who has it: another name where somebody was renamed since."""

    def seat_of(self, learner: str) -> str:
        """The name of a learner's seat."""
        return next((seat for seat, player in self.players if player == learner), learner)

    def sha256(self, lesson: str) -> str:
        """A hash of everything that the seats have handed in; blank where none has."""
        each = [(name, submission_sha256(Path(folder), lesson)) for name, folder in self.folders]
        return hashlib.sha256(repr(each).encode()).hexdigest() if any(digest for _, digest in each) else ""


@dataclass(frozen=True)
class TableJudged:
    """What came of a table, with the points in the lesson's own maximum."""

    outcome: Outcome
    submission: Submission
    report: Report
    refused: tuple[str, ...]

    def notes(self, seat: str) -> tuple[str, ...]:
        """What one member reads beside the score, which is the team's."""
        account = next((one for one in self.outcome.accounts if one.seat == seat), None)
        return (*self.refused, *self.outcome.notes, *_pooled(self.outcome), *(_signed(account) if account else ()))


@lru_cache(maxsize=4)
def judge_table(unit: TeamUnit, lesson: str, digest: str) -> TableJudged | Refused:
    """Judge a table once for all its members, who come one after another; `digest` says what was handed in.

    Raises what a rubric raises.
    """
    deal = Deal.model_validate_json(unit.deal)
    folders, refused = {}, []
    for name, folder in unit.folders:
        found = vet(Path(folder), name, lesson, deal.table.variant)
        if not isinstance(found, Refused):
            folders[name] = found.answers
        elif name == deal.table.lead.name:
            return replace(found, sentence=f"{name} writes for this team. {found.sentence}")
        elif Path(folder).exists():
            refused.append(f"{name}: {found.sentence}")
    outcome = gathered(deal, folders)
    rubric, case = load_rubric(lesson), deal.table.case
    report = for_readers(_in_full(outcome.report, rubric), rubric, case, outcome.submission)
    return TableJudged(outcome, outcome.submission, report, tuple(refused))


def write_together(folder: Path, judged: TableJudged) -> None:
    """Keep a team's debrief and its numbers beside the marked notebook of a member."""
    write_whole(folder / DEBRIEF, debrief_page(judged.outcome))
    write_whole(folder / NUMBERS, json.dumps(judged.outcome.as_json(), ensure_ascii=False, allow_nan=False))


DEBRIEF = "debrief.html"
NUMBERS = "team.json"


def _in_full(report: Report, rubric: Rubric) -> Report:
    """The report with the points in the lesson's own maximum, since a team is not asked everything."""
    artifacts = []
    for artifact in report.artifacts:
        whole = rubric.points(artifact.kind)
        share = whole / artifact.maximum if artifact.maximum else 1.0
        artifacts.append(replace(artifact, points=artifact.points * share, maximum=whole))
    return replace(report, artifacts=tuple(artifacts))


def _pooled(outcome: Outcome) -> Iterator[str]:
    if outcome.pooled:
        yield f"Your team's documents {needs(len(outcome.pooled), len(outcome.pooled) - len(outcome.missing))}"


def _signed(account: Account) -> Iterator[str]:
    """A member's own signatures, in words: one lesson says too little for a number that counts."""
    if not account.signed and not account.found and not account.held_up:
        yield "You have signed nothing that counts."
        return
    yield f"Of what you signed, {len(account.signed_right)} of {account.signed} questions hold."
    if account.failing:
        yield f"Of {account.failing} that do not hold and you gave your word on, you objected to {len(account.found)}."
