"""Runs the attacks on the STAR answer: which earn full marks and are not held for a person?"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonpatch

from curriculum.artifacts import yaml_text
from curriculum.artifacts.star import Star
from curriculum.cases import Case, load_case
from curriculum.course.fixtures import load_exemplar
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.script import script_of
from curriculum.words.copies import Reference
from graders import load_rubric
from graders.grade import Submission, grade
from graders.interviews.held import held
from tests.quality import disguises

SLUG, VARIANT = "interview_basics", "in_prose"
FILE = Path(__file__).parent / "corpus" / "attacks.yaml"


@dataclass(frozen=True)
class Attacked:
    """What came of one attack on one world."""

    id: str
    full_marks: bool
    failed: tuple[str, ...]
    held: tuple[str, ...]

    @property
    def succeeded(self) -> bool:
        return self.full_marks and not self.held


def shouted(text: str, seed: int = 0) -> str:
    """In capitals."""
    return text.upper()


def scrambled(text: str, seed: int = 0) -> str:
    """The words of each sentence in another order."""
    rng = random.Random(seed)
    pieces = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        words = sentence.split()
        rng.shuffle(words)
        pieces.append(" ".join(words))
    return " ".join(pieces)


DISGUISES: dict[str, Callable[[str, int], str]] = {
    **disguises.REQUIRED, "synonym_swapped": disguises.synonym_swapped, **disguises.FURTHER,
    "shouted": shouted, "scrambled": scrambled,
}  # fmt: skip


def attacks(seed: int) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Every attack as the plain data of a STAR answer, and whether its text is an exemplar's on purpose.

    Attacks on the claims leave the exemplar's text as it is: it stands for a text of the attacker's own.
    """
    case = load_case(SLUG, seed)
    exemplar = load_exemplar(case, VARIANT)["star"]
    for row in yaml_text.parse(render(FILE.read_text(encoding="utf-8"), case)).data:
        data = copy.deepcopy(exemplar)
        data |= {"numbers": [], **row.get("told", {})}
        if name := row.get("disguise"):
            for part in ("situation", "task", "action", "result"):
                data[part] = DISGUISES[name](data[part], seed)
        data = jsonpatch.apply_patch(data, row.get("patch", []))
        yield row["id"], data, "told" in row or "exemplar" in row


def run_attacks(seed: int) -> list[Attacked]:
    """All attacks on one world; the attacker has made the calls of the exemplar, and the exemplars are known."""
    case, rubric = load_case(SLUG, seed), load_rubric(SLUG)
    return [_attack(id, data, case, rubric, copied) for id, data, copied in attacks(seed)]


def _attack(id: str, data: dict[str, Any], case: Case, rubric: Any, copied: bool) -> Attacked:
    star = Star.model_validate(data)
    report = grade(rubric, case, Submission({"star": star}, conversation(case))).of("star")
    failed = tuple(finding.criterion for finding in report.findings if not finding.passed)
    kinds = tuple(hold.kind for hold in held(star, exemplars(case) if copied else ()))
    return Attacked(id, report.points == report.maximum, failed, kinds)


def conversation(case: Case, variant: str = VARIANT) -> engine.State:
    """The calls that an exemplar stands on."""
    return engine.replay(script_of(case), load_exemplar(case, variant)["catching_up"]["attempts"][-1]).state


def exemplars(case: Case) -> list[Reference]:
    """The exemplars of a world, as answers are compared with them."""
    return [
        Reference(name, "an exemplar", Star.model_validate(load_exemplar(case, name)["star"]).text(), same_project=True)
        for name in ("in_prose", "in_points")
    ]
