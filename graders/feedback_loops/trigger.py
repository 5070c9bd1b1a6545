"""Is the trigger whole, beside something fit, on enough suggestions, and affordable? (A22, O.3 to 6)"""

from __future__ import annotations

import math

from curriculum.artifacts.trigger import Trigger
from curriculum.cases import Case
from curriculum.cases.feedback_loops.draw import DAYS, FIXED, HELD_OUT, PAST, ROW, SEGMENTS
from curriculum.cases.feedback_loops.telemetry import BEFORE, SOURCES
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, named, near, stated, unheard
from graders.feedback_loops.base import RUNS, TINY, rubric
from graders.feedback_loops.replayed import tangled
from graders.rubric import NotYet, Objections, met, objection

OVER = {"held_out": "what is different for those without the model, besides the model", "row": "how often the row was "
        "changed", "past": "what else moved since then"}  # fmt: skip
BESIDE_NEEDS = {HELD_OUT: ("how_drawn",), ROW: ("row_edited",), PAST: ("moved_button", "how_drawn", "row_edited")}
NOISE_PART = 0.5 * 1.05
"""Noise may be half of the threshold, with a little room for how a mean is read."""
TANGLED = 2 / 3


@rubric.criterion(
    points=1, voice="kwame", skill="write_specs", gate=True,
    hints=(
        "Could Kwame set it up tonight without asking you?",
        "What it looks at, beside what, of whom, the numbers of when it rings, and what happens then.",
    ),
    met="Signal, comparator, numbers, and what happens then stand there.",
)  # fmt: skip
def trigger_is_complete(trigger: Trigger, case: Case) -> Objections:
    """Every part of the trigger is filled."""
    yield from incomplete(
        trigger, case, "signal", "comparator", "segments", "split", "sides", "window", "min_sample", "threshold",
        "persistence", "cooldown", "pause", "outages", "held_out_share", "todays_group", "loss_points",
        "action", "owner", "days_to_review", "verdicts",
    )  # fmt: skip


@rubric.criterion(
    points=6, voice="kwame", skill="measure_success", gate=True,
    hints=(
        "What has to move with the screen, and not with the model? Who knows how each of the three came about?",
        "Members are fit if a lot drew them and they have the same screen; a row, if nobody changes it; the past, if "
        "hardly anything else moved.",
        "Here it is {{ truth.says.fit }}.",
    ),
    rests_on=("trigger.comparator",),
    expected="something that moves with the screen and the calendar, and not with the model",
)  # fmt: skip
def comparator_is_fit(trigger: Trigger, case: Case, conversation: State) -> Objections:
    """What it is compared with moves with the screen and not with the model, by what people told of it."""
    picked = trigger.comparator
    for fact in BESIDE_NEEDS.get(picked, ()):
        yield from unheard(case, conversation, fact, "comparator", "It rests on how this comparison came about")
    if picked != case.truth.shape.fit:
        label = named(case, "comparators", picked)
        said = f"“{label}” is no fit comparison here."
        if picked == FIXED:
            said = f"“{label}” moves with nothing: every season and every release looks like a fault."
        yield objection("comparator", said, "", {"ask": OVER.get(picked, "what moves with the screen")})
    return met(f"“{named(case, 'comparators', picked)}” moves with the screen and not with the model.")


@rubric.criterion(
    points=2, voice="bettina", skill="measure_success",
    hints=(
        "What does the number do when more members join?",
        "A count moves with how many there are, and hits on old sessions with nothing that members do today.",
    ),
    rests_on=("trigger.signal",),
    expected="a share of what was suggested, on the days themselves",
)  # fmt: skip
def share_not_count(trigger: Trigger, case: Case) -> Objections:
    """It looks at a share of what was suggested, counted on the days themselves."""
    if trigger.signal != "swap_share":
        label = named(case, "signals", trigger.signal)
        yield objection("signal", f"“{label}” does not tell how often a suggestion is swapped.")
    return met("It looks at swaps, of 100 suggestions.")


@rubric.criterion(
    points=2, voice="ottilie", skill="find_causes",
    hints=(
        "What would it look like if the model gave only what members know already?",
        "Fewer swaps may mean easy favourites. Kwame has seen it once.",
    ),
    rests_on=("trigger.sides",),
    expected="both sides: a fall can be a fault too",
)  # fmt: skip
def both_sides_watched(trigger: Trigger, case: Case) -> Objections:
    """It rings when the signal rises and when it falls."""
    if trigger.sides != "both":
        yield objection("sides", f"It rings when the signal {named(case, 'sides', trigger.sides).lower()} only.")
    return met("A fall rings like a rise.")


