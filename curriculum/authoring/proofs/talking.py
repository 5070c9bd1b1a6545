"""Proofs by playing: habits get nowhere, trust counts, most moments offer a choice, endings are true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import wraps

from curriculum.authoring.exploration import Exploration, TooManyStates
from curriculum.authoring.habits import reached
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.searched import ways
from curriculum.authoring.soundness import told
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.roleplay.condition import Condition
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import MAX_TRUST, Effect, Script

MOST_BY_HABIT = 0.60
"""The share of what the best path reaches, in facts and in the ending, that a habit may reach."""
MOST_SINGLE = 0.25
"""The share of moments that may offer a single choice."""

_SAYS_SOMETHING = re.compile(
    r"\b(?:everybody|everyone|nobody|each of|all of|agree[ds]?|agreement|decided|decision|signed|promised"
    r"|you (?:know|have|found|heard|learned|asked|did))\b",
    re.IGNORECASE,
)
"""Words by which a text says something of what was said or done."""

_Search = Callable[[Subject, Sequence[int]], Against]


def _if_searchable(search: _Search) -> _Search:
    """Leaves a script with too many states to `conversation_is_sound`, which says what makes it smaller."""

    @wraps(search)
    def searching(subject: Subject, seeds: Sequence[int]) -> Against:
        try:
            yield from search(subject, seeds)
        except TooManyStates:
            return

    return searching


@for_the_lesson
@_if_searchable
def habits_get_nowhere(subject: Subject, seeds: Sequence[int]) -> Against:
    """Who always takes the first, last, longest, shortest, most open or politest choice, or any, gets 60 % at most."""
    if subject.script is None or subject.plan.question_zero:
        return
    for name, node in subject.script.nodes.items():
        if node.ending and node.ending.worth is None:
            yield name, f"the ending {node.ending.id} does not say what it is worth, from 0 to 3"
    for one in reached(subject, seeds):
        if one.facts_share > MOST_BY_HABIT:
            yield (
                one.habit,
                f"always taking this choice brings {one.facts:.1f} facts on the mean, {one.facts_share:.0%} of the "
                f"{one.of_facts:g} that one path can bring; at most {MOST_BY_HABIT:.0%} is meant to be had so",
            )
        if one.worth_share > MOST_BY_HABIT:
            yield (
                one.habit,
                f"always taking this choice ends with a worth of {one.worth:.1f} on the mean, {one.worth_share:.0%} "
                f"of the best, mostly in “{one.endings[0][0]}”; at most {MOST_BY_HABIT:.0%} is meant to be had so",
            )


@for_the_lesson
@_if_searchable
def most_moments_offer_a_choice(subject: Subject, seeds: Sequence[int]) -> Against:
    """At most a quarter of the moments of a conversation offer a single choice."""
    for way in ways(subject, seeds)[:1]:
        single, of = moments_with_one_choice(way.found)
        if len(single) > MOST_SINGLE * of:
            yield (
                "roleplay.yaml",
                f"{len(single)} of {of} moments never offer more than one choice, and {int(MOST_SINGLE * of)} may: "
                f"{', '.join(single)}",
            )


def moments_with_one_choice(found: Exploration) -> tuple[list[str], int]:
    """The nodes at which there is never more than one thing to choose, and how many nodes offer anything."""
    most: dict[str, int] = {}
    for state, steps in zip(found.states, found.steps, strict=True):
        if steps:
            most[state.node] = max(most.get(state.node, 0), len(steps))
    return [node for node in found.script.nodes if most.get(node) == 1], len(most)


@dataclass(frozen=True)
class _Gate:
    """A condition whose truth changes what can be learnt or reached, and where it is asked."""

    condition: Condition
    node: str
    """Blank: anywhere."""
    remark: str = ""
    """The remark that is told as soon as it holds."""


@for_the_lesson
@_if_searchable
def trust_opens_or_closes_something(subject: Subject, seeds: Sequence[int]) -> Against:
    """Each person's trust decides on something that can be learnt or reached, and can be found on both sides."""
    held = [(way.script, way.found) for way in ways(subject, seeds)]
    if not held:
        return
    for person in held[0][0].cast:
        sides = {side for script, found in held for side in _sides(script, found, person)}
        if not sides:
            yield person, "whether this person trusts the learner changes nothing that can be learnt or reached"
        elif len(sides) == 1:
            known = "enough" if sides == {True} else "too little"
            yield person, f"where trust would decide, there is always {known} of it"


