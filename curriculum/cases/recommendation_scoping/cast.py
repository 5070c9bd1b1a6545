"""The people around the row of suggestions, and who approves what."""

from __future__ import annotations

from curriculum.cases.base import Entry, Person, by_id
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
        cares_about="a calendar that holds; he signed off scopes until the end of February 2027",
    ),
)  # fmt: skip

VOTERS = by_id(*(Entry(id, PEOPLE[id].label) for id in ("wei", "ines", "noor", "samir", "ruth", "kofi", "pm")))

AREAS = by_id(
    Area("scope", "Scope and launch date", "What goes in, and when it goes live.", "ruth"),
    Area("model_api", "Model and its contract", "Which model answers, how fast, and what it returns.", "wei"),
    Area("wireframes", "Screens", "What shoppers see in every state.", "ines"),
    Area("measures", "Measures", "Baselines, targets, and the test that shows them.", "noor"),
    Area("personal_data", "Personal data", "What is sent, kept and told to shoppers.", "samir"),
)

DECISION_RIGHTS = (
    ("scope", "tomas", "2026-01-12", "2027-02-28"),
    ("scope", "ruth", "2027-03-01", ""),
    ("model_api", "wei", "2026-01-12", ""),
    ("wireframes", "ines", "2026-01-12", ""),
    ("measures", "noor", "2026-09-01", ""),
    ("personal_data", "samir", "2026-01-12", ""),
)
"""Area, person, valid from, valid until (blank: still valid). The first row has run out."""
