"""`curriculum review`: the cards that are due, by keyboard, one after the other; it can be left at any time."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="The folder that keeps your work, if not the usual one."
)
@click.option("--most", type=click.IntRange(1, 500), default=40, show_default=True, help="How many cards at most.")
@click.option("--json", "as_json", is_flag=True, help="Print how many cards wait, as one JSON document, and stop.")
def review(workspace: Path | None, most: int, as_json: bool) -> None:
    """Go over what is due, a few minutes a day: words of the trade, questions, and what you missed or overlooked."""
    from curriculum.learner.review import RATINGS, Deck, comes_back
    from curriculum.learner.workspace import locate
    from curriculum.support.files import FileRefused

    place = locate(workspace)
    if not (place / ".curriculum").is_dir():
        raise click.ClickException(f"There is no workspace in {place} yet; begin with `curriculum start`.")
    try:
        deck = Deck(place)
        counts = deck.counts()
    except FileRefused as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({"due": counts.due, "new": counts.new, "known": counts.known}))
        return
    waiting = deck.waiting()[:most]
    if not waiting:
        click.echo(counts.in_words())
        return
    click.echo(
        f"{len(waiting)} cards. Enter turns a card, 1 to 4 says how it went, q stops. Everything is kept at once.\n"
    )
    for number, card in enumerate(waiting, start=1):
        click.echo(f"[{number}/{len(waiting)}] {card.lesson}")
        for label, words in card.context:
            click.echo(f"  {label}: {words}")
        click.secho(card.front, bold=True)
        if _key("Enter to turn, q to stop: ", {"", "q"}) == "q":
            break
        click.echo("\n  - ".join([card.back, *card.points]))
        said = _key("1 again, 2 hard, 3 good, 4 easy, q stops: ", {*map(str, RATINGS), "q"})
        if said == "q":
            break
        due = deck.answer(card.id, int(said))
        click.echo(f"It comes back {comes_back(due)}.\n")
    click.echo(deck.counts().in_words())


def _key(words: str, allowed: set[str]) -> str:
    """One of the allowed answers; the end of the input counts as q."""
    while True:
        try:
            said: str = click.prompt(words, default="", show_default=False, prompt_suffix="").strip().lower()
        except click.Abort:
            return "q"
        if said in allowed:
            return said
        click.echo(f"Please type one of: {', '.join(sorted(one or 'Enter' for one in allowed))}.")
