"""What came of a team's work: the review, what was pooled, and what each seat signed. Computed, never voted on.

Pooling asks which private facts the documents needed: those without which a criterion that asks for what was said
would come out differently, if everything else were on the table. A group whose facts are spread so that nobody's part
suffices is a hidden profile (Stasser & Titus 1985). Accountability compares each seat's word with what the review
found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.team.deal import Seat, Table
from curriculum.team.noted import Heard
from curriculum.team.sign_off import Seal, Signature
from graders import load_rubric
from graders.grade import Submission, grade
from graders.report import Report, Status
from graders.rubric import CASE, CONVERSATION, Criterion, NotYet, OnlyBelieved, Rubric


@lru_cache(maxsize=64)
def team_rubric(slug: str, not_asked: tuple[str, ...]) -> Rubric:
    """A lesson's rubric without the criteria that are about the conversation itself."""
    rubric = load_rubric(slug)
    asked = {id: one for id, one in rubric.criteria.items() if id not in not_asked}
    return replace(rubric, criteria=asked)


def review(table: Table, submission: Submission) -> Report:
    """The review of a team's documents, whose conversation is what was said at the table."""
    return grade(team_rubric(table.lesson, table.plan.not_asked), table.case, submission)


# Pooling


@dataclass(frozen=True)
class Pooled:
    """One private fact that the documents needed."""

    fact: str
    seat: str
    """Who holds it."""
    how: str
    """`said`, `own` (the writing seat holds it), `stood_in` (said by a colleague for an absent seat) or `missing`."""
    criteria: tuple[str, ...]
    """What would come out differently without it."""
    minute: int | None = None
    """When it was noted, in minutes since the clock was started; None where it was not."""


class _Watched(frozenset[str]):
    """A set that remembers what it was asked for."""

    asked: set[str]

    def __contains__(self, item: object) -> bool:
        self.asked.add(str(item))
        return super().__contains__(item)

    def __iter__(self) -> Any:
        self.asked.update(super().__iter__())
        return super().__iter__()


def pooling(table: Table, submission: Submission, heard: Heard) -> tuple[Pooled, ...]:
    """Which private facts these documents needed, in the order of the case, and how each came to the table.

    The submission's conversation is one in which everything was said.
    """
    case, state = table.case, submission.conversation
    if state is None:
        return ()
    needed: dict[str, list[str]] = {}
    for criterion in team_rubric(table.lesson, table.plan.not_asked).criteria.values():
        if CONVERSATION not in criterion.needs or criterion.artifact not in submission.artifacts:
            continue
        for fact in _needed(criterion, case, submission, state):
            needed.setdefault(fact, []).append(criterion.id)
    return tuple(
        Pooled(id, _holder(table, case, id), _how(id, heard), tuple(needed[id]), heard.minute.get(id))
        for id in case.facts
        if id in needed
    )


def _needed(criterion: Criterion, case: Case, submission: Submission, state: State) -> set[str]:
    """The facts without which a criterion comes out differently."""
    watched = _Watched(state.facts)
    watched.asked = set()
    whole = _verdict(criterion, case, submission, replace(state, facts=watched))
    found = set()
    for fact in sorted(watched.asked & state.facts):
        without = replace(state, facts=state.facts - {fact})
        if _verdict(criterion, case, submission, without) != whole:
            found.add(fact)
    return found


def _verdict(criterion: Criterion, case: Case, submission: Submission, state: State) -> Any:
    """Whether a criterion is met, and what is objected to; a question that cannot be asked is its own answer."""
    available: Mapping[str, Any] = {**submission.artifacts, CONVERSATION: state, CASE: case}
    names = [criterion.artifact, *criterion.needs, *([CASE] if criterion.asks_case else [])]
    if any(name not in available and name not in criterion.may_miss for name in names):
        return None
    try:
        verdict = criterion.verdict(**{name: available.get(name) for name in names})
    except (NotYet, OnlyBelieved):
        return None
    except Exception:  # a check that fails is told in the review; here it says nothing
        return None
    return verdict.passed, frozenset((one.place, one.found) for one in verdict.objections)


def _holder(table: Table, case: Case, fact: str) -> str:
    seat = table.seat_of(case.facts[fact].held_by)
    return seat.name if seat else ""


def _how(fact: str, heard: Heard) -> str:
    if fact in heard.own:
        return "own"
    if fact in heard.stood_in:
        return "stood_in"
    return "said" if fact in heard.facts else "missing"


