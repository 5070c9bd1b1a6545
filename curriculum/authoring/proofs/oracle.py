"""Proofs that a review is no oracle: nobody mends a folder with what it prints, and it tells no secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from curriculum.authoring import guessers
from curriculum.authoring.copyist import Copyist
from curriculum.authoring.guessers import Player, Table
from curriculum.authoring.judging import judged
from curriculum.authoring.printed import Value, values_in
from curriculum.authoring.proofs.answers import near_miss_reports
from curriculum.authoring.proofs.guessing import tables
from curriculum.authoring.proofs.manifest import plain_words
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.shapes import Sort, leaves, shape_of
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.cases.base import Fact
from curriculum.course.fixtures import Files
from graders.report import Finding, Report, plain

WORLDS = 3
"""In so many worlds reviews are searched; what they print is written once and holds in all."""
SCRIPTED = COMPARED = 2
"""In so many worlds the script plays, from each start, and expectations are compared."""
GRADINGS = 100
"""So many reviews the script asks for in one world."""
MENDED = 0.60
"""The share of the points that may be had by copying what reviews print."""
DIGITS = 3
"""A number with so many digits is no coincidence."""


def _copied_folder(table: Table) -> Files:
    """A neighbour's folder as it lies there; nobody was talked to for it, its transcript is a copy, too."""
    return guessers.neighbour(table)


def _random_form(table: Table) -> Files:
    return table.without_talk(guessers.random_ids(table))


def _first_entries(table: Table) -> Files:
    return table.without_talk(guessers.only_first(table, guessers.random_ids(table)))


STARTS: dict[str, Player] = {
    "a neighbour's folder": _copied_folder,
    "random picks": _random_form,
    "lists of one": _first_entries,
}


@for_the_lesson
def reviews_cannot_be_mended_by_copying(subject: Subject, seeds: Sequence[int]) -> Against:
    """A script that copies what reviews print into the fields, for ten rounds, ends with at most 60 % of the points."""
    if subject.plan.question_zero:
        return
    seats = tables(subject, seeds)[:SCRIPTED]
    for name, start in STARTS.items():
        begun, ended = 0.0, 0.0
        for seat in seats:
            copyist = Copyist(subject, seat.case, start(seat), GRADINGS)
            begun += copyist.share / len(seats)
            copyist.mend()
            ended += copyist.share / len(seats)
        if ended > MENDED:
            yield name, f"from {begun:.0%} of the points the script gets to {ended:.0%}; at most {MENDED:.0%} is meant"


@for_the_lesson
def untold_facts_stay_untold(subject: Subject, seeds: Sequence[int]) -> Against:
    """No review of somebody who talked to nobody says a fact, or prints its number, that somebody keeps."""
    told: dict[tuple[str, str], set[int]] = {}
    few = seeds[:WORLDS]
    for seat in [seat for seat in tables(subject, seeds) if seat.seed in few]:
        secrets = [(fact, plain_words(fact.label)) for fact in seat.case.facts.values() if fact.held_by]
        public = _public_numbers(seat.case)
        for files in _without_talk(seat, near_misses=seat.seed == few[0]):
            own = public | _own_numbers(subject, files)
            for finding, text in _texts(judged(subject, seat.case, files)):
                words, numbers = plain_words(text), _numbers(text) - own
                for fact, label in secrets:
                    if label in words or _says(numbers, fact):
                        told.setdefault((finding.criterion, fact.id), set()).add(seat.seed)
    for (criterion, fact_id), worlds in sorted(told.items()):
        if len(worlds) >= min(2, len(few)):
            yield criterion, f"it tells the fact {fact_id}, which nobody has told the learner"


def _without_talk(seat: Table, near_misses: bool) -> Iterator[Files]:
    """Answers of people who talked to nobody, with and without the numbers that only those know who did."""
    yield seat.without_talk(guessers.one_constant(seat))
    yield seat.without_talk(guessers.random_ids(seat))
    yield seat.without_talk(guessers.everything(seat))
    fixtures = seat.subject.fixtures(seat.seed)
    for miss in fixtures.near_misses if near_misses else ():
        if miss.variant == seat.variant and miss.artifact in seat.subject.rubric.artifacts:
            yield seat.without_talk(fixtures.near_miss_files(miss))


