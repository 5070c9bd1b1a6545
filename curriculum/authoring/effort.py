"""What a lesson asks of a learner, counted from its exemplars: fields, words, turns of talk, minutes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curriculum.artifacts import document
from curriculum.artifacts.base import Artifact, written
from curriculum.artifacts.derived import completed
from curriculum.authoring.judging import judged
from curriculum.authoring.lesson_text import TextCell, lesson_cells
from curriculum.authoring.shown import shown_by
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files
from curriculum.course.flaws import flawed_draft
from curriculum.course.templates import render
from curriculum.learner.guidance import Help, guidance, half_filled_for
from curriculum.pages.guide import parts_of
from curriculum.pages.page import brief
from curriculum.roleplay import engine
from curriculum.roleplay.transcript import transcript_of
from graders.common import word_count

WORDS_A_MINUTE = 200
"""Silent reading: adults read English non-fiction at 238 words a minute (Brysbaert 2019, Journal of Memory and
Language 109, 104047); many learners read in a second language, in which people are slower."""

SECONDS_A_FIELD = 12
"""To decide on a value and to type or pick it."""

SECONDS_A_TURN = 6
"""To choose an answer in a conversation, beside reading it."""


@dataclass(frozen=True)
class Filled:
    """The fields of one exemplar that somebody fills by hand."""

    fields: int
    """Values that are not blank, not derived and not put there by a cell."""
    code: tuple[str, ...]
    """Places of values that are written as JSON."""
    put: int
    """Values that a cell of the lesson puts there from a table."""
    prose: int
    """Words of the learner's own among them, which take longer to find than 12 seconds a field say."""


@dataclass(frozen=True)
class Effort:
    """What one exemplar takes, in one world."""

    variant: str
    filled: Filled
    words: Mapping[str, int]
    """Words to read once: notebook, brief, tables, draft and exemplar, reviews, talk."""
    turns: int

    @property
    def minutes(self) -> float:
        """Minutes for reading, filling in and talking."""
        seconds = SECONDS_A_FIELD * self.filled.fields + SECONDS_A_TURN * self.turns
        return sum(self.words.values()) / WORDS_A_MINUTE + seconds / 60

    def as_json(self) -> dict[str, Any]:
        return {
            "variant": self.variant,
            "fields": self.filled.fields,
            "fields_as_json": len(self.filled.code),
            "fields_put_by_cells": self.filled.put,
            "words_written": self.filled.prose,
            "words": dict(self.words),
            "turns": self.turns,
            "minutes": round(self.minutes, 1),
        }


def efforts(subject: Subject, seed: int) -> list[Effort]:
    """What each exemplar takes in one world."""
    case, cells = subject.case(seed), lesson_cells(subject)
    shared = {
        "notebook": sum(word_count(prose(cell.source)) for cell in cells if not cell.code),
        "brief": word_count(prose(brief(case).text)),
        "tables": sum(word_count(text) for text in shown_by(cells, case.tables)),
    }
    fixtures = subject.fixtures(seed)
    found = []
    for variant, files in fixtures.exemplars.items():
        talk, turns = _talk(subject, case, files)
        other = next((each for name, each in fixtures.exemplars.items() if name != variant), files)
        words = {
            **shared,
            "pages": _pages(subject, case, cells, other),
            "reviews": sum(
                word_count(finding.sentence, finding.finding)
                for artifact in judged(subject, case, files).artifacts
                for finding in artifact.findings
            ),
            "talk": talk,
        }
        found.append(Effort(variant, filled_fields(subject, cells, files), words, turns))
    return found


def filled_fields(subject: Subject, cells: list[TextCell], files: Files) -> Filled:
    """The fields of an exemplar's files that a learner fills."""
    put_by_cells = list(_puts(cells))
    fields, code, put, words = 0, list[str](), 0, 0
    for kind, model in subject.rubric.artifacts.items():
        patterns = [place for of, place in put_by_cells if of == kind]
        artifact = model.model_validate(files.get(kind, {}))
        words += word_count(*(text.text for text in artifact.prose))
        for place, value in written(artifact.typed_data()):
            bare = re.sub(r"\[\d+\]", "", place)
            if any(f".{pattern}." in f".{bare}." for pattern in patterns):
                put += 1
                continue
            fields += 1
            if is_json(value):
                code.append(f"{kind}: {place}")
    return Filled(fields, tuple(code), put, words)


