"""Does the tree lead from a measured problem to something that a process can change? (A19)"""

from __future__ import annotations

from curriculum.artifacts.five_whys import PROBLEM, FiveWhys
from curriculum.artifacts.incident import Incident
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import DISTRACTORS, EDGES, FUNCTIONS, MEASURES, Claim
from curriculum.cases.fraud_false_positives.metrics import DEFINITIONS
from curriculum.cases.fraud_false_positives.payments import CAUSES
from curriculum.roleplay.engine import State
from graders.common import listed
from graders.fraud_false_positives.base import (
    agrees,
    cites_what_was_said,
    completeness,
    is_sound,
    metric_of,
    rubric,
    short,
    stated,
    value_of,
)
from graders.rubric import Verdict, met, unmet

SHARE_TOLERANCE = 5.0
"""Percentage points."""
SHALLOWEST, DEEPEST = 3, 7


def _claim(case: Case, id: str) -> Claim | None:
    found = case.registry.entries("claims").get(id)
    return found if isinstance(found, Claim) else None


def _words(case: Case, id: str) -> str:
    return f"“{case.registry.label('claims', id)}”" if id != PROBLEM else "the problem"


@rubric.criterion(
    points=1,
    voice="helen",
    skill="find_causes",
    gate=True,
    hints=(
        "Is there a number at the top, evidence beside each why, and a countermeasure at each end?",
        "Fill the problem with its two values; give each why its evidence; name both measures of each countermeasure.",
    ),
)
def tree_is_complete(five_whys: FiveWhys, case: Case) -> Verdict:
    """The problem, each why with evidence, and each countermeasure are filled."""
    required: dict[str, object] = {
        "the problem's measure": five_whys.definition,
        "its value before": five_whys.before,
        "its value now": five_whys.now,
        "the whys": five_whys.whys,
        "the countermeasures": five_whys.countermeasures,
        "what was ruled out": five_whys.ruled_out,
    }
    for number, why in enumerate(five_whys.whys, start=1):
        required |= {f"why {number}": why.claim, f"the evidence of why {number}": why.evidence}
    for number, measure in enumerate(five_whys.countermeasures, start=1):
        required |= {f"countermeasure {number}": measure.against, f"its prevention ({number})": measure.prevent,
                     f"its detection ({number})": measure.detect}  # fmt: skip
    return completeness(five_whys, case, required)


@rubric.criterion(
    points=1,
    voice="jonas",
    skill="measure_success",
    hints=(
        "What is measurably different from before?",
        "Take a measure of good payments stopped that can be trusted today, with both of its values.",
    ),
)
def problem_is_a_measured_change(five_whys: FiveWhys, case: Case) -> Verdict:
    """The problem is a measure of the harm with its value before and now, and both recompute."""
    definition = DEFINITIONS.get(five_whys.definition)
    if definition is None or metric_of(definition.id) != "false_positives" or not is_sound(definition.id):
        label = definition.label if definition else "nothing"
        return unmet(f"The problem is given as “{label}”.", "a measure of good payments stopped, complete within days")
    before, now = value_of(definition.id, case)
    row = {"definition": definition.id, "before": round(before, 2), "now": round(now, 2), "unit": definition.unit}
    if agrees(five_whys.before, before) and agrees(five_whys.now, now):
        return met(f"From {before:.2f} to {now:.2f} {definition.unit}: that is the problem.", row)
    return unmet(
        f"You state {stated(five_whys.before)} before and {stated(five_whys.now)} now.",
        f"{before:.2f} before and {now:.2f} now, {definition.unit}",
        row,
    )


@rubric.criterion(
    points=2,
    voice="jonas",
    skill="find_causes",
    gate=True,
    hints=(
        "Ask of each why: how do we know?",
        "A fact supports a why when it would have to be explained away if the why were false.",
        "Going together in time is no support. Look for a fact about exactly this why, from who knows it.",
    ),
)
def each_why_has_evidence_for_it(five_whys: FiveWhys, case: Case) -> Verdict:
    """Each why cites evidence that supports it, and none that contradicts it."""
    for why in five_whys.whys:
        cited = [case.facts[id] for id in why.evidence if id in case.facts]
        against = [fact for fact in cited if why.claim in fact.contradicts]
        if against:
            return unmet(
                f"{_words(case, why.claim)} is contradicted by what you cite.",
                "evidence that speaks for the why",
                {"why": why.claim, "evidence": against[0].id, "says": against[0].label},
            )
        if why.claim and not any(why.claim in fact.supports for fact in cited):
            shown = f"“{short(cited[0].label)}”" if cited else "nothing"
            return unmet(
                f"{_words(case, why.claim)} rests on {shown}, which does not show it.",
                "at least one fact that supports exactly this why",
                {"why": why.claim, "evidence": listed([fact.id for fact in cited])},
            )
    if not five_whys.whys:
        return unmet("There is no why yet.", "whys, each with its evidence")
    return met(f"Each of the {len(five_whys.whys)} whys has evidence for it.")


