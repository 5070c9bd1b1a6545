"""A hundred years of the roadmap as it stands: run on what the learner typed, with what the contracts say of promises.

It knows nothing of the world that the learner has not written down or cannot read in a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case, load_case
from curriculum.cases.product_ml_charter.draw import CARDS, FUNCTIONS, LOAD_MONTHS, MONTHS, PADS, PROMISED, SLUG
from curriculum.cases.product_ml_charter.entries import FUNCTION_NAMES, MONTH_NAMES, NAMES
from curriculum.cases.product_ml_charter.year import NEVER, Assumed, Board, Holder, Years, run
from curriculum.consequences.product_ml_charter_board import assumed_by, board_of
from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture
from curriculum.notebook.desks.spoken import Spoken

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from curriculum.notebook.lesson import Lesson

EMPTY = (
    "Nothing can be run yet: no card lies on the board with a month. Put cards into a lane, and give each of them one."
)
BAD = 10
"""A bad year is one that so many of 100 years do not reach."""


@dataclass(frozen=True)
class _Run:
    board: Board
    years: Years
    sums: Mapping[str, float]
    """€ thousand that each withdrawal was taken to cost."""


def curve(tables: Mapping[str, Any]) -> Picture:
    """The lab's curve with its interval."""
    table = tables["curve"]
    labels, error = np.asarray(table["labels_thousand"]), np.asarray(table["error_pct"])
    low, high = np.asarray(table["low"]), np.asarray(table["high"])
    finding = (
        f"With {labels[-1]:.0f} thousand labels there are {low[-1]:.1f} to {high[-1]:.1f} errors of 100, on the lab's "
        "sample."
    )
    half = len(labels) // 2
    words = (
        f"It begins at {error[0]:.1f} with {labels[0]:g} thousand labels, and is at {error[half]:.1f} with "
        f"{labels[half]:g} thousand and at {error[-1]:.1f} at the end."
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.fill_between(labels, low, high, color=PALE, alpha=0.6, linewidth=0)
        axes.plot(labels, error, color=BLUE)
        axes.set(xlabel="labels (thousands)", ylabel="errors on pads (of 100)", ylim=(0, None))

    return Picture(finding, words, draw, 8.0, 3.2)


def full(lesson: Lesson) -> pd.DataFrame:
    """How full all five cards would make each kind of work over eleven months: on planned weeks, and with the ratios
    that stand in the roadmap."""
    import pandas as pd

    true: Assumed = load_case(SLUG, lesson.seed).truth.assumed
    typed = assumed_by(_roadmap(lesson), true).ratios
    rows = []
    for name in FUNCTIONS:
        planned = sum(true.effort[card][name] for card in CARDS) / (LOAD_MONTHS * true.capacity[name])
        rows.append(
            {
                "Kind of work": FUNCTION_NAMES[name],
                "Planned (of 100)": round(100 * planned),
                "Real over planned, as you wrote": round(typed[name], 2),
                "On your weeks (of 100)": round(100 * planned * typed[name]),
            }
        )
    return pd.DataFrame(rows)


def cards(
    lesson: Lesson, withdrawal: Mapping[str, float] | None = None, later: Mapping[str, float] | None = None
) -> Any:
    """By card of the board: in how many of a hundred years it ships and when, and how often its promise is kept.

    `withdrawal` says what a withdrawal costs by card, in € thousand, where it is not what the contract says; `later`
    what each month costs by which a promise is moved, nothing where it is silent. A table; a sentence where there is
    nothing to run.
    """
    found = _run(lesson, withdrawal or {}, later or {})
    if isinstance(found, str):
        return found
    import pandas as pd

    rows = []
    for card in found.board.order:
        shipped = found.years.shipped[0, :, CARDS.index(card)]
        there = shipped[shipped != NEVER]
        stands = found.board.promises.get(card)
        rows.append(
            {
                "Card": NAMES[card][0],
                "Stands for": _month(stands) if stands else "",
                "Kept (of 100 years)": str(round(100 * float(found.years.kept[card][0].mean()))) if stands else "",
                "Ships this year (of 100)": round(100 * len(there) / len(shipped)),
                "Ships mostly in": _month(int(np.median(there))) if len(there) else "",
                "One of ten later than": _month(int(np.quantile(shipped, 0.9))),
            }
        )
    return pd.DataFrame(rows)


def picture(
    lesson: Lesson, withdrawal: Mapping[str, float] | None = None, later: Mapping[str, float] | None = None
) -> Picture | str:
    """The hundred years: the month in which each card ships, and what each year brings, the worst first."""
    found = _run(lesson, withdrawal or {}, later or {})
    if isinstance(found, str):
        return found
    value = np.sort(found.years.value[0])
    bad, mean = float(np.quantile(value, BAD / 100)), float(value.mean())
    kept = {card: round(100 * float(found.years.kept[card][0].mean())) for card in found.board.promises}
    ended = found.years.stopped[0]
    finding = _finding(found.board, kept, mean, bad)
    words = " ".join(
        (
            *(_ships(card, found.years) for card in found.board.order),
            *([f"The bet is ended in {np.count_nonzero(ended)} of 100 years."] if PADS in found.board.order else []),
            *(f"“{NAMES[card][0]}” is withdrawn for {price:,.0f} thousand €." for card, price in found.sums.items()),
        )
    )

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(3, 2))
        _draw_months(left, found)
        right.bar(np.arange(len(value)), value, width=1.0, color=BLUE, linewidth=0)
        right.axhline(mean, color=GREY, linewidth=1.2)
        right.axhline(bad, color=ORANGE, linewidth=1.2, linestyle="--")
        right.set(xlabel="100 years, the worst first;\nline: the mean, dashed: a bad year", ylabel="€ thousand")

    return Picture(finding, words, draw, 9.2, 3.8)


