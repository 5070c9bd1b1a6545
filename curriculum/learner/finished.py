"""What a learner can bring into an interview from other lessons: artifacts, facts that were told, outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.artifacts.star import Copied
from curriculum.cases import load_case
from curriculum.consequences import run
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.learner.variant import VariantUnknown, read_stated
from curriculum.support.files import FileRefused, read_text
from graders import load_rubric
from graders.grade import Submission, read_submission
from graders.interviews.copies import FACTS, OUTCOME

MAX_TEXT = 20_000


def lessons_with_work(workspace: Path, besides: str = "") -> Iterator[LessonEntry]:
    """The lessons in which the learner has written an artifact that can be read."""
    for entry in load_catalog().lessons:
        if entry.slug == besides:
            continue
        submission = _submission(entry, workspace)
        if submission and submission.artifacts:
            yield entry


def bring(slug: str, workspace: Path) -> tuple[Copied, ...]:
    """Copies of the artifacts, the calls, the facts and the outcome of one lesson, as they stand now.

    Raises LookupError with one sentence where there is no such lesson or no work in it.
    """
    entry = load_catalog().lesson(slug)
    submission = _submission(entry, workspace)
    if submission is None or not submission.artifacts:
        raise LookupError(f"You have no artifact in {slug} yet; finish something there, or choose another lesson.")
    answers = _answers(entry, workspace)
    case, rubric = load_case(slug, _variant(answers, slug)), load_rubric(slug)
    copies = [
        Copied(lesson=slug, variant=case.seed, artifact=kind, text=text)
        for kind in (*submission.artifacts, *rubric.conversations[:1])
        if (text := _text(answers / f"{kind}.yaml", answers))
    ]
    told = submission.conversation.facts if submission.conversation else frozenset()
    facts = {
        fact.id: fact.value
        for fact in case.facts.values()
        if fact.value is not None and (fact.held_by is None or fact.id in told)
    }
    outcome = run(case, submission.artifacts, submission.conversation)
    numbers = {id: float(value) for id, value in outcome.numbers.items()} if outcome else {}
    for artifact, values in ((FACTS, facts), (OUTCOME, numbers)):
        if values:
            copies.append(Copied(lesson=slug, variant=case.seed, artifact=artifact, text=yaml_text.dump(values)))
    return tuple(copies)


def _submission(entry: LessonEntry, workspace: Path) -> Submission | None:
    answers = _answers(entry, workspace)
    if not answers.is_dir():
        return None
    try:
        rubric = load_rubric(entry.slug)
        return read_submission(rubric, load_case(entry.slug, _variant(answers, entry.slug)), answers)
    except LookupError:
        return None


def _answers(entry: LessonEntry, workspace: Path) -> Path:
    return workspace / entry.level / entry.slug / "answers"


def _variant(answers: Path, slug: str) -> int:
    try:
        stated = read_stated(answers, slug)
    except VariantUnknown:
        return 0
    return stated.variant if stated else 0


def _text(path: Path, inside: Path) -> str:
    try:
        text = read_text(path, inside)
    except (FileNotFoundError, FileRefused):
        return ""
    return text if len(text) <= MAX_TEXT else ""
