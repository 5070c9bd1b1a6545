"""Sentences and questions are counted as people count them: a dot behind a shortened word ends nothing."""

from __future__ import annotations

import pytest

from graders.common import question_count, sentence_count


@pytest.mark.parametrize(
    "text",
    [
        "Ms. Lindholm needs it by week no. 6.",
        "Dr. Aas asks for wk. 12, approx. 3 days before the study.",
        "Please decide by 25. March for plan no. 2.",
        "We meet on Mar. 25 and not before",
        "Fadi: refunds without a person, w. 3.",
        "May Tilde begin with refunds, i.e. Fadi's list, and go on with arrivals?",
    ],
)
def test_one_sentence_is_one(text: str) -> None:
    assert sentence_count(text) == 1


@pytest.mark.parametrize(
    ("text", "sentences", "questions"),
    [
        ("", 0, 0),
        ("The answer is no. Greta said so.", 2, 0),
        ("It takes 25. Maybe more.", 2, 0),
        ("We need 6. Then we stop.", 2, 0),
        ("Four do not fit. Do you approve plan 1?", 2, 1),
        ("Who gets Tilde? Who pays? And when?", 3, 3),
    ],
)
def test_more_are_more(text: str, sentences: int, questions: int) -> None:
    assert (sentence_count(text), question_count(text)) == (sentences, questions)
