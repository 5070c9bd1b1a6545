"""The words of read-backs: a lesson's read_back.yaml, read and checked, and the line that a person answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, model_validator

from curriculum.artifacts import yaml_text
from curriculum.cases import Case
from curriculum.cases.base import by_id
from curriculum.cases.claims import OWN, Claim, misplaced
from curriculum.roleplay.condition import Condition, parse_condition
from curriculum.roleplay.read_back import (
    OF_LIMITS,
    OPENS_AT,
    PROBLEM_KINDS,
    Answer,
    Need,
    Problem,
    ProblemKind,
    Round,
    quiet_of,
)

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
MOST_ROUNDS = 3
CLAIMS = "claims"
"""Under this kind a case has its claims."""
RIGHT, CLAIM, OWNER = "{right}", "{claim}", "{owner}"
"""Holes: what is right, the words of the claim that is meant, whose it is."""
SOMEBODY = "somebody else"

_CALLED: Mapping[str, str] = {
    "want": "what I ask for", "why": "why I ask for it", "limit": "my limit", "quiet": "what would do",
}  # fmt: skip
_HOLE = re.compile(r"\{[^{}]*\}")


class ReadBackError(Exception):
    """The words of a read-back do not fit their schema or the case; the message names file and line."""


def _as_lines(text: Any) -> Any:
    return [text] if isinstance(text, str) else text


Said = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=400)], ...],
    BeforeValidator(_as_lines),
    Field(min_length=1, max_length=MOST_ROUNDS),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "maxItems": 3}]}),
]
"""A text, or what is said in the first round, in the second …; the last one stays."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RightWords(_Strict):
    """What is said of what is right: nothing, some of it, all."""

    none: Said
    some: Said
    all: Said


class ClosingWords(_Strict):
    """How an answer ends. `opened` tells what was not said yet, so it alone may name facts."""

    confirmed: Said
    opened: Said
    corrected: Said
    objected: Said
    closed: Said


class Moves(_Strict):
    """By how much a person's trust changes."""

    objected: Annotated[int, Field(ge=-5, le=0)] = -1
    confirmed: Annotated[int, Field(ge=0, le=5)] = 0


class PersonWords(_Strict):
    """How one person answers."""

    when: str = ""
    """From when on this person can be read back to; blank: always."""
    trust: Moves = Moves()
    opens_at: Annotated[int, Field(ge=0, le=9)] = OPENS_AT
    """The trust from which a confirmation after the first round opens what was not said yet; above 5 it never does."""
    right: RightWords
    problems: dict[ProblemKind, Said]
    closing: ClosingWords

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.when)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with its place, such as `problems.gossip`."""
        for part in ("right", "closing"):
            for name, said in getattr(self, part):
                yield from ((f"{part}.{name}", text) for text in said)
        for kind, said in self.problems.items():
            yield from ((f"problems.{kind}", text) for text in said)


class ReadBackWords(_Strict):
    """A lesson's read_back.yaml."""

    kind: Name
    """The artifact that is read back."""
    rounds: Annotated[int, Field(ge=1, le=MOST_ROUNDS)] = MOST_ROUNDS
    """So often each person listens, in one attempt."""
    when: str = ""
    """From when on anybody can be read back to; blank: from the start."""
    not_yet: str = ""
    """What is said while somebody cannot be read back to."""
    needs: Annotated[tuple[Need, ...], Field(min_length=1)] = ("why", "limit", "want")
    """What has to be in it."""
    kinds: dict[Literal["want", "why", "limit", "quiet"], Annotated[str, Field(min_length=1)]] = Field(
        default_factory=dict
    )
    """What people call what is right, for the hole {right}."""
    people: Annotated[dict[Name, PersonWords], Field(min_length=1)]

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.when)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        return (self.condition, *(words.condition for words in self.people.values()))

    @model_validator(mode="after")
    def _hangs_together(self) -> ReadBackWords:
        _ = self.conditions
        if any(condition.text for condition in self.conditions) and not self.not_yet.strip():
            raise ValueError("there is a `when`, so `not_yet` has to say what comes first")
        for person, words in self.people.items():
            if absent := [kind for kind in self.must_say() if kind not in words.problems]:
                raise ValueError(f"people.{person}.problems: there are no words for {', '.join(absent)}")
            for place, text in words.texts():
                _check_holes(f"people.{person}.{place}", place, text)
        return self

    def must_say(self) -> tuple[ProblemKind, ...]:
        """The kinds of problems that anybody may have to name."""
        left_out = {f"no_{need}" for need in ("why", "limit", "want") if need not in self.needs}
        if "limit" not in self.needs:
            left_out |= set(OF_LIMITS)
        return tuple(kind for kind in PROBLEM_KINDS if kind not in left_out)


