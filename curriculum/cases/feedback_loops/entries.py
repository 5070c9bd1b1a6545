"""What the three documents of `feedback_loops` may name."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Entry, by_id
from curriculum.cases.feedback_loops.draw import (
    CALENDAR,
    CANNOT_TELL,
    FIXED,
    HELD_OUT,
    HIT,
    KEPT,
    LOGGING,
    LONG,
    MODEL,
    NEW,
    PAST,
    REGULAR,
    ROW,
    SCREEN,
    SECOND,
    STOPS,
    SWAPS,
    TWO,
    VARIETY,
    WORKOUTS,
)

EVERYONE = "everyone"
SEGMENT_ENTRIES = by_id(
    Entry(NEW, "New members", "In their first eight weeks."),
    Entry(REGULAR, "Regular members", "From their ninth week to the end of their first year."),
    Entry(LONG, "Long members", "For more than a year."),
)
SEGMENTS_AND_ALL = by_id(*SEGMENT_ENTRIES.values(), Entry(EVERYONE, "Everyone"))
SIGNALS = by_id(
    Entry("swap_share", "Swaps, of 100 suggestions"),
    Entry("swap_count", "Swaps a day, counted"),
    Entry("hit_offline", "Hits of the model on old sessions"),
)
COMPARATORS = by_id(
    Entry(HELD_OUT, "Members without the model’s suggestions", "The same days."),
    Entry(ROW, "The row that coaches pick by hand", "The same days."),
    Entry(PAST, "The four weeks before the window"),
    Entry(FIXED, "Last year’s mean"),
)
SPLITS = by_id(Entry("each", "Each of them by itself"), Entry("together", "All of them together"))
SIDES = by_id(Entry("both", "Rises or falls"), Entry("rises", "Rises"), Entry("falls", "Falls"))
OUTAGE_WAYS = by_id(Entry("masked", "Are struck out"), Entry("left_in", "Stay in"))
STAYS, SMALLER, LEFT_ALONE, BROUGHT_BACK = "stays", "smaller", "left_alone", "brought_back"
GROUP_WAYS = by_id(
    Entry(STAYS, "Go on, as a comparison"),
    Entry(SMALLER, "Go on, as a comparison, with fewer of them"),
    Entry(LEFT_ALONE, "Are left in peace, and nothing is compared with them"),
    Entry(BROUGHT_BACK, "Get suggestions again"),
)
ALARM_ACTIONS = by_id(
    Entry("review", "Somebody reviews it and writes a verdict down; what is done follows from it"),
    Entry("retrain", "The model is trained again by itself"),
    Entry("roll_back", "The model goes back to the version before by itself"),
)
CAUSES = by_id(
    Entry(MODEL, "The model"),
    Entry(SCREEN, "The screen"),
    Entry(LOGGING, "Events that were lost"),
    Entry(CALENDAR, "The calendar"),
    Entry(TWO, "The model and the screen at once"),
    Entry(CANNOT_TELL, "Cannot be told"),
)
METRICS = by_id(
    Entry(HIT, "Hit rate", "Of 100 suggestions, those that are begun."),
    Entry(SWAPS, "Swaps", "Of 100 suggestions, those that are swapped for another."),
    Entry(VARIETY, "Variety", "Different workouts in four weeks."),
    Entry(STOPS, "Early stops", "Of 100 workouts, those that end before half of their time."),
    Entry(WORKOUTS, "Workouts a week"),
    Entry(SECOND, "Days to the next workout"),
    Entry(KEPT, "Kept", "Of 100 members, those who are still there after eight weeks."),
)
LAYERS: Mapping[str, int] = {HIT: 0, SWAPS: 1, VARIETY: 1, STOPS: 1, WORKOUTS: 2, SECOND: 2, KEPT: 3}
"""Model, what members meet, what they do, whether they stay."""
DONE_WITH_IT = frozenset({SWAPS, STOPS})
"""What tells as well what members do with what they meet: whoever swaps it or stops does something."""
NODE_ACTIONS = by_id(
    Entry("review_model", "The model is reviewed"),
    Entry("roll_back", "The model goes back to the version before"),
    Entry("mend_logging", "The logging is looked through"),
    Entry("change_screen", "The screen is changed"),
    Entry("change_plans", "The workout plans are changed"),
    Entry("stop_rollout", "The rollout of v2 stops"),
)
HOLDS: Mapping[str, tuple[str, ...]] = {
    "v2_test": tuple(METRICS), "without_test": (KEPT,), "members": (HIT, WORKOUTS, KEPT), "usual": tuple(METRICS),
}  # fmt: skip
"""Which measures each source has."""
MAY: Mapping[str, tuple[str, ...]] = {
    "review_model": ("ottilie", "kwame", "bettina"), "roll_back": ("kwame",), "mend_logging": ("bettina",),
    "change_screen": ("sunniva",), "change_plans": ("ijeoma",), "stop_rollout": ("rafael",),
}  # fmt: skip
"""Who may do what, as the table says it."""
FITS: Mapping[str, tuple[str, ...]] = {
    HIT: ("review_model", "roll_back", "stop_rollout", "change_screen"),
    SWAPS: ("review_model", "roll_back", "stop_rollout", "change_screen"),
    VARIETY: ("review_model", "roll_back", "stop_rollout", "change_screen", "change_plans"),
    STOPS: ("review_model", "roll_back", "stop_rollout", "change_plans"),
    WORKOUTS: ("review_model", "roll_back", "stop_rollout", "change_plans"),
    SECOND: ("review_model", "roll_back", "stop_rollout", "change_plans"),
    KEPT: ("review_model", "roll_back", "stop_rollout", "change_plans"),
}
"""What can make a measure better again, widely read: logging that is looked through makes none better, a screen does
not hold anybody in a workout, and workout plans are not what the model suggests."""
EVIDENCE = by_id(
    Entry("experiment", "A test in which the first of the two was drawn by lot"),
    Entry("together", "They go together; nobody drew anything by lot"),
)
V2_TEST, WITHOUT_TEST = "v2_test", "without_test"
SOURCES = by_id(
    Entry(V2_TEST, "The test of v2 against v1"),
    Entry(WITHOUT_TEST, "The test with and without suggestions"),
    Entry("members", "The table of members"),
    Entry("usual", "Last year, week by week"),
)
WAYS = by_id(Entry("better", "Better"), Entry("worse", "Worse"), Entry("unclear", "Nothing that chance could not do"))
KEPT_DEFINITIONS = by_id(
    Entry("ripe_cohort", "Of those who were there at the start of eight weeks, still there when it is final"),
    Entry("so_far", "Of everybody who ever joined, still there today"),
    Entry("members_today", "Members today beside members a month ago"),
)
ALARM_ROWS = by_id(
    Entry("model_swaps", "Swaps of the model’s suggestions, of 100"),
    Entry("held_out_swaps", "Swaps of those without the model, of 100"),
    Entry("row_swaps", "Swaps in the row picked by hand, of 100"),
    Entry("early_stops", "Workouts that ended early, of 100"),
    Entry("joined", "Members who joined"),
    Entry("release", "Releases of this screen"),
    Entry("events", "Events received, of 100 sent"),
    Entry("holiday", "Public holidays"),
    Entry("retrained", "Times that the model was trained again"),
)
NOT_SHOWN_ENTRIES = by_id(
    Entry("why_model", "Why the model got worse"),
    Entry("model_worse", "That the model got worse"),
    Entry("what_members_did", "What members did in those days"),
    Entry("anything_wrong", "That anything is wrong"),
    Entry("how_much_each", "How much of it each of the two did, to the point"),
    Entry("which_of_two", "Which of the two it was"),
)
REVIEW_ACTIONS = by_id(
    Entry("review_then_retrain", "The model is looked at; it is trained again after the verdict"),
    Entry("note_release", "The release is noted with its size; the model stays as it is"),
    Entry("mend_and_strike", "The logging is mended, and those days are struck out"),
    Entry("expect_it", "Nothing is mended; such weeks are expected from now on"),
    Entry("part_by_part", "The screen’s part is taken out, and the rest is reviewed as the model’s"),
    Entry("look_again", "Nothing is changed; it is looked at again on a day that is set, with what was missing"),
)
TRIGGER_CHANGES = by_id(
    Entry("nothing", "Nothing"),
    Entry("mask_days", "Days on which events are lost do not count"),
    Entry("holidays_kept", "Weeks with a holiday are compared with such weeks"),
    Entry("size_of_release", "Each release leaves its size behind, so that it can be taken out"),
    Entry("void_without_comparator", "An alarm without something to compare with is void until there is"),
    Entry("verdict_kept", "The verdict is kept, and thresholds are set by verdicts"),
    Entry("higher_threshold", "The threshold goes up until it is quiet"),
)
