"""`curriculum cohort`: a course for a group, from its folder to the LMS."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import click

from curriculum.commands.cohort_parts import folder_argument, lessons_argument, section_option, sentences
from curriculum.support.console import progress_bar

if TYPE_CHECKING:
    from curriculum.cohort.course import Course
    from curriculum.cohort.grading import Graded


class _Cohort(click.Group):
    """The commands below, and those that have a module of their own, which is imported when they are used."""

    elsewhere: ClassVar = {
        "report": "cohort_report", "extend": "cohort_clock", "status": "cohort_clock", "people": "cohort_people",
        "rename": "cohort_people", "restore": "cohort_people",
        "teams": "cohort_teams",
    }  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *self.elsewhere]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if module := self.elsewhere.get(cmd_name):
            command: click.Command = getattr(import_module(f"curriculum.commands.{module}"), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Cohort)
def cohort() -> None:
    """Run the course for a group on nbgrader: fast, fair and safe grading of artifacts."""


@cohort.command()
@folder_argument
@click.option("--roster", type=click.Path(path_type=Path), help="CSV with a column `id`; needed the first time.")
@click.option("--lessons", help="Lessons by name, with commas between, in the order in which they are due.")
@click.option("--id", "course_id", help="The course's id, for instance product-2026; by default the folder's name.")
@click.option("--title", help="The course's name, as learners read it.")
@click.option("--due", multiple=True, metavar="LESSON=DATE", help="When a lesson is due; can be given again.")
@click.option("--timezone", help="The time zone of due dates, for instance Europe/Berlin. By default UTC.")
@click.option("--late", type=click.Choice(["none", "zero", "daily"]), help="What being late costs. By default nothing.")
@click.option("--late-share", type=click.FloatRange(0, 1), help="With `--late daily`: the share of each day.")
@click.option("--late-at-most", type=click.FloatRange(0, 1), help="With `--late daily`: the most that is taken off.")
@click.option("--grace", type=click.FloatRange(0), help="Up to so many minutes late is in time. By default 0.")
@click.option("--database", help="The gradebook's SQLAlchemy URL; by default gradebook.db in the folder.")
@click.option("--exchange", help="nbgrader's exchange folder, where learners fetch and submit.")
def create(folder: Path, roster: Path | None, lessons: str | None, due: tuple[str, ...], **settings: Any) -> None:
    """Make the course in FOLDER, or bring it up to date with a new roster, lessons, due dates or settings."""
    with sentences():
        from curriculum.cohort.course import ROSTER
        from curriculum.cohort.roster import read_roster
        from curriculum.cohort.staging import create_course, parse_due

        before = _course_to_be(folder)
        course = _with_settings(before, lessons, settings)
        if before.lessons and course.id != before.id:
            raise click.UsageError(f"This course is {before.id}; another id would deal everybody other worlds.")
        if roster is None and not (course.root / ROSTER).is_file():
            raise click.UsageError("A course needs a roster: --roster FILE, a CSV with a column `id`.")
        learners = read_roster(roster or course.root / ROSTER)
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


@cohort.command()
@folder_argument
@click.option("--roster", type=click.Path(path_type=Path), required=True, help="The new roster.")
@click.option("--add", is_flag=True, help="It is the list of some, such as a section: everybody else stays.")
@click.option("--yes", is_flag=True, help="Do not ask where somebody is no longer on it.")
def enrol(folder: Path, roster: Path, add: bool, yes: bool) -> None:
    """Take a new roster: who is new is added, who is known brought up to date, nobody's work is deleted."""
    with sentences():
        from curriculum.cohort.roster import difference, read_roster
        from curriculum.cohort.staging import enrol as take

        course, listed = _course(folder), read_roster(roster)
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


@cohort.command()
@folder_argument
@lessons_argument
@click.option("--again", is_flag=True, help="Also lessons that are released already.")
def release(folder: Path, lessons: tuple[str, ...], again: bool) -> None:
    """Give lessons to learners: all of the course, or only LESSONS."""
    with sentences():
        from curriculum.cohort.releasing import release_lesson

        course = _course(folder)
        for lesson in course.checked(lessons):
            done = release_lesson(course, lesson, again=again)
            where = f"release/{lesson}" + (f" and the exchange {course.exchange}" if course.exchange else "")
            click.echo(f"{lesson}: {f'released to {where}' if done else 'released already'}.")


