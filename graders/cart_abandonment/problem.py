"""Criteria for the problem statement (A12): a loss that can be counted again and won back, and no solution in it."""

from __future__ import annotations

from curriculum.artifacts.problem_statement import ProblemStatement
from curriculum.cases import Case
from curriculum.cases.cart_abandonment.entries import COUNT_ORDERS
from curriculum.cases.cart_abandonment.truth import ENOUGH
from curriculum.roleplay.engine import State
from graders.cart_abandonment.register import rubric
from graders.cart_abandonment.world import aims, euros, named, not_told, plain, truth_of
from graders.common import heard, incomplete, near
from graders.rubric import NotYet, Objections, met, objection

RATE_POINTS, RATE_SHARE = 0.5, 0.02
"""A rate may differ by so many of 100, or by this share of it."""
BORROWED = frozenset({"famous_rate", "memo_drop"})
"""What other shops lose, and what is lost of all sessions on a page; neither is about a step."""
MONEY_SHARE = 0.05
"""Money that is counted from the table may differ by this share."""


@rubric.criterion(
    points=1,
    voice="gwen",
    skill="write_specs",
    gate=True,
    hints=("Which part is still blank?", "Every field of the form, with words of your own where words are asked."),
    met="Every part is filled.",
)
def problem_is_complete(problem_statement: ProblemStatement, case: Case) -> Objections:
    """Every part of the problem statement is filled with real content."""
    yield from incomplete(
        problem_statement, case, "step", "who", "aim", "machines", "comers_back", "numerator", "denominator",
        "rate_percent", "margin_month", "measure", "evidence", "in_words",
    )  # fmt: skip


@rubric.criterion(
    points=3,
    voice="ines",
    skill="write_specs",
    hints=(
        "Does your aim say what people can do, or what you want to build?",
        "A problem statement with a model or a voucher in it has chosen before it has looked. Say what shall be so for "
        "people at the step that you picked.",
        "Of the aims, these belong to a step: {% for aim in entries.aims.values() if aim.step %}{{ aim.label }} "
        "({{ entries.steps[aim.step].label }}). {% endfor %}",
    ),
    rests_on=("problem_statement.aim", "problem_statement.step"),
    expected="something that people at this step can do, and nothing to build",
)
def no_solution_in_it(problem_statement: ProblemStatement, case: Case) -> Objections:
    """The aim says what shall be so for people at this step, and names no model, score or voucher."""
    aim = aims(case).get(problem_statement.aim)
    if aim is None or not aim.step:
        yield objection("aim", f"Your aim is {named(case, 'aims', problem_statement.aim)}: that is something to build.")
    elif aim.step != problem_statement.step:
        step = named(case, "steps", problem_statement.step)
        yield objection("aim", f"Your aim is “{aim.label}”, and your step is {step}.")
    return met(f"“{aim.label if aim else ''}” says what people can do.")


@rubric.criterion(
    points=3,
    voice="ines",
    skill="measure_success",
    hints=(
        "Count it once more with exactly the four picks of your page.",
        "Filter the sessions by your picks: pointer events for machines, `orders_later` for those who came back, "
        "`ended_at` for the step. Divide by those who came as far as you say.",
        "Counted as your step asks, without machines and without those who ordered later, it is "
        "{% for step, name in entries.steps.items() %}{{ name.label }}: "
        "{{ truth.rate(step, 'every_cart', 'left_step', false, false) | number(1) }} of 100 people with a cart"
        "{{ '; ' if not loop.last }}{% endfor %}. Of those who open the checkout it is more of "
        "100, since they are fewer people.",
    ),
    rests_on=(
        "problem_statement.step", "problem_statement.numerator", "problem_statement.denominator",
        "problem_statement.machines", "problem_statement.comers_back", "problem_statement.rate_percent",
    ),
    expected="people who left at your step, divided by those who came as far as you say, counted in the sessions",
)  # fmt: skip
def rate_recomputes(problem_statement: ProblemStatement, case: Case) -> Objections:
    """The rate is about the step, and follows from its own numerator and denominator."""
    page, truth = problem_statement, truth_of(case)
    if page.step not in case.registry.entries("steps"):
        raise NotYet("problem_statement.step", "It is about the step, and nobody here knows the one that you picked.")
    if page.numerator != "left_step":
        yield objection("numerator", "You count everybody who left before paying, and your page is about one step.")
    if page.step == "cart_page" and page.denominator != "every_cart":
        yield objection("denominator", "Nobody who left at the cart has come as far as that.")
        return None
    if page.step != "payment" and page.denominator == "payment":
        yield objection("denominator", "Nobody who left at your step has come to payment.")
        return None
    rate = truth.rate(page.step, page.denominator, page.numerator, page.machines == "in", page.comers_back == "in")
    if rate is None or not near(page.rate_percent, rate, absolute=RATE_POINTS, relative=RATE_SHARE):
        row = {"stated": plain(page.rate_percent), "table": "sessions, orders_later", "of": page.denominator}
        yield objection(
            "rate_percent", f"You state {plain(page.rate_percent)} of 100; your picks give another.", "", row
        )
    return met(f"{plain(page.rate_percent)} of 100, counted as you say.")


