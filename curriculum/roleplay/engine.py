"""The pure engine of conversations: a frozen state, and begin, available, choose, look, replay, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from curriculum.roleplay.condition import Condition
from curriculum.roleplay.read_back import Answer, Round, SaidBack, hear, quiet_of
from curriculum.roleplay.script import LOOK, MAX_TRUST, Choice, Effect, Ending, Line, Missed, Remark, Script

START_TRUST = 2

Step = str | SaidBack
"""What a transcript keeps in order: ids of choices, looks at the choices, and what was said back to somebody."""


class NotAvailable(Exception):
    """A choice cannot be made in a state, or the choices are open already."""


@dataclass(frozen=True)
class State:
    """Where a conversation stands. Everything in it follows from the script and the ids in `taken`."""

    node: str
    minutes: int
    """Minutes that are left."""
    trust: tuple[tuple[str, int], ...]
    """Each person's trust, 0 to 5, in the order of the cast."""
    facts: frozenset[str] = frozenset()
    """Facts that somebody told the learner."""
    taken: tuple[str, ...] = ()
    """Ids of the choices made, in order."""
    done: tuple[tuple[str, int], ...] = ()
    """Actions taken, each with the minute at which it was finished, counted from the start."""
    brought: tuple[str, ...] = ()
    """Ids of what people came back to by themselves, in order."""
    looks: tuple[int, ...] = ()
    """The turns before which the learner had the choices shown, counted from 0."""
    rounds: tuple[Round, ...] = ()
    """What was said back to people, with their answers, in order."""

    @property
    def opened(self) -> bool:
        """Whether the learner had the choices of this moment shown."""
        return self.looks[-1:] == (len(self.taken),)

    @property
    def path(self) -> tuple[Step, ...]:
        """What `replay` needs to come here again: choices, looks and what was said back, in order."""
        steps: list[Step] = []
        for turn in range(len(self.taken) + 1):
            here = [one for one in self.rounds if one.turn == turn]
            steps += [one.said for one in here if not one.looked]
            steps += [LOOK] if turn in self.looks else []
            steps += [one.said for one in here if one.looked]
            steps += self.taken[turn : turn + 1]
        return tuple(steps)

    def trust_of(self, person: str) -> int:
        """A person's trust; raises KeyError for somebody who is not in the cast."""
        for who, now in self.trust:
            if who == person:
                return now
        raise KeyError(person)

    def knows(self, fact: str) -> bool:
        return fact in self.facts

    def visited(self, choice: str) -> bool:
        return choice in self.taken

    def did(self, action: str) -> bool:
        return any(name == action for name, _ in self.done)

    def rounds_with(self, person: str) -> tuple[Round, ...]:
        """What was said back to a person, with the answers, in order."""
        return tuple(one for one in self.rounds if one.said.person == person)

    def said_back(self, person: str) -> bool:
        return bool(self.rounds_with(person))

    def confirmed(self, person: str) -> bool:
        return any(one.answer.status == "confirmed" for one in self.rounds_with(person))

    def objected(self, person: str) -> bool:
        return any(one.answer.status == "objected" for one in self.rounds_with(person))

    def confirms(self, said: SaidBack) -> bool:
        """Whether the person has confirmed just this: the same claims, number and firmness, where what they have told
        since may have been added."""
        return any(one.holds_for(said, self.knows) for one in self.rounds_with(said.person))

    def minute_of(self, action: str) -> int | None:
        """When an action was first finished, in minutes from the start; None if it never was."""
        return next((minute for name, minute in self.done if name == action), None)


@dataclass(frozen=True)
class Replay:
    """The state to which a list of choices leads, and a sentence about what could not be followed."""

    state: State
    note: str = ""


def begin(script: Script) -> State:
    """The state before anything was said."""
    trust = tuple((person, script.trust.get(person, START_TRUST)) for person in script.cast)
    return State(script.start, script.minutes, trust)


def ending(script: Script, state: State) -> Ending | None:
    """How the conversation ended, or None while it goes on."""
    return script.nodes[state.node].ending


def available(script: Script, state: State) -> tuple[Choice, ...]:
    """What the learner can choose now: conditions hold, time suffices, not used up."""
    return tuple(
        [
            choice
            for choice in script.nodes[state.node].choices
            if choice.minutes <= state.minutes
            and (choice.repeat or choice.id not in state.taken)
            and (not choice.needs or choice.condition(state, script.world))
        ]
    )


def choose(script: Script, state: State, id: str) -> State:
    """The state after a choice; raises NotAvailable where it cannot be made."""
    choice = next((choice for choice in available(script, state) if choice.id == id), None)
    if choice is None:
        raise NotAvailable(id)
    return settle(script, follow(script, state, choice))


def look_minutes(script: Script, state: State) -> int:
    """What it costs now to have the choices shown: nothing where the minutes would take one of them away."""
    after = replace(state, minutes=state.minutes - script.look_minutes)
    return script.look_minutes if available(script, after) == available(script, state) else 0


