"""The proofs about typed words can fail: faults are planted in the talk of `welcome`, and they are noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curriculum.authoring.subject import load_subject
from curriculum.roleplay.script import Script
from tests.helpers.altered import Altered, against

Data = dict[str, Any]


def talk(change: Callable[[Data], None]) -> Altered:
    welcome = load_subject("welcome").script
    assert welcome is not None
    data = welcome.model_dump(mode="json", exclude_defaults=True)
    change(data)
    return Altered(script=Script.model_validate(data))


def average(data: Data) -> Data:
    found: Data = data["nodes"]["hello"]["choices"][0]
    assert found["id"] == "ask_average"
    return found


def too_few(data: Data) -> None:
    average(data)["also"] = average(data)["also"][:2]


def a_copy(data: Data) -> None:
    average(data)["also"][0] = average(data)["text"].upper()


def somebody_elses_words(data: Data) -> None:
    average(data)["also"][0] = data["nodes"]["hello"]["choices"][1]["also"][0]


def words_of_nobody(data: Data) -> None:
    average(data)["also"][0] = "asdf jkl"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (too_few, "it has 2 other phrasings"),
        (a_copy, "is the choice itself"),
        (somebody_elses_words, "finds ask_"),
        (words_of_nobody, "finds nothing first"),
    ],
)
def test_phrasings_that_find_no_choice_or_another(fault: Callable[[Data], None], words: str) -> None:
    assert words in against("other_words_find_their_choice", talk(fault))


def test_a_look_that_costs_beginners_something() -> None:
    assert "costs 1 minutes" in against("a_look_has_its_price", talk(lambda data: data.update(look_minutes=1)))
