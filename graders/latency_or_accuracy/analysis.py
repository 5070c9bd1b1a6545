"""Counts before effects, effects with intervals, and no claim that the plan cannot carry. (A17)"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.analysis import Analysis, SegmentEffects
from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.cases import Case
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS
from curriculum.cases.latency_or_accuracy.entries import LIGHT, SLOWED
from curriculum.cases.latency_or_accuracy.experiment import Run
from curriculum.cases.latency_or_accuracy.unknowns import cause_of, left_out_for, unknown
from curriculum.consequences.planned_test import days_out
from curriculum.support.experiments import relative
from graders.common import incomplete, named, near, stated
from graders.latency_or_accuracy.base import DEVICES, own_from, percent, reading_from, rubric, run_from
from graders.rubric import NotYet, Objections, met, objection

EFFECT = 0.2
"""% of orders by which a recomputed effect may be off."""
SLOPE = 0.12
"""% of orders for each 100 ms."""
TINY = 0.001
"""A p below this is as good as none."""
P_OFF = 0.02
PLAIN = 0.05
"""From here on a p says that chance gives such a split often enough, whichever p it is."""


@rubric.criterion(
    points=1, voice="dagny", skill="measure_success", gate=True,
    hints=(
        "Is any field still blank?",
        "One row for phones and one for desktop; what the test cannot tell may stay blank, the net effect may not.",
        "`lesson.put(\"analysis\", \"segments\", effects(test))` fills the rows.",
    ),
    met="Counts, effects on both devices and what stays open are all there.",
)  # fmt: skip
def analysis_complete(analysis: Analysis, case: Case) -> Objections:
    """Counts, net effects with intervals on both devices, and what stays open are stated."""
    yield from incomplete(
        analysis, case, "ratio_p", "cause", "first_days", "segments", "segments[].segment", "segments[].net",
        "segments[].net_low", "segments[].net_high", "unknown", "finding",
    )  # fmt: skip
    for name in SEGMENTS:
        if analysis.segments and analysis.row(name) is None:
            yield objection("segments", f"There is not exactly one row for {DEVICES[name]}.", "one row for each device")


@rubric.criterion(
    points=3, voice="pilar", skill="find_causes",
    hints=(
        "Do the arms have the visitors that you planned for them?",
        "`ratio(test)` shows it by client. Where only one client is off, ask what is special about how it counts.",
        "With your plan this is wrong here: {{ {'beacon': 'the old app, where clients report the block', 'crawler': "
        "'requests without script, where the server counts'}.get(truth.draw.trouble, 'nothing') }}.",
    ),
    rests_on=("analysis.ratio_p", "analysis.cause"),
)  # fmt: skip
def ratio_checked(analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The ratio of visitors was checked before any effect, and what is wrong with it is named, or that nothing is."""
    found = run_from(experiment_plan, case)
    p, own = found.ratio_p(), analysis.ratio_p
    plain = own is not None and min(own, p) >= PLAIN
    right = own is not None and (own < TINY if p < TINY else plain or abs(own - p) <= P_OFF)
    if not right:
        said = f"You state p = {stated(own) if own is None or own >= 0.01 else f'{own:g}'} for the ratio of visitors."
        yield objection("ratio_p", said, "the p that the visitors of all clients give, as they were counted")
    if analysis.cause != cause_of(case.truth.draw, found.design):
        said = f"You call this wrong with the counts: “{named(case, 'causes', analysis.cause)}”."
        yield objection("cause", said, "what the ratio shows, client by client, under the way in which you count")
    label = named(case, "causes", analysis.cause)
    return met("The counts were looked at first, and nothing is wrong with them." if analysis.cause == "none"
               else f"The counts were looked at first. {label}.")  # fmt: skip


