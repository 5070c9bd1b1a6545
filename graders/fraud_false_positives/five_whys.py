"""Does the tree lead from a measured problem to something that a process can change? (A19)"""

from __future__ import annotations

from curriculum.artifacts.five_whys import PROBLEM, FiveWhys
from curriculum.artifacts.incident import Incident
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import DISTRACTORS, EDGES, FUNCTIONS, Claim, Measure
from curriculum.cases.fraud_false_positives.metrics import DEFINITIONS
from curriculum.cases.fraud_false_positives.payments import CAUSES
from curriculum.roleplay.engine import State
from graders.common import incomplete, listed, uncited
from graders.fraud_false_positives.base import (
    agrees,
    is_sound,
    metric_of,
    misstated,
    placed,
    rubric,
    stated,
    value_of,
    values_in_hint,
)
from graders.rubric import Objections, met, objection

SHARE_TOLERANCE = 5.0
"""Percentage points."""
SHALLOWEST, DEEPEST = 3, 7


def _claim(case: Case, id: str) -> Claim | None:
    found = case.registry.entries("claims").get(id)
    return found if isinstance(found, Claim) else None


def _measure(case: Case, id: str) -> Measure | None:
    found = case.registry.entries("measures").get(id)
    return found if isinstance(found, Measure) else None


def _words(case: Case, id: str) -> str:
    return f"“{case.registry.label('claims', id) or id or 'nothing'}”" if id != PROBLEM else "the problem"


def _place(tree: FiveWhys, claim: str) -> str:
    """Where a claim stands first in a tree that has it."""
    return next(place for place, why in placed("whys", tree.whys) if why.claim == claim) + ".claim"


def _endless(tree: FiveWhys) -> Objections:
    """A tree in which every why is explained by another one."""
    if not tree.leaves():
        yield objection("whys", "No branch has an end.", "a last why for each branch")


@rubric.criterion(
    points=1, voice="helen", skill="find_causes", gate=True,
    hints=(
        "Is there a number at the top, evidence beside each why, and a countermeasure at each end?",
        "Fill the problem with its two values; give each why its evidence; name both measures of each countermeasure.",
    ),
    met="Every part is filled, and every name is known here.",
)  # fmt: skip
def tree_is_complete(five_whys: FiveWhys, case: Case) -> Objections:
    """The problem, each why with evidence, and each countermeasure are filled."""
    yield from incomplete(
        five_whys, case, "definition", "before", "now", "whys", "countermeasures", "ruled_out", "whys[].claim",
        "whys[].evidence", "countermeasures[].against", "countermeasures[].prevent", "countermeasures[].detect",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=(
        "What is measurably different from before?",
        "Take a measure of good payments stopped that can be trusted today, with both of its values.",
        values_in_hint("false_positives"),
    ),
    rests_on=("five_whys.definition", "five_whys.before", "five_whys.now"),
)  # fmt: skip
def problem_is_a_measured_change(five_whys: FiveWhys, case: Case) -> Objections:
    """The problem is a measure of the harm with its value before and now, and both recompute."""
    definition = DEFINITIONS.get(five_whys.definition)
    if definition is None or metric_of(definition.id) != "false_positives" or not is_sound(definition.id):
        label = definition.label if definition else five_whys.definition
        rule = "a measure of good payments stopped, complete within days"
        yield objection("definition", f"The problem is given as “{label}”.", rule)
        return None
    yield from misstated(five_whys, definition, case)
    before, now = value_of(definition.id, case)
    return met(f"From {before:.2f} to {now:.2f} {definition.unit}: that is the problem.")


