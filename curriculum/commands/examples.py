"""What somebody types for each command: the end of its help, read as it is typed by a test."""

from __future__ import annotations

from collections.abc import Iterable

import click

EXAMPLES = {
    "start": "curriculum start --workspace my-work",
    "list": "curriculum list",
    "next": "curriculum next",
    "skills": "curriculum skills decision_rights",
    "check": "curriculum check welcome",
    "hint": "curriculum hint welcome",
    "reset": "curriculum reset welcome",
    "bring": "curriculum bring welcome-answers.zip",
    "review": "curriculum review --most 10",
    "portfolio": 'curriculum portfolio --name "Ada Lovelace"',
    "grade": "curriculum grade welcome handed-in/ada/welcome",
    "team": "curriculum team deal recommendation_scoping --seats ada,ben,cho,dan --to monday",
    "author": "curriculum author check welcome",
    "cohort": "curriculum cohort create product-2026 --roster roster.csv --lessons welcome",
    "gate": "curriculum gate release",
    "dashboard": "curriculum dashboard fraud_false_positives",
    "doctor": "curriculum doctor",
    "team lessons": "curriculum team lessons",
    "team deal": "curriculum team deal recommendation_scoping --seats ada,ben,cho,dan --to monday",
    "team gather": "curriculum team gather handed-in --deal monday/dealer.json",
    "author new": 'curriculum author new pod_retreat --title "A pod on retreat" --level advanced --role "pod lead"',
    "author build": "curriculum author build welcome",
    "author check": "curriculum author check welcome --seeds 20",
    "author exemplar": "curriculum author exemplar welcome --seed 3 --out tried",
    "cohort create": "curriculum cohort create product-2026 --roster roster.csv --lessons welcome",
    "cohort enrol": "curriculum cohort enrol product-2026 --roster roster.csv --add",
    "cohort release": "curriculum cohort release product-2026 welcome",
    "cohort handout": "curriculum cohort handout product-2026 --to handouts",
    "cohort learner-edition": "curriculum cohort learner-edition product-2026 --out edition",
    "cohort teams": "curriculum cohort teams product-2026 recommendation_scoping --size 4 --keep-apart section",
    "cohort collect": "curriculum cohort collect product-2026 --from handed-in",
    "cohort grade": "curriculum cohort grade product-2026 --dry-run --changes changes.csv",
    "cohort feedback": "curriculum cohort feedback product-2026 welcome",
    "cohort report": "curriculum cohort report product-2026 --to report.html",
    "cohort export": "curriculum cohort export product-2026 --format canvas --to grades.csv",
    "cohort status": "curriculum cohort status product-2026",
    "cohort extend": "curriculum cohort extend product-2026 welcome --student ada --days 3 --because ill",
    "cohort markers": "curriculum cohort markers product-2026 welcome --marker Kim --marker Lou --second 20",
    "cohort marking-sheet": "curriculum cohort marking-sheet product-2026 welcome --marker Kim --out kim.csv",
    "cohort mark": "curriculum cohort mark product-2026 welcome ada --as Kim --points 7 --comment Clear.",
    "cohort look": "curriculum cohort look product-2026 welcome ada --as Kim --fine",
    "cohort marks": "curriculum cohort marks product-2026 welcome --to marks.csv",
    "cohort people": "curriculum cohort people product-2026",
    "cohort rename": "curriculum cohort rename product-2026 ada ada.lovelace",
    "cohort restore": "curriculum cohort restore product-2026 ada",
    "cohort forget": "curriculum cohort forget product-2026 ada",
    "cohort simulate": "curriculum cohort simulate 30 tryout --lessons welcome",
}


def with_example(command: click.Command, name: str) -> click.Command:
    """The command, whose help ends with what somebody types; raises KeyError where nobody has thought of that."""
    command.epilog = f"\b\nExample:\n  {EXAMPLES[name]}"
    return command


def in_order(group: click.Group, names: Iterable[str]) -> list[str]:
    """The names of a group's commands in the order of EXAMPLES, which is the order in which they are needed."""
    known = list(EXAMPLES)
    return sorted(names, key=lambda name: known.index(f"{group.name} {name}"))


class Exemplified(click.Group):
    """A group whose commands' help ends with an example."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return in_order(self, super().list_commands(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        return with_example(command, f"{self.name} {cmd_name}") if command else None
