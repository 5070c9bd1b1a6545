"""Ways of working: what goes wrong between functions, which artifact prevents it, who can make that, what shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Entry, by_id

FAILURES = by_id(
    Entry("reopened", "A decision is opened again and again"),
    Entry("no_owner", "Everybody thinks that somebody else does it"),
    Entry("cannot_be_built", "Work begins on something that cannot be built"),
    Entry("two_meanings", "One word has two meanings"),
    Entry("happy_path", "Screens are drawn for the model's good answers only"),
    Entry("late_rule", "A rule is found when everything is built"),
    Entry("no_way_back", "Nobody knows when and how to take a release back"),
    Entry("silent_break", "Something breaks, and nobody sees it for days"),
    Entry("read_afterwards", "What counts is chosen once the numbers are there"),
)
"""What goes wrong in the cases of the course."""


@dataclass(frozen=True)
class Remedy(Entry):
    """Something that a team can make or begin."""

    prevents: frozenset[str] = frozenset()
    makers: tuple[str, ...] = ()
    """The functions that know what has to stand in it."""


def _remedy(id: str, label: str, prevents: str, makers: str) -> Remedy:
    return Remedy(id, label, prevents=frozenset(prevents.split()), makers=tuple(makers.split()))


REMEDIES = by_id(
    _remedy("approver_page", "A page that names one approver for each kind of decision", "reopened", "product"),
    _remedy("decision_log", "A log of decisions with what may open each again", "reopened", "product risk"),
    _remedy("raci", "A table with one name for each thing that has to be done", "no_owner", "product ml"),
    _remedy("feasibility", "A page on whether the data let it be built", "cannot_be_built", "data ml"),
    _remedy("glossary", "A list of words, each with the decision that hangs on it", "two_meanings", "data product"),
    _remedy("one_board", "One page on which each number is defined once", "two_meanings silent_break", "data ml"),
    _remedy("handoff", "A handoff in which every state is drawn", "happy_path", "design"),
    _remedy("bad_answers", "A collection of the model's bad answers, tried on each screen", "happy_path", "ml data"),
    _remedy("release_rules", "Release rules that a program checks, each with its clause", "late_rule", "risk ml"),
    _remedy("trace", "A list that leads from each rule to the part that keeps it", "late_rule", "risk design"),
    _remedy("rollout", "A release plan in steps, with the number that takes it back", "no_way_back", "ml product"),
    _remedy("watch", "A watch with a limit and somebody who is called", "silent_break", "ml data"),
    _remedy("test_plan", "A test plan with its rule, written before the data", "read_afterwards", "data product"),
    _remedy("morning_round", "A short round of everybody each morning", "", "product"),
    _remedy("one_tool", "One tool for all tasks of all functions", "", "ml product"),
    _remedy("demo", "A demo for everybody every second week", "", "design product"),
    _remedy("values", "A page on how we want to work together", "", "product design"),
)  # fmt: skip
"""The relation between artifacts and what they prevent; rounds, tools and values prevent none of it by themselves."""

STANDS_ON: Mapping[str, tuple[str, str]] = {
    "silent_break": ("two_meanings", "a number with two meanings cannot ring a bell"),
    "read_afterwards": ("two_meanings", "a rule needs a number that everybody counts alike"),
    "no_way_back": ("reopened", "whoever takes a release back must be allowed to"),
    "late_rule": ("cannot_be_built", "rules are read against something that can be built"),
    "happy_path": ("cannot_be_built", "real answers come from whoever tried it on the data"),
}
"""By failure: which other one is to be dealt with before it, where a house has both, and why."""

SIGNS = by_id(
    Entry("agenda_again", "A decision of this month is on an agenda again"),
    Entry("two_names", "A task stands for three days with two names or none"),
    Entry("begun_unseen", "An item is begun before anybody has looked at its data"),
    Entry("two_numbers", "Two reports give two numbers under one name"),
    Entry("undrawn_state", "An item comes back because a screen was not drawn"),
    Entry("read_last_week", "Risk reads an item for the first time in its last week"),
    Entry("no_number_back", "A release goes out without the number that takes it back"),
    Entry("user_first", "A user tells us before any of us has seen it"),
    Entry("rule_missing", "A test is begun, and its rule is not written"),
    Entry("survey", "People say in a survey that working together feels worse"),
    Entry("opened_page", "Fewer than half have opened the new page"),
    Entry("next_year", "The number of releases next year is lower than planned"),
)
SHOWS: Mapping[str, str] = {
    "reopened": "agenda_again", "no_owner": "two_names", "cannot_be_built": "begun_unseen",
    "two_meanings": "two_numbers", "happy_path": "undrawn_state", "late_rule": "read_last_week",
    "no_way_back": "no_number_back", "silent_break": "user_first", "read_afterwards": "rule_missing",
}  # fmt: skip
"""By failure: the first thing that is seen when it comes back. A feeling is later, and a click is something else."""

EXITS = by_id(
    Entry("dated", "The day in the plan has come"),
    Entry("written", "It is written, and everybody has it"),
    Entry("trained", "Everybody was in the workshop"),
    Entry("used", "Three real items went through it, and whoever gets them said yes or no to each"),
)

CODES: Mapping[str, tuple[str, tuple[str, str]]] = {
    "waiting": ("Waiting for input", ("cannot_be_built", "no_owner")),
    "scope": ("Scope changed", ("reopened", "cannot_be_built")),
    "again": ("Drawn again", ("happy_path", "two_meanings")),
    "numbers": ("Numbers unclear", ("two_meanings", "read_afterwards")),
    "stopped": ("Stopped before release", ("late_rule", "reopened")),
    "repair": ("Repair after release", ("no_way_back", "silent_break")),
}
"""What people enter on the board when an item stands still, and the two things that they may mean by it."""

FUNCTIONS_HERE = ("product", "design", "data", "ml", "risk")
"""The functions that work on an item in this house."""
