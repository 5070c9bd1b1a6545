"""How hard an English text is to read, from the lengths of its words and sentences alone."""

from __future__ import annotations

import re

_STOPS = re.compile(r"[.!?…]+(?=\s+[\"'“(]?[A-ZÀ-Ý0-9]|\s*$)")


def reading_grade(text: str) -> float:
    """The Flesch–Kincaid grade of an English text: years of school that it asks for; 0 for an empty text."""
    words = re.findall(r"[A-Za-z’']+", text)
    if not words:
        return 0.0
    sentences = max(1, len(_STOPS.findall(text.strip())))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", letters))
    if letters.endswith("e") and not letters.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    if letters.endswith("ed") and not letters.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(1, groups)
