"""The people of `cart_abandonment`."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person(
        "gwen", "Gwen Pryor", function="sponsor", role="head of the shop", hue=10,
        cares_about="a number that she can repeat, and a plan that starts on Monday",
    ),
    Person(
        "ines", "Ines Calder", function="data", role="data scientist", hue=300,
        cares_about="a score that aims at the right thing, read on people whom it has not seen",
    ),
    Person(
        "bo", "Bo Terrell", function="ml", role="ML engineer", hue=220,
        cares_about="a page that answers, whatever the score does",
    ),
    Person(
        "yuki", "Yuki Asano", function="design", role="product designer", hue=340,
        cares_about="people who are not surprised on the last page",
    ),
    Person(
        "dele", "Dele Fashola", function="support", role="head of support", hue=90,
        cares_about="people who want to pay and cannot",
    ),
    Person(
        "marta", "Marta Rusk", function="finance", role="finance lead", hue=40,
        cares_about="what stays of an order, and what is given away",
    ),
)  # fmt: skip
