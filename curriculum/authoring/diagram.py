"""A conversation as a picture for reviewers, and the schemas by which editors check what authors type."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from curriculum.authoring.soundness import Soundness, told
from curriculum.course.fixtures import NearMiss
from curriculum.course.lesson_plan import LessonPlan
from curriculum.roleplay.read_back_words import ReadBackWords
from curriculum.roleplay.script import Choice, Effect, Script
from curriculum.support.files import write_whole

SCHEMAS = Path(__file__).parent / "schemas"
"""Where the JSON Schemas are; the skeleton's files point to them."""


def mermaid(script: Script) -> str:
    """The graph of a conversation in Mermaid's language, which GitHub and JupyterLab draw."""
    lines = ["flowchart TD"]
    for remark in script.brings_up:
        told = ", ".join([f"{remark.id} if {remark.when}", *(f"learn {fact}" for fact in remark.learn)])
        lines.append(f'  by_{remark.id}{{{{"{_quoted(told, 90)}<br/>{_quoted(remark.says[0].text)}"}}}}')
        lines += [f"  by_{remark.id} -.-> at_{node}" for node in remark.at]
    for name, node in script.nodes.items():
        said = node.ending.title if node.ending else (node.says[0].text if node.says else name)
        text = f"{name}<br/>{_quoted(said)}"
        lines.append(f'  at_{name}(["{text}"])' if node.ending else f'  at_{name}["{text}"]')
    for name, node in script.nodes.items():
        for choice in node.choices:
            for outcome, effect in zip((*choice.outcomes, None), choice.effects, strict=True):
                words = _effect(choice, effect, outcome.when if outcome else "")
                lines.append(f'  at_{name} -->|"{_quoted(words, 90)}"| at_{effect.to}')
    return "\n".join(lines) + "\n"


def _effect(choice: Choice, effect: Effect, when: str) -> str:
    parts = [choice.id, *([f"when {when}"] if when else []), f"{choice.minutes} min"]
    parts += [f"{person} {change:+d}" for person, change in effect.trust.items()]
    parts += [f"learn {fact}" for fact in effect.learn]
    parts += [f"does {action}" for action in effect.does]
    parts += [f"if {choice.needs}"] if choice.needs else []
    return ", ".join(parts)


def _quoted(text: str, most: int = 60) -> str:
    short = " ".join(re.sub(r"\{\{.*?\}\}", "…", text).split())
    short = short if len(short) <= most else f"{short[: most - 1]}…"
    return short.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def endings_table(soundness: Soundness) -> list[tuple[str, ...]]:
    """How each ending is reached, as rows of words: ending, turns, trust, facts, minutes left, shortest way."""
    rows: list[tuple[str, ...]] = []
    for ending in soundness.endings:
        fewest, most = ending.turns
        trust = ", ".join(f"{person} {_span(*span)}" for person, span in ending.trust.items())
        turns = f"{fewest} or more" if most is None else _span(fewest, most)
        span = _span(*ending.facts), _span(*ending.minutes_left)
        rows.append((ending.title, turns, trust, *span, told(ending.path)))
    return rows


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def schemas() -> dict[str, str]:
    """The JSON Schemas of the YAML files that authors write, by file name."""
    models: dict[str, TypeAdapter[Any]] = {
        "roleplay.json": TypeAdapter(Script),
        "read_back.json": TypeAdapter(ReadBackWords),
        "near_misses.json": TypeAdapter(tuple[NearMiss, ...]),
        "lesson.json": TypeAdapter(LessonPlan),
    }
    return {
        name: json.dumps(model.json_schema(by_alias=True), indent=2, sort_keys=True) + "\n"
        for name, model in models.items()
    }


def write_schemas() -> None:
    """Bring the schema files up to date; raises FileRefused where they cannot be written."""
    for name, text in schemas().items():
        path = SCHEMAS / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_whole(path, text)
