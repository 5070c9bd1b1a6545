"""Draws one world of `complaint_to_plan`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from curriculum.cases.base import Case, Fact, random
from curriculum.cases.complaint_to_plan import entries
from curriculum.cases.complaint_to_plan.draw import (
    CAUSES,
    EIGHT,
    SCAN,
    SLUG,
    SUITS,
    TODAY,
    Draw,
    draw,
)
from curriculum.cases.complaint_to_plan.facts import Auc, make_facts
from curriculum.cases.complaint_to_plan.people import PEOPLE
from curriculum.cases.complaint_to_plan.readiness import ENOUGH_RUNS, LEAST_COVERAGE, MOST_NOISE, MOST_OF_BUDGET, timed
from curriculum.cases.complaint_to_plan.tables import (
    audit_table,
    audited_rows,
    known_table,
    parcel_table,
    runs_table,
    snapshot_table,
    ticket_table,
    trials_table,
)
from curriculum.cases.complaint_to_plan.tasks import COST, MODEL, NAMES, OVERWRITTEN, RULE, WORDING, Task
from curriculum.cases.complaint_to_plan.truth import Truth
from curriculum.cases.complaint_to_plan.yields import LAST, RANDOM, judged, shown
from curriculum.support.dates import full_day

VERSION = 1
COMPANY = "Corvane Parcels"
TICKETS = 2_400
OSKARS = ("load", "stops", "route", "status")
"""What Oskar's model reads."""
_OWNERS = {
    "volumes": ("hanne", "leila"), "weather": ("leila", "oskar"), "tours": ("hanne", "leila"),
    "loading": ("hanne", "leila"), "vans": ("leila", "hanne"), "tracking": ("leila", "sunniva"),
}  # fmt: skip
"""By feed: who could own it; one of them does."""


def simulate(seed: int) -> Case:
    """One September at Corvane Parcels. Equal seeds give equal bytes."""
    shape, parcels = draw(seed), shown(seed)
    rng = random(SLUG, seed, "tables")
    owners = {feed: str(rng.choice(people)) for feed, people in _OWNERS.items()}
    auc = _auc(seed)
    nights = int(rng.integers(3, 10))
    announced = int(rng.integers(96, 100))
    runs = runs_table(shape, random(SLUG, seed, "runs"))
    share = float(rng.uniform(28, 54))
    others = rng.uniform(5.0, 14.0, len(entries.TOPICS) - 1)
    shares = {entries.NOTHING_CAME: share}
    rest = [name for name in entries.TOPICS if name != entries.NOTHING_CAME]
    shares |= {name: (100 - share) * part / others.sum() for name, part in zip(rest, others, strict=True)}
    tickets = ticket_table(parcels, shares, random(SLUG, seed, "tickets"), TICKETS)
    about = entries.TOPICS[entries.NOTHING_CAME].label
    facts = make_facts(shape, parcels, auc, nights, announced)
    truth = Truth(
        seed=seed,
        shape=shape,
        auc=auc,
        owners=MappingProxyType({**owners, entries.PARTNERS_FEED: shape.feed_owner}),
        topic_share=100 * float((tickets["topic"] == about).mean()),
        runs=timed(runs),
    )
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(shape, truth.decided_on, facts),
        people=PEOPLE,
        facts=facts,
        columns={
            "parcels": parcel_table(parcels),
            "known_at": known_table(owners),
            "snapshots": snapshot_table(parcels),
            "audit": audit_table(parcels, audited_rows(parcels, random(SLUG, seed, "audit"))),
            "tickets": tickets,
            "trials": trials_table(shape, random(SLUG, seed, "trials")),
            "runs": runs,
        },
        truth=truth,
        more={
            "topics": entries.TOPICS,
            "causes": entries.CAUSE_ENTRIES,
            "units": entries.UNITS,
            "ways": entries.WAY_ENTRIES,
            "moments": entries.MOMENT_ENTRIES,
            "labels": entries.LABEL_ENTRIES,
            "horizons": entries.HORIZONS,
            "actions": entries.ACTIONS,
            "columns": entries.COLUMNS,
            "splits": entries.SPLITS,
            "measures": entries.MEASURES,
            "baselines": entries.BASELINES,
            "treatments": entries.TREATMENT_ENTRIES,
            "questions": entries.QUESTIONS,
            "segments": entries.SEGMENT_ENTRIES,
            "feeds": entries.FEEDS,
            "fallbacks": entries.FALLBACKS,
            "watches": entries.WATCHES,
            "reasons": entries.REASONS,
            "assumptions": entries.ASSUMPTIONS,
            "tests": entries.TESTS,
        },
        circumstances=_circumstances(shape),
    )


