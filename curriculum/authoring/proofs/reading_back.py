"""Proofs about read-backs: people have words of their own, understand whoever was told, and tell nothing untold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from curriculum.artifacts.saying_back import MOST_CLAIMS, parts_of
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.cases.claims import Claim, Firmness
from curriculum.course.templates import render
from curriculum.roleplay.read_back import Answer, SaidBack, hear
from curriculum.roleplay.read_back_words import ReadBack
from curriculum.words.numbers import said_numbers

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FIRM: tuple[Firmness, ...] = ("", "must", "wish", "not_said")


@for_the_lesson
def read_backs_have_words_of_their_own(subject: Subject, seeds: Sequence[int]) -> Against:
    """Each part of the artifact that is said back has a person with words of their own, and no line names a value."""
    said_back = {kind: parts for kind, model in subject.rubric.artifacts.items() if (parts := parts_of(model))}
    read_back = subject.script.read_back if subject.script else None
    if read_back is None:
        yield from ((kind, "its parts are said back to people, and there is no read_back.yaml") for kind in said_back)
        return
    words = read_back.words
    if words.kind not in said_back:
        yield "read_back.yaml, kind", f"{words.kind!r} is no artifact of this lesson with parts that are said back"
        return
    if strangers := sorted(set(said_back[words.kind]) ^ words.people.keys()):
        yield "read_back.yaml, people", f"{strangers[0]} has words or a part of {words.kind}, and not both"
    spoken: dict[str, str] = {}
    for person, theirs in words.people.items():
        for place, text in theirs.texts():
            where = f"{person}, {place}"
            if spoken.setdefault(text, person) != person:
                yield where, f"{spoken[text]} says the same: “{text}”"
            numbers = [said for said, value in _numbers(_JINJA.sub("", text)) if value not in (0, 1)]
            if numbers:
                yield where, f"“{numbers[0]}” is a quantity, and these words are the same in every world"


def _numbers(text: str) -> list[tuple[str, float]]:
    """Every number in a text as it stands there, also in names such as week 9, with its value."""
    found = [(said.text, said.value) for said in said_numbers(text)]
    return [*found, *((digits, float(digits)) for digits in re.findall(r"\d+(?:\.\d+)?", text))]


@for_each_world
def read_backs_open_what_their_person_holds(subject: Subject, seed: int) -> Against:
    """What is told to those who understood is the person's own, and is said in full where it is told."""
    case, read_back = _bound(subject, seed)
    if read_back is None:
        return
    for person, theirs in read_back.words.people.items():
        quiet = [case.facts[claim.fact] for claim in _of(read_back, person, "quiet") if claim.fact]
        if not quiet:
            yield person, "there is nothing that this person would tell somebody who understood"
        for fact in quiet:
            if fact.held_by != person:
                yield person, f"{fact.id} is opened by {person} and held by {fact.held_by}"
            for text in theirs.closing.opened:
                if fact.label not in render(text, case):
                    yield f"{person}, closing.opened", f"it does not say {fact.id}, which is told there"


@for_each_world
def labels_of_claims_tell_no_value(subject: Subject, seed: int) -> Against:
    """What can be picked is written without the numbers that people keep."""
    case, read_back = _bound(subject, seed)
    for claim in read_back.claims.values() if read_back else ():
        fact = case.facts.get(claim.fact)
        secret = {claim.number, fact.value if fact else None} - {None}
        shown = [said for said, value in _numbers(f"{claim.label} {claim.note}") if value in secret]
        if shown:
            yield claim.id, f"its label says {shown[0]!r}, which {claim.owner} has to be asked for"


@for_each_world
def told_people_are_understood(subject: Subject, seed: int) -> Against:
    """Who was told everything can say what is confirmed at once; whatever is left out, added or changed is not."""
    _, read_back = _bound(subject, seed)
    for person in read_back.words.people if read_back else ():
        assert read_back is not None
        best = _whole(read_back, person)
        answer = _told(read_back, best)
        if answer.status != "confirmed":
            yield person, f"the right version is {answer.status}: {', '.join(answer.kinds)}"
            continue
        for worse in _worse(read_back, best):
            if _told(read_back, worse).status == "confirmed":
                yield person, f"this is confirmed as well: {', '.join(worse.claims)}, {worse.number}, {worse.firmness}"