@cohort.command()
@folder_argument
@lessons_argument
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The folder for the ZIP files.")
def handout(folder: Path, lessons: tuple[str, ...], to: Path) -> None:
    """Write one ZIP file for each learner, where there is no exchange to fetch lessons from."""
    with sentences():
        from curriculum.cohort.handouts import write_handouts

        course = _course(folder)
        with progress_bar("Writing handouts") as on_progress:
            written = write_handouts(course, course.chosen(lessons), to, on_progress)
    click.echo(f"{len(written)} ZIP files in {to}. Give each learner their own.")
    click.echo(f"When they come back: curriculum cohort collect {folder} --from FOLDER")


@cohort.command()
@folder_argument
@lessons_argument
@click.option(
    "--from",
    "place",
    type=click.Path(path_type=Path),
    help="A ZIP file, or a folder of them, that came back from learners or from the LMS.",
)
@section_option
@click.option("--before-due", is_flag=True, help="Take each learner's last submission in time rather than the last.")
@click.option("--trust-times", is_flag=True, help="Believe the times that submissions state.")
def collect(
    folder: Path, lessons: tuple[str, ...], place: Path | None, section: str, before_due: bool, trust_times: bool
) -> None:
    """Take in what learners handed in through the exchange, or as ZIP files (`--from`)."""
    if place is not None and section:
        raise click.UsageError("Each ZIP file says whose it is; leave out --section.")
    if place is not None and (before_due or trust_times):
        raise click.UsageError("ZIP files do not tell when they were handed in; leave out --before-due, --trust-times.")
    with sentences():
        from curriculum.cohort.collecting import Collected, collect_lesson
        from curriculum.cohort.zipped import collect_zipped

        course = _course(folder).of_section(section)
        chosen, taken = course.chosen(lessons), dict[str, Collected]()
        if place is not None:
            with progress_bar("Reading ZIP files") as on_progress:
                taken = collect_zipped(course, chosen, place, on_progress)
        for lesson in chosen:
            if lesson not in taken:
                with progress_bar(f"Collecting {lesson}") as on_progress:
                    taken[lesson] = collect_lesson(
                        course, lesson, before_due=before_due, trust_times=trust_times, on_progress=on_progress
                    )
            done = taken[lesson]
            click.echo(f"{lesson}: {done.new} new, {done.updated} newer than before, {done.unchanged} as before.")
            for sentence in done.notes + done.refused:
                click.echo(f"  {sentence}")


@cohort.command()
@folder_argument
@lessons_argument
@click.option("--student", "students", multiple=True, help="Only this learner; can be given again.")
@section_option
@click.option("--workers", type=click.IntRange(0), default=0, help="Processes; by default one per core.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Grade on the Dask cluster of this scheduler.")
@click.option("--again", is_flag=True, help="Judge also what has not changed.")
@click.option(
    "--sample",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Queue the words of N learners a lesson for you to read, although they carry no points.",
)
@click.option("--new-rubric", is_flag=True, help="Grade by this version's rubric what another one has graded.")
@click.option("--dry-run", is_flag=True, help="Say whose grade would change and why, and save nothing.")
@click.option("--changes", type=click.Path(path_type=Path), help="Write whose grade changed, and why, to a CSV file.")
@click.option("--execute", is_flag=True, help="Also run the notebooks, in a sandbox; it decides no score.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def grade(
    folder: Path, lessons: tuple[str, ...], section: str, changes: Path | None, execute: bool, as_json: bool, **how: Any
) -> None:
    """Grade what is new or changed in the course in FOLDER. Can be stopped at any time and run again."""
    with sentences():
        from curriculum.cohort.grading import grade_course

        course = _course(folder).of_section(section)
        with progress_bar("Grading", quiet=as_json) as on_progress:
            graded = grade_course(course, lessons, on_progress=on_progress, **how)
        if changes is not None:
            _write_changes(changes, graded)
        if execute:
            _execute(course, lessons, how["students"], as_json)
    if as_json:
        click.echo(json.dumps(_graded_json(graded), ensure_ascii=False, allow_nan=False))
        return
    _tell(graded, how["dry_run"])


@cohort.command()
@folder_argument
@lessons_argument
@section_option
@click.option("--provisional", is_flag=True, help="Also where a person has still to mark something; the pages say so.")
def feedback(folder: Path, lessons: tuple[str, ...], section: str, provisional: bool) -> None:
    """Write the learners' feedback pages, and release them where the course has an exchange."""
    with sentences():
        from curriculum.cohort.feedback import write_feedback

        course = _course(folder).of_section(section)
        with progress_bar("Writing feedback") as on_progress:
            pages = write_feedback(course, course.chosen(lessons), on_progress, provisional=provisional)
    click.echo(f"{pages} pages in {course.root / 'feedback'}" + (" and in the exchange." if course.exchange else "."))


