"""What happened next in `listen_and_ask`: forty-five minutes with the page, then the quarter that they
decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.minutes import Minutes
from curriculum.artifacts.one_pager import OnePager
from curriculum.artifacts.syntheses import Syntheses
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns, random
from curriculum.cases.listen_and_ask.cast import TOPICS, owner_of
from curriculum.cases.listen_and_ask.plans import NEXT_QUARTER, WEEKS, Plan, Work, cost, good_enough, weeks_done
from curriculum.consequences.asked_meeting import Meeting, held, recommended
from curriculum.consequences.late import came_out_late
from curriculum.consequences.meeting_figure import draw
from curriculum.consequences.outcome import BestKnown, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_month

STARTS = dt.date(2027, 4, 5)
LATER = 2
"""Weeks until the next meeting in which the same people can be had."""
TRIALS = 200
DAYS_SPREAD, WAITING_SPREAD = 0.08, 0.15
"""How far days of work and the cost of a week of waiting scatter around what was estimated, relative. Assumed."""
BEST = "best plan known"


@dataclass(frozen=True)
class Quarter:
    """The work as it is done."""

    plan: Plan
    work: Work
    done: Mapping[str, int]
    """By topic: the week at whose end it is there."""
    cost: float
    """Thousand euros."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The meeting as it goes with this page and these notes, and the quarter after it; None while there is no page."""
    page = artifacts.get("one_pager")
    if not isinstance(page, OnePager) or page.is_blank():
        return None
    minutes, syntheses = artifacts.get("minutes"), artifacts.get("syntheses")
    meeting = held(
        case,
        minutes if isinstance(minutes, Minutes) else Minutes(),
        syntheses if isinstance(syntheses, Syntheses) else Syntheses(),
        page,
    )
    return _outcome(case, meeting, _quarter(case, meeting, page), conversation)


def _quarter(case: Case, meeting: Meeting, page: OnePager) -> Quarter:
    truth = case.truth
    plan = recommended(page)
    if plan is None:
        return _done(Plan(truth.filed), truth.asked)
    if meeting.ends == "last":
        first = next(topic for topic in TOPICS if owner_of(topic) == meeting.spoke_last)
        return _done(Plan((first, *(topic for topic in truth.filed if topic != first))), truth.asked)
    work = truth.work if plan.contractor not in truth.pair else replace(truth.work, can_give=False)
    return _done(plan, replace(work, starts=1 + LATER) if meeting.ends == "later" else work)


def _done(plan: Plan, work: Work) -> Quarter:
    return Quarter(plan, work, weeks_done(plan, work), cost(plan, work))


def _compared(case: Case, quarter: Quarter) -> Comparison:
    """The quarter against the asks as filed, 200 times with days and waiting as they may come out."""
    rng = random(case.slug, case.seed, "trials")
    filed, change, usual = Plan(case.truth.filed), [], []
    for _ in range(TRIALS):
        longer = dict(zip(TOPICS, np.exp(DAYS_SPREAD * rng.normal(size=4)), strict=True))
        dearer = dict(zip(TOPICS, np.exp(WAITING_SPREAD * rng.normal(size=4)), strict=True))
        mine, theirs = (
            cost(
                plan,
                replace(
                    work,
                    days={topic: days * float(longer[topic]) for topic, days in work.days.items()},
                    late={topic: euros * float(dearer[topic]) for topic, euros in work.late.items()},
                ),
            )
            for plan, work in ((quarter.plan, quarter.work), (filed, case.truth.asked))
        )
        change.append(mine - theirs)
        usual.append(theirs)
    low, high = (float(np.percentile(change, share)) for share in (2.5, 97.5))
    mean = float(np.mean(change))
    shows = Change.MORE if low > 0 else Change.LESS if high < 0 else Change.UNCLEAR
    words = {
        Change.LESS: f"it costs {-mean:.0f} thousand euros less than deciding nothing",
        Change.MORE: f"it costs {mean:.0f} thousand euros more than deciding nothing",
        Change.UNCLEAR: "nobody can tell whether it was worth a meeting",
    }
    what = "cost of the quarter against the asks as filed, in thousand euros"
    return Comparison(what, words[shows], shows, mean, min(low, high - 1e-6), high, tuple(usual))


