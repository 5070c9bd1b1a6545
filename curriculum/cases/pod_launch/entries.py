"""What the three documents of `pod_launch` may name."""

from __future__ import annotations

from curriculum.cases.base import Card, Entry, Lane, by_id
from curriculum.cases.pod_launch.draw import (
    BUILD,
    BUILD_PAIRS,
    CHECK,
    DECLINE,
    EXPLORE,
    FEED_ENDS,
    HOLD,
    JUST_UNDER,
    LABEL,
    LABEL_DAY,
    LATE_LABELS,
    MODEL,
    MONTH_END,
    MOVES_ON,
    ONE_CASE,
    ONE_EXPEDITE,
    ONE_PAIR,
    READY_RULE,
    RECALL,
    RELEASE,
    RELEASE_TWICE,
    REVIEW,
    REVIEW_DAILY,
    SAME_DAY,
)

NET, GROSS = "net", "gross"
LOSS_KINDS = by_id(
    Entry(NET, "Net: what is lost for good, less what came back"), Entry(GROSS, "Gross: all that was sent to thieves")
)
VOLUME = "volume"
DENOMINATORS = by_id(
    Entry(VOLUME, "Of 10,000 euros that are paid out"),
    Entry("euros_alone", "Of nothing: euros in these weeks"),
    Entry("declined", "Of payments that we declined"),
)
APART, INSIDE = "apart", "in"
CASE_WAYS = by_id(Entry(INSIDE, "Counted in"), Entry(APART, "Counted apart, and told beside it"))
LEVER_ENTRIES = by_id(
    Entry(CHECK, "Confirm changed details", "A payer whose payee has new bank details rings them and confirms."),
    Entry(HOLD, "Hold and call first", "Analysts hold what looks wrong and ring the payer."),
    Entry(RECALL, "Recall at once", "What is reported is called back within the hour, without a second signature."),
    Entry(MODEL, "A new model", "It finds payments to rings of thieves."),
    Entry(DECLINE, "Decline more", "The limit of today’s score is lowered."),
)
STAGE_ENTRIES = by_id(
    Entry(EXPLORE, "Explore", "What it is about, what would show that it works."),
    Entry(LABEL, "Label", "Analysts mark past payments."),
    Entry(BUILD, "Build"),
    Entry(REVIEW, "Review", "Risk and code are looked at."),
    Entry(RELEASE, "Release", "What is ready waits for the day of release; a release takes four cards."),
)
POLICY_ENTRIES = by_id(
    Entry(LABEL_DAY, "Analysts label one whole day a week"),
    Entry(BUILD_PAIRS, "Whoever explores helps to build, in pairs"),
    Entry(REVIEW_DAILY, "Reviews every day from nine to ten"),
    Entry(RELEASE_TWICE, "A release every three days"),
    Entry(READY_RULE, "Nothing is begun before what “done” means is written on it"),
    Entry(ONE_EXPEDITE, "One urgent card at a time; the next one waits"),
)
EVERYBODY, BOARD = "everybody", "board"
DECISION_TYPES = by_id(
    Entry("hold", "Hold a payment"), Entry("recall", "Recall a payment"), Entry("rule", "Change a rule"),
    Entry("release", "Release a change"),
)  # fmt: skip
TEAMS = by_id(
    Entry("payments_platform", "Payments platform"), Entry("customer_support", "Customer support"),
    Entry("legal", "Legal"),
)  # fmt: skip
GOOD_STOPPED = "good_stopped"
GUARDRAILS = by_id(
    Entry(GOOD_STOPPED, "Good payments stopped, of 1,000"),
    Entry("complaints", "Complaints, counted"),
    Entry("declines", "Payments declined, of 1,000"),
    Entry("precision", "Precision of the model"),
)
ENDS = by_id(
    Entry("missed_twice", "The target is missed at two reviews running"),
    Entry("met_and_held", "The target is met and held for a quarter without us"),
    Entry("brake_twice", "The brake has stopped us twice"),
    Entry("never", "It does not end"),
)
CARDS = by_id(
    Card("check_1", "Confirm changed details: first customers", "Brings about two thirds of what the lever can."),
    Card("check_2", "Confirm changed details: everybody", "Brings the rest."),
    Card("hold_1", "Hold and call: the riskiest payments", "Brings about two thirds of what the lever can."),
    Card("hold_2", "Hold and call: all that look wrong", "Brings the rest."),
    Card("recall_1", "Recall at once: our own bank", "Brings about two thirds of what the lever can."),
    Card("recall_2", "Recall at once: all banks", "Brings the rest."),
    Card("model_1", "New model: beside the old one", "Brings about two thirds of what the lever can."),
    Card("model_2", "New model: alone", "Brings the rest."),
    Card("ask_payers", "Research: sit beside payers", "No lever by itself."),
    Card("unseen_test", "Research: test on rings that nobody has seen", "No lever by itself."),
    Card("hours_to_report", "Research: why losses are reported late", "No lever by itself."),
    Card("who_may_move", "Research: read the contracts", "No lever by itself."),
    Card("dashboard", "A dashboard for the board", "Somebody wishes for it."),
    Card("new_logo", "A name and a logo for the pod", "Somebody wishes for it."),
)
RESEARCH = ("ask_payers", "unseen_test", "hours_to_report", "who_may_move")
RESEARCH_CARDS = by_id(*(CARDS[name] for name in RESEARCH))
WISHES = ("dashboard", "new_logo")
NOW, LATER = "now", "later"
LANES = by_id(
    Lane(NOW, "Above the line", "Is begun in this order, as far as there is room."),
    Lane(LATER, "Below the line", "Nothing here is begun."),
)
QUESTIONS = by_id(
    Entry("ask_payers", "Of ten payers, how many ring a number that they had before?"),
    Entry("unseen_test", "What part does it find of rings that are in no training data?"),
    Entry("hours_to_report", "What happens between a loss and its report, hour by hour?"),
    Entry("who_may_move", "Which customers’ contracts let us hold a payment for an hour?"),
    Entry("look_into_it", "How can this be made better?"),
    Entry("best_practice", "What do others do?"),
    Entry("points", "How many points is it?"),
)
RITUALS = by_id(
    Entry("planning", "Weekly planning from the one backlog"), Entry("standup", "Stand-up at the board"),
    Entry("review_hour", "Review of what was finished"), Entry("refinement", "Getting cards ready"),
)  # fmt: skip
CAUSES = by_id(
    Entry(ONE_CASE, "One case was as large as all others, and hid what we did"),
    Entry(LATE_LABELS, "We took young weeks for good weeks, since losses are reported late"),
    Entry(MOVES_ON, "The thieves went to another rail"),
    Entry(ONE_PAIR, "One pair of hands was missing, and nothing was released"),
    Entry(FEED_ENDS, "A feed ended on which the model stood"),
    Entry(MONTH_END, "At the end of the month nobody had time to call"),
    Entry(JUST_UNDER, "The thieves stayed just under the limit"),
    Entry(SAME_DAY, "Payments that had to go out the same day could not be held"),
    Entry("no_time", "There was too little time"),
    Entry("bad_luck", "We had bad luck"),
    Entry("others", "The others did not do their part"),
)
RISK_ENTRIES = by_id(*(CAUSES[name] for name in (
    ONE_CASE, LATE_LABELS, MOVES_ON, ONE_PAIR, FEED_ENDS, MONTH_END, JUST_UNDER, SAME_DAY
)))  # fmt: skip
MEASURE_ENTRIES = by_id(
    Entry("largest_share", "Largest case of four weeks, % of their loss"),
    Entry("reported_late", "Losses reported after four weeks, %"),
    Entry("other_rail", "Loss by the other rail, %"),
    Entry("waiting_release", "Cards that are ready and not released"),
    Entry("blank_scores", "Payments without the feed of rings, %"),
    Entry("uncalled", "Held payments that nobody called about that day, %"),
    Entry("just_below", "Losses just below the limit, %"),
    Entry("late_clause", "Same-day payments that were held past noon, %"),
    Entry("velocity", "Cards finished in a week"),
    Entry("logins", "People who open the dashboard"),
)
CHANGES = by_id(
    Entry("count_apart", "The largest case is counted apart"),
    Entry("wait_for_labels", "Only weeks count whose losses are reported"),
    Entry("watch_two_rails", "Each rule covers both rails"),
    Entry("second_releaser", "A second person learns to release and is on call"),
    Entry("second_feed", "A second feed is tried before the first one ends"),
    Entry("month_end_shift", "Two more people call in the last week of a month"),
    Entry("lower_limit", "Amounts just under the limit are looked at, too"),
    Entry("exempt_clause", "Same-day payments are checked before noon and never held"),
    Entry("watch_closely", "We watch it closely"),
    Entry("talk_more", "We talk about it more often"),
)
TABLES_NAMED = by_id(
    Entry("losses", "losses"), Entry("weekly", "weekly"), Entry("rule_history", "rule_history"),
    Entry("people", "people"), Entry("notices", "notices"), Entry("contracts", "contracts"), Entry("watch", "watch"),
    Entry("flow_events", "flow_events"),
)  # fmt: skip
FUNCTIONS = by_id(
    Entry("design", "Design"), Entry("data_science", "Data science"), Entry("operations", "Fraud analysts"),
    Entry("ml", "ML engineering"), Entry("risk", "Risk review"), Entry("accounts", "Accounts"),
    Entry("product", "Product"),
)  # fmt: skip
