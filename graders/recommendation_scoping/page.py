"""Criteria for what the PRD says in words and ids (A03): whole, short, agreed with the board, resting on facts."""

from __future__ import annotations

from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import PAGE_WORDS, incomplete, uncited, word_count
from graders.recommendation_scoping.layout import read_board
from graders.recommendation_scoping.phrases import ids, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import chosen_model
from graders.rubric import Objections, met, objection

LEAST_NON_GOALS = 2


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="write_specs",
    gate=True,
    hints=(
        "Go through the form from top to bottom: what is blank?",
        "The contract also has an address, a model version, error codes and a refresh; the page has open questions, "
        "a rollout and the day by which it is to be signed.",
    ),
    met="Every part of the page is there.",
)
def prd_is_complete(prd: Prd, case: Case) -> Objections:
    """Every part of the page is filled with real content."""
    yield from incomplete(
        prd, case, "problem", "users", "outcome", "scope", "model", "why_model", "contract.endpoint",
        "contract.request", "contract.response", "contract.model_version", "contract.error_codes",
        "contract.refreshed_hours", "states", "measures", "risks", "rollout", "open_questions", "sign_off_by",
        "approvals",
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
    expected=f"60 to {PAGE_WORDS} words, one page",
)
def prd_fits_on_a_page(prd: Prd) -> Objections:
    """The prose of the page is at most 600 words."""
    words = word_count(
        prd.problem, prd.users, prd.outcome, prd.why_model,
        *(item.why for item in prd.non_goals), *(step.stop_if for step in prd.rollout),
        *(text for risk in prd.risks for text in (risk.risk, risk.answer)),
        *(question.question for question in prd.open_questions),
    )  # fmt: skip
    if not 60 <= words <= PAGE_WORDS:
        yield objection("problem", f"The page has {words} words of prose.")
    return met(f"{words} words.")


@rubric.criterion(
    points=2,
    voice="ruth",
    skill="write_specs",
    hints=(
        "Put the page and the board side by side.",
        "The scope of the page is the list of Must-Haves of your board: no card more, no card less.",
    ),
    rests_on=("prd.scope", "board.placements"),
    expected="the same cards in the scope as in Must-Have",
)
def scope_is_the_must_haves(prd: Prd, board: Board, case: Case) -> Objections:
    """The scope is exactly the Must-Haves of the board."""
    reading = read_board(board, case)
    scope = {reading.same(id): f"scope[{number}]" for number, id in enumerate(prd.scope, start=1) if id}
    for id in sorted(scope.keys() - set(reading.musts)):
        yield objection(scope[id], f"In the scope and no Must-Have: {named(case, 'cards', id)}.")
    for id in sorted(set(reading.musts) - scope.keys()):
        yield objection("scope", f"Must-Have and not in the scope: {named(case, 'cards', id)}.")
    return met(f"The same {len(scope)} cards on the board and on the page.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="write_specs",
    hints=(
        "What will people ask for although it was deferred?",
        "Name at least two cards that are Deferred on your board, each with why it is left out.",
    ),
    rests_on=("board.placements",),
    expected=f"at least {LEAST_NON_GOALS} cards that are Deferred on your board, each with a reason",
)
def non_goals_are_deferred(prd: Prd, board: Board, case: Case) -> Objections:
    """At least two non-goals are named, each with a reason, and each is Deferred on the board."""
    deferred = read_board(board, case).deferred
    for number, item in enumerate(prd.non_goals, start=1):
        card = named(case, "cards", item.card)
        if item.card not in deferred:
            yield objection(f"non_goals[{number}].card", f"{card} is a non-goal and not Deferred on your board.")
        elif word_count(item.why) < 3:
            yield objection(f"non_goals[{number}].why", f"{card} is a non-goal and has no reason.")
    if len({item.card for item in prd.non_goals}) < LEAST_NON_GOALS:
        yield objection("non_goals", f"Non-goals named: {len(prd.non_goals)}.")
    return met(f"{len(prd.non_goals)} non-goals, all Deferred on the board.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="write_specs",
    hints=(
        "How do you know that shoppers have this problem at all?",
        "A fact about today's strip shows it: the brief holds one, and support knows another.",
    ),
)
def problem_is_measured(prd: Prd, case: Case) -> Objections:
    """A fact about what shoppers meet today shows that the problem is there."""
    cited = [id for id in prd.problem_evidence if id]
    showing = [id for id in cited if id in case.facts and "problem" in case.facts[id].supports]
    if not showing:
        found = f"You cite {ids(cited)}, which does not show a problem of shoppers."
        yield objection("problem_evidence", found, "a fact about today's strip")
    return met(f"{ids(showing)} shows it.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="weigh_trade_offs",
    gate=True,
    hints=(
        "Which fact made you choose this model, and does any fact that you cite speak against it?",
        "Cite at least one fact under which this model fits the launch. A gain on past data alone is not enough when "
        "others say that it does not fit.",
    ),
    rests_on=("prd.model",),
    expected="at least one fact that supports the choice, and none that speaks against it",
)
def model_choice_rests_on_evidence(prd: Prd, case: Case) -> Objections:
    """A cited fact supports the choice of the model, and none contradicts it."""
    model = chosen_model(prd, case)
    claim, who = f"model:{model.id}", model.label
    known = {id: case.facts[id] for id in prd.model_evidence if id in case.facts}
    for number, id in enumerate(prd.model_evidence, start=1):
        if id in known and claim in known[id].contradicts:
            yield objection(f"model_evidence[{number}]", f"{who}: {id} speaks against it.")
    if not any(claim in fact.supports for fact in known.values()):
        yield objection("model_evidence", f"{who}: no fact that you cite supports it.")
    return met(f"{who}: your facts support it.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="listen_and_synthesise",
    gate=True,
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
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "Which card builds the model that you chose?",
        "Each model has a card of its own; it and what it needs belong into the scope.",
        "{% for model in entries.models.values() %}{{ model.label }}: {{ model.card }}{% for card in "
        "entries.cards[model.card].needs %}, {{ card }}{% endfor %}. {% endfor %}",
    ),
    rests_on=("prd.model", "prd.scope"),
    expected="the card that builds this model, and every card that it needs, by the table cards",
)
def model_is_built_in_scope(prd: Prd, case: Case) -> Objections:
    """The scope builds the model that the page promises, and what that model needs."""
    model = chosen_model(prd, case)
    cards = case.registry.entries("cards")
    needed = {model.card, *getattr(cards.get(model.card), "needs", ())}
    if away := needed - set(prd.scope):
        found = f"{model.label}: {len(away)} of the {len(needed)} cards on which it rests are not in the scope."
        yield objection("scope", found)
    return met(f"{model.label}: the scope builds it.")