def _worse(read_back: ReadBack, best: SaidBack) -> Iterator[SaidBack]:
    """The right version with one thing wrong."""
    claims = read_back.claims
    spare = len(read_back.words.needs) < MOST_CLAIMS
    for need in read_back.words.needs:
        kinds = ("want", "quiet") if need == "want" else (need,)
        yield replace(best, claims=tuple(id for id in best.claims if claims[id].kind not in kinds))
    for id, claim in claims.items():
        if claim.owner != best.person:
            yield replace(best, claims=(*best.claims[: MOST_CLAIMS - 1], id) if spare else (id,))
    if best.number is not None:
        limit = _of(read_back, best.person, "limit")[0]
        yield replace(best, number=best.number + limit.within + 1.0)
        yield replace(best, number=None)
    if best.firmness:
        yield from (replace(best, firmness=firm) for firm in _FIRM if firm not in (best.firmness, "not_said"))


@for_each_world
def read_backs_are_no_oracle(subject: Subject, seed: int) -> Against:
    """To those who were told nothing nobody confirms anything, and no answer depends on a number that was not told."""
    case, read_back = _bound(subject, seed)
    for person in read_back.words.people if read_back else ():
        assert read_back is not None
        mine = [claim for claim in read_back.claims.values() if claim.owner == person]
        public = tuple(claim.id for claim in mine if not claim.fact)[:MOST_CLAIMS]
        for limit in [*_of(read_back, person, "limit"), None]:
            said = SaidBack(person, public, limit.number if limit else None, limit.firmness if limit else "")
            if _answer(read_back.claims, read_back, said, told=frozenset()).status == "confirmed":
                yield person, "they confirm what stands in the brief, so nobody has to ask them anything"
                break
        yield from ((person, sentence) for sentence in _depends(read_back, person, frozenset(case.facts)))


def _depends(read_back: ReadBack, person: str, facts: frozenset[str]) -> Iterator[str]:
    """What an answer depends on although nobody told it."""
    for limit in _of(read_back, person, "limit"):
        other = replace(limit, number=(limit.number or 0.0) + limit.within + 7.0, firmness=_other(limit.firmness))
        twin = {**read_back.claims, limit.id: other}
        numbers = {None, limit.number, other.number}
        for number, firm in product(numbers, _FIRM):
            said = SaidBack(person, (limit.id,), number, firm)
            for told, what in ((facts - {limit.fact}, limit.fact), (facts - {limit.firm_by}, limit.firm_by)):
                if not what:
                    continue
                untold = twin if what == limit.fact else {**twin, limit.id: replace(other, number=limit.number)}
                if what == limit.firm_by and not limit.sounds:
                    yield f"{limit.id} says by which fact it is told how firm it is, and not how it sounds before"
                    return
                if _answer(read_back.claims, read_back, said, told) != _answer(untold, read_back, said, told):
                    yield f"what they answer to {limit.id} depends on {what}, which was not told"
                    return


def _other(firm: Firmness) -> Firmness:
    return "wish" if firm == "must" else "must"


def _bound(subject: Subject, seed: int) -> tuple[Case, ReadBack | None]:
    case = subject.case(seed)
    return case, subject.script.in_world(case).read_back if subject.script else None


def _of(read_back: ReadBack, person: str, kind: str) -> list[Claim]:
    return [claim for claim in read_back.claims.values() if (claim.owner, claim.kind) == (person, kind)]


def _whole(read_back: ReadBack, person: str) -> SaidBack:
    """What a person confirms to somebody who was told everything: one claim for each need."""
    chosen: list[Claim] = []
    for need in read_back.words.needs:
        chosen += _of(read_back, person, need)[:1]
    limit = next((claim for claim in chosen if claim.kind == "limit"), None)
    return SaidBack(
        person, tuple(claim.id for claim in chosen), limit.number if limit else None, limit.firmness if limit else ""
    )


def _told(read_back: ReadBack, said: SaidBack) -> Answer:
    """The answer to somebody who was told everything."""
    facts = {fact for claim in read_back.claims.values() for fact in (claim.fact, claim.firm_by) if fact}
    return _answer(read_back.claims, read_back, said, frozenset(facts))


def _answer(claims: Mapping[str, Claim], read_back: ReadBack, said: SaidBack, told: frozenset[str]) -> Answer:
    return hear(said, claims, knows=lambda fact: fact in told, trust=5, needs=read_back.words.needs)
