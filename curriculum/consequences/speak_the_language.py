"""The weeks after 8 March: support is staffed by the page's number, and the free week goes where the page says.

Whoever writes is answered in turn; agents without a message are idle. The repair works from 15 March in half of the
shops, dealt by lot, so that the other half shows what would have happened anyway.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.collisions import Collisions
from curriculum.artifacts.glossary import Glossary
from curriculum.artifacts.translations import Translations
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns, random
from curriculum.cases.speak_the_language.draw import SPEAKERS
from curriculum.cases.speak_the_language.entries import UNRIPE
from curriculum.cases.speak_the_language.truth import AGENT_MINUTES, GOOD_ENOUGH
from curriculum.consequences.late import came_out_late
from curriculum.consequences.outcome import (
    BestKnown,
    Better,
    Change,
    Comparison,
    Goal,
    Outcome,
    Result,
    counts_compared,
)
from curriculum.consequences.speak_the_language_figure import Run, draw
from curriculum.roleplay.engine import State
from curriculum.support.dates import day_month

STAFFED = 14
"""Days for which the roster stands; then support plans by what it has seen."""
WORKS = 28
"""Days for which the repair is watched, from 15 March on."""
FRIDAY = 5
"""Days after which the first week's messages are counted."""
SPARE = 0.1
"""By how much support's agents could answer more than February's messages. Assumed."""
SETTLES = 4.0
"""Days after which a repair shows two thirds of its effect. Assumed."""
DRAWS = 400
"""Fortnights that are drawn by chance, the same for all numbers of agents."""


@dataclass(frozen=True)
class Fortnight:
    """Support in the first two weeks."""

    waiting: np.ndarray
    """Messages that wait in the evening, by day, on the mean of all draws."""
    often: tuple[float, float]
    """Between how many wait on Friday in 95 of 100 fortnights."""
    idle: float
    """Agent-days without work."""


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The weeks as they go with this page; None while nothing says how many agents, or which repair."""
    page = artifacts.get("translations")
    if not isinstance(page, Translations) or page.week.extra_agents is None:
        return None
    repair = page.week.repair
    if repair not in case.registry.entries("repairs"):
        return None
    agents = min(page.week.extra_agents, 1_000.0)
    mine, right, none = (_fortnight(case, number) for number in (agents, case.truth.roster, 0.0))
    lost, others, fewer = _half_of_the_shops(case, repair)
    gained = _brought_back(case, repair)
    best = case.truth.best[0]
    end = case.truth.repair_works + dt.timedelta(days=WORKS - 1)
    results = _results(case, artifacts, page, mine, gained)
    spared = set() if repair == "card_form" else {"bank_part"}
    late = came_out_late(case, conversation, end, spared)
    results["never_asked"] = Result(float(len(late)), "things that came out since nobody had asked", Better.LESS)
    waiting = results["waiting"].value
    told = _told(fewer, repair)
    headline = f"On the first Friday evening, {waiting:,.0f} people wait for an answer; {told}"
    said = (replace(fewer, says=told, claims=fewer.shows),) if repair != "not_yet" else ()
    run = Run(mine.waiting, right.waiting, none.waiting, gained, _brought_back(case, best), lost, others)
    return Outcome(
        headline=headline,
        sentences=tuple(_sentences(case, artifacts, page, mine, results, fewer)),
        table=frozen_columns(
            day=np.arange(1, STAFFED + 1),
            waiting=np.round(mine.waiting),
            waiting_with_enough=np.round(right.waiting),
            waiting_with_none=np.round(none.waiting),
        ),
        results=results,
        goals=_goals(case, page, results),
        alt=(
            f"Two charts. Left, people who wait for an answer, by evening from {day_month(case.truth.go_live)}: with "
            f"the page's agents {waiting:,.0f} on Friday and {mine.waiting[-1]:,.0f} after two weeks; with enough "
            f"agents {right.waiting[-1]:,.0f}, with none more {none.waiting[-1]:,.0f}. Right, people brought back "
            f"since {day_month(case.truth.repair_works)}: {gained[-1]:,.0f} in four weeks; with the best repair "
            f"{_brought_back(case, best)[-1]:,.0f}."
        ),
        draw=lambda figure: draw(figure, run),
        compared=said,
        best=BestKnown("best repair", "regained", float(round(_brought_back(case, best)[-1]))),
        late=late,
        until=end,
    )


def _fortnight(case: Case, agents: float) -> Fortnight:
    """Two weeks of messages about stopped payments with so many agents more; chance is the same for every number."""
    truth = case.truth
    share, each = truth.writes / 100, AGENT_MINUTES / truth.minutes
    usual, then = truth.crowds["stopped_good"] * share, truth.stopped_after * share
    staff = usual * (1 + SPARE) / each
    came = random(case.slug, case.seed, "support").poisson(then, (DRAWS, STAFFED))
    can = (staff + agents) * each
    queue, idle = np.zeros(DRAWS), 0.0
    waiting = np.zeros((DRAWS, STAFFED))
    for day in range(STAFFED):
        left = queue + came[:, day] - can
        queue, waiting[:, day] = np.maximum(left, 0), np.maximum(left, 0)
        idle += float(np.maximum(-left, 0).mean()) / each
    low, high = np.percentile(waiting[:, FRIDAY - 1], (2.5, 97.5))
    return Fortnight(waiting.mean(0), (float(low), float(high)), idle)


def _settled() -> np.ndarray:
    """The share of a repair's effect that shows, by day since it works."""
    shown: np.ndarray = 1 - np.exp(-np.arange(1, WORKS + 1) / SETTLES)
    return shown


