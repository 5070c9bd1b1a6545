"""Who takes part: two camps that count different things, and four who know what neither counts."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("dagny", "Dagny Holm", function="data", role="data scientist", hue=205,
           cares_about="what people find, which is what a model is for"),
    Person("osei", "Osei Boateng", function="ml", role="ML engineer", hue=25,
           cares_about="a page that stands before anybody notices that it had to load"),
    Person("pilar", "Pilar Santos", function="data_platform", role="data engineer", hue=150,
           cares_about="counts that mean the same in both arms"),
    Person("noemi", "Noemi Farkas", function="design", role="product designer", hue=300,
           cares_about="people who wait, and people who do not know that they do"),
    Person("viktor", "Viktor Hale", function="sponsor", role="trading director, decides what the shop shows", hue=350,
           cares_about="orders, and no surprise before the peak"),
    Person("anselm", "Anselm Roy", function="finance", role="finance partner", hue=90,
           cares_about="what a point of orders has to earn before it is worth having"),
)  # fmt: skip
