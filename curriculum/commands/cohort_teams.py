"""`curriculum cohort teams`: who takes a lesson together, and a file for each seat."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.commands.cohort_parts import folder_argument, sentences


@click.command()
@folder_argument
@click.argument("lesson")
@click.option("--size", type=click.IntRange(3, 6), default=4, show_default=True, help="How many play together.")
@click.option("--teams", "named", type=click.Path(path_type=Path), help="A CSV file with the columns team and learner.")
@click.option("--keep-apart", "column", help="A column, such as function: those alike in it sit in different teams.")
@click.option("--from", "table", type=click.Path(path_type=Path), help="The CSV file that has it; else the roster.")
@click.option("--again", is_flag=True, help="Deal anew, although teams are dealt: what was signed counts no more.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Where the seats’ ZIP files go.")
def teams(
    folder: Path,
    lesson: str,
    size: int,
    named: Path | None,
    column: str | None,
    table: Path | None,
    again: bool,
    target: Path | None,
) -> None:
    """Let teams take a lesson. It says who sits together in LESSON, and writes a ZIP file for each seat."""
    with sentences():
        from curriculum.cohort.course import ROSTER, SEATS, CourseError, load_course
        from curriculum.cohort.team_files import TeamsError, read_column, read_teams
        from curriculum.cohort.teams import deal_teams, write_seats, write_teams

        course = load_course(folder)
        course.checked((lesson,))
        if course.teams(lesson) and not again and (named or column or target is None):
            raise CourseError(
                f"{course.teams_file(lesson)} says who sits together already. Write the seats' files with --to FOLDER, "
                f"or deal anew with --again; what was signed then counts no more."
            )
        try:
            if again or not course.teams(lesson):
                apart = read_column(table or course.root / ROSTER, column) if column else None
                found = read_teams(named) if named else deal_teams(course, lesson, size, apart)
                if not found:
                    raise CourseError(f"{named} names no teams.")
                click.echo(f"{len(found)} teams: {write_teams(course, lesson, found)}")
        except TeamsError as error:
            raise CourseError(str(error)) from None
        course = load_course(folder)
        place = target or course.root / SEATS / lesson
        written = write_seats(course, lesson, place)
    click.echo(
        f"{len(written)} seats in {place}: send each ZIP file to the one it is named after. They unpack it into the "
        f"folder of the course, over the lesson's folder if they have fetched it, and hand in as ever; each of a team "
        f"hands in. The first of a team writes; `curriculum cohort grade` gives all of it one score."
    )
