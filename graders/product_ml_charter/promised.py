"""What becomes of dates that were said outside: who is told, when, and whether it had to be. (A06, O.1)"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from curriculum.artifacts.charter import Charter
from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.cases.product_ml_charter.draw import CARDS, GENTLE, NAMES, PADS, PROMISED
from curriculum.cases.product_ml_charter.entries import PROMISE
from curriculum.cases.product_ml_charter.facts import TODAY
from curriculum.cases.product_ml_charter.search import needless
from curriculum.consequences.product_ml_charter_board import bets, board_of
from curriculum.roleplay.engine import State
from graders.common import incomplete, named, placed, stated, unheard
from graders.product_ml_charter.base import KEPT, MOVED, WITHDRAWN, becomes, changed, judged_year, rubric
from graders.rubric import NotYet, Objections, met, objection

DECEMBER_ENDS = dt.date(2026, 12, 31)
OUTCOMES = {KEPT: (KEPT,), MOVED: (MOVED,), WITHDRAWN: (WITHDRAWN,)}


@rubric.criterion(
    points=3, voice="bea", skill="scope_together",
    hints=(
        "Who has their year built on a date, and says little?",
        "What withdrawing costs on paper and what it costs are two things. Bea knows, if she is asked about two.",
        "It is {{ truth.says.hard }}.",
    ),
    rests_on=("board_complete",),
    expected="the promise of the one who cannot wait, kept or moved, never withdrawn",
)  # fmt: skip
def hard_promise_stands(roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """Whoever has built their year on a date still has one, unless the year is as good without."""
    yield from unheard(case, conversation, "hard", "laid", "It rests on who cannot wait")
    hard = case.truth.hard
    if hard not in board_of(roadmap).promises and judged_year(roadmap, case).found.worth < case.truth.best.worth:
        yield objection("laid", f"“{NAMES[hard][0]}” is taken back, and its holder has their year built on it.")
    return met(f"“{NAMES[hard][0]}” stands.")


@rubric.criterion(
    points=2, voice="bea", skill="weigh_trade_offs",
    hints=(
        "Would the year bring more with this promise kept, or moved by a month or two?",
        "Put it back with its month, run the year, and look at the mean and at each promise.",
    ),
    rests_on=("promises_hold",),
    expected="a promise taken back only where no year is better that keeps or moves it",
)  # fmt: skip
def gentle_only_if_needed(roadmap: Roadmap, case: Case) -> Objections:
    """No promise is taken back that the year could have kept and been better for."""
    board = board_of(roadmap)
    for card in needless(case.seed, board, case.truth.assumed):
        row = {"promise": NAMES[card][0], "look at": "the hundred years with it and without"}
        yield objection("laid", f"“{NAMES[card][0]}” is taken back, and the year would be better if it stood.", "", row)
    return met("No promise is taken back that could have stood.")


@rubric.criterion(
    points=1, voice="maud", skill="write_specs", gate=True,
    hints=(
        "Could both sign it tomorrow?",
        "Principles with what they exclude, targets, who decides, days of review, and each promise.",
    ),
    met="Both can sign it.",
)  # fmt: skip
def charter_complete(charter: Charter, case: Case) -> Objections:
    """Every part of the charter is filled."""
    yield from incomplete(
        charter, case, "principles", "principles[].sentence", "principles[].excludes", "principles[].card", "targets",
        "targets[].measure", "targets[].limit", "lowest_chance", "bad_year", "rights", "rights[].decision",
        "rights[].person", "reviews", "promises", "promises[].card", "promises[].becomes",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="maud", skill="keep_decisions",
    hints=(
        "What is not done because of this sentence? Look at the board.",
        "“Not this year” needs a card that is not worked on; “later” a promise that is moved or taken back; “no "
        "endless bet” a bet with its end.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="sentences that keep a card off the board, or behind the month that was said",
)  # fmt: skip
def principle_excludes(charter: Charter, roadmap: Roadmap, case: Case) -> Objections:
    """Each principle costs something: what it excludes is excluded on the board."""
    board, costs = board_of(roadmap), Counter((each.excludes, each.card) for each in charter.principles)
    for place, each in placed("principles", charter.principles):
        label = named(case, "cards", each.card)
        said = {
            "not_this_year": each.card not in board.order,
            "later_date": each.card in PROMISED and becomes(board, each.card) != KEPT,
            "no_endless_bet": each.card == PADS and board.check is not None and PADS in board.order,
        }
        if each.excludes not in said:
            yield objection(f"{place}.excludes", f"“{each.sentence[:60]}” keeps nothing away.")
        elif not said[each.excludes]:
            what = named(case, "exclusions", each.excludes).lower()
            yield objection(f"{place}.card", f"“{label}”: {what}, and the board says something else.")
        elif costs[each.excludes, each.card] > 1:
            yield objection(f"{place}.card", f"Another principle costs the same, and on “{label}”, too.")
    return met("Each principle moved a card.")


@rubric.criterion(
    points=3, voice="bea", skill="communicate_harm",
    hints=(
        "When does a customer hear it, and who can wait at all?",
        "In December, before their own year is planned. Bea knows who takes it how.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="a day of this December for each promise that is moved or taken back",
)  # fmt: skip
def promise_told_early(charter: Charter, roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """Whoever gets another date, or none, hears it this December."""
    gone = changed(board_of(roadmap))
    if gone:
        yield from unheard(case, conversation, "gentle", "promises", "It rests on who can wait")
    for card in gone:
        lines = [(place, each) for place, each in placed("promises", charter.promises) if each.card == card]
        if not lines:
            yield objection("promises", f"Nobody tells the holder of “{NAMES[card][0]}”.")
        for place, each in lines:
            if each.told is None or not TODAY <= each.told <= DECEMBER_ENDS:
                when = "on no day" if each.told is None else f"on {each.told.isoformat()}"
                row = {"promise": NAMES[card][0], "today": TODAY.isoformat()}
                yield objection(f"{place}.told", f"Its holder hears it {when}.", "", row)
    if not gone:
        return met("No promise changes.")
    return met("Whoever gets another date hears it in December.")


@rubric.criterion(
    points=2, voice="maud", skill="keep_decisions",
    hints=(
        "Roadmap and charter side by side: does each promise say the same in both?",
        "Kept is the month that was said, moved a later one, withdrawn a card that lies in another lane.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="for each of the three promises what the board makes of it",
)  # fmt: skip
def charter_says_what_board_does(charter: Charter, roadmap: Roadmap, case: Case) -> Objections:
    """For each promise the charter says what the roadmap makes of it."""
    board = board_of(roadmap)
    said = {each.card: (place, each.becomes) for place, each in reversed(list(placed("promises", charter.promises)))}
    for card in PROMISED:
        place, word = said.get(card, ("promises", ""))
        true = becomes(board, card)
        if word not in OUTCOMES[true]:
            row = {"charter": named(case, "outcomes", word), "roadmap": named(case, "outcomes", true)}
            yield objection(f"{place}.becomes" if word else place, f"“{NAMES[card][0]}”: the two say other things.",
                            "", row)  # fmt: skip
    for card in roadmap.lane(PROMISE):
        if card not in PROMISED:
            said_of = f"“{named(case, 'cards', card)}” lies among the promises, and nobody was promised it."
            yield objection("promises", said_of, "a card that was promised to nobody under “work without a promise”")
    return met("Charter and roadmap say the same of each promise.")


@rubric.criterion(
    points=2, voice="bea", skill="keep_decisions",
    hints=(
        "What did you say when it was signed, and does the board say the same?",
        "The bet, and the promise of the one who can wait: what was said of them is what is written.",
    ),
    rests_on=("board_complete", "charter_complete"),
    expected="what was said at the signing: of the bet, of the promise that can wait, of the one that cannot",
)  # fmt: skip
def said_is_signed(charter: Charter, roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """What was said at the signing of the bet and of the promises is what the documents say."""
    board, taken = board_of(roadmap), set(conversation.taken)
    if not taken & {*SAYS_BET, *SAYS_GENTLE, CHEAPEST, NOTHING}:
        raise NotYet("conversation", "the signing is over")
    for said, there in SAYS_BET.items():
        if said in taken and bets(roadmap) is not there:
            yield objection("promises", "Of the bet, the signing heard something else than the board says.")
    for said, (least, most) in SAYS_LOOK.items():
        if said in taken and board.check is not None and not least <= board.check <= most:
            row = {"said": f"{100 * least:.0f} to {100 * most:.0f}", "on the board": stated(roadmap.stop_share)}
            yield objection("promises", "Of the look at the bet, the signing heard another share of the work.", "", row)
    for said, word in SAYS_GENTLE.items():
        card = case.truth.held_by(GENTLE)
        if said in taken and becomes(board, card) != word:
            true = named(case, "outcomes", becomes(board, card)).lower()
            yield objection("promises", f"“{NAMES[card][0]}” is {true}, and the signing heard something else.")
    if CHEAPEST in taken and case.truth.hard in board.promises:
        yield objection("promises", "At the signing the cheapest one was taken back, and on the board it stands.")
    if NOTHING in taken and changed(board):
        yield objection("promises", "At the signing nothing was to change, and on the board it does.")
    if taken & SAYS_ALL and len(board.order) < len(CARDS):
        yield objection("promises", "At the signing all five were to be kept, and on the board not all are.")
    return met("Signing and documents say the same.")


SAYS_BET = {"bet_is_out": False, "hold_earlier": True, "later_it_is": True, "you_will_know": True}
SAYS_GENTLE = {"call_off": WITHDRAWN, "call_later": MOVED, "call_others": KEPT}
SAYS_LOOK = {"hold_earlier": (0.0, 0.45), "later_it_is": (0.7, 1.0)}
"""Shares of the bet's work after which it is looked at, as old curves were read, by what was said of the look."""
CHEAPEST, NOTHING = "cheapest_goes", "see_in_autumn"
SAYS_ALL = {"shall_try", "keep_and_see"}


