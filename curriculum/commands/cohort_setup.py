"""`curriculum cohort create` and `enrol`: a course before its term, its settings and who takes part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curriculum.commands.cohort_parts import folder_argument, sentences

if TYPE_CHECKING:
    from curriculum.cohort.course import Course


@click.command()
@folder_argument
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="A table with a column `id`, as CSV or .xlsx; needed the first time.",
)
@click.option("--lessons", help="Lessons by name, with commas between, in the order in which they are due.")
@click.option("--id", "course_id", help="The course's id, for instance product-2026; by default the folder's name.")
@click.option("--title", help="The course's name, as learners read it.")
@click.option(
    "--due",
    multiple=True,
    metavar="LESSON=DATE",
    help="When a lesson is due, such as welcome=2026-09-14T18:00; can be given again.",
)
@click.option("--timezone", help="The time zone of due dates, for instance Europe/Berlin. By default UTC.")
@click.option(
    "--late",
    type=click.Choice(["none", "zero", "daily"]),
    help="What being late costs: nothing (the default), all, or a share a day.",
)
@click.option(
    "--late-share",
    type=click.FloatRange(0, 1),
    help="With `--late daily`: what each day costs; by default 0.1, a tenth.",
)
@click.option(
    "--late-at-most",
    type=click.FloatRange(0, 1),
    help="With `--late daily`: the most that is taken off; by default 0.5, a half.",
)
@click.option("--grace", type=click.FloatRange(0), help="Up to so many minutes late is in time. By default 0.")
@click.option(
    "--exemplars",
    type=click.Choice(["after_due", "always", "never"]),
    help="When feedback shows how others solved it; by default once a lesson is due for everybody.",
)
@click.option("--database", help="The gradebook's SQLAlchemy URL; by default gradebook.db in the folder.")
@click.option("--exchange", help="nbgrader's exchange folder, where learners fetch and submit.")
def create(folder: Path, roster: Path | None, lessons: str | None, due: tuple[str, ...], **settings: Any) -> None:
    """Make a course, or change its settings. Run again in FOLDER with only what is new, it keeps all else."""
    with sentences():
        from curriculum.cohort.course import ROSTER
        from curriculum.cohort.roster import difference, read_roster
        from curriculum.cohort.staging import create_course, parse_due

        before = _course_to_be(folder)
        course = _with_settings(before, lessons, settings)
        if before.lessons and course.id != before.id:
            raise click.UsageError(f"This course is {before.id}; another id would deal everybody other worlds.")
        if roster is None and not (course.root / ROSTER).is_file():
            raise click.UsageError("A course needs a roster: --roster FILE, a table with a column `id`.")
        learners = read_roster(roster or course.root / ROSTER)
        if before.lessons and (gone := difference(before.everybody, learners).gone):
            names = ", ".join(gone[:10]) + (" …" if len(gone) > 10 else "")
            raise click.UsageError(
                f"{roster} leaves out {len(gone)} who take part ({names}); "
                f"see what would change, and take it, with `curriculum cohort enrol {folder} --roster {roster}`."
            )
        dues = {}
        for text in due:
            lesson, found, date = text.partition("=")
            if not found or lesson not in course.lessons:
                raise click.UsageError(f"--due {text}: write it like --due {course.lessons[0]}=2026-09-14T18:00.")
            dues[lesson] = parse_due(date, course.timezone)
        create_course(course, learners, dues)
        from curriculum.cohort.status import dates

        understood = dates(course, tuple(dues))
    click.echo(f"{course.root}: {len(learners)} learners, {len(course.lessons)} lessons. Settings: cohort.toml.")
    for sentence in understood:
        click.echo(sentence)
    click.echo(f"Next: curriculum cohort release {folder}")


@click.command()
@folder_argument
@click.option("--roster", type=click.Path(path_type=Path), required=True, help="The new roster.")
@click.option("--add", is_flag=True, help="It is the list of some, such as a section: everybody else stays.")
@click.option("--yes", is_flag=True, help="Do not ask where somebody is no longer on it.")
def enrol(folder: Path, roster: Path, add: bool, yes: bool) -> None:
    """Take a new roster. Who is new is added, who is known brought up to date; nobody's work is deleted."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.roster import difference, read_roster
        from curriculum.cohort.staging import enrol as take

        course, listed = load_course(folder), read_roster(roster)
        named = {learner.id for learner in listed}
        kept = [learner for learner in course.roster if learner.id not in named] if add else []
        learners = (*kept, *listed)
        found = difference(course.roster, learners)
        click.echo(f"{len(course.roster)} learners before, {len(learners)} now: {found}.")
        if found.gone and not yes:
            click.confirm(
                "Those who are gone are no longer graded and exported; their work is kept. If this is the list of a "
                "section, use --add. Take them off?",
                abort=True,
            )
        take(course, learners)
    if found.gone:
        click.echo("To delete what is stored of somebody: curriculum cohort forget.")


def _course_to_be(folder: Path) -> Course:
    from secrets import token_hex

    from curriculum.cohort.course import SETTINGS, Course, load_course

    if (folder / SETTINGS).is_file():
        return load_course(folder)
    name = folder.resolve().name
    return Course(root=folder.resolve(), id=name, title=name, deal=token_hex(16))


def _with_settings(course: Course, lessons: str | None, settings: dict[str, Any]) -> Course:
    from dataclasses import replace

    from curriculum.cohort.late import LatePolicy

    late = LatePolicy(
        settings["late"] or course.late.method,
        course.late.share if settings["late_share"] is None else settings["late_share"],
        course.late.at_most if settings["late_at_most"] is None else settings["late_at_most"],
        course.late.grace_minutes if settings["grace"] is None else settings["grace"],
    )
    given = {
        "id": settings["course_id"],
        "title": settings["title"] or (settings["course_id"] if course.title == course.id else None),
        "timezone": settings["timezone"],
        "exemplars": settings["exemplars"],
        "database": _with_driver(settings["database"]),
        "exchange": Path(settings["exchange"]).resolve() if settings["exchange"] else None,
        "lessons": tuple(filter(None, (name.strip() for name in lessons.split(",")))) if lessons else None,
    }
    return replace(course, late=late, **{name: value for name, value in given.items() if value is not None})


def _with_driver(url: str | None) -> str | None:
    """PostgreSQL by the driver that comes with the extra `cohort`, where none is named."""
    for short in ("postgresql://", "postgres://"):
        if url and url.startswith(short):
            return f"postgresql+psycopg://{url.removeprefix(short)}"
    return url
