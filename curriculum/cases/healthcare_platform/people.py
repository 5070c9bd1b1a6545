"""The cast: five people at the review, and three whose work the release needs."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("sanna", "Sanna Korhonen", function="ml", role="ML engineer, owns both models", hue=210,
           cares_about="models that do on the ward what they did in the test"),
    Person("ngozi", "Ngozi Eze", function="clinical", role="senior nurse and clinical safety lead", hue=340,
           cares_about="nurses who can still hear the one alert that matters"),
    Person("mateo", "Mateo Ruiz", function="design", role="designer of the alert screen", hue=280,
           cares_about="screens that are right in the worst minute of a night shift"),
    Person("anouk", "Anouk Visser", function="compliance", role="compliance officer for the EU and the US", hue=150,
           cares_about="claims that somebody can follow from the clause to the evidence and back"),
    Person("walter", "Walter Brandt", function="sponsor", role="chief medical officer and sponsor", hue=40,
           cares_about="patients who are caught early, for the money that there is"),
    Person("hana", "Hana Sato", function="quality", role="quality engineer, runs the tests", hue=90,
           cares_about="evidence that belongs to the thing that goes out"),
    Person("tariq", "Tariq Aziz", function="privacy", role="data protection officer", hue=180,
           cares_about="a reason in law for each thing that is done with a patient's data"),
    Person("lena", "Lena Vogel", function="engineering", role="platform engineer", hue=20,
           cares_about="services that fail loudly and come back quickly"),
)  # fmt: skip
