"""Does the rollout stop what is bad and let through what is good, on releases that no table shows? (A16, O.8)"""

from __future__ import annotations

from curriculum.artifacts.rollout import Rollout
from curriculum.cases import Case
from curriculum.consequences.retraining_releases import CAP, STOPPED, THROUGH, fates, gates_of, releases, stages_of
from curriculum.practice.replay import readings
from curriculum.roleplay.engine import State
from graders.common import named, placed, stated, unheard
from graders.retraining_decision.base import rubric
from graders.rubric import Objection, Objections, met, objection

TINY = 1e-9
RUNS = ("rollout.stages", "rollout.gates")
EXPECTED = (
    f"a gate that stops it below {100 * CAP:.0f} of 100 of a day's contribution, in two of three draws, and does not "
    "stop good releases: whoever is called by such a gate switches it off"
)


def goes_through(rollout: Rollout, case: Case, kind: str, what: str) -> list[Objection]:
    """An objection where one kind of bad release is not stopped in time by a gate that leaves good ones alone."""
    fate = fates(case.seed, rollout)[kind]
    if fate.stopped >= STOPPED - TINY:
        return []
    through = sum(run.went_through for run in fate.runs)
    of, late = len(fate.runs), len(fate.runs) - through
    how = f"{through} of {of} draws reach everybody" if through else f"{late} of {of} are stopped too late"
    row = {"release": kind, "reach everybody": f"{through} of {of}", "days of contribution": f"{fate.harm:.2f}"}
    return [objection("gates", f"{what}: {how}.", "", row)]


@rubric.criterion(
    points=8, voice="owen", skill="plan_releases", gate=True,
    hints=(
        "Which three things break first, and would a gate of yours see them?",
        "Errors, missing features, and the slowest answers of the evening. A mean hides these; and a limit above what "
        "is normal today, or below it, sees nothing or everything.",
        "Normal are {{ truth.shape.errors }} errors and {{ truth.shape.missing }} without features of 100 requests, "
        "and {{ truth.shape.p95 }} milliseconds in the evening.",
    ),
    rests_on=RUNS,
    expected=EXPECTED,
)  # fmt: skip
def technical_faults_stopped(rollout: Rollout, case: Case, conversation: State) -> Objections:
    """A crash, missing features and slow evenings are stopped before they cost much, and the hard limit holds."""
    yield from goes_through(rollout, case, "crash", "A version that answers with more errors")
    yield from goes_through(rollout, case, "missing", "A version that gets fewer of its features")
    yield from goes_through(rollout, case, "tail", "A version that is slow for the slowest, in the evening only")
    for place, gate in placed("gates", rollout.gates):
        if gate.signal == "latency_p95" and gate.limit is not None and gate.limit > case.truth.shape.limit + TINY:
            said = f"At {stated(gate.limit)} milliseconds the page has given up already."
            yield objection(f"{place}.limit", said, "no more than the hard limit in the evening")
    return met("Errors, missing features and slow evenings are stopped early.")


@rubric.criterion(
    points=6, voice="lucia", skill="plan_releases", gate=True,
    hints=(
        "For whom could it be worse while it is better on average?",
        "On later weeks, one group of sessions loses with the new features. Watch its orders by itself, over a window "
        "that is long enough for so few.",
        "It is {{ entries.signals['conversion_' ~ truth.shape.slice].label | lower }}.",
    ),
    rests_on=RUNS,
    expected=EXPECTED,
)  # fmt: skip
def slice_is_protected(rollout: Rollout, case: Case) -> Objections:
    """A version that hurts one group of customers, and helps the others as much, is stopped."""
    yield from goes_through(rollout, case, "slice", "A version that is worse for one group and better for the rest")
    return met("The group that could lose is watched, and a version that hurts it is stopped.")


@rubric.criterion(
    points=4, voice="nadia", skill="plan_releases",
    hints=(
        "Does every stage that could see it last from one Monday to the next?",
        "The big batch runs on Sunday night. Some customers need to have it for seven days running, under a gate on "
        "orders that a bad day alone can ring.",
        "Read over a day, at about 20 percent; or over a week, with more customers and a smaller limit.",
    ),
    rests_on=RUNS,
    expected=EXPECTED,
)  # fmt: skip
def monday_is_met(rollout: Rollout, case: Case) -> Objections:
    """A version that goes wrong on Mondays only is stopped before everybody has it."""
    yield from goes_through(rollout, case, "monday", "A version that goes wrong after the batch of Sunday night")
    return met("A full week with some customers finds what happens on Mondays only.")


