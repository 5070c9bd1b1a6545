"""Criteria on the numbers of a story under pressure: origin, range, break-even, change of mind, next measurement."""

from __future__ import annotations

import math
from collections.abc import Mapping

from curriculum.artifacts.pressure import Pressure
from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.words.prose import quoted
from graders.common import blank_at, heard, near, placed, says_nothing, stated, unknown_ids
from graders.interview_tradeoffs.base import COMPLETE, UNIT, believed, is_borrowed, rubric
from graders.rubric import NotYet, Objections, met, objection

RANGE_TOLERANCE = 0.1
"""Bookings per 1,000 visitors: enough for a rounded end, a seventh of the narrowest half of a range."""
EVEN_TOLERANCE = 0.05
"""Of a break-even, relative (G4: derived ratios)."""
NATURES = {
    "forecast": "planned", "small_sample": "pilot", "lucky_week": "odd_week", "baseline": "run", "result": "run",
}  # fmt: skip
POWER = 16
"""Visitors an arm are 16 p (1 − p) / δ², for 80 % power at 5 % (Lehr)."""
MOST_WEEKS, FEWEST_TOLD = 26, 3
_OPENS: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = {
    ("quick", "limit"): {"time": ("deep", "desktop")},
    ("quick", "money"): {"gain": ("deep", "desktop"), "cost_a_month": ("deep", "desktop")},
    ("desktop", "limit"): {"time": ("deep", "quick")},
    ("desktop", "money"): {"gain": ("quick",), "cost_a_month": ("quick",)},
    ("deep", "money"): {"gain": ("quick", "desktop"), "cost_a_month": ("quick", "desktop")},
}
"""By what was chosen and why: which number, had it been another, would have led where. The deep ranker on desktops only
is there since the limit kept it off phones, and since within the limit it paid on desktops: either decided it."""


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=(
        "Which of the four questions has no answer yet?",
        "Range, break-even, what would have changed your mind and what you would measure now are needed, and one thing "
        "that you do not know.",
    ),
    met="All four questions have an answer.",
)  # fmt: skip
def pressure_is_complete(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """All four questions are answered with numbers, and one thing is named that you do not know."""
    for place in ("range", "break_even", "mind", "next"):
        group = getattr(pressure, place)
        for name in type(group).model_fields:
            if name in ("cost", "worth", "population", "instead") and not is_borrowed(star):
                continue
            yield from blank_at(pressure, f"{place}.{name}")
    yield from blank_at(pressure, "unknown")
    if is_borrowed(star):
        yield from blank_at(pressure, "told[].nature")
        yield from blank_at(pressure, "told[].fact")
        if len({one.fact for one in pressure.told if one.fact}) < FEWEST_TOLD:
            said = f"{len(pressure.told)} numbers that you were told are named."
            yield objection("told", said, "three different ones, each with what it is")
    yield from says_nothing(pressure, case)
    for named in unknown_ids(pressure, case):
        yield objection(named.place, f"{named.id[:40]} is on none of the lists.", "entries picked from the lists")


@rubric.criterion(
    points=3, voice="jonas", skill="measure_success",
    hints=(
        "Who lived through that number, and for how long?",
        "A plan is a promise, two days in one town are a pilot, and a week that was not like the others is luck.",
        "Name three numbers that you were told, at least one of those that people like best, and what each is.",
    ),
)  # fmt: skip
def planned_and_run_are_told_apart(
    pressure: Pressure, star: Star | None, conversation: State | None, case: Case
) -> Objections:
    """Of three numbers that you were told, one of them from no normal use, you say what each is."""
    believed(star, "What your own numbers are, nobody here can look up.")
    if conversation is None:
        raise NotYet("references", "It compares with your calls, and you have not called anybody yet.")
    if not any(one.fact for one in pressure.told):
        raise NotYet("pressure.told", "No number is named yet.")
    known: dict[str, str] = {fact: NATURES[of.kind] for fact, of in case.truth.measured.items()}
    known["bookings_forgone"] = "tested"
    right = set()
    for place, one in placed("told", pressure.told):
        if one.fact not in known:
            continue
        row = {"number": one.fact, "you say": one.nature or "nothing"}
        if not heard(case, one.fact, conversation):
            yield objection(f"{place}.fact", f"Nobody told you {one.fact}.", "numbers that you were told", row)
        elif one.nature != known[one.fact]:
            said = f"Of “{quoted(case.facts[one.fact].label)}” you say that it is something else."
            yield objection(f"{place}.nature", said, "what the sentence says that it is", row)
        else:
            right.add(one.fact)
    if len(right) < FEWEST_TOLD:
        said = f"{len(right)} of the numbers that you name are a measure's figure, told to you and placed rightly."
        yield objection("told", said, "three different ones")
    elif not any(known[fact] != "run" for fact in right):
        said = "All of the numbers that you name were counted in normal use."
        yield objection("told", said, "at least one that was not, so that it cannot slip into the story")
    return met(f"You say of {len(right)} numbers what they are.")


@rubric.criterion(
    points=3, voice="jonas", skill="measure_success",
    hints=(
        "Which two arms differ in what people would get, model and wait together?",
        "The deep arm against the quick one, without delay, among those for whom it was decided, per 1,000 visitors.",
    ),
    rests_on=(COMPLETE,),
)  # fmt: skip
def point_is_what_the_test_found(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """The one number is what the test found for what people would get, among those for whom it was decided."""
    believed(star, "Your own test stands nowhere here.")
    truth, typed = case.truth, pressure.range
    if typed.unit != UNIT:
        said = f"The unit of the range is “{case.registry.label('units', typed.unit) or 'blank'}”."
        yield objection("range.unit", said, "what was drawn by lot and counted in the test")
    if typed.population != truth.population:
        said = f"You answer for “{case.registry.label('populations', typed.population) or 'nobody'}”."
        yield objection("range.population", said, "those for whom it was decided, as you were told")
        return None
    true = truth.effect.point
    row = {"you say": stated(typed.point), "among": typed.population}
    if not near(typed.point, true, absolute=RANGE_TOLERANCE):
        said = f"As the one number you say {stated(typed.point)}."
        rule = "the deep arm minus the quick one; what the model does without the wait is another question"
        yield objection("range.point", said, rule, row)
    return met(f"The test found {stated(typed.point)} among those for whom it was decided.", row)


@rubric.criterion(
    points=6, voice="jonas", skill="measure_success",
    hints=(
        "How far from the one number could the truth lie, with so many visitors?",
        "The 95 % range of the difference of two shares: 1.96 times the root of p(1−p)/n of both arms added.",
        "The cell under “How sure can one be?” works it out for each pair of arms; take the one of your number.",
    ),
    rests_on=(COMPLETE, "point_is_what_the_test_found"),
)  # fmt: skip
def range_is_that_of_the_test(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """Low and high end are those of the test, and your one number lies between them."""
    low, point, high = pressure.range.low, pressure.range.point, pressure.range.high
    if low is None or high is None or point is None:
        raise NotYet("pressure.range", "An end of the range is blank.")
    if not low < point < high:
        said = f"Your number {stated(point)} does not lie between {stated(low)} and {stated(high)}."
        yield objection("range.low", said, "a low end, your number, and a high end, in this order")
        return None
    believed(star, "The range of your own test stands nowhere here.")
    for name, typed, true in (("low", low, case.truth.effect.low), ("high", high, case.truth.effect.high)):
        if not near(typed, true, absolute=RANGE_TOLERANCE):
            row = {"end": name, "you say": stated(typed)}
            yield objection(f"range.{name}", f"As the {name} end you say {stated(typed)}.", "the 95 % range", row)
    return met(f"The range is {stated(low)} to {stated(high)}.")


@rubric.criterion(
    points=2, voice="jonas", skill="weigh_trade_offs", gate=True,
    hints=(
        "What is spent again each month, and what stays of a booking?",
        "What was spent already is gone either way, and most of a fare goes to the carrier. Farida and Samuel know the "
        "numbers that count.",
    ),
    rests_on=("pressure.break_even.cost", "pressure.break_even.worth"),
)  # fmt: skip
def costs_are_those_that_count(
    pressure: Pressure, star: Star | None, conversation: State | None, case: Case
) -> Objections:
    """The break-even rests on what is spent each month and on what stays of a booking, as you were told."""
    believed(star, "Your own costs stand nowhere here.")
    typed = pressure.break_even
    wrong = {
        "built": "what was spent already, whatever is decided", "fare": "what a traveller pays, most of it to carriers",
    }  # fmt: skip
    for place, fact, right, rule in (
        ("break_even.cost", typed.cost, "extra_cost", "what comes again each month because of the deep ranker"),
        ("break_even.worth", typed.worth, "margin", "what stays of one booking"),
    ):
        if fact != right:
            said = f"You cite {fact or 'nothing'}{', ' + wrong[fact] if fact in wrong else ''}."
            yield objection(place, said, rule)
        elif conversation is None or not conversation.knows(fact):
            who = case.registry.label("people", case.facts[fact].held_by or "")
            row = {"fact": fact, "who could tell you": who}
            yield objection(place, f"Nobody told you {fact}.", "numbers that you were told", row)
    return met("Cost and margin are those that count, and somebody told you both.")


@rubric.criterion(
    points=6, voice="jonas", skill="weigh_trade_offs",
    hints=(
        "How many more bookings a month would pay for it?",
        "Cost a month, divided by what stays of a booking, divided by the visitors in thousands.",
        "Take the visitors of a month among those for whom it was decided, from the table of visitors.",
    ),
    rests_on=(COMPLETE, "costs_are_those_that_count"),
)  # fmt: skip
def break_even_recomputes(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """The gain that would pay follows from the cost, the margin and the visitors of a month."""
    believed(star, "Your own costs stand nowhere here.")
    typed = pressure.break_even.value
    if not near(typed, case.truth.break_even, relative=EVEN_TOLERANCE):
        row = {"cost": pressure.break_even.cost, "worth": pressure.break_even.worth, "you say": stated(typed)}
        rule = "cost a month, divided by margin and by the visitors in thousands among those for whom it was decided"
        yield objection("break_even.value", f"As the gain that would pay you say {stated(typed)}.", rule, row)
    return met(f"A gain of {stated(typed)} would pay.")


@rubric.criterion(
    points=2, voice="jonas", skill="weigh_trade_offs",
    hints=("Draw the range as a line and mark the break-even on it.", "Compare your own low and high end with it."),
    rests_on=(COMPLETE, "range_is_that_of_the_test", "break_even_recomputes"),
)  # fmt: skip
def range_is_held_against_the_break_even(pressure: Pressure) -> Objections:
    """Where your range lies, seen from the break-even, is where your own numbers put it."""
    low, high, even = pressure.range.low, pressure.range.high, pressure.break_even.value
    if low is None or high is None or even is None:
        raise NotYet("pressure.range", "A number is blank.")
    lies = "above" if low > even else "below" if high < even else "across"
    if pressure.break_even.lies != lies:
        said = f"{stated(low)} to {stated(high)} is said to lie {pressure.break_even.lies} {stated(even)}."
        yield objection("break_even.lies", said, "where the three numbers put it")
    return met(f"{stated(low)} to {stated(high)} lies {lies} {stated(even)}.")


@rubric.criterion(
    points=3, voice="mei", skill="weigh_trade_offs", gate=True,
    hints=(
        "Could more money have changed it?",
        "Look at the shadow run: can the deep ranker keep the limit where it was to run, with more servers or without? "
        "If not, no gain buys the promise off.",
    ),
    rests_on=("pressure.mind.ground",),
)  # fmt: skip
def ground_is_the_one_that_decided(
    pressure: Pressure, star: Star | None, conversation: State | None, case: Case
) -> Objections:
    """What decided it is what the numbers leave: a promised limit is no price, and money decides only within it."""
    believed(star, "What decided it in your own work, nobody here can look up.")
    if conversation is None or not conversation.knows("who_decided"):
        raise NotYet("references", "Nobody has told you yet what was decided.")
    grounds = {case.truth.ground, "money"} if case.truth.chosen == "desktop" else {case.truth.ground}
    if pressure.mind.ground not in grounds:
        told = {"limit": "the limit", "money": "money"}[pressure.mind.ground]
        rule = "the limit where it could not be kept; money where every choice kept it"
        yield objection("mind.ground", f"You say that {told} decided it.", rule)
    elif case.truth.chosen == "desktop" and (pressure.mind.ground, pressure.mind.instead) == ("money", "deep"):
        said = "You say that money decided it, and that more of it would have led to the deep ranker everywhere."
        yield objection("mind.ground", said, "the limit, which kept it off phones and is no price")
    return met("You name what decided it.")


@rubric.criterion(
    points=1, voice="mei", skill="weigh_trade_offs",
    hints=(
        "Which single number, had it been another, would have led to another choice?",
        "Where the limit decided, it is the time. Where money decided, it is the gain, or the cost a month.",
        "Say what you would have chosen then: a choice that was not taken, and that this number would have opened.",
    ),
    rests_on=(COMPLETE, "ground_is_the_one_that_decided"),
)  # fmt: skip
def another_number_would_have_changed_it(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """The number that would have changed your mind is one that could have, and leads to another choice."""
    believed(star, "What would have changed your own decision, only you know.")
    mind, truth = pressure.mind, case.truth
    opens = _OPENS[truth.chosen, mind.ground].get(mind.evidence, ())
    if not opens:
        yield objection("mind.evidence", "That number would not have changed what decided it.", "one that could have")
    elif mind.instead not in opens:
        label = case.registry.label("options", mind.instead) or "nothing"
        said = f"You would have chosen “{label}”."
        yield objection("mind.instead", said, "a choice that was not taken, and that this number would have opened")
    return met("You name a number that would have led to another choice.")


@rubric.criterion(
    points=6, voice="jonas", skill="weigh_trade_offs",
    hints=(
        "From which value on?",
        "For the time it is the limit. For the gain it is the break-even. For the cost it is what your range is worth "
        "a month, at one of its ends or at your number.",
    ),
    rests_on=(COMPLETE, "another_number_would_have_changed_it"),
)  # fmt: skip
def threshold_is_where_it_flips(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """The value from which on you would have chosen otherwise is the one at which the choice flips."""
    believed(star, "Where your own choice would flip, only you know.")
    mind, truth = pressure.mind, case.truth
    effect, people = truth.effect, truth.money.visitors[truth.population] / 1_000
    flips: tuple[float, ...] = {
        "time": (float(truth.limit),),
        "gain": (truth.break_even,),
        "cost_a_month": tuple(gain * people * truth.money.margin for gain in (effect.low, effect.point, effect.high)),
    }.get(mind.evidence, ())
    tolerance = 0.0 if mind.evidence == "time" else 0.08 if mind.evidence == "cost_a_month" else EVEN_TOLERANCE
    if not any(near(mind.threshold, value, relative=tolerance) for value in flips):
        row = {"number": mind.evidence, "you say": stated(mind.threshold)}
        rule = "the limit, the break-even, or what your range is worth a month"
        yield objection("mind.threshold", f"You would have changed it from {stated(mind.threshold)} on.", rule, row)
    return met(f"It flips at {stated(mind.threshold)}.")


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success",
    hints=(
        "What would have happened otherwise, in the same weeks?",
        "Only visitors drawn by lot in the same weeks differ in nothing else.",
    ),
    rests_on=("pressure.next.comparison",),
    met="It is compared with people who differ in nothing else.",
)  # fmt: skip
def next_measurement_compares(pressure: Pressure) -> Objections:
    """What you would measure now is compared with people who differ in nothing else."""
    if pressure.next.comparison != "drawn_by_lot":
        said = "Something else may have changed between the two, so the difference would have two causes."
        yield objection("next.comparison", said, "a comparison in the same weeks, among people drawn by lot")


@rubric.criterion(
    points=3, voice="jonas", skill="measure_success",
    hints=(
        "How many visitors must an arm have to see that difference?",
        "16 times p times 1 − p, divided by the difference squared, with p and the difference as shares of one.",
        "p is the share of visitors who book with the quick ranker, among those whom you name.",
    ),
    rests_on=(COMPLETE, "next_measurement_compares"),
)  # fmt: skip
def next_measurement_is_large_enough(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """Each arm has the visitors that the smallest difference needs, and it is finer than what you know already."""
    believed(star, "How many people you would reach, nobody here can look up.")
    typed, truth = pressure.next, case.truth
    if typed.population not in ("everyone", "phones", "desktops") or not typed.detect or typed.detect <= 0:
        raise NotYet("pressure.next.detect", "Among whom, or how small a difference, is blank.")
    p = truth.trial.rate(typed.population) / 1_000
    needed = POWER * p * (1 - p) / (typed.detect / 1_000) ** 2
    had = truth.trial.counts("quick", typed.population)[0]
    if needed <= had:
        said = f"A difference of {stated(typed.detect)} needs no more visitors than the test had in an arm."
        rule = "a difference so small that it takes more of them than the test had"
        yield objection("next.detect", said, rule, {"visitors in an arm of the test": had})
    row = {"smallest difference": stated(typed.detect), "you plan": stated(typed.visitors)}
    if typed.visitors is None or typed.visitors < 0.9 * needed:
        said = f"You plan {stated(typed.visitors)} visitors in an arm."
        yield objection("next.visitors", said, "at least as many as that difference needs", row)
    return met(f"{stated(typed.visitors)} visitors in an arm show a difference of {stated(typed.detect)}.", row)


@rubric.criterion(
    points=2, voice="ruth", skill="measure_success",
    hints=(
        "How many visitors come in a week, and how many arms share them?",
        "Twice the visitors of an arm, divided by those of a week, rounded up to whole weeks. A month has 4.3 weeks.",
    ),
    rests_on=(COMPLETE, "next_measurement_is_large_enough"),
)  # fmt: skip
def next_measurement_fits_the_traffic(pressure: Pressure, star: Star | None, case: Case) -> Objections:
    """It runs for as many whole weeks as the traffic needs for both arms, and not longer than half a year."""
    believed(star, "How many people come in your own case, nobody here can look up.")
    typed = pressure.next
    if typed.visitors is None or typed.weeks is None:
        raise NotYet("pressure.next.weeks", "Visitors or weeks are blank.")
    a_week = case.truth.money.visitors[typed.population] * 7 / 30.4
    needed = 2 * typed.visitors / a_week
    row = {"visitors in two arms": stated(2 * typed.visitors), "weeks": stated(typed.weeks)}
    if abs(typed.weeks - round(typed.weeks)) > 1e-9 or typed.weeks < 1:
        yield objection("next.weeks", f"It runs for {stated(typed.weeks)} weeks.", "whole weeks", row)
    elif typed.weeks < math.floor(0.97 * needed + 0.5) or typed.weeks < 0.9 * needed:
        yield objection("next.weeks", f"In {stated(typed.weeks)} weeks fewer come.", "weeks enough for both arms", row)
    elif typed.weeks > MOST_WEEKS:
        said = f"It runs for {stated(typed.weeks)} weeks."
        yield objection("next.weeks", said, "at most half a year; see a larger difference, or more people", row)
    return met(f"{stated(typed.weeks)} weeks are enough for both arms.")
