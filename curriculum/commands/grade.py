"""`curriculum grade`: judge a folder of answers, as text or as one JSON document."""

from __future__ import annotations

import json
from pathlib import Path

import click

from curriculum.support.time_limit import TooLong, time_limit

SECONDS = 20
"""How long judging one folder may take; usual ones take milliseconds."""


@click.command()
@click.argument("slug", metavar="LESSON")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", type=click.IntRange(0, 63), help="The world, where the folder does not state it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def grade(slug: str, folder: Path, seed: int | None, as_json: bool) -> None:
    """Grade the answers in FOLDER (a lesson's folder, or its `answers`) by the rubric of LESSON."""
    from curriculum.cases import load_case
    from curriculum.learner.checking import check_folder
    from curriculum.learner.variant import VariantUnknown, read_stated
    from graders import load_rubric

    if not folder.is_dir():
        raise click.UsageError(f"{folder} is not a folder; name the lesson's folder or its `answers`.")
    answers = folder / "answers" if (folder / "answers").is_dir() else folder
    try:
        rubric = load_rubric(slug)
        stated = read_stated(answers, slug) if seed is None else None
    except (LookupError, VariantUnknown) as error:
        raise click.UsageError(str(error.args[0])) from None
    if seed is None and stated is None and any((answers / f"{kind}.yaml").exists() for kind in rubric.artifacts):
        raise click.UsageError(
            f"{answers / 'case.yaml'} is missing, so the variant is unknown; add --seed N (0 to 63)."
        )
    variant = seed if seed is not None else stated.variant if stated else 0
    case = load_case(slug, variant)
    try:
        with time_limit(SECONDS):
            report = check_folder(rubric, case, answers)
    except TooLong as error:
        raise click.ClickException(
            f"{answers} could not be judged: {error}. Look for a rule that is very long."
        ) from None
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, allow_nan=False))
        return
    from curriculum.pages.reporting import report_text

    for artifact in report.artifacts:
        click.echo(report_text(artifact, case))
        click.echo()
    for note in report.notes:
        click.echo(note)
    click.echo(f"{report.points:g} of {report.maximum} points (variant {variant}).")
