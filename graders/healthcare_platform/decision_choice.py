"""Is what the decision log chose weighed in numbers, within the limits, and worth its price? (A24)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.agreement import PACKAGES
from curriculum.cases.healthcare_platform.kinds import Driver
from curriculum.cases.healthcare_platform.measures import BEARS, DRIVERS, TURNS_ON, better
from curriculum.roleplay.engine import State
from graders.common import (
    MONEY_TOLERANCE,
    PERCENTILE_TOLERANCE,
    RATE_TOLERANCE,
    near,
    uncited,
)
from graders.healthcare_platform.base import (
    DECIDED,
    accepted,
    chosen,
    day,
    decided,
    name,
    ref,
    rubric,
    truth_of,
)
from graders.rubric import Objections, met, objection

QUARTER = 92
"""Days within which a decision is looked at again."""

VOICES = 3
"""From so many people a log has what it rests on."""


@rubric.criterion(
    points=1, voice="sanna", skill="weigh_trade_offs",
    hints=(
        "Would the people who disagree with you find their option in the record?",
        "Name the option that others defended in the review, also if you like it less than another one.",
    ),
    rests_on=DECIDED,
    met="Each record weighs an option that somebody defended.",
    expected="an option on this question that somebody defended in the review",
)  # fmt: skip
def rival_is_real(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record weighs its choice against an option that people really defend."""
    for place, record in accepted(decision_log):
        defended = {decides[record.topic] for decides in PACKAGES.values() if record.topic in decides}
        if record.rival and (record.rival not in defended or record.rival == record.chosen):
            said = f"{ref(record).capitalize()} weighs it against {name(case, 'options', record.rival)}."
            yield objection(f"{place}.rival", said)


@rubric.criterion(
    points=4, voice="hana", skill="weigh_trade_offs", gate=True,
    hints=(
        "Count only the wards of your intended use.",
        "The cell below the form works them out for what your log chooses. Did you change a choice after it ran?",
    ),
    rests_on=(*DECIDED, *(f"decision_log.{topic}.measures" for topic in TURNS_ON)),
    expected="the value of the tables that the measure names, for your model on your wards",
)  # fmt: skip
def measures_recompute(decision_log: DecisionLog, case: Case) -> Objections:
    """Every number in the log is the one that the tables give for the chosen wards and the chosen model."""
    model, use, _ = decided(decision_log, case)
    count = 0
    for place, record in accepted(decision_log):
        wanted = TURNS_ON[record.topic]
        if len(record.measures) < len(wanted):
            said = f"{ref(record).capitalize()} has {len(record.measures)} measures; it turns on {len(wanted)}."
            yield objection(f"{place}.measures", said, "a row for each measure, as the cell writes them")
        for number, (driver, row) in enumerate(zip(wanted, record.measures, strict=False), start=1):
            for part, option in (("value", record.chosen), ("rival", record.rival)):
                stated, true = getattr(row, part), truth_of(case).measures.of(driver, option, model=model, use=use)
                if true is None:
                    continue
                count += 1
                if not _agrees(DRIVERS[driver], stated, true):
                    shown = "nothing" if stated is None else f"{stated:g} {DRIVERS[driver].unit}"
                    words = name(case, "options", option)
                    said = f"{ref(record).capitalize()} gives {shown} for {words} on “{DRIVERS[driver].label.lower()}”."
                    evidence = {"measure": DRIVERS[driver].label, "option": option, "stated": shown,
                                "from": DRIVERS[driver].source}  # fmt: skip
                    yield objection(f"{place}.measures[{number}].{part}", said, "", evidence)
    return met(f"All {count} values agree with the tables.")


def _agrees(driver: Driver, stated: float | None, true: float) -> bool:
    if driver.unit == "percent":
        return near(stated, true, absolute=100 * RATE_TOLERANCE)
    if driver.id in ("cost", "caught"):
        return near(stated, true, relative=MONEY_TOLERANCE)
    return near(stated, true, relative=PERCENTILE_TOLERANCE)


