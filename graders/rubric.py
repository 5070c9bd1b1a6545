"""Criterion, Verdict, Rubric: how a judgement is written down and asked for."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import Derive

if TYPE_CHECKING:
    from curriculum.cases import Case
    from graders.report import Held

GATE_CAP = 0.5
"""While a gate fails, an artifact earns at most this share of its points."""

CONVERSATION = "conversation"
CASE = "case"


class Feedback(StrEnum):
    """How a finding is meant (after Exercism's comment types)."""

    ESSENTIAL = "essential"
    ACTIONABLE = "actionable"
    INFORMATIVE = "informative"
    CELEBRATORY = "celebratory"


Row = Mapping[str, Any]
"""A row of evidence: short words, each with a text or a number. It shows what the learner wrote and where to
look, and never the value that would have been right."""

MOST_OBJECTIONS = 12
"""So many objections of one criterion are kept."""


@dataclass(frozen=True)
class Objection:
    """One thing that speaks against an artifact, and where."""

    place: str
    """The field that it is about, as `panels[2].before`, or the id of the conversation."""
    found: str
    """What was found, in words of the learner's own submission and with its numbers."""
    expected: str
    """The kind of thing that was expected and the rule; never the value itself, which is for the last hint."""
    evidence: tuple[Row, ...] = ()


class NotYet(Exception):
    """Raised by a criterion whose question cannot be asked yet, where only the criterion itself can see that: the
    place that says too little, as `prd.contract`, or the id of the criterion that is not met, and in words what the
    question waits for."""

    def __init__(self, place: str, words: str):
        super().__init__(words)
        self.place, self.words = place, words


class OnlyBelieved(Exception):
    """Raised by a criterion whose question nobody here can answer, since only the learner knows whether it is so: the
    words say what is believed. It is neither met nor unmet, earns nothing, and nobody signs for it."""


@dataclass(frozen=True)
class Met:
    """What is said when nothing speaks against an artifact: by what it satisfies, with its own numbers."""

    finding: str
    evidence: tuple[Row, ...] = ()


Objections = Generator[Objection, None, Met | None]
"""What a criterion gives: it yields objections and may return `met(...)`, where the decorator's words do not do."""


def objection(place: str, found: str, expected: str = "", *evidence: Row) -> Objection:
    """Something is not satisfied: where, what was found, what was expected (the decorator's `expected` where it
    is blank), which rows decide."""
    return Objection(place, one(found), expected, evidence)


def met(finding: str, *evidence: Row) -> Met:
    """Everything is satisfied; `finding` says by what, so that the learner sees why."""
    return Met(one(finding), evidence)


_ONE = re.compile(r"(?<![\d.,:−-])1 (week|day|month|hour|minute|point|call|card|visit|year)s\b")


def one(text: str) -> str:
    """The text with "1 week" where a number that was filled in makes it "1 weeks"."""
    return _ONE.sub(r"1 \1", text)


@dataclass(frozen=True)
class Verdict:
    """What one criterion says about one submission."""

    finding: str
    evidence: tuple[Row, ...] = ()
    objections: tuple[Objection, ...] = ()
    """None: the criterion is satisfied."""

    @property
    def passed(self) -> bool:
        return not self.objections

    @property
    def expected(self) -> str:
        """What was expected instead; blank when passed."""
        return self.objections[0].expected if self.objections else ""


@dataclass(frozen=True)
class Criterion:
    """One question that a stakeholder asks of an artifact."""

    id: str
    artifact: str
    """The kind of artifact that it judges and whose points it earns."""
    needs: tuple[str, ...]
    """Further artifacts, and `conversation`, that it compares with."""
    sentence: str
    """What a learner reads in the rubric: the first paragraph of the function's docstring."""
    points: int
    voice: str
    """Id of the person in the case who owns this concern."""
    skill: str
    """The skill of `catalog.toml` that it shows."""
    gate: bool
    hints: tuple[str, ...]
    """From a nudge to nearly the answer; asked for one by one."""
    rests_on: tuple[str, ...]
    """What must be there before the question can be asked: ids of criteria, and places such as `prd.contract`, or
    `prd.measures[3]`, where one or two measures say nothing of all."""
    met: str
    """What is said when there are no objections and the function returns none of its own words."""
    expected: str
    """What is expected where an objection does not say."""
    asks_case: bool
    judge: Callable[..., Objections]
    may_miss: frozenset[str] = frozenset()
    """Of what it needs, that which may be None: it is asked all the same."""
    only_believed: Callable[[Any], str] | None = None
    """Of an artifact of its kind: why nobody but the learner can answer the question; blank where it can be asked."""

    def verdict(self, **asked: Any) -> Verdict:
        """The verdict on what the function asks for; what it raises goes through, NotYet among it."""
        found: list[Objection] = []
        objections, said = self.judge(**asked), None
        try:
            while len(found) < MOST_OBJECTIONS:
                found.append(next(objections))
        except StopIteration as end:
            said = end.value
        if found:
            kept = tuple(replace(one, expected=one.expected or self.expected) for one in found)
            return Verdict(kept[0].found, kept[0].evidence, kept)
        said = said or Met(self.met)
        return Verdict(said.finding, said.evidence)


@dataclass
class Rubric:
    """The criteria of one lesson, collected by the decorator `criterion`."""

    slug: str
    artifacts: Mapping[str, type[Artifact]]
    """The artifacts of the lesson by kind, in the order in which they are written."""
    conversations: tuple[str, ...] = ()
    """The role-plays of the lesson; the first is what criteria get as `conversation`."""
    criteria: dict[str, Criterion] = field(default_factory=dict)
    derives: Mapping[str, Derive] = field(default_factory=dict)
    """By kind of artifact: what nobody types, worked out from the case and the artifacts."""
    remarks: Callable[[Mapping[str, Artifact], Case], Iterable[str]] | None = None
    """Sentences about the artifacts that a reader should see and that change no points; None where there are none."""
    holds: Callable[[Mapping[str, Artifact]], Iterable[Held]] | None = None
    """What else of a lesson's artifacts waits for a person, besides copies of the course's own examples."""

    def criterion(
        self,
        *,
        points: int,
        voice: str,
        skill: str,
        hints: Iterable[str],
        gate: bool = False,
        met: str = "",
        expected: str = "",
        rests_on: Iterable[str] = (),
        only_believed: Callable[[Any], str] | None = None,
    ) -> Callable[[Callable[..., Objections]], Callable[..., Objections]]:
        """Register a pure generator of objections as a criterion.

        Its name is the criterion's id and its docstring the sentence that learners see. It asks for what it
        needs by the names of its parameters: kinds of artifacts (the first is the one that it judges),
        `conversation` (the replayed role-play) and `case`; what may be None by its annotation is not waited for. It
        is called only when all of them are there and
        nothing that it `rests_on` is blank or unmet; until then it is open. Where `only_believed` gives a reason, it
        is not asked. Without an objection, `met` is said,
        or what the function returns. Raises TypeError where that contract is broken.
        """

        def register(judge: Callable[..., Objections]) -> Callable[..., Objections]:
            names = [name for name in inspect.signature(judge).parameters if name != CASE]
            known = {*self.artifacts, CONVERSATION}
            if not names or names[0] not in self.artifacts or not set(names) <= known:
                raise TypeError(f"{judge.__name__} takes {names}; criteria take {sorted(known)} and case")
            if not inspect.isgeneratorfunction(judge):
                raise TypeError(f"{judge.__name__} yields nothing; a criterion yields its objections")
            if judge.__name__ in self.criteria:
                raise TypeError(f"there are two criteria {judge.__name__}")
            sentence = inspect.getdoc(judge)
            if not sentence:
                raise TypeError(f"{judge.__name__} has no docstring, which is the sentence that learners read")
            self.criteria[judge.__name__] = Criterion(
                id=judge.__name__,
                artifact=names[0],
                needs=tuple(names[1:]),
                sentence=" ".join(sentence.split("\n\n")[0].split()),
                points=points,
                voice=voice,
                skill=skill,
                gate=gate,
                hints=tuple(hints),
                rests_on=tuple(rests_on),
                met=met,
                expected=expected,
                asks_case=CASE in inspect.signature(judge).parameters,
                judge=judge,
                may_miss=frozenset(name for name in names[1:] if _may_be_none(judge, name)),
                only_believed=only_believed,
            )
            return judge

        return register

    def of(self, artifact: str) -> list[Criterion]:
        """The criteria that judge one kind of artifact, gates first."""
        mine = [criterion for criterion in self.criteria.values() if criterion.artifact == artifact]
        return sorted(mine, key=lambda criterion: not criterion.gate)

    def points(self, artifact: str) -> int:
        """The points that an artifact can earn."""
        return sum(criterion.points for criterion in self.of(artifact))

    @cached_property
    def sha256(self) -> str:
        """A hash of every criterion's words and weights and of the code behind them: a grade names the rubric
        that it was made with."""
        digest = hashlib.sha256(self.slug.encode())
        for criterion in self.criteria.values():
            described = {key: value for key, value in vars(criterion).items() if not callable(value)}
            described["may_miss"] = sorted(criterion.may_miss)
            digest.update(repr(sorted(described.items())).encode())
        here = Path(__file__).parent
        files = {*here.glob(f"{self.slug}.py"), *here.glob(f"{self.slug}/*.py"), here / "common.py"}
        for criterion in self.criteria.values():
            asked_in = Path(inspect.getfile(criterion.judge)).parent
            files |= set(asked_in.glob("*.py")) if asked_in != here else set()
        for path in sorted(files):
            digest.update(path.read_bytes())
        return digest.hexdigest()


def _may_be_none(judge: Callable[..., Objections], name: str) -> bool:
    return "None" in str(inspect.signature(judge).parameters[name].annotation)
