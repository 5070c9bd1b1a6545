"""What nobody types in this lesson: the problem as a sentence, when a feature is known, when a step works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.brief import Brief
from curriculum.artifacts.hypotheses import Hypotheses
from curriculum.artifacts.problem_statement import ProblemStatement
from curriculum.cases import Case
from graders.cart_abandonment.world import features, plan_of

OF = {"every_cart": "with a cart", "checkout": "who open the checkout", "payment": "who come to payment"}


def problem_in_one_sentence(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Who, how many of whom, where, what it costs, and what shall be so instead."""
    page = artifacts.get("problem_statement")
    said = composed(page, case) if isinstance(page, ProblemStatement) else ""
    return {"sentence": said} if said else {}


def composed(page: ProblemStatement, case: Case) -> str:
    """The sentence of a problem statement; blank while one of its picks is."""
    names = case.registry
    if not (page.step and page.aim and page.denominator and page.rate_percent is not None):
        return ""
    whom = "people" if page.machines == "out" else "sessions, machines among them,"
    where = "before they pay" if page.numerator == "left_anywhere" else f"at {names.label('steps', page.step)}"
    back = " and do not order within seven days" if page.comers_back == "out" else ""
    hit = f", most of all {names.label('groups', page.who)}" if page.who and page.who != "everybody" else ""
    costs = f" That is {page.margin_month:,.0f} € of margin a month." if page.margin_month is not None else ""
    return (
        f"Of 100 {whom} {OF[page.denominator]}, {page.rate_percent:.1f} leave {where}{back}{hit}.{costs} "
        f"What shall be so: {names.label('aims', page.aim)}."
    )


def when_known(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """By hypothesis: when its feature is first known, and how often it is refreshed."""
    page, known = artifacts.get("hypotheses"), features(case)
    if not isinstance(page, Hypotheses):
        return {}
    return {
        f"entries[{number}].first_known": f"{known[entry.feature].first_known}, {known[entry.feature].refreshed}"
        for number, entry in enumerate(page.entries, start=1)
        if entry.feature in known
    }


def problem_and_days(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Of the brief: the problem's sentence, and the week after which each step works."""
    brief, problem = artifacts.get("brief"), artifacts.get("problem_statement")
    values: dict[str, Any] = {}
    if isinstance(problem, ProblemStatement) and (said := composed(problem, case)):
        values["problem"] = said
    if isinstance(brief, Brief):
        done = plan_of(brief, case).done()
        for number, step in enumerate(brief.steps, start=1):
            if step.action in done:
                values[f"steps[{number}].done_week"] = float(done[step.action])
    return values
