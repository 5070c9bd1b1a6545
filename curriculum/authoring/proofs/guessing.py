"""Proofs that guessing does not pay: players who skip the work earn little, on the mean over worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from curriculum.authoring import guessers
from curriculum.authoring.guessers import Player, Table
from curriculum.authoring.judging import judged
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.searched import at_least
from curriculum.authoring.subject import Subject
from graders.report import Report

FEWEST = 8
"""A mean over fewer worlds says more of these than of the lesson."""

ENOUGH = 12
"""From this many worlds on, one answer a world is enough for a mean, and a number has a usual value."""


@dataclass(frozen=True)
class Earned:
    """What one player earned over worlds, as shares of the points."""

    shares: tuple[float, ...]
    seeds: tuple[int, ...]

    @property
    def mean(self) -> float:
        return fmean(self.shares)

    @property
    def most(self) -> float:
        return max(self.shares)

    @property
    def best_seed(self) -> int:
        return self.seeds[self.shares.index(self.most)]


@dataclass(frozen=True)
class Limit:
    """The share of a lesson's points that a player may earn: on the mean over worlds, and in any one of them."""

    mean: float
    most: float = 1.0
    """Usual numbers are the right ones in some world: there only the mean counts."""


PLAYERS: dict[str, tuple[Player, Limit]] = {
    "random_ids": (guessers.random_ids, Limit(0.15, 0.25)),
    "longest_choice": (guessers.longest_choice, Limit(0.20, 0.30)),
    "neighbour": (guessers.neighbour, Limit(0.40, 0.55)),
    "neighbour_with_own_days": (guessers.neighbour_with_own_days, Limit(0.40, 0.55)),
    "one_constant": (guessers.one_constant, Limit(0.50)),
    "usual_numbers": (guessers.usual_numbers, Limit(0.50)),
    "equal_shares": (guessers.equal_shares, Limit(0.50)),
    "one_entry": (guessers.one_entry, Limit(0.50, 0.70)),
    "nonsense_words": (guessers.nonsense_words, Limit(0.50, 0.60)),
    "everything": (guessers.everything, Limit(0.40, 0.50)),
    "no_talk": (guessers.no_talk, Limit(0.60)),
}
"""Every player, with its limit."""

COUNTED: dict[str, Callable[[Table], frozenset[str]]] = {
    "one_entry": guessers.long_lists,
    "nonsense_words": guessers.with_words,
}
"""Players for whom only some kinds of artifacts count: those that they change."""

BY_CHANCE = frozenset({"random_ids", "everything"})
"""Players that earn something else each time; in few worlds they play several times."""


def earned(subject: Subject, name: str, seeds: Sequence[int]) -> Earned | None:
    """What a player earns over these worlds; None where the lesson has nothing for it to do."""
    player, _ = PLAYERS[name]
    shares: list[float] = []
    played: list[int] = []
    seats = tables(subject, seeds)
    if name in BY_CHANCE:
        seats = [replace(seat, draw=draw) for draw in range(-(-ENOUGH // len(seats))) for seat in seats]
    for table in seats:
        counted = COUNTED[name](table) if name in COUNTED else frozenset(subject.rubric.artifacts)
        if not counted or (name == "no_talk" and not subject.rubric.conversations):
            continue
        shares.append(_share(judged(subject, table.case, player(table)), counted))
        played.append(table.seed)
    return Earned(tuple(shares), tuple(played)) if shares else None


def tables(subject: Subject, seeds: Sequence[int]) -> list[Table]:
    """One seat a world, with the exemplars in turn; all exemplars of each world where there are few worlds."""
    # In few worlds little is seen to differ, and numbers would pass for constants.
    usual = guessers.numbers_of(subject, seeds if len(seeds) >= ENOUGH else range(ENOUGH))
    found: list[Table] = []
    for index, seed in enumerate(seeds):
        variants = [*subject.fixtures(seed).exemplars]
        chosen = [variants[index % len(variants)]] if len(seeds) >= ENOUGH else variants
        neighbour = seeds[(index + 1) % len(seeds)] if len(seeds) > 1 else seed + 1
        found += [Table(subject, seed, variant, neighbour, usual) for variant in chosen]
    return found


def _share(report: Report, kinds: frozenset[str]) -> float:
    artifacts = [artifact for artifact in report.artifacts if artifact.kind in kinds]
    maximum = sum(artifact.maximum for artifact in artifacts)
    return sum(artifact.points for artifact in artifacts) / maximum if maximum else 0.0


def _too_much(subject: Subject, seeds: Sequence[int], *names: str) -> Against:
    if subject.plan.question_zero:
        return
    worlds = at_least(seeds, FEWEST)
    for name in names:
        result, limit = earned(subject, name, worlds), PLAYERS[name][1]
        if result is None:
            continue
        if result.mean > limit.mean:
            yield (
                name,
                f"it earns {result.mean:.0%} of the points on the mean, at most {result.most:.0%} in world "
                f"{result.best_seed}; no more than {limit.mean:.0%} is meant to be had so",
            )
        elif result.most > limit.most:
            yield (
                name,
                f"it earns {result.most:.0%} of the points in world {result.best_seed}; in no world is more than "
                f"{limit.most:.0%} meant to be had so",
            )


@for_the_lesson
def random_picks_earn_little(subject: Subject, seeds: Sequence[int]) -> Against:
    """With made-up numbers, ids picked at random earn at most 15 % of the points, the longest choices 20 %."""
    yield from _too_much(subject, seeds, "random_ids", "longest_choice")


@for_the_lesson
def another_worlds_answer_earns_little(subject: Subject, seeds: Sequence[int]) -> Against:
    """The right answer of another world earns at most 40 % of the points, also with the days of one's own."""
    yield from _too_much(subject, seeds, "neighbour", "neighbour_with_own_days")


@for_the_lesson
def constants_earn_little(subject: Subject, seeds: Sequence[int]) -> Against:
    """Right picks with constants, usual numbers or equal shares for what must be computed earn at most 50 %."""
    yield from _too_much(subject, seeds, "one_constant", "usual_numbers", "equal_shares")


@for_the_lesson
def one_entry_earns_little(subject: Subject, seeds: Sequence[int]) -> Against:
    """Where several entries are needed, the first of each list alone earns at most 50 % of the points."""
    yield from _too_much(subject, seeds, "one_entry")


@for_the_lesson
def nonsense_earns_little(subject: Subject, seeds: Sequence[int]) -> Against:
    """Where somebody has to write, letters along the keyboard beside right picks earn at most 50 % of the points."""
    yield from _too_much(subject, seeds, "nonsense_words")


@for_the_lesson
def everything_at_once_earns_little(subject: Subject, seeds: Sequence[int]) -> Against:
    """Lists that hold everything that can be picked earn at most 40 % of the points."""
    yield from _too_much(subject, seeds, "everything")


@for_the_lesson
def talking_to_nobody_earns_little(subject: Subject, seeds: Sequence[int]) -> Against:
    """A right answer of somebody who talked to nobody earns at most 60 % of the points."""
    yield from _too_much(subject, seeds, "no_talk")
