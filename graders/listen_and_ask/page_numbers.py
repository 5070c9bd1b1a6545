"""Criteria for the numbers of the one-pager (A09): days, dates, what plans cost, and what waiting costs."""

from __future__ import annotations

from curriculum.artifacts.one_pager import OnePager
from curriculum.cases import Case
from curriculum.cases.listen_and_ask.cast import TOPICS
from curriculum.cases.listen_and_ask.plans import ABSOLUTE, good_enough, near_enough
from curriculum.roleplay.engine import State
from graders.common import PERCENTILE_TOLERANCE, heard, near
from graders.listen_and_ask.plans import costs, plan_of, recommended, unworkable
from graders.listen_and_ask.register import rubric
from graders.listen_and_ask.said import amount, label
from graders.rubric import NotYet, Objections, met, objection

CLOSE = f"within a tenth or {ABSOLUTE:g} thousand euros"
HALF_A_DAY = 0.5
INPUTS = ("days_are_the_needs", "shared_work_counts_once", "fixed_dates_are_known")


@rubric.criterion(
    points=2,
    voice="tilde",
    skill="weigh_trade_offs",
    hints=(
        "On how many days is Tilde there, from April to June?",
        "Sum up the table weeks: her days a week, less her leave. Whether it is four or five hangs on what February "
        "has decided about her on-call duty.",
        "It is {{ truth.days_there | number }} days.",
    ),
    rests_on=("one_pager.days_there",),
    met="The days are those of the table.",
    expected="the days of the table weeks less the leave, with four or five days a week as February left it",
)
def days_there_recompute(one_pager: OnePager, case: Case) -> Objections:
    """The days that Tilde is there are those of the table, less her leave, as February left her on-call duty."""
    if not near(one_pager.days_there, case.truth.days_there, absolute=HALF_A_DAY):
        row = {"table": "weeks", "columns": "on_call or not_on_call, less leave"}
        yield objection("days_there", f"You count {amount(one_pager.days_there, 'days')}.", "", row)


@rubric.criterion(
    points=4,
    voice="tilde",
    skill="translate_constraints",
    hints=(
        "How long does it take what people need, rather than what they ask for?",
        "Tilde knows, once you can name what would do. The days in the table asks are those of positions.",
        "{% for topic, days in truth.work.days.items() %}{{ entries.topics[topic].label }}: {{ days }} days. "
        "{% endfor %}",
    ),
    rests_on=("one_pager.days.arrivals", "one_pager.days.events", "one_pager.days.refunds", "one_pager.days.warehouse"),
    met="The days are those of the needs, as Tilde told you.",
    expected="the days that Tilde told you for what people need, and not those that they asked for",
)
def days_are_the_needs(one_pager: OnePager, case: Case, conversation: State) -> Objections:
    """The days are those that Tilde told you for what people need."""
    for topic in TOPICS:
        stated: float | None = getattr(one_pager.days, topic)
        told = heard(case, f"{topic}_days", conversation)
        if not told or not near(stated, case.truth.work.days[topic], absolute=HALF_A_DAY):
            found = f"{label(case, 'topics', topic)}: {amount(stated, 'days')}."
            yield objection(f"days.{topic}", found)


@rubric.criterion(
    points=4,
    voice="tilde",
    skill="translate_constraints",
    hints=(
        "Which two needs begin with the same work?",
        "Listen to what the two say about each other's data, and ask Tilde who else has it then.",
        "{% for topic in truth.pair %}{{ entries.topics[topic].label }}{{ ' and ' if not loop.last }}{% endfor %}: {{ "
        "truth.work.shared | number }} days.",
    ),
    rests_on=("one_pager.pair", "one_pager.shared_days"),
    met="The work that two have in common is counted once.",
    expected="the two that Tilde named, and the days that are worked once for both",
)
def shared_work_counts_once(one_pager: OnePager, case: Case, conversation: State) -> Objections:
    """The work that two needs have in common is counted once."""
    if not heard(case, "pair_shared", conversation):
        yield objection("pair", "Nobody has told you which two begin with the same work.")
    elif {*one_pager.pair} != {*case.truth.pair}:
        named = " and ".join(label(case, "topics", topic) for topic in one_pager.pair)
        yield objection("pair", f"You name {named}.")
    elif not near(one_pager.shared_days, case.truth.work.shared, absolute=HALF_A_DAY):
        yield objection("shared_days", f"You count {amount(one_pager.shared_days, 'days')} once.")


