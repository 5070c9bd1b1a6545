"""Design tokens: names with values or aliases, resolved, measured for contrast, and written as DTCG JSON.

The format is that of the Design Tokens Community Group, report 2025.10; it is a group report and no W3C standard.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ALIAS = re.compile(r"\{([^{}\s]+)\}")
_NAME = re.compile(r"[A-Za-z][\w-]*(\.[A-Za-z0-9][\w-]*)*")
_VALUES = {
    "color": (HEX, "a colour such as #a81f1f"),
    "duration": (re.compile(r"\d{1,6}(\.\d+)?(ms|s)"), "a time such as 200ms"),
    "dimension": (re.compile(r"\d{1,6}(\.\d+)?(px|rem)"), "a size such as 16px"),
}


class Token(Protocol):
    """What a token has to say of itself; the artifact of the design handoff does."""

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def value(self) -> str: ...


class TokenError(Exception):
    """A token cannot be used; the message is one sentence."""


@dataclass(frozen=True)
class Tokens:
    """Tokens whose names, types and values are sound."""

    values: Mapping[str, str]
    """The final value of each token, aliases followed."""
    raw: Mapping[str, Token]


def resolve(tokens: Iterable[Token]) -> Tokens:
    """Follow every alias; raises TokenError for names twice, aliases to nothing, circles and values of a wrong kind."""
    raw: dict[str, Token] = {}
    for token in tokens:
        if not _NAME.fullmatch(token.name):
            raise TokenError(f"“{token.name:.40}” is no name of a token; write it like color.alarm.")
        if token.name in raw:
            raise TokenError(f"There are two tokens {token.name:.40}.")
        raw[token.name] = token
    groups = {name.rsplit(".", depth)[0] for name in raw for depth in range(1, name.count(".") + 1)}
    if both := sorted(groups & raw.keys()):
        raise TokenError(f"{both[0]:.40} is both a token and a group of tokens.")
    return Tokens({name: _follow(name, raw) for name in raw}, raw)


def _follow(name: str, raw: Mapping[str, Token]) -> str:
    seen, at = [name], name
    while alias := _ALIAS.fullmatch(raw[at].value):
        target = alias.group(1)
        if target not in raw:
            raise TokenError(f"{at:.40} points to {target:.40}, which there is not.")
        if target in seen:
            raise TokenError(f"{' → '.join([*seen, target])[:120]}: the aliases go in a circle.")
        if raw[target].type != raw[name].type:
            raise TokenError(
                f"{name:.40} is a {raw[name].type or 'blank'} and points to a {raw[target].type or 'blank'}."
            )
        seen.append(target)
        at = target
    form, words = _VALUES.get(raw[at].type, (None, ""))
    if form is None:
        raise TokenError(f"{at:.40} has no type.")
    if not form.fullmatch(raw[at].value):
        raise TokenError(f"{at:.40} has the value “{raw[at].value:.40}”, and a {raw[at].type} needs {words}.")
    return raw[at].value


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as #a81f1f, from 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def dtcg_json(tokens: Tokens) -> str:
    """The tokens as DTCG JSON: groups by the dots in their names, `$type` and `$value` in each token."""
    tree: dict[str, Any] = {}
    for name, token in tokens.raw.items():
        *groups, last = name.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[last] = {"$type": token.type, "$value": _value(token)}
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def _value(token: Token) -> Any:
    if _ALIAS.fullmatch(token.value):
        return token.value
    if token.type == "color":
        parts = [int(token.value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        return {"colorSpace": "srgb", "components": [round(part, 4) for part in parts], "hex": token.value.lower()}
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", token.value).groups()  # type: ignore[union-attr]
    return {"value": float(number), "unit": unit}
