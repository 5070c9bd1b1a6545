"""Draws one world of `influence_and_mentoring`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Case, Columns, Entry, by_id, frozen_columns, random
from curriculum.cases.influence_and_mentoring import entries
from curriculum.cases.influence_and_mentoring.allies import Ally, make_allies
from curriculum.cases.influence_and_mentoring.campaign import Campaign, make_campaign
from curriculum.cases.influence_and_mentoring.draw import ACTIONS, DISCOUNT, OWN_DAYS, SEGMENTS, SLUG, Draw, draw
from curriculum.cases.influence_and_mentoring.facts import TODAY, make_facts
from curriculum.cases.influence_and_mentoring.people import PEOPLE
from curriculum.cases.influence_and_mentoring.pip import pip_page
from curriculum.cases.influence_and_mentoring.rules import PEOPLE_FOR
from curriculum.cases.influence_and_mentoring.truth import Truth
from curriculum.support.dates import full_day
from curriculum.support.worlds import kept_for_worlds

VERSION = 1
COMPANY = "Wickerbrook"


def simulate(seed: int) -> Case:
    """One autumn at Wickerbrook. Equal seeds give equal bytes."""
    return _world(seed)


@dataclass(frozen=True, eq=False)
class Unseen:
    """What holds of people whom no table shows."""

    campaign: Campaign


def redraw(seed: int) -> Case:
    """The same world with other people in the campaign: what a rule does to those whom it will meet."""
    return _unseen(seed)


@kept_for_worlds(maxsize=4)
def _unseen(seed: int) -> Case:
    case, people = _world(seed), make_campaign(seed, draw(seed), "unseen")
    return replace(case, columns={**case.columns, "campaign": people.columns}, truth=Unseen(people))


@kept_for_worlds(maxsize=4)
def _world(seed: int) -> Case:
    shape = draw(seed)
    campaign, allies = make_campaign(seed, shape), make_allies(seed, shape)
    rng = random(SLUG, seed, "world")
    opt_outs, paused = int(rng.integers(6, 15)), int(rng.integers(17, 24))
    rows = campaign.columns
    nothing = rows["paying_120"][rows["arm"] == "nothing"]
    truth = Truth(shape, campaign, rows, allies, opt_outs, 100 * (1 - float(nothing.mean())))
    best = truth.best.reading
    columns: dict[str, Columns] = {
        "campaign": rows,
        "segments": _segments(seed, shape, truth.leave),
        "costs": _costs(shape),
        "levers": _levers(allies),
        "allies": _allies(allies),
        "pip_page": pip_page(shape, truth.segment_label, best.stay),
    }
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(truth),
        people=PEOPLE,
        facts=make_facts(shape, allies, opt_outs, paused, best.cost / best.kept),
        columns=columns,
        truth=truth,
        more={
            "segments": by_id(*(Entry(id, label) for id, label in SEGMENTS.items())),
            "actions": entries.ACTIONS,
            "problems": entries.PROBLEMS,
            "models": entries.MODELS,
            "guardrails": entries.GUARDRAILS,
            "ends": entries.ENDS,
            "stops": entries.STOPS,
            "metrics": entries.METRICS,
            "offers": entries.OFFERS,
            "their_costs": entries.THEIR_COSTS,
            "objections": entries.OBJECTIONS,
            "steps": entries.STEPS,
            "not_asked": entries.NOT_ASKED,
            "pip_fields": entries.PIP_FIELDS,
            "comment_kinds": entries.COMMENT_KINDS,
            "rows": entries.ROWS,
            "nexts": entries.NEXTS,
        },
        circumstances=_circumstances(truth),
    )


def _circumstances(truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    found = {f"{action}_wins": int(truth.action == action) for action in ACTIONS}
    found |= {f"{id}_can": int(ally.can) for id, ally in truth.allies.items()}
    for area, root in truth.roots.items():
        found[f"root_{area}_slip"] = int(root == "slip")
        found[f"root_{area}_belief"] = int(root == "belief")
    return MappingProxyType(found)


def _segments(seed: int, shape: Draw, leave: float) -> Columns:
    rng = random(SLUG, seed, "segments")
    people = [shape.size if id == shape.segment else int(rng.integers(90, 161)) * 100 for id in SEGMENTS]
    left = [leave if id == shape.segment else leave - float(rng.uniform(4, 14)) for id in SEGMENTS]
    # What is reported counts everybody, also those who got something in the campaign.
    left[list(SEGMENTS).index(shape.segment)] += float(rng.uniform(1.2, 2.2))
    return frozen_columns(
        segment=np.array(list(SEGMENTS.values())), people=np.array(people), left_pct=np.round(np.array(left), 1),
        price_eur=np.full(4, shape.price),
    )  # fmt: skip


def _costs(shape: Draw) -> Columns:
    return frozen_columns(
        action=np.array([entries.ACTIONS[id].label for id in ACTIONS]),
        eur=np.array([shape.costs[id] for id in ACTIONS]),
        counted_on=np.array(
            ["each who stays with it" if id == DISCOUNT else "each who is contacted" for id in ACTIONS]
        ),
    )


def _levers(allies: Mapping[str, Ally]) -> Columns:
    return frozen_columns(
        channel=np.array([ally.channel for ally in allies.values()]),
        owner=np.array([PEOPLE[id].label for id in allies]),
        days_needed=np.array([ally.days_needed for ally in allies.values()]),
        limit_eur=np.array([ally.limit_eur for ally in allies.values()]),
    )


def _allies(allies: Mapping[str, Ally]) -> Columns:
    return frozen_columns(
        ally=np.array([PEOPLE[id].label for id in allies]),
        measured_by=np.array([entries.METRICS[ally.metric].label for ally in allies.values()]),
        now=np.array([ally.now for ally in allies.values()]),
        target=np.array([ally.target for ally in allies.values()]),
        free_days=np.array([ally.days_paper for ally in allies.values()]),
    )


def _brief(truth: Truth) -> str:
    return (
        f"**From:** your own notes · **Subject:** {truth.segment_label}\n\n"
        f"Today is {full_day(TODAY)}. Of our four segments, most people leave among {truth.segment_label}. Nobody has "
        f"asked you for anything: you have an idea, no team and no budget, and {OWN_DAYS} days of your own "
        "for it until the quarter ends. Last winter a campaign tried three actions "
        f"on {truth.segment_label}, by lot, beside an arm with nothing; it was counted by who was active on day 30, "
        "and put away.\n\n"
        "- Three people have a channel on which such an action can be offered: Noa Castell the mail, Ruben Aalto the "
        "bill page, Sigrid Moen the start screen. One of them is enough. None of them owes you anything.\n"
        "- What a rule brings: people reached × difference on day 120 × what is left of a month × further months − "
        "cost. If the rule reads a score, that score costs as well.\n"
        f"- People an arm needs: {PEOPLE_FOR:.0f} × p × (1 − p) ÷ difference², with p the share that pays with "
        "nothing, both between 0 and 1. The test has two arms, the action and nothing.\n"
        "- What the test costs: people in one arm × the cost of the action.\n"
        "- Pip Larsen, a junior colleague, has written a page on the same idea: four areas of two fields, one of them "
        "wrong in each. Pip asked for your comments. Nobody carries more than three at once.\n"
    )


__all__ = ["redraw", "simulate"]
