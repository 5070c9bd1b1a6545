"""Criteria for the contract with the model (A03): how fast it is, what goes in, what comes out."""

from __future__ import annotations

from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.draw import DAYS, HISTORY, NO_BETTER, SLOW
from curriculum.cases.recommendation_scoping.truth import PERSONAL_FIELDS
from curriculum.roleplay.engine import State
from graders.common import PERCENTILE_TOLERANCE, near
from graders.recommendation_scoping.phrases import amount, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import CHANCE_PERCENT, chosen_model, least_promise, wireframes
from graders.rubric import Objections, met, objection

MOST_TIMES_THE_PEAK = 5
"""A model that must carry more than so many times the busiest evening is paid for and not used."""

REASONS = {
    SLOW: "in a full shop it is slower than the screen can wait",
    DAYS: "it takes more days of ML engineering than there are",
    HISTORY: "it learns from older visits than may be kept",
    NO_BETTER: "on held-out purchases it is no better than today's strip",
}


@rubric.criterion(
    points=5,
    voice="noor",
    skill="weigh_trade_offs",
    gate=True,
    hints=(
        "What has to hold of a model before it can be launched here?",
        "It answers in a full shop while the screen waits; its work fits the days; it learns from nothing older than "
        "may be kept; and on held-out purchases it is better than today's strip.",
        "Which of these rules a model out differs from shop to shop. Ask Wei for the load test and Samir for what may "
        "be kept; the rest stands in the tables models, cards and capacity.",
        "What does not fit here: {% for model, why in truth.unfit.items() %}{{ entries.models[model].label }}"
        "{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("prd.model",),
    expected="a model that is quick enough in a full shop, fits the days, learns only from what may be kept, and is "
    "better than today's strip",
)
def model_fits_this_launch(prd: Prd, case: Case) -> Objections:
    """The chosen model is quick enough, can be built, may learn what it learns, and is better than today's strip."""
    model = chosen_model(prd, case)
    if why := case.truth.unfit.get(model.id):
        row = {"model": model.id, "tables": "models, cards, capacity, traces", "people": "Wei, Samir"}
        yield objection("model", f"{model.label}: {REASONS[why]}.", "", row)
    return met(f"{model.label}: nothing speaks against it here.")


@rubric.criterion(
    points=5,
    voice="wei",
    skill="domain_literacy",
    gate=True,
    hints=(
        "From which column of the traces did you take this number?",
        "The requests that are slow in one part are not those that are slow in another, so the sum of the parts' p95s "
        "is the p95 of nothing.",
        "Take the column total_ms of your model, and from it the value at 95 %.",
        "In ms at 95 %: {% for id, seen in truth.latency.items() %}{{ entries.models[id].label }} "
        "{{ seen.p95 | number(1) }}. {% endfor %}",
    ),
    rests_on=("prd.contract.p95_ms", "prd.model"),
    expected="the p95 of whole requests of this model in the traces, within 5 %",
)
def p95_is_end_to_end(prd: Prd, case: Case) -> Objections:
    """The p95 of the chosen model is that of whole requests in the traces, within 5 %."""
    model = chosen_model(prd, case)
    seen, value = case.truth.latency[model.id], prd.contract.p95_ms
    if not near(value, seen.p95, relative=PERCENTILE_TOLERANCE):
        added = near(value, seen.sum_of_p95, relative=PERCENTILE_TOLERANCE)
        remark = " That is the sum of the parts' p95s." if added else ""
        row = {"table": "traces", "model": model.id, "column": "total_ms", "percentile": "p95"}
        yield objection("contract.p95_ms", f"For p95 you state {amount(value, 'ms')}.{remark}", "", row)
    return met(f"p95 is {amount(value, 'ms')} end to end, as in the traces.")


@rubric.criterion(
    points=3,
    voice="wei",
    skill="domain_literacy",
    hints=(
        "Which request stands in the middle, and which is slower than all but one of a hundred?",
        "Take the column total_ms of your model at 50 and at 99 %. The mean is neither of them.",
        "In ms at 50 and 99 %: {% for id, seen in truth.latency.items() %}{{ entries.models[id].label }} "
        "{{ seen.p50 | number(1) }}, {{ seen.p99 | number(1) }}. {% endfor %}",
    ),
    rests_on=("prd.contract.p50_ms", "prd.contract.p99_ms", "prd.model"),
    met="The usual wait and the long one are those of the traces.",
    expected="the values at 50 and 99 % of whole requests of this model in the traces, within 5 %",
)
def usual_and_long_waits_are_measured(prd: Prd, case: Case) -> Objections:
    """p50 and p99 of the chosen model are those of whole requests in the traces, within 5 %."""
    model = chosen_model(prd, case)
    seen = case.truth.latency[model.id]
    for name in ("p50", "p99"):
        value = getattr(prd.contract, f"{name}_ms")
        if not near(value, getattr(seen, name), relative=PERCENTILE_TOLERANCE):
            remark = " That is the mean." if name == "p50" and near(value, seen.mean, relative=0.01) else ""
            row = {"table": "traces", "model": model.id, "column": "total_ms", "percentile": name}
            yield objection(f"contract.{name}_ms", f"For {name} you state {amount(value, 'ms')}.{remark}", "", row)


@rubric.criterion(
    points=4,
    voice="ines",
    skill="listen_and_synthesise",
    gate=True,
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
    points=5,
    voice="ines",
    skill="translate_constraints",
    gate=True,
    hints=(
        "What do people see while the page still waits for an answer?",
        "Giving up later than the screen can wait makes the page jump; giving up before the model's p95 throws away "
        "good answers.",
        "Choose a number between your model's p95 in a full shop and what the screen can wait.",
        "The screen can wait {{ truth.screen_budget_ms }} ms; in a full shop, 95 of 100 answers take: {% for model, "
        "p95 in truth.p95_at_peak.items() %}{{ entries.models[model].label }} {{ p95 | number(1) }} ms"
        "{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("prd.contract", "model_fits_this_launch"),
    expected="no earlier than 95 of 100 answers are there, and no later than the screen can wait",
)
def timeout_fits_the_screen(prd: Prd, case: Case) -> Objections:
    """The page gives up no later than the screen can wait, and not before 95 of 100 answers are there."""
    return (yield from _between("timeout_ms", prd, case, "The page gives up after"))


@rubric.criterion(
    points=5,
    voice="wei",
    skill="translate_constraints",
    hints=(
        "At which number should somebody be called at night?",
        "A promise at or below what the model does is broken every other evening; above what the screen can wait it "
        "helps nobody.",
        "At most {{ truth.screen_budget_ms }} ms, and at least: {% for model, p95 in truth.p95_at_peak.items() %}"
        f"{{{{ entries.models[model].label }}}} {{{{ ({1 + CHANCE_PERCENT / 100:g} * p95) | number(1) }}}} ms"
        "{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("prd.contract", "model_fits_this_launch"),
    expected=f"at least {CHANCE_PERCENT:g} % more than 95 of 100 answers take, and no more than the screen can wait",
)
def promise_can_be_kept(prd: Prd, case: Case) -> Objections:
    """The promised p95 lies above what the model does in a full shop, and not beyond what the screen can wait."""
    promise, p95 = prd.contract.promise_ms, case.truth.p95_at_peak[prd.model]
    if promise is not None and p95 <= promise < least_promise(prd, case):
        yield objection("contract.promise_ms", f"You promise {amount(promise, 'ms')}; chance alone breaks that.")
    return (yield from _between("promise_ms", prd, case, "You promise"))


@rubric.criterion(
    points=3,
    voice="samir",
    skill="build_compliance_in",
    gate=True,
    hints=(
        "What does this model need to answer, and what do you send beyond that?",
        "The table models lists needs_fields: send those, and nothing about the visitor that is not among them.",
    ),
    rests_on=("prd.contract", "prd.model", "model_fits_this_launch"),
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
    points=2,
    voice="wei",
    skill="write_specs",
    hints=(
        "Can this model fill every value that you ask for, and is every value there that a screen shows?",
        "The table models lists returns_fields, the table wireframes what each screen shows.",
    ),
    rests_on=("prd.model", "prd.screens"),
    expected="values among returns_fields in the table models, and all that your screens show",
)
def answer_holds_what_screens_show(prd: Prd, case: Case) -> Objections:
    """The chosen model can fill every value of the answer, and the answer holds all that the screens show."""
    model, frames = chosen_model(prd, case), wireframes(case)
    for number, id in enumerate(prd.contract.response, start=1):
        if id not in model.returns:
            words = f"{model.label}: it cannot return “{named(case, 'response_fields', id)}”."
            yield objection(f"contract.response[{number}]", words)
    known = case.registry.entries("response_fields")
    for state, screen in prd.screens.by_state().items():
        frame = frames.get(screen.wireframe)
        if beyond := [v for v in frame.shows if v in known and v not in prd.contract.response] if frame else []:
            words = f"{named(case, 'wireframes', screen.wireframe)} shows “{named(case, 'response_fields', *beyond)}”"
            yield objection(f"screens.{state}.wireframe", f"{words}, which the answer does not hold.")
    return met(f"{model.label}: it fills all that the screens show.")


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
    points=5,
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
