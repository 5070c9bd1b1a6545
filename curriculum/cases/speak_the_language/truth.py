"""What is so in a world of `speak_the_language`: people a day, what each repair brings back, who means what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns
from curriculum.cases.definitions import Count, Window, by_population, ratio, value_of
from curriculum.cases.speak_the_language.draw import REPAIRS, SPEAKERS, Draw
from curriculum.cases.speak_the_language.entries import COMPLAINTS, COUNTS, HANDFUL, SEGMENTS, WINDOWS, Meaning
from curriculum.cases.speak_the_language.tables import DAYS

AGENT_MINUTES = 330
"""Productive minutes of an agent's day: five and a half hours of answering."""
GOOD_ENOUGH = 0.9
"""A repair that brings back this share of what the best one does is as good as the best."""

STATEMENTS = MappingProxyType(
    {
        "new_threshold": ("false positive", "disa"),
        "disa_latency": ("latency", "disa"),
        "emeka_accuracy": ("accuracy", "emeka"),
        "card_step": ("conversion", "paloma"),
        "lina_latency": ("latency", "lina"),
        "order_rate": ("conversion", "odile"),
        "odile_accuracy": ("accuracy", "odile"),
        "hamza_false_positive": ("false positive", "hamza"),
    }
)
"""By fact: the word in it, and who says it."""
SENSE_FACTS = MappingProxyType({(speaker, word): fact for fact, (word, speaker) in STATEMENTS.items()} | {
    ("emeka", "drift"): "emeka_drift", ("lina", "drift"): "lina_drift"})  # fmt: skip
"""By person and word: the fact in which they say what they mean by it."""


@dataclass(frozen=True)
class Truth:
    """What is so by construction; people are counted a day."""

    today: dt.date
    go_live: dt.date
    repair_works: dt.date
    senses: Mapping[tuple[str, str], str]
    """By word and speaker: the definition that they mean."""
    collide: frozenset[str]
    """The words by which their two speakers mean different things."""
    statements: Mapping[str, str]
    """By statement: the definition behind it."""
    values: Mapping[str, float]
    """By definition: its value, recomputed."""
    crowds: Mapping[str, float]
    """By crowd: people a day in February; nobody is 0."""
    threshold_from: float
    threshold_to: float
    """As Disa says them, in her sense of a false positive."""
    caught_after: float
    """Frauds caught a day from 8 March on."""
    stopped_after: float
    """Good payments stopped a day from 8 March on, by what Disa says."""
    missed_after: float
    """Frauds that pass a day from 8 March on."""
    minutes: float
    """Of support for a ticket about a stopped payment."""
    writes: float
    """Percent of good customers stopped who write."""
    roster: float
    """Agents more from 8 March on."""
    regains: Mapping[str, float]
    """By repair: people a day, or their worth in lost payments, that the free week brings back."""
    returned: Mapping[str, float]
    """By repair: the share of its crowd that comes back."""
    waiting: Mapping[str, float]
    """By repair: its crowd from 8 March on, people a day, bank and house rate left out."""
    house: float
    best: tuple[str, ...]
    """The repairs that are good enough, the best first."""
    inputs_only: bool
    callers: str
    """What those who telephone complain about: card or slow."""
    slow_device: str
    card_device: str
    paloma_conversion: float
    odile_conversion: float
    hamza_says: int
    """Tickets about stopped payments, a day."""
    server_p95_ms: int
    browser_p95_ms: int
    alarm: float
    """The stability index of the last week."""

    asked: Mapping[str, tuple[str, float]]
    """By what is counted, of what and when, as "gave_up/reached_card/february": to whom it happens most often, and so
    many of 100 of them."""

    overall: Mapping[str, float]
    """By the same: so many of 100 of everybody."""

    @property
    def pairs(self) -> Mapping[str, tuple[tuple[str, str], tuple[str, str]]]:
        """By word: its two speakers, each with the definition that they mean."""
        return {
            word: ((one, self.senses[word, one]), (other, self.senses[word, other]))
            for word, (one, other) in SPEAKERS.items()
        }

    def people(self, statement: str, crowd: str) -> float:
        """How many people a day a statement speaks of, by their crowd: that of the new threshold from 8 March on."""
        if statement == "new_threshold" and crowd == "stopped_good":
            return self.stopped_after
        return self.crowds[crowd]


def good_stops(sense: str, value: float, good: float, caught: float) -> float:
    """Good payments stopped a day by what is said in one of three senses; of good payments and frauds caught a day."""
    if sense == "fp_of_good":
        return good * value / 100
    if sense == "fp_per_fraud":
        return caught * value
    return caught * value / (100 - value)


def threshold_said(sense: str, stopped: float, good: float, caught: float) -> float:
    """The other way round: what somebody says of so many good payments stopped, to two decimals."""
    if sense == "fp_of_good":
        return round(100 * stopped / good, 2)
    if sense == "fp_per_fraud":
        return round(stopped / caught, 2)
    return round(100 * stopped / (stopped + caught), 2)


