"""Who works at Osprey Line, what each asks for, and which matters were talked about in February."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.cases.base import Entry, Person, by_id


@dataclass(frozen=True)
class Topic(Entry):
    """One of the four pieces of work that are asked for."""

    owner: str = ""
    """Id of the person who asks for it."""


PEOPLE = by_id(
    Person(
        "bertil", "Bertil Aas", function="ml", role="ML engineer, builds the delay forecast", hue=210,
        cares_about="forecasts that are not wrong before the day begins", called=("bertil", "aas"),
    ),
    Person(
        "leilani", "Leilani Kahale", function="design", role="product designer of the purchase screens", hue=320,
        cares_about="knowing where people give up, and why", called=("leilani", "kahale"),
    ),
    Person(
        "fadi", "Fadi Benali", function="support", role="head of passenger care", hue=30,
        cares_about="people who get their money back while they still remember the journey", called=("fadi", "benali"),
    ),
    Person(
        "greta", "Greta Lindholm", function="finance", role="head of finance", hue=90,
        cares_about="figures that an auditor can follow to their source", called=("greta", "lindholm"),
    ),
    Person(
        "tilde", "Tilde Eriksen", function="data", role="data engineer, the only one", hue=170,
        cares_about="work that is built once and named as what it is", called=("tilde", "eriksen"),
    ),
    Person(
        "joaquim", "Joaquim Prado", function="product", role="head of product", hue=260,
        cares_about="one question that he can answer before he has to leave", called=("joaquim", "prado"),
    ),
    Person(
        "pm", "You", function="product", role="product manager", hue=0,
        cares_about="that everybody can plan on what was said",
    ),
)  # fmt: skip

ASKING = ("bertil", "leilani", "fadi", "greta")
"""Who asks for Tilde's time."""

TOPICS = by_id(
    Topic("arrivals", "Fresh arrivals for the delay forecast", owner="bertil"),
    Topic("events", "Events on the purchase screens", owner="leilani"),
    Topic("refunds", "Refunds", owner="fadi"),
    Topic("warehouse", "Leaving the old warehouse", owner="greta"),
)

POSITIONS = {
    "arrivals": "a live feature store",
    "events": "the tracking rebuilt on every screen",
    "refunds": "refunds paid without a person",
    "warehouse": "everything moved to the new warehouse",
}
"""What each asks for, as it was filed."""

MATTERS = by_id(
    Entry("oncall", "Tilde hands over the on-call duty"),
    Entry("contractor", "Money for a contractor"),
    Entry("extension", "Four more weeks of the old warehouse"),
    Entry("june", "The new tracking goes into the June release"),
)

EFFECTS = {
    "oncall": "Tilde is there five days a week in place of four",
    "contractor": "a contractor can do one piece that shares nothing with another",
    "extension": "the warehouse is needed four weeks later",
    "june": "events are of use from week 10 on, and not before",
}
"""What follows for the quarter where a matter was decided."""


def owner_of(topic: str) -> str:
    """Who asks for a topic."""
    return TOPICS[topic].owner


def topic_of(person: str) -> str:
    """What a person asks for; raises KeyError for somebody who asks for nothing."""
    return {topic.owner: topic.id for topic in TOPICS.values()}[person]
