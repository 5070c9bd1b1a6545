"""Who takes part: six people who each know a part of why nobody was told, and the one who wants a plan."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("paula", "Paula Reyes", function="support", role="head of customer service", hue=60,
           cares_about="people who stayed at home for nothing"),
    Person("hanne", "Hanne Broek", function="operations", role="head of depots", hue=140,
           cares_about="tours that leave on time, with what fits on them"),
    Person("idris", "Idris Cole", function="partners", role="partner manager", hue=20,
           cares_about="drivers whose name is in every complaint"),
    Person("oskar", "Oskar Thiel", function="data", role="data scientist", hue=210,
           cares_about="a model that still holds when somebody leans on it"),
    Person("leila", "Leila Marsh", function="data_platform", role="platform engineer", hue=250,
           cares_about="what stands in the database at the hour at which it is read"),
    Person("sunniva", "Sunniva Aas", function="design", role="designer of messages", hue=300,
           cares_about="nobody being given a hope that was not meant"),
    Person("marit", "Marit Solberg", function="product", role="head of product", hue=340,
           cares_about="one plan that she can say yes or no to"),
    Person("you", "You", function="product", role="coordinator", hue=180,
           cares_about="a complaint that reaches those who can do something"),
)  # fmt: skip
