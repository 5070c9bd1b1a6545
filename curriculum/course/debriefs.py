"""The questions of a lesson that look back, each a quote that begins with Debrief in lesson.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from curriculum.course.catalog import lesson_folder

_NAME = re.compile(r"^:name:\s*(\S+)\s*$")
_BEGINS = re.compile(r"^>\s*\*\*Debrief\.?\*\*\s*(.*)$")


@dataclass(frozen=True)
class Debrief:
    """A question that looks back at what was done."""

    id: str
    """The name of the code cell before it, which stays whatever becomes of the words."""
    question: str
    line: int
    """Where its quote ends in the text, counted from 1."""


def debriefs_in(text: str) -> Iterator[Debrief]:
    """The debriefs of a lesson's text, in their order."""
    before, used = "start", dict[str, int]()
    question: list[str] | None = None
    lines = [*text.splitlines(), ""]
    for number, line in enumerate(lines, start=1):
        if question is not None and line.startswith(">"):
            question.append(line[1:].strip())
            continue
        if question is not None:
            used[before] = used.get(before, 0) + 1
            id = before if used[before] == 1 else f"{before}_{used[before]}"
            yield Debrief(id, " ".join(question), number - 1)
            question = None
        if named := _NAME.match(line):
            before = named[1]
        elif begun := _BEGINS.match(line):
            question = [begun[1].strip()]


@lru_cache(maxsize=64)
def load_debriefs(slug: str) -> tuple[Debrief, ...]:
    """The debriefs of a lesson; none where it has no text."""
    try:
        text = (lesson_folder(slug) / "source" / "lesson.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    return tuple(debriefs_in(text))