@rubric.criterion(
    points=2,
    voice="ines",
    skill="domain_literacy",
    hints=(
        "Can a session without a single movement of the pointer be won back?",
        "Look at sessions with no pointer events: how many open the checkout, and how many of them have ever paid?",
        "Leave them out: pointer_events is 0 for {{ truth.machines_percent | number(1) }} % of the sessions.",
    ),
    rests_on=("problem_statement.machines", "rate_recomputes"),
    expected="only sessions that a person opened",
    met="Machines are left out.",
)
def machines_are_out(problem_statement: ProblemStatement) -> Objections:
    """Machines that open a checkout and never move a pointer are left out."""
    if problem_statement.machines != "out":
        yield objection("machines", "You count machines along; they leave the checkout once they have read the price.")


@rubric.criterion(
    points=2,
    voice="dele",
    skill="domain_literacy",
    hints=(
        "Is somebody lost who orders on another device in the evening?",
        "The table orders_later has who ordered within seven days. Match it by customer.",
        "Leave those out whose number stands in orders_later.",
    ),
    rests_on=("problem_statement.comers_back", "rate_recomputes"),
    expected="only people who did not order within seven days either",
    met="Whoever ordered within seven days is not counted as lost.",
)
def comers_back_are_out(problem_statement: ProblemStatement) -> Objections:
    """People who ordered within seven days are not counted as lost."""
    if problem_statement.comers_back != "out":
        yield objection("comers_back", "You count people as lost who ordered within seven days.")


