"""The script that mends by copying: it reads what a review prints and puts it wherever that raises the points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from curriculum.artifacts.base import Artifact
from curriculum.authoring.judging import artifact_of, submission_of, whole
from curriculum.authoring.printed import Said, Value, said_by
from curriculum.authoring.shapes import Group, Leaf, Path, Several, Shape, Sort, put, shape_of, spelled, value_at
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from graders.grade import Submission, grade
from graders.report import ArtifactReport
from graders.rubric import Rubric

_WORD = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)")

ROUNDS = 10
MOVES_FOR_EACH = 8
"""So many ways to mend one objection are tried in a round; the next round goes on with others."""


@dataclass(frozen=True)
class Move:
    """One change of one artifact: values put at places, or an entry of a list taken out."""

    puts: tuple[tuple[Path, Any], ...] = ()
    removed: Path = ()

    def made(self, data: Any) -> Any:
        for path, value in self.puts:
            data = put(data, path, value)
        if self.removed:
            *way, last = self.removed
            items = value_at(data, tuple(way))
            if isinstance(items, list):
                data = put(data, tuple(way), [item for index, item in enumerate(items) if index != last])
        return data


@dataclass
class Copyist:
    """Somebody who mends a folder with nothing but what reviews print."""

    subject: Subject
    case: Case
    files: Files
    gradings: int
    """How many more reviews may be asked for."""
    _reports: dict[str, ArtifactReport] = field(default_factory=dict)
    _written: dict[str, Artifact] = field(default_factory=dict)
    """Its artifacts, without what is derived."""
    _submission: Submission = field(default_factory=lambda: Submission({}))
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _tried: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._submission = submission_of(self.subject, self.case, self.files)
        readable = self.subject.rubric.artifacts.keys() & self.files.keys() - self._submission.problems.keys()
        self._written = {kind: artifact_of(self.subject, kind, self.files[kind]) for kind in readable}
        report = grade(self.subject.rubric, self.case, self._submission)
        self._reports = {artifact.kind: artifact for artifact in report.artifacts}

    @property
    def share(self) -> float:
        """What the folder earns now, as a share of the lesson's points."""
        return sum(a.points for a in self._reports.values()) / sum(a.maximum for a in self._reports.values())

    def mend(self, rounds: int = ROUNDS) -> None:
        """Mend round by round, until there is nothing left to try."""
        for _ in range(rounds):
            before = self.gradings
            for kind in self.subject.rubric.artifacts:
                self._mend_artifact(kind)
            if before == self.gradings:
                return

    def _mend_artifact(self, kind: str) -> None:
        if not self.files.get(kind):
            return
        shown = [said for finding in self._reports[kind].failed() for said in said_by(finding, self.case)]
        for said in shown:
            left = MOVES_FOR_EACH
            for move in self._moves(kind, said):
                if self.gradings <= 0 or not left:
                    break
                if (mark := f"{kind} {move} {said.words}") in self._tried:
                    continue
                self._tried.add(mark)
                left -= 1
                if self._try(kind, move, said) and not self._still_said(kind, said):
                    break

    def _still_said(self, kind: str, said: Said) -> bool:
        return any(
            said.words == other.words
            for finding in self._reports[kind].failed()
            if finding.criterion == said.criterion
            for other in said_by(finding, self.case)
        )

    def _try(self, kind: str, move: Move, said: Said) -> bool:
        """Make a change, and keep it where it helps."""
        files = {**self.files, kind: move.made(self.files[kind])}
        if files[kind] == self.files[kind]:
            return False
        self.gradings -= 1
        try:
            written = {**self._written, kind: artifact_of(self.subject, kind, files[kind])}
        except ValidationError:
            return False
        submission = replace(self._submission, artifacts=whole(self.subject, self.case, written))
        affected = self._affected[kind]
        report = grade(affected, self.case, submission)
        kinds = {criterion.artifact for criterion in affected.criteria.values()} & self._touched[kind]
        reports = {
            **self._reports,
            **{artifact.kind: artifact for artifact in report.artifacts if artifact.kind in kinds},
        }
        before, after = _worth(self._reports), _worth(reports)
        if after < before:
            return False
        if after == before:
            now = next((f for f in reports[kind].findings if f.criterion == said.criterion), None)
            words = " ".join(other.words for other in said_by(now, self.case)) if now else ""
            if words == said.words or (said.criterion, words) in self._seen:
                return False
            self._seen.add((said.criterion, words))
        self.files, self._written, self._submission, self._reports = files, written, submission, reports
        return True

    @cached_property
    def _touched(self) -> dict[str, set[str]]:
        """By kind: whose review may change when an artifact of that kind does."""
        criteria = self.subject.rubric.criteria
        found: dict[str, set[str]] = {}
        for kind in self.subject.rubric.artifacts:
            kinds = {kind, *(one.artifact for one in criteria.values() if kind in one.needs)}
            if self.subject.rubric.derives:
                kinds = {*self.subject.rubric.artifacts}
            while more := {
                one.artifact
                for one in criteria.values()
                if one.artifact not in kinds
                and any(id in criteria and criteria[id].artifact in kinds for id in one.rests_on)
            }:
                kinds |= more
            found[kind] = kinds
        return found

    @cached_property
    def _affected(self) -> dict[str, Rubric]:
        """By kind: the rubric without what cannot change when an artifact of that kind does."""
        rubric = self.subject.rubric
        found: dict[str, Rubric] = {}
        for kind, kinds in self._touched.items():
            kept = {id for id, one in rubric.criteria.items() if one.artifact in kinds}
            while (
                more := {id for name in kept for id in rubric.criteria[name].rests_on if id in rubric.criteria} - kept
            ):
                kept |= more
            criteria = {id: one for id, one in rubric.criteria.items() if id in kept}
            found[kind] = replace(rubric, criteria=criteria, remarks=None)
        return found

    def _moves(self, kind: str, said: Said) -> Iterator[Move]:
        """Ways to mend an objection, the likeliest first."""
        slots = list(_slots(shape_of(self.subject.rubric.artifacts[kind]), self.files[kind]))
        yield from _all_at_once(said, slots)
        for ways in (_by_row, _by_place, _by_swap):
            yield from (Move(((path, value.for_(leaf)),)) for path, leaf, value in ways(said, slots))
        yield from _removals(said, slots)
        yield from (Move(((path, value.for_(leaf)),)) for path, leaf, value in _anywhere(said, slots))


