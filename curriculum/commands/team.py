"""`curriculum team`: a lesson for three to six people without a server: a file for each, and back together."""

from __future__ import annotations

import json
from pathlib import Path

import click

from curriculum.commands.examples import Exemplified


@click.group(cls=Exemplified)
def team() -> None:
    """Take a lesson with three to six people, each playing a part of its cast, without a server."""


@team.command("lessons")
def lessons() -> None:
    """Say which lessons a team can take, and of what size."""
    from curriculum.course.catalog import load_catalog
    from curriculum.course.lesson_plan import load_plan

    for entry in load_catalog().lessons:
        if plan := load_plan(entry.slug).team:
            click.echo(f"{entry.level:<13} {entry.slug:<24} {', '.join(plan.seats)} people   {entry.title}")


@team.command("deal")
@click.argument("slug", metavar="LESSON")
@click.option("--seats", required=True, help="The names of all, with commas between: the first writes for the team.")
@click.option("--variant", type=click.IntRange(0, 63), help="The world; by default one at random.")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="A folder that is not there yet.")
def deal(slug: str, seats: str, variant: int | None, target: Path) -> None:
    """Deal a lesson. It writes one ZIP file for each name, and a file that stays with you."""
    from curriculum.support.files import write_whole
    from curriculum.team.card import projector
    from curriculum.team.deal import DEALER, DealError, make_deal, write_deal
    from curriculum.team.handing import file_name, seat_file

    if target.exists():
        raise click.UsageError(f"{target} is there already; name a folder that is not, so that no deal is lost.")
    try:
        made = make_deal(slug, tuple(name for name in seats.split(",") if name.strip()), variant)
    except (DealError, LookupError) as error:
        raise click.UsageError(str(error.args[0])) from None
    write_deal(target / DEALER, made)
    for seat in made.table.seats:
        write_whole(target / file_name(seat), seat_file(made, seat), private=True)
    write_whole(target / "table.html", projector(made.table))
    for seat in made.table.seats:
        people = ", ".join(made.table.case.people[person].label for person in seat.people)
        writes = "; writes for the team" if seat == made.table.lead else ""
        click.echo(f"{target / file_name(seat)}   for {seat.name}: {people}{writes}")
    click.echo(
        f"\nSend each file to the one it is for, and to nobody else. {target / DEALER} stays with you: it holds all "
        f"keys. {target / 'table.html'} is for the wall.\n"
        f"Whoever deals is trusted; if you play as well, do not open the others' files.\n"
        f"Afterwards: curriculum team gather --deal {target / DEALER} FILE.zip …"
    )


@team.command("gather")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--deal", "dealt", required=True, type=click.Path(path_type=Path), help="The file dealer.json of this deal."
)
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="Where the debrief goes; by default beside the deal."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def gather(files: tuple[Path, ...], dealt: Path, target: Path | None, as_json: bool) -> None:
    """Bring together what the team handed in. It takes ZIP files, or a folder of them, checks the seals, reviews, and
    writes a debrief."""
    from curriculum.support.files import write_whole
    from curriculum.support.time_limit import TooLong, time_limit
    from curriculum.team.deal import DealError, read_deal
    from curriculum.team.debrief import debrief, page
    from curriculum.team.gathering import gather as brought_together

    try:
        found = read_deal(dealt)
        with time_limit(SECONDS):
            outcome = brought_together(found, files)
    except (DealError, LookupError) as error:
        raise click.UsageError(str(error.args[0])) from None
    except TooLong as error:
        raise click.ClickException(
            f"The documents could not be judged: {error}. Look for a rule that is very long."
        ) from None
    place = target or dealt.parent / "debrief.html"
    write_whole(place, page(outcome))
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False, allow_nan=False))
        return
    click.echo(debrief(outcome).text)
    click.echo(f"\nThe debrief, to look at together: {place}")


SECONDS = 60
"""How long judging a team's documents may take; usual ones take less than a second."""
