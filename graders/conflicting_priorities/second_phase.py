"""Does the second phase begin with the right log, beat the rule on equal terms, and may the rule stay? (A11)"""

from __future__ import annotations

from curriculum.artifacts.phased_plan import PhasedPlan
from curriculum.cases import Case
from curriculum.cases.conflicting_priorities.worth import GAIN, HALF_YEAR, NONE
from graders.common import named, near
from graders.conflicting_priorities.base import holdout, is_worst, rubric, stated, unseen, weekly_noise
from graders.rubric import Objections, met, objection

LEAST_MARGIN = 2.0
TO_TRY = 2
"""Weeks for which a model runs beside the rule before anybody decides."""
LEAST_REOPEN = 60.0
"""Below this share, in one week and one group, nobody needs a limit to see it."""


def _mechanism(plan: PhasedPlan, case: Case) -> str:
    """The way to which the second phase belongs; ours where the learner's is none that could be launched."""
    chosen = plan.first.mechanism
    return chosen if case.truth.worth_of(chosen) >= 0 else case.truth.best.mechanism


@rubric.criterion(
    points=5, voice="tomasz", skill="find_causes",
    hints=(
        "What goes together with what your rule is wrong by?",
        "Hold the difference between door and rule against the two late columns: the one that goes with it says which "
        "log would help. If neither does, none will. And somebody has to have the weeks.",
        "Here the log that pays after your first phase is: "
        "{{ entries.logs[truth.log_after(truth.best.mechanism)].label | lower }}.",
    ),
    rests_on=("phased_plan.second.log", "phased_plan.first.mechanism", "taps_are_corrected"),
)  # fmt: skip
def log_explains_the_spread(phased_plan: PhasedPlan, case: Case) -> Objections:
    """The log is the one that explains what the rule is wrong by; none where none does, or where no weeks are free."""
    log, right = phased_plan.second.log, case.truth.log_after(_mechanism(phased_plan, case))
    label = named(case, "logs", log)
    row = {"log": label, "look at": "what the rule is wrong by, beside `stops_before` and `shop_wait_min`"}
    if log == NONE and right != NONE:
        yield objection("second.log", "The rule stays, and a model could beat it clearly in this half-year.",
                        "the log that explains the spread, where weeks are free to use it", row)  # fmt: skip
    elif log != NONE and log != right and not (log == "all_four" and right != NONE):
        why = "does not explain what the rule is wrong by" if case.truth.gain(log) < GAIN else "finds no free weeks"
        yield objection("second.log", f"“{label}” {why}.",
                        "the log that explains the spread and can be used, or none", row)  # fmt: skip
    return met("No log would pay here, and the rule stays." if log == NONE else f"“{label}” is what explains it.", row)


@rubric.criterion(
    points=1, voice="stellan", skill="scope_together",
    hints=(
        "Who will write these logs every day, and what for?",
        "A log in case it is of use is work for couriers and shops without an end.",
        "One log at the most, and only one from which the model becomes narrower by minutes.",
    ),
    rests_on=("phased_plan.second.log",),
)  # fmt: skip
def no_log_without_use(phased_plan: PhasedPlan, case: Case) -> Objections:
    """Nothing is logged that makes no window narrower."""
    log = phased_plan.second.log
    if log == "all_four" or (log != NONE and case.truth.gain(log) < GAIN):
        row = {"log": named(case, "logs", log), "look at": "`spike`"}
        said = f"“{named(case, 'logs', log)}”: some of it makes no window narrower by {GAIN:g} minutes or more."
        yield objection("second.log", said, "no log without use for it", row)
    return met("Nothing is logged in vain.")


