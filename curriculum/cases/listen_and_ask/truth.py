"""What is so by construction in `listen_and_ask`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from curriculum.cases.listen_and_ask.cast import owner_of
from curriculum.cases.listen_and_ask.plans import Plan, Work, cost, weeks_done

DECIDED, POSTPONED, UNDECIDED = "decided", "postponed", "not_decided"


@dataclass(frozen=True)
class Matter:
    """How one matter of February really ended."""

    status: str
    """decided, postponed or not_decided."""
    holder: str
    """Who has the right to decide it."""
    lines: frozenset[int]
    """The lines of the transcript that show it."""
    brings_on: str = ""
    """Who brings it on, where it was postponed."""
    day: dt.date | None = None
    """By which day."""
    believer: str = ""
    """Who called it settled without the right, where it was not decided."""


@dataclass(frozen=True)
class Dissent:
    """An objection that nobody took up."""

    who: str
    matter: str
    line: int


@dataclass(frozen=True)
class Truth:
    today: dt.date
    meeting: dt.date
    """The day on which one question can be put to who decides."""
    fixed_on: dt.date
    """The day on which Tilde's quarter is fixed."""
    work: Work
    """What costs depend on, as it really is."""
    asked: Work
    """The same, as the asks were filed: their days, nothing in common."""
    filed: tuple[str, ...]
    """The topics in the order in which they were filed."""
    why: Mapping[str, int]
    """By topic: which of its two reasons is this world's, 0 or 1."""
    due_said: Mapping[str, int]
    """By topic: the week that its owner names."""
    hard: frozenset[str]
    """Topics whose date cannot move."""
    shouter: str
    """The topic whose date can move and is said as if it could not."""
    whisperer: str
    """The topic whose date cannot move and is said as a wish."""
    matters: Mapping[str, Matter]
    dissent: Dissent
    facilitator: str
    note_taker: str
    decider: str
    """Who may decide about Tilde's whole quarter today."""
    reads_before: bool
    """Whether that person reads what is sent before a meeting."""
    reading: int
    """Hours before at which it has to be there, or minutes of silence."""
    leaves_after: int
    """Minutes after which Joaquim leaves the meeting."""
    best: Plan
    best_cost: float
    structure: str
    """contractor, one_later, shared_first or dates_first."""
    second: Plan
    """Another plan that is as good, or the best one again where there is none."""
    runner_up: Plan
    """The best plan that is not as good: what an option beside the recommended one may be."""
    given: Plan | None
    """The best plan in which a contractor has a piece; None where he has no money."""
    as_filed_cost: float
    claims: Mapping[tuple[str, str], str]
    """By person and kind: the id of the claim that is theirs."""
    foreign: Mapping[str, str]
    """By name, such as `gossip_greta` or `unsaid_bertil`: the id of a claim that is nobody's."""

    @property
    def pair(self) -> tuple[str, ...]:
        """The two topics with a part in common."""
        return self.work.pair

    @property
    def undecided(self) -> str:
        """The matter of which everybody thinks that it was decided."""
        return next(id for id, matter in self.matters.items() if matter.status == UNDECIDED)

    @property
    def postponed(self) -> str:
        """The matter that was put off."""
        return next(id for id, matter in self.matters.items() if matter.status == POSTPONED)

    @property
    def days_there(self) -> float:
        """Days on which Tilde is there in the quarter."""
        return sum(self.work.room)

    def delay_cost(self, plan: Plan) -> float:
        """How much more a plan costs if it begins two weeks later, in thousand euros."""
        return cost(plan, replace(self.work, starts=3)) - cost(plan, self.work)

    def cost_of(self, plan: Plan) -> float:
        """What a plan really costs, in thousand euros."""
        return cost(plan, self.work)

    def late_in(self, plan: Plan) -> tuple[str, ...]:
        """The owners of pieces that come after their date, in the order of the topics."""
        done = weeks_done(plan, self.work)
        return tuple(owner_of(topic) for topic, due in self.work.due.items() if done[topic] > due)

    @property
    def best_delay_cost(self) -> float:
        """What two weeks of waiting cost the best plan."""
        return self.delay_cost(self.best)
