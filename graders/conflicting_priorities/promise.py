"""Does the promise run on what is known, and does it hold where it is hardest to keep? (A11, O.2 and O.8)"""

from __future__ import annotations

from curriculum.artifacts.phased_plan import PhasedPlan
from curriculum.cases import Case
from curriculum.cases.conflicting_priorities.facts import TAPS
from curriculum.cases.conflicting_priorities.promise import (
    FLOOR,
    GROUP_FLOOR,
    MINUTE,
    clearly_below,
    unknown_at_order,
)
from curriculum.cases.conflicting_priorities.worth import MINUTE_NOW, NONE
from curriculum.roleplay.engine import State
from curriculum.support.rules import RuleError
from graders.common import incomplete, listed, named, near
from graders.conflicting_priorities.base import holdout, is_worst, of_100, rubric, stated, unseen
from graders.rubric import Objections, met, objection

UNSEEN = "in the half-year after the launch, by the time at the door"
OFF, WORST_OFF, LATE_OFF = 1.0, 2.5, 1.0
"""How far what is stated may lie from what is recomputed: points of 100 overall and in the worst group (a handful of
deliveries there), and minutes of a late tap (50 checks)."""
A_MINUTE = MINUTE + 0.5
SPREAD = 2.0
"""Minutes by which the windows of one region or distance band may be wider than those of all."""


@rubric.criterion(
    points=1, voice="odalys", skill="plan_releases", gate=True,
    hints=(
        "Could each of the five begin tomorrow with what stands here?",
        "Both phases, three facts or more, and the two sentences. Where the rule stays, the week and the margin of a "
        "model are blank.",
    ),
    met="Both phases are filled, and every name is known here.",
)  # fmt: skip
def plan_is_complete(phased_plan: PhasedPlan, case: Case) -> Objections:
    """Both phases, what they rest on and the two sentences are filled with real content."""
    yield from incomplete(
        phased_plan, case, "first.mechanism", "first.earliest", "first.latest", "first.late_region", "first.late_by",
        "first.kept", "first.worst_group", "first.worst", "first.launch_week", "first.study", "first.pay",
        "first.late_says", "first.notice", "second.log", "second.judged_in", "second.reopen_below",
        "evidence", "why", "against", *(() if phased_plan.second.log == NONE else ("second.decide_week",)),
    )  # fmt: skip


@rubric.criterion(
    points=2, voice="tomasz", skill="write_specs", gate=True,
    hints=(
        "When is each of these columns written?",
        "Look at the table of columns: what is written after the courier was sent cannot be asked when the order is "
        "placed.",
        "region, distance_km, hour and items are known. The formulas may calculate with them and with `? :`.",
    ),
    rests_on=("phased_plan.first.earliest", "phased_plan.first.latest"),
    expected="two formulas that run on what is known when the order is placed",
)  # fmt: skip
def rule_runs_on_what_is_known(phased_plan: PhasedPlan, case: Case) -> Objections:
    """Both formulas run, and ask only what is known when the order is placed."""
    for place in ("earliest", "latest"):
        text = getattr(phased_plan.first, place)
        try:
            late = unknown_at_order(text)
        except RuleError as error:
            yield objection(f"first.{place}", str(error))
            continue
        if late:
            row = {"column": listed(late), "look at": "the table `fields`"}
            said = f"It asks for {listed(late)}, which nobody has when the order is placed."
            yield objection(f"first.{place}", said, "", row)
            return None
    try:
        holdout(phased_plan, case), unseen(phased_plan, case)
    except RuleError as error:
        yield objection("first.latest", str(error))
    return met("Both formulas run, on what is known when the order is placed.")


