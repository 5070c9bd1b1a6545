"""Who takes part: an analyst, finance, three possible allies, a junior colleague and the learner."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("ifeoma", "Ifeoma Dike", function="data", role="analyst", hue=210,
           cares_about="what was really tried, and on whom"),
    Person("yara", "Yara Benali", function="finance", role="finance partner", hue=60,
           cares_about="what is left of a subscription, not what is paid for it"),
    Person("noa", "Noa Castell", function="marketing", role="head of customer mail", hue=20,
           cares_about="what it costs to keep somebody, and people who stop all mail"),
    Person("ruben", "Ruben Aalto", function="billing", role="billing lead", hue=140,
           cares_about="what is collected of what is billed"),
    Person("sigrid", "Sigrid Moen", function="ml", role="recommendations lead", hue=300,
           cares_about="how many stories a household starts"),
    Person("pip", "Pip Larsen", function="product", role="junior product manager", hue=340,
           cares_about="a page that nobody has to write again for them"),
    Person("you", "You", function="product", role="staff product manager", hue=180,
           cares_about="people who stay because something helped them"),
)  # fmt: skip
ALLIES = ("noa", "ruben", "sigrid")