@cohort.command()
@folder_argument
@lessons_argument
@section_option
@click.option("--format", "form", type=click.Choice(["csv", "canvas", "moodle"]), default="csv", show_default=True)
@click.option("--to", type=click.Path(path_type=Path), help="The file to write; by default the text is printed.")
@click.option(
    "--provisional", is_flag=True, help="Also where a person has still to mark something; an LMS gets blanks."
)
def export(folder: Path, lessons: tuple[str, ...], section: str, form: str, to: Path | None, provisional: bool) -> None:
    """Export the grades: a CSV that says everything, or what Canvas or Moodle import."""
    with sentences():
        from curriculum.cohort.exporting import export as exported
        from curriculum.support.files import write_whole

        course = _course(folder).of_section(section)
        made = exported(course, course.chosen(lessons), form, provisional=provisional)
        text = made.text
        if to is not None:
            write_whole(to, text, private=True)
    for note in made.notes:
        click.echo(note, err=True)
    if to is None:
        click.echo(text, nl=False)
    else:
        click.echo(f"{to}: {text.count(chr(13))} lines.")


@cohort.command()
@folder_argument
@click.argument("student")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(folder: Path, student: str, yes: bool) -> None:
    """Delete everything that the course in FOLDER stores about STUDENT."""
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
@click.option("--share", type=click.FloatRange(0, 1), default=1.0, help="The share of learners who hand in.")
def simulate(number: int, folder: Path, lessons: str, seed: int, share: float) -> None:
    """Make a course of NUMBER invented learners in FOLDER, with submissions whose scores are known."""
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


def _execute(course: Course, lessons: tuple[str, ...], students: tuple[str, ...], quiet: bool) -> None:
    run = import_module("curriculum.cohort.sandbox").execute_course
    with progress_bar("Running notebooks", quiet=quiet) as on_progress:
        told = run(course, course.chosen(lessons), students, on_progress)
    for sentence in told:
        click.echo(sentence, err=True)


def _tell(graded: Graded, dry_run: bool) -> None:
    standing = ", ".join(f"{number} {status.value}" for status, number in sorted(graded.statuses.items()))
    click.echo(f"{graded.judged} judged, {graded.unchanged} unchanged, in {graded.seconds:.1f} s.")
    click.echo(
        f"{'Then' if dry_run else 'Now'}: {standing or 'nobody has handed anything in'}"
        + (f"; {graded.late} late" if graded.late else "")
        + (f"; {graded.provisional} can still be changed by a person, in formgrader" if graded.provisional else "")
        + "."
    )
    for result in graded.problems[:20]:
        click.echo(f"  {result.student}, {result.lesson}: {result.status.value}. {result.sentence}")
    if len(graded.problems) > 20:
        click.echo(f"  … and {len(graded.problems) - 20} more; `curriculum cohort export` lists all.")
    if graded.strangers:
        click.echo(f"Not on the roster, so not graded: {', '.join(graded.strangers[:20])}.")
    if graded.changes:
        would = "would change" if dry_run else "changed"
        click.echo(f"{len(graded.changes)} grades {would}, or were kept by a person:")
        for change in graded.changes[:50]:
            which = f" ({'; '.join(change.criteria[:4])})" if change.criteria else ""
            click.echo(
                f"  {change.student}, {change.lesson}: {change.before} → {change.after}, {change.because}{which}"
            )
        if len(graded.changes) > 50:
            click.echo(f"  … and {len(graded.changes) - 50} more; `--changes FILE` lists all.")
    elif dry_run:
        click.echo("No grade would change.")


def _graded_json(graded: Graded) -> dict[str, Any]:
    return {
        "judged": graded.judged,
        "unchanged": graded.unchanged,
        "seconds": round(graded.seconds, 3),
        "statuses": {status.value: number for status, number in sorted(graded.statuses.items())},
        "late": graded.late,
        "provisional": graded.provisional,
        "strangers": list(graded.strangers),
        "problems": [
            {"student": r.student, "lesson": r.lesson, "status": r.status.value, "sentence": r.sentence}
            for r in graded.problems
        ],
        "changes": [{**vars(change), "criteria": list(change.criteria)} for change in graded.changes],
    }


def _write_changes(path: Path, graded: Graded) -> None:
    from curriculum.artifacts.document import safe_csv
    from curriculum.support.files import write_whole

    rows = [
        {"student_id": c.student, "lesson": c.lesson, "before": c.before, "after": c.after, "because": c.because,
         "criteria": "; ".join(c.criteria)}
        for c in graded.changes
    ]  # fmt: skip
    write_whole(path, safe_csv(rows), private=True)
