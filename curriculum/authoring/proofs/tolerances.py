"""Proofs that tolerances are narrower than effects: whoever is off by what is to be moved is told so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.authoring.judging import judged
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.shapes import Group, Leaf, Several, Shape, Sort, bindings, bound, put, shape_of, value_at
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from curriculum.course.lesson_plan import Effect

WORLDS = 2
TOO_FAR, NEAR = 1 / 4, 1 / 100
"""Off by so much of the effect, a recomputed number must be refused, and must be taken. Where the number itself is
smaller than the effect, it is a hundredth of the number; and nobody states more digits than the exemplar does."""

PAIRS = (
    ("baseline", "target"),
    ("baseline", "threshold"),
    ("baseline", "limit"),
    ("before", "now"),
    ("before", "after"),
)
"""Fields side by side of which the second tells where the first is to be moved, or has been."""


@for_the_lesson
def effects_are_declared(subject: Subject, seeds: Sequence[int]) -> Against:
    """Wherever a document has a baseline and a target, lesson.toml says what it moves and what is recomputed."""
    declared = {(effect.artifact, effect.baseline, effect.target) for effect in subject.plan.effects}
    for kind, model in subject.rubric.artifacts.items():
        for baseline, target in _pairs(shape_of(model)):
            if (kind, baseline, target) not in declared:
                yield f"{kind}.{baseline}", f"with {target} it makes an effect that lesson.toml does not declare"
    for effect in subject.plan.effects:
        for place in (effect.baseline, effect.target, *effect.recomputed):
            artifact = subject.rubric.artifacts.get(effect.artifact)
            if artifact is None or not _is_number(shape_of(artifact), place):
                yield f"{effect.artifact}.{place}", "lesson.toml names it in an effect, and it is no number"


def _pairs(shape: Shape, place: str = "") -> Iterator[tuple[str, str]]:
    """Places of numbers that stand side by side and are called so."""
    if isinstance(shape, Several):
        yield from _pairs(shape.entry, f"{place}.*")
    elif isinstance(shape, Group):
        numbers = {name for name, part in shape.parts.items() if isinstance(part, Leaf) and part.sort is Sort.NUMBER}
        yield from ((_under(place, a), _under(place, b)) for a, b in PAIRS if {a, b} <= numbers)
        for name, part in shape.parts.items():
            yield from _pairs(part, _under(place, name))


def _under(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _is_number(shape: Shape, place: str) -> bool:
    for step in place.split("."):
        if step == "*" and isinstance(shape, Several):
            shape = shape.entry
        elif isinstance(shape, Group) and step in shape.parts:
            shape = shape.parts[step]
        else:
            return False
    return isinstance(shape, Leaf) and shape.sort is Sort.NUMBER


@for_the_lesson
def tolerances_are_narrower_than_effects(subject: Subject, seeds: Sequence[int]) -> Against:
    """A recomputed number that is off by a quarter of what the document wants to move is refused, by a hundredth it
    is taken."""
    seen: set[tuple[str, str]] = set()
    for seed in seeds[:WORLDS]:
        case = subject.case(seed)
        for files in subject.fixtures(seed).exemplars.values():
            full = judged(subject, case, files).points
            for effect in subject.plan.effects:
                for place, sentence in _unequal(subject, case, files, effect, full):
                    if (place, sentence) not in seen:
                        seen.add((place, sentence))
                        yield place, sentence


def _unequal(subject: Subject, case: Case, files: Files, effect: Effect, full: float) -> Against:
    data, kind = files[effect.artifact], effect.artifact
    for entries in bindings(data, effect.baseline):
        baseline, target = (value_at(data, bound(place, entries)) for place in (effect.baseline, effect.target))
        if not isinstance(baseline, int | float) or not isinstance(target, int | float) or baseline == target:
            continue
        for pattern in effect.recomputed:
            path, size = bound(pattern, entries), abs(float(target) - float(baseline))
            number = value_at(data, path)
            if not isinstance(number, int | float):
                continue
            near = NEAR * min(size, abs(number))
            for off, taken in ((TOO_FAR * size, False), (-TOO_FAR * size, False), (near, True), (-near, True)):
                stated = round(number + off, _digits(number)) if taken else number + off
                points = judged(subject, case, {**files, kind: put(data, path, stated)}).points
                if (points >= full - 1e-9) is not taken:
                    yield f"{kind}.{pattern}", _REFUSED if taken else _TAKEN


_REFUSED = "off by a hundredth of what is to be moved, it is refused"
_TAKEN = "off by a quarter of what is to be moved, it is taken"


def _digits(number: float) -> int:
    """How many decimals a number is stated with."""
    return len(f"{number:.10g}".partition(".")[2])
