"""The self-review in a learner's folder: which texts wait to be read, and which have been."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.artifacts.self_review import ReadText, SelfReview
from curriculum.cases import Case
from curriculum.cases.base import Entry
from curriculum.words.prose import quoted
from curriculum.words.unread import Unread

MOST_TEXTS = 200
SHOWN = 600
"""Characters of a text in the form."""


def read_ids(path: Path) -> frozenset[str]:
    """Ids of the texts that the learner has read; none where there is no self-review.

    Raises Unreadable, with sentences for the learner, where the file cannot be read.
    """
    try:
        return read_artifact(path, SelfReview).artifact.read()
    except FileNotFoundError:
        return frozenset()


def prepare(path: Path, texts: Collection[Unread]) -> None:
    """Put texts that are not there yet into the self-review; texts that were written anew since make room.

    What other artifacts' texts were answered stays. Raises Unreadable and FileRefused.
    """
    try:
        kept = read_artifact(path, SelfReview).artifact.readings
    except FileNotFoundError:
        kept = ()
    kinds, ids = {text.artifact for text in texts}, [text.id for text in texts]
    others = [entry for entry in kept if entry.text in ids or entry.text.rpartition("_")[0] not in kinds]
    known = {entry.text for entry in others}
    new = [ReadText(text=id) for id in ids if id not in known]
    if new or len(others) < len(kept):
        write_artifact(path, SelfReview(readings=tuple([*others, *new][:MOST_TEXTS])))


def with_texts(case: Case, texts: Collection[Unread]) -> Case:
    """The case with the texts as a kind of its registry, so that a form can show them."""
    entries = {text.id: Entry(text.id, quoted(text.text, SHOWN), text.title) for text in texts}
    return replace(case, more={**case.more, "texts": entries})
