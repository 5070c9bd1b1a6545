"""Every state that a conversation can get into, found by the engine itself."""

from __future__ import annotations

import heapq
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from curriculum.authoring.read_backs import asked, facts_of, never, outline, versions
from curriculum.roleplay import engine
from curriculum.roleplay.condition import OF_READ_BACKS, Condition
from curriculum.roleplay.engine import State, Step
from curriculum.roleplay.read_back import SaidBack
from curriculum.roleplay.script import Choice, Script
from curriculum.support.garbage import garbage_stays

CAP = 200_000
"""How many states are looked at before the search gives up."""


_TOO_MANY = (
    "the conversation has more than {cap:,} states, too many to search; fewer choices that can be made in any "
    "order, a shorter time, or fewer changes of trust make it smaller"
)


class TooManyStates(Exception):
    """A script has more states than are searched; the message says what makes it smaller."""


@dataclass(frozen=True)
class Aside:
    """Something said back to somebody in a state."""

    said: SaidBack
    after: int
    """The number of the state that follows."""
    opened: frozenset[str]
    """Facts that were told because of it."""
    trust: int
    """By how much the person's trust changes."""


@dataclass
class Exploration:
    """The graph of all states. States are numbered in the order of the fewest turns from the start."""

    script: Script
    states: list[State] = field(default_factory=list)
    steps: list[list[tuple[str, int]]] = field(default_factory=list)
    """For each state the choices that can be made there, and the numbers of the states that follow."""
    asides: list[list[Aside]] = field(default_factory=list)
    """For each state what can be said back to people there; see `curriculum.authoring.read_backs`."""
    came_by: list[tuple[int, Step] | None] = field(default_factory=list)
    """For each state the state and the step by which it is reached in the fewest turns; None for the start."""
    heard: list[list[frozenset[str]]] = field(default_factory=list)
    """For each of these steps the facts that somebody told on it."""
    thrown_out: dict[int, State] = field(default_factory=dict)
    """States that ended because nothing could be chosen, by number: the state before the engine moved on."""

    def path(self, number: int) -> list[Step]:
        """The shortest list of choices, and of what was said back between them, that leads to a state."""
        ids: list[Step] = []
        while (step := self.came_by[number]) is not None:
            number, id = step
            ids.append(id)
        return ids[::-1]

    def at(self, node: str) -> Iterator[int]:
        """The numbers of the states at a node."""
        return (number for number, state in enumerate(self.states) if state.node == node)

    def ends(self, number: int) -> bool:
        return engine.ending(self.script, self.states[number]) is not None

    def can_reach(self, targets: Iterable[int]) -> bytearray:
        """For each state 1 where one of the targets can be reached from it, else 0."""
        before: list[list[int]] = [[] for _ in self.states]
        for number, steps in enumerate(self.steps):
            for after in (*(after for _, after in steps), *(aside.after for aside in self.asides[number])):
                before[after].append(number)
        reached = bytearray(len(self.states))
        queue = deque(targets)
        for number in queue:
            reached[number] = 1
        while queue:
            for number in before[queue.popleft()]:
                if not reached[number]:
                    reached[number] = 1
                    queue.append(number)
        return reached

    def most_turns(self) -> list[int | None]:
        """For each state the most turns after which it can be reached; None where turns can go round for ever."""
        waits = [0] * len(self.states)
        for number in range(len(self.states)):
            for after, _ in self._onward(number):
                waits[after] += 1
        most: list[int | None] = [None] * len(self.states)
        most[0] = 0
        ready = [0] if not waits[0] else []
        while ready:
            number = ready.pop()
            for after, turns in self._onward(number):
                most[after] = max(most[after] or 0, (most[number] or 0) + turns)
                waits[after] -= 1
                if not waits[after]:
                    ready.append(after)
        return [turns if not waits[number] else None for number, turns in enumerate(most)]

    def _onward(self, number: int) -> Iterator[tuple[int, int]]:
        """The states that follow a state, each with the turns that it takes to get there."""
        yield from ((after, 1) for _, after in self.steps[number])
        yield from ((aside.after, 0) for aside in self.asides[number])


@dataclass(frozen=True)
class _Live:
    """What may still matter at a moment: it is asked about there or later, or could be made or told again."""

    taken: tuple[str, ...]
    people: frozenset[str]
    facts: frozenset[str]
    actions: frozenset[str]
    remarks: frozenset[str]
    heard: frozenset[str]
    """People of whose read-backs something is asked."""
    goes_on: bool
    """Whether something can be said back to people at all."""


