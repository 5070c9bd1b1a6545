"""The world of `cart_abandonment`: a shop whose largest drop is mostly machines, browsers and people who come back.

What can be won back lies elsewhere, and where differs from world to world: one bank that refuses payments, a delivery
price that comes late, an account form. Whom a voucher changes is not who is likely to leave. In some worlds a score
pays its weeks, in others a rule does, in others nothing that predicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Case, Columns, Entry, frozen_columns, random, surfacing
from curriculum.cases.cart_abandonment import entries, facts
from curriculum.cases.cart_abandonment.cast import PEOPLE
from curriculum.cases.cart_abandonment.choosing import choose_world
from curriculum.cases.cart_abandonment.draw import SCORE, SLUG, Draw
from curriculum.cases.cart_abandonment.quarter import plans
from curriculum.cases.cart_abandonment.traffic import SESSIONS, STEPS, losses
from curriculum.cases.cart_abandonment.truth import Truth, price_effect, what_is_seen

VERSION = 1
COMPANY = "Hollin & Wray"


def simulate(seed: int) -> Case:
    """Four weeks of carts at Hollin & Wray, two tests and a quarter to plan. Equal seeds give equal bytes."""
    world = choose_world(seed)
    shape, traffic = world.shape, world.traffic
    told = facts.make_told(seed, shape)
    opened, dropped = traffic.left >= 1, (traffic.left >= 1) & (traffic.left < STEPS.index("payment"))
    memo_rate = round(100 * float(dropped.sum() / opened.sum()))
    truth = Truth(
        draw=shape,
        traffic=traffic,
        worth=world.worth,
        shown=world.shown,
        learned=world.learned,
        unseen_part=world.unseen_part,
        seen=MappingProxyType(what_is_seen(traffic, world.shown.reactions, world.effect, shape.reacts)),
        best=plans(world.worth)[0][0],
        exemplars=world.exemplars,
        lost=MappingProxyType(dict(losses(traffic))),
        memo_rate=memo_rate,
        people_rate=100 * float((dropped & traffic.people).sum() / (opened & traffic.people).sum()),
        server_ms=told.score_ms,
        slot_ms=told.slot_ms,
        risk_precision=round(100 * (1 - float(world.shown.reactions["risk"].base[-3:].mean()))),
        price_drop_points=round(-100 * price_effect(world.price_test, "left_checkout"), 1),
    )
    known = surfacing(facts.make_facts(shape, told, traffic, memo_rate), facts.make_surfaces(shape, told))
    actions, features = entries.make_actions(shape), entries.make_features(shape)
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=facts.make_brief(shape, memo_rate),
        people=PEOPLE,
        facts=known,
        columns={
            "sessions": traffic.sessions,
            "orders_later": traffic.orders_later,
            "price_test": world.price_test,
            "voucher_test": world.voucher_test,
            "voucher_groups": _titled(world.voucher_groups),
            "page_timings": _timings(shape, told.score_ms, random(SLUG, seed, "pages")),
            "pipelines": _listed(features, "feature", ("source", "refreshed", "first_known")),
            "actions": _listed(actions, "action", ("web_weeks", "ml_weeks", "run_eur_month")),
        },
        truth=truth,
        more={
            "steps": entries.STEPS,
            "groups": entries.GROUPS,
            "aims": entries.AIMS,
            "measures": entries.MEASURES,
            "causes": entries.make_causes(shape),
            "observations": entries.make_observations(shape),
            "actions": actions,
            "features": features,
            "targets": entries.TARGETS,
            "voucher_groups": entries.VOUCHER_GROUPS,
            "returns_when": entries.RETURNS_WHEN,
            "tests": entries.TESTS,
            "assumptions": entries.make_assumptions(shape),
            "evidence": entries.make_evidence(known),
        },
        circumstances=_circumstances(truth),
    )


def _circumstances(truth: Truth) -> dict[str, int]:
    shape, lost = truth.draw, truth.lost
    return {
        "bank_repairs": int(shape.bank_repairs),
        "bank_first": int(truth.recoverable["payment"] > truth.recoverable["delivery_price"]),
        "bank_is_larger": int(lost["payment"] > lost["delivery price"]),
        "bank_is_large": int(shape.bank_large),
        "price_recovers": int(shape.price_recovers),
        "price_moves": int(not shape.price_recovers),
        "low_coverage": int(not shape.in_time),
        "account_lost": int(shape.account_lost),
        "score_holds": int(shape.responds == SCORE),
        "in_time": int(shape.in_time),
        "rule_holds": int(truth.verdicts["group_reacts"] == "held"),
        "vouchers_pay": int(truth.voucher != "none"),
    }


def _listed(rows: Mapping[str, Entry], key: str, names: tuple[str, ...]) -> Columns:
    """Entries as a table: their id, their label, and further attributes."""
    columns = {name: np.array([getattr(row, name) for row in rows.values()]) for name in names}
    return frozen_columns(
        **{key: np.array(list(rows)), "what": np.array([row.label for row in rows.values()])}, **columns
    )


def _titled(groups: Columns) -> Columns:
    """The voucher test by group with the group's two parts spelled out."""
    visit, delivery = zip(*(str(group).split("_") for group in groups["group"]), strict=True)
    return frozen_columns(
        visit=np.array(visit), delivery=np.array(delivery), **{k: v.copy() for k, v in groups.items()}
    )


def _timings(shape: Draw, score_ms: int, rng: np.random.Generator) -> Columns:
    """Milliseconds until a page stands, by week, page and device, and until the score answers; phones are slower."""
    rows = []
    for week in range(1, 5):
        for page, usual in (("cart", 1_150), ("checkout", 1_650), ("payment", 1_400)):
            for device, slower in (("phone", 1.55), ("desktop", 1.0)):
                middle = usual * slower * float(rng.normal(1.0, 0.012))
                if shape.sped_up and page == "checkout" and device == "phone" and week > 2:
                    middle *= 0.68
                rows.append((week, page, device, 10 * round(middle / 10), 10 * round(middle * 2.1 / 10)))
        rows.append((week, "score", "server", round(score_ms * 0.4), score_ms))
    names = ("week", "page", "device", "p50_ms", "p95_ms")
    return frozen_columns(**dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True)))


__all__ = ["COMPANY", "SESSIONS", "SLUG", "VERSION", "simulate"]