def _sides(script: Script, found: Exploration, person: str) -> Iterator[bool]:
    """The answers that conditions give because of somebody's trust, in states that can be reached."""
    missing = {True, False}
    gates = [gate for gate in _gates(script) if ("trust", person) in gate.condition.names]
    for state in found.states if gates else ():
        for gate in gates:
            if not missing:
                return
            if gate.node in ("", state.node):
                told = gate.remark in state.brought
                answer = told or gate.condition(state, script.world)
                if answer in missing and (told or _decides(gate.condition, script, state, person, answer)):
                    missing.remove(answer)
                    yield answer


def _decides(condition: Condition, script: Script, state: State, person: str, answer: bool) -> bool:
    """Whether another trust of this person, and nothing else, would change a condition's answer."""
    return any(
        condition(
            replace(state, trust=tuple((who, other if who == person else now) for who, now in state.trust)),
            script.world,
        )
        is not answer
        for other in range(MAX_TRUST + 1)
    )


def _gates(script: Script) -> Iterator[_Gate]:
    for name, node in script.nodes.items():
        for choice in node.choices:
            elsewhere = {effect.to for other in node.choices if other is not choice for effect in other.effects}
            leads = {effect.to for effect in choice.effects} - elsewhere
            if choice.teaches or choice.acts or leads:
                yield _Gate(choice.condition, name)
            for place, outcome in enumerate(choice.outcomes):
                if any(_differs(choice.effects[place], other) for other in choice.effects[place + 1 :]):
                    yield _Gate(outcome.condition, name)
    for remark in script.brings_up:
        if remark.learn:
            yield from (_Gate(remark.condition, node, remark.id) for node in remark.at or ("",))


def _differs(one: Effect, other: Effect) -> bool:
    return (one.to, set(one.learn), set(one.does)) != (other.to, set(other.learn), set(other.does))


@for_the_lesson
@_if_searchable
def endings_say_what_is_so(subject: Subject, seeds: Sequence[int]) -> Against:
    """What the text of an ending says is so in every state in which the conversation ends there."""
    said: set[tuple[str, str]] = set()
    for way in ways(subject, seeds):
        case, found = way.cases[0], way.found
        for name, node in way.script.nodes.items():
            if node.ending is None:
                continue
            for sentence in _unfounded(found, name, case):
                if (name, sentence) not in said:
                    said.add((name, sentence))
                    yield name, sentence


def _unfounded(found: Exploration, name: str, case: Case) -> Iterator[str]:
    ending = found.script.nodes[name].ending
    assert ending is not None  # asked for endings alone
    if ending.claims is None:
        yield "it does not say in `claims` what is so whenever the conversation ends here"
        return
    if not ending.claims.strip():
        names = {word for person in case.people.values() for word in person.label.split()}
        text = f"{ending.title} {ending.text}"
        word = _SAYS_SOMETHING.search(text)
        said = word.group() if word else next((name for name in re.findall(r"\w+", text) if name in names), "")
        if said:
            yield f"it claims nothing, and its text speaks of “{said}”"
        return
    if all(ending.condition(state, found.script.world) for state in found.states):
        yield f"it claims {ending.claims!r}, which is so from the start"
    for number in found.at(name):
        if not ending.condition(found.states[number], found.script.world):
            yield f"one can end here while {ending.claims!r} is not so, for example after: {told(found.path(number))}"
            return