def _worth(reports: Mapping[str, ArtifactReport]) -> tuple[float, int, int]:
    """What counts: points, then criteria met, then fewer objections."""
    findings = [finding for report in reports.values() for finding in report.findings]
    return (
        round(sum(report.points for report in reports.values()), 6),
        sum(finding.passed for finding in findings),
        -sum(len(finding.objections) for finding in findings),
    )


Slot = tuple[Path, Leaf, Any]


def _slots(shape: Shape, data: Any, path: Path = ()) -> Iterator[Slot]:
    """Every place that could be written: what is there, blank fields, and one more entry of each list."""
    if isinstance(shape, Leaf):
        yield path, shape, data
    elif isinstance(shape, Group):
        for name, part in shape.parts.items():
            yield from _slots(part, data.get(name) if isinstance(data, Mapping) else None, (*path, name))
    elif isinstance(shape, Several):
        items = data if isinstance(data, list) else []
        for index, item in enumerate([*items, None][: shape.most]):
            yield from _slots(shape.entry, item, (*path, index))


def _all_at_once(said: Said, slots: list[Slot]) -> Iterator[Move]:
    """Everything that is stated becomes what stands beside it: in each row, and number for number in sentences."""
    pairs = [pair for row in said.rows for pair in _beside(row)]
    found, expected = ([v for v in values if v.sort is not Sort.TEXT] for values in (said.found, said.expected))
    in_order = [(old, new) for old, new in zip(found, expected, strict=False) if old.sort is new.sort]
    for swaps in (pairs, in_order):
        puts = {
            slot[0]: new.for_(slot[1])
            for slot in slots
            for old, new in swaps
            if new.fits(slot[1]) and _same(old, slot) and not _same(new, slot)
        }
        for path, leaf, current in slots if puts else ():
            if leaf.sort is Sort.TEXT and current and (text := _renumbered(str(current), swaps)) != current:
                puts[path] = text
        if puts:
            yield Move(tuple(puts.items()))


