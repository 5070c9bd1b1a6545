"""Artifacts' files as widgets read them: blank where there is none, told where one is broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.widgets.base import ContentUnreadable

Known = Callable[[], frozenset[str]]
"""Asks which facts people have told the learner so far, by id."""

Complete = Callable[[Any], tuple[Any, tuple[str, ...]]]
"""Fills the derived fields of an artifact; gives it back with what is to be said of typed values in them."""

A = TypeVar("A", bound=Artifact)


def as_typed(artifact: A) -> tuple[A, tuple[str, ...]]:
    """The artifact as it is, for lessons that derive nothing."""
    return artifact, ()


def load_artifact(path: Path, model: type[A]) -> A:
    """The artifact in a file, blank where there is no file; raises ContentUnreadable with what to mend."""
    try:
        return read_artifact(path, model).artifact
    except FileNotFoundError:
        return model()
    except Unreadable as error:
        raise ContentUnreadable(*(str(problem) for problem in error.problems)) from None


def trouble_text(view: Mapping[str, Any]) -> str:
    """A file that cannot be shown, as plain text: what is wrong with it and what to do."""
    remedy = "The file is left as it is. Mend it in an editor, or rename it to begin anew."
    return "\n".join([*view["trouble"], remedy])
