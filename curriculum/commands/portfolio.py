"""`curriculum portfolio`: one page with a learner's artifacts, sign-offs and stories, as HTML and as Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="The folder that keeps your work, if not the usual one."
)
@click.option("--name", default="", help="Your name, as it stands on the page.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the two files; by default the workspace.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def portfolio(workspace: Path | None, name: str, out: Path | None, as_json: bool) -> None:
    """Write a page of your work, to print or to send: portfolio.html, and the same as portfolio.md.

    It shows your documents, who signed them, and your stories. Nothing leaves this computer.
    """
    from curriculum.learner.portfolio import write_portfolio
    from curriculum.learner.workspace import locate
    from curriculum.support.files import FileRefused

    place = locate(workspace)
    try:
        written = write_portfolio(place, out or place, name)
    except FileRefused as error:
        raise click.ClickException(str(error)) from None
    if written is None:
        raise click.ClickException(f"There is no artifact in {place} yet; finish something in a lesson first.")
    if written.lost:
        click.echo(written.lost, err=True)
    if as_json:
        page, text = str(written.page), str(written.text)
        click.echo(json.dumps({"page": page, "markdown": text, "lessons": written.lessons}))
        return
    click.echo(f"{written.contents}: {written.page} (open or print it) and {written.text}.")
