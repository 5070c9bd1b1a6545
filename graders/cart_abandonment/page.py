"""Criteria for the rest of the brief (A12): assumptions, what is not done, what must not get worse, who said what."""

from __future__ import annotations

from curriculum.artifacts.brief import Brief
from curriculum.artifacts.hypotheses import Hypotheses
from curriculum.artifacts.problem_statement import ProblemStatement
from curriculum.cases import Case
from curriculum.cases.cart_abandonment.entries import STEP_ENDS
from curriculum.cases.cart_abandonment.quarter import VOUCHERS
from curriculum.roleplay.engine import State
from graders.cart_abandonment.problem import MONEY_SHARE
from graders.cart_abandonment.register import rubric
from graders.cart_abandonment.world import assumptions, named, not_told, truth_of
from graders.common import heard, incomplete, near, uncited
from graders.rubric import Objections, met, objection

LEAST_ASSUMPTIONS, LEAST_LEFT = 3, 2
HARM = {
    "offer": frozenset({"left_twice", "margin_7_days"}),
    "leave": frozenset({"orders_7_days", "margin_7_days", "page_p95"}),
}
"""By decision on vouchers: measures in which the harm of such a plan would show."""


@rubric.criterion(
    points=1,
    voice="gwen",
    skill="write_specs",
    gate=True,
    hints=(
        "What would somebody who was not there miss?",
        "Steps with what they bring, for whom a voucher was worked out, assumptions, what is not done, two sentences.",
    ),
    met="The page is whole.",
)
def brief_is_complete(brief: Brief, case: Case) -> Objections:
    """Every part of the brief that its decision needs is filled with real content."""
    voucher = ["decision", "target", "sorted_by", "part", "net_month"]
    by_group = brief.voucher.sorted_by == "group"
    voucher += ["group"] if by_group else ["first_decile", "last_decile", "coverage_percent"]
    if brief.voucher.decision == "offer":
        voucher += ["control_percent", "budget_month", "wait_ms"]
    yield from incomplete(
        brief, case, "steps", "steps[].action", "steps[].month_eur", *(f"voucher.{name}" for name in voucher),
        "net_quarter", "assumptions", "assumptions[].assumption", "assumptions[].state", "not_done",
        "not_done[].action", "not_done[].back_when", "guardrail", "why", "against",
    )  # fmt: skip


@rubric.criterion(
    points=4,
    voice="ines",
    skill="keep_decisions",
    hints=(
        "Which of these does somebody here know, and which does nobody know yet?",
        f"{LEAST_ASSUMPTIONS} at least, one for each step. Known: a fact that you were told. Unknown, where nobody "
        "here can know it yet: the test that will tell. What somebody knows to be otherwise is no assumption.",
        "{% for one in entries.assumptions.values() %}{{ one.label }}: {{ 'known by ' + (one.known_by | join) if "
        "one.known_by and one.holds else 'not so' if not one.holds else 'nobody knows; ' + (one.told_by | join) }}. "
        "{% endfor %}",
    ),
    rests_on=("brief.assumptions", "brief.steps"),
    expected="with each step what it rests on: known by a fact that you were told, or unknown with a test that tells",
)
def assumptions_typed(brief: Brief, case: Case, conversation: State) -> Objections:
    """What each step rests on is named, and is known from somebody or unknown with a test."""
    known, planned, covered = assumptions(case), {*brief.actions}, set[str]()
    for number, row in enumerate(brief.assumptions, start=1):
        place, one = f"assumptions[{number}]", known.get(row.assumption)
        if one is None:
            continue
        what = f"“{one.label}”"
        if one.about and not one.about & planned:
            yield objection(f"{place}.assumption", f"{what}: no step of your plan rests on it.")
        covered |= one.about
        unheard = not any(heard(case, fact, conversation) for fact in one.known_by)
        if not one.holds and row.state == "unknown" and row.test in one.told_by and unheard:
            continue  # Nobody told it, and the plan watches it.
        if not one.holds:
            yield objection(f"{place}.assumption", f"{what}: somebody here knows that it is otherwise.")
        elif row.state == "known" and not one.known_by:
            yield objection(f"{place}.state", f"{what}: nobody here can know that yet.")
        elif row.state == "known" and row.fact not in one.known_by:
            yield objection(f"{place}.fact", f"{what}: {named(case, 'facts', row.fact)} does not show it.")
        elif row.state == "known":
            yield from not_told(f"{place}.fact", what, case, conversation, row.fact)
        elif one.known_by:
            yield objection(f"{place}.state", f"{what}: somebody here knows that; you can ask.")
        elif row.test not in one.told_by:
            yield objection(f"{place}.test", f"{what}: {named(case, 'tests', row.test)} would not tell.")
    if len({row.assumption for row in brief.assumptions}) < LEAST_ASSUMPTIONS:
        yield objection("assumptions", f"Different assumptions: {len({row.assumption for row in brief.assumptions})}.")
    for action in brief.actions:
        if action not in covered and any(action in one.about for one in known.values()):
            yield objection("assumptions", f"{named(case, 'actions', action)} rests on nothing that you name.")
    return met("Each step says what it rests on, and how one will know.")


