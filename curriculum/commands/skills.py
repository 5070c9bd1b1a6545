"""`curriculum skills`: what a learner's work has shown, skill by skill, with the evidence."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("skill", required=False)
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="The folder that keeps your work, if not the usual one."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def skills(skill: str | None, workspace: Path | None, as_json: bool) -> None:
    """What your work has shown so far, skill by skill.

    With a SKILL, such as decision_rights, every question that was asked about it; the names are in the last column.
    """
    from rich.console import Console
    from rich.table import Table

    from curriculum.learner.progress import Progress, ProgressLost
    from curriculum.learner.skills import skills_of
    from curriculum.learner.workspace import locate
    from curriculum.pages.sureness import enough, summary
    from curriculum.support.dates import full_day

    place = locate(workspace)
    progress = Progress(place) if (place / ".curriculum").is_dir() else None
    try:
        found, said = skills_of(progress), progress.all_said() if progress else ()
    except ProgressLost as error:
        raise click.ClickException(str(error)) from None
    records = [record for record in found.records if skill in (None, record.id)]
    if not records:
        known = ", ".join(record.id for record in found.records)
        raise click.UsageError(f"There is no skill {skill!r}; there are {known}.")
    if as_json:
        document = {
            "skills": [
                {
                    "id": record.id,
                    "label": record.label,
                    "questions": record.questions,
                    "asked": len(record.evidence),
                    "shown": len(record.shown),
                    "evidence": [
                        {
                            "lesson": one.lesson,
                            "artifact": one.artifact,
                            "criterion": one.criterion,
                            "sentence": one.sentence,
                            "met": one.met,
                            "times_met": one.times,
                            "times_not_met": one.times_not,
                            "first_met": one.first_met.isoformat() if one.first_met else None,
                            "last_checked": one.last.isoformat(),
                            "hints": one.hints,
                        }
                        for one in record.evidence
                    ],
                }
                for record in records
            ],
            "uncounted_checks": found.uncounted,
            "how_sure": [vars(one) for one in said],
        }
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    if skill:
        record = records[0]
        table = Table(title=f"{record.label}: {record.standing}", title_justify="left")
        for name in ("What was asked", "Where", "Last check", "Met in", "First met"):
            table.add_column(name)
        for one in (*record.not_shown, *record.shown):
            where = f"{one.artifact_title}, {one.lesson_title}"
            met_on = full_day(one.first_met) if one.first_met else "not yet"
            table.add_row(one.sentence, where, "met" if one.met else "not met", one.often, met_on)
    else:
        table = Table(title=found.summary, title_justify="left")
        for name in ("Skill", "Shown", "Not met", "Not asked", "Shown in", "Id"):
            table.add_column(name, justify="right" if name in ("Shown", "Not met", "Not asked") else "left")
        for record in records:
            counts = (len(record.shown), len(record.not_shown), record.questions - len(record.evidence))
            table.add_row(record.label, *map(str, counts), record.places if record.evidence else "", record.id)
    Console(soft_wrap=False).print(table)
    if found.note:
        click.echo(found.note)
    if said and not skill:
        click.echo(f"How sure you were: {enough(len(said)) or summary(said)}")
