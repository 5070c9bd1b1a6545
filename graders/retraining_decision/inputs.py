"""Do the inputs come from the right rows, in the right unit, and with a range? (A15, O.1, O.3, O.6, O.7)"""

from __future__ import annotations

import math

from curriculum.artifacts.trade_off import TradeOff
from curriculum.cases import Case
from curriculum.cases.retraining_decision.draw import FEATURES
from curriculum.cases.retraining_decision.entries import FITS, PRECOMPUTED, PRICED, WISH
from curriculum.cases.retraining_decision.money import (
    COVERED,
    FAILS,
    GAIN,
    HOURS_WORK,
    HOURS_WRONG,
    ONE_PERCENT,
    QUANTITIES,
    SLOPE,
)
from curriculum.cases.retraining_decision.truth import read_overrun
from curriculum.roleplay.engine import State
from graders.common import incomplete, named, near, placed, stated, unheard
from graders.retraining_decision.base import rubric
from graders.rubric import Objections, met, objection

EUR_OFF, GAIN_OFF, COVERED_OFF, FAILS_OFF, WRONG_OFF, WORK_OFF = 0.02, 0.04, 1.5, 2.0, 0.05, 0.04
"""How far an input may lie from what the tables say: relative, but points of 100 for shares."""
OVERLAP = 0.5
"""Of the longer of two intervals of the slope, the part that both must share."""
SLOPE_OFF, SLOPE_PART = 0.15, 0.5
"""How far the base of the slope may lie from ours: percent for 0.01 AUC, and part of half of our interval."""
UNCERTAIN = (GAIN, SLOPE, FAILS, HOURS_WRONG, HOURS_WORK)
"""Inputs of which nobody knows the one value."""
AT_MOST = {COVERED: 100.0, FAILS: 100.0, HOURS_WRONG: math.inf, HOURS_WORK: math.inf}
"""Below 0 and above these no input lies, however wide its range is."""
LEAST_WIDTH = 0.05
"""From low to high, as a part of the base: less is the last digit of one value, and no range."""


def place_of(trade_off: TradeOff, quantity: str, part: str = "base") -> str:
    """The place of one input, or of the list where it has no row."""
    rows = (at for at, row in placed("inputs", trade_off.inputs) if row.quantity == quantity)
    found = next(rows, "")
    return f"{found}.{part}" if found else "inputs"


def for_everybody(trade_off: TradeOff, case: Case) -> bool:
    """Whether the gain is stated for all sessions, and all of them count: another way to the same product."""
    mine, gain, covered = case.truth.inputs[FEATURES], trade_off.input(GAIN).base, trade_off.input(COVERED).base
    return near(covered, 100.0, absolute=0.5) and near(gain, mine.gain * mine.covered / 100, relative=GAIN_OFF)


@rubric.criterion(
    points=1, voice="nadia", skill="weigh_trade_offs", gate=True,
    hints=(
        "Could somebody recompute this from what stands here?",
        "Seven inputs, each with low, base and high; then the limit, three nets, and what follows from them.",
    ),
    met="Seven inputs with their ranges, and everything that follows from them.",
)  # fmt: skip
def trade_off_is_complete(trade_off: TradeOff, case: Case) -> Objections:
    """All seven inputs with their ranges, the limit, the nets and what follows from them are filled."""
    yield from incomplete(
        trade_off, case, "inputs[].quantity", "inputs[].low", "inputs[].base", "inputs[].high", "limit", "net_keep",
        "net_refresh", "net_features", "ageing", "break_even", "most_sensitive", "risk_refresh", "risk_features",
    )  # fmt: skip
    rows = [row.quantity for row in trade_off.inputs]
    for name in QUANTITIES:
        if rows.count(name) != 1:
            said = f"“{named(case, 'quantities', name)}” stands there {rows.count(name)} times."
            yield objection("inputs", said, "each of the seven inputs once")


