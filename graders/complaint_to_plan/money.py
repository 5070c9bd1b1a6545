"""What an error costs, from where on a warning pays, and what the task is worth where nobody has looked. (A12)"""

from __future__ import annotations

from dataclasses import replace

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.cases import Case
from curriculum.cases.complaint_to_plan.entries import NOTHING
from curriculum.cases.complaint_to_plan.tasks import MODEL, RULE, WIDE, Task
from curriculum.cases.complaint_to_plan.yields import LAST
from curriculum.roleplay.engine import State
from graders.common import named, near, stated
from graders.complaint_to_plan.base import CHOSEN, SOUND, not_heard, rubric, task_of, truth_of
from graders.rubric import NotYet, Objections, met, objection

COST_OFF, SPARED_OFF = 0.02, 1.0
"""Relative for €, of 100 for what a message spares."""
THRESHOLD_OFF, AS_MUCH = 3.0, 0.97
"""Of 100 around the break-even; or a threshold that brings so much of what the break-even brings."""
EUR_OFF, EUR_LEAST = 0.10, 1_200.0
"""Relative, and in € of four weeks, for amounts that are recomputed."""


@rubric.criterion(
    points=2, voice="paula", skill="weigh_trade_offs", gate=True,
    hints=(
        "What does it cost when somebody waits for nothing, and what when a warning was wrong?",
        "Paula knows the first, Sunniva the second. What a message spares at each hour stands in `trials`; of a wide "
        "promise, Sunniva knows it.",
        "A miss costs {{ truth.shape.miss_eur }} €, a wrong warning {{ truth.shape.wrong_eur }} €; look up the share "
        "at your hour.",
    ),
    rests_on=(
        "analytical_task.miss_eur", "analytical_task.wrong_eur", "analytical_task.spared_percent",
        "analytical_task.way", "analytical_task.moment",
    ),
)  # fmt: skip
def costs_recompute(analytical_task: AnalyticalTask, case: Case, conversation: State) -> Objections:
    """What a miss and a wrong warning cost is what Paula and Sunniva told, and what is spared goes with the hour."""
    task, shape = analytical_task, truth_of(case).shape
    for place, true, fact in (("miss_eur", shape.miss_eur, "cost_of_miss"),
                              ("wrong_eur", shape.wrong_eur, "wrong_warning")):  # fmt: skip
        value = getattr(task, place)
        if not near(value, true, relative=COST_OFF):
            yield objection(place, f"You state {stated(value)} €.", "what the person who counts it says")
        yield from not_heard(place, case, conversation, fact)
    spared = shape.wide_spared if task.way == WIDE else shape.spared.get(task.moment, 0.0)
    if not near(task.spared_percent, 100 * spared, absolute=SPARED_OFF):
        row = {"stated": stated(task.spared_percent), "look at": "`trials`, at your hour"}
        said = f"You state that {stated(task.spared_percent)} of 100 are spared."
        yield objection("spared_percent", said, "what this message spares at this hour", row)
    if task.way == WIDE:
        yield from not_heard("spared_percent", case, conversation, "wide_promise_test")
    return met(f"{stated(task.miss_eur)} € a miss, {stated(task.wrong_eur)} € a wrong warning, as you were told.")


