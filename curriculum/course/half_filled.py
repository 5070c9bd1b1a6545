"""Half-filled documents from other places, a lesson's half_filled.toml: some parts are written, some to complete."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from curriculum.course.catalog import lesson_folder


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentPart(_Strict):
    """A part of the document: written already, or a gap with what would stand there."""

    label: str
    """What the part is called."""
    text: str = ""
    """What stands there; blank for a gap."""
    id: Annotated[str, Field(pattern=r"^[a-z0-9_]*$")] = ""
    """Of a gap; stays whatever becomes of its words."""
    ask: str = ""
    answer: str = ""
    right: str = ""
    wrong: Annotated[tuple[str, ...], Field(max_length=5)] = ()
    """As of a retrieval question."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> DocumentPart:
        gap = bool(self.id and self.ask and self.answer)
        rest = self.id or self.ask or self.answer or self.right or self.wrong
        if gap == bool(self.text) or (self.text and rest):
            raise ValueError(f"the part {self.label!r} has either a text, or an id, a question and its answer")
        return self

    @property
    def is_gap(self) -> bool:
        """Whether the learner completes it."""
        return bool(self.id)


class HalfFilled(_Strict):
    """A document of another place, to be completed before one writes one's own."""

    artifact: str
    """The kind of artifact that it is like."""
    title: str
    place: str
    """Whose it is, as it is said after "from"."""
    part: Annotated[tuple[DocumentPart, ...], Field(min_length=2)]


class _File(_Strict):
    document: tuple[HalfFilled, ...] = ()


@lru_cache(maxsize=64)
def load_half_filled(slug: str) -> tuple[HalfFilled, ...]:
    """The half-filled documents of a lesson; none where it has none. Raises pydantic's ValidationError."""
    try:
        with (lesson_folder(slug) / "source" / "half_filled.toml").open("rb") as stream:
            return _File.model_validate(tomllib.load(stream)).document
    except FileNotFoundError:
        return ()
