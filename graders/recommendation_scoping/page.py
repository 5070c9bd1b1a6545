"""Criteria for what the PRD says in words and ids (A03): whole, short, agreed with the board, resting on facts."""

from __future__ import annotations

from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import PAGE_WORDS, listed, unheard_facts, word_count
from graders.recommendation_scoping.agenda import heard
from graders.recommendation_scoping.layout import read_board
from graders.recommendation_scoping.phrases import named, whole
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import models
from graders.rubric import Verdict, met, unmet

LEAST_NON_GOALS = 2


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="write_specs",
    gate=True,
    hints=(
        "Go through the form from top to bottom: what is blank?",
        "The contract also has an address, a model version, error codes and a refresh; the page has open questions, "
        "a rollout and the day of its last edit.",
    ),
)
def prd_is_complete(prd: Prd, case: Case) -> Verdict:
    """Every part of the page is filled with real content."""
    contract = prd.contract
    required = {
        "problem": prd.problem, "for whom": prd.users, "what gets better": prd.outcome, "scope": prd.scope,
        "model": prd.model, "why this model": prd.why_model, "address": contract.endpoint,
        "what the page sends": contract.request, "what the answer holds": contract.response,
        "model version": contract.model_version, "error codes": contract.error_codes,
        "refreshed every … hours": contract.refreshed_hours, "screens by state": prd.states,
        "measures": prd.measures, "risks": prd.risks, "rollout": prd.rollout, "open questions": prd.open_questions,
        "last edited": prd.last_edited, "sign-offs": prd.approvals,
    }  # fmt: skip
    return whole(prd, case, required, "Every part of the page is there.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="write_specs",
    hints=(
        "Would somebody read it between two meetings?",
        f"At most {PAGE_WORDS} words of prose. Numbers and names in the form do not count.",
    ),
)
def prd_fits_on_a_page(prd: Prd) -> Verdict:
    """The prose of the page is at most 600 words."""
    words = word_count(
        prd.problem, prd.users, prd.outcome, prd.why_model,
        *(item.why for item in prd.non_goals), *(step.stop_if for step in prd.rollout),
        *(text for risk in prd.risks for text in (risk.risk, risk.answer)),
        *(question.question for question in prd.open_questions),
    )  # fmt: skip
    row = {"words": words, "one page": PAGE_WORDS}
    if 60 <= words <= PAGE_WORDS:
        return met(f"{words} words.", row)
    return unmet(f"{words} words.", f"60 to {PAGE_WORDS} words, one page", row)


