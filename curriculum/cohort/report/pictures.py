"""The report's pictures as inline SVG: drawn with the page's own colours, so they follow light and dark."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from markupsafe import Markup

from curriculum.cohort.report.items import HARD, SEPARATES, Item
from curriculum.cohort.report.progress import Progress, Spread

Place = tuple[float, float]
"""How far to the right, and how far down."""

STANDINGS = (
    ("on_time", "graded, on time"),
    ("late", "graded, late"),
    ("invalid", "not readable"),
    ("failed", "course failed"),
    ("ungraded", "not graded yet"),
    ("excused", "excused"),
    ("missing", "nothing handed in"),
)
"""In the order in which they are drawn, with their words."""

WIDTH = 640
MOST_NUMBERS = 3
"""How many criteria of one dot are named in the picture; the tables have all."""
WIDE = 8.5
"""How wide a figure of a number may be, on a narrow page too."""
NEAR = 15
"""Dots of criteria whose middles are closer are drawn as one."""


def progress_picture(lessons: Sequence[tuple[str, Progress]]) -> Markup:
    """One bar a lesson, divided by how learners stand; numbers stand in the bars where there is room."""
    row, top = 56, 8
    parts = []
    for index, (title, progress) in enumerate(lessons):
        y = top + index * row
        parts.append(_text(0, y + 14, title, "label"))
        parts.append(_text(WIDTH, y + 14, f"{progress.handed_in:,} of {progress.learners:,} handed in", "value end"))
        x = 0.0
        for name, _ in STANDINGS:
            number = getattr(progress, name)
            width = WIDTH * number / progress.learners if progress.learners else 0
            if not number:
                continue
            parts.append(f'<rect class="{name}" x="{x:.1f}" y="{y + 21}" width="{max(width, 1):.1f}" height="22"/>')
            if width > 10 + 8 * len(f"{number:,}"):
                parts.append(_text(x + width / 2, y + 36, f"{number:,}", f"middle on-{name}"))
            x += width
    said = "; ".join(
        f"{title}: " + ", ".join(f"{getattr(progress, name):,} {words}" for name, words in STANDINGS)
        for title, progress in lessons
    )
    return _picture(WIDTH, top + len(lessons) * row, "How far the class is in each lesson", said, parts, "progress")


def spread_picture(title: str, spread: Spread) -> Markup:
    """Learners by tenths of the points, with the median as a line."""
    width, height, base = 300, 146, 104
    most = max(spread.bins) or 1
    step = width / len(spread.bins)
    parts = []
    for index, number in enumerate(spread.bins):
        tall = 78 * number / most
        x = index * step
        parts.append(
            f'<rect class="on_time" x="{x + 1.5:.1f}" y="{base - tall:.1f}" width="{step - 3:.1f}"'
            f' height="{tall:.1f}"/>'
        )
        if number:
            parts.append(_text(x + step / 2, base - tall - 4, f"{number:,}", "middle small"))
    parts.append(f'<line class="axis" x1="0" x2="{width}" y1="{base}" y2="{base}"/>')
    for share, anchor in ((0, ""), (100, "end")):
        parts.append(_text(width * share / 100, base + 15, f"{share}%", f"small {anchor}"))
    if spread.median is not None:
        x = width * spread.median
        tip = min(max(x, 5), width - 5)
        parts.append(f'<path class="mark" d="M{tip:.1f} {base + 19} l-5 8 h10 z"/>')
        anchor = "end" if spread.median > 0.7 else "" if spread.median < 0.3 else "middle"
        parts.append(_text(x, base + 40, f"half have {spread.median:.0%} or more", f"small {anchor}"))
    said = ", ".join(
        f"{index * 10} to {index * 10 + 10}%: {number:,}" for index, number in enumerate(spread.bins) if number
    )
    return _picture(width, height, f"Points in {title}", f"Learners by share of the points. {said}", parts)


def items_picture(title: str, numbered: Sequence[tuple[int, Item]]) -> Markup:
    """Each criterion as a numbered dot: to the right easier, to the top telling learners apart better."""
    width, height, left, base = WIDTH, 300, 60, 262
    drawn = [(number, item) for number, item in numbered if item.discrimination is not None and item.everybody.of]
    steps = _steps(item.discrimination or 0.0 for _, item in drawn)
    lowest, highest = steps[0], steps[-1]

    def x(share: float) -> float:
        return left + (width - left - 24) * share

    def y(value: float) -> float:
        return base - (base - 14) * (value - lowest) / (highest - lowest)

    parts = [
        f'<rect class="area" x="{x(HARD):.1f}" y="{y(highest):.1f}" width="{x(0.95) - x(HARD):.1f}"'
        f' height="{y(SEPARATES) - y(highest):.1f}"/>',
        _text(x(HARD) + 6, y(highest) + 14, "tells well who is ready", "small soft"),
        _text(x(HARD) - 6, y(highest) + 14, "hard", "small soft end"),
        f'<line class="axis" x1="{left}" x2="{width - 24}" y1="{y(0):.1f}" y2="{y(0):.1f}"/>',
        f'<line class="axis" x1="{left}" x2="{left}" y1="{y(highest):.1f}" y2="{base}"/>',
    ]
    parts += [_text(left - 6, y(value) + 4, _signed(value), "small end") for value in steps]
    parts += [_text(x(share), base + 16, f"{share:.0%}", "small middle") for share in (0, 0.25, 0.5, 0.75, 1)]
    parts.append(_text(x(0.5), base + 33, "learners who meet the criterion", "small middle"))
    parts.append(
        f'<text class="small middle" transform="translate(14 {(base + 14) / 2:.0f}) rotate(-90)">telling apart</text>'
    )
    dots = [(x(item.everybody.value or 0.0), y(item.discrimination or 0.0), number) for number, item in drawn]
    labels = list(_apart(_heaps(dots), width, base))
    for (cx, cy), (at, level), _, _ in labels:
        if (at, level) != (cx, cy):
            parts.append(f'<line class="axis" x1="{cx:.1f}" y1="{cy:.1f}" x2="{at:.1f}" y2="{level:.1f}"/>')
            parts.append(f'<circle class="dot" cx="{cx:.1f}" cy="{cy:.1f}" r="4"/>')
    for _, (at, level), wide, words in labels:
        left_end, top = at - wide / 2, level - 9
        parts.append(f'<rect class="dot" x="{left_end:.1f}" y="{top:.1f}" width="{wide:.1f}" height="18" rx="9"/>')
        parts.append(_text(at, level + 4, words, "small middle on-dot"))
    said = (
        f"{len(drawn)} criteria. To the right: more learners meet it. To the top: those who meet it earn more of the "
        f"other points. The numbers are those of the tables before it."
    )
    return _picture(width, height, f"Criteria of {title}: how hard, and how well they tell learners apart", said, parts)


def _steps(values: Iterable[float]) -> list[float]:
    """The scale, in steps of 0.4: from below the lowest value to above the highest, and wide enough to compare two
    lessons."""
    known = [*values, -0.4, 0.8]
    return [0.4 * step for step in range(math.floor(min(known) / 0.4 + 1e-9), math.ceil(max(known) / 0.4 - 1e-9) + 1)]


def _signed(value: float) -> str:
    return "0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "\u2212")


def _heaps(dots: Iterable[tuple[float, float, int]]) -> Iterator[tuple[tuple[float, float], list[int]]]:
    """Dots that would hide one another, as one with all their numbers, at the place of the first."""
    heaps: dict[tuple[float, float], list[int]] = {}
    for x, y, number in dots:
        near = (place for place in heaps if abs(place[0] - x) < NEAR and abs(place[1] - y) < NEAR)
        heaps.setdefault(next(near, (x, y)), []).append(number)
    yield from heaps.items()


def _apart(
    heaps: Iterable[tuple[Place, list[int]]], width: float, base: float
) -> Iterator[tuple[Place, Place, float, str]]:
    """For each heap where it is, where its numbers stand so that they hide no others, how wide, and what they say."""
    taken: list[tuple[float, float, float]] = []
    for (cx, cy), numbers in heaps:
        words = ", ".join(map(str, numbers[:MOST_NUMBERS]))
        if more := len(numbers[MOST_NUMBERS:]):
            words += f", +{more}"
        wide = max(18, 8 + WIDE * len(words))
        at = min(cx, width - wide / 2)
        levels = sorted((cy + 20 * step for step in range(-12, 13)), key=lambda level: abs(level - cy))
        free = (
            level
            for level in levels
            if (level == cy or 9 <= level <= base - 12)
            and all(abs(level - y) >= 20 or abs(at - x) >= (wide + other) / 2 + 2 for x, y, other in taken)
        )
        level = next(free, cy)
        taken.append((at, level, wide))
        yield (cx, cy), (at, level), wide, words


def bar(share: float, words: str) -> Markup:
    """A small bar beside a number that says the same; screen readers skip it."""
    filled = f'<rect class="on_time" width="{100 * min(1, max(0, share)):.1f}" height="10"/>'
    return Markup(
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="10"/>{filled}</svg> <span>{escape(words)}</span>'
    )


def key() -> Markup:
    """What the colours and patterns of the progress bars mean, in words."""
    entries = "".join(
        f'<li><svg viewBox="0 0 16 16" aria-hidden="true"><rect class="{name}" width="16" height="16"/></svg>'
        f" {words}</li>"
        for name, words in STANDINGS
    )
    return Markup(f'<ul class="key">{entries}</ul>')


PATTERNS = Markup(
    '<svg class="patterns" aria-hidden="true" width="0" height="0"><defs>'
    '<pattern id="p-late" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="p-late" width="7" height="7"/><rect class="p-line" width="2" height="7"/></pattern>'
    '<pattern id="p-ungraded" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<rect class="p-ungraded" width="7" height="7"/><rect class="p-line-ungraded" width="2" height="7"/></pattern>'
    '<pattern id="p-missing" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="p-missing" width="6" height="6"/><circle class="p-dot" cx="3" cy="3" r="1"/></pattern>'
    "</defs></svg>"
)
"""Patterns, so that no two standings differ by colour alone; they stand once in the page."""


def _picture(width: float, height: float, title: str, said: str, parts: Sequence[str], kind: str = "") -> Markup:
    return Markup(
        f'<svg class="picture {kind}" role="img" viewBox="0 0 {width} {height}" style="max-width: {width * 1.8:.0f}px">'
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, classes: str) -> str:
    return f'<text class="{classes}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
