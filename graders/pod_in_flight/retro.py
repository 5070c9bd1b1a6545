"""What people waited for, and what may be shown of what they wrote. (A31, O.1 to O.4, O.7)"""

from __future__ import annotations

from curriculum.artifacts.retrospective import Retrospective
from curriculum.cases import Case
from curriculum.cases.pod_in_flight.draw import CAUSES
from curriculum.cases.pod_in_flight.entries import JOINT, OWN, WITHHELD
from curriculum.cases.pod_in_flight.log import FEWEST, FUNCTIONS
from curriculum.roleplay.engine import State
from graders.common import incomplete, listed, named, near, placed, stated, uncited, unheard
from graders.pod_in_flight.base import rubric
from graders.rubric import Objections, met, objection

POINTS = 1.0
DAYS = 0.25
BY_PERSON = ("by_person", "by_squad_rank")
BY_LOG = ("lead_time", "waits", "rework", "decisions")
BEARS = frozenset({"pilot_squads", "not_written", "asked_late", "deputies"})
CITED, MOST_BESIDE = 2, 2


@rubric.criterion(
    points=1, voice="tove", skill="write_specs", gate=True,
    hints=(
        "Could somebody who was not there say what came out, and what is tried?",
        "Two causes, the measures, how each function is shown, the last experiment, the next ones, a sentence.",
    ),
    met="The log, the survey, the last experiment and the next ones stand there.",
)  # fmt: skip
def retro_is_complete(retrospective: Retrospective, case: Case) -> Objections:
    """Causes, measures, groups, the last experiment, the next ones and the sentence are filled."""
    yield from incomplete(
        retrospective, case, "causes[].cause", "causes[].share", "p85", "rework_rate", "decision_days", "response",
        "groups[].function", "groups[].way", "lowest", "pilot", "pilot_compared", "experiments[].change",
        "experiments[].measure", "experiments[].to", "experiments[].owner", "experiments[].week", "shows", "facts",
        "words",
    )  # fmt: skip
    named_once = [group.function for group in retrospective.groups]
    if missing := [named(case, "functions", name).lower() for name in FUNCTIONS if name not in named_once]:
        yield objection("groups", f"Nothing is said of {listed(missing)}.", "each of the six functions once")
    if twice := [name for name in FUNCTIONS if named_once.count(name) > 1]:
        yield objection("groups", f"{named(case, 'functions', twice[0])} stands there twice.", "each function once")


@rubric.criterion(
    points=6, voice="tove", skill="measure_success",
    hints=(
        "Of all days from start to done, how many went by with this?",
        "Days between two events of the log, added up, by all days from start to done. `flight.waits(lesson)` does it.",
    ),
    rests_on=("retro_is_complete",),
    expected=f"the days of each cause, of all days from start to done, within {POINTS:g} point",
)  # fmt: skip
def shares_recompute(retrospective: Retrospective, case: Case) -> Objections:
    """What share of all days each cause took comes out again from the log."""
    for place, one in placed("causes", retrospective.causes):
        if one.cause in CAUSES and not near(one.share, case.truth.shares[one.cause], absolute=POINTS):
            label = named(case, "waits", one.cause)
            yield objection(f"{place}.share", f"{label} did not take {stated(one.share)} of 100 days.", "",
                            {"look at": "events"})  # fmt: skip
    return met("Shares come out again from the log.")


@rubric.criterion(
    points=6, voice="tove", skill="find_causes",
    hints=(
        "Everybody says handoffs. What does the log say?",
        "The two largest shares.",
        "They are: {{ truth.says.main }}, and {{ truth.says.second }}.",
    ),
    rests_on=("shares_recompute",),
    expected="the two causes that took most days, by the log",
)  # fmt: skip
def main_cause(retrospective: Retrospective, case: Case) -> Objections:
    """The two causes that took most days are those of the log, whatever people say."""
    picked = {one.cause for one in retrospective.causes}
    if missing := set(case.truth.largest) - picked:
        yield objection("causes", f"{len(missing)} of the two largest causes {'is' if len(missing) == 1 else 'are'} "
                        "not there.", "", {"look at": "events"})  # fmt: skip
    if len(picked) > 2:
        yield objection("causes", f"{len(picked)} causes are named: which two are the largest?")
    return met("The two largest causes are named.")


