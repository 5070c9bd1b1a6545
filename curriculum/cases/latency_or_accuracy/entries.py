"""What a plan, an analysis and a decision of `latency_or_accuracy` may name."""

from __future__ import annotations

from curriculum.cases.base import Entry, by_id
from curriculum.cases.latency_or_accuracy.draw import DESKTOP, PHONE

LIGHT, COMPLEX, SLOWED, RULES = "light", "complex", "light_slowed", "rules"

VARIANTS = by_id(
    Entry(LIGHT, "The light model", "What the shop shows today."),
    Entry(COMPLEX, "The complex model", "Better lists, and the page waits for them."),
    Entry(SLOWED, "The light model, slowed on purpose", "The same lists as today, later by so many milliseconds."),
    Entry(RULES, "Best-sellers by rule", "What the shop showed before it had a model."),
)
METRICS = by_id(
    Entry("orders_visitor", "Orders for each visitor"),
    Entry("orders_visit", "Orders for each visit"),
    Entry("clicks_visitor", "Clicks on recommendations for each visitor"),
    Entry("baskets_visitor", "Things put into the basket for each visitor"),
)
UNITS = by_id(
    Entry("visitor", "The visitor", "Whoever comes back sees the same model again."),
    Entry("visit", "The visit", "Each visit is drawn anew."),
)
COUNTING_POINTS = by_id(
    Entry("at_request", "When the server is asked for the block", "Everybody counts who asks for it, machines too."),
    Entry("at_block", "When the block stands, as clients report it", "Browsers without script report nothing."),
)
SPLITS = by_id(
    Entry("device", "By device, said beforehand", "Phone and desktop, each with its own result."),
    Entry("all_traffic", "All traffic in one number"),
    Entry("afterwards", "Wherever a difference shows up afterwards"),
)
STOP_RULES = by_id(
    Entry("at_end", "At the end of the planned weeks, once"),
    Entry("first_significant", "On the first day on which p is below 0.05"),
    Entry("corrected_looks", "At looks fixed beforehand, with a corrected level"),
)
RATIO_STEPS = by_id(
    Entry("find_cause", "No effect is read until the cause is found and out of all arms"),
    Entry("drop_in_one_arm", "What is wrong is taken out of the arm in which it is wrong"),
    Entry("small_is_chance", "Below one point of difference, it counts as chance"),
)
BOUNDS = by_id(
    Entry("low_above_zero", "The lower end of its interval is above zero"),
    Entry("low_above_worth", "The lower end of its interval is above the effect worth having"),
    Entry("estimate_alone", "The estimate alone decides"),
)
UNDECIDED = by_id(
    Entry("light_reopened", "Light stays, and a number says when it is asked again"),
    Entry("look_longer", "The test goes on for two weeks, once"),
    Entry("trading_decides", "Trading decides on the day"),
    Entry("take_the_trend", "The arm that is ahead is launched"),
)
CLIENT_ENTRIES = by_id(
    Entry("new_app", "The new app", "Phone."),
    Entry("old_app", "The old app", "Phone."),
    Entry("phone_web", "The phone's browser", "Phone."),
    Entry("desktop", "The desktop's browser", "Desktop."),
    Entry("no_script", "Browsers without script", "Desktop."),
)
SEGMENT_ENTRIES = by_id(Entry(PHONE, "Phone"), Entry(DESKTOP, "Desktop"))
WAITS = by_id(
    Entry("phone", "On phones, and not on desktop"),
    Entry("desktop", "On desktop, and not on phones"),
    Entry("both", "On phones and on desktop"),
    Entry("none", "On no device"),
    Entry("unsure", "We do not know; the test will show it"),
)
CAUSES = by_id(
    Entry("none", "Nothing: the split is what chance gives"),
    Entry("late_beacon", "A client counts people too late, so slow arms lose those who leave"),
    Entry("crawlers", "Machines are counted as people, in one arm"),
)
QUESTIONS = by_id(
    Entry("parts", "How much of the difference is the model, and how much the wait"),
    Entry("net_phone", "Whether the complex model pays its machines on phones, at the speed of the test"),
    Entry("net_desktop", "Whether the complex model pays its machines on desktop, at the speed of the test"),
    Entry("newness", "Whether the effect lasts once the block is not new any more"),
    Entry("peak", "What people do in the weeks of the peak"),
    Entry("clicks", "Whether people click on the complex model's lists"),
    Entry("counts", "Whether visitors who are left in the data are counted alike in all arms"),
)
BASES = by_id(
    Entry("measured", "Measured: the test had this delay"),
    Entry("projected", "Projected: worked out from the test for another delay"),
    Entry("none", "There is no effect: the shop stays as it is"),
)
RULE_SAYS = by_id(
    Entry("followed", "As our rule says"),
    Entry("overridden", "Other than our rule says, for a reason that we were told"),
)
NEXT_STEPS = by_id(
    Entry("optimise", "Make the complex model fast"),
    Entry("stop_line", "Stop the work on the complex model"),
    Entry("test_again", "Test once more, after the peak, what is open"),
    Entry("leave", "Leave everything as it will be after this decision"),
)
REOPENERS = by_id(
    Entry("p95", "The complex model's p95 of the page, in ms"),
    Entry("net_phone", "Its effect on phones, in % of orders"),
    Entry("net_desktop", "Its effect on desktop, in % of orders"),
    Entry("machines", "The price of its machines, in % of orders"),
)
MORE = {
    "variants": VARIANTS, "metrics": METRICS, "units": UNITS, "counting_points": COUNTING_POINTS, "splits": SPLITS,
    "stop_rules": STOP_RULES, "ratio_steps": RATIO_STEPS, "bounds": BOUNDS, "undecided_steps": UNDECIDED,
    "clients": CLIENT_ENTRIES, "segments": SEGMENT_ENTRIES, "causes": CAUSES, "questions": QUESTIONS, "bases": BASES,
    "rule_says": RULE_SAYS, "waits": WAITS, "next_steps": NEXT_STEPS, "reopeners": REOPENERS,
}  # fmt: skip
