"""What keeps work from going on: seven things of which three hold up the pilot release, each with its own way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.kinds import Blocker
from curriculum.cases.healthcare_platform.people import PEOPLE
from curriculum.cases.healthcare_platform.wards import SLUG

SPONSOR = "walter"

ESCALATE_AFTER = 2
"""What has been open in more reviews than these goes to the sponsor."""

MENDED, LEFT_OUT = "mended", "left_out"

_THINGS = (
    "One ward's night shift has not been trained on the screen",
    "The pager link of the second hospital answers too slowly",
    "The printed quick guide is not on one of the wards",
    "Signing on fails at two kinds of ward computers",
    "The alarm sounds like that of the infusion pumps",
    "The paper score for outages is an old edition on one ward",
    "The on-call list for one of the wards has a gap at weekends",
    "One ward's monitors have an older firmware than the others",
    "The guide in the second language is not printed",
    "The copy of the alert log has never been restored as a trial",
)
_RELEASE = 3
_OTHERS = 4


def make_blockers(seed: int, calendar: Calendar) -> tuple[Mapping[str, Blocker], Mapping[str, Columns]]:
    """The blockers of one seed, in an order that tells nothing, and the table `blockers`."""
    rng = random(SLUG, seed, "blockers")
    things = [_THINGS[int(i)] for i in rng.permutation(len(_THINGS))[: _RELEASE + _OTHERS]]
    drawn = []
    for number, index in enumerate(rng.permutation(len(things)), start=1):
        drawn.append(_draw(rng, f"b{number}", things[int(index)], int(index) < _RELEASE, calendar))
    blockers = by_id(*drawn)
    return blockers, {
        "blockers": frozen_columns(
            blocker=np.array([blocker.id for blocker in drawn]),
            what=np.array([blocker.label for blocker in drawn]),
            raised_on=_days([blocker.raised_on for blocker in drawn]),
            reviews_seen=np.array([blocker.reviews_seen for blocker in drawn]),
            holds_up=np.array([blocker.holds_up for blocker in drawn]),
            needed_by=_days([blocker.needed_by for blocker in drawn]),
            days_to_remove=np.array([blocker.days_to_remove for blocker in drawn]),
            owner=np.array([blocker.owner for blocker in drawn]),
            needs_money_or_hours=np.array([blocker.needs_sponsor for blocker in drawn]),
        )
    }


def _draw(rng: np.random.Generator, id: str, words: str, release: bool, calendar: Calendar) -> Blocker:
    """One blocker. Some of the release's cannot be removed in time, and some are beyond what their owner may do."""
    holds_up = "the pilot release" if release else ("sprint 2", "sprint 3", "nothing at present")[int(rng.integers(3))]
    needed = {
        "the pilot release": calendar.last_release_day - dt.timedelta(days=int(rng.integers(0, 4))),
        "sprint 2": calendar.start_of(2),
        "sprint 3": calendar.start_of(3),
        "nothing at present": calendar.end,
    }[holds_up]
    left = (needed - calendar.today).days
    in_time = bool(rng.random() < 0.5)
    days = int(rng.integers(1, left + 1)) if in_time else left + int(rng.integers(1, 12))
    seen, beyond = int(rng.integers(1, 3)), False
    if rng.random() < 0.5:
        seen, beyond = (int(rng.integers(3, 6)), False) if rng.random() < 0.5 else (seen, True)
    owners = [person for person in PEOPLE if person != SPONSOR]
    return Blocker(
        id, words, raised_on=calendar.before(14 * seen + int(rng.integers(0, 9))), reviews_seen=seen,
        owner=owners[int(rng.integers(len(owners)))], holds_up=holds_up, needed_by=needed, days_to_remove=days,
        needs_sponsor=beyond, release=release, slack=left - days,
    )  # fmt: skip


def _days(values: list[dt.date]) -> np.ndarray:
    return np.array(values, dtype="datetime64[D]")


def goes_to(blocker: Blocker) -> str:
    """Who moves a blocker: its owner, or the sponsor where it is beyond that person or has been stuck for long."""
    stuck = blocker.reviews_seen > ESCALATE_AFTER
    return SPONSOR if stuck or blocker.needs_sponsor else blocker.owner


def outcome_of(blocker: Blocker) -> str:
    """Whether it can be mended by the day on which it is needed, or what it holds up stays out of the pilot."""
    return MENDED if blocker.slack >= 0 else LEFT_OUT
