"""The text that an editor begins with: every field of an artifact, blank, with its meaning as a comment."""

from __future__ import annotations

from typing import Any, get_args

from curriculum.artifacts.base import Artifact, Part, derived_of, pick_of


def starter(model: type[Artifact]) -> str:
    """A YAML text of blank fields; read back, it is a blank artifact. Groups show one item as a comment."""
    lines = [f"# {model.title}. Fill what you know, save, and run the check in the notebook.", ""]
    return "\n".join(lines + _fields(model, "")) + "\n"


def _fields(model: type[Part], indent: str) -> list[str]:
    lines: list[str] = []
    for name, info in model.model_fields.items():
        if derived := derived_of(info):
            lines.append(f"{indent}# {info.title or name}: not typed, {derived.how}")
            continue
        pick = pick_of(info)
        words = [info.title or name, f"an id of {pick.kind}" if pick else "", info.description or ""]
        lines.append(f"{indent}# {'; '.join(word for word in words if word)}")
        inner = _part_in(info.annotation)
        if inner is None:
            lines.append(f"{indent}{name}:")
        elif isinstance(info.annotation, type):
            lines += [f"{indent}{name}:", *_fields(inner, indent + "  ")]
        else:
            item = _fields(inner, "")
            lines += [f"{indent}{name}:", *(f"{indent}#  {'-' if row == 0 else ' '} {line}" for row, line in
                                           enumerate(line for line in item if not line.startswith("#")))]  # fmt: skip
    return lines


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part_in(inner))), None)
