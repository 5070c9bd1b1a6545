"""What each person of `pod_launch` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Fact, Surfaces, by_id, random, surfacing
from curriculum.cases.pod_launch import losses as money
from curriculum.cases.pod_launch import risks as dangers
from curriculum.cases.pod_launch.draw import (
    AT_ONCE,
    FEED_ENDS,
    JUST_UNDER,
    LATE_LABELS,
    LATE_RELEASE,
    MODEL,
    MONTH_END,
    MOVES_ON,
    ONE_CASE,
    ONE_PAIR,
    REWORK,
    SAME_DAY,
    SLUG,
    TODAY,
    WEEKS,
    Draw,
)
from curriculum.cases.pod_launch.truth import Truth

OF_BEATRIZ = {LATE_RELEASE: "release_days", REWORK: "sent_back", AT_ONCE: "at_once"}
"""The fact that tells the second trouble."""


def make_facts(shape: Draw, truth: Truth) -> Mapping[str, Fact]:
    """The facts of one world by id."""
    rng = random(SLUG, truth.seed, "facts")
    on, table = frozenset, truth.tables["losses"]
    ticked, days = int(rng.integers(79, 89)), 13 if shape.second == LATE_RELEASE else 3
    back = int(rng.integers(58, 66)) if shape.second == REWORK else int(rng.integers(12, 19))
    asked = int(rng.integers(9, 12)) if shape.second == AT_ONCE else 1
    may = 1 if ONE_PAIR in shape.live else 2
    moved, clause = round(dangers.moved_pct(truth.tables["rule_history"])), round(
        dangers.same_day_pct(truth.tables["contracts"]))  # fmt: skip
    leave, told = int(rng.integers(2, 5)), round(money.loss_of(table, WEEKS - 12, WEEKS, net=False) / 1000)
    rings = int(rng.integers(71, 90))
    gone = f"I am away in weeks {shape.gone_from} to {shape.gone_from + 2}"
    only = f"Only I may release, and {gone}." if may == 1 else f"Two of us may release: {gone}, and then Esi does it."
    facts = by_id(
        Fact("forty", "Edda has told the board: 40 percent less fraud loss this quarter.", value=40.0, unit="percent"),
        Fact("report_says", f"The report of last quarter says: {told:,} thousand euros went to thieves.",
             value=float(told), unit="thousand euros"),
        Fact("today_limits", f"Today {int(truth.tables['stages']['limit_today'].sum())} cards may be on the board.",
             value=float(truth.tables["stages"]["limit_today"].sum()), unit="cards"),
        Fact("called_known_number", f"I sat with 12 payers whose payee had sent new bank details. {shape.called} of "
             "them rang a number that they had before. The others rang the one on the invoice.",
             value=float(shape.called), unit="of 12 payers", held_by="tove"),
        Fact("ticked", f"{ticked} of 100 payers tick “I have checked”. So the warning is read.", value=float(ticked),
             unit="of 100 payers", held_by="tove"),
        Fact("split_by_payment", f"The {shape.claims[MODEL]} percent come from a split by payment: {rings} of 100 "
             "rings are in both halves.", value=float(shape.claims[MODEL]), unit="percent", held_by="arjun",
             supports=on({FEED_ENDS})),
        Fact("unseen_rings", f"Of losses to rings that it has never seen, it finds {shape.unseen} of 100. It lives on "
             "the feed of known rings.", value=float(shape.unseen), unit="of 100", held_by="arjun",
             supports=on({FEED_ENDS})),
        Fact("labels_late", f"It takes {truth.lag} weeks until 95 of 100 losses of a week are reported. Younger weeks "
             "look better than they are.", value=float(truth.lag), unit="weeks", held_by="arjun",
             supports=on({LATE_LABELS})),
        Fact("instant_gone", f"Of what we could hold, {shape.instant} of 100 euros leave by instant payment. They are "
             "gone before anybody picks up the phone.", value=float(shape.instant), unit="of 100 euros", held_by="esi",
             supports=on({MONTH_END})),
        Fact("label_day_price", f"A labelling day a week costs {shape.label_price} of 100 calls. Nobody makes them "
             "later.", value=float(shape.label_price), unit="of 100 calls", held_by="esi", supports=on({MONTH_END})),
        Fact("release_days", f"We release every {days} days, four cards at a time.", value=float(days), unit="days",
             held_by="beatriz", supports=on({ONE_PAIR})),
        Fact("sent_back", f"{back} of 100 cards come back from review, mostly since nobody had said what “done” is.",
             value=float(back), unit="of 100 cards", held_by="beatriz"),
        Fact("at_once", f"On {asked} of the last 20 days somebody wanted something at once, from all of us.",
             value=float(asked), unit="of 20 days", held_by="beatriz"),
        Fact("only_one", only, value=float(may), unit="people", held_by="beatriz", supports=on({ONE_PAIR})),
        Fact("recall_wait", f"A recall waits {shape.recall_wait} hours for my second signature, the largest case like "
             "the smallest.", value=float(shape.recall_wait), unit="hours", held_by="conrad", supports=on({ONE_CASE})),
        Fact("may_decide", f"Up to {shape.may_decide:,} euros the pod may hold and recall without me.",
             value=float(shape.may_decide), unit="euros", held_by="conrad", supports=on({JUST_UNDER})),
        Fact("fraud_moved", f"After our last rule, {moved} of 100 euros that it stopped were lost by the other rail, "
             "within twelve weeks.", value=float(moved), unit="of 100 euros", held_by="conrad",
             supports=on({MOVES_ON})),
        Fact("movable", f"{shape.movable} of 100 euros that we pay out are under contracts that let us check or hold.",
             value=float(shape.movable), unit="of 100 euros", held_by="rhona", supports=on({SAME_DAY})),
        Fact("same_day", f"{clause} of 100 euros must go out the same day: it stands in the contract.",
             value=float(clause), unit="of 100 euros", held_by="rhona", supports=on({SAME_DAY})),
        Fact("leave_after", f"A customer whose good payments we stop {leave} times in a quarter leaves.",
             value=float(leave), unit="stops", held_by="rhona"),
        Fact("stop_at", f"At {truth.stop_at:.2f} good payments stopped of 1,000 I stop the pod, however little is "
             "lost.", value=truth.stop_at, unit="of 1,000 payments", held_by="edda"),
        Fact("later_date", f"The board can bear week {shape.latest}, and no later one, if it hears so before Friday.",
             value=float(shape.latest), unit="week", held_by="edda"),
    )  # fmt: skip
    return surfacing(facts, _surfaces(shape, truth, facts))


def _surfaces(shape: Draw, truth: Truth, facts: Mapping[str, Fact]) -> Mapping[str, Surfaces]:
    def after(weeks: int, how: str) -> Surfaces:
        return Surfaces(TODAY + dt.timedelta(weeks=weeks), how)

    value = {name: fact.value or 0.0 for name, fact in facts.items()}
    second = OF_BEATRIZ[shape.second]
    words = {
        "release_days": f"a release was made every {value['release_days']:.0f} days",
        "sent_back": f"{value['sent_back']:.0f} of 100 cards came back from review",
        "at_once": f"on {value['at_once']:.0f} of 20 days somebody wanted something at once",
    }
    return {
        "called_known_number": after(9, f"{shape.called} of 12 payers rang a number that they had before"),
        "unseen_rings": after(11, f"the model finds {shape.unseen} of 100 euros of rings that it has never seen"),
        "instant_gone": after(7, f"{shape.instant} of 100 euros had left by instant payment before anybody called"),
        "recall_wait": after(5, f"recalls wait {shape.recall_wait} hours for a second signature"),
        "may_decide": after(4, f"the pod may decide alone up to {shape.may_decide:,} euros"),
        "movable": after(8, f"only {shape.movable} of 100 euros are under contracts that let us check or hold"),
        "stop_at": after(10, f"Edda stops the pod at {truth.stop_at:.2f} good payments of 1,000"),
        "labels_late": after(12, f"it takes {truth.lag} weeks until nearly all losses of a week are reported"),
        second: after(6, words[second]),
    }
