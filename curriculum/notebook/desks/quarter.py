"""The planner of a quarter: what each order of work costs, reckoned from the learner's own minutes, syntheses and page.

It knows nothing that the learner has not written: days, dates and what is decided come from the forms, and only leave,
waiting and asks from the tables. Who has written something else gets other costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.minutes import Minutes
from curriculum.artifacts.one_pager import OnePager
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.artifacts.syntheses import Syntheses
from curriculum.cases import Case
from curriculum.cases.listen_and_ask.cast import TOPICS, owner_of
from curriculum.cases.listen_and_ask.draw import believed
from curriculum.cases.listen_and_ask.plans import Plan, Work, cost, plans, weeks_done
from curriculum.learner.lesson_files import find_lesson_files, open_case
from curriculum.pages.page import Page

if TYPE_CHECKING:
    import pandas as pd

SLUG = "listen_and_ask"
MONEY = "Cost (thousand euros)"
A = TypeVar("A", bound=Artifact)


def every_order() -> Any:
    """Every plan that can be had, the cheapest first: the order, the contractor's piece, when each is there, the cost.

    A table, or a page that says what your documents do not hold yet.
    """
    found = _written()
    if isinstance(found, Page):
        return found
    _, work = found
    ranked = sorted(
        ((cost(plan, work), plan) for plan in plans(tuple(TOPICS), work.pair, work.can_give)), key=lambda one: one[0]
    )
    rows = [
        {
            "Order": ", ".join(plan.order),
            "Contractor": plan.contractor,
            **{f"{topic} (week)": week for topic, week in _in_order(weeks_done(plan, work)).items()},
            MONEY: round(price, 1),
        }
        for price, plan in ranked
    ]
    return _frame(rows)


def one_order(*order: str, contractor: str = "", starts: int = 1) -> Any:
    """One plan piece by piece, as `one_order("events", "refunds", "arrivals", "warehouse")`; the last row is the sum.

    `contractor` is the piece that is given away, which Tilde leaves out; `starts` is the week in which the work begins.
    A page says so where a piece is missing, unknown or there twice.
    """
    plan = Plan(tuple(piece for piece in order if piece != contractor), contractor)
    if not plan.has_each_once(TOPICS):
        return Page(f"A plan has each of these pieces once: {', '.join(TOPICS)}. Change the order above.")
    found = _written()
    if isinstance(found, Page):
        return found
    _, work = found
    return _piece_by_piece(plan, replace(work, starts=starts))


def as_filed() -> Any:
    """What happens if nobody decides: the asks in the order in which they were filed, with the days asked for."""
    found = _written()
    if isinstance(found, Page):
        return found
    case, work = found
    asks = case.columns["asks"]
    asked = {str(topic): float(days) for topic, days in zip(asks["topic"], asks["days"], strict=True)}
    return _piece_by_piece(Plan(tuple(asked)), replace(work, days=asked, pair=(), shared=0.0))


def work_of(case: Case, minutes: Minutes, syntheses: Syntheses, page: OnePager) -> Work | list[str]:
    """What costs depend on, as these documents have it; what they do not hold yet, a phrase each."""
    days = {topic: getattr(page.days, topic) for topic in TOPICS}
    weeks = {topic: getattr(syntheses, owner_of(topic)).number for topic in TOPICS}
    status = {id: getattr(minutes, id).status for id in case.registry.entries("matters")}
    missing = [f"days of work for {topic}, on the page" for topic, value in days.items() if value is None]
    missing += [f"{owner_of(id).capitalize()}'s week, in the syntheses" for id, week in weeks.items() if week is None]
    missing += [f"how “{id}” ended, in the minutes" for id, one in status.items() if not one]
    if missing:
        return missing
    waiting = case.columns["waiting"]
    thousand = waiting["units"] * waiting["euros_a_unit"] / 1000
    last = int(waiting["week"].max())
    once = {one.topic: one.once or 0.0 for one in page.fixed}
    memo: Work = case.truth.work
    leave = case.columns["weeks"]["leave"]
    written = Work(
        room=(),
        days={topic: float(value or 0.0) for topic, value in days.items()},
        due={topic: round(week or 0) for topic, week in weeks.items()},
        late={topic: float(np.sum(thousand[waiting["topic"] == topic])) / last for topic in TOPICS},
        once={topic: once.get(topic, 0.0) for topic in TOPICS},
        pair=tuple(page.pair) if len({*page.pair}) == 2 else (),
        shared=page.shared_days or 0.0,
        fee=memo.fee,  # the memo says both to everybody
        given_done=memo.given_done,
    )
    return believed(written, [int(days) for days in leave], {id: one or "" for id, one in status.items()})


def _written() -> tuple[Case, Work] | Page:
    files = find_lesson_files(SLUG)
    case, _ = open_case(files, graded=True)  # the planner reads and deals nothing
    try:
        minutes = _read(files.artifact("minutes"), Minutes)
        syntheses = _read(files.artifact("syntheses"), Syntheses)
        page = _read(files.artifact("one_pager"), OnePager)
    except Unreadable as error:
        return Page(str(error))
    work = work_of(case, minutes, syntheses, page)
    if isinstance(work, list):
        return Page("The planner still needs:\n\n" + "\n".join(f"- {phrase}" for phrase in work))
    return case, work


def _read(path: Any, model: type[A]) -> A:
    try:
        return read_artifact(path, model).artifact
    except FileNotFoundError:
        return model()


def _in_order(done: Mapping[str, int]) -> dict[str, int]:
    return {topic: done[topic] for topic in TOPICS}


def _piece_by_piece(plan: Plan, work: Work) -> pd.DataFrame:
    done, rows = weeks_done(plan, work), list[dict[str, Any]]()
    for topic in plan.pieces:
        late = max(0, done[topic] - work.due[topic])
        fee = work.fee if topic == plan.contractor and work.can_give else 0.0
        rows.append(
            {
                "Piece": topic,
                "Who": "contractor" if topic == plan.contractor else "Tilde",
                "There in week": done[topic],
                "Needed by week": work.due[topic],
                "Weeks late": late,
                "Waiting (thousand euros)": round(late * work.late[topic], 1),
                "Once (thousand euros)": fee + (work.once[topic] if late else 0.0),
            }
        )
    frame = _frame(rows)
    frame[MONEY] = frame["Waiting (thousand euros)"] + frame["Once (thousand euros)"]
    frame.loc[len(frame)] = {**dict.fromkeys(frame.columns), "Piece": "together", MONEY: round(cost(plan, work), 1)}
    return frame


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows)