@rubric.criterion(
    points=2, voice="jonas", skill="find_causes", gate=True,
    hints=(
        "Ask of each why: how do we know?",
        "A fact supports a why when it would have to be explained away if the why were false.",
        "Going together in time is no support. Look for a fact about exactly this why, from who knows it.",
    ),
    rests_on=("five_whys.whys[].claim", "five_whys.whys[].evidence"),
)  # fmt: skip
def each_why_has_evidence_for_it(five_whys: FiveWhys, case: Case) -> Objections:
    """Each why cites evidence that supports it, and none that contradicts it."""
    for place, why in placed("whys", five_whys.whys):
        cited = [case.facts[id] for id in why.evidence if id in case.facts]
        against = [fact.id for fact in cited if why.claim in fact.contradicts]
        row = {"why": why.claim, "evidence": listed([fact.id for fact in cited]) if cited else "nothing"}
        if against:
            said = f"{_words(case, why.claim)} is contradicted by {listed(against)}, which you cite."
            yield objection(f"{place}.evidence", said, "evidence that speaks for the why", row)
        elif why.claim and not any(why.claim in fact.supports for fact in cited):
            said = f"{_words(case, why.claim)} rests on {row['evidence']}, which does not show it."
            yield objection(f"{place}.evidence", said, "at least one fact that supports exactly this why", row)
    return met(f"Each of the {len(five_whys.whys)} whys has evidence for it.")


@rubric.criterion(
    points=1, voice="ravi", skill="find_causes",
    hints=(
        "Read each branch backwards with “therefore”. Where does it stumble?",
        "One step at a time: what people see, what in the product does it, what allowed that, which process lacks.",
    ),
    rests_on=("five_whys.whys[].claim",),
    met="Each why leads to the one above it.",
)  # fmt: skip
def each_why_explains_the_one_above(five_whys: FiveWhys, case: Case) -> Objections:
    """Read backwards with “therefore”, each why leads to the one above it."""
    seen: set[str] = set()
    for place, why in placed("whys", five_whys.whys):
        above = why.explains or PROBLEM
        words, row = _words(case, why.claim), {"why": why.claim or "nothing", "explains": above}
        if why.claim in seen:
            yield objection(f"{place}.claim", f"{words} stands in the tree twice.", "each why once", row)
        elif (above, why.claim) not in EDGES and why.claim not in DISTRACTORS:
            said = f"{words} does not by itself lead to {_words(case, above)}."
            yield objection(f"{place}.explains", said, "a why that leads straight to the one above it", row)
        elif above != PROBLEM and above not in five_whys.parents():
            said = f"{_words(case, above)} is explained and is not in the tree."
            yield objection(f"{place}.explains", said, "the why above it, too", row)
        seen.add(why.claim)


@rubric.criterion(
    points=2, voice="mei", skill="find_causes",
    hints=(
        "Whose part of the picture has no branch yet?",
        "Three functions each contributed. Ask support who it is that calls: on the phone, from partners, from abroad.",
        "One branch each for the account feed, for the new market, and for the alert screen.",
    ),
    rests_on=("five_whys.whys[].claim",),
    met="Data platform, machine learning and design each have their branch.",
)  # fmt: skip
def each_contributing_function_has_a_branch(five_whys: FiveWhys, case: Case) -> Objections:
    """Every function that contributed to the harm has a branch from the problem down."""
    tops = [claim for claim, above in five_whys.parents().items() if above == PROBLEM]
    there = {found.branch for id in tops if (found := _claim(case, id))} & {*CAUSES}
    if there != {*CAUSES}:
        named = listed([FUNCTIONS[cause] for cause in CAUSES if cause in there])
        said = f"Functions with a branch: {named}. That is not everybody who contributed."
        yield objection("whys", said, "a branch from the problem down for each function that contributed")


@rubric.criterion(
    points=1, voice="clara", skill="find_causes",
    hints=(
        "If another person had sat there that day, would it have gone differently?",
        "End each branch with a process that somebody can change, not with a person or a team's character.",
    ),
    rests_on=("five_whys.whys[].claim",),
)  # fmt: skip
def branches_end_in_a_process(five_whys: FiveWhys, case: Case) -> Objections:
    """The last why of each branch is a process that can be changed, never a person or a team's character."""
    leaves = five_whys.leaves()
    for leaf in leaves:
        if (found := _claim(case, leaf)) and found.person:
            said = f"A branch ends with {_words(case, leaf)}."
            yield objection(_place(five_whys, leaf), said, "what in the way of working let that happen")
    yield from _endless(five_whys)
    return met(f"All {len(leaves)} branches end in a way of working.", {"last whys": listed(leaves)})


