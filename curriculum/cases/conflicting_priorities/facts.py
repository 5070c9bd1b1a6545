"""What each person of `conflicting_priorities` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Fact, Surfaces, by_id, random, surfacing
from curriculum.cases.conflicting_priorities.draw import MODEL_WEEKS, QUEUE, SLUG, Draw

TODAY = dt.date(2027, 6, 28)
"""The Monday on which the three days begin."""
HINDSIGHT_FACT = "ninety_six"
"""What a model reached that had read the late columns: nothing of a promise can rest on it."""
QUARTER_ENDS = 13
"""Week in which Q3 ends."""
NOTICE_ROOM = 6
"""Minutes by which a notice may come earlier than it has to, before half of the notices are wrong."""
WAITED_FOR = 16
"""The weeks that Tomasz names first."""

ASKED = {"new_time": "a new time", "cancel": "how to cancel without cost", "call_back": "somebody who calls back"}
REGION_NAMES = {"harbour": "Harbour", "uptown": "Uptown", "millside": "Millside", "fenside": "Fenside"}

HOW, WHEN, TAPS = "how_a_time_is_given", "when_it_is_out", "what_a_tap_means"
MODEL, LATE = "when_a_model_can_be", "what_is_said_when_late"
"""The questions on which facts bear."""


def make_facts(seed: int, shape: Draw, window_limit: int) -> Mapping[str, Fact]:
    """The facts of one world by id."""
    rng = random(SLUG, seed, "facts")
    region, rest = REGION_NAMES[shape.late_region], WAITED_FOR - MODEL_WEEKS - shape.fill_weeks
    minute = int(rng.integers(15, 20))
    waiting = int(rng.integers(46, 63) if shape.kind == QUEUE else rng.integers(11, 22))
    asked = int(rng.integers(52, 72))
    on = frozenset
    facts = by_id(
        Fact("launch_public", "The arrival time for Fenside has been announced for the third quarter; the quarter ends "
             f"with week {QUARTER_ENDS}.", value=float(QUARTER_ENDS), unit="weeks"),
        Fact(HINDSIGHT_FACT, "A colleague of Tomasz has a model that was within ten minutes for 96 of 100 deliveries.",
             value=96.0, unit="of 100"),
        Fact("poster_wording", "The proof says “Know when it comes”, and no minute. The printer takes a change until "
             f"day {shape.printer_day} from now.", value=float(shape.printer_day), unit="days", held_by="odalys",
             supports=on({WHEN})),
        Fact("contract_date", f"The contract with the shops begins in week {shape.launch}; before it, none of "
             "them takes part. They may leave if that date slips; of minutes it says nothing.",
             value=float(shape.launch), unit="weeks", held_by="odalys", supports=on({WHEN})),
        Fact("sixteen_split", f"Of my sixteen weeks, a new log takes {shape.fill_weeks} to fill and the model "
             f"{MODEL_WEEKS} to build. The other {rest} wait for somebody to say at which moment we promise.",
             value=float(shape.fill_weeks), unit="weeks to fill a log", held_by="tomasz", supports=on({MODEL})),
        Fact("ml_weeks", f"In the half-year after the launch I have {shape.ml_weeks} weeks for building.",
             value=float(shape.ml_weeks), unit="weeks", held_by="tomasz", supports=on({MODEL})),
        Fact("minute_reading", f"I showed 18:40 to 20 people. {minute} of them read it as some time from 18:30 to "
             "18:50.", value=float(minute), unit="of 20 people", held_by="imani", supports=on({HOW})),
        Fact("window_limit", f"A window of more than {window_limit} minutes is one that people in my diary no longer "
             "plan with.", value=float(window_limit), unit="minutes", held_by="imani", supports=on({HOW})),
        Fact("planner_share", f"In my diary, {shape.planners} of 100 used the time to be home. The others used it to "
             "come to the door.", value=float(shape.planners), unit="of 100 people", held_by="imani",
             supports=on({HOW})),
        Fact("short_study", f"For the words alone I need two ride-alongs, {shape.study_days} days with what follows.",
             value=float(shape.study_days), unit="days", held_by="imani", supports=on({WHEN})),
        Fact("late_taps", f"In {region} there is no reception in the stairwells. Couriers press when they are back at "
             f"the bike, about {shape.late_by:g} minutes after the door.", value=shape.late_by, unit="minutes",
             held_by="stellan", supports=on({TAPS})),
        Fact("dispatch_punctual", f"Of 100 taps on leaving, {shape.punctual} come when the courier leaves. The rest "
             "come later, in a bunch.", value=float(shape.punctual), unit="of 100 taps", held_by="stellan",
             supports=on({HOW})),
        Fact("shop_waits", f"In the evening, {waiting} of 100 couriers stand in a shop and wait for more than ten "
             "minutes.", value=float(waiting), unit="of 100 couriers", held_by="stellan", supports=on({MODEL})),
        Fact("notice_quarters", f"Told {shape.notice} minutes ahead, people complain a quarter as often about a late "
             f"time. Told more than {shape.notice + NOTICE_ROOM} ahead, they hear of delays that never come.",
             value=float(shape.notice), unit="minutes", held_by="ruta",
             supports=on({LATE})),
        Fact("no_owner_when_late", f"When a time was wrong, {asked} of 100 wrote again to ask for one thing: "
             f"{ASKED[shape.asked_for]}. Nobody owns the answer.", value=float(asked), unit="of 100 people",
             held_by="ruta", supports=on({LATE})),
    )  # fmt: skip
    return surfacing(facts, _surfaces(shape))


def _surfaces(shape: Draw) -> Mapping[str, Surfaces]:
    launch = TODAY + dt.timedelta(weeks=shape.launch)

    def after(weeks: int, how: str) -> Surfaces:
        return Surfaces(launch + dt.timedelta(weeks=weeks), how)

    return {
        "late_taps": after(2, f"in {REGION_NAMES[shape.late_region]} couriers press {shape.late_by:g} minutes after "
                           "the door, so that taps say the wrong thing there"),
        "notice_quarters": after(3, f"a notice {shape.notice} minutes ahead would have spared most of the complaints"),
        "no_owner_when_late": after(4, f"most of those who wrote asked for {ASKED[shape.asked_for]}"),
        "poster_wording": after(0, "no poster had promised a minute"),
        "dispatch_punctual": after(5, f"of 100 taps on leaving, {100 - shape.punctual} come later, in a bunch"),
        "ml_weeks": after(6, f"there were {shape.ml_weeks} weeks for building a model in the whole half-year"),
    }  # fmt: skip
