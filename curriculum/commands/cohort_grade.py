"""`curriculum cohort grade`: judge what is new, and say whose grade changed and why."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curriculum.commands.cohort_parts import folder_argument, lessons_argument, section_option, sentences
from curriculum.support.console import progress_bar

if TYPE_CHECKING:
    from curriculum.cohort.course import Course
    from curriculum.cohort.grading import Graded


@click.command()
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
    help="Queue words that carry no points for you to read, until those of N learners a lesson are or were.",
)
@click.option("--new-rubric", is_flag=True, help="Grade by this version's rubric what another one has graded.")
@click.option("--dry-run", is_flag=True, help="Say whose grade would change and why, and save nothing.")
@click.option("--changes", type=click.Path(path_type=Path), help="Write whose grade changed, and why, to a CSV file.")
@click.option("--execute", is_flag=True, help="Also run the notebooks, in a sandbox; it decides no score.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def grade(
    folder: Path, lessons: tuple[str, ...], section: str, changes: Path | None, execute: bool, as_json: bool, **how: Any
) -> None:
    """Grade what is new or changed. It can be stopped at any time and run again."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.grading import grade_course

        course = load_course(folder).of_section(section)
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
        + (
            f"; {graded.provisional} can still be changed by a person, in formgrader or with cohort mark"
            if graded.provisional
            else ""
        )
        + "."
    )
    if graded.held:
        _tell_held(graded)
    for result in graded.problems[:20]:
        click.echo(f"  {result.student}, {result.lesson}: {result.status.value}. {result.sentence}")
    if len(graded.problems) > 20:
        click.echo(f"  … and {len(graded.problems) - 20} more; `curriculum cohort export` lists all.")
    if graded.strangers:
        click.echo(f"Not on the roster, so not graded: {', '.join(graded.strangers[:20])}.")
    if graded.changes:
        would = "would change" if dry_run else "changed"
        grades = "1 grade" if len(graded.changes) == 1 else f"{len(graded.changes)} grades"
        click.echo(f"{grades} {would}, or {'was' if len(graded.changes) == 1 else 'were'} kept by a person:")
        for change in graded.changes[:50]:
            which = f" ({'; '.join(change.criteria[:4])})" if change.criteria else ""
            click.echo(
                f"  {change.student}, {change.lesson}: {change.before} → {change.after}, {change.because}{which}"
            )
        if len(graded.changes) > 50:
            click.echo(f"  … and {len(graded.changes) - 50} more; `--changes FILE` lists all.")
    elif dry_run:
        click.echo("No grade would change.")


def _tell_held(graded: Graded) -> None:
    from graders import load_rubric

    one = len(graded.held) == 1
    click.echo(
        f"{len(graded.held)} {'document is' if one else 'documents are'} for you to look at, since the words are close "
        f"to the course's own or tell too little. No points are lost, and it says nothing of how it came about. The "
        f"report shows the passages side by side; say that you have looked with `curriculum cohort look`:"
    )
    for student, lesson, kind in graded.held[:10]:
        click.echo(f"  {student}, {lesson}: {load_rubric(lesson).artifacts[kind].title}")
    if len(graded.held) > 10:
        click.echo(f"  … and {len(graded.held) - 10} more.")


def _graded_json(graded: Graded) -> dict[str, Any]:
    return {
        "judged": graded.judged,
        "unchanged": graded.unchanged,
        "seconds": round(graded.seconds, 3),
        "statuses": {status.value: number for status, number in sorted(graded.statuses.items())},
        "late": graded.late,
        "provisional": graded.provisional,
        "held": [{"student": who, "lesson": lesson, "artifact": kind} for who, lesson, kind in graded.held],
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
