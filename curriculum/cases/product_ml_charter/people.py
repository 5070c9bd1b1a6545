"""Who takes part: six who each know a part of the year, one who signs, and you."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("ilse", "Ilse Marku", function="data_science", role="lead data scientist", hue=210,
           cares_about="a curve that is not quoted for more than it was drawn on"),
    Person("dita", "Dita Kova", function="labelling", role="head of labelling", hue=100,
           cares_about="her eleven people, and receipts picked with care"),
    Person("tomasz", "Tomasz Wilk", function="ml", role="lead engineer, models and app", hue=140,
           cares_about="nights without a call, and hours that stand in a plan"),
    Person("bea", "Bea Okonjo", function="accounts", role="head of accounts", hue=20,
           cares_about="her word to customers"),
    Person("farida", "Farida Nasser", function="design", role="lead designer", hue=300,
           cares_about="bookkeepers who trust what was posted for them"),
    Person("henrik", "Henrik Sol", function="finance", role="finance director", hue=60,
           cares_about="the floor under this year's result"),
    Person("maud", "Maud Ferrar", function="sponsor", role="managing director, signs the charter", hue=340,
           cares_about="a plan that says what is not done"),
    Person("you", "You", function="product", role="head of product", hue=180,
           cares_about="one plan instead of two"),
)  # fmt: skip
