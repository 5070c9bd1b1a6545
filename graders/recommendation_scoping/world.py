"""The entries of this case by their own types, as criteria look them up, and which of them a page has picked."""

from __future__ import annotations

from curriculum.artifacts.prd import Prd
from curriculum.cases import Case
from curriculum.cases.base import Role
from curriculum.cases.recommendation_scoping.truth import Area, Event, Metric, Model, Reply, Wireframe
from graders.rubric import NotYet

CHANCE_PERCENT = 2.0
"""A limit on the wait nearer to what was measured than this rings on every second busy evening, without any harm."""


def areas(case: Case) -> dict[str, Area]:
    """What has to be approved, with who approves it today."""
    return case.registry.typed("areas", Area)


def roles(case: Case) -> dict[str, Role]:
    """Kinds of work with their days until the launch."""
    return case.registry.typed("roles", Role)


def metrics(case: Case) -> dict[str, Metric]:
    """What can be measured."""
    return case.registry.typed("metrics", Metric)


def models(case: Case) -> dict[str, Model]:
    """Ways to choose suggestions."""
    return case.registry.typed("models", Model)


def wireframes(case: Case) -> dict[str, Wireframe]:
    """Drawn screens."""
    return case.registry.typed("wireframes", Wireframe)


def replies(case: Case) -> dict[str, Reply]:
    """What the model's service sends."""
    return case.registry.typed("replies", Reply)


def events(case: Case) -> dict[str, Event]:
    """Known days that can bring a deferred card back."""
    return case.registry.typed("events", Event)


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
