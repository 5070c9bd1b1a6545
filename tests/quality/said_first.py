"""Measures what typed words are taken for: by people who had not seen the choices, and by leaving out what is known.

`corpus/said_first/SLUG.yaml` has what others wrote who saw the scenes of `tests.quality.scenes` and not the choices: a
list of {scene, said, choice}, where no choice means that nothing fits. Nothing is tuned on it; the weights of
`curriculum.roleplay.heard` were found on the phrasings of the scripts, each left out in turn, and on `nonsense.txt`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.course.templates import render
from curriculum.roleplay.heard import Ear, ear
from curriculum.roleplay.phrasing import phrasing
from curriculum.roleplay.script import script_of
from tests.quality.rows import Measured
from tests.quality.scenes import Scene, scenes

CORPUS = Path(__file__).parent / "corpus" / "said_first"
FIRST, AMONG, NONE = 0.80, 0.95, 0.95
EVERY = 3
"""Of the scripts' own phrasings one in so many is left out and looked for."""


@dataclass(frozen=True)
class Said:
    """What somebody wrote in a scene, and what they meant."""

    slug: str
    scene: Scene
    said: str
    choice: str | None
    heard: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.slug}, {self.scene.id}: “{self.said}” meant {self.choice or 'nothing'}, "
            f"heard {', '.join(self.heard) or 'nothing'}"
        )


def said_first() -> Iterator[Measured]:
    """What others wrote, where they have written; then the scripts' own phrasings, and nonsense."""
    if written := [one for path in sorted(CORPUS.glob("*.yaml")) for one in read(path.stem)]:
        meant = [one for one in written if one.choice]
        yield from _found("said first, unseen", meant, FIRST, AMONG)
        other = [one for one in written if not one.choice]
        yield _none("said first, unseen: something else was meant, and none is offered", other, None)
    yield from _found("said first, scripts’ own, left out", list(left_out()), FIRST, None)
    yield _none("said first, unseen: nonsense answered with none fits", list(nonsense("nonsense_unseen")), NONE)
    yield _none("said first, known: nonsense answered with none fits", list(nonsense("nonsense")), NONE)


def read(slug: str) -> Iterator[Said]:
    """What others wrote for a lesson; raises ValueError where a scene or choice is not there."""
    found = scenes(slug)
    for row in yaml_text.parse((CORPUS / f"{slug}.yaml").read_text(encoding="utf-8")).data:
        scene, choice = found.get(row["scene"]), row["choice"]
        if scene is None or (choice and choice not in _ids(scene)):
            raise ValueError(f"{slug}.yaml: there is no choice {choice} in a scene {row['scene']}")
        yield _said(slug, scene, row["said"], choice)


def left_out() -> Iterator[Said]:
    """Phrasings of the scripts, each heard by an ear that does not know it."""
    number = 0
    for slug in lessons():
        for scene in scenes(slug).values():
            for choice in scene.choices:
                for said in map(scene.say, choice.also):
                    number += 1
                    if number % EVERY == 0:
                        yield _said(
                            slug, scene, said, choice.id, _without(_ear(slug, scene.case.seed), choice.id, said)
                        )


def nonsense(name: str) -> Iterator[Said]:
    """Lines of a file that fit nowhere, each in some scenes of every lesson."""
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for slug in lessons():
        for number, scene in enumerate(scenes(slug).values()):
            for line in lines[number % 7 :: 7]:
                yield _said(slug, scene, line, None)


def lessons() -> list[str]:
    """Lessons in which somebody can be talked to."""
    return [entry.slug for entry in load_catalog().lessons]


def _said(slug: str, scene: Scene, said: str, choice: str | None, listening: Ear | None = None) -> Said:
    listening = listening or _ear(slug, scene.case.seed)
    lately = " ".join(scene.say(line.text) for line in scene.lately)
    return Said(slug, scene, said, choice, listening.heard(said, _ids(scene), lately))


def _ids(scene: Scene) -> list[str]:
    return [choice.id for choice in scene.choices]


@cache
def _ear(slug: str, seed: int) -> Ear:
    case = load_case(slug, seed)
    return ear(script_of(case), case, partial(render, case=case), load_plan(slug).glossary)


def _without(listening: Ear, choice: str, said: str) -> Ear:
    rest = tuple(one for one in listening.phrasings[choice] if one.words != phrasing(said).words)
    return replace(listening, phrasings={**listening.phrasings, choice: rest})


def _found(what: str, rows: list[Said], first: float, among: float | None) -> Iterator[Measured]:
    wrong = [one for one in rows if one.heard[:1] != (one.choice,)]
    share = 1 - len(wrong) / len(rows)
    yield Measured(f"{what}: right first", share, f"≥ {first:.0%}", share >= first, len(rows), tuple(map(str, wrong)))
    lost = [one for one in rows if one.choice not in one.heard]
    share = 1 - len(lost) / len(rows)
    bar, reached = ("no bar", True) if among is None else (f"≥ {among:.0%}", share >= among)
    yield Measured(f"{what}: among those offered", share, bar, reached, len(rows), tuple(map(str, lost)))


def _none(what: str, rows: list[Said], least: float | None) -> Measured:
    heard = [one for one in rows if one.heard]
    share = 1 - len(heard) / len(rows) if rows else 1.0
    bar, reached = ("no bar", True) if least is None else (f"≥ {least:.0%}", share >= least)
    return Measured(what, share, bar, reached, len(rows), tuple(map(str, heard)))
