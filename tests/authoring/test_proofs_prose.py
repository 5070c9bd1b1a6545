"""The proofs that prose is not judged by its words find criteria that do so, and leave others alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum.artifacts.ask import Ask
from curriculum.artifacts.prd import Prd
from curriculum.artifacts.syntheses import Syntheses
from curriculum.authoring.other_words import in_other_words
from curriculum.authoring.patterns import patterns_on_prose
from curriculum.authoring.proofs import prose
from curriculum.cases import load_case
from curriculum.course.fixtures import Fixtures, NearMiss, load_exemplar
from curriculum.words.numbers import said_numbers
from curriculum.words.prose import word_count
from graders.common import sentence_count, shells
from graders.rubric import Objections, Rubric, objection
from tests.authoring.test_authoring_proofs import Altered, against


def says_that_it_is_fresh(ask: Ask) -> Objections:
    """The ask says what is wrong."""
    if "fresh" not in ask.ask and "ready" not in ask.ask:
        yield objection("ask", "It says nothing of it.", "what is wrong")


def is_not_rude(ask: Ask) -> Objections:
    """The ask is polite."""
    if "idiots" in ask.ask:
        yield objection("ask", "It is rude.", "a polite ask")


def is_short(ask: Ask) -> Objections:
    """The ask is short."""
    if word_count(ask.ask) >= 40:
        yield objection("ask", "It is long.", "fewer than 40 words")


def only(judge: Callable[..., Objections]) -> Rubric:
    """A rubric with one criterion."""
    rubric = Rubric("welcome", {"ask": Ask}, ("first_talk",))
    rubric.criterion(points=1, voice="noor", skill="run_meetings", hints=("One.", "Two."), met="Fine.")(judge)
    return rubric


def with_rude_ask(fixtures: Fixtures) -> Fixtures:
    rude = NearMiss.model_validate(
        {
            "id": "rude", "from": "earlier_job", "artifact": "ask", "fails": ["is_not_rude"],
            "patch": [{"op": "replace", "path": "/ask", "value": "Will you idiots let us look at it in the evening?"}],
            "flaw": "The ask calls people names.", "tempting": "It feels good for a moment.",
        }
    )  # fmt: skip
    return replace(fixtures, near_misses=(*fixtures.near_misses, rude))


def test_a_criterion_that_wants_a_word_is_found() -> None:
    found = against("other_words_change_no_verdict", Altered(rubric=only(says_that_it_is_fresh)))
    assert "says_that_it_is_fresh: it is met in the author's words and unmet in other words" in found


def test_a_criterion_that_forbids_a_word_is_found() -> None:
    subject = Altered(rubric=only(is_not_rude), fixtures=with_rude_ask)
    assert "rude/is_not_rude: it is unmet in the author's words and met" in against(
        "other_words_change_no_verdict", subject
    )


def test_lengths_may_be_asked_for() -> None:
    assert against("other_words_change_no_verdict", Altered(rubric=only(is_short))) == ""


def test_an_artifact_without_a_gate_for_empty_words_is_found() -> None:
    assert "ask.ask: with “asdf” in it, no gate says so" in against(
        "empty_words_close_a_gate", Altered(rubric=only(is_short))
    )
    assert against("empty_words_close_a_gate", Altered()) == ""


RULES = {
    "a regular expression": "import re\ndef rule(ask):\n    return re.search('dash', ask.ask)\n",
    "a compiled one": "P = re.compile('x')\ndef rule(ask):\n    said = ask.ask.lower()\n    P.search(said)\n",
    "a phrase": "def rule(ask):\n    return 'please' in ask.ask.casefold()\n",
    "a list of phrases": "def rule(ask):\n    return any(word in ask.ask for word in WORDS)\n",
    "through a function": "def of(ask):\n    return f'{ask.ask} '\ndef rule(ask):\n    return 'please' in of(ask)\n",
    "through a parameter": "def has(text):\n    return 'please' in text\ndef rule(ask):\n    return has(ask.ask)\n",
    "a beginning": "def rule(ask):\n    return ask.ask.startswith('Please')\n",
}


@pytest.mark.parametrize("how", RULES)
def test_code_that_searches_prose_is_found(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert patterns_on_prose(RULES[how], (Ask,))
    module = tmp_path / "welcome.py"
    module.write_text(RULES[how], encoding="utf-8")
    monkeypatch.setattr(prose.graders, "__file__", str(tmp_path / "__init__.py"))
    assert "welcome.py, line" in against("criteria_search_no_prose", Altered())


@pytest.mark.parametrize(
    "code",
    [
        "def rule(ask):\n    return word_count(ask.ask) > 3\n",
        "def rule(ask):\n    return ask.decider in ('tomas', 'noor')\n",
        "def rule(ask):\n    return ask.ask in KNOWN\n",
        "def rule(ask):\n    return ' '.join(ask.ask.casefold().split()) == 'x'\n",
        "def rule(ask):\n    return 3 in [said.value for said in said_numbers(ask.ask)]\n",
    ],
)
def test_code_that_counts_or_compares_is_not(code: str) -> None:
    assert patterns_on_prose(code, (Ask,)) == []


def test_other_words_keep_numbers_lengths_and_sentences() -> None:
    case = load_case("recommendation_scoping", 2)
    prd = Prd.model_validate(load_exemplar(case, "orders_first")["prd"])
    other = in_other_words(prd, case)
    pairs = list(zip(prd.prose, other.prose, strict=True))
    assert all(one.text != two.text for one, two in pairs)
    for one, two in pairs:
        assert word_count(one.text) == word_count(two.text)
        assert sentence_count(one.text) == sentence_count(two.text)
        assert [said.value for said in said_numbers(one.text)] == [said.value for said in said_numbers(two.text)]
    assert other.contract == prd.contract
    assert shells(other, case) == []


def test_other_words_keep_the_name_of_whom_it_is_said_to() -> None:
    case = load_case("listen_and_ask", 2)
    said = Syntheses.model_validate(load_exemplar(case, "cheapest_first")["syntheses"])
    other = in_other_words(said, case)
    assert other.fadi.sentence != said.fadi.sentence
    assert "Fadi" in other.fadi.sentence
