"""Draws one world of `pod_in_flight`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Case, Columns, Fact, frozen_columns, random
from curriculum.cases.pod_in_flight import builds, candidates, entries, log
from curriculum.cases.pod_in_flight.draw import (
    BOARD_CALLS,
    CANDIDATES,
    CAUSES,
    DESKS,
    FIRST,
    FLAWS,
    LABELLED,
    LIMIT_MS,
    MOST_DAYS,
    SAME,
    SLUG,
    TODAY,
    Draw,
    draw,
)
from curriculum.cases.pod_in_flight.facts import make_facts
from curriculum.cases.pod_in_flight.people import PEOPLE
from curriculum.cases.pod_in_flight.truth import Truth
from curriculum.support.dates import full_day
from curriculum.support.worlds import kept_for_worlds

VERSION = 1
COMPANY = "Larkspur Pay"


def simulate(seed: int) -> Case:
    """One spring at Larkspur Pay. Equal seeds give equal bytes."""
    return _world(seed)


@kept_for_worlds(maxsize=8)
def _world(seed: int) -> Case:
    shape = draw(seed)
    approvers, deputies = _authority(seed)
    columns: dict[str, Columns] = {
        "runs": candidates.runs(seed, shape),
        "holdout": candidates.holdout(seed, shape),
        "gates": _gates(seed),
        "builds": builds.builds(seed),
        "drills": builds.drills(seed, shape),
        "checks": builds.checks(seed),
        "approvers": _approvers(seed, approvers),
        "events": log.events(seed, shape),
        "items_before": log.items_before(seed, shape),
        "survey": log.survey(seed),
        "asked": log.asked(),
    }
    truth = Truth(
        seed=seed,
        shape=shape,
        tables=columns,
        features=candidates.features_of(seed, shape),
        version=int(random(SLUG, seed, "version").integers(3, 10)),
        approvers=approvers,
        deputies=deputies,
    )
    columns["who_can"] = _who_can(truth)
    facts = make_facts(shape, truth)
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(shape, facts),
        people=PEOPLE,
        facts=facts,
        columns=columns,
        truth=truth,
        more={
            "runs": entries.RUNS,
            "decisions": entries.DECISIONS,
            "splits": entries.SPLITS,
            "slices": entries.SLICES,
            "serving_ways": entries.SERVING_WAYS,
            "reasons": entries.REASONS,
            "gates": entries.GATES,
            "approvers": entries.APPROVERS,
            "strategies": entries.STRATEGIES,
            "parts": entries.PARTS,
            "monitors": entries.MONITORS,
            "areas": entries.AREAS,
            "waits": entries.CAUSES,
            "group_ways": entries.GROUP_WAYS,
            "functions": entries.FUNCTIONS,
            "pilot_verdicts": entries.PILOT_VERDICTS,
            "comparisons": entries.COMPARISONS,
            "changes": entries.CHANGES,
            "change_measures": entries.MEASURES,
            "shown": entries.SHOWN,
        },
        circumstances=_circumstances(truth),
    )


def _authority(seed: int) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """Who may approve, with the hours within which they answer, and who may stand in on each side."""
    rng = random(SLUG, seed, "authority")
    may: dict[str, int] = {}
    stands_in = {}
    hours = iter(rng.permutation(np.arange(8, 23)).tolist())
    for side, names in (("data", entries.DATA_SIDE), ("engineering", entries.ENGINEERING_SIDE)):
        order = [names[int(number)] for number in rng.permutation(3)]
        for name in order[:2]:
            may[name] = int(next(hours))
        stands_in[side] = order[2]
    return MappingProxyType(may), MappingProxyType(stands_in)


def _approvers(seed: int, may: Mapping[str, int]) -> Columns:
    rng = random(SLUG, seed, "answers")
    names = list(entries.APPROVERS)
    return frozen_columns(
        person=np.array([entries.APPROVERS[name].label for name in names]),
        may_approve=np.array(["yes" if name in may else "no" for name in names]),
        answers_within_h=np.array([may.get(name, int(rng.integers(4, 23))) for name in names]),
    )


def _gates(seed: int) -> Columns:
    usual = builds.nights(seed)
    return frozen_columns(
        gate=np.array([entries.GATES[name].label for name in builds.MACHINES]),
        machine_minutes=np.array([usual.minutes[name] for name in builds.MACHINES]),
    )


def _who_can(truth: Truth) -> Columns:
    """What each may watch or begin, and the days that they have this quarter."""
    labels = {**{name: entry.label for name, entry in entries.MONITORS.items()},
              **{name: entry.label for name, entry in entries.CHANGES.items()}}  # fmt: skip
    return frozen_columns(
        person=np.array([PEOPLE[name].label for name in DESKS]),
        may_watch=np.array([_listed(labels, name, entries.MONITORS) for name in DESKS]),
        may_begin=np.array([_listed(labels, name, entries.CHANGES) for name in DESKS]),
        free_days=np.array([truth.free_days[name] for name in DESKS]),
    )


def _listed(labels: Mapping[str, str], person: str, things: Mapping[str, object]) -> str:
    return " · ".join(labels[thing] for thing in things if person in entries.MAY[thing])


def _circumstances(truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    shape = truth.shape
    return MappingProxyType(
        {
            "winner_none": int(not shape.winner),
            **{f"winner_{name}": int(shape.winner == name) for name in CANDIDATES},
            **{f"flaw_{name}": int(name in shape.flaws.values()) for name in FLAWS},
            **{f"main_{name}": int(shape.main == name) for name in CAUSES},
            **{f"second_{name}": int(shape.second == name) for name in CAUSES},
            "pilot_works": int(shape.pilot_works),
            "sacrificed": int(bool(shape.sacrificed and shape.winner)),
            "first_half": int(shape.untouched == FIRST),
        }
    )


def _brief(shape: Draw, facts: Mapping[str, Fact]) -> str:
    return (
        f"**From:** Edda Frisk, director of payments · **To:** you · **Subject:** thirteen weeks, and three pages\n\n"
        f"Today is {full_day(TODAY)}. {facts['board_top'].label} Data science wants it live. Every night a build goes "
        f"out, and somebody waves it through. {facts['survey_mean'].label} Everybody tells me that it is the handoffs. "
        f"I want three pages: which run is our champion, and why I can believe it; a pipeline that stops what has to "
        f"be stopped, and nothing else; and what makes people wait, with what we try next.\n\n"
        f"- About {shape.frauds_week:,} frauds a week are tried. The board counts how many of 100 are caught with "
        f"{BOARD_CALLS} calls for each 1,000 payments.\n"
        f"- A champion catches more than the live model beyond chance: the whole of its interval lies above nothing. "
        f"The error of a difference is the root of p × (1 − p) / n of both, added; the interval is 1.96 of it to "
        f"each side.\n"
        f"- Its score is there within {LIMIT_MS} ms at the 95th percentile, under load. The same run once more comes "
        f"out within {SAME:g} point. Where a contract names a floor, it holds.\n"
        f"- If none of the four candidates clears all of this, the one that is live stays, and nobody has to be "
        f"ashamed. The model is registered as `payments_fraud`; its alias `champion` names the version that is live.\n"
        f"- A pipeline is sound if it stops 95 of 100 bad builds, nine of ten of them at the gate that is meant for "
        f"them, and lets nine of ten good ones through. It is run on {builds.UNSEEN} nights that nobody has seen.\n"
        f"- A release is judged on {LABELLED} frauds with a label, within {MOST_DAYS} days.\n"
        f"- Fewer than {log.FEWEST} people are not shown as a group, nor in a way that somebody can subtract them.\n"
    )
