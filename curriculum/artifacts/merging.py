"""What becomes of a value that two people replace at the same time: nothing that one of them wrote is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def _as_is(value: Any) -> Any:
    return value


def loses(stands: Any, begun: Iterable[Any], wanted: Any, usual: Callable[[Any], Any] = _as_is) -> bool:
    """Whether writing `wanted` over what `stands` there would lose something that its author never saw.

    `begun` are the values that the author began from: what was shown, and what they sent since without an answer.
    `usual` brings a value into the form that its writer gives it (a number typed as text, a time with seconds).
    Nothing is lost where there is nothing, where it is what the author began from, and where it is wanted anyway.
    """
    known = [*begun, wanted]
    if is_nothing(stands) or any(alike(stands, each) for each in known):
        return False
    stands = usual(stands)
    return not any(alike(stands, usual(each)) for each in known)


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same: kinds of nothing do, line ends and spaces at ends of lines do not count."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _lines(one) == _lines(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return all(alike(one.get(name), other.get(name)) for name in {*one, *other})
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    return bool(one == other) or (is_nothing(one) and is_nothing(other))


def is_nothing(value: Any) -> bool:
    """Whether nothing is written there."""
    return value is None or (isinstance(value, str | list | tuple | dict) and not value) or (
        isinstance(value, str) and not value.strip()
    )  # fmt: skip


def both(stands: str, mine: str) -> str:
    """Two texts one below the other, the one that stands there first; where one holds the other, that one."""
    first, second = "\n".join(_lines(stands)), "\n".join(_lines(mine))
    if second in first:
        return first
    return second if first in second else f"{first}\n\n{second}"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")]