@rubric.criterion(
    points=1, voice="oskar", skill="weigh_trade_offs",
    hints=(
        "From which probability on does a warning bring more than it costs?",
        "A warning brings what a miss costs times what is spared, and costs what a wrong one costs. Divide the cost of "
        "a wrong one by the sum of both.",
        "c / (c + h · e), with h for a miss, c for a wrong warning and e for the share that is spared at your hour.",
    ),
    rests_on=("costs_recompute", *CHOSEN),
)  # fmt: skip
def threshold_from_costs(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """People are warned from the probability on at which a warning pays; where nothing is trained, there is none."""
    written, truth = analytical_task, truth_of(case)
    if written.way != MODEL:
        if written.threshold is not None:
            said = f"Nothing is trained, and there is a threshold of {stated(written.threshold)}."
            yield objection("threshold", said, "no threshold")
        return met("Nothing is trained, and no threshold is needed.")
    task, even = task_of(written, case), truth.costs(written.moment).break_even()
    if near(written.threshold, 100 * even, absolute=THRESHOLD_OFF):
        return met(f"From {stated(written.threshold)} of 100 on a warning pays.")
    at_even = truth.comes(replace(task, threshold=round(even, 2))).net
    if truth.comes(task).net < AS_MUCH * at_even or at_even <= 0:
        side = "before it pays" if (written.threshold or 0) < 100 * even else "only long after it pays"
        row = {"threshold": stated(written.threshold), "from": "what a miss, a wrong warning and the hour give"}
        said = f"From {stated(written.threshold)} of 100 on, people are warned {side}."
        yield objection("threshold", said, "the probability from which on a warning pays", row)
    return met(f"From {stated(written.threshold)} of 100 on: as good as where a warning begins to pay.")


@rubric.criterion(
    points=1, voice="oskar", skill="measure_success",
    hints=(
        "On which rows would this number be embarrassed?",
        "You will use it on weeks that come. Judge it on weeks that came after those on which it was trained.",
        "Hold back weeks 9 to 12.",
    ),
    rests_on=("analytical_task.split",),
)  # fmt: skip
def split_by_time(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """The task is judged on weeks that come after those on which it was trained."""
    if analytical_task.split != "last_four_weeks":
        row = {"judged on": named(case, "splits", analytical_task.split)}
        said = "The same weeks stand on both sides, as next month they will not."
        yield objection("split", said, "rows that come later than all on which it was trained", row)
    return met("It is judged on the last four weeks.")


@rubric.criterion(
    points=1, voice="marit", skill="measure_success",
    hints=(
        "By which number does Marit count?",
        "What messages spare less what wrong ones cost. A share that is foretold right is high where most parcels "
        "come, and complaints are few where people have given up.",
    ),
    rests_on=("analytical_task.measure",),
)  # fmt: skip
def measured_in_money(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """It is judged by what is spared less what wrong messages cost."""
    if analytical_task.measure != "net_eur":
        said = f"“{named(case, 'measures', analytical_task.measure)}” says nothing of what an error costs."
        yield objection("measure", said, "the number by which Marit counts")
    return met("It is judged by what it brings.")


@rubric.criterion(
    points=3, voice="hanne", skill="measure_success",
    hints=(
        "What would somebody do who trains nothing?",
        "The rule at eight, for everybody, judged on the same rows by the same label. Whoever proposes the rule "
        "compares it with today, when nobody is told anything; whoever proposes a wide promise, with either.",
        "Run the rule at eight on weeks 9 to 12 with your label and the costs at eight; where the rule is what you "
        "propose, the baseline is 0 €.",
    ),
    rests_on=(
        "split_by_time", "costs_recompute", "label_error_is_counted", "analytical_task.baseline", *CHOSEN,
    ),
)  # fmt: skip
def baseline_is_the_rule(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """It has to beat what can be had without training, on the same rows, and what that brings recomputes."""
    written, truth = analytical_task, truth_of(case)
    fair = {RULE: (NOTHING,), WIDE: ("rule", NOTHING)}.get(written.way, ("rule",))
    if written.baseline not in fair:
        said = f"“{named(case, 'baselines', written.baseline)}” is not what one would do without this."
        yield objection("baseline", said, "what can be had without it")
        return None
    stands, brings = written.baseline_eur, 0.0
    if written.baseline == NOTHING:
        stands = stands or 0.0
    elif stands is None:
        raise NotYet("analytical_task.baseline_eur", "what the baseline brings")
    else:
        brings = truth.promised(truth.baseline(written.label), LAST).net
    if not near(stands, brings, relative=EUR_OFF, absolute=EUR_LEAST):
        row = {"stated": f"{stated(stands)} €", "rows": "weeks 9 to 12", "label": written.label}
        yield objection("baseline_eur", f"You state {stated(stands)} €.",
                        "what it brings in four weeks, with your label and the costs at its hour", row)  # fmt: skip
    return met(f"It has to beat {stated(stands)} € in four weeks.")


def what_is_wrong(task: Task, case: Case) -> str:
    """In a word, how a task does in the two months: never by how much."""
    brings = truth_of(case).comes(task).net
    if brings < 0:
        return "brings less than telling nobody anything"
    best = truth_of(case).comes(truth_of(case).top).net
    return "brings less than half of what another would" if brings < best / 2 else "brings clearly less than another"


@rubric.criterion(
    points=9, voice="marit", skill="weigh_trade_offs",
    hints=(
        "From which hour on can somebody know it, and what is still spared then?",
        "Let the reason choose the hour: what is known early spares more, what is known late is surer. Try the three "
        "hours, the rule and the wide promise on weeks 9 to 12, after what each costs; and try partners apart. What "
        "brings less there than the rule has nothing to say for itself.",
        "Here the best is: {{ entries.ways[truth.best.way].label | lower }}, "
        "{{ entries.moments[truth.best.moment].label | lower }}; partners: "
        "{{ entries.treatments[truth.best.partners].label | lower }}.",
    ),
    rests_on=SOUND,
    expected="a task that brings no less than the rule, and four fifths of what the best one does that may go",
)  # fmt: skip
def task_is_worth_it(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """The task brings no less than the rule on weeks 9 to 12, and in two months that no table shows at least four
    fifths of what the best one does."""
    task = task_of(analytical_task, case)
    row = {"way": named(case, "ways", task.way), "hour": named(case, "moments", task.moment),
           "partners": named(case, "treatments", task.partners)}  # fmt: skip
    if not truth_of(case).as_good(task):
        said = f"In the two months after, your task {what_is_wrong(task, case)}."
        if truth_of(case).loses(task):
            said = "On weeks 9 to 12 the rule, which trains nothing, brings more than your task."
        yield objection("moment", said, "", row)
    return met("In the two months after, no other task brings much more.", row)