@rubric.criterion(
    points=5, voice="viktor", skill="weigh_trade_offs", gate=True,
    hints=(
        "What does the shop keep of one more order?",
        "Orders × basket is revenue. What stays is the contribution; one percent of it, over the 26 weeks.",
        "Here it is {{ truth.inputs.features.one_percent | number }} €.",
    ),
    rests_on=("trade_off.inputs",),
    expected="one percent of orders × basket × contribution, summed over the 26 weeks of `traffic`",
)  # fmt: skip
def margin_not_revenue(trade_off: TradeOff, case: Case) -> Objections:
    """One percent more orders is counted as what the shop keeps of it over 26 weeks, and not as revenue."""
    true, found = case.truth.inputs[FEATURES].one_percent, trade_off.input(ONE_PERCENT).base
    if not near(found, true, relative=EUR_OFF):
        revenue = found is not None and found > 2.5 * true
        more = " That is about what customers pay, and not what the shop keeps." if revenue else ""
        row = {"stated": f"{stated(found)} €", "look at": "`traffic`, contribution_pct"}
        yield objection(place_of(trade_off, ONE_PERCENT), f"You count {stated(found)} €.{more}", "", row)
    return met(f"One percent more orders: {stated(found)} € of contribution.")


@rubric.criterion(
    points=4, voice="ilse", skill="translate_constraints",
    hints=(
        "Will the model be used on days that it has seen?",
        "A random split puts the same weeks on both sides. Take later weeks, for the sessions that have the features.",
        "Here it is {{ truth.inputs.features.gain | round(2) }} (in 0.01 AUC).",
    ),
    rests_on=("trade_off.inputs",),
    expected="the gain on later weeks, in 0.01 AUC",
)  # fmt: skip
def gain_on_later_weeks(trade_off: TradeOff, case: Case) -> Objections:
    """The gain of the new features is the one on later weeks, and not the one of a random split."""
    gain = trade_off.input(GAIN).base
    if not near(gain, case.truth.inputs[FEATURES].gain, relative=GAIN_OFF) and not for_everybody(trade_off, case):
        row = {"stated": stated(gain), "look at": "`candidates`, the column split"}
        yield objection(place_of(trade_off, GAIN), f"You count a gain of {stated(gain)} (0.01 AUC).", "", row)
    return met(f"A gain of {stated(gain)} (0.01 AUC), on later weeks.")


@rubric.criterion(
    points=3, voice="ilse", skill="translate_constraints",
    hints=(
        "For whom does anything change?",
        "Only sessions that have the features gain. Their share stands in `traffic`.",
        "Here {{ truth.inputs.features.covered | round(0) }} of 100 sessions have them.",
    ),
    rests_on=("trade_off.inputs",),
    expected="the share of sessions that have the features; or all, with a gain that is stated for all",
)  # fmt: skip
def gain_for_the_covered(trade_off: TradeOff, case: Case) -> Objections:
    """The gain is counted for the sessions that have the features, and for no others."""
    covered, true = trade_off.input(COVERED).base, case.truth.inputs[FEATURES].covered
    if not near(covered, true, absolute=COVERED_OFF) and not for_everybody(trade_off, case):
        row = {"stated": f"{stated(covered)} of 100", "look at": "`traffic`, covered_pct"}
        yield objection(place_of(trade_off, COVERED), f"You let {stated(covered)} of 100 sessions gain.", "", row)
    return met(f"{stated(covered)} of 100 sessions gain.")


