"""Criteria for the contract with the model (A03): how fast it is, what goes in, what comes out."""

from __future__ import annotations

from curriculum.artifacts.agenda import Agenda
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.entries import PERSONAL_FIELDS
from curriculum.roleplay.engine import State
from graders.common import PERCENTILE_TOLERANCE, listed, near
from graders.recommendation_scoping.phrases import amount, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import models
from graders.rubric import Verdict, met, unmet


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
)
def model_answers_in_time(prd: Prd, case: Case) -> Verdict:
    """In a full shop, 95 of 100 answers of the chosen model arrive while the screen can still wait."""
    truth = case.truth
    if prd.model not in truth.p95_at_peak:
        return unmet("No model is chosen.", "a model that answers in time")
    real, budget = truth.p95_at_peak[prd.model], truth.screen_budget_ms
    row = {
        "model": prd.model, "p95 in the traces, ms": round(truth.latency[prd.model].p95, 1),
        "p95 in a full shop, ms": round(real, 1), "the screen can wait, ms": budget,
    }  # fmt: skip
    who = named(case, "models", [prd.model])
    if real <= budget:
        return met(f"{who}: {real:.0f} ms, and the screen can wait {budget} ms.", row)
    return unmet(
        f"{who}: {real:.0f} ms in a full shop, and the screen can wait {budget} ms.", "a model that is fast enough", row
    )


@rubric.criterion(
    points=2,
    voice="wei",
    skill="domain_literacy",
    hints=(
        "From which column of the traces did you take these numbers?",
        "The requests that are slow in one part are not those that are slow in another, so the sum of the parts' p95s "
        "is the p95 of nothing.",
        "Take the column total_ms of your model, and from it the values at 50, 95 and 99 %.",
    ),
)
def percentiles_are_end_to_end(prd: Prd, case: Case) -> Verdict:
    """p50, p95 and p99 of the chosen model are those of whole requests in the traces, within 5 %."""
    truth = case.truth
    if prd.model not in truth.latency:
        return unmet("No model is chosen.", "a model, and its percentiles")
    seen = truth.latency[prd.model]
    stated = (("p50", prd.contract.p50_ms, seen.p50), ("p95", prd.contract.p95_ms, seen.p95),
              ("p99", prd.contract.p99_ms, seen.p99))  # fmt: skip
    rows = [{"percentile": name, "stated, ms": amount(value), "in the traces, ms": round(true, 1)}
            for name, value, true in stated]  # fmt: skip
    wrong = [item for item in stated if not near(item[1], item[2], relative=PERCENTILE_TOLERANCE)]
    if not wrong:
        return met(f"p95 is {seen.p95:.0f} ms end to end, as in the traces.", *rows)
    name, value, true = wrong[0]
    remark = ""
    if name == "p95" and near(value, seen.sum_of_p95, relative=PERCENTILE_TOLERANCE):
        remark = " That is the sum of the parts' p95s."
    elif name != "p99" and near(value, seen.mean, relative=0.01):
        remark = " That is the mean."
    return unmet(f"You state {amount(value)} ms for {name}.{remark}", f"{true:.0f} ms, from whole requests", *rows)


@rubric.criterion(
    points=1,
    voice="ines",
    skill="listen_and_synthesise",
    hints=(
        "Who knows how long the screen can wait?",
        "Inês measured it. Ask her in the kick-off and write the number down as she said it.",
    ),
)
def screen_budget_is_the_designers(prd: Prd, case: Case, conversation: State) -> Verdict:
    """How long the screen can wait is the number that the designer told you."""
    stated, true = prd.contract.screen_budget_ms, case.truth.screen_budget_ms
    if not conversation.knows("screen_budget"):
        return unmet(
            f"You state {amount(stated)} ms, and nobody has told you how long the screen can wait.",
            "the number from the designer", {"fact": "screen_budget", "only known to": case.people["ines"].label},
        )  # fmt: skip
    row = {"stated, ms": amount(stated), "told, ms": true}
    if near(stated, true, absolute=0.5):
        return met(f"{true} ms, as Inês said.", row)
    return unmet(f"You state {amount(stated)} ms; Inês said {true} ms.", f"{true} ms", row)


