"""Proofs about the plan and the rubric: objectives, criteria, hints, near-misses and words fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import jinja2

from curriculum.artifacts.base import written
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.course.catalog import load_catalog
from curriculum.course.debriefs import debriefs_in
from curriculum.course.fixtures import variants
from curriculum.course.templates import render

ENOUGH_WORDS = 5
"""From this many words on a sentence is somebody's own."""


@for_the_lesson
def objectives_and_criteria_meet(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every objective is shown by criteria that exist, and every criterion belongs to an objective."""
    criteria, named = subject.rubric.criteria, set[str]()
    for objective in subject.plan.objectives:
        named |= set(objective.criteria)
        for id in objective.criteria:
            if id not in criteria:
                yield "lesson.toml", f"the objective {objective.text!r} names {id}, which is no criterion"
    for id in criteria:
        if id not in named:
            yield id, "no objective in lesson.toml names it"


@for_the_lesson
def criteria_are_whole(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every criterion has a sentence, points, at least two hints, a person's voice and a known skill."""
    people, skills = subject.case(seeds[0]).people, {skill.id for skill in load_catalog().skills}
    for criterion in subject.rubric.criteria.values():
        if len(criterion.hints) < 2 or not all(hint.strip() for hint in criterion.hints):
            yield criterion.id, "it needs at least two hints, from a nudge to nearly the answer"
        if len(set(criterion.hints)) < len(criterion.hints):
            yield criterion.id, "two of its hints are the same"
        if criterion.voice not in people:
            yield criterion.id, f"its voice {criterion.voice!r} is nobody in the case"
        if criterion.skill not in skills:
            yield criterion.id, f"its skill {criterion.skill!r} is not in catalog.toml"
        if criterion.points < 1:
            yield criterion.id, f"it is worth {criterion.points} points"
        if not criterion.sentence.endswith("."):
            yield criterion.id, "its docstring is not a sentence; learners read it in the rubric"
    for kind in subject.rubric.artifacts:
        if not subject.rubric.of(kind):
            yield kind, "no criterion judges it"


@for_the_lesson
def every_criterion_has_a_near_miss(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every criterion is failed by some near-miss, and every near-miss names things that exist."""
    misses, criteria = subject.fixtures(seeds[0]).near_misses, subject.rubric.criteria
    files = {*subject.rubric.artifacts, *subject.rubric.conversations}
    for id, count in Counter(miss.id for miss in misses).items():
        if count > 1:
            yield id, "two near-misses have this id"
    for text, count in Counter(miss.flaw for miss in misses).items():
        if count > 1:
            yield "near_misses.yaml", f"two near-misses have the flaw {text!r}"
    for miss in misses:
        if miss.variant not in variants(subject.slug):
            yield miss.id, f"it starts from {miss.variant!r}, which is no exemplar"
        if miss.artifact not in files:
            yield miss.id, f"it patches {miss.artifact!r}, which is no artifact and no conversation"
        for name in miss.fails:
            if name not in criteria:
                yield miss.id, f"it fails {name!r}, which is no criterion"
    fallen = {name for miss in misses for name in miss.fails}
    for id in criteria:
        if id not in fallen:
            yield id, "no near-miss fails it"


@for_the_lesson
def retrieval_is_from_earlier(subject: Subject, seeds: Sequence[int]) -> Against:
    """Retrieval questions come from lessons that stand earlier in the catalogue, as do prerequisites."""
    order = [entry.slug for entry in load_catalog().lessons]
    here = order.index(subject.slug)
    for slug in (*(item.lesson for item in subject.plan.retrieval), *subject.entry.after):
        if slug not in order[:here]:
            yield "lesson.toml", f"{slug!r} is no lesson before this one"
    if here and not subject.plan.retrieval:
        yield "lesson.toml", "there is no retrieval question from an earlier lesson"


@for_the_lesson
def debriefs_are_questions(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every debrief asks for something, in words that are the same for everybody, since there is a place to answer."""
    for debrief in debriefs_in(subject.text("lesson.md")):
        where = f"lesson.md, line {debrief.line}"
        if "{{" in debrief.question:
            yield where, "a debrief has a hole; its question is shown in other places, too"
        if "?" not in debrief.question and not debrief.question.startswith(
            ("Name ", "Write ", "Compare ", "Describe ")
        ):
            yield where, "this debrief asks for nothing; make it a Key point, or ask"


@for_the_lesson
def retrieval_can_be_answered(subject: Subject, seeds: Sequence[int]) -> Against:
    """Retrieval questions have ids of their own; where options exist, one holds and does not stand out."""
    ids = [item.id for item in subject.plan.retrieval]
    for twice in sorted({id for id in ids if ids.count(id) > 1}):
        yield "lesson.toml", f"two retrieval questions have the id {twice}"
    for item in subject.plan.retrieval:
        if not item.right and not item.wrong:
            continue
        options = (item.right, *item.wrong)
        if not item.right or len(item.wrong) < 2 or len(set(options)) < len(options):
            yield "lesson.toml", f"the retrieval question {item.id} needs one option that holds and two others"
        elif len(item.right) > 1.25 * max(map(len, item.wrong)):
            yield "lesson.toml", f"the right option of the retrieval question {item.id} stands out by its length"


@for_each_world
def hints_do_not_give_answers(subject: Subject, seed: int) -> Against:
    """Every hint can be filled from the case, and none says what an exemplar says."""
    answers = set(exemplar_sentences(subject, seed))
    for criterion in subject.rubric.criteria.values():
        for number, hint in enumerate(criterion.hints, start=1):
            try:
                said = plain_words(render(hint, subject.case(seed)))
            except jinja2.TemplateError as error:
                yield criterion.id, f"hint {number} has a hole that cannot be filled: {error}"
                continue
            if any(sentence in said for sentence in answers):
                yield criterion.id, f"hint {number} is the text of an exemplar"


def exemplar_sentences(subject: Subject, seed: int) -> Iterator[str]:
    """The sentences of all exemplars that are long enough to be recognised, as plain words."""
    for files in subject.fixtures(seed).exemplars.values():
        for name, data in files.items():
            if name in subject.rubric.artifacts:
                for _, value in written(data):
                    yield from sentences(value) if isinstance(value, str) else ()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text with at least five words, as plain words."""
    for part in re.split(r"(?<=[.!?;:])\s+|\n", text):
        words = plain_words(part)
        if len(words.split()) >= ENOUGH_WORDS:
            yield words


def plain_words(text: str) -> str:
    """A text as lower-case words with single spaces, so that layout and punctuation do not hide a copy."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
