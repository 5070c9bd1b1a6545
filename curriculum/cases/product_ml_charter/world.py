"""Draws one world of `product_ml_charter`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from curriculum.cases.base import Case, Fact
from curriculum.cases.product_ml_charter import entries
from curriculum.cases.product_ml_charter.draw import GENTLE, PROMISED, SLUG, draw
from curriculum.cases.product_ml_charter.facts import TODAY, make_facts
from curriculum.cases.product_ml_charter.people import PEOPLE
from curriculum.cases.product_ml_charter.truth import Truth, make_columns, make_truth
from curriculum.support.dates import full_day
from curriculum.support.worlds import kept_for_worlds

VERSION = 2
"""Raised whenever the same seed gives another world."""
COMPANY = "Pennyroyal"


def simulate(seed: int) -> Case:
    """One December at Pennyroyal. Equal seeds give equal bytes."""
    return _world(seed)


@kept_for_worlds(maxsize=4)
def _world(seed: int) -> Case:
    shape = draw(seed)
    columns = make_columns(seed, shape)
    truth = make_truth(seed, shape, columns)
    facts = make_facts(truth)
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(facts, truth),
        people=PEOPLE,
        facts=facts,
        columns=columns,
        truth=truth,
        more={
            "cards": entries.cards(truth.assumed),
            "roles": entries.roles(truth.assumed),
            "lanes": entries.LANES,
            "steps": entries.STEPS,
            "periods": entries.PERIODS,
            "reasons": entries.REASONS,
            "quantities": entries.QUANTITIES,
            "capabilities": entries.CAPABILITIES,
            "exclusions": entries.EXCLUSIONS,
            "measures": entries.MEASURES,
            "windows": entries.WINDOWS,
            "decisions": entries.DECISIONS,
            "outcomes": entries.OUTCOMES,
        },
        circumstances=_circumstances(truth),
    )


def _circumstances(truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world, so that it calls nothing wrong that is as good."""
    near = truth.near_best
    gentle = truth.held_by(GENTLE)
    months = [each.board.promises.get(gentle) for each in near]
    return MappingProxyType(
        {
            "bet_pays": int(all(each.bets for each in near)),
            "bet_hurts": int(not any(each.bets for each in near)),
            "gentle_may_go": int(None in months),
            "gentle_may_move": int(any(month is not None and month > PROMISED[gentle] for month in months)),
            "gentle_may_stay": int(PROMISED[gentle] in months),
        }
    )


def _brief(facts: Mapping[str, Fact], truth: Truth) -> str:
    return (
        f"**From:** Maud Ferrar, managing director · **To:** you · **Subject:** one plan for next year\n\n"
        f"Today is {full_day(TODAY)}. Pennyroyal reads receipts for small firms. {facts['promised_months'].label} The "
        f"lab has its curves, and somebody stapled both together. Whoever did it says that it fits. Bring me one "
        f"charter that product and data science both sign, a roadmap of twelve months, and how work is handed over.\n\n"
        f"- A card's money is its margin a month, and what it spares us, from the month after it ships until month "
        f"18. It counts only if it ships by month 12. A date stands only if it holds in three years of four, at "
        f"least.\n"
        f"- Data science and design begin at once. ML engineering and the app begin when the capability stands.\n"
        f"- One card takes at most 70 of 100 parts of a function in a month; more people do not make it faster.\n"
        f"- A promise can be kept, moved to a later month, or withdrawn. What a broken or a withdrawn one costs on "
        f"paper is in `promises`; of a later month the contracts say nothing.\n"
        f"- In each month in which data science works on handwritten pads, labels cost {truth.shape.labels} thousand "
        f"€.\n"
        f"- People put the phone away after {truth.need} milliseconds. A machine may cost {truth.budget:,} € a month.\n"
        f"- A check before a handover stops {truth.shape.stops} of 100 returns for its reason. After a handover "
        f"somebody carries the pager for {truth.shape.pager_weeks} weeks at least.\n"
    )