@rubric.criterion(
    points=1,
    voice="ines",
    skill="translate_constraints",
    hints=(
        "What do people see while the page still waits for an answer?",
        "Giving up later than the screen can wait makes the page jump; giving up before the model's p95 throws away "
        "good answers.",
        "Choose a number between your model's p95 in a full shop and what the screen can wait.",
    ),
)
def timeout_fits_the_screen(prd: Prd, case: Case) -> Verdict:
    """The page gives up no later than the screen can wait, and not before 95 of 100 answers are there."""
    return _between(prd.contract.timeout_ms, prd, case, "The page gives up after", "to give up")


@rubric.criterion(
    points=1,
    voice="wei",
    skill="translate_constraints",
    hints=(
        "At which number should somebody be called at night?",
        "A promise below what the model does is broken on the first day; above what the screen can wait it helps "
        "nobody.",
    ),
)
def promise_can_be_kept(prd: Prd, case: Case) -> Verdict:
    """The promised p95 lies between what the model does and what the screen can wait."""
    return _between(prd.contract.promise_ms, prd, case, "You promise", "to promise")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="build_compliance_in",
    hints=(
        "What does this model need to answer, and what do you send beyond that?",
        "The table models lists needs_fields: send those, and nothing about the visitor that is not among them.",
    ),
)
def request_holds_what_is_needed(prd: Prd, case: Case) -> Verdict:
    """The page sends all that the model needs, and nothing about the visitor that it does not need."""
    model = models(case).get(prd.model)
    if model is None:
        return unmet("No model is chosen.", "a model, and what it needs")
    sent = set(prd.contract.request)
    row = {"sent": listed(sorted(sent), 6), "needed": listed(list(model.needs))}
    lacking = [id for id in model.needs if id not in sent]
    beyond = sorted(sent & PERSONAL_FIELDS - set(model.needs))
    if lacking:
        return unmet(f"{model.label} needs {named(case, 'request_fields', lacking)}.", "all that it needs", row)
    if beyond:
        words = named(case, "request_fields", beyond)
        return unmet(f"You send “{words}”, which {model.label} does not need.", "only what it needs", row)
    return met("It gets what it needs, and no more about the visitor.", row)


@rubric.criterion(
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "Can this model fill every value that you ask for?",
        "The table models lists returns_fields. Only one of the models can say why it suggests something.",
    ),
)
def answer_can_be_filled(prd: Prd, case: Case) -> Verdict:
    """The chosen model can fill every value of the answer, and each is named once, with its type."""
    model = models(case).get(prd.model)
    if model is None:
        return unmet("No model is chosen.", "a model, and what it returns")
    names = [field.name for field in prd.contract.response]
    row = {"the answer holds": listed(names, 8), "the model returns": listed(list(model.returns), 8)}
    beyond = [name for name in names if name not in model.returns]
    untyped = [field.name for field in prd.contract.response if not field.type]
    if beyond:
        words = named(case, "response_fields", beyond)
        return unmet(f"{model.label} cannot return “{words}”.", "only values that it returns", row)
    if len(set(names)) < len(names):
        return unmet("A value is named twice.", "each value once", row)
    if untyped:
        return unmet(f"No type with {named(case, 'response_fields', untyped)}.", "a type with each value", row)
    if "items" not in names:
        return unmet("The answer holds no suggested items.", "at least the items", row)
    return met(f"{model.label} can fill it.", row)


