"""The entries of this case by their own types, as criteria look them up, and which of them a page has picked."""

from __future__ import annotations

from typing import TypeVar

from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.base import Entry, Role
from curriculum.cases.recommendation_scoping.truth import Area, Event, Metric, Model, Reply, Wireframe
from curriculum.roleplay.engine import State
from graders.rubric import NotYet

E = TypeVar("E", bound=Entry)

CHANCE_PERCENT = 2.0
"""A limit on the wait nearer to what was measured than this rings on every second busy evening, without any harm."""


def _typed(case: Case, kind: str, type_: type[E]) -> dict[str, E]:
    return {id: entry for id, entry in case.registry.entries(kind).items() if isinstance(entry, type_)}


def areas(case: Case) -> dict[str, Area]:
    """What has to be approved, with who approves it today."""
    return _typed(case, "areas", Area)


def roles(case: Case) -> dict[str, Role]:
    """Kinds of work with their days until the launch."""
    return _typed(case, "roles", Role)


def metrics(case: Case) -> dict[str, Metric]:
    """What can be measured."""
    return _typed(case, "metrics", Metric)


def models(case: Case) -> dict[str, Model]:
    """Ways to choose suggestions."""
    return _typed(case, "models", Model)


def wireframes(case: Case) -> dict[str, Wireframe]:
    """Drawn screens."""
    return _typed(case, "wireframes", Wireframe)


def replies(case: Case) -> dict[str, Reply]:
    """What the model's service sends."""
    return _typed(case, "replies", Reply)


def events(case: Case) -> dict[str, Event]:
    """Known days that can bring a deferred card back."""
    return _typed(case, "events", Event)


def heard(fact: str, case: Case, conversation: State) -> bool:
    """Whether a fact was told to the learner or is known to everybody."""
    return fact in case.facts and (case.facts[fact].held_by is None or conversation.knows(fact))


def chosen_model(prd: Prd, case: Case) -> Model:
    """The model that a page has picked; raises NotYet where the case does not know it."""
    model = models(case).get(prd.model)
    if model is None:
        raise NotYet("prd.model", f"It is about the model, and there is no “{prd.model[:40]}”.")
    return model


def least_promise(prd: Prd, case: Case) -> float:
    """The lowest limit on the wait, in ms, that the chosen model does not break by chance in a full shop."""
    p95: float = case.truth.p95_at_peak[chosen_model(prd, case).id]
    return round((1 + CHANCE_PERCENT / 100) * p95, 1)