def _outcome(case: Case, meeting: Meeting, quarter: Quarter, conversation: State | None) -> Outcome:
    truth, compared = case.truth, _compared(case, quarter)
    until = STARTS + dt.timedelta(days=7 * NEXT_QUARTER)
    late = came_out_late(case, conversation, until)
    surprised = [who for who in meeting.surprised if who in case.people]
    results = {
        "minutes_lost": Result(float(meeting.lost), "minutes on what the page could have said", Better.LESS),
        "cost": Result(round(quarter.cost, 1), "thousand euros that the quarter costs", Better.LESS),
        "pieces_late": Result(
            float(sum(quarter.done[topic] > due for topic, due in quarter.work.due.items())),
            "of four pieces came after their date",
            Better.NEITHER,
        ),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }
    how = {
        "decided": f"Decided in minute {meeting.minutes}",
        "later": f"Not decided in {truth.leaves_after} minutes, and two weeks lost",
        "last": f"Decided by whoever spoke last, in minute {meeting.minutes}",
    }[meeting.ends]
    return Outcome(
        headline=f"{how}; {compared.says}",
        sentences=tuple(_sentences(case, meeting, quarter, compared)),
        table=frozen_columns(
            piece=np.array(list(TOPICS)),
            needed_by_week=np.array([quarter.work.due[topic] for topic in TOPICS]),
            there_in_week=np.array([quarter.done[topic] for topic in TOPICS]),
        ),
        results=results,
        goals=(
            Goal(f"It is decided before Joaquim leaves, after {truth.leaves_after} minutes", meeting.ends == "decided"),
            Goal("No other plan would have cost clearly less", good_enough(quarter.cost, truth.best_cost)),
            Goal("Nobody learned in front of everybody that they have to wait", not surprised),
        ),
        alt=(
            f"Above, a ribbon of the meeting's minutes: {_ribbon(meeting)}; a line at {truth.leaves_after}, when "
            f"Joaquim leaves. Below, {WEEKS} weeks: "
            + "; ".join(
                f"{topic} needed by week {quarter.work.due[topic]}, there in week {quarter.done[topic]}"
                for topic in TOPICS
            )
            + f". The {BEST} costs {truth.best_cost:.0f} thousand euros, this quarter {quarter.cost:.0f}."
        ),
        draw=lambda figure: draw(figure, meeting, quarter.done, quarter.work.due, truth.leaves_after),
        compared=(compared,),
        best=BestKnown(BEST, "cost", round(truth.best_cost, 1)),
        late=late,
        until=until,
    )


def _ribbon(meeting: Meeting) -> str:
    return ", ".join(f"{part.what} {part.minutes}" for part in meeting.parts)


def _sentences(case: Case, meeting: Meeting, quarter: Quarter, compared: Comparison) -> list[str]:
    truth = case.truth
    said = [f"The meeting of {day_month(truth.meeting)} took {meeting.minutes} minutes."]
    for part in meeting.parts:
        if part.lost:
            said.append(f"{part.minutes} of them went on {part.why}.")
    if meeting.ends == "last":
        name = case.people[meeting.spoke_last].first_name
        said.append(f"When Joaquim left, {name} was speaking, and so {name} got Tilde, with all the days asked for.")
    elif meeting.ends == "later":
        said.append("The same people could meet again two weeks later; the plan began in week 3.")
    late = [topic for topic, due in quarter.work.due.items() if quarter.done[topic] > due]
    for topic in late:
        week = quarter.done[topic]
        when = "in the next quarter" if week == NEXT_QUARTER else f"in week {week}"
        price = f", and {quarter.work.once[topic]:g} thousand euros were lost once" if quarter.work.once[topic] else ""
        said.append(f"“{TOPICS[topic].label}” came {when}; it was needed by week {quarter.work.due[topic]}{price}.")
    said.append(
        f"Together the quarter costs {quarter.cost:.0f} thousand euros; the {BEST} costs {truth.best_cost:.0f}, "
        f"deciding nothing {truth.as_filed_cost:.0f}."
    )
    if quarter.plan != Plan(truth.filed) or quarter.work != truth.asked:
        low, high = (f"{euros:.0f}".replace("-", "\u2212") for euros in (compared.low, compared.high))
        said.append(
            f"If work and waiting come out otherwise than estimated, the difference to deciding nothing lies between "
            f"{low} and {high} thousand euros in 95 of 100 quarters."
        )
    return said