@rubric.criterion(
    points=4,
    voice="greta",
    skill="translate_constraints",
    hints=(
        "Which dates cost something once, if they are missed?",
        "Two of the four cannot move. One of them was said as a wish.",
        "{% for topic in truth.hard | sort %}{{ entries.topics[topic].label }}: {{ truth.work.once[topic] | number }} "
        "thousand euros. {% endfor %}",
    ),
    rests_on=("one_pager.fixed",),
    met="The dates that cannot move stand there with their price.",
    expected="each date that cannot move, and no other, with what missing it costs once, as you were told",
)
def fixed_dates_are_known(one_pager: OnePager, case: Case, conversation: State) -> Objections:
    """The page names the dates that cannot move, and no others, each with its price."""
    listed = [one.topic for one in one_pager.fixed]
    if missing := len(case.truth.hard - {*listed}):
        yield objection("fixed", f"Dates that cannot move and do not stand there: {missing}.")
    for number, one in enumerate(one_pager.fixed, start=1):
        words = label(case, "topics", one.topic)
        if one.topic not in case.truth.hard:
            yield objection(f"fixed[{number}].topic", f"{words} stands there as a date that cannot move.")
        elif not heard(case, f"{one.topic}_firm", conversation):
            yield objection(f"fixed[{number}].topic", f"{words}: nobody has told you what a week later does.")
        elif not near(one.once, case.truth.work.once[one.topic], relative=PERCENTILE_TOLERANCE):
            found = f"{words}: {amount(one.once, 'thousand euros')} if it is missed."
            yield objection(f"fixed[{number}].once", found)


@rubric.criterion(
    points=2,
    voice="greta",
    skill="weigh_trade_offs",
    hints=(
        "What does Tilde work on if no decision comes?",
        "The memo says it: the asks are worked off as they were filed, with the days that were asked for. The planner "
        "reckons it from the table asks.",
        "It costs {{ truth.as_filed_cost | number(0) }} thousand euros.",
    ),
    rests_on=("one_pager.as_filed_cost", "fixed_dates_are_known"),
    met="Deciding nothing has its price on the page.",
    expected=f"what the asks cost in the order in which they were filed, with the days asked for, {CLOSE}",
)
def deciding_nothing_is_costed(one_pager: OnePager, case: Case) -> Objections:
    """Deciding nothing stands among the options, with its cost."""
    if one_pager.as_filed_cost is None or not near_enough(one_pager.as_filed_cost, case.truth.as_filed_cost):
        found = f"You state {amount(one_pager.as_filed_cost, 'thousand euros')}."
        yield objection("as_filed_cost", found, "", {"table": "asks, weeks, waiting"})


@rubric.criterion(
    points=4,
    voice="greta",
    skill="weigh_trade_offs",
    hints=(
        "Does each plan cost what stands there?",
        "Two plans at least, each with all four pieces, one of which a contractor may take if there is money for him. "
        "The planner reckons weeks of waiting, missed dates and the contractor from what you have written.",
        "The best plan costs {{ truth.best_cost | number(0) }} thousand euros.",
    ),
    rests_on=("one_pager.options", *INPUTS),
    met="Each plan costs what stands there.",
    expected=f"two plans or more with each piece once, and for each what waiting, missed dates and the contractor "
    f"cost, {CLOSE}",
)
def costs_recompute(one_pager: OnePager, case: Case) -> Objections:
    """There are two plans or more, each with every piece once, and each costs what stands there."""
    if len({plan_of(option) for option in one_pager.options}) < 2:
        yield objection("options", f"Different plans: {len({plan_of(option) for option in one_pager.options})}.")
    for number, option in enumerate(one_pager.options, start=1):
        if reason := unworkable(option, case):
            yield objection(f"options[{number}].first", f"Plan {number}: {reason}")
    for number, option, true in costs(one_pager, case):
        if option.cost is None or not near_enough(option.cost, true):
            found = f"Plan {number}: you state {amount(option.cost, 'thousand euros')}."
            yield objection(f"options[{number}].cost", found)


