"""Pictures of a board: cards by stage over days, and how many days each card took, beside a promise that most keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from curriculum.cases import load_case
from curriculum.cases.pod_launch import entries
from curriculum.cases.pod_launch.draw import SLUG, STAGES
from curriculum.cases.pod_launch.flowing import EIGHT_WEEKS
from curriculum.notebook.desks.flow import BEFORE, SERVICE, Limits, past_run, replayed
from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture
from curriculum.support.flow import Run, flow_of, percentile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from curriculum.notebook.lesson import Lesson

COLOURS = (PALE, ORANGE, BLUE, GREEN, GREY)
"""One for each stage, in their order."""
NAMES = tuple(entries.STAGE_ENTRIES[name].label for name in STAGES)


def past(lesson: Lesson) -> Picture:
    """The eight past weeks: how many cards were in each stage on each day, and of them how many were ready already."""
    run = past_run(load_case(SLUG, lesson.seed))
    days = np.arange(BEFORE + 1, BEFORE + EIGHT_WEEKS + 1)
    entered, ready, left = run.entered[0], run.ready[0], run.left[0]
    inside, waiting = [], []
    for stage in range(len(STAGES)):
        came, gone = entered[:, stage][:, None], np.where(left[:, stage] > 0, left[:, stage], days[-1] + 1)[:, None]
        here = (came > 0) & (came <= days) & (days < gone)
        done = (ready[:, stage] > 0)[:, None] & (ready[:, stage][:, None] < days)
        inside.append(here.sum(axis=0))
        waiting.append((here & done).sum(axis=0))
    means = [float(one.mean()) for one in inside]
    fullest = NAMES[int(np.argmax(means))]
    finding = f"In eight past weeks the fullest column was {fullest}, with {max(means):.1f} cards on a day."
    words = " ".join(
        f"{name}: {mean:.1f} cards on a day, {float(done.mean()):.1f} of them ready and waiting."
        for name, mean, done in zip(NAMES, means, waiting, strict=True)
    )

    def draw(figure: Figure) -> None:
        panels = figure.subplots(1, len(STAGES), sharey=True)
        for axes, name, all_of_them, done in zip(panels, NAMES, inside, waiting, strict=True):
            axes.fill_between(days - BEFORE, all_of_them, step="mid", color=BLUE, linewidth=0)
            axes.fill_between(days - BEFORE, done, step="mid", color=ORANGE, linewidth=0)
            axes.set_title(name, loc="left", fontsize=9.5)
        panels[0].set_ylabel("cards (orange: ready, and waiting)")
        panels[len(STAGES) // 2].set_xlabel("working day")

    return Picture(finding, words, draw, 8.8, 2.8)


def flow_picture(lesson: Lesson, limits: Limits | None = None, policies: Iterable[str] | None = None) -> Picture | str:
    """Eight weeks replayed under limits and policies, those of the form where none are given: cards that have reached
    each stage, in the first replay, and the days that each card took, in all of them."""
    run = replayed(lesson, limits, policies)
    if isinstance(run, str):
        return run
    flow = flow_of(run.entered[0], run.left[0], EIGHT_WEEKS)
    cycles, mean, promise = run.cycles, _mean(run.cycles), percentile(run.cycles, SERVICE)
    finding = (
        f"{run.finished.mean():.1f} cards are finished in eight weeks; 85 of 100 of them within {promise:.0f} days."
    )
    if not len(cycles):
        finding = "No card is finished in eight weeks."
    words = f"On the last day of the first replay: {_columns(flow[:, -1])}. On average a card took {mean:.1f} days."

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=[3, 2])
        _cumulative(left, flow)
        _scatter(right, run, promise, mean)

    return Picture(finding, words, draw, 8.8, 3.6)


def _cumulative(axes: Axes, flow: np.ndarray) -> None:
    days = np.arange(1, flow.shape[1] + 1)
    for stage, name in enumerate(NAMES):
        axes.fill_between(days, flow[stage + 1], flow[stage], step="mid", color=COLOURS[stage], label=name, linewidth=0)
    axes.set(xlabel="working day, first replay", ylabel="cards that came so far")
    axes.legend(loc="upper left", fontsize=8)


def _scatter(axes: Axes, run: Run, promise: float, mean: float) -> None:
    done = run.out > 0
    axes.scatter(run.out[done], run.cycles, s=9, color=BLUE, alpha=0.6, linewidth=0)
    if done.any():
        axes.axhline(promise, color=ORANGE, label="85 of 100")
        axes.axhline(mean, color=GREY, linestyle=":", label="mean")
        axes.set_ylim(0, 1.35 * float(run.cycles.max()))
        axes.legend(loc="upper left", ncols=2, fontsize=8)
    axes.set(xlabel="day on which it was finished", ylabel="days that it took")


def _columns(counts: Sequence[int] | np.ndarray) -> str:
    """How many cards lie in each stage, from how many have reached each and left the last."""
    inside = [int(counts[n] - counts[n + 1]) for n in range(len(STAGES))]
    return ", ".join(f"{count} in {name}" for count, name in zip(inside, NAMES, strict=True))


def _mean(days: np.ndarray) -> float:
    return float(days.mean()) if len(days) else float("nan")