@rubric.criterion(
    points=1,
    voice="noor",
    skill="domain_literacy",
    hints=(
        "When the model says 0.8, of how many purchases in 100 does it speak?",
        "The table models says what each model's confidence means. A rank is no share: 0.8 is better than 0.7, and "
        "that is all.",
    ),
)
def confidence_means_what_it_says(prd: Prd, case: Case) -> Verdict:
    """What the confidence means is stated as the chosen model computes it, with a bound for being unsure."""
    model, contract = models(case).get(prd.model), prd.contract
    if model is None:
        return unmet("No model is chosen.", "a model, and what its confidence means")
    row = {"stated": contract.confidence_means or "(blank)", "of this model": model.score,
           "unsure below": amount(contract.unsure_below)}  # fmt: skip
    if contract.confidence_means != model.score:
        return unmet(f"You state “{row['stated']}” for {model.label}.", model.score, row)
    if contract.unsure_below is None or not 0 < contract.unsure_below < 1:
        return unmet(f"Unsure below {row['unsure below']}.", "a number between 0 and 1", row)
    return met(f"A {model.score}, unsure below {contract.unsure_below:g}.", row)


@rubric.criterion(
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "How many requests come in on the busiest evening?",
        "The brief says how many product pages are opened per second then; the model must carry at least that.",
    ),
)
def busiest_evening_is_carried(prd: Prd, case: Case) -> Verdict:
    """The model must carry at least as many requests per second as the busiest evening brings."""
    stated, peak = prd.contract.per_second, case.truth.peak_per_second
    row = {"stated per second": amount(stated), "busiest evening": peak}
    if stated is not None and peak <= stated <= 20 * peak:
        return met(f"{stated:g} per second; the busiest evening brings {peak}.", row)
    return unmet(f"You ask for {amount(stated)} per second; the busiest evening brings {peak}.", f"{peak} or more", row)


@rubric.criterion(
    points=1,
    voice="ines",
    skill="write_specs",
    hints=(
        "Does the page say the same as the kick-off page about the screen?",
        "How long the screen can wait stands on both pages, and has to be the same number.",
    ),
)
def both_pages_state_one_budget(prd: Prd, agenda: Agenda) -> Verdict:
    """Where the kick-off page says how long the screen can wait, the PRD says the same."""
    points = [point for slot in agenda.slots for point in slot.points if point.fact == "screen_budget"]
    stated = prd.contract.screen_budget_ms
    rows = [{"kick-off page, ms": amount(point.number), "PRD, ms": amount(stated)} for point in points]
    for point in points:
        if not near(stated, point.number if point.number is not None else float("inf"), absolute=0.5):
            return unmet(
                f"{amount(point.number)} ms on the kick-off page, {amount(stated)} ms in the PRD.", "one number", *rows
            )
    return met("The pages agree." if points else "Only the PRD states it.", *rows)


def _between(stated: float | None, prd: Prd, case: Case, found: str, purpose: str) -> Verdict:
    truth = case.truth
    if prd.model not in truth.p95_at_peak:
        return unmet("No model is chosen.", "a model with a p95")
    least, most = truth.p95_at_peak[prd.model], truth.screen_budget_ms
    row = {"stated, ms": amount(stated), "p95 of the model, ms": round(least, 1), "the screen can wait, ms": most}
    if stated is None:
        return unmet(f"{found} (no number).", "a number of milliseconds", row)
    if least > most:
        found = f"{found} {stated:g} ms; the model takes {least:.0f} ms, and the screen can wait {most} ms."
        return unmet(found, "a model that is faster than the screen's limit", row)
    if stated > most:
        return unmet(f"{found} {stated:g} ms; the screen can wait {most} ms.", f"{most} ms or less", row)
    if stated < least:
        return unmet(
            f"{found} {stated:g} ms; 95 of 100 answers take up to {least:.0f} ms.", f"{least:.0f} ms or more {purpose}",
            row,
        )  # fmt: skip
    return met(f"{found} {stated:g} ms: after the p95 of {least:.0f}, within the {most} of the screen.", row)
