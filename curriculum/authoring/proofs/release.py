"""Proofs about what learners are given: built from its source, complete, and free of answers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from curriculum.authoring.lesson_text import graded_source, lesson_cells
from curriculum.authoring.notebook import notebook_text
from curriculum.authoring.proofs.manifest import exemplar_sentences, plain_words, sentences
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.cases import Case


@for_the_lesson
def notebook_is_built_from_its_source(subject: Subject, seeds: Sequence[int]) -> Against:
    """The committed notebook is, byte for byte, what its source gives, and nothing else lies beside it."""
    command = f"run `curriculum author build {subject.slug}`"
    if not subject.notebook.is_file():
        yield subject.notebook.name, f"there is no notebook yet; {command}"
    elif subject.notebook.read_text(encoding="utf-8") != notebook_text(subject):
        yield subject.notebook.name, f"it is not what lesson.md gives; {command}"
    # Whatever starts with a dot, and answers and data, is left by running the notebook here; git ignores it.
    known = {subject.notebook.name, "README.md", "source", "answers", "data", "documents"}
    for path in sorted(subject.entry.folder.iterdir()):
        if path.name not in known and not path.name.startswith((".", "__")):
            yield path.name, "it does not belong into a lesson's folder"


@for_the_lesson
def notebook_has_every_step(subject: Subject, seeds: Sequence[int]) -> Against:
    """The notebook opens its lesson first, checks every artifact once, and offers the conversation."""
    cells = lesson_cells(subject)
    code = [cell for cell in cells if cell.code]
    checks = [cell.check for cell in code if cell.check]
    everything = "\n".join(cell.source for cell in code)
    if not code or f'open_lesson("{subject.slug}")' not in code[0].source:
        yield "lesson.md", f'the first code cell must be `lesson = open_lesson("{subject.slug}")`'
    for kind in subject.rubric.artifacts:
        if checks.count(kind) != 1:
            cell = " / ".join(graded_source(kind).splitlines())
            yield kind, f"it has {checks.count(kind)} graded cells instead of one: `:check: {kind}` with {cell}"
    if subject.script is not None and "lesson.talk()" not in everything:
        yield "lesson.md", "there is a conversation and no cell with lesson.talk()"
    if subject.plan.flaws is not None and "lesson.find_flaws()" not in everything:
        yield "lesson.md", "there are planted flaws and no cell with lesson.find_flaws()"
    source = subject.text("lesson.md")
    for call in ("objectives()", "key_points()", *(f'rubric_table("{kind}")' for kind in subject.rubric.artifacts)):
        if call not in source:
            yield "lesson.md", f"{{{{ {call} }}}} is missing"


@for_each_world
def no_answer_leaks(subject: Subject, seed: int) -> Against:
    """Nothing that learners are given holds a sentence of an exemplar, a hint, a private fact or the truth."""
    released, case = plain_words("\n".join(cell.source for cell in lesson_cells(subject))), subject.case(seed)
    private = [("an exemplar", sentence) for sentence in exemplar_sentences(subject, seed)]
    for miss in subject.fixtures(seed).near_misses:
        private += [(f"the near-miss {miss.id}", sentence) for sentence in sentences(f"{miss.flaw} {miss.tempting}")]
    for fact in case.facts.values():
        if fact.held_by:
            private += [(f"the fact {fact.id}", sentence) for sentence in sentences(fact.label)]
    for criterion in subject.rubric.criteria.values():
        for hint in criterion.hints:
            private += [(f"a hint of {criterion.id}", sentence) for sentence in sentences(hint)]
    for whose, sentence in dict.fromkeys(private):
        if f" {sentence} " in f" {released} ":
            yield "notebook", f"it holds words of {whose}: “{sentence}”"
    yield from _truth_told(subject, case)


@for_the_lesson
def no_id_of_a_near_miss_leaks(subject: Subject, seeds: Sequence[int]) -> Against:
    """No id of a near-miss stands in the notebook, and no cell is hidden or carries data of its own."""
    text = "\n".join(cell.source for cell in lesson_cells(subject))
    for miss in subject.fixtures(seeds[0]).near_misses:
        if "_" in miss.id and re.search(rf"(?<!\w){re.escape(miss.id)}(?!\w)", text):
            yield "notebook", f"it names the near-miss {miss.id}"


def _truth_told(subject: Subject, case: Case) -> Against:
    """Whether the notebook gives away the truth: sets of ids, or most of the numbers that are true by construction."""
    whole = [set(entries) for entries in case.registry.kinds.values()]
    groups, numbers = [], set[str]()
    for value in _leaves(case.truth):
        if isinstance(value, frozenset):
            groups.append(value)
        elif abs(value) >= 10 or value != int(value):
            numbers.add(f"{value:g}")
    for cell in lesson_cells(subject):
        words = set(re.findall(r"\w+", cell.source))
        for group in groups:
            if len(group) > 1 and group <= words and group not in whole and any("_" in id for id in group):
                yield "notebook", f"one cell names all of {', '.join(sorted(group))}, which is part of the truth"
    told = numbers & set(re.findall(r"\d+(?:\.\d+)?", "\n".join(cell.source for cell in lesson_cells(subject))))
    if len(told) >= 3 and len(told) > len(numbers) / 2:
        yield "notebook", f"it holds {len(told)} of the {len(numbers)} numbers that are true by construction"


def _leaves(value: Any, depth: int = 0) -> Iterator[float | frozenset[str]]:
    """Numbers and groups of ids in a case's truth, whatever it is made of."""
    if depth > 8 or isinstance(value, bool):
        return
    if isinstance(value, int | float):
        if value == value and abs(value) < 1e15:
            yield float(value)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _leaves(getattr(value, field.name), depth + 1)
    elif isinstance(value, Mapping):
        if value and all(isinstance(key, str) for key in value):
            yield frozenset(value)
        for item in value.values():
            yield from _leaves(item, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        if value and all(isinstance(item, str) for item in value):
            yield frozenset(value)
        else:
            for item in list(value)[:200]:
                yield from _leaves(item, depth + 1)
