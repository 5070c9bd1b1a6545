"""What a person looks at before a STAR answer counts: near-copies and empty shells. It changes no points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.short import Short
from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.cases.interviews.contrasts import load_contrasts
from curriculum.cases.interviews.questions import load_questions
from curriculum.practice.interview import claims
from curriculum.practice.interview.beside import beside_the_file, beside_the_long
from curriculum.practice.interview.claims import claim_texts
from curriculum.practice.interview.notes import LABEL, Note, notes
from curriculum.practice.interview.published import published
from curriculum.words.copies import Hold, Reference, beside_the_claims, borrowed_sentence
from curriculum.words.copies import holds as holds_of
from curriculum.words.prose import quoted
from graders import load_rubric
from graders.interviews.copies import FACTS, OUTCOME, cited
from graders.report import Held


def held(star: Star, others: Iterable[Reference] = (), slug: str = "") -> list[Hold]:
    """Everything about an answer that a person should look at.

    `slug` is the lesson that it was written in. `others` are the answers of other learners in a cohort, and the
    exemplars and the worked example where the caller has them; what is in print, the bank, the pairs and the rubric of
    the lesson are known here.
    """
    text = star.text()
    return [*holds_of(text, [*course_texts(slug), *others]), *beside_the_claims(text, claim_texts(star))]


def remarks(artifacts: Mapping[str, Artifact], case: Case) -> Iterator[str]:
    """What the notes ask, as sentences for the report of an answer; nothing of it changes points."""
    star, short = artifacts.get("star"), artifacts.get("short")
    if isinstance(star, Star):
        yield from (f"{LABEL}: {note}" for note in asked_about(star, case))
        if isinstance(short, Short) and short.text:
            yield from (f"{LABEL}, thirty seconds: {note}" for note in beside_the_long(short, star, case))


def asked_about(star: Star, case: Case) -> list[Note]:
    """The questions about an answer: of the rules that may speak, on a borrowed sentence, on twin actions, and on what
    text, claims and project file say differently."""
    return [
        *notes(star.text()),
        *_borrowed(star, case.slug),
        *_twins(star),
        *_told_and_turned_out(star),
        *beside_the_file(star, case),
    ]


def _borrowed(star: Star, slug: str) -> Iterator[Note]:
    """A sentence that stands in a known text, where the whole is not held: found in 99.9 of 100 trials, and in none of
    126 honest answers (tests/quality)."""
    if held(star, slug=slug):
        return
    if borrowed := borrowed_sentence(star.text(), _told_texts(slug)):
        sentence, known = borrowed
        yield Note("borrowed", f"This sentence is close to one in {known.where}. Is it yours?", quoted(sentence))


def _told_and_turned_out(star: Star) -> Iterator[Note]:
    """Before is what somebody told in a lesson and after is how it turned out: whether that is one thing, a program
    cannot know."""
    before, after = (cited(star.copied, figure.fact) for figure in (star.baseline, star.result_figure))
    if before and after and (before.artifact, after.artifact) == (FACTS, OUTCOME):
        asks = f"After is “{after.words}”. Did the number before count the same, or was it a limit or a wish?"
        yield Note("told_and_turned_out", asks, quoted(before.words, 120))


def _twins(star: Star) -> Iterator[Note]:
    for one, other in claims.actions_alike(star)[:1]:
        told = f"{star.actions[one - 1].what} / {star.actions[other - 1].what}"
        yield Note("twins", f"Actions {one} and {other} share most of their words. Are they two?", told)


@cache
def _told_texts(slug: str) -> tuple[Reference, ...]:
    """Answers that somebody tells: what is in print, and the pairs; rubric and bank have no sentences of a story."""
    told = [text for text in course_texts(slug) if text.where == "a pair of answers of the course"]
    return (*published(), *told)


def holds(slug: str, artifacts: Mapping[str, Artifact]) -> Iterator[Held]:
    """The first reason for which an answer waits for a person; until it is looked at, nobody signs it."""
    star = artifacts.get("star")
    for hold in held(star, slug=slug)[:1] if isinstance(star, Star) else ():
        yield Held("star", hold.sentence, hold.mine, hold.theirs, hold.where)


@cache
def course_texts(slug: str = "") -> tuple[Reference, ...]:
    """The texts of the lesson itself that an answer could be made of."""
    known = list(published())
    asked = load_rubric(slug).of("star") if slug else []
    criteria = [sentence for criterion in asked for sentence in (criterion.sentence, *criterion.hints)]
    known += [Reference("rubric", "the rubric of this lesson", " ".join(criteria))] if criteria else []
    for question in load_questions():
        said = [question.question, *question.strong, *question.red_flags, *question.follow_ups]
        known.append(Reference(question.id, "the question bank", ". ".join(said)))
    for pair in load_contrasts():
        known.append(Reference(f"{pair.id}_stronger", "a pair of answers of the course", " ".join(pair.stronger)))
        known.append(Reference(f"{pair.id}_weaker", "a pair of answers of the course", " ".join(pair.weaker)))
    return tuple(known)
