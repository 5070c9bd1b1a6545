"""What each person of `feedback_loops` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Fact, Surfaces, by_id, random, surfacing
from curriculum.cases.feedback_loops.draw import (
    CALENDAR,
    CANNOT_TELL,
    HELD_OUT,
    HIT,
    LOGGING,
    MODEL,
    PAST,
    ROW,
    SCREEN,
    SECOND,
    SEGMENTS,
    SLUG,
    STOPS,
    TWO,
    VARIETY,
    WORKOUTS,
    YEAR_2,
    Draw,
)
from curriculum.cases.feedback_loops.truth import CALLED, Truth

BEFORE_LEAVING = {
    VARIETY: "had been shown the same three workouts for weeks",
    STOPS: "had begun to break workouts off before half of the time",
    WORKOUTS: "had trained less and less from week to week",
    SECOND: "had let more and more days go by before the next workout",
}
MONTHS = ("February", "March", "April", "May", "June")


def make_facts(shape: Draw, truth: Truth) -> Mapping[str, Fact]:
    """The facts of one world by id."""
    rng = random(SLUG, truth.seed, "facts")
    edits, month, promised = int(rng.integers(46, 53)), MONTHS[int(rng.integers(0, 5))], int(rng.integers(60, 90))
    moved = sum(release.size != 0 for release in truth.year.releases)
    near = sum(any(0 <= problem.day - release.day <= 3 for release in truth.year.releases)
               for problem in truth.year.problems)  # fmt: skip
    lots, still = shape.fit == HELD_OUT, shape.fit == ROW
    week = truth.tables["alarm"]["that_week"][0] / truth.tables["alarm"]["usual"][0] - 1
    off = round(100 * abs(float(week)))
    hits = [round(float(np.mean(np.asarray(truth.tables["members"]["hit_rate_pct"])[
        np.asarray(truth.tables["members"]["segment"]) == name]))) for name in SEGMENTS]  # fmt: skip
    gain = round(truth.effects[HIT]["everyone"].change, 1)
    on = frozenset
    beside = on({MODEL, SCREEN, CALENDAR, TWO, CANNOT_TELL})
    facts = by_id(
        Fact("the_alarm", f"In one week of last autumn, swaps of {CALLED[shape.alarm_in]} "
             f"{'fell' if week < 0 else 'rose'} by {off} percent.", value=float(off), unit="percent"),
        Fact("five_alarms", f"Kwame has reviewed {5 + truth.seed % 3} alarms of the old kind. He says that all of them "
             "were a moved button.", value=float(5 + truth.seed % 3), unit="alarms"),
        Fact("keep_slope", f"Members with ten points more hits stay {truth.slope:.1f} points more often, on Rafael's "
             "slide.", value=round(truth.slope, 1), unit="points"),
        Fact("history_helps", f"The model hits {hits[0]} of 100 for new members and {hits[2]} of 100 for long ones. It "
             "has more to go by; whoever has been there for long is hit more often whatever I do.",
             value=float(hits[2]), unit="of 100 suggestions", held_by="ottilie"),
        Fact("v2_by_segment", f"Who got v2 was drawn by lot, member by member. It hits {gain} points more often. I "
             "looked at hits alone; who stayed stands in the test by segment, and nobody has opened that.",
             value=gain, unit="points", held_by="ottilie"),
        Fact("how_drawn", f"Every member gets a number on joining, and its last digits decide: {shape.share} percent "
             "are held out, by lot. They have the same screen as everybody." if lots else
             f"It is a switch in the settings. {shape.share} percent have switched suggestions off themselves, and "
             "they still have the old screen.", value=shape.share, unit="percent", held_by="kwame", supports=beside),
        Fact("narrow_once", f"Once the model gave {CALLED[shape.narrow_in]} easy favourites only. Swaps fell by "
             f"{shape.narrow} percent, everybody was pleased, and I saw it after {shape.narrow_days} days. It was my "
             "setting.", value=float(shape.narrow), unit="percent", held_by="kwame", supports=on({MODEL})),
        Fact("moved_button", f"There were {shape.releases} releases of that screen last year; {moved} of them moved "
             f"what people swap. Of the four problems with the model, {near} began within three days of one.",
             value=float(shape.releases), unit="releases", held_by="sunniva", supports=beside | {LOGGING}),
        Fact("happy_swaps", f"I watched 20 people. {shape.choosers} of them swapped since they like to choose, and "
             "were content.", value=float(shape.choosers), unit="of 20 people", held_by="sunniva", supports=beside),
        Fact("row_edited", f"I set the row up in {month} and have not touched it since. It moves with the screen and "
             "with nothing else." if still else
             f"I change the row nearly every Monday: {edits} times last year. That is what coaches are for.",
             value=0.0 if still else float(edits), unit="times", held_by="ijeoma", supports=beside),
        Fact("before_leaving", f"I wrote to {CALLED[shape.turns]} who left after they had got v2. "
             f"{shape.steering_counts} of 20 {BEFORE_LEAVING[shape.steering]}.", value=float(shape.steering_counts),
             unit="of 20", held_by="ijeoma"),
        Fact("lost_events", f"On {shape.outage_days} days of last year more than half of the swaps never reached us, "
             "from all screens alike. I have the list. Nothing strikes them out.", value=float(shape.outage_days),
             unit="days", held_by="bettina", supports=on({LOGGING, CANNOT_TELL})),
        Fact("late_cohorts", f"A cohort is final after {shape.ripe} weeks: payments come late. What is younger always "
             "looks better than it is.", value=float(shape.ripe), unit="weeks", held_by="bettina"),
        Fact("limit", f"I can bear {truth.limit:,.0f} memberships a year for knowing what the model does. Not more.",
             value=truth.limit, unit="memberships a year", held_by="rafael"),
        Fact("half_limit", f"Without a number for what it costs: {truth.half_limit:,.0f} memberships a year, and only "
             "because you ask.", value=truth.half_limit, unit="memberships a year", held_by="rafael"),
        Fact("capacity", f"There are people for {shape.capacity} reviews a quarter.", value=float(shape.capacity),
             unit="reviews a quarter", held_by="rafael"),
        Fact("promise", f"We have promised {promised} of 100 members that they keep the suggestions that they have. "
             "Only who joins from now on may be held out anew.", value=float(promised), unit="of 100 members",
             held_by="rafael"),
    )  # fmt: skip
    return surfacing(facts, _surfaces(shape, truth))


def _surfaces(shape: Draw, truth: Truth) -> Mapping[str, Surfaces]:
    def after(days: int, how: str) -> Surfaces:
        return Surfaces(YEAR_2 + dt.timedelta(days=days), how)

    drawn = ("are held out by lot" if shape.fit == HELD_OUT else
             "have switched suggestions off themselves, and see the old screen")  # fmt: skip
    return {
        "how_drawn": after(74, f"{shape.share} percent of members {drawn}"),
        "row_edited": after(61, "the row of the coaches " + ("moves with the screen alone" if shape.fit == ROW else
                                                              "had been changed nearly every week")),
        "moved_button": after(40, f"the screen had been released {shape.releases} times in a year"),
        "before_leaving": after(120, f"{CALLED[shape.turns]} who left v2 {BEFORE_LEAVING[shape.steering]}"),
        "lost_events": after(33, f"on {shape.outage_days} days of a year more than half of the swaps were lost"),
        "late_cohorts": after(90, f"a cohort is final after {shape.ripe} weeks, and not before"),
        "capacity": after(100, f"there are people for {shape.capacity} reviews a quarter"),
        "narrow_once": after(150, "fewer swaps had once meant that the model gave easy favourites only"),
    }  # fmt: skip


NEEDED = {HELD_OUT: "how_drawn", ROW: "row_edited", PAST: "moved_button"}
"""The fact that says whether something is fit to compare with."""
