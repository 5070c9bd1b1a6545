"""What authorities have said to the changes: clearances, approvals, investigations, and papers that only look so.

A change of the intended use or a new interface is one that no predetermined plan can hold, and so are a new
architecture and a new signal; each needs an authorisation before the changed device is marketed, or runs as an
approved investigation (21 CFR 807.81(a)(3); a significant change of a class IIb device in the EU). An assessment of
the company's own and a submission without an answer authorise nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.kinds import Authorisation, Change, Model
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.dates import full_day

REGIONS: Mapping[str, str] = {"eu": "European Union", "us": "United States"}

RELEASED, INVESTIGATION, HELD = "released", "investigation", "held"

CHANGES = by_id(
    Change("retraining", "The model was trained again on the same signals", inside=True),
    Change("threshold", "The threshold moved within the band of the plan", inside=True),
    Change("architecture", "The model has a new architecture", inside=False),
    Change("signal", "The model reads a new signal", inside=False),
    Change("wider_use", "Alerts are shown on wards that the intended use did not name", inside=False),
    Change("new_screen", "The screen on which people answer alerts is another one", inside=False),
)
"""Kinds of change, and what an authorised change plan says about them."""

TODAY = ("trees", "medical", "popup")
"""Model, use and screen that run before the release."""

_CHANGES_OF = {"trees": frozenset({"retraining"}), "sequence": frozenset({"architecture", "signal"})}
WARDS_OF: Mapping[str, tuple[str, ...]] = {"trees": ("medical", "surgical", "step_down"), "sequence": ("step_down",)}
"""The wards for which each model's card speaks, and its papers."""
_WAYS = (
    (RELEASED, INVESTIGATION), (INVESTIGATION, RELEASED), (RELEASED, HELD), (HELD, RELEASED), (INVESTIGATION, HELD),
    (HELD, INVESTIGATION),
)  # fmt: skip
"""What may go out in the EU and in the United States: somewhere it may, and nowhere is it the same."""


def changes_of(model: str, use: str, screen: str) -> frozenset[str]:
    """What is changed against the device of today; blank for a model of which nothing is known."""
    changes = set(_CHANGES_OF.get(model, ()))
    if use in USES and not set(USES[use].wards) <= set(USES[TODAY[1]].wards):
        changes.add("wider_use")
    if screen and screen != TODAY[2]:
        changes.add("new_screen")
    return frozenset(changes)


def outside_plan(model: str, use: str, screen: str) -> frozenset[str]:
    """Those of the changes that no plan holds."""
    return frozenset(id for id in changes_of(model, use, screen) if not CHANGES[id].inside)


@dataclass(frozen=True)
class Authorisations:
    """All papers, by id."""

    papers: Mapping[str, Authorisation]

    def allowing(self, region: str, model: str, use: str) -> Authorisation | None:
        """The paper by which a model may go to the wards of a use; None where there is none."""
        wards = set(USES[use].wards) if use in USES else {""}
        for paper in self.papers.values():
            of_this = (paper.region, paper.model) == (region, model) and wards <= set(paper.wards)
            if paper.way and of_this and not paper.older:
                return paper
        return None

    def way(self, region: str, model: str, use: str) -> str:
        """What may happen in a region: released, investigation, or held."""
        paper = self.allowing(region, model, use)
        return paper.way if paper else HELD


def make_authorisations(
    seed: int, calendar: Calendar, models: Mapping[str, Model]
) -> tuple[Authorisations, Mapping[str, Columns]]:
    """The papers of one seed and the table `authorisations`."""
    rng = random(SLUG, seed, "authorisations")
    papers: list[Authorisation] = []

    def add(region: str, words: str, model: str, version: str, wards: tuple[str, ...], days: int, way: str = "",
            *, older: bool = False) -> None:  # fmt: skip
        day = calendar.before(days)
        papers.append(
            Authorisation("", words, region=region, model=model, version=version, wards=wards, dated=day, way=way,
                          older=older)
        )  # fmt: skip

    for model in ("trees", "sequence"):
        version, wards = models[model].version, WARDS_OF[model]
        for region, way in zip(REGIONS, _WAYS[int(rng.integers(0, len(_WAYS)))], strict=True):
            words = _GRANTED[region] if way == RELEASED else _STUDY if way == INVESTIGATION else _SENT[region]
            add(region, words, model, version, wards, int(rng.integers(2, 30)), "" if way == HELD else way)
        add("both", _ASSESSED, model, version, wards, int(rng.integers(2, 12)))
    for region in REGIONS:
        add(region, _GRANTED[region], "trees", "1.3", ("medical",), int(rng.integers(190, 300)), RELEASED, older=True)
    named = []
    for number, index in enumerate(rng.permutation(len(papers)), start=1):
        paper = papers[int(index)]
        where = REGIONS.get(paper.region, "both regions")
        label = f"a{number}: {paper.label}; {paper.model} {paper.version}, {where}, {full_day(paper.dated)}"
        named.append(Authorisation(**{**vars(paper), "id": f"a{number}", "label": label, "what": paper.label}))
    authorisations = Authorisations(by_id(*named))
    return authorisations, {"authorisations": _columns(named)}


_GRANTED = {"eu": "Change approved by the notified body", "us": "Clearance of a new submission by the FDA"}
_SENT = {"eu": "Change sent to the notified body, no answer yet", "us": "New submission sent to the FDA, no answer yet"}
_STUDY = "Approved as an investigation"
_ASSESSED = "Our own assessment of the change, signed: a new submission is prepared"


def _columns(papers: list[Authorisation]) -> Columns:
    def dates(values: list[dt.date]) -> np.ndarray:
        return np.array(values, dtype="datetime64[D]")

    return frozen_columns(
        authorisation=np.array([paper.id for paper in papers]),
        region=np.array([paper.region for paper in papers]),
        what=np.array([paper.what for paper in papers]),
        model=np.array([paper.model for paper in papers]),
        version=np.array([paper.version for paper in papers]),
        wards=np.array([", ".join(paper.wards) for paper in papers]),
        dated=dates([paper.dated for paper in papers]),
    )


def change_columns() -> Columns:
    """The table `change_plan`."""
    return frozen_columns(
        change=np.array(list(CHANGES)),
        what=np.array([change.label for change in CHANGES.values()]),
        inside_the_plan=np.array([change.inside for change in CHANGES.values()]),
    )
