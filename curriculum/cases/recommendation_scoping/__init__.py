"""The world of `recommendation_scoping`: a pod that has one quarter, three models to choose from and 18 wishes.

The deep model looks fast enough in the public traces and is not when the shop is full; the date that cannot move
is earlier than the one in the memo; the number in the memo was never promised; two cards split a vote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Card, Case, Columns, Fact, Role, frozen_columns, random, surfacing
from curriculum.cases.recommendation_scoping import cast, entries, measured
from curriculum.cases.recommendation_scoping.cards import DUPLICATES, ROLES, make_cards, make_roles, make_votes
from curriculum.cases.recommendation_scoping.facts import CONSTRAINTS, PRINCIPLES, make_facts, make_told
from curriculum.cases.recommendation_scoping.hour import make_circumstances
from curriculum.cases.recommendation_scoping.surfaces import make_surfaces
from curriculum.cases.recommendation_scoping.truth import Latency, Truth
from curriculum.support.dates import day_month, full_day

SLUG = "recommendation_scoping"
VERSION = 2
COMPANY = "Fernhill Outdoor"


def simulate(seed: int) -> Case:
    """One quarter of Fernhill Outdoor. Equal seeds give equal bytes."""
    calendar, plan = random(SLUG, seed, "calendar"), random(SLUG, seed, "plan")
    kickoff = dt.date(2027, 4, 6) + dt.timedelta(days=7 * int(calendar.integers(0, 2)))
    traces, latency = measured.make_traces(random(SLUG, seed, "traces"))
    first_week = kickoff - dt.timedelta(days=kickoff.weekday() + 7 * measured.WEEKS)
    traffic = measured.make_traffic(first_week, random(SLUG, seed, "traffic"))
    past_tests, past_lifts = measured.make_past_tests(random(SLUG, seed, "tests"))
    offline = measured.make_offline(random(SLUG, seed, "offline"))
    cards = make_cards(plan)
    roles = make_roles(cards, plan)
    votes = make_votes(plan)
    truth = _truth(seed, kickoff, calendar, latency, traffic, offline, float(past_lifts.max()), votes)
    told = make_told(random(SLUG, seed, "told"))
    facts = surfacing(make_facts(truth, told, cards, roles, past_lifts), make_surfaces(truth, told))
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(truth, facts, roles),
        people=cast.PEOPLE,
        facts=facts,
        columns={
            "cards": _card_table(cards),
            "capacity": frozen_columns(
                role=np.array(list(roles)),
                work=np.array([role.label for role in roles.values()]),
                days=np.array([role.capacity for role in roles.values()]),
            ),
            "votes": frozen_columns(
                voter=np.array([voter for voter, _ in votes]),
                card=np.array([card for _, card in votes]),
                dots=np.array(list(votes.values())),
            ),
            "traces": traces,
            "traffic": traffic,
            "past_tests": past_tests,
            "models": _model_table(offline),
            "wireframes": frozen_columns(
                wireframe=np.array(list(entries.WIREFRAMES)),
                state=np.array([frame.state for frame in entries.WIREFRAMES.values()]),
                shows=np.array([", ".join(frame.shows) for frame in entries.WIREFRAMES.values()]),
            ),
            "decision_rights": frozen_columns(
                **{
                    name: np.array(column)
                    for name, column in zip(
                        ("area", "approver", "valid_from", "valid_until"),
                        zip(*cast.DECISION_RIGHTS, strict=True),
                        strict=True,
                    )
                }
            ),
        },
        truth=truth,
        more={
            "cards": cards,
            "roles": roles,
            "voters": cast.VOTERS,
            "areas": cast.AREAS,
            "models": entries.MODELS,
            "request_fields": entries.REQUEST_FIELDS,
            "response_fields": entries.RESPONSE_FIELDS,
            "wireframes": entries.WIREFRAMES,
            "fallbacks": entries.FALLBACKS,
            "outputs": entries.OUTPUTS,
            "documents": entries.DOCUMENTS,
            "segments": entries.SEGMENTS,
            "metrics": entries.METRICS,
        },
        circumstances=make_circumstances(SLUG, seed),
    )


def _truth(
    seed: int,
    kickoff: dt.date,
    rng: np.random.Generator,
    latency: Mapping[str, Latency],
    traffic: Columns,
    offline: Mapping[tuple[str, str], float],
    best_past_lift: float,
    votes: Mapping[tuple[str, str], int],
) -> Truth:
    weeks = int(rng.integers(9, 11))
    baselines, weekly = measured.measured(traffic)
    # A complex model is 200 to 300 ms above a light one; the traces of the deep model do not show it.
    slower = int(rng.integers(206, 290))
    peak = {model: seen.p95 for model, seen in latency.items()}
    peak["deep"] = float(10 * round((latency["light"].p95 + slower) / 10))
    return Truth(
        kickoff=kickoff,
        build_starts=kickoff + dt.timedelta(days=13),
        campaign=kickoff + dt.timedelta(days=7 * weeks),
        quarter_end=dt.date(kickoff.year, 6, 30),
        catalogue=kickoff + dt.timedelta(days=7 * int(random(SLUG, seed, "catalogue").integers(22, 27))),
        weeks_to_launch=weeks,
        readout_weeks=int(rng.integers(5, 7)),
        screen_budget_ms=measured.screen_budget(latency),
        latency=MappingProxyType(dict(latency)),
        p95_at_peak=MappingProxyType(peak),
        baselines=MappingProxyType(
            {**baselines, **{(metric, "all"): value for (metric, way), value in offline.items() if way == "today"}}
        ),
        weekly=MappingProxyType(weekly),
        offline=MappingProxyType(dict(offline)),
        best_past_lift=best_past_lift,
        duplicates=DUPLICATES,
        constraints=CONSTRAINTS,
        principles=PRINCIPLES,
        votes=MappingProxyType(dict(votes)),
        peak_per_second=int(rng.integers(45, 96)),
        wished_lift=float(rng.integers(10, 16)),
        cold_start=float(rng.integers(24, 42)),
        best_outputs=frozenset({"constraint_list", "principle_list", "scoping_board", "prd_draft"}),
    )


def _card_table(cards: Mapping[str, Card]) -> Columns:
    return frozen_columns(
        card=np.array(list(cards)),
        need=np.array([card.label for card in cards.values()]),
        raised_by=np.array([card.team for card in cards.values()]),
        **{role: np.array([card.effort.get(role, 0.0) for card in cards.values()]) for role in ROLES},
        needs_cards=np.array([", ".join(card.needs) for card in cards.values()]),
        mandatory=np.array([bool(card.mandatory) for card in cards.values()]),
    )


def _model_table(offline: Mapping[tuple[str, str], float]) -> Columns:
    ways = ["today", *entries.MODELS]
    meaning = {"rank": "ranks only, 0 to 1", "share": "share of buyers, 0 to 1"}
    models = [entries.MODELS.get(way) for way in ways]
    return frozen_columns(
        model=np.array(ways),
        auc=np.array([offline["auc", way] for way in ways]),
        hits_in_six=np.array([offline["hits_in_six", way] for way in ways]),
        confidence_means=np.array([meaning[model.score] if model else "" for model in models]),
        needs_fields=np.array([", ".join(model.needs) if model else "" for model in models]),
        returns_fields=np.array([", ".join(model.returns) if model else "items" for model in models]),
    )


def _brief(truth: Truth, facts: Mapping[str, Fact], roles: Mapping[str, Role]) -> str:
    days = ", ".join(f"{role.label} {role.capacity:g}" for role in roles.values())
    return (
        f"**From:** Ruth Adeyemi, VP Commerce · **To:** you · **Subject:** Suggestions on product pages in Q2\n\n"
        f"Our product pages show a strip of items that support picks by hand. {facts['strip_clicks'].label} "
        f"Wei has a deep learning model that I saw in a demo, and it is impressive. Inês wants to test layouts first. "
        f"I want suggestions live by {day_month(truth.quarter_end)}, "
        f"and {truth.wished_lift:g} % more orders. "
        f"You are the product manager. Please get the three teams onto one page.\n\n"
        f"- The kick-off is on Tuesday, {full_day(truth.kickoff)}, and takes 60 minutes.\n"
        f"- Six of us sent their dots for the cards the evening before, each alone; they are in the table votes.\n"
        f"- The page has to be signed by {day_month(truth.build_starts)}, when building starts.\n"
        f"- Days of work until the launch: {days}.\n"
        f"- {facts['deep_days'].label}\n"
        f"- {facts['busiest_evening'].label}\n"
        f"- {facts['board_meeting'].label}\n\n"
        f"*The rules of law in this lesson are teaching material and no legal advice.*"
    )
