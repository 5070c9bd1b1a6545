"""The page of all terms, `docs/glossary.md`, written from what the lessons' plans say of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.course.catalog import load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import COURSE
from curriculum.support.files import write_whole

GLOSSARY = COURSE / "docs" / "glossary.md"

_HEAD = """# Glossary

Every term that a lesson explains, in plain words, with the lessons that use it.
`curriculum author build` writes this page from the lessons.
"""


def write_glossary() -> None:
    """Bring the page up to date; raises FileRefused where it cannot be saved."""
    fresh = glossary()
    if not GLOSSARY.is_file() or GLOSSARY.read_text(encoding="utf-8") != fresh:
        write_whole(GLOSSARY, fresh)


def glossary() -> str:
    """All terms by letter, each with its meanings and the lessons that give them."""
    lines, letter = [_HEAD], ""
    for term, meanings in _terms():
        if (first := _letter(term)) != letter:
            letter = first
            lines += ["", f"## {letter}", ""]
        for meaning, lessons in meanings.items():
            lines.append(f"- **{term}**: {meaning} ({', '.join(lessons)})")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _terms() -> Iterator[tuple[str, dict[str, list[str]]]]:
    found: dict[str, tuple[str, dict[str, list[str]]]] = {}
    for entry in load_catalog().lessons:
        link = f"[{entry.title}](../{entry.level}/{entry.slug}/README.md)"
        for term in load_plan(entry.slug).glossary:
            _, meanings = found.setdefault(term.term.casefold(), (term.term, {}))
            meanings.setdefault(" ".join(term.meaning.split()).rstrip("."), []).append(link)
    for key in sorted(found):
        yield found[key]


def _letter(term: str) -> str:
    first = term[:1].upper()
    return first if first.isalpha() else "0–9"