@rubric.criterion(
    points=2,
    voice="ruth",
    skill="write_specs",
    hints=(
        "Put the page and the board side by side.",
        "The scope of the page is the list of Must-Haves of your board: no card more, no card less.",
    ),
)
def scope_is_the_must_haves(prd: Prd, board: Board, case: Case) -> Verdict:
    """The scope is exactly the Must-Haves of the board."""
    reading = read_board(board, case)
    musts, scope = set(reading.musts), {reading.same(id) for id in prd.scope if id}
    more, fewer = sorted(scope - musts), sorted(musts - scope)
    rows = [{"card": id, "in the scope": "yes", "on the board": "no Must-Have"} for id in more]
    rows += [{"card": id, "in the scope": "no", "on the board": "Must-Have"} for id in fewer]
    if not musts:
        return unmet("Your board has no Must-Haves.", "a board with Must-Haves")
    if more:
        return unmet(f"In the scope and no Must-Have: {named(case, 'cards', more)}.", "the same on both", *rows)
    if fewer:
        return unmet(f"Must-Have and not in the scope: {named(case, 'cards', fewer)}.", "the same on both", *rows)
    return met(f"The same {len(musts)} cards on the board and on the page.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="write_specs",
    hints=(
        "What will people ask for although it was deferred?",
        "Name at least two cards that are Deferred on your board, each with why it is left out.",
    ),
)
def non_goals_are_deferred(prd: Prd, board: Board, case: Case) -> Verdict:
    """At least two non-goals are named, each with a reason, and each is Deferred on the board."""
    deferred = set(read_board(board, case).deferred)
    wrong = [item for item in prd.non_goals if item.card not in deferred or word_count(item.why) < 3]
    rows = [{"non-goal": i.card or "(blank)", "Deferred": str(i.card in deferred).lower(), "why": i.why or "(blank)"}
            for i in prd.non_goals]  # fmt: skip
    if wrong:
        problem = "it has no reason" if wrong[0].card in deferred else "it is not Deferred on your board"
        return unmet(
            f"{named(case, 'cards', [wrong[0].card])} is a non-goal, and {problem}.",
            "Deferred cards, each with a reason", *rows
        )  # fmt: skip
    if len({item.card for item in prd.non_goals}) < LEAST_NON_GOALS:
        return unmet(f"Non-goals named: {len(prd.non_goals)}.", f"at least {LEAST_NON_GOALS}", *rows)
    return met(f"{len(prd.non_goals)} non-goals, all Deferred on the board.", *rows)


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="write_specs",
    hints=(
        "How do you know that shoppers have this problem at all?",
        "A fact about today's strip shows it: the brief holds one, and support knows another.",
    ),
)
def problem_is_measured(prd: Prd, case: Case) -> Verdict:
    """A fact about what shoppers meet today shows that the problem is there."""
    showing = [id for id in prd.problem_evidence if id in case.facts and "problem" in case.facts[id].supports]
    if showing:
        return met(case.facts[showing[0]].label, *({"fact": id} for id in showing))
    cited = listed([id for id in prd.problem_evidence if id]) if any(prd.problem_evidence) else "nothing"
    return unmet(f"You cite {cited}, which does not show a problem of shoppers.", "a fact about today's strip")


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
)
def model_choice_rests_on_evidence(prd: Prd, case: Case) -> Verdict:
    """A cited fact supports the choice of the model, and none contradicts it."""
    claim = f"model:{prd.model}"
    known = [id for id in prd.model_evidence if id in case.facts]
    rows = [
        {"fact": id, "says": "against" if claim in case.facts[id].contradicts else "for"
         if claim in case.facts[id].supports else "nothing about it"}
        for id in known
    ]  # fmt: skip
    who = named(case, "models", [prd.model])
    against = [id for id in known if claim in case.facts[id].contradicts]
    if against:
        return unmet(
            f"{against[0]} speaks against {who}: {case.facts[against[0]].label}", "facts that support it", *rows
        )
    if not any(claim in case.facts[id].supports for id in known):
        return unmet(f"No fact that you cite supports {who}.", "at least one", *rows)
    return met(f"Your facts support {who}.", *rows)


@rubric.criterion(
    points=1,
    voice="noor",
    skill="listen_and_synthesise",
    gate=True,
    hints=(
        "Who told you each of the facts on the page?",
        "Your page cites a fact that nobody told you in this kick-off: ask for it, or cite one that you heard.",
    ),
)
def prd_cites_what_was_said(prd: Prd, case: Case, conversation: State) -> Verdict:
    """Every fact on the page was told in your kick-off or stands in the brief."""
    return heard(unheard_facts(prd, conversation, case), case)


@rubric.criterion(
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "Which card builds the model that you chose?",
        "Each model has a card of its own; it and what it needs belong into the scope.",
    ),
)
def model_is_built_in_scope(prd: Prd, case: Case) -> Verdict:
    """The scope builds the model that the page promises, and what that model needs."""
    model = models(case).get(prd.model)
    if model is None:
        return unmet("No model is chosen.", "one of the three models")
    cards = case.registry.entries("cards")
    needed = [model.card, *getattr(cards.get(model.card), "needs", ())]
    away = [id for id in needed if id not in prd.scope]
    rows = [{"card": id, "in the scope": "no" if id in away else "yes"} for id in needed]
    if away:
        return unmet(
            f"{model.label} rests on {named(case, 'cards', away)}, which the scope leaves out.",
            "all that builds it in the scope",
            *rows,
        )
    return met(f"The scope builds {model.label}.", *rows)
