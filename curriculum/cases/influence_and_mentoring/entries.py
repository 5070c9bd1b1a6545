"""What the documents of `influence_and_mentoring` pick from: what is proposed, offered, asked, commented."""

from __future__ import annotations

from curriculum.cases.base import Entry, by_id
from curriculum.cases.influence_and_mentoring.draw import DAYS, DISCOUNT, LIMIT, NONE, OWN_METRIC, PAUSE, PICKS

ACTIONS = by_id(
    Entry(DISCOUNT, "30 percent off for three months"),
    Entry(PAUSE, "A pause of up to three months"),
    Entry(PICKS, "Three stories picked for them"),
)
PROBLEMS = by_id(
    Entry("they_leave", "More people of this segment leave than of any other, and what they would leave us is gone"),
    Entry("no_model", "We have no model that says who is about to leave"),
    Entry("need_offer", "These people need an offer before they leave"),
    Entry("risky_people", "The riskiest are not contacted in time"),
)
MODELS = by_id(
    Entry("none", "No score: what the tables say of a person is enough"),
    Entry("score", "The analyst's score, in production"),
)
GUARDRAILS = by_id(
    Entry("opt_outs", "Opt-outs, of 1,000 people contacted"),
    Entry("clicks", "Clicks, of 100 offers shown"),
    Entry("active_30", "Active on day 30, of 100"),
    Entry("sent", "Offers made in a day"),
)
ENDS = by_id(
    Entry("below_zero", "The whole interval of the difference lies below nought, or the limit is passed"),
    Entry("no_interval", "The interval still holds nought on the day on which it is read, or the limit is passed"),
    Entry("complaints", "Somebody complains"),
    Entry("never", "It runs on, whatever it shows"),
)
STOPS = by_id(
    Entry(LIMIT, "A limit of contacts that this would break"),
    Entry(DAYS, "No days for it, whatever the plan says"),
    Entry(OWN_METRIC, "What they are measured by would fall"),
    Entry(NONE, "Nothing: they could as well, and are not needed now"),
    Entry("unknown", "I do not know, since I did not hear it from them"),
)
METRICS = by_id(
    Entry("cost_per_kept", "Cost per kept subscriber (€)"),
    Entry("collected", "Collected of what is billed (%)"),
    Entry("starts", "Stories started per household and day"),
    Entry("churn", "Subscribers who leave (of 100)"),
    Entry("subscribers", "Subscribers at the end of the year"),
)
OFFERS = by_id(
    Entry("mail_slot", "Our own product mail of this quarter is given up, and its place is theirs"),
    Entry("bill_report", "A weekly count of what each group is billed and pays, made by us"),
    Entry("her_question", "A second arm in the test that answers a question of theirs about starts"),
    Entry("thanks", "Thanks in front of everybody"),
    Entry("directors_ear", "A good word with the director"),
)
THEIR_COSTS = by_id(
    Entry("slot_in_calendar", "Days of work, and a place in the calendar of mails"),
    Entry("days_before_freeze", "Days of work that are then missing before the freeze"),
    Entry("place_on_screen", "Days of work, and the best place on the start screen"),
    Entry("none", "It costs them nothing"),
)
OBJECTIONS = by_id(
    Entry("too_many_mails", "People get too many mails already"),
    Entry("less_collected", "Whatever is not billed in full is held against us"),
    Entry("fewer_starts", "What is shown there takes the place of a story that would be started"),
    Entry("not_our_job", "Keeping people is not our job"),
    Entry("no_model", "There is no model in it"),
)
STEPS = by_id(
    Entry("one_arm", "One of their people and one of ours set up the first arm"),
    Entry("look_at_rows", "We look at the rows of the campaign together, for an hour"),
    Entry("newsletter", "It stands in the newsletter of the company"),
    Entry("steering", "The steering group is asked to decide"),
    Entry("wait", "We wait until the year is planned"),
)
NOT_ASKED = by_id(
    Entry("no_target", "A change of their targets"),
    Entry("no_model", "A model of ours in their service"),
    Entry("no_second", "A second campaign, before this one is read"),
    Entry("no_lead", "That they speak for it upstairs"),
)
PIP_FIELDS = by_id(
    Entry("group", "Whom we contact"),
    Entry("channel", "By which channel"),
    Entry("outcome", "What counts as kept"),
    Entry("control", "Against what we count"),
    Entry("value", "What one is worth"),
    Entry("cost", "What it costs"),
    Entry("size", "How many are in the test"),
    Entry("read_out", "When it is read"),
)
COMMENT_KINDS = by_id(
    Entry("point", "Point at it: the place and what does not agree"),
    Entry("ask", "Ask: a question and the row beside it"),
    Entry("explain", "Explain: how it is done, on another example"),
)
ROWS = by_id(
    Entry("by_risk", "`campaign`: paying on day 120 by third of risk, the action beside nothing",
          "Its number: of 100 in the high third, how many more pay than with nothing."),
    Entry("by_arm", "`campaign`: active on day 30 beside paying on day 120, by arm",
          "Its number: of 100 of everybody, how many more pay on day 120 than with nothing."),
    Entry("nothing_arm", "`campaign`: paying on day 120 in the arm with nothing", "Its number: so many of 100 pay."),
    Entry("scatter", "`campaign`: how far the rate of an arm of that size scatters",
          "Its number: people in an arm, as in your proposal."),
    Entry("price", "`segments`: the price, beside what finance says is left of it", "Its number: what is left, in €."),
    Entry("counted_on", "`costs`: for whom each cost is counted", "Its number: € for each one who is really kept."),
    Entry("days", "`levers`: the days that each channel takes", "Its number: days of all three together."),
    Entry("targets", "`allies`: the target of each team"),
)  # fmt: skip
ROWS_FOR = {
    "group": ("by_risk",), "channel": ("days",), "outcome": ("by_arm",), "control": ("nothing_arm", "by_arm"),
    "value": ("price",), "cost": ("counted_on",), "size": ("scatter",), "read_out": ("by_arm",),
}  # fmt: skip
"""By field: the rows that show what is wrong with it."""
NEXTS = by_id(
    Entry("pip_recounts", "Pip counts it again and says what changed"),
    Entry("pip_shows", "Pip shows it on another example of their own choice"),
    Entry("we_look", "We look at it together; Pip has the keyboard"),
    Entry("i_rewrite", "I write that part anew"),
    Entry("somebody_else", "Somebody else takes the page over"),
)
