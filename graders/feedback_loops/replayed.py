"""Does the trigger find what is wrong, and leave people in peace, on three unseen years? (A22, O.1 to 3)"""

from __future__ import annotations

from curriculum.artifacts.trigger import Trigger
from curriculum.cases import Case
from curriculum.cases.feedback_loops.telemetry import NARROW
from curriculum.consequences.loop_years import YEARS, after_releases, runs, settings_of, troubles, years
from curriculum.practice.alarms import BOTH, FALLS, RISES, Judged
from curriculum.roleplay.engine import State
from graders.common import unheard
from graders.feedback_loops.base import RUNS, TINY, rubric
from graders.rubric import NotYet, Objections, met, objection

HALF, MOST = 0.5, 0.75
MOST_RELEASES = 1 / 3


def _found(trigger: Trigger, case: Case) -> tuple[Judged, ...]:
    found = runs(case.seed, trigger)
    if not found:
        raise NotYet("trigger.comparator", "the trigger has every part that it needs to run")
    return found


def _in_time(trigger: Trigger, case: Case, least: float) -> Objections:
    found = _found(trigger, case)
    of, count = sum(len(run.delays) for run in found), sum(run.in_time for run in found)
    if count < least * of - TINY:
        never = sum(delay is None for run in found for delay in run.delays)
        row = {"found in time": f"{count} of {of}", "never found": never, "years": YEARS}
        yield objection("threshold", f"{count} of {of} problems are found in time, {never} never.", "", row)
    return met(f"{count} of {of} problems of three unseen years are found in time.")


@rubric.criterion(
    points=3, voice="ottilie", skill="measure_success",
    hints=(
        "Replay it on last year: which problem does it miss, and why?",
        "A window that is too long, a pause, or all members in one sum hides a problem of some of them.",
        "Each segment by itself, both sides, a window of one or two weeks, 9 to 13 percent, a few days running.",
    ),
    rests_on=(*RUNS, "comparator_is_fit", "share_not_count", "outages_masked"),
    expected="half of the problems found within 16 days, or 28 where one grows slowly",
)  # fmt: skip
def finds_half(trigger: Trigger, case: Case) -> Objections:
    """On three unseen years, at least half of the problems are found in time."""
    return (yield from _in_time(trigger, case, HALF))


@rubric.criterion(
    points=4, voice="ottilie", skill="measure_success",
    hints=(
        "Which kind of problem is missed: the sudden, the slow, or the one in which swaps fall?",
        "Watch both sides. Beside something that moves with the screen alone, a release hides nothing.",
        "In this world the fit thing to compare with is {{ truth.says.fit }}.",
    ),
    rests_on=("false_alarms_fit",),
    expected="three of four problems found in time",
)  # fmt: skip
def finds_in_time(trigger: Trigger, case: Case) -> Objections:
    """On three unseen years, three of four problems are found in time."""
    return (yield from _in_time(trigger, case, MOST))


@rubric.criterion(
    points=4, voice="kwame", skill="measure_success",
    hints=(
        "How often does it ring in a quarter, and how many reviews are there people for?",
        "What rings at a release or a weekend is compared with something that does not move with the screen.",
        "There are people for {{ truth.shape.capacity }} reviews a quarter.",
    ),
    rests_on=("finds_half", "pause_hides_nothing"),
    expected="no more alarms than there are people for reviews, true ones among them",
)  # fmt: skip
def false_alarms_fit(trigger: Trigger, case: Case, conversation: State) -> Objections:
    """It rings no more often than people can review, year by year over three unseen years."""
    yield from unheard(case, conversation, "capacity", "threshold", "It rests on how many reviews there are people for")
    found = _found(trigger, case)
    rung = sum(len(run.false) + len(run.true) for run in found)
    most, false = 4 * case.truth.shape.capacity * len(found), sum(len(run.false) for run in found)
    if rung > most:
        row = {"alarms in three years": rung, "of these for nothing": false}
        yield objection("threshold", f"It rings {rung} times in three years, {false} times for nothing.", "", row)
    return met(f"It rings {rung} times in three unseen years, {false} times for nothing.")


@rubric.criterion(
    points=2, voice="sunniva", skill="translate_constraints",
    hints=(
        "What does it do on the days after a release in last year's replay?",
        "Beside something with the same screen, a release moves both sides, and the ratio stays.",
        "Beside the past, the days before a release are no comparison: let it forget them.",
    ),
    rests_on=("segments_seen", *RUNS, "share_not_count"),
    expected="silence after a release that moves swaps and nothing else, two times of three",
)  # fmt: skip
def silent_on_releases(trigger: Trigger, case: Case) -> Objections:
    """A release that moves swaps, with nothing wrong with the model, does not call anybody."""
    _found(trigger, case)
    settings = settings_of(trigger)
    assert settings is not None
    rung, total = after_releases(case.seed, settings)
    if rung > MOST_RELEASES * total + TINY:
        said = f"Nothing is wrong with the model, and it rings after {rung} of {total} releases that move swaps."
        yield objection("pause", said, "", {"releases": total, "it rings after": rung})
    return met(f"Nothing is wrong with the model, and it rings after {rung} of {total} releases.")


def tangled(case: Case, trigger: Trigger) -> tuple[int, int]:
    """Of the unseen problems of watched segments, on a watched side, that began within three days of a release: those
    found in time, and all of them."""
    found, settings = _found(trigger, case), settings_of(trigger)
    assert settings is not None
    seen = total = 0
    for run, one in zip(found, years(case.seed, settings), strict=True):
        for delay, trouble in zip(run.delays, troubles(one), strict=True):
            near = any(0 <= trouble.began - release.day <= 3 for release in one.releases)
            side = FALLS if trouble.kind == NARROW else RISES
            if near and trouble.part in settings.segments and settings.sides in (BOTH, side):
                total += 1
                seen += delay is not None and delay <= trouble.in_time
    return seen, total
