"""The learner's workspace: where it is, and the lessons' notebooks in it, which are never overwritten."""

from __future__ import annotations

import hashlib
import json
import os
from enum import Enum
from pathlib import Path
from typing import Any

from curriculum import course
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.course.places import CODE
from curriculum.course.version import VERSION
from curriculum.support.files import FileRefused, sweep, write_whole

FORMAT = 1
"""The layout of a workspace. A later course that moves things raises it and converts older ones."""

VARIABLE = "CURRICULUM_WORKSPACE"
HOME = "course"
"""The name of the page of the whole course."""
_HOME_SOURCE = Path(course.__file__).parent / f"{HOME}.ipynb"
DEFAULT_NAME = "cross-functional-curriculum"


def locate(directory: Path | None = None) -> Path:
    """Where the workspace is: `directory`, else $CURRICULUM_WORKSPACE, else a folder in the user's home.

    Nothing is created. Raises `FileRefused` when that place is inside the course itself, when nobody knows where
    the home is, and when JupyterLab could not open the place for its name.
    """
    named = directory or os.environ.get(VARIABLE)
    try:
        place = Path(named or Path.home() / DEFAULT_NAME).expanduser().resolve()
    except RuntimeError:
        raise FileRefused(
            f"There is no home folder{f' as in {named}' if named else ''} to keep your work in; name a folder for it, "
            f"with --workspace or with the variable {VARIABLE}."
        ) from None
    _check_name(place)
    if not named and place.is_relative_to(CODE):
        # The course was cloned to the very place.
        place = CODE.with_name(f"{CODE.name}-workspace")
    if place.is_relative_to(CODE):
        raise FileRefused(
            f"{place} is inside the course's own folder; choose a folder elsewhere for your work, "
            f"with --workspace or with the variable {VARIABLE}."
        )
    return place


def prepare(directory: Path | None = None) -> Path:
    """Make the workspace ready and return its root: its folders, and the notebook of every lesson.

    A notebook that the learner has is theirs: it is replaced by a newer one of the course only while it is,
    byte for byte, the one that the course put there. Raises `FileRefused` with one sentence when the folder
    cannot be written or belongs to a newer course.
    """
    workspace = locate(directory)
    _make_folder(workspace / ".curriculum")
    record = _read_record(workspace)
    sweep(workspace / ".curriculum")
    delivered: dict[str, str] = dict(record["delivered"])
    for entry in load_catalog().lessons:
        source = entry.folder / f"{entry.slug}.ipynb"
        if source.is_file():  # else announced in the catalogue, not built yet
            _deliver(entry.slug, source, notebook_path(entry, workspace), delivered)
    _deliver(HOME, _HOME_SOURCE, home_path(workspace), delivered)
    _write_record(workspace, {"format": FORMAT, "version": VERSION, "delivered": delivered}, record)
    return workspace


def _check_name(place: Path) -> None:
    """Raise `FileRefused` where the name of a place is no text to everybody who will open it."""
    name = os.fsencode(place)
    try:
        shown = name.decode("utf-8")
    except UnicodeDecodeError:
        raise FileRefused(
            f"JupyterLab cannot open {name.decode('utf-8', 'backslashreplace')}, since that name is not written in "
            "UTF-8; rename the folder, or choose another one with --workspace."
        ) from None
    if shown != str(place):
        raise FileRefused(
            f"This terminal's language setting hides letters of {shown}; "
            "set the variable PYTHONUTF8 to 1 and try again, or choose another folder with --workspace."
        )


def notebook_path(entry: LessonEntry, workspace: Path) -> Path:
    """Where the learner's notebook of a lesson is."""
    return workspace / entry.level / entry.slug / f"{entry.slug}.ipynb"


class PageState(Enum):
    """What becomes of a learner's notebook when this course makes the workspace ready."""

    SAME = "same"
    """The course has no newer one, or nobody knows what was delivered."""
    REPLACED = "replaced"
    KEPT = "kept"
    """There is a newer one, and the learner's is theirs."""


def delivered_by(workspace: Path) -> str | None:
    """The version of the course that made a workspace ready last: blank where it was older than such notes, None where
    there is no workspace yet. Raises `FileRefused` where it was a newer course."""
    record = _read_record(workspace)
    return str(record.get("version", "")) if record["delivered"] else None


def page_state(entry: LessonEntry, workspace: Path) -> PageState:
    """What becomes of the notebook of a lesson."""
    source, target = entry.folder / f"{entry.slug}.ipynb", notebook_path(entry, workspace)
    before = _read_record(workspace)["delivered"].get(entry.slug)
    if before is None or not source.is_file() or not target.is_file() or before == _digest(source.read_bytes()):
        return PageState.SAME
    return PageState.REPLACED if _digest(target.read_bytes()) == before else PageState.KEPT


def home_path(workspace: Path) -> Path:
    """Where the page of the whole course is."""
    return workspace / f"{HOME}.ipynb"


def _deliver(name: str, source: Path, target: Path, delivered: dict[str, str]) -> None:
    text = source.read_text(encoding="utf-8")
    fresh = _digest(text.encode())
    if os.path.lexists(target):
        untouched = target.is_file() and _digest(target.read_bytes()) == delivered.get(name)
        if not untouched or delivered[name] == fresh:
            return
    write_whole(target, text)
    delivered[name] = fresh


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _make_folder(path: Path) -> None:
    try:
        # What somebody writes in it is theirs; a folder that is there already keeps the rights that it has.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        raise FileRefused(
            f"The workspace {path.parent} could not be made: {reason}; choose another folder with --workspace."
        ) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise FileRefused(
            f"You may not write in the workspace {path.parent}; "
            "choose another folder with --workspace, or ask its owner for the right to write."
        )


def _record_path(workspace: Path) -> Path:
    return workspace / ".curriculum" / "workspace.json"


def _read_record(workspace: Path) -> dict[str, Any]:
    """What was delivered here; a record that is lost or damaged only means that nothing is ever replaced."""
    try:
        found = json.loads(_record_path(workspace).read_text(encoding="utf-8"))
        record: dict[str, Any] = {"format": int(found["format"]), "delivered": dict(found["delivered"])}
        if isinstance(found.get("version"), str):
            record["version"] = found["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return {"format": 0, "delivered": {}}
    if record["format"] > FORMAT:
        raise FileRefused(
            f"The workspace {workspace} was made by a newer version of the course (its layout is "
            f"{record['format']}, this one knows {FORMAT}); update the course, or choose another folder "
            "with --workspace."
        )
    return record


def _write_record(workspace: Path, record: dict[str, Any], before: dict[str, Any]) -> None:
    if record != before:
        write_whole(_record_path(workspace), json.dumps(record, indent=2, sort_keys=True) + "\n")
