"""Did it help? What was found before a lesson, after it and a month later, and whether chance alone explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.course.parallel_hunts import MOMENTS
from curriculum.pages.page import Page, designed
from curriculum.support.exact import gain_interval

WORDS = {"before": "Before", "after": "After", "later": "A month later"}


@dataclass(frozen=True)
class HuntResult:
    """One hunt: how many of its flaws somebody found, and how many simulated readers find."""

    moment: str
    found: int
    of: int
    found_by_readers: float
    """Share of the flaws of this world, 0 to 1."""


@dataclass(frozen=True)
class LessonHunts:
    """The hunts of one lesson, by moment."""

    title: str
    results: dict[str, HuntResult]


@dataclass(frozen=True)
class Gain:
    """What changed between two moments, over all lessons that have both."""

    before: int
    of_before: int
    after: int
    of_after: int
    easier: float
    """How much larger a share simulated readers find in the later worlds; below 0, smaller."""

    @property
    def value(self) -> float:
        """The gain in the share of flaws that were found, with the difference in difficulty taken off."""
        return self.after / self.of_after - self.before / self.of_before - self.easier

    @property
    def interval(self) -> tuple[float, float]:
        """Between which bounds it lies in 95 of 100 cases."""
        low, high = gain_interval(self.before, self.of_before, self.after, self.of_after)
        return max(-1.0, low - self.easier), min(1.0, high - self.easier)

    @property
    def told_from_chance(self) -> bool:
        """Whether no gain at all, or a loss, is outside the bounds; the same for a gain where it is a loss."""
        low, high = self.interval
        return low > 0 or high < 0

    @property
    def sentence(self) -> str:
        """What can be said, in flaws of ten."""
        counts = f"You found {self.before} of {self.of_before} flaws before and {self.after} of {self.of_after} after"
        even = _evened(self.easier)
        if not self.told_from_chance:
            return f"{counts}. This cannot be told from chance yet; with more lessons it may.{even}"
        low, high = (round(10 * bound, 1) for bound in self.interval)
        way = "more" if self.value > 0 else "fewer"
        least, most = sorted((abs(low), abs(high)))
        value = f"{abs(10 * self.value):.1f}"
        return (
            f"{counts}: of ten flaws, {value} {way} than before, and in 95 of 100 such cases between {least:g} and "
            f"{most:g} {way}.{even}"
        )


def gain(lessons: Sequence[LessonHunts], moment: str = "after") -> Gain | None:
    """The gain from before to a later moment over the lessons that have both; None where none has."""
    both = [one.results for one in lessons if "before" in one.results and moment in one.results]
    if not both:
        return None
    first, second = ([each[name] for each in both] for name in ("before", moment))
    of_before, of_after = sum(one.of for one in first), sum(one.of for one in second)
    expected = [sum(one.of * one.found_by_readers for one in part) for part in (first, second)]
    return Gain(
        sum(one.found for one in first),
        of_before,
        sum(one.found for one in second),
        of_after,
        expected[1] / of_after - expected[0] / of_before,
    )


def gain_page(lessons: Sequence[LessonHunts]) -> Page:
    """Every hunt that is over, lesson by lesson, and what can be said of all together."""
    rows = [(one.title, [_cell(one.results.get(moment)) for moment in MOMENTS]) for one in lessons if one.results]
    sentences = [
        *([found.sentence] if (found := gain(lessons)) else [NO_PAIR]),
        *([f"A month later: {kept.sentence}"] if (kept := gain(lessons, "later")) else []),
    ]
    head = "| Lesson | Before | After | A month later |"
    lines = ["**Did it help?**", "", *sentences, "", head, "| --- | --- | --- | --- |"]
    lines += [f"| {title} | {' | '.join(words for words, _ in cells)} |" for title, cells in rows]
    html = designed("gain.html", sentences=sentences, rows=rows, words=[WORDS[moment] for moment in MOMENTS])
    return Page("\n".join(lines), html)


NO_PAIR = "There is nothing to compare yet: it needs a hunt before a lesson and one after it."


def _cell(result: HuntResult | None) -> tuple[str, float]:
    if result is None:
        return "–", 0.0
    return f"{result.found} of {result.of}", 100 * result.found / result.of


def _evened(easier: float) -> str:
    if abs(easier) < 0.005:
        return ""
    harder = "easier" if easier > 0 else "harder"
    return (
        f" The later worlds are a little {harder} ({abs(10 * easier):.1f} flaws of ten), which is taken into account."
    )
