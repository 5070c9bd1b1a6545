"""Is the champion record whole, on one untouched split, at today's calls, and do its numbers come out? (A29)"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from curriculum.artifacts.champion import Champion
from curriculum.cases import Case
from curriculum.cases.pod_in_flight.candidates import Gain
from curriculum.cases.pod_in_flight.draw import CANDIDATES, LIMIT_MS, OLD, SAME, WEEKS
from curriculum.cases.pod_in_flight.entries import LIVE
from curriculum.cases.pod_in_flight.facts import NEEDED
from curriculum.roleplay.engine import State
from curriculum.words.numbers import said_numbers
from graders.common import incomplete, named, near, stated, uncited, unheard
from graders.pod_in_flight.base import rubric
from graders.rubric import Objections, met, objection

POINTS = 0.5
ENDS, WHOLE = 0.35, 0.55
"""How far the ends of an interval may be off, in points, and any number that is written in whole points. Ends of 90 in
100 are more than 0.4 off, and those of one model alone 0.8."""
MORE = 0.05
ROOM = 0.05
SMALL = 12
OTHER_NUMBERS = (100, 1000, LIMIT_MS)
PERIODS, OTHER_PERIOD = (1 / 7, 13.0, 52.0), 0.15
"""A day, a quarter and a year, in weeks, and how near a number has to be that is said of one of them."""
MOST_BESIDE = 3
CITED, PEOPLE = 3, 3
LOGGED = ("commit", "data_hash", "split", "seed")


@rubric.criterion(
    points=1, voice="arjun", skill="write_specs", gate=True,
    hints=(
        "Could somebody who was not there run it again and get the same?",
        "Every part filled, and a run that logged its commit, its data, its split and its seed.",
    ),
    met="Everything stands there, and the run can be made again.",
)  # fmt: skip
def record_complete(champion: Champion, case: Case) -> Objections:
    """Every part is filled, and the candidate's run logged its commit, data, split and seed."""
    yield from incomplete(
        champion, case, "run", "version", "measured", "decision", "split", "calls", "gain", "low", "high", "rerun_off",
        "rejected[].run", "rejected[].reason",
        "signs", "frauds_more", "facts", "words",
    )  # fmt: skip
    table = case.truth.tables["runs"]
    for row in np.flatnonzero(np.asarray(table["run"]) == champion.measured):
        if lost := [name for name in LOGGED if not str(np.asarray(table[name])[row])]:
            label = named(case, "runs", champion.measured)
            yield objection(
                "measured", f"“{label}” logged no {lost[0].replace('_', ' ')}.", "a run that can be repeated"
            )
    if champion.measured and champion.measured not in CANDIDATES:
        label = named(case, "runs", champion.measured)
        yield objection("measured", f"“{label}” is none of the four candidates.", "one of the four candidates")


@rubric.criterion(
    points=2, voice="beatriz", skill="keep_decisions", gate=True,
    hints=(
        "What would Beatriz get tonight, if she asked the store for the champion?",
        "Set the alias in the store, read it back, and see that it is the run that you decided for.",
        "If nothing goes live, the alias stays on “today”, with the version that it has.",
    ),
    rests_on=("champion.run", "champion.version", "champion.measured", "champion.decision"),
    expected="one run behind the alias: the one that goes live, or the old one with its version",
)  # fmt: skip
def alias_is_one_run(champion: Champion, case: Case) -> Objections:
    """The alias in the store names one run, and it is the one that the record decides for."""
    run, old = named(case, "runs", champion.run), case.truth.version
    version = champion.version or 0.0
    if champion.decision == LIVE:
        if champion.run != champion.measured:
            chosen = named(case, "runs", champion.measured)
            yield objection("run", f"“{chosen}” becomes the champion, and the alias names “{run}”.")
        if version <= old or version != round(version):
            yield objection("version", f"Version {stated(version)} is no version of this run.")
    else:
        if champion.run != OLD:
            yield objection("run", f"The old one stays, and the alias names “{run}”.")
        elif version != old:
            yield objection("version", f"Version {stated(version)} is not the one that is live.")
    return met(f"The alias names “{run}”, version {stated(version)}.")


