"""Who gets v2, what steers, who acts when, and what may already be counted. (A33, O.2, O.5 to O.7)"""

from __future__ import annotations

from curriculum.artifacts.kpi_tree import KpiTree
from curriculum.artifacts.trigger import Trigger
from curriculum.cases import Case
from curriculum.cases.feedback_loops.draw import DAYS_A_REVIEW, SWAPS
from curriculum.cases.feedback_loops.entries import FITS, MAY
from curriculum.roleplay.engine import State
from graders.common import named, near, placed, stated, unheard
from graders.feedback_loops.base import TINY, rubric
from graders.rubric import Objections, met, objection

EARNS = 0.85
A_HALF = 0.5
"""Points by which a rate may be off: it may be said in whole percent (G4)."""
LOW, HIGH = 2.0, 6.0
ROOM = 0.06
"""How a scatter is read: with or without one week more, rounded."""


@rubric.criterion(
    points=8, voice="bettina", skill="measure_success",
    hints=(
        "Which cohort is the youngest of which the last payment is in?",
        "Bettina knows after how many weeks a cohort is final. Count back from the end of week 52.",
        "It is week {{ truth.last_ripe }}.",
    ),
    rests_on=("kpi_tree.last_ripe", "kpi_tree.kept_ripe"),
    expected="the youngest cohort that is final, and its share in the table",
)  # fmt: skip
def kept_is_ripe(kpi_tree: KpiTree, case: Case, conversation: State) -> Objections:
    """What is said of staying is of a cohort that is final, and its number is right."""
    yield from unheard(case, conversation, "late_cohorts", "last_ripe", "It rests on when a cohort is final")
    ripe, week = case.truth.last_ripe, kpi_tree.last_ripe or 0.0
    if week > ripe:
        yield objection("last_ripe", f"The cohort of week {stated(week)} is not final: some payments are still out.")
    elif week < ripe - 1:
        yield objection("last_ripe", f"There are younger cohorts than that of week {stated(week)} that are final.")
    elif not near(kpi_tree.kept_ripe, case.truth.kept_of(round(week)), absolute=A_HALF):
        yield objection("kept_ripe", f"{stated(kpi_tree.kept_ripe)} % is not what is left of that cohort.")
    return met(f"Week {stated(week)} is final.")


@rubric.criterion(
    points=1, voice="bettina", skill="domain_literacy",
    hints=(
        "Of whom is it a share?",
        "Members today beside a month ago mixes those who join with those who leave.",
    ),
    rests_on=("kpi_tree.kept_means",),
    expected="of those who were there at the start, when it is final",
)  # fmt: skip
def definition_holds(kpi_tree: KpiTree, case: Case) -> Objections:
    """“Kept” is a share of those who were there at the start of eight weeks."""
    if kpi_tree.kept_means != "ripe_cohort":
        yield objection("kept_means", f"“{named(case, 'kept_definitions', kpi_tree.kept_means)}” moves with who joins.")
    return met("“Kept” is counted the same way for everybody.")


@rubric.criterion(
    points=3, voice="ijeoma", skill="find_causes",
    hints=(
        "Is there a segment in which hits rise and fewer stay?",
        "Read the test by segment. The mean hides it, and so does the slope of members.",
        "It is {{ truth.says.turns }}.",
    ),
    rests_on=("kpi_tree.turns",),
    expected="the segment in which the test shows that fewer stay although hits rise",
)  # fmt: skip
def reversal_named(kpi_tree: KpiTree, case: Case) -> Objections:
    """The segment for which better hits mean that fewer stay is named."""
    if kpi_tree.turns != case.truth.shape.turns:
        said = f"Of {named(case, 'segments', kpi_tree.turns).lower()}, the test does not show that fewer stay."
        yield objection("turns", said, "", {"look at": "v2_test, kept in week 8, by segment"})
    return met(f"{named(case, 'segments', kpi_tree.turns)}: hits rise, and fewer stay.")


@rubric.criterion(
    points=5, voice="ijeoma", skill="communicate_harm", gate=True,
    hints=(
        "Who would leave because of v2?",
        "The mean of all members is no answer for those who leave.",
        "Not to {{ truth.says.turns }}.",
    ),
    rests_on=("kpi_tree.edges", "kpi_tree.turns"),  # v2 may go to nobody for now: then it drives away nobody.
    expected="v2 for those only whom it does not drive away, by the test",
)  # fmt: skip
def nobody_driven_away(kpi_tree: KpiTree, case: Case) -> Objections:
    """v2 does not go to members whom it drives away."""
    turns = case.truth.shape.turns
    if turns in kpi_tree.v2_for:
        said = f"v2 goes to {named(case, 'segments', turns).lower()}, and fewer of them stay with it."
        yield objection("v2_for", said, "", {"look at": "v2_test, kept in week 8, by segment"})
    return met("v2 goes to nobody whom it drives away.")


@rubric.criterion(
    points=5, voice="rafael", skill="weigh_trade_offs",
    hints=(
        "Who stays more with v2, beyond chance, and do all of them get it?",
        "Leave out whom it drives away; whom it leaves as they are may have it or not.",
        "It is better for {{ truth.says.best_for }}.",
    ),
    rests_on=("nobody_driven_away",),
    expected="v2 for all whom it keeps, by the test",
)  # fmt: skip
def launch_earns(kpi_tree: KpiTree, case: Case) -> Objections:
    """v2 goes to those whom it keeps: at least 85 of 100 of what it can bring."""
    gain, best = case.truth.gain(kpi_tree.v2_for), case.truth.best_gain
    if gain < EARNS * best - TINY:
        row = {"brings (members of 100)": f"{gain:.2f}"}
        yield objection("v2_for", f"It brings {100 * max(0.0, gain) / best:.0f} of 100 of what v2 can.", "", row)
    return met("v2 goes to those whom it keeps.")


