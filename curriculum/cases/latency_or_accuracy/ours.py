"""Two right ways through a world, worked out from its data as a careful reader would: for examples and for limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from curriculum.cases.latency_or_accuracy.choosing import OPTIMISE, Reading, Rule, Served, within_limit
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS, Draw
from curriculum.cases.latency_or_accuracy.entries import COMPLEX, LIGHT, SLOWED
from curriculum.cases.latency_or_accuracy.experiment import Arm, Design, Parts, Run, read, run
from curriculum.cases.latency_or_accuracy.unknowns import cause_of, left_out_for, unknown
from curriculum.support.experiments import detectable

PARTED, TWO_DELAYS = "parted", "two_delays"
MOST_COMPLEX, MOST_SLOWED = 30, 30
"""% of visitors beyond which our arms gain nothing."""


def design_of(draw: Draw, name: str) -> Design:
    """Our plans: one slow arm as slow as the complex model, or two around it."""
    complex_, slowed = min(draw.cap, MOST_COMPLEX), min(draw.consent, MOST_SLOWED)
    delay = draw.delay(complex_ / 100)
    if name == PARTED:
        slow: tuple[Arm, ...] = (Arm(SLOWED, slowed / 100, round(delay / 5) * 5.0),)
    else:
        halves = (slowed // 2, slowed - slowed // 2)
        slow = tuple(
            Arm(SLOWED, share / 100, round(factor * delay / 10) * 10.0)
            for share, factor in zip(halves, (0.7, 1.15), strict=True)
        )
    light = Arm(LIGHT, 1 - (complex_ + slowed) / 100)
    weeks = draw.freeze_week
    return Design((light, Arm(COMPLEX, complex_ / 100), *slow), weeks, at_block=draw.by_clients)


def days_left_out(draw: Draw, weeks: int) -> int:
    """Whole weeks until newness is gone, as far as two weeks are left."""
    if not draw.fade_days:
        return 0
    return 14 if weeks >= 6 else 7


@dataclass(frozen=True, eq=False)
class Ours:
    """One way through one world."""

    seed: int
    luck: int
    draw: Draw
    name: str
    planned: Design | None = None
    """Another plan, read in the same careful way; None for our own."""
    forced: Served | None = None
    """Another launch than ours, to show what speaks against it."""
    days: int | None = None
    """Other first days left out than ours."""

    def launching(self, *served: str) -> Ours:
        """The same test, and another launch after it."""
        return replace(self, forced=served)

    def after(self, days: int) -> Ours:
        """The same test, read after other first days."""
        return replace(self, days=days)

    @property
    def wrongs(self) -> list[str]:
        """What speaks against the launch, as ids of criteria."""
        at = self.reading.at_load(self.served)
        hurt = any(self.parts[name].net.value < 0 or at[name] < 0 for name in self.served)
        told = self.served in self.reading.by_rule() or self.served in self.reading.by_load()
        against = {
            "limit_at_load": not within_limit(self.draw, self.served), "no_segment_hurt": hurt,
            "follows_own_rule": not told,
        }  # fmt: skip
        return [id for id, wrong in against.items() if wrong]

    @property
    def other(self) -> Ours:
        """A launch that something speaks against: light alone, or complex on the device that seems to gain most."""
        if self.served:
            return self.launching()
        return self.launching(max(SEGMENTS, key=lambda name: self.parts[name].net.value))

    @property
    def wrong_step(self) -> str:
        """A next step that does not fit the parts."""
        fit = self.reading.steps(self.served)
        return next(step for step in ("optimise", "stop_line", "leave", "test_again") if step not in fit)

    @cached_property
    def design(self) -> Design:
        return self.planned or design_of(self.draw, self.name)

    @cached_property
    def run(self) -> Run:
        return run(self.seed, self.luck, self.draw, self.design)

    @property
    def weeks(self) -> int:
        return self.design.weeks

    @property
    def counted(self) -> str:
        return "at_block" if self.design.at_block else "at_request"

    @property
    def arms(self) -> list[dict[str, object]]:
        """The arms as a plan writes them."""
        return [
            {"variant": arm.variant, **({"delay_ms": arm.delay} if arm.delay else {}), "share": round(100 * arm.share)}
            for arm in self.design.arms
        ]

    @property
    def seen_less(self) -> bool:
        """Whether this plan sees less, on a device, than the effect worth having."""
        smaller = min(sum(arm.share for arm in self.design.arms if arm.variant == name) for name in (LIGHT, COMPLEX))
        people = {name: self.draw.visitors * self.draw.load((name,)) * smaller * self.weeks for name in SEGMENTS}
        return any(100 * detectable(self.draw.rate[name], people[name]) > self.draw.break_even for name in SEGMENTS)

    @cached_property
    def cause(self) -> str:
        return cause_of(self.draw, self.design)

    @property
    def left_out(self) -> list[str]:
        return list(left_out_for(self.cause))

    @property
    def first_days(self) -> int:
        return days_left_out(self.draw, self.weeks) if self.days is None else self.days

    @property
    def ratio_p(self) -> float:
        return round(self.run.ratio_p(), 3)

    @cached_property
    def parts(self) -> Mapping[str, Parts]:
        found = read(self.run, self.left_out, self.first_days)
        assert found is not None
        return found

    @property
    def raw(self) -> Mapping[str, Parts]:
        """What is read when nobody looks at the counts."""
        found = read(self.run, (), self.first_days)
        assert found is not None
        return found

    def rows(self, parts: Mapping[str, Parts]) -> list[dict[str, object]]:
        """Effects as an analysis writes them."""
        told: list[dict[str, object]] = []
        for name in SEGMENTS:
            part = parts[name]
            model = part.model
            numbers = {
                "net": part.net.value, "net_low": part.net.low, "net_high": part.net.high,
                "speed": part.speed.value if part.speed else None, "per_100": part.per_100,
                "model": model.value if model else None, "model_low": model.low if model else None,
                "model_high": model.high if model else None,
            }  # fmt: skip
            known = {key: round(number, 2) for key, number in numbers.items() if number is not None}
            told.append({"segment": name, **known})
        return told

    @property
    def segments(self) -> list[dict[str, object]]:
        return self.rows(self.parts)

    @property
    def unknown(self) -> list[str]:
        surely, _ = unknown(self.draw, self.design, self.parts, self.first_days)
        return sorted(surely)

    @cached_property
    def reading(self) -> Reading:
        tested = self.draw.delay(self.design.complex_share)
        return Reading(
            self.draw, self.parts, Rule(self.draw.break_even, "low_above_zero", self.draw.break_even), tested
        )

    @property
    def served(self) -> Served:
        return self.reading.ours if self.forced is None else self.forced

    @property
    def overridden(self) -> bool:
        return self.served not in self.reading.by_rule()

    @property
    def p95(self) -> int:
        return round(self.draw.p95(self.draw.load(self.served)))

    @property
    def effects(self) -> dict[str, float]:
        """At the load of the launch; 0 where light stays."""
        at = self.reading.at_load(self.served)
        return {name: round(at[name], 2) if name in self.served else 0.0 for name in SEGMENTS}

    @property
    def fast(self) -> dict[str, float]:
        """Once the model is as fast as it can be made; empty where the parts are not known."""
        return {name: round(estimate.value, 2) for name, estimate in (self.reading.once_fast() or {}).items()}

    @property
    def step(self) -> str:
        return self.reading.steps(self.served)[0]

    @property
    def step_week(self) -> int:
        """Weeks from now: after the test."""
        after = self.draw.fast_weeks if self.step == OPTIMISE else 6 if self.step == "test_again" else 1
        return self.weeks + after + 1

    @property
    def step_owner(self) -> str:
        return {
            "optimise": "osei",
            "stop_line": "dagny",
            "test_again": "dagny",
            "leave": "pilar" if self.name == PARTED else "viktor",
        }[self.step]

    @property
    def reopen(self) -> tuple[str, float]:
        """What opens the decision again: what kept a segment out, or what would take it back."""
        dark = [name for name in SEGMENTS if name not in self.served]
        kept_out = [name for name in dark if name in self.reading.passing]
        if not dark or (kept_out and not within_limit(self.draw, (*self.served, *kept_out))):
            return "p95", float(self.draw.page_limit)
        below = [name for name in dark if name not in kept_out]
        return (f"net_{below[0]}", self.draw.break_even) if below else ("machines", round(self.draw.break_even / 2, 2))
