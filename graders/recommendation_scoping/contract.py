"""Criteria for the contract with the model (A03): how fast it is, what goes in, what comes out."""

from __future__ import annotations

from curriculum.artifacts.agenda import Agenda
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.entries import PERSONAL_FIELDS
from curriculum.roleplay.engine import State
from graders.common import PERCENTILE_TOLERANCE, near
from graders.recommendation_scoping.phrases import amount, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import chosen_model
from graders.rubric import Objections, met, objection

MOST_TIMES_THE_PEAK = 20
"""A model that must carry more than so many times the busiest evening is paid for and not used."""


@rubric.criterion(
    points=2,
    voice="ines",
    skill="translate_constraints",
    gate=True,
    hints=(
        "How long can the screen wait, and how long does this model take when the shop is full?",
        "One model's traces come from a quiet night with a warm cache. Who can tell you how it does in a full shop?",
        "The deep model does not answer within what the screen can wait; the other two do.",
    ),
    rests_on=("prd.model",),
    expected="a model of which 95 of 100 answers in a full shop arrive before the screen stops waiting",
)
def model_answers_in_time(prd: Prd, case: Case) -> Objections:
    """In a full shop, 95 of 100 answers of the chosen model arrive while the screen can still wait."""
    model = chosen_model(prd, case)
    if case.truth.p95_at_peak[model.id] > case.truth.screen_budget_ms:
        row = {"model": model.id, "how long the screen can wait": "Inês", "load test of a full shop": "Wei"}
        yield objection("model", f"{model.label}: too slow for the screen in a full shop.", "", row)
    return met(f"{model.label}: it answers while the screen can still wait.")


@rubric.criterion(
    points=2,
    voice="wei",
    skill="domain_literacy",
    hints=(
        "From which column of the traces did you take these numbers?",
        "The requests that are slow in one part are not those that are slow in another, so the sum of the parts' p95s "
        "is the p95 of nothing.",
        "Take the column total_ms of your model, and from it the values at 50, 95 and 99 %.",
        "In ms at 50, 95 and 99 %: {% for id, seen in truth.latency.items() %}{{ entries.models[id].label }} "
        "{{ seen.p50 | number(1) }}, {{ seen.p95 | number(1) }}, {{ seen.p99 | number(1) }}. {% endfor %}",
    ),
    rests_on=("prd.contract", "prd.model"),
    expected="the percentiles of whole requests of this model in the traces, within 5 %",
)
def percentiles_are_end_to_end(prd: Prd, case: Case) -> Objections:
    """p50, p95 and p99 of the chosen model are those of whole requests in the traces, within 5 %."""
    model = chosen_model(prd, case)
    seen = case.truth.latency[model.id]
    for name in ("p50", "p95", "p99"):
        value, remark = getattr(prd.contract, f"{name}_ms"), ""
        if near(value, getattr(seen, name), relative=PERCENTILE_TOLERANCE):
            continue
        if name == "p95" and near(value, seen.sum_of_p95, relative=PERCENTILE_TOLERANCE):
            remark = " That is the sum of the parts' p95s."
        elif name != "p99" and near(value, seen.mean, relative=0.01):
            remark = " That is the mean."
        row = {"table": "traces", "model": model.id, "column": "total_ms", "percentile": name}
        yield objection(f"contract.{name}_ms", f"For {name} you state {amount(value, 'ms')}.{remark}", "", row)
    return met(f"p95 is {amount(prd.contract.p95_ms, 'ms')} end to end, as in the traces.")


@rubric.criterion(
    points=1,
    voice="ines",
    skill="listen_and_synthesise",
    hints=(
        "Who knows how long the screen can wait?",
        "Inês measured it. Ask her in the kick-off and write the number down as she said it.",
        "{{ facts.screen_budget.label }}",
    ),
    rests_on=("prd.contract",),
    expected="the milliseconds that the designer told you",
)
def screen_budget_is_the_designers(prd: Prd, case: Case, conversation: State) -> Objections:
    """How long the screen can wait is the number that the designer told you."""
    stated = amount(prd.contract.screen_budget_ms, "ms")
    if not conversation.knows("screen_budget"):
        row = {"fact": "screen_budget", "who could tell you": case.people["ines"].label}
        found = f"You state {stated}, and nobody has told you how long the screen can wait."
        yield objection(rubric.conversations[0], found, "", row)
    elif not near(prd.contract.screen_budget_ms, case.truth.screen_budget_ms, absolute=0.5):
        yield objection("contract.screen_budget_ms", f"You state {stated}; Inês said another number.")
    return met(f"{stated}, as Inês said.")