@rubric.criterion(
    points=2, voice="ravi", skill="weigh_trade_offs",
    hints=(
        "How many stops more than usual are there in each group of payments?",
        "Compare each group with the same kind of payment before: partner logins, the market, phones.",
        "Stops since the launch minus usual stops, for each group; divide by the sum of the three.",
        "Feed {{ truth.shares.upstream | number }} percent, market {{ truth.shares.market | number }} percent, "
        "screen {{ truth.shares.screen | number }} percent.",
    ),
    rests_on=("each_contributing_function_has_a_branch",),
    met="The three shares recompute, and add up to no more than 100 percent.",
    expected="its group's stops beyond the usual in `payments`, as a share of all three, within five percentage points",
)  # fmt: skip
def shares_recompute(five_whys: FiveWhys, case: Case) -> Objections:
    """The share of each cause is right within five percentage points, and together they are at most 100."""
    given: dict[str, float] = {}
    places: dict[str, str] = {}
    for place, why in placed("whys", five_whys.whys):
        found = _claim(case, why.claim)
        if found and not why.explains:
            places.setdefault(found.branch, f"{place}.share")
            if why.share is not None:
                given[found.branch] = given.get(found.branch, 0.0) + why.share
    for cause in CAUSES:
        said = f"{stated(given[cause])} percent" if cause in given else "no share"
        if cause not in given or abs(given[cause] - case.truth.shares[cause]) > SHARE_TOLERANCE:
            yield objection(places.get(cause, "whys"), f"The branch of {FUNCTIONS[cause]} is given {said}.")
    total = sum(why.share for why in five_whys.whys if why.share is not None)
    if total > 100.5:
        yield objection("whys", f"The shares add up to {total:g} percent.", "at most 100 percent")


@rubric.criterion(
    points=2, voice="jonas", skill="find_causes", gate=True,
    hints=(
        "What else began on that day, and would the harm be smaller without it?",
        "Find a group of customers that had the one and not the other.",
        "Ask Jonas about customers with a password: they shop in the sale too.",
    ),
    rests_on=("five_whys.whys[].claim",),
    met="What merely happened at the same time is not among the whys.",
    expected="only what the harm would be smaller without",
)  # fmt: skip
def coincidence_is_not_a_cause(five_whys: FiveWhys, case: Case) -> Objections:
    """No why rests on something that only happened at the same time."""
    for place, why in placed("whys", five_whys.whys):
        if why.claim in DISTRACTORS:
            row = {"why": why.claim, "evidence": listed(why.evidence), "compare": "groups with it and without it"}
            yield objection(f"{place}.claim", f"{_words(case, why.claim)} is among the whys.", "", row)


