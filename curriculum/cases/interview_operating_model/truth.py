"""What is true of the house and of the work folder, for graders, exemplars and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.interview_operating_model.board import Standing, Week
from curriculum.cases.interview_operating_model.draw import Asker, Draw
from curriculum.cases.interview_operating_model.offers import AXIS, BETTER, Offer
from curriculum.cases.interview_operating_model.reference import Plan, totals
from curriculum.cases.interview_operating_model.reference import promises as promises_of
from curriculum.cases.interview_operating_model.stories import Folder
from curriculum.cases.interview_operating_model.ways import SHOWS, STANDS_ON
from curriculum.cases.interviews.pairs import Pair


@dataclass(frozen=True)
class Truth:
    """One world of `interview_operating_model`."""

    shape: Draw
    standing: Standing
    week: Week
    offers: Mapping[str, Offer]
    today: Mapping[str, float]
    """By axis: days from idea to release, days of research an item, hours of meetings a week."""
    wanted: Mapping[str, float]
    """By axis: the number that is asked for."""
    weeks: int
    """Until the review in spring, by when the plan has to stand."""
    folder: Folder
    pairs: Mapping[str, Pair]
    plans: tuple[Plan, Plan]
    """One with three phases and one with two, which differ where they can."""

    @property
    def codes(self) -> Mapping[str, str]:
        """By failure of this house, the code under which it stands on the board."""
        return {failure: code for code, failure in self.shape.means.items()}

    def codes_of(self, plan: Plan) -> list[str]:
        """The codes whose meaning a plan rests on."""
        return [self.codes[phase.failure] for phase in plan.phases]

    def weeks_of(self, plan: Plan) -> int:
        """How long a plan takes, one phase after the other."""
        return sum(self.week.weeks[phase.remedy] for phase in plan.phases)

    def code_of(self, failure: str) -> str:
        """The code under which a failure stands on the board; blank where this house does not have it."""
        return self.codes.get(failure, "")

    def lost(self, failure: str) -> int:
        """Days that a failure has cost, without the item that is nobody's doing."""
        return self.standing.lost(self.code_of(failure))

    def free(self, function: str) -> float:
        """Hours a week that a function truly has."""
        return 0 if function == self.shape.away else self.week.free.get(function, 0)

    def asks(self, axis: str) -> float:
        """By how much an axis has to move, the right way."""
        return (self.wanted[axis] - self.today[axis]) * BETTER[axis]

    @property
    def free_meeting(self) -> str:
        """The quiet meeting that nobody would miss and that takes most time."""
        quiet = [id for id, count in self.week.decided.items() if count < 3 and id != self.shape.catches]
        return max(quiet, key=lambda id: self.week.meetings[id])

    @property
    def shows(self) -> Mapping[str, str]:
        """By failure, the first sign of it."""
        return SHOWS

    def meets(self, promises: Mapping[Asker, str], hours: float) -> bool:
        """Whether what is fixed is reached with these promises."""
        axis = AXIS[self.shape.fixed]
        return (self.comes_to(promises, hours)[self.shape.fixed] - self.wanted[axis]) * BETTER[axis] >= 0

    def over(self, plan: Plan, promises: Mapping[Asker, str]) -> list[str]:
        """Functions that would have more to do than hours, for the artifacts of a plan and for these promises."""
        made = {self.offers[id] for id in promises.values()}
        borne = {offer.bearer: sum(one.costs for one in made if one.bearer == offer.bearer) for offer in made}
        hours = {
            function: sum(self.week.takes[phase.remedy] for phase in plan.phases if phase.maker == function)
            for function in borne
        }
        return [function for function in borne if borne[function] + hours[function] > self.free(function)]

    def falls_short(self, hours: float) -> Mapping[Asker, str]:
        """Three promises that can be kept together and do not reach what is fixed."""
        return next(one for one in promises_of(self.offers) if not self.meets(one, hours))

    @property
    def stands_on(self) -> Mapping[str, str]:
        """By failure, the other one that has to be dealt with before it."""
        return {failure: below for failure, (below, _) in STANDS_ON.items()}

    def comes_to(self, promises: Mapping[Asker, str], hours: float) -> Mapping[Asker, float]:
        """By who asks: the number that these promises lead to, with so many hours of meetings a week before them."""
        sums = totals(self.offers, promises)
        start = {**self.today, "hours": hours}
        return {who: start[axis] + sums[axis] for who, axis in AXIS.items()}
