"""Whether a conversation can be played well in more than one way and never locks up: every fault, with an example."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from curriculum.authoring.exploration import CAP, Exploration, FreeClock, explore
from curriculum.authoring.recalled import fact_spans, facts_told, trust_spans
from curriculum.authoring.unused import unused
from curriculum.cases import Case
from curriculum.cases.base import Fact
from curriculum.roleplay.condition import OF_READ_BACKS
from curriculum.roleplay.engine import Step
from curriculum.roleplay.read_back import SaidBack
from curriculum.roleplay.script import Choice, Effect, Script

SAME_PLACE = 3
"""From how many decisions on it is a fault if the best choice always stands in the same place."""


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with a conversation."""

    kind: str
    """A short name, such as `soft lock`."""
    place: str
    """The node, choice, fact or person."""
    sentence: str
    path: tuple[Step, ...] = ()
    """Choices that show it."""

    def __str__(self) -> str:
        shown = f" For example after: {told(self.path)}." if self.path else ""
        return f"{self.sentence}{shown}"


def told(path: Iterable[Step]) -> str:
    """A way through a conversation in words."""
    return " → ".join(f"said back to {one.person}" if isinstance(one, SaidBack) else one for one in path)


@dataclass(frozen=True)
class EndingReport:
    """How an ending can be reached."""

    id: str
    title: str
    turns: tuple[int, int | None]
    """Fewest and most; no most where turns can go round for ever."""
    minutes_left: tuple[int, int]
    trust: Mapping[str, tuple[int, int]]
    facts: tuple[int, int]
    """How many facts one has learned, at least and at most."""
    path: tuple[Step, ...]
    """The shortest way."""


@dataclass(frozen=True)
class Soundness:
    """What an exhaustive search says about a script."""

    states: int
    faults: tuple[Fault, ...]
    found: Exploration | None = field(default=None, repr=False)

    @cached_property
    def endings(self) -> tuple[EndingReport, ...]:
        """How each ending can be reached; worked out when it is asked for."""
        return tuple(_endings(self.found)) if self.found else ()


def examine(
    script: Script, case: Case | None = None, cap: int = CAP, search: Callable[[Script], Exploration] | None = None
) -> Soundness:
    """Search every state of a conversation; with a case, its people and facts are checked too.

    Raises TooManyStates where there are more than `cap` states. Whoever has searched already gives `search`.
    """
    strangers = [*_strangers(script, case)]
    if any(fault.kind in ("unknown person", "unknown circumstance") for fault in strangers):
        return Soundness(0, tuple(strangers))  # the engine cannot run such a script
    script = script.in_world(case) if case is not None else script
    found = search(script) if search else explore(script, cap)
    faults = [*strangers, *_unreachable(found), *_dead_ends(found), *_soft_locks(found)]
    faults += [
        *_never_available(found),
        *(Fault("never", *one) for one in unused(found)),
        *_weightless(script),
        *_dominated(found),
        *_same_place(found),
    ]
    if case is not None:
        faults += [*_unlearnable(found, case), *_hearsay(script, case)]
    return Soundness(len(found.states), tuple(faults), found)


_UNKNOWN = {"trust": "unknown person", "world": "unknown circumstance"}


def _strangers(script: Script, case: Case | None) -> Iterator[Fault]:
    """People, facts, choices, actions and circumstances that are named and do not exist."""
    actions = {action for choice in script.choices.values() for action in choice.acts}
    known = {"trust": set(script.cast), "visited": set(script.choices), "did": actions}
    known |= {word: set(script.read_back.words.people if script.read_back else ()) for word in OF_READ_BACKS}
    if case is not None:
        known |= {"knows": set(case.facts), "world": set(case.circumstances)}
    conditions = [*script.conditions]
    conditions += [("read_back.yaml", one) for one in (script.read_back.words.conditions if script.read_back else ())]
    for place, word, name in sorted({(at, *name) for at, condition in conditions for name in condition.names}):
        if word in known and name not in known[word]:
            kind = _UNKNOWN.get(word, "unknown name")
            yield Fault(kind, place, f"{_called(script, place)} needs {word}('{name}'), which does not exist.")
    for place, fact in _named_facts(script):
        if case is not None and fact not in case.facts:
            yield Fault("unknown fact", place, f"{_called(script, place)} names {fact}, which is no fact.")
    speakers = {line.who for node in script.nodes.values() for line in node.says}
    for person in script.cast:
        if case is not None and person not in case.people:
            yield Fault("stranger", person, f"{person} is in the cast and nobody of that id is in the case.")
        if person not in speakers:
            yield Fault("silent", person, f"{person} is in the cast and never says anything.")


def _called(script: Script, place: str) -> str:
    if place in script.choices:
        return f"The choice {place}"
    if place == "read_back.yaml":
        return place
    return f"The node {place}" if place in script.nodes else f"The remark {place}"