@rubric.criterion(
    points=1,
    voice="ines",
    skill="translate_constraints",
    hints=(
        "What do people see while the page still waits for an answer?",
        "Giving up later than the screen can wait makes the page jump; giving up before the model's p95 throws away "
        "good answers.",
        "Choose a number between your model's p95 in a full shop and what the screen can wait.",
        "The screen can wait {{ truth.screen_budget_ms }} ms; in a full shop, 95 of 100 answers take "
        "{{ truth.p95_at_peak.light | number(1) }} ms with the light model, {{ truth.p95_at_peak.rules | number(1) }} "
        "ms with the rules.",
    ),
    rests_on=("prd.contract", "model_answers_in_time"),
    expected="no earlier than 95 of 100 answers are there, and no later than the screen can wait",
)
def timeout_fits_the_screen(prd: Prd, case: Case) -> Objections:
    """The page gives up no later than the screen can wait, and not before 95 of 100 answers are there."""
    return (yield from _between("timeout_ms", prd, case, "The page gives up after"))


@rubric.criterion(
    points=1,
    voice="wei",
    skill="translate_constraints",
    hints=(
        "At which number should somebody be called at night?",
        "A promise below what the model does is broken on the first day; above what the screen can wait it helps "
        "nobody.",
        "At most {{ truth.screen_budget_ms }} ms, and at least {{ truth.p95_at_peak.light | number(1) }} ms with the "
        "light model or {{ truth.p95_at_peak.rules | number(1) }} ms with the rules.",
    ),
    rests_on=("prd.contract", "model_answers_in_time"),
    expected="no less than 95 of 100 answers take, and no more than the screen can wait",
)
def promise_can_be_kept(prd: Prd, case: Case) -> Objections:
    """The promised p95 lies between what the model does and what the screen can wait."""
    return (yield from _between("promise_ms", prd, case, "You promise"))


@rubric.criterion(
    points=1,
    voice="samir",
    skill="build_compliance_in",
    hints=(
        "What does this model need to answer, and what do you send beyond that?",
        "The table models lists needs_fields: send those, and nothing about the visitor that is not among them.",
    ),
    rests_on=("prd.contract.request", "prd.model"),
    met="It gets what it needs, and no more about the visitor.",
    expected="all of needs_fields in the table models, and nothing else about the visitor",
)
def request_holds_what_is_needed(prd: Prd, case: Case) -> Objections:
    """The page sends all that the model needs, and nothing about the visitor that it does not need."""
    model = chosen_model(prd, case)
    if not set(model.needs) <= set(prd.contract.request):
        row = {"table": "models", "model": model.id, "column": "needs_fields"}
        yield objection("contract.request", f"{model.label}: it needs more than you send.", "", row)
    for number, id in enumerate(prd.contract.request, start=1):
        if id in PERSONAL_FIELDS and id not in model.needs:
            words = f"{model.label}: you send “{named(case, 'request_fields', id)}”, which it does not need."
            yield objection(f"contract.request[{number}]", words)