@rubric.criterion(
    points=6, voice="viktor", skill="measure_success",
    hints=(
        "When do you know of the returns, and when does everybody have it?",
        "Returns are known 30 days later. One of three signals of the first week goes with them: look at 40 past "
        "releases.",
        "It is {{ entries.signals[truth.shape.proxy].label | lower }}.",
    ),
    rests_on=RUNS,
    expected=EXPECTED,
)  # fmt: skip
def returns_are_met(rollout: Rollout, case: Case) -> Objections:
    """A version that sells what comes back is stopped before the returns are counted."""
    yield from goes_through(rollout, case, "returns", "A version that sells what comes back")
    return met("An early signal that goes with returns stops it weeks before they are counted.")


@rubric.criterion(
    points=6, voice="gita", skill="plan_releases", gate=True,
    hints=(
        "Who reads the score besides the shop, and what would they see?",
        "Find the job in `scores_read`, ask whose it is, and ask by how much scores may move.",
        "The gate is on {{ entries.signals[truth.shape.reader].label | lower }}, at "
        "{{ truth.shape.moves }} percent at most.",
    ),
    rests_on=RUNS,
    expected=EXPECTED,
)  # fmt: skip
def reader_is_protected(rollout: Rollout, case: Case, conversation: State) -> Objections:
    """A version whose scores have another scale is stopped before the job of the night goes wrong."""
    shape = case.truth.shape
    yield from unheard(case, conversation, "raw_threshold", "gates", "It rests on how far scores may move")
    yield from goes_through(rollout, case, "scale", "A version whose scores have another scale")
    for place, gate in placed("gates", rollout.gates):
        if gate.signal == shape.reader and gate.limit is not None and gate.limit > shape.moves + TINY:
            said = f"At {stated(gate.limit)} percent the job has gone wrong already."
            yield objection(f"{place}.limit", said, "no more than what the job can bear")
    return met(f"{named(case, 'signals', shape.reader)}: watched, below what the job can bear.")


@rubric.criterion(
    points=4, voice="ilse", skill="measure_success",
    hints=(
        "How often does a gate of yours ring while nothing is wrong?",
        "A few percent of orders a day are noise while one in ten has it. Widen the window or the limit, and look at "
        "what is normal today.",
    ),
    rests_on=("technical_faults_stopped",),
    expected="limits that chance alone does not cross: three of four good releases reach everybody",
)  # fmt: skip
def good_ones_pass(rollout: Rollout, case: Case) -> Objections:
    """At least three of four good releases reach everybody."""
    fate = fates(case.seed, rollout)["good"]
    if fate.through < THROUGH - TINY:
        by = [run.by for run in fate.runs if run.by is not None]
        gates = gates_of(rollout)
        worst = gates[max(set(by), key=by.count)].signal
        passed = sum(run.went_through for run in fate.runs)
        said = f"{passed} of {len(fate.runs)} good releases reach everybody."
        yield objection("gates", said, "", {"rings most": named(case, "signals", worst)})
    return met(f"{sum(run.went_through for run in fate.runs)} of {len(fate.runs)} good releases reach everybody.")


@rubric.criterion(
    points=1, voice="ilse", skill="measure_success",
    hints=(
        "When does each gate say its first word?",
        "A window has to fit into a stage in which the signal can be seen, and what it reads has to be known before "
        "everybody has it.",
    ),
    rests_on=RUNS,
    expected="a first reading of every gate before everybody has it",
)  # fmt: skip
def gates_can_speak(rollout: Rollout, case: Case) -> Objections:
    """Every gate has a reading before everybody has the release."""
    silent = silent_gates(rollout, case)
    for place, gate in placed("gates", rollout.gates):
        if gate.signal in silent:
            said = f"“{named(case, 'signals', gate.signal)}” is not read once before everybody has it."
            yield objection(f"{place}.window", said)
    return met("Every gate speaks before everybody has it.")


def silent_gates(rollout: Rollout, case: Case) -> set[str]:
    """The signals of gates that have no reading before the last stage is over."""
    stages, gates = stages_of(rollout), gates_of(rollout)
    end = sum(stage.hours for stage in stages)
    spoke = {look.gate for look in readings(stages, gates, releases(case.seed, "good")[0]) if look.known <= end}
    return {gate.signal for number, gate in enumerate(gates) if number not in spoke}