@rubric.criterion(
    points=4, voice="sunniva", skill="find_causes",
    hints=(
        "What happens to a problem that begins with a release?",
        "Beside something with the same screen, a pause is blindness. Beside the past, the days before a release have "
        "to be forgotten.",
        "Compare `problems` with `releases`: how many began within three days?",
    ),
    rests_on=("segments_seen", *RUNS, "comparator_is_fit", "share_not_count"),
    expected="no pause in which a problem hides, and no past from before a release",
)  # fmt: skip
def pause_hides_nothing(trigger: Trigger, case: Case, conversation: State) -> Objections:
    """A pause after releases hides no problem; beside the past, what was before a release is forgotten."""
    yield from unheard(case, conversation, "moved_button", "pause", "It rests on which releases moved anything")
    pause = trigger.pause or 0.0
    if trigger.comparator == PAST:
        if not 1 <= pause <= 28:
            said = f"With a pause of {stated(trigger.pause)} days, it compares the new screen with the one before."
            yield objection("pause", said if pause < 1 else f"After a release it is silent for {stated(pause)} days.")
        return met("After a release it begins anew.")
    seen, total = tangled(case, trigger)
    if total and seen < TANGLED * total - TINY:
        row = {"began with a release": total, "found in time": seen}
        yield objection("pause", f"Of {total} problems that begin with a release, {seen} are found in time.", "", row)
    return met(f"Of {total} problems that begin with a release, {seen} are found in time.")


@rubric.criterion(
    points=2, voice="bettina", skill="find_causes",
    hints=(
        "On which days may the count not be believed, and does it matter to your comparison?",
        "Events are lost from all screens alike. That moves a share beside its own past, and not a ratio of two.",
    ),
    rests_on=("trigger.comparator", "trigger.outages"),
    expected="days with lost events struck out, unless both sides lose alike",
)  # fmt: skip
def outages_masked(trigger: Trigger, case: Case, conversation: State) -> Objections:
    """Days on which events were lost call nobody: they are struck out, or both sides lose alike."""
    yield from unheard(case, conversation, "lost_events", "outages", "It rests on the days on which events were lost")
    if trigger.comparator in (PAST, FIXED) and trigger.outages != "masked":
        yield objection("outages", "Days on which half of the swaps are lost stay in, and the past has not lost them.")
    return met("Days with lost events move nothing that it compares.")


@rubric.criterion(
    points=4, voice="bettina", skill="measure_success",
    hints=(
        "How far does a share of so few suggestions scatter by itself?",
        "The root of (1 − p) / (p × n), for the segment that swaps least, on the smaller side; and does the window "
        "hold as many at all?",
        "Work it out with `loops.sample(lesson)`; a larger sample, a longer window or a larger threshold mends it.",
    ),
    rests_on=("comparator_is_fit", "segments_seen", "trigger.window", "trigger.min_sample", "trigger.threshold",
              "trigger.held_out_share"),
    expected="noise of the smallest sample at most half of the threshold, and a window that holds such a sample",
)  # fmt: skip
def sample_is_enough(trigger: Trigger, case: Case) -> Objections:
    """At its smallest sample, chance stays below half of the threshold; and every window holds such a sample."""
    least, limit = trigger.min_sample or 0.0, trigger.threshold or 0.0
    for name in (part for part in SEGMENTS if part in trigger.segments):
        share, a_day = side(case, trigger, name)
        noise = 100 * math.sqrt((1 - share) / (share * least)) if least > 0 else math.inf
        row = {"segment": named(case, "segments", name), "smallest sample": stated(least), "threshold": stated(limit)}
        if noise > NOISE_PART * limit:
            said = f"By chance alone a share of {stated(least)} suggestions scatters by {noise:.1f} %."
            yield objection("min_sample", said if math.isfinite(noise) else "No sample is too small for it.", "", row)
        elif a_day * (trigger.window or 0) < least:
            yield objection("min_sample", "A window seldom holds as many suggestions: it stays silent.", "", row)
    return met("Chance stays below half of the threshold, and windows are full enough.")


def side(case: Case, trigger: Trigger, segment: str) -> tuple[float, float]:
    """The share of swaps on the smaller side of the comparison last year, and suggestions a day there next year."""
    source = trigger.comparator if trigger.comparator in (HELD_OUT, ROW) else "model"
    one = case.truth.year
    rows = (SEGMENTS.index(segment), SOURCES.index(source), slice(BEFORE, None))
    shown, swapped = float(one.shown[rows].sum()), float(one.swapped[rows].sum())
    a_day = shown / DAYS
    if source == HELD_OUT and trigger.held_out_share is not None:
        a_day *= trigger.held_out_share / case.truth.shape.share
    return swapped / shown, a_day


