"""Proofs about the role-play: sound, told by those who know, and readable in every world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.authoring.exploration import TooManyStates, explore
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.searched import Way, at_least, further_ways, most_ways, searched, ways
from curriculum.authoring.soundness import Fault, examine
from curriculum.authoring.subject import Subject
from curriculum.authoring.wandering import not_met, wander
from curriculum.course.templates import render
from curriculum.roleplay.script import Script

MET_IN_SOME_WORLD = frozenset({"never", "never available", "unreachable"})
"""Kinds of fault that are none where another world shows the part: a word that is said in some worlds only."""

FEWEST = 12
"""Fewer worlds than these may all lack what is said in some."""


@for_the_lesson
def conversation_is_sound(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every ending can be reached, nothing locks up, every fact can be learned, and every choice weighs something."""
    script = subject.script
    named = subject.rubric.conversations
    if script is None:
        if named:
            yield "roleplay.yaml", f"the rubric names the conversation {named[0]} and there is no script"
        return
    if named != (script.id,):
        yield "roleplay.yaml", f"the script is called {script.id} and the rubric names {', '.join(named) or 'none'}"
    try:
        worlds, most = at_least(seeds, FEWEST), most_ways(seeds)
        met = ways(subject, worlds, most)
        found = [examine(script, way.cases[0], search=searched).faults for way in met]
    except TooManyStates as error:
        yield "roleplay.yaml", str(error)
        return
    everywhere = set.intersection(*({fault.sentence for fault in faults} for faults in found))
    doubtful = [
        fault
        for faults in found
        for fault in faults
        if fault.kind in MET_IN_SOME_WORLD and fault.sentence in everywhere
    ]
    everywhere -= _met_elsewhere(doubtful, further_ways(subject, worlds, most) if doubtful else ())
    told: set[tuple[str, str]] = set()
    for fault in (fault for faults in found for fault in faults):
        elsewhere = fault.kind in MET_IN_SOME_WORLD and fault.sentence not in everywhere
        if not elsewhere and (fault.kind, fault.place) not in told:
            told.add((fault.kind, fault.place))
            yield f"{fault.place} ({fault.kind})", str(fault)


def _met_elsewhere(doubtful: Sequence[Fault], further: Sequence[Way]) -> set[str]:
    """The sentences of the faults that are none in one of these ways; walks find most of them, a search takes long."""
    unmet = everything = {fault.sentence for fault in doubtful}
    for search in (wander, explore):
        for way in further:
            if unmet:
                unmet = unmet & not_met(search(way.script), doubtful)
    return everything - unmet


@for_each_world
def conversation_can_be_read(subject: Subject, seed: int) -> Against:
    """Every line of the conversation can be filled from the world and says something."""
    if subject.script is None:
        return
    case = subject.case(seed)
    for place, text in _texts(subject.script):
        shown = render(text, case)
        if not shown.strip():
            yield place, "it is blank"
        elif "{{" in shown or "None" in shown.split() or "nan" in shown.split():
            yield place, f"it reads {shown.strip()!r}"


def _texts(script: Script) -> Iterator[tuple[str, str]]:
    yield "goal", script.goal
    for name, node in script.nodes.items():
        yield from ((name, line.text) for line in node.says)
        for choice in node.choices:
            yield choice.id, choice.text
            yield f"{choice.id}, coaching", choice.coaching
        if node.ending:
            yield name, node.ending.title
            yield name, node.ending.text
