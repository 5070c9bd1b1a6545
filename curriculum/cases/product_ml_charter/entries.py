"""What the documents of `product_ml_charter` may name, besides people and facts."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import DatedCard, Entry, Lane, Role, by_id
from curriculum.cases.product_ml_charter.draw import (
    CARDS,
    FUNCTION_NAMES,
    FUNCTIONS,
    MONTHS,
    NAMES,
    PROMISED,
)
from curriculum.cases.product_ml_charter.tables import LOAD_MONTHS, RETURNS
from curriculum.cases.product_ml_charter.year import Assumed

PROMISE, WORK, BET, OUT = "promise", "work", "bet", "out"
LANES = by_id(
    Lane(PROMISE, "Promised outside", "Somebody has been told a month.", timed=True),
    Lane(WORK, "Work without a promise", "It is done when there is room.", timed=True),
    Lane(BET, "A bet", "It may stall; somebody ends it on a day.", timed=True, most=1),
    Lane(OUT, "Not this year", "Said openly. A promise that lies here is withdrawn."),
)
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
STEPS = by_id(*(Entry(f"m{n}", name[:3], name) for n, name in enumerate(MONTH_NAMES, start=1)))
PERIODS = by_id(*(Entry(f"q{n}", f"Q{n}") for n in range(1, 5)))


def step(month: int) -> str:
    """Id of a month from 1 to 12; raises ValueError for another."""
    if not 1 <= month <= MONTHS:
        raise ValueError(f"there is no month {month}")
    return f"m{month}"


def month_of(step_id: str) -> int | None:
    """The month of a step's id; None where it is none."""
    return list(STEPS).index(step_id) + 1 if step_id in STEPS else None


def cards(assumed: Assumed) -> Mapping[str, DatedCard]:
    """The five cards with planned person-months, those that were promised with their month."""
    return by_id(
        *(
            DatedCard(
                card, *NAMES[card], effort=dict(assumed.effort[card]),
                due=step(PROMISED[card]) if card in PROMISED else "",
            )
            for card in CARDS
        )
    )  # fmt: skip


def roles(assumed: Assumed) -> Mapping[str, Role]:
    """The four functions with what they can give over the 11 months that are compared."""
    return by_id(
        *(Role(name, FUNCTION_NAMES[name], capacity=round(LOAD_MONTHS * assumed.capacity[name], 1))
          for name in FUNCTIONS)
    )  # fmt: skip


REASONS = by_id(*(Entry(id, label[0].upper() + label[1:]) for id, label in RETURNS))

QUANTITIES = by_id(
    Entry("ratio_ml", "Real over planned work, ML engineering", "Times the plan, as 1.3."),
    Entry("ratio_app", "Real over planned work, app", "Times the plan, as 1.3."),
    Entry("ratio_design", "Real over planned work, design", "Times the plan, as 1.3."),
    Entry("stall", "Futures in which the bet stalls", "Of 100."),
    Entry("mix", "Pads of the field that come from the two printers", "Of 100."),
    Entry("match_margin", "Margin of “Matching”, with all that it spares us", "€ thousand a month."),
)
CAPABILITIES = by_id(*(Entry(f"can_{card}", f"The model of “{NAMES[card][0]}” is good enough") for card in CARDS))
EXCLUSIONS = by_id(
    Entry("not_this_year", "The card is not begun this year"),
    Entry("later_date", "The card does not come in the month that was said"),
    Entry("no_endless_bet", "The bet does not go on after its day"),
    Entry("nothing", "Nothing; we do it all"),
)
MEASURES = by_id(
    Entry("wrong_posts", "Wrong postings (of 100)"),
    Entry("latency_p95", "Slowest five of 100 answers (milliseconds)"),
    Entry("returned", "Handovers that come back (of 100)"),
    Entry("pads_error", "Errors on pads (of 100)"),
)
WINDOWS = by_id(Entry("week", "A week"), Entry("month", "A month"), Entry("quarter", "A quarter"))
DECISIONS = by_id(
    Entry("end_bet", "To end the bet"),
    Entry("move_promise", "To move or withdraw a promise"),
    Entry("take_over", "To take a capability into production"),
    Entry("change_target", "To change a target"),
)
OUTCOMES = by_id(Entry("kept", "Kept"), Entry("moved", "Moved"), Entry("withdrawn", "Withdrawn"))
