"""One value of a table, of pandas or numpy or plain, as a field of an artifact wants it; or why it does not fit."""

from __future__ import annotations

import datetime as dt
import decimal
import math
import numbers
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from curriculum.artifacts.base import Part, derived_of, pick_of
from curriculum.artifacts.reading import described, expected
from curriculum.artifacts.yaml_text import resolve

Offered = Callable[[str], Mapping[str, str]]
"""The ids that may be picked of a kind, each with its label."""

_NAMED = 8
"""So many choices are named in a sentence."""


class Misfit(Exception):
    """A value does not fit its field: what was found, and what was expected."""

    def __init__(self, found: str, wanted: str):
        super().__init__(f"found {found}; expected {wanted}")
        self.found, self.wanted = found, wanted


@dataclass(frozen=True)
class Shape:
    """What a field holds: one value, several, a group of fields, or a list of groups."""

    name: str
    title: str
    sort: Literal["one", "several", "group", "groups"]
    base: Any
    """The plain type of its values, a Literal, or the Part of its groups."""
    pick: str
    """The kind of id that is picked; blank for other fields."""
    labels: Mapping[str, str]
    """The words for the values of a choice."""
    most: int | None
    """The most items of a list."""
    derived: str
    """Where its value comes from, if nobody types it."""
    blank: Any
    """Its value where nothing is written, in plain JSON."""
    check: TypeAdapter[Any]

    @property
    def is_key(self) -> bool:
        """Whether its values say which row it is: ids and choices."""
        return self.sort == "one" and bool(self.pick or get_origin(self.base) is Literal)


@cache
def shapes(model: type[Part]) -> Mapping[str, Shape]:
    """The fields of a model by name."""
    return {name: _shape(name, info) for name, info in model.model_fields.items()}


def plain_value(shape: Shape, raw: Any, offered: Offered) -> Any:
    """A value as the field stores it, in plain JSON; blank where the cell is. Raises `Misfit`."""
    if shape.sort == "several":
        value: Any = [_one(shape, item, offered) for item in _items(raw)]
    else:
        value = _one(shape, raw, offered)
    if value is None:
        return shape.blank
    try:
        return shape.check.dump_python(shape.check.validate_python(value), mode="json")
    except ValidationError as error:
        detail = error.errors()[0]
        raise Misfit(found(raw), expected(detail["type"], detail)) from None


def found(raw: Any) -> str:
    """A value as a message names it."""
    raw = _plain(raw)
    if isinstance(raw, dt.datetime | dt.date | dt.time):
        return f"{raw.isoformat()} (a {'time' if isinstance(raw, dt.time) else 'date'})"
    return described(raw)


def is_blank(raw: Any) -> bool:
    """Whether a cell holds nothing: None, a blank text, or one of the marks for a missing value."""
    raw = _plain(raw)
    if raw is None or type(raw).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(raw, str):
        return not raw.strip()
    return isinstance(raw, numbers.Real | decimal.Decimal) and bool(raw != raw)


def _one(shape: Shape, raw: Any, offered: Offered) -> Any:
    if is_blank(raw):
        return None
    raw, base = _plain(raw), shape.base
    if shape.pick:
        return _among(raw, offered(shape.pick))
    if get_origin(base) is Literal:
        return _among(raw, {str(value): shape.labels.get(str(value), "") for value in get_args(base) if value != ""})
    return _READ[base](raw)


def _among(raw: Any, choices: Mapping[str, str]) -> str:
    """The id that a text names, by itself or by its label."""
    text = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    if text in choices:
        return text
    folded = text.casefold()
    named = [id for id, label in choices.items() if folded and folded in (id.casefold(), label.casefold())]
    if len(named) == 1:
        return named[0]
    shown = ", ".join(list(choices)[:_NAMED])
    more = f" and {len(choices) - _NAMED} more" if len(choices) > _NAMED else ""
    raise Misfit(found(raw), f"one of: {shown}{more}" if choices else "nothing, since there is nothing to pick yet")


def _text(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float | dt.date | dt.time):
        raise Misfit(found(raw), "text")
    return f"{raw:.12g}" if isinstance(raw, float) else raw.isoformat() if not isinstance(raw, int) else str(raw)