@rubric.criterion(
    points=1, voice="samir", skill="find_causes",
    hints=(
        "For each last why: what stops it, and what would tell us within hours?",
        "One measure that prevents and one that detects, and both belong to that branch.",
        "A reminder or a course prevents nothing by itself. Look for a test, a gate, an alarm.",
    ),
    rests_on=("five_whys.whys[].claim", "five_whys.countermeasures[].against"),
)  # fmt: skip
def each_end_is_prevented_and_detected(five_whys: FiveWhys, case: Case) -> Objections:
    """For the last why of each branch there is one measure that prevents and one that detects."""
    leaves = five_whys.leaves()
    given = {
        planned.against: (place, planned) for place, planned in placed("countermeasures", five_whys.countermeasures)
    }
    for leaf in leaves:
        words, branch = _words(case, leaf), claim.branch if (claim := _claim(case, leaf)) else ""
        if leaf not in given:
            said = f"Nothing is planned against {words}."
            yield objection("countermeasures", said, "a countermeasure for each last why")
            continue
        place, planned = given[leaf]
        for verb, id, kind in (("prevent", planned.prevent, "a test or a gate"),
                               ("detect", planned.detect, "an alarm or a panel")):  # fmt: skip
            measure = _measure(case, id)
            does = measure is not None and (
                leaf in measure.prevents if verb == "prevent" else measure.detects and measure.branch == branch
            )
            if not does:
                said = f"“{measure.label if measure else 'nothing'}” does not {verb} {words}."
                row = {"last why": leaf, f"{verb}s": id or "nothing"}
                yield objection(f"{place}.{verb}", said, f"{kind} for this branch", row)
    yield from _endless(five_whys)
    return met(f"Each of the {len(leaves)} ends is prevented and detected.")


@rubric.criterion(
    points=1, voice="mei", skill="find_causes",
    hints=(
        "Did you stop at the first answer, or go on until a process appeared?",
        "Three to seven whys on each branch; five is a habit, not a rule.",
    ),
    rests_on=("five_whys.whys[].claim",),
    expected=f"branches of {SHALLOWEST} to {DEEPEST} whys",
)  # fmt: skip
def branches_are_deep_enough(five_whys: FiveWhys, case: Case) -> Objections:
    """Each branch has three to seven whys."""
    depths = {leaf: len(five_whys.path(leaf)) for leaf in five_whys.leaves()}
    for leaf, depth in depths.items():
        if not SHALLOWEST <= depth <= DEEPEST:
            words = f"{depth} {'why' if depth == 1 else 'whys'}"
            said = f"The branch that ends with {_words(case, leaf)} has {words}."
            yield objection(_place(five_whys, leaf), said, "", {"last why": leaf, "whys": depth})
    yield from _endless(five_whys)
    return met(f"The branches have {listed([str(depth) for depth in depths.values()])} whys.")


@rubric.criterion(
    points=1, voice="amara", skill="listen_and_synthesise",
    hints=(
        "Which of your evidence did somebody really say?",
        "Remove what nobody told you, or talk to the person who knows it.",
    ),
    rests_on=("five_whys.whys[].evidence",),
    met="Everything that you cite was said in the war room or stands in the brief.",
)  # fmt: skip
def whys_cite_what_was_said(five_whys: FiveWhys, case: Case, conversation: State) -> Objections:
    """The whys cite only what was said in the war room or stands in the brief."""
    yield from uncited(five_whys, conversation, case)


@rubric.criterion(
    points=1, voice="helen", skill="lead_incidents",
    hints=(
        "Is the problem that you explain the one that the dashboard shows?",
        "Use the definition and the two values of your record's panel on good payments stopped.",
    ),
    rests_on=("five_whys.definition", "five_whys.before", "five_whys.now", "incident.panels[].definition",
              "incident.panels[].before", "incident.panels[].now"),
    met="Tree and dashboard show the same problem.",
)  # fmt: skip
def problem_is_the_dashboards(five_whys: FiveWhys, incident: Incident) -> Objections:
    """The problem is counted as on the shared dashboard, with the same values."""
    panel = next((panel for panel in incident.panels if panel.metric == "false_positives"), None)
    shown = (panel.definition if panel else "") or "nothing"
    row = {"tree": five_whys.definition, "dashboard": shown}
    if panel is None or five_whys.definition != shown:
        said = "The tree and the dashboard count good payments differently."
        yield objection("definition", said, "one definition in both", row)
        return None
    for place, tree, board in (("before", five_whys.before, panel.before), ("now", five_whys.now, panel.now)):
        if board is None or not agrees(tree, board):
            said = f"The tree says {stated(tree)}, the dashboard {stated(board)}."
            yield objection(place, said, "the same number in both", row)
    return None
