"""Has the bet an end: a share, a line, a month, somebody who does not hope, and a place for its people? (A06, O.9)"""

from __future__ import annotations

import numpy as np

from curriculum.artifacts.charter import Charter
from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.cases.product_ml_charter.draw import END_BET, HOPER, NAMES, PADS
from curriculum.cases.product_ml_charter.entries import BET, OUT, month_of
from curriculum.cases.product_ml_charter.search import LOOK, look_costs
from curriculum.cases.product_ml_charter.tables import CHECKS
from curriculum.cases.product_ml_charter.year import NEVER
from curriculum.consequences.product_ml_charter_board import bets, board_of
from curriculum.roleplay.engine import State
from graders.common import blank_at, named, stated, unheard
from graders.product_ml_charter.base import judged_year, rubric
from graders.rubric import Objections, met, objection

NO_BET = "There is no bet, so nothing has to end."
BESIDE = 5.0
"""Parts of 100 that a share may lie beside one at which old curves were read."""
TELLS = 0.1
"""Share of stalls that a line may miss, and of good curves that it may stop, beside what old curves allow."""


@rubric.criterion(
    points=2, voice="henrik", skill="plan_releases", gate=True,
    hints=(
        "On which day does somebody look, at what, and who ends it?",
        "A bet lies in its own lane and has a share of its work, a line, a month and a person.",
    ),
    rests_on=("board_complete",),
    expected="a share, a line, a month and a person, where there is a bet",
)  # fmt: skip
def bet_has_end(roadmap: Roadmap, case: Case) -> Objections:
    """If the bet is worked on, it is laid as a bet and has a share of its work, a line, a month and a person."""
    if not bets(roadmap):
        return met(NO_BET)
    if roadmap.places[PADS].lane != BET:
        lane = named(case, "lanes", roadmap.places[PADS].lane).lower()
        yield objection("laid", f"“{NAMES[PADS][0]}” lies under “{lane}”, as if it could not stall.")
    for place in ("stop_share", "stop_line", "stop_month", "stop_by"):
        yield from blank_at(roadmap, place)
    return met("The bet has a day on which somebody can end it.")


