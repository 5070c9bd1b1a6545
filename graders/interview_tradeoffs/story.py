"""The parts of a story, long and short, with this lesson's own hints."""

from __future__ import annotations

from graders.interview_tradeoffs.base import rubric
from graders.interviews import figures, people, short, telling, whole
from graders.parts import Part, take

_HINTS = {
    "figures_match_their_source": (
        "Compare each number with the sentence that you picked beside it.",
        "The number, the last day that was counted and the unit all stand in the sentence. Copy them as they are.",
        "What you read off the tables or worked out from them needs no source, such as the ends of your range. Every "
        "other number has one beside it; without one it is invented.",
    ),
    "result_is_measured": (
        "Did anybody really do that, in real use, or was it promised?",
        "A replay of old searches, a pilot of two days and an odd week are not what the release brought.",
        "Use a figure counted over whole weeks, before the work for the one and after the release for the other.",
    ),
    "direction_is_right": (
        "Is more of this measure good or bad? And did it rise or fall?",
        "For bookings, more is better. For late answers and changed bookings, fewer is better. A result that got worse "
        "is a result, too; say it the same way in the text.",
    ),
    "same_measure_before_and_after": (
        "Say the number before and the number after in one breath. What else changed between the two?",
        "The one who tells you a number likes it. Who else knows what happened in those weeks, and what do they say?",
        "Take both from one measure, and cite the colleague who looked for other causes and found none. Of the three "
        "measures, {{ truth.tellable | length }} compare; tell no gain in the other one beside it.",
    ),
    "two_functions_are_in_conflict": (
        "Who wanted something that somebody else could not give?",
        "Hold the shadow run against the limit, and the wishes of the kick-off against what was decided. Which two "
        "could not be had together?",
    ),
    "decision_is_by_its_owner": (
        "Whose decision was it really? Who could tell you?",
        "Making a decision possible is worth telling. Taking it was somebody else's job; "
        "Samuel knows whose, and in which of the documents it stands.",
    ),
}


def _take(*parts: Part) -> None:
    for one in parts:
        take(rubric, one, **({"hints": _HINTS[one.id]} if one.id in _HINTS else {}))


_take(*figures.PARTS, *people.PARTS, *telling.PARTS, *whole.PARTS, *short.PARTS)