@rubric.criterion(
    points=6,
    voice="joaquim",
    skill="weigh_trade_offs",
    hints=(
        "Is there a plan that costs clearly less?",
        "The planner shows every order. Cheapest is sometimes what is shared first, sometimes the dates, sometimes a "
        "contractor, sometimes one piece in the next quarter, said in time.",
        "{% for topic in truth.best.order %}{{ entries.topics[topic].label }}{{ ', then ' if not loop.last }}"
        "{% endfor %}{% if truth.best.contractor %}; the contractor: {{ entries.topics[truth.best.contractor].label }}"
        "{% endif %}.",
    ),
    rests_on=("one_pager.recommended", "one_pager.options", *INPUTS),
    met="No plan costs clearly less than the one that you recommend.",
    expected=f"a plan to which no other one is cheaper by more than a tenth and {ABSOLUTE:g} thousand euros",
)
def recommended_is_near_the_best(one_pager: OnePager, case: Case) -> Objections:
    """No other plan costs clearly less than the one that is recommended."""
    number, option = recommended(one_pager)
    if reason := unworkable(option, case):
        yield objection(f"options[{number}].first", f"Plan {number}: {reason}")
    elif not good_enough(case.truth.cost_of(plan_of(option)), case.truth.best_cost):
        yield objection(f"options[{number}].first", f"There is a plan that costs less than plan {number}.")


@rubric.criterion(
    points=1,
    voice="leilani",
    skill="weigh_trade_offs",
    hints=(
        "Would somebody who reads the numbers on your page recommend the same?",
        "The plan that you recommend may not cost clearly more than another one on your own page.",
    ),
    rests_on=("one_pager.recommended", "one_pager.options"),
    met="The page's own numbers speak for what it recommends.",
    expected="the plan that costs least by the page's own numbers, or one that costs hardly more",
)
def recommended_wins_on_the_page(one_pager: OnePager) -> Objections:
    """What is recommended wins by the numbers on the page itself."""
    number, option = recommended(one_pager)
    stated = [one.cost for one in one_pager.options if one.cost is not None]
    stated += [one_pager.as_filed_cost] if one_pager.as_filed_cost is not None else []
    if option.cost is not None and not good_enough(option.cost, min(stated)):
        found = f"Plan {number} costs {amount(option.cost)}, another one {amount(min(stated), 'thousand euros')}."
        yield objection("recommended", found)


@rubric.criterion(
    points=2,
    voice="joaquim",
    skill="weigh_trade_offs",
    hints=(
        "What does it cost if this is decided two weeks later?",
        "Let your plan begin in week 3, and see how much more it costs. All four wait then, and not only the loudest.",
        "{{ truth.best_delay_cost | number(0) }} thousand euros for the best plan.",
    ),
    rests_on=("one_pager.delay_cost", "recommended_is_near_the_best"),
    met="Two weeks of waiting have their price.",
    expected=f"how much more the recommended plan costs if it begins two weeks later, {CLOSE}",
)
def delay_is_costed(one_pager: OnePager, case: Case) -> Objections:
    """What two weeks of waiting cost stands on the page, for all four together."""
    _, option = recommended(one_pager)
    if unworkable(option, case):
        raise NotYet("one_pager.options", "It is about a plan that has each piece once.")
    true = case.truth.delay_cost(plan_of(option))
    if one_pager.delay_cost is None or not near_enough(one_pager.delay_cost, true):
        yield objection("delay_cost", f"You state {amount(one_pager.delay_cost, 'thousand euros')}.")
    return met(f"Two weeks cost {amount(one_pager.delay_cost, 'thousand euros')}.")