@rubric.criterion(
    points=3,
    voice="marta",
    skill="weigh_trade_offs",
    hints=(
        "What does the shop lose with an order: the basket, or what stays of it?",
        "People who left at your step and did not order within seven days, times what stays of an order. Marta knows "
        "what stays.",
        "{{ facts.margin_order.label }} Lost people by step: {% for name, lost in truth.lost.items() if name != 'bank' "
        "%}{{ name }} {{ lost | number }}{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("problem_statement.margin_month", "machines_are_out", "comers_back_are_out"),
    expected="people lost at your step, times the margin of an order as Marta told it",
)
def loss_is_margin(problem_statement: ProblemStatement, case: Case, conversation: State) -> Objections:
    """The loss is margin in four weeks: lost people at this step, times what stays of an order."""
    page, truth = problem_statement, truth_of(case)
    yield from not_told("margin_month", "Your loss in euros", case, conversation, "margin_order")
    loss = truth.loss(page.step, machines=False, comers_back=False)
    if not near(page.margin_month, loss, relative=MONEY_SHARE):
        row = {"stated": euros(page.margin_month), "tables": "sessions, orders_later", "who knows the margin": "Marta"}
        stated = page.margin_month or 0.0
        much = stated > 2.5 * loss
        why = "that looks like baskets, or like people who are not lost" if much else "the tables give another sum"
        yield objection("margin_month", f"You state {euros(page.margin_month)}; {why}.", "", row)
    return met(f"{euros(page.margin_month)} in four weeks.")


@rubric.criterion(
    points=4,
    voice="gwen",
    skill="weigh_trade_offs",
    hints=(
        "Of what is lost at each step, how much can be won back, and by you?",
        "A drop is no loss. Look for who comes back anyway, whether orders rose when the price stood in the cart, what "
        "people do without the account form, and whether the bank mends its fault without you.",
        "What own work can win back in four weeks: {% for step, euros in truth.recoverable.items() %}"
        "{{ entries.steps[step].label }} {{ euros | number }} €{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("problem_statement.step", "loss_is_margin"),
    expected="a step at which about as much can be won back by your own work as anywhere",
)
def step_is_recoverable(problem_statement: ProblemStatement, case: Case) -> Objections:
    """At this step about as much can be won back as anywhere, which is not where most are lost."""
    gains = truth_of(case).recoverable
    if gains.get(problem_statement.step, 0.0) < ENOUGH * max(gains.values()):
        row = {"step": problem_statement.step, "tables": "price_test, orders_later, sessions", "people": "Yuki, Dele"}
        found = f"{named(case, 'steps', problem_statement.step)}: elsewhere clearly more can be won back."
        yield objection("step", found, "", row)
    return met(f"{named(case, 'steps', problem_statement.step)}: as much as anywhere can be won back here.")


@rubric.criterion(
    points=2,
    voice="dele",
    skill="domain_literacy",
    hints=(
        "Is everybody hit alike at this step?",
        "Compare the rate at your step between groups: with and without an account, by share of delivery in the "
        "basket, by the bank whose card is used.",
        "{% for step, group in truth.hit.items() if group != 'everybody' %}{{ entries.steps[step].label }}: "
        "{{ entries.groups[group].label }}. {% endfor %}",
    ),
    rests_on=("problem_statement.step", "problem_statement.who"),
    expected="the group whose rate at this step stands out in the sessions",
)
def who_is_hit(problem_statement: ProblemStatement, case: Case) -> Objections:
    """The group that is hit most at this step is named."""
    if problem_statement.who != truth_of(case).hit.get(problem_statement.step):
        row = {"step": problem_statement.step, "table": "sessions", "columns": "account, delivery_eur, pays_with"}
        found = f"{named(case, 'groups', problem_statement.who)}: another group stands out at this step."
        yield objection("who", found, "", row)
    return met(f"{named(case, 'groups', problem_statement.who)} are hit most.")


@rubric.criterion(
    points=1,
    voice="yuki",
    skill="measure_success",
    hints=(
        "Would your measure see it if people left one page earlier instead?",
        "A drop can move. What counts is whether people order in the end, also later and on another device.",
        "Orders, or their margin, within seven days and per person with a cart.",
    ),
    rests_on=("problem_statement.measure",),
    expected="something that counts orders in the end, per person with a cart",
)
def measure_counts_orders(problem_statement: ProblemStatement, case: Case) -> Objections:
    """The measure counts orders in the end, and not a drop that can move."""
    if problem_statement.measure not in COUNT_ORDERS:
        yield objection("measure", f"{named(case, 'measures', problem_statement.measure)} can get better without one "
                        "order more.")  # fmt: skip
    return met(f"{named(case, 'measures', problem_statement.measure)} sees what happens in the end.")


@rubric.criterion(
    points=2,
    voice="dele",
    skill="listen_and_synthesise",
    hints=(
        "Who told you something about this step, and does it speak for it?",
        "What other shops lose says nothing about yours. And what you were told may speak against the step.",
        "{% for step, ids in truth.speaks.items() if ids %}{{ entries.steps[step].label }}: "
        "{{ ids | sort | join(' or ') }}. {% endfor %}",
    ),
    rests_on=("problem_statement.step", "problem_statement.evidence"),
    expected="a table or a fact that you were told and that speaks for this step, and none that speaks against it",
)
def evidence_speaks_for_it(problem_statement: ProblemStatement, case: Case, conversation: State) -> Objections:
    """What is cited was said, speaks for this step, and is not about other shops."""
    speaks = truth_of(case).speaks.get(problem_statement.step, frozenset())
    for id in problem_statement.evidence:
        if id in case.facts and not heard(case, id, conversation):
            yield from not_told("evidence", f"You cite {id}", case, conversation, id)
        elif id in case.facts and f"step:{problem_statement.step}" in case.facts[id].contradicts:
            yield objection("evidence", f"You cite {id}, and it speaks against this step.")
        elif id in BORROWED:
            yield objection("evidence", f"You cite {id}: that is another rate, of other carts.")
    if not speaks & {*problem_statement.evidence}:
        yield objection("evidence", "Nothing that you cite speaks for this step.")
    return met("What you cite speaks for this step.")