@rubric.criterion(
    points=3, voice="tomasz", skill="plan_releases",
    hints=(
        "What are the sixteen weeks made of?",
        "A log begins with the launch, has to fill, and then a model is built. Tomasz knows how long each takes.",
        "Here a log takes {{ truth.shape.fill_weeks }} weeks to fill and a model 7 to build.",
    ),
    rests_on=("phased_plan.second.log",),
)  # fmt: skip
def model_week_recomputes(phased_plan: PhasedPlan, case: Case) -> Objections:
    """The week of the model is that in which its log is full and it is built, or the next; blank if the rule stays."""
    week = phased_plan.second.model_week
    if phased_plan.second.log == NONE:
        if week is not None:
            yield objection("second.model_week", f"There is no log, and a model in week {stated(week)}.", "no week")
        return met("The rule stays, and no week is promised.")
    if not near(week, case.truth.model_week + 0.5, absolute=1.0):
        row = {"stated": stated(week), "counted from": "the launch"}
        yield objection("second.model_week", f"You say week {stated(week)}.",
                        "weeks for the log to fill, and weeks to build, counted from the launch", row)  # fmt: skip
    return met(f"Week {stated(week)}: the log is full, and the model is built.")


@rubric.criterion(
    points=2, voice="tomasz", skill="measure_success",
    hints=(
        "On what would you both agree that the model is better than the rule?",
        "In the group in which the rule is worst; by a margin that the spike says a model can reach, and that is "
        "more than chance.",
        "The spike’s table has the widths with and without the log. A margin of 2 minutes or more, below their "
        "difference.",
    ),
    rests_on=("worst_group_is_named", "phased_plan.second.judged_in"),
)  # fmt: skip
def model_beats_rule_on_same(phased_plan: PhasedPlan, case: Case) -> Objections:
    """A model is judged where the rule is worst, at the same share kept, by a margin that it can reach."""
    second, found = phased_plan.second, holdout(phased_plan, case)
    if not is_worst(found, second.judged_in):
        said = f"{named(case, 'groups', second.judged_in)} is not where the rule keeps least."
        yield objection("second.judged_in", said, "the group in which the rule is worst on weeks 17 to 20")
    reach = case.truth.gain(second.log) if second.log in case.truth.spike else 0.0
    row = {"margin": stated(second.margin), "look at": "`spike`"}
    if second.log == NONE:
        if second.margin is not None:
            yield objection("second.margin", "There is no model, and a margin for one.", "no margin", row)
    elif second.log in case.truth.spike and reach >= GAIN and not LEAST_MARGIN <= (second.margin or 0.0) <= reach:
        yield objection("second.margin", f"The margin is {stated(second.margin)} minutes.",
                        "2 minutes or more, and no more than the spike shows", row)  # fmt: skip
    return met(f"It is judged where the rule is worst: {named(case, 'groups', second.judged_in)}.")


@rubric.criterion(
    points=2, voice="ruta", skill="plan_releases",
    hints=(
        "When is it decided, and what would make you set the rule anew before that?",
        "A week in the half-year, after the model has run beside the rule for two weeks. A limit below which a week is "
        "no longer chance: look at how far single weeks lie from their mean.",
        "At least two standard deviations of the weeks below what is kept over all, and not below 60.",
    ),
    rests_on=("baseline_recomputes", "phased_plan.second.reopen_below"),
)  # fmt: skip
def can_stay_with_the_rule(phased_plan: PhasedPlan, case: Case) -> Objections:
    """Where a model is planned, there is a week in which the rule may win; and a limit that no usual week crosses."""
    second, found = phased_plan.second, holdout(phased_plan, case)
    earliest = (second.model_week or 0) + TO_TRY if second.log != NONE else TO_TRY
    week, no_model = second.decide_week, second.log == NONE
    if not no_model if week is None else not earliest <= week <= HALF_YEAR:
        said = f"It is decided in week {stated(second.decide_week)} after the launch."
        rule = "a week within the half-year, two weeks or more after the model is there"
        yield objection("second.decide_week", said, rule)
    noise, usual = weekly_noise(unseen(phased_plan, case)), 100 * found.all.share
    row = {"limit": stated(second.reopen_below), "look at": "what single weeks keep"}
    if second.reopen_below is None or not LEAST_REOPEN <= second.reopen_below <= usual - 2 * noise:
        said = f"The rule is set anew below {stated(second.reopen_below)} of 100."
        rule = "a limit outside of what single weeks do by chance, and above 60"
        yield objection("second.reopen_below", said, rule, row)
    when = "The rule stays" if week is None else f"In week {stated(week)} the rule may win"
    return met(f"{when}, and a usual week does not ring.", row)
