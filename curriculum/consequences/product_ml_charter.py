"""The coming year, a hundred times: what the three documents do to it, beside the plan that was stapled together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.charter import Charter
from curriculum.artifacts.handoff import Handoff
from curriculum.artifacts.roadmap import Roadmap
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.cases.product_ml_charter.draw import (
    CARDS,
    INSTANT,
    LINES,
    MATCH,
    NAMES,
    PADS,
    POSTS,
    PROMISED,
)
from curriculum.cases.product_ml_charter.entries import MONTH_NAMES
from curriculum.cases.product_ml_charter.search import HOLDS
from curriculum.cases.product_ml_charter.truth import Truth
from curriculum.cases.product_ml_charter.year import (
    COMING,
    MONTHS,
    PAID_UNTIL,
    YEARS,
    Assumed,
    Board,
    Holder,
    Years,
    run,
)
from curriculum.consequences.charter_figure import Money, drawing
from curriculum.consequences.late import came_out_late
from curriculum.consequences.outcome import SURE, Better, Change, Comparison, Goal, Outcome, Result
from curriculum.consequences.product_ml_charter_board import board_of
from curriculum.roleplay.engine import State

UNTIL = dt.date(2027, 12, 31)
DECEMBER_ENDS = dt.date(2026, 12, 31)
STAPLED = Board((INSTANT, LINES, POSTS, MATCH, PADS), PROMISED)
"""All five at the months that were said, and nothing ends the bet."""
GOOD = 0.85
TEN = 10.0


@dataclass(frozen=True)
class Run:
    """One plan in the coming years."""

    board: Board
    years: Years
    assumed: Assumed

    @property
    def worth(self) -> float:
        """Mean € thousand."""
        return self.years.worth()

    @property
    def all_kept(self) -> np.ndarray:
        """By year, whether every promise that stands was kept."""
        kept = [self.years.kept[card][0] for card in self.board.promises]
        return np.all(kept, axis=0) if kept else np.ones(YEARS[COMING], bool)

    def broken(self, card: str) -> float:
        """Of 100 years, those in which this promise stood and was broken."""
        return 100 * float(1 - self.years.kept[card][0].mean()) if card in self.board.promises else 0.0


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The coming year; None while no card has a month."""
    roadmap, charter, handoff = (artifacts.get(kind) for kind in ("roadmap", "charter", "handoff"))
    if not isinstance(roadmap, Roadmap) or not board_of(roadmap).order:
        return None
    charter = charter if isinstance(charter, Charter) else Charter()
    handoff = handoff if isinstance(handoff, Handoff) else Handoff()
    board, truth = board_of(roadmap), case.truth
    met = _met(truth, board, charter, handoff)
    plain = replace(truth.assumed, ratios=_after_checks(truth, handoff))
    mine = Run(board, run(case.seed, [board], met, COMING), met)
    paper = Run(STAPLED, run(case.seed, [STAPLED], truth.assumed, COMING), truth.assumed)
    best = Run(truth.best.board, run(case.seed, [truth.best.board], plain, COMING), plain)
    return _outcome(case, mine, paper, best, handoff, _switched_off(truth, board, charter), conversation)


def _met(truth: Truth, board: Board, charter: Charter, handoff: Handoff) -> Assumed:
    """The world as it meets these documents: what checks stop, who was told in time, what bookkeepers switch off."""
    told = {each.card for each in charter.promises if each.told is not None and each.told <= DECEMBER_ENDS}
    holders = {
        card: holder if card in told else Holder(max(holder.withdraw, holder.break_), holder.move, holder.break_)
        for card, holder in truth.assumed.holders.items()
    }
    margin = dict(truth.assumed.margin)
    if _switched_off(truth, board, charter):
        margin[POSTS] = 0
    return replace(
        truth.assumed,
        ratios=_after_checks(truth, handoff),
        holders=MappingProxyType(holders),
        margin=MappingProxyType(margin),
    )


def _after_checks(truth: Truth, handoff: Handoff) -> Mapping[str, float]:
    """What work takes when checks stop some of what came back before."""
    stopped = _stopped(truth, handoff)
    return MappingProxyType(
        {name: 1 + (ratio - 1) * (1 - stopped) if ratio > 1 else ratio for name, ratio in truth.assumed.ratios.items()}
    )


