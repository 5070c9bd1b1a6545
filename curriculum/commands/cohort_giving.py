"""What learners are given: `curriculum cohort release`, `handout`, `feedback` and `learner-edition`."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.commands.cohort_parts import folder_argument, lessons_argument, section_option, sentences
from curriculum.support.console import progress_bar


@click.command()
@folder_argument
@lessons_argument
@click.option("--again", is_flag=True, help="Also lessons that are released already.")
def release(folder: Path, lessons: tuple[str, ...], again: bool) -> None:
    """Give lessons to learners. All of the course, or only LESSONS."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.releasing import release_lesson

        course = load_course(folder)
        for lesson in course.checked(lessons):
            done = release_lesson(course, lesson, again=again)
            where = f"release/{lesson}" + (f" and the exchange {course.exchange}" if course.exchange else "")
            click.echo(f"{lesson}: {f'released to {where}' if done else 'released already'}.")


@click.command()
@folder_argument
@lessons_argument
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The folder for the ZIP files.")
def handout(folder: Path, lessons: tuple[str, ...], to: Path) -> None:
    """Write a ZIP file for each learner. For courses without an exchange to fetch lessons from."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.handouts import write_handouts

        course = load_course(folder)
        with progress_bar("Writing handouts") as on_progress:
            written = write_handouts(course, course.chosen(lessons), to, on_progress)
    click.echo(f"{len(written)} ZIP files in {to}. Give each learner their own.")
    click.echo(f"When they come back: curriculum cohort collect {folder} --from FOLDER")


@click.command()
@folder_argument
@lessons_argument
@section_option
@click.option("--provisional", is_flag=True, help="Also where a person has still to mark something; the pages say so.")
def feedback(folder: Path, lessons: tuple[str, ...], section: str, provisional: bool) -> None:
    """Write the learners' feedback pages. Where the course has an exchange, learners fetch them there."""
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.feedback import write_feedback
        from curriculum.cohort.solutions import never_shown

        course = load_course(folder).of_section(section)
        with progress_bar("Writing feedback") as on_progress:
            pages = write_feedback(course, course.chosen(lessons), on_progress, provisional=provisional)
        waits = list(never_shown(course, course.chosen(lessons)))
    click.echo(f"{pages} pages in {course.root / 'feedback'}" + (" and in the exchange." if course.exchange else "."))
    for sentence in waits:
        click.echo(sentence)


@click.command("learner-edition")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where the wheel is put.")
def learner_edition(folder: Path | None, out: Path) -> None:
    """Write the edition for learners' computers. It is a wheel that holds no good answers and no planted mistakes.

    With the course in FOLDER it also says what else there lets learners know their answers.
    """
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.edition import what_else, write_edition

        said = what_else(load_course(folder)) if folder is not None else ()
        wheel = write_edition(out)
    click.echo(f"{wheel}: the course for learners, {wheel.stat().st_size / 1e6:.1f} MB.")
    click.echo(f"Where learners work, after requirements/learn.txt or hub.txt: pip install --no-deps {wheel}")
    for sentence in said:
        click.echo(sentence)
