"""The texts that nobody has read: what no program can judge, listed for the learner's own eyes or an instructor's."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from curriculum.artifacts.base import Artifact, Prose
from curriculum.words.prose import word_count


@dataclass(frozen=True)
class Unread:
    """One text in words of the learner's own."""

    artifact: str
    """The kind of artifact."""
    place: str
    title: str
    """What the field is called."""
    text: str

    @property
    def id(self) -> str:
        """Changes with the text, so that what was written anew is unread again."""
        digest = hashlib.sha256(f"{self.artifact}\n{self.place}\n{self.text}".encode()).hexdigest()
        return f"{self.artifact}_{digest[:12]}"

    @property
    def words(self) -> int:
        return word_count(self.text)


def unread(artifacts: Mapping[str, Artifact], read: Collection[str] = ()) -> tuple[Unread, ...]:
    """Every text of these artifacts, by kind, that is neither blank nor among the ids of what was `read`."""
    return tuple(text for kind, artifact in artifacts.items() for text in _texts(kind, artifact) if text.id not in read)


def by_artifact(texts: Collection[Unread]) -> dict[str, dict[str, str]]:
    """Texts by artifact and place."""
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        found.setdefault(text.artifact, {})[text.place] = text.text
    return found


def _texts(kind: str, artifact: Artifact) -> Iterator[Unread]:
    return (_unread(kind, prose) for prose in artifact.prose)


def _unread(kind: str, prose: Prose) -> Unread:
    return Unread(kind, prose.place, prose.title, prose.text)