@rubric.criterion(
    points=1, voice="bea", skill="weigh_trade_offs",
    hints=(
        "In how many of a hundred years is your weakest promise kept?",
        "The charter must not say more than the board keeps, nor less than three of four.",
        "At least 75; the best board that is known would carry {{ (100 * truth.best.weakest) | int }}.",
    ),
    rests_on=("promises_hold", "charter_complete"),
    expected="from 75 to what the weakest promise of this board reaches",
)  # fmt: skip
def chance_is_reached(charter: Charter, roadmap: Roadmap, case: Case) -> Objections:
    """The lowest chance that the charter grants a promise is reached by each promise that stands."""
    chances = judged_year(roadmap, case).chances
    weakest, said = 100 * min(chances.values(), default=1.0), charter.lowest_chance or 0.0
    if said < LEAST:
        yield objection("lowest_chance", f"{stated(said)} of 100 is less than three years of four.")
    elif said > weakest + 3.0:
        row = {"charter": stated(said), "weakest promise on unseen years": round(weakest)}
        yield objection(
            "lowest_chance", f"{stated(said)} of 100 is said, and a promise holds in {weakest:.0f}.", "", row
        )
    return met(f"{stated(said)} of 100 is said, and the weakest promise holds in {weakest:.0f}.")


LEAST = 75.0