@rubric.criterion(
    points=5, voice="ilse", skill="measure_success",
    hints=(
        "Which of the sixteen launches can say what the score did?",
        "Before and after measures the season as well. Fit the line through nought on the launches with a control; the "
        "interval belongs to it.",
        "On the tests it is {{ truth.slope.base | round(2) }}, from {{ truth.slope.low | round(2) }} to "
        "{{ truth.slope.high | round(2) }}.",
    ),
    rests_on=("trade_off.inputs",),
    expected="the slope of the launches with a control, and its interval",
)  # fmt: skip
def slope_from_tests(trade_off: TradeOff, case: Case) -> Objections:
    """Percent of orders for 0.01 AUC comes from launches with a control, with an interval that shares half of ours."""
    ours, row = case.truth.slope, trade_off.input(SLOPE)
    evidence = {"stated": f"{stated(row.low)} to {stated(row.high)}", "look at": "`launches`, measured_by"}
    if not near(row.base, ours.base, absolute=max(SLOPE_OFF, SLOPE_PART * (ours.high - ours.base))):
        said = f"You count {stated(row.base)} percent for 0.01 AUC."
        yield objection(place_of(trade_off, SLOPE), said, "", evidence)
    elif row.low is None or row.high is None:
        yield objection(place_of(trade_off, SLOPE, "low"), "It has no interval.")
    else:
        both = min(row.high, ours.high) - max(row.low, ours.low)
        if both < OVERLAP * max(row.high - row.low, ours.high - ours.low):
            much = "narrower" if row.high - row.low < ours.high - ours.low else "wider"
            said = f"Your interval is much {much} than these launches allow, or lies beside it."
            yield objection(place_of(trade_off, SLOPE, "low"), said, "", evidence)
    return met(f"{stated(row.base)} percent for 0.01 AUC, from {stated(row.low)} to {stated(row.high)}.")


@rubric.criterion(
    points=3, voice="owen", skill="weigh_trade_offs",
    hints=(
        "How many of the changes that brought new features failed?",
        "Count the rows of `changes` whose kind is features; a change of a page says nothing of them.",
        "Here it is {{ truth.inputs.features.fails | round(0) }} of 100.",
    ),
    rests_on=("trade_off.inputs",),
    expected="of 100 changes of this kind, those that failed",
)  # fmt: skip
def failure_term(trade_off: TradeOff, case: Case) -> Objections:
    """The share of changes with features that fail is counted from changes of that kind."""
    found = trade_off.input(FAILS).base
    if not near(found, case.truth.inputs[FEATURES].fails, absolute=FAILS_OFF):
        row = {"stated": f"{stated(found)} of 100", "look at": "`changes`, kind features"}
        yield objection(place_of(trade_off, FAILS), f"You let {stated(found)} of 100 fail.", "", row)
    return met(f"{stated(found)} of 100 changes of this kind fail.")


@rubric.criterion(
    points=3, voice="owen", skill="weigh_trade_offs",
    hints=(
        "When does a failure begin to cost, and when does it end?",
        "Hours unseen, for the share behind the flag, and then the hours to recover: the mean over failed changes.",
        "Here it is {{ truth.inputs.features.hours_wrong | round(1) }} hours.",
    ),
    rests_on=("trade_off.inputs",),
    expected="hours unseen × the share behind the flag + hours to recover, of the failed changes with features",
)  # fmt: skip
def hours_include_unseen(trade_off: TradeOff, case: Case) -> Objections:
    """The hours of a failed change count those in which nobody saw it, for the share that had it."""
    found = trade_off.input(HOURS_WRONG).base
    if not near(found, case.truth.inputs[FEATURES].hours_wrong, relative=WRONG_OFF):
        row = {"stated": f"{stated(found)} hours", "look at": "`changes`, hours_unseen and hours_to_recover"}
        yield objection(place_of(trade_off, HOURS_WRONG), f"You count {stated(found)} hours.", "", row)
    return met(f"A failed change costs {stated(found)} hours, as if everybody had it.")


@rubric.criterion(
    points=3, voice="owen", skill="weigh_trade_offs",
    hints=(
        "How did estimates of the past come out?",
        "Actual hours by estimated hours of what is done, times the estimate of the new features; and the hours to "
        "compute them before the evening, where the limit asks for it.",
        "Here it is {{ truth.full_hours | round(0) }} hours.",
    ),
    rests_on=("trade_off.inputs", "trade_off.limit"),
    expected="the estimate times the overrun of past work, and what the limit in the evening takes, if it takes any",
)  # fmt: skip
def hours_with_past_overrun(trade_off: TradeOff, case: Case) -> Objections:
    """The hours of work are the estimate as estimates of the past came out, with what the limit asks for."""
    shape, found = case.truth.shape, trade_off.input(HOURS_WORK).base
    overrun = read_overrun(case.columns["work"])
    extra = shape.precompute_hours if shape.limit_breaks else 0
    ways = (case.truth.full_hours, (shape.features_hours + extra) * overrun)
    if not any(near(found, way, relative=WORK_OFF) for way in ways):
        row = {"stated": f"{stated(found)} hours", "look at": "`work`, and what the limit takes"}
        yield objection(place_of(trade_off, HOURS_WORK), f"You count {stated(found)} hours.", "", row)
    return met(f"{stated(found)} hours of work.")


