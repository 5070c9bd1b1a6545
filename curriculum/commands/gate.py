"""The command `curriculum gate`: let a release pass, or stop it by clause and reason."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from curriculum.support.files import FileRefused


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def gate(folder: Path, as_json: bool) -> None:
    """Judge the release in FOLDER, a git repository with manifest.yaml and policy.yaml.

    Exit 0: it passes. Exit 1: it is stopped; each line names the clause and the reason. Exit 2: there is nothing
    that could be judged; the sentence says what to do.
    """
    from curriculum.practice.gate.verdict import judge

    try:
        verdict = judge(folder)
    except FileRefused as error:
        if as_json:
            click.echo(json.dumps({"gate": 1, "error": str(error)}))
        else:
            click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(
        json.dumps(verdict.as_json(), indent=2, ensure_ascii=False) if as_json else "\n".join(verdict.sentences())
    )
    sys.exit(0 if verdict.passed else 1)
