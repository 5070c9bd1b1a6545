"""What learners ask in a terminal: the list of lessons, what comes next, a check, a hint, a fresh start."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from curriculum.cases import Case
    from curriculum.learner.lesson_files import LessonFiles
    from curriculum.learner.progress import Standing
    from graders.report import ArtifactReport, Report

_workspace = click.option(
    "--workspace", type=click.Path(path_type=Path), help="The folder that keeps your work, if not the usual one."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


@click.command("list")
@_workspace
@_json
def list_lessons(workspace: Path | None, as_json: bool) -> None:
    """The lessons in their order, and how far you are."""
    from curriculum.course.catalog import load_catalog
    from curriculum.learner.workspace import locate
    from curriculum.pages.standing import standing_in_words

    place = locate(workspace)
    standings = _standings(place)
    rows: list[dict[str, Any]] = []
    for entry in load_catalog().lessons:
        rows.append(
            {
                "slug": entry.slug,
                "title": entry.title,
                "level": entry.level,
                "minutes": list(entry.minutes),
                "standing": standing_in_words(entry.slug, standings.get(entry.slug, {})),
            }
        )
    if as_json:
        click.echo(json.dumps({"lessons": rows}, ensure_ascii=False))
        return
    for row in rows:
        minutes = f"{row['minutes'][0]}–{row['minutes'][1]} min"
        click.echo(f"{row['level']:<13} {row['slug']:<25} {minutes:<13} {row['standing']}")


@click.command("next")
@_workspace
@_json
def next_lesson(workspace: Path | None, as_json: bool) -> None:
    """What would help you most now: what is due, what is weakest, what is new, and why."""
    from curriculum.course.catalog import load_catalog
    from curriculum.learner.advice import advise
    from curriculum.learner.progress import ProgressLost
    from curriculum.learner.workspace import locate, notebook_path

    place = locate(workspace)
    try:
        found = advise(place)
    except ProgressLost as error:
        click.echo(str(error), err=True)
        first = load_catalog().lessons[0]
        click.echo(f"Without it nobody knows what is next. The course begins here: {notebook_path(first, place)}")
        return
    if as_json:
        click.echo(json.dumps({"next": [vars(one) for one in found]}, ensure_ascii=False))
        return
    if not found:
        click.echo("Everything in all lessons that can be checked is right. Well done. Try: curriculum portfolio")
    for number, one in enumerate(found, start=1):
        click.secho(f"{number}. {one.do}", bold=True)
        where = notebook_path(load_catalog().lesson(one.lesson), place) if one.lesson else "curriculum review"
        click.echo(f"   {one.why}\n   {where}")


@click.command()
@click.argument("slug", metavar="LESSON")
@click.argument("artifact", required=False, metavar="[DOCUMENT]")
@_workspace
@_json
def check(slug: str, artifact: str | None, workspace: Path | None, as_json: bool) -> None:
    """Review your answers in a LESSON, or one DOCUMENT of it, as in the notebook.

    A lesson's name is that in `curriculum list`; a document's is that of its file in `answers`, such as ask.
    """
    from curriculum.learner.checking import check_folder
    from curriculum.pages.reporting import report_text
    from graders import load_rubric

    files, case, note = _opened(slug, workspace)
    report = check_folder(load_rubric(slug), case, files.answers)
    chosen = [review for review in report.artifacts if artifact in (None, review.kind)]
    if not chosen:
        known = ", ".join(review.kind for review in report.artifacts)
        raise click.UsageError(f"There is no artifact {artifact!r} in {slug}; there are {known}.")
    _keep_checks(files.workspace, report, chosen)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, allow_nan=False))
        return
    for line in [note, *report.notes]:
        if line:
            click.echo(line)
    for review in chosen:
        click.echo(report_text(review, case))
        click.echo()


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_workspace
def bring(file: Path, workspace: Path | None) -> None:
    """Bring in answers from FILE, a ZIP file that you took along from another place.

    It comes from the page that runs in a browser, or is a lesson's folder of another computer. Answers that are there
    already are put aside, not deleted.
    """
    from curriculum.learner.bringing import bring as bring_in
    from curriculum.learner.bringing import unpacked
    from curriculum.learner.checking import check_folder
    from curriculum.learner.workspace import prepare
    from curriculum.pages.reporting import report_text
    from curriculum.support.files import FileRefused
    from graders import load_rubric

    try:
        travelling = unpacked(file)
        place = prepare(workspace)
        for one in travelling:
            arrived = bring_in(one, place, dt.datetime.now())
            click.echo(f"{one.slug}: {'brought in' if arrived.changed else 'the same answers are there already'}.")
            if arrived.aside:
                click.echo(f"The answers that were there are kept in {arrived.aside}.")
            if arrived.note:
                click.echo(arrived.note)
            report = check_folder(load_rubric(one.slug), arrived.case, arrived.files.answers)
            _keep_checks(place, report, report.artifacts)
            for review in report.artifacts:
                click.echo(report_text(review, arrived.case))
            click.echo(f"Go on in {arrived.files.folder / one.slug}.ipynb; `curriculum start` opens the course.")
    except FileRefused as error:
        raise click.ClickException(str(error)) from None


@click.command()
@click.argument("slug", metavar="LESSON")
@click.argument("artifact", required=False, metavar="[DOCUMENT]")
@_workspace
def hint(slug: str, artifact: str | None, workspace: Path | None) -> None:
    """The next hint for the most important thing that is still open in a LESSON.

    A lesson's name is that in `curriculum list`; a document's is that of its file in `answers`, such as ask.
    """
    from curriculum.learner.checking import check_folder
    from curriculum.notebook.lesson import open_lesson
    from curriculum.notebook.refusals import LessonError
    from graders import load_rubric

    files, case, _ = _opened(slug, workspace)
    rubric = load_rubric(slug)
    if artifact not in (None, *rubric.artifacts):
        raise click.UsageError(f"There is no artifact {artifact!r} in {slug}; there are {', '.join(rubric.artifacts)}.")
    report = check_folder(rubric, case, files.answers)
    still_open = [review.kind for review in report.artifacts if review.points < review.maximum]
    if not artifact and not still_open:
        click.echo("Everything is signed off here; no hint is needed.")
        return
    try:
        page = open_lesson(slug, files.folder).hint(artifact or still_open[0])
    except LessonError as error:
        raise click.ClickException(str(error)) from None
    click.echo(page.text.replace("**", ""))


@click.command()
@click.argument("slug", metavar="LESSON")
@_workspace
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(slug: str, workspace: Path | None, yes: bool) -> None:
    """Begin a LESSON anew, in the same world. Your answers are moved aside, not deleted."""
    from curriculum.learner.beginning import aside_of, begin_again
    from curriculum.support.files import FileRefused

    files, _, _ = _opened(slug, workspace, deal=False)
    if not files.answers.is_dir():
        click.echo(f"There are no answers in {files.folder}; nothing to reset.")
        return
    now = dt.datetime.now()
    if not yes:
        click.confirm(f"Move your answers in {slug} to {aside_of(files, now).name} and begin anew?", abort=True)
    try:
        aside = begin_again(files, now)
    except FileRefused as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Done. Your old answers are in {aside}. Run the notebook from its first cell.")


def _standings(workspace: Path) -> dict[str, dict[str, Standing]]:
    """The best checks by lesson and artifact; where the record cannot be read, none, and a word on why."""
    from curriculum.course.catalog import load_catalog
    from curriculum.learner.progress import Progress, ProgressLost

    if not (workspace / ".curriculum").is_dir():
        return {}
    progress = Progress(workspace)
    try:
        return {entry.slug: progress.standings(entry.slug) for entry in load_catalog().lessons}
    except ProgressLost as error:
        click.echo(str(error), err=True)
        return {}


def _keep_checks(workspace: Path | None, report: Report, reviews: Iterable[ArtifactReport]) -> None:
    """Keep what was checked of what is written; the review is worth having where that cannot be."""
    from curriculum.learner.progress import Progress
    from curriculum.learner.review import keep_findings
    from curriculum.support.files import FileRefused

    if workspace is None:
        return
    try:
        for review in reviews:
            if review.status.value != "not_attempted":
                Progress(workspace).record(report, review)
                keep_findings(workspace, report.slug, review)
    except FileRefused as error:
        click.echo(str(error), err=True)


def _opened(slug: str, workspace: Path | None, deal: bool = True) -> tuple[LessonFiles, Case | Any, str]:
    from curriculum.course.catalog import load_catalog
    from curriculum.learner.lesson_files import find_lesson_files, open_case
    from curriculum.learner.variant import VariantUnknown
    from curriculum.learner.workspace import locate

    try:
        entry = load_catalog().lesson(slug)
        folder = locate(workspace) / entry.level / slug if workspace else None
        files = find_lesson_files(slug, folder)
        if not deal:
            return files, None, ""
        if not files.folder.is_dir():
            begin = shlex.join(["curriculum", "start", *(["--workspace", str(workspace)] if workspace else [])])
            raise click.ClickException(f"There is no lesson in {files.folder} yet; begin with: {begin}")
        case, note = open_case(files, graded=False)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    except VariantUnknown as error:
        raise click.ClickException(str(error)) from None
    return files, case, note
