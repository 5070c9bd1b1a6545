"""What the plans on the page cost and do, worked out from the world: shared by the criteria for the page."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.one_pager import OnePager, Option
from curriculum.cases import Case
from curriculum.cases.listen_and_ask.cast import TOPICS
from curriculum.cases.listen_and_ask.plans import Plan
from graders.rubric import NotYet


def plan_of(option: Option) -> Plan:
    """An option as a plan."""
    return Plan(option.order, option.contractor)


def unworkable(option: Option, case: Case) -> str:
    """Why an option is no plan for this quarter, for the learner; blank where it is one."""
    if not plan_of(option).has_each_once(TOPICS):
        return "It does not have each of the four pieces once."
    if option.contractor and not case.truth.work.can_give:
        return "It gives a piece to a contractor, for whom there is no money."
    if option.contractor in case.truth.pair:
        return "It gives away a piece that begins with the same work as another."
    return ""


def recommended(page: OnePager) -> tuple[int, Option]:
    """The number and the option that is recommended; raises NotYet where there is none."""
    if (found := page.recommended_option) is None:
        raise NotYet("one_pager.recommended", "It is about the plan that you recommend.")
    return found


def costs(page: OnePager, case: Case) -> Iterator[tuple[int, Option, float]]:
    """The options that are plans: their number, themselves, what they cost in thousand euros."""
    for number, option in enumerate(page.options, start=1):
        if not unworkable(option, case):
            yield number, option, case.truth.cost_of(plan_of(option))
