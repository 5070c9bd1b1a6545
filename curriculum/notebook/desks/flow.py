"""Reckoning for a pod: loss by weeks, levers together, its board as it was and replayed, reasons that are sealed.

What stands in the learner's own forms and cells is put to work; nothing is told that somebody has to be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.artifacts.premortem import Premortem
from curriculum.cases import Case, load_case
from curriculum.cases.pod_launch import entries
from curriculum.cases.pod_launch.draw import LEVERS, POLICIES, SLUG, STAGES, WEEKS
from curriculum.cases.pod_launch.flowing import EIGHT_WEEKS, Flow, cards_done, day_of, done_by
from curriculum.cases.pod_launch.losses import AT_ONCE_HOURS, bps, recall_share
from curriculum.notebook.desks.spoken import Spoken
from curriculum.support.flow import Run, percentile, stretches
from curriculum.support.flow.replay import NEVER

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.notebook.lesson import Lesson

SERVICE = 85.0
"""Cards of 100 that a promise in days is meant for."""
SAFE = 25.0
"""The percentile that three of four futures reach."""
SHOWN_WEEKS = (4, 8, 13, 20, 26)
MOST_POLICIES = 2
ALONE = 2
"""Reasons that are sealed, at least."""
ROUND = frozenset({"round_edda_first", "round_junior_first", "round_open"})
"""Choices that open the round, after which nothing is sealed."""
BEFORE = 200
"""Added to days of `flow_events`, so that those before the eight weeks count from above 0."""
NO_LIMITS = "The board cannot run yet: in the form of the backlog every stage needs a limit of one at least."

Limits = Mapping[str, float] | Sequence[float]


def loss(lesson: Lesson, first_week: int = 1, last_week: int = WEEKS) -> pd.DataFrame | str:
    """What was lost in these weeks, of 10,000 euros paid out: net and gross, with the largest case and without."""
    import pandas as pd

    if not 1 <= first_week <= last_week <= WEEKS:
        return Spoken(f"Weeks go from 1 to {WEEKS}, and the first is not after the last.")
    columns = load_case(SLUG, lesson.seed).columns
    rows = {
        name: [
            round(bps(columns["losses"], columns["weekly"], first_week, last_week, net=net, apart=apart), 3)
            for apart in (False, True)
        ]
        for name, net in (("net, less what came back", True), ("gross, all that was sent", False))
    }
    names = ["largest case counted in", "largest case apart"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("euros of 10,000")


def levers(lesson: Lesson, movable: float = 100.0, **shares: float) -> pd.DataFrame | str:
    """What levers stop together, in percent of all loss, from what each stops alone: `check=20, movable=80`."""
    import pandas as pd

    if strangers := sorted(shares.keys() - set(LEVERS)):
        return Spoken(f"There is no lever called {strangers[0]}; there are {', '.join(LEVERS)}.")
    if not all(0 <= value <= 100 for value in (movable, *shares.values())):
        return Spoken("Shares are percent, from 0 to 100.")
    left, rows = 1.0, []
    for name, share in sorted(shares.items(), key=lambda one: -one[1]):
        before, left = left, left * (1 - share / 100)
        rows.append(
            {
                "lever": entries.LEVER_ENTRIES[name].label,
                "stops alone (%)": share,
                "adds (%)": round(movable * (before - left), 1),
                "together so far (%)": round(movable * (1 - left), 1),
            }
        )
    return pd.DataFrame(rows).set_index("lever") if rows else Spoken("Name a lever, as in check=20.")


def recalled(lesson: Lesson, waits: float) -> str:
    """What recalls within an hour bring back beyond recalls after so many hours, in percent of the net loss."""
    if waits < AT_ONCE_HOURS:
        return Spoken("Today a recall waits for an hour at least.")
    share = recall_share(load_case(SLUG, lesson.seed).columns["losses"], WEEKS, waits)
    return Spoken(f"{100 * share:.1f} of 100 euros that are lost today would come back.")


def stages(lesson: Lesson) -> pd.DataFrame:
    """How each stage did in the eight past weeks: people, cards in it, those that were ready, work that it had."""
    import pandas as pd

    run, people = past_run(load_case(SLUG, lesson.seed)), _people(lesson)
    days = range(BEFORE + 1, BEFORE + EIGHT_WEEKS + 1)
    found = stretches(run.entered[0], run.ready[0], run.left[0], people, days)
    return pd.DataFrame(
        {
            "people": people,
            "cards in it on a day": [round(one.in_it, 1) for one in found],
            "of these, ready and waiting": [round(one.waiting, 1) for one in found],
            "person-days with work (%)": [round(100 * one.busy) for one in found],
            "cards that got ready": [one.ready for one in found],
        },
        index=pd.Index([entries.STAGE_ENTRIES[name].label for name in STAGES], name="stage"),
    )


def replay(lesson: Lesson, limits: Limits | None = None, policies: Iterable[str] | None = None) -> pd.DataFrame | str:
    """Eight weeks, replayed many times under limits and policies, those of the form where none are given: cards that
    were finished, and the days that they took."""
    import pandas as pd

    run = replayed(lesson, limits, policies)
    if isinstance(run, str):
        return run
    out = run.out
    cycles = [(out[n] - run.entered[n, :, 0] + 1)[out[n] > 0] for n in range(len(out))]
    rows: list[tuple[str, float, np.ndarray]] = [("all of them", round(float(run.finished.mean()), 1), run.cycles)]
    rows += [(f"replay {n + 1}", int(run.finished[n]), cycles[n]) for n in range(len(out))]
    return pd.DataFrame(
        {
            # Of any type, so that whole cards stand without decimals below the average.
            "cards finished": pd.Series([count for _, count, _ in rows], dtype=object).to_numpy(),
            "days for 85 of 100": [_rounded(percentile(days, SERVICE)) for _, _, days in rows],
            "days on average": [_rounded(float(days.mean())) if len(days) else np.nan for _, _, days in rows],
        },
        index=pd.Index([name for name, _, _ in rows], name=""),
    )


def busy(lesson: Lesson, limits: Limits | None = None, policies: Iterable[str] | None = None) -> pd.DataFrame | str:
    """How each stage did in the second half of the replayed weeks, on average over all replays."""
    import pandas as pd

    run = replayed(lesson, limits, policies)
    if isinstance(run, str):
        return run
    people, days = _people(lesson), range(EIGHT_WEEKS // 2 + 1, EIGHT_WEEKS + 1)
    found = [stretches(run.entered[n], run.ready[n], run.left[n], people, days) for n in range(len(run.out))]
    return pd.DataFrame(
        {
            "cards in it on a day": [round(float(np.mean([one[n].in_it for one in found])), 1) for n in _NUMBERS],
            "of these, ready and waiting": [
                round(float(np.mean([one[n].waiting for one in found])), 1) for n in _NUMBERS
            ],
            "person-days with work (%)": [
                round(100 * float(np.mean([one[n].busy for one in found]))) for n in _NUMBERS
            ],
        },
        index=pd.Index([entries.STAGE_ENTRIES[name].label for name in STAGES], name="stage"),
    )


_NUMBERS = range(len(STAGES))


def reach(lesson: Lesson) -> pd.DataFrame | str:
    """What the levers of the charter stop by when, with the cards, limits and policies of the backlog: in three of four
    half-years, and in the middle one, with how many cards above the line are done there. It is judged on others."""
    import pandas as pd

    charter, backlog = lesson.written("pod_charter"), lesson.written("backlog")
    assert isinstance(charter, PodCharter) and isinstance(backlog, Backlog)
    shares = {one.lever: one.share_pct for one in charter.levers if one.lever in LEVERS and one.share_pct is not None}
    if not shares or charter.movable_pct is None or backlog.limits is None or not backlog.begun:
        return Spoken(
            "It needs from the charter levers with their shares and how much may be checked or held, "
            "and from the backlog cards above the line and all limits."
        )
    flow = Flow(lesson.seed, load_case(SLUG, lesson.seed).truth.shape)
    run = flow.run(flow.rehearsed, backlog.limits, backlog.policies)
    rows = []
    for week in SHOWN_WEEKS:
        done, left = done_by(run, backlog.begun, day_of(week)), np.ones(len(run.out))
        for lever, share in shares.items():
            left = left * (1 - share / 100 * done[lever])
        stopped = charter.movable_pct * (1 - left)
        cards = cards_done(run, len(backlog.begun), day_of(week))
        safe, middle = np.percentile(stopped, SAFE), np.median(stopped)
        rows.append((round(float(safe), 1), round(float(middle), 1), round(float(np.median(cards)))))
    names = ["in three of four (%)", "in the middle one (%)", f"of {len(backlog.begun)} cards, done"]
    return pd.DataFrame(rows, columns=names, index=pd.Index(SHOWN_WEEKS, name="stopped by week"))


def seal(lesson: Lesson) -> str:
    """Keep the reasons of the pre-mortem as they stand now, with how much had been said by then; until the round."""
    written = lesson.written("premortem")
    assert isinstance(written, Premortem)
    taken = said_so_far(lesson)
    if ROUND.intersection(taken):
        kept = len(written.sealed.reasons)
        return Spoken(f"The round has begun, and {kept or 'no'} reasons were sealed before it. That stays so.")
    whole = [one for one in written.alone if one.cause and one.functions and one.words.strip()]
    if len(whole) < ALONE:
        return Spoken(
            f"So far {len(whole)} of your reasons {'is' if len(whole) == 1 else 'are'} whole, and {ALONE} are needed: "
            f"each has a cause, the functions between which it lay, and words."
        )
    reasons = [one.model_dump(mode="json") for one in whole]
    lesson.put("premortem", "sealed", {"said": len(taken), "reasons": reasons})
    return Spoken(f"Sealed: {len(reasons)} reasons, after {len(taken)} things that you had said.")


def said_so_far(lesson: Lesson) -> tuple[str, ...]:
    """The choices of the current conversation, in order."""
    talk = lesson._read().conversation
    return talk.taken if talk else ()


def past_run(case: Case) -> Run:
    """The cards of `flow_events` as one draw of a replay; its days are later by `BEFORE`."""
    table = case.columns["flow_events"]
    cards = sorted(set(table["card"].tolist()))
    shape = (1, len(cards), len(STAGES))
    parts = {name: np.full(shape, NEVER, dtype=np.int16) for name in ("entered", "ready", "left")}
    row = np.array([cards.index(card) for card in table["card"].tolist()])
    column = np.array([STAGES.index(str(stage)) for stage in table["stage"]])
    for name, into in parts.items():
        days = np.asarray(table[name], float)
        known = ~np.isnan(days)
        into[0, row[known], column[known]] = days[known] + BEFORE
    return Run(parts["entered"], parts["ready"], parts["left"], BEFORE + EIGHT_WEEKS)


def replayed(lesson: Lesson, limits: Limits | None, policies: Iterable[str] | None) -> Run | str:
    """Eight weeks, many times, under limits and policies; a sentence where they cannot be run."""
    backlog = lesson.written("backlog")
    assert isinstance(backlog, Backlog)
    given = backlog.limits if limits is None else _limits(limits)
    if given is None:
        return Spoken(NO_LIMITS if limits is None else f"Limits are numbers from 1 on, by stage: {', '.join(STAGES)}.")
    held = list(backlog.policies if policies is None else policies)
    if strangers := [name for name in held if name not in POLICIES]:
        return Spoken(f"There is no policy called {strangers[0]}; there are {', '.join(POLICIES)}.")
    if len(held) > MOST_POLICIES:
        return Spoken("Two policies can be kept at a time.")
    flow = Flow(lesson.seed, load_case(SLUG, lesson.seed).truth.shape)
    return flow.run(flow.seen, given, held)


def _limits(limits: Limits) -> tuple[float, ...] | None:
    values = [limits.get(stage, 0) for stage in STAGES] if isinstance(limits, Mapping) else list(limits)
    return tuple(float(one) for one in values) if len(values) == len(STAGES) and min(values) >= 1 else None


def _people(lesson: Lesson) -> list[int]:
    return [int(count) for count in load_case(SLUG, lesson.seed).columns["stages"]["people"]]


def _rounded(days: float) -> float:
    return round(days, 1)