@rubric.criterion(
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "Can this model fill every value that you ask for?",
        "The table models lists returns_fields. Only one of the models can say why it suggests something.",
    ),
    rests_on=("prd.contract.response", "prd.model"),
    expected="values among returns_fields in the table models, each once and with its type; the items at least",
)
def answer_can_be_filled(prd: Prd, case: Case) -> Objections:
    """The chosen model can fill every value of the answer, and each is named once, with its type."""
    model = chosen_model(prd, case)
    seen: set[str] = set()
    for number, field in enumerate(prd.contract.response, start=1):
        place, name = f"contract.response[{number}]", named(case, "response_fields", field.name)
        if field.name not in model.returns:
            yield objection(f"{place}.name", f"{model.label}: it cannot return “{name}”.")
        if field.name in seen:
            yield objection(f"{place}.name", f"“{name}” is named twice.")
        if not field.type:
            yield objection(f"{place}.type", f"No type with “{name}”.")
        seen.add(field.name)
    if "items" not in seen:
        yield objection("contract.response", "The answer holds no suggested items.")
    return met(f"{model.label}: it can fill every value.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="domain_literacy",
    hints=(
        "When the model says 0.8, of how many purchases in 100 does it speak?",
        "The table models says what each model's confidence means. A rank is no share: 0.8 is better than 0.7, and "
        "that is all.",
    ),
    rests_on=("prd.contract", "prd.model"),
)
def confidence_means_what_it_says(prd: Prd, case: Case) -> Objections:
    """What the confidence means is stated as the chosen model computes it, with a bound for being unsure."""
    contract = prd.contract
    model = chosen_model(prd, case)
    if contract.confidence_means != model.score:
        row = {"table": "models", "model": model.id, "column": "confidence_means"}
        found = f"{model.label}: you state “{contract.confidence_means or '(blank)'}”."
        yield objection("contract.confidence_means", found, "what the table models says of this model", row)
    if contract.unsure_below is None or not 0 < contract.unsure_below < 1:
        found = f"Unsure below: {amount(contract.unsure_below)}."
        yield objection("contract.unsure_below", found, "a number between 0 and 1")
    return met(f"A {model.score}, unsure below {amount(contract.unsure_below)}.")


@rubric.criterion(
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "How many requests come in on the busiest evening?",
        "The brief says how many product pages are opened per second then; the model must carry at least that.",
        "{{ facts.busiest_evening.label }}",
    ),
    rests_on=("prd.contract",),
    expected=f"what the brief says of the busiest evening, or up to {MOST_TIMES_THE_PEAK} times as many",
)
def busiest_evening_is_carried(prd: Prd, case: Case) -> Objections:
    """The model must carry at least as many requests per second as the busiest evening brings."""
    stated, peak = prd.contract.per_second, case.truth.peak_per_second
    if stated is None or not peak <= stated <= MOST_TIMES_THE_PEAK * peak:
        yield objection("contract.per_second", f"Requests per second that it must carry: {amount(stated)}.")
    return met(f"{amount(stated)} per second; that is enough on the busiest evening.")


@rubric.criterion(
    points=1,
    voice="ines",
    skill="write_specs",
    hints=(
        "Does the page say the same as the kick-off page about the screen?",
        "How long the screen can wait stands on both pages, and has to be the same number.",
    ),
    rests_on=("prd.contract", "prd.contract.screen_budget_ms"),
    met="Nothing on the kick-off page speaks against it.",
    expected="one number on both pages",
)
def both_pages_state_one_budget(prd: Prd, agenda: Agenda) -> Objections:
    """Where the kick-off page says how long the screen can wait, the PRD says the same."""
    stated = prd.contract.screen_budget_ms
    for point in (point for slot in agenda.slots for point in slot.points if point.fact == "screen_budget"):
        if point.number is None or not near(stated, point.number, absolute=0.5):
            found = f"{amount(point.number, 'ms')} on the kick-off page, {amount(stated, 'ms')} in the PRD."
            yield objection("contract.screen_budget_ms", found)


def _between(field: str, prd: Prd, case: Case, found: str) -> Objections:
    """What speaks against milliseconds that lie outside of what the chosen model, which is fast enough, needs and
    the screen can wait."""
    stated = getattr(prd.contract, field)
    found = f"{found} {amount(stated, 'ms')}"
    if stated is None:
        yield objection(f"contract.{field}", f"{found}.", "a number of milliseconds")
    elif stated > case.truth.screen_budget_ms:
        yield objection(f"contract.{field}", f"{found}; that is longer than the screen can wait.")
    elif stated < case.truth.p95_at_peak[prd.model]:
        yield objection(f"contract.{field}", f"{found}; more than 5 of 100 answers take longer.")
    return met(f"{found}: 95 of 100 answers are there, and the screen still waits.")
