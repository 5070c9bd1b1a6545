"""Proofs about stories: a sentence for each thing that was done, none for what was not, and all of it fluent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from curriculum.authoring.played import Played, play, played
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.course.fixtures import Files
from curriculum.course.lesson_plan import Star
from curriculum.course.templates import context, names_in
from curriculum.pages.clause import Ground, When, parse_when
from curriculum.pages.story import Told, tell

EVERY = 25
"""In every so manieth world the near-misses are told as well; in all of them, the exemplars."""
TURNS = 3
"""Turns of a talk after which nearly nothing was done."""
QUOTED = 5
"""From so many words in a row on, a story repeats what nobody may have read."""

_HOLES = re.compile(r"\{[{%]|[%}]\}|\b(?:None|nan|inf|Undefined)\b|not written yet")
_ROUGH = re.compile(r"\s{2,}|\s[.,;:!?]|[.,;]{2,}|\(\s|\s\)")


@for_the_lesson
def stories_are_written_in_clauses(subject: Subject, seeds: Sequence[int]) -> Against:
    """Situation and task use the case alone, and each further sentence rests on a criterion, a choice or a fact."""
    star = subject.plan.star
    if star is None:
        return
    case = subject.case(seeds[0])
    for name in ("situation", "task"):
        if more := sorted(names_in(getattr(star, name)) - context(case).keys()):
            yield name, f"it uses {', '.join(more)}; it may tell facts of the case alone"
    for name in ("action", "result"):
        for number, clause in enumerate(getattr(star, name), start=1):
            place = f"{name} {number}"
            try:
                when = parse_when(clause.when)
            except ValueError as error:
                yield place, str(error)
                continue
            if when.is_empty:
                yield place, f"its condition {clause.when!r} holds although nothing was done"
            yield from ((place, f"it rests on {said}") for said in _unknown(subject, when))


def _unknown(subject: Subject, when: When) -> Iterator[str]:
    choices = subject.script.choices if subject.script else {}
    actions = {action for choice in choices.values() for action in choice.acts}
    known: dict[str, Collection[str]] = {
        "passed": subject.rubric.criteria,
        "said": choices,
        "knows": subject.case(0).facts,
        "did": actions,
    }
    for word, name in when.grounds:
        if name not in known[word]:
            yield f"{word}({name!r}), which the lesson does not have"


@for_each_world
def stories_tell_what_was_done(subject: Subject, seed: int) -> Against:
    """Each sentence of a story stands on something that was met or said, and an exemplar's story is whole."""
    star = subject.plan.star
    if star is None:
        return
    told_by: list[Told] = []
    for fixture in played(subject, seed):
        if fixture.near_miss is None:
            told = _told(star, fixture)
            told_by.append(told)
            yield from _rough(fixture, told)
            yield from _quoted(fixture, told)
            for clause in (*star.action, *star.result):
                if clause not in told.clauses and all(word == "passed" for word, _ in parse_when(clause.when).grounds):
                    yield fixture.name, f"“{clause.text}” is not told, and the exemplar meets every criterion"
            for silent in _silent(subject, fixture, seed):
                yield from _groundless(silent, _told(star, silent))
        elif seed % EVERY == 0:
            told = _told(star, fixture)
            yield from _groundless(fixture, told)
            yield from _rough(fixture, told)
    for clause in (*star.action, *star.result):
        if not any(clause in told.clauses for told in told_by):
            yield "star", f"“{clause.text}” is told by no exemplar"


def _told(star: Star, fixture: Played) -> Told:
    return tell(star, fixture.case, fixture.submission, fixture.report, fixture.outcome)


def _silent(subject: Subject, fixture: Played, seed: int) -> Iterator[Played]:
    """The exemplar with three turns of talk and nothing written, and in some worlds without one of its parts."""
    files = subject.fixtures(seed).exemplars[fixture.variant]
    written = {kind: data for kind, data in files.items() if kind in subject.rubric.artifacts}
    yield _as(subject, fixture, _few_turns(subject, files), "after three turns")
    if seed % EVERY == 0:
        for kind in written:
            rest = {name: data for name, data in files.items() if name != kind}
            yield _as(subject, fixture, rest, f"without {kind}")


def _few_turns(subject: Subject, files: Files) -> Files:
    return {
        name: {**files[name], "attempts": [list(attempt)[:TURNS] for attempt in files[name]["attempts"]]}
        for name in subject.rubric.conversations
        if name in files
    }


def _as(subject: Subject, fixture: Played, files: Files, how: str) -> Played:
    return replace(play(subject, fixture.case, fixture.variant, None, files), variant=f"{fixture.variant}, {how}")


def _groundless(fixture: Played, told: Told) -> Against:
    """Sentences whose ground is not given, by the review and by the talk themselves."""
    for clause in told.clauses:
        for ground in parse_when(clause.when).needed:
            if not _given(fixture, ground):
                yield fixture.name, f"“{clause.text}” is told, and {ground[0]}({ground[1]!r}) is not so"


def _given(fixture: Played, ground: Ground) -> bool:
    word, name = ground
    if word == "passed":
        findings = [found for artifact in fixture.report.artifacts for found in artifact.findings]
        return any(found.criterion == name and found.passed for found in findings)
    talk = fixture.submission.conversation
    if talk is None:
        return False
    return name in {"said": talk.taken, "knows": talk.facts, "did": [action for action, _ in talk.done]}[word]


def _rough(fixture: Played, told: Told) -> Against:
    for text in (told.situation, told.task, *told.action, *told.result):
        if hole := _HOLES.search(text):
            yield fixture.name, f"“{text}” has a hole: {hole.group()}"
        elif rough := _ROUGH.search(text):
            yield fixture.name, f"“{text}” is not set well at {rough.group()!r}"
        elif not (text[:1].isupper() or text[:1].isdigit()) or not text.endswith((".", "!", "?", "”")):
            yield fixture.name, f"“{text}” does not begin and end as a sentence"


def _quoted(fixture: Played, told: Told) -> Against:
    """Prose of the learner's that the story repeats although no check has read it."""
    story = " ".join((*told.action, *told.result)).casefold()
    for artifact in fixture.submission.artifacts.values():
        for prose in artifact.prose:
            words = prose.text.split()
            if len(words) >= QUOTED and " ".join(words).casefold() in story:
                yield fixture.name, f"it repeats {prose.place} of {artifact.kind}, which nobody may have read"
