"""What every artifact is: a typed record that may be blank but never wrong, stored as YAML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

from curriculum.cases.base import Registry


@dataclass(frozen=True)
class Advised:
    """Marks how many characters a text is meant to have at most. A longer one is told beside its field and in the
    review, and read all the same."""

    max_length: int


MOST_CHARACTERS = 20_000
"""A longer text is refused: no field of any document is meant for it."""

Words = Annotated[str, Advised(4_000), StringConstraints(max_length=MOST_CHARACTERS, strip_whitespace=True)]
"""Prose of the learner's own; blank until written."""

Line = Annotated[str, Advised(300), StringConstraints(max_length=MOST_CHARACTERS, strip_whitespace=True)]
"""One line of the learner's own words."""

SMALLEST = 1e-12
"""A number that is nearer to 0 is 0: no field measures so finely, and checks divide by what is written."""


def _measurable(number: float | None) -> float | None:
    return 0.0 if number is not None and abs(number) < SMALLEST else number


Amount = Annotated[float | None, Field(ge=-1e12, le=1e12), AfterValidator(_measurable)]
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


@dataclass(frozen=True)
class Sentence:
    """Marks prose that asks for a sentence: at least two different words that carry content."""


@dataclass(frozen=True)
class Notation:
    """Marks text that is written for machines or as a label and is no prose: a name, a hash, a rule, a time."""


@dataclass(frozen=True)
class Caption:
    """Marks words that are so short and plain that different people write the same: on a screen, or of a role. They
    may repeat the brief."""


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


@dataclass(frozen=True)
class Prose:
    """A text in the learner's own words, with its place and what its field asks for."""

    place: str
    """As `metrics[2].name`."""
    text: str
    title: str
    help: str
    sentence: bool
    """Whether the field asks for a sentence."""
    caption: bool = False
    """Whether these are the words on a screen, which different people write alike."""
    notation: bool = False
    """Whether this is a name, a hash or a rule, and no prose."""
    advised: int = MOST_CHARACTERS
    """How many characters it is meant to have at most."""

    @property
    def field(self) -> str:
        """The place without the numbers of items: all entries of a list share it."""
        return re.sub(r"\[\d+\]", "", self.place)


class Part(BaseModel):
    """A group of fields inside an artifact. Every field has a blank default, so that drafts can be saved."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, str_max_length=MOST_CHARACTERS, validate_default=False
    )
    noun: ClassVar[str] = ""
    """What one of a list of these is called, where the class has another name; any countable noun in the singular."""


GENRES: dict[str, str] = {
    "plan": "plan", "specification": "specification", "record": "record", "rule": "set of rules",
    "words": "list of words", "exercise": "",
}  # fmt: skip
"""What documents have in common, with what one of them is called; an exercise is no document."""


class Artifact(Part):
    """A document that professionals write. Subclasses set `kind` and `title` and list their fields."""

    kind: ClassVar[str]
    """The file's name without .yaml; also the parameter name by which criteria ask for it."""
    title: ClassVar[str]
    genre: ClassVar[str] = ""
    """What kind of document it is, one of `GENRES`: who has written one finds the next one easier. Blank: like no
    other."""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """What cannot be so by itself, whatever is right here: places as `goals[1].target`, each with a sentence.

        A form says it beside the field at once. It compares what was written with itself and with what words mean.
        """
        yield from ()

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
    def prose(self) -> tuple[Prose, ...]:
        """What was written in words of the learner's own: no ids, no choices, nothing marked as a notation."""
        return tuple(text for text in _own_texts(self, "") if not text.notation)

    @cached_property
    def notations(self) -> tuple[Prose, ...]:
        """Names, hashes, rules and times that were written."""
        return tuple(text for text in _own_texts(self, "") if text.notation)

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


@dataclass(frozen=True)
class _Field:
    name: str
    title: str
    help: str
    sentence: bool
    caption: bool
    notation: bool
    advised: int
    holds_text: bool
    """Whether it holds prose itself; otherwise parts, in which prose may stand."""


@cache
def _fields(model: type[Part]) -> tuple[_Field, ...]:
    """The fields of a model in which texts may stand."""
    found = []
    for name, info in model.model_fields.items():
        kinds, marks = _leaves(info.annotation, list(info.metadata))
        if any(isinstance(mark, Pick | Derived) for mark in marks):
            continue
        if str in kinds or any(isinstance(kind, type) and issubclass(kind, Part) for kind in kinds):
            words = info.title or name.replace("_", " ").capitalize()
            marked = [any(isinstance(mark, kind) for mark in marks) for kind in (Sentence, Caption, Notation)]
            sentence, caption, notation = marked
            advised = next((mark.max_length for mark in marks if isinstance(mark, Advised)), MOST_CHARACTERS)
            help = info.description or ""
            found.append(_Field(name, words, help, sentence, caption, notation, advised, str in kinds))
    return tuple(found)


def prose_fields(model: type[Part]) -> frozenset[str]:
    """The names of the fields that hold prose, in a model and in the parts inside it."""
    names: set[str] = set()
    for field in _fields(model):
        kinds, _ = _leaves(model.model_fields[field.name].annotation, [])
        if field.holds_text and not field.notation:
            names.add(field.name)
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, Part):
                names |= prose_fields(kind)
    return frozenset(names)


def _leaves(annotation: Any, marks: list[Any]) -> tuple[list[Any], list[Any]]:
    """The simple types inside an annotation, and all marks beside them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *further = get_args(annotation)
        return _leaves(inner, [*marks, *further])
    if origin in (tuple, Union, UnionType):
        kinds: list[Any] = []
        for argument in get_args(annotation):
            inner_kinds, marks = _leaves(argument, marks)
            kinds += inner_kinds
        return kinds, marks
    return [annotation], marks


def _own_texts(part: Part, place: str) -> Iterator[Prose]:
    for field in _fields(type(part)):
        value = getattr(part, field.name)
        here = f"{place}.{field.name}" if place else field.name
        many = isinstance(value, tuple)
        for number, item in enumerate(value if many else (value,), start=1):
            where = f"{here}[{number}]" if many else here
            if isinstance(item, Part):
                yield from _own_texts(item, where)
            elif field.holds_text and isinstance(item, str) and item.strip():
                yield Prose(
                    where, item, field.title, field.help, field.sentence, field.caption, field.notation, field.advised
                )


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