def _number(raw: Any) -> float:
    value = resolve(raw.strip()) if isinstance(raw, str) else raw
    if isinstance(value, bool) or not isinstance(value, numbers.Real | decimal.Decimal):
        raise Misfit(found(raw), "a number, written like 0.35")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Misfit(found(raw), "a finite number")
    return number


def _whole(raw: Any) -> int:
    number = _number(raw)
    if number != int(number):
        raise Misfit(found(raw), "a whole number")
    return int(number)


def _yes(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    words = {"true": True, "yes": True, "false": False, "no": False}
    if isinstance(raw, str) and raw.strip().lower() in words:
        return words[raw.strip().lower()]
    raise Misfit(found(raw), "true or false")


def _day(raw: Any) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, str) and isinstance(parsed := _iso(dt.datetime, raw), dt.datetime):
        return parsed.date()
    if isinstance(raw, dt.date):
        return raw
    raise Misfit(found(raw), "a date, written like 2026-05-18")


def _moment(raw: Any) -> dt.datetime:
    if isinstance(raw, str):
        raw = _iso(dt.datetime, raw) or raw
    if isinstance(raw, dt.datetime):
        return raw if raw.microsecond == 0 else raw.replace(microsecond=0)
    raise Misfit(found(raw), "a date and time, written like 2026-05-18T14:30")


def _time(raw: Any) -> dt.time:
    if isinstance(raw, str):
        raw = _iso(dt.time, raw) or raw
    if isinstance(raw, dt.datetime):
        raw = raw.time()
    if isinstance(raw, dt.time):
        return raw
    raise Misfit(found(raw), "a time of day, written like 14:30")


def _iso(kind: Any, text: str) -> Any:
    try:
        return kind.fromisoformat(text.strip())
    except ValueError:
        return None


_READ: Mapping[Any, Callable[[Any], Any]] = {
    str: _text, float: _number, int: _whole, bool: _yes, dt.date: _day, dt.datetime: _moment, dt.time: _time,
}  # fmt: skip


def _items(raw: Any) -> list[Any]:
    """The items of a cell that holds several values: a list, or names with commas between them."""
    if hasattr(raw, "tolist") and not isinstance(raw, str):
        raw = raw.tolist()
    if isinstance(raw, list | tuple):
        return [item for item in raw if not is_blank(item)]
    if isinstance(raw, set | frozenset):
        return sorted(raw, key=str)
    if is_blank(raw):
        return []
    if isinstance(raw, str):
        return [item.strip() for item in raw.split(",") if item.strip()]
    raise Misfit(found(raw), "a list")


def _plain(raw: Any) -> Any:
    """A scalar of numpy or pandas as Python's own; everything else as it is."""
    module = type(raw).__module__.partition(".")[0]
    if module == "numpy" and getattr(raw, "ndim", None) == 0:
        return raw.astype("datetime64[us]").item() if raw.dtype.kind == "M" else raw.item()
    if module == "pandas" and hasattr(raw, "to_pydatetime") and type(raw).__name__ == "Timestamp":
        return raw.to_pydatetime(warn=False)
    return raw


def _shape(name: str, info: FieldInfo) -> Shape:
    base, sort, most = _unwrapped(info.annotation), "one", None
    if get_origin(base) is tuple:
        base, sort = _unwrapped(get_args(base)[0]), "several"
        most = next((mark.max_length for mark in info.metadata if getattr(mark, "max_length", None)), None)
    if isinstance(base, type) and issubclass(base, Part):
        sort = "groups" if sort == "several" else "group"
    pick, derived, extra = pick_of(info), derived_of(info), info.json_schema_extra
    labels = extra.get("labels", {}) if isinstance(extra, dict) else {}
    wanted: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    check = TypeAdapter[Any](wanted)
    return Shape(
        name=name,
        title=info.title or name.replace("_", " ").capitalize(),
        sort=sort,  # type: ignore[arg-type]
        base=base,
        pick=pick.kind if pick else "",
        labels={key: str(words) for key, words in labels.items()} if isinstance(labels, dict) else {},
        most=most,
        derived=derived.how if derived else "",
        blank=check.dump_python(info.get_default(call_default_factory=True), mode="json"),
        check=check,
    )


def _unwrapped(annotation: Any) -> Any:
    """The type itself, without marks and without None."""
    if get_origin(annotation) is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _unwrapped(next(each for each in get_args(annotation) if each is not NoneType))
    return annotation
