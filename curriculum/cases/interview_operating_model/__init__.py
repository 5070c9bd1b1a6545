"""The world of `interview_operating_model`: a house in which items stand still, three who ask, and a work folder.

Tidewell rents out pumps and generators, and a model says which of them needs service. The learner applies there to
lead how functions work together. What the codes on its board mean, what costs most days, whose no counts, who has no
hours, which wish is fixed, which quiet meeting catches something, and what the learner's work folder shows differ from
world to world. Failures, artifacts and what each prevents are those of the cases of the course.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Case, Entry, by_id, frozen_columns, random
from curriculum.cases.interview_operating_model.board import MEETINGS, Week, standing_of, week_of
from curriculum.cases.interview_operating_model.draw import ASKERS, SAY_NO, Draw, draw
from curriculum.cases.interview_operating_model.facts import facts_of
from curriculum.cases.interview_operating_model.offers import AXES, AXIS, BETTER, LOSSES, Offer, offers_of
from curriculum.cases.interview_operating_model.people import ASKING, PEOPLE
from curriculum.cases.interview_operating_model.reference import Plan, plans, promises, totals
from curriculum.cases.interview_operating_model.stories import entries, folder_of
from curriculum.cases.interview_operating_model.truth import Truth
from curriculum.cases.interview_operating_model.ways import CODES, EXITS, FAILURES, REMEDIES, SIGNS, STANDS_ON
from curriculum.cases.interviews.contrasts import WORKING_FLAWS
from curriculum.cases.interviews.functions import FUNCTIONS
from curriculum.cases.interviews.pairs import draw_pairs, pair_entries, span_entries
from curriculum.cases.interviews.questions import COMPETENCIES

__all__ = ["Truth", "simulate"]

SLUG, VERSION = "interview_operating_model", 1
_WORDS = {"days": "days from idea to release", "research": "days with users for each item",
          "hours": "hours of meetings a week"}  # fmt: skip


def simulate(seed: int) -> Case:
    """Half a year of items that stood still, a week of meetings, ten promises, a work folder, and four people."""
    rng = random(SLUG, seed)
    shape = draw(rng, seed)
    standing = standing_of(rng, shape)
    week, offers, wished, found = _workable(rng, shape)
    today = {
        "days": float(rng.integers(48, 76)),
        "research": float(rng.integers(2, 6)),
        "hours": float(sum(week.meetings.values())),
    }
    wanted = {axis: today[axis] + BETTER[axis] * wished[axis] for axis in AXES}
    in_all = max(sum(week.weeks[phase.remedy] for phase in plan.phases) for plan in found)
    folder = folder_of(random(SLUG, seed, "folder"))
    pairs = draw_pairs(SLUG, seed, WORKING_FLAWS)
    weeks = in_all + int(rng.integers(0, 2))
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company="Tidewell",
        brief=_brief(weeks),
        people=PEOPLE,
        facts=facts_of(shape, standing),
        columns={
            "board": standing.columns(),
            **week.tables(),
            "stands_on": frozen_columns(
                before=np.array([FAILURES[below].label for below, _ in STANDS_ON.values()], dtype=object),
                then=np.array([FAILURES[failure].label for failure in STANDS_ON], dtype=object),
                because=np.array([why for _, why in STANDS_ON.values()], dtype=object),
            ),
            "asks": frozen_columns(
                who=np.array([ASKING[who].label for who in ASKERS], dtype=object),
                what=np.array([_WORDS[AXIS[who]] for who in ASKERS], dtype=object),
                today=np.array([today[AXIS[who]] for who in ASKERS]),
                wanted=np.array([wanted[AXIS[who]] for who in ASKERS]),
            ),
            "promises": frozen_columns(
                promise=np.array([offer.label for offer in offers.values()], dtype=object),
                **{axis: np.array([offer.on(axis) for offer in offers.values()]) for axis in AXES},
                hours_of_work=np.array([offer.costs for offer in offers.values()]),
            ),
            "panel_list": frozen_columns(
                competency=np.array([COMPETENCIES[id] for id in folder.asked], dtype=object),
            ),
            "folder": folder.columns(),
        },
        truth=Truth(
            shape=shape, standing=standing, week=week, offers=offers, today=today, wanted=wanted, weeks=weeks,
            folder=folder, pairs=pairs, plans=found,
        ),
        circumstances={
            **{f"{code}_costs": int(code in shape.order[:2]) for code in CODES},
            **{f"{function}_no": int(function in shape.no_counts) for function in SAY_NO},
        },
        more={
            "failures": FAILURES,
            "remedies": by_id(*(Entry(one.id, one.label) for one in REMEDIES.values())),
            "signs": SIGNS,
            "exits": EXITS,
            "functions": by_id(*(FUNCTIONS[id] for id in week.free)),
            "meetings": MEETINGS,
            "askers": by_id(*(Entry(who, ASKING[who].label, ASKING[who].role) for who in ASKERS)),
            "promises": by_id(*(Entry(offer.id, offer.label) for offer in offers.values())),
            "losses": LOSSES,
            "pairs": by_id(*pair_entries(pairs)),
            "spans": by_id(*span_entries(pairs)),
            **entries(folder),
        },
    )  # fmt: skip


def _workable(
    rng: np.random.Generator, shape: Draw
) -> tuple[Week, Mapping[str, Offer], Mapping[str, float], tuple[Plan, Plan]]:
    """Hours, promises and wishes for which there are plans; what is fixed is met by a few choices of promises only."""
    for _ in range(200):
        week, offers = week_of(rng), offers_of(rng)
        made = list(promises(offers))
        axis = AXIS[shape.fixed]
        reached = sorted({totals(offers, one)[axis] * BETTER[axis] for one in made}, reverse=True)
        if len(made) < 6 or len(reached) < 3:
            continue
        for wish in reached[1 : len(reached) - 1]:
            three = next(plans(shape, week, offers, wish, 3), None)
            twos = list(plans(shape, week, offers, wish, 2)) if three else []
            if three and twos:
                return (
                    week,
                    offers,
                    {**_wishes(rng), axis: wish},
                    (three, max(twos, key=lambda two: _unlike(two, three))),
                )
    raise RuntimeError("no house came about in which a plan is possible")


def _wishes(rng: np.random.Generator) -> dict[str, float]:
    return {
        "days": float(rng.integers(14, 19)),
        "research": float(rng.integers(6, 9)),
        "hours": float(rng.integers(3, 5)),
    }


def _unlike(plan: Plan, other: Plan) -> int:
    """In how many things two plans differ."""
    makers = {(phase.remedy, phase.maker) for phase in plan.phases}
    theirs = {(phase.remedy, phase.maker) for phase in other.phases}
    return len(makers - theirs) + sum(plan.promises[who] != other.promises[who] for who in ASKERS)


def _brief(weeks: int) -> str:
    return (
        "You are invited to a final round at **Tidewell**, which rents out pumps and generators and has a model that "
        "says which of them needs service before it stops. They look for somebody who leads how product, design, data "
        "science, ML engineering and risk work together.\n\n"
        "They will not ask for a story first. They will ask: *How would you organise this work here?* Then three "
        "people ask in turn. Jonas Lindqvist, an ML engineer, wants items to be out sooner. Mei Tan, who leads "
        "design, wants more days with users. Ruth Amsel, the product director, wants fewer meetings. Last, they send "
        "a list of ten competencies and want to know which of your stories show them.\n\n"
        "Tidewell has opened its board to you: every item that stood still in the last half-year, with what people "
        f"entered as the reason. What you propose has to stand by the review in spring, {weeks} weeks after you begin. "
        "Somebody in the house must be able to say no, no phase may bring more than one hour of new meetings a week, "
        "and in all there may be no more meetings than today.\n\n"
        "Before the panel you may walk through the house for a good hour. What a reason on the board means, whose no "
        "counts, who has no hours and which of the three wishes is fixed stands in no table. Everybody there is "
        "friendly, and everybody has an opinion on what costs most.\n\n"
        "For the list of ten, use your own finished lessons, or the work folder of a candidate that comes with it."
    )
