"""What nobody types in this lesson: what a definition counts, the word of two meanings, who receives a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.collisions import Collisions
from curriculum.artifacts.glossary import Glossary
from curriculum.artifacts.translations import Translations
from curriculum.cases import Case
from curriculum.cases.speak_the_language.entries import Deed, Meaning


def meanings_in_words(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """For each term: what is counted, of what, for whom and when."""
    glossary = artifacts["glossary"]
    assert isinstance(glossary, Glossary)
    values: dict[str, Any] = {}
    for number, term in enumerate(glossary.terms, start=1):
        if (found := _meaning(case, term.definition)) is not None:
            values |= {
                f"terms[{number}].counts": found.numerator.label,
                f"terms[{number}].of": found.denominator.label if found.denominator else "",
                f"terms[{number}].when": f"{found.population.label}, {found.window.label}",
            }
    return values


def words_that_collide(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """For each collision: the word, where both meanings have the same one."""
    collisions = artifacts["collisions"]
    assert isinstance(collisions, Collisions)
    values: dict[str, Any] = {}
    for number, one in enumerate(collisions.collisions, start=1):
        first, second = _meaning(case, one.one_means), _meaning(case, one.other_means)
        if first and second and first.word == second.word:
            values[f"collisions[{number}].word"] = first.word
    return values


def receivers(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """For each message: whoever does what was picked."""
    page = artifacts["translations"]
    assert isinstance(page, Translations)
    return {
        f"messages[{number}].to": found.by
        for number, message in enumerate(page.messages, start=1)
        if (found := case.registry.find("deeds", message.does, Deed))
    }


def _meaning(case: Case, id: str) -> Meaning | None:
    return case.registry.find("definitions", id, Meaning)
