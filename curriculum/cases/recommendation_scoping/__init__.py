"""The world of `recommendation_scoping`: a pod that has one quarter, three models to choose from and some 20 wishes.

Which model fits differs from world to world, and why the others do not: too slow in a full shop, more days than there
are, older visits than may be kept, no better than what is there. The date that cannot move is earlier than the one in
the memo; the number in the memo was never promised; two cards split a vote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Card, Case, Columns, Fact, Role, frozen_columns, random, surfacing
from curriculum.cases.recommendation_scoping import cast, entries, measured, service
from curriculum.cases.recommendation_scoping.cards import (
    ROLES,
    days_by_role,
    launch_scope,
    make_cards,
    make_roles,
    make_votes,
    twin_of,
    with_needs,
)
from curriculum.cases.recommendation_scoping.draw import Draw, draw
from curriculum.cases.recommendation_scoping.facts import CONSTRAINTS, PRINCIPLES, deciding, make_facts, make_told
from curriculum.cases.recommendation_scoping.hands import deal_hands, hands_table
from curriculum.cases.recommendation_scoping.hour import make_circumstances
from curriculum.cases.recommendation_scoping.surfaces import make_surfaces
from curriculum.cases.recommendation_scoping.truth import Area, Model, Reply, Truth, Wireframe
from curriculum.support.dates import day_month, full_day

SLUG = "recommendation_scoping"
VERSION = 5
COMPANY = "Fernhill Outdoor"


def simulate(seed: int) -> Case:
    """One quarter of Fernhill Outdoor. Equal seeds give equal bytes."""
    shape, plan = draw(seed), random(SLUG, seed, "plan")
    cards = make_cards(seed, shape, plan)
    roles = make_roles(cards, shape, plan)
    told = make_told(shape, random(SLUG, seed, "told"))
    areas = cast.make_areas(shape)
    kickoff = dt.date(2027, 4, 6) + dt.timedelta(days=7 * int(random(SLUG, seed, "kickoff").integers(0, 2)))
    first_week = kickoff - dt.timedelta(days=kickoff.weekday() + 7 * measured.WEEKS)
    tables = {
        "traffic": measured.make_traffic(shape, first_week, random(SLUG, seed, "traffic")),
    }
    tables["traces"], latency = measured.make_traces(shape, random(SLUG, seed, "traces"))
    tables["past_tests"], past = measured.make_past_tests(random(SLUG, seed, "tests"))
    offline = measured.make_offline(shape, random(SLUG, seed, "offline"))
    baselines, weekly, farthest = measured.measured(tables["traffic"])
    baselines |= {(metric, "all"): value for (metric, way), value in offline.items() if way == "today"}
    calendar = random(SLUG, seed, "calendar")
    weeks, readout = int(calendar.integers(9, 11)), int(calendar.integers(5, 7))
    campaign = kickoff + dt.timedelta(days=7 * weeks)
    deep_ml = days_by_role(cards, with_needs(cards, "deep_model"))["ml"]
    truth = Truth(
        kickoff=kickoff,
        build_starts=kickoff + dt.timedelta(days=13),
        campaign=campaign,
        quarter_end=dt.date(kickoff.year, 6, 30),
        catalogue=kickoff + dt.timedelta(days=7 * int(random(SLUG, seed, "catalogue").integers(22, 27))),
        weeks_to_launch=weeks,
        readout_weeks=readout,
        screen_budget_ms=measured.screen_budget(latency),
        latency=MappingProxyType(dict(latency)),
        p95_at_peak=MappingProxyType(measured.in_a_full_shop(shape, latency, calendar)),
        place=shape.place,
        fits=shape.fits,
        unfit=MappingProxyType(shape.unfit),
        picks_go_on=shape.picks_go_on,
        problem="searches_on" if shape.searched else "strip_clicks",
        baselines=MappingProxyType(baselines),
        weekly=MappingProxyType(weekly),
        farthest=MappingProxyType(farthest),
        offline=MappingProxyType(dict(offline)),
        past_tests=past,
        scopes=MappingProxyType({model: tuple(sorted(launch_scope(cards, shape, model))) for model in shape.fits}),
        duplicates=frozenset({shape.twin, twin_of(shape).id}),
        constraints=CONSTRAINTS,
        deciding=MappingProxyType(deciding(shape.unfit, deep_ml > roles["ml"].capacity)),
        principles=PRINCIPLES,
        votes=MappingProxyType(make_votes(seed, cards, shape, plan)),
        peak_per_second=int(calendar.integers(45, 96)) if shape.busy else int(calendar.integers(6, 15)),
        wished_lift=float(calendar.integers(10, 16)),
        cold_start=float(calendar.integers(24, 42)),
        kept_days=told.kept_days,
        remote=frozenset({cast.BY_TELEPHONE} if shape.telephone else ()),
        room=cast.room(areas),
        hands=deal_hands(seed),
    )
    models = service.make_models(shape, told.kept_days, random(SLUG, seed, "models"))
    replies = service.make_replies(shape)
    facts = surfacing(make_facts(truth, told, shape, cards, roles), make_surfaces(truth, told))
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(truth, shape, facts, roles),
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
                voter=np.array([voter for voter, _ in truth.votes]),
                card=np.array([card for _, card in truth.votes]),
                dots=np.array(list(truth.votes.values())),
            ),
            **tables,
            "models": _model_table(offline, models),
            "wireframes": _wireframe_table(service.WIREFRAMES),
            "replies": _reply_table(replies),
            "decision_rights": _rights_table(areas),
            "hands": hands_table(truth.hands, {id: person.label for id, person in cast.PEOPLE.items()}),
        },
        truth=truth,
        more={
            "cards": cards,
            "roles": roles,
            "voters": cast.VOTERS,
            "areas": areas,
            "models": models,
            "request_fields": entries.REQUEST_FIELDS,
            "response_fields": entries.RESPONSE_FIELDS,
            "wireframes": service.WIREFRAMES,
            "replies": replies,
            "fallbacks": entries.FALLBACKS,
            "events": service.make_events(kickoff, truth.board_sees_it, truth.catalogue, random(SLUG, seed, "events")),
            "documents": entries.DOCUMENTS,
            "segments": entries.SEGMENTS,
            "metrics": entries.METRICS,
        },
        circumstances=make_circumstances(SLUG, seed, areas),
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


def _model_table(offline: Mapping[tuple[str, str], float], models: Mapping[str, Model]) -> Columns:
    meaning = {"rank": "ranks only, 0 to 1", "share": "share of buyers, 0 to 1"}
    known = [None, *models.values()]
    ways = ["today", *models]
    always = ", ".join(sorted(entries.ALWAYS_ANSWERED))
    return frozen_columns(
        model=np.array(ways),
        auc=np.array([offline["auc", way] for way in ways]),
        hits_in_six=np.array([offline["hits_in_six", way] for way in ways]),
        learns_from_days=np.array([model.learns_from if model else 0 for model in known]),
        confidence_means=np.array([meaning[model.score] if model else "" for model in known]),
        needs_fields=np.array([", ".join(("item_id", *model.needs)) if model else "" for model in known]),
        returns_fields=np.array([", ".join((always, *model.returns)) if model else "items" for model in known]),
    )


def _wireframe_table(wireframes: Mapping[str, Wireframe]) -> Columns:
    return frozen_columns(
        wireframe=np.array(list(wireframes)),
        state=np.array([frame.state for frame in wireframes.values()]),
        shows=np.array([", ".join(frame.shows) for frame in wireframes.values()]),
    )


def _reply_table(replies: Mapping[str, Reply]) -> Columns:
    return frozen_columns(
        reply=np.array(list(replies)),
        comes_back=np.array([reply.label for reply in replies.values()]),
        when=np.array([reply.note for reply in replies.values()]),
    )


def _rights_table(areas: Mapping[str, Area]) -> Columns:
    columns = zip(*cast.decision_rights(areas), strict=True)
    names = ("area", "approver", "valid_from", "valid_until")
    return frozen_columns(**{name: np.array(column) for name, column in zip(names, columns, strict=True)})


_WHERE = {"all": "on all product pages", "phone": "on phones only; the pages for desktops are rebuilt until autumn",
          "desktop": "on desktops only; the pages for phones are rebuilt until autumn"}  # fmt: skip


def _brief(truth: Truth, shape: Draw, facts: Mapping[str, Fact], roles: Mapping[str, Role]) -> str:
    days = ", ".join(f"{role.label} {role.capacity:g}" for role in roles.values())
    shops = (
        "in all our shops" if shape.busy else "in our Portuguese shop first (the traffic in your data is that shop's)"
    )
    away = "".join(f"; {cast.PEOPLE[id].first_name} takes part by telephone" for id in truth.remote)
    picks = (
        "Support goes on picking items for today's strip by hand."
        if shape.picks_go_on
        else "Support stops picking items for today's strip when the row is launched."
    )
    return (
        f"**From:** Ruth Adeyemi, VP Commerce · **To:** you · **Subject:** Suggestions on product pages in Q2\n\n"
        f"Our product pages show a strip of items that support picks by hand. "
        f"Wei has a deep learning model that I saw in a demo, and it is impressive. Inês wants to test layouts first. "
        f"I want suggestions live by {day_month(truth.quarter_end)}, "
        f"and {truth.wished_lift:g} % more orders. "
        f"You are the product manager. Please get the three teams onto one page.\n\n"
        f"- {facts['strip_clicks'].label}\n"
        f"- {facts['searches_on'].label}\n"
        f"- The row is shown {shops}, {_WHERE[truth.place]}. Past tests ran in all our shops. {picks}\n"
        f"- The kick-off is on Tuesday, {full_day(truth.kickoff)}, and takes 60 minutes. You lead through it, Inês "
        f"speaks for the screen, Kofi keeps the time{away}.\n"
        f"- Six of us sent their dots for the cards the evening before, each alone; they are in the table votes.\n"
        f"- The page has to be signed by {day_month(truth.build_starts)}, when building starts.\n"
        f"- Days of work until the launch: {days}.\n"
        f"- {facts['deep_days'].label}\n"
        f"- {facts['busiest_evening'].label}\n"
        f"- {facts['board_meeting'].label}\n\n"
        f"*The rules of law in this lesson are teaching material and no legal advice.*"
    )
