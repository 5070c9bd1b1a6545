"""Artifacts' files as widgets read them: blank where there is none, told in words where one is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.widgets.base import ContentUnreadable

Known = Callable[[], frozenset[str]]
"""Asks which facts people have told the learner so far, by id."""

A = TypeVar("A", bound=Artifact)


def load_artifact(path: Path, model: type[A]) -> A:
    """The artifact in a file, blank where there is no file; raises ContentUnreadable with what to mend."""
    try:
        return read_artifact(path, model).artifact
    except FileNotFoundError:
        return model()
    except Unreadable as error:
        remedy = f"Mend {path.name} in the file browser, or rename it to start again; it is left as it is."
        raise ContentUnreadable(*(str(problem) for problem in error.problems), remedy) from None
