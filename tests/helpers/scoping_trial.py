"""A small case of our own with people, facts, cards and roles, for tests of the board, the form and the grid."""

from __future__ import annotations

from dataclasses import replace

from curriculum.cases.base import Card, Case, Entry, Fact, Person, Role, by_id, frozen_columns


def scoping_case() -> Case:
    """Six cards over three roles; "event_pipeline" is needed by "ranking", and two cards ask for the same."""
    people = by_id(
        Person("maya", "Maya Okafor", function="product", role="Product manager", hue=300),
        Person("jonas", "Jonas Lind", function="design", role="Designer", hue=20),
        Person("wei", "Wei Zhang", function="ml", role="ML engineer", hue=200),
        Person("aisha", "Aisha Rahman", function="privacy", role="Privacy counsel", hue=140),
    )
    facts = by_id(
        Fact("launch_date", "The launch is on 18 May; the date is printed on the trade-fair stand."),
        Fact("cold_start", "31 % of visitors have no history.", value=0.31, held_by="wei"),
        Fact("reasons_help", "Nine of twelve testers wanted to know why they see an item.", held_by="jonas"),
        Fact("consent_clause", "The contract asks for a consent switch.", held_by="aisha"),
    )
    cards = by_id(
        Card(
            "ranking", "Personal ranking on the home page", "Items people like come first.", team="wei",
            effort={"ml": 18, "data": 6}, needs=("event_pipeline",),
        ),
        Card("event_pipeline", "Event pipeline", "Clicks arrive within a minute.", team="wei", effort={"data": 15}),
        Card(
            "consent", "Consent switch", "People decide whether they are profiled.", team="aisha",
            effort={"design": 3, "ml": 1}, mandatory="the contract with Nordkauf, clause 7",
        ),
        Card("fast_home", "Fast home page carousel", "The row shows before people scroll.", team="jonas",
             effort={"design": 6, "ml": 2}),
        Card("quick_row", "Quick product row", "No empty row while the page loads.", team="maya",
             effort={"design": 5, "ml": 2}),
        Card("reasons", "Say why an item is shown", "Nobody wonders where an item comes from.", team="jonas",
             effort={"design": 4, "ml": 5}),
    )  # fmt: skip
    events = by_id(Entry("autumn", "The planning for autumn, 14 September 2026"))
    roles = by_id(
        Role("ml", "ML engineer", capacity=20),
        Role("data", "Data platform", capacity=24),
        Role("design", "Designer", capacity=15),
    )
    metrics = by_id(
        Entry("conversion", "Conversion of sessions", "orders per session, by week"),
        Entry("latency_p95", "End-to-end p95", "milliseconds"),
    )
    return Case(
        slug="trial", version=1, seed=0, company="Nordkauf", brief="", people=people, facts=facts,
        columns={"none": frozen_columns()}, truth=None,
        more={"cards": cards, "roles": roles, "metrics": metrics, "events": events},
    )  # fmt: skip


def raci_case() -> Case:
    """The same people with deliverables that somebody must answer for."""
    deliverables = by_id(
        Entry("statement", "Write the problem statement"),
        Entry("permissions", "Change invite permissions"),
        Entry("consent_check", "Consent check for e-mail"),
        Entry("metric", "Define the activation metric"),
        Entry("go", "Decide go or no-go"),
        Entry("drift", "Watch for data drift", "after the launch"),
    )
    return replace(scoping_case(), more={"deliverables": deliverables})