@rubric.criterion(
    points=1, voice="viktor", skill="weigh_trade_offs",
    hints=(
        "Which of the seven do you know to the last digit?",
        "What is estimated has a low value below its base and a high one above it: gain, slope, failures, hours. "
        "Five of 14 changes are no share to the last digit.",
    ),
    rests_on=("trade_off_is_complete",),
    met="What is estimated has room on both sides.",
    expected="a low value below the base and a high value above it, further apart than the digits of one value",
)  # fmt: skip
def ranges_have_two_sides(trade_off: TradeOff, case: Case) -> Objections:
    """Every input that is estimated has a low value clearly below its base and a high one above it."""
    for name in QUANTITIES:
        row = trade_off.input(name)
        said = f"“{named(case, 'quantities', name)}”: {stated(row.low)}, {stated(row.base)}, {stated(row.high)}."
        if row.low is None or row.base is None or row.high is None or not row.low <= row.base <= row.high:
            yield objection(place_of(trade_off, name, "low"), said)
        elif name in AT_MOST and not 0.0 <= row.low <= row.high <= AT_MOST[name]:
            yield objection(place_of(trade_off, name, "low"), f"{said} That cannot be.")
        elif name in UNCERTAIN:
            both_sides = row.low < row.base < row.high
            if not both_sides or row.high - row.low < LEAST_WIDTH * abs(row.base):
                yield objection(place_of(trade_off, name, "low"), f"{said} That is one value, and no range.")


@rubric.criterion(
    points=4, voice="owen", skill="translate_constraints", gate=True,
    hints=(
        "What happens on the page above the limit?",
        "Ask Owen whether it is a wish. What the page gives up on is no cost that a net could carry.",
        "Compare the 95th percentile of the evening with {{ truth.shape.limit }} milliseconds.",
    ),
    rests_on=("trade_off.limit",),
    expected="a way in which the limit in the evening is kept",
)  # fmt: skip
def limit_is_no_price(trade_off: TradeOff, case: Case, conversation: State) -> Objections:
    """The limit in the evening is kept, and is neither priced nor put off."""
    yield from unheard(case, conversation, "evening_p95", "limit", "It rests on how firm the limit is")
    way = trade_off.limit
    row = {"stated": named(case, "limit_ways", way), "look at": "`traces`, 18 to 21 o'clock, 95th percentile"}
    if way in (PRICED, WISH):
        said = "Above the limit the page shows nothing, and that is not for sale."
        yield objection("limit", said, "", row)
    elif way == FITS and case.truth.limit_way == PRECOMPUTED:
        yield objection("limit", "In the evening the new features are slower than the limit.", "", row)
    return met(f"{named(case, 'limit_ways', way)}.", row)


@rubric.criterion(
    points=2, voice="owen", skill="measure_success",
    hints=(
        "Did you look at the evening, or at the whole day?",
        "The 95th percentile of 18 to 21 o'clock, of the requests with the new features, beside the limit.",
        "In the evening it is {{ truth.evening_p95 | round(0) }} milliseconds.",
    ),
    rests_on=("limit_is_no_price",),
    expected="what the traces of the evening ask for, and no work beyond it",
)  # fmt: skip
def limit_is_measured(trade_off: TradeOff, case: Case) -> Objections:
    """What is done for the limit is what the traces of the evening ask for."""
    if trade_off.limit == PRECOMPUTED and case.truth.limit_way == FITS:
        row = {"look at": "`traces`, 18 to 21 o'clock, 95th percentile"}
        yield objection("limit", "The traces of the evening stay below the limit without that work.", "", row)
    return met("That is what the traces of the evening say.")
