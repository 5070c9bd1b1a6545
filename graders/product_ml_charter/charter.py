"""Who decides, when it is looked at again, and which limits users and machines set. (A06, O.5, O.7, O.8)"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

from curriculum.artifacts.charter import Charter
from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.cases.product_ml_charter.draw import (
    END_BET,
    INSTANT,
    MOVE_PROMISE,
    POSTS,
    PROMISED,
)
from curriculum.cases.product_ml_charter.facts import TODAY
from curriculum.consequences.product_ml_charter_board import bets, board_of
from curriculum.roleplay.engine import State
from graders.common import named, placed, stated, unheard
from graders.product_ml_charter.base import WITHDRAWN, becomes, rubric
from graders.rubric import Objections, met, objection

YEAR_ENDS = dt.date(2027, 12, 31)
WEEKS_13 = 91
WRONG_POSTS, LATENCY, PADS_ERROR = "wrong_posts", "latency_p95", "pads_error"
TINY = 1e-9
STRICTEST = 0.6
"""Parts of the users' limit below which a stricter one is a promise that nobody asked for."""


@rubric.criterion(
    points=6, voice="farida", skill="translate_constraints",
    hints=(
        "How many wrong postings of 100 do bookkeepers bear before they switch it off?",
        "Farida has sat beside them. A limit above theirs is none; half of theirs is a promise nobody asked for.",
        "Theirs is {{ truth.shape.wrong_posts }} of 100.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="a limit for wrong postings that users set: theirs, or a little stricter",
)  # fmt: skip
def wrong_posts_are_users_limit(charter: Charter, roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """Where sure receipts book themselves, the limit for wrong ones is the one at which users switch it off."""
    limits = [(place, each) for place, each in placed("targets", charter.targets) if each.measure == WRONG_POSTS]
    if POSTS not in board_of(roadmap).order and not limits:
        return met("No receipt books itself this year.")
    yield from unheard(case, conversation, "wrong_post_limit", "targets", "It rests on what bookkeepers bear")
    bear = case.truth.shape.wrong_posts
    if not limits:
        yield objection("targets", "Receipts book themselves, and no target says how many may be wrong.")
    for place, each in limits:
        if each.limit is None or not STRICTEST * bear - TINY <= each.limit <= bear + TINY:
            how = "more than bookkeepers bear" if (each.limit or 0.0) > bear else "far below what anybody needs"
            yield objection(f"{place}.limit", f"{stated(each.limit)} wrong of 100 is {how}.")
    return met("The limit is that of the users.")


@rubric.criterion(
    points=2, voice="tomasz", skill="translate_constraints",
    hints=(
        "How quick is the quickest machine that may be paid, and how long do people wait?",
        "The brief has both limits; `latency` has the machines.",
        "Between {{ truth.quickest }} and {{ truth.need }} milliseconds.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="a limit that people wait for, and that a machine within the budget reaches",
)  # fmt: skip
def latency_from_hardware(charter: Charter, roadmap: Roadmap, case: Case) -> Objections:
    """Where receipts are read while the phone is in the hand, the limit is one that people wait for and a machine
    reaches."""
    limits = [(place, each) for place, each in placed("targets", charter.targets) if each.measure == LATENCY]
    if INSTANT not in board_of(roadmap).order and not limits:
        return met("Nothing is read in the hand this year.")
    if not limits:
        yield objection("targets", "Receipts are read in the hand, and no target says how fast.")
    for place, each in limits:
        limit = each.limit or 0.0
        if limit < case.truth.quickest:
            row = {"stated": stated(limit), "look at": "latency"}
            yield objection(f"{place}.limit", f"No machine within the budget answers in {stated(limit)} ms.", "", row)
        elif limit > case.truth.need:
            yield objection(f"{place}.limit", f"After {stated(limit)} ms the phone is put away.")
    return met("A machine reaches what people wait for.")


@rubric.criterion(
    points=2, voice="ilse", skill="translate_constraints",
    hints=(
        "With how many errors of 100 does somebody buy pads, and does the charter say so?",
        "Ilse names the limit when she says how many futures get below it. It is a target as long as the bet is on.",
        "It is {{ truth.shape.limit }} of 100.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="where pads are worked on, a limit for their errors that buyers set: theirs, or a little stricter",
)  # fmt: skip
def pads_target_sells(charter: Charter, roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """Where the bet is worked on, the limit for errors on pads is one with which somebody buys them."""
    limits = [(place, each) for place, each in placed("targets", charter.targets) if each.measure == PADS_ERROR]
    if not bets(roadmap) and not limits:
        return met("Nobody works on pads this year.")
    yield from unheard(case, conversation, "stall_claimed", "targets", "It rests on when pads can be sold")
    sells = case.truth.shape.limit
    if not limits:
        yield objection("targets", "Pads are worked on, and no target says how good they have to be.")
    for place, each in limits:
        if each.limit is None or not STRICTEST * sells - TINY <= each.limit <= sells + TINY:
            how = "more than anybody buys" if (each.limit or 0.0) > sells else "far below what anybody asks for"
            yield objection(f"{place}.limit", f"{stated(each.limit)} errors of 100 are {how}.")
    return met("The limit is that of the buyers.")


@rubric.criterion(
    points=2, voice="maud", skill="decision_rights",
    hints=(
        "One name for each decision: may they, and up to which sum?",
        "`mandates` says who may. Taking back what this board takes back costs something on paper; the sum must reach.",
        "To move a promise, {{ entries.people[truth.may('move_promise')].label }} may go far enough.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="one person for each decision, who may, and for promises a sum that covers what is taken back",
)  # fmt: skip
def rights_single_limited(charter: Charter, roadmap: Roadmap, case: Case) -> Objections:
    """Each decision has one person who may take it, up to a sum that they have and that is enough."""
    may, count = case.truth.shape.may, Counter(each.decision for each in charter.rights)
    for decision in may:
        if decision == END_BET and not bets(roadmap):
            continue
        if count[decision] != 1:
            label = named(case, "decisions", decision)
            said = f"“{label}” belongs to nobody." if not count[decision] else f"“{label}” belongs to several."
            yield objection("rights", said)
    board = board_of(roadmap)
    paper = sum(case.truth.paper_withdrawn[card] for card in PROMISED if becomes(board, card) == WITHDRAWN)
    for place, each in placed("rights", charter.rights):
        people = may.get(each.decision, {})
        label = named(case, "people", each.person)
        if each.decision in may and each.person not in people:
            row = {"decision": named(case, "decisions", each.decision), "look at": "mandates"}
            yield objection(f"{place}.person", f"{label} may not decide this.", "", row)
        elif each.decision == MOVE_PROMISE and each.person in people:
            if each.limit is None or each.limit <= 0:
                yield objection(f"{place}.limit", f"{label} may move promises up to no sum.")
            elif each.limit > people[each.person] + TINY:
                yield objection(f"{place}.limit", f"{label} may not go as far as {stated(each.limit)} thousand €.")
            elif each.limit < paper - TINY:
                row = {"stated": stated(each.limit), "on paper": paper}
                yield objection(f"{place}.limit", "What is taken back costs more on paper.", "", row)
    return met("Each decision has one person, who may.")


@rubric.criterion(
    points=1, voice="maud", skill="run_meetings",
    hints=(
        "From today to the end of next year: how long is the longest time in which nobody looks?",
        "At most thirteen weeks, the first and the last stretch too.",
    ),
    rests_on=("charter_complete",),
    expected="at most thirteen weeks between two reviews, from today to the end of 2027",
)  # fmt: skip
def reviews_within_13_weeks(charter: Charter, case: Case) -> Objections:
    """From today to the end of 2027, no more than thirteen weeks pass without a review."""
    for place, day in placed("reviews", charter.reviews):
        if day is not None and day < TODAY:
            yield objection(place, f"{day.isoformat()} is over: today is {TODAY.isoformat()}.")
    days = sorted({day for day in charter.reviews if day is not None and TODAY <= day <= YEAR_ENDS})
    for before, after in pairwise((TODAY, *days, YEAR_ENDS)):
        if (after - before).days > WEEKS_13:
            row = {"from": before.isoformat(), "to": after.isoformat(), "days": (after - before).days}
            yield objection("reviews", f"For {(after - before).days} days nobody looks at it.", "", row)
    return met(f"{len(days)} reviews, never more than thirteen weeks apart.")
