"""What a form asks for: an artifact model as plain JSON, with the choices that the case offers."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Collection, Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from curriculum.artifacts.base import Artifact, Long, Part, Pick, derived_of
from curriculum.cases.base import Fact, Person, Registry

ONE_LINE = 300
"""Texts that may be longer than this get a box of several lines."""

FEW = 4
"""At most so many choices, if their words are short, are shown side by side; more make a list to open."""

UNUSUAL = {"person": "people", "why": "whys"}
"""Plurals that no rule gives."""

Spec = dict[str, Any]


def form_spec(model: type[Artifact]) -> Spec:
    """The form of an artifact model, as plain JSON.

    `fields` in order, each with `name`, `label`, `help` and `type`, one of: text, long, number, integer, date,
    datetime, time, choice, flag, pick (one id of `kind`), picks (several), choices, list (of plain `item`s),
    group (of `fields`) and groups (repeatable, of `fields`). `sections` name the fields that are shown together.
    A field that nobody types says in `derived` where it comes from, and is only shown.
    A field with json_schema_extra={"hidden": True} is left out; {"section": "Title"} begins a section;
    {"labels": {value: words}} names the values of a choice.
    """
    fields = _fields(model)
    return {
        "kind": model.kind,
        "title": model.title,
        "about": _about(model),
        "fields": fields,
        "sections": _sections(model, fields),
        "max_words": getattr(model, "max_words", 0),
    }


def options(spec: Spec, registry: Registry, known: Collection[str] | None = None) -> dict[str, list[dict[str, Any]]]:
    """What can be picked, by kind of id: label and note for each entry that the learner may name.

    Of the facts that people hold, only those in `known` are offered; None offers all.
    """
    offered: dict[str, list[dict[str, Any]]] = {}
    for kind in kinds(spec["fields"]):
        offered[kind] = [
            _option(entry)
            for entry in registry.entries(kind).values()
            if not (isinstance(entry, Fact) and entry.held_by and known is not None and entry.id not in known)
        ]
    return offered


def kinds(fields: list[Spec]) -> list[str]:
    """The kinds of ids that a form asks for, each once."""
    found: dict[str, None] = {}
    for field in fields:
        if "kind" in field:
            found[field["kind"]] = None
        found.update(dict.fromkeys(kinds(field.get("fields", []))))
    return list(found)


def field_at(fields: list[Spec], path: Collection[str]) -> Spec:
    """The field at a path such as ("metrics", "k3", "name"), where "k3" names an item; raises KeyError."""
    names = [step for step in path if not is_key(step)]
    field: Spec = {"fields": fields}
    for name in names:
        field = next((inner for inner in field.get("fields", []) if inner["name"] == name), {})
        if not field:
            raise KeyError(name)
    if not names:
        raise KeyError("no field")
    return field


def derived_at(fields: list[Spec], path: Collection[str]) -> str:
    """Where the value at a path comes from, if it or something around it is derived; else nothing."""
    steps = [step for step in path if not is_key(step)]
    around = (field_at(fields, steps[: length + 1]).get("derived", "") for length in range(len(steps)))
    return next(filter(None, around), "")


def is_key(step: str) -> bool:
    """Whether a step of a path names an item of a list rather than a field."""
    return step.startswith("#")


def own_words(fields: list[Spec], data: Mapping[str, Any]) -> Iterator[str]:
    """Every text in the data that the learner wrote in words of their own, without what was picked."""
    for field in fields:
        value = data.get(field["name"])
        if field["type"] in ("text", "long") and isinstance(value, str):
            yield value
        elif field["type"] == "list" and isinstance(value, list):
            yield from (item for item in value if isinstance(item, str))
        elif field["type"] == "group" and isinstance(value, dict):
            yield from own_words(field["fields"], value)
        elif field["type"] == "groups" and isinstance(value, list):
            for item in value:
                yield from own_words(field["fields"], item)


def _fields(model: type[Part]) -> list[Spec]:
    return [_field(name, info) for name, info in model.model_fields.items() if not _extra(info).get("hidden")]


def _field(name: str, info: FieldInfo) -> Spec:
    label = info.title or _words(name)
    shape = _shape(info.annotation, list(info.metadata), _extra(info))
    blank = info.get_default(call_default_factory=True)
    plain = {"blank": blank} if isinstance(blank, str | int | float | None) else {}
    derived = derived_of(info)
    how = {"derived": derived.how if derived else ""}
    return {"name": name, "label": label, "help": info.description or "", **how, **plain, **shape}


def _shape(annotation: Any, marks: list[Any], extra: Mapping[str, Any]) -> Spec:
    """The type of a field and what belongs to it, from its annotation and the marks beside it."""
    if get_origin(annotation) is Annotated:
        annotation, *inner = get_args(annotation)
        marks = [*inner, *marks]
    inner_types = [each for each in get_args(annotation) if each is not NoneType]
    if get_origin(annotation) in (Union, UnionType):
        if len(inner_types) == 1 and inner_types[0] is bool:
            return {"type": "choice", "style": "segments", "options": _yes_or_no()}
        return _shape(inner_types[0], marks, extra)
    pick = next((mark for mark in marks if isinstance(mark, Pick)), None)
    most = next((mark.max_length for mark in marks if getattr(mark, "max_length", None)), None)
    if get_origin(annotation) is tuple:
        return _list_shape(inner_types[0], pick, most, extra)
    if get_origin(annotation) is Literal:
        return _choice(get_args(annotation), extra)
    if inspect.isclass(annotation) and issubclass(annotation, Part):
        return {"type": "group", "fields": _fields(annotation), "help_group": _about(annotation)}
    if pick:
        return {"type": "pick", "kind": pick.kind}
    if annotation is str:
        long = next((mark for mark in marks if isinstance(mark, Long)), None)
        if long or (most or ONE_LINE + 1) > ONE_LINE:
            return {"type": "long", "lines": long.lines if long else 3, "most": most}
        return {"type": "text", "most": most}
    simple = {bool: "flag", int: "integer", float: "number", dt.date: "date", dt.datetime: "datetime", dt.time: "time"}
    if annotation not in simple:
        raise TypeError(f"a form cannot ask for {annotation!r}")
    return {"type": simple[annotation]}


def _list_shape(item: Any, pick: Pick | None, most: int | None, extra: Mapping[str, Any]) -> Spec:
    shape = _shape(item, [pick] if pick else [], extra)
    if shape["type"] == "pick":
        return {**shape, "type": "picks", "most": most}
    if shape["type"] == "choice":
        return {**shape, "type": "choices", "most": most}
    if shape["type"] == "group":
        noun = item.noun or _words(item.__name__).lower()
        return {**shape, "type": "groups", "most": most, "noun": noun, "nouns": plural(noun)}
    return {"type": "list", "item": shape, "most": most}


def _choice(values: tuple[Any, ...], extra: Mapping[str, Any]) -> Spec:
    named = extra.get("labels", {})
    choices = [{"value": value, "label": str(named.get(value, _words(str(value))))} for value in values if value != ""]
    short = len(choices) <= FEW and sum(len(choice["label"]) for choice in choices) <= 48
    return {"type": "choice", "style": "segments" if short else "select", "options": choices}


def _yes_or_no() -> list[dict[str, Any]]:
    return [{"value": True, "label": "Yes"}, {"value": False, "label": "No"}]


def _sections(model: type[Artifact], fields: list[Spec]) -> list[Spec]:
    """Each group stands alone; plain fields that follow one another stand together."""
    sections: list[Spec] = []
    for field in fields:
        title = _extra(model.model_fields[field["name"]]).get("section")
        alone = field["type"] in ("group", "groups")
        if title or alone or not sections or sections[-1]["alone"]:
            sections.append({"title": title or "", "alone": alone and not title, "fields": []})
        sections[-1]["fields"].append(field["name"])
    labels = {field["name"]: field["label"] for field in fields}
    return [
        {
            "id": section["fields"][0],
            "title": section["title"] or _joined([labels[name] for name in section["fields"]]),
            "fields": section["fields"],
        }
        for section in sections
    ]


def _option(entry: Any) -> dict[str, Any]:
    note = entry.role if isinstance(entry, Person) else entry.note
    option = {"id": entry.id, "label": entry.label, "note": note}
    if isinstance(entry, Person):
        option |= {"initials": entry.initials, "hue": entry.hue}
    return option


def _extra(info: FieldInfo) -> Mapping[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _about(model: type[Part]) -> str:
    """The first paragraph of the class's docstring: what the thing is, in a sentence."""
    own = inspect.cleandoc(vars(model).get("__doc__") or "")
    return " ".join(own.split("\n\n")[0].split())


def _words(name: str) -> str:
    """An identifier in plain words: `p95_budget` and `MetricRow` become "P95 budget" and "Metric row"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return words[:1].upper() + words[1:].lower() if words else name


def plural(noun: str) -> str:
    """The plural of a countable noun: "entries", "hypotheses", "watches", "people"."""
    if noun in UNUSUAL:
        return UNUSUAL[noun]
    for ending, of_many in ((r"(?<=[^aeiou])y$", "ies"), (r"is$", "es"), (r"(?<=s|x|z)$|(?<=ch|sh)$", "es")):
        changed, found = re.subn(ending, of_many, noun)
        if found:
            return changed
    return f"{noun}s"


def _joined(labels: list[str]) -> str:
    if len(labels) == 1:
        return labels[0]
    shown = [labels[0], *(label[:1].lower() + label[1:] if label[1:2].islower() else label for label in labels[1:3])]
    return ", ".join(shown) + (" …" if len(labels) > 3 else "")
