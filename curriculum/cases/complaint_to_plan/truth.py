"""What is so in a world of `complaint_to_plan`, by construction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from curriculum.cases.complaint_to_plan import readiness
from curriculum.cases.complaint_to_plan.draw import (
    EIGHT,
    GPS,
    MISSORT,
    MOMENTS,
    OVERLOAD,
    ROAD,
    SCAN,
    TODAY,
    TOUR,
    Draw,
)
from curriculum.cases.complaint_to_plan.entries import (
    BLANK,
    FEED_OF,
    NOT_KNOWN,
    PARTNERS_FEED,
    REASONS,
    WRONG,
)
from curriculum.cases.complaint_to_plan.facts import Auc
from curriculum.cases.complaint_to_plan.tasks import (
    LEFT_OUT,
    MODEL,
    OWN,
    PARTNERS,
    RULE,
    SCAN_COLUMN,
    SEGMENTS,
    TOGETHER,
    WIDE,
    Costs,
    Task,
    clean_columns,
    costs,
    in_order,
    told,
)
from curriculum.cases.complaint_to_plan.yields import (
    LAST,
    Yield,
    comes,
    held_back,
    probability,
    promises,
    shown,
)

AS_GOOD = 0.80
"""A task that brings so much of the best one is as good."""
NEARLY = 0.94
"""As much of the best one as that, from fewer columns, is what we would do ourselves."""
APART = 0.90
"""So much of the best one is enough for telling partners' customers something else, where their vans are blind."""
SECOND = 0.84
"""So much of the best one has to be brought by the second of our two ways."""
CAUSE_COLUMN: Mapping[str, str] = {OVERLOAD: "load", TOUR: "stops", MISSORT: SCAN_COLUMN, ROAD: "behind_noon"}
A_TIE = 0.03
"""Amounts that lie so close together answer a question either way."""
MOSTLY = 49.0
"""Of 100 who are warned: so many at least for whom a reason is so."""
STANDS_OUT = 1.25
"""So many times as often a reason is so for those who are warned as for all: else it tells nobody why."""
ROOM = 5.0
"""Of 100: room above the usual for the limit of a monitor on blank columns."""