def is_json(value: object) -> bool:
    """Whether a value is a text that holds a JSON object or list."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(value), dict | list)
    except ValueError:
        return False


def stand_ins(cell: TextCell) -> bool:
    """Whether a cell waits for the learner to replace something in its code: `...`, as such or as a text."""
    if not cell.code:
        return False
    try:
        nodes = list(ast.walk(ast.parse(cell.source)))
    except SyntaxError:  # a magic, which holds a text and no code
        return False
    return any(isinstance(node, ast.Constant) and node.value in (..., "...", "…") for node in nodes)


def prose(markdown: str) -> str:
    """Markdown as it is read: without tags, link targets and code fences' marks."""
    return re.sub(r"<[^>]+>|\]\([^)]*\)|```\S*", " ", markdown)


def _puts(cells: list[TextCell]) -> Iterator[tuple[str, str]]:
    """Artifact and place, without numbers, of each `lesson.put(...)` in the lesson's cells."""
    for cell in cells:
        try:
            nodes = list(ast.walk(ast.parse(cell.source))) if cell.code else []
        except SyntaxError:
            continue
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "put":
                given = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if len(given) >= 2 and all(isinstance(each, str) for each in given[:2]):
                    yield str(given[0]), re.sub(r"\[\d*\]", "", str(given[1]))


def _pages(subject: Subject, case: Case, cells: list[TextCell], other: Files) -> int:
    """Words of the draft with flaws, its statements, and of each page by somebody else that the notebook shows."""
    code, words = "\n".join(cell.source for cell in cells if cell.code), 0
    if subject.plan.flaws is not None and "find_flaws" in code:
        draft = flawed_draft(case, subject.plan.flaws, subject.fixtures(case.seed))
        words += _document(subject, case, draft.files, draft.plan.artifact)
        words += sum(word_count(option.label) for option in draft.options.values())
    for kind in dict.fromkeys(re.findall(r"lesson\.guide\(\s*[\"'](\w+)[\"']", code)):
        words += _guide(subject, kind)
    for kind in dict.fromkeys(re.findall(r"lesson\.exemplar\(\s*[\"'](\w+)[\"']", code)):
        words += _document(subject, case, other, kind) if kind in subject.rubric.artifacts else 0
    return words


def _guide(subject: Subject, kind: str) -> int:
    """Words of what comes with a document for somebody who takes the lessons in their order."""
    if kind not in subject.rubric.artifacts or (found := guidance(subject.slug, kind, None)) is None:
        return 0
    if found.help is Help.HALF_FILLED and (document := half_filled_for(subject.slug, kind)):
        parts = document[1].part
        return sum(word_count(part.label, part.text, part.ask, part.answer, part.right, *part.wrong) for part in parts)
    if found.help is Help.NOTHING:
        return 0
    return sum(word_count(part.label, part.asks, *part.holds) for part in parts_of(subject.rubric.artifacts[kind]))


def _document(subject: Subject, case: Case, files: Files, kind: str) -> int:
    artifacts: dict[str, Artifact] = {
        name: model.model_validate(files.get(name, {})) for name, model in subject.rubric.artifacts.items()
    }
    done, _ = completed(artifacts, subject.rubric.derives, case)
    return word_count(prose(document.markdown(done[kind], case.registry))) if kind in done else 0


def _talk(subject: Subject, case: Case, files: Files) -> tuple[int, int]:
    """Words of the talk on an exemplar's path, with the answers that were offered, and its turns."""
    if subject.script is None or subject.script.id not in files:
        return 0, 0
    script = subject.script.in_world(case)
    path = transcript_of(files[script.id]).current
    turns = engine.turns(script, path)
    states = [engine.begin(script), *(turn.after for turn in turns)]
    texts = [script.goal, *(line.text for line in engine.opening(script))]
    texts += [choice.text for state in states for choice in engine.available(script, state)]
    texts += [text for turn in turns for text in (turn.effect.coaching, *(line.text for line in turn.lines))]
    texts += [one.line for one in engine.heard_back(script, path)]
    if end := engine.ending(script, states[-1]):
        texts += [end.title, end.text, *(missed.text for missed in engine.debrief(script, states[-1]))]
    return sum(word_count(render(text, case)) for text in texts), len(turns)