class Projection:
    """Drops from a state what cannot change what comes after, so that equal situations are one state.

    What was dropped is found again by `curriculum.authoring.recalled`.
    """

    def __init__(self, script: Script):
        self._script = script
        self._found: dict[tuple[str, tuple[str, ...]], _Live] = {}
        self._asked = asked(script)
        self._facts = {who: facts_of(script, who) for who in self._asked}
        self._possible = {id: frozenset(self._targets(choice)) for id, choice in script.choices.items()}

    def __call__(self, state: State, minutes: int | None = None) -> State:
        """The state without what cannot matter; with so many minutes left where that is said."""
        live = self._found.get((state.node, state.taken))
        if live is None:
            live = self._found[state.node, state.taken] = self._look_ahead(state.node, frozenset(state.taken))
        listening = self._listening(state) if live.goes_on else frozenset()
        waiting = {who for who in listening if not state.confirmed(who)}
        asked = live.people.union(who for who in waiting if "confirmed" in self._asked[who])
        facts = live.facts.union(*(self._facts[who] for who in waiting)) if waiting else live.facts
        return State(
            node=state.node,
            minutes=state.minutes if minutes is None else minutes,
            trust=tuple([(who, now if who in asked else engine.START_TRUST) for who, now in state.trust]),
            facts=state.facts & facts,
            taken=live.taken,
            done=tuple(sorted({(action, 0) for action, _ in state.done if action in live.actions}))
            if state.done
            else (),
            brought=tuple(sorted(live.remarks.intersection(state.brought))) if state.brought else (),
            rounds=outline(state.rounds, live.heard | listening) if state.rounds else (),
        )

    def _look_ahead(self, node: str, taken: frozenset[str]) -> _Live:
        script = self._script
        used = {id for id in taken if not script.choices[id].repeat}
        ahead = self.ahead(node, used)
        choices = [choice for name in ahead for choice in script.nodes[name].choices]
        remarks = [remark for remark in script.brings_up if not remark.at or ahead.intersection(remark.at)]
        places = ahead | {script.out_of_time} | {one.id for one in choices} | {one.id for one in remarks}
        asks = {name for place, condition in script.conditions if place in places for name in condition.names}
        told = [choice.teaches for choice in choices if choice.id not in used]
        told += [frozenset(remark.learn) for remark in remarks]
        heard = {name for word, name in asks if word in OF_READ_BACKS}
        if script.read_back and script.nodes[node].ending is None:
            asks |= {name for condition in script.read_back.words.conditions for name in condition.names}
            told.append(script.read_back.opens)
        named = {word: {name for one, name in asks if one == word} for word in ("visited", "trust", "knows", "did")}
        return _Live(
            taken=tuple(sorted(taken & named["visited"] | used.intersection(choice.id for choice in choices))),
            people=frozenset(named["trust"]),
            facts=frozenset(named["knows"]).union(*told),
            actions=frozenset(named["did"]),
            remarks=frozenset(remark.id for remark in remarks),
            heard=frozenset(heard),
            goes_on=script.read_back is not None and script.nodes[node].ending is None,
        )

    def _listening(self, state: State) -> frozenset[str]:
        """People to whom something can be said back in a state, or later."""
        read_back = self._script.read_back
        if read_back is None or never(read_back.words.when, state):
            return frozenset()
        people = read_back.words.people.items()
        return frozenset(who for who, words in people if not words.when or not never(words.when, state))

    def ahead(self, node: str, used: Collection[str] = ()) -> set[str]:
        """A node, and those to which its choices may lead in this world if some are used up."""
        ahead, queue = {node}, [node]
        while queue:
            open_ones = [choice.id for choice in self._script.nodes[queue.pop()].choices if choice.id not in used]
            later = {target for id in open_ones for target in self._possible[id]} - ahead
            ahead |= later
            queue += later
        return ahead

    def _targets(self, choice: Choice) -> Iterator[str]:
        """Where a choice may lead in this world."""
        if self._settled(choice.condition) is False:
            return
        for outcome, effect in zip(choice.outcomes, choice.effects, strict=False):
            settled = self._settled(outcome.condition)
            if settled is not False:
                yield effect.to
            if settled:
                return
        yield choice.effects[-1].to

    def _settled(self, condition: Condition) -> bool | None:
        """What a condition says that asks about nothing but the world; None for one that asks about more."""
        if not condition.names or any(word != "world" for word, _ in condition.names):
            return None
        return condition(engine.begin(self._script), self._script.world)


@garbage_stays()
def explore(script: Script, cap: int = CAP) -> Exploration:
    """All states from the start; raises TooManyStates beyond `cap`."""
    project, asks = Projection(script), asked(script)
    found = Exploration(script)
    numbers: dict[State, int] = {}

    def number_of(state: State, came_by: tuple[int, Step] | None) -> int:
        number = numbers.get(state)
        if number is None:
            number = numbers[state] = len(found.states)
            if number >= cap:
                raise TooManyStates(_TOO_MANY.format(cap=cap))
            found.states.append(state)
            found.steps.append([])
            found.heard.append([])
            found.asides.append([])
            found.came_by.append(came_by)
        return number

    number_of(project(engine.begin(script)), None)
    for number, state in _growing(found.states):
        if engine.ending(script, state) is not None:
            continue
        for said, after in said_back(script, state, asks):
            following = number_of(project(after), (number, said))
            by = after.trust_of(said.person) - state.trust_of(said.person)
            found.asides[number].append(Aside(said, following, after.facts - state.facts, by))
        for choice in engine.available(script, state):
            before = engine.follow(script, state, choice)
            after = engine.settle(script, before)
            following = number_of(project(after), (number, choice.id))
            found.steps[number].append((choice.id, following))
            found.heard[number].append(before.facts - state.facts)
            if after is not before:
                found.thrown_out.setdefault(following, project(before))
    return found


