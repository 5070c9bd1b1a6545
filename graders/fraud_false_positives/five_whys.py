"""Does the tree lead from a measured problem to something that a process can change? (A19)"""

from __future__ import annotations

from curriculum.artifacts.five_whys import PROBLEM, FiveWhys
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.causes import DISTRACTORS, EDGES, FUNCTIONS, Claim, Measure
from curriculum.cases.fraud_false_positives.shape import CAUSES
from curriculum.roleplay.engine import State
from graders.common import incomplete, listed, placed, stated, uncited
from graders.fraud_false_positives.base import inner, rubric, short, who_is
from graders.rubric import Objections, met, objection

SHARE_TOLERANCE = 5.0
"""Percentage points."""
ROUNDED_UP = 1.51
"""Points by which three shares may add up to more than 100 because each was rounded to whole percents."""
SHALLOWEST, DEEPEST = 3, 7


def _claim(case: Case, id: str) -> Claim | None:
    return case.registry.find("claims", id, Claim)


def _measure(case: Case, id: str) -> Measure | None:
    return case.registry.find("measures", id, Measure)


def _words(case: Case, id: str) -> str:
    return f"“{case.registry.label('claims', id) or id or 'nothing'}”" if id != PROBLEM else "the problem"


def _place(tree: FiveWhys, claim: str) -> str:
    """Where a claim stands first in a tree that has it."""
    return next(place for place, why in placed("whys", tree.whys) if why.claim == claim) + ".claim"


def _endless(tree: FiveWhys) -> Objections:
    """A tree in which every why is explained by another one."""
    if not tree.leaves():
        yield objection("whys", "No branch has an end.", "a last why for each branch")


def _coincides(case: Case, claim: str) -> bool:
    """Whether a claim speaks of what only happened at the same time."""
    found = _claim(case, claim)
    return claim in DISTRACTORS or (
        found is not None and found.branch in CAUSES and found.branch not in case.truth.at_work
    )


@rubric.criterion(
    points=1, voice="helen", skill="find_causes", gate=True,
    hints=(
        "Is there evidence beside each why, something that changes, and something that was ruled out?",
        "Give each why its evidence, say one of them in your own words, pick what is changed and by whom, and name one "
        "explanation that does not hold.",
    ),
    met="Every part is filled, and every name is known here.",
)  # fmt: skip
def tree_is_complete(five_whys: FiveWhys, case: Case) -> Objections:
    """Each why has a claim and evidence, one is said in own words, changes and what was ruled out are filled."""
    yield from incomplete(
        five_whys, case, "whys", "measures", "ruled_out", "whys[].claim", "whys[].evidence", "measures[].measure",
        "measures[].owner", "ruled_out[].claim", "ruled_out[].evidence",
    )  # fmt: skip
    if five_whys.whys and not any(why.words for why in five_whys.whys):
        said = "No why is said in your own words."
        yield objection("whys[1].words", said, "one why as you would tell it to the next team")


@rubric.criterion(
    points=3, voice="jonas", skill="find_causes", gate=True,
    hints=(
        "Ask of each why: how do we know, and who told us?",
        "A fact supports a why when it would have to be explained away if the why were false.",
        "Going together in time is no support. Look for a fact about exactly this why, from who knows it: what is only "
        "likely, or true of another incident, has none here.",
    ),
    rests_on=("five_whys.whys[2]", "five_whys.whys[].claim", "five_whys.whys[].evidence"),
)  # fmt: skip
def each_why_has_evidence_for_it(five_whys: FiveWhys, case: Case, conversation: State) -> Objections:
    """Each why cites evidence that supports it and none that contradicts it, and all of it was told in the war room
    or stands in the brief."""
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
    yield from uncited(five_whys, conversation, case)
    return met(f"Each of the {len(five_whys.whys)} whys has evidence for it.")


