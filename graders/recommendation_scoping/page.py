"""Criteria for what the PRD says in words and ids (A03): whole, short, resting on facts, built by its scope."""

from __future__ import annotations

from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.entries import FALLBACK_CARDS
from curriculum.roleplay.engine import State
from graders.common import PAGE_WORDS, heard, incomplete, uncited, word_count
from graders.recommendation_scoping.layout import BoardReading, read_board
from graders.recommendation_scoping.phrases import named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import chosen_model, metrics, models, roles
from graders.rubric import Objections, met, objection

LEAST_WORDS = 40


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="write_specs",
    gate=True,
    hints=(
        "Go through the form from top to bottom: what is blank?",
        "Each of the five screens needs its wireframe and its reply, each measure its numbers and its owner, each step "
        "of the rollout its day. Open questions are there only if there are any.",
    ),
    met="Every part of the page is there.",
)
def prd_is_complete(prd: Prd, case: Case) -> Objections:
    """Every part of the page is filled with real content."""
    yield from incomplete(
        prd, case, "problem", "problem_evidence", "outcome", "model", "why_model", "model_evidence",
        "contract.p50_ms", "contract.p95_ms", "contract.p99_ms", "contract.screen_budget_ms", "contract.timeout_ms",
        "contract.promise_ms", "contract.fallback",
        "contract.per_second", "contract.privacy", "screens", "counted_over", "test_weeks", "goals", "guardrails",
        "risks", "rollout", "taken_back_if", "sign_off_by", "approvals.model_api",
        "approvals.wireframes", "approvals.measures",
    )  # fmt: skip


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="write_specs",
    hints=(
        "Would somebody read it between two meetings?",
        f"At most {PAGE_WORDS} words of prose. Numbers and names in the form do not count.",
    ),
    rests_on=("prd.problem",),
    expected=f"{LEAST_WORDS} to {PAGE_WORDS} words, one page",
)
def prd_fits_on_a_page(prd: Prd) -> Objections:
    """The prose of the page is at most 600 words."""
    words = word_count(
        prd.problem, prd.outcome, prd.why_model, prd.taken_back_if,
        *(text for risk in prd.risks for text in (risk.risk, risk.answer)),
        *(question.question for question in prd.open_questions),
    )  # fmt: skip
    if not LEAST_WORDS <= words <= PAGE_WORDS:
        yield objection("problem", f"The page has {words} words of prose.")
    return met(f"{words} words.")


@rubric.criterion(
    points=2,
    voice="kofi",
    skill="write_specs",
    hints=(
        "How do you know that shoppers have this problem at all?",
        "The brief says of two numbers how they are in other shops. One of them is worse here.",
        "{{ facts[truth.problem].label }}",
    ),
    rests_on=("prd.problem_evidence",),
    expected="a fact about today's strip or pages that is worse than in other shops",
)
def problem_is_measured(prd: Prd, case: Case) -> Objections:
    """A fact about what shoppers meet today shows that the problem is there."""
    fact = case.facts.get(prd.problem_evidence)
    if fact is None or "problem" not in fact.supports:
        yield objection(
            "problem_evidence", f"You cite {prd.problem_evidence[:40]}, which shows no problem of shoppers."
        )
    return met(f"{prd.problem_evidence} shows it.")


@rubric.criterion(
    points=2,
    voice="noor",
    skill="weigh_trade_offs",
    hints=(
        "Which fact made you choose this model?",
        "Cite a fact under which this model fits the launch. A gain on past data alone is not enough when others say "
        "that it does not fit.",
    ),
    rests_on=("prd.model", "prd.model_evidence", "model_fits_this_launch"),
    expected="a fact that speaks for this model in this launch",
)
def model_choice_rests_on_evidence(prd: Prd, case: Case, conversation: State) -> Objections:
    """The fact that is cited for the model speaks for it."""
    model, fact = chosen_model(prd, case), case.facts.get(prd.model_evidence)
    claim = f"model:{model.id}"
    if fact is not None and not heard(case, fact.id, conversation):
        yield objection("model_evidence", f"{model.label}: nobody told you {fact.id}.")
    elif fact is None or claim not in fact.supports:
        against = "speaks against it" if fact and claim in fact.contradicts else "says nothing for it"
        yield objection("model_evidence", f"{model.label}: {prd.model_evidence[:40]} {against}.")
    return met(f"{model.label}: {prd.model_evidence} speaks for it.")


