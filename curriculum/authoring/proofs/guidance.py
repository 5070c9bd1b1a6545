"""Proofs about what comes with a document: it is there, it is half, and it hands nobody a point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from curriculum.artifacts.base import GENRES
from curriculum.authoring.hostile import Stuffer, filled
from curriculum.authoring.judging import judged
from curriculum.authoring.lesson_text import lesson_cells
from curriculum.authoring.proofs.manifest import exemplar_sentences, plain_words
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.half_filled import HalfFilled
from curriculum.learner.guidance import Help, guidance, half_filled_for

OF_ELSEWHERE = (
    "The gardener counts the cracked pots in the shed every Friday and writes the number on the door.",
    "In 14 of 100 pots the roots had come through, so the tall ones are moved to the shade by Thursday 9 July.",
    "Who waters on Sunday says so on the board, because nobody else would know whether it was done.",
    "The bench by the pond is painted before the visitors come.",
    "Compost is turned three weeks in a row, and the heap stays below 60 degrees.",
    "No more than two roses to a bed.",
    "The student who draws the beds, since she is there in the mornings.",
    "Seeds from last year are thrown away if fewer than 30 in 100 come up in the tray.",
    "“The greenhouse is locked at eight; the key hangs behind the clock.” Everybody finds it there.",
    "It had rained on nine days, which is why the cans stood full.",
    "We carried the cans to the lower beds first, counted what was left in each after a day, and wrote it on the board "
    "beside the door; then we asked the two who water on weekends whether they could begin there as well, tried it for "
    "a week, and moved the tap, because the walk had been the longest part of it for all of us.",
)
"""Texts that fit no lesson: what they earn, words alone earn."""


WORLDS = 3
"""In so many worlds it is tried."""


class _Copyist(Stuffer):
    """Fills every text with the next of a few texts, and every other field always in the same way."""

    def __init__(self, case: Case, texts: Sequence[str]):
        super().__init__(case, "")
        self._texts, self._next = texts, 0

    def text(self, most: int) -> str:
        self._next += 1
        return self._texts[self._next % len(self._texts)][:most].strip()


@for_the_lesson
def guidance_comes_before_writing(subject: Subject, seeds: Sequence[int]) -> Against:
    """Before each document stands what comes with it; the first of a genre comes half filled, with two parts or more
    to complete and two that are written."""
    cells = [cell.source for cell in lesson_cells(subject) if cell.code]
    for kind, model in subject.rubric.artifacts.items():
        if GENRES.get(model.genre) == "":
            continue
        call = f'lesson.guide("{kind}")'
        if cells.count(call) != 1:
            yield "lesson.md", f"there are {cells.count(call)} cells with {call} instead of one"
        found = guidance(subject.slug, kind, None)
        documents = {one.artifact for one in subject.half_filled}
        if (
            found
            and found.help is Help.HALF_FILLED
            and kind not in documents
            and not half_filled_for(subject.slug, kind)
        ):
            yield "half_filled.toml", f"{kind} is the first of its genre, and nothing comes half filled with it"
    for document in subject.half_filled:
        gaps = [part.id for part in document.part if part.is_gap]
        if document.artifact not in subject.rubric.artifacts:
            yield "half_filled.toml", f"{document.artifact!r} is no artifact of the lesson"
        if len(gaps) < 2 or len(document.part) - len(gaps) < 2:
            yield document.title, "half of it is written and half is not: two parts of each, at least"
        if len(set(gaps)) < len(gaps):
            yield document.title, "two parts have the same id"
        for part in document.part:
            if part.is_gap and bool(part.right) != (len(part.wrong) >= 2):
                yield f"{document.title}/{part.id}", "it needs one option that holds and two others, or none at all"
            elif part.right and len(part.right) > 1.25 * max(map(len, part.wrong)):
                yield f"{document.title}/{part.id}", "the right option stands out by its length"


@for_each_world
def half_filled_is_from_elsewhere(subject: Subject, seed: int) -> Against:
    """A half-filled document holds no sentence of an exemplar, and neither the people nor the company of the world."""
    case = subject.case(seed)
    sentences = set(exemplar_sentences(subject, seed))
    people = [case.company, *(person.label for person in case.registry.entries("people").values())]
    names = {_plain(name) for label in people for name in (label, label.split(",")[0].split()[0])} - {"You"}
    for document in subject.half_filled:
        said = _plain(" ".join(_texts(document)))
        words = plain_words(said)
        if any(sentence in words for sentence in sentences):
            yield document.title, "it says what an exemplar says"
        for name in sorted(name for name in names if re.search(rf"\b{re.escape(name)}\b", said)):
            yield document.title, f"it names {name}, who belongs to the lesson's own world"


@for_the_lesson
def half_filled_earns_nothing(subject: Subject, seeds: Sequence[int]) -> Against:
    """Who copies a half-filled document, with its answers, into an artifact meets no criterion that words about
    something else would not meet, whichever of its texts stands where."""
    for seed in seeds[:WORLDS]:
        case = subject.case(seed)
        for document in subject.half_filled:
            if document.artifact not in subject.rubric.artifacts:
                continue
            copied = _met(subject, case, document.artifact, _texts(document))
            for criterion in sorted(copied - _met(subject, case, document.artifact, OF_ELSEWHERE)):
                yield document.title, f"copied, it meets {criterion}, which words about something else do not"


def _met(subject: Subject, case: Case, kind: str, texts: Sequence[str]) -> set[str]:
    """The criteria that these texts meet, each field filled with one after the other, from each of them on."""
    model, found = subject.rubric.artifacts[kind], set[str]()
    for begin in range(len(texts)):
        copy = filled(model, _Copyist(case, (*texts[begin:], *texts[:begin])))
        findings = judged(subject, case, {kind: copy}).of(kind).findings
        found |= {finding.criterion for finding in findings if finding.passed}
    return found


def _plain(text: str) -> str:
    """The text without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _texts(document: HalfFilled) -> list[str]:
    return [text for part in document.part for text in _of_part(part.text, part.answer, part.right, *part.wrong)]


def _of_part(*texts: str) -> Iterator[str]:
    for text in texts:
        if text:
            yield text
            # What stands in quotation marks is what one would write.
            yield from re.findall(r"“([^”]+)”", text)
