"""What a plan of `conflicting_priorities` may name."""

from __future__ import annotations

from curriculum.cases.base import Entry, by_id

MECHANISMS = by_id(
    Entry("minute", "One time, by a rule", "People hear ten minutes before it and ten after."),
    Entry("window", "A window, by a rule", "The earliest and the latest time, said when the order is placed."),
    Entry(
        "window_and_minute", "A window at the order, a minute when the courier leaves",
        "The second time is sent after the tap on leaving, and is as good as that tap.",
    ),
    Entry("wait_for_model", "No time before the model is there", "The launch waits for logs and model."),
)  # fmt: skip

REGION_ENTRIES = by_id(
    Entry("harbour", "Harbour"), Entry("uptown", "Uptown"), Entry("millside", "Millside"),
    Entry("fenside", "Fenside", "The new region; a pilot since week 15."),
)  # fmt: skip

GROUP_ENTRIES = by_id(
    *REGION_ENTRIES.values(),
    Entry("near", "Below 2 km"), Entry("middle", "2 km to below 4 km"), Entry("far", "From 4 km on"),
)  # fmt: skip

STUDIES = by_id(
    Entry("none", "No study before the print", "The words are chosen so that nothing hangs on a study."),
    Entry("short", "The short study before the print", "Two ride-alongs, which settle the words."),
    Entry("long", "The study of five weeks", "It runs beside the print and the launch."),
)

PAY_CLAUSES = by_id(
    Entry("out_of_pay", "Promised times stay out of pay", "Decided by you and written into the plan."),
    Entry(
        "out_once_signed", "Promised times stay out of pay, put to Henrike Moll",
        "Until she has signed, no time is used for pay.",
    ),
    Entry("bonus_only", "A bonus for kept times, no deduction"),
    Entry("not_mentioned", "Pay is not mentioned in this plan"),
)  # fmt: skip

LATE_SAYS = by_id(
    Entry("new_time", "The new time"),
    Entry("cancel", "How to cancel without cost"),
    Entry("call_back", "A person who calls back"),
    Entry("apology", "An apology"),
    Entry("voucher", "A voucher for the next order"),
    Entry("reason", "Why it is late"),
)

LOG_ENTRIES = by_id(
    Entry("none", "No new log: the rule stays"),
    Entry("ready_scan", "A scan when the food is ready"),
    Entry("route_plan", "The planned stops, when they are planned"),
    Entry("gps_trace", "Where the courier is, every ten seconds"),
    Entry("weather_feed", "The weather, hour by hour"),
    Entry("all_four", "All four logs"),
)
