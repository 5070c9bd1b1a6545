"""The order of harm in design.md: whole, and followed by points and gates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curriculum.authoring.subject import Subject
from curriculum.course.design_notes import decided_by_law, order_of_harm, section
from tests.helpers.altered import Altered, against

DESIGN = """# Design

## Order of harm
Worst first.

1. Nobody can act on it. `no_date`, `lunch`, `no_time_in_it`, `move_the_job`
2. The reason does not hold. `planned_with_the_average`, `never_told`, `still_too_early`
3. It is late. `to_the_buddy`, `too_late`, `two_asks`

Gates for completeness: `ask_is_complete`

## Decided by law or physics
- `ask.decider`: one person owns the calendar.
"""


def designed(old: str = "", new: str = "") -> Subject:
    return Altered(design_md=lambda text: DESIGN.replace(old, new) if old else DESIGN)


PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("order_of_harm_is_whole", lambda: designed("`too_late`, ", ""), "too_late: it stands 0 times"),
    ("order_of_harm_is_whole", lambda: designed("`too_late`", "`too_late`, `no_date`"), "no_date: it stands 2 times"),
    ("order_of_harm_is_whole", lambda: designed("`too_late`", "`too_late`, `x`"), "x: it stands in the order of harm"),
    ("order_of_harm_is_whole", lambda: designed("## Order of harm", "## Harm"), "no section “Order of harm”"),
    ("order_of_harm_is_whole", lambda: designed("`ask_is_complete`", "`date_is_in_time`"), "and is no gate"),
    (
        "points_follow_the_order_of_harm",
        lambda: designed("1. Nobody can act on it. `no_date`", "1. Late. `too_late`\n1. Nobody. `no_date`"),
        "line 1: it loses 1.0 points on the mean, and line 2, which is milder, 3.0",
    ),
    (
        "gates_stand_where_the_harm_is",
        lambda: Altered(
            design_md=lambda text: (
                DESIGN.replace("`no_date`", "`two_asks`")
                .replace("`too_late`, `two_asks`", "`too_late`, `no_date`")
                .replace("Gates for completeness", "Gates")
            )
        ),
        "no_date: it fails the gate ask_is_complete and stands in the lower half",
    ),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=[f"{i}-{p}" for i, (p, *_) in enumerate(PLANTED)])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


@pytest.mark.parametrize("proof", sorted({proof for proof, *_ in PLANTED}))
def test_an_order_that_points_follow_is_left_alone(proof: str) -> None:
    assert against(proof, designed()) == ""


def test_notes_are_read_by_heading() -> None:
    harm = order_of_harm(DESIGN)
    assert harm.groups[1] == ("planned_with_the_average", "never_told", "still_too_early")
    assert harm.completeness == {"ask_is_complete"}
    assert decided_by_law(DESIGN) == ("ask.decider",)
    assert decided_by_law("# Design\n") == ()
    with pytest.raises(LookupError, match="no section “Goal”"):
        section(DESIGN, "Goal")
