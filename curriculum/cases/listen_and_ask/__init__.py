"""The world of `listen_and_ask`: four people want the same engineer for a quarter, and each could do with less.

What they ask for does not fit into thirteen weeks; what they need does, nearly. Which plan is best differs from world
to world, and so does whose date cannot move, which two needs are one job, and what February did not decide.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from curriculum.cases.base import Case, Columns, frozen_columns, random, surfacing
from curriculum.cases.listen_and_ask.cast import MATTERS, PEOPLE, POSITIONS, TOPICS, owner_of
from curriculum.cases.listen_and_ask.claims import make_claims
from curriculum.cases.listen_and_ask.draw import SLUG, Draw, dealt, draw
from curriculum.cases.listen_and_ask.facts import make_facts, make_told
from curriculum.cases.listen_and_ask.february import February, first_name, meet
from curriculum.cases.listen_and_ask.plans import WEEKS, Plan, cost
from curriculum.cases.listen_and_ask.rights import Rights, make_rights
from curriculum.cases.listen_and_ask.surfaces import make_surfaces
from curriculum.cases.listen_and_ask.truth import DECIDED, UNDECIDED, Truth
from curriculum.support.dates import day_month, full_day

VERSION = 1
COMPANY = "Osprey Line"
TODAY, STARTS = dt.date(2027, 3, 15), dt.date(2027, 4, 5)
PRICES = {"arrivals": (40, 90), "events": (12, 30), "refunds": (20, 60), "warehouse": (300, 900)}
"""By topic: what one unit of waiting costs, in euros: a train that is announced wrongly, a purchase that is not
finished, a refund that waits, an hour of the old warehouse."""
MEETINGS = (dt.date(2027, 3, 22), dt.date(2027, 3, 23), dt.date(2027, 3, 24), dt.date(2027, 3, 25))


def simulate(seed: int) -> Case:
    """One quarter of Osprey Line. Equal seeds give equal bytes."""
    shape, calendar = draw(seed), random(SLUG, seed, "calendar")
    meeting = dealt(seed, "meeting", MEETINGS)
    later = [meeting + dt.timedelta(days=days) for days in range(1, 9)]
    fixed_on = [day for day in later if day.weekday() < 5][int(calendar.integers(0, 4))]
    decides, reads_before = dealt(seed, "decides", (True, False)), dealt(seed, "reads", (True, False))
    rights = make_rights(seed, shape.work.fee)
    brought_on = [TODAY + dt.timedelta(days=days) for days in range(11, 40) if days % 7 < 5]
    february = meet(seed, shape.status, rights.holders, shape.work.given_done, brought_on)
    told = make_told(seed, decides, reads_before, random(SLUG, seed, "told"))
    claims = make_claims(shape, told, random(SLUG, seed, "claims"))
    leaves_after = 45
    truth = Truth(
        today=TODAY,
        meeting=meeting,
        fixed_on=fixed_on,
        work=shape.work,
        asked=shape.asked,
        filed=shape.filed,
        why=told.why,
        due_said=shape.due_said,
        hard=frozenset(topic for topic, once in shape.work.once.items() if once),
        shouter=_who(shape, "shout"),
        whisperer=_who(shape, "whisper"),
        matters=february.matters,
        dissent=february.dissent,
        facilitator=february.facilitator,
        note_taker=february.note_taker,
        decider="joaquim" if decides else "greta",
        reads_before=reads_before,
        reading=told.reading,
        leaves_after=leaves_after,
        best=shape.best,
        best_cost=shape.best_cost,
        structure=shape.structure,
        second=shape.second,
        runner_up=shape.runner_up,
        given=shape.given,
        as_filed_cost=cost(Plan(shape.filed), shape.asked),
        claims=claims.own,
        foreign=claims.foreign,
    )
    facts = surfacing(make_facts(shape, told, reads_before), make_surfaces(shape, told, STARTS, meeting))
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(truth, shape, rights),
        people=PEOPLE,
        facts=facts,
        columns={
            "transcript": february.transcript,
            "rights": rights.table,
            "weeks": _weeks(shape),
            "waiting": _waiting(shape, random(SLUG, seed, "waiting")),
            "asks": _asks(shape),
        },
        truth=truth,
        more={"topics": TOPICS, "matters": MATTERS, "claims": claims.entries},
        circumstances=_circumstances(truth, shape, february),
    )


def _who(shape: Draw, firmness: str) -> str:
    return next(topic for topic, firm in shape.firmness.items() if firm == firmness)


def _circumstances(truth: Truth, shape: Draw, february: February) -> dict[str, int]:
    """What conditions in the conversation may ask."""
    found = {"joaquim_decides": truth.decider == "joaquim", "reads_before": truth.reads_before}
    for topic in TOPICS:
        found[f"{topic}_hard"] = topic in truth.hard
        found[f"{topic}_shouts"] = topic == truth.shouter
        found[f"{topic}_whispers"] = topic == truth.whisperer
        found[f"{topic}_paired"] = topic in truth.pair
        found[f"dissenter_is_{owner_of(topic)}"] = february.dissent.who == owner_of(topic)
    for matter, status in shape.status.items():
        found[f"decided_{matter}"] = status == DECIDED
        found[f"undecided_{matter}"] = status == UNDECIDED
    topics = tuple(TOPICS)
    for number, first in enumerate(topics):
        found |= {f"pair_{first}_{second}": (first, second) == truth.pair for second in topics[number + 1 :]}
    return {name: int(value) for name, value in found.items()}


def _weeks(shape: Draw) -> Columns:
    begins = [STARTS + dt.timedelta(days=7 * week) for week in range(WEEKS)]
    return frozen_columns(
        week=np.arange(1, WEEKS + 1),
        begins=np.array(begins, dtype="datetime64[D]"),
        on_call=np.full(WEEKS, 4),
        not_on_call=np.full(WEEKS, 5),
        leave=np.array(shape.leave),
    )


def _waiting(shape: Draw, rng: np.random.Generator) -> Columns:
    """Thirteen weeks of the last quarter by topic: units, and what each costs; their sum is what a week costs."""
    week, topic, units, price = [], [], [], []
    for id in TOPICS:
        euros = int(rng.integers(*PRICES[id]))
        total = round(shape.work.late[id] * 1000 * WEEKS / euros)
        share = rng.dirichlet(np.full(WEEKS, 40.0))
        counted = np.floor(share * total).astype(int)
        counted[: total - int(counted.sum())] += 1
        week += list(range(1, WEEKS + 1))
        topic += [id] * WEEKS
        units += counted.tolist()
        price += [euros] * WEEKS
    order = sorted(range(len(week)), key=lambda row: week[row])
    return frozen_columns(
        week=np.array(week)[order],
        topic=np.array(topic)[order],
        units=np.array(units)[order],
        euros_a_unit=np.array(price)[order],
    )


def _asks(shape: Draw) -> Columns:
    """The asks as they were filed, the first on top; each has the same priority."""
    filed = [TODAY - dt.timedelta(days=30 - 5 * place) for place in range(len(shape.filed))]
    return frozen_columns(
        topic=np.array(shape.filed),
        who=np.array([owner_of(topic) for topic in shape.filed]),
        wants=np.array([POSITIONS[topic] for topic in shape.filed]),
        days=np.array([int(shape.asked.days[topic]) for topic in shape.filed]),
        filed=np.array(filed, dtype="datetime64[D]"),
        priority=np.ones(len(filed), dtype=int),
    )


def _brief(truth: Truth, shape: Draw, rights: Rights) -> str:
    work, asked = shape.work, sum(shape.asked.days.values())
    first = first_name(owner_of(shape.filed[0]))
    return (
        f"**From:** Joaquim Prado, head of product · **To:** you · **Subject:** Who gets Tilde?\n\n"
        f"Tilde is our only data engineer. Four people have asked for her, each for the whole quarter from "
        f"{day_month(STARTS)} to 2 July: {asked:g} days together. She does not have that many. All four say that "
        f"theirs is the most urgent, and all four have reasons.\n\n"
        f"Please hear them, and bring me one page with one question. The meeting is on {full_day(truth.meeting)}; I "
        f"leave after {truth.leaves_after} minutes. On {day_month(truth.fixed_on)} Tilde's quarter is fixed. Today is "
        f"{full_day(truth.today)}.\n\n"
        f"- If nothing is decided, the asks are worked off as they were filed, {first}'s first, with the days that "
        f"were asked for.\n"
        f"- In February we talked about four matters: whether Tilde hands over her on-call duty, a contractor for one "
        f"piece ({work.fee:g} thousand euros, done by the end of week {work.given_done}; he cannot take a piece that "
        f"shares work with another), the old warehouse for longer ({rights.extension_costs} thousand euros, paid from "
        f"elsewhere), and whether the new tracking waits for the June release. Everybody plans with that. There is a "
        f"transcript, and no minutes: somebody wrote, and the notes are lost.\n"
        f"- On call, Tilde has four days a week for us; not on call, five. Her leave is in the table weeks.\n"
        f"- Where the warehouse is kept longer, it is needed four weeks later. Events that wait for June are of use "
        f"from week 10 on.\n"
        f"- What the quarter has no room for comes in week 17.\n"
        f"- What a week of waiting cost last quarter is in the table waiting. The table rights is January's.\n"
    )
