"""What a release's documents say, as the kind of value that is expected: anything else counts as nothing said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from curriculum.artifacts import yaml_text

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def front_matter(text: str) -> Mapping[str, Any]:
    match = _FRONT_MATTER.match(text)
    try:
        data = yaml_text.parse(match.group(1)).data if match else {}
    except yaml_text.NotYaml:
        return {}
    return data if isinstance(data, dict) else {}


def rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def words(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def of(group: Any, name: str) -> str:
    return str(group.get(name, "")) if isinstance(group, dict) else ""


def whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