@rubric.criterion(
    points=3, voice="edda", skill="measure_success",
    hints=(
        "What did the pod do, besides what it felt?",
        "From the log: days that 85 of 100 items keep, items that were sent back, days until a decision.",
    ),
    rests_on=("retrospective.p85", "retrospective.rework_rate", "retrospective.decision_days"),
    expected="three measures of the log that come out again",
)  # fmt: skip
def measures_recompute(retrospective: Retrospective, case: Case) -> Objections:
    """Three measures of what the pod did come out again from the log."""
    truth = case.truth
    for name, true, relative, absolute in (("p85", truth.p85, 0.05, 0.5), ("rework_rate", truth.rework_rate, 0, 2.0),
                                           ("decision_days", truth.decision_days, 0.05, 0.15)):  # fmt: skip
        value = getattr(retrospective, name)
        if not near(value, true, relative=relative, absolute=absolute):
            yield objection(name, f"{stated(value)} does not come out again.", "", {"look at": "events"})
    return met("What the pod did stands there in three numbers.")


@rubric.criterion(
    points=5, voice="tove", skill="communicate_harm", gate=True,
    hints=(
        "Could anybody work out what four people wrote?",
        "Fewer than five are not shown alone. And if one small group is left out while the mean of all is shown, "
        "it can be subtracted.",
    ),
    rests_on=("retro_is_complete",),
    expected="groups of five answers or more, and nobody left out whom somebody can subtract",
)  # fmt: skip
def five_or_merged(retrospective: Retrospective, case: Case) -> Objections:
    """No group of fewer than five is shown, and none can be subtracted."""
    truth, of = case.truth, {group.function: group.way for group in retrospective.groups}
    for place, group in placed("groups", retrospective.groups):
        if group.way == OWN and (count := truth.answers(group.function)) < FEWEST:
            label = named(case, "functions", group.function)
            yield objection(f"{place}.way", f"{label} is shown by itself: {count} answers.", "", {"look at": "survey"})
    for way, words in ((JOINT, "in the joint group"), (WITHHELD, "not shown")):
        names = [name for name, other in of.items() if other == way]
        if names and (count := truth.answers(*names)) < FEWEST:
            tail = ", and can be subtracted from the mean of all" if way == WITHHELD else ""
            yield objection("groups", f"{count} answers are {words}{tail}.", "", {"look at": "survey"})
    return met("Nobody can be worked out.")


@rubric.criterion(
    points=2, voice="tove", skill="measure_success",
    hints=(
        "What is the lowest mean on your page?",
        "Of each group that you show, the mean of its answers; a joint group is one group.",
    ),
    rests_on=("five_or_merged", "retrospective.lowest"),
    expected="the lowest mean of the groups that are shown",
)  # fmt: skip
def lowest_recomputes(retrospective: Retrospective, case: Case) -> Objections:
    """The lowest mean that is shown is right, and no mean of all hides it."""
    lowest = case.truth.lowest({group.function: group.way for group in retrospective.groups})
    if not near(retrospective.lowest, lowest, absolute=0.06):
        yield objection("lowest", f"None of your groups has {stated(retrospective.lowest)} as the lowest mean.", "",
                        {"look at": "survey"})  # fmt: skip
    return met(f"The lowest mean that is shown is {stated(retrospective.lowest)}.")


