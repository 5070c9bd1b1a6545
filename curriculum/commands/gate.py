"""The command `curriculum gate`: let a release pass, or stop it by clause and reason."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from curriculum.support.files import FileRefused


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--base",
    metavar="COMMIT",
    default="",
    help="Branch or commit that the release is held against; by default the commit that brought the folder.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of the judgement; by default that of the commit that is judged.",
)
@click.option(
    "--clauses",
    type=click.Path(path_type=Path),
    help="Your own clause table, a TOML file; by default the table of the lesson.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def gate(folder: Path, base: str, today: dt.datetime | None, clauses: Path | None, as_json: bool) -> None:
    """Let the release in FOLDER pass, or stop it. It is a git repository, or a folder in one, with manifest.yaml
    and policy.yaml.

    Exit 0: it passes. Exit 1: it is stopped; each line names the clause and the reason. Exit 2: there is nothing
    that could be judged; the sentence says what to do.
    """
    from curriculum.practice.gate.clause_table import read_table
    from curriculum.practice.gate.verdict import judge

    try:
        table = read_table(clauses) if clauses else None
        verdict = judge(folder, base=base, today=today.date() if today else None, clauses=table)
    except FileRefused as error:
        if as_json:
            click.echo(json.dumps({"gate": 2, "error": str(error)}))
        else:
            click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(
        json.dumps(verdict.as_json(), indent=2, ensure_ascii=False) if as_json else "\n".join(verdict.sentences())
    )
    sys.exit(0 if verdict.passed else 1)
