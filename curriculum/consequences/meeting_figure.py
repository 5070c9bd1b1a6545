"""The figure of a meeting and the quarter after it: a ribbon of minutes above, weeks with their dates below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from curriculum.cases.listen_and_ask.cast import TOPICS
from curriculum.cases.listen_and_ask.plans import NEXT_QUARTER
from curriculum.consequences.asked_meeting import Meeting
from curriculum.consequences.figure_colours import GREY, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(figure: Figure, meeting: Meeting, done: Mapping[str, int], due: Mapping[str, int], leaves: int) -> None:
    """The ribbon of the meeting, and when each piece was needed and there."""
    above, below = figure.subplots(2, 1, height_ratios=[2, 3])
    begin = 0
    for part in meeting.parts:
        colour = ORANGE if part.lost else PURPLE
        above.barh(0, part.minutes, left=begin, color=colour, edgecolor="white", linewidth=1.0, height=0.7)
        words, turn, va = (0.42, 30, "bottom") if part.lost else (-0.42, -30, "top")
        above.text(begin + 0.2, words, part.what, fontsize=8, color=colour, rotation=turn, ha="left", va=va)
        begin += part.minutes
    above.axvline(leaves, color=GREY, linestyle="--", linewidth=1.2)
    above.text(leaves + 0.4, 2.0, "Joaquim leaves", color=GREY, fontsize=8, va="top")
    above.set(xlim=(0, max(begin, leaves) + 8), ylim=(-2.0, 2.2), xlabel="minute of the meeting")
    above.set_yticks([])
    names = list(TOPICS)
    for row, topic in enumerate(reversed(names)):
        late = done[topic] > due[topic]
        below.plot([due[topic], done[topic]], [row, row], color=ORANGE if late else PURPLE, linewidth=3, alpha=0.6)
        below.plot(due[topic], row, marker="|", markersize=18, color=GREY, linestyle="")
        below.plot(done[topic], row, marker="o", markersize=8, color=ORANGE if late else PURPLE, linestyle="")
        below.text(max(due[topic], done[topic]) + 0.4, row, "late" if late else "in time", fontsize=8, va="center",
                   color=ORANGE if late else PURPLE)  # fmt: skip
    below.set_yticks(range(len(names)), [TOPICS[topic].label for topic in reversed(names)])
    below.set_xticks(range(1, NEXT_QUARTER + 1, 2))
    below.set(xlim=(0.5, NEXT_QUARTER + 2.5), ylim=(-0.6, len(names) - 0.4), xlabel="week (bar: needed, dot: there)")
    for axes in (above, below):
        axes.spines[["top", "right", "left"]].set_visible(False)
