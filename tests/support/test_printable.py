"""Whatever others wrote is shown as it reads: nothing of it is obeyed by a terminal, and no word is turned around."""

from __future__ import annotations

import pytest

from curriculum.artifacts.reading import Problem
from curriculum.artifacts.yaml_text import NotYaml, parse
from curriculum.pages.page import Page
from curriculum.support.printable import printable

OBEYED = "\x1b]0;mine\x07\x9b2J\u202egpj\u2066\r"


def test_what_is_seen_stays_and_the_rest_is_a_space() -> None:
    for words in ("naïve café\u00a0数据 🙂\nnext", "می\u200cخواهم", "👩\u200d💻"):
        assert printable(words) == words
    assert printable(f"a{OBEYED}z") == "a ]0;mine  2J gpj  z"


def test_pages_and_what_a_file_is_refused_for_are_printable() -> None:
    page = Page(OBEYED, f"<p>{OBEYED}</p>")
    assert page.text == printable(OBEYED) and page.html == f"<p>{printable(OBEYED)}</p>"
    assert str(Problem("ask.yaml", 1, OBEYED, OBEYED, "text")).isprintable()


@pytest.mark.parametrize("text", ["? {0}\n: 1\n? {0}\n: 2\n", "a: &{0} 1\n", "a: *{0}\n", "a: !{0} 1\n"])
def test_a_key_of_many_letters_makes_no_sentence_of_many(text: str) -> None:
    """It would stand in the gradebook, in the feedback, and in a cell of an export that no spreadsheet opens."""
    with pytest.raises(NotYaml) as refused:
        parse(text.format("k" * 100_000))
    assert len(str(refused.value)) < 250
