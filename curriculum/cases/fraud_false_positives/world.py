"""The world of `fraud_false_positives`: a launch, three causes, and a sale that has nothing to do with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from curriculum.cases.base import Case, Columns, random, surfacing
from curriculum.cases.fraud_false_positives.causes import claims, measures, screen_changes
from curriculum.cases.fraud_false_positives.decisions import decisions_table, draw_decisions
from curriculum.cases.fraud_false_positives.drill import exit_week
from curriculum.cases.fraud_false_positives.events import events
from curriculum.cases.fraud_false_positives.groups import groups
from curriculum.cases.fraud_false_positives.knowledge import facts
from curriculum.cases.fraud_false_positives.leeway import draw_leeway
from curriculum.cases.fraud_false_positives.message_parts import ids_by_meaning, message_parts
from curriculum.cases.fraud_false_positives.metrics import (
    CONTESTED,
    GROUP_MEASURES,
    METRICS,
    Days,
    Definition,
    collected_table,
    definitions,
)
from curriculum.cases.fraud_false_positives.onset import change_place
from curriculum.cases.fraud_false_positives.payments import (
    CALIBRATION,
    DAY,
    DAYS,
    HOLDOUT,
    Draws,
    Parameters,
    act,
    draw_parameters,
    draw_payments,
)
from curriculum.cases.fraud_false_positives.people import PEOPLE
from curriculum.cases.fraud_false_positives.rota import Rota, draw_rota, severities, source_of
from curriculum.cases.fraud_false_positives.rule_trial import Trial, remembered_trial, right_rules
from curriculum.cases.fraud_false_positives.shape import CAUSES, MARKET, SCREEN, SLUG, UPSTREAM, Shape
from curriculum.cases.fraud_false_positives.story import Story, draw_story
from curriculum.cases.fraud_false_positives.surfaces import make_surfaces
from curriculum.cases.fraud_false_positives.tables import (
    BUCKET,
    Calendar,
    about_table,
    drill_table,
    hands_table,
    payment_table,
    release_table,
    screen_table,
    session_table,
    ticket_table,
)
from curriculum.cases.fraud_false_positives.war_room import circumstances, mitigations, works_again
from curriculum.support.dates import full_day

VERSION = 4
COMPANY = "Larkspur Pay"
MARKETS = {"NO": "Norway", "NL": "the Netherlands", "DE": "Germany", "PL": "Poland"}
FPR_LIMIT, GROUP_LIMIT, RECALL_FLOOR = 0.005, 0.015, 0.50
"""What a fallback must keep to: as shares of good payments, of good payments in a group, of frauds."""


@dataclass(frozen=True)
class Truth:
    """What is so by construction."""

    seed: int
    calendar: Calendar
    scale: int
    """The payments are those of one customer in this many."""
    parameters: Parameters
    draws: Draws
    shares: Mapping[str, float]
    """Share of each cause in the stopped payments beyond the usual, in percent, as the tables give it."""
    excess_a_day: Mapping[str, float]
    """Payments wrongly stopped a day through each cause, of all customers, over the last seven days."""
    usual_a_day: float
    """Payments wrongly stopped a day with none of the causes."""
    frauds_a_day: float
    """Frauds tried a day, of all customers."""
    fraud_amount: float
    """Euros of an average fraud."""
    values: Mapping[str, tuple[float, float]]
    """Each definition's value before the launch and now."""
    customers: int
    """Customers who had a payment stopped since the launch day began, of all customers."""
    customers_share: float
    """The same as a percentage of the customers who paid."""
    capacity: int
    """Alerts of a fallback that can be reviewed in a day."""
    market: str
    drill: Columns
    """The table of that name."""
    story: Story
    """Which chain of whys is true of each branch."""
    rota: Rota
    """Who does what today, and by which rules."""
    message: Mapping[str, Mapping[str, str]]
    """For each heading of the message to customers, the ids of its elements by what they are."""

    definitions: Mapping[str, Definition]
    decision: str
    """The decision that keeps the fallback, where it is decided that it stays; else the one that it goes."""

    @property
    def shape(self) -> Shape:
        """What is so here and not in other worlds."""
        return self.parameters.shape

    @property
    def rules(self) -> Mapping[str, str]:
        """Two fallback rules that keep all limits: `marks` by what marks fraud alone, `score` with the score."""
        return right_rules(self.shape)

    @property
    def trusted(self) -> Mapping[str, str]:
        """By metric, the definition that can be trusted today; by cause, the measure that shows it alone."""
        sound = {found.metric: found.id for found in self.definitions.values() if found.sound and found.metric in
                 CONTESTED}  # fmt: skip
        return {**sound, **GROUP_MEASURES, "screen": sound["ui_errors"]}

    @property
    def worst_group(self) -> str:
        """The measure of the group whose stops rose most, of those that were large enough before to have a level: the
        new market had a pilot of some hundred payments."""
        return GROUP_MEASURES["upstream"]

    def may_query(self, definition: str) -> tuple[str, ...]:
        """Who can query the data from which a definition counts."""
        source = source_of(definition)
        return self.shape.hands[f"query_{'screens' if source == 'sessions' else source}"]

    def trial(self, rule: str, window: str) -> Trial:
        """What a fallback rule does in one of the windows."""
        return remembered_trial(SLUG, self.seed, rule, window)

    def drill_week(
        self, ratio: float, in_a_row: int, *, without_fallback: bool = True, actions_closed: bool = True
    ) -> int:
        """The week in which last autumn's incident ends when every measure may be `ratio` times the usual; 0 if in
        none."""
        ratios = dict.fromkeys(CONTESTED, ratio)
        week = exit_week(self.drill, ratios, in_a_row, without_fallback=without_fallback, actions_closed=actions_closed)
        return week or 0

    @property
    def at_work(self) -> tuple[str, ...]:
        """The causes that stop good payments."""
        return tuple(cause for cause, share in self.shares.items() if share > 0)

    def works_after(self, *actions: str) -> str:
        """What is put back once these actions of the war room work, as elements of the message are called."""
        return works_again(self.at_work, actions, mitigations(self.shape))

    @property
    def hit(self) -> str:
        """Who is affected, as the message's element is called: the cause with the largest share of the harm."""
        return f"customers_{max(self.shares, key=lambda cause: self.shares[cause])}"

    @property
    def not_hit(self) -> str:
        """The same of a group that is stopped as rarely as before."""
        groups = (told for told in self.message["who"] if told.startswith("customers_"))
        return next(told for told in groups if told.removeprefix("customers_") not in self.at_work)

    @property
    def per_minute(self) -> dict[str, float]:
        """Payments wrongly stopped a minute through each cause."""
        return {cause: excess / DAY for cause, excess in self.excess_a_day.items()}

    def day(self, number: int) -> dt.date:
        """A day of the case; day 0 is the first, day 42 is the war room's."""
        return self.calendar.day(number)

    def minute(self, after: int) -> str:
        """A moment of the war room, `after` minutes from its start, as it is written in records."""
        return f"{self.calendar.war_room + dt.timedelta(minutes=after):%Y-%m-%d %H:%M}"

    @property
    def launch(self) -> str:
        return f"{self.calendar.launch:%Y-%m-%d %H:%M}"

    @property
    def today(self) -> dt.date:
        return self.calendar.war_room.date()

    @property
    def calibration(self) -> tuple[dt.date, dt.date]:
        return self.day(CALIBRATION[0]), self.day(CALIBRATION[1] - 1)

    @property
    def holdout(self) -> tuple[dt.date, dt.date]:
        return self.day(HOLDOUT[0]), self.day(HOLDOUT[1] - 1)


