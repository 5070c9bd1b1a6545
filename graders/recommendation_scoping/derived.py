"""What nobody types in this lesson: votes as cast, who takes part, scope and non-goals, examples of replies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.agenda import Agenda
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.board import Board
from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from graders.recommendation_scoping.phrases import amount
from graders.recommendation_scoping.world import areas, replies


def votes_cast(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The rows of the table `votes`."""
    votes = case.columns["votes"]
    rows = zip(votes["voter"].tolist(), votes["card"].tolist(), votes["dots"].tolist(), strict=True)
    return {"cast": [{"voter": voter, "card": card, "dots": dots} for voter, card, dots in rows]}


def who_takes_part(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Those who vote, you, and whoever approves something today."""
    return {"attendees": list(case.truth.room)}


def carried_over(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Of the PRD: scope and non-goals from the board, who signs the scope from the kick-off page, examples of
    replies from the contract."""
    board, agenda, prd = (artifacts.get(kind) for kind in ("board", "agenda", "prd"))
    values: dict[str, Any] = {"approvals.personal_data": areas(case)["personal_data"].approver}
    if isinstance(board, Board):
        merged = {merge.drop for merge in board.merges}
        placed = [one for one in board.placements if one.card and one.card not in merged]
        values["scope"] = [one.card for one in placed if one.column == "must"]
        values["non_goals"] = [{"card": one.card, "why": one.reason} for one in placed if one.column == "deferred"]
    if isinstance(agenda, Agenda) and agenda.decider:
        values["approvals.scope"] = agenda.decider
    if isinstance(prd, Prd):
        values |= {
            f"screens.{state}.example": _example(prd, case, screen.trigger)
            for state, screen in prd.screens.by_state().items()
            if screen.trigger
        }
    return values


def _example(prd: Prd, case: Case, trigger: str) -> str:
    """A reply as the contract has it, in the words of a specification."""
    contract, reply = prd.contract, replies(case).get(trigger)
    if reply is None:
        return ""
    if not reply.state:
        return f"{reply.label}; the screen stays as it is."
    parts = [reply.label]
    if reply.state in ("normal", "low_confidence", "fallback"):
        bound = amount(contract.unsure_below) if contract.unsure_below is not None else "the bound"
        confidence = {"normal": f"confidence {bound} or more", "low_confidence": f"confidence below {bound}"}
        parts += ["items: T-104, T-220, B-031"]
        parts += [confidence[reply.state]] if reply.state in confidence else ["source: fallback"]
        parts += [f"personal: {'true' if contract.privacy == 'personal' else 'false'}"] * (
            "personal" in contract.response and reply.state != "fallback"
        )
        parts += ["reason: bought together"] * ("reason" in contract.response and reply.state != "fallback")
    elif reply.says and "message" in contract.response:
        parts += ["message: a sentence for the shopper"]
    return "; ".join(parts)
