"""Who takes part: who makes the model, who runs it, who draws the screen, who coaches, who counts, who decides."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("ottilie", "Ottilie Marsh", function="data_science", role="data scientist", hue=210,
           cares_about="a model that learns from what it gets wrong"),
    Person("kwame", "Kwame Asante", function="ml", role="ML engineer", hue=140,
           cares_about="alarms that mean something when they ring"),
    Person("sunniva", "Sunniva Dahl", function="design", role="product designer", hue=300,
           cares_about="members who choose for themselves"),
    Person("ijeoma", "Ijeoma Nwosu", function="coaching", role="head of coaching", hue=60,
           cares_about="variety, and the people behind a number"),
    Person("bettina", "Bettina Krull", function="data", role="telemetry engineer", hue=100,
           cares_about="numbers that are counted the same way on Monday and on Friday"),
    Person("rafael", "Rafael Pinto", function="sponsor", role="head of growth, decides about v2 and who is held out",
           hue=340, cares_about="members who are still there in spring"),
    Person("you", "You", function="product", role="product manager", hue=180,
           cares_about="a loop that finds what is wrong, and leaves people in peace otherwise"),
)  # fmt: skip
