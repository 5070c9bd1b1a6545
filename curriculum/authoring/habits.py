"""Players with one fixed habit in every conversation, and how far it takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from statistics import fmean

from curriculum.authoring.recalled import fact_spans
from curriculum.authoring.searched import Way, spread, ways
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import Choice, Script

WORLDS = 8
"""In how many worlds each habit is played."""
PLAYS = 60
"""How often chance plays in each of them."""
MOST_TURNS = 200

OPENNESS = ("open", "probing", "summary", "action", "closed", "leading", "assuming")
"""Styles, from the most open to the least."""

_COURTESY = re.compile(
    r"\b(?:thank(?:s| you)|please|sorry|excuse me|(?:would|could|may|might) (?:you|i|we)|i (?:would|'d|’d) like"
    r"|appreciate|glad|grateful|kind|you are right|you may (?:all )?be right|with pleasure|understood|of course)\b",
    re.IGNORECASE,
)
"""Words of courtesy; each counts one."""

Pick = Callable[[Sequence[Choice], Sequence[str]], int]
"""From choices and their words to the place of the one that is taken."""


def _most(score: Callable[[Choice, str], float]) -> Pick:
    def pick(choices: Sequence[Choice], words: Sequence[str]) -> int:
        scores = [score(choice, text) for choice, text in zip(choices, words, strict=True)]
        return scores.index(max(scores))

    return pick


HABITS: dict[str, Pick] = {
    "first": lambda choices, words: 0,
    "last": lambda choices, words: len(choices) - 1,
    "longest": _most(lambda choice, text: len(text)),
    "shortest": _most(lambda choice, text: -len(text)),
    "most open": _most(lambda choice, text: -OPENNESS.index(choice.style)),
    "politest": _most(lambda choice, text: len(_COURTESY.findall(text))),
}
CHANCE = "random"


@dataclass(frozen=True)
class Reached:
    """How far a habit gets, on the mean over worlds, and how far one can get."""

    habit: str
    facts: float
    of_facts: float
    worth: float
    of_worth: float
    endings: tuple[tuple[str, int], ...]
    """Titles of the endings, and how often each was reached."""

    @property
    def facts_share(self) -> float:
        return self.facts / self.of_facts if self.of_facts else 0.0

    @property
    def worth_share(self) -> float:
        return self.worth / self.of_worth if self.of_worth else 0.0


def played(script: Script, case: Case, pick: Pick) -> State:
    """Where a habit leads in one world; after very many turns it is left where it is."""
    state = engine.begin(script)
    while engine.ending(script, state) is None and len(state.taken) < MOST_TURNS:
        choices = engine.available(script, state)
        words = [_said(choice.text, case) for choice in choices]
        state = engine.choose(script, state, choices[pick(choices, words)].id)
    return state


@lru_cache(maxsize=4096)
def _said(text: str, case: Case) -> str:
    return " ".join(render(text, case).split())


def by_chance(draw: Random) -> Pick:
    """Whatever comes."""
    return lambda choices, words: draw.randrange(len(choices))


def reached(subject: Subject, seeds: Sequence[int]) -> list[Reached]:
    """How far each habit gets in a lesson's conversation; raises TooManyStates."""
    rounds = [
        (way, case, best)
        for way in ways(subject, seeds)
        for best in [_best(way)]
        for case in spread(way.cases, max(1, round(WORLDS * len(way.cases) / len(seeds))))
    ]
    if not rounds:
        return []
    habits = [_summed(habit, [(*one, [pick]) for one in rounds]) for habit, pick in HABITS.items()]
    draws = [(*one, [by_chance(Random(f"{one[1].seed}/{play}")) for play in range(PLAYS)]) for one in rounds]
    return [*habits, _summed(CHANCE, draws)]


def worth(script: Script, state: State) -> int:
    """What the ending of a state is worth; nothing where it goes on or nobody said."""
    end = engine.ending(script, state)
    return (end.worth or 0) if end else 0


def _best(way: Way) -> tuple[int, int]:
    """The most facts, and the worth of the best ending, that any path reaches."""
    found = way.found
    return max(most for _, most in fact_spans(found)), max(worth(way.script, state) for state in found.states)


def _summed(habit: str, rounds: Sequence[tuple[Way, Case, tuple[int, int], Sequence[Pick]]]) -> Reached:
    ends: dict[str, int] = {}
    facts, worths = [], []
    for way, case, _, picks in rounds:
        for pick in picks:
            state = played(way.script, case, pick)
            facts.append(len(state.facts))
            worths.append(worth(way.script, state))
            end = engine.ending(way.script, state)
            title = end.title if end else "no ending"
            ends[title] = ends.get(title, 0) + 1
    return Reached(
        habit,
        fmean(facts),
        fmean(best for _, _, (best, _), _ in rounds),
        fmean(worths),
        fmean(best for _, _, (_, best), _ in rounds),
        tuple(sorted(ends.items(), key=lambda item: -item[1])),
    )


def table(found: Sequence[Reached]) -> Iterator[tuple[str, ...]]:
    """Rows of words for authors: habit, facts, ending, where it ended most often."""
    for one in found:
        title, _ = one.endings[0]
        yield (
            one.habit,
            f"{one.facts:.1f} of {one.of_facts:g} ({one.facts_share:.0%})",
            f"{one.worth:.1f} of {one.of_worth:g} ({one.worth_share:.0%})",
            title if len(one.endings) == 1 else f"{title}, and {len(one.endings) - 1} others",
        )
