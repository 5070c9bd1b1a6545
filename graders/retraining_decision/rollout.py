"""Can the rollout be carried out: stages, days, what goes back, who hears before, when to train again? (A16)"""

from __future__ import annotations

from curriculum.artifacts.rfc import Rfc
from curriculum.artifacts.rollout import Rollout
from curriculum.cases import Case
from curriculum.cases.retraining_decision.draw import FEATURES
from curriculum.cases.retraining_decision.entries import MODEL_AND_FEATURES, NOTHING, RELEASE_OF
from curriculum.cases.retraining_decision.trigger import FALSE, FOUND, rings
from curriculum.roleplay.engine import State
from graders.common import incomplete, named, placed, stated, unheard
from graders.retraining_decision.base import rubric
from graders.rubric import Objections, met, objection

LONGEST_NOTICE = 60
COMPARED = 25.0
"""Of 100 customers: where so many had it beside those without it, a last stage may give it to all."""
BEHAVIOUR = ("conversion", "support_contacts", "size_changes", "quick_cancels", "returns_30d")


@rubric.criterion(
    points=1, voice="owen", skill="plan_releases", gate=True,
    hints=(
        "Could Owen carry this out tonight without asking you?",
        "Stages with shares and days, gates with signal, limit, window and stage, what goes back, who is told, and the "
        "trigger.",
    ),
    met="Stages, gates, what goes back, who is told and the trigger stand there.",
)  # fmt: skip
def rollout_is_complete(rollout: Rollout, case: Case) -> Objections:
    """What is released, stages, gates, what goes back, who is told and the trigger are filled."""
    yield from incomplete(
        rollout, case, "released", "stages[].share", "stages[].days", "gates[].signal", "gates[].limit",
        "gates[].window", "gates[].from_stage", "goes_back", "readers_told", "trigger_drop", "trigger_weeks",
        "trigger_runs",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="viktor", skill="keep_decisions",
    hints=(
        "Is this the rollout of what you propose?",
        "Where v7 stays, it is that of the kit page on v7; a refresh releases the refreshed v7.",
    ),
    rests_on=("rollout.released", "rfc.option"),
    expected="the release that the RFC proposes",
)  # fmt: skip
def release_is_what_is_proposed(rollout: Rollout, rfc: Rfc, case: Case) -> Objections:
    """What is rolled out is what the RFC proposes."""
    if rollout.released != RELEASE_OF.get(rfc.option):
        out = named(case, "releases", rollout.released)
        said = f"You propose “{named(case, 'options', rfc.option)}”, and roll out {out}."
        yield objection("released", said)
    return met(f"{named(case, 'releases', rollout.released)}: it is what you propose.")


@rubric.criterion(
    points=1, voice="owen", skill="plan_releases",
    hints=(
        "What can be seen before one customer has it?",
        "Begin with a shadow of at least a day, then let the share grow, and leave some without it until the end.",
    ),
    rests_on=("rollout.stages",),
    expected="a stage of 0 first, then shares that grow; a large one below 100 before everybody has it",
)  # fmt: skip
def starts_at_zero(rollout: Rollout, case: Case) -> Objections:
    """The first stage is a shadow, and from stage to stage more customers have it, beside some who do not."""
    shares = [stage.share or 0.0 for stage in rollout.stages]
    if shares[0] > 0 or (rollout.stages[0].days or 0) < 1:
        said = f"The first stage gives it to {stated(shares[0])} of 100 customers."
        yield objection("stages[1].share", said)
    for (place, _), before, after in zip(placed("stages", rollout.stages[1:]), shares, shares[1:], strict=False):
        number = int(place.removeprefix("stages[").rstrip("]")) + 1
        last = number == len(shares) and after == 100 and before >= COMPARED
        if after <= before or (after >= 100 and not last):
            said = f"After {stated(before)} of 100 come {stated(after)}."
            yield objection(f"stages[{number}].share", said)
    return met(f"It grows in {len(shares)} stages, from a shadow on.")


@rubric.criterion(
    points=1, voice="ilse", skill="measure_success",
    hints=(
        "Whose orders would you compare while nobody has it?",
        "In shadow, nobody sees an answer: what people do can be read from the first stage with customers on. Errors, "
        "time and what the jobs of the night would make of it can be read at once.",
    ),
    rests_on=("rollout.stages", "rollout.gates"),
    expected="in shadow a gate on what can be seen there; what people do, from a stage in which some of them have it",
)  # fmt: skip
def shadow_gates_no_behaviour(rollout: Rollout, case: Case) -> Objections:
    """In shadow a gate reads what can be seen there, and no gate what people do."""
    zero = [number for number, stage in enumerate(rollout.stages, start=1) if not stage.share]
    for place, gate in placed("gates", rollout.gates):
        if gate.signal.startswith(BEHAVIOUR) and gate.from_stage in zero:
            said = f"“{named(case, 'signals', gate.signal)}” is read in stage {stated(gate.from_stage)}, a shadow."
            yield objection(f"{place}.from_stage", said)
    if zero and not any(one.from_stage in zero and not one.signal.startswith(BEHAVIOUR) for one in rollout.gates):
        yield objection("gates", "No gate looks at the shadow, so it may as well be left out.")
    return met("The shadow is looked at, and what people do is read where some of them have it.")