@rubric.criterion(
    points=2, voice="tove", skill="measure_success",
    hints=(
        "How many of those who were asked answered?",
        "Answers by people asked, in percent: `survey` and `asked`.",
    ),
    rests_on=("retrospective.response",),
    expected="answers of a hundred who were asked",
)  # fmt: skip
def response_stated(retrospective: Retrospective, case: Case) -> Objections:
    """How many answered is said, and right."""
    if not near(retrospective.response, case.truth.response, absolute=1.0):
        yield objection("response", f"Not {stated(retrospective.response)} of 100 answered.", "", {"look at": "survey"})
    return met(f"{stated(retrospective.response)} of 100 answered.")


@rubric.criterion(
    points=7, voice="arjun", skill="measure_success",
    hints=(
        "Fewer days than when, or fewer than whom?",
        "Items were easier this quarter for everybody. Compare squads with joint reviews to those without, in the same "
        "quarter. Tove knows which are which.",
        "{{ truth.says.pilot }} had them.",
    ),
    rests_on=("retrospective.pilot", "retrospective.pilot_compared", "retrospective.pilot_days"),
    expected="the days between functions of squads without joint reviews, less those of squads with them",
)  # fmt: skip
def pilot_against_others(retrospective: Retrospective, case: Case, conversation: State) -> Objections:
    """What became of joint reviews is judged beside squads that had none, and comes out again."""
    yield from unheard(case, conversation, "pilot_squads", "pilot_days", "It rests on which squads had them")
    truth = case.truth
    if retrospective.pilot_compared != "others":
        label = named(case, "comparisons", retrospective.pilot_compared)
        yield objection("pilot_compared", f"“{label}” counts what changed for everybody.")
    if not near(retrospective.pilot_days, truth.pilot_days, absolute=DAYS):
        said = f"Joint reviews did not save {stated(retrospective.pilot_days)} days an item."
        yield objection("pilot_days", said, "", {"look at": "events, by squad"})
    if retrospective.pilot != truth.pilot_verdict:
        label = named(case, "pilot_verdicts", retrospective.pilot).lower()
        yield objection("pilot", f"“{label}” is not what the squads show.")
    return met(f"{named(case, 'pilot_verdicts', retrospective.pilot)}, beside those without.")


@rubric.criterion(
    points=1, voice="tove", skill="listen_and_synthesise", gate=True,
    hints=(
        "Who would answer next time, if it shows who was slow?",
        "What items wait for, by the log, and nothing that ranks people or squads.",
    ),
    rests_on=("retrospective.shows",),
    expected="three measures of the log or more, and nothing that ranks people or squads",
)  # fmt: skip
def nobody_ranked(retrospective: Retrospective, case: Case) -> Objections:
    """What is shown is what items wait for, and ranks neither people nor squads."""
    for name in BY_PERSON:
        if name in retrospective.shows:
            yield objection("shows", f"“{named(case, 'shown', name)}” ranks those who are meant to speak.")
    if len(set(BY_LOG) & set(retrospective.shows)) < 3:
        yield objection("shows", "Fewer than three measures of what the pod did are shown: that is a survey of moods.")
    return met("It shows what items wait for.")


@rubric.criterion(
    points=3, voice="tove", skill="listen_and_synthesise",
    hints=(
        "Which things of this page did somebody tell you?",
        "Two at least that bear on it: who had the pilot, what was not written, what delays a decision.",
    ),
    rests_on=("retrospective.facts",),
    expected="two things or more that somebody told you and that bear on how the pod works",
)  # fmt: skip
def retro_cites(retrospective: Retrospective, case: Case, conversation: State) -> Objections:
    """The page names what people said that bears on it, and nothing that nobody said."""
    yield from uncited(retrospective, conversation, case)
    named_ = set(retrospective.facts)
    if len(named_ & BEARS) < CITED:
        yield objection("facts", f"{len(named_ & BEARS)} of what is named bears on how the pod works.")
    if len(named_ - BEARS) > MOST_BESIDE:
        yield objection("facts", f"{len(named_ - BEARS)} of what is named bears on something else.")
    return met("What people said stands beside the log.")
