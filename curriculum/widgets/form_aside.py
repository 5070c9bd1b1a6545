"""What a form's operation writes over, and how it is named where keys of items are not known."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.places import words_at
from curriculum.cases.base import Registry
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation
from curriculum.widgets.form_data import KEY, Data, Keys, Path, coerced, place_of, plain, rekeyed, value_at, with_value
from curriculum.widgets.form_spec import Spec, field_at, is_key

_AT = "@"
"""Before the position of an item, where a path is to outlive its keys: "@0" is the first."""


def replaced(
    spec: Spec, model: type[Artifact], registry: Registry, data: Data, operation: Operation
) -> Replaced | None:
    """What a "set" or a "remove" writes over; raises LookupError where a form knows no such place."""
    if operation["op"] not in ("set", "remove"):
        return None
    removes, path = operation["op"] == "remove", tuple(operation["path"])
    place = field_at(spec["fields"], path)
    path = (*path, operation["key"]) if removes else path
    wanted = None if removes else coerced(place, operation["value"])
    words = "" if removes else in_words(place, wanted, registry)
    try:
        stands = plain(value_at(data, path))
    except LookupError:
        return None if removes else Replaced(place["label"], None, wanted, words, gone=True)

    def usual(value: Any) -> Any:
        item = {**value, KEY: path[-1]} if removes and isinstance(value, dict) else coerced(place, value)
        try:
            artifact = model.model_validate(plain(with_value(data, path, item)))
        except ValidationError:
            return value
        return plain(value_at(rekeyed(artifact.model_dump(mode="json"), with_value(data, path, item), Keys()), path))

    label = words_at(model, place_of(data, path))
    refusal = f"{label} was changed elsewhere meanwhile, so it is still there. Look at it before you remove it."
    return Replaced(label, stands, wanted, words, usual, refusal=refusal if removes else "")


def in_words(place: Spec, value: Any, registry: Registry) -> str:
    """A value of a field as people read it; blank where nothing is written."""
    if isinstance(value, list):
        return "\n".join(in_words(place.get("item") or {"type": ""}, each, registry) for each in value)
    if value is None or value == "":
        return ""
    if isinstance(value, bool) and place["type"] == "flag":
        return "Ticked" if value else "Not ticked"
    if place["type"] == "choice":
        return next((str(one["label"]) for one in place["options"] if one["value"] == value), str(value))
    return registry.label(place["kind"], str(value)) if place["type"] == "pick" else str(value)


def portable(data: Data, operation: Operation) -> Operation | None:
    """An operation with positions in place of keys; None where an item is not there."""
    try:
        path = _turned(data, operation["path"])
    except LookupError:
        return None
    return {**operation, "path": list(path)}


def here(data: Data, operation: Operation) -> Operation | None:
    """An operation that was made portable, with the keys of this data; None where an item is not there."""
    path: list[str] = []
    at: Any = data
    for step in operation["path"]:
        try:
            at = at[int(step[1:])] if step.startswith(_AT) else at[step]
            path.append(at[KEY] if step.startswith(_AT) else step)
        except (LookupError, TypeError, ValueError):
            return None
    return {**operation, "path": path}


def _turned(data: Any, path: Any) -> Path:
    turned: list[str] = []
    for step in path:
        if is_key(step):
            index = next((i for i, item in enumerate(data) if item.get(KEY) == step), None)
            if index is None:
                raise LookupError(step)
            data = data[index]
            turned.append(f"{_AT}{index}")
        else:
            data = data[step]
            turned.append(step)
    return tuple(turned)