@rubric.criterion(
    points=4, voice="arjun", skill="measure_success", gate=True,
    hints=(
        "Which weeks had nobody looked at before the candidates were picked?",
        "Ask Arjun who looked, and how often. Weeks that somebody picked by flatter what was picked.",
        "It is {{ truth.says.untouched }}.",
    ),
    rests_on=("champion.split",),
    expected="the weeks that nobody had looked at, for all runs alike",
)  # fmt: skip
def one_untouched_split(champion: Champion, case: Case, conversation: State) -> Objections:
    """All runs are compared on the same weeks, which nobody had looked at."""
    yield from unheard(case, conversation, "untouched", "split", "It rests on who looked at which weeks")
    if champion.split != case.truth.shape.untouched:
        label = named(case, "splits", champion.split)
        yield objection("split", f"“{label}”: the candidates were picked by what was seen there.")
    return met(f"Compared on {named(case, 'splits', champion.split).lower()}, which nobody had looked at.")


@rubric.criterion(
    points=4, voice="esi", skill="measure_success",
    hints=(
        "How many calls does the team of Esi make today?",
        "The board sorts at five for each thousand payments. Ask Esi what it is now.",
        "It is {{ truth.shape.calls }}.",
    ),
    rests_on=("champion.calls",),
    expected="the calls for each thousand payments that are made today",
)  # fmt: skip
def todays_calls(champion: Champion, case: Case, conversation: State) -> Objections:
    """It is measured at the number of calls that are made today."""
    yield from unheard(case, conversation, "calls_now", "calls", "It rests on how many calls are made today")
    if champion.calls != case.truth.shape.calls:
        yield objection("calls", f"Nobody makes {stated(champion.calls)} calls for each thousand payments.")
    return met(f"Measured at {stated(champion.calls)} calls for each thousand payments.")


@rubric.criterion(
    points=6, voice="arjun", skill="measure_success",
    hints=(
        "Of a hundred frauds on these weeks, how many more does it catch than the live model, all slices together?",
        "`flight.compare(lesson, weeks, calls)` adds the slices up and shows both ends.",
    ),
    rests_on=(
        "one_untouched_split", "todays_calls", "champion.measured", "champion.gain", "champion.low", "champion.high",
    ),
    expected="caught of 100 frauds, candidate minus live model, with the interval of 95 in 100",
)  # fmt: skip
def gain_recomputes(champion: Champion, case: Case) -> Objections:
    """What the candidate catches more, and between which ends it lies, comes out again from the table."""
    gain = case.truth.gain(champion.measured)
    places = {"gain": (gain.change, POINTS), "low": (gain.low, ENDS), "high": (gain.high, ENDS)}
    for name, (true, off) in places.items():
        value = getattr(champion, name) or 0.0
        if not near(value, true, absolute=WHOLE if value == round(value) else off):
            said = (
                f"It does not catch {stated(value)} of 100 more."
                if name == "gain"
                else f"The interval does not end at {stated(value)}."
            )
            yield objection(name, said, "", {"look at": "holdout"})
    return met(f"{stated(champion.gain)} of 100 more, between {stated(champion.low)} and {stated(champion.high)}.")


@rubric.criterion(
    points=3, voice="arjun", skill="measure_success",
    hints=(
        "Does the same run once more come out the same?",
        "Subtract the second run from the first, on the same weeks and at the same calls.",
    ),
    rests_on=("gain_recomputes", "champion.rerun_off"),
    expected=f"the difference to the rerun; live only within {SAME:g} point",
)  # fmt: skip
def reruns(champion: Champion, case: Case) -> Objections:
    """The difference to the rerun is right, and what goes live comes out the same."""
    off = case.truth.rerun_off(champion.measured)
    if not near(abs(champion.rerun_off or 0.0), abs(off), absolute=0.4):
        yield objection("rerun_off", f"Once more, it does not differ by {stated(champion.rerun_off)}.")
    elif champion.decision == LIVE and abs(off) > SAME:
        yield objection("decision", f"It goes live, and once more it came out {stated(abs(off))} of 100 off.")
    return met("What the same run gives once more is said.")