def _named_facts(script: Script) -> Iterator[tuple[str, str]]:
    """Facts that are taught or missed, and where."""
    for choice in script.choices.values():
        missed = {effect.missed.fact for effect in choice.effects if effect.missed}
        yield from ((choice.id, fact) for fact in sorted(choice.teaches | missed))
    for name, node in script.nodes.items():
        yield from ((name, missed.fact) for missed in (node.ending.missed if node.ending else ()))
    for remark in script.brings_up:
        yield from ((remark.id, fact) for fact in remark.learn)


def _unreachable(found: Exploration) -> Iterator[Fault]:
    script = found.script
    missing = set(script.nodes) - {state.node for state in found.states} - {script.out_of_time}
    if not missing:
        return
    minutes = FreeClock(script).fewest_minutes(missing)
    for node in sorted(missing):
        what = "ending" if script.nodes[node].ending else "node"
        if minutes.get(node, 0) > script.minutes:
            sentence = (
                f"The {what} {node} needs {minutes[node]} minutes and the conversation has {script.minutes}, "
                f"so nobody gets there in time."
            )
            yield Fault("out of time", node, sentence)
        else:
            why = "by any choices" if node not in minutes else "at the times at which its choices can be made"
            yield Fault("unreachable", node, f"The {what} {node} cannot be reached {why}.")


def _dead_ends(found: Exploration) -> Iterator[Fault]:
    """Situations in which nothing can be chosen, and time is not the reason."""
    clock = FreeClock(found.script)
    seen: set[str] = set()
    stuck = dict(found.thrown_out)
    if not found.ends(0) and not found.steps[0]:
        stuck[0] = found.states[0]
    for number, before in stuck.items():
        if before.node in seen or any(True for _ in clock.steps(before)):
            continue
        seen.add(before.node)
        yield Fault(
            "dead end",
            before.node,
            f"At {before.node} nothing can be chosen although {before.minutes} minutes are left.",
            tuple(found.path(number)),
        )


def _soft_locks(found: Exploration) -> Iterator[Fault]:
    """Situations from which no proper ending can be reached any more, not even with all the time in the world."""
    script = found.script
    proper = {name for name, node in script.nodes.items() if node.ending and name != script.out_of_time}
    goals = [number for number, state in enumerate(found.states) if state.node in proper]
    if not goals:
        if proper:
            yield Fault("soft lock", script.start, "The conversation can only end by running out of time.")
        return
    saved = found.can_reach(goals)
    stuck = [n for n, state in enumerate(found.states) if not saved[n] and not found.ends(n)]
    clock = FreeClock(script)
    locked = clock.locked((found.states[number] for number in stuck), proper)
    reported: set[str] = set()
    for number in stuck if locked else ():
        node = found.states[number].node
        if node not in reported and clock.timeless(found.states[number]) in locked:
            reported.add(node)
            sentence = f"At {node} one can be where no ending but {script.out_of_time} can be reached any more."
            yield Fault("soft lock", node, sentence, tuple(found.path(number)))


def _never_available(found: Exploration) -> Iterator[Fault]:
    reached = {state.node for state in found.states}
    made = {id for steps in found.steps for id, _ in steps}
    for node, item in found.script.nodes.items():
        for choice in item.choices if node in reached else ():
            if choice.id not in made:
                yield Fault(
                    "never available", choice.id, f"The choice {choice.id} can never be made: {_why_not(choice)}."
                )


def _why_not(choice: Choice) -> str:
    return f"its condition {choice.needs!r} or its {choice.minutes} minutes never fit" if choice.needs else (
        f"there are never {choice.minutes} minutes left"
    )  # fmt: skip


def _weightless(script: Script) -> Iterator[Fault]:
    for choice in script.choices.values():
        weighs = any(any(effect.trust.values()) or effect.learn or effect.does for effect in choice.effects)
        if not (choice.minutes or weighs):
            sentence = f"The choice {choice.id} has no effect: no minutes, no trust, no facts, no actions."
            yield Fault("no effect", choice.id, sentence)
        if not all(effect.coaching.strip() for effect in choice.effects):
            yield Fault("no coaching", choice.id, f"The choice {choice.id} has no coaching sentence.")


def _dominated(found: Exploration) -> Iterator[Fault]:
    """Choices that are at least as good as all that can be made beside them, and better than one of those."""
    together = _together(found)
    for node in found.script.nodes.values():
        for choice in node.choices:
            siblings = [other for other in node.choices if other.id in together.get(choice.id, ())]
            if siblings and all(_at_least(choice, other) for other in siblings):
                worse = [other.id for other in siblings if not _at_least(other, choice)]
                if worse:
                    sentence = (
                        f"The choice {choice.id} is at least as good as every other choice beside it on facts, trust "
                        f"and minutes, and better than {', '.join(worse)}: there is nothing to weigh."
                    )
                    yield Fault("dominant", choice.id, sentence)