def _brought_back(case: Case, repair: str) -> np.ndarray:
    """People brought back since the repair works, added up; frauds as the house counts them."""
    return np.cumsum(case.truth.regains.get(repair, 0.0) * _settled())


def _half_of_the_shops(case: Case, repair: str) -> tuple[np.ndarray, np.ndarray, Comparison]:
    """People lost a day in shops with the repair and in those without, and the difference a day in all shops."""
    truth, rng = case.truth, random(case.slug, case.seed, f"shops/{repair}")
    crowd = truth.waiting.get(repair, 0.0) / 2
    share = truth.returned.get(repair, 0.0)
    others = rng.poisson(crowd, WORKS)
    lost = rng.poisson(crowd * (1 - share * _settled()))
    what = "people lost in shops with the repair, against shops without, a day"
    found = counts_compared(what, lost.tolist(), others.tolist())
    day = 2 / WORKS
    return lost, others, replace(found, change=found.change * day, low=found.low * day, high=found.high * day)


def _told(fewer: Comparison, repair: str) -> str:
    """What the shops with and without the repair can say."""
    if repair == "not_yet":
        return "the free week went by"
    who = "frauds a day fewer pass" if repair == "retrain" else "people a day fewer are lost"
    range_ = f"{abs(fewer.high):,.0f} to {abs(fewer.low):,.0f}"
    if fewer.shows is Change.LESS:
        return f"where the repair works, {-fewer.change:,.0f} {who} ({range_})"
    if fewer.shows is Change.MORE:
        return f"where the repair works, {fewer.change:,.0f} people a day more are lost"
    return "whether the repair helps anybody, nobody can tell yet"


def _results(
    case: Case, artifacts: Mapping[str, Artifact], page: Translations, mine: Fortnight, gained: np.ndarray
) -> dict[str, Result]:
    glossary = artifacts.get("glossary")
    unripe = isinstance(glossary, Glossary) and any(term.definition == UNRIPE for term in glossary.terms)
    values = case.truth.values
    found, quarrels = _words(case, artifacts.get("collisions"))
    return {
        "waiting": Result(
            float(round(mine.waiting[FRIDAY - 1])), "people who wait for an answer on the first Friday evening",
            Better.LESS,
        ),
        "idle": Result(round(mine.idle, 1), "days of an agent without work in two weeks", Better.LESS),
        "regained": Result(float(round(gained[-1])), "people brought back in four weeks", Better.MORE),
        "people_off": Result(
            float(round(_off(case, page))), "people a day by which messages were wrong", Better.LESS
        ),
        "sank": Result(
            round(values[UNRIPE] - values["acc_frauds"], 1) if unripe else 0.0,
            "points by which a number of the glossary sank until it was final", Better.LESS,
        ),
        "words_left": Result(
            float(len(case.truth.collide) - len(found)), "words by which people go on to pass each other", Better.LESS
        ),
        "quarrels": Result(float(quarrels), "meetings about words that never collided", Better.LESS),
    }  # fmt: skip


