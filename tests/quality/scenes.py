"""The scenes of a conversation, for people who write what one could say there without having seen the choices.

`python -m tests.quality.scenes SLUG [SCENE …]` prints who is there, what was just said and how things stand;
`--choices` prints what each scene offers instead, for whoever then says which choice was meant.
What is written goes to `corpus/said_first/SLUG.yaml`: a list of {scene: id, said: words, choice: id or null}.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from curriculum.cases import Case, load_case
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import Choice, Line, Script, script_of

WORLDS, WALKS = 6, 400
"""So many worlds, and in each so many conversations at random, show every scene."""
EARLIER = 2
"""Turns whose answers are told again."""


@dataclass(frozen=True)
class Scene:
    """A node where there is something to choose, at the moment that offers most."""

    id: str
    case: Case
    script: Script
    state: State
    choices: tuple[Choice, ...]

    def say(self, text: str) -> str:
        """A text of the script with its holes filled."""
        return render(text, self.case)

    @property
    def said(self) -> tuple[Line, ...]:
        """What was just said; nothing where nobody is there yet."""
        turns = engine.turns(self.script, self.state.taken)
        return turns[-1].lines if turns else engine.opening(self.script)

    @property
    def lately(self) -> tuple[Line, ...]:
        """The same, after what people said in the turns before that."""
        return engine.lately(self.script, self.state.taken, EARLIER)

    @property
    def earlier(self) -> tuple[Line, ...]:
        """What people said in the turns before that."""
        return self.lately[: len(self.lately) - len(self.said)]


@cache
def scenes(slug: str) -> dict[str, Scene]:
    """Every scene with two choices or more by its node's id, in the order of the script."""
    best: dict[str, Scene] = {}
    for seed in range(WORLDS):
        case = load_case(slug, seed)
        script = script_of(case)
        for state in _visited(script, Random(seed)):
            choices, found = engine.available(script, state), best.get(state.node)
            if found is None or _shown(state, choices) > _shown(found.state, found.choices):
                best[state.node] = Scene(state.node, case, script, state, choices)
    order = list(_script(slug).nodes)
    return {id: best[id] for id in sorted(best, key=order.index) if len(best[id].choices) > 1}


def _shown(state: State, choices: tuple[Choice, ...]) -> tuple[int, int]:
    """How good a moment is to show a scene: most is offered, and little was said before."""
    return len(choices), -len(state.taken)


def _script(slug: str) -> Script:
    return script_of(load_case(slug, 0))


def _visited(script: Script, random: Random) -> Iterator[State]:
    for _ in range(WALKS):
        state = engine.begin(script)
        while engine.ending(script, state) is None:
            yield state
            choice = random.choice(engine.available(script, state))
            state = engine.settle(script, engine.follow(script, state, choice))


def situation(scene: Scene) -> Iterator[str]:
    """A scene as somebody sees it who has not seen the choices."""
    yield f"scene: {scene.id}"
    yield from _told("before", scene, scene.earlier)
    yield from _told("just now", scene, scene.said)
    speakers = list(dict.fromkeys(line.who for line in scene.said))
    if speakers:
        names = " and ".join(scene.case.people[who].label for who in speakers)
        yield f"  you answer {names}"
    else:
        yield "  nobody is speaking with you now; you decide what happens next"
    kinds = {choice.style == "action" for choice in scene.choices}
    if True in kinds:
        yield "  here you can say what you do" + (", or speak" if False in kinds else "")
    yield f"  {scene.state.minutes} of {scene.script.minutes} minutes are left"
    known = [fact.label for id, fact in scene.case.facts.items() if scene.state.knows(id)]
    if known:
        yield from _wrapped("  you know: ", " / ".join(known))


def _told(when: str, scene: Scene, lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        yield from _wrapped(f"  {when}, {scene.case.people[line.who].label}: ", scene.say(line.text))


def offered(scene: Scene) -> Iterator[str]:
    """What a scene offers: each choice's id, its kind and its words."""
    yield f"scene: {scene.id}"
    for choice in scene.choices:
        yield from _wrapped(f"  {choice.id} ({choice.style}): ", scene.say(choice.text))


def about(slug: str) -> Iterator[str]:
    """What everybody knows who has opened the conversation."""
    case, script = load_case(slug, 0), _script(slug)
    yield f"conversation: {render(script.title, case)}"
    yield from _wrapped("your goal: ", render(script.goal, case))
    for who in script.cast:
        person = case.people[who]
        yield from _wrapped(f"  {person.label}, {person.role}: ", person.cares_about)
    yield ""


def _wrapped(lead: str, text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), 110, initial_indent=lead, subsequent_indent="      ")


def main(arguments: list[str] | None = None) -> int:
    """Print scenes, or what they offer."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.scenes", description=__doc__)
    parser.add_argument("slug")
    parser.add_argument("scene", nargs="*", help="only these scenes")
    parser.add_argument("--choices", action="store_true", help="what is offered, instead of the scenes")
    options = parser.parse_args(arguments)
    found = scenes(options.slug)
    if strangers := sorted(set(options.scene) - found.keys()):
        parser.error(f"{options.slug} has no scene {', '.join(strangers)}; it has {', '.join(found)}")
    lines = [] if options.choices else list(about(options.slug))
    for id in options.scene or found:
        lines += [*(offered if options.choices else situation)(found[id]), ""]
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
