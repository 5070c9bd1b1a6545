"""A form's content as plain data whose list items have keys, and what can be done to it.

Items are addressed by key and never by position, so an operation from one tab finds its item although another tab
has moved or removed the ones before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from curriculum.artifacts.yaml_text import resolve
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.form_spec import Spec, derived_at, field_at, is_key

KEY = "#"
"""Under this name every item of a repeatable group has its key; no field can have such a name."""

Data = dict[str, Any]
Path = tuple[str, ...]
"""Names of fields and keys of items from the top, such as ("metrics", "#3", "name")."""

GONE = "That part is not there any more; it was removed in another tab."


@dataclass
class Keys:
    """Hands out item keys that this form has not used yet."""

    _numbers: Iterator[int] = field(default_factory=count)

    def new(self) -> str:
        return f"{KEY}{next(self._numbers)}"


def plain(data: Any) -> Any:
    """The data without keys."""
    if isinstance(data, dict):
        return {name: plain(value) for name, value in data.items() if name != KEY}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data


def keyed(data: Any, like: Any, keys: Keys) -> Any:
    """The data with a key for every item; items keep the key that they, or the item in their place, have in `like`."""
    if isinstance(data, dict):
        old = like if isinstance(like, dict) else {}
        return {name: keyed(value, old.get(name), keys) for name, value in data.items()}
    if not isinstance(data, list):
        return data
    if not any(isinstance(item, dict) for item in data):
        return list(data)
    rest = [item for item in like if isinstance(item, dict)] if isinstance(like, list) else []
    twins: list[Any] = []
    for item in data:
        twin = next((old for old in rest if plain(old) == item), None)
        rest = [old for old in rest if old is not twin]
        twins.append(twin)
    left = iter(rest)
    pairs = [(item, twin if twin is not None else next(left, None)) for item, twin in zip(data, twins, strict=True)]
    return [{**keyed(item, twin, keys), KEY: twin[KEY] if twin else keys.new()} for item, twin in pairs]


def rekeyed(data: Any, like: Any, keys: Keys) -> Any:
    """The data with the keys of `like`, which has the same items at the same places."""
    if isinstance(data, dict):
        old = like if isinstance(like, dict) else {}
        fresh = {name: rekeyed(value, old.get(name), keys) for name, value in data.items()}
        return {**fresh, KEY: old[KEY]} if KEY in old else fresh
    if not isinstance(data, list) or not any(isinstance(item, dict) for item in data):
        return data
    olds = [*like, *[None] * len(data)] if isinstance(like, list) else [None] * len(data)
    return [
        {**rekeyed(item, old, keys), KEY: old[KEY] if isinstance(old, dict) and KEY in old else keys.new()}
        for item, old in zip(data, olds, strict=False)
    ]


@dataclass(frozen=True)
class Edit:
    """The data after an operation, the path that it touched, what to say, and the operation that takes it back."""

    data: Data
    path: Path
    said: str
    undo: Operation


def edit(spec: Spec, data: Data, operation: Operation, keys: Keys) -> Edit:
    """The data after `operation`; raises `Stale` with one sentence where it does not fit the data.

    {"op": "set", "path", "value"} · {"op": "pick", "path", "id", "on"} · {"op": "add", "path", "key"?, "item"?,
    "index"?} · {"op": "remove", "path", "key"} · {"op": "shift", "path", "key", "by": 1 or −1} · {"op": "replace",
    "path", "value", "was"}, where "was" is what must still stand there
    A "from" lists the values that the author of a "set" or a "remove" may have seen: see `FileWidget`.
    """
    change = _EDITS.get(str(operation.get("op")))
    path = operation.get("path")
    if change is None or not isinstance(path, list | tuple) or not all(isinstance(step, str) for step in path):
        raise Stale("This form does not know that operation; run the cell above again.")
    try:
        place = field_at(spec["fields"], path)
        if how := derived_at(spec["fields"], path):
            raise Stale(f"{place['label']} is not typed; it is {how}.")
        return change(place, data, tuple(path), operation, keys)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise Stale(GONE) from None


def value_at(data: Any, path: Sequence[str]) -> Any:
    """The value at a path; raises LookupError where there is none."""
    for step in path:
        data = _item(data, step) if is_key(step) else data[step]
    return data


def path_of(data: Any, place: str) -> Path:
    """The path of a place such as `metrics[2].name`; raises LookupError where an item is not there."""
    path: list[str] = []
    for step in place.split("."):
        name, _, number = step.partition("[")
        path.append(name)
        data = data[name]
        if number:
            data = data[int(number.rstrip("]")) - 1]
            path.append(data[KEY])
    return tuple(path)


def place_of(data: Any, path: Sequence[str]) -> str:
    """The place of a path, the other way round; raises LookupError where an item is not there."""
    place = ""
    for step in path:
        if is_key(step):
            item = _item(data, step)
            place += f"[{next(i for i, each in enumerate(data, start=1) if each is item)}]"
            data = item
        else:
            place += f".{step}" if place else step
            data = data[step]
    return place


def with_value(data: Any, path: Sequence[str], value: Any) -> Any:
    """The data with another value at a path; raises LookupError where there is no such place."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if is_key(step):
        found = _item(data, step)
        return [with_value(item, rest, value) if item is found else item for item in data]
    if not rest:
        return {**data, step: value}
    return {**data, step: with_value(data[step], rest, value)}


