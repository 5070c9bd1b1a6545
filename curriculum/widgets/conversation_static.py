"""A conversation where no widget can be: plain text for terminals, static HTML for exported notebooks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

WIDTH = 100
MISSED = "What a better question would have brought"
"""The heading of what is said once, at the end."""


def conversation_text(view: Mapping[str, Any]) -> str:
    """The transcript as plain text, at most 100 columns wide."""
    if view["trouble"]:
        return "\n".join(_wrap(sentence) for sentence in view["trouble"])
    names = {person["id"]: person["name"] for person in view["cast"]}
    parts = [f"{view['title']} · {_attempt_words(view)}", _wrap(view["goal"], "Your goal: "), ""]
    for turn in view["turns"]:
        if own := turn["own"]:
            parts.append(_wrap(own["text"], "You: "))
            parts += [_wrap(f"“{own['said']}”", "     in your words: ")] if own["said"] else []
            parts.append(_wrap(f"({_effect_words(own)}{own['style']}: {own['coaching']})", "     "))
        parts += [_wrap(line["text"], f"{names[line['who']]}: ") for line in turn["says"]]
        parts += [_wrap(f"{fact['text']} [{fact['id']}]", "  You learned: ") for fact in turn["learned"]]
        parts += [line for one in turn["back"] for line in _back_text(one, names)]
        parts.append("")
    if ending := view["ending"]:
        parts.append(_wrap(ending["text"], f"{ending['title']}: "))
        if view["debrief"]:
            parts += ["", f"{MISSED}:", *(_wrap(text, "  - ") for text in view["debrief"]), ""]
        parts.append(_standing_words(view))
    else:
        parts.append(_standing_words(view))
        parts += [_wrap(choice["text"], f"  {n}. ") for n, choice in enumerate(view["choices"], start=1)]
    if view["note"]:
        parts.append(_wrap(view["note"], "Note: "))
    return "\n".join(parts)


def conversation_html(view: Mapping[str, Any]) -> str:
    """The transcript as static HTML, everything escaped; it reads well without any style sheet."""
    if view["trouble"]:
        return "".join(f"<p>{escape(sentence)}</p>" for sentence in view["trouble"])
    names = {person["id"]: f"{person['name']}, {person['role']}" for person in view["cast"]}
    parts = [
        f"<p><strong>{escape(view['title'])}</strong> · {escape(_attempt_words(view))}<br>"
        f"<em>Your goal:</em> {escape(view['goal'])}</p>"
    ]
    for turn in view["turns"]:
        if own := turn["own"]:
            parts.append(
                f"<blockquote><p><strong>You:</strong> {escape(own['text'])}<br>"
                f"{_in_your_words(own)}<small>{escape(_effect_words(own))}"
                f"{escape(own['style'])}: {escape(own['coaching'])}</small></p></blockquote>"
            )
        parts += [
            f"<p><strong>{escape(names[line['who']])}:</strong> {escape(line['text'])}</p>" for line in turn["says"]
        ]
        parts += [
            f"<p><em>You learned:</em> {escape(fact['text'])} <code>{escape(fact['id'])}</code></p>"
            for fact in turn["learned"]
        ]
        parts += [line for one in turn["back"] for line in _back_html(one, names)]
    if ending := view["ending"]:
        parts.append(f"<p><strong>{escape(ending['title'])}.</strong> {escape(ending['text'])}</p>")
        if view["debrief"]:
            items = "".join(f"<li>{escape(text)}</li>" for text in view["debrief"])
            parts.append(f"<p><strong>{MISSED}</strong></p><ul>{items}</ul>")
    parts.append(f"<p>{escape(_standing_words(view))}</p>")
    if view["note"]:
        parts.append(f"<p><em>Note:</em> {escape(view['note'])}</p>")
    return "\n".join(parts)


def _back_text(one: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """One thing said back, with its answer."""
    first = names[one["who"]].split()[0]
    yield _wrap(one["said"]["sentence"] or "(no sentence)", f"You said back to {first}: ")
    effects = "".join(f", {effect['text']}" for effect in one["effects"])
    yield _wrap(f"({one['word']}{effects})", "     ")
    yield _wrap(one["line"], f"{names[one['who']]}: ")
    yield from (_wrap(f"{fact['text']} [{fact['id']}]", "  You learned: ") for fact in one["learned"])


def _back_html(one: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    first, words = names[one["who"]].split()[0], "".join(f", {effect['text']}" for effect in one["effects"])
    yield (
        f"<blockquote><p><strong>You said back to {escape(first)}:</strong> "
        f"{escape(one['said']['sentence'] or '(no sentence)')}<br>"
        f"<small>{escape(one['word'] + words)}</small></p></blockquote>"
    )
    yield f"<p><strong>{escape(names[one['who']])}:</strong> {escape(one['line'])}</p>"
    for fact in one["learned"]:
        yield f"<p><em>You learned:</em> {escape(fact['text'])} <code>{escape(fact['id'])}</code></p>"


def _attempt_words(view: Mapping[str, Any]) -> str:
    return f"attempt {view['attempt']} of {len(view['attempts'])}"


def _effect_words(own: Mapping[str, Any]) -> str:
    return "".join(f"{effect['text']}, " for effect in own["effects"]).removesuffix(", ") + (
        " · " if own["effects"] else ""
    )


def _in_your_words(own: Mapping[str, Any]) -> str:
    return f"<small>In your words: “{escape(own['said'])}”</small><br>" if own["said"] else ""


def _standing_words(view: Mapping[str, Any]) -> str:
    known, time = view["known"], view["time"]
    trust = ", ".join(f"{person['first']} {person['word']} ({person['trust']} of 5)" for person in view["cast"])
    gauges = "".join(f" {gauge['label']}: {gauge['value']}." for gauge in view["standing"])
    return (
        f"{len(known['facts'])} of {known['of']} facts. Trust: {trust}. "
        f"{time['left']} of {time['of']} minutes left.{gauges}"
    )


def _wrap(text: str, lead: str = "") -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=lead, subsequent_indent=" " * min(len(lead), 12))
