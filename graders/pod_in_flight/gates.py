"""Do the gates stop what has to be stopped, each its own, and nothing else, on unseen nights? (A30, O.1 to O.3)"""

from __future__ import annotations

from curriculum.artifacts.pipeline import Pipeline
from curriculum.cases import Case
from curriculum.cases.pod_in_flight.builds import APPROVAL, MACHINES, MEASURED
from curriculum.consequences.flight_nights import Nights, unseen
from curriculum.practice.gates import best_minutes, mean_minutes
from graders.common import incomplete, listed, named, placed
from graders.pod_in_flight.base import TINY, rubric
from graders.rubric import Objections, met, objection

STOPPED, THROUGH, OWN = 95.0, 90.0, 90.0
HALF = 50.0
DEARER = 1.08
RUNS = ("pipeline_is_complete",)


def _nights(case: Case, pipeline: Pipeline) -> Nights:
    return unseen(case.seed, pipeline)


@rubric.criterion(
    points=1, voice="beatriz", skill="write_specs", gate=True,
    hints=(
        "Could Beatriz build it tonight without asking you?",
        "Eight gates, each once, six of them with a limit; who approves; how it goes out and comes back; who watches.",
    ),
    met="Gates, people, rollout, rollback and monitors stand there.",
)  # fmt: skip
def pipeline_is_complete(pipeline: Pipeline, case: Case) -> Objections:
    """All eight gates stand there once, with their limits, and every other part is filled."""
    yield from incomplete(
        pipeline, case, "gates[].gate", "data_approver", "data_deputy", "engineering_approver", "engineering_deputy",
        "ask_before", "strategy", "share", "days", "rollback", "rollback_minutes", "monitors[].measure",
        "monitors[].owner", "weakest", "overall",
    )  # fmt: skip
    names = [step.gate for step in pipeline.gates]
    if missing := [named(case, "gates", name) for name in (*MACHINES, APPROVAL) if name not in names]:
        yield objection("gates", f"These gates are not there: {listed(missing)}.", "all eight gates")
    for place, step in placed("gates", pipeline.gates):
        if step.gate and names.count(step.gate) > 1:
            yield objection(
                f"{place}.gate", f"“{named(case, 'gates', step.gate)}” stands there twice.", "each gate once"
            )
        if step.gate in MEASURED and step.limit is None:
            yield objection(
                f"{place}.limit", f"“{named(case, 'gates', step.gate)}” has no limit.", "a limit in its unit"
            )


@rubric.criterion(
    points=7, voice="conrad", skill="plan_releases", gate=True,
    hints=(
        "Which bad builds of the last ninety nights would your gates have let through?",
        "Read the limit from builds that proved good: where do these end, on the bad side?",
        "The mean of good builds, and two and a half standard deviations to the bad side.",
    ),
    rests_on=RUNS,
    expected=f"{STOPPED:g} of 100 bad builds stopped on unseen nights, with good ones still going through",
)  # fmt: skip
def bad_is_stopped(pipeline: Pipeline, case: Case) -> Objections:
    """Of a hundred bad builds on unseen nights, 95 are stopped."""
    nights = _nights(case, pipeline)
    if nights.bad_stopped < STOPPED - TINY:
        worst = max(set(nights.missed), key=nights.missed.count)
        row = {"through": len(nights.missed), "of": nights.bad, "most of them": named(case, "gates", worst)}
        yield objection("gates", f"{len(nights.missed)} of {nights.bad} bad builds go through.", "", row)
    elif nights.good_through < HALF:
        said = f"It stops {100 - nights.good_through:.0f} of 100 good builds: whatever stops nearly all parts nothing."
        yield objection("gates", said)
    return met(f"{nights.bad_stopped:.0f} of 100 bad builds are stopped.")


@rubric.criterion(
    points=5, voice="beatriz", skill="plan_releases",
    hints=(
        "How many good builds of the last ninety nights would your gates have stopped?",
        "A limit in the middle of good builds stops half of them. Look how far good builds scatter.",
    ),
    rests_on=(*RUNS, "bad_is_stopped"),
    expected=f"{THROUGH:g} of 100 good builds through on unseen nights",
)  # fmt: skip
def good_passes(pipeline: Pipeline, case: Case) -> Objections:
    """Of a hundred good builds on unseen nights, 90 go through."""
    nights = _nights(case, pipeline)
    if nights.good_through < THROUGH - TINY:
        yield objection("gates", f"{100 - nights.good_through:.0f} of 100 good builds are stopped.", "",
                        {"good builds": nights.good})  # fmt: skip
    return met(f"{nights.good_through:.0f} of 100 good builds go through.")


@rubric.criterion(
    points=3, voice="arjun", skill="find_causes",
    hints=(
        "When a build is stopped, does the gate say what is wrong with it?",
        "If a leak is stopped by the load test, somebody looks for slow code. Each gate has its own limit to catch its "
        "own fault.",
    ),
    rests_on=(*RUNS, "bad_is_stopped"),
    expected=f"{OWN:g} of 100 bad builds stopped by the gate that is meant for them",
)  # fmt: skip
def by_its_own_gate(pipeline: Pipeline, case: Case) -> Objections:
    """Nine of ten bad builds are stopped by the gate that is meant for them."""
    nights = _nights(case, pipeline)
    if nights.own_gate < OWN - TINY:
        yield objection("gates", f"{100 - nights.own_gate:.0f} of 100 are stopped by a gate that is meant for another "
                        "fault.")  # fmt: skip
    return met(f"{nights.own_gate:.0f} of 100 are stopped by their own gate.")


@rubric.criterion(
    points=5, voice="beatriz", skill="weigh_trade_offs",
    hints=(
        "Which gate costs little and stops much?",
        "Machine minutes divided by builds that the gate stops: the smallest first. What was bad stands in `builds`.",
    ),
    rests_on=RUNS,
    expected=f"an order that costs at most {DEARER:g} times the machine minutes of the cheapest one",
)  # fmt: skip
def cheap_before_costly(pipeline: Pipeline, case: Case) -> Objections:
    """Gates that cost little for what they stop come before those that cost much."""
    usual, stops = case.truth.nights, case.truth.stops
    order = [step.gate for step in pipeline.gates if step.gate in usual.minutes]
    mine, (best, _) = mean_minutes(order, usual.minutes, stops), best_minutes(usual.minutes, stops)
    if mine > DEARER * best + TINY:
        row = {"machine minutes a build": round(mine)}
        yield objection("gates", f"A build takes {mine / best - 1:.0%} more machine minutes than it has to.", "", row)
    return met(f"A build takes {mine:.0f} machine minutes.")


@rubric.criterion(
    points=2, voice="conrad", skill="build_compliance_in",
    hints=(
        "What does somebody approve who has not seen a single result?",
        "Approval stands behind all gates that machines run.",
    ),
    rests_on=RUNS,
    expected="approval behind all gates of machines",
)  # fmt: skip
def approval_after_evidence(pipeline: Pipeline, case: Case) -> Objections:
    """People approve when all gates have said what they found."""
    names = [step.gate for step in pipeline.gates]
    if names[-1] != APPROVAL:
        place = names.index(APPROVAL) + 1
        yield objection(f"gates[{place}].gate", f"{len(names) - place} gates come after people have approved.")
    return met("People approve by what the gates found.")