@rubric.criterion(
    points=1, voice="ravi", skill="find_causes",
    hints=(
        "Read each branch backwards with “therefore”. Where does it stumble?",
        "One step at a time: what people see, what in the product does it, what allowed that, which process lacks.",
    ),
    rests_on=("five_whys.whys[3]", "five_whys.whys[].claim"),
    met="Each why leads to the one above it.",
)  # fmt: skip
def each_why_explains_the_one_above(five_whys: FiveWhys, case: Case) -> Objections:
    """Read backwards with “therefore”, each why leads to the one above it."""
    seen: set[str] = set()
    parents = five_whys.parents()
    for place, why in placed("whys", five_whys.whys):
        above = parents.get(why.claim, PROBLEM)
        words, row = _words(case, why.claim), {"why": why.claim or "nothing", "explains": above}
        if why.claim in seen:
            yield objection(f"{place}.claim", f"{words} stands in the tree twice.", "each why once", row)
        elif why.claim and (above, why.claim) not in EDGES and not _coincides(case, why.claim):
            said = f"{words} does not by itself lead to {_words(case, above)}."
            rule = "a why that leads straight to the one above it; one that explains the problem itself has a share"
            yield objection(f"{place}.explains", said, rule, row)
        elif above != PROBLEM and above not in parents:
            said = f"{_words(case, above)} is explained and is not in the tree."
            yield objection(f"{place}.explains", said, "the why above it, too", row)
        seen.add(why.claim)


@rubric.criterion(
    points=5, voice="mei", skill="find_causes",
    hints=(
        "Whose part of the picture has no branch yet?",
        "Several functions contributed. Ask support who it is that calls, and compare the groups of payments.",
        "At work here: {% for cause in truth.at_work %}{{ cause }}{{ '.' if loop.last else ', ' }}"
        "{% endfor %}",
    ),
    rests_on=("each_why_has_evidence_for_it",),
    met="Each function that contributed has its branch.",
)  # fmt: skip
def each_contributing_function_has_a_branch(five_whys: FiveWhys, case: Case) -> Objections:
    """Every function that contributed to the harm has a branch from the problem down."""
    tops = [claim for claim, above in five_whys.parents().items() if above == PROBLEM]
    there = {found.branch for id in tops if (found := _claim(case, id))}
    if not {*case.truth.at_work} <= there:
        named = listed([FUNCTIONS[cause] for cause in case.truth.at_work if cause in there])
        said = f"Functions with a branch: {named}. That is not everybody who contributed."
        yield objection("whys", said, "a branch from the problem down for each function that contributed")


@rubric.criterion(
    points=2, voice="clara", skill="find_causes",
    hints=(
        "If another person had sat there that day, would it have gone differently?",
        "End each branch with a process that somebody can change, not with a person or a team's character.",
    ),
    rests_on=("five_whys.whys[3]", "each_why_has_evidence_for_it"),
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
    points=3, voice="ravi", skill="weigh_trade_offs", gate=True,
    hints=(
        "How many stops more than usual are there in each group of payments?",
        "Compare each group with the same kind of payment before: partner logins, the market, phones.",
        "Stops since the launch minus usual stops, for each group; divide by the sum over the groups.",
        "{% for cause in truth.at_work %}{{ cause }} {{ truth.shares[cause] | number }} percent"
        "{{ '.' if loop.last else ', ' }}{% endfor %}",
    ),
    rests_on=("each_contributing_function_has_a_branch",),
    met="The shares recompute, and add up to no more than 100 percent.",
    expected="its group's stops beyond the usual in `payments`, as a share of all, within five percentage points",
)  # fmt: skip
def shares_recompute(five_whys: FiveWhys, case: Case) -> Objections:
    """The share of each cause is right within five percentage points, and together they are at most 100."""
    given: dict[str, float] = {}
    places: dict[str, str] = {}
    parents = five_whys.parents()
    for place, why in placed("whys", five_whys.whys):
        found = _claim(case, why.claim)
        if found and parents[why.claim] == PROBLEM:
            places.setdefault(found.branch, f"{place}.share")
            if why.share is not None:
                given[found.branch] = given.get(found.branch, 0.0) + why.share
    for cause in case.truth.at_work:
        said = f"{stated(given[cause])} percent" if cause in given else "no share"
        if cause not in given or abs(given[cause] - case.truth.shares[cause]) > SHARE_TOLERANCE:
            yield objection(places.get(cause, "whys"), f"The branch of {FUNCTIONS[cause]} is given {said}.")
    total = sum(why.share for why in five_whys.whys if why.share is not None)
    if total > 100 + ROUNDED_UP:
        yield objection("whys", f"The shares add up to {total:g} percent.", "at most 100 percent")


