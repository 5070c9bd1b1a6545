"""Who takes part: who compares, who serves, who calls, who promises, who signs, who listens, who pays."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("arjun", "Arjun Pillai", function="data_science", role="data scientist", hue=210,
           cares_about="a comparison that nobody has to apologise for later"),
    Person("beatriz", "Beatriz Leal", function="ml", role="ML engineer, carries the pager", hue=140,
           cares_about="nights in which nothing has to be put back"),
    Person("esi", "Esi Adjei", function="operations", role="head of the fraud analysts", hue=60,
           cares_about="a queue that can be finished by people"),
    Person("rhona", "Rhona Gill", function="accounts", role="head of key accounts", hue=20,
           cares_about="what stands in contracts, line by line"),
    Person("conrad", "Conrad Weiss", function="risk", role="head of model risk, signs for releases", hue=100,
           cares_about="a signature that means somebody has looked"),
    Person("tove", "Tove Lindahl", function="design", role="product designer", hue=300,
           cares_about="those who do not say it in a survey"),
    Person("edda", "Edda Frisk", function="sponsor", role="director of payments, pays for the pod", hue=340,
           cares_about="a quarter in which fewer payments are lost and nobody is ashamed"),
    Person("you", "You", function="product", role="pod lead", hue=180,
           cares_about="a pod that decides by what it can show"),
)  # fmt: skip