def _finding(board: Board, kept: Mapping[str, int], mean: float, bad: float) -> str:
    money = f"the mean year brings {mean:,.0f} thousand €, a bad one {bad:,.0f}".replace("-", "−")
    if not kept:
        return f"No promise stands; {money}."
    weakest = min(kept, key=lambda card: kept[card])
    return f"The weakest promise, “{NAMES[weakest][0]}”, holds in {kept[weakest]} of 100 years; {money}."


def _ships(card: str, years: Years) -> str:
    shipped = years.shipped[0, :, CARDS.index(card)]
    there = shipped[shipped != NEVER]
    if not len(there):
        return f"“{NAMES[card][0]}” ships in no year."
    return (
        f"“{NAMES[card][0]}” ships in {len(there)} of {len(shipped)} years, mostly in {_month(int(np.median(there)))}."
    )


def _draw_months(axes: Axes, found: _Run) -> None:
    """A dot for each card and month, as large as there are years that ship it then; what was said is a ring."""
    order = [*reversed(found.board.order)]
    for row, card in enumerate(order):
        shipped = found.years.shipped[0, :, CARDS.index(card)]
        months, counts = np.unique(shipped[shipped <= MONTHS], return_counts=True)
        axes.axhline(row, color=PALE, linewidth=0.8, zorder=0)
        axes.scatter(months, np.full(len(months), row), s=6.0 * counts, color=BLUE, zorder=2)
        if card in found.board.promises:
            stands = found.board.promises[card]
            axes.scatter([stands], [row], s=190, facecolors="none", edgecolors=ORANGE, linewidths=1.8, zorder=3)
        if card == PADS:
            stops = found.years.stopped[0]
            when, often = np.unique(stops[stops > 0], return_counts=True)
            axes.scatter(when, np.full(len(when), row - 0.28), s=6.0 * often, color=GREEN, marker="s", zorder=2)
    axes.set_yticks(range(len(order)), [NAMES[card][0] for card in order])
    axes.set_xticks(range(1, MONTHS + 1), [name[:3] for name in MONTH_NAMES])
    axes.set(xlim=(0.4, MONTHS + 0.6), ylim=(-0.6, len(order) - 0.4))
    ended = "\nsquares: years in which the bet is ended" if PADS in order else ""
    axes.set_xlabel(f"dots: years that ship it then; ring: the month that stands{ended}")


def _month(number: int) -> str:
    return MONTH_NAMES[number - 1] if 1 <= number <= MONTHS else "not this year"


def _run(lesson: Lesson, withdrawal: Mapping[str, float], later: Mapping[str, float]) -> _Run | str:
    case = load_case(SLUG, lesson.seed)
    roadmap = _roadmap(lesson)
    board = board_of(roadmap)
    if not board.order:
        return Spoken(EMPTY)
    paper = _paper(case)
    if strangers := sorted((withdrawal.keys() | later.keys()) - paper.keys()):
        return Spoken(f"Nobody was promised “{strangers[0]}”; promised are {', '.join(paper)}.")
    prices = {**paper, **withdrawal}
    assumed = _by_paper(assumed_by(roadmap, _by_tables(case)), prices, later)
    gone = {card: prices[card] for card in PROMISED if card not in board.promises}
    return _Run(board, run(lesson.seed, [board], assumed), gone)


def _by_tables(case: Case) -> Assumed:
    """The world with the margins that the table of cards has: what a card spares besides, nobody has written there."""
    table = case.columns["cards"]
    margin = dict(zip(map(str, table["card"]), map(int, table["margin_keur_a_month"]), strict=True))
    return replace(case.truth.assumed, margin=margin)


def _by_paper(assumed: Assumed, prices: Mapping[str, float], later: Mapping[str, float]) -> Assumed:
    """Holders as the contracts have them: a broken date costs its sum, a later one nothing but what somebody said."""
    holders = {
        card: Holder(prices[card] / assumed.sums[card], later.get(card, 0.0) / assumed.sums[card], 1.0)
        for card in assumed.promised
    }
    return replace(assumed, holders=holders)


def _paper(case: Case) -> Mapping[str, float]:
    """€ thousand of a withdrawal, by card, as the table of promises says it."""
    table = case.columns["promises"]
    return {str(card): float(sum_) for card, sum_ in zip(table["card"], table["withdrawn_keur"], strict=True)}


def _roadmap(lesson: Lesson) -> Roadmap:
    roadmap = lesson.written("roadmap")
    assert isinstance(roadmap, Roadmap)
    return roadmap
