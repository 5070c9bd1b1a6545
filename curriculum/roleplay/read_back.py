"""Read-back: a person hears what the learner says of them, and answers by kinds of problems; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.saying_back import MOST_CLAIMS, parts_of
from curriculum.cases.claims import Claim, Firmness

Need = Literal["why", "limit", "want"]
"""What can have to be in it; a want is met by what somebody asks for and by what would do."""

ProblemKind = Literal[
    "view", "plan", "gossip", "other", "untold", "softened", "hardened", "firmness_blank", "number_off",
    "number_missing", "no_why", "no_limit", "no_want",
]  # fmt: skip

PROBLEM_KINDS: tuple[ProblemKind, ...] = ProblemKind.__args__  # type: ignore[attr-defined]
"""Every kind of problem, in the order in which people name them."""

OBJECTED: frozenset[ProblemKind] = frozenset({"view", "plan", "gossip"})
"""What nobody wants to have said: the person does not correct it, but objects."""
OF_LIMITS: tuple[ProblemKind, ...] = ("softened", "hardened", "firmness_blank", "number_off", "number_missing")
"""What can be wrong with a limit that was heard."""
_BELIED: frozenset[ProblemKind] = frozenset({"softened", "hardened", "number_off"})
"""What makes a limit that was heard not right."""

NAMED = 2
"""So many problems are named in one answer."""
OPENS_AT = 3
"""The trust from which a later confirmation opens what was not said yet."""

Status = Literal["confirmed", "corrected", "objected", "closed"]


@dataclass(frozen=True)
class SaidBack:
    """One version of what a learner says back to a person."""

    person: str
    claims: tuple[str, ...] = ()
    number: float | None = None
    firmness: Firmness = ""
    sentence: str = field(default="", compare=False)
    """The learner's own words; nobody judges them, so two versions that differ only in them are one."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said."""
        return not self.claims and not self.sentence.strip()


@dataclass(frozen=True)
class Problem:
    """One kind of problem, with the claims of the learner's that have it."""

    kind: ProblemKind
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a person answers to one version; its words stand in the lesson."""

    status: Status
    problems: tuple[Problem, ...] = ()
    """All of them; people name the first ones."""
    right: tuple[str, ...] = ()
    """Ids of the claims that are this person's, as they are."""
    opened: tuple[str, ...] = ()
    """Facts that the person tells now, because they were understood."""

    @property
    def named(self) -> tuple[Problem, ...]:
        """The problems that are put into words."""
        return self.problems[:NAMED]

    @property
    def kinds(self) -> tuple[ProblemKind, ...]:
        return tuple(problem.kind for problem in self.problems)


@dataclass(frozen=True)
class Round:
    """One version with its answer, as a conversation keeps it."""

    said: SaidBack
    answer: Answer
    turn: int = 0
    """How many choices had been made before."""
    looked: bool = False
    """Whether the choices of that moment had been shown before."""
    quiet: tuple[tuple[str, str], ...] = ()
    """What this person may tell later: claims, each with the fact that tells it."""

    def holds_for(self, said: SaidBack, knows: Callable[[str], bool]) -> bool:
        """Whether a confirmation of this round holds for another version: the same claims, number and firmness, where
        what the person has told since may have been added."""
        if self.answer.status != "confirmed" or said.person != self.said.person:
            return False
        since = {claim for claim, fact in self.quiet if not fact or knows(fact)}
        same = set(said.claims) ^ set(self.said.claims) <= since
        return same and (said.number, said.firmness) == (self.said.number, self.said.firmness)


