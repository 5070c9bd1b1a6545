"""Who takes part: three who count in AUC, nights and dates, two who read the score, one who may decide, one who only
thinks so."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("ilse", "Ilse Draper", function="data_science", role="data scientist", hue=210,
           cares_about="a model that goes on learning"),
    Person("owen", "Owen Bakare", function="ml", role="ML engineer on call", hue=140,
           cares_about="nights in which nobody is called"),
    Person("nadia", "Nadia Farouk", function="product", role="product manager", hue=20,
           cares_about="“Complete your kit”, live before the autumn sale"),
    Person("lucia", "Lucía Prado", function="design", role="product designer", hue=300,
           cares_about="a page that is never empty"),
    Person("gita", "Gita Rao", function="planning", role="supply planner", hue=60,
           cares_about="a job that runs every night and that nobody has ever asked about"),
    Person("viktor", "Viktor Hale", function="sponsor", role="commercial director", hue=340,
           cares_about="a decision that says when it would be wrong"),
    Person("per", "Per Nyström", function="marketing", role="newsletter editor", hue=100,
           cares_about="a newsletter that goes out on Thursdays"),
    Person("you", "You", function="product", role="DACI driver", hue=180,
           cares_about="claims that can be compared"),
)  # fmt: skip