@rubric.criterion(
    points=5, voice="ruta", skill="measure_success", gate=True,
    hints=(
        "How many of 100 deliveries come inside your window, in weeks on which you did not tune it?",
        "Take the typical time and put as much room on both sides as 84 of 100 need; put the taps right first.",
        "In the formula around which we built ours, the room is {{ truth.promises['line'].unseen.width | number }} "
        "minutes wide.",
    ),
    rests_on=("rule_runs_on_what_is_known", "taps_are_corrected"),
    expected=f"at least 80 of 100 kept {UNSEEN}",
)  # fmt: skip
def promise_is_kept(phased_plan: PhasedPlan, case: Case) -> Objections:
    """Run over the half-year after the launch, the promise is kept for at least 80 of 100 deliveries."""
    found = unseen(phased_plan, case)
    if clearly_below(found.all, FLOOR):
        much = "fewer than 60" if found.all.share < 0.6 else "fewer than 80"
        yield objection("first.latest", f"It keeps {much} of 100 in deliveries that no table shows.")
    return met(f"In deliveries that no table shows, it keeps {of_100(found.all.share)}.")


@rubric.criterion(
    points=6, voice="stellan", skill="measure_success", gate=True,
    hints=(
        "In which region, and at which distance, is your promise worst?",
        "Run it by region and by distance band. One formula for all regions hides the one in which a kilometre takes "
        "longer, and the one in which a tap says something else.",
        "The tap is late in {{ entries.regions[truth.shape.late_region].label }}, by "
        "{{ truth.shape.late_by | number }} minutes.",
    ),
    rests_on=("rule_runs_on_what_is_known", "taps_are_corrected"),
    expected=f"at least 74 of 100 kept in each region and each distance band {UNSEEN}",
)  # fmt: skip
def worst_group_is_kept(phased_plan: PhasedPlan, case: Case) -> Objections:
    """In every region and every distance band, at least 74 of 100 are kept in the half-year after the launch."""
    found = unseen(phased_plan, case)
    for group, kept in found.groups.items():
        if clearly_below(kept, GROUP_FLOOR):
            much = "fewer than half" if kept.share < 0.5 else "fewer than 74 of 100"
            said = f"{named(case, 'groups', group)}: it keeps {much}."
            yield objection("first.latest", said, "", {"group": named(case, "groups", group), "floor": "74 of 100"})
    return met(f"Where least is kept, it is {of_100(found.groups[found.worst].share)}.")


@rubric.criterion(
    points=3, voice="imani", skill="translate_constraints",
    hints=(
        "A window of a day is always kept. Who would plan with it? Look at the widest row, too.",
        "Ask Imani how wide a window may be with which people still plan. One time alone is a window of 20.",
        "Here people no longer plan with more than {{ truth.window_limit }} minutes.",
    ),
    rests_on=("promise_is_kept", "phased_plan.first.mechanism"),
)  # fmt: skip
def window_is_useful(phased_plan: PhasedPlan, case: Case) -> Objections:
    """In every region and distance band, the window is not wider than people plan with, or than they read one time."""
    found, limit = unseen(phased_plan, case), float(case.truth.window_limit)
    width, widest = found.width, max(found.widths, key=lambda group: found.widths[group])
    one_time = phased_plan.first.mechanism == MINUTE_NOW
    if one_time and width > A_MINUTE:
        said = f"You give one time, and your formulas leave {width:.0f} minutes for it."
        yield objection("first.latest", said, "a window of 20 minutes, which is how people read one time")
    elif width > limit + 0.5:
        said = f"Your window is {width:.0f} minutes wide on average."
        yield objection("first.latest", said, "a window with which people still plan: Imani knows how wide that is")
    elif found.widths[widest] > (A_MINUTE if one_time else limit + 0.5) + SPREAD:
        row = {"group": named(case, "groups", widest), "on average over all": f"{width:.0f} minutes"}
        said = f"{named(case, 'groups', widest)}: the window is {found.widths[widest]:.0f} minutes wide there."
        yield objection("first.latest", said, "a window with which people still plan there", row)
    return met(f"Your window is {width:.0f} minutes wide.")


