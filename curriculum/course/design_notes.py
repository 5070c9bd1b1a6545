"""What a lesson's source/design.md lays down for proofs: the order of harm, and what law or physics decides."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"`([^`]+)`")
HARM, DECIDED = "Order of harm", "Decided by law or physics"
COMPLETENESS = "Gates for completeness:"


@dataclass(frozen=True)
class Harm:
    """The order of harm: groups of near-misses, the worst first, and gates that ask for completeness alone."""

    groups: tuple[tuple[str, ...], ...]
    completeness: frozenset[str]


def section(design: str, heading: str) -> str:
    """The text under a heading of the second level; raises LookupError with a sentence where there is none."""
    parts = re.split(r"^## +(.+?) *$", design, flags=re.MULTILINE)
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        if title.casefold() == heading.casefold():
            return text
    raise LookupError(f"design.md has no section “{heading}”.")


def order_of_harm(design: str) -> Harm:
    """The numbered lines of the section: ids of near-misses in code marks; raises LookupError where it is absent."""
    lines = section(design, HARM).splitlines()
    groups = [tuple(_CODE.findall(line)) for line in lines if re.match(r"\d+\. ", line)]
    gates = [id for line in lines if line.startswith(COMPLETENESS) for id in _CODE.findall(line)]
    return Harm(tuple(groups), frozenset(gates))


def decided_by_law(design: str) -> tuple[str, ...]:
    """Places, with `*` for any part of one, whose right choice is the same in every world; none where the section
    is absent."""
    try:
        text = section(design, DECIDED)
    except LookupError:
        return ()
    return tuple(place for line in text.splitlines() if line.startswith("- ") for place in _CODE.findall(line))