def _auc(seed: int) -> Auc:
    """What Oskar's model reaches: trained on whether the scan came, without asking when a column is written."""

    def found(columns: tuple[str, ...], split: str) -> float:
        return round(judged(seed, Task(MODEL, EIGHT, SCAN, columns), split), 2)

    bare = tuple(name for name in OSKARS if name != OVERWRITTEN)
    nameless = tuple(name for name in bare if name != NAMES)
    return Auc(
        found(OSKARS, RANDOM), found(bare, RANDOM), found(nameless, RANDOM), found(bare, LAST), found(nameless, LAST)
    )


def _circumstances(shape: Draw) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    return MappingProxyType(
        {
            **{f"{cause}_world": int(shape.cause == cause) for cause in CAUSES},
            "partners_blind": int(shape.partners_blind),
            "books_late": int(shape.books_late),
            "gps_blank": int(not shape.books_late),
            "feed_idris": int(shape.feed_owner == "idris"),
            **{f"accepts_{person}": int(shape.accepts == person) for person in ("marit", "paula", "sunniva")},
            "runs_few": int(shape.few_runs == SUITS[shape.cause]),
        }
    )


def _brief(shape: Draw, decided_on: dt.date, facts: Mapping[str, Fact]) -> str:
    accepts = PEOPLE[shape.accepts].label
    return (
        f"**From:** Marit Solberg, head of product · **To:** you · **Subject:** The app said today\n\n"
        f"Today is {full_day(TODAY)}. Paula sends me this, and it is not the first: {facts['the_ticket'].label} "
        f"{facts['oskar_number'].label} Hanne says that nobody can know before eight. Idris says that it is not his "
        f"drivers. I want to know whether we can tell people in time, and I want it as three short documents: a task, "
        f"an RFC-0 and a plan. We decide on {full_day(decided_on)}.\n\n"
        f"- We announce 3,000 parcels a day. Six depots are our own; two belong to partners, who bring 20 of 100.\n"
        f"- A message can go out after four, after eight or after noon. It says “It will probably not come today”, or "
        f"to everybody of a depot “today or tomorrow”.\n"
        f"- I count the two months from today: what messages spare, less what wrong ones cost, less "
        f"{COST[MODEL]:,.0f} € for a model or {COST[RULE]:,.0f} € for a rule or for a wide promise. Telling the "
        f"partners’ customers something else costs {WORDING:,.0f} € more.\n"
        f"- Confidence is no mood. It is high where {LEAST_COVERAGE:.0f} of 100 parcels have a value in each column "
        f"that is read, where the label agrees with the telephone for all but {MOST_NOISE:.0f} of 100, and where 95 of "
        f"100 runs take at most {100 * MOST_OF_BUDGET:.0f} % of the time that they have. Measured means "
        f"{ENOUGH_RUNS} runs or more; else it is unknown. Any unknown: medium at most. Any missed: low. High means "
        f"go, medium means for four weeks and then again, low means no. Own depots and partners are judged apart.\n"
        f"- {accepts} accepts what customers are told, before anything goes into the backlog. An RFC-0 holds for "
        f"eight weeks at most, and for four where something goes for four weeks.\n"
    )