@rubric.criterion(
    points=3, voice="tove", skill="translate_constraints",
    hints=(
        "What would Edda say at dinner: how many frauds a week?",
        "The gain of 100 frauds, times the frauds of a week in the memo. The sentence says no other number of frauds.",
    ),
    rests_on=("gain_recomputes", "champion.frauds_more"),
    expected="frauds a week: the gain times the frauds that are tried in a week, also in the sentence",
)  # fmt: skip
def product_can_read_it(champion: Champion, case: Case) -> Objections:
    """The gain is said in frauds a week, the number is right, and the sentence promises no other one."""
    more = case.truth.frauds_more(champion.measured)
    if not near(champion.frauds_more, more, relative=MORE, absolute=0.005 * case.truth.shape.frauds_week):
        yield objection("frauds_more", f"The gain above is not {stated(champion.frauds_more)} frauds a week.")
    elif said := _other_number(champion, case.truth.gain(champion.measured), case.truth.shape.frauds_week):
        yield objection("words", f"The sentence says “{said}”, and no number in it fits the gain above.")
    return met(f"{stated(champion.frauds_more)} frauds a week.")


def _other_number(champion: Champion, gain: Gain, week: int) -> str:
    """A number that the sentence says, where none in it fits the gain; blank where one does, or none is said.

    A number fits that lies between the ends of the interval, in frauds a week or another period, or is so far from
    another number, as in "841 instead of 750". Small numbers, shares and what has a unit say other things.
    """
    told = [one for one in said_numbers(champion.words) if one.kind == "number" and not one.of and not one.unit]
    values = [one.value for one in told]
    values += [abs(one - other) for one, other in combinations(values, 2)]
    beside = (week, champion.p95_loaded or 0.0, *OTHER_NUMBERS)
    told = [one for one in told if one.value > SMALL and not any(near(one.value, of, relative=ROOM) for of in beside)]
    low, more, high = (end / 100 * week for end in (gain.low, gain.change, gain.high))
    fits = any(
        low - ROOM * high <= value <= high + ROOM * high
        or any(near(value / weeks, more, relative=OTHER_PERIOD) for weeks in PERIODS)
        for value in values
    )
    return "" if fits or not told else told[0].text


@rubric.criterion(
    points=2, voice="conrad", skill="decision_rights",
    hints=(
        "Who signs for a champion, and when does anybody look again at what did not go live?",
        "Model risk signs. What stays in shadow is looked at when its labels are there, and within the quarter.",
    ),
    rests_on=("alias_is_one_run", "champion.signs"),
    expected="model risk signs; a week for what did not go live, after labels are there and within the quarter",
)  # fmt: skip
def who_signs(champion: Champion, case: Case) -> Objections:
    """Whoever may sign signs, and what does not go live has a week in which it is looked at again."""
    if champion.signs != "conrad":
        yield objection("signs", f"{named(case, 'people', champion.signs)} does not sign for champions.")
    week, ripe = champion.look_again, case.truth.shape.late / 7
    if champion.decision != LIVE and (week is None or not ripe <= week <= WEEKS):
        said = (
            "Nobody says when it is looked at again." if week is None else f"In week {stated(week)}, nothing is known."
        )
        yield objection("look_again", said)
    return met("It is signed, and nothing is put off without a week.")


@rubric.criterion(
    points=3, voice="edda", skill="listen_and_synthesise", gate=True,
    hints=(
        "Which things that no table has does this choice rest on?",
        "Three at least, from three people; nothing that nobody told you.",
    ),
    rests_on=("champion.facts",),
    expected="three things or more that three people told you and that the choice rests on",
)  # fmt: skip
def cites_what_was_said(champion: Champion, case: Case, conversation: State) -> Objections:
    """The record names what people said that the choice rests on, and nothing that nobody said."""
    yield from uncited(champion, conversation, case)
    bears = [case.facts[name] for name in dict.fromkeys(champion.facts) if name in NEEDED]
    if len(bears) < CITED or len({fact.held_by for fact in bears}) < PEOPLE:
        yield objection("facts", f"{len(bears)} of what is named decides who the champion is, from too few people.")
    if (beside := len(set(champion.facts)) - len(bears)) > MOST_BESIDE:
        yield objection("facts", f"{beside} of what is named decides nothing here.")
    return met("What people said stands beside the numbers.")
