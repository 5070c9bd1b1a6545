"""Who takes part: who draws, who models, who holds payments, who builds and releases, who watches the risk, who keeps
customers, who pays."""

from __future__ import annotations

from curriculum.cases.base import Person, by_id

PEOPLE = by_id(
    Person("edda", "Edda Frisk", function="sponsor", role="director of business payments, sponsor of the pod", hue=340,
           cares_about="a number that the board can believe"),
    Person("tove", "Tove Lindahl", function="design", role="product designer", hue=300,
           cares_about="payers who stay calm and do the right thing"),
    Person("arjun", "Arjun Pillai", function="data_science", role="data scientist", hue=210,
           cares_about="a model that says what it does not know"),
    Person("esi", "Esi Adjei", function="operations", role="head of the fraud analysts", hue=25,
           cares_about="the calls that keep somebody’s money"),
    Person("beatriz", "Beatriz Leal", function="ml", role="ML engineer, releases", hue=140,
           cares_about="nights in which nothing rings"),
    Person("conrad", "Conrad Weiss", function="risk", role="head of risk review, gives two days a week", hue=60,
           cares_about="the licence"),
    Person("rhona", "Rhona Gill", function="accounts", role="head of accounts", hue=100,
           cares_about="customers who get their payments through"),
    Person("you", "You", function="product", role="lead of the new pod", hue=180,
           cares_about="a pod that can say what it is for, and when it is done"),
)  # fmt: skip
