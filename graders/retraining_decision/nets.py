"""Does what follows from the inputs recompute: nets, break-even, sensitivity, risk, doing nothing? (A15, O.2 to O.5)"""

from __future__ import annotations

import math

from curriculum.artifacts.trade_off import TradeOff
from curriculum.cases import Case
from curriculum.cases.retraining_decision.draw import KEEP, REFRESH
from curriculum.cases.retraining_decision.money import WEEKS, swings
from curriculum.cases.retraining_decision.trigger import weekly_decline
from curriculum.roleplay.engine import State
from graders.common import named, near, stated, unheard
from graders.retraining_decision.base import euros, own_inputs, own_options, ranges_of, rubric
from graders.rubric import Objections, met, objection

NET_OFF, NET_EUR = 0.02, 1_500.0
"""How far a net may lie from what the inputs give: relative, or €."""
EVEN_OFF, EVEN_ABS = 0.03, 0.03
RISK_OFF = 0.03
AGEING_OFF, AGEING_EUR, AGEING_PART = 0.25, 3_000.0, 0.05
"""The weeks are noisy, and there is more than one way to draw a line through them: relative, or €, but no more than a
part of what one percent is worth, so that small inputs do not make every loss a right one."""
AS_MUCH = 0.9
"""An input that moves the net by so much of the largest move may be named as well."""


@rubric.criterion(
    points=8, voice="viktor", skill="weigh_trade_offs",
    hints=(
        "Work your own base values through the formula of the memo. What comes out?",
        "Each option has its own failures, hours and kit page. Keeping v7 brings the kit page where v7 is enough.",
        "With our inputs: keep {{ truth.nets.keep | number }}, refresh {{ truth.nets.refresh | number }}, new features "
        "{{ truth.nets.features | number }} €.",
    ),
    rests_on=("trade_off_is_complete",),
    expected="the formula of the memo, with your own base values and what the tables say of the rest",
)  # fmt: skip
def nets_recompute(trade_off: TradeOff, case: Case, conversation: State) -> Objections:
    """The three nets follow from the inputs by the formula of the memo, each option with what is its own."""
    yield from unheard(case, conversation, "kit_value", "net_features", "They hold what the kit page is worth")
    for option, one in own_options(trade_off, case).items():
        place, value = f"net_{option}", one.net
        given = getattr(trade_off, place)
        if not near(given, value, relative=NET_OFF, absolute=NET_EUR):
            off = "more" if given is not None and given > value else "less"
            said = f"You state {euros(given)}, which is {off} than the formula gives with these inputs."
            yield objection(place, said, "", {"net": option, "stated": euros(given)})
    return met("The three nets follow from your inputs.")


@rubric.criterion(
    points=3, voice="viktor", skill="weigh_trade_offs",
    hints=(
        "At which slope would you not care whether the features come or v7 stays?",
        "All that the features cost, less what only they bring of the kit page, by what one percent of slope brings.",
        "With our inputs it lies at {{ truth.break_even | round(2) }} percent for 0.01 AUC.",
    ),
    rests_on=("nets_recompute", "trade_off.break_even"),
    expected="the slope at which the net of the new features is that of keeping v7, with your other inputs",
)  # fmt: skip
def break_even_recomputes(trade_off: TradeOff, case: Case) -> Objections:
    """At the break-even that is stated, the new features are worth as much as keeping v7."""
    right = own_inputs(trade_off, case).break_even(case.truth.inputs[KEEP].net)
    if not math.isfinite(right) or not near(trade_off.break_even, right, relative=EVEN_OFF, absolute=EVEN_ABS):
        said = f"At {stated(trade_off.break_even)} percent for 0.01 AUC they are not worth the same."
        yield objection("break_even", said)
    return met(f"At {stated(trade_off.break_even)} percent for 0.01 AUC both are worth the same.")


@rubric.criterion(
    points=3, voice="ilse", skill="weigh_trade_offs",
    hints=(
        "Which input would you measure first, if you could measure one?",
        "Put low and high of one input into the formula, the others at their base. Where do both nets differ most?",
        "With our ranges it is {{ entries.quantities[truth.most_sensitive].label | lower }}.",
    ),
    rests_on=("nets_recompute", "trade_off.most_sensitive"),
    expected="the input between whose low and high value the net moves most",
)  # fmt: skip
def most_sensitive_is_named(trade_off: TradeOff, case: Case) -> Objections:
    """The input is named between whose low and high value the net of the new features moves most."""
    moved = swings(own_inputs(trade_off, case), ranges_of(trade_off))
    most, found = max(moved.values()), moved.get(trade_off.most_sensitive, 0.0)
    if found < AS_MUCH * most or not most:
        said = f"“{named(case, 'quantities', trade_off.most_sensitive)}” moves the net by {euros(found)}."
        yield objection("most_sensitive", f"{said} Another of your inputs moves it further.")
    return met(f"“{named(case, 'quantities', trade_off.most_sensitive)}” moves the net by {euros(found)}.")


@rubric.criterion(
    points=4, voice="owen", skill="weigh_trade_offs",
    hints=(
        "Is v7 stable because it does not fall, or because nobody has looked?",
        "Draw a line through the 40 weeks. Half of what it falls in 26 weeks, in 0.01 AUC, times slope, times € of one "
        "percent.",
        "Here it is {{ truth.ageing | number }} €.",
    ),
    rests_on=("trade_off_is_complete",),
    expected="the weekly fall of `auc_weekly` (0.01 AUC) × 13 × slope × € of one percent; 0 where it does not fall",
)  # fmt: skip
def doing_nothing_is_counted(trade_off: TradeOff, case: Case) -> Objections:
    """What v7 loses by itself in 26 weeks is counted from its weekly AUC."""
    mine, shape = own_inputs(trade_off, case), case.truth.shape
    fall = weekly_decline(shape.refresh_gain) / 10 if shape.ages else 0.0
    right = mine.one_percent * mine.slope * fall * WEEKS / 2
    given = None if trade_off.ageing is None else abs(trade_off.ageing)
    room = min(AGEING_EUR, AGEING_PART * abs(mine.one_percent))
    if not near(given, abs(right), relative=AGEING_OFF, absolute=room):
        row = {"stated": euros(trade_off.ageing), "look at": "`auc_weekly`, a line through 40 weeks"}
        yield objection("ageing", f"You let v7 lose {euros(trade_off.ageing)} by itself.", "", row)
    return met(f"Left alone, v7 loses {euros(trade_off.ageing)} in 26 weeks.")


@rubric.criterion(
    points=4, voice="viktor", skill="decision_rights",
    hints=(
        "How much is gone if it goes wrong?",
        "Hours of work × 85, six months of running, and one failed change: its hours × € lost an hour.",
        "With our inputs: {{ truth.at_risk('refresh') | number }} and {{ truth.at_risk('features') | number }} €.",
    ),
    rests_on=("trade_off_is_complete",),
    expected="what is spent on building and running, and one failed change",
)  # fmt: skip
def risks_recompute(trade_off: TradeOff, case: Case) -> Objections:
    """What is at risk with a refresh and with the new features is what is spent, and one failed change."""
    right = {"risk_refresh": case.truth.at_risk(REFRESH), "risk_features": own_inputs(trade_off, case).at_risk}
    for place, value in right.items():
        given = getattr(trade_off, place)
        if not near(given, value, relative=RISK_OFF, absolute=500.0):
            yield objection(place, f"You put {euros(given)} at risk.")
    return met(f"At risk: {euros(trade_off.risk_refresh)} and {euros(trade_off.risk_features)}.")