@rubric.criterion(
    points=9, voice="rafael", skill="measure_success",
    hints=(
        "Which early measure is worse in the segment in which fewer stay?",
        "A measure that gets better everywhere says nothing of who leaves. Ijeoma has asked some of them.",
        "It is {{ truth.says.steering }}.",
    ),
    rests_on=("tree_is_whole", "kpi_tree.steering"),
    expected="the early measure that goes the same way as staying in every segment, in the test and in what was told",
)  # fmt: skip
def steering_measure_follows(kpi_tree: KpiTree, case: Case, conversation: State) -> Objections:
    """What steers follows who stays in every segment, and those who left say the same."""
    what = "It rests on what those who left had met"
    yield from unheard(case, conversation, "before_leaving", "steering", what)
    if kpi_tree.steering != case.truth.shape.steering:
        said = f"{named(case, 'metrics', kpi_tree.steering)} does not follow who stays in each segment."
        yield objection("steering", said, "", {"look at": "v2_test, by segment"})
    elif kpi_tree.steering not in {node.metric for node in kpi_tree.nodes}:
        yield objection("nodes", f"“{named(case, 'metrics', kpi_tree.steering)}” steers and is no measure of the tree.")
    return met(f"{named(case, 'metrics', kpi_tree.steering)} goes the way of staying in every segment.")


@rubric.criterion(
    points=8, voice="kwame", skill="measure_success",
    hints=(
        "How often would this limit be crossed by chance?",
        "Between two and six times what weeks scatter by, in the measure's own unit: the standard deviation of "
        "`usual`.",
    ),
    rests_on=("tree_is_whole",),
    expected="two to six times the standard deviation from week to week",
)  # fmt: skip
def thresholds_can_speak(kpi_tree: KpiTree, case: Case) -> Objections:
    """Each measure's limit lies beyond chance and within reach."""
    for place, node in placed("nodes", kpi_tree.nodes):
        if node.metric not in case.registry.entries("metrics"):
            continue
        times = abs(node.threshold or 0.0) / case.truth.scatter(node.metric)
        if not LOW * (1 - ROOM) <= times <= HIGH * (1 + ROOM):
            row = {"measure": named(case, "metrics", node.metric), "stated": stated(node.threshold),
                   "times the scatter": f"{times:.1f}"}  # fmt: skip
            how = "chance alone crosses it" if times < LOW else "it never speaks"
            said = f"{named(case, 'metrics', node.metric)} acts at {stated(node.threshold)}: {how}."
            yield objection(f"{place}.threshold", said, "", row)
    return met("Limits lie beyond chance and within reach.")


@rubric.criterion(
    points=3, voice="rafael", skill="decision_rights",
    hints=(
        "May this person do it, do they have the days this quarter, and does it make the measure better?",
        "Look at `who_can`: what each may do, and how many free days they have. A review takes "
        f"{DAYS_A_REVIEW}; logging that is looked through makes no measure better.",
    ),
    rests_on=("tree_is_whole",),
    expected="for each measure something that can make it better, by one person who may do it and has the days",
)  # fmt: skip
def owners_can_act(kpi_tree: KpiTree, case: Case) -> Objections:
    """Whoever acts on a measure may do so and has days for it, and what they do can make it better."""
    for place, node in placed("nodes", kpi_tree.nodes):
        if node.owner and node.action and not case.truth.can(node.owner, node.action):
            label, free = named(case, "people", node.owner), case.truth.free_days.get(node.owner, 0)
            row = {"measure": named(case, "metrics", node.metric), "look at": "who_can"}
            if node.owner not in MAY.get(node.action, ()):
                said = f"{label} may not do this: {named(case, 'node_actions', node.action).lower()}."
            elif free:
                said = f"{label} has {free} free days this quarter, and a review takes {DAYS_A_REVIEW}."
            else:
                said = f"{label} is not there this quarter."
            yield objection(f"{place}.owner", said, "", row)
        if node.action and node.action not in FITS.get(node.metric, (node.action,)):
            does, measure = named(case, "node_actions", node.action), named(case, "metrics", node.metric).lower()
            yield objection(f"{place}.action", f"“{does}”: that alone makes {measure} no better.")
    return met("Whoever acts may and has the days, and it can help.")


@rubric.criterion(
    points=2, voice="sunniva", skill="keep_decisions",
    hints=(
        "What the trigger looks at: where does it stand in the tree, and who acts on it there?",
        "The measure “swaps” with a review of the model, by the person whom the trigger names.",
    ),
    rests_on=("one_owner_and_days", "kpi_tree.nodes"),  # The same person is right where it is the right one.
    expected="swaps among the measures, with a review by the person whom the trigger names",
)  # fmt: skip
def signal_is_in_the_tree(kpi_tree: KpiTree, trigger: Trigger, case: Case) -> Objections:
    """What the trigger watches stands in the tree, with the same person and the same review."""
    found = [(place, node) for place, node in placed("nodes", kpi_tree.nodes) if node.metric == SWAPS]
    if not found:
        yield objection("nodes", "The trigger watches swaps, and the tree does not know them.")
    for place, node in found:
        if (node.action, node.owner) != ("review_model", trigger.owner):
            says = f"{named(case, 'people', node.owner)}, {named(case, 'node_actions', node.action).lower()}"
            said = f"In the tree: {says}. In the trigger: {named(case, 'people', trigger.owner)}, a review."
            yield objection(f"{place}.owner", said)
    return met("Trigger and tree call the same person.")