def said_back(script: Script, state: State, asks: Mapping[str, frozenset[str]]) -> list[tuple[SaidBack, State]]:
    """What can be said back in a state that makes a difference, with the state after it."""
    return [(said, engine.say_back(script, state, said)) for said in versions(script, state, asks)] if asks else []


def _growing(states: list[State]) -> Iterator[tuple[int, State]]:
    number = 0
    while number < len(states):
        yield number, states[number]
        number += 1


class FreeClock:
    """The same conversation if time were no matter: choices take no minutes, and each may be made at any time.

    What cannot be reached here cannot be reached for reasons that have nothing to do with time.
    """

    def __init__(self, script: Script):
        self._script, self._project, self._asks = script, Projection(script), asked(script)
        later = [remark.when for remark in script.brings_up]
        self._times = {
            choice.id: _telling_times(
                {*_clocked([choice.needs, *(one.when for one in choice.outcomes)])}
                | {time + choice.minutes for time in _clocked(later)},
                script.minutes,
            )
            for choice in script.choices.values()
        }

    def steps(self, state: State) -> Iterator[tuple[Choice, State]]:
        """What can be chosen in a state at some time or other, and to which states that leads."""
        for aside in self._aside(state):
            for choice in self._script.nodes[aside.node].choices:
                if not choice.repeat and choice.id in aside.taken:
                    continue
                after: dict[State, None] = {}
                for minutes in self._times[choice.id]:
                    now = replace(aside, minutes=minutes)
                    if choice.condition(now, self._script.world):
                        after[self.timeless(engine.follow(self._script, now, choice))] = None
                yield from ((choice, state) for state in after)

    def _aside(self, state: State) -> list[State]:
        """A state, and those that differ from it by what was said back to people."""
        found, queue = {state: None}, [state]
        while queue and self._asks:
            now = replace(queue.pop(), minutes=self._script.minutes)
            for _, after in said_back(self._script, now, self._asks):
                one = self.timeless(after)
                if one not in found:
                    found[one] = None
                    queue.append(one)
        return [*found]

    def timeless(self, state: State) -> State:
        return self._project(state, minutes=0)

    def locked(self, starts: Iterable[State], goals: Collection[str], cap: int = CAP) -> set[State]:
        """The timeless states among `starts` from which none of the nodes `goals` can be reached."""
        first = {self.timeless(state) for state in starts}
        after: dict[State, list[State]] = {}
        open_ones: set[State] = set()
        locked: set[State] = set()
        for start in first:
            came_by: dict[State, State | None] = {start: None}
            queue = [start]
            while queue:
                here = queue.pop()
                if here.node in goals or here in open_ones:
                    way: State | None = here
                    while way is not None:
                        open_ones.add(way)
                        way = came_by[way]
                    break
                if here not in after:
                    if len(after) >= cap:
                        raise TooManyStates(_TOO_MANY.format(cap=cap))
                    after[here] = [*dict.fromkeys(state for _, state in self.steps(here))]
                for state in after[here]:
                    if state not in came_by and state not in locked:
                        came_by[state] = here
                        queue.append(state)
            else:
                locked |= came_by.keys()
        return first & locked

    def fewest_minutes(self, nodes: Collection[str], cap: int = CAP) -> dict[str, int]:
        """The fewest minutes in which nodes are reached from the start; those out of reach are left out."""
        best: dict[str, int] = {}
        wanted = self._project.ahead(self._script.start).intersection(nodes)
        seen: set[State] = set()
        queue: list[tuple[int, int, State]] = [(0, 0, self.timeless(engine.begin(self._script)))]
        count = 0
        while queue and len(best) < len(wanted) and len(seen) < cap:
            spent, _, state = heapq.heappop(queue)
            if state in seen:
                continue
            seen.add(state)
            if state.node in wanted:
                best.setdefault(state.node, spent)
            for choice, after in self.steps(state):
                if after not in seen:
                    count += 1
                    heapq.heappush(queue, (spent + choice.minutes, count, after))
        return best


def _clocked(conditions: Iterable[str]) -> Iterator[int]:
    """The numbers that conditions on the clock name."""
    return (int(number) for text in conditions if "minutes" in text for number in re.findall(r"\d+", text))


def _telling_times(named: Iterable[int], minutes: int) -> list[int]:
    """Minutes at which conditions may have different answers: around every number that they name."""
    times = {time for number in named for time in (number - 1, number, number + 1)}
    return sorted({minutes, *(time for time in times if 0 <= time <= minutes)})
