"""Proofs about what people say: facts differ over worlds, quantities come from the world, debriefs keep secrets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curriculum.authoring.proofs.hearing import all_missed
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.searched import at_least
from curriculum.authoring.subject import Subject
from curriculum.cases.base import Fact
from curriculum.course.templates import render
from curriculum.roleplay.script import Script
from curriculum.words.numbers import Said, said_numbers

SAME = 0.70
"""The share of worlds in which a private sentence may be the same."""
FEWEST = 20
"""With fewer worlds, nothing can be said of what differs."""

_HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


_NONE = re.compile(r"\b(?:no|none|nobody|never|nothing)\b", re.IGNORECASE)
"""Words that say zero."""


@for_the_lesson
def private_sentences_differ_over_worlds(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every sentence that one person knows carries something of its world: it is the same in 70 % of worlds at most."""
    worlds = at_least(seeds, FEWEST)
    said: dict[str, Counter[str]] = {}
    for seed in worlds:
        for fact in subject.case(seed).facts.values():
            if fact.held_by:
                said.setdefault(fact.id, Counter())[fact.label] += 1
    for id, labels in said.items():
        label, times = labels.most_common(1)[0]
        if times > SAME * labels.total():
            yield id, f"in {times} of {labels.total()} worlds it reads {label!r}"


@dataclass(frozen=True)
class Speech:
    """Something that is said in a conversation, or that its ending tells."""

    place: str
    text: str
    mistaken: str = ""


def speeches(script: Script) -> Iterator[Speech]:
    """Everything that is said, as it stands in the script."""
    for name, node in script.nodes.items():
        yield from (Speech(name, line.text, line.mistaken) for line in node.says)
        yield from (Speech(choice.id, choice.text, choice.mistaken) for choice in node.choices)
        if node.ending:
            yield Speech(name, f"{node.ending.title}. {node.ending.text}")
    for remark in script.brings_up:
        yield from (Speech(remark.id, line.text, line.mistaken) for line in remark.says)


@for_the_lesson
def spoken_quantities_come_from_the_world(subject: Subject, seeds: Sequence[int]) -> Against:
    """Every number that is spoken is filled from the world, is one of the script's constants, or is a mistake."""
    script = subject.script
    if script is None:
        return
    used: set[str] = set()
    for speech in speeches(script):
        text = " ".join(_HOLE.sub("…", speech.text).split())
        spans = {words: _spans(words, text) for words in script.constants}
        used |= {words for words, found in spans.items() if found}
        numbers = _quantities(text)
        if speech.mistaken and not numbers:
            yield speech.place, "it is marked as mistaken, and no quantity stands in it"
        for said in numbers if not speech.mistaken else ():
            if not any(start <= said.start and said.end <= end for found in spans.values() for start, end in found):
                yield (
                    speech.place,
                    f"“{said.text}” stands in “{text}”; fill it from the world, or name it in `constants` "
                    f"or mark it as `mistaken` with a reason",
                )
    for words, reason in script.constants.items():
        if not _quantities(words) or not reason.strip():
            yield "constants", f"{words!r} needs a quantity and a reason why it is the same in every world"
        elif words not in used:
            yield "constants", f"nobody says {words!r}"


def _quantities(text: str) -> list[Said]:
    """What could be right or wrong as a number; a bare "one" could not."""
    return [said for said in said_numbers(text) if not (said.kind == "single" and said.value == 1)]


def _spans(words: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


@for_each_world
def private_numbers_agree_with_their_facts(subject: Subject, seed: int) -> Against:
    """A private sentence says the number that its fact has, rounded at most to the digits that it shows."""
    for fact in subject.case(seed).facts.values():
        if fact.held_by and fact.value is not None and not says(fact):
            yield fact.id, f"{fact.label!r} does not say {fact.value:g}"


def says(fact: Fact) -> bool:
    """Whether a fact's sentence says its value: as it is, in percent, or as so many of so many."""
    numbers, value = said_numbers(fact.label), fact.value
    assert value is not None  # asked of facts with a value
    if not value and _NONE.search(fact.label):
        return True
    wanted = [value, value * 100]
    if any(_rounds_to(said, one) for said in numbers for one in wanted):
        return True
    counts = [said.value for said in numbers if said.value > 0]
    return any(abs(part / whole - value) <= 0.005 * max(1.0, abs(value)) for part in counts for whole in counts)


def _rounds_to(said: Said, value: float) -> bool:
    """Whether a number is a value, rounded to the decimals that the number shows; long ones to hundreds."""
    shown = re.search(r"\d\.(\d+)", said.text)
    digits = len(shown[1]) if shown else -2 if said.value >= 1000 and said.value % 100 == 0 else 0
    return abs(said.value - value) <= 0.5 * 10.0**-digits + 1e-9


@for_each_world
def debriefs_keep_secrets(subject: Subject, seed: int) -> Against:
    """What is said of a missed fact at the end never says the fact: none of its numbers, and not its sentence."""
    if subject.script is None:
        return
    case = subject.case(seed)
    for missed in all_missed(subject.script):
        fact = case.facts.get(missed.fact)
        if fact is None or not fact.held_by:
            yield missed.fact, "there is no such fact that somebody holds"
            continue
        text = render(missed.text, case)
        secret = {fact.value, *map(_number, said_numbers(fact.label))}
        if fact.label in text or secret & {_number(said) for said in said_numbers(text)}:
            yield missed.fact, f"“{text}” gives it away"


def _number(said: Said) -> float | str:
    return said.text if said.kind == "clock" else said.value
