"""Words and sentences of an answer, each with its place in the text, so that they can be quoted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:[.,:’'\-/][^\W_]+)*")
_STOP = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n+")
_BULLET = re.compile(r"^[-•*–\s]+")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|ca|no|mr|mrs|ms|dr|st)\.$", re.IGNORECASE)


def vocabulary(text: str) -> list[str]:
    """Words that are written one after the other, as a list."""
    return text.split()


FUNCTION_WORDS = frozenset(
    vocabulary(
        """a about after again all also although an and any are as at be because been before being between both but
    by can could did do does done down during each either even every few for from had has have he her here
    him his how i if in into is it its just less like many may me might more most much must my neither no
    nor not now of off on once one only or other our out over own same she should so some still such than
    that the their them then there these they this those though through to too under until up us very was we
    were what when where which while who whom whose why will with without would yet you your"""
    )
)
"""Words that carry grammar rather than content."""

# What looks like a Latin letter and is not: Cyrillic and Greek twins, and a few others.
_TWINS = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԌοαρνικτυχεΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡℓ‐‑‒–—−’‘‛“”„«»",
    'aeopcyxijshdqwABEKMHOPCTYXIJSGoapviktuxeABEZHIKMNOPTYXigl------\'\'\'"""""',
)


@dataclass(frozen=True)
class Span:
    """A piece of a text and where it stands."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Span]:
    """The sentences of a text; line ends also end a sentence, so that bullet points are sentences."""
    found: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ABBREVIATION.search(text[max(start, stop.start() - 8) : stop.start() + 1]):
            continue
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end].rstrip()
    trimmed = _BULLET.sub("", piece)
    if trimmed:
        begin = start + len(piece) - len(trimmed)
        found.append(Span(begin, begin + len(trimmed), trimmed))


def words(text: str) -> list[Span]:
    """The words of a text: runs of letters and digits with inner apostrophes, dots and hyphens."""
    return [Span(match.start(), match.end(), match.group()) for match in WORD.finditer(text)]


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def shares(parts: Mapping[str, str]) -> dict[str, float]:
    """Each part's share of all words, 0 to 1; all 0 where nothing is written."""
    counts = {name: word_count(text) for name, text in parts.items()}
    whole = sum(counts.values())
    return {name: count / whole if whole else 0.0 for name, count in counts.items()}


def plain(text: str) -> str:
    """A text without disguises: NFKC, no accents or invisible characters, look-alike letters as the real ones."""
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKC", text).translate(_TWINS)
    decomposed = unicodedata.normalize("NFD", text)
    kept = (char for char in decomposed if unicodedata.category(char) not in ("Cf", "Mn", "Me"))
    return "".join(kept).casefold()


def quoted(text: str, most: int = 160) -> str:
    """A span as it is shown: one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