@rubric.criterion(
    points=3, voice="nadia", skill="plan_releases",
    hints=(
        "How many days are there until nothing moves any more?",
        "Ask Nadia about the freeze, and add up the days of your stages.",
        "There are {{ truth.shape.days_free }} days.",
    ),
    rests_on=("rollout.stages",),
    expected="stages that are over before the freeze",
)  # fmt: skip
def ends_before_freeze(rollout: Rollout, case: Case, conversation: State) -> Objections:
    """All stages are over before the freeze."""
    yield from unheard(case, conversation, "freeze_week", "stages", "It rests on the days until the freeze")
    days = sum(stage.days or 0.0 for stage in rollout.stages)
    if days > case.truth.shape.days_free:
        yield objection("stages", f"Your stages take {stated(days)} days, and the freeze comes before they are over.")
    return met(f"{stated(days)} days, over before the freeze.")


@rubric.criterion(
    points=2, voice="owen", skill="plan_releases", gate=True,
    hints=(
        "What does the old model read, once the features have changed?",
        "With new features, the table that the model reads goes back with it; a model alone reads what is not for it.",
    ),
    rests_on=("rollout.goes_back", "rollout.released"),
    expected="everything that the old version needs, back within the hour",
)  # fmt: skip
def features_go_back_too(rollout: Rollout, case: Case) -> Objections:
    """What goes back is everything that the old version needs."""
    back = rollout.goes_back
    if back == NOTHING:
        yield objection("goes_back", "Nothing goes back, so a bad release stays until it is mended.")
    elif rollout.released == FEATURES and back != MODEL_AND_FEATURES:
        yield objection("goes_back", "The old model comes back, and reads features that are not made for it.")
    return met(f"{named(case, 'go_back', back)}.")


@rubric.criterion(
    points=3, voice="gita", skill="scope_together",
    hints=(
        "Who has to change something on their side, and how long does that take?",
        "Ask Gita how many days she needs before the first customer has it.",
        "She needs {{ truth.shape.notice }} days.",
    ),
    rests_on=("rollout.readers_told",),
    expected="as many days before as those need who read the score",
)  # fmt: skip
def readers_are_told(rollout: Rollout, case: Case, conversation: State) -> Objections:
    """Those who read the score hear of the next one early enough to set their side to it."""
    yield from unheard(case, conversation, "ten_days", "readers_told", "It rests on how many days a reader needs")
    days = rollout.readers_told or 0.0
    if not case.truth.shape.notice <= days <= LONGEST_NOTICE:
        yield objection("readers_told", f"They hear of it {stated(days)} days before.")
    return met(f"They hear of it {stated(days)} days before.")


@rubric.criterion(
    points=3, voice="ilse", skill="measure_success",
    hints=(
        "How would anybody notice that the score has aged?",
        "Compare the fall that you wait for with how much the weeks scatter; longer means allow a smaller fall.",
        "In this world, {{ truth.trigger[0] }} × 0.001 on average over {{ truth.trigger[1] }} weeks, "
        "{{ truth.trigger[2] }} times running, does it.",
    ),
    rests_on=("rollout.trigger_drop", "rollout.trigger_weeks", "rollout.trigger_runs"),
    expected="a trigger that rings in three of four years in which a score ages, and in at most one of eight otherwise",
)  # fmt: skip
def trigger_rings_when_it_should(rollout: Rollout, case: Case) -> Objections:
    """The trigger for training again rings for a score that ages, and seldom for one that does not."""
    found = rings(case.seed, rollout.trigger_drop or 0.0, rollout.trigger_weeks or 0.0, rollout.trigger_runs or 0.0)
    if found.found < FOUND:
        said = f"In {100 * found.found:.0f} of 100 years in which the score ages, it rings."
        yield objection("trigger_drop", said)
    if found.false > FALSE:
        said = f"In {100 * found.false:.0f} of 100 years in which nothing is wrong, it rings."
        yield objection("trigger_drop", said)
    return met(f"It finds ageing in {100 * found.found:.0f} of 100 years, and is wrong in {100 * found.false:.0f}.")
