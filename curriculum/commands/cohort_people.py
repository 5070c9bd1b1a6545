"""`curriculum cohort people`, `rename` and `restore`: who is stored in a course, and under which id."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.commands.cohort_parts import folder_argument, sentences


@click.command()
@folder_argument
def people(folder: Path) -> None:
    """Say who takes part. And of whom the course still stores something although they left."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.people import who_left

        course = load_course(folder)
        left = who_left(course)
    click.echo(f"On the roster: {len(course.everybody)} learners.")
    for name in course.sections:
        click.echo(f"  section {name}: {sum(one.section == name for one in course.everybody)}")
    for one in left:
        named = " ".join(filter(None, (one.learner.first_name, one.learner.last_name)))
        work = f"work in {', '.join(one.lessons)}" if one.lessons else "no work"
        click.echo(f"Left: {one.learner.id}{f' ({named})' if named else ''}, {work}")
    if left:
        click.echo("Back on the roster: curriculum cohort restore. Everything deleted: curriculum cohort forget.")


@click.command()
@folder_argument
@click.argument("old")
@click.argument("new")
def rename(folder: Path, old: str, new: str) -> None:
    """Give a learner another id. All that the course stores of OLD is NEW's from then on."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.people import rename as renamed

        for sentence in renamed(load_course(folder), old, new):
            click.echo(sentence)


@click.command()
@folder_argument
@click.argument("student")
def restore(folder: Path, student: str) -> None:
    """Take a learner back who left. STUDENT is the id under which they were on the roster."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.people import restore as restored

        learner = restored(load_course(folder), student)
    click.echo(f"{learner.id} is on the roster again. Their section is not known any more; add it with enrol --add.")