def _off(case: Case, page: Translations) -> float:
    """By how many people a day the messages differ from what is so, added up."""
    definitions, off = case.registry.entries("definitions"), 0.0
    for message in page.messages:
        if message.statement in case.truth.statements and message.people_a_day is not None:
            found: Any = definitions[case.truth.statements[message.statement]]
            off += abs(message.people_a_day - case.truth.people(message.statement, found.crowd))
    return off


def _words(case: Case, collisions: Artifact | None) -> tuple[set[str], int]:
    """The colliding words that the list has with both their senses, and how many of its entries are none."""
    found: set[str] = set()
    none = 0
    for one in collisions.collisions if isinstance(collisions, Collisions) else ():
        means = {one.one: one.one_means, one.other: one.other_means}
        right = {
            word
            for word, people in SPEAKERS.items()
            if word in case.truth.collide and means == {who: case.truth.senses[word, who] for who in people}
        }
        found |= right
        none += not right
    return found, none


def _goals(case: Case, page: Translations, results: Mapping[str, Result]) -> tuple[Goal, ...]:
    truth = case.truth
    a_day = truth.stopped_after * truth.writes / 100
    own = truth.crowds["stopped_good"] * truth.writes / 100 * SPARE * truth.minutes / AGENT_MINUTES
    return (
        Goal("On the first Friday evening, everybody but the last hours' writers has an answer",
             results["waiting"].value <= 0.5 * a_day),
        Goal("Support's new agents have work", results["idle"].value <= STAFFED * (own + 1 + 0.15 * truth.roster)),
        Goal("The free week brings back nine tenths of what the best repair would",
             truth.regains.get(page.week.repair, 0.0) >= GOOD_ENOUGH * truth.regains[truth.best[0]]),
        Goal("Messages say as many people as there are",
             results["people_off"].value <= 0.05 * _people_told(case, page) + 1),
        Goal("No number of the glossary sinks after it was written down", results["sank"].value == 0),
        Goal("No word is left by which two people pass each other", results["words_left"].value == 0),
    )  # fmt: skip


def _people_told(case: Case, page: Translations) -> float:
    return sum(message.people_a_day or 0.0 for message in page.messages)


def _sentences(
    case: Case,
    artifacts: Mapping[str, Artifact],
    page: Translations,
    mine: Fortnight,
    results: Mapping[str, Result],
    fewer: Comparison,
) -> list[str]:
    truth = case.truth
    low, high = mine.often
    came = truth.stopped_after * truth.writes / 100
    said = [
        f"From {day_month(truth.go_live)} on, {truth.stopped_after:,.0f} good payments a day were stopped instead of "
        f"{truth.crowds['stopped_good']:,.0f}, and {came:,.0f} people a day wrote about it.",
        f"With {page.week.extra_agents:,.1f} agents more, {results['waiting'].value:,.0f} people waited for an answer "
        f"on the first Friday evening (in 95 of 100 such weeks {low:,.0f} to {high:,.0f}), and agents were without "
        f"work for {results['idle'].value:,.1f} days in two weeks.",
    ]
    repair = case.registry.label("repairs", page.week.repair)
    best = f"{_brought_back(case, truth.best[0])[-1]:,.0f}"
    if page.week.repair == "not_yet":
        said.append(f"The free week went by, since a number was missing. The best repair would have counted {best}.")
    else:
        counted = " lost payments, as the house counts frauds" if page.week.repair == "retrain" else " people"
        said.append(
            f"“{repair}” worked from {day_month(truth.repair_works)} on and brought back "
            f"{results['regained'].value:,.0f}{counted} in four weeks; with the best repair it would be {best}."
        )
        if fewer.shows is Change.UNCLEAR:
            said.append("Half of the shops had it and half had not, and nobody could tell them apart.")
    if results["sank"].value:
        said.append(
            f"The share of caught frauds in the glossary, {truth.values[UNRIPE]:.0f} of 100, sank to "
            f"{truth.values['acc_frauds']:.0f}, as people found the frauds of February on their statements."
        )
    if left := results["words_left"].value:
        said.append(f"{left:.0f} of the words were left by which two people count different things.")
    if quarrels := results["quarrels"].value:
        said.append(f"{quarrels:.0f} of the words on the list were talked over, and both sides had meant the same.")
    if isinstance(artifacts.get("collisions"), Collisions) and not left and not quarrels:
        said.append("Whoever said one of the three words was asked “of what?”, and had an answer ready.")
    return said