def _at_least(one: Choice, other: Choice) -> bool:
    """Whether a choice, whatever it brings about, is at least as good as whatever the other brings about."""
    return one.minutes <= other.minutes and all(
        _effect_at_least(mine, theirs) for mine in one.effects for theirs in other.effects
    )


def _effect_at_least(one: Effect, other: Effect) -> bool:
    people = one.trust.keys() | other.trust.keys()
    return set(one.learn) >= set(other.learn) and all(
        one.trust.get(person, 0) >= other.trust.get(person, 0) for person in people
    )


def _together(found: Exploration) -> dict[str, set[str]]:
    """For each choice the other choices that can be made in the same situation at least once."""
    offers = {tuple(id for id, _ in steps) for steps in found.steps}
    together: dict[str, set[str]] = {}
    for offer in offers:
        for id in offer:
            together.setdefault(id, set()).update(other for other in offer if other != id)
    return together


def _same_place(found: Exploration) -> Iterator[Fault]:
    """Whether one can do well by always taking, say, the first choice."""
    places: list[int] = []
    for node in found.script.nodes.values():
        ranked = sorted(map(_worth, node.choices), reverse=True)
        if len(ranked) > 1 and ranked[0] > ranked[1]:
            places.append([_worth(choice) for choice in node.choices].index(ranked[0]))
    if len(places) >= SAME_PLACE and len(set(places)) == 1:
        place = f"as number {places[0] + 1}"
        sentence = f"The choice that gains the most trust and facts stands {place} in all {len(places)} decisions."
        yield Fault("same place", found.script.id, sentence)


def _worth(choice: Choice) -> tuple[int, int, int]:
    """The most that it can gain, in trust and then in facts."""
    trust, facts = max((sum(effect.trust.values()), len(effect.learn)) for effect in choice.effects)
    return trust, facts, -choice.minutes


def _unlearnable(found: Exploration, case: Case) -> Iterator[Fault]:
    """Facts that somebody holds and nobody can be told."""
    learned = facts_told(found)
    for fact in case.facts.values():
        if fact.held_by and fact.id not in learned:
            sentence = f"The fact {fact.id}, which {fact.held_by} holds, cannot be learned by any choices."
            yield Fault("unlearnable", fact.id, sentence)


def _hearsay(script: Script, case: Case) -> Iterator[Fault]:
    """Facts that are told by somebody who does not hold them."""
    for choice in script.choices.values():
        for effect in choice.effects:
            for id in effect.learn:
                speakers = [line.who for line in script.nodes[effect.to].says]
                words = f"The choice {choice.id} teaches {{}} and leads to {effect.to}, where {{}} speaks."
                yield from _told_by(choice.id, case.facts.get(id), speakers, words)
    for remark in script.brings_up:
        for id in remark.learn:
            speakers = [line.who for line in remark.says]
            words = f"The remark {remark.id} teaches {{}}, and {{}} speaks."
            yield from _told_by(remark.id, case.facts.get(id), speakers, words)


def _told_by(place: str, fact: Fact | None, speakers: list[str], words: str) -> Iterator[Fault]:
    if fact is None:
        return
    if fact.held_by is None:
        sentence = f"{place} teaches {fact.id}, which stands in the brief and everybody knows."
        yield Fault("already known", place, sentence)
    elif fact.held_by not in speakers:
        told = ", ".join(dict.fromkeys(speakers)) or "nobody"
        yield Fault("hearsay", place, words.format(f"{fact.id}, which {fact.held_by} holds,", told))


def _endings(found: Exploration) -> Iterator[EndingReport]:
    most, trust, facts = found.most_turns(), trust_spans(found), fact_spans(found)
    for name, node in found.script.nodes.items():
        numbers = list(found.at(name)) if node.ending else []
        if not node.ending or not numbers:
            continue
        states = [found.states[number] for number in numbers]
        paths = {number: len(found.path(number)) for number in numbers}
        longest = [most[number] for number in numbers]
        yield EndingReport(
            id=node.ending.id,
            title=node.ending.title,
            turns=(min(paths.values()), None if None in longest else max(turns or 0 for turns in longest)),
            minutes_left=_range(state.minutes for state in states),
            trust={person: _range(end for n in numbers for end in trust[n][person]) for person in found.script.cast},
            facts=_range(end for n in numbers for end in facts[n]),
            path=tuple(found.path(min(paths, key=lambda number: paths[number]))),
        )


def _range(values: Iterable[int]) -> tuple[int, int]:
    numbers = list(values)
    return min(numbers), max(numbers)