@dataclass(frozen=True)
class Truth:
    """Only rubrics, fixtures, the spoken words and the consequence may read it."""

    seed: int
    shape: Draw
    auc: Auc
    owners: Mapping[str, str]
    """By feed: the person who owns it; the partners' feed has whoever could take it."""
    topic_share: float
    """Of 100 complaints, those that are about nothing having come."""
    runs: readiness.Runs

    @property
    def right_label(self) -> str:
        """The label that is right at the partners too."""
        return GPS if self.shape.books_late else SCAN

    def costs(self, moment: str) -> Costs:
        return costs(self.shape, moment)

    def break_even(self, task: Task, segment: str = OWN) -> float:
        """Of 100: the probability of a miss from which on what a task does in a segment pays."""
        return 100 * self.costs(task.moment).break_even(task.way_for(segment))

    def _candidates(self) -> Iterator[Task]:
        label = self.right_label
        cause = CAUSE_COLUMN[self.shape.cause]
        for moment in MOMENTS:
            threshold = round(self.costs(moment).break_even(), 2)
            whole = clean_columns(moment)
            sets = {whole, *(tuple(name for name in whole if name != left) for left in (SCAN_COLUMN, "forecast"))}
            if cause in whole:
                sets |= {(cause,), in_order({cause, "run_by"})}
            for columns in sorted(sets):
                for partners in (TOGETHER, WIDE):
                    yield Task(MODEL, moment, label, columns, threshold=threshold, partners=partners)
        for partners in (TOGETHER, WIDE):
            yield Task(RULE, EIGHT, label, (SCAN_COLUMN,), partners=partners)
        yield Task(WIDE, EIGHT, label)

    @cached_property
    def options(self) -> tuple[Task, ...]:
        """Clean tasks that bring no less than the rule, and to which the rule of confidence does not say no; the best
        first."""
        found = [task for task in self._candidates() if self.may_go(task) and not self.loses(task)]
        return tuple(sorted(found, key=lambda task: -self.comes(task).net))

    @property
    def top(self) -> Task:
        """The task that brings most."""
        return self.options[0]

    @cached_property
    def best(self) -> Task:
        """Our first way: the task that brings most, or as good as most from fewer columns. Where partners' vans are
        blind, partners apart if that is nearly as good."""
        first, most = self.top, self.comes(self.top).net
        if self.shape.partners_blind:
            apart = (task for task in self.options if task.partners == WIDE and task.way != WIDE)
            first = next((task for task in apart if self.comes(task).net >= APART * most), first)
        least = NEARLY * self.comes(first).net
        alike = [task for task in self.options if self.comes(task).net >= least
                 and (task.way, task.moment, task.partners) == (first.way, first.moment, first.partners)]  # fmt: skip
        return self._preferred(alike)

    def _preferred(self, tasks: list[Task]) -> Task:
        """Of tasks that are as good, the one with most columns in one half of worlds, with fewest in the other."""
        return max(tasks, key=lambda task: (len(task.columns) if self.shape.books_late else -len(task.columns),
                                            self.comes(task).net))  # fmt: skip

    @cached_property
    def second(self) -> Task:
        """Our second way: another kind of way if one is as good, else another hour, set of columns or treatment of
        partners; the best again where nothing else is as good."""
        best, least = self.best, SECOND * self.comes(self.top).net
        good = [task for task in self.options if self.comes(task).net >= least]
        for name in ("way", "moment", "columns", "partners"):
            others = [task for task in good if getattr(task, name) != getattr(best, name)]
            alike = [task for task in others if task.partners == best.partners or task.way == WIDE]
            if others:
                return self._preferred(alike or others)
        return best

    def comes(self, task: Task) -> Yield:
        """What a task brings in the two months that no table shows."""
        return comes(self.seed, task)

    def promised(self, task: Task, split: str = LAST) -> Yield:
        """What a task seems to bring in four weeks, by its own label, counted with what is so."""
        return promises(self.seed, task, split, self.costs(task.moment))

    def baseline(self, label: str) -> Task:
        """The rule at eight, for everybody."""
        return Task(RULE, EIGHT, label, (SCAN_COLUMN,))

    def loses(self, task: Task) -> bool:
        """Whether a task brings less than the rule at eight on the last four weeks, where nothing speaks for it."""
        if task.way == RULE:
            return False
        ours, rule = self.promised(task).net, self.promised(self.baseline(task.label)).net
        return ours < rule and abs(ours - rule) > A_TIE * max(abs(ours), abs(rule))

    def as_good(self, task: Task) -> bool:
        """Whether a task brings four fifths of the best, or could not have been told from it by the last four weeks;
        and, on those weeks, no less than the rule."""
        if self.loses(task):
            return False
        if self.comes(task).net >= AS_GOOD * self.comes(self.top).net:
            return True
        most = max(self.promised(option).net for option in self.options)
        clean = not task.unwritten and not {"status", "route"} & {*task.columns} and task.label == self.right_label
        return clean and self.comes(task).net > 0 and self.promised(task).net >= 0.97 * most

    def coverage(self, task: Task, segment: str) -> float:
        return readiness.coverage(self.seed, task, segment)

    def noise(self, label: str, segment: str) -> float:
        return readiness.audited(self.seed, label, segment).noise

    def too_many(self, label: str, segment: str) -> float:
        return readiness.audited(self.seed, label, segment).too_many

    def p95(self, moment: str) -> float | None:
        return readiness.p95(self.runs, moment)

    def longest_run(self, moment: str) -> float:
        """Minutes of the longest run that was measured at an hour."""
        return self.runs.longest[MOMENTS.index(moment)]

    def confidence(self, task: Task, segment: str) -> str:
        return readiness.confidence(self.seed, task, segment, self.runs, self.shape.run_budget)

    def decision(self, task: Task, segment: str) -> str:
        """What the memo's rule says of a segment: go, four_weeks or no_go."""
        if task.way_for(segment) not in (MODEL, RULE):
            return "no_go"
        goes = {readiness.HIGH: "go", readiness.MEDIUM: "four_weeks", readiness.LOW: "no_go"}
        return goes[self.confidence(task, segment)]

    def may_go(self, task: Task) -> bool:
        return readiness.may_go(self.seed, task, self.runs, self.shape.run_budget)

    def feeds(self, task: Task) -> tuple[str, ...]:
        """The feeds that a task reads."""
        needed = dict.fromkeys(FEED_OF[name] for name in task.columns if name in FEED_OF and task.way != WIDE)
        partners = () if task.partners == LEFT_OUT and task.way != WIDE else (PARTNERS_FEED,)
        return (*needed, *partners)

    def usual(self, task: Task, segment: str, watch: str) -> float:
        """What a watch usually shows, of 100, on the last four weeks, by the task's label."""
        if watch == BLANK:
            return 100 - self.coverage(task, segment)
        part = self.promised(task).parts[segment]
        return part.wrong_share if watch == WRONG else part.unwarned_share

    def most(self, task: Task, segment: str, watch: str) -> float:
        """The limit, of 100, above which a watch would ring too late."""
        usual = self.usual(task, segment, watch)
        if watch == WRONG:
            return 100 - self.break_even(task, segment)
        return usual + 2 * ROOM if watch == BLANK else (usual + 100) / 2

    def may_ring(self, task: Task, segment: str, watch: str) -> tuple[float, float]:
        """The lowest and the highest limit, of 100, that is right: above the usual, and not too late. A label that errs
        where nobody rests on it may show more than that as usual; then anything between the two."""
        low, high = sorted((self.usual(task, segment, watch), self.most(task, segment, watch)))
        return low, high

    def limit(self, task: Task, segment: str, watch: str) -> int:
        """A limit between what is usual and what is too late."""
        return round((self.usual(task, segment, watch) + self.most(task, segment, watch)) / 2)

    def reasons(self, task: Task, segment: str) -> Mapping[str, float]:
        """By reason that a task could give in a segment: of 100 who are warned in the last four weeks, those for whom
        it is so. Where all are told the same, the one that says so."""
        if task.way_for(segment) in (WIDE, LEFT_OUT):
            return {NOT_KNOWN: 100.0}
        parcels = shown(self.seed)
        likely = probability(self.seed, task, parcels, LAST, live=False)
        rows = told(task, parcels, likely, live=False).warned & held_back(parcels, LAST)
        rows = rows & (parcels.partner == (segment == PARTNERS))
        if not rows.any():
            return {}
        return {
            reason.id: 100 * float(np.isin(parcels.codes[reason.column][rows], reason.codes).mean())
            for reason in REASONS.values()
            if reason.column in task.columns
        }

    def _telling(self, task: Task, segment: str) -> Mapping[str, float]:
        """The same, of those that are so for the warned clearly more often than for all parcels of the segment."""
        found = self.reasons(task, segment)
        if NOT_KNOWN in found:
            return found
        parcels = shown(self.seed)
        rows = held_back(parcels, LAST) & (parcels.partner == (segment == PARTNERS))
        usual = {id: float(np.isin(parcels.codes[REASONS[id].column][rows], REASONS[id].codes).mean()) for id in found}
        return {id: share for id, share in found.items() if share >= STANDS_OUT * 100 * usual[id]}

    def holds(self, task: Task, segment: str) -> frozenset[str]:
        """The reasons that may be given in a segment; where none is so for most, also that it is not known."""
        found = self._telling(task, segment)
        return frozenset(id for id in found if found[id] >= MOSTLY) or frozenset({NOT_KNOWN, *sorted(
            found, key=lambda id: -found[id])[:1]})  # fmt: skip

    def reason(self, task: Task, segment: str) -> str:
        """The reason that is so for most who are warned, and not for others."""
        found = self._telling(task, segment)
        return max(found, key=lambda id: found[id]) if found else NOT_KNOWN

    def changed(self, task: Task, **changes: Any) -> Task:
        """A task that differs in some parts."""
        return replace(task, **changes)

    def in_order(self, *columns: str) -> tuple[str, ...]:
        """Columns as a task has them."""
        return in_order(columns)

    @property
    def decided_on(self) -> dt.date:
        """The day on which Marit decides."""
        return TODAY + dt.timedelta(days=self.shape.decide_in)

    def day_after(self, days: int) -> dt.date:
        """The day so many days after the decision."""
        return self.decided_on + dt.timedelta(days=days)

    def answer(self, question: str, task: Task) -> str:
        """The answer to a question of the spike that what was measured gives; the first, where several do."""
        return self.answers(question, task)[0]

    def answers(self, question: str, task: Task) -> tuple[str, ...]:
        """The answers to a question of the spike that what was measured allows."""
        if question == "columns_there":
            there = min(self.coverage(task, segment) for segment in SEGMENTS)
            return ("yes",) if there >= readiness.LEAST_COVERAGE else ("no",)
        if question == "label_true":
            noise = max(self.noise(task.label, segment) for segment in SEGMENTS)
            return ("yes",) if noise <= readiness.MOST_NOISE else ("no",)
        if question == "run_in_time":
            took = self.p95(task.moment)
            if task.way == WIDE:
                return ("unknown", "yes") if took is None else ("yes", "unknown")
            if took is None:
                return ("unknown",)
            return ("yes",) if took <= readiness.MOST_OF_BUDGET * self.shape.run_budget else ("no",)
        ours = self.promised(task).net
        other = 0.0 if task.way == RULE else self.promised(self.baseline(task.label)).net
        if abs(ours - other) <= A_TIE * max(abs(ours), abs(other)):
            return ("yes", "no") if ours >= other else ("no", "yes")
        return ("yes",) if ours > other else ("no",)
