"""What a person looks at before a STAR answer counts: near-copies and empty shells. It changes no points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.star import Star
from curriculum.cases.interviews.contrasts import load_contrasts
from curriculum.cases.interviews.questions import load_questions
from curriculum.practice.interview.claims import claim_texts
from curriculum.practice.interview.notes import LABEL, notes
from curriculum.practice.interview.published import published
from curriculum.words.copies import Hold, Reference, beside_the_claims
from curriculum.words.copies import holds as holds_of
from graders.interview_basics.rubric import rubric
from graders.report import Held


def held(star: Star, others: Iterable[Reference] = ()) -> list[Hold]:
    """Everything about an answer that a person should look at.

    `others` are the answers of other learners in a cohort, and the exemplars and the worked example where the caller
    has them; what is in print, the bank, the rubric and the pairs of this lesson are known here.
    """
    text = star.text()
    return [*holds_of(text, [*course_texts(), *others]), *beside_the_claims(text, claim_texts(star))]


def remarks(artifacts: Mapping[str, Artifact]) -> Iterator[str]:
    """What the notes ask, as sentences for the report of an answer; nothing of it changes points."""
    star = artifacts.get("star")
    if isinstance(star, Star):
        yield from (f"{LABEL}: {note}" for note in notes(star.text()))


def holds(artifacts: Mapping[str, Artifact]) -> Iterator[Held]:
    """The first reason for which an answer waits for a person; until it is looked at, nobody signs it."""
    star = artifacts.get("star")
    for hold in held(star)[:1] if isinstance(star, Star) else ():
        yield Held("star", hold.sentence, hold.mine, hold.theirs, hold.where)


@cache
def course_texts() -> tuple[Reference, ...]:
    """The texts of the lesson itself that an answer could be made of."""
    known = list(published())
    criteria = [sentence for criterion in rubric.of("star") for sentence in (criterion.sentence, *criterion.hints)]
    known.append(Reference("rubric", "the rubric of this lesson", " ".join(criteria)))
    for question in load_questions():
        said = [question.question, *question.strong, *question.red_flags, *question.follow_ups]
        known.append(Reference(question.id, "the question bank", ". ".join(said)))
    for pair in load_contrasts():
        known.append(Reference(f"{pair.id}_stronger", "a pair of answers of this lesson", " ".join(pair.stronger)))
        known.append(Reference(f"{pair.id}_weaker", "a pair of answers of this lesson", " ".join(pair.weaker)))
    return tuple(known)
