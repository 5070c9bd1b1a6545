"""`curriculum cohort report`: the page for instructors, and the same as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.cohort.course import REPORT
from curriculum.commands.cohort_parts import folder_argument, lessons_argument, section_option, sentences
from curriculum.support.console import progress_bar


@click.command()
@folder_argument
@lessons_argument
@section_option
@click.option("--to", type=click.Path(path_type=Path), help=f"The page to write; by default {REPORT} in FOLDER.")
@click.option("--csv", "sheets", type=click.Path(path_type=Path), help="Write the same as CSV files into this folder.")
def report(folder: Path, lessons: tuple[str, ...], section: str, to: Path | None, sheets: Path | None) -> None:
    """Write a report on the course. It is one page with what instructors want to know, and the same as CSV."""
    if section and to is None:
        raise click.UsageError("Name the page of a section with --to, since the report of all stands in FOLDER.")
    with sentences():
        import datetime as dt

        from curriculum.cohort.course import load_course, zone
        from curriculum.cohort.report.analysis import analyse
        from curriculum.cohort.report.page import page
        from curriculum.cohort.report.sheets import write_sheets
        from curriculum.support.files import write_whole

        course = load_course(folder).of_section(section)
        with progress_bar("Reading lessons") as on_progress:
            found = analyse(course, course.chosen(lessons), dt.datetime.now(dt.UTC), on_progress)
        target = to or course.root / REPORT
        # It names learners and what they wrote, so it is nobody else's on this computer.
        write_whole(target, page(found, zone(course.timezone)), private=True)
        written = write_sheets(found, sheets) if sheets else []
    click.echo(f"{target}: {len(found.learners):,} learners, {len(found.lessons)} lessons.")
    if written:
        click.echo(f"{sheets}: {', '.join(path.name for path in written)}.")