def _beside(row: tuple[Value, ...]) -> Iterator[tuple[Value, Value]]:
    """For each value of a row the other one of its sort whose heading is most like its own."""
    for old in row:
        others = [new for new in row if new.sort is old.sort and new.kind == old.kind and new.key != old.key]
        if others and old.sort is not Sort.TEXT:
            words = set(_WORD.findall(old.key.casefold()))
            yield old, max(others, key=lambda new: len(words & set(_WORD.findall(new.key.casefold()))))


def _renumbered(text: str, swaps: list[tuple[Value, Value]]) -> str:
    """A text with numbers exchanged, as it spelled them."""

    def said(hit: re.Match[str]) -> str:
        number = float(hit.group().replace(",", ""))
        for old, new in swaps:
            if old.sort is new.sort is Sort.NUMBER and abs(float(old.value) - number) < 1e-9:
                return f"{new.value:,.6g}" if "," in hit.group() else f"{new.value:g}"
        return hit.group()

    return _NUMBER.sub(said, text)


def _by_row(said: Said, slots: list[Slot]) -> Iterator[tuple[Path, Leaf, Value]]:
    """Rows whose keys are called like fields, in the entry that holds most of the row."""
    entries: dict[Path, list[Slot]] = {}
    for slot in slots:
        entries.setdefault(slot[0][:-1], []).append(slot)
    for row in said.rows:
        held = {
            way: sum(any(_same(value, slot) for slot in inside) for value in row) for way, inside in entries.items()
        }
        for way in sorted(entries, key=lambda way: -held[way])[:3]:
            pairs = [
                (_likeness(value.key, slot), slot, value)
                for slot in entries[way]
                for value in row
                if value.fits(slot[1]) and not _same(value, slot)
            ]
            for likeness, slot, value in sorted(pairs, key=lambda pair: -pair[0]):
                if likeness or held[way]:
                    yield slot[0], slot[1], value


def _by_place(said: Said, slots: list[Slot]) -> Iterator[tuple[Path, Leaf, Value]]:
    """The place that the objection names."""
    if said.place:
        for slot in slots:
            if spelled(slot[0]).startswith(said.place):
                yield from ((slot[0], slot[1], value) for value in said.values if value.fits(slot[1]))


def _by_swap(said: Said, slots: list[Slot]) -> Iterator[tuple[Path, Leaf, Value]]:
    """Where something stands that is printed, another thing of its sort that is printed too."""
    for slot in slots:
        if any(_same(value, slot) for value in said.values):
            for value in said.values:
                if value.fits(slot[1]) and not _same(value, slot):
                    yield slot[0], slot[1], value


def _removals(said: Said, slots: list[Slot]) -> Iterator[Move]:
    """Entries that hold an id that is printed go."""
    ways = {
        slot[0][: index + 1]
        for slot in slots
        if slot[1].kind and any(_same(value, slot) for value in said.values)
        for index in [max((i for i, step in enumerate(slot[0]) if isinstance(step, int)), default=-1)]
        if index >= 0
    }
    yield from (Move(removed=way) for way in sorted(ways, key=repr)[:4])


def _anywhere(said: Said, slots: list[Slot]) -> Iterator[tuple[Path, Leaf, Value]]:
    """Any place of the right sort."""
    for value in said.values:
        yield from ((path, leaf, value) for path, leaf, _ in slots if value.fits(leaf))


def _same(value: Value, slot: Slot) -> bool:
    _, leaf, current = slot
    if current is None or current == "" or not value.fits(leaf):
        return False
    if isinstance(current, int | float) and not isinstance(current, bool):
        return abs(float(value.value) - float(current)) < 1e-6 + 0.005 * abs(float(current))
    return str(value.for_(leaf)) == str(current)


def _likeness(key: str, slot: Slot) -> int:
    """How many words a row's heading shares with a field's name and title."""
    words = set(_WORD.findall(key.casefold()))
    field_words = set(_WORD.findall(f"{slot[0][-1]} {slot[1].title}".casefold()))
    return len(words & field_words)