def make_truth(draw: Draw, tables: Mapping[str, Columns], definitions: Mapping[str, Meaning]) -> Truth:
    """The truth of a world, worked out from its tables and from what its people say."""
    rates = draw.rates
    values = {id: value_of(one, tables) for id, one in definitions.items()}

    def a_day(table: str, column: str) -> float:
        return float(np.asarray(tables[table][column]).sum()) / DAYS

    stopped, caught = a_day("payments", "stopped_good"), a_day("payments", "stopped_fraud")
    good = a_day("payments", "payments") - caught - a_day("payments", "fraud_disputed_so_far")
    missed = caught * (100 - values["acc_frauds"]) / values["acc_frauds"]
    caught_after = float(round(caught + missed * rates.catches))
    sense = draw.senses["false positive", "disa"]
    said = threshold_said(sense, good * rates.stopped * rates.up, good, caught_after)
    stopped_after = good_stops(sense, said, good, caught_after)
    missed_after = caught + missed - caught_after
    visits, reached, paid = (a_day("checkout", name) for name in ("visits", "reached_card", "submitted"))
    left, gave_up = a_day("checkout", "left_before_ready"), a_day("checkout", "gave_up_after_error")
    pages = tables["pages"]
    last = (pages["device"] == draw.slow_device) & (pages["week"] == pages["week"].max())
    crowds = {
        "stopped_good": stopped, "all_alerts": stopped + caught, "frauds_missed": missed,
        "wrongly_judged": stopped + missed, "left_before_ready": left, "waits_long": a_day("checkout", "over_4s"),
        "slowest": float(pages["loads"][last][0]) / 7 / 20, "card_errors": a_day("checkout", "card_errors"),
        "gave_up": gave_up, "left_at_card": reached - paid, "no_order": visits - paid, "everybody": visits,
        "nobody": 0.0,
    }  # fmt: skip
    about = tables["tickets"]["topic"] == "stopped"
    tickets = float(tables["tickets"]["tickets"][about].sum())
    minutes = float(tables["tickets"]["minutes"][about].sum()) / tickets
    writes = round(100 * rates.writes["stopped"])
    returned = {"stops": rates.returned["stops"] / 100, "light_page": rates.returned["light_page"] / 100,
                "card_form": (1 - rates.bank / 100) * rates.returned["card_form"] / 100,
                "retrain": rates.returned["retrain"] / 100}  # fmt: skip
    waiting = {"stops": stopped_after, "card_form": gave_up, "light_page": left, "retrain": missed_after}
    regains = {id: waiting[id] * returned[id] * (rates.house if id == "retrain" else 1) for id in REPAIRS}
    order = sorted(REPAIRS, key=lambda id: -regains[id])
    return Truth(
        today=dt.date(2027, 3, 1),
        go_live=dt.date(2027, 3, 8),
        repair_works=dt.date(2027, 3, 15),
        senses=draw.senses,
        collide=draw.collide,
        statements=MappingProxyType({"final_recall": "acc_frauds"} | {
            fact: draw.senses[key] for fact, key in STATEMENTS.items()}),
        values=MappingProxyType(values),
        crowds=MappingProxyType(crowds),
        threshold_from=round(values[sense], 2),
        threshold_to=said,
        caught_after=caught_after,
        stopped_after=stopped_after,
        missed_after=missed_after,
        minutes=minutes,
        writes=float(writes),
        roster=(stopped_after - stopped) * writes / 100 * minutes / AGENT_MINUTES,
        regains=MappingProxyType(regains),
        returned=MappingProxyType(returned),
        waiting=MappingProxyType(waiting),
        house=float(rates.house),
        best=tuple(id for id in order if regains[id] >= GOOD_ENOUGH * regains[order[0]]),
        inputs_only=draw.inputs_only,
        callers="card" if draw.card_callers else "slow",
        slow_device=draw.slow_device,
        card_device=draw.card_device,
        paloma_conversion=round(values[draw.senses["conversion", "paloma"]], 1),
        odile_conversion=round(values[draw.senses["conversion", "odile"]], 1),
        hamza_says=round(tickets / DAYS),
        server_p95_ms=int(values["lat_server"]),
        browser_p95_ms=int(values["lat_browser"]),
        alarm=float(tables["inputs"]["stability_index"][-1]),
        asked=MappingProxyType({key: _worst(key, tables) for key in _askable()}),
        overall=MappingProxyType({key: ratio(*_parts(key, tables)) for key in _askable()}),
    )  # fmt: skip


def _askable() -> Iterator[str]:
    """What can be asked to the complaints: counts and windows with strokes between them."""
    for complaint in COMPLAINTS.values():
        for above, below in complaint.asks:
            windows = ("final_weeks",) if above.startswith("final") else ("february", "last_week", "last_day")
            yield from (f"{above}/{below}/{when}" for when in windows)


def _parts(key: str, tables: Mapping[str, Columns]) -> tuple[Count, Count, Mapping[str, Columns], Window]:
    above, below, when = key.split("/")
    return COUNTS[above], COUNTS[below], tables, WINDOWS[when]


def _worst(key: str, tables: Mapping[str, Columns]) -> tuple[str, float]:
    rates = by_population(*_parts(key, tables), SEGMENTS, HANDFUL)
    less = any(key.partition("/")[0] in complaint.worse_if_less for complaint in COMPLAINTS.values())
    worst = (min if less else max)(rates, key=lambda id: rates[id])
    return worst, rates[worst]
