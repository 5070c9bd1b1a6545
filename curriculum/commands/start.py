"""The commands `start` and `doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.course.version import VERSION
from curriculum.launch import server as lab
from curriculum.learner import workspace as places
from curriculum.support.files import FileRefused

workspace_option = click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    envvar=places.VARIABLE,
    help="The folder that keeps your work.  [default: ~/cross-functional-curriculum]",
)


@click.command()
@workspace_option
@click.option("--no-browser", is_flag=True, help="Print the address instead of opening the browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The port to try first; 0 takes any free one.  [default: the last one, at first {lab.FIRST_PORT}]",
)
@click.option(
    "--listen",
    type=click.Choice([lab.HERE, "0.0.0.0"]),
    default=lab.HERE,
    envvar="CURRICULUM_LISTEN",
    help="Who can open it: this computer only, or with 0.0.0.0 others too, as a container needs it.",
    show_default=True,
)
@click.option("--everything", is_flag=True, help="Show all of JupyterLab, with nbgrader's instructor panels.")
@click.option("--together", metavar="NAMES", help="Write in one notebook with others: your names, as ada,ben,cho.")
def start(
    workspace: Path | None, no_browser: bool, port: int | None, listen: str, everything: bool, together: str | None
) -> None:
    """Open the course in JupyterLab. Ctrl+C closes it; your work is saved as you go."""

    people = tuple(dict.fromkeys(filter(None, (name.strip() for name in (together or "").split(",")))))

    def tell(server: lab.Running) -> None:
        mine, *others = [server.address_of(name) for name in people] or [server.address]
        click.echo(f"The course is open at {mine}")
        for name, address in zip(people[1:], others, strict=True):
            click.echo(f"For {name}: {address}")
        click.echo(f"Your work is kept in {root}")
        if not no_browser:
            lab.open_in_browser(mine)

    try:
        news = _news(places.locate(workspace))
        root = places.prepare(workspace)
        for line in news:
            click.echo(line)
        already = lab.running(root)
        if already and people:
            raise lab.CannotStart(
                "The course is open for this workspace already. Close it in its window with Ctrl+C, then start again."
            )
        if already:
            click.echo("The course is already running for this workspace; it is not started a second time.")
            tell(already)
            return

        first = lab.port_for(root) if port is None else port

        def ready(server: lab.Running) -> None:
            if first and f":{first}/" not in server.url:
                click.echo(f"Port {first} is taken by another program, so another one is used.")
            tell(server)
            click.echo("Leave this window open while you work. Press Ctrl+C here to close the course.")

        lab.serve(root, first, everything, ready, listen, people)
    except (FileRefused, lab.CannotStart) as error:
        raise click.ClickException(str(error)) from None
    click.echo("The course is closed. Your work is saved.")


def _news(workspace: Path) -> list[str]:
    """What is to be said of a course that is newer than at the last start."""
    if places.delivered_by(workspace) in (None, VERSION):
        return []  # without loading what is needed to find out more
    from curriculum.learner.updates import since_last_time

    return since_last_time(workspace)


@click.command()
@workspace_option
def doctor(workspace: Path | None) -> None:
    """Check this installation, and say in plain words what to do where something is wrong."""
    from curriculum.launch.doctor import examine

    wrong = 0
    for finding in examine(workspace):
        click.echo(f"{'ok   ' if finding.fine else 'WRONG'}  {finding.what}")
        if not finding.fine:
            wrong += 1
            click.echo(f"       {finding.remedy}")
    if wrong:
        click.echo(f"\n{wrong} thing{'s' if wrong > 1 else ''} to mend. Each line above says how.")
        raise SystemExit(1)
    click.echo("\nEverything is in place. Open the course with `curriculum start`.")
