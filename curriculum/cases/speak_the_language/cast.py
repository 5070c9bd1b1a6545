"""The people of Tallybrook."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person(
        "disa", "Disa Holm", function="ml", role="ML engineer", hue=220,
        cares_about="frauds that do not get through",
    ),
    Person(
        "emeka", "Emeka Nwosu", function="data", role="data scientist", hue=300,
        cares_about="numbers that are final before anybody repeats them",
    ),
    Person(
        "paloma", "Paloma Reyes", function="design", role="product designer", hue=340,
        cares_about="people who get through on the first try",
    ),
    Person(
        "lina", "Lina Aaltonen", function="engineering", role="engineering lead", hue=170,
        cares_about="a week that is not wasted",
    ),
    Person(
        "hamza", "Hamza Siddiqui", function="support", role="head of support", hue=90,
        cares_about="agents who go home when their day is over",
    ),
    Person(
        "odile", "Odile Brenner", function="product", role="product lead, decides about the free week", hue=20,
        cares_about="orders that are paid",
    ),
)  # fmt: skip
