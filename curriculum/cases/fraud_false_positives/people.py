"""Who sits in the war room, and who decides outside it."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person(
        "you", "You", function="product", role="incident lead", hue=255,
        cares_about="one picture that everybody trusts, and customers who can pay again",
    ),
    Person(
        "amara", "Amara Okafor", function="support", role="head of customer support", hue=25,
        cares_about="the people who call because they cannot pay for their groceries",
    ),
    Person(
        "jonas", "Jonas Lindqvist", function="ml", role="ML engineer, runs the fraud model", hue=215,
        cares_about="numbers that mean what they say, and a model that sees what it was trained on",
    ),
    Person(
        "mei", "Mei Tanaka", function="design", role="product designer of the alert screen", hue=325,
        cares_about="screens on which a worried person does the right thing at the first try",
    ),
    Person(
        "ravi", "Ravi Menon", function="data_platform", role="data-platform engineer, runs the account feed", hue=150,
        cares_about="feeds that do what their description says",
    ),
    Person(
        "clara", "Clara Duarte", function="communications", role="head of communications", hue=285,
        cares_about="telling customers the truth once, and in time",
    ),
    Person(
        "samir", "Samir Haddad", function="fraud_operations", role="head of fraud review", hue=95,
        cares_about="a queue that his reviewers can finish, with the real fraud in it",
    ),
    Person(
        "helen", "Helen Brandt", function="sponsor", role="head of payments", hue=185,
        cares_about="an end that is written down, so that it is neither too early nor never",
    ),
    Person(
        "petra", "Petra Novak", function="legal", role="legal counsel", hue=5,
        cares_about="messages that are true, complete and promise nothing that nobody decided",
    ),
)  # fmt: skip
