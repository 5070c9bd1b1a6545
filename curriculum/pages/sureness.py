"""How sure a learner was, and what came of it: the words, the two side by side, and the curve over time."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from curriculum.pages.figures import drawn
from curriculum.pages.page import Page, designed
from curriculum.pages.reporting import number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FEWEST = 10
"""So many times something has to be said and checked before a curve is drawn."""
FEWEST_OF_A_STEP = 3
"""With fewer, a word has its dots and no average."""
LEEWAY = 0.1
"""Each word stands for a fifth of the points, and is right for so much more on both sides: words are no numbers."""


@dataclass(frozen=True)
class Step:
    """One of the five words."""

    number: int
    word: str
    means: str
    """What it says about the points."""

    @property
    def low(self) -> float:
        """The share of the points from which on the word is right, 0 to 1."""
        return max(0.0, (self.number - 1) / 5 - LEEWAY)

    @property
    def high(self) -> float:
        """The share of the points up to which the word is right, 0 to 1."""
        return min(1.0, self.number / 5 + LEEWAY)

    def off(self, share: float) -> int:
        """0 where the word was right about this share of the points, 1 where it said more, -1 where it said less."""
        return int(share < self.low - 1e-9) - int(share > self.high + 1e-9)


STEPS = (
    Step(1, "a guess", "hardly any points"),
    Step(2, "doubtful", "some points"),
    Step(3, "half sure", "about half"),
    Step(4, "fairly sure", "most points"),
    Step(5, "certain", "nearly all points"),
)
"""From nothing to everything, so that what was said can be held against what was earned."""


@dataclass(frozen=True)
class Version:
    """What is known of one version of one artifact."""

    checked: bool
    step: int | None
    """How sure the learner said to be of it, 1 to 5."""
    points: float | None
    """What it earned at its first check; None where it is not checked or nothing in it could be."""
    maximum: float | None


@dataclass(frozen=True)
class Said:
    """How sure somebody was of a version, and what it then earned."""

    at: str
    """UTC, ISO 8601."""
    lesson: str
    artifact: str
    step: int
    points: float
    maximum: float
    """Above 0."""

    @property
    def share(self) -> float:
        """Share of the points that could be checked, 0 to 1."""
        return self.points / self.maximum

    @property
    def off(self) -> int:
        """1 where more was said than was earned, -1 where less, else 0."""
        return STEPS[self.step - 1].off(self.share)


def earned_step(share: float) -> int:
    """The word that fits a share of the points best, 1 to 5; on a border, the surer one."""
    return min(5, int(share * 5 + 1e-9) + 1)


def step_of(word: str) -> Step:
    """The step with this word; raises LookupError with a sentence."""
    for step in STEPS:
        if word.strip().casefold() in (step.word, str(step.number)):
            return step
    raise LookupError(f"There is no {word!r} here; say one of: {', '.join(step.word for step in STEPS)}.")


def compared(step: int, points: float, maximum: float) -> str:
    """What was said, what was earned, and how the two compare, a sentence each."""
    said, earned = STEPS[step - 1], f"{number(points)} of {number(maximum)} points"
    return f"You said “{said.word}” ({said.means}). It earned {earned}. {verdict(step, points / maximum)}"


def verdict(step: int, share: float) -> str:
    """How what was said compares with the share of the points that was earned."""
    off = STEPS[step - 1].off(share)
    if not off:
        return "It was as you said."
    right = STEPS[earned_step(share) - 1]
    fits = f"“{right.word}” ({right.means}) would have fitted."
    return f"You were surer than it was good: {fits}" if off > 0 else f"It was better than you thought: {fits}"


def side_by_side(title: str, step: int, points: float, maximum: float, times: int) -> Page:
    """What was said of a version beside what it earned; `times` is how often that is known by now."""
    more = enough(times) or "`lesson.skills()` draws all your words and points as a curve."
    said = STEPS[step - 1]
    html = designed(
        "sure.html",
        title=title,
        said=said,
        low=100 * said.low,
        width=100 * (said.high - said.low),
        share=100 * points / maximum,
        earned=f"{number(points)} of {number(maximum)} points",
        sentence=verdict(step, points / maximum),
        more=more,
    )
    return Page(f"{compared(step, points, maximum)} {more}", html)


def enough(times: int) -> str:
    """How many are missing until there is a curve; blank where there are enough."""
    missing = FEWEST - times
    if missing <= 0:
        return ""
    if not times:
        return (
            f"Before a review you can say how sure you are. After {FEWEST} times, a curve shows how well you know your "
            "own work."
        )
    again = "once more" if missing == 1 else f"{missing} times more"
    return f"Said and checked {_times(times)} so far; {again}, and a curve shows how well you know your own work."


def curve(said: Sequence[Said]) -> Page:
    """The calibration curve with its counts, once there are enough; until then how many are missing."""
    rows = [_row(step, said) for step in STEPS]
    missing = enough(len(said))
    if missing:
        return Page(
            f"**How sure you were.** {missing}", designed("sureness.html", missing=missing, rows=[], figure=None)
        )
    lines = ["**How sure you were, and what it earned**", "", summary(said), "", *_table(rows)]
    svg = drawn(partial(draw, said=said), 7.6, 4.2)
    picture = {"data": base64.b64encode(svg.encode()).decode(), "alt": alt(said)}
    html = designed("sureness.html", missing="", rows=rows, figure=picture, summary=summary(said))
    return Page("\n".join(lines), html)


def summary(said: Sequence[Said]) -> str:
    """In counts, how often what was said was so; with many, also how that changed."""
    right, over, under = _right(said), sum(one.off > 0 for one in said), sum(one.off < 0 for one in said)
    counts = f"it was as you said {_times(right)}, less good {_times(over)} and better {_times(under)}"
    whole = f"Of {len(said)} times, {counts}."
    half = len(said) // 2
    if half < FEWEST:
        return whole
    first, last = _right(said[:half]), _right(said[-half:])
    return f"{whole} Of the first {half}, {first or 'none'} were as you said; of the last {half}, {last or 'none'}."


def _right(said: Sequence[Said]) -> int:
    return sum(one.off == 0 for one in said)


def alt(said: Sequence[Said]) -> str:
    """The figure in words."""
    rows = [row for step in STEPS if (row := _row(step, said))["mean"]]
    parts = [f"{row['word']}: {row['times']}, on average {row['mean']} of the points" for row in rows]
    return f"How sure you said to be, across, and the share of the points that was earned, up. {'; '.join(parts)}."


def draw(figure: Figure, said: Sequence[Said]) -> None:
    """Every time as a dot over its word, averages of words with enough of them as a line, and the fifths as boxes."""
    from matplotlib.patches import Rectangle

    axes = figure.subplots()
    averages = []
    for step in STEPS:
        axes.add_patch(
            Rectangle(
                (step.number - 0.42, 100 * step.low),
                0.84,
                100 * (step.high - step.low),
                facecolor="#eeecfd",
                edgecolor="none",
                zorder=0,
            )
        )
        shares = [100 * one.share for one in said if one.step == step.number]
        spread = [step.number + 0.06 * (i - (len(shares) - 1) / 2) for i in range(len(shares))]
        axes.plot(spread, shares, linestyle="", marker="o", markersize=4.5, color="#8a8699", zorder=2)
        if len(shares) >= FEWEST_OF_A_STEP:
            averages.append((step.number, sum(shares) / len(shares)))
    if averages:
        axes.plot(*zip(*averages, strict=True), color="#4a3fd1", marker="D", markersize=7, zorder=3)
    counts = [sum(one.step == step.number for one in said) for step in STEPS]
    axes.set_xticks(range(1, 6), [f"{s.word}\n{n}×" for s, n in zip(STEPS, counts, strict=True)])
    axes.set_xlim(0.5, 5.5)
    axes.set_ylim(-3, 103)
    axes.set_yticks(range(0, 101, 20), [f"{value} %" for value in range(0, 101, 20)])
    axes.set(xlabel="what you said before the check, and how often", ylabel="points that it earned")


def _row(step: Step, said: Sequence[Said]) -> dict[str, Any]:
    mine = [one.share for one in said if one.step == step.number]
    return {
        "word": step.word,
        "means": step.means,
        "times": _times(len(mine)),
        "mean": f"{sum(mine) / len(mine):.0%}" if len(mine) >= FEWEST_OF_A_STEP else "",
        "range": f"{min(mine):.0%} to {max(mine):.0%}" if mine else "",
    }


def _table(rows: Sequence[dict[str, Any]]) -> list[str]:
    lines = [
        f"| {row['word']} ({row['means']}) | {row['times']} | {row['mean'] or '–'} | {row['range'] or '–'} |"
        for row in rows
    ]
    head = "| You said | How often | Points earned, on average | Lowest to highest |"
    return [head, "| --- | --- | --- | --- |", *lines]


def _times(n: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(n, f"{n} times")
