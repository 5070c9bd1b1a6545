"""What is shown to whom by a rule that stood before, what is built next, and what opens it again. (A17, A11)"""

from __future__ import annotations

from curriculum.artifacts.analysis import Analysis
from curriculum.artifacts.decision import Decision
from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.cases import Case
from curriculum.cases.latency_or_accuracy.choosing import OPTIMISE, STOP, TEST, within_limit
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS, WEEKS
from curriculum.cases.latency_or_accuracy.entries import COMPLEX, LIGHT
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, named, near, stated, uncited
from graders.latency_or_accuracy.base import DEVICES, percent, reading_from, rubric, run_from
from graders.rubric import NotYet, Objections, met, objection

AT_LOAD = 0.3
"""% of orders by which an effect that is worked out for another delay may be off; a straight line and a bent one part
by as much."""
SAME_DELAY = 0.03
SAFE = 0.85
"""Some leave room below the limit of the page."""
LAST_WEEK = 52
PEAK_OVER = WEEKS + 2
"""From this week on, something can be tested again."""
CAN_DO = {
    OPTIMISE: ("osei",), STOP: ("dagny", "osei", "viktor"), TEST: ("dagny", "osei", "pilar"),
    "leave": ("dagny", "osei", "pilar", "viktor"),
}  # fmt: skip


@rubric.criterion(
    points=1, voice="viktor", skill="keep_decisions", gate=True,
    hints=(
        "Is any field still blank?",
        "Each device gets light or complex; 0 is the effect where light stays.",
        "Fill what is named here; one sentence goes to those who wanted it otherwise.",
    ),
    met="Both devices have an answer, and what comes next is there.",
)  # fmt: skip
def decision_complete(decision: Decision, case: Case) -> Objections:
    """Both devices get light or complex, and effect, rule, next step, what opens it again and a sentence are there."""
    yield from incomplete(
        decision, case, "phone", "desktop", "p95_ms", "effect_phone", "effect_desktop", "basis", "rule", "next_step",
        "next_owner", "next_week", "reopen_measure", "reopen_number", "reopen_week", "evidence", "to_the_other_camp",
    )  # fmt: skip


@rubric.criterion(
    points=5, voice="osei", skill="translate_constraints", gate=True,
    hints=(
        "Which share of the busiest hour would the complex model serve, and how slow is the page then?",
        "`shadow` at the hour with the highest p95, between the shares that were mirrored. A day's mean is not that "
        "hour, and 30 % is not this load.",
        "Here p95 is {{ truth.draw.p95(truth.draw.load(['phone'])) | round | int }} ms with phones, "
        "{{ truth.draw.p95(truth.draw.load(['desktop'])) | round | int }} with desktop, and "
        "{{ truth.draw.p95(1.0) | round | int }} with both.",
    ),
    rests_on=("decision.phone", "decision.desktop", "decision.p95_ms"),
)  # fmt: skip
def limit_at_load(decision: Decision, case: Case) -> Objections:
    """At the load of this launch, the page keeps its limit in the busiest hour, and the p95 is the one of that hour."""
    draw, served = case.truth.draw, decision.served
    p95 = draw.p95(draw.load(served))
    row = {"complex on": " and ".join(DEVICES[one] for one in served) or "nothing", "look at": "`shadow`"}
    if not within_limit(draw, served):
        yield objection("phone" if "phone" in served else "desktop",
                        "At the load of this launch the page breaks its limit in the busiest hour.",
                        "a launch that keeps the page's limit in the hour with most visitors", row)  # fmt: skip
    if not near(decision.p95_ms, p95, relative=0.05):
        said = f"You expect a p95 of {stated(decision.p95_ms)} ms."
        yield objection("p95_ms", said, "p95 in the busiest hour, at the share that this launch would serve", row)
    return met(f"The page takes {stated(decision.p95_ms)} ms in the busiest hour, which is within its limit.", row)