# Accountability


@dataclass(frozen=True)
class Account:
    """A seat's word on the questions that its people answer for, beside what the review found."""

    seat: str
    signed_right: tuple[str, ...] = ()
    """Said that it holds, and it does."""
    found: tuple[str, ...] = ()
    """Said that it does not hold, and it does not."""
    let_through: tuple[str, ...] = ()
    """Said that it holds, and it does not."""
    held_up: tuple[str, ...] = ()
    """Said that it does not hold, and it does."""
    silent: tuple[str, ...] = ()
    """Said nothing of."""
    seals: Mapping[str, Seal] = field(default_factory=dict)
    """By kind of document."""

    @property
    def failing(self) -> int:
        """How many of its questions did not hold."""
        return len(self.found) + len(self.let_through)

    @property
    def signed(self) -> int:
        """How many it said hold."""
        return len(self.signed_right) + len(self.let_through)


def account(
    seat: Seat, report: Report, signatures: Mapping[str, Signature | None], seals: Mapping[str, Seal]
) -> Account:
    """What a seat signed against what was found. Only a valid seal on the text that was graded counts."""
    lists: dict[str, list[str]] = {"signed_right": [], "found": [], "let_through": [], "held_up": [], "silent": []}
    for artifact in report.artifacts:
        signature = signatures.get(artifact.kind) if seals.get(artifact.kind) is Seal.VALID else None
        for finding in artifact.findings:
            if finding.voice not in seat.people or finding.status is not Status.GRADED:
                continue
            word = signature.says(finding.criterion) if signature else ""
            lists[_kind_of(word, finding.passed)].append(finding.criterion)
    return Account(seat.name, **{name: tuple(ids) for name, ids in lists.items()}, seals=dict(seals))


def _kind_of(word: str, passed: bool) -> str:
    if word == "holds":
        return "signed_right" if passed else "let_through"
    if word == "does_not":
        return "held_up" if passed else "found"
    return "silent"


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), both ends 0 to 1; all of it where nothing was counted."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z * ((share * (1 - share) + square / (4 * of)) / of) ** 0.5 / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


# What a team is told


@dataclass(frozen=True)
class Outcome:
    """A team's result."""

    table: Table
    submission: Submission
    """What the writing seat handed in, with what was said at the table as its conversation."""
    report: Report
    everything: Report
    """The review of the same documents if every private fact had been on the table."""
    heard: Heard
    pooled: tuple[Pooled, ...]
    accounts: tuple[Account, ...]
    first_choices: Mapping[str, str]
    """By seat; blank where nothing was written."""
    notes: tuple[str, ...] = ()
    """Sentences about what was handed in: seats that left, signatures that count for nobody, unknown codes."""

    @property
    def brought(self) -> tuple[Pooled, ...]:
        """Of what was needed, what somebody said."""
        return tuple(one for one in self.pooled if one.how == "said")

    @property
    def missing(self) -> tuple[Pooled, ...]:
        """Of what was needed, what nobody said."""
        return tuple(one for one in self.pooled if one.how == "missing")

    def never_said(self) -> tuple[str, ...]:
        """Every private fact that nobody brought to the table."""
        case = self.table.case
        held = [fact.id for fact in case.facts.values() if self.table.seat_of(fact.held_by)]
        return tuple(id for id in held if id not in self.heard.facts)

    def as_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "team": 1,
            "deal": self.table.deal,
            "lesson": self.table.lesson,
            "variant": self.table.variant,
            "seats": [{"name": seat.name, "people": list(seat.people)} for seat in self.table.seats],
            "report": self.report.as_json(),
            "with_everything": {"points": round(self.everything.points, 4), "maximum": self.everything.maximum},
            "pooling": {
                "needed": [{**vars(one), "criteria": list(one.criteria)} for one in self.pooled],
                "never_said": list(self.never_said()),
                "codes_of_nobody": list(self.heard.nobodys),
                "stood_in": sorted(self.heard.stood_in),
            },
            "accountability": [_account_json(one) for one in self.accounts],
            "first_choices": dict(self.first_choices),
            "notes": list(self.notes),
        }


def _account_json(one: Account) -> dict[str, Any]:
    lists = {name: list(getattr(one, name)) for name in ("signed_right", "found", "let_through", "held_up", "silent")}
    return {"seat": one.seat, **lists, "seals": {kind: seal.value for kind, seal in one.seals.items()}}
