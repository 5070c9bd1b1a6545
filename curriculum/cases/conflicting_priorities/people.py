"""Who takes part: five people who each tell you what the others should hear, and three who decide or do."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("odalys", "Odalys Ferrer", function="product", role="regional launch lead", hue=20,
           cares_about="the date, and the 140 shops that have signed for it"),
    Person("tomasz", "Tomasz Wilk", function="ml", role="ML engineer", hue=210,
           cares_about="a model that nobody has to laugh at"),
    Person("imani", "Imani Roe", function="design", role="product designer", hue=300,
           cares_about="people who wait at home for somebody at the door"),
    Person("stellan", "Stellan Falk", function="operations", role="head of dispatch", hue=140,
           cares_about="couriers, who should not be paid by the minute"),
    Person("ruta", "Ruta Kalnins", function="support", role="support lead", hue=60,
           cares_about="people whom a late time finds without an answer"),
    Person("ebba", "Ebba Lund", function="engineering", role="backend lead", hue=250,
           cares_about="weeks that are promised once, and not three times"),
    Person("henrike", "Henrike Moll", function="sponsor", role="head of operations", hue=340,
           cares_about="one plan that she does not have to settle herself"),
    Person("you", "You", function="product", role="PM lead", hue=180,
           cares_about="a promise that holds where it is hardest to keep"),
)  # fmt: skip
