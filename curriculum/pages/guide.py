"""The outline of a document: its parts in their order, each with what it has to say; and why it comes or does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from curriculum.artifacts.base import GENRES, Artifact, Part, derived_of
from curriculum.pages.page import Page, designed


@dataclass(frozen=True)
class OutlinePart:
    """One part of a document."""

    label: str
    asks: str
    """What it has to say; blank where the label says it."""
    holds: tuple[str, ...]
    """What each of its entries holds, where it has some."""


def parts_of(model: type[Artifact]) -> tuple[OutlinePart, ...]:
    """The parts of a document that somebody writes, in their order."""
    found = []
    for name, info in model.model_fields.items():
        if derived_of(info):
            continue
        inner = _part_in(info.annotation)
        holds = () if inner is None else tuple(
            field.title or inner_name.replace("_", " ").capitalize()
            for inner_name, field in inner.model_fields.items()
            if not derived_of(field)
        )  # fmt: skip
        found.append(OutlinePart(info.title or name.replace("_", " ").capitalize(), info.description or "", holds))
    return tuple(found)


def outline_page(model: type[Artifact], why: str, *, folded: bool, links: Sequence[tuple[str, str]] = ()) -> Page:
    """The outline, open or folded, with a sentence on why; `links` lead to own documents of its genre (words, path)."""
    parts = parts_of(model)
    lines = [why, ""] if folded else [why, "", *(_line(part) for part in parts)]
    lines += ["", *(f"- [{words}]({path})" for words, path in links)] if links else []
    html = designed("guide.html", why=why, parts=parts, folded=folded, links=links, title=model.title)
    return Page("\n".join(lines).strip(), html)


def genre_words(model: type[Artifact]) -> str:
    """What a document of this genre is called: "plan", or its own title."""
    title = model.title if model.title[:2].isupper() else model.title[:1].lower() + model.title[1:]
    return GENRES.get(model.genre, "") or title


def _line(part: OutlinePart) -> str:
    holds = f" Each: {', '.join(part.holds)}." if part.holds else ""
    return f"- **{part.label}**{f': {part.asks}' if part.asks else ''}{holds}"


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part_in(inner))), None)
