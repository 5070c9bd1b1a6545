"""What the three documents of `pod_in_flight` may name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from curriculum.cases.base import Entry, by_id
from curriculum.cases.pod_in_flight import builds
from curriculum.cases.pod_in_flight.candidates import AGAIN, CANDIDATES, FURTHER
from curriculum.cases.pod_in_flight.draw import (
    AT_FIVE,
    BLOCKED,
    BOOSTED,
    DECISION,
    ENSEMBLE,
    FEATURE_CODE,
    FEATURES,
    FIRST,
    HANDOFF,
    LOOKUPS,
    MODEL,
    NO_RERUN,
    OLD,
    PROTECTED,
    RANDOM,
    REWORK,
    RINGS,
    SECOND_HALF,
    SEQUENCE,
    SLOW,
    THRESHOLD,
    TUNED,
)

LABELS = {BOOSTED: "boosted", RINGS: "rings", ENSEMBLE: "ensemble", SEQUENCE: "sequence"}
RUNS = by_id(
    Entry(OLD, "today", "The run behind the model that is live."),
    *(Entry(name, LABELS[name], "A candidate.") for name in CANDIDATES),
    *(Entry(f"{name}{AGAIN}", f"{LABELS[name]} again", "The same run once more.") for name in CANDIDATES),
    *(Entry(name, name.replace("_", " ")) for name in FURTHER),
)
LIVE, SHADOW, STAY = "live", "shadow", "stay"
DECISIONS = by_id(
    Entry(LIVE, "It becomes the champion"),
    Entry(SHADOW, "The old one stays; this one runs beside it, unseen"),
    Entry(STAY, "The old one stays, and nothing runs beside it"),
)
SPLITS = by_id(
    Entry(FIRST, "Weeks 1 to 6"), Entry(SECOND_HALF, "Weeks 7 to 13"), Entry(RANDOM, "Payments of all weeks, by lot")
)
SLICES = by_id(
    Entry("abroad", "Payments abroad"), Entry("instant", "Instant payments"), Entry("payroll", "Payroll"),
    Entry("small_firms", "Small firms"), Entry("marketplaces", "Marketplaces"),
)  # fmt: skip
ALL_THERE, MISSING = "all_there", "missing"
SERVING_WAYS = by_id(Entry(ALL_THERE, "Runs all that it reads"), Entry(MISSING, "Lacks something that it reads"))
REASONS = by_id(
    Entry(SLOW, "Too slow under load"),
    Entry(PROTECTED, "Falls in a slice that a contract protects"),
    Entry(AT_FIVE, "Gains only at more calls than are made"),
    Entry(FEATURES, "Reads what serving does not run"),
    Entry(NO_RERUN, "Does not come out the same again"),
    Entry(TUNED, "Gains only on the weeks by which it was chosen"),
    Entry("newest", "Too new to be trusted"),
    Entry("lower", "Lower on the board than another"),
    Entry("any_slice", "Falls in a slice that no contract protects"),
)
FEATURE_SETS = by_id(
    Entry("core", "Payment and account"), Entry("device", "Devices"), Entry("graph", "Who pays whom"),
    Entry("session", "What happens in a session"),
)  # fmt: skip

GATES = by_id(
    Entry(builds.NULLS, "Null values (%)", "Stops what lies above."),
    Entry(builds.SKEW, "Training beside serving: skew (%)", "Stops what lies above."),
    Entry(builds.LEAK, "Gap to the week after (points)", "Stops what lies above: what was leaked fails a week later."),
    Entry(builds.METRIC, "Caught, beside the champion (points)", "Stops what lies below."),
    Entry(builds.SLICE, "Worst slice, beside the champion (points)", "Stops what lies below."),
    Entry(builds.LOAD, "95th percentile under load (ms)", "Stops what lies above."),
    Entry(builds.SIGNATURE, "Signature of the package", "No limit: it is signed, or it is not."),
    Entry(builds.APPROVAL, "Approval by people", "No limit."),
)
APPROVERS = by_id(
    Entry("arjun", "Arjun Pillai, data science"), Entry("ulla", "Ulla Brandt, data science"),
    Entry("kofi", "Kofi Mensah, data science"), Entry("beatriz", "Beatriz Leal, engineering"),
    Entry("piotr", "Piotr Nowak, engineering"), Entry("wanda", "Wanda Roth, engineering"),
)  # fmt: skip
DATA_SIDE, ENGINEERING_SIDE = ("arjun", "ulla", "kofi"), ("beatriz", "piotr", "wanda")
AT_ONCE, CANARY, BESIDE = "at_once", "canary", "beside"
STRATEGIES = by_id(
    Entry(CANARY, "A part of payments first"),
    Entry(BESIDE, "Beside the old one, unseen"),
    Entry(AT_ONCE, "All at once"),
)
PARTS = by_id(
    Entry(MODEL, "Model"), Entry(FEATURE_CODE, "Feature code"), Entry(THRESHOLD, "Threshold"),
    Entry(LOOKUPS, "Lookup tables"), Entry(builds.TRAINING_DATA, "Training data"),
    Entry(builds.DASHBOARD, "Dashboard"),
)  # fmt: skip
MONITORS = by_id(
    Entry("nulls_live", "Null values in live payments"), Entry("skew_live", "Live payments beside training"),
    Entry("latency", "Response time"), Entry("queue", "Calls that are waiting for an analyst"),
    Entry("caught_late", "Caught, when labels are there"),
    Entry("worst_slice_late", "Worst slice, when labels are there"),
    Entry("training_score", "Score in training"),
)  # fmt: skip
AT_ONCE_SEEN, SEEN_LATE = ("nulls_live", "skew_live", "latency", "queue"), ("caught_late", "worst_slice_late")
AREAS = by_id(
    Entry("data", "Data"), Entry("model_tests", "Model"), Entry("infrastructure", "Infrastructure"),
    Entry("monitoring", "Monitoring"),
)  # fmt: skip

CAUSES = by_id(
    Entry(HANDOFF, "Waiting between functions", "Handed over, and not yet picked up."),
    Entry(REWORK, "Sent back", "Until it is sent again."),
    Entry(BLOCKED, "Blocked", "Until somebody outside has done something."),
    Entry(DECISION, "Waiting for a decision", "Asked, and not yet decided."),
)
OWN, JOINT, WITHHELD = "own", "joint", "withheld"
GROUP_WAYS = by_id(
    Entry(OWN, "Shown by itself"), Entry(JOINT, "Shown in the joint group"), Entry(WITHHELD, "Not shown")
)
FUNCTIONS = by_id(
    Entry("data_science", "Data science"), Entry("engineering", "Engineering"), Entry("analysts", "Analysts"),
    Entry("accounts", "Accounts"), Entry("design", "Design"), Entry("product", "Product"),
)  # fmt: skip
PILOT_VERDICTS = by_id(
    Entry("worked", "They shortened waits"),
    Entry("nothing", "They did nothing"),
    Entry("cannot_tell", "Cannot be told"),
)
COMPARISONS = by_id(
    Entry("others", "Squads without them, same quarter"), Entry("before", "All squads, the quarter before"),
    Entry("felt", "What people say of them"),
)  # fmt: skip
CHANGES = by_id(
    Entry("joint_reviews", "Joint reviews in all squads"),
    Entry("pick_up_rota", "One person a day picks up what was handed over"),
    Entry("ready_rule", "Nothing starts before an agreed list is ticked"),
    Entry("examples_first", "Both sides agree on three examples first"),
    Entry("unblock_hour", "An hour each day with those outside who hold us up"),
    Entry("own_test_data", "A copy of test data of our own"),
    Entry("deputies_decide", "Deputies decide below a limit"),
    Entry("decision_hour", "A fixed hour for decisions, twice a week"),
    Entry("desk_swap", "Deciders and squads sit together, two days a week"),
    Entry("stand_up", "A stand-up with everybody, each morning"),
    Entry("status_page", "A page on which everybody writes their status"),
    Entry("thanks_round", "A round of thanks each Friday"),
)
LEFT = 0.5
"""What a change leaves of the waits that it treats. Assumed."""
LEFT_OF_TWO = 0.55
"""The same of a change that treats two causes at once. Assumed."""
TREATS: Mapping[str, Mapping[str, float]] = MappingProxyType({
    "joint_reviews": {HANDOFF: LEFT}, "pick_up_rota": {HANDOFF: LEFT},
    "ready_rule": {REWORK: LEFT}, "examples_first": {REWORK: LEFT},
    "unblock_hour": {BLOCKED: LEFT}, "own_test_data": {BLOCKED: LEFT},
    "deputies_decide": {DECISION: LEFT}, "decision_hour": {DECISION: LEFT},
    "desk_swap": {HANDOFF: LEFT_OF_TWO, DECISION: LEFT_OF_TWO},
    "stand_up": {}, "status_page": {}, "thanks_round": {},
})  # fmt: skip
"""What each change leaves of which waits; joint reviews only where they shortened any."""
MEASURES = by_id(
    Entry(HANDOFF, "Days between functions, an item"), Entry(REWORK, "Days sent back, an item"),
    Entry(BLOCKED, "Days blocked, an item"), Entry(DECISION, "Days until a decision, an item"),
    Entry("mood", "Mean of the survey"), Entry("meetings", "Meetings held"),
)  # fmt: skip
SHOWN = by_id(
    Entry("lead_time", "How long items take"), Entry("waits", "What items wait for"),
    Entry("rework", "How many are sent back"), Entry("decisions", "How long decisions take"),
    Entry("survey", "The survey, by groups that may be shown"), Entry("pilot", "What became of the last experiment"),
    Entry("by_person", "How long each person takes"), Entry("by_squad_rank", "Squads from the best to the worst"),
)  # fmt: skip
MAY: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "nulls_live": ("beatriz", "arjun"), "skew_live": ("arjun", "beatriz"), "latency": ("beatriz", "conrad"),
    "queue": ("esi", "rhona"), "caught_late": ("arjun", "esi"), "worst_slice_late": ("rhona", "arjun"),
    "training_score": ("arjun",),
    "joint_reviews": ("tove", "arjun"), "pick_up_rota": ("beatriz", "tove"), "ready_rule": ("tove", "esi"),
    "examples_first": ("esi", "arjun"), "unblock_hour": ("rhona", "beatriz"), "own_test_data": ("beatriz", "arjun"),
    "deputies_decide": ("conrad", "rhona"), "decision_hour": ("conrad", "esi"), "desk_swap": ("conrad", "tove"),
    "stand_up": ("tove", "beatriz", "arjun"), "status_page": ("tove", "esi"), "thanks_round": ("tove", "rhona"),
})  # fmt: skip
"""Who may watch and act on a monitor, and who may begin a change."""
