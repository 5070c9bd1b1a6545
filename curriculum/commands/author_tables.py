"""Tables for authors: how right choices spread over worlds, and what players earn who skip the work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from curriculum.authoring.subject import load_subject


def show_spread(slugs: Iterable[str], seeds: Sequence[int], *, as_json: bool) -> None:
    """For each place that is picked: in which share of the worlds the usual choice is right."""
    from curriculum.authoring.proofs.spread import USUAL
    from curriculum.authoring.spread import spreads

    found = {slug: spreads(load_subject(slug), seeds) for slug in slugs}
    if as_json:
        _print_json(found={slug: [vars(spread) for spread in places] for slug, places in found.items()}, key="spread")
        return
    for slug, places in found.items():
        click.echo(f"{slug}: {len(places)} places on whose choice points depend, over {len(seeds)} worlds")
        for spread in places:
            mark = "!" if spread.usual > USUAL else " "
            click.echo(
                f" {mark} {spread.usual:4.0%}  {spread.place}, {spread.entries} "
                f"{'entries' if spread.entries > 1 else 'entry'}; {spread.choice} at {spread.example}"
            )


def show_guesses(slugs: Iterable[str], seeds: Sequence[int], *, as_json: bool) -> None:
    """For each player: what it earns on the mean and at most, and what it may."""
    from curriculum.authoring.proofs.guessing import PLAYERS, earned

    found: dict[str, list[dict[str, Any]]] = {}
    for slug in slugs:
        played = {name: earned(load_subject(slug), name, seeds) for name in PLAYERS}
        found[slug] = [
            {"player": name, "mean": result.mean, "most": result.most, "world": result.best_seed,
             "limit": PLAYERS[name][1].mean, "limit_in_a_world": PLAYERS[name][1].most}
            for name, result in played.items() if result
        ]  # fmt: skip
    if as_json:
        _print_json(found=found, key="guesses")
        return
    for slug, rows in found.items():
        click.echo(f"{slug}: shares of the points, over {len(seeds)} worlds")
        for row in rows:
            mark = "!" if row["mean"] > row["limit"] or row["most"] > row["limit_in_a_world"] else " "
            click.echo(
                f" {mark} {row['player']:<24} mean {row['mean']:4.0%}  most {row['most']:4.0%} "
                f"(world {row['world']})  limits {row['limit']:4.0%} {row['limit_in_a_world']:4.0%}"
            )


def _print_json(*, found: dict[str, list[dict[str, Any]]], key: str) -> None:
    lessons = [{"slug": slug, key: rows} for slug, rows in found.items()]
    click.echo(json.dumps({"lessons": lessons}, ensure_ascii=False))


def show_habits(slugs: Iterable[str], seeds: Sequence[int], *, as_json: bool) -> None:
    """For each fixed habit in the conversation: the facts and the ending that it reaches on the mean."""
    from curriculum.authoring.exploration import TooManyStates
    from curriculum.authoring.habits import reached, table

    head = ("habit", "facts", "worth of the ending", "ends mostly in")
    try:
        found = {slug: list(table(reached(load_subject(slug), seeds))) for slug in slugs}
    except TooManyStates as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        named = {slug: [dict(zip(head, row, strict=True)) for row in rows] for slug, rows in found.items()}
        _print_json(found=named, key="habits")
        return
    for slug, rows in found.items():
        click.echo(
            f"{slug}: what always taking the same kind of choice reaches" if rows else f"{slug}: no conversation"
        )
        widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
        for row in (head, *rows) if rows else ():
            words = (word.ljust(width) for word, width in zip(row, widths, strict=True))
            click.echo("  " + "  ".join(words).rstrip())