def simulate(seed: int) -> Case:
    """About 50,000 payments in six weeks, with what everybody else recorded of them; under 300 ms."""
    rng = random(SLUG, seed, "world")
    parameters = draw_parameters(seed)
    draws = draw_payments(seed, parameters)
    actions = act(draws, parameters, CAUSES)
    start = dt.datetime(2026, 1, 5) + dt.timedelta(weeks=int(rng.integers(0, 9)))
    calendar = Calendar(start, parameters.launch)
    scale = int(rng.integers(18, 40))
    market = MARKETS[parameters.market_code]
    reviewers = ceil(15 * scale / 105)
    each = round(15 * scale / reviewers / 5) * 5
    columns = {
        "payments": payment_table(calendar, parameters, draws, actions),
        "tickets": ticket_table(seed, calendar, parameters, draws, actions, scale),
        "screens": screen_table(seed, calendar, parameters, draws, actions, scale),
        "sessions": session_table(seed, calendar, draws, scale),
        "releases": release_table(calendar, parameters),
        "drill": drill_table(seed),
        "collected": collected_table(parameters.shape),
    }
    stopped = np.char.startswith(columns["payments"]["action"], "stopped")
    day = draws.minute // DAY
    recent = (day >= calendar.now[0]) & (day < calendar.now[1])
    story, rota = draw_story(seed), draw_rota(seed, 100 * float(stopped[recent].mean()))
    fresh = {
        f"{source} come in every": (str(minutes), "minutes; a number cannot be newer")
        for source, minutes in rota.arrives.items()
    }
    names = {id: person.label for id, person in PEOPLE.items()}
    columns["hands"] = hands_table(parameters.shape, rota.free, names)
    columns["about"] = about_table(
        calendar, scale, {"fallback alerts": (str(reviewers * each), "a day; what the reviewers can take"), **fresh}
    )
    decisions = draw_decisions(seed, parameters.shape, calendar.war_room.date())
    columns["decisions"] = decisions_table(decisions)
    counted = definitions(parameters.shape)
    here = Days(columns, calendar.start, DAYS, scale)
    values = {id: (here.value(id, calendar.before), here.value(id, calendar.now)) for id in counted}
    since = _since_the_change(here, calendar)
    customers, share = _customers(here, since, scale)
    excess, usual = _causes(draws, parameters, scale)
    began = f"{calendar.launch.day} {calendar.launch:%B}"
    parts = message_parts(seed, began, market, parameters.shape.appeal_days)
    stated = claims(market, seed)
    fraud = draws.fraud > 0
    truth = Truth(
        seed=seed, calendar=calendar, scale=scale, parameters=parameters, draws=draws,
        shares=_shares(here, since, parameters.market_code), excess_a_day=excess, usual_a_day=usual,
        frauds_a_day=float(fraud.sum()) * scale / DAYS,
        fraud_amount=float(draws.amount[fraud].mean()), values=values, customers=customers, customers_share=share,
        capacity=reviewers * each, market=market, drill=columns["drill"], definitions=counted,
        decision=next(each.id for each in decisions.values() if each.in_force),
        story=story, rota=rota, message=ids_by_meaning(parts),
    )  # fmt: skip
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(calendar, market, scale, parameters.shape, rota),
        people=PEOPLE,
        facts=surfacing(
            facts(here, calendar, parameters, market, (reviewers, each), story, rota, draw_leeway(seed), seed),
            make_surfaces(calendar, market, story),
        ),
        columns=columns,
        truth=truth,
        more={
            "severities": severities(rota),
            "metrics": METRICS,
            "definitions": counted,
            "decisions": decisions,
            "claims": stated,
            "events": events(stated),
            "groups": groups(market, parameters.market_code),
            "measures": measures(seed),
            "screen_changes": screen_changes(parameters.shape.unfit),
            **{f"message_{part}": elements for part, elements in parts.items()},
        },
        circumstances=circumstances(truth.per_minute),
    )  # fmt: skip