@rubric.criterion(
    points=2, voice="walter", skill="weigh_trade_offs",
    hints=(
        "Every choice costs something. On which measure does the other option win?",
        "Name that measure under “what you give up”, and who lives with it.",
    ),
    rests_on=("measures_recompute",),
    met="Each record says what it costs, and whom.",
    expected="a measure of this question on which the other option is better, and who bears that",
)  # fmt: skip
def costs_are_named(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record says what the choice costs, on a measure where the other option is truly better, and who bears it."""
    model, use, _ = decided(decision_log, case)
    measures = truth_of(case).measures
    for place, record in accepted(decision_log):
        this, driver = ref(record).capitalize(), record.gives_up
        label = DRIVERS[driver].label.lower() if driver in DRIVERS else "nothing"
        own = measures.of(driver, record.chosen, model=model, use=use) if driver in DRIVERS else None
        other = measures.of(driver, record.rival, model=model, use=use) if driver in DRIVERS else None
        tempting = driver in DRIVERS and DRIVERS[driver].side == "tempting"
        if own is None or other is None or tempting or not better(driver, other, own):
            said = f"{this} gives up “{label}”, and the option against it is not better there."
            yield objection(f"{place}.gives_up", said)
        elif record.borne_by != BEARS[driver]:
            who = name(case, "borne_by", record.borne_by)
            yield objection(f"{place}.borne_by", f"{this} gives up “{label}”; that is not borne by: {who}.")


@rubric.criterion(
    points=3, voice="hana", skill="measure_success",
    hints=(
        "How would we notice that the decision was wrong?",
        "Take a measure and a limit that your choice keeps today and the other option would miss, and a day within "
        "the three months after the pilot is out. How often people override says nothing about harm.",
    ),
    rests_on=("measures_recompute", *(f"decision_log.{topic}.confirmed_by" for topic in TURNS_ON)),
    met="Each decision can be found wrong.",
    expected="a limit that your choice keeps and the other option misses, and a day in the pilot's first three months",
)  # fmt: skip
def confirmation_can_fail(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record names a measure of its question, a limit that the other option would miss, and a day to look."""
    model, use, _ = decided(decision_log, case)
    out = truth_of(case).calendar.last_release_day
    for place, record in accepted(decision_log):
        limit, driver, this = record.confirmed_limit, record.confirmed_by, ref(record).capitalize()
        if driver not in DRIVERS or limit is None or record.confirmed_on is None:
            yield objection(f"{place}.confirmed_by", f"{this} has no measure, limit and day of confirmation.")
            continue
        label = DRIVERS[driver].label.lower()
        own, other = (
            truth_of(case).measures.of(driver, o, model=model, use=use) for o in (record.chosen, record.rival)
        )
        if own is None or other is None or DRIVERS[driver].side == "tempting":
            said = f"{this} is confirmed by “{label}”, which does not tell a right choice from a wrong one."
            yield objection(f"{place}.confirmed_by", said)
        elif not _keeps(driver, own, limit):
            yield objection(
                f"{place}.confirmed_limit", f"{this} is confirmed by a limit that your option misses today."
            )
        elif _keeps(driver, other, limit):
            said = f"{this} is confirmed by a limit that the other option would keep as well."
            yield objection(f"{place}.confirmed_limit", said)
        elif not 0 < (record.confirmed_on - out).days <= QUARTER:
            said = f"{this} is looked at on {day(record.confirmed_on)}; the pilot is out by {day(out)}."
            yield objection(f"{place}.confirmed_on", said, "a day once the pilot is out, within three months of it")


def _keeps(driver: str, value: float, limit: float) -> bool:
    return value == limit or better(driver, value, limit)


@rubric.criterion(
    points=4, voice="ngozi", skill="weigh_trade_offs", gate=True,
    hints=(
        "Averages over all wards hide a ward. Look at each one.",
        "The table `wards` says what each ward asks for; hold the model against it on each ward of your use, in what "
        "it catches and in its reasons.",
        "Right here: {% for way in truth.shape.right %}{{ entries.models[way.model].label }} on "
        "{{ entries.uses[way.use].label }}{% if not loop.last %}, or {% endif %}{% endfor %}.",
    ),
    rests_on=("measures_recompute",),
    expected="each ward's needs met, not the average's",
)  # fmt: skip
def choice_meets_every_ward(decision_log: DecisionLog, case: Case) -> Objections:
    """On every ward of the intended use the model catches enough, and its shown reasons are true often enough."""
    model, use, _ = decided(decision_log, case)
    words = f"{name(case, 'options', model)} on {name(case, 'options', use).lower()}"
    for short in truth_of(case).measures.shortfalls(model, use):
        yield objection("model.chosen", f"{words}: {short}.", "", {"ward": short})
    return met(f"{words} meets the needs of each ward.")


@rubric.criterion(
    points=4, voice="mateo", skill="weigh_trade_offs", gate=True,
    hints=(
        "How often would somebody be interrupted on the busiest ward, how many alerts would be clicked away wrongly, "
        "and how long does a bed wait?",
        "On each ward: at most 4 interruptions a shift, 15 % wrong overrides, 15 minutes to the bed.",
        "Right here: {% for way in truth.shape.right %}{{ entries.screens[way.screen].label }} on "
        "{{ entries.uses[way.use].label }}{% if not loop.last %}, or {% endif %}{% endfor %}.",
    ),
    rests_on=("measures_recompute",),
    expected="all three limits kept on each ward",
)  # fmt: skip
def alerts_can_be_answered(decision_log: DecisionLog, case: Case) -> Objections:
    """With this model, alerts shown in this way can be answered on each ward: load, harm and time within limits."""
    model, use, screen = decided(decision_log, case)
    words = f"{name(case, 'options', screen)} on {name(case, 'options', use).lower()}"
    for short in truth_of(case).measures.alerting_shortfalls(model, use, screen):
        yield objection("alerting.chosen", f"{words}: {short}.", "", {"limit": short})
    return met(f"{words} keeps the limits on load, harm and time.")


@rubric.criterion(
    points=3, voice="walter", skill="scope_together",
    hints=(
        "Add up the model and the rollout on each ward.",
        "The sum must not be above the budget, and enough deteriorations a month must be caught; Walter knows how "
        "many.",
        "{{ truth.measures.budget | number }} thousand euros at most, and at least "
        "{{ truth.measures.target_caught | number }} deteriorations a month.",
    ),
    rests_on=("measures_recompute",),
)  # fmt: skip
def choice_fits_the_budget(decision_log: DecisionLog, case: Case) -> Objections:
    """Model and wards together cost no more than the budget and catch what the hospitals pay for."""
    model, use, _ = decided(decision_log, case)
    measures = truth_of(case).measures
    cost, caught = measures.cost(model, use), measures.caught(model, use)
    if cost > measures.budget:
        said = f"It costs {cost:g} thousand euros, which is above the budget."
        yield objection("intended_use.chosen", said, "no more than the budget", {"cost": cost})
    if caught < measures.target_caught:
        said = f"It catches {caught:.0f} deteriorations a month, too few."
        yield objection("intended_use.chosen", said, "at least as many as the hospitals pay for")
    return met(f"{cost:g} of {measures.budget:g} thousand euros, and {caught:.0f} deteriorations caught a month.")


@rubric.criterion(
    points=3, voice="sanna", skill="listen_and_synthesise", gate=True,
    hints=(
        "For each record: who told you the thing that decides it?",
        "Cite a fact that speaks for your choice and that somebody told you in the review. A number over all "
        "wards does not speak for a choice of wards.",
    ),
    rests_on=DECIDED,
    met="Each choice rests on something that you were told.",
    expected="at least one fact that speaks for each choice",
)  # fmt: skip
def evidence_speaks_for_the_choice(decision_log: DecisionLog, conversation: State, case: Case) -> Objections:
    """Each record cites a fact that speaks for its choice, none against it, only what was told, and three people."""
    yield from uncited(decision_log, conversation, case)
    model, use, _ = chosen(decision_log, case)
    voices = set()
    for place, record in accepted(decision_log):
        claim = record.chosen if record.topic == "alerting" else f"{model}_{use}"
        cited = [case.facts[id] for id in record.evidence if id in case.facts]
        voices |= {fact.held_by for fact in cited if fact.held_by}
        against = [fact for fact in cited if claim in fact.contradicts and fact.id in conversation.facts]
        if against:
            fact = against[0].label.rstrip(".")
            said = f"{ref(record).capitalize()} cites something that speaks against its choice: “{fact}”."
            yield objection(f"{place}.evidence", said)
        elif not any(claim in fact.supports for fact in cited):
            said = f"{ref(record).capitalize()} cites nothing that speaks for its choice."
            yield objection(f"{place}.evidence", said)
    if len(voices) < VOICES:
        said = f"Your three records rest on the words of {len(voices)} {'person' if len(voices) == 1 else 'people'}."
        yield objection("model.evidence", said, f"what at least {VOICES} people told you")