@rubric.criterion(
    points=1,
    voice="ravi",
    skill="find_causes",
    hints=(
        "Read each branch backwards with “therefore”. Where does it stumble?",
        "One step at a time: what people see, what in the product does it, what allowed that, which process lacks.",
    ),
)
def each_why_explains_the_one_above(five_whys: FiveWhys, case: Case) -> Verdict:
    """Read backwards with “therefore”, each why leads to the one above it."""
    seen: set[str] = set()
    for why in five_whys.whys:
        above = why.explains or PROBLEM
        row = {"why": why.claim or "nothing", "explains": above}
        if why.claim in seen:
            return unmet(f"{_words(case, why.claim)} stands in the tree twice.", "each why once", row)
        seen.add(why.claim)
        if (above, why.claim) not in EDGES and why.claim not in DISTRACTORS:
            return unmet(
                f"{_words(case, why.claim)} does not by itself lead to {_words(case, above)}.",
                "a why that leads straight to the one above it",
                row,
            )
        if above != PROBLEM and above not in five_whys.parents():
            return unmet(f"{_words(case, above)} is explained and is not in the tree.", "the why above it, too", row)
    if not five_whys.whys:
        return unmet("There is no why yet.", "whys that lead to each other")
    return met("Each why leads to the one above it.")


@rubric.criterion(
    points=2,
    voice="mei",
    skill="find_causes",
    hints=(
        "Whose part of the picture has no branch yet?",
        "Three functions each contributed. Ask support who it is that calls: on the phone, from partners, from abroad.",
        "One branch each for the account feed, for the new market, and for the alert screen.",
    ),
)
def each_contributing_function_has_a_branch(five_whys: FiveWhys, case: Case) -> Verdict:
    """Every function that contributed to the harm has a branch from the problem down."""
    tops = [claim for claim, above in five_whys.parents().items() if above == PROBLEM]
    there = {found.branch for id in tops if (found := _claim(case, id))}
    lacking = [FUNCTIONS[cause] for cause in CAUSES if cause not in there]
    rows = [{"function": FUNCTIONS[cause], "share": f"{case.truth.shares[cause]:.0f} %"} for cause in CAUSES
            if cause not in there]  # fmt: skip
    if lacking:
        return unmet(f"There is no branch for {listed(lacking)}.", "a branch for each function that contributed", *rows)
    return met("Data platform, machine learning and design each have their branch.")


@rubric.criterion(
    points=1,
    voice="clara",
    skill="find_causes",
    hints=(
        "If another person had sat there that day, would it have gone differently?",
        "End each branch with a process that somebody can change, not with a person or a team's character.",
    ),
)
def branches_end_in_a_process(five_whys: FiveWhys, case: Case) -> Verdict:
    """The last why of each branch is a process that can be changed, never a person or a team's character."""
    leaves = five_whys.leaves()
    people = [id for id in leaves if (found := _claim(case, id)) and found.person]
    if people:
        return unmet(
            f"A branch ends with {_words(case, people[0])}.",
            "what in the way of working let that happen",
            {"last why": people[0]},
        )
    if not leaves:
        return unmet("No branch has an end.", "a last why for each branch")
    return met(f"All {len(leaves)} branches end in a way of working.", {"last whys": listed(leaves)})


@rubric.criterion(
    points=2,
    voice="ravi",
    skill="weigh_trade_offs",
    hints=(
        "How many stops more than usual are there in each group of payments?",
        "Compare each group with the same kind of payment before: partner logins, the market, phones.",
        "Stops since the launch minus usual stops, for each group; divide by the sum of the three.",
    ),
)
def shares_recompute(five_whys: FiveWhys, case: Case) -> Verdict:
    """The share of each cause is right within five percentage points, and together they are at most 100."""
    given: dict[str, float] = {}
    for why in five_whys.whys:
        found = _claim(case, why.claim)
        if found and not why.explains and why.share is not None:
            given[found.branch] = given.get(found.branch, 0.0) + why.share
    total = sum(why.share for why in five_whys.whys if why.share is not None)
    rows = [{"cause": FUNCTIONS[cause], "share": round(case.truth.shares[cause], 1),
             "stated": stated(given.get(cause))} for cause in CAUSES]  # fmt: skip
    wrong = [cause for cause in CAUSES
             if cause not in given or abs(given[cause] - case.truth.shares[cause]) > SHARE_TOLERANCE]  # fmt: skip
    if wrong:
        cause = wrong[0]
        said = f"{stated(given[cause])} percent" if cause in given else "no share"
        return unmet(
            f"The branch of {FUNCTIONS[cause]} is given {said}.",
            f"about {case.truth.shares[cause]:.0f} percent",
            *rows,
        )
    if total > 100.5:
        return unmet(f"The shares add up to {total:g} percent.", "at most 100 percent", *rows)
    return met("The three shares recompute, and add up to no more than 100 percent.", *rows)


