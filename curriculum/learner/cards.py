"""The cards of the spaced review: what a learner has met, missed or recalled, each with where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path

from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.artifacts.recall import Recall
from curriculum.cases import Case
from curriculum.cases.interviews.questions import COMPETENCIES, load_questions
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import FOR_LEARNERS
from curriculum.course.templates import render
from curriculum.learner.progress import Progress
from curriculum.learner.variant import VariantUnknown, stated_case
from curriculum.support.files import FileRefused
from graders import load_rubric

RATINGS: Mapping[int, str] = {1: "again", 2: "hard", 3: "good", 4: "easy"}
"""How well a card was remembered."""

KINDS = ("criterion", "flaw", "retrieval", "question", "term")
"""The kinds of cards; new ones are offered in turns, in this order."""


@dataclass(frozen=True)
class ReviewCard:
    """A question with its answer; the id stays the same whatever the course changes in its words."""

    id: str
    kind: str
    """One of `KINDS`."""
    lesson: str
    front: str
    back: str
    since: dt.datetime
    """When it was learned or missed, in UTC. It is first asked on a later day: at once, it would be no remembering."""
    context: tuple[tuple[str, str], ...] = ()
    """Where it comes from, as labels with words: artifact, who asked, what was found."""
    rated: tuple[int, dt.datetime] | None = None
    """How it went in the lesson itself, and when; that counts as the first review."""
    points: tuple[str, ...] = field(default=())
    """What belongs to the answer besides, as a list."""


@dataclass(frozen=True)
class Found:
    """What a check found against a criterion."""

    words: str
    expected: str


def cards(workspace: Path, found: Mapping[tuple[str, str], Found] | None = None) -> list[ReviewCard]:
    """Every card that a learner's work has brought about; `found` says what checks found, by lesson and criterion.

    Nothing comes of a lesson in which nothing was checked and no answer from memory opened. Raises ProgressLost.
    """
    progress = Progress(workspace)
    has_record = progress.path.exists()
    checked = progress.first_checks() if has_record else {}
    missed = progress.still_missed() if has_record else {}
    kept: dict[str, list[ReviewCard]] = {kind: [] for kind in KINDS}
    for entry in load_catalog().lessons:
        answers = workspace / entry.level / entry.slug / "answers"
        if not answers.is_dir():
            continue
        mine = list(_recalled(entry, answers))
        if since := checked.get(entry.slug):
            here = {criterion: at for (lesson, criterion), at in missed.items() if lesson == entry.slug}
            mine += [
                *_criteria(entry, answers, here, found or {}),
                *_overlooked(entry, answers),
                *_terms(entry, since),
                *_questions(entry, since),
            ]
        for card in mine:
            kept[card.kind].append(card)
    in_turns = chain.from_iterable(zip_longest(*kept.values()))
    return list({card.id: card for card in reversed([card for card in in_turns if card]) if card}.values())[::-1]


def _terms(entry: LessonEntry, since: dt.datetime) -> Iterator[ReviewCard]:
    for term in load_plan(entry.slug).glossary:
        front = f"What is meant by “{term.term}”?"
        yield ReviewCard(f"term/{term.term.casefold()}", "term", entry.title, front, term.meaning, since)


def _recalled(entry: LessonEntry, answers: Path) -> Iterator[ReviewCard]:
    """The questions from memory of which the answer was opened."""
    try:
        recall = read_artifact(answers / f"{Recall.kind}.yaml", Recall, inside=answers).artifact
    except (Unreadable, FileNotFoundError):
        return
    titles = {other.slug: other.title for other in load_catalog().lessons}
    ratings = {words: number for number, words in RATINGS.items()}
    for item in load_plan(entry.slug).retrieval:
        answer = recall.of(item.id)
        opened = _moment(answer.opened)
        if opened is None:
            continue
        context = [("What you wrote then", answer.written)] if answer.written else []
        rated = (ratings[answer.rating], opened) if answer.rating else None
        title = titles.get(item.lesson, entry.title)
        id = f"retrieval/{entry.slug}/{item.id}"
        yield ReviewCard(id, "retrieval", title, item.question, item.answer, opened, tuple(context), rated)


def _questions(entry: LessonEntry, since: dt.datetime) -> Iterator[ReviewCard]:
    """What a panel would ask of the work of this lesson."""
    for question in load_questions():
        if entry.slug not in question.material:
            continue
        front = f"{question.question} Say your answer aloud, in about {question.minutes} min."
        yield ReviewCard(
            f"question/{question.id}",
            "question",
            entry.title,
            front,
            "A strong answer contains:",
            since,
            (("Interview question", COMPETENCIES[question.competency]),),
            points=(*question.strong, *(f"Not: {flag[:1].lower()}{flag[1:]}" for flag in question.red_flags)),
        )


def _criteria(
    entry: LessonEntry, answers: Path, missed: Mapping[str, dt.datetime], found: Mapping[tuple[str, str], Found]
) -> Iterator[ReviewCard]:
    rubric = load_rubric(entry.slug)
    case = _stated(entry, answers) if missed else None
    for id, criterion in rubric.criteria.items():
        if id not in missed or case is None:
            continue
        verdict = found.get((entry.slug, id))
        person = case.people.get(criterion.voice)
        context = [("Artifact", rubric.artifacts[criterion.artifact].title), ("Not met", criterion.sentence)]
        context += [("Asked by", f"{person.label}, {person.role}")] if person else []
        context += [("Found", verdict.words)] if verdict and verdict.words else []
        back = _joined(verdict.expected if verdict else "", render(criterion.hints[-1], case))
        front = f"{render(criterion.hints[0], case)} What would you change, and why?"
        yield ReviewCard(
            f"criterion/{entry.slug}/{id}", "criterion", entry.title, front, back, missed[id], tuple(context)
        )


def _overlooked(entry: LessonEntry, answers: Path) -> Iterator[ReviewCard]:
    from curriculum.course.flaws import flawed_draft, score

    plan, path = load_plan(entry.slug).flaws, answers / "flaws.yaml"
    if FOR_LEARNERS or plan is None or not path.exists():
        return
    case = _stated(entry, answers)
    try:
        ticked = read_artifact(path, Flaws, inside=answers).artifact.found
        since = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except (Unreadable, OSError):
        return
    if not ticked or case is None:
        return
    rubric = load_rubric(entry.slug)
    for miss in score(flawed_draft(case, plan), ticked).overlooked:
        front = f"You read in a draft: {miss.flaw} Why is that wrong, and why does it tempt?"
        broken = [rubric.criteria[id].sentence for id in miss.fails if id in rubric.criteria]
        context = (("Artifact", rubric.artifacts[plan.artifact].title),)
        back = _joined(*broken, miss.tempting)
        yield ReviewCard(f"flaw/{entry.slug}/{miss.id}", "flaw", entry.title, front, back, since, context)


def _moment(stated: dt.datetime | None) -> dt.datetime | None:
    """A moment of a file that anybody may have edited, in UTC and not in the future; None where it says none."""
    if stated is None or not 2000 <= stated.year <= 2200:
        return None
    moment = stated.astimezone(dt.UTC) if stated.tzinfo else stated.replace(tzinfo=dt.UTC)
    return min(moment, dt.datetime.now(dt.UTC))


def _stated(entry: LessonEntry, answers: Path) -> Case | None:
    """The learner's world of a lesson; None where their folder does not say which."""
    try:
        stated = stated_case(answers, entry.slug)
    except (VariantUnknown, FileNotFoundError, FileRefused):
        return None
    return stated[0] if stated else None


def _joined(*sentences: str) -> str:
    return " ".join(dict.fromkeys(sentence.strip() for sentence in sentences if sentence))
