"""Is what the decision log chose weighed in numbers, within the limits, and worth its price? (A24)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog, DecisionRecord
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.agreement import PACKAGES
from curriculum.cases.healthcare_platform.kinds import Driver
from curriculum.cases.healthcare_platform.measures import DRIVERS, better
from curriculum.roleplay.engine import State
from graders.common import (
    MONEY_TOLERANCE,
    PERCENTILE_TOLERANCE,
    RATE_TOLERANCE,
    listed,
    near,
    unheard_facts,
    word_count,
)
from graders.healthcare_platform.base import (
    UNDECIDED,
    accepted,
    chosen,
    day,
    first,
    name,
    ref,
    rubric,
    truth_of,
)
from graders.rubric import Verdict, met, unmet

_SIDES = {"model": ("accuracy", "explainability"), "intended_use": ("accuracy", "money"), "alerting": ("harm", "speed")}
_SIDES_IN_WORDS = {
    "accuracy": "what is caught",
    "explainability": "whether the shown reasons are true",
    "money": "what it costs",
    "harm": "alerts overridden although they were right",
    "speed": "minutes to the bed",
}


@rubric.criterion(
    points=1, voice="sanna", skill="weigh_trade_offs",
    hints=(
        "Would the people who disagree with you find their option in the record?",
        "Name the option that others defend: both learned models, all wards and the step-down unit, pop-up and "
        "list.",
    ),
)  # fmt: skip
def options_are_real(decision_log: DecisionLog, case: Case) -> Verdict:
    """Each record weighs the options that people really defend, and chooses one of them."""
    registry = case.registry.entries("options")
    problems = []
    for record in accepted(decision_log):
        wrong = [id for id in record.options if id in registry and getattr(registry[id], "topic", "") != record.topic]
        defended = {decides[record.topic] for decides in PACKAGES.values() if record.topic in decides}
        left_out = sorted(defended - set(record.options))
        if wrong:
            problems.append(
                f"{ref(record).capitalize()} lists {name(case, 'options', wrong[0])}, an option of another topic."
            )
        elif left_out:
            problems.append(
                f"{ref(record).capitalize()} leaves out {name(case, 'options', left_out[0])}, which somebody defends."
            )
        elif record.chosen not in record.options:
            problems.append(
                f"{ref(record).capitalize()} chooses {name(case, 'options', record.chosen)}, which is not "
                "among its options."
            )
    if problems:
        return unmet(first(problems, "records like it"), "at least the options that were defended in the review")
    return met("Every option that was defended is in a record.")


def _pairs(record: DecisionRecord) -> dict[tuple[str, str], float | None]:
    return {(measure.driver, measure.option): measure.value for measure in record.measures}


@rubric.criterion(
    points=1, voice="sanna", skill="weigh_trade_offs",
    hints=(
        "Is there a number for each option on each measure?",
        "If you compare two options on two measures, there are four rows, also for the option that you do not "
        "like.",
    ),
)  # fmt: skip
def every_driver_is_measured(decision_log: DecisionLog, case: Case) -> Verdict:
    """Every measure of a record has a value for every option, not only for the one that was chosen."""
    problems = []
    for record in accepted(decision_log):
        pairs = _pairs(record)
        drivers = dict.fromkeys(driver for driver, _ in pairs)
        for driver in drivers:
            for option in record.options:
                if pairs.get((driver, option)) is None:
                    problems.append(
                        f"{ref(record).capitalize()} has no value of “{name(case, 'drivers', driver)}” for "
                        f"{name(case, 'options', option)}."
                    )
        if not drivers:
            problems.append(f"{ref(record).capitalize()} measures nothing.")
    if problems:
        return unmet(first(problems, "gaps like it"), "a value for each option on each measure")
    return met("Every option is measured on every measure.")


@rubric.criterion(
    points=2, voice="hana", skill="weigh_trade_offs",
    hints=(
        "Count only the wards of your intended use.",
        "Shares are in percent. The measures' notes say from which tables they come.",
        "For the sensitivity keep the rows of your wards where the patient deteriorated; the share of them with "
        "an alert.",
    ),
)  # fmt: skip
def measures_recompute(decision_log: DecisionLog, case: Case) -> Verdict:
    """Every value in the log is the one that the tables give for the chosen wards and the chosen model."""
    model, use, _ = chosen(decision_log, case)
    if not model or not use:
        return unmet("Without one model and one intended use there is nothing to measure with.", UNDECIDED)
    problems, rows, count = [], [], 0
    for record in accepted(decision_log):
        for measure in record.measures:
            driver = case.registry.entries("drivers").get(measure.driver)
            if not isinstance(driver, Driver) or measure.option not in case.registry.entries("options"):
                continue
            true = truth_of(case).measures.of(driver.id, measure.option, model=model, use=use)
            count += 1
            if true is None:
                problems.append(f"“{driver.label}” is no measure of {name(case, 'options', measure.option)}.")
            elif not _agrees(driver, measure.value, true):
                problems.append(
                    f"{ref(record).capitalize()} gives {measure.value:g} {driver.unit}" if measure.value is not None
                    else f"{ref(record).capitalize()} gives nothing"
                )  # fmt: skip
                problems[-1] += (
                    f" for {name(case, 'options', measure.option)} on “{driver.label.lower()}”; the tables give "
                    f"{true:.1f}."
                )
                rows.append({"measure": driver.label, "option": measure.option, "stated": measure.value,
                             "recomputed": round(true, 2), "from": driver.source})  # fmt: skip
    if problems:
        return unmet(
            first(problems, "values like it"), "the values of the tables, for the wards of your intended use", *rows[:6]
        )
    if not count:
        return unmet("There are no values in the accepted records.", "measured options")
    return met(f"All {count} values agree with the tables.")


def _agrees(driver: Driver, stated: float | None, true: float) -> bool:
    if driver.unit == "percent":
        return near(stated, true, absolute=100 * RATE_TOLERANCE)
    if driver.id in ("cost", "caught"):
        return near(stated, true, relative=MONEY_TOLERANCE)
    return near(stated, true, relative=PERCENTILE_TOLERANCE)


@rubric.criterion(
    points=1, voice="anouk", skill="weigh_trade_offs",
    hints=(
        "Could an auditor see what you gave up for what?",
        "Model: accuracy and true reasons. Wards: what is caught and what it costs. Alerts: wrong overrides and "
        "minutes. The override rate alone says nothing about harm.",
    ),
)  # fmt: skip
def trade_off_has_both_sides(decision_log: DecisionLog, case: Case) -> Verdict:
    """Each record measures both sides of its trade-off, such as accuracy and true reasons."""
    problems = []
    for record in accepted(decision_log):
        sides = {DRIVERS[measure.driver].side for measure in record.measures if measure.driver in DRIVERS}
        absent = [side for side in _SIDES[record.topic] if side not in sides]
        if absent:
            problems.append(f"{ref(record).capitalize()} does not measure {_SIDES_IN_WORDS[absent[0]]}.")
    if problems:
        return unmet(first(problems, "records like it"), "both sides in numbers")
    return met("Both sides of each trade-off are in numbers.")


@rubric.criterion(
    points=1, voice="walter", skill="weigh_trade_offs",
    hints=(
        "Every choice costs something. On which measure does another option win?",
        "Name that measure in “another option is better”, and say in a sentence what follows for people.",
    ),
)  # fmt: skip
def costs_are_named(decision_log: DecisionLog, case: Case) -> Verdict:
    """Each record says what the choice costs, on a measure where another option is truly better."""
    model, use, _ = chosen(decision_log, case)
    if not model or not use:
        return unmet("Without one model and one intended use no cost can be shown.", UNDECIDED)
    problems, rows = [], []
    for record in accepted(decision_log):
        if word_count(record.bad) < 4:
            problems.append(f"{ref(record).capitalize()} names no bad consequence.")
            continue
        if record.gives_up not in DRIVERS:
            problems.append(f"{ref(record).capitalize()} does not say on which measure another option is better.")
            continue
        measures = truth_of(case).measures
        own = measures.of(record.gives_up, record.chosen, model=model, use=use)
        others = {
            o: measures.of(record.gives_up, o, model=model, use=use) for o in record.options if o != record.chosen
        }
        rival = next(
            (o for o, v in others.items() if v is not None and own is not None and better(record.gives_up, v, own)), ""
        )
        label = DRIVERS[record.gives_up].label.lower()
        if not rival:
            problems.append(f"{ref(record).capitalize()} gives up “{label}”, and no option of it is better there.")
        else:
            rows.append({"record": record.number, "gives up": label, "chosen": own, rival: others[rival]})
    if problems:
        return unmet(
            first(problems, "records like it"), "one measure on which another option is better, and what follows"
        )
    return met("Each record says what it costs.", *rows)


@rubric.criterion(
    points=1, voice="hana", skill="measure_success",
    hints=(
        "How would we notice that the decision was wrong?",
        "Take a measure and a limit that your choice meets today and a worse option would miss, and a day to "
        "look.",
    ),
)  # fmt: skip
def confirmation_can_fail(decision_log: DecisionLog, case: Case) -> Verdict:
    """Each record names a measure, a limit that a worse option would miss, and a day on which it is looked at."""
    model, use, _ = chosen(decision_log, case)
    if not model or not use:
        return unmet("Without one model and one intended use nothing can be confirmed.", UNDECIDED)
    problems, rows = [], []
    for record in accepted(decision_log):
        limit, driver = record.confirmed_limit, record.confirmed_by
        if driver not in DRIVERS or limit is None or record.confirmed_on is None:
            problems.append(f"{ref(record).capitalize()} has no measure, limit and day of confirmation.")
            continue
        values = {
            o: truth_of(case).measures.of(driver, o, model=model, use=use) for o in {*record.options, record.chosen}
        }
        own = values.get(record.chosen)
        if own is None:
            problems.append(f"“{DRIVERS[driver].label}” does not measure the choice of {ref(record)}.")
        elif own != limit and not better(driver, own, limit):
            problems.append(
                f"The choice of {ref(record)} misses its own limit of {limit:g} already: it stands at {own:.1f}."
            )
        elif not any(v is not None and better(driver, limit, v) for v in values.values()):
            problems.append(f"The limit of {limit:g} in {ref(record)} would be met by every option.")
        elif record.decided_on and record.confirmed_on <= record.decided_on:
            problems.append(
                f"{ref(record).capitalize()} is confirmed on {day(record.confirmed_on)}, no later than it was decided."
            )
        else:
            rows.append({"record": record.number, "measure": driver, "limit": limit, "stands at": round(own, 1)})
    if problems:
        return unmet(
            first(problems, "records like it"), "a limit that your choice meets and a worse one misses, and a later day"
        )
    return met("Each decision can be found wrong.", *rows)


@rubric.criterion(
    points=2, voice="ngozi", skill="weigh_trade_offs", gate=True,
    hints=(
        "Averages over all wards hide a ward. Look at each one.",
        "Where no monitor hangs at the bed, the sequence model misses half. Either another model or fewer wards.",
        "The trees meet every ward's needs; the sequence model meets those of the step-down unit alone.",
    ),
)  # fmt: skip
def choice_meets_every_ward(decision_log: DecisionLog, case: Case) -> Verdict:
    """On every ward of the intended use the model catches enough, and its shown reasons are true often enough."""
    model, use, _ = chosen(decision_log, case)
    if not model or not use:
        return unmet("The log does not decide on one model and one intended use.", UNDECIDED)
    short = truth_of(case).measures.shortfalls(model, use)
    words = f"{name(case, 'options', model)} on {name(case, 'options', use).lower()}"
    if short:
        return unmet(f"{words}: {short[0]}.", "each ward's needs met, not the average's", *({"ward": s} for s in short))
    return met(f"{words} meets the needs of each ward.")


@rubric.criterion(
    points=1, voice="mateo", skill="weigh_trade_offs", gate=True,
    hints=(
        "How often would somebody be interrupted on the busiest ward, and how many alerts would be clicked away "
        "wrongly?",
        "At most 4 interruptions a shift, 15 % wrong overrides, 15 minutes to the bed. Pop-ups only work where "
        "few alerts come.",
        "On the general wards only the tiered list keeps all three limits.",
    ),
)  # fmt: skip
def alerts_can_be_answered(decision_log: DecisionLog, case: Case) -> Verdict:
    """With this model on these wards, alerts shown in this way can be answered: load, harm and time within limits."""
    model, use, screen = chosen(decision_log, case)
    if not (model and use and screen):
        return unmet("The log does not decide on model, wards and alerts.", UNDECIDED)
    short = truth_of(case).measures.alerting_shortfalls(model, use, screen)
    words = f"{name(case, 'options', screen)} on {name(case, 'options', use).lower()}"
    if short:
        return unmet(f"{words}: {short[0]}.", "all three limits kept", *({"limit": s} for s in short))
    return met(f"{words} keeps the limits on load, harm and time.")


@rubric.criterion(
    points=1, voice="walter", skill="scope_together",
    hints=(
        "Add up the model and the rollout on each ward.",
        "The sum must not be above the budget, and enough deteriorations a month must be caught; Walter knows how "
        "many.",
    ),
)  # fmt: skip
def choice_fits_the_budget(decision_log: DecisionLog, case: Case) -> Verdict:
    """Model and wards together cost no more than the budget and catch what the hospitals pay for."""
    model, use, _ = chosen(decision_log, case)
    if not model or not use:
        return unmet("The log does not decide on one model and one intended use.", UNDECIDED)
    measures = truth_of(case).measures
    cost, caught = measures.cost(model, use), measures.caught(model, use)
    row = {"cost": cost, "budget": measures.budget, "caught a month": round(caught), "needed": measures.target_caught}
    if cost > measures.budget:
        return unmet(
            f"It costs {cost:g} thousand euros; the budget is {measures.budget:g}.", "no more than the budget", row
        )
    if caught < measures.target_caught:
        return unmet(f"It catches {caught:.0f} deteriorations a month.", f"at least {measures.target_caught:g}", row)
    return met(f"{cost:g} of {measures.budget:g} thousand euros, and {caught:.0f} deteriorations caught a month.", row)


@rubric.criterion(
    points=1, voice="sanna", skill="listen_and_synthesise",
    hints=(
        "For each record: who told you the thing that decides it?",
        "Cite a fact that speaks for your choice and that somebody told you in the review. A number over all "
        "wards does not speak for a choice of wards.",
    ),
)  # fmt: skip
def evidence_speaks_for_the_choice(decision_log: DecisionLog, conversation: State, case: Case) -> Verdict:
    """Each record cites a fact that speaks for its choice, none that speaks against it, and only what was told."""
    if unheard := unheard_facts(decision_log, conversation, case):
        return unmet(
            f"You cite {listed(unheard)}, which nobody has told you.", "facts from the brief and from your review"
        )
    model, use, _ = chosen(decision_log, case)
    problems = []
    for record in accepted(decision_log):
        claim = record.chosen if record.topic == "alerting" else f"{model}_{use}"
        cited = [case.facts[id] for id in record.evidence if id in case.facts]
        against = [fact for fact in cited if claim in fact.contradicts]
        if against:
            problems.append(f"{ref(record).capitalize()} cites {against[0].id}, which speaks against it.")
        elif not any(claim in fact.supports for fact in cited):
            shown = listed([fact.id for fact in cited]) if cited else "nothing"
            problems.append(f"{ref(record).capitalize()} cites {shown}; none of it speaks for the choice.")
    if problems:
        return unmet(first(problems, "records like it"), "at least one fact that speaks for each choice")
    return met("Each choice rests on something that you were told.")
