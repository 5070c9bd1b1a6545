"""Draws one world of `conflicting_priorities`, and a second draw of its deliveries."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Case, Columns, Fact, frozen_columns, random
from curriculum.cases.conflicting_priorities import entries
from curriculum.cases.conflicting_priorities.deliverables import (
    DELIVERABLES,
    authority_table,
    capacity_table,
    make_capacity,
    make_work,
    work_table,
)
from curriculum.cases.conflicting_priorities.deliveries import (
    SHOWN,
    SHOWN_WEEKS,
    UNSEEN,
    UNSEEN_WEEKS,
    Deliveries,
    make_checks,
    make_deliveries,
    make_dispatch_taps,
)
from curriculum.cases.conflicting_priorities.draw import MODEL_WEEKS, NOISE, QUEUE, ROUTE, SLUG, TIGHT, Draw, draw
from curriculum.cases.conflicting_priorities.facts import QUARTER_ENDS, TODAY, WAITED_FOR, make_facts
from curriculum.cases.conflicting_priorities.people import PEOPLE
from curriculum.cases.conflicting_priorities.rules import mistaken, promises
from curriculum.cases.conflicting_priorities.truth import Truth
from curriculum.cases.conflicting_priorities.worth import (
    AT_DISPATCH,
    DISPATCH_BUILD,
    HALF_YEAR,
    LOG_BUILD,
    LOGS,
    NONE,
    RULE_BUILD,
    ways,
    width_84,
)
from curriculum.support.dates import full_day
from curriculum.support.worlds import kept_for_worlds

VERSION = 1
COMPANY = "Saltbridge Couriers"
DIARY = 150


def simulate(seed: int) -> Case:
    """One summer at Saltbridge Couriers. Equal seeds give equal bytes."""
    return _world(seed)[0]


def redraw(seed: int) -> Case:
    """The same world with the deliveries of the half-year after the launch, which no table shows."""
    case, unseen = _world(seed)
    columns = {**case.columns, "deliveries": unseen.columns}
    return replace(case, columns=columns, truth=replace(case.truth, door=unseen.door))


@kept_for_worlds(maxsize=4)
def _world(seed: int) -> tuple[Case, Deliveries]:
    shape = draw(seed)
    shown = make_deliveries(shape, random(SLUG, seed, "shown"), SHOWN, SHOWN_WEEKS, from_launch=False)
    unseen = make_deliveries(shape, random(SLUG, seed, "unseen"), UNSEEN, UNSEEN_WEEKS, from_launch=True)
    ours = promises(shape, shown, unseen)
    spike = MappingProxyType({log: round(width_84(shape, log), 1) for log in (NONE, *LOGS)})
    limit = math.ceil(spike[NONE]) + int(random(SLUG, seed, "limit").choice([4, 6]))
    limit = max(limit, math.ceil(max(ours[name].unseen.width for name in ("line", "offsets"))))
    work = make_work(seed, shape)
    truth = Truth(
        shape=shape,
        door=shown.door,
        promises=MappingProxyType(ours),
        mistaken=MappingProxyType(mistaken(shape, shown, unseen, limit, ours)),
        ways=ways(shape, ours["line"], ours["minute"]),
        window_limit=limit,
        work=work,
        capacity=make_capacity(work, shape),
        spike=spike,
    )
    facts = make_facts(seed, shape, limit)
    case = Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(facts),
        people=PEOPLE,
        facts=facts,
        columns={
            "deliveries": shown.columns,
            "checks": make_checks(shape, random(SLUG, seed, "checks")),
            "dispatch_taps": make_dispatch_taps(shape, random(SLUG, seed, "dispatch")),
            "diary": _diary(shape, limit, random(SLUG, seed, "diary")),
            "spike": _spike(spike, random(SLUG, seed, "spike")),
            "fields": _fields(),
            "capacity": capacity_table(truth.capacity, PEOPLE),
            "work": work_table(work, PEOPLE),
            "authority": authority_table(work, PEOPLE),
        },
        truth=truth,
        more={
            "mechanisms": entries.MECHANISMS,
            "regions": entries.REGION_ENTRIES,
            "groups": entries.GROUP_ENTRIES,
            "studies": entries.STUDIES,
            "pay_clauses": entries.PAY_CLAUSES,
            "late_says": entries.LATE_SAYS,
            "logs": entries.LOG_ENTRIES,
            "deliverables": DELIVERABLES,
        },
        circumstances=_circumstances(truth),
    )
    return case, unseen


def _circumstances(truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    shape = truth.shape
    return MappingProxyType(
        {
            "minute_holds": int(shape.kind == TIGHT),
            "taps_good": int(shape.taps_good),
            "log_pays": int(truth.best.log != NONE),
            "queue_world": int(shape.kind == QUEUE),
            "route_world": int(shape.kind == ROUTE),
            "noise_world": int(shape.kind == NOISE),
            "planners_many": int(shape.planners >= 60),
            "backend_short": int(shape.backend_weeks < RULE_BUILD + DISPATCH_BUILD),
            "ml_short": int(shape.ml_weeks < MODEL_WEEKS),
            "pay_is_yours": int(shape.pay_is_yours),
            "study_fits": int(shape.study_days <= shape.printer_day),
            "fenside_late": int(shape.late_region == "fenside"),
        }
    )


def _diary(shape: Draw, limit: int, rng: np.random.Generator) -> Columns:
    home = rng.permutation(np.arange(DIARY) < round(DIARY * shape.planners / 100))
    widest = np.clip(np.round(rng.normal(limit - 5, 3.0, DIARY)), 10, limit).astype(int)
    widest[rng.integers(0, DIARY, 3)] = limit
    return frozen_columns(used_to=np.where(home, "be home", "come to the door"), widest_min=widest)


def _spike(spike: Mapping[str, float], rng: np.random.Generator) -> Columns:
    return frozen_columns(
        log=np.array([entries.LOG_ENTRIES[log].label if log != NONE else "none: what is known today" for log in spike]),
        rows=rng.integers(600, 1200, len(spike)),
        width_min=np.array(list(spike.values())),
    )


def _fields() -> Columns:
    when = {
        "region": "at the order", "distance_km": "at the order", "hour": "at the order", "items": "at the order",
        "stops_before": "when the courier sets out", "shop_wait_min": "when the courier leaves the shop",
        "tapped_min": "when the courier presses “delivered”",
    }  # fmt: skip
    return frozen_columns(column=np.array(list(when)), written=np.array(list(when.values())))


def _brief(facts: Mapping[str, Fact]) -> str:
    return (
        f"**From:** Henrike Moll, head of operations · **To:** you · **Subject:** One plan, please\n\n"
        f"Today is {full_day(TODAY)}. {facts['launch_public'].label} Nobody has said what kind of time it will be. "
        f"Odalys says that it is public. Tomasz says {WAITED_FOR} weeks. Imani wants five weeks with couriers. Stellan "
        f"fears for his couriers. Each of them asks me to tell the others. I do not want to carry messages, and I do "
        f"not want you to. On Thursday I want one plan, and one page on who answers for what.\n\n"
        f"- We have three regions, and a pilot in Fenside since week 15 of the data.\n"
        f"- A promise is an earliest and a latest time, in minutes after the order. It is given when the order is "
        f"placed. One time alone is read as ten minutes before and ten after: a window of 20.\n"
        f"- A promise is kept when the courier is at the door inside it. We want 80 of 100 kept, and 74 of 100 in "
        f"every region and in every distance band (below 2 km, 2 to 4 km, 4 km and more).\n"
        f"- {facts['ninety_six'].label}\n"
        f"- Until the launch, the promise by rule takes {RULE_BUILD} weeks of backend work, a minute when the courier "
        f"leaves {DISPATCH_BUILD} more, and each new log {LOG_BUILD}. Logs begin with the launch; a model takes "
        f"{MODEL_WEEKS} weeks to build once its log is full.\n"
        f"- I count the {HALF_YEAR} weeks after the launch. A kept time counts 1 and a broken one takes 1 away. For "
        f"people who plan with it, a kept window counts 1/50 less for each minute beyond 20; for people who come to "
        f"the door, 1/16 less. These can be given a minute when the courier leaves instead: it is kept for "
        f"{100 * AT_DISPATCH:.0f} of 100 punctual taps, and for no late tap.\n"
        f"- If a date slips beyond week {QUARTER_ENDS}, Q3 is over.\n"
    )


def week_day(week: int) -> dt.date:
    """The Monday of a week, counted from now."""
    return TODAY + dt.timedelta(weeks=week)