@rubric.criterion(
    points=2,
    voice="jonas",
    skill="find_causes",
    gate=True,
    hints=(
        "What else began on that day, and would the harm be smaller without it?",
        "Find a group of customers that had the one and not the other.",
        "Ask Jonas about customers with a password: they shop in the sale too.",
    ),
)
def coincidence_is_not_a_cause(five_whys: FiveWhys, case: Case) -> Verdict:
    """No why rests on something that only happened at the same time."""
    used = [why.claim for why in five_whys.whys if why.claim in DISTRACTORS]
    if not used:
        return met("What merely happened at the same time is not among the whys.")
    deciding = [fact for fact in case.facts.values() if used[0] in fact.contradicts]
    rows = [{"against it": fact.id, "says": fact.label} for fact in deciding[:2]]
    return unmet(f"{_words(case, used[0])} is among the whys.", "only what the harm would be smaller without", *rows)


@rubric.criterion(
    points=1,
    voice="samir",
    skill="find_causes",
    hints=(
        "For each last why: what stops it, and what would tell us within hours?",
        "One measure that prevents and one that detects, and both belong to that branch.",
        "A reminder or a course prevents nothing by itself. Look for a test, a gate, an alarm.",
    ),
)
def each_end_is_prevented_and_detected(five_whys: FiveWhys, case: Case) -> Verdict:
    """For the last why of each branch there is one measure that prevents and one that detects."""
    leaves = five_whys.leaves()
    given = {measure.against: measure for measure in five_whys.countermeasures}
    for leaf in leaves:
        found, branch = given.get(leaf), claim.branch if (claim := _claim(case, leaf)) else ""
        if found is None:
            return unmet(f"Nothing is planned against {_words(case, leaf)}.", "a countermeasure for each last why")
        prevent, detect = MEASURES.get(found.prevent), MEASURES.get(found.detect)
        row = {"last why": leaf, "prevents": found.prevent or "nothing", "detects": found.detect or "nothing"}
        if not (prevent and prevent.prevents and prevent.branch == branch):
            label = prevent.label if prevent else "nothing"
            return unmet(f"“{label}” does not prevent {_words(case, leaf)}.", "a test or a gate for this branch", row)
        if not (detect and detect.detects and detect.branch == branch):
            label = detect.label if detect else "nothing"
            return unmet(f"“{label}” does not detect {_words(case, leaf)}.", "an alarm or a panel for this branch", row)
    if not leaves:
        return unmet("No branch has an end.", "a countermeasure for each last why")
    return met(f"Each of the {len(leaves)} ends is prevented and detected.")


@rubric.criterion(
    points=1,
    voice="mei",
    skill="find_causes",
    hints=(
        "Did you stop at the first answer, or go on until a process appeared?",
        "Three to seven whys on each branch; five is a habit, not a rule.",
    ),
)
def branches_are_deep_enough(five_whys: FiveWhys, case: Case) -> Verdict:
    """Each branch has three to seven whys."""
    depths = {leaf: len(five_whys.path(leaf)) for leaf in five_whys.leaves()}
    off = [leaf for leaf, depth in depths.items() if not SHALLOWEST <= depth <= DEEPEST]
    if off:
        return unmet(
            f"The branch that ends with {_words(case, off[0])} has {depths[off[0]]} "
            f"{'why' if depths[off[0]] == 1 else 'whys'}.",
            f"{SHALLOWEST} to {DEEPEST}",
            {"last why": off[0], "whys": depths[off[0]]},
        )
    if not depths:
        return unmet("No branch has an end.", f"branches of {SHALLOWEST} to {DEEPEST} whys")
    return met(f"The branches have {listed([str(depth) for depth in depths.values()])} whys.")


@rubric.criterion(
    points=1,
    voice="amara",
    skill="listen_and_synthesise",
    hints=(
        "Which of your evidence did somebody really say?",
        "Remove what nobody told you, or talk to the person who knows it.",
    ),
)
def whys_cite_what_was_said(five_whys: FiveWhys, case: Case, conversation: State) -> Verdict:
    """The whys cite only what was said in the war room or stands in the brief."""
    return cites_what_was_said(five_whys, conversation, case)


@rubric.criterion(
    points=1,
    voice="helen",
    skill="lead_incidents",
    hints=(
        "Is the problem that you explain the one that the dashboard shows?",
        "Use the definition and the two values of your record's panel on good payments stopped.",
    ),
)
def problem_is_the_dashboards(five_whys: FiveWhys, incident: Incident) -> Verdict:
    """The problem is counted as on the shared dashboard, with the same values."""
    panel = next((panel for panel in incident.panels if panel.metric == "false_positives"), None)
    shown = panel.definition if panel else "nothing"
    row = {"tree": five_whys.definition or "nothing", "dashboard": shown or "nothing"}
    if panel is None or not five_whys.definition or panel.definition != five_whys.definition:
        return unmet("The tree and the dashboard count good payments differently.", "one definition in both", row)
    for tree, board in ((five_whys.before, panel.before), (five_whys.now, panel.now)):
        if tree is None or board is None or not agrees(tree, board):
            return unmet(f"The tree says {stated(tree)}, the dashboard {stated(board)}.", "the same number", row)
    return met("Tree and dashboard show the same problem.", row)
