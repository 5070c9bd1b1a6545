"""Draws one world of `pod_launch`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Case, Columns, Entry, Fact, by_id, frozen_columns, random
from curriculum.cases.pod_launch import entries
from curriculum.cases.pod_launch import losses as money
from curriculum.cases.pod_launch import risks as dangers
from curriculum.cases.pod_launch.draw import (
    BOARD_WEEK,
    DECLINE,
    HOLD,
    LEVERS,
    MONTH_END,
    ONE_PAIR,
    RISKS,
    SLUG,
    STAGES,
    TODAY,
    Draw,
    draw,
)
from curriculum.cases.pod_launch.facts import make_facts
from curriculum.cases.pod_launch.flowing import EVERY, FIRST_PART, Flow
from curriculum.cases.pod_launch.people import PEOPLE
from curriculum.cases.pod_launch.truth import BUSY, HOURS, PEOPLE_IN_POD, Truth
from curriculum.support.dates import full_day
from curriculum.support.flow import Run, season, stretches
from curriculum.support.worlds import kept_for_worlds

VERSION = 1
COMPANY = "Larkspur Pay"
NTH = {3: "third", 4: "fourth", 5: "fifth"}
PASTS, CLEAR = 6, 0.03
"""Pasts that are drawn, and by how much the narrow place has to be busier than any other."""
WARM, SHOWN = 40, 40
"""Days before those of `flow_events`, so that the board is as full as it is, and days that are shown."""


def simulate(seed: int) -> Case:
    """One January at Larkspur Pay. Equal seeds give equal bytes."""
    return _world(seed)


@kept_for_worlds(maxsize=8)
def _world(seed: int) -> Case:
    shape = draw(seed)
    flow = Flow(seed, shape)
    limits = _limits_today(seed, shape, flow)
    columns: dict[str, Columns] = {
        "losses": money.losses(seed, shape),
        "weekly": money.weekly(seed, shape, MONTH_END in shape.live),
        "lever_claims": _claims(shape),
        "stages": frozen_columns(stage=np.array(STAGES), people=flow.people.astype(int), limit_today=limits),
        "flow_events": _events(seed, flow, limits),
        "answers": _answers(seed),
        "contracts": dangers.contracts(seed, shape),
        "rule_history": dangers.rule_history(seed, shape),
        "notices": dangers.notices(seed, shape),
        "watch": dangers.watch(seed),
    }
    owed = _owed(seed, shape)
    columns["people"] = _people(shape, owed)
    truth = _truth(seed, shape, columns, owed)
    facts = make_facts(shape, truth)
    deciders = (*PEOPLE.values(), Entry(entries.EVERYBODY, "Everybody together"), Entry(entries.BOARD, "The board"))
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
            "loss_kinds": entries.LOSS_KINDS,
            "denominators": entries.DENOMINATORS,
            "case_ways": entries.CASE_WAYS,
            "levers": entries.LEVER_ENTRIES,
            "stages": entries.STAGE_ENTRIES,
            "policies": entries.POLICY_ENTRIES,
            "deciders": by_id(*deciders),
            "decision_types": entries.DECISION_TYPES,
            "teams": entries.TEAMS,
            "guardrails": entries.GUARDRAILS,
            "ends": entries.ENDS,
            "cards": entries.CARDS,
            "research_cards": entries.RESEARCH_CARDS,
            "lanes": entries.LANES,
            "questions": entries.QUESTIONS,
            "rituals": entries.RITUALS,
            "causes": entries.CAUSES,
            "risks": entries.RISK_ENTRIES,
            "measures": entries.MEASURE_ENTRIES,
            "changes": entries.CHANGES,
            "tables": entries.TABLES_NAMED,
            "functions": entries.FUNCTIONS,
        },
        circumstances=_circumstances(truth),
    )


def _truth(seed: int, shape: Draw, columns: Mapping[str, Columns], owed: Mapping[str, int]) -> Truth:
    rng = random(SLUG, seed, "brake")
    stopped = columns["weekly"]["good_stopped_per_1000"]
    usual, scatter = float(stopped.mean()), float(stopped.std(ddof=1))
    pair = sum(shape.stops[name] for name in shape.strong)
    whole = sum(shape.stops[name] for name in LEVERS)
    room = pair + 0.35 * (whole - pair) if shape.tight else 1.12 * whole
    stop_at = round(usual + max(room, 3.2 * scatter) + 0.03 * float(rng.random()), 2)
    slow = {}
    table = columns["answers"]
    for team in entries.TEAMS:
        days = table["days"][table["team"] == team]
        slow[team] = (float(np.percentile(days, 85)), float(days.max()))
    return Truth(seed, shape, dict(columns), stop_at, owed, slow)


def _limits_today(seed: int, shape: Draw, flow: Flow) -> np.ndarray:
    """Whatever was never decided: the column before the narrow place is widest."""
    rng, narrow = random(SLUG, seed, "today"), STAGES.index(shape.narrow)
    limits = flow.people + rng.integers(1, 3, len(STAGES))
    limits[narrow] = flow.people[narrow] + 1
    limits[narrow - 1] += 3
    limits[-1] = 2 if flow.board.cadence <= 3 else 5
    return limits.astype(int)


def _events(seed: int, flow: Flow, limits: np.ndarray) -> Columns:
    """One row a card and stage that fell into the last eight weeks; days from 1, blank where it did not come yet."""
    what = season(flow.board, random(SLUG, seed, "past"), draws=PASTS, cards=90, length=WARM + SHOWN)
    run = flow.run(what, limits.tolist(), ())
    one = _telling(flow, run)
    entered, ready, left = (part[one].astype(float) for part in (run.entered, run.ready, run.left))
    rows = [(card, stage) for card in range(entered.shape[0]) for stage in range(len(STAGES))
            if entered[card, stage] > 0 and not 0 < left[card, stage] <= WARM]  # fmt: skip

    def day(part: np.ndarray, card: int, stage: int) -> float:
        return part[card, stage] - WARM if part[card, stage] > 0 else np.nan

    return frozen_columns(
        card=np.array([card + 1 for card, _ in rows]),
        stage=np.array([STAGES[stage] for _, stage in rows]),
        entered=np.array([day(entered, *row) for row in rows]),
        ready=np.array([day(ready, *row) for row in rows]),
        left=np.array([day(left, *row) for row in rows]),
    )


def _telling(flow: Flow, run: Run) -> int:
    """The first past in which the narrow place is the busiest, so that the table can show it."""
    people, narrow = [int(one) for one in flow.people], STAGES.index(flow.shape.narrow)
    for number in range(PASTS):
        found = stretches(run.entered[number], run.ready[number], run.left[number], people,
                          range(WARM + 1, WARM + SHOWN + 1))  # fmt: skip
        rest = max(one.busy for place, one in enumerate(found) if place != narrow)
        if found[narrow].busy > rest + CLEAR:
            return number
    return 0


def _claims(shape: Draw) -> Columns:
    names = (*LEVERS, DECLINE)
    tried = {"check": "a test with ticked boxes", "hold": "calls that reached the payer", "recall": "recalls at once",
             "model": "past payments", DECLINE: "today’s score"}  # fmt: skip
    return frozen_columns(
        lever=np.array(names),
        tried_on=np.array([tried[name] for name in names]),
        claim_pct=np.array([shape.claims.get(name, 45) for name in names]),
        good_stopped_per_1000=np.array([shape.stops[name] for name in names]),
        kept_pct=np.array([float(shape.kept) if name == HOLD else np.nan for name in names]),
    )


def _owed(seed: int, shape: Draw) -> Mapping[str, int]:
    rng = random(SLUG, seed, "owed")
    owed = {name: usual + 5 * int(rng.integers(-2, 4)) for name, usual in BUSY.items()}
    return MappingProxyType({**owed, shape.away: 100})


def _people(shape: Draw, owed: Mapping[str, int]) -> Columns:
    may = {"beatriz": True, **({} if ONE_PAIR in shape.live else {"esi": True})}
    return frozen_columns(
        person=np.array([PEOPLE[name].first_name for name in PEOPLE_IN_POD]),
        hours_a_week=np.full(len(PEOPLE_IN_POD), HOURS),
        owed_pct=np.array([owed[name] for name in PEOPLE_IN_POD]),
        may_release=np.array(["yes" if may.get(name) else "no" for name in PEOPLE_IN_POD]),
        away_weeks=np.array([f"{shape.gone_from} to {shape.gone_from + 2}" if name == "beatriz" else ""
                             for name in PEOPLE_IN_POD]),
    )  # fmt: skip


def _answers(seed: int) -> Columns:
    """Thirty past requests to each of three teams, and the days until an answer."""
    rng = random(SLUG, seed, "answers")
    teams = list(entries.TEAMS)
    days = [np.maximum(1, np.round(float(rng.uniform(2, 7)) * np.exp(rng.normal(0, 0.55, 30)))) for _ in teams]
    return frozen_columns(team=np.repeat(teams, 30), days=np.concatenate(days).astype(int))


def _circumstances(truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    shape = truth.shape
    return MappingProxyType(
        {
            **{f"narrow_{name}": int(shape.narrow == name) for name in ("label", "build", "review")},
            **{f"second_{name}": int(shape.second == name) for name in ("release", "rework", "expedite")},
            **{f"strong_{name}": int(name in shape.strong) for name in LEVERS},
            **{f"live_{name}": int(name in shape.live) for name in RISKS},
            "forty_now": int(truth.forty_now),
            "forty_later": int(truth.forty_later),
            "label_day_fits": int(truth.label_day_fits),
            "big_case": int(truth.big_case),
        }
    )


def _brief(shape: Draw, facts: Mapping[str, Fact]) -> str:
    return (
        f"**From:** Edda Frisk, director of business payments · **To:** you · **Subject:** the pod starts today\n\n"
        f"Today is {full_day(TODAY)}. I have told the board: {facts['forty'].value:.0f} percent less fraud loss this "
        f"quarter. {facts['report_says'].label} You lead the pod that shall do it: six people of six "
        f"departments, each with part of their week. The board hears a number in week {BOARD_WEEK}. I want three "
        f"pages on Friday: a charter, one backlog with its rules, and what you would say if it had failed.\n\n"
        f"**Beside it, a page of whoever reckoned last: how it is done here**\n\n"
        f"- Four levers are there, and each has a claim (table `lever_claims`). The fifth is to decline more.\n"
        f"- Levers work only where a contract allows it. Two of them stop less than their sum, since the second works "
        f"on what the first has left; the notebook reckons it. A lever's first card brings {100 * FIRST_PART:.0f} of "
        f"100 of it, its second the rest.\n"
        f"- The sooner a recall is made, the more comes back. If the pod may do it alone, it takes an hour; the "
        f"notebook reckons what that brings.\n"
        f"- Every {NTH[EVERY]} card that the pod starts is one of your backlog; the others are daily work. A person "
        f"works at one card; each open card beyond one a person takes {100 * shape.attention:.0f} of 100 of all "
        f"attention there. Two policies can be kept at a time.\n"
        f"- A target is safe if three of four replays of the coming weeks reach it. Good limits finish in eight weeks "
        f"nearly as many cards as the best, and nearly as soon.\n"
        f"- A signal is sound if it rings before harm is done, {dangers.HARM_AFTER} weeks after the first sign, and "
        f"not in calm weeks.\n"
        f"- Meetings take at most a tenth of the time that somebody gives to the pod.\n"
    )
