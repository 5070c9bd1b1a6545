"""Whether what a story brings from other lessons is what stood there: read, replayed and recomputed, never believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from curriculum.artifacts import yaml_text
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.reading import Unreadable, parse_artifact
from curriculum.artifacts.star import Copied
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.interviews.shown import shown_id
from curriculum.cases.interviews.units import READ_AS
from curriculum.consequences import Outcome, run
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import ScriptError, script_of
from curriculum.roleplay.transcript import transcript_of
from curriculum.words.numbers import said_numbers
from graders import load_rubric
from graders.common import near
from graders.grade import Submission, grade
from graders.report import Status
from graders.rubric import Rubric

FACTS, OUTCOME = "facts", "outcome"
"""What may be brought besides artifacts: facts that were told, and the numbers of what happened next."""


@dataclass(frozen=True)
class Place:
    """A number of another lesson that a story cites."""

    lesson: str
    artifact: str
    name: str
    words: str
    """What is counted there, in that lesson's own words."""
    unit: str
    """As units are picked in a story; blank where the lesson's words name none of these."""


_READ_TO_UNIT = {reader: unit for unit, reader in READ_AS.items()}


def cited(copies: tuple[Copied, ...], id: str) -> Place | None:
    """The place that a story cites; None where it is no number among facts or outcomes of a lesson that is with it."""
    lesson, _, rest = id.partition(".")
    artifact, _, name = rest.partition(".")
    world = next((copied.variant for copied in copies if copied.lesson == lesson), None)
    if world is None or world >= VARIANTS or artifact not in (FACTS, OUTCOME):
        return Place(lesson, artifact, name, "", "") if world is not None and name else None
    if artifact == OUTCOME:
        outcome = _outcome(copies, lesson)
        result = outcome.results.get(name) if outcome else None
        return Place(lesson, artifact, name, result.name, _unit(result.name)) if result else None
    try:
        fact = load_case(lesson, world).facts.get(name)
    except LookupError:
        return None
    return Place(lesson, artifact, name, fact.label, _unit(fact.unit)) if fact else None


def runs_until(copies: tuple[Copied, ...], lesson: str) -> dt.date | None:
    """The last day of what happened next in another lesson; None where nothing can be run, or it has no days."""
    outcome = _outcome(copies, lesson)
    return outcome.until if outcome else None


def _unit(words: str) -> str:
    """The unit that words such as "milliseconds until the row stands" begin with, as units are picked."""
    said = next(iter(said_numbers(f"5 {words}")), None)
    return _READ_TO_UNIT.get(said.unit, "") if said else ""


@lru_cache(maxsize=16)
def _outcome(copies: tuple[Copied, ...], lesson: str) -> Outcome | None:
    theirs = [copied for copied in copies if copied.lesson == lesson]
    try:
        rubric, case = load_rubric(lesson), load_case(lesson, theirs[0].variant)
        artifacts = {
            copied.artifact: parse_artifact(copied.text, rubric.artifacts[copied.artifact], copied.artifact).artifact
            for copied in theirs
            if copied.artifact in rubric.artifacts
        }
    except (LookupError, Unreadable):
        return None
    talks = [copied.text for copied in theirs if copied.artifact in rubric.conversations]
    return run(case, artifacts, _replayed(case, talks[0]) if talks else None)


def doubtful(copies: Iterable[Copied]) -> tuple[str, str] | None:
    """The first copy that is not what it says, as found and expected; None where all of them hold."""
    by_lesson: dict[tuple[str, int], list[Copied]] = {}
    for copied in copies:
        by_lesson.setdefault((copied.lesson, copied.variant), []).append(copied)
    lessons = [slug for slug, _ in by_lesson]
    if twice := sorted({slug for slug in lessons if lessons.count(slug) > 1}):
        return f"Copies of {twice[0][:60]} come from different worlds.", "copies from your own world alone"
    for (slug, variant), theirs in by_lesson.items():
        if problem := _lesson_doubt(slug, variant, theirs):
            return problem
    return None


