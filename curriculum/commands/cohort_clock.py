"""`curriculum cohort extend` and `status`: more time for some, and how the course stands with its dates."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.commands.cohort_parts import folder_argument, lessons_argument, section_option, sentences


@click.command()
@folder_argument
@lessons_argument
@click.option("--student", "students", multiple=True, help="For this learner; can be given again.")
@click.option("--section", "sections", multiple=True, help="For everybody in this section; can be given again.")
@click.option("--until", metavar="DATE", help="Due then, for instance 2026-09-20T18:00.")
@click.option("--days", type=click.IntRange(1, 3650), help="Due so many calendar days after the lesson's own date.")
@click.option("--excused", is_flag=True, help="Nothing needs to be handed in; what is handed in counts.")
@click.option("--withdraw", is_flag=True, help="Take back what was granted to them.")
@click.option("--because", default="", help="Why; learners read it on their feedback page.")
def extend(
    folder: Path,
    lessons: tuple[str, ...],
    students: tuple[str, ...],
    sections: tuple[str, ...],
    until: str | None,
    days: int | None,
    excused: bool,
    withdraw: bool,
    because: str,
) -> None:
    """Give more time in LESSONS, or excuse. It works before and after they hand in.

    Where nobody is named it is for everybody. What is granted to a learner counts before what is granted to their
    section.
    """
    if sum((until is not None, days is not None, excused, withdraw)) != 1:
        raise click.UsageError("Say one of --until DATE, --days N, --excused and --withdraw.")
    if not lessons:
        raise click.UsageError("Name the lessons in which they get it.")
    with sentences():
        from curriculum.cohort import clocks, gradebook
        from curriculum.cohort.course import load_course
        from curriculum.cohort.grades import grades_of
        from curriculum.cohort.records import opened

        course = load_course(folder)
        lessons = course.checked(lessons)
        moment = clocks.parse_moment(until, course.timezone) if until else None
        like = clocks.Extension("", until=moment, days=days, excused=excused, because=because)
        wanted = clocks.extensions_from(lessons, students, sections, like)
        with opened(course) as records, records.engine.begin() as db:
            if days is not None and (without := [one for one in lessons if gradebook.due_date(db, one) is None]):
                raise click.UsageError(f"{', '.join(without)} has no due date to count from; say --until DATE.")
            taken = clocks.withdraw(db, course, wanted) if withdraw else 0
            before = clocks.granted_in(db, lessons)
            if not withdraw:
                clocks.grant(db, course, wanted)
            said = [sentence for one in wanted for sentence in clocks.told(db, course, one, before)]
        released = tuple(lesson for lesson in lessons if (course.release(lesson) / f"{lesson}.ipynb").is_file())
        grades_of(course, released)  # penalties follow at once
    if withdraw:
        click.echo(f"Taken back: {taken}." if taken else "Nothing had been granted to them.")
        return
    for sentence in said:
        click.echo(sentence)


@click.command()
@folder_argument
@lessons_argument
@section_option
def status(folder: Path, lessons: tuple[str, ...], section: str) -> None:
    """Say how the course stands, and what there is to do. With every date as it was understood, and what being late
    costs."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.status import standing

        for sentence in standing(load_course(folder).of_section(section), lessons):
            click.echo(sentence)
