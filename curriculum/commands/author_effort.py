"""What `curriculum author check --effort` prints: fields, words, turns and minutes of each exemplar."""

from __future__ import annotations

import json

import click


def efforts_as_json(slug: str) -> list[dict[str, object]]:
    """What each exemplar takes in the first world; nothing for a lesson that is too broken to be counted."""
    from curriculum.authoring.effort import efforts
    from curriculum.authoring.subject import load_subject

    try:
        return [effort.as_json() for effort in efforts(load_subject(slug), 0)]
    except Exception:  # the proofs say what is broken
        return []


def show_efforts(slugs: list[str], *, as_json: bool) -> None:
    """Print what each exemplar of these lessons takes, beside the stated minutes."""
    from curriculum.course.catalog import load_catalog

    stated = {slug: load_catalog().lesson(slug).minutes for slug in slugs}
    found = {slug: efforts_as_json(slug) for slug in slugs}
    if as_json:
        rows = [{"slug": slug, "stated": list(stated[slug]), "effort": found[slug]} for slug in slugs]
        click.echo(json.dumps({"lessons": rows}, ensure_ascii=False))
        return
    for slug, exemplars in found.items():
        least, most = stated[slug]
        click.echo(f"{slug}: {least} to {most} minutes are stated." + ("" if exemplars else " It cannot be counted."))
        for one in exemplars:
            words = one["words"]
            assert isinstance(words, dict) and isinstance(one["fields"], int)
            click.echo(
                f"  {one['variant']}: {one['minutes']} minutes for {sum(words.values()):,} words to read, "
                f"{one['fields']} fields ({one['fields'] / most:.2f} a minute; {one['fields_as_json']} as JSON, "
                f"{one['fields_put_by_cells']} more by cells) and {one['turns']} turns; {one['words_written']} words "
                f"to write are not in the minutes."
            )
            click.echo("    " + ", ".join(f"{name} {count:,}" for name, count in words.items()))
