"""`curriculum cohort`: a course for a group, from its folder to the LMS."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from curriculum.commands.cohort_parts import folder_argument, lessons_argument, section_option, sentences
from curriculum.commands.examples import Exemplified, in_order, with_example
from curriculum.support.console import progress_bar

if TYPE_CHECKING:
    from curriculum.cohort.course import Course

MOST_NOTED = 40
"""Submissions of which something odd is told, one by one."""


class _Cohort(Exemplified):
    """The commands below, and those that have a module of their own, which is imported when they are used."""

    elsewhere: ClassVar = {
        "create": "cohort_setup", "enrol": "cohort_setup", "grade": "cohort_grade", "report": "cohort_report",
        "release": "cohort_giving", "handout": "cohort_giving", "feedback": "cohort_giving",
        "learner-edition": "cohort_giving", "extend": "cohort_clock", "status": "cohort_clock",
        "people": "cohort_people", "rename": "cohort_people", "restore": "cohort_people", "teams": "cohort_teams",
        "markers": "cohort_marking", "mark": "cohort_marking", "marks": "cohort_marking", "look": "cohort_marking",
        "marking-sheet": "cohort_marking",
    }  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        return in_order(self, [*super().list_commands(ctx), *self.elsewhere])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if module := self.elsewhere.get(cmd_name):
            command: click.Command = getattr(import_module(f"curriculum.commands.{module}"), cmd_name.replace("-", "_"))
            return with_example(command, f"cohort {cmd_name}")
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Cohort)
def cohort() -> None:
    """Run the course for a group, on nbgrader: here are the steps of a term, in their order."""


@cohort.command()
@folder_argument
@lessons_argument
@click.option(
    "--from",
    "place",
    type=click.Path(path_type=Path),
    help="A ZIP file, or a folder of them, that came back from learners or from the LMS.",
)
@click.option("--times", type=click.Path(path_type=Path), help="A table of when each was handed in, such as Moodle's.")
@section_option
@click.option("--before-due", is_flag=True, help="Take each learner's last submission in time rather than the last.")
@click.option(
    "--trust-times",
    is_flag=True,
    help="Believe the times that submissions state; for an exchange that was copied or restored.",
)
def collect(
    folder: Path, lessons: tuple[str, ...], place: Path | None, times: Path | None, section: str, before_due: bool,
    trust_times: bool,
) -> None:  # fmt: skip
    """Take in what learners handed in. It comes through the exchange, or as ZIP files (`--from`)."""
    if place is not None and section:
        raise click.UsageError("Each ZIP file says whose it is; leave out --section.")
    if place is not None and (before_due or trust_times):
        raise click.UsageError("ZIP files do not tell when they were handed in; leave out --before-due, --trust-times.")
    if times is not None and (place is None or len(lessons) != 1):
        raise click.UsageError("A table of times is that of one lesson, for ZIP files: name one LESSON, and --from.")
    with sentences():
        from curriculum.cohort.collecting import Collected, collect_lesson
        from curriculum.cohort.senders import read_times
        from curriculum.cohort.zipped import collect_zipped

        course = _course(folder).of_section(section)
        chosen, taken = course.chosen(lessons), dict[str, Collected]()
        if place is not None:
            with progress_bar("Reading ZIP files") as on_progress:
                table = read_times(times, course.timezone) if times else None
                taken = collect_zipped(course, chosen, place, on_progress, table)
        for lesson in chosen:
            if lesson not in taken:
                with progress_bar(f"Collecting {lesson}") as on_progress:
                    taken[lesson] = collect_lesson(
                        course, lesson, before_due=before_due, trust_times=trust_times, on_progress=on_progress
                    )
            done = taken[lesson]
            click.echo(f"{lesson}: {done.new} new, {done.updated} newer than before, {done.unchanged} as before.")
            more = len(done.notes) - MOST_NOTED
            rest = [f"… and {more} more like these."] if more > 0 else []
            for sentence in (*done.notes[:MOST_NOTED], *rest, *done.refused):
                click.echo(f"  {sentence}")


@cohort.command()
@folder_argument
@lessons_argument
@section_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "canvas", "moodle"]),
    default="csv",
    show_default=True,
    help="For whom.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="The file to write, also a workbook (.xlsx); by default the text is printed.",
)
@click.option(
    "--provisional", is_flag=True, help="Also where a person has still to mark something; an LMS gets blanks."
)
def export(folder: Path, lessons: tuple[str, ...], section: str, form: str, to: Path | None, provisional: bool) -> None:
    """Export the grades. As a table that says everything, or as Canvas or Moodle import them."""
    workbook = to is not None and to.suffix.lower() == ".xlsx"
    if workbook and form != "csv":
        raise click.UsageError(f"An LMS imports CSV; name a file such as {form}.csv.")
    with sentences():
        from curriculum.cohort.exporting import export as exported
        from curriculum.support.files import write_whole

        course = _course(folder).of_section(section)
        made = exported(course, course.chosen(lessons), form, provisional=provisional)
        data: str | bytes = made.text
        if workbook:  # another way of writing that most exports do without
            from curriculum.cohort.workbook import written

            data = written(made.rows)
        if to is not None:
            write_whole(to, data, private=True)
    for note in made.notes:
        click.echo(note, err=True)
    if to is None:
        click.echo(made.text, nl=False)
    else:
        click.echo(f"{to}: {made.text.count(chr(13))} lines.")


@cohort.command()
@folder_argument
@click.argument("student")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(folder: Path, student: str, yes: bool) -> None:
    """Delete all that is stored about a learner. STUDENT is their id; it says what was deleted."""
    with sentences():
        from curriculum.cohort.forgetting import forget as delete

        course = _course(folder)
        if not yes:
            click.confirm(f"Delete all submissions, grades and feedback of {student} in {course.root}?", abort=True)
        gone = delete(course, student)
        for sentence in (*gone.done, *gone.left):
            click.echo(sentence)
        if gone.left:
            raise click.exceptions.Exit(1)


@cohort.command()
@click.argument("number", type=click.IntRange(1, 100_000))
@folder_argument
@click.option("--lessons", default="", help="Lessons by name, with commas between; by default all there are.")
@click.option("--seed", default=1, show_default=True, help="Equal seeds make equal cohorts.")
@click.option(
    "--share", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="The share of learners who hand in."
)
def simulate(number: int, folder: Path, lessons: str, seed: int, share: float) -> None:
    """Make a course of invented learners, to rehearse with. NUMBER of them, in FOLDER, with scores that are known."""
    with sentences():
        from curriculum.cohort.course import SETTINGS, Course
        from curriculum.cohort.simulate import synthetic_course
        from curriculum.course.catalog import load_catalog

        if (folder / SETTINGS).exists():
            raise click.UsageError(f"There is a course in {folder} already; name a new folder.")
        there = [e.slug for e in load_catalog().lessons if (e.folder / f"{e.slug}.ipynb").is_file()]
        chosen = tuple(filter(None, lessons.split(","))) or tuple(there)
        course = Course(root=folder.resolve(), id="simulated", title="A simulated course", lessons=chosen)
        with progress_bar("Handing in") as on_progress:
            known = synthetic_course(course, number, seed, share=share, on_progress=on_progress)
    click.echo(
        f"{len(known)} submissions in {folder}; what each must score is in {folder / '.cohort' / 'known.jsonl'}."
    )


# How it is done


def _course(folder: Path) -> Course:
    from curriculum.cohort.course import load_course

    return load_course(folder)
