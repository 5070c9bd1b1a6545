"""What is odd about a notebook that was handed in: sentences only, since no grade is made from it."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from curriculum.cohort.result import PROSE_CELL
from curriculum.course.catalog import lesson_folder

MAX_BYTES = 8_000_000
"""Bytes of a notebook that are looked at."""

_NO_HARM = "The grade is made from the files in answers, so this changed nothing."


class Unreadable(Exception):
    """There is no notebook that can be read; the message is one sentence."""


def looked_at(folder: Path, lesson: str) -> tuple[tuple[str, ...], bool]:
    """Sentences about the notebook in a submission, and whether there is one that can be read."""
    try:
        return _looked_at(lesson, _read(folder / f"{lesson}.ipynb")), True
    except Unreadable as error:
        return (str(error),), False


def cells_of(folder: Path, lesson: str) -> list[dict[str, Any]]:
    """The cells of the notebook in a submission, as its file has them; raises Unreadable."""
    return _cells(f"{lesson}.ipynb", _read(folder / f"{lesson}.ipynb"))


def _read(path: Path) -> bytes:
    reason = ""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            reason = "it is a link to another place"
        elif not stat.S_ISREG(found.st_mode):
            reason = "it is not a file"
        elif found.st_size > MAX_BYTES:
            reason = f"it has {found.st_size / 1e6:,.0f} MB, and at most {MAX_BYTES / 1e6:,.0f} MB are read"
        else:
            with open(path, "rb", opener=_opener) as stream:
                return stream.read(MAX_BYTES)
    except FileNotFoundError:
        raise Unreadable(f"The notebook {path.name} is missing.") from None
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
    raise Unreadable(f"The notebook {path.name} cannot be read: {reason}.")


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


@lru_cache(maxsize=8)  # many learners hand in the notebook as they got it
def _looked_at(lesson: str, data: bytes) -> tuple[str, ...]:
    return tuple(_notes(_cells(f"{lesson}.ipynb", data), _handed_out(lesson)))


def _cells(name: str, data: bytes) -> list[dict[str, Any]]:
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable(f"The notebook {name} is damaged: it is not JSON.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Unreadable(f"The notebook {name} is damaged: it has no list of cells.")
    return cells


def _notes(cells: list[dict[str, Any]], handed_out: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    graded = [(id, cell) for cell in cells if (id := _grade_id(cell)) is not None]
    count = Counter(id for id, _ in graded)
    missing = [id for id in handed_out if id not in count]
    twice = [id for id in handed_out if count[id] > 1]
    edited = sorted({id for id, cell in graded if id in handed_out and _essence(cell) != handed_out[id]})
    foreign = sorted(id for id in count if id not in handed_out and id not in (PROSE_CELL, ""))
    if missing:
        yield f"Cells of the lesson are missing from the notebook: {', '.join(missing)}. {_NO_HARM}"
    if twice:
        yield f"Cells of the lesson are in the notebook more than once: {', '.join(twice)}. {_NO_HARM}"
    if edited:
        yield f"Cells of the lesson are not as they were handed out: {', '.join(edited)}. {_NO_HARM}"
    if foreign:
        names = ", ".join(_shown(id) for id in foreign[:5])
        yield f"Cells carry marks for grading that the lesson does not have: {names}. {_NO_HARM}"


@lru_cache(maxsize=64)
def _handed_out(lesson: str) -> Mapping[str, tuple[str, str]]:
    """The graded cells of the lesson, by their ids."""
    path = lesson_folder(lesson) / f"{lesson}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        return {}
    return {id: _essence(cell) for cell in cells if (id := _grade_id(cell))}


def _grade_id(cell: Mapping[str, Any]) -> str | None:
    """The id by which nbgrader knows a cell; blank where there is a mark without one, None where there is no mark."""
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if mark is None:
        return None
    id = mark.get("grade_id") if isinstance(mark, dict) else None
    return id if isinstance(id, str) else ""


def _essence(cell: Mapping[str, Any]) -> tuple[str, str]:
    """What of a cell must be as it was: its source, and what nbgrader is told about it."""
    source = cell.get("source")
    text = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else str(source)
    mark = {key: value for key, value in cell["metadata"]["nbgrader"].items() if key != "checksum"}
    # nbgrader writes the points of a cell as an integer or as a float.
    if isinstance(mark.get("points"), int | float):
        mark["points"] = float(mark["points"])
    return text.strip(), json.dumps([cell.get("cell_type"), mark], sort_keys=True)


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)[:60]
