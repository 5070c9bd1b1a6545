"""Does the task follow from the complaint, and does it read what is there at its hour? (A12)"""

from __future__ import annotations

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.cases import Case
from curriculum.cases.complaint_to_plan.entries import NOTHING, NOTHING_CAME
from curriculum.cases.complaint_to_plan.readiness import uses_label
from curriculum.cases.complaint_to_plan.tasks import (
    LEFT,
    LEFT_OUT,
    MODEL,
    NAMES,
    OVERWRITTEN,
    RULE,
    SCAN_COLUMN,
    SEGMENTS,
    WIDE,
)
from graders.common import incomplete, listed, named, near, stated
from graders.complaint_to_plan.base import CHOSEN, SEGMENT_NAMES, rubric, task_of, truth_of
from graders.rubric import Objections, met, objection

DELIVERED_BY = "run_by"
SHARE_OFF = 1.0
"""Of 100 complaints."""
MOST_TOO_MANY = 5.0
"""Of 100 parcels: how far a label's misses may lie from those by telephone."""


@rubric.criterion(
    points=1, voice="marit", skill="write_specs", gate=True,
    hints=(
        "Could somebody build this task tomorrow from what stands here?",
        "Every field; columns where a model or a rule reads some, a threshold only where something is trained, and how "
        "a blank scan is read only where that column is read.",
    ),
    met="The task is filled, and every name is known here.",
)  # fmt: skip
def task_is_complete(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """Every field of the task that its way needs is filled with real content."""
    task = analytical_task
    needed = [
        "complaint", "complaint_share", "cause", "unit", "action", "way", "moment", "label", "horizon", "split",
        "measure", "miss_eur", "wrong_eur", "spared_percent", "partners", "baseline", "why",
    ]  # fmt: skip
    needed += ["baseline_eur"] if task.baseline != NOTHING else []
    needed += ["columns"] if task.way != WIDE else []
    needed += ["threshold"] if task.way == MODEL else []
    needed += ["blank_scan"] if SCAN_COLUMN in task.columns else []
    yield from incomplete(task, case, *needed)


@rubric.criterion(
    points=2, voice="paula", skill="find_causes",
    hints=(
        "Which of the complaints could be spared by telling people something in time?",
        "Read twenty of them, and count how many of all are filed under that topic.",
        "It is “{{ entries.topics.nothing_came.label }}”, {{ truth.topic_share | round(1) }} of 100.",
    ),
    rests_on=("analytical_task.complaint", "analytical_task.complaint_share"),
)  # fmt: skip
def complaint_reaches_task(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """The task starts from the complaint of those who waited for nothing, with its share of all complaints."""
    task, label = analytical_task, named(case, "topics", analytical_task.complaint)
    if task.complaint != NOTHING_CAME:
        said = f"“{label}”: no message about a parcel that stays behind would have spared that."
        yield objection("complaint", said, "the complaint of those who waited and were told nothing")
    elif not near(task.complaint_share, truth_of(case).topic_share, absolute=SHARE_OFF):
        row = {"stated": stated(task.complaint_share), "look at": "`tickets`, by topic"}
        yield objection("complaint_share", f"You state {stated(task.complaint_share)} of 100.",
                        "its share of all complaints that were filed", row)  # fmt: skip
    return met(f"“{label}”, {stated(task.complaint_share)} of 100 complaints.")


@rubric.criterion(
    points=2, voice="hanne", skill="find_causes",
    hints=(
        "Who sees a parcel stay behind, and what do they see?",
        "Hanne sees it at night. In the tables, look for what those that stay behind have in common and others do not.",
        "Here it is: {{ entries.causes[truth.shape.cause].label | lower }}.",
    ),
    rests_on=("analytical_task.cause",),
)  # fmt: skip
def cause_is_named(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """The reason why most of these parcels stay behind is named, as Hanne knows it and the tables show it."""
    cause = analytical_task.cause
    if cause != truth_of(case).shape.cause:
        row = {"look at": "`audit` joined with `parcels`: what those that did not come have in common"}
        yield objection("cause", f"“{named(case, 'causes', cause)}” is not why most stay behind.",
                        "the reason of most of them", row)  # fmt: skip
    return met(f"{named(case, 'causes', cause)}: most stay behind for that.")


@rubric.criterion(
    points=1, voice="sunniva", skill="write_specs",
    hints=(
        "To whom does the message go, and how often?",
        "One message about one parcel on one day. A wide promise goes to everybody of a depot. The rule reads the scan "
        "at loading and, where partners are treated apart, who delivers; a wide promise reads nothing.",
    ),
    rests_on=("analytical_task.unit", "analytical_task.action", "analytical_task.way"),
)  # fmt: skip
def unit_fits_action(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """What each row is about, what is done and what is read go with what decides who is told."""
    task, wide = analytical_task, analytical_task.way == WIDE
    action = "wide_promise" if wide else "warn"
    if task.action != action:
        said = f"“{named(case, 'actions', task.action)}” does not go with “{named(case, 'ways', task.way)}”."
        yield objection("action", said, "the message that this way decides about")
    if task.unit != "parcel_day" and not (wide and task.unit == "depot_day"):
        said = f"A row is “{named(case, 'units', task.unit)}”, and a message is about something else."
        yield objection("unit", said, "what one message is about")
    apart = {DELIVERED_BY} if task.partners in (WIDE, LEFT_OUT) else set()
    if task.way == RULE and {*task.columns} - {SCAN_COLUMN, "", *apart}:
        yield objection("columns", "The rule reads more than the scan at loading.", "what the rule reads")
    if wide and any(task.columns):
        yield objection("columns", "A wide promise goes to everybody, and reads nothing.", "no column")
    return met(f"“{named(case, 'actions', task.action)}”, for “{named(case, 'units', task.unit)}”.")


@rubric.criterion(
    points=1, voice="leila", skill="measure_success", gate=True,
    hints=(
        "At your hour, what does the row hold?",
        "Compare the hour at which each column is written for the last time with yours, in `known_at`. `snapshots` "
        "shows three days as they stood.",
        "At four: load, forecast, run_by, route. At eight also stops and load_scan. At noon also behind_noon.",
    ),
    rests_on=CHOSEN,
)  # fmt: skip
def known_at_the_moment(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """Every column that is read is written before the hour at which people are told."""
    task = task_of(analytical_task, case)
    late = [name for name in analytical_task.columns if name in task.unwritten and name != OVERWRITTEN]
    for name in dict.fromkeys(late):
        place = f"columns[{analytical_task.columns.index(name) + 1}]"
        row = {"column": name, "look at": "`known_at` and `snapshots`"}
        said = f"{named(case, 'moments', task.moment)}, {name} is not written yet."
        yield objection(place, said, "columns that are written at your hour", row)
    return met("Everything that is read is written at your hour.")


@rubric.criterion(
    points=1, voice="leila", skill="measure_success", gate=True,
    hints=(
        "Which column says something else in the evening than in the morning?",
        "A column that is written over and over tells in the export what nobody knew at the time.",
        "The status: it is written until eight in the evening.",
    ),
    rests_on=("analytical_task.way", "analytical_task.moment"),
    met="No column is read that is written over later.",
)  # fmt: skip
def nothing_overwritten_later(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """No column is read whose value is written over after the hour at which people are told."""
    if OVERWRITTEN in analytical_task.columns:
        place = f"columns[{analytical_task.columns.index(OVERWRITTEN) + 1}]"
        row = {"column": OVERWRITTEN, "look at": "`snapshots`"}
        said = "In the export the status says how the day ended, and at your hour it does not."
        yield objection(place, said, "columns that stay as they are", row)


@rubric.criterion(
    points=1, voice="hanne", skill="measure_success",
    hints=(
        "Will the name mean the same next month?",
        "A number of a route stands for whoever drives it today. When numbers are dealt anew, it stands for others.",
        "Leave the number of the route out: Hanne knows when numbers are dealt anew.",
    ),
    rests_on=("analytical_task.way",),
    met="Nothing is learned of names that are dealt anew.",
)  # fmt: skip
def names_do_not_travel(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """Nothing is learned of names that stand for something else next month."""
    if NAMES in analytical_task.columns:
        place = f"columns[{analytical_task.columns.index(NAMES) + 1}]"
        row = {"column": NAMES, "look at": "what the column adds on weeks 9 to 12"}
        yield objection(place, "Numbers of routes are read as if they would stay.", "columns that travel", row)


@rubric.criterion(
    points=1, voice="idris", skill="translate_constraints",
    hints=(
        "What does a blank say: that a parcel was left, or that nobody looked?",
        "The scan has a word of its own for what was left. A blank comes from a van without a scanner.",
        "Read a blank as unknown.",
    ),
    rests_on=("analytical_task.way",),
    met="A blank is read as what it is: nobody looked.",
)  # fmt: skip
def blank_is_not_absent(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """A blank scan is read as unknown, and not as a parcel that was left behind."""
    if SCAN_COLUMN in analytical_task.columns and analytical_task.blank_scan == LEFT:
        row = {"look at": "`audit` joined with `parcels`: how many with a blank scan came"}
        said = "A blank scan counts as left behind, and most of these parcels came."
        yield objection("blank_scan", said, "a blank read as what it says", row)


@rubric.criterion(
    points=1, voice="idris", skill="measure_success",
    hints=(
        "How often does your label say something else than the telephone, at own depots and at partners?",
        "In `audit`, compare the share that did not come by telephone with the share by your label, for each segment. "
        "Idris can say why they differ.",
        "The label that is right in both segments here: {{ entries.labels[truth.right_label].label | lower }}.",
    ),
    rests_on=CHOSEN,
    expected="a label that counts as many misses as the telephone, within 5 of 100, wherever the task rests on it",
)  # fmt: skip
def label_error_is_counted(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """Wherever the task rests on its label, the label counts as many misses as the telephone, within 5 of 100."""
    task, truth = task_of(analytical_task, case), truth_of(case)
    label = named(case, "labels", task.label)
    resting = [segment for segment in SEGMENTS if uses_label(task, segment) or task.way == WIDE]
    for segment in resting:
        off = truth.too_many(task.label, segment)
        if abs(off) > MOST_TOO_MANY:
            much = "clearly more" if off > 0 else "clearly fewer"
            row = {"segment": SEGMENT_NAMES[segment], "look at": "`audit`"}
            said = f"“{label}” counts {much} misses than the telephone: {SEGMENT_NAMES[segment]}."
            yield objection("label", said, "", row)
    return met(f"“{label}” agrees with the telephone wherever you rest on it: {listed(resting)}.")


@rubric.criterion(
    points=1, voice="sunniva", skill="write_specs",
    hints=(
        "What does the message speak about: tonight, tomorrow, or two weeks?",
        "The message says that it will not come today. Whether that was right is known by 22:00. “Today or tomorrow” "
        "may be judged by tomorrow.",
    ),
    rests_on=("analytical_task.horizon",),
)  # fmt: skip
def horizon_within_action(analytical_task: AnalyticalTask, case: Case) -> Objections:
    """What is foretold ends with the day that the message speaks about."""
    ends = ("same_evening", "next_morning") if analytical_task.way == WIDE else ("same_evening",)
    if analytical_task.horizon not in ends:
        said = f"“{named(case, 'horizons', analytical_task.horizon)}”: the message speaks of an earlier time."
        yield objection("horizon", said, "a time that ends with the day of the message")
    return met(f"“{named(case, 'horizons', analytical_task.horizon)}”: the message speaks of that time.")
