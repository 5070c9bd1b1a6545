"""What a marker reads of somebody: no name, no id, no address, no path, also where they stand in a text."""

from __future__ import annotations

import json
import re
from typing import TypeVar

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.cohort.course import Course
from curriculum.cohort.roster import Learner

HIDDEN = "[name]"
SHORTEST = 3
"""Letters; what is shorter stands in too many other words."""

A = TypeVar("A", bound=Artifact)


class Mask:
    """Hides one learner. People of the case keep their names, also where a learner is called like one of them."""

    def __init__(self, course: Course, learner: Learner, case: Case | None = None):
        kept = {
            part.casefold() for person in (case.people.values() if case else ()) for part in _words(str(person.label))
        }
        words = {learner.id, learner.email, learner.lms_id, learner.sis_id}
        words |= {f"{learner.first_name} {learner.last_name}", f"{learner.last_name}, {learner.first_name}"}
        words |= {part for name in (learner.first_name, learner.last_name) for part in (name, *_words(name))}
        hidden = sorted((word.strip(" ,") for word in words if word.casefold() not in kept), key=len, reverse=True)
        hidden = [word for word in hidden if len(word) >= SHORTEST]
        self._path = str(course.root)
        self._pattern = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, hidden))})(?!\w)", re.IGNORECASE) if hidden else None
        )

    def text(self, text: str) -> str:
        """A text without the learner."""
        text = text.replace(self._path, "…")
        return self._pattern.sub(HIDDEN, text) if self._pattern else text

    def artifact(self, artifact: A) -> A:
        """The same document, in whose own words the learner does not stand."""
        masked = {prose.text: self.text(prose.text) for prose in artifact.prose}
        masked = {before: after for before, after in masked.items() if before != after}
        if not masked:
            return artifact
        data = json.loads(artifact.model_dump_json())
        return type(artifact).model_validate(_replaced(data, masked))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name)


def _replaced(data: object, texts: dict[str, str]) -> object:
    if isinstance(data, str):
        return texts.get(data, data)
    if isinstance(data, list):
        return [_replaced(item, texts) for item in data]
    if isinstance(data, dict):
        return {key: _replaced(value, texts) for key, value in data.items()}
    return data