@rubric.criterion(
    points=5, voice="noemi", skill="weigh_trade_offs", gate=True,
    hints=(
        "On which device would people order less, by your own numbers?",
        "An interval that lies below zero is harm. So is an effect that turns negative at the load of the launch.",
        "Light stays wherever your data say that complex loses orders.",
    ),
    rests_on=("decision.phone", "decision.desktop", "trouble_out_of_all_arms"),
    met="On no device do your data say that people order less.",
)  # fmt: skip
def no_segment_hurt(decision: Decision, analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Nobody gets a model with which, by this test, people on that device order less."""
    reading = reading_from(experiment_plan, analysis, case)
    at = reading.at_load(decision.served)
    for name in SEGMENTS:
        if getattr(decision, name) not in (LIGHT, COMPLEX):
            said = f"“{named(case, 'variants', getattr(decision, name))}” is left in the shop, which loses orders."
            yield objection(name, said, "light or complex on each device")
    for name in decision.served:
        net = reading.parts[name].net
        if net.value < 0 or at[name] < 0:
            said = f"On {DEVICES[name]} people get the complex model, and order less with it."
            yield objection(name, said, "no launch on a device that loses orders by your own data")


@rubric.criterion(
    points=4, voice="viktor", skill="decision_rights",
    hints=(
        "What does the rule in your plan say of each device?",
        "Estimate and lower end, device by device; then the page's limit, which may leave room for one of them only.",
        "Where the limit has room for one device, it is the one on which more is earned beyond the machines.",
    ),
    rests_on=("decision.phone", "decision.desktop", "decision.rule", "trouble_out_of_all_arms",
              "rule_covers_all_cases"),
)  # fmt: skip
def follows_own_rule(
    decision: Decision, analysis: Analysis, experiment_plan: ExperimentPlan, case: Case, conversation: State | None
) -> Objections:
    """What is launched is what the rule in the plan says of these data, within the page's limit; or a fact that was
    told speaks against it."""
    reading, served = reading_from(experiment_plan, analysis, case), decision.served
    by_rule, by_load = reading.by_rule(), reading.by_load()
    for name in served:
        if name not in reading.passing:
            said = f"On {DEVICES[name]} people get the complex model, and your rule does not say so."
            yield objection(name, said, "what the rule said before the data were there")
    followed = served in by_rule
    if served and not reading.keeps_limit(served) and within_limit(case.truth.draw, served):
        yield objection(served[0], "Your plan stops launches with so slow a page, and this is one.",
                        "the limit that stood in your plan before the data")  # fmt: skip
    elif set(served) <= set(reading.passing) and not followed and served not in by_load:
        waiting = [name for name in reading.passing if name not in served]
        place = waiting[0] if waiting else "phone"
        yield objection(place, "Your rule and the page's limit leave room for a launch that brings clearly more.",
                        "of what rule and limit leave open, the launch that earns most")  # fmt: skip
    if decision.rule == "followed" and not followed and served in by_load:
        yield objection("rule", "This is not what your rule says of the test.", "that it differs, and the reason")
    if decision.rule == "overridden":
        told = conversation is not None and heard(case, decision.against, conversation)
        if followed and served not in by_load:
            yield objection("rule", "This is what your rule says.", "that the rule is followed")
        elif decision.against != "full_load" or not told:
            yield objection("against", f"The reason is: {named(case, 'facts', decision.against)}",
                            "a fact that you were told and that makes the launch slower than the test")  # fmt: skip
    return met("It is what the rule says, as far as the page's limit allows." if followed
               else "It is other than the rule says, for a reason that holds.")  # fmt: skip


@rubric.criterion(
    points=3, voice="osei", skill="translate_constraints",
    hints=(
        "How slow is the complex model at the load of the launch, beside that of your test?",
        "Take the effect of the test and add the slope for each 100 ms of the difference.",
        "In the busiest hour it adds {{ truth.draw.delay(0.3) | round | int }} ms at 30 % of the traffic and "
        "{{ truth.draw.delay(1.0) | round | int }} at all of it.",
    ),
    rests_on=("decision.effect_phone", "decision.effect_desktop", "slope_from_slow_arm"),
)  # fmt: skip
def full_load_effect(decision: Decision, analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The effects are those at the load of the launch: what the test measured, less what the longer wait costs."""
    reading = reading_from(experiment_plan, analysis, case)
    at = reading.at_load(decision.served)
    for name in SEGMENTS:
        own, right = getattr(decision, f"effect_{name}"), at[name] if name in decision.served else 0.0
        if not near(own, right, absolute=AT_LOAD if name in decision.served else 0.005):
            said = f"On {DEVICES[name]} you expect {percent(own)}."
            yield objection(
                f"effect_{name}", said, "the effect at the delay of that load, by your own slope; 0 with light"
            )
    return met("The effects are those of the launch, and not those of the test.")


@rubric.criterion(
    points=1, voice="anselm", skill="measure_success",
    hints=(
        "Was there an arm with this delay in your test?",
        "What is worked out for another delay is a forecast.",
        "Where complex is launched at another load than in the test, call it projected; with light everywhere there is "
        "no effect.",
    ),
    rests_on=("decision.basis",),
    met="What was measured and what is expected are told apart.",
)  # fmt: skip
def projected_is_marked(decision: Decision, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Effects at a delay that the test did not have are called projected."""
    draw = case.truth.draw
    tested = draw.delay(run_from(experiment_plan, case).design.complex_share)
    there = draw.delay(draw.load(decision.served))
    if not decision.served:
        right: tuple[str, ...] = ("none", "projected")
    else:
        right = ("measured", "projected") if abs(there / tested - 1) <= SAME_DELAY else ("projected",)
    if decision.basis not in right:
        said = f"You say of these effects: “{named(case, 'bases', decision.basis)}”."
        yield objection("basis", said, "measured where the test had this delay, projected where not, none where light "
                        "stays")  # fmt: skip


@rubric.criterion(
    points=4, voice="osei", skill="translate_constraints",
    hints=(
        "What would the complex model bring if it were as fast as it can be made?",
        "Ask Osei what it would take. Then: the model at equal speed, and the slope for the delay that is left.",
        "It could be made to add {{ truth.draw.fast_ms }} ms.",
    ),
    rests_on=("model_at_equal_speed", "slope_from_slow_arm"),
)  # fmt: skip
def once_fast_recomputes(
    decision: Decision, analysis: Analysis, experiment_plan: ExperimentPlan, case: Case, conversation: State
) -> Objections:
    """What the model would bring at the speed that it could have is worked out, whatever comes next."""
    fast = reading_from(experiment_plan, analysis, case).once_fast()
    if fast is None:
        raise NotYet("arms_answer", "an arm in which light was as slow as the complex model")
    if not heard(case, "fast_ms", conversation):
        yield objection("after_phone", "Nobody told you how fast the complex model can be made.",
                        "the delay that would be left, from the one who would build it")  # fmt: skip
        return None
    for name in SEGMENTS:
        own = getattr(decision, f"after_{name}")
        if not near(own, fast[name].value, absolute=AT_LOAD + 0.05):
            said = f"On {DEVICES[name]} you expect {percent(own)} once it is fast."
            yield objection(
                f"after_{name}", said, "the model at equal speed, and your slope for the delay that is left"
            )
    return met("What it would bring once it is fast is worked out for both devices.")


@rubric.criterion(
    points=4, voice="dagny", skill="weigh_trade_offs",
    hints=(
        "What would making it fast bring beyond this launch, and is that worth the weeks?",
        "On devices that it would then pay for: once fast, less the machines, less what the launch earns already, "
        "weighed by each device's share of all orders. The memo says from where on it is worth its weeks.",
        "Phones have {{ (100 * truth.draw.order_share['phone']) | round | int }} % of all orders; a step must bring "
        "{{ truth.draw.step_worth }} % of all orders.",
    ),
    rests_on=("decision.next_step", "trouble_out_of_all_arms", "worth_is_break_even"),
)  # fmt: skip
def next_fits_parts(decision: Decision, analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The next step follows from the parts: make it fast where that pays its weeks, bury it where nothing would, test
    again what an interval leaves open, else leave it."""
    reading = reading_from(experiment_plan, analysis, case)
    step = named(case, "next_steps", decision.next_step)
    if decision.next_step not in reading.steps(decision.served):
        parts = reading.once_fast() is not None
        row = {"parts are known": "yes" if parts else "no", "look at": "`analysis`, the model at equal speed"}
        said = f"“{step}” does not follow from what the model would bring once it is fast." if parts else (
            f"“{step}” needs parts that your test did not tell from one another."
        )  # fmt: skip
        yield objection("next_step", said, "a step that fits the gain at the speed it could have, or what is open", row)
    return met(f"“{step}” fits what the parts say.")


@rubric.criterion(
    points=2, voice="osei", skill="plan_releases",
    hints=(
        "Who can do this, and when can it be there?",
        "Osei knows how many weeks making it fast takes, after the test. Nothing is tested before the peak is over.",
        "It takes {{ truth.draw.fast_weeks }} weeks of Osei's, after the last week of your test.",
    ),
    rests_on=("decision.next_step", "decision.next_owner", "decision.next_week"),
)  # fmt: skip
def next_can_be_done(
    decision: Decision, experiment_plan: ExperimentPlan, case: Case, conversation: State
) -> Objections:
    """Whoever has the next step can do it, and its week leaves the time that it takes after the test."""
    step, week, over = decision.next_step, decision.next_week or 0.0, experiment_plan.weeks or 0.0
    if decision.next_owner not in CAN_DO.get(step, ()):
        said = f"{named(case, 'people', decision.next_owner)} has this: “{named(case, 'next_steps', step)}”."
        yield objection("next_owner", said, "somebody who does such work")
    first = over + {OPTIMISE: float(case.truth.draw.fast_weeks)}.get(step, 0.0)
    if step == TEST:
        first = max(first, PEAK_OVER)
    if step == OPTIMISE and not heard(case, "fast_weeks", conversation):
        yield objection("next_week", "Nobody told you how many weeks it takes.", "weeks that its builder named")
    elif not first <= week <= LAST_WEEK:
        said = f"It is to be done by week {stated(week)}."
        yield objection("next_week", said, "after the test, with the weeks that it takes, within a year")
    return met(f"{named(case, 'people', decision.next_owner)} can have done it by week {stated(week)}.")


@rubric.criterion(
    points=3, voice="anselm", skill="measure_success",
    hints=(
        "Which one number would have to differ for this decision to be another?",
        "Where the page's limit keeps a device out, it is its p95; where the effect does, the effect; where complex is "
        "live, what would take it back.",
        "Use the page's limit for p95, and what pays the machines for an effect.",
    ),
    rests_on=("decision.reopen_measure", "decision.reopen_number", "decision.reopen_week", "trouble_out_of_all_arms",
              "worth_is_break_even"),
)  # fmt: skip
def reopens_by_number(
    decision: Decision, analysis: Analysis, experiment_plan: ExperimentPlan, case: Case
) -> Objections:
    """What opens the decision again is the number that made it, at the value at which it would be another, with a week
    in which somebody looks, not before the step that changes it."""
    reading, draw, served = reading_from(experiment_plan, analysis, case), case.truth.draw, decision.served
    measure, number, week = decision.reopen_measure, decision.reopen_number or 0.0, decision.reopen_week or 0.0
    kept_out = [name for name in reading.passing if name not in served]
    place, label = "reopen_measure", named(case, "reopeners", measure)
    if measure == "p95":
        blocked = bool(kept_out) and not reading.keeps_limit((*served, *kept_out))
        if not served and not blocked:
            yield objection(place, f"“{label}” is not what decided here.", "the number that kept a device out")
        elif not SAFE * draw.page_limit <= number <= 1.02 * draw.page_limit:
            yield objection("reopen_number", f"It is opened at {stated(number)} ms.", "the limit of the page")
    elif measure in ("net_phone", "net_desktop"):
        name = measure.removeprefix("net_")
        if name in kept_out:
            yield objection(place, f"“{label}” is high enough already.", "the number that kept this device out")
        elif not any(
            near(number, from_, relative=0.15, absolute=0.1) for from_ in (draw.break_even, reading.rule.above)
        ):
            yield objection("reopen_number", f"It is opened at {percent(number)}.", "the effect that is worth having")
    elif measure == "machines":
        gains = {name: reading.parts[name].net.value for name in SEGMENTS}
        cheaper = any(0 < number < min(draw.break_even, gains[name]) for name in SEGMENTS if name not in served)
        dearer = any(draw.break_even < number <= gains[name] * 1.05 for name in served)
        if not cheaper and not dearer:
            said = f"Machines at {percent(number)} would change nothing, by what your test shows."
            yield objection("reopen_number", said, "a price at which another launch would pay, or this one would not")
    else:
        yield objection(place, "Nothing would open it again.", "a measure from the list")
    over = experiment_plan.weeks or 0.0
    if not over < week <= LAST_WEEK:
        said = f"Somebody looks in week {stated(week)}."
        yield objection("reopen_week", said, "a week after the test, within a year")
    elif _nothing_new(decision, week):
        said = f"Somebody looks in week {stated(week)}, before the next step could have changed “{label}”."
        yield objection("reopen_week", said, "a week in which the step that changes this number is done")
    return met(f"“{label}” opens it again at {stated(number)}, looked at in week {stated(week)}.")


@rubric.criterion(
    points=3, voice="noemi", skill="listen_and_synthesise",
    hints=(
        "Which of the things that you were told would change this decision if it were otherwise?",
        "Cite what you heard yourself, six facts at most, and one of them from the talk.",
        "What you were told about load, machines, speed or where people wait bears on it.",
    ),
    rests_on=("decision.evidence",),
    met="It rests on what you heard and what decides here.",
)  # fmt: skip
def decision_cites_what_was_told(decision: Decision, case: Case, conversation: State) -> Objections:
    """One to six facts are cited, each told to you or in the memo, and one told in the talk bears on this decision."""
    cited = list(dict.fromkeys(decision.evidence))
    if len(cited) > 6:
        yield objection("evidence", f"You cite {len(cited)} facts.", "the six that decide most, or fewer")
    if not any(id in BEARS for id in cited):
        yield objection("evidence", "Nothing that you cite speaks for or against this launch or the next step.",
                        "what you were told on load, machines, speed, or where people wait")  # fmt: skip
    yield from uncited(decision, conversation, case)


def _nothing_new(decision: Decision, week: float) -> bool:
    """Whether a number is looked at that only the next step changes, and this is not done yet."""
    waiting = {f"net_{name}" for name in SEGMENTS if name not in decision.served}
    if not decision.served:
        waiting.add("p95")
    by_step = decision.next_step in (OPTIMISE, TEST) and decision.reopen_measure in waiting
    return by_step and week < min(decision.next_week or 0.0, LAST_WEEK)


BEARS = frozenset({"full_load", "where_block", "break_even", "fast_ms", "fast_weeks", "counting", "fades", "margin"})
