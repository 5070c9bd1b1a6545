"""Was it told before it happened: alone first, risks in the tables, signals that ring, a plan that changed? (A32)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.artifacts.premortem import Premortem, Risk
from curriculum.cases import Case
from curriculum.cases.pod_launch import risks as dangers
from curriculum.cases.pod_launch.draw import ONE_PAIR, TODAY, WEEKS
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, named, placed, stated, uncited
from graders.pod_launch.base import ROUND, rubric, whole
from graders.rubric import Objections, met, objection

LEAST_REASONS = 2
LEAST_RISKS = 3
IN_TIME, IN_VAIN = 0.75, 0.15
UNHEARD, AT_ALL = 0.5, 0.5
"""A bell that rings in most calm half-years is not heard, and one that rings in few bad ones is none."""
SAID_BY = 2
MOST_BESIDE = 1


@rubric.criterion(
    points=1, voice="edda", skill="write_specs", gate=True,
    hints=(
        "Could somebody act on it who was not in the room?",
        "Day, failure, reasons, risks with table, signal, person and change, one calm reason, what you heard.",
    ),
    met="Failure, reasons, risks and changes stand there.",
)  # fmt: skip
def premortem_is_complete(premortem: Premortem, case: Case) -> Objections:
    """Day, failure, reasons, risks with signal, person and change, and what was heard are filled."""
    yield from incomplete(
        premortem, case, "failed_on", "failure", "alone", "alone[].cause", "alone[].functions", "alone[].words",
        "risks", "risks[].risk", "risks[].table", "risks[].measure", "risks[].threshold", "risks[].weeks_running",
        "risks[].owner", "risks[].change", "dismissed", "dismissed[].risk", "dismissed[].table", "facts", "words",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="edda", skill="write_specs",
    hints=("On which day is it over?", "A day of the coming half-year, not before the first weeks are over."),
    rests_on=("premortem.failed_on",),
    expected="a day in the half-year that begins today, after its first month",
    met="The day lies where it can be told.",
)  # fmt: skip
def failure_has_a_day(premortem: Premortem, case: Case) -> Objections:
    """The failure has a day in the coming half-year."""
    assert premortem.failed_on is not None
    first, last = TODAY + dt.timedelta(weeks=4), TODAY + dt.timedelta(weeks=WEEKS + 1)
    if not first <= premortem.failed_on <= last:
        yield objection("failed_on", f"On {premortem.failed_on} this plan has not failed yet, or is long over.")


@rubric.criterion(
    points=2, voice="tove", skill="run_meetings", gate=True,
    hints=(
        "What had you written before anybody spoke in the round?",
        "Write two reasons or more, seal them, and open the round only then. Going back in the talk lets you do it "
        "in this order.",
    ),
    rests_on=("premortem_is_complete",),
    expected="at least two different reasons, sealed before the round was opened",
)  # fmt: skip
def alone_first(premortem: Premortem, case: Case, conversation: State) -> Objections:
    """At least two reasons were written alone and sealed before the round."""
    sealed = premortem.sealed
    reasons = {one.cause for one in sealed.reasons if one.cause and one.words}
    if sealed.said is None or not sealed.reasons:
        yield objection("alone", "They are not sealed.")
        return None
    if len(reasons) < LEAST_REASONS:
        yield objection("alone", f"{len(reasons)} reason was sealed: whoever has one has the first that came.")
    opened = [number for number, choice in enumerate(conversation.taken) if choice in ROUND]
    if not opened:
        yield objection("alone", "The reasons are sealed, and no round was held.", "a round after the sealing")
    elif sealed.said > opened[0]:
        row = {"sealed after so many things said": sealed.said, "round opened after": opened[0]}
        yield objection("alone", "They were sealed when the round was open already.", "", row)
    return met(f"{len(reasons)} reasons were there before anybody spoke.")


@rubric.criterion(
    points=1, voice="tove", skill="find_causes",
    hints=(
        "Which reason belongs to nobody alone?",
        "One that lies between two functions. “Too little time”, “bad luck” and “the others” lie nowhere.",
    ),
    rests_on=("alone_first",),
    expected="at least one reason that lies between functions, and none that names nothing",
)  # fmt: skip
def across_functions(premortem: Premortem, case: Case) -> Objections:
    """At least one of the reasons alone lies between functions, and each names something that can be seen."""
    empty = {"no_time", "bad_luck", "others"}
    if not any(len(set(one.functions)) >= 2 for one in premortem.sealed.reasons if one.cause not in empty):
        yield objection("alone", "Each reason lies with one function alone.")
    for one in premortem.sealed.reasons:
        if one.cause in empty:
            yield objection("alone", f"“{named(case, 'causes', one.cause)}” names nothing that can be seen.")
    return met("The reasons lie where functions meet.")


@rubric.criterion(
    points=3, voice="conrad", skill="find_causes",
    hints=(
        "For each reason: which table would look different if it were so here?",
        "The largest case, late reports and amounts just under 10,000 in `losses`; ends of months in `weekly`; the "
        "other rail in `rule_history`; who releases in `people`; `notices`; clauses in `contracts`.",
        "Here these are live: {{ truth.live | join(', ') }}.",
    ),
    rests_on=("premortem.risks[].risk", "premortem.risks[].table"),
    expected="at least three risks that are live here, each with the table that shows it, and none that is calm",
)  # fmt: skip
def live_risks(premortem: Premortem, case: Case) -> Objections:
    """At least three risks are named that the tables show to be live, and none that they calm."""
    live = set(case.truth.live)
    right = set()
    if len(premortem.named) < sum(bool(one.risk) for one in premortem.risks):
        yield objection("risks", "A risk stands there twice.")
    for place, one in placed("risks", premortem.risks):
        kept = dangers.CATALOGUE.get(one.risk)
        if kept is None:
            continue
        if one.risk not in live:
            yield objection(f"{place}.risk", f"“{named(case, 'risks', one.risk)}”: the tables calm that here.")
        elif one.table != kept.table:
            said = f"`{named(case, 'tables', one.table)}` does not say whether that can happen."
            yield objection(f"{place}.table", said)
        else:
            right.add(one.risk)
    if len(right) < LEAST_RISKS:
        yield objection("risks", f"{len(right)} of the risks are live and shown by their table.")
    return met(f"{len(right)} risks are live, and their tables show it.")


@rubric.criterion(
    points=9, voice="arjun", skill="measure_success",
    hints=(
        "What moves before it does harm, and from where on is it no longer chance?",
        "The measure of this risk in `watch`, and a threshold a little above what calm weeks reach: whoever waits for "
        "more hears it when harm is done.",
        "Here, with 2.5 standard deviations and two weeks: {% for name in truth.live %}{{ name }} "
        "{{ truth.threshold(name) | round(1) }}{{ '' if loop.last else ', ' }}{% endfor %}.",
    ),
    rests_on=("live_risks", "premortem.risks[].threshold", "premortem.risks[].weeks_running"),
    expected="signals that ring before harm in unseen futures, and not all the time before",
)  # fmt: skip
def signals_in_time(premortem: Premortem, case: Case) -> Objections:
    """On unseen weeks each signal rings before harm is done, when it can still be heard."""
    for place, one, kept in _watched(premortem):
        if one.measure != kept.measure:
            said = f"“{named(case, 'measures', one.measure)}” does not move before this."
            yield objection(f"{place}.measure", said)
            continue
        found = dangers.rung(case.seed, one.risk, one.threshold or 0.0, one.weeks_running or 1.0)
        if found.in_time < IN_TIME:
            row = {"rings before harm, of 100 futures": round(100 * found.in_time)}
            yield objection(f"{place}.threshold", f"Above {stated(one.threshold)} it rings too late.", "", row)
        elif found.in_vain > UNHEARD:
            row = {"rings in calm half-years, of 100": round(100 * found.in_vain)}
            said = f"Above {stated(one.threshold)} it rings so often that nobody hears it in time."
            yield objection(f"{place}.threshold", said, "", row)
    return met("The signals ring in time.")


@rubric.criterion(
    points=9, voice="arjun", skill="measure_success",
    hints=(
        "How far does the measure jump from week to week without a reason?",
        "Its mean and two to three and a half standard deviations, two weeks running; or a little more than the "
        "highest of the calm weeks.",
        "Here, with 2.5 of them: {% for name in truth.live %}{{ name }} {{ truth.threshold(name) | round(1) }}"
        "{{ '' if loop.last else ', ' }}{% endfor %}.",
    ),
    rests_on=("live_risks", "premortem.risks[].threshold", "premortem.risks[].weeks_running"),
    expected="signals that stay silent in calm futures, and would ring if it came",
)  # fmt: skip
def signals_quiet(premortem: Premortem, case: Case) -> Objections:
    """On unseen weeks each signal is silent while nothing happens, and rings at all when something does."""
    for place, one, kept in _watched(premortem):
        if one.measure != kept.measure:
            said = f"“{named(case, 'measures', one.measure)}” is silent whatever happens."
            yield objection(f"{place}.measure", said)
            continue
        found = dangers.rung(case.seed, one.risk, one.threshold or 0.0, one.weeks_running or 1.0)
        if found.in_vain > IN_VAIN:
            row = {"rings in calm half-years, of 100": round(100 * found.in_vain)}
            yield objection(f"{place}.threshold", f"Above {stated(one.threshold)} it rings for nothing.", "", row)
        elif found.at_all < AT_ALL:
            row = {"rings at all, of 100 futures": round(100 * found.at_all)}
            said = f"Above {stated(one.threshold)} it hardly ever rings, so that its silence says nothing."
            yield objection(f"{place}.threshold", said, "", row)
    return met("The signals are silent while nothing happens.")


def _watched(premortem: Premortem) -> Iterator[tuple[str, Risk, dangers.Risk]]:
    """The risks that have a threshold, with their places and what is known of them."""
    for place, one in placed("risks", premortem.risks):
        kept = dangers.CATALOGUE.get(one.risk)
        if kept is not None and one.threshold is not None:
            yield place, one, kept


@rubric.criterion(
    points=1, voice="arjun", skill="find_causes",
    hints=(
        "Which reason sounds good and is not so here?",
        "Name one that its table calms. It is as useful as a risk: nobody works at it.",
        "Here these are calm: {{ truth.calm | join(', ') }}.",
    ),
    rests_on=("premortem.dismissed[].risk", "premortem.dismissed[].table"),
    expected="reasons that are calm here, each with the table that says so",
)  # fmt: skip
def calm_is_calm(premortem: Premortem, case: Case) -> Objections:
    """What is put aside is calm, and its table says so."""
    aside = [one.risk for one in premortem.dismissed if one.risk]
    if len(set(aside)) < len(aside):
        yield objection("dismissed", "A reason is put aside twice.")
    for place, one in placed("dismissed", premortem.dismissed):
        kept = dangers.CATALOGUE.get(one.risk)
        if kept is None:
            continue
        if one.risk in case.truth.live:
            yield objection(f"{place}.risk", f"“{named(case, 'risks', one.risk)}” is not calm here.")
        elif one.table != kept.table:
            yield objection(f"{place}.table", f"`{named(case, 'tables', one.table)}` does not say that it is calm.")
    return met("What is put aside is calm.")


@rubric.criterion(
    points=1, voice="beatriz", skill="decision_rights",
    hints=(
        "Who can do something about it on the day on which it rings?",
        "Whoever holds the matter, and has time this half-year. You and Edda cannot release, call or label; whoever is "
        "away cannot be the one who steps in.",
    ),
    rests_on=("premortem.risks[].risk", "premortem.risks[].owner"),
    expected="for each risk a person who can do something about it and has time",
)  # fmt: skip
def owners_can(premortem: Premortem, case: Case) -> Objections:
    """Whoever acts can do something about it and has time this half-year."""
    for place, one in placed("risks", premortem.risks):
        kept = dangers.CATALOGUE.get(one.risk)
        if kept is None:
            continue
        able = {name for name in kept.owners if case.truth.free.get(name, 100) > 0}
        if able and one.owner not in able:
            said = (
                f"{named(case, 'people', one.owner)} is the one who is missing then."
                if one.risk == ONE_PAIR and one.owner == "beatriz"
                else f"{named(case, 'people', one.owner)} can do nothing about it, or has no time."
            )
            yield objection(f"{place}.owner", said, "", {"look at": "people"})
    return met("Whoever acts can.")


@rubric.criterion(
    points=2, voice="edda", skill="keep_decisions",
    hints=(
        "What is different in the plan since it has failed once, in your head?",
        "A change that makes this risk smaller; “watch closely” changes nothing. What touches baseline, weeks or "
        "people on call has to stand in the charter, too.",
    ),
    rests_on=("premortem.risks[].risk", "premortem.risks[].change"),
    expected="for each risk a change that makes it smaller, and that the charter does not contradict",
)  # fmt: skip
def plan_changed(premortem: Premortem, pod_charter: PodCharter, backlog: Backlog, case: Case) -> Objections:
    """Each risk has changed the plan by something that makes it smaller, and the charter says the same."""
    for place, one in placed("risks", premortem.risks):
        kept = dangers.CATALOGUE.get(one.risk)
        if kept is None:
            continue
        if one.change not in kept.changes:
            said = f"“{named(case, 'changes', one.change)}” makes this risk no smaller."
            yield objection(f"{place}.change", said)
        elif said := _contradicted(one.change, pod_charter, case):
            yield objection(f"{place}.change", said, "the same in the charter")
    return met("The plan has changed.")


def _contradicted(change: str, charter: PodCharter, case: Case) -> str:
    """What the charter says against a change; blank where nothing."""
    last = whole(charter.last_week)
    if change == "count_apart" and charter.largest_case != "apart":
        return "The charter counts the largest case in."
    if change == "wait_for_labels" and (last is None or last > case.truth.mature):
        return "The charter’s own baseline does not wait for reports."
    if change == "second_releaser" and charter.oncall_second in ("", charter.oncall_first):
        return "The charter has nobody else on call."
    return ""


@rubric.criterion(
    points=2, voice="tove", skill="listen_and_synthesise",
    hints=(
        "Who told you something that makes one of these risks larger or smaller?",
        "Things that you were told yourself that bear on the risks you name, by two people where two told you.",
    ),
    rests_on=("premortem.facts", "premortem.risks[].risk"),
    expected="facts that you heard and that bear on a risk named or put aside, from two people where two told you",
)  # fmt: skip
def cites_what_was_said(premortem: Premortem, case: Case, conversation: State) -> Objections:
    """What is cited was told to this learner, bears on the risks, and is not one person’s word alone."""
    yield from uncited(premortem, conversation, case)
    about = {*premortem.named, *(one.risk for one in premortem.dismissed)}
    told = [name for name in dict.fromkeys(premortem.facts) if name in case.facts and heard(case, name, conversation)]
    bearing = [name for name in told if case.facts[name].supports & about]
    beside = [name for name in told if name not in bearing]
    holders = {case.facts[name].held_by for name in bearing} - {None}
    # Whoever has heard nothing else that bears on them cites all that there is.
    left = [name for name in conversation.facts if name in case.facts and name not in bearing
            and case.facts[name].supports & about]  # fmt: skip
    if not holders or (len(holders) < SAID_BY and any(case.facts[name].held_by not in holders for name in left)):
        yield objection("facts", f"What bears on these risks comes from {len(holders)} people, and you heard more.")
    if len(beside) > MOST_BESIDE:
        yield objection("facts", f"{len(beside)} of them bear on none of these risks.")
    return met("What people said stands behind it.")