@rubric.criterion(
    points=4, voice="ilse", skill="measure_success",
    hints=(
        "After which share of the work could stalls be told on earlier curves, below which level, and in which month "
        "is that here?",
        "Too early it ends good curves, too late there is nothing left to save. Ilse knows the line.",
        "Below {{ truth.shape.line }} points; on the best board with a bet after "
        "{{ (100 * (truth.near_best_bets[0].board.check or 0)) | int if truth.near_best_bets else 'no' }} parts.",
    ),
    rests_on=("bet_has_end", "stall_recomputes"),
    expected="a share at which old curves were read, the line that parted them, and the month in which it is reached",
)  # fmt: skip
def check_can_tell(roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """The bet is looked at when a stall can be told and still saves something, by the line of earlier curves."""
    if not bets(roadmap):
        return met(NO_BET)
    yield from unheard(case, conversation, "check_tells", "stop_line", "It rests on what earlier curves could tell")
    board, share = board_of(roadmap), roadmap.stop_share or 0.0
    check = board.check or CHECKS[0]
    if abs(share - 100 * check) > BESIDE:
        yield objection("stop_share", f"Nobody has read earlier curves after {stated(share)} of 100 parts.")
        return None
    found, alarms = _told(case, check, roadmap.stop_line or 0.0)
    truth = case.truth.assumed
    if found < truth.finds[check] - TELLS or alarms > truth.alarms[check] + TELLS:
        told = {"stalls found of 100": round(100 * found), "good ended of 100": round(100 * alarms)}
        yield objection("stop_line", f"Below {stated(roadmap.stop_line)} points tells them apart badly.", "", told)
    lost = look_costs(case.seed, board, case.truth.assumed)
    if lost >= LOOK:
        then = {"looked at after": stated(share), "of 100 that the year brings, this loses": round(100 * lost, 1)}
        yield objection("stop_share", "Looked at another time, the same board would bring clearly more.", "", then)
    look, month = judged_year(roadmap, case).found.look, month_of(roadmap.stop_month) or 0
    if look == NEVER or abs(look - month) > 1:
        when = "not this year" if look == NEVER else f"in month {look}"
        row = {"stated": month, "reached": when}
        yield objection("stop_month", f"So much of the work is done {when}, and not in month {month}.", "", row)
    return met(f"After {stated(share)} of 100 parts a stall can be told, and still saves something.")


def _told(case: Case, check: float, line: float) -> tuple[float, float]:
    """Share of stalled and of good earlier curves below a line at this check."""
    old = case.columns["old_curves"]
    below = np.asarray(old[f"level_at_{100 * check:.0f}"]) < line
    stalled = np.asarray(old["stalled"], bool)
    return float(below[stalled].mean()), float(below[~stalled].mean())


@rubric.criterion(
    points=2, voice="maud", skill="decision_rights",
    hints=(
        "Who ends it, and what do they hope for?",
        "`mandates` says who may. Of these, one has put her name to the curve.",
        "Here {{ entries.people[truth.may('end_bet')].label }} may, for one.",
    ),
    rests_on=("bet_has_end",),
    expected="somebody who may end it and does not hope for it, the same as in the charter",
)  # fmt: skip
def ender_is_not_the_hoper(roadmap: Roadmap, case: Case) -> Objections:
    """Whoever ends the bet may do so and does not hope for it."""
    if not bets(roadmap):
        return met(NO_BET)
    label = named(case, "people", roadmap.stop_by)
    if roadmap.stop_by == HOPER:
        yield objection("stop_by", f"{label} hopes for it: it is her curve.")
    elif roadmap.stop_by not in case.truth.shape.may[END_BET]:
        yield objection("stop_by", f"{label} may not end it.", "", {"look at": "mandates"})
    return met(f"{label} may end it, and does not hope for it.")


@rubric.criterion(
    points=1, voice="tomasz", skill="scope_together",
    hints=(
        "If it ends, which work do its people do on the next day?",
        "A card that is not there by then. If all are, one that was left out.",
    ),
    rests_on=("bet_has_end",),
    expected="a card that has not shipped by the month of the look",
)  # fmt: skip
def freed_people_land(roadmap: Roadmap, case: Case) -> Objections:
    """If the bet ends, its people go to a card that still needs them."""
    if not bets(roadmap):
        return met(NO_BET)
    card, month = roadmap.freed_for, month_of(roadmap.step_of(roadmap.freed_for))
    out = card not in roadmap.places or roadmap.places[card].lane == OUT
    if card in ("", PADS):
        yield objection("freed_for", "They go nowhere." if not card else "They go back to the bet.")
    elif not out and month is not None and month < (month_of(roadmap.stop_month) or 0):
        yield objection("freed_for", f"“{named(case, 'cards', card)}” has shipped by then.")
    return met(f"They go to “{named(case, 'cards', card)}”.")


@rubric.criterion(
    points=1, voice="ilse", skill="keep_decisions",
    hints=(
        "On which of your review days is the bet looked at?",
        "One of them lies in the month of the look.",
    ),
    rests_on=("bet_has_end", "charter_complete"),
    expected="a review in the month in which the bet is looked at",
)  # fmt: skip
def review_is_stop_day(charter: Charter, roadmap: Roadmap, case: Case) -> Objections:
    """One of the reviews lies in the month in which the bet is looked at, and whoever ends it there may decide it."""
    if not bets(roadmap):
        return met(NO_BET)
    month = month_of(roadmap.stop_month)
    if not any(day is not None and (day.year, day.month) == (YEAR, month) for day in charter.reviews):
        label = named(case, "steps", roadmap.stop_month)
        yield objection("reviews", f"In {label} the bet is looked at, and nobody meets.")
    right = [each.person for each in charter.rights if each.decision == END_BET]
    if right and roadmap.stop_by not in right:
        row = {"roadmap": named(case, "people", roadmap.stop_by), "charter": named(case, "people", right[0])}
        yield objection("rights", "Roadmap and charter name two who end it.", "", row)
    return met("The look is a day on which people meet.")


YEAR = 2027
