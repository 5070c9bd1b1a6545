"""The people around the row of suggestions, and who approves what."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Entry, Person, by_id
from curriculum.cases.recommendation_scoping.draw import Draw
from curriculum.cases.recommendation_scoping.truth import Area

PEOPLE = by_id(
    Person(
        "pm", "You, the PM", function="product", role="product manager of the recommendations pod", hue=150,
        cares_about="a launch that does one thing well",
    ),
    Person(
        "wei", "Wei Zhang", function="ml", role="ML engineer", hue=220,
        cares_about="a model that answers in time, also on the busiest evening",
    ),
    Person(
        "ines", "Inês Duarte", function="design", role="product designer", hue=340,
        cares_about="screens that make sense when the model is slow, unsure or wrong",
    ),
    Person(
        "noor", "Noor Haddad", function="data", role="data scientist", hue=300,
        cares_about="numbers that are true, and effects that can be measured",
    ),
    Person(
        "samir", "Samir Kaplan", function="privacy", role="privacy counsel", hue=40,
        cares_about="shoppers who know what their browsing is used for",
    ),
    Person(
        "ruth", "Ruth Adeyemi", function="sponsor", role="VP Commerce, sponsor of the launch", hue=10,
        cares_about="a date that holds and a number that she can repeat to the board",
    ),
    Person(
        "kofi", "Kofi Mensah", function="support", role="support lead", hue=90,
        cares_about="shoppers who do not have to call",
    ),
    Person(
        "tomas", "Tomás Rivera", function="product_lead", role="product lead, keeps the pod's calendar", hue=200,
        cares_about="a calendar that holds, and decisions that somebody can find again",
    ),
)  # fmt: skip

VOTERS = by_id(*(Entry(id, PEOPLE[id].label) for id in ("wei", "ines", "noor", "samir", "ruth", "kofi", "pm")))

LAST_YEAR = {"scope": ("ruth", "tomas"), "model_api": ("noor", "wei"), "wireframes": ("ruth", "ines"),
             "measures": ("ruth", "noor")}  # fmt: skip
"""By area, two people: in some worlds the first approves it today and the second did until lately, in others the
other way round."""

_AREAS = (
    ("scope", "Scope and launch date", "What goes in, and when it goes live."),
    ("model_api", "Model and its contract", "Which model answers, how fast, and what it returns."),
    ("wireframes", "Screens", "What shoppers see in every state."),
    ("measures", "Measures", "Baselines, targets, and the test that shows them."),
    ("personal_data", "Personal data", "What is sent, kept and told to shoppers."),
)


def make_areas(draw: Draw) -> Mapping[str, Area]:
    """What has to be approved, with who approves it today. Personal data are counsel's in every world."""
    holders = {"personal_data": "samir"}
    for area, first in zip(LAST_YEAR, (draw.sponsor_decides, *draw.swaps), strict=True):
        holders[area] = LAST_YEAR[area][0 if first else 1]
    return by_id(*(Area(id, label, note, holders[id]) for id, label, note in _AREAS))


def decision_rights(areas: Mapping[str, Area]) -> tuple[tuple[str, str, str, str], ...]:
    """Area, person, valid from, valid until (blank: still valid). Where the right has changed hands, the first of the
    two rows has run out."""
    rows = []
    for area, (one, other) in LAST_YEAR.items():
        today = areas[area].approver
        rows.append((area, other if today == one else one, "2026-01-12", "2027-02-28"))
        rows.append((area, today, "2027-03-01", ""))
    return (*rows, ("personal_data", "samir", "2026-01-12", ""))


def room(areas: Mapping[str, Area]) -> tuple[str, ...]:
    """Ids of those who take part in the kick-off: the six who vote, you, and whoever approves something."""
    return tuple(id for id in PEOPLE if id in VOTERS or any(area.approver == id for area in areas.values()))


BY_TELEPHONE = "samir"
"""Who, in some worlds, is not in the room and cannot write on the wall what is decided."""