@rubric.criterion(
    points=3,
    voice="noor",
    skill="listen_and_synthesise",
    hints=(
        "Who told you each of the facts on the page?",
        "Your page cites a fact that nobody told you in this kick-off: ask for it, or cite one that you heard.",
    ),
    met="Everything that is cited was said.",
)
def prd_cites_what_was_said(prd: Prd, case: Case, conversation: State) -> Objections:
    """Every fact on the page was told in your kick-off or stands in the brief."""
    yield from uncited(prd, conversation, case)


@rubric.criterion(
    points=2,
    voice="wei",
    skill="write_specs",
    gate=True,
    hints=(
        "Who builds what the page promises?",
        "Model, screens for the bad days, a reason on the screen, bestsellers as fallback, a goal that a test has to "
        "show: each has a card. What it promises, a Must-Have builds, with all that the card needs.",
        "{% for model in entries.models.values() %}{{ model.label }}: {{ model.card }}{% for card in "
        "entries.cards[model.card].needs %}, {{ card }}{% endfor %}. {% endfor %}Screens: state_screens. A reason: "
        "why_line. Bestsellers: fallback_list. A goal: launch_test, exposure_log.",
    ),
    rests_on=("prd.model", "board.placements"),
    expected="the cards that build it, in Must-Have on your board",
)
def scope_builds_what_the_page_promises(prd: Prd, board: Board, case: Case) -> Objections:
    """Whatever the page promises is built by a Must-Have of the board, and no Must-Have builds a second model."""
    reading = read_board(board, case)
    used, days = chosen_model(prd, case), reading.must_days()
    # Where the Must-Haves do not fit at all, the board says so, and one mistake is told once.
    fits = all(days.get(id, 0.0) <= role.capacity for id, role in roles(case).items())
    for model in models(case).values() if fits else ():
        if model.id != used.id and reading.column.get(model.card) == "must":
            found = f"{named(case, 'cards', model.card)} is Must-Have, and the page uses {used.label}."
            yield objection("model", found, "one model: the other one waits, or is the one of the page")
    for what, place, cards in _promises(prd, case, reading):
        if away := [card for card in cards if reading.column.get(reading.same(card)) != "must"]:
            found = f"{what}: {len(away)} of the {len(cards)} cards on which that rests are no Must-Haves."
            yield objection(place, found)
    return met("Must-Haves build all that the page promises.")


def _promises(prd: Prd, case: Case, reading: BoardReading) -> list[tuple[str, str, list[str]]]:
    """What a page promises, where, and the cards that build it with all that they need."""
    known = metrics(case)
    promised = [(chosen_model(prd, case).label, "model", [chosen_model(prd, case).card])]
    if any(screen.wireframe for screen in prd.screens.by_state().values()):
        promised.append(("Screens for the bad days", "screens", ["state_screens"]))
    if prd.screens.normal.wireframe in ("row_why", "row_notice_why"):
        promised.append(("A reason on the screen", "screens.normal.wireframe", ["why_line"]))
    if card := FALLBACK_CARDS.get(prd.contract.fallback):
        fallback = named(case, "fallbacks", prd.contract.fallback)
        promised.append((fallback, "contract.fallback", [card]))
    for number, goal in enumerate(prd.goals, start=1):
        if goal.metric in known and known[goal.metric].sort in ("business", "user"):
            what = f"A change in “{known[goal.metric].label.lower()}” that a test can show"
            promised.append((what, f"goals[{number}]", ["launch_test", "exposure_log"]))
    return [
        (what, place, sorted({*cards, *(need for card in cards for need in reading.closure(card))}))
        for what, place, cards in promised
    ]