@rubric.criterion(
    points=1, voice="bettina", skill="measure_success",
    hints=(
        "How many weekends lie in the window, and how many in what it is compared with?",
        "Beside the past, a window of whole weeks. Beside the same days of others, weekends are on both sides.",
    ),
    rests_on=("trigger.comparator", "trigger.window"),
    expected="whole weeks where the days of both sides are not the same",
)  # fmt: skip
def whole_weeks(trigger: Trigger, case: Case) -> Objections:
    """Weekends are on both sides alike."""
    if trigger.comparator in (PAST, FIXED) and (trigger.window or 0) % 7:
        yield objection("window", f"A window of {stated(trigger.window)} days holds now one weekend and now two.")
    return met("Weekends are on both sides alike.")


@rubric.criterion(
    points=6, voice="rafael", skill="weigh_trade_offs", gate=True,
    hints=(
        "How many memberships does your share lose in a year, by the test with and without suggestions?",
        "400,000 × share × points that fewer stay × 6.5. What did Rafael say that he can bear?",
        "Within {{ facts.limit.value | number }} memberships a year lie {{ truth.most_share | round(1) }} of 100.",
    ),
    rests_on=("trigger.comparator", "trigger.held_out_share"),
    expected="a share that loses no more memberships than were granted, by the test; and somebody, if they are needed",
)  # fmt: skip
def held_out_is_affordable(trigger: Trigger, case: Case, conversation: State) -> Objections:
    """Those who are held out next year lose no more memberships than were granted, by the test drawn by lot."""
    share = trigger.held_out_share or 0.0
    if trigger.comparator == HELD_OUT and share <= 0:
        yield objection("held_out_share", "It is compared with members without the model, and nobody is held out.")
    if share > 0:
        if not heard(case, "half_limit", conversation):
            yield from unheard(case, conversation, "limit", "held_out_share", "It rests on what may be lost")
        full = heard(case, "limit", conversation)
        most, cost = case.truth.limit if full else case.truth.half_limit, case.truth.cost(share)
        if cost > most * 1.02:
            row = {"share": stated(share), "memberships a year": f"{cost:,.0f}"}
            said = f"{stated(share)} of 100 without suggestions lose {cost:,.0f} memberships a year, by the test."
            yield objection("held_out_share", said, "", row)
            return None
    if trigger.comparator != case.truth.shape.fit:
        raise NotYet("comparator_is_fit", "a comparison that is fit: by it, somebody is needed or nobody is")
    if share > 0:
        return met(f"{stated(share)} of 100 lose {cost:,.0f} memberships a year, and that was granted.")
    return met("Nobody is held out, and nobody is needed.")


@rubric.criterion(
    points=5, voice="rafael", skill="measure_success",
    hints=(
        "Of those with suggestions and those without, how many stayed?",
        "Kept of members, with and without, all segments together: the difference in points of a hundred.",
    ),
    rests_on=("trigger.loss_points",),
    expected="what the test with and without suggestions shows, within ten percent",
)  # fmt: skip
def loss_recomputes(trigger: Trigger, case: Case) -> Objections:
    """What being without suggestions loses is what the test shows."""
    if not near(abs(trigger.loss_points or 0.0), case.truth.loss, relative=0.1, absolute=0.03):
        row = {"stated": stated(trigger.loss_points), "look at": "without_test"}
        yield objection("loss_points", f"{stated(trigger.loss_points)} points are not what the test shows.", "", row)
    return met("The loss is the one of the test.")


@rubric.criterion(
    points=9, voice="kwame", skill="translate_constraints",
    hints=(
        "How did they come to be without suggestions?",
        "Whom a lot drew can go on, all or fewer. Whoever switched them off chose it: neither a comparison, nor to be "
        "brought back.",
        "It is: {{ entries.group_ways[truth.group_way(truth.right_share)].label | lower }}.",
    ),
    rests_on=("trigger.todays_group", "trigger.held_out_share"),
    expected="what fits how they came to be without, and the share that you hold out",
)  # fmt: skip
def todays_group_is_treated_right(trigger: Trigger, case: Case, conversation: State) -> Objections:
    """What becomes of those who go without today fits how they got there, and the share of next year."""
    what = "It rests on how they came to be without"
    yield from unheard(case, conversation, "how_drawn", "todays_group", what)
    if trigger.todays_group != case.truth.group_way(trigger.held_out_share or 0.0):
        label = named(case, "group_ways", trigger.todays_group).lower()
        row = {"held out next year": stated(trigger.held_out_share)}
        said = f"“{label}” does not fit how they came to be without, or the share of next year."
        yield objection("todays_group", said, "", row)
    return met("What becomes of them fits how they came to be without.")