@rubric.criterion(
    points=4, voice="pilar", skill="find_causes", gate=True,
    hints=(
        "Is the split good once you leave out whom you leave out, and were they left out of each arm?",
        "Only the client whose counts are wrong goes, from all arms; whoever is counted well stays.",
        "Look at the one client in `ratio(test)` whose p is far below your limit.",
    ),
    rests_on=("analysis.cause",),
    expected="the client whose counts are wrong left out of all arms, and nobody else",
)  # fmt: skip
def trouble_out_of_all_arms(analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Whoever is counted wrongly is left out of all arms, and nobody else is."""
    found = run_from(experiment_plan, case)
    wanted = set(left_out_for(cause_of(case.truth.draw, found.design)))
    out = set(analysis.left_out)
    if wanted - out:
        yield objection("left_out", "Some of those who are left were counted in one arm otherwise than in another.")
    if out - wanted:
        gone = ", ".join(named(case, "clients", id).lower() for id in sorted(out - wanted))
        yield objection("left_out", f"You leave out people who were counted well: {gone}.")
    return met("What is left was counted alike in all arms.")


@rubric.criterion(
    points=2, voice="dagny", skill="measure_success",
    hints=(
        "Are the first days like the later ones, here and in the last launches?",
        "Compare the weeks of your test, for people who come back. Dagny knows how long newness lasts.",
        "Here newness lasts {{ truth.draw.fade_days }} days.",
    ),
    rests_on=("analysis.first_days",),
    expected="whole weeks left out where newness fades, two weeks left to read, and at most one where nothing fades",
)  # fmt: skip
def newness_left_out(analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The first week or two are left out where people try what is new, and one at most where they do not."""
    days, fade, left = days_out(analysis), case.truth.draw.fade_days, 7 * int(experiment_plan.weeks or 0)
    run_from(experiment_plan, case)
    if fade and days < 7:
        yield objection("first_days", f"You leave out {days} days, and newness is still in what you read.")
    elif not fade and days > 7:
        yield objection("first_days", f"You leave out {days} days that were like all others.")
    elif days and (days % 7 or left - days < 14):
        yield objection("first_days", f"You leave out {days} days, and {max(0, left - days)} are left.")
    return met(f"You leave out {days} days, and {left - days} are left to read.")


def _rows(analysis: Analysis) -> Iterator[tuple[str, str, SegmentEffects]]:
    """Each device with its place and its row, where it has exactly one."""
    for number, row in enumerate(analysis.segments, start=1):
        if row.segment in SEGMENTS and analysis.row(row.segment) is row:
            yield row.segment, f"segments[{number}]", row


@rubric.criterion(
    points=5, voice="dagny", skill="measure_success",
    hints=(
        "Do your numbers come from the data of your own plan, as it stands now?",
        "Complex less light, in % of the light arm's orders for each visitor, without those whom you leave out.",
        "The cell that compares complex and light has it; run the test again after each change of the plan.",
    ),
    rests_on=("analysis.segments", "trouble_out_of_all_arms"),
)  # fmt: skip
def net_recomputes(analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Complex less light, with its interval of 95 %, recomputes from the data of this plan on both devices."""
    parts = reading_from(experiment_plan, analysis, case).parts
    there = 0
    for name, place, row in _rows(analysis):
        net = parts[name].net
        there += 1
        if not near(row.net, net.value, absolute=EFFECT):
            said = f"On {DEVICES[name]} you read {percent(row.net)} for complex less light."
            yield objection(f"{place}.net", said, "the difference that your own data give, without whom you leave out")
        elif not (near(row.net_low, net.low, absolute=EFFECT) and near(row.net_high, net.high, absolute=EFFECT)):
            said = f"On {DEVICES[name]} its interval reads {percent(row.net_low)} to {percent(row.net_high)}."
            yield objection(f"{place}.net_low", said, "about two standard errors to each side")
    if not there:
        yield objection("segments", "There is no row for a device.", "one row for each device")
    return met("Both net effects recompute, with their intervals.")


def _slowed(found: Run) -> bool:
    return any(arm.variant == SLOWED and arm.delay > 0 for arm in found.design.arms)


CANNOT = "Your plan has no arm that could tell that"


@rubric.criterion(
    points=3, voice="osei", skill="translate_constraints",
    hints=(
        "Which two arms differ in the wait alone?",
        "Light slowed, less light: divide by its own delay. Complex less light holds the model as well.",
        "The cell that compares light slowed and light has it, with the delay at which it was read.",
    ),
    rests_on=("trouble_out_of_all_arms",),
)  # fmt: skip
def slope_from_slow_arm(analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """What the wait costs is read off an arm that was slowed on purpose, at a delay that was tested; without such an
    arm nothing is claimed."""
    own = own_from(experiment_plan, analysis, case)
    parts, found = reading_from(experiment_plan, analysis, case).parts, own.run
    claims = [place for _, place, row in _rows(analysis) if row.speed is not None or row.per_100 is not None]
    if not _slowed(found):
        for place in claims:
            yield objection(f"{place}.speed", f"{CANNOT}: complex and light differ in two things.",
                            "no number for the wait alone, and the question among what stays unknown")  # fmt: skip
        if not claims:
            raise NotYet("arms_answer", "an arm in which light was slowed on purpose")
        return None
    for name, place, row in _rows(analysis):
        readings = [(parts[name].speed.value, parts[name].speed_ms)] if parts[name].speed else []  # type: ignore[union-attr]
        readings += _single(found, name, analysis)
        if not any(
            near(row.speed, value, absolute=EFFECT) and near(row.per_100, value / ms * 100, absolute=SLOPE)
            for value, ms in readings
        ):
            said = f"On {DEVICES[name]} the wait costs {percent(row.speed)}, {percent(row.per_100)} for each 100 ms."
            yield objection(f"{place}.speed", said, "light slowed, less light, and the same divided by its own delay")
    return met("What the wait costs comes from arms that differ in the wait alone.")


def _single(found: Run, segment: str, analysis: Analysis) -> list[tuple[float, float]]:
    """By slowed arm on its own: what it loses, and its delay."""
    without, after = analysis.left_out, days_out(analysis)
    base = found.counted(found.named(LIGHT), segment, without, after)
    return [
        (relative(found.counted([number], segment, without, after), base, base).value, found.ms[number])
        for number in found.named(SLOWED)
        if found.ms[number] > 0
    ]


@rubric.criterion(
    points=5, voice="dagny", skill="measure_success",
    hints=(
        "What would the complex model bring if it cost no time?",
        "Complex, less light that is as slow: what the model is worth by itself.",
        "The cell that compares complex and light slowed has it, with its interval.",
    ),
    rests_on=("trouble_out_of_all_arms",),
)  # fmt: skip
def model_at_equal_speed(analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """What the model is worth is read against light that was as slow; where no arm was, nothing is claimed."""
    reading = reading_from(experiment_plan, analysis, case)
    claims = [place for _, place, row in _rows(analysis) if row.model is not None]
    if any(part.model is None for part in reading.parts.values()):
        for place in claims:
            yield objection(f"{place}.model", f"{CANNOT}: no slowed arm was as slow as the complex model.",
                            "no number for the model alone, and the question among what stays unknown")  # fmt: skip
        if not claims:
            raise NotYet("arms_answer", "an arm in which light was as slow as the complex model")
        return None
    for name, place, row in _rows(analysis):
        part = reading.parts[name]
        assert part.model is not None and part.per_100 is not None
        also = part.net.value - part.per_100 * reading.tested / 100
        off = also - part.model.value
        if not (near(row.model, part.model.value, absolute=EFFECT) or near(row.model, also, absolute=EFFECT)):
            said = f"On {DEVICES[name]} you read {percent(row.model)} for the model at equal speed."
            yield objection(f"{place}.model", said, "complex, less light as slow, in % of the light arm's orders")
            continue
        shift = 0.0 if near(row.model, part.model.value, absolute=EFFECT) else off
        ends = ((row.model_low, part.model.low), (row.model_high, part.model.high))
        if not all(near(own, right + shift, absolute=EFFECT) for own, right in ends):
            said = f"On {DEVICES[name]} its interval reads {percent(row.model_low)} to {percent(row.model_high)}."
            yield objection(f"{place}.model_low", said, "about two standard errors to each side, of both arms")
    return met("The model was judged at equal speed on both devices.")


@rubric.criterion(
    points=3, voice="osei", skill="weigh_trade_offs",
    hints=(
        "Which of the questions could your data not answer, whoever reads them?",
        "An interval that holds the effect worth having leaves its question open; so does a plan without the arm for "
        "it. No test before the peak says anything of the peak.",
        "Go through the list: where the interval of a device holds {{ truth.draw.break_even }} %, it is open.",
    ),
    rests_on=("analysis.unknown", "trouble_out_of_all_arms", "worth_is_break_even"),
)  # fmt: skip
def unknowns_named(analysis: Analysis, experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """What these data do not say is named, and nothing that they do say."""
    own = own_from(experiment_plan, analysis, case)
    parts = own.reading.parts if own.reading else None
    surely, perhaps = unknown(case.truth.draw, own.run.design, parts, days_out(analysis))
    named_ = set(analysis.unknown)
    if surely - named_:
        yield objection("unknown", "Beside those that you name, another question stays open with these data.",
                        "each question to which the interval, the arms or the weeks give no answer")  # fmt: skip
    for id in sorted(named_ - surely - perhaps):
        said = f"These data do answer this: “{named(case, 'questions', id)}”."
        yield objection("unknown", said, "only what no reader of these data could say")
    return met(f"{len(named_)} {'question stays' if len(named_) == 1 else 'questions stay'} open, and you say so.")
