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
    uncited,
    word_count,
)
from graders.healthcare_platform.base import accepted, chosen, day, decided, name, ref, rubric, truth_of
from graders.rubric import Objections, met, objection

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
    rests_on=("decision_log.records",),
    met="Every option that was defended is in a record.",
    expected="options of this topic, among them all that were defended in the review, and one of them chosen",
)  # fmt: skip
def options_are_real(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record weighs the options that people really defend, and chooses one of them."""
    registry = case.registry.entries("options")
    for place, record in accepted(decision_log):
        wrong = [id for id in record.options if id in registry and getattr(registry[id], "topic", "") != record.topic]
        defended = {decides[record.topic] for decides in PACKAGES.values() if record.topic in decides}
        this = ref(record).capitalize()
        if wrong:
            said = f"{this} lists {name(case, 'options', wrong[0])}, an option of another topic."
            yield objection(f"{place}.options", said)
        elif lost := len(defended - set(record.options)):
            words = "an option that somebody defends" if lost == 1 else f"{lost} options that people defend"
            yield objection(f"{place}.options", f"{this} leaves out {words}.")
        elif record.chosen not in record.options:
            said = f"{this} chooses {name(case, 'options', record.chosen)}, which is not among its options."
            yield objection(f"{place}.chosen", said)


def _pairs(record: DecisionRecord) -> dict[tuple[str, str], float | None]:
    return {(measure.driver, measure.option): measure.value for measure in record.measures}


@rubric.criterion(
    points=1, voice="sanna", skill="weigh_trade_offs",
    hints=(
        "Is there a number for each option on each measure?",
        "If you compare two options on two measures, there are four rows, also for the option that you do not "
        "like.",
    ),
    rests_on=("decision_log.records",),
    met="Every option is measured on every measure.",
    expected="a value for each option on each measure",
)  # fmt: skip
def every_driver_is_measured(decision_log: DecisionLog, case: Case) -> Objections:
    """Every measure of a record has a value for every option, not only for the one that was chosen."""
    for place, record in accepted(decision_log):
        pairs = _pairs(record)
        if not pairs:
            yield objection(f"{place}.measures", f"{ref(record).capitalize()} measures nothing.")
        for driver in dict.fromkeys(driver for driver, _ in pairs):
            for option in record.options:
                if pairs.get((driver, option)) is None:
                    measure, words = name(case, "drivers", driver), name(case, "options", option)
                    said = f"{ref(record).capitalize()} has no value of “{measure}” for {words}."
                    yield objection(f"{place}.measures", said)


@rubric.criterion(
    points=2, voice="hana", skill="weigh_trade_offs",
    hints=(
        "Count only the wards of your intended use.",
        "Shares are in percent. The measures' notes say from which tables they come.",
        "For the sensitivity keep the rows of your wards where the patient deteriorated; the share of them with "
        "an alert.",
    ),
    rests_on=("decision_log.records[].measures",),
    expected="the value of the table that the measure names, for the wards of your intended use",
)  # fmt: skip
def measures_recompute(decision_log: DecisionLog, case: Case) -> Objections:
    """Every value in the log is the one that the tables give for the chosen wards and the chosen model."""
    model, use, _ = decided(decision_log, case)
    count = 0
    for place, record in accepted(decision_log):
        for number, measure in enumerate(record.measures, start=1):
            driver = case.registry.entries("drivers").get(measure.driver)
            if not isinstance(driver, Driver) or measure.option not in case.registry.entries("options"):
                continue
            true = truth_of(case).measures.of(driver.id, measure.option, model=model, use=use)
            option, at = name(case, "options", measure.option), f"{place}.measures[{number}]"
            count += 1
            if true is None:
                yield objection(f"{at}.driver", f"“{driver.label}” is no measure of {option}.")
            elif not _agrees(driver, measure.value, true):
                stated = "nothing" if measure.value is None else f"{measure.value:g} {driver.unit}"
                said = f"{ref(record).capitalize()} gives {stated} for {option} on “{driver.label.lower()}”."
                row = {"measure": driver.label, "option": measure.option, "stated": stated, "from": driver.source}
                yield objection(f"{at}.value", said, "", row)
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
    rests_on=("decision_log.records",),
    met="Both sides of each trade-off are in numbers.",
    expected="both sides in numbers",
)  # fmt: skip
def trade_off_has_both_sides(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record measures both sides of its trade-off, such as accuracy and true reasons."""
    for place, record in accepted(decision_log):
        sides = {DRIVERS[measure.driver].side for measure in record.measures if measure.driver in DRIVERS}
        for side in _SIDES[record.topic]:
            if side not in sides:
                said = f"{ref(record).capitalize()} does not measure {_SIDES_IN_WORDS[side]}."
                yield objection(f"{place}.measures", said)


@rubric.criterion(
    points=1, voice="walter", skill="weigh_trade_offs",
    hints=(
        "Every choice costs something. On which measure does another option win?",
        "Name that measure in “another option is better”, and say in a sentence what follows for people.",
    ),
    rests_on=("decision_log.records",),
    met="Each record says what it costs.",
    expected="one measure on which another option is better, and what follows",
)  # fmt: skip
def costs_are_named(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record says what the choice costs, on a measure where another option is truly better."""
    model, use, _ = decided(decision_log, case)
    measures = truth_of(case).measures
    for place, record in accepted(decision_log):
        this = ref(record).capitalize()
        if word_count(record.bad) < 4:
            yield objection(f"{place}.bad", f"{this} names no bad consequence.")
        elif record.gives_up not in DRIVERS:
            said = f"{this} does not say on which measure another option is better."
            yield objection(f"{place}.gives_up", said)
        else:
            own = measures.of(record.gives_up, record.chosen, model=model, use=use)
            rivals = (option for option in record.options if option != record.chosen)
            others = (measures.of(record.gives_up, rival, model=model, use=use) for rival in rivals)
            if own is None or not any(v is not None and better(record.gives_up, v, own) for v in others):
                label = DRIVERS[record.gives_up].label.lower()
                said = f"{this} gives up “{label}”, and no option of it is better there."
                yield objection(f"{place}.gives_up", said)


@rubric.criterion(
    points=1, voice="hana", skill="measure_success",
    hints=(
        "How would we notice that the decision was wrong?",
        "Take a measure and a limit that your choice meets today and a worse option would miss, and a day to "
        "look.",
    ),
    rests_on=("decision_log.records",),
    met="Each decision can be found wrong.",
    expected="a limit that your choice meets and a worse one misses, and a later day",
)  # fmt: skip
def confirmation_can_fail(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record names a measure, a limit that a worse option would miss, and a day on which it is looked at."""
    model, use, _ = decided(decision_log, case)
    for place, record in accepted(decision_log):
        limit, driver = record.confirmed_limit, record.confirmed_by
        if driver not in DRIVERS or limit is None or record.confirmed_on is None:
            said = f"{ref(record).capitalize()} has no measure, limit and day of confirmation."
            yield objection(f"{place}.confirmed_by", said)
            continue
        values = {
            o: truth_of(case).measures.of(driver, o, model=model, use=use) for o in {*record.options, record.chosen}
        }
        own = values.get(record.chosen)
        if own is None:
            said = f"“{DRIVERS[driver].label}” does not measure the choice of {ref(record)}."
            yield objection(f"{place}.confirmed_by", said)
        elif own != limit and not better(driver, own, limit):
            said = f"The choice of {ref(record)} misses its own limit of {limit:g} already."
            yield objection(f"{place}.confirmed_limit", said)
        elif not any(v is not None and better(driver, limit, v) for v in values.values()):
            said = f"The limit of {limit:g} in {ref(record)} would be met by every option."
            yield objection(f"{place}.confirmed_limit", said)
        elif record.decided_on and record.confirmed_on <= record.decided_on:
            said = f"{ref(record).capitalize()} is confirmed no later than it was decided: {day(record.confirmed_on)}."
            yield objection(f"{place}.confirmed_on", said)


@rubric.criterion(
    points=2, voice="ngozi", skill="weigh_trade_offs", gate=True,
    hints=(
        "Averages over all wards hide a ward. Look at each one.",
        "Where no monitor hangs at the bed, the sequence model misses half. Either another model or fewer wards.",
        "The trees meet every ward's needs; the sequence model meets those of the step-down unit alone.",
    ),
    rests_on=("decision_log.records",),
    expected="each ward's needs met, not the average's",
)  # fmt: skip
def choice_meets_every_ward(decision_log: DecisionLog, case: Case) -> Objections:
    """On every ward of the intended use the model catches enough, and its shown reasons are true often enough."""
    model, use, _ = decided(decision_log, case)
    words = f"{name(case, 'options', model)} on {name(case, 'options', use).lower()}"
    for short in truth_of(case).measures.shortfalls(model, use):
        yield objection("records", f"{words}: {short}.", "", {"ward": short})
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
    rests_on=("decision_log.records",),
    expected="all three limits kept",
)  # fmt: skip
def alerts_can_be_answered(decision_log: DecisionLog, case: Case) -> Objections:
    """With this model on these wards, alerts shown in this way can be answered: load, harm and time within limits."""
    model, use, screen = decided(decision_log, case)
    words = f"{name(case, 'options', screen)} on {name(case, 'options', use).lower()}"
    for short in truth_of(case).measures.alerting_shortfalls(model, use, screen):
        yield objection("records", f"{words}: {short}.", "", {"limit": short})
    return met(f"{words} keeps the limits on load, harm and time.")


@rubric.criterion(
    points=1, voice="walter", skill="scope_together",
    hints=(
        "Add up the model and the rollout on each ward.",
        "The sum must not be above the budget, and enough deteriorations a month must be caught; Walter knows how "
        "many.",
        "{{ truth.measures.budget | number }} thousand euros at most, and at least "
        "{{ truth.measures.target_caught | number }} deteriorations a month.",
    ),
    rests_on=("decision_log.records",),
)  # fmt: skip
def choice_fits_the_budget(decision_log: DecisionLog, case: Case) -> Objections:
    """Model and wards together cost no more than the budget and catch what the hospitals pay for."""
    model, use, _ = decided(decision_log, case)
    measures = truth_of(case).measures
    cost, caught = measures.cost(model, use), measures.caught(model, use)
    if cost > measures.budget:
        said = f"It costs {cost:g} thousand euros, which is above the budget."
        yield objection("records", said, "no more than the budget", {"cost": cost})
    if caught < measures.target_caught:
        said = f"It catches {caught:.0f} deteriorations a month, too few."
        yield objection("records", said, "at least as many as the hospitals pay for")
    return met(f"{cost:g} of {measures.budget:g} thousand euros, and {caught:.0f} deteriorations caught a month.")


@rubric.criterion(
    points=1, voice="sanna", skill="listen_and_synthesise",
    hints=(
        "For each record: who told you the thing that decides it?",
        "Cite a fact that speaks for your choice and that somebody told you in the review. A number over all "
        "wards does not speak for a choice of wards.",
    ),
    rests_on=("decision_log.records",),
    met="Each choice rests on something that you were told.",
    expected="at least one fact that speaks for each choice",
)  # fmt: skip
def evidence_speaks_for_the_choice(decision_log: DecisionLog, conversation: State, case: Case) -> Objections:
    """Each record cites a fact that speaks for its choice, none that speaks against it, and only what was told."""
    yield from uncited(decision_log, conversation, case)
    model, use, _ = chosen(decision_log, case)
    for place, record in accepted(decision_log):
        claim = record.chosen if record.topic == "alerting" else f"{model}_{use}"
        cited = [case.facts[id] for id in record.evidence if id in case.facts]
        against = [fact for fact in cited if claim in fact.contradicts and fact.id in conversation.facts]
        if against:
            said = f"{ref(record).capitalize()} cites {against[0].id}, which speaks against it."
            yield objection(f"{place}.evidence", said)
        elif not any(claim in fact.supports for fact in cited):
            shown = listed([fact.id for fact in cited]) if cited else "nothing"
            said = f"{ref(record).capitalize()} cites {shown}; none of it speaks for the choice."
            yield objection(f"{place}.evidence", said)
