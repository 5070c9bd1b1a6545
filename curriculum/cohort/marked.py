"""What instructors see in formgrader: the review and the answers, filled in when a notebook is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from curriculum.support.files import FileRefused, read_text
from curriculum.support.printable import printable
from curriculum.words.unread import Unread
from graders.report import Report, plain

AUTOMATIC = "Automatic note, not yet read by a person."
"""How every comment begins that a program wrote: nbgrader releases it to the learner as it stands."""

MARK = "cohort_marked"
"""In a notebook's metadata: it is one that `cohort grade` wrote, to be filled in when it is shown."""

LISTED = 12
"""So many texts are named; of the others, how many they are."""

NOTHING = "\u200b"
"""A space without width: behind a backslash, what follows is no command of a formula."""
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"(?<=\])[(:\[]|(?<=!)\[|`")
"""What makes a link, a picture or code in Markdown."""

_PASSED_ON = ("timestamp.txt", "submission_secret.txt")


def write_marked(submitted: Path, target: Path, lesson: str, sheet: str) -> None:
    """Put into `target` what nbgrader's own tools look for: the lesson's graded cells, without outputs, and the
    two small files that its feedback needs. Raises OSError where it cannot be written."""
    target.mkdir(parents=True, exist_ok=True)
    text = _sheet(sheet, Path(sheet).stat().st_mtime_ns)
    _write(target / f"{lesson}.ipynb", text)
    for name in _PASSED_ON:
        try:
            _write(target / name, read_text(submitted / name, submitted, limit=1000))
        except (FileNotFoundError, FileRefused):
            continue


def suggestion(sentence: str, report: Report, texts: Sequence[Unread]) -> str:
    """A comment that a person can send as it is, change or delete: what to read, what the checks found."""
    lines = [AUTOMATIC]
    if sentence:
        lines.append(sentence)
    for artifact in report.artifacts:
        for finding in artifact.failed()[:2]:
            row = finding.evidence[0] if finding.evidence else {}
            decides = ", ".join(f"{key} {plain(value)}" for key, value in row.items())
            lines.append(
                f"{artifact.title}: {finding.sentence} Found: {finding.finding}"
                + (f" Expected: {finding.expected}." if finding.expected else "")
                + (f" What decides: {decides}." if decides else "")
            )
    lines += [f"Held for a person, without any points lost: {one.held}" for one in report.artifacts if one.held]
    words = [f"{text.artifact}, {text.place.replace('_', ' ')} ({text.words} words)" for text in texts]
    if words:
        rest = f"; and {len(words) - LISTED} more" if len(words) > LISTED else ""
        lines.append("For a person to read, since no program can judge it: " + "; ".join(words[:LISTED]) + f"{rest}.")
    return "\n\n".join(inert(printable(line)) for line in lines)


def inert(text: str) -> str:
    """Text that Markdown shows as it stands: no tags, no links and pictures but bare addresses, and no
    command in a formula.

    nbgrader's own feedback renders comments as Markdown with HTML in it, and MathJax follows links of formulas. Few
    characters are touched, since people read and change a comment before they send it.
    """
    return _TAG.sub("&lt;", _LINK.sub(lambda found: f"\\{found.group()}", text.replace("\\", f"\\{NOTHING}")))


@lru_cache(maxsize=32)
def _sheet(path: str, _changed: int) -> str:
    """The graded cells of a released notebook, as the text of a notebook."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    document = {
        "cells": cells,
        "metadata": {**notebook["metadata"], MARK: True},
        "nbformat": notebook["nbformat"],
        "nbformat_minor": notebook["nbformat_minor"],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    """Write a file, where it says something else. Not by way of another one: a grading that is killed here has
    not saved its result yet, and writes it again."""
    data = text.encode("utf-8", "replace")
    try:
        if path.read_bytes() == data:
            return
        path.unlink()  # nbgrader leaves files that cannot be written
    except FileNotFoundError:
        pass
    path.write_bytes(data)
