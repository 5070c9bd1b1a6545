"""Does the roadmap hold and pay in the true world, on years that nobody has seen? (A06, O.1, O.4, O.6)"""

from __future__ import annotations

from collections import Counter

from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.cases.product_ml_charter.draw import FUNCTION_NAMES, FUNCTIONS, NAMES
from curriculum.cases.product_ml_charter.entries import OUT
from curriculum.cases.product_ml_charter.search import HOLDS, WORTH, due_by
from curriculum.consequences.product_ml_charter_board import board_of
from graders.common import incomplete, named
from graders.product_ml_charter.base import judged_year, rubric
from graders.rubric import Objections, met, objection

FULL = 1.0


@rubric.criterion(
    points=1, voice="maud", skill="write_specs", gate=True,
    hints=(
        "Could somebody work with it on 2 January without asking you?",
        "Five cards in lanes, a month where the lane has months, six numbers that it rests on, the kind of work that "
        "is over-full, and what stands on what.",
    ),
    met="Every card lies somewhere, and what it rests on is said.",
)  # fmt: skip
def board_complete(roadmap: Roadmap, case: Case) -> Objections:
    """Each of the five cards lies in a lane, with its month where the lane has months, and what it rests on is said."""
    yield from incomplete(
        roadmap, case, "laid", "assumptions", "assumptions[].quantity", "assumptions[].value", "fullest", "links",
        "links[].card", "links[].capability", "links[].stands",
    )  # fmt: skip
    for card in NAMES:
        place = roadmap.places.get(card)
        if place is None:
            yield objection(
                "laid", f"“{NAMES[card][0]}” lies nowhere.", "each card in a lane, or under “not this year”"
            )
        elif place.lane != OUT and not place.step:
            yield objection("laid", f"“{NAMES[card][0]}” has no month.", "a month at each card that is worked on")
    given = Counter(each.quantity for each in roadmap.assumptions)
    for quantity in case.registry.entries("quantities"):
        if given[quantity] != 1:
            how = "is not among the numbers" if not given[quantity] else "stands twice among the numbers"
            said = f"“{named(case, 'quantities', quantity)}” {how}."
            yield objection("assumptions", said, "the six numbers that a plan rests on, each once")


@rubric.criterion(
    points=3, voice="tomasz", skill="scope_together", gate=True,
    hints=(
        "Add up what is due by each promised month, on real weeks: does it fit into what people can give until then?",
        "Count what goes before it, too, and of a bet only what is done until somebody looks at it.",
        "The function that is over-full with all five cards is {{ truth.says.tight }}.",
    ),
    rests_on=("board_complete",),
    expected="by each promised month no more real work than people can give until then",
)  # fmt: skip
def promised_work_fits(roadmap: Roadmap, case: Case) -> Objections:
    """By each promised month, the real work that goes before it and the promise itself fit into what people can
    give."""
    board, most = board_of(roadmap), 0.0
    for card, month in board.promises.items():
        for name in FUNCTIONS:
            share = due_by(board, card, name, case.truth.assumed) / (month * case.truth.assumed.capacity[name])
            most = max(most, share)
            if share > FULL:
                row = {"by month": month, "kind of work": FUNCTION_NAMES[name], "of 100": round(100 * share)}
                said = (
                    f"By month {month}, when “{NAMES[card][0]}” is promised, {FUNCTION_NAMES[name]} has "
                    f"{100 * share:.0f} of 100 parts to do."
                )
                yield objection("laid", said, "", row)
    return met(f"The fullest kind of work has {100 * most:.0f} of 100 parts to do by a promised month.")


@rubric.criterion(
    points=4, voice="bea", skill="scope_together", gate=True,
    hints=(
        "In how many of a hundred years is each promise kept? Run the year on real weeks.",
        "A promise that stands too early can be moved; what goes before it can go behind it.",
        "A board that holds here: {% for card, lane, step in truth.laid(truth.best) %}{{ card }} "
        "{{ step or lane }}{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("board_complete",),
    expected="each promise that stands kept in three of four unseen years",
)  # fmt: skip
def promises_hold(roadmap: Roadmap, case: Case) -> Objections:
    """Each promise that stands is kept in at least three of four years that nobody has seen."""
    chances = judged_year(roadmap, case).chances
    for card, chance in chances.items():
        if chance < HOLDS:
            row = {"promise": NAMES[card][0], "month": board_of(roadmap).promises[card], "kept": f"{100 * chance:.0f}"}
            yield objection("laid", f"“{NAMES[card][0]}” is kept in {100 * chance:.0f} of 100 years.", "", row)
    if not chances:
        return met("No promise stands, so none is broken.")
    return met(f"The weakest promise is kept in {100 * min(chances.values()):.0f} of 100 years.")


@rubric.criterion(
    points=10, voice="henrik", skill="weigh_trade_offs",
    hints=(
        "What does the year bring with another promise given way, and with or without the bet?",
        "Change one thing at a time and run the year: who gives way, what is not done, whether the bet is there.",
        "{{ 'The bet is on the best board that is known.' if truth.best.bets else 'The best board that is known has no "
        "bet.' }}",
    ),
    rests_on=("board_complete", "ratios_recompute", "stall_recomputes"),
    expected="nine tenths of what the best board that is known brings",
)  # fmt: skip
def board_is_worth_it(roadmap: Roadmap, case: Case) -> Objections:
    """The board brings at least nine tenths of what the best board brings that is known for this world."""
    worth, best = judged_year(roadmap, case).found.worth, case.truth.best.worth
    if worth < WORTH * best:
        row = {"mean of unseen years (€ thousand)": round(worth)}
        said = f"On unseen years it brings {worth:,.0f} thousand €, {100 * worth / best:.0f} of 100 of what is known."
        yield objection("laid", said.replace("-", "−"), "", row)
    return met(f"It brings {100 * worth / best:.0f} of 100 of what the best board brings that is known.")