@rubric.criterion(
    points=6, voice="stellan", skill="measure_success",
    hints=(
        "What does somebody who rode along write down, and what does the tap say?",
        "Compare tap and door in the checks, region by region; and cite the one who can say why it is so.",
        "In {{ entries.regions[truth.shape.late_region].label }} the tap comes about "
        "{{ truth.shape.late_by | number }} minutes after the door.",
    ),
    rests_on=("phased_plan.first.late_region", "phased_plan.first.late_by", "phased_plan.evidence"),
)  # fmt: skip
def taps_are_corrected(phased_plan: PhasedPlan, case: Case, conversation: State) -> Objections:
    """The region in which couriers press late is named, with the minutes by which they do and who told you why."""
    first, shape = phased_plan.first, case.truth.shape
    row = {"look at": "`checks`, tap minus door by region", "stated": f"{stated(first.late_by)} minutes"}
    if first.late_region != shape.late_region:
        said = f"In {named(case, 'regions', first.late_region)} taps and doors agree within a minute."
        yield objection("first.late_region", said, "the region in which they do not", row)
    elif not near(first.late_by, shape.late_by, absolute=LATE_OFF):
        yield objection("first.late_by", f"You say {stated(first.late_by)} minutes.", "what the checks show", row)
    told = [id for id in phased_plan.evidence if id in case.facts and TAPS in case.facts[id].supports]
    if not any(conversation.knows(id) for id in told):
        rule = "what Stellan says of the taps, cited: the checks show that it is so, and not whether it will stay so"
        yield objection("evidence", "Nothing that you heard and cite says what a tap means there.", rule)
    return met(f"In {named(case, 'regions', first.late_region)} you allow for {stated(first.late_by)} minutes.", row)


@rubric.criterion(
    points=4, voice="tomasz", skill="measure_success",
    hints=(
        "What does your own promise keep today, before anything replaces it?",
        "Run it over weeks 17 to 20, with the taps of one region put right, and state what comes out.",
        "The share is that of all deliveries of these four weeks; the desk’s table has it in its first row.",
    ),
    rests_on=("rule_runs_on_what_is_known", "taps_are_corrected", "phased_plan.first.kept"),
)  # fmt: skip
def baseline_recomputes(phased_plan: PhasedPlan, case: Case) -> Objections:
    """The share kept that is stated is the one that the formulas give on weeks 17 to 20, at the door."""
    found = holdout(phased_plan, case)
    if not near(phased_plan.first.kept, 100 * found.all.share, absolute=OFF):
        row = {"stated": stated(phased_plan.first.kept), "weeks": "17 to 20"}
        said = f"You state {stated(phased_plan.first.kept)} of 100."
        yield objection("first.kept", said, "what your formulas keep on weeks 17 to 20, taps put right", row)
    return met(f"Your formulas keep {stated(phased_plan.first.kept)} of 100 on the holdout, as you say.")


@rubric.criterion(
    points=4, voice="stellan", skill="measure_success",
    hints=(
        "For whom is your promise worst?",
        "Sort the desk’s table by what is kept: three regions, the new one, and three distance bands.",
        "With the taps put right, on weeks 17 to 20. Where two groups lie within two points, either will do.",
    ),
    rests_on=(
        "rule_runs_on_what_is_known", "taps_are_corrected", "phased_plan.first.worst_group", "phased_plan.first.worst",
    ),
)  # fmt: skip
def worst_group_is_named(phased_plan: PhasedPlan, case: Case) -> Objections:
    """The group in which least is kept on weeks 17 to 20 is named, with its share."""
    first, found = phased_plan.first, holdout(phased_plan, case)
    kept = found.groups.get(first.worst_group)
    if kept is None or not is_worst(found, first.worst_group):
        said = f"{named(case, 'groups', first.worst_group)} is not where least is kept."
        yield objection("first.worst_group", said, "the region or distance band with the smallest share")
    elif not near(first.worst, 100 * kept.share, absolute=WORST_OFF):
        row = {"group": named(case, "groups", first.worst_group), "stated": stated(first.worst)}
        yield objection("first.worst", f"You state {stated(first.worst)} of 100 there.", "its share kept", row)
    return met(f"Least is kept here: {named(case, 'groups', first.worst_group)}, {stated(first.worst)} of 100.")