def _stopped(truth: Truth, handoff: Handoff) -> float:
    """Share of the weeks of last year that checks stop, where those accept who would send it back."""
    reasons = [each.reason for each in handoff.checks if each.accepted_by == truth.shape.sent_back_by.get(each.reason)]
    return truth.covered(reasons) / sum(truth.returns.values()) * truth.shape.stops / 100


def _switched_off(truth: Truth, board: Board, charter: Charter) -> bool:
    """Whether receipts book themselves with more wrong ones than bookkeepers bear."""
    limits = [each.limit for each in charter.targets if each.measure == "wrong_posts" and each.limit is not None]
    return POSTS in board.order and (not limits or min(limits) > truth.shape.wrong_posts)


def _outcome(
    case: Case, mine: Run, paper: Run, best: Run, handoff: Handoff, off: bool, conversation: State | None
) -> Outcome:
    truth: Truth = case.truth
    late = came_out_late(case, conversation, UNTIL)
    compared = _compared(mine, paper)
    kept, bad = 100 * float(mine.all_kept.mean()), float(np.percentile(mine.years.value[0], TEN))
    back = sum(truth.returns.values()) * (1 - _stopped(truth, handoff))
    stuck = _stuck(mine)
    results = {
        "value": Result(round(mine.worth), "€ thousand that the year brings on average", Better.MORE),
        "bad_year": Result(round(bad), "€ thousand in a bad year, one of ten", Better.MORE),
        "kept": Result(round(kept), "of 100 years, those in which every promise that stands is kept", Better.MORE),
        "hard_broken": Result(
            round(mine.broken(truth.hard)) if truth.hard in mine.board.promises else 100.0,
            "of 100 years, those in which who cannot wait gets nothing in time", Better.LESS,
        ),
        "stuck": Result(round(stuck), "of 100 years, those in which a bet that stalls is not ended", Better.LESS),
        "weeks_back": Result(round(back), "weeks a year on work that comes back", Better.LESS),
        "never_asked": Result(float(len(late)), "things that came out late since nobody asked", Better.LESS),
    }  # fmt: skip
    chances = [float(mine.years.kept[card][0].mean()) for card in mine.board.promises]
    goals = (
        Goal("Each promise that stood was kept in seven years of ten", min(chances, default=1.0) >= HOLDS - 0.05),
        Goal("Whoever had built their year on a date still had one", truth.hard in mine.board.promises),
        Goal("A bad year brought what it must", bad >= 0.9 * truth.floor - 20),
        Goal("The year brought most of what it could", mine.worth >= GOOD * best.worth),
        Goal("No bet that stalled went on for nothing", stuck <= MOST_STUCK),
        Goal("Nobody switched off what books itself", not off),
    )
    shown = _money(mine, paper)
    return Outcome(
        headline=_headline(mine, kept, compared),
        sentences=tuple(_sentences(mine, paper, off, stuck)),
        table=frozen_columns(
            month=np.arange(1, PAID_UNTIL + 1), this_plan=np.round(shown.middle), stapled=np.round(shown.beside)
        ),
        results=results,
        goals=goals,
        alt=(
            f"A chart over eighteen months: a hundred thin lines of the money so far end between "
            f"{shown.lines[:, -1].min():,.0f} and {shown.lines[:, -1].max():,.0f} thousand €, on average "
            f"{shown.middle[-1]:,.0f}; a dashed line, the stapled plan, ends at {shown.beside[-1]:,.0f}. "
            + " ".join(f"{name}: kept in {share:.0f} of 100 years." for name, _, share in shown.promises)
        ),
        draw=drawing(shown),
        compared=(compared,),
        late=late,
        until=UNTIL,
    )


MOST_STUCK = 25.0
"""Of 100 years; a look sees most stalls and not all."""


def _stuck(mine: Run) -> float:
    """Of 100 years, those in which the bet stalls and is not ended."""
    if PADS not in mine.board.order:
        return 0.0
    return 100 * float((mine.years.stalled & (mine.years.stopped[0] == 0)).mean())