def _check_holes(where: str, place: str, text: str) -> None:
    told = place == "closing.opened"
    if ("{{" in text or "{%" in text or "{#" in text) and not told:
        raise ValueError(f"{where}: only closing.opened is filled from the world; here it could tell what nobody told")
    part, _, kind = place.partition(".")
    allowed = {"right": {RIGHT}, "problems": {CLAIM, *([OWNER] if kind == "other" else [])}}.get(part, set())
    if part == "problems" and kind.startswith("no_"):
        allowed = set()
    if place == "right.none":
        allowed = set()
    if not told and (strange := sorted(set(_HOLE.findall(text)) - allowed)):
        known = ", ".join(sorted(allowed)) or "none"
        raise ValueError(f"{where}: the hole {strange[0]} means nothing here; there is {known}")


@dataclass(frozen=True)
class ReadBack:
    """The words of a read-back with the claims of one world."""

    words: ReadBackWords
    claims: Mapping[str, Claim] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    """First names by id."""

    @property
    def opens(self) -> frozenset[str]:
        """Every fact that somebody can tell because they were understood."""
        return frozenset(fact for person in self.words.people for _, fact in quiet_of(person, self.claims) if fact)

    def in_world(self, case: Case) -> ReadBack:
        """The same words with a case's claims; raises ReadBackError where they do not hang together."""
        found = [*case.registry.typed(CLAIMS, Claim).values()]
        wrong = misplaced(found, case.people, case.facts)
        if not found:
            wrong.append(f"the case has no {CLAIMS!r} that could be said back")
        limits = {claim.owner for claim in found if claim.kind == "limit"}
        for person, words in self.words.people.items():
            if person not in {claim.owner for claim in found}:
                wrong.append(f"nothing in the case's claims is {person}'s")
            wrong += [
                f"people.{person}.problems: there are no words for {kind}, and {person} has a limit"
                for kind in OF_LIMITS
                if person in limits and kind not in words.problems
            ]
        if wrong:
            raise ReadBackError(f"read_back.yaml: {wrong[0]}")
        private = {id for id, fact in case.facts.items() if fact.held_by}
        claims = (_public(claim, private) for claim in found)
        return ReadBack(self.words, by_id(*claims), {id: one.first_name for id, one in case.people.items()})

    def line(self, round_: Round, number: int, knows: Callable[[str], bool]) -> str:
        """What is answered in the round of this number, counted from 0, as a text whose other holes the case fills."""
        words, answer = self.words.people[round_.said.person], round_.answer
        parts = [self._right(words.right, answer, number)]
        parts += [self._problem(words, problem, number, knows) for problem in answer.named]
        closing = "opened" if answer.opened else answer.status
        parts.append(_nth(getattr(words.closing, closing), number))
        return " ".join(parts)

    def _right(self, words: RightWords, answer: Answer, number: int) -> str:
        kinds = [self.claims[id].kind for id in answer.right if id in self.claims]
        names = {**_CALLED, **{str(kind): words for kind, words in self.words.kinds.items()}}
        called = [names[kind] for kind in OWN if kind in kinds]
        said = words.none if not called else words.some if answer.problems else words.all
        return _nth(said, number).replace(RIGHT, _joined(called))

    def _problem(self, words: PersonWords, problem: Problem, number: int, knows: Callable[[str], bool]) -> str:
        text = _nth(words.problems[problem.kind], number)
        claim = self.claims.get(problem.claims[0]) if problem.claims else None
        told = claim is not None and (not claim.fact or knows(claim.fact))
        owner = self.people.get(claim.owner, SOMEBODY) if claim and told else SOMEBODY
        return text.replace(OWNER, owner).replace(CLAIM, claim.label if claim else "that")


def _public(claim: Claim, private: set[str]) -> Claim:
    """A claim whose facts everybody knows needs nobody to tell it."""
    fact = claim.fact if claim.fact in private else ""
    return replace(claim, fact=fact, firm_by=claim.firm_by if claim.firm_by in private else "")


def _nth(said: tuple[str, ...], number: int) -> str:
    return said[min(number, len(said) - 1)]


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def read_words(path: Path) -> ReadBackWords:
    """Read a read_back.yaml; raises FileNotFoundError where there is none, ReadBackError with file, line and what is
    wrong."""
    try:
        document = yaml_text.parse(path.read_text(encoding="utf-8"))
        return ReadBackWords.model_validate(document.data)
    except yaml_text.NotYaml as error:
        raise ReadBackError(f"{path.name}, {error}") from None
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise ReadBackError(
            f"{path.name}, line {document.line_of(detail['loc'])}{f', {where}' if where else ''}: {detail['msg']}"
        ) from None
