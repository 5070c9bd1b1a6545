"""Fields that nobody types: stripped from what learners send, worked out from the case and the other artifacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from curriculum.artifacts.base import Artifact, Part, derived_of
from curriculum.artifacts.cells import shapes
from curriculum.artifacts.places import value_at, words_at
from curriculum.cases import Case

Derive = Callable[[Case, Mapping[str, Artifact]], Mapping[str, Any]]
"""From a case and the artifacts by kind, one's own among them, to values by place, as `states[2].example`.

Its own artifact is there, other artifacts only if the learner has written them. What cannot be said yet is left out.
"""


class NotDerived(Exception):
    """A function gives a value for a place that is not declared as derived, or one that does not fit."""


def completed(
    artifacts: Mapping[str, Artifact], derives: Mapping[str, Derive], case: Case
) -> tuple[dict[str, Artifact], tuple[str, ...]]:
    """The artifacts with their derived fields filled, and a sentence for each typed value that is not read.

    Blank artifacts, whose derived fields say nothing of the learner, are left out. What cannot be worked out stays
    blank and is said as well: a lesson that is broken here must not cost a learner anything.
    """
    own = {kind: stripped(artifact) for kind, artifact in artifacts.items()}
    written = {kind: artifact for kind, artifact in own.items() if not artifact.is_blank()}
    done: dict[str, Artifact] = {}
    notes: list[str] = []
    for kind, artifact in artifacts.items():
        complete, told = completed_one(artifact, derives.get(kind), case, written)
        notes += told
        if kind in written:
            done[kind] = complete
    return done, tuple(notes)


def completed_one(
    artifact: Artifact, derive: Derive | None, case: Case, others: Mapping[str, Artifact]
) -> tuple[Artifact, tuple[str, ...]]:
    """One artifact, even a blank one, with its derived fields filled, and what is to be said about it."""
    own = stripped(artifact)
    try:
        done = filled(own, derive, case, {**others, artifact.kind: own})
    except Exception as error:  # as with criteria, what fails here is said and never breaks the learner's work
        return own, (
            f"{artifact.title}: what is carried over could not be worked out ({type(error).__name__}); that says "
            "nothing about your work. Please tell your instructor or open an issue.",
        )
    return done, tuple(typed_over(artifact, done))


def stripped(artifact: Artifact) -> Artifact:
    """The artifact without values in derived fields."""
    if not has_derived(type(artifact)):
        return artifact
    return type(artifact).model_validate(artifact.typed_data("python"))


def typed_over(artifact: Artifact, right: Artifact) -> Iterator[str]:
    """What a learner's file says in fields that nobody types, where it says something else than is so."""
    for place, how in derived_places(artifact):
        typed = value_at(artifact, place)
        if typed in (None, "", ()):
            continue
        if typed != value_at(right, place):
            name = words_at(type(artifact), place)
            yield f"{artifact.title}: “{name}” is not typed but {how}. What the file says there is not read."


def derived_places(part: Part, before: str = "") -> Iterator[tuple[str, str]]:
    """Every derived place of an artifact as it is now, with where its value comes from."""
    for name, shape in shapes(type(part)).items():
        place, value = f"{before}.{name}" if before else name, getattr(part, name)
        if shape.derived:
            yield place, shape.derived
        elif shape.sort == "group":
            yield from derived_places(value, place)
        elif shape.sort == "groups" and has_derived(shape.base):
            for number, item in enumerate(value, start=1):
                yield from derived_places(item, f"{place}[{number}]")


@cache
def has_derived(model: type[Part]) -> bool:
    """Whether anything in such a part is derived."""
    return any(
        derived_of(info) is not None or (shape.sort in ("group", "groups") and has_derived(shape.base))
        for info, shape in zip(model.model_fields.values(), shapes(model).values(), strict=True)
    )


def filled(artifact: Artifact, derive: Derive | None, case: Case, artifacts: Mapping[str, Artifact]) -> Artifact:
    """The artifact with what `derive` gives for it; raises `NotDerived`, and whatever the function raises."""
    if derive is None or not has_derived(type(artifact)):
        return artifact
    values, declared = derive(case, artifacts), dict(derived_places(artifact))
    if strange := sorted(set(values) - declared.keys()):
        raise NotDerived(f"{artifact.kind}: {strange[0]} is not declared as derived")
    data = artifact.model_dump()
    for place, value in values.items():
        _set(data, place, value)
    try:
        return type(artifact).model_validate(data)
    except ValueError as error:
        raise NotDerived(f"{artifact.kind}: what is derived does not fit: {error}") from error


def _set(data: Any, place: str, value: Any) -> None:
    *way, last = place.split(".")
    for step in way:
        name, _, number = step.partition("[")
        data = data[name][int(number.rstrip("]")) - 1] if number else data[name]
    data[last] = value
