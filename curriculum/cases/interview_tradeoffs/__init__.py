"""The world of `interview_tradeoffs`: the work folder of a candidate, four former colleagues, and the panel.

Causeway Travel had to choose between a quick and a deep ranker. The learner was the product manager of journey search.
What was decided and on which ground, who paid, which numbers compare, what people like to remember and how it went
differ from world to world. Ranges are those of the domain reference: a p95 of 80–120 ms for a light model and 200–300
more for a complex one; a conversion of 2–3.5 %; −0.5 % of it for 100 ms; a third arm with the light model and an
injected delay, which tells model and latency apart. Before and after can be recomputed from `weekly`, the range from
`test`, and the limit from `shadow`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import numpy as np

from curriculum.cases.base import Case, Columns, Entry, by_id, frozen_columns, random
from curriculum.cases.interview_tradeoffs.draw import THEIRS, Draw, draw
from curriculum.cases.interview_tradeoffs.facts import COUNTED, facts_of
from curriculum.cases.interview_tradeoffs.people import COLLEAGUES, PEOPLE, WISHES, decided
from curriculum.cases.interview_tradeoffs.trial import ARMS, DEVICES, Money, Trial, money_of, shadow_of, trial_of
from curriculum.cases.interview_tradeoffs.truth import Truth
from curriculum.cases.interview_tradeoffs.weeks import RELEASE_DAY, WEEKS, WINDOW, Weekly
from curriculum.cases.interviews.contrasts import TRADE_OFF_FLAWS
from curriculum.cases.interviews.folder import log_columns, offered
from curriculum.cases.interviews.pairs import draw_pairs
from curriculum.cases.interviews.project import Logged
from curriculum.support.dates import full_day

__all__ = ["Truth", "simulate"]

SLUG, VERSION = "interview_tradeoffs", 1

_KINDS = {
    "forecast": "a plan or a replay of old searches",
    "lucky_week": "one week that was not like the others",
    "small_sample": "a pilot of two days in one town",
    "baseline": "the number before",
    "result": "the number after",
}
_WAYS = (
    (r"\bquick\s+ranker\s+on\s+every\s+device\b", r"\bdeep\s+ranker\s+on\s+(?:every\s+device|desktops)\b"),
    (r"\bdeep\s+ranker\s+on\s+desktops\b", r"\bdeep\s+ranker\s+on\s+every\s+device\b"),
)


def simulate(seed: int) -> Case:
    """Eighteen weeks of searches, a test in three arms, the papers of the project, and what four people remember."""
    rng, shape = random(SLUG, seed), draw(seed)
    start = dt.date(2026, 2, 2) + dt.timedelta(days=7 * int(rng.integers(0, 9)))
    weekly = Weekly(rng, shape)
    money = money_of(rng, shape)
    trial = trial_of(rng, shape, money)
    limit, shadow = shadow_of(rng, shape)
    log = _log(rng, start, THEIRS[seed % len(THEIRS)])
    facts, measured, units = facts_of(rng, shape, weekly, start, log, trial, money)
    pairs = draw_pairs(SLUG, seed, TRADE_OFF_FLAWS)
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company="Causeway Travel",
        brief=_brief(start, limit, money),
        people=PEOPLE,
        facts=facts,
        columns={
            "kick_off": _kick_off(limit),
            "shadow": frozen_columns(
                ranker=np.array(list(dict.fromkeys(ranker for ranker, _ in shadow)), dtype=object),
                **{d: np.array([time for (_, device), time in shadow.items() if device == d]) for d in DEVICES},
            ),
            "test": trial.columns(),
            "traffic": frozen_columns(
                device=np.array([*DEVICES, "everyone"], dtype=object),
                visitors_a_month=np.array([money.visitors[where] for where in (*DEVICES, "everyone")]),
            ),
            "weekly": frozen_columns(
                week_begins=np.array(
                    [start + dt.timedelta(days=7 * week) for week in range(WEEKS)], dtype="datetime64[D]"
                ),
                searches=weekly.searches,
                bookings=weekly.counts["booked"],
                answered_late=weekly.counts["late"],
                changed_within_a_day=weekly.counts["changed"],
            ),
            "project_log": log_columns(log, PEOPLE),
        },
        truth=Truth(
            role="product manager of journey search",
            measures=COUNTED,
            tellable=shape.tellable,
            measured=measured,
            kinds=_KINDS,
            units=units,
            won=shape.won,
            lost=shape.lost,
            wishes=WISHES,
            decided=decided(shape),
            ways=_WAYS,
            decided_on=log[shape.written_in].on,
            approver=shape.decider,
            written_in=shape.written_in,
            disappointing=shape.disappointing,
            cost=WISHES[shape.lost].cost,
            questions=_questions(shape),
            public=frozenset(float(time) for time in shadow.values()) | {float(limit)},
            derived=frozenset(_derived(trial, money, shape.population)),
            log=log,
            pairs=pairs,
            chosen=shape.chosen,
            ground=shape.ground,
            population=shape.population,
            limit=limit,
            trial=trial,
            money=money,
            nice=tuple(f"nice_{measure}" for measure in COUNTED),
        ),
        circumstances={
            **{f"{measure}_compare": int(measure in shape.tellable) for measure in COUNTED},
            **{f"{side}_lost": int(side == shape.lost) for side in WISHES},
            "money_decided": int(shape.ground == "money"),
        },
        more={**offered(log, PEOPLE, COLLEAGUES, pairs), **PICKED},
    )


PICKED: Mapping[str, Mapping[str, Entry]] = {
    "populations": by_id(
        Entry("everyone", "Everyone"), Entry("phones", "People on phones"), Entry("desktops", "People on desktops")
    ),
    "options": by_id(
        Entry("quick", "The quick ranker everywhere"),
        Entry("desktop", "The deep ranker on desktops only"),
        Entry("deep", "The deep ranker everywhere"),
    ),
}
"""What the questions about numbers offer."""


def _brief(start: dt.date, limit: int, money: Money) -> str:
    first, released = start + dt.timedelta(days=WINDOW), start + dt.timedelta(days=RELEASE_DAY)
    return (
        "You are invited to a second round. The same panel, and this time they want a story about a trade-off: twice, "
        "in two minutes and in thirty seconds, and then they will push on its numbers.\n\n"
        "If you have finished other lessons, or have a story of your own, you can use it. Otherwise borrow this work "
        "folder to practise: you were the product manager of journey search at **Causeway Travel**, which sells rail "
        "and ferry tickets. A quick ranker orders the journeys that people see. A deep ranker had been built that "
        "orders them better and takes longer. "
        f"The service has promised that 95 of 100 searches are answered within {limit} milliseconds; carriers may "
        "leave if it is broken, so nobody may buy it off. Three functions wanted something, and two of these wishes "
        "could not be had together.\n\n"
        f"A test ran for three weeks in three arms: the quick ranker, the quick ranker with a delay as long as the "
        f"deep one's, and the deep one. Each visitor saw one arm. Building the deep ranker has cost {money.built:,} "
        f"euros, and a traveller pays {money.fare} euros for a booking on average. The work began on "
        f"{full_day(first)}, and what was decided was released on {full_day(released)}.\n\n"
        "You left before anybody looked back. Who decided, what it cost, what stays of a booking, what the deep ranker "
        "costs a month and which numbers compare is with four former colleagues. They like you, and each of them has a "
        "number that they like to remember."
    )


def _kick_off(limit: int) -> Columns:
    rows = [
        ("Data science", "the deep ranker wherever it can run"),
        ("ML engineering", "every answer within the limit and no new servers"),
        ("Customer support", "one order of journeys on every device"),
        ("Sales or marketing", "more bookings from search"),
        ("Product", "fewer bookings that are changed at once"),
    ]
    return frozen_columns(
        function=np.array([function for function, _ in rows], dtype=object),
        wanted=np.array([wanted for _, wanted in rows], dtype=object),
    )


def _derived(trial: Trial, money: Money, population: str) -> Iterator[float]:
    """What a careful candidate reads off or works out and may tell: how many came and booked, rates, effects with their
    ends, the gain that would pay, and what the gain is worth a month."""
    for among in ("everyone", *DEVICES):
        effect = trial.effect(among)
        yield from (effect.point, effect.low, effect.high, money.visitors[among])
        for arm in ARMS:
            yield from trial.counts(arm, among)
    for arm, against in (("deep", "quick, delayed"), ("quick, delayed", "quick")):
        parted = trial.effect(population, arm, against)
        yield from (parted.point, parted.low, parted.high)
    for arm in ARMS:
        visitors, bookings = trial.counts(arm, population)
        yield 1_000 * bookings / visitors
    yield money.break_even(population)
    effect, a_gain = trial.effect(population), money.visitors[population] / 1_000 * money.margin
    yield from (effect.point * a_gain, effect.low * a_gain, effect.high * a_gain)


def _questions(shape: Draw) -> frozenset[str]:
    """The questions of the bank that such a project can answer."""
    found = {"accuracy_against_latency"}  # the deep ranker and the limit collide in every one of them
    if {shape.won, shape.lost} == {"data", "ml"}:
        found.add("two_models_two_camps")
    if shape.chosen != "deep":
        found.add("accuracy_lost")  # everywhere, or on phones
    if shape.lost == "data" and shape.ground == "money":
        found.add("argued_against_a_model")
    if shape.ground == "money" and shape.chosen == "quick":
        found.add("inconclusive_experiment")
    return frozenset(found)


def _log(rng: np.random.Generator, start: dt.date, pair: tuple[int, int]) -> Mapping[str, Logged]:
    def on(day: int) -> dt.date:
        return start + dt.timedelta(days=day)

    rng.permutation(6)  # once drew the pair; kept, so that every number that is drawn later stays what it was
    theirs = dict(zip(pair, rng.permutation(["radek", "farida", "hedda"])[:2], strict=True))
    mine = [str(theirs.get(number, "you")) for number in range(6)]
    return {
        "kick_off_note": Logged(on(30), mine[4], "Note of the kick-off: what each side may not lose"),
        "shadow_report": Logged(on(36), "farida", "Report of the shadow run, by device"),
        "price_sheet": Logged(on(38), mine[0], "Sheet on what a millisecond and a booking are worth"),
        "test_plan": Logged(on(43), mine[1], "Test plan: three arms, three weeks and the rule"),
        "call_survey": Logged(on(50), "hedda", "What callers ask when two screens differ"),
        "test_report": Logged(on(70), "radek", "Report of the three arms"),
        "range_note": Logged(on(71), mine[2], "Note on the range, and where the choice would flip"),
        "options_paper": Logged(on(73), mine[5], "The choices with who pays for each, on one page, as signed"),
        "review_minutes": Logged(on(77), "samuel", "Minutes of the summer review"),
        "release_plan": Logged(on(80), mine[3], "Release plan with the number that opens it again"),
        "look_back": Logged(on(115), "you", "Look-back that you sent after you had left"),
    }
