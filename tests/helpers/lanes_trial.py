"""A roadmap over the trial case: two lanes with months, one without, and how full two kinds of work get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Artifact, Derived
from curriculum.artifacts.lanes import LanesDocument, Load
from curriculum.cases.base import Case, DatedCard, Entry, Lane, by_id
from tests.helpers.scoping_trial import scoping_case


class Roadmap(LanesDocument):
    """Three lanes over a year."""

    kind: ClassVar[str] = "roadmap"
    title: ClassVar[str] = "Roadmap"

    loads: Annotated[
        tuple[Load, ...],
        Derived("worked out from the cards"),
        Field(title="How full it gets", description="Half of a card's work in each quarter."),
    ] = ()


def lanes_case() -> Case:
    """Five of the cards, two of which somebody has promised, over six months."""
    base = scoping_case()
    cards = [card for id, card in base.registry.entries("cards").items() if id != "quick_row"]
    due = {"ranking": "m3", "consent": "m5"}
    dated = by_id(*(DatedCard(**vars(card), due=due.get(card.id, "")) for card in cards))
    lanes = by_id(
        Lane("promise", "Promised outside", "Somebody has been told a date", timed=True),
        Lane("work", "Work in between", timed=True, most=2),
        Lane("out", "Not this year", "Said openly, with a reason"),
    )
    steps = by_id(*(Entry(f"m{n}", name) for n, name in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun"), start=1)))
    periods = by_id(Entry("q1", "Q1"), Entry("q2", "Q2"))
    return replace(base, more={**base.more, "cards": dated, "lanes": lanes, "steps": steps, "periods": periods})


def derive_roadmap(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """Half of a card's work in each of the two quarters, as far as it is placed in time."""
    roadmap = artifacts["roadmap"]
    assert isinstance(roadmap, Roadmap)
    timed = [card for card, place in roadmap.places.items() if place.step]
    rows = []
    for role in case.registry.entries("roles").values():
        work = sum(case.registry.entries("cards")[id].effort.get(role.id, 0.0) for id in timed)
        for period in ("q1", "q2"):
            rows.append(Load(role=role.id, period=period, share=round(200 * work / role.capacity, 1)))
    return {"loads": tuple(rows)}
