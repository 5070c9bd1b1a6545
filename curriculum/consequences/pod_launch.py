"""Half a year of the pod under the three documents: loss, good payments stopped, cards, and the risks that came."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.artifacts.premortem import Premortem
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.cases.pod_launch.draw import BOARD_WEEK, TODAY, WEEKS
from curriculum.cases.pod_launch.entries import CAUSES, STAGE_ENTRIES
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import SURE, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.consequences.pod_figure import drawing
from curriculum.consequences.pod_weeks import HalfYear, beyond_rights, half_year, words_of
from curriculum.roleplay.engine import State
from curriculum.support.flow import flow_of, percentile

SHORT = {
    "one_case": "one large case", "late_labels": "late reports", "moves_on": "the other rail",
    "one_pair_of_hands": "nobody to release", "feed_ends": "the feed ended", "month_end": "end of a month",
    "just_under": "just under the limit", "same_day": "same-day payments",
}  # fmt: skip
PAYMENTS_A_CUSTOMER = 90
"""Payments of a business in a quarter. Assumed."""
QUARTER = 13
BORNE = 1.0
"""Points by which a number may be missed and still be called kept."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The half-year; None while charter or backlog cannot be run."""
    charter, backlog, premortem = (artifacts.get(name) for name in ("pod_charter", "backlog", "premortem"))
    if not isinstance(charter, PodCharter) or not isinstance(backlog, Backlog):
        return None
    written = premortem if isinstance(premortem, Premortem) else None
    found = half_year(case, charter, backlog, written)
    return None if found is None else _outcome(case, charter, backlog, written, found, conversation)


def customers_gone(case: Case, stopped: np.ndarray) -> float:
    """Customers who leave in a half-year since too many of their good payments were stopped, beyond today’s."""
    payments = float(np.mean(case.truth.tables["weekly"]["payments"]))
    more = np.maximum(stopped - case.truth.stops(()), 0.0)
    leave = case.facts["leave_after"].value or 1.0
    return float(more.sum()) * payments / 1000 / (leave * 12)


def _outcome(case: Case, charter: PodCharter, backlog: Backlog, premortem: Premortem | None, found: HalfYear,
             conversation: State | None) -> Outcome:  # fmt: skip
    truth = case.truth
    by = int(np.clip(round(charter.by_week or BOARD_WEEK), 1, WEEKS))
    target = charter.target_pct or 0.0
    mean = found.loss.mean(axis=0)
    reached = 100 - float(mean[by - 1])
    missed = max(0.0, target - reached)
    gone = customers_gone(case, found.stopped)
    came = [one for one in found.met if not one.answered]
    saved = float((found.without - found.loss).mean(axis=0).sum()) / 100 * truth.loss_a_week / 1000
    first = truth.flow.run(truth.flow.unseen, backlog.limits, backlog.policies)
    cards, days = float(first.finished.mean()), percentile(first.cycles)
    until = TODAY + dt.timedelta(weeks=WEEKS)
    late = _late(case, charter, backlog, conversation, until)
    stalled = 5.0 if beyond_rights(charter, case) else 0.0
    compared = _compared(found)
    results = {
        "reached": Result(round(reached, 1), f"percent less loss at the end of week {by}", Better.MORE),
        "missed": Result(round(missed, 1), "points by which the promise was missed", Better.LESS),
        "saved": Result(round(saved), "thousand euros less lost in half a year", Better.MORE),
        "good_stopped": Result(round(float(found.stopped.max()), 2), "good payments stopped of 1,000, at most",
                               Better.LESS),
        "gone": Result(round(gone), "customers gone since good payments were stopped", Better.LESS),
        "cards": Result(round(cards, 1), "cards finished in the first eight weeks", Better.MORE),
        "days": Result(round(days, 1) if cards else 99.0, "days that 85 of 100 cards took", Better.LESS),
        "came": Result(float(len(came)), "risks that did harm", Better.LESS),
        "stood_still": Result(stalled, "weeks in which the pod stood still for want of a right", Better.LESS),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }  # fmt: skip
    goals = (
        Goal("What was promised was reached", missed <= BORNE and target > 0),
        Goal("The sponsor did not have to stop the pod", not found.braked),
        Goal("Most live risks did no harm", len(came) <= len(found.met) - 3),
        Goal("Nobody decided what they may not", not stalled),
        Goal("Cards were finished nearly as fast as they can be", cards >= 0.9 * truth.flow.best(truth.policies)[0]),
    )
    signals, harms = words_of(found.met, SHORT)
    low, high = (np.percentile(found.loss, part, axis=0) for part in (25, 75))
    reached_cards = flow_of(found.run.entered[0], found.run.left[0], found.run.length)
    return Outcome(
        headline=_headline(reached, target, by, compared, gone, found),
        sentences=tuple(_sentences(case, charter, found, results, reached, target, by)),
        table=_table(found),
        results=results,
        goals=goals,
        alt=_alt(case, mean, low, high, target, by, found, charter, reached_cards),
        draw=drawing(
            list(range(1, WEEKS + 1)), mean.tolist(), low.tolist(), high.tolist(), target or None, by,
            found.stopped.tolist(), charter.guardrail_limit, reached_cards, signals, harms,
        ),
        compared=(compared,),
        late=late,
        until=until,
    )  # fmt: skip


