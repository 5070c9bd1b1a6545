"""What alarms found, and how often they rang for nothing, beside the troubles that there were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """Something that goes wrong in one part for some days."""

    part: str
    began: int
    lasts: int
    in_time: int
    """Days within which it has to be found."""
    kind: str = ""


@dataclass(frozen=True)
class Judged:
    """A run of alarms beside its troubles."""

    delays: tuple[int | None, ...]
    """Days until each trouble was found; None where it was not."""
    in_time: int
    false: tuple[tuple[int, str], ...]
    """Day and part of each alarm that meant nothing."""
    true: tuple[tuple[int, str], ...]

    @property
    def found(self) -> int:
        return sum(delay is not None for delay in self.delays)


def judged(rung: Mapping[str, Sequence[int]], troubles: Sequence[Trouble], grace: int) -> Judged:
    """What alarms by part found. An alarm is true while a trouble of its part, or what it left in the window (`grace`
    days), lasts; the part "" stands for all parts together. Repeats count neither way."""
    delays: list[int | None] = []
    first: set[tuple[int, str]] = set()
    for trouble in troubles:
        meant = [(day, part) for part, days in rung.items() if part in ("", trouble.part) for day in days
                 if trouble.began <= day <= trouble.began + trouble.lasts]  # fmt: skip
        delays.append(min(meant)[0] - trouble.began if meant else None)
        first |= {min(meant)} if meant else set()
    false = [
        (day, part) for part, days in rung.items() for day in days
        if not any(part in ("", one.part) and one.began <= day <= one.began + one.lasts + grace for one in troubles)
    ]  # fmt: skip
    in_time = sum(
        delay is not None and delay <= trouble.in_time for delay, trouble in zip(delays, troubles, strict=True)
    )
    return Judged(tuple(delays), in_time, tuple(sorted(false)), tuple(sorted(first)))