def coerced(place: Spec, raw: Any) -> Any:
    """What a control holds, as the value that the field wants; what cannot be that stays as it is, to be told."""
    kind = place["type"]
    if kind in ("number", "integer", "date", "datetime", "time") and isinstance(raw, str):
        text = raw.strip()
        value = resolve(text) if kind in ("number", "integer") else text
        return place.get("blank") if text == "" else value
    if kind == "list" and isinstance(raw, list):
        return [coerced(place["item"], item) for item in raw if item not in ("", None)]
    return raw


def _set(place: Spec, data: Data, path: Path, operation: Operation, keys: Keys) -> Edit:
    if place["type"] in ("group", "groups", "picks", "choices"):
        raise KeyError(path)
    old, new = value_at(data, path), coerced(place, operation["value"])
    undo = {"op": "set", "path": path, "value": old, "from": [new]}
    return Edit(with_value(data, path, new), path, f"{place['label']} changed.", undo)


def _pick(place: Spec, data: Data, path: Path, operation: Operation, keys: Keys) -> Edit:
    id, wanted, old = operation["id"], bool(operation["on"]), value_at(data, path)
    if place["type"] not in ("picks", "choices"):
        raise KeyError(path)
    new = [each for each in old if each != id]
    if wanted:
        new.insert(operation.get("index", len(new)) if id not in old else old.index(id), id)
    undo = {"op": "pick", "path": path, "id": id, "on": id in old}
    if id in old:
        undo["index"] = old.index(id)
    said = f"{place['label']}: {len(new)} picked."
    return Edit(with_value(data, path, new), path, said, undo)


def _add(place: Spec, data: Data, path: Path, operation: Operation, keys: Keys) -> Edit:
    items, key = _items(place, data, path), operation.get("key")
    if place["most"] and len(items) >= place["most"]:
        raise Stale(f"{place['label']}: there can be at most {place['most']}.")
    if not isinstance(key, str) or not is_key(key) or len(key) > 40 or any(item[KEY] == key for item in items):
        key = keys.new()
    index = max(0, min(int(operation.get("index", len(items))), len(items)))
    item = {**(operation.get("item") or {}), KEY: key}
    said = f"{_number(place, index)} added."
    undo = {"op": "remove", "path": path, "key": key, "from": [plain(item)]}
    return Edit(with_value(data, path, [*items[:index], item, *items[index:]]), (*path, key), said, undo)


def _remove(place: Spec, data: Data, path: Path, operation: Operation, keys: Keys) -> Edit:
    items = _items(place, data, path)
    item = _item(items, operation["key"])
    index = items.index(item)
    said = f"{_number(place, index)} removed."
    undo = {"op": "add", "path": path, "key": item[KEY], "index": index, "item": item}
    rest = [each for each in items if each is not item]
    return Edit(with_value(data, path, rest), (*path, item[KEY]), said, undo)


def _shift(place: Spec, data: Data, path: Path, operation: Operation, keys: Keys) -> Edit:
    items, by = _items(place, data, path), operation["by"]
    if by not in (1, -1):
        raise ValueError(by)
    item = _item(items, operation["key"])
    index = next(i for i, each in enumerate(items) if each is item)
    to = max(0, min(len(items) - 1, index + by))
    rest = [each for each in items if each is not item]
    undo = {**operation, "by": -by}
    said = f"{_number(place, index)} is now number {to + 1}."
    return Edit(with_value(data, path, [*rest[:to], item, *rest[to:]]), (*path, item[KEY]), said, undo)


def _replace(place: Spec, data: Data, path: Path, operation: Operation, keys: Keys) -> Edit:
    old = value_at(data, path)
    if plain(old) != plain(operation["was"]):
        raise Stale(f"{place['label']} has been changed since; it is left as it is.")
    new = keyed(plain(operation["value"]), old, keys)
    if isinstance(old, dict) and KEY in old:
        new = {**new, KEY: old[KEY]}
    undo = {"op": "replace", "path": path, "value": old, "was": plain(new)}
    return Edit(with_value(data, path, new), path, f"{place['label']} changed.", undo)


_EDITS: dict[str, Callable[[Spec, Data, Path, Operation, Keys], Edit]] = {
    "set": _set,
    "pick": _pick,
    "add": _add,
    "remove": _remove,
    "shift": _shift,
    "replace": _replace,
}


def _items(place: Spec, data: Data, path: Path) -> list[Data]:
    if place["type"] != "groups":
        raise KeyError(path)
    items: list[Data] = value_at(data, path)
    return items


def _item(items: Any, key: str) -> Any:
    found = next((item for item in items if isinstance(item, dict) and item.get(KEY) == key), None)
    if found is None:
        raise KeyError(key)
    return found


def _number(place: Spec, index: int) -> str:
    return f"{place['noun'].capitalize()} {index + 1}"
