"""The alarm of last year that everybody explains differently: nine rows, and which of them decide."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.feedback_loops.draw import (
    CALENDAR,
    CANNOT_TELL,
    HELD_OUT,
    LOGGING,
    MODEL,
    PAST,
    ROW,
    SCREEN,
    SEGMENTS,
    SLUG,
    TWO,
    Draw,
)
from curriculum.cases.feedback_loops.telemetry import HIGHER, LOST, ROW_HIGHER, habits

MODEL_SWAPS, HELD_OUT_SWAPS, ROW_SWAPS = "model_swaps", "held_out_swaps", "row_swaps"
STOPS, JOINED = "early_stops", "joined"
RELEASE, EVENTS, HOLIDAY, RETRAINED = "release", "events", "holiday", "retrained"
ROWS = (MODEL_SWAPS, HELD_OUT_SWAPS, ROW_SWAPS, STOPS, JOINED, RELEASE, EVENTS, HOLIDAY, RETRAINED)
ROW_OF = {HELD_OUT: HELD_OUT_SWAPS, ROW: ROW_SWAPS}
IDLE = frozenset({STOPS, JOINED})
"""Rows that look the same whatever it was."""


def alarm(seed: int, shape: Draw) -> Columns:
    """The rows of the week of the alarm beside what is usual; not a number where nothing was recorded."""
    rng, cause = random(SLUG, seed, "alarm"), shape.cause
    rate = 100 * habits(seed, shape).rates[SEGMENTS.index(shape.alarm_in)]
    up = float(rng.uniform(0.18, 0.30))
    mine = {LOGGING: -LOST * rng.uniform(0.6, 0.8)}.get(cause, up)
    with_screen = {SCREEN: up, CALENDAR: up, LOGGING: mine, TWO: 0.5 * up, CANNOT_TELL: up}.get(cause, 0.0)
    everywhere = {CALENDAR: up, LOGGING: mine}.get(cause, 0.0)
    edited = float(rng.choice((-1, 1)) * rng.uniform(0.1, 0.2))
    tiny = rng.normal(0, 0.008, 4)
    held = (with_screen if shape.fit == HELD_OUT else everywhere) + tiny[0]
    row = with_screen + tiny[1] + (0.0 if shape.fit == ROW else edited)
    week = {
        MODEL_SWAPS: (rate * (1 + mine), rate),
        HELD_OUT_SWAPS: (HIGHER * rate * (1 + held), HIGHER * rate),
        ROW_SWAPS: (ROW_HIGHER * rate * (1 + row), ROW_HIGHER * rate),
        STOPS: (13 * (1 + 0.2 * mine + tiny[2]), 13.0),
        JOINED: (2200 * (1 + 4 * tiny[3]), 2200.0),
        RELEASE: (float(_released(shape, rng)), round(shape.releases / 52, 2)),
        EVENTS: (100 * (1 + mine) if cause == LOGGING else 98.6 + 10 * tiny[2], 99.0),
        HOLIDAY: (float(cause == CALENDAR), 0.2),
        RETRAINED: (float(_retrained(shape, rng)), 0.25),
    }
    if cause == CANNOT_TELL and shape.fit in ROW_OF:
        week[ROW_OF[shape.fit]] = (np.nan, week[ROW_OF[shape.fit]][1])
    return frozen_columns(
        row=np.array(ROWS),
        that_week=np.round([week[name][0] for name in ROWS], 1),
        usual=np.round([week[name][1] for name in ROWS], 2),
    )


def _released(shape: Draw, rng: np.random.Generator) -> bool:
    """A screen that moves swaps was released; beside other causes it may have been by chance."""
    if shape.cause in (SCREEN, TWO, CANNOT_TELL):
        return True
    return shape.fit != PAST and shape.cause in (MODEL, LOGGING) and bool(rng.random() < 0.7)


def _retrained(shape: Draw, rng: np.random.Generator) -> bool:
    """Beside other causes it may have been by chance; where only the past is there, that would part nothing."""
    by_chance = bool(rng.random() < 0.6) and not (shape.fit == PAST and shape.cause == CALENDAR)
    return shape.cause in (MODEL, TWO, CANNOT_TELL) or by_chance


def deciding(shape: Draw) -> tuple[frozenset[str], frozenset[str]]:
    """The rows of which each has to be named, and those of which one more has to be."""
    beside = ROW_OF.get(shape.fit)
    rules_out = frozenset({RELEASE, EVENTS, HOLIDAY})
    if shape.cause == LOGGING:
        return frozenset({EVENTS}), frozenset(ROWS) - IDLE
    if shape.cause == CALENDAR:
        return frozenset({HOLIDAY}), rules_out | ({beside} if beside else {MODEL_SWAPS}) | {RETRAINED}
    if beside is None:
        if shape.cause == CANNOT_TELL:
            return frozenset({RELEASE, RETRAINED}), frozenset()
        return frozenset({RELEASE}), frozenset({EVENTS, HOLIDAY, RETRAINED})
    further: Mapping[str, frozenset[str]] = {
        MODEL: rules_out | {MODEL_SWAPS, RETRAINED},
        SCREEN: frozenset({RELEASE, HOLIDAY, MODEL_SWAPS, EVENTS}),
        TWO: frozenset({RELEASE, RETRAINED, MODEL_SWAPS, EVENTS}),
        CANNOT_TELL: frozenset({RELEASE, RETRAINED, MODEL_SWAPS}),
    }
    return frozenset({beside}), further[shape.cause]


NOT_SHOWN = MappingProxyType({
    MODEL: frozenset({"why_model"}),
    SCREEN: frozenset({"model_worse", "anything_wrong"}),
    LOGGING: frozenset({"what_members_did", "model_worse"}),
    CALENDAR: frozenset({"anything_wrong", "model_worse"}),
    TWO: frozenset({"how_much_each", "why_model"}),
    CANNOT_TELL: frozenset({"which_of_two", "model_worse", "how_much_each"}),
})  # fmt: skip
"""What the rows do not show, by cause."""
ACTIONS = MappingProxyType({
    MODEL: frozenset({"review_then_retrain"}),
    SCREEN: frozenset({"note_release"}),
    LOGGING: frozenset({"mend_and_strike"}),
    CALENDAR: frozenset({"expect_it"}),
    TWO: frozenset({"part_by_part"}),
    CANNOT_TELL: frozenset({"look_again"}),
})  # fmt: skip
CHANGES = MappingProxyType({
    MODEL: frozenset({"verdict_kept"}),
    SCREEN: frozenset({"size_of_release", "verdict_kept"}),
    LOGGING: frozenset({"mask_days"}),
    CALENDAR: frozenset({"holidays_kept", "verdict_kept"}),
    TWO: frozenset({"size_of_release", "verdict_kept"}),
    CANNOT_TELL: frozenset({"void_without_comparator"}),
})  # fmt: skip