def _lesson_doubt(slug: str, variant: int, copies: list[Copied]) -> tuple[str, str] | None:
    try:
        rubric, case = load_rubric(slug), load_case(slug, variant)
    except LookupError:
        return f"A copy names the lesson {slug[:60] or 'without a name'}.", "a lesson of this course"
    if variant >= VARIANTS:
        return f"A copy names world {variant} of {slug}.", f"one of the {VARIANTS} worlds"
    artifacts: dict[str, Artifact] = {}
    conversation: State | None = None
    for copied in copies:
        name = f"{slug}.{copied.artifact[:60]}"
        if copied.artifact in rubric.artifacts:
            try:
                artifacts[copied.artifact] = parse_artifact(
                    copied.text, rubric.artifacts[copied.artifact], name
                ).artifact
            except Unreadable as error:
                return f"The copy {name} cannot be read: {error.problems[0]}", "the artifact as you wrote it"
        elif copied.artifact in rubric.conversations:
            conversation = _replayed(case, copied.text)
        elif copied.artifact not in (FACTS, OUTCOME):
            return (
                f"{slug} has no artifact {copied.artifact[:60] or 'without a name'}.",
                f"one of {', '.join(rubric.artifacts)}",
            )
    for copied in copies:
        if copied.artifact == FACTS and (wrong := _wrong_fact(copied, case, conversation)):
            return wrong
        if copied.artifact == OUTCOME and (wrong := _wrong_outcome(copied, case, rubric, artifacts, conversation)):
            return wrong
    return None


def _replayed(case: Case, text: str) -> State | None:
    """The state after the last attempt of a copied transcript; None where it cannot be followed."""
    data = _data(text)
    attempts = data.get("attempts") if isinstance(data, dict) else None
    if not isinstance(attempts, list) or not attempts or not isinstance(attempts[-1], list):
        return None
    try:
        return transcript_of(data).replay(script_of(case)).state
    except (FileNotFoundError, ScriptError, ValidationError):
        return None


def _wrong_fact(copied: Copied, case: Case, conversation: State | None) -> tuple[str, str] | None:
    data = _data(copied.text)
    for id, stated in data.items() if isinstance(data, dict) else ():
        fact = case.facts.get(id)
        if fact is None or fact.value is None:
            return f"{copied.lesson} has no number {id[:60]}.", "a fact of that lesson that states a number"
        if fact.held_by and not (conversation and conversation.knows(id)):
            return f"In {copied.lesson}, nobody told you {id[:60]}.", "a fact that you were told there"
        if not isinstance(stated, int | float) or not near(float(stated), fact.value, absolute=1e-6):
            return (
                f"The copy says {str(stated)[:40]} for {copied.lesson}.{FACTS}.{id}.",
                "the number as you were told it",
            )
    return None


def _wrong_outcome(
    copied: Copied, case: Case, rubric: Rubric, artifacts: dict[str, Artifact], conversation: State | None
) -> tuple[str, str] | None:
    outcome = run(case, artifacts, conversation)
    if outcome is None:
        return (
            f"From the copies of {copied.lesson}, nothing can be run forward.",
            "copies of the artifacts that it needs",
        )
    data = _data(copied.text)
    for id, stated in data.items() if isinstance(data, dict) else ():
        if id not in outcome.numbers:
            return f"What happened in {copied.lesson} has no number {id[:60]}.", "a number of the outcome"
        true = float(outcome.numbers[id])
        exact = isinstance(stated, int | float) and near(float(stated), true, relative=1e-6, absolute=1e-6)
        if not exact:
            return (
                f"The copy says {str(stated)[:40]} for {copied.lesson}.{OUTCOME}.{id}.",
                "the number as it turned out",
            )
    return None


def _data(text: str) -> Any:
    try:
        return yaml_text.parse(text).data
    except yaml_text.NotYaml:
        return None


def passed_in(copies: Iterable[Copied]) -> frozenset[str]:
    """The criteria that copies of other lessons pass, as `shown_id` writes them: graded anew, not believed."""
    by_lesson: dict[tuple[str, int], list[Copied]] = {}
    for copied in copies:
        by_lesson.setdefault((copied.lesson, copied.variant), []).append(copied)
    return frozenset(id for (slug, variant), theirs in by_lesson.items() for id in _passed(slug, variant, theirs))


def _passed(slug: str, variant: int, copies: list[Copied]) -> list[str]:
    try:
        rubric, case = load_rubric(slug), load_case(slug, variant)
        artifacts = {
            copied.artifact: parse_artifact(copied.text, rubric.artifacts[copied.artifact], copied.artifact).artifact
            for copied in copies
            if copied.artifact in rubric.artifacts
        }
    except (LookupError, Unreadable):
        return []
    talks = [copied.text for copied in copies if copied.artifact in rubric.conversations]
    report = grade(rubric, case, Submission(artifacts, _replayed(case, talks[0]) if talks else None))
    found = (finding for artifact in report.artifacts for finding in artifact.findings)
    return [
        shown_id(slug, finding.criterion) for finding in found if finding.status is Status.GRADED and finding.passed
    ]
