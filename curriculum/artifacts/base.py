"""What every artifact is: a typed record that may be blank but never wrong, stored as YAML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

Words = Annotated[str, StringConstraints(max_length=4_000, strip_whitespace=True)]
"""Prose of the learner's own; blank until written."""

Line = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]
"""One line of the learner's own words."""

Amount = Annotated[float | None, Field(ge=-1e12, le=1e12)]
"""A number whose unit the field's title names; None until written."""

Day = dt.date | None
"""A date, as 2026-05-18; None until written."""


@dataclass(frozen=True)
class Pick:
    """Marks an id that is picked from the case's registry and never typed."""

    kind: str


@dataclass(frozen=True)
class Long:
    """Marks prose that wants a box of several lines in a form."""

    lines: int = 3


@dataclass(frozen=True)
class Derived:
    """Marks a field that nobody types: it is carried over from the case or worked out from other fields."""

    how: str
    """Where it comes from, as the end of a sentence: "carried over from the table `votes`"."""


Ref = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
"""An id; blank until picked. Beside it stands a `Pick` that names the kind: `Annotated[Ref, Pick("people")]`."""


def pick_of(info: FieldInfo) -> Pick | None:
    """The registry kind of a field that holds an id or several ids; None for other fields."""
    for mark in info.metadata:
        if isinstance(mark, Pick):
            return mark
    for inner in get_args(info.annotation):
        for mark in getattr(inner, "__metadata__", ()):
            if isinstance(mark, Pick):
                return mark
    return None


def derived_of(info: FieldInfo) -> Derived | None:
    """The marker of a field that nobody types; None for other fields."""
    return next((mark for mark in info.metadata if isinstance(mark, Derived)), None)


class Part(BaseModel):
    """A group of fields inside an artifact. Every field has a blank default, so that drafts can be saved."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, str_max_length=20_000, validate_default=False
    )


class Artifact(Part):
    """A document that professionals write. Subclasses set `kind` and `title` and list their fields."""

    kind: ClassVar[str]
    """The file's name without .yaml; also the parameter name by which criteria ask for it."""
    title: ClassVar[str]

    def is_blank(self) -> bool:
        """Whether nothing has been written yet."""
        return not any(True for _ in written(self.typed_data("python")))

    def typed_data(self, mode: Literal["json", "python"] = "json") -> dict[str, Any]:
        """The data without the fields that nobody types."""
        return self.model_dump(mode=mode, exclude=_derived(type(self)) or None)

    def plain(self) -> dict[str, Any]:
        """The artifact as plain data, as it is stored: dates as text, blanks left out."""
        data = without_blanks(self.typed_data())
        return data if isinstance(data, dict) else {}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that the learner wrote or picked, with its place as `metrics[2].name`."""
        yield from self._texts

    @cached_property
    def _texts(self) -> tuple[tuple[str, str], ...]:
        # An artifact never changes, and many criteria ask.
        leaves = written(self.typed_data())
        return tuple((place, value) for place, value in leaves if isinstance(value, str))


@cache
def _derived(model: type[Part]) -> dict[str, Any]:
    """The derived fields of a model in the form in which pydantic leaves fields out."""
    left_out: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if derived_of(info):
            left_out[name] = True
        elif (inner := _part_in(info.annotation)) and (deeper := _derived(inner)):
            left_out[name] = deeper if info.annotation is inner else {"__all__": deeper}
    return left_out


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part_in(inner))), None)


def written(data: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every non-blank leaf of plain data with its place; blanks are None, "" and False."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from written(value, f"{place}.{key}" if place else str(key))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from written(value, f"{place}[{index + 1}]")
    elif data is not None and data is not False and data != "":
        yield place, data


def without_blanks(data: Any) -> Any:
    """Plain data without blank leaves and empty groups; list positions that are blank groups stay as {}."""
    if isinstance(data, dict):
        kept = {key: without_blanks(value) for key, value in data.items()}
        return {key: value for key, value in kept.items() if value not in (None, "", {}, [])}
    if isinstance(data, list):
        return [without_blanks(value) for value in data]
    return data
