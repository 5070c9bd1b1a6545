"""The commands for authors: `curriculum author new|build|check|exemplar`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curriculum.commands.examples import Exemplified
from curriculum.support.console import progress_bar

if TYPE_CHECKING:
    from curriculum.authoring.proofs.running import Result

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
_LEVELS = ("beginner", "intermediate", "advanced")


@click.group(cls=Exemplified)
def author() -> None:
    """Make, build and prove lessons."""
    from importlib.util import find_spec

    if absent := [name for name in ("jupytext", "networkx") if find_spec(name) is None]:
        raise click.ClickException(
            f"Authors need {' and '.join(absent)}, which learners do not; run `make check` in the course's folder "
            f"once, or `pip install --no-deps --require-hashes -r requirements/test.txt`."
        )


@author.command()
@click.argument("slug")
@click.option("--title", required=True, help="The title that learners see.")
@click.option("--level", type=click.Choice(_LEVELS), default="beginner", show_default=True, help="How hard it is.")
@click.option("--role", default="product manager", show_default=True, help="What the learner is in this lesson.")
@click.option("--kind", default=None, help="The artifact's name in code, such as `memo`.  [default: from SLUG]")
def new(slug: str, title: str, level: str, role: str, kind: str | None) -> None:
    """Make the skeleton of a new lesson. SLUG is its name in code, such as `pod_retreat`.

    The skeleton passes its own proofs, and every file says what to replace.
    """
    from curriculum.authoring.lesson_text import LessonTextError
    from curriculum.authoring.new_lesson import NameTaken, new_lesson
    from curriculum.support.files import FileRefused

    try:
        paths = new_lesson(slug, title, level=level, role=role, kind=kind)
    except NameTaken as error:
        raise click.UsageError(str(error)) from None
    except (FileRefused, LessonTextError) as error:
        raise click.ClickException(str(error)) from None
    for path in paths:
        click.echo(path)
    click.echo(
        f"\nNext: replace the example, then `curriculum author build {slug}` and `curriculum author check {slug}`."
    )


@author.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
def build(slugs: tuple[str, ...]) -> None:
    """Build notebooks and pages from their sources. All lessons are built, or those named.

    The pages are the README's table of lessons, the glossary, and what the skill guides ask for; schemas for editors
    are written as well.
    """
    from curriculum.authoring.diagram import write_schemas
    from curriculum.authoring.glossary import write_glossary
    from curriculum.authoring.guides import write_guides
    from curriculum.authoring.lesson_text import LessonTextError
    from curriculum.authoring.notebook import build as build_notebook
    from curriculum.authoring.readme import write_map
    from curriculum.support.files import FileRefused

    try:
        for slug in _known(slugs):
            click.echo(build_notebook(slug))
        write_schemas()
        write_map()
        write_glossary()
        write_guides()
    except (LessonTextError, FileRefused, LookupError) as error:
        raise click.ClickException(str(error.args[0])) from None


@author.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--seeds", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many worlds to try.")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="How many at once.")
@click.option("--endings", is_flag=True, help="Print how each ending of the conversation is reached, and stop.")
@click.option("--effort", is_flag=True, help="Print fields, words, turns and minutes of each exemplar, and stop.")
@click.option("--graph", is_flag=True, help="Print the conversation as a Mermaid graph, and stop.")
@click.option("--spread", is_flag=True, help="Print how the right choices spread over worlds, and stop.")
@click.option("--guesses", is_flag=True, help="Print what players earn who skip the work, and stop.")
@click.option("--habits", is_flag=True, help="Print how far fixed habits get in the conversation, and stop.")
@_json
def check(
    slugs: tuple[str, ...],
    seeds: int,
    processes: int,
    endings: bool,
    effort: bool,
    graph: bool,
    spread: bool,
    guesses: bool,
    habits: bool,
    as_json: bool,
) -> None:
    """Prove lessons: all, or those named. Right answers pass, near-misses fail as named, nothing leaks, and more."""
    from curriculum.authoring.proofs.running import check as check_lesson

    known = _known(slugs)
    if effort:
        from curriculum.commands.author_effort import show_efforts

        show_efforts(known, as_json=as_json)
        return
    if endings or graph:
        for slug in known:
            _show_conversation(slug, graph=graph, as_json=as_json)
        return
    if spread or guesses or habits:
        from curriculum.commands.author_tables import show_guesses, show_habits, show_spread

        show = show_spread if spread else show_guesses if guesses else show_habits
        show(known, range(seeds), as_json=as_json)
        return
    results: dict[str, list[Result]] = {}
    for slug in known:
        with progress_bar(f"{slug}, {seeds} worlds", quiet=as_json) as tell:
            results[slug] = check_lesson(slug, seeds, processes, tell)
        if not as_json:
            _tell(slug, results[slug])
    if as_json:
        click.echo(
            json.dumps({"lessons": [_as_json(slug, found) for slug, found in results.items()]}, ensure_ascii=False)
        )
    if broken := [slug for slug, found in results.items() if not all(result.holds for result in found)]:
        raise click.ClickException(f"{', '.join(broken)}: mend what is listed above, then check again.")


@author.command()
@click.argument("slug")
@click.option("--seed", type=click.IntRange(0, 63), default=0, show_default=True, help="The world to answer for.")
@click.option("--variant", help="Which exemplar.  [default: the first]")
@click.option("--near-miss", help="Apply this near-miss, to see what a learner would be told.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="A lesson's folder, in which `answers` is written.  [default: one named SLUG]",
)
def exemplar(slug: str, seed: int, variant: str | None, near_miss: str | None, out: Path | None) -> None:
    """Write good answers, to try out. They are an exemplar of lesson SLUG for one world, as a folder of answers."""
    from curriculum.authoring.exemplars import write_exemplar
    from curriculum.support.files import FileRefused

    _known((slug,))
    try:
        answers = write_exemplar(slug, seed, variant, out or Path(slug), near_miss)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    except FileRefused as error:
        raise click.ClickException(str(error)) from None
    click.echo(answers)


def _known(slugs: tuple[str, ...]) -> list[str]:
    """The slugs, or all of the catalogue where none is given; an unknown one is a wrong call."""
    from curriculum.course.catalog import load_catalog

    catalog = load_catalog()
    try:
        return [catalog.lesson(slug).slug for slug in slugs] or [entry.slug for entry in catalog.lessons]
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None


def _tell(slug: str, results: list[Result]) -> None:
    held = sum(result.holds for result in results)
    click.echo(f"{slug}: {held} of {len(results)} proofs hold.")
    for result in results:
        if result.holds:
            continue
        click.echo(f"\n  Not so: {result.proof.claim}")
        for problem, more in list(result.grouped())[:20]:
            world = (
                "" if problem.seed is None else f" (world {problem.seed}{f', and {more} more like it' if more else ''})"
            )
            click.echo(f"    {problem.place}: {problem.sentence}{world}")
        if (rest := len(list(result.grouped())) - 20) > 0:
            click.echo(f"    and {rest} places more.")


def _as_json(slug: str, results: list[Result]) -> dict[str, object]:
    from curriculum.commands.author_effort import efforts_as_json

    return {
        "slug": slug,
        "holds": all(result.holds for result in results),
        "effort": efforts_as_json(slug),
        "proofs": [
            {
                "name": result.proof.name,
                "claim": result.proof.claim,
                "holds": result.holds,
                "problems": [
                    {"place": problem.place, "sentence": problem.sentence, "seed": problem.seed}
                    for problem in result.problems
                ],
            }
            for result in results
        ],
    }


def _show_conversation(slug: str, *, graph: bool, as_json: bool) -> None:
    from curriculum.authoring.diagram import endings_table, mermaid
    from curriculum.authoring.soundness import examine
    from curriculum.authoring.subject import load_subject

    subject = load_subject(slug)
    if subject.script is None:
        click.echo(f"{slug} has no conversation.")
        return
    if graph:
        click.echo(mermaid(subject.script))
        return
    found = examine(subject.script, subject.case(0))
    head = ("ending", "turns", "trust", "facts", "minutes left", "shortest way")
    rows = endings_table(found)
    if as_json:
        table = [dict(zip(head, row, strict=True)) for row in rows]
        click.echo(json.dumps({"slug": slug, "states": found.states, "endings": table}, ensure_ascii=False))
        return
    click.echo(f"{slug}: {found.states} states")
    for row in rows:
        click.echo(f"\n  {row[0]}")
        for name, value in zip(head[1:], row[1:], strict=True):
            click.echo(f"    {name:<13} {value}")