def _says(numbers: set[float], fact: Fact) -> bool:
    """Whether a fact's number is printed; one with few digits may be there by chance."""
    if fact.value is None or len(re.sub(r"\D", "", f"{fact.value:.6g}").lstrip("0")) < DIGITS:
        return False
    return any(abs(number - fact.value) < 1e-6 for number in numbers)


def _own_numbers(subject: Subject, files: Files) -> set[float]:
    """Every number that an answer states in a field or in its words."""
    found: set[float] = set()
    for kind, model in subject.rubric.artifacts.items():
        for _, leaf, value in leaves(shape_of(model), files.get(kind)):
            if leaf.sort is Sort.NUMBER:
                found.add(float(value))
            elif leaf.sort is Sort.TEXT:
                found |= _numbers(str(value))
    return found


def _public_numbers(case: Case) -> set[float]:
    """Numbers that everybody has read: the memo's and those of facts that nobody keeps."""
    texts = [case.brief, *(fact.label for fact in case.facts.values() if not fact.held_by)]
    texts += [
        f"{entry.label} {entry.note}"
        for kind, entries in case.registry.kinds.items()
        if kind != "facts"
        for entry in entries.values()
    ]
    return {number for text in texts for number in _numbers(text)}


def _numbers(text: str) -> set[float]:
    return {float(hit.replace(",", "")) for hit in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", text)}


def _texts(report: Report) -> Iterator[tuple[Finding, str]]:
    """Everything that a review prints, finding by finding."""
    for artifact in report.artifacts:
        for finding in artifact.findings:
            rows: list[Any] = [*finding.evidence]
            texts = [finding.finding]
            for one in finding.objections:
                texts += [one.found, one.expected]
                rows += one.evidence
            texts += [f"{key}: {plain(value)}" for row in rows for key, value in row.items()]
            yield from ((finding, text) for text in dict.fromkeys(texts))


@for_the_lesson
def expectations_hold_no_values(subject: Subject, seeds: Sequence[int]) -> Against:
    """What was expected names the kind of thing and the rule: it holds no value that differs from world to world,
    but for those that the answer states itself."""
    printed: dict[tuple[str, str, int], list[frozenset[Value]]] = {}
    foreign: dict[tuple[str, str, int], set[Value]] = {}
    for seed in seeds[:COMPARED]:
        case, fixtures = subject.case(seed), subject.fixtures(seed)
        for miss, report in near_miss_reports(subject, seed):
            own: list[Value] | None = None
            for finding in [finding for artifact in report.artifacts for finding in artifact.failed()]:
                for number, one in enumerate(finding.objections):
                    key = (miss.id, finding.criterion, number)
                    values = frozenset(v for v in values_in(one.expected, case) if v.sort is not Sort.TEXT)
                    printed.setdefault(key, []).append(values)
                    if values:
                        own = own or _own(subject, case, fixtures.near_miss_files(miss))
                        foreign.setdefault(key, set()).update(
                            value for value in values if not any(_equal(value, mine) for mine in own)
                        )
    found: dict[str, tuple[str, str]] = {}
    for key, strange in foreign.items():
        varying = sorted({str(value.value) for value in strange - frozenset.intersection(*printed[key])})
        if len(printed[key]) > 1 and varying:
            found.setdefault(key[1], (key[0], ", ".join(varying[:3])))
    for criterion, (miss_id, shown) in sorted(found.items()):
        yield criterion, f"to {miss_id} it says as expected, depending on the world: {shown}"


def _own(subject: Subject, case: Case, files: Files) -> list[Value]:
    """Everything that an answer states itself."""
    found: dict[Value, None] = {}
    for kind, model in subject.rubric.artifacts.items():
        for _, leaf, value in leaves(shape_of(model), files.get(kind)):
            if leaf.sort is Sort.NUMBER:
                found[Value(Sort.NUMBER, float(value))] = None
            elif leaf.sort is Sort.ID:
                found[Value(Sort.ID, value, leaf.kind)] = None
            else:
                found.update(dict.fromkeys(v for v in values_in(str(value), case) if v.sort is not Sort.TEXT))
    return [*found]


def _equal(printed: Value, mine: Value) -> bool:
    """Whether a printed value is one that the answer states, as it is or rounded."""
    if printed.sort is not mine.sort:
        return False
    if printed.sort is Sort.NUMBER:
        digits = len(f"{printed.value:g}".partition(".")[2])
        return abs(round(abs(mine.value), digits) - abs(printed.value)) < 1e-9
    return printed.value == mine.value