def _compared(found: HalfYear) -> Comparison:
    """Loss with the pod beside the same futures without it, over the last quarter, in points of the baseline."""
    last = slice(WEEKS - QUARTER, WEEKS)
    points = (found.loss[:, last] - found.without[:, last]).mean(axis=1)
    change, error = float(points.mean()), float(points.std(ddof=1)) / math.sqrt(len(points))
    error = max(error, 0.05)
    one = Comparison("loss of the last quarter in percent of the baseline, beside the same futures without the pod", "",
                     Change.UNCLEAR, change, change - SURE * error, change + SURE * error,
                     tuple(float(value) for value in found.without.mean(axis=0)))  # fmt: skip
    words = {
        Change.LESS: f"in the last quarter {-change:.0f} points less was lost than without the pod",
        Change.MORE: f"in the last quarter {change:.0f} points more was lost than without the pod",
        Change.UNCLEAR: "whether less was lost than without the pod, nobody can tell",
    }
    return replace(one, says=words[one.shows], claims=one.shows)


def _headline(reached: float, target: float, by: int, compared: Comparison, gone: float, found: HalfYear) -> str:
    kept = "as promised" if target - reached <= BORNE else f"{100 - target:.0f} were promised"
    brake = f"; Edda stopped the pod in week {found.braked}" if found.braked else ""
    left = f", and {gone:,.0f} customers gone" if gone >= 1 else ""
    return (
        f"In week {by} loss stands at {100 - reached:.0f} percent of the baseline, {kept}{left}; {compared.says}{brake}"
    )


def _sentences(case: Case, charter: PodCharter, found: HalfYear, results: Mapping[str, Result], reached: float,
               target: float, by: int) -> list[str]:  # fmt: skip
    said = [f"In eight weeks {results['cards'].value:.1f} cards were finished, 85 of 100 within "
            f"{results['days'].value:.0f} days."]  # fmt: skip
    if target - reached > BORNE:
        said.append(f"In week {by} Edda told the board {reached:.0f} instead of {target:.0f} percent.")
    if results["stood_still"].value:
        said.append("The pod had decided on more than it may, and stood still for five weeks.")
    for one in found.met:
        words = CAUSES[one.risk].label
        if one.answered:
            said.append(f"“{words}”: the signal rang in week {one.signal}, and it did no harm.")
        elif one.signal and one.signal < one.harm:
            said.append(f"“{words}”: the signal rang in week {one.signal}, and nobody could do anything with it.")
        else:
            said.append(f"“{words}”: it came in week {one.harm}, and nothing had rung.")
    said.append(f"{results['saved'].value:,.0f} thousand euros less were lost in half a year; "
                f"{results['gone'].value:,.0f} customers left since good payments were stopped.")  # fmt: skip
    return said


def _table(found: HalfYear) -> Mapping[str, np.ndarray]:
    """One row a week."""
    return frozen_columns(
        week=np.arange(1, WEEKS + 1),
        loss_pct=np.round(found.loss.mean(axis=0), 1),
        without_pod_pct=np.round(found.without.mean(axis=0), 1),
        good_stopped_per_1000=np.round(found.stopped, 2),
    )


def _alt(case: Case, mean: np.ndarray, low: np.ndarray, high: np.ndarray, target: float, by: int, found: HalfYear,
         charter: PodCharter, cards: np.ndarray) -> str:  # fmt: skip
    signals, harms = words_of(found.met, SHORT)
    rang = "; ".join(f"{words} in week {week}" for week, words in signals) or "none"
    harm = "; ".join(f"{words} in week {week}" for week, words in harms) or "none"
    end = ", ".join(f"{entry.label.lower()} {int(cards[place, -1])}"
                    for place, entry in enumerate(STAGE_ENTRIES.values()))  # fmt: skip
    limit = f"{charter.guardrail_limit:g}" if charter.guardrail_limit else "nowhere"
    return (
        f"Three charts over 26 weeks. Above, loss in percent of the baseline: {mean[0]:.0f} in week 1, "
        f"{mean[by - 1]:.0f} in week {by} (half of the futures between {low[by - 1]:.0f} and {high[by - 1]:.0f}), "
        f"{mean[-1]:.0f} in week 26; promised were {100 - target:.0f} by week {by}. Signals: {rang}. Harm: {harm}. "
        f"In the middle, good payments stopped of 1,000, from {found.stopped[0]:.2f} to {found.stopped[-1]:.2f}, with "
        f"the brake at {limit}. Below, cards that had come to each stage by the end: {end}, and {int(cards[-1, -1])} "
        f"out."
    )


def _late(case: Case, charter: PodCharter, backlog: Backlog, conversation: State | None,
          until: dt.date) -> tuple[Late, ...]:  # fmt: skip
    """What nobody had asked and the pages had not dealt with anyway."""
    truth = case.truth
    dealt_with = {
        "called_known_number": "check" not in charter.chosen,
        "unseen_rings": "model" not in charter.chosen,
        "instant_gone": "hold" not in charter.chosen,
        "recall_wait": "recall" not in charter.chosen,
        "labels_late": charter.last_week is not None and charter.last_week <= truth.mature,
        "may_decide": not beyond_rights(charter, case),
    }
    return came_out_late(case, conversation, until, {fact for fact, done in dealt_with.items() if done})