@rubric.criterion(
    points=3,
    voice="yuki",
    skill="scope_together",
    hints=(
        "What have you left out on purpose, and what would make you change your mind?",
        f"{LEAST_LEFT} at least; a voucher that was asked for and is not planned is one of them. What is worth its "
        "weeks waits for free weeks; what is refuted waits for something new to be seen.",
        "{% for action, when in truth.returns.items() %}{{ entries.actions[action].label }}: "
        "{% for id in when | sort %}{{ entries.returns_when[id].label }}{{ ' or ' if not loop.last }}{% endfor %}. "
        "{% endfor %}",
    ),
    rests_on=("brief.not_done", "brief.steps"),
    expected="things that the plan does not do, the voucher of the memo if there is none, each with what would bring "
    "it back here",
)
def left_out_returns(brief: Brief, case: Case) -> Objections:
    """What is not done is said, with what would bring it back."""
    returns, planned = truth_of(case).returns, {*brief.actions}
    left = [row for row in brief.not_done if row.action]
    for number, row in enumerate(brief.not_done, start=1):
        if row.action in planned:
            yield objection(f"not_done[{number}].action", f"{named(case, 'actions', row.action)}: the plan does it.")
        elif row.back_when not in returns.get(row.action, frozenset()):
            when = named(case, "returns_when", row.back_when)
            found = f"{named(case, 'actions', row.action)} comes back {when}; that changes nothing for it here."
            yield objection(f"not_done[{number}].back_when", found)
    if not planned.intersection(VOUCHERS) and not any(row.action in VOUCHERS for row in left):
        yield objection("not_done", "The memo asks for a voucher, and the page does not say that there is none.")
    if len({row.action for row in left}) < LEAST_LEFT:
        yield objection("not_done", f"Left out on purpose: {len({row.action for row in left})}.")
    return met("Whoever misses something can read what brings it back.")


@rubric.criterion(
    points=1,
    voice="dele",
    skill="measure_success",
    hints=(
        "Where would one see that the plan does harm?",
        "With a voucher: people who learn to wait for it, or margin that is given away. Without: fewer orders, or a "
        "page that takes longer.",
        "With a voucher: left_twice or margin_7_days. Without: orders_7_days, margin_7_days or page_p95.",
    ),
    rests_on=("brief.guardrail", "brief.voucher.decision", "plan_is_worth_it"),
    expected="a measure in which the harm of this plan would show",
)
def guardrail_sees_harm(brief: Brief, case: Case) -> Objections:
    """What must not get worse is where this plan could do harm."""
    if brief.guardrail not in HARM.get(brief.voucher.decision, frozenset()):
        yield objection(
            "guardrail", f"{named(case, 'measures', brief.guardrail)} would not show the harm of this plan."
        )
    return met(f"{named(case, 'measures', brief.guardrail)} would show it.")


@rubric.criterion(
    points=3,
    voice="dele",
    skill="listen_and_synthesise",
    gate=True,
    hints=(
        "Who told you each of the facts that your pages cite?",
        "Cite what you heard yourself or what stands in the brief. Two things at least that somebody told you; once "
        f"{LEAST_ASSUMPTIONS} assumptions stand on the page, a right number counts too, if nobody has it without them.",
    ),
    rests_on=("brief.assumptions",),
    expected="facts that you heard yourself, two of them at least from people",
)
def cites_what_was_said(
    brief: Brief, problem_statement: ProblemStatement, hypotheses: Hypotheses, case: Case, conversation: State
) -> Objections:
    """Your pages cite what was said to you, and rest on two things at least that only people know."""
    yield from uncited(brief, conversation, case)
    cited = [*problem_statement.evidence, *(row.fact for row in brief.assumptions)]
    cited += [entry.evidence for entry in hypotheses.entries]
    if len(brief.assumptions) >= LEAST_ASSUMPTIONS:  # A page that says what it rests on.
        cited += _numbers_rest_on(brief, problem_statement, case)
    told = {id for id in cited if id in case.facts and case.facts[id].held_by and heard(case, id, conversation)}
    if len(told) < 2:
        yield objection("assumptions", f"Things that somebody told you: {len(told)}.", "two at least")
    return met("What you cite was said to you.")


def _numbers_rest_on(brief: Brief, problem_statement: ProblemStatement, case: Case) -> list[str]:
    """Facts that stand in no table and without which nobody has some numbers of the pages, where these are right."""
    truth, page, voucher = truth_of(case), problem_statement, brief.voucher
    loss = truth.loss(page.step, machines=False, comers_back=False) if page.step in STEP_ENDS else 0.0
    right = {
        "margin_order": loss > 0 and near(page.margin_month, loss, relative=MONEY_SHARE),
        "score_coverage": near(voucher.coverage_percent, float(truth.draw.coverage), absolute=1.0),
    }
    return [fact for fact, so in right.items() if so]
