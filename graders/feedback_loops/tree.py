"""Is the tree whole, and does each arrow say what the test says? (A33, O.1 to O.4 and O.7)"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.kpi_tree import Edge, KpiTree
from curriculum.cases import Case
from curriculum.cases.feedback_loops.draw import HIT, KEPT, SEGMENTS
from curriculum.cases.feedback_loops.entries import DONE_WITH_IT, HOLDS, LAYERS, V2_TEST
from curriculum.cases.feedback_loops.experiments import WEEKS
from curriculum.practice.graphs import circle, leading_to
from curriculum.roleplay.engine import State
from graders.common import incomplete, listed, named, placed, stated, unheard
from graders.feedback_loops.base import rubric
from graders.rubric import Objection, Objections, met, objection

OFF = 0.15
"""A strength may be off by this part of itself."""
NO_NUMBER = "no number where two things only go together"
LAYER_NAMES = ("the model", "what members meet", "what members do", "whether they stay")


@rubric.criterion(
    points=1, voice="ottilie", skill="write_specs", gate=True,
    hints=(
        "Draw it with `loops.graph(lesson)`: does every measure lead to who stays?",
        "Each measure once, each arrow once, and from every measure an arrow on.",
    ),
    met="From the model to who stays, without a circle and with nothing left over.",
)  # fmt: skip
def tree_is_whole(kpi_tree: KpiTree, case: Case) -> Objections:
    """Every measure stands there once and leads to who stays, and arrows run in no circle."""
    yield from incomplete(
        kpi_tree, case, "nodes[].metric", "nodes[].threshold", "nodes[].action", "nodes[].owner", "edges[].cause",
        "edges[].effect", "edges[].segment", "edges[].evidence", "edges[].source", "kept_means", "last_ripe",
        "kept_ripe", "turns", "steering",
    )  # fmt: skip
    arrows, nodes = kpi_tree.arrows(), [node.metric for node in kpi_tree.nodes if node.metric]
    if twice := [name for name in dict.fromkeys(nodes) if nodes.count(name) > 1]:
        yield objection("nodes", f"“{named(case, 'metrics', twice[0])}” stands there twice.", "each measure once")
    if round_ := circle(sorted(arrows)):
        names = [named(case, "metrics", name) for name in round_]
        yield objection("edges", f"These lead back to themselves: {listed(names)}.", "arrows that run one way")
    reached = leading_to(KEPT, arrows)
    for place, node in placed("nodes", kpi_tree.nodes):
        if node.metric and node.metric not in reached:
            said = f"“{named(case, 'metrics', node.metric)}” leads nowhere."
            yield objection(f"{place}.metric", said, "arrows from every measure to who stays")
    for place, edge in placed("edges", kpi_tree.edges):
        if lost := [name for name in (edge.cause, edge.effect) if name and name not in nodes]:
            said = f"“{named(case, 'metrics', lost[0])}” is at an arrow and no measure of the tree."
            yield objection(f"{place}.cause", said, "arrows between measures of the tree")


@rubric.criterion(
    points=1, voice="ijeoma", skill="domain_literacy",
    hints=(
        "What happens to members between a hit and a farewell?",
        "One measure at least of each: the model, what members meet, what they do, whether they stay. Swaps and early "
        "stops are met and done, and stand for one of the two. No arrow leads to the model.",
    ),
    rests_on=("tree_is_whole",),
    expected="a measure of each: the model, what members meet, what they do, whether they stay; no arrow to the model",
)  # fmt: skip
def every_layer_has_a_measure(kpi_tree: KpiTree, case: Case) -> Objections:
    """Model, what members meet, what they do, and whether they stay have a measure each; the model comes first."""
    if missing := [LAYER_NAMES[layer] for layer in _unmeasured({node.metric for node in kpi_tree.nodes})]:
        yield objection("nodes", f"No measure says anything of {listed(missing)}.")
    for place, edge in placed("edges", kpi_tree.edges):
        if edge.cause and LAYERS.get(edge.effect) == 0:
            said = f"{_called(edge, case)}: this arrow leads back to the model."
            yield objection(f"{place}.effect", said, "arrows that begin at the model or behind it")
    return met("Each layer has a measure, and the model comes first.")


def _called(edge: Edge, case: Case) -> str:
    return f"{named(case, 'metrics', edge.cause)} to {named(case, 'metrics', edge.effect).lower()}"


def _unmeasured(metrics: set[str]) -> Iterator[int]:
    """The layers of which no measure speaks; one measure speaks of one layer."""
    by_layer = [{name for name in metrics if LAYERS.get(name) == layer} for layer in range(len(LAYER_NAMES))]
    done = by_layer[2] | metrics & DONE_WITH_IT
    by_layer[2] = done if len(by_layer[1] | done) > 1 else by_layer[2]
    return (layer for layer, measures in enumerate(by_layer) if not measures)


def tested(kpi_tree: KpiTree) -> Iterator[tuple[str, Edge]]:
    """The arrows that are said to come from a test, and whole enough to be looked up, with their places."""
    for place, edge in placed("edges", kpi_tree.edges):
        if edge.evidence == "experiment" and edge.effect in LAYERS and edge.segment in (*SEGMENTS, "everyone"):
            yield place, edge


@rubric.criterion(
    points=2, voice="bettina", skill="measure_success", gate=True,
    hints=(
        "For which arrow did somebody draw by lot who gets what?",
        "In the test of v2, hits were raised by lot. What followed is shown; that one later measure moves another is "
        "not.",
        "Causal: from hits to what the test counted, with the test of v2. The rest goes together.",
    ),
    rests_on=("tree_is_whole",),
    expected="a test in which the first of the two was drawn by lot, or “they go together”",
)  # fmt: skip
def causal_has_experiment(kpi_tree: KpiTree, case: Case, conversation: State) -> Objections:
    """An arrow is called causal only where a test drew its beginning by lot."""
    what = "It rests on how it was decided who got v2"
    yield from unheard(case, conversation, "v2_by_segment", "edges", what)
    for place, edge in placed("edges", kpi_tree.edges):
        if edge.evidence == "experiment" and (edge.cause != HIT or edge.source != V2_TEST):
            row = {"from": named(case, "metrics", edge.cause), "source": named(case, "sources", edge.source)}
            said = f"“{named(case, 'metrics', edge.cause)}” was not drawn by lot there."
            yield objection(f"{place}.evidence", said, "", row)
    return met("What is called causal was drawn by lot.")


@rubric.criterion(
    points=12, voice="ottilie", skill="measure_success",
    hints=(
        "What is v2 minus v1 in the last week of the test, for each segment?",
        "Three arrows from hits to kept, one a segment; not the slope of members.",
        "Put `loops.effects(lesson)` beside your arrows.",
    ),
    rests_on=("tree_is_whole", "causal_has_experiment"),
    expected="three arrows from hits to kept: v2 minus v1 in week eight, by segment, within 15 percent",
)  # fmt: skip
def strength_of_staying(kpi_tree: KpiTree, case: Case) -> Objections:
    """For each segment, the arrow from hits to staying has the strength that the test shows."""
    there = {edge.segment for _, edge in tested(kpi_tree) if edge.effect == KEPT}
    if missing := [named(case, "segments", name).lower() for name in SEGMENTS if name not in there]:
        yield objection("edges", f"No tested arrow from hits to kept for {listed(missing)}.")
    for place, edge in tested(kpi_tree):
        if edge.effect == KEPT:
            yield from _not_so(place, edge, case, 0.15)
    for place, edge in placed("edges", kpi_tree.edges):
        if (edge.cause, edge.effect, edge.evidence) == (HIT, KEPT, "together") and edge.strength:
            said = f"{stated(edge.strength)} points: what goes together among members is no strength of the model."
            yield objection(f"{place}.strength", said, NO_NUMBER)
    return met("What v2 does for staying is said as the test shows it.")


@rubric.criterion(
    points=8, voice="ottilie", skill="measure_success",
    hints=(
        "By how much does what you steer by move with v2, in its own unit?",
        "v2 minus v1 in the last week, for everyone or for the segment that the arrow speaks of; and of what steers, "
        "for those of whom fewer stay: the mean of everyone hides them.",
    ),
    rests_on=("tree_is_whole", "causal_has_experiment", "kpi_tree.steering"),
    expected="v2 minus v1 in week eight, within 15 percent, for each tested arrow; among them the one to what steers, "
    "for those of whom fewer stay; and no number where two things only go together",
)  # fmt: skip
def strengths_of_measures(kpi_tree: KpiTree, case: Case) -> Objections:
    """Tested arrows to early measures have their strength; one speaks of what steers, for those of whom fewer stay."""
    shape, steering = case.truth.shape, kpi_tree.steering
    whom = {edge.segment for _, edge in tested(kpi_tree) if edge.effect == steering}
    none = f"No tested arrow from hits to {named(case, 'metrics', steering).lower()}"
    if not whom:
        yield objection("edges", f"{none}.")
    elif steering == shape.steering and shape.turns not in whom:
        yield objection("edges", f"{none} for those of whom fewer stay: the mean hides them.")
    for place, edge in tested(kpi_tree):
        if edge.effect != KEPT:
            yield from _not_so(place, edge, case, 2 * case.truth.effects[edge.effect][edge.segment].error)
    for place, edge in placed("edges", kpi_tree.edges):
        if edge.evidence == "together" and edge.strength is not None and (edge.cause, edge.effect) != (HIT, KEPT):
            said = f"{_called(edge, case)}: they only go together, and no test says that it is {stated(edge.strength)}."
            yield objection(f"{place}.strength", said, NO_NUMBER)
    return met("Strengths of early measures are those of the test.")


def _not_so(place: str, edge: Edge, case: Case, room: float) -> Iterator[Objection]:
    change = case.truth.effects[edge.effect][edge.segment].change
    if (
        edge.strength is None
        and edge.shows == "unclear"
        and "unclear" in case.truth.may_show(edge.effect, edge.segment)
    ):
        return  # Of what chance could have done, nobody has to say how much it is.
    if edge.strength is None or abs(edge.strength - change) > max(OFF * abs(change), room):
        row = {"to": named(case, "metrics", edge.effect), "for": named(case, "segments_and_all", edge.segment),
               "stated": stated(edge.strength), "look at": "v2_test, week 8"}  # fmt: skip
        said = f"{named(case, 'metrics', edge.effect)}: {stated(edge.strength)} is not what the test shows."
        yield objection(f"{place}.strength", said, "", row)


@rubric.criterion(
    points=2, voice="ottilie", skill="measure_success",
    hints=(
        "Is it better or worse for them with v2, and could chance have done it?",
        "Fewer swaps, early stops and days are better. Kept: beyond about two standard errors.",
    ),
    rests_on=("tree_is_whole", "causal_has_experiment"),
    expected="better, worse, or nothing that chance could not do, as the test shows it for these members",
)  # fmt: skip
def signs_follow_the_test(kpi_tree: KpiTree, case: Case) -> Objections:
    """Each tested arrow says whether it is better or worse with v2, for whom it speaks of."""
    found = list(tested(kpi_tree))
    if not found:
        yield objection("edges", "No arrow comes from a test.")
    for place, edge in found:
        if edge.shows not in case.truth.may_show(edge.effect, edge.segment):
            row = {"to": named(case, "metrics", edge.effect), "for": named(case, "segments_and_all", edge.segment)}
            said = f"{named(case, 'metrics', edge.effect)}: “{named(case, 'ways', edge.shows)}” is not what it shows."
            yield objection(f"{place}.shows", said, "", row)
    told = [(edge.cause, edge.effect, edge.segment, edge.evidence) for edge in kpi_tree.edges if edge.cause]
    if again := [edge for edge in told if told.count(edge) > 1]:
        names = [named(case, "metrics", name) for name in again[0][:2]]
        yield objection("edges", f"The same arrow stands there twice: {names[0]} to {names[1]}.", "each arrow once")
    for place, edge in placed("edges", kpi_tree.edges):
        held = HOLDS.get(edge.source, ())
        if edge.evidence == "together" and not {edge.cause, edge.effect} <= {*held}:
            said = f"“{named(case, 'sources', edge.source)}” does not hold both of these."
            yield objection(f"{place}.source", said, "a table in which both stand")
        if edge.evidence == "together" and edge.shows:
            way = named(case, "ways", edge.shows).lower()
            said = f"{_called(edge, case)}: they only go together, and “{way}” is said of v2."
            yield objection(f"{place}.shows", said, "nothing of v2 where two things only go together")
    return met("What is better, worse or unclear is so in the test.")


@rubric.criterion(
    points=8, voice="ottilie", skill="measure_success",
    hints=(
        "In which week do the arms first differ?",
        f"Follow both arms week by week. Kept is counted in week {WEEKS}, and final later.",
    ),
    rests_on=("tree_is_whole", "causal_has_experiment"),
    expected="the first week in which the arms differ; for kept, the week in which it is counted, or is final",
)  # fmt: skip
def lags_recompute(kpi_tree: KpiTree, case: Case) -> Objections:
    """Each tested arrow says from which week on it can be counted, and differs."""
    for place, edge in tested(kpi_tree):
        if not case.truth.effects[edge.effect][edge.segment].good and (edge.effect != KEPT or edge.lag is None):
            continue
        first = case.truth.lag(edge.effect, edge.segment)
        last = max(first, case.truth.shape.ripe) if edge.effect == KEPT else first
        if edge.lag is None or not first <= edge.lag <= last:
            row = {"to": named(case, "metrics", edge.effect), "stated": stated(edge.lag), "look at": "v2_test, by week"}
            said = f"{named(case, 'metrics', edge.effect)} is not first seen in week {stated(edge.lag)}."
            yield objection(f"{place}.lag", said, "", row)
    for place, edge in placed("edges", kpi_tree.edges):
        if edge.evidence == "together" and edge.lag is not None:
            said = f"These two only go together, and one is said to follow from week {stated(edge.lag)} on."
            yield objection(f"{place}.lag", said, "no week where two things only go together")
    return met("Weeks are those of the test.")