def _compared(mine: Run, paper: Run) -> Comparison:
    """Year by year, what this plan brings more than the stapled one, with the interval of 95 in 100 of the mean."""
    gaps = mine.years.value[0] - paper.years.value[0]
    change, room = float(gaps.mean()), SURE * float(gaps.std(ddof=1)) / len(gaps) ** 0.5
    found = Comparison(
        "€ thousand that a year brings more than with the stapled plan", "", Change.UNCLEAR, change, change - room,
        change + room, tuple(float(each) for each in paper.years.value[0]),
    )  # fmt: skip
    words = {
        Change.MORE: f"it brings {change:,.0f} thousand € more than the stapled plan",
        Change.LESS: f"it brings {-change:,.0f} thousand € less than the stapled plan",
        Change.UNCLEAR: "whether it brings more than the stapled plan, nobody can tell",
    }
    return replace(found, says=words[found.shows], claims=found.shows)


def _headline(mine: Run, kept: float, compared: Comparison) -> str:
    if not mine.board.promises:
        return f"No promise stands; {compared.says}"
    count = len(mine.board.promises)
    promises = {1: "the promise that stands is", 2: "both promises that stand are"}.get(count, "all promises are")
    return f"In {kept:.0f} of 100 years {promises} kept; {compared.says}"


def _sentences(mine: Run, paper: Run, off: bool, stuck: float) -> list[str]:
    said = []
    for card in PROMISED:
        if card in mine.board.promises:
            month = MONTH_NAMES[mine.board.promises[card] - 1]
            share = 100 * float(mine.years.kept[card][0].mean())
            said.append(f"“{NAMES[card][0]}” stood for {month} and was there in {share:.0f} of 100 years.")
        else:
            said.append(f"“{NAMES[card][0]}” was taken back.")
    if PADS in mine.board.order:
        stopped = mine.years.stopped[0]
        ended = stopped[stopped > 0]
        if len(ended):
            month = MONTH_NAMES[int(np.median(ended)) - 1]
            said.append(f"In {len(ended)} of 100 years the bet was ended, mostly in {month}, and its people went on.")
        elif mine.board.check is None:
            said.append(f"Nobody ended the bet; in {stuck:.0f} of 100 years it went on to December for nothing.")
    else:
        said.append("The bet was left out: nothing stalled, and nothing came of it.")
    if off:
        said.append("Bookkeepers switched off what books itself, and it brought nothing.")
    said.append(f"The stapled plan kept all three dates in {100 * float(paper.all_kept.mean()):.0f} of 100 years.")
    return said


def _money(mine: Run, paper: Run) -> Money:
    promises = tuple(
        (NAMES[card][0], month, 100 * float(mine.years.kept[card][0].mean()))
        for card, month in mine.board.promises.items()
    )
    stopped = mine.years.stopped[0]
    lines = _so_far(mine)
    return Money(
        lines, lines.mean(0), _so_far(paper).mean(0), promises,
        np.bincount(stopped[stopped > 0], minlength=MONTHS + 1)[1:],
    )  # fmt: skip


def _so_far(one: Run) -> np.ndarray:
    """Money so far by year and month, € thousand; it ends at what the year is worth.

    Who was told in December is paid at once, who gets nothing in the month that stood is paid then, and labels over
    the twelve months.
    """
    assumed, months = one.assumed, np.arange(1, PAID_UNTIL + 1)
    money = np.zeros((len(one.years.value[0]), len(months)))
    for index, card in enumerate(CARDS):
        shipped = one.years.shipped[0, :, index]
        paid = np.clip(months[None] - shipped[:, None], 0, None) * (shipped <= MONTHS)[:, None]
        money += paid * assumed.margin[card]
    for card, said in assumed.promised.items():
        holder, total = assumed.holders[card], assumed.sums[card]
        stands = one.board.promises.get(card)
        if stands is None:
            money -= holder.withdraw * total
            continue
        money -= holder.move * max(stands - said, 0) * total
        money -= np.outer(~one.years.kept[card][0], months >= stands) * holder.break_ * total
    labels = money[:, -1] - one.years.value[0]
    return money - np.outer(labels, np.minimum(months / MONTHS, 1))