def hear(
    said: SaidBack,
    claims: Mapping[str, Claim],
    *,
    knows: Callable[[str], bool],
    trust: int,
    earlier: Sequence[Answer] = (),
    needs: Collection[Need] = ("why", "limit", "want"),
    opens_at: int = OPENS_AT,
) -> Answer:
    """What a person answers.

    `claims` are all of the case by id, `knows` says which facts were told, `trust` is the person's, 0 to 5, and
    `earlier` their answers to earlier versions. Nothing here depends on a value that was not told, but for the
    firmness of limits whose claim names no fact for it.
    """
    found: dict[ProblemKind, list[str]] = {}
    right: list[Claim] = []
    for id in dict.fromkeys(said.claims):
        claim = claims.get(id)
        kind = _foreign(claim, said.person, knows)
        if kind:
            found.setdefault(kind, []).append(id)
        elif claim:
            right.append(claim)
    for limit in (claim for claim in right if claim.kind == "limit"):
        found.update((kind, [limit.id]) for kind in _of_limit(limit, said, knows))
    have: set[str] = {"want" if claim.kind == "quiet" else claim.kind for claim in right}
    missing: dict[Need, ProblemKind] = {"why": "no_why", "limit": "no_limit", "want": "no_want"}
    found.update((kind, []) for need, kind in missing.items() if need in needs and need not in have)
    problems = tuple(Problem(kind, tuple(found[kind])) for kind in PROBLEM_KINDS if kind in found)
    status = _status(problems, earlier)
    opened: tuple[str, ...] = ()
    if status == "confirmed" and (not earlier or trust >= opens_at):
        opened = tuple(dict.fromkeys(fact for _, fact in quiet_of(said.person, claims) if fact and not knows(fact)))
    kept = [claim.id for claim in right if claim.kind != "limit" or not _BELIED & found.keys()]
    return Answer(status, problems, tuple(kept), opened)


def quiet_of(person: str, claims: Mapping[str, Claim]) -> tuple[tuple[str, str], ...]:
    """What would do for a person: claims, each with the fact that tells it."""
    return tuple((claim.id, claim.fact) for claim in claims.values() if claim.owner == person and claim.kind == "quiet")


def _foreign(claim: Claim | None, person: str, knows: Callable[[str], bool]) -> ProblemKind | None:
    """Why a claim does not belong into what is said back to this person; None where it does."""
    if claim is None:
        return "gossip"
    if claim.kind == "view" or claim.kind == "plan" or claim.kind == "gossip":
        return claim.kind
    if claim.owner != person:
        return "other"
    return "untold" if claim.fact and not knows(claim.fact) else None


def firmness_told(limit: Claim, knows: Callable[[str], bool]) -> Firmness:
    """How firm a limit is to somebody who knows this much: as it is once that was told, and before as it sounds."""
    told = not limit.firm_by or knows(limit.firm_by)
    return limit.firmness if told else limit.sounds or limit.firmness


def _of_limit(limit: Claim, said: SaidBack, knows: Callable[[str], bool]) -> list[ProblemKind]:
    """What is wrong with the firmness and the number of a limit that was told."""
    firm = firmness_told(limit, knows)
    found: list[ProblemKind] = []
    if firm in ("", "not_said"):
        if said.firmness in ("must", "wish"):
            found.append("hardened")
    elif said.firmness in ("", "not_said"):
        found.append("firmness_blank")
    elif said.firmness != firm:
        found.append("hardened" if said.firmness == "must" else "softened")
    if limit.number is None:
        if said.number is not None:
            found.append("number_off")
    elif said.number is None:
        found.append("number_missing")
    elif abs(said.number - limit.number) > limit.within + 1e-9:
        found.append("number_off")
    return found


def _status(problems: Sequence[Problem], earlier: Sequence[Answer]) -> Status:
    kinds = tuple(problem.kind for problem in problems)
    if not kinds:
        return "confirmed"
    if earlier and earlier[-1].kinds == kinds:
        return "closed"
    return "objected" if OBJECTED.intersection(kinds) else "corrected"


def said_in(artifact: Artifact) -> dict[str, SaidBack]:
    """What an artifact says back now, by person; blank versions among them."""
    return {
        person: SaidBack(
            person, tuple(dict.fromkeys(part.claims))[:MOST_CLAIMS], part.number, part.firmness, part.sentence
        )
        for person in parts_of(type(artifact))
        for part in (getattr(artifact, person),)
    }
