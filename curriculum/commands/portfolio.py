"""`curriculum portfolio`: one page with a learner's artifacts, sign-offs and stories, as HTML and as Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.option("--workspace", type=click.Path(path_type=Path), help="Your workspace, where it is not the usual one.")
@click.option("--name", default="", help="Your name, as it stands on the page.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the two files; by default the workspace.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def portfolio(workspace: Path | None, name: str, out: Path | None, as_json: bool) -> None:
    """Write portfolio.html and portfolio.md. Nothing leaves this computer."""
    from curriculum.learner.portfolio import as_markdown, as_page, chapters
    from curriculum.learner.progress import Progress, ProgressLost
    from curriculum.learner.skills import skills_of
    from curriculum.learner.workspace import locate
    from curriculum.support.files import FileRefused, write_whole

    place = locate(workspace)
    found = list(chapters(place)) if place.is_dir() else []
    if not found:
        raise click.ClickException(f"There is no artifact in {place} yet; finish something in a lesson first.")
    try:
        skills = skills_of(Progress(place))
    except ProgressLost as error:  # the work is worth showing without it
        click.echo(str(error), err=True)
        skills = None
    folder = out or place
    page, text = folder / "portfolio.html", folder / "portfolio.md"
    try:
        write_whole(page, as_page(found, name, skills))
        write_whole(text, as_markdown(found, name, skills))
    except FileRefused as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({"page": str(page), "markdown": str(text), "lessons": len(found)}))
        return
    pieces = sum(len(chapter.pieces) for chapter in found)
    click.echo(f"{pieces} artifacts of {len(found)} lessons: {page} (open or print it) and {text}.")
