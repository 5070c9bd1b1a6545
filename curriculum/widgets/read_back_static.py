"""A read-back where no widget can be: plain text for terminals, static HTML for exported notebooks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

WIDTH = 100


def read_back_text(document: str, view: Mapping[str, Any]) -> str:
    """What is said back, and every answer, at most 100 columns wide."""
    parts = [document, ""]
    for person in view["people"]:
        parts.append(f"{person['name']}: {standing_words(person, view['listened'])}")
        for number, one in enumerate(person["rounds"], start=1):
            parts += [_wrap(one["said"]["sentence"] or "(no sentence)", f"  {number}. You: ")]
            parts += [_wrap(said, "     with: ") for said in [claims_words(one["said"])] if said]
            parts += [_wrap(one["line"], f"     {person['first']}, {one['word'].lower()}: ")]
            parts += [_wrap(f"{fact['text']} [{fact['id']}]", "     You learned: ") for fact in one["learned"]]
    return "\n".join(parts)


def read_back_html(document: str, view: Mapping[str, Any]) -> str:
    """The same as static HTML, everything escaped; it reads well without any style sheet."""
    return "\n".join([f"<pre>{escape(document)}</pre>", *_answers(view)])


def _answers(view: Mapping[str, Any]) -> Iterator[str]:
    for person in view["people"]:
        said = escape(standing_words(person, view["listened"]))
        yield f"<p><strong>{escape(person['name'])}, {escape(person['role'])}</strong> · {said}</p>"
        for one in person["rounds"]:
            claims = claims_words(one["said"])
            with_claims = f"<br><small>{escape(claims)}</small>" if claims else ""
            sentence = escape(one["said"]["sentence"] or "(no sentence)")
            yield f"<blockquote><p><strong>You:</strong> {sentence}{with_claims}</p></blockquote>"
            line, word = escape(one["line"]), escape(one["word"].lower())
            yield f"<p><strong>{escape(person['first'])}</strong>, {word}: {line}</p>"
            for fact in one["learned"]:
                yield f"<p><em>You learned:</em> {escape(fact['text'])} <code>{escape(fact['id'])}</code></p>"


def standing_words(person: Mapping[str, Any], of: int) -> str:
    """How far the read-back with one person is."""
    rounds = person["rounds"]
    last = rounds[-1]["word"].lower() if rounds else "not said back yet"
    return f"{last}; {person['left']} of {of} rounds left"


def claims_words(said: Mapping[str, Any]) -> str:
    """What was picked, in one line."""
    limit = " ".join(filter(None, (said["number"], said["firmness"])))
    return "; ".join([*said["claims"], *([f"limit {limit}"] if limit else [])])


def _wrap(text: str, lead: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=lead, subsequent_indent=" " * min(len(lead), 12))