def redraw(seed: int) -> Case:
    """The same world with other payments, which no table shows: fallback rules are judged on them."""
    from curriculum.cases import load_case

    case = load_case(SLUG, seed)
    truth = case.truth
    draws = draw_payments(seed, truth.parameters, "unseen payments")
    payments = payment_table(truth.calendar, truth.parameters, draws, act(draws, truth.parameters, CAUSES))
    return replace(case, columns={**case.columns, "payments": payments}, truth=replace(truth, draws=draws))


def _since_the_change(here: Days, calendar: Calendar) -> np.ndarray:
    """Which payments came since the level of stops changed: from the same six hours on as the notebook counts."""
    bucket = (np.asarray(here.tables["payments"]["time"]) - np.datetime64(calendar.start, "m")).astype(int) // BUCKET
    return bucket >= change_place(np.bincount(bucket[here.stopped()], minlength=DAYS * DAY // BUCKET))


def _customers(here: Days, since: np.ndarray, scale: int) -> tuple[int, float]:
    """Customers with a stopped payment since the change, scaled up, and their share of those who paid, in percent."""
    customer = np.asarray(here.tables["payments"]["customer"])
    stopped = len(np.unique(customer[since & here.stopped()]))
    return stopped * scale, 100 * stopped / len(np.unique(customer[since]))


def _shares(here: Days, since: np.ndarray, market_code: str) -> dict[str, float]:
    """The share of each cause in percent, as learners work it out: the stops in its group beyond what was usual among
    the same kind of payments before, of the sum of the three."""
    stopped, version = here.stopped(), here.column("app_version")
    partner, market = here.column("login") == "partner", here.column("country") == market_code
    groups = {UPSTREAM: (partner, partner), MARKET: (market, market), SCREEN: (version == "5.2", version == "5.1")}
    beyond = {
        cause: float(stopped[since & now].sum() - stopped[~since & usual].mean() * (since & now).sum())
        for cause, (now, usual) in groups.items()
    }
    return {cause: 100 * count / sum(beyond.values()) for cause, count in beyond.items()}


def _causes(draws: Draws, parameters: Parameters, scale: int) -> tuple[dict[str, float], float]:
    """Wrongly stopped payments a day that each cause adds, by living the last week without it, and the usual ones."""
    good = draws.fraud == 0
    recent = good & (draws.minute >= (DAYS - 7) * DAY)
    everything = act(draws, parameters, CAUSES).stopped
    excess = {}
    for cause in CAUSES:
        without = act(draws, parameters, [other for other in CAUSES if other != cause]).stopped
        excess[cause] = float((everything & recent).sum() - (without & recent).sum()) * scale / 7
    return excess, float((act(draws, parameters, ()).stopped & recent).sum()) * scale / 7


def _brief(calendar: Calendar, market: str, scale: int, shape: Shape, rota: Rota) -> str:
    days = (calendar.war_room.date() - calendar.launch.date()).days
    ends = (
        "Helen Brandt decides when the incident is over."
        if shape.decider == "helen"
        else "Helen Brandt has left it to Samir to decide when this incident is over."
    )
    return (
        f"It is {calendar.war_room:%A}, {full_day(calendar.war_room)}, {calendar.war_room:%H:%M} UTC. "
        f"**Larkspur Pay** moves money for people in Sweden, Denmark and Finland, and for the last "
        f"{days} days in {market}. Its fraud model stops payments that look like theft. Since the spring "
        f"launch it stops many payments that are nothing of the kind: people stand at the till and cannot pay.\n\n"
        f"Everybody has an explanation. Support says that people are buying more in the sale. The model's team says "
        f"that the data has drifted. Design says that the new alert screen confuses people. The data platform says "
        f"that all its checks are green. Each has its own chart.\n\n"
        f"You were named **incident lead** five minutes ago. You have 90 minutes in one room with support, machine "
        f"learning, design, the data platform and communications. Samir Haddad runs the review of "
        f"alerts; Clara Duarte speaks for the company. {ends} {rota.approval} Whether a "
        f"fallback stays on for good is in the log, `decisions`.\n\n"
        f"Only who is on call switches anything in production today: {rota.on_call_name}. Switches that are asked for "
        f"until ten work within minutes; from ten on, a change freeze holds them up until tomorrow. A switch holds for "
        f"three days. What is to last longer needs an action, and `hands` says who may change or query what this "
        f"week.\n\n"
        f"{rota.severity_rule}\n\n"
        f"The export on your desk ends at midnight. `payments` holds every payment of **one customer in {scale}**; "
        f"tickets, screens and sessions count all customers. All times are UTC. `about` and `collected` say the rest."
    )