def look(script: Script, state: State) -> State:
    """The state after the choices were shown; raises NotAvailable where they are open, or the conversation is over."""
    if state.opened or ending(script, state) is not None:
        raise NotAvailable(LOOK)
    minutes = state.minutes - look_minutes(script, state)
    return replace(state, minutes=minutes, looks=(*state.looks, len(state.taken)))


def step(script: Script, state: State, one: Step) -> State:
    """The state after a choice, a look or a read-back, as transcripts name them; raises NotAvailable where it cannot
    be."""
    if isinstance(one, SaidBack):
        return say_back(script, state, one)
    return look(script, state) if one == LOOK else choose(script, state, one)


def rounds_left(script: Script, state: State, person: str) -> int:
    """How often a person would still listen to a read-back; 0 for whom the lesson has no words."""
    read_back = script.read_back
    if read_back is None or person not in read_back.words.people:
        return 0
    return max(0, read_back.words.rounds - len(state.rounds_with(person)))


def listens(script: Script, state: State, person: str) -> bool:
    """Whether a person can be read back to at this moment of the conversation, whatever the rounds."""
    read_back = script.read_back
    if read_back is None or person not in read_back.words.people or ending(script, state) is not None:
        return False
    conditions: tuple[Condition, ...] = (read_back.words.condition, read_back.words.people[person].condition)
    return all(condition(state, script.world) for condition in conditions)


def answered(script: Script, state: State, said: SaidBack) -> Answer:
    """What a person would answer to a version now; raises NotAvailable where they have no words for it."""
    read_back = script.read_back
    words = read_back.words.people.get(said.person) if read_back else None
    if read_back is None or words is None:
        raise NotAvailable(said.person)
    return hear(
        said,
        read_back.claims,
        knows=state.knows,
        trust=state.trust_of(said.person),
        earlier=[one.answer for one in state.rounds_with(said.person)],
        needs=read_back.words.needs,
        opens_at=words.opens_at,
    )


def say_back(script: Script, state: State, said: SaidBack) -> State:
    """The state after something was said back to a person; raises NotAvailable where they do not listen, where nothing
    is said, and where it is what was said the last time."""
    answer = answered(script, state, said)
    rounds = state.rounds_with(said.person)
    if said.is_blank or (rounds and rounds[-1].said == said):
        raise NotAvailable(said.person)
    person = said.person
    if script.read_back is None or not listens(script, state, person) or not rounds_left(script, state, person):
        raise NotAvailable(person)
    moves = script.read_back.words.people[said.person].trust
    by = {"objected": moves.objected, "confirmed": moves.confirmed}.get(answer.status, 0)
    quiet = quiet_of(said.person, script.read_back.claims)
    after = replace(
        state,
        trust=_moved(state.trust, {said.person: by}) if by else state.trust,
        facts=state.facts.union(answer.opened) if answer.opened else state.facts,
        rounds=(*state.rounds, Round(said, answer, len(state.taken), state.opened, quiet)),
    )
    return settle(script, after)


def follow(script: Script, state: State, choice: Choice) -> State:
    """What one of the choices that are `available` changes, with what people then come back to by themselves."""
    arrived = _arrive(script, state, choice, choice.effect(state, script.world))
    return _told(arrived, remark) if (remark := _remark(script, arrived)) else arrived


def settle(script: Script, state: State) -> State:
    """The state itself, or out of time where nothing can be chosen any more."""
    if ending(script, state) is None and not available(script, state):
        return replace(state, node=script.out_of_time)
    return state


def _arrive(script: Script, state: State, choice: Choice, effect: Effect) -> State:
    minutes = state.minutes - choice.minutes
    done = tuple((action, script.minutes - minutes) for action in effect.does) if effect.does else ()
    return State(
        node=effect.to,
        minutes=minutes,
        trust=_moved(state.trust, effect.trust) if effect.trust else state.trust,
        facts=state.facts.union(effect.learn) if effect.learn else state.facts,
        taken=(*state.taken, choice.id),
        done=state.done + done,
        brought=state.brought,
        looks=state.looks,
        rounds=state.rounds,
    )


