"""What decides, how much would be worth having, what can be seen, and whether the rule holds on other luck. (A17)"""

from __future__ import annotations

from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.cases import Case
from curriculum.cases.latency_or_accuracy.draw import SEGMENTS
from curriculum.cases.latency_or_accuracy.redraws import Lives, lives
from curriculum.consequences.planned_test import NoTest, design_of
from curriculum.roleplay.engine import State
from curriculum.support.experiments import people_needed
from graders.common import heard, named, near, stated
from graders.latency_or_accuracy.base import DEVICES, percent, rubric
from graders.rubric import NotYet, Objections, met, objection

AS_GOOD = 0.08
"""% of all orders that a rule may cost more than ours, on the mean over redraws."""
AS_SHARP = 1.35
"""By so much the standard error of a net effect may be larger than a careful plan's."""
LONGER = 2
"""Weeks for which a test goes on that is undecided."""
HELD = ("low_above_zero", "low_above_worth")
ASKED_AGAIN = ("light_reopened", "look_longer")


@rubric.criterion(
    points=2, voice="viktor", skill="measure_success",
    hints=(
        "What do both camps want in the end?",
        "Clicks rise with better lists, whatever becomes of orders.",
        "Orders for each visitor: it holds the wait and the lists.",
    ),
    rests_on=("experiment_plan.metric",),
    met="Orders decide, for each visitor: they hold what both camps fear for.",
)  # fmt: skip
def metric_is_orders(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """One measure decides for both camps: orders for each visitor."""
    if experiment_plan.metric != "orders_visitor":
        said = f"“{named(case, 'metrics', experiment_plan.metric)}” decides."
        yield objection("metric", said, "what both camps are there for, counted for each of those who are drawn")


@rubric.criterion(
    points=1, voice="noemi", skill="measure_success",
    hints=(
        "Do people wait for the block everywhere alike?",
        "One number for all hides a gain here and a loss there; a group found afterwards is luck.",
        "Say before the test that phones and desktop are read each on their own.",
    ),
    rests_on=("experiment_plan.read_by",),
    met="Phones and desktop are read each on their own, as said before the data.",
)  # fmt: skip
def segments_declared(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Before the data it is said that phones and desktop are read each on their own."""
    if experiment_plan.read_by != "device":
        said = f"Results are read like this: “{named(case, 'splits', experiment_plan.read_by)}”."
        yield objection("read_by", said, "the groups in which models can differ, named before the data")


@rubric.criterion(
    points=3, voice="noemi", skill="listen_and_synthesise",
    hints=(
        "On which device do people see the block while it loads?",
        "Noemi can show you. Whoever has not seen it says so, and lets the test find out.",
        "Here it is {{ truth.waits }}.",
    ),
    rests_on=("experiment_plan.waits",),
)  # fmt: skip
def waits_expected(experiment_plan: ExperimentPlan, case: Case, conversation: State) -> Objections:
    """Before the data it is said where people wait for the block, as Noemi Farkas has shown it; or that nobody has."""
    expected, told = experiment_plan.waits, heard(case, "where_block", conversation)
    label = named(case, "waits", expected)
    if expected == "unsure" and told:
        yield objection("waits", f"“{label}”, and you were shown it.", "what you were shown")
    elif expected != "unsure" and not told:
        yield objection("waits", f"“{label}”, and nobody has shown you.", "that it is open, or a look at the block")
    elif told and expected != case.truth.waits:
        yield objection(
            "waits", f"“{label}” is not what you were shown.", "where the block is on top when people arrive"
        )
    return met(f"“{label}” stands there before the data.")


@rubric.criterion(
    points=1, voice="dagny", skill="measure_success",
    hints=(
        "How often would you look, and what would you do on a lucky day?",
        "Whoever stops on the first good day finds an effect where there is none.",
        "Read once, at the end, or at fixed looks with a corrected level.",
    ),
    rests_on=("experiment_plan.stop",),
    met="Nobody stops on a lucky day.",
)  # fmt: skip
def no_peeking(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The test is read at its end, or at looks that were fixed beforehand, with a corrected level."""
    if experiment_plan.stop == "first_significant":
        said = "It is stopped on the first day on which p is small, and in some weeks there is one by chance."
        yield objection("stop", said, "an end that the data do not choose")


@rubric.criterion(
    points=1, voice="osei", skill="translate_constraints",
    hints=(
        "What may the page not become, however many orders it brings?",
        "The memo has the limit for the busiest hour.",
        "Write the memo's limit, or one that is stricter.",
    ),
    rests_on=("experiment_plan.p95_limit",),
)  # fmt: skip
def limit_is_guarded(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """No launch may take the page's p95 beyond the limit in the memo."""
    limit, memo = experiment_plan.p95_limit or 0.0, float(case.truth.draw.page_limit)
    if limit > 1.005 * memo or limit < case.truth.draw.light_p95:
        said = f"A launch is stopped from {stated(limit)} ms on."
        yield objection("p95_limit", said, "the limit that the memo sets, or one below it that the light model keeps")
    return met(f"Nothing is launched that takes the page beyond {stated(limit)} ms.")


@rubric.criterion(
    points=4, voice="anselm", skill="weigh_trade_offs",
    hints=(
        "From which effect on does the complex model pay its machines?",
        "Anselm can tell you, if you ask what a point must earn.",
        "Here it is {{ truth.draw.break_even }} % of the orders that it serves.",
    ),
    rests_on=("experiment_plan.worth",),
)  # fmt: skip
def worth_is_break_even(experiment_plan: ExperimentPlan, case: Case, conversation: State) -> Objections:
    """The effect worth having is the one from which the complex model pays its machines, as Anselm Roy has it."""
    if not near(experiment_plan.worth, case.truth.draw.break_even, relative=0.1, absolute=0.051):
        said = f"You call {percent(experiment_plan.worth)} worth having."
        yield objection("worth", said, "what its machines cost, in % of the orders that it serves: ask finance")
    elif not heard(case, "break_even", conversation):
        said = f"You call {percent(experiment_plan.worth)} worth having, and nobody told you what its machines cost."
        yield objection("worth", said, "a number that somebody stands for")
    return met(f"From {percent(experiment_plan.worth)} on it pays its machines.")


@rubric.criterion(
    points=3, voice="dagny", skill="weigh_trade_offs",
    hints=(
        "How many visitors does an arm need to see the effect that you call worth having?",
        "16 p(1 - p) / d², where p is orders for each visitor and d the difference of two such rates, not in %.",
        "Phones have {{ (100 * truth.draw.rate['phone']) | number(2) }} orders for 100 visitors, desktop "
        "{{ (100 * truth.draw.rate['desktop']) | number(2) }}. `needed(lesson.tables, worth=…)` counts it.",
    ),
    rests_on=("experiment_plan.worth", "experiment_plan.needed_phone", "experiment_plan.needed_desktop"),
)  # fmt: skip
def power_is_honest(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The visitors that an arm needs follow from the effect worth having; where the test has fewer, the plan says what
    happens if it stays undecided."""
    worth, short = experiment_plan.worth or 0.0, False
    if worth <= 0:
        yield objection("worth", f"{percent(worth)} is no effect that could be worth having.", "an effect above zero")
        return None
    for name in SEGMENTS:
        thousands = people_needed(case.truth.draw.rate[name], worth / 100) / 1000
        own = getattr(experiment_plan, f"needed_{name}")
        if not near(own, thousands, relative=0.06):
            row = {"effect": percent(worth), "visitors an arm (thousands)": stated(own), "look at": "`traffic`"}
            said = f"On {DEVICES[name]} an arm would need {stated(own)} thousand visitors."
            yield objection(f"needed_{name}", said, "16 p(1 - p) / d², for the effect that you call worth having", row)
        smallest = getattr(experiment_plan, f"detectable_{name}")
        short |= smallest is not None and smallest > worth
    if short and experiment_plan.undecided not in ASKED_AGAIN:
        said = "The test sees less than what is worth having, and whoever is ahead by chance may win."
        yield objection("undecided", said, "a way out for a result that says neither yes nor no")
    more = "less than that can be seen" if short else "that much can be seen"
    return met(f"The numbers follow from {percent(worth)}, and {more} with your arms.")


@rubric.criterion(
    points=3, voice="viktor", skill="decision_rights",
    hints=(
        "What does your rule say if the estimate is good and its interval holds zero?",
        "Bind both: the estimate to what is worth having, its lower end to zero or more. And say what is done when "
        "that leaves it open.",
        "Estimate above the effect worth having, lower end above zero; else light stays and a number opens it again.",
    ),
    rests_on=("experiment_plan.bound", "experiment_plan.launch_above", "worth_is_break_even"),
)  # fmt: skip
def rule_covers_all_cases(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The rule binds estimate and interval, pays for the machines, and says what is done when it is undecided."""
    plan = experiment_plan
    above, worth = plan.launch_above or 0.0, plan.worth or 0.0
    if plan.bound not in HELD:
        said = f"“{named(case, 'bounds', plan.bound)}”: with two numbers by chance, one is always ahead."
        yield objection("bound", said, "a rule that binds the lower end of the interval, too")
    if plan.bound != "low_above_worth" and above < 0.9 * worth - 1e-9:
        said = f"A device gets the complex model from {percent(above)} on, and {percent(worth)} are worth having."
        yield objection("launch_above", said, "a rule under which nothing is launched that does not pay its machines")
    weeks = plan.weeks or 0.0
    if plan.undecided not in ASKED_AGAIN:
        said = f"Where it stays undecided: “{named(case, 'undecided_steps', plan.undecided)}”."
        yield objection("undecided", said, "a step that no wish can bend on the day")
    elif plan.undecided == "look_longer" and weeks + LONGER > case.truth.draw.freeze_week:
        said = f"It goes on for {LONGER} weeks after {stated(weeks)}, and trading clears the shop before that."
        yield objection("undecided", said, "weeks that are left when the test has run")
    return met(f"It launches above {percent(above)}, says no below, and has an answer to neither.")


def lived(plan: ExperimentPlan, case: Case) -> Lives:
    """A plan lived many times; raises NotYet where it gives no test."""
    try:
        design = design_of(plan)
        return lives(
            case.seed, case.truth.draw, design, plan.launch_above or 0.0, plan.bound, plan.worth or 0.0, plan.undecided,
            case.truth.draw.fade_days and 7,
        )  # fmt: skip
    except NoTest as error:
        raise NotYet(f"experiment_plan.{error.place}", f"the plan to be one that can be run: {error.words}") from error
    except ValueError as error:
        raise NotYet("arms_answer", "an arm with the light and one with the complex model") from error


@rubric.criterion(
    points=2, voice="anselm", skill="weigh_trade_offs",
    hints=(
        "If this test were run a hundred times, how often would your rule do what is best?",
        "Small arms, few weeks, or a rule that follows the estimate alone: each lets luck decide.",
        "Give the complex arm what its machines carry, use the weeks that there are, and bind rule and break-even.",
    ),
    rests_on=("experiment_plan.arms", "experiment_plan.weeks", "experiment_plan.bound", "metric_is_orders",
              "unit_is_visitor"),
    expected="arms, weeks and a rule that do as well as a careful plan with the same machines and weeks",
)  # fmt: skip
def rule_holds_unseen(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Lived two hundred times, arms, weeks and rule together see as much as a careful plan's, and cost hardly more
    orders."""
    found = lived(experiment_plan, case)
    draw, ours = case.truth.draw, case.truth.parted
    even = draw.break_even
    careful = lives(case.seed, draw, ours.design, even, "low_above_zero", even, "light_reopened", draw.fade_days and 7)
    cost = careful.mean
    if experiment_plan.bound == "low_above_worth":
        strict = lives(
            case.seed, draw, ours.design, even, "low_above_worth", even, "light_reopened", draw.fade_days and 7
        )
        cost = max(cost, strict.mean)  # what such a rule misses is a choice; what it misses by small arms is not
    row = {"lives": len(found.regret), "undecided in": int(found.undecided.sum())}
    if any(mine > AS_SHARP * its for mine, its in zip(found.errors, careful.errors, strict=True)):
        yield objection("arms", "Its arms and weeks see far less than the same machines and weeks could show.", "", row)
    if found.mean > cost + AS_GOOD:
        yield objection(
            "launch_above", "In too many lives this plan launches what hurts, or leaves what pays.", "", row
        )
    return met("On other luck this plan would have decided as well as a careful one.", row)