@rubric.criterion(
    points=1, voice="jonas", skill="find_causes", gate=True,
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
        if _coincides(case, why.claim):
            row = {"why": why.claim, "evidence": listed(why.evidence), "compare": "groups with it and without it"}
            yield objection(f"{place}.claim", f"{_words(case, why.claim)} is among the whys.", "", row)


@rubric.criterion(
    points=2, voice="mei", skill="find_causes",
    hints=(
        "Which explanation would somebody bring up again next week?",
        "Name it, with the fact that speaks against it: what would have to be different if it were so?",
        "Several people said something about how it did not come about. Take what speaks against a step that others "
        "would think likely, or against the sale or drift.",
    ),
    rests_on=("five_whys.ruled_out[].claim", "five_whys.ruled_out[].evidence"),
    met="What was ruled out is contradicted by what you cite.",
    expected="a fact from the war room that contradicts exactly this",
)  # fmt: skip
def what_is_ruled_out_is_contradicted(five_whys: FiveWhys, case: Case, conversation: State) -> Objections:
    """Each explanation that was ruled out is contradicted by the fact beside it, and is not in the tree."""
    inside = five_whys.parents()
    for place, ruled in placed("ruled_out", five_whys.ruled_out):
        fact, words = case.facts.get(ruled.evidence), _words(case, ruled.claim)
        row = {"ruled out": ruled.claim, "evidence": ruled.evidence}
        if ruled.claim in inside:
            yield objection(f"{place}.claim", f"{words} is in the tree as well.", "one of the two", row)
        elif fact is None or ruled.claim not in fact.contradicts:
            said = f"{words} is not contradicted by {ruled.evidence or 'anything'}."
            yield objection(f"{place}.evidence", said, "", row)
        elif fact.held_by and not conversation.knows(fact.id):
            yield objection(f"{place}.evidence", f"Nobody told you {fact.id}.", "", row)


@rubric.criterion(
    points=5, voice="samir", skill="find_causes",
    hints=(
        "For each last why: what would make it untrue, and what would tell us within hours if it came back?",
        "A reminder or a course prevents nothing by itself, and an alarm alone prevents nothing either.",
        "One measure for each branch: it changes exactly the way of working at its end, and brings an alarm.",
    ),
    rests_on=("each_why_has_evidence_for_it", "five_whys.measures"),
)  # fmt: skip
def each_end_is_prevented_and_detected(five_whys: FiveWhys, case: Case) -> Objections:
    """The last why of each branch is prevented by what is changed and would be detected if it came back, and nothing
    is changed that has no end of a branch to answer."""
    leaves, picked = five_whys.leaves(), [_measure(case, change.measure) for change in five_whys.measures]
    branches = {leaf: found.branch if (found := _claim(case, leaf)) else "" for leaf in leaves}
    for leaf in leaves:
        words = _words(case, leaf)
        if not any(measure and leaf in measure.prevents for measure in picked):
            yield objection("measures", f"Nothing that is changed prevents {words}.", "what makes this untrue")
        if not any(measure and measure.detects and measure.branch == branches[leaf] for measure in picked):
            yield objection("measures", f"Nothing would tell within hours that {words} is back.", "an alarm for it")
    for place, measure in placed("measures", picked):
        if (
            measure
            and not measure.prevents & {*leaves}
            and not (measure.detects and not measure.prevents and measure.branch in branches.values())
        ):
            said = f"“{inner(measure.label)}” changes nothing at the ends of your branches."
            yield objection(f"{place}.measure", said, "what answers the last why of a branch", {"measure": measure.id})
    yield from _endless(five_whys)
    return met(f"Each of the {len(leaves)} ends is prevented and detected.")


@rubric.criterion(
    points=3, voice="ravi", skill="decision_rights",
    hints=(
        "Can whoever you name change that way of working, or only wish that it were changed?",
        "The table `hands` has a line for each way of working. More than one person may be right.",
        "It need not be who spoke of it in the war room. What is an alarm and nothing else has a line of its own.",
    ),
    rests_on=("five_whys.measures[2]", "five_whys.measures[].measure", "five_whys.measures[].owner"),
    met="Whatever is changed is changed by somebody who can.",
    expected="somebody whom the table `hands` names for it",
)  # fmt: skip
def changes_have_owners_who_can_act(five_whys: FiveWhys, case: Case) -> Objections:
    """Each change in the way of working belongs to somebody who may change it."""
    for place, change in placed("measures", five_whys.measures):
        measure = _measure(case, change.measure)
        hands = measure.may_be_changed_by(case.truth.shape) if measure else ()
        if measure and hands and change.owner not in hands:
            who = who_is(change.owner, case)
            said = f"“{short(measure.label)}” is to be changed by {who}, with no right to do so this week."
            yield objection(f"{place}.owner", said, "", {"change": measure.id, "owner": who})


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