def _moved(trust: tuple[tuple[str, int], ...], by: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple([(person, max(0, min(MAX_TRUST, now + by[person])) if person in by else now) for person, now in trust])


def _remark(script: Script, state: State) -> Remark | None:
    """What somebody comes back to now: the first thing that can be told and was not."""
    for remark in script.brings_up:
        if remark.id in state.brought:
            continue
        here = state.node in remark.at if remark.at else script.nodes[state.node].ending is None
        if here and remark.condition(state, script.world):
            return remark
    return None


def _told(state: State, remark: Remark) -> State:
    return replace(state, facts=state.facts | set(remark.learn), brought=(*state.brought, remark.id))


@dataclass(frozen=True)
class Turn:
    """One turn as it went: what was chosen, what it brought about, what people answered."""

    choice: Choice
    effect: Effect
    before: State
    """How things stood before it, after a look at the choices where there was one."""
    after: State
    lines: tuple[Line, ...]
    """What was said then, in order: the answer, what somebody came back to, and that the time is up."""
    learned: tuple[str, ...]
    """Facts that were not known before, in the order in which they were told."""
    looked: int | None = None
    """Minutes that a look at the choices had cost before; None where there was none."""


def opening(script: Script) -> tuple[Line, ...]:
    """What is said before the learner says anything."""
    return _lines(script, script.start, begin(script))


@dataclass(frozen=True)
class Heard:
    """One thing said back as it went, between two turns."""

    round: Round
    line: str
    """What was answered, as a text whose holes the case fills."""
    before: State
    after: State


def heard_back(script: Script, ids: Iterable[Step]) -> tuple[Heard, ...]:
    """Everything that was said back on a way through a conversation, with the answers; raises NotAvailable for a step
    that cannot be."""
    if script.read_back is None:
        return ()
    told: list[Heard] = []
    before = begin(script)
    for one in ids:
        after = step(script, before, one)
        if isinstance(one, SaidBack):
            made = after.rounds[-1]
            line = script.read_back.line(made, len(before.rounds_with(one.person)), before.knows)
            told.append(Heard(made, line, before, after))
        before = after
    return tuple(told)


def turns(script: Script, ids: Iterable[Step]) -> tuple[Turn, ...]:
    """Every turn of a conversation, given its choices, looks and read-backs, which are no turns; raises NotAvailable
    for one that cannot be."""
    found: list[Turn] = []
    state = begin(script)
    looked: int | None = None
    for id in ids:
        before, state = state, step(script, state, id)
        if id == LOOK:
            looked = before.minutes - state.minutes
        if id == LOOK or isinstance(id, SaidBack):
            continue
        choice = script.choices[id]
        effect = choice.effect(before, script.world)
        arrived = _arrive(script, before, choice, effect)
        lines, told = _answer(script, before, arrived), effect.learn
        if remark := _remark(script, arrived):
            arrived = _told(arrived, remark)
            lines += tuple(line for line in remark.says if line.condition(arrived, script.world))
            told += remark.learn
        if state.node != effect.to:
            lines += _lines(script, state.node, state)
        learned = tuple(fact for fact in dict.fromkeys(told) if not before.knows(fact))
        found.append(Turn(choice, effect, before, state, lines, learned, looked))
        looked = None
    return tuple(found)


def lately(script: Script, ids: Iterable[Step], turns_back: int = 2) -> tuple[Line, ...]:
    """What people said in the newest turn and in so many before it; the opening counts as one."""
    said = [opening(script), *(turn.lines for turn in turns(script, ids))]
    return tuple(line for lines in said[-turns_back - 1 :] for line in lines)


def told_at(script: Script, ids: Iterable[Step]) -> Mapping[str, int]:
    """By fact, the minute from the start in which it was told, given choices, looks and read-backs; raises
    NotAvailable."""
    told: dict[str, int] = {}
    state = begin(script)
    for id in ids:
        before, state = state, step(script, state, id)
        for fact in state.facts - before.facts:
            told[fact] = script.minutes - state.minutes
    return told


def _answer(script: Script, before: State, arrived: State) -> tuple[Line, ...]:
    """What is said after a choice. Nobody repeats themselves: who stays at a moment hears what is new there, and all of
    it again only where nothing is."""
    lines = _lines(script, arrived.node, arrived)
    stays = arrived.node == before.node
    return tuple(line for line in lines if not (stays and line.condition(before, script.world))) or lines


def _lines(script: Script, node: str, state: State) -> tuple[Line, ...]:
    return tuple(line for line in script.nodes[node].says if line.condition(state, script.world))


def debrief(script: Script, state: State) -> tuple[Missed, ...]:
    """What better questions would have brought, each fact once and only where it was never heard.

    Nothing before the end; raises NotAvailable for a state that its choices do not lead to.
    """
    end = ending(script, state)
    if end is None:
        return ()
    missed: dict[str, Missed] = {}
    for one in (*(turn.effect.missed for turn in turns(script, state.path)), *end.missed):
        if one is not None and not state.knows(one.fact):
            missed.setdefault(one.fact, one)
    return tuple(missed.values())


def replay(script: Script, ids: Iterable[Step]) -> Replay:
    """Follow choices from the start; stops before the first that cannot be made, and says so."""
    state = begin(script)
    for position, id in enumerate(ids, start=1):
        try:
            state = step(script, state, id)
        except NotAvailable:
            named = f"said back to {id.person}" if isinstance(id, SaidBack) else id
            shown = named if len(named) <= 60 else f"{named[:57]}…"
            return Replay(
                state,
                f"{script.id}.yaml: found {shown!r} as choice {position}, which cannot be made there; "
                f"expected one that the conversation offers. Only the choices before it count.",
            )
    return Replay(state)
